"""The errors of the entries of the history: dates, order, missing parts, gaps in old values."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from resolution_cli import i18n
from resolution_cli.domain.histories import histories, with_milestones
from resolution_cli.domain.history import Gap, ItemHistory, gaps
from resolution_cli.domain.model import (
    ITEM_FACTS,
    TARGET_FACTS,
    Item,
    OldValues,
    Resolution,
    Target,
    Term,
    Update,
)
from resolution_cli.domain.target_history import TargetHistory, target_histories
from resolution_cli.errors import Problem, did_you_mean, entry_name
from resolution_cli.i18n import _
from resolution_cli.matching import nearest_id
from resolution_cli.shell import command_line

_MOST_GUESSED = 20
"""Unknown ids for which the nearest known one is looked for, as each is compared with all ids."""

_Finding = tuple[str, str, str]
"""The key, what is wrong with it, and what to do."""


def entry_errors(resolution: Resolution, today: date) -> Iterator[Problem]:
    """Yield the errors of the entries on `today`, in the order of the file."""
    item_findings = _item_findings(resolution)
    order_findings = _order_findings(resolution.updates)
    gap_findings = _gap_findings(resolution, today, order_findings)
    entries = {entry.id.lower(): entry for entry in resolution.tracked}
    for number, update in enumerate(resolution.updates):
        findings = [
            *_day_findings(update, resolution.header.term, today),
            *item_findings.get(number, ()),
            *order_findings.get(number, ()),
            *_content_findings(update),
            *_foreign_facts(update, entries.get(update.item.lower())),
            *gap_findings.get(id(update), ()),
        ]
        for key, message, hint in findings:
            subject = entry_name("updates", number, update.item)
            yield Problem(("updates", number, key), subject, key, message, hint)


def _item_findings(resolution: Resolution) -> dict[int, list[_Finding]]:
    """Return the findings about entries without an item, by the number of the entry."""
    ids = [entry.id for entry in resolution.tracked]
    known = {item_id.lower() for item_id in ids}
    guesses: dict[str, str] = {}
    findings: dict[int, list[_Finding]] = {}
    for number, update in enumerate(resolution.updates):
        folded = update.item.lower()
        if folded in known:
            continue
        if folded not in guesses:
            near = nearest_id(update.item, ids) if len(guesses) < _MOST_GUESSED else []
            guesses[folded] = did_you_mean(near) if near else ""
        hint = guesses[folded] or _("Correct the id, or delete the entry.")
        findings[number] = [("item", _("there is no such item"), hint)]
    return findings


def _order_findings(updates: Sequence[Update]) -> dict[int, list[_Finding]]:
    """Return the findings about entries after one of a later day, by the number of the entry."""
    latest: dict[str, date] = {}
    findings: dict[int, list[_Finding]] = {}
    for number, update in enumerate(updates):
        before = latest.get(update.item.lower(), update.on)
        if update.on < before:
            message = _("is dated {day}, but the entry before it is dated {before}").format(
                day=i18n.day(update.on), before=i18n.day(before)
            )
            hint = _("Put the entries of an item in order of date.")
            findings[number] = [("on", message, hint)]
        latest[update.item.lower()] = max(update.on, before)
    return findings


def _gap_findings(
    resolution: Resolution, today: date, order_findings: Mapping[int, object]
) -> dict[int, list[_Finding]]:
    """Return the findings about old values, by the `id()` of the entry."""
    findings: dict[int, list[_Finding]] = {}
    disordered = {resolution.updates[number].item.lower() for number in order_findings}
    by_id: dict[str, ItemHistory | TargetHistory] = {
        **with_milestones(histories(resolution, today)),
        **target_histories(resolution, today),
    }
    for item_id, history in by_id.items():
        recorded: dict[str, object] = {}
        for number, update in enumerate(history.updates, 1):
            found = [*gaps(update, recorded)]
            if found:
                can_amend = item_id not in disordered and _has_rest(update, found)
                hint = (
                    command_line("tracker", "amend", history.item.id, "--entry", str(number))
                    if can_amend
                    else _("Add the missing entry, or correct the old values (was) in the file.")
                )
                findings[id(update)] = [_gap(*gap, hint) for gap in found]
            recorded |= {name: new for name, _old, new in update.changes()}
            recorded |= {} if update.value is None else {"on": update.on}
    return findings


def _has_rest(update: Update, found: Sequence[Gap]) -> bool:
    """Say whether an entry says something when its old values are those before it."""
    lost = {name for name, _old, left in found if left is None and getattr(update, name) is None}
    kept = any(name not in lost for name, _old, _new in update.changes())
    return kept or replace(update, was=OldValues()).has_content


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
    """Yield the findings about an entry without content, or with an old value but no new one."""
    if not update.has_content:
        hint = _('Add what happened, such as note = "…", or delete the entry.')
        yield "item", _("the entry is empty"), hint
    for name in ("status", "progress", "value"):
        old, new = getattr(update.was, name), getattr(update, name)
        if old is not None and new is None:
            message = _("the old value is {value}, but the new value is missing")
            hint = _("Add the missing line: {key} = …")
            yield name, message.format(value=_literal(old)), hint.format(key=name)


def _foreign_facts(update: Update, entry: Item | Target | None) -> Iterator[_Finding]:
    """Yield the facts that its item or target does not have."""
    known = TARGET_FACTS if isinstance(entry, Target) else ITEM_FACTS
    for name, _old, _new in update.changes():
        hint = _("Correct the id, or delete this line.")
        if name not in known:
            message = (
                _("a target has no {key}")
                if isinstance(entry, Target)
                else _("only a target has a {key}")
            )
            yield name, message.format(key=name), hint
        elif isinstance(entry, Item) and name not in entry.fact_names:
            yield name, _("a milestone has no progress: it is done or not"), hint


def _gap(name: str, old: object, before: object, hint: str) -> _Finding:
    """Return the finding about an entry with the old value `old`, where it was `before`."""
    message = _("the old value of {key} is {value}, but the entries before it end with {left}")
    return "was", message.format(key=name, value=_literal(old), left=_literal(before)), hint


def _literal(value: object) -> str:
    """Return the value of a fact nearly as TOML writes it, for a message."""
    if value is None:
        return _("nothing")
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = msgspec.json.encode(value).decode()
    return text.strip('"') if isinstance(value, date) else text
