"""What is wrong with the entries of the history: each must say something, and follow from those before it. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from resolution_cli import i18n
from resolution_cli.errors import Problem, did_you_mean, entry_name
from resolution_cli.history import histories
from resolution_cli.i18n import _
from resolution_cli.matching import nearest_id
from resolution_cli.model import Resolution, Term, Update, effective

_MOST_GUESSED = 20
"""Ids without an item for which the nearest one is looked for: each is compared with all that there are."""

_Finding = tuple[str, str, str]
"""The key, what is wrong with it, and what to do."""


def entry_errors(resolution: Resolution, today: date) -> Iterator[Problem]:
    """Yield what is wrong with each entry on `today`, in the order of the file, and what to do there."""
    known = histories(resolution, today)
    guesses: dict[str, str] = {}
    gaps = {id(update): gap for history in known.values() for update, gap in _gaps(history.updates)}
    latest: dict[str, date] = {}
    for number, update in enumerate(resolution.updates):
        key = update.item.lower()
        found = [*_day_findings(update, resolution.header.term, today)]
        if key not in known:
            if key not in guesses:
                guesses[key] = _guess(resolution, update.item) if len(guesses) < _MOST_GUESSED else ""
            hint = guesses[key] or _("Name an item of the plan, or take the entry out.")
            found.append(("item", _("there is no such item"), hint))
        if update.on < latest.get(key, update.on):
            message = _("dated {day}, but the entry before it {before}").format(
                day=i18n.day(update.on), before=i18n.day(latest[key])
            )
            found.append(("on", message, _("Put the entries of an item in the order of their days.")))
        latest[key] = max(update.on, latest.get(key, update.on))
        found += [*_content_findings(update), *([gaps[id(update)]] if id(update) in gaps else [])]
        for fact, message, hint in found:
            subject = entry_name("updates", number, update.item)
            yield Problem(("updates", number, fact), subject, fact, message, hint)


def _guess(resolution: Resolution, item_id: str) -> str:
    near = nearest_id(item_id, [item.id for item in resolution.items])
    return did_you_mean(near) if near else ""


def _day_findings(update: Update, term: Term, today: date) -> Iterator[_Finding]:
    if update.on > today:
        message = _("{day} is in the future").format(day=i18n.day(update.on))
        hint = _("Correct the day, or the clock of this machine, which says {today}.")
        yield "on", message, hint.format(today=i18n.day(today))
    if update.on < term.start:
        message = _("{day} is before the term, which starts on {start}").format(
            day=i18n.day(update.on), start=i18n.day(term.start)
        )
        yield "on", message, _("Correct the day.")
    if update.done_on and update.done_on > update.on:
        message = _("done on {done}, after the day of the entry, {day}").format(
            done=i18n.day(update.done_on), day=i18n.day(update.on)
        )
        yield "done_on", message, _("Correct one of the two days.")


def _content_findings(update: Update) -> Iterator[_Finding]:
    """Yield what an entry lacks: all that it could say, or the other half of what it says."""
    says = [*update.changes(), *update.changed_by_hand(), update.note, *update.evidence, update.cause]
    if not any(says):
        hint = _('Say in it what happened, such as note = "…", or take the entry out.')
        yield "item", _("it says nothing"), hint
    for name in ("status", "progress"):
        old, new = getattr(update.was, name), getattr(update, name)
        if old is not None and new is None:
            message = _("was {value}, but what it became is not there").format(value=_literal(old))
            yield name, message, _("Put the line back: {key} = …").format(key=name)


def _gaps(updates: Sequence[Update]) -> Iterator[tuple[Update, _Finding]]:
    """Yield each entry whose `was` is not what the entries before it left, with what it must say.

    An entry that only records what someone had written into the plan says so by an old value that is the new one.
    """
    recorded: dict[str, object] = {}
    for update in updates:
        for name, old, new in update.changes():
            left, was = effective(name, recorded.get(name)), effective(name, old)
            is_record = effective(name, new) == was and old is not None
            if name in recorded and left != was and not is_record:
                message = _("it was {value} before, but the entries before it left {left}").format(
                    value=_literal(old), left=_literal(recorded[name])
                )
                left_out = _("Put back the entry that is missing, or take {key} out of its was.")
                corrected = _("Put back the entry that is missing, or write in its was: {key} = {value}")
                hint = (left_out if recorded[name] is None else corrected).format(
                    key=name, value=_literal(recorded[name])
                )
                yield update, ("was", message, hint)
            recorded[name] = new


def _literal(value: object) -> str:
    """Return a fact much as TOML writes it."""
    if value is None:
        return _("nothing")
    text = msgspec.json.encode(value).decode()
    return text.strip('"') if isinstance(value, date) else text
