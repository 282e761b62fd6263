"""What is wrong with the entries of the history: each must say something, and follow from those before it. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from resolution_cli import i18n
from resolution_cli.domain.history import histories
from resolution_cli.domain.model import Resolution, Term, Update, effective
from resolution_cli.errors import Problem, did_you_mean, entry_name
from resolution_cli.i18n import _
from resolution_cli.matching import nearest_id

_MOST_GUESSED = 20
"""Ids without an item for which the nearest one is looked for: each is compared with all that there
are."""

_Finding = tuple[str, str, str]
"""The key, what is wrong with it, and what to do."""


def entry_errors(resolution: Resolution, today: date) -> Iterator[Problem]:
    """Yield what is wrong with each entry on `today`, in the order of the file, and what to do there."""
    known = histories(resolution, today)
    guesses: dict[str, str] = {}
    gaps: dict[int, list[_Finding]] = {}
    for history in known.values():
        for update, gap in _gaps(history.updates):
            gaps.setdefault(id(update), []).append(gap)
    latest: dict[str, date] = {}
    for number, update in enumerate(resolution.updates):
        key = update.item.lower()
        found = [*_day_findings(update, resolution.header.term, today)]
        if key not in known:
            if key not in guesses:
                guesses[key] = (
                    _guess(resolution, update.item) if len(guesses) < _MOST_GUESSED else ""
                )
            hint = guesses[key] or _("Correct the id, or delete the entry.")
            found.append(("item", _("there is no such item"), hint))
        if update.on < latest.get(key, update.on):
            message = _("is dated {day}, but the entry before it is dated {before}").format(
                day=i18n.day(update.on), before=i18n.day(latest[key])
            )
            found.append(("on", message, _("Put the entries of an item in order of date.")))
        latest[key] = max(update.on, latest.get(key, update.on))
        found += [*_content_findings(update), *gaps.get(id(update), [])]
        for fact, message, hint in found:
            subject = entry_name("updates", number, update.item)
            yield Problem(("updates", number, fact), subject, fact, message, hint)


def _guess(resolution: Resolution, item_id: str) -> str:
    near = nearest_id(item_id, [item.id for item in resolution.items])
    return did_you_mean(near) if near else ""


def _day_findings(update: Update, term: Term, today: date) -> Iterator[_Finding]:
    if update.on > today:
        message = _("{day} is in the future").format(day=i18n.day(update.on))
        hint = _("Correct the date, or the clock of this computer, which shows {today}.")
        yield "on", message, hint.format(today=i18n.day(today))
    if update.on < term.start:
        message = _("{day} is before the term, which starts on {start}").format(
            day=i18n.day(update.on), start=i18n.day(term.start)
        )
        yield "on", message, _("Correct the date.")
    if update.done_on and update.done_on > update.on:
        message = _("the day of completion, {done}, is after the date of the entry, {day}").format(
            done=i18n.day(update.done_on), day=i18n.day(update.on)
        )
        yield "done_on", message, _("Correct one of the two dates.")


def _content_findings(update: Update) -> Iterator[_Finding]:
    """Yield what an entry lacks: all that it could say, or the other half of what it says."""
    says = [
        *update.changes(),
        *update.changed_by_hand(),
        update.note,
        *update.evidence,
        update.cause,
    ]
    if not any(says):
        hint = _('Add what happened, such as note = "…", or delete the entry.')
        yield "item", _("the entry is empty"), hint
    for name in ("status", "progress"):
        old, new = getattr(update.was, name), getattr(update, name)
        if old is not None and new is None:
            message = _("the old value is {value}, but the new value is missing").format(
                value=_literal(old)
            )
            yield name, message, _("Add the missing line: {key} = …").format(key=name)


def _gaps(updates: Sequence[Update]) -> Iterator[tuple[Update, _Finding]]:
    """Yield each entry whose `was` is not what the entries before it left, with what it must say.

    An entry that only records what someone had written into the plan says so by an old value that
    is the new one.
    """
    recorded: dict[str, object] = {}
    for update in updates:
        for name, old, new in update.changes():
            left, was = effective(name, recorded.get(name)), effective(name, old)
            is_record = effective(name, new) == was and old is not None
            if name in recorded and left != was and not is_record:
                message = _(
                    "the old value of {key} is {value}, but the entries before it end with {left}"
                ).format(key=name, value=_literal(old), left=_literal(recorded[name]))
                left_out = _("Add the missing entry, or delete {key} from its was.")
                corrected = _("Add the missing entry, or write in its was: {key} = {value}")
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
