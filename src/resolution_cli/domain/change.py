"""What an update does to an item, as data, or why a rule refuses it. Pure: the day and the instant are arguments."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from resolution_cli.domain.history import ItemHistory, histories
from resolution_cli.domain.model import (
    COMPLETE,
    FACTS,
    Cause,
    FactName,
    Facts,
    Item,
    Resolution,
    Status,
    Update,
    effective,
)
from resolution_cli.domain.selection import found_item
from resolution_cli.errors import ChangeRefused
from resolution_cli.i18n import _, day


class Request(Struct, frozen=True, kw_only=True):
    """What a person asks for, of one item or several.

    Attributes:
        facts: the new values by name, from `model.FACTS`; None takes a value away.
        on: the day of what is recorded.
        at: the instant at which it is recorded.
        by: who records it.
        note, evidence, cause: as in `model.Update`.

    """

    facts: Mapping[str, object]
    on: date
    at: datetime
    by: str | None = None
    note: str | None = None
    evidence: tuple[str, ...] = ()
    cause: Cause | None = None


class Change(Struct, frozen=True):
    """What one item becomes, and the entry of the history that says so.

    Attributes:
        before: the item as it stands.
        facts: the values that the plan gets, by name; None takes a value away.
        update: the entry; the facts that change are its own.
        inferred: the names of the facts that a rule changed without being asked to.

    """

    before: Item
    facts: Mapping[str, object]
    update: Update
    inferred: frozenset[str] = frozenset()


def changes(
    resolution: Resolution, item_ids: Sequence[str], request: Request
) -> tuple[Change, ...]:
    """Return what `request` does to each item named, each once, in the order named.

    Raises:
        ItemNotFound: an id is not the resolution's.
        ChangeRefused: a rule forbids the update of one of the items.

    """
    today, term = request.at.date(), resolution.header.term
    if request.on > today:
        raise ChangeRefused(
            _(
                "{day} is in the future; an update can only record what has already happened."
            ).format(day=day(request.on)),
            _("Set --on to today or an earlier day."),
        )
    if request.on < term.start:
        raise ChangeRefused(
            _("{day} is before the term, which starts on {start}.").format(
                day=day(request.on), start=day(term.start)
            ),
            _("Set --on to a day of the term."),
        )
    ids = dict.fromkeys(found_item(resolution, item_id).id.lower() for item_id in item_ids)
    known = histories(resolution, today)
    return tuple(_change(known[item_id], request) for item_id in ids)


class Undo(Struct, frozen=True):
    """The last entry of the history, and what taking it back restores.

    Attributes:
        number: the place of the entry in the file, counted from 0.
        update: the entry.
        item: its item as it stands; None if the plan has no such item any more.
        restored: the values that the plan gets back, by name; None for one that was absent.

    """

    number: int
    update: Update
    item: Item | None
    restored: Mapping[str, object]


def undo(resolution: Resolution, item_id: str | None, today: date) -> Undo:
    """Return what takes back the last entry of the item, or of the whole file if `item_id` is None.

    Raises:
        ItemNotFound: the id is not the resolution's.
        ChangeRefused: there is no entry, someone changed by hand what it set, which would be lost,
            or what it restores contradicts what was changed since.

    """
    wanted = found_item(resolution, item_id).id.lower() if item_id is not None else None
    entries = [
        (number, update)
        for number, update in enumerate(resolution.updates)
        if wanted in (None, update.item.lower())
    ]
    if not entries:
        raise ChangeRefused(
            _("{item} has no update to undo.").format(item=found_item(resolution, item_id).id)
            if item_id is not None
            else _("The file has no update to undo."),
            _("`tracker log` shows the updates."),
        )
    number, update = entries[-1]
    history = histories(resolution, today).get(update.item.lower())
    if history is None:
        return Undo(number, update, None, {})
    return Undo(number, update, history.item, _restored(history, update))


def _restored(history: ItemHistory, update: Update) -> dict[str, object]:
    """Return what taking `update` back restores, if it is the last entry and its facts still stand."""
    item = history.item
    if history.updates[-1] is not update:
        raise ChangeRefused(
            _(
                "{item}: its entries are not in order of date, so it is not certain which one is the last."
            ).format(item=item.id),
            _("Run `tracker check`: it shows the entry that is out of order."),
        )
    changed = {name: getattr(update.was, name) for name, _old, _new in update.changes()}
    restored = changed | update.changed_by_hand()
    for name in restored:
        if history.is_changed_by_hand(name):
            raise ChangeRefused(
                _(
                    "{item}: {key} was changed by hand after the last update; undo would lose that change."
                ).format(item=item.id, key=name),
                _("Run `tracker check`: it shows the command that records the change."),
            )
    due = restored.get("due")
    if isinstance(due, date) and due < history.start:
        raise ChangeRefused(
            _("{item}: undo would set the due date to {due}, before the start, {start}.").format(
                item=item.id, due=day(due), start=day(history.start)
            ),
            _("The start was changed by hand afterwards: correct it in the file first."),
        )
    return {
        name: old for name, old in restored.items() if effective(name, old) != _present(item, name)
    }


def _change(history: ItemHistory, request: Request) -> Change:
    _check_day(history, request)
    item, asked = history.item, dict(request.facts)
    settled = asked | _settled(history, asked, request)
    _check_done_on(history, asked, settled, request.on)
    _check_due(history, settled)

    recorded = {name: history.recorded_value(name) for name in settled}
    changed: dict[str, Any] = {
        name: value
        for name in FACTS
        if name in settled
        and effective(name, value := settled[name]) != effective(name, recorded[name])
    }
    by_hand = [name for name in FACTS if name in settled and history.is_changed_by_hand(name)]
    if not (changed or by_hand or request.note or request.evidence or request.cause):
        raise ChangeRefused(
            _("{item}: nothing would change.").format(item=item.id),
            _("Give a value that differs from the present one, or add a --note or --evidence."),
        )
    found = {name: value for name in by_hand if (value := getattr(item, name)) is not None}
    # What stands in the plan is kept as it is spelled there, where it says the same as the history.
    was: dict[str, Any] = {
        name: recorded[name] if name in by_hand else getattr(item, name) for name in changed
    }
    update = Update(
        item=item.id,
        on=request.on,
        at=request.at,
        by=request.by,
        was=Facts(**was),
        found=Facts(**found),
        missing=tuple(FactName(name) for name in by_hand if name not in found),
        note=request.note,
        evidence=request.evidence,
        cause=request.cause,
        **changed,
    )
    facts = {
        name: settled[name]
        for name in FACTS
        if name in settled and _differs(item, name, settled[name])
    }
    return Change(item, facts, update, frozenset(changed) - frozenset(asked))


def _check_day(history: ItemHistory, request: Request) -> None:
    """Refuse a day before the last entry's: entries stand in the order of their days."""
    if not history.updates or history.updates[-1].on <= request.on:
        return
    last, today = history.updates[-1].on, request.at.date()
    if last > today:
        raise ChangeRefused(
            _(
                "{item}: its last update is dated {day}, but the clock of this computer shows {today}."
            ).format(item=history.item.id, day=day(last), today=day(today)),
            _("Set the clock, or correct the date of that entry in the file."),
        )
    raise ChangeRefused(
        _("{item}: its last update is dated {day}; a new update cannot be earlier.").format(
            item=history.item.id, day=day(last)
        ),
        _("Set --on to that day or a later one. Give an earlier day of completion with --done-on."),
    )


def _differs(item: Item, name: str, value: object) -> bool:
    return effective(name, value) != _present(item, name)


def _present(item: Item, name: str) -> object:
    return effective(name, getattr(item, name))


def _settled(
    history: ItemHistory, asked: Mapping[str, object], request: Request
) -> dict[str, object]:
    """Return what the rules about status and progress make of the two that are asked for."""
    item = history.item
    if asked.keys().isdisjoint(("status", "progress")):
        return {}
    was_done = item.is_done
    status = asked.get("status", item.present_status)
    progress = asked.get("progress", item.present_progress)
    if status is Status.DONE:
        if asked.get("progress", COMPLETE) != COMPLETE:
            raise ChangeRefused(
                _("{item}: a done item has a progress of 100%, not {progress}%.").format(
                    item=item.id, progress=progress
                ),
                _("To reopen a done item, give --status in-progress and --progress.")
                if was_done
                else _("Leave out --progress, or give another --status."),
            )
        return {
            "status": status,
            "progress": COMPLETE,
            "done_on": _done_on(history, asked, request.on),
        }

    if was_done and asked.get("progress", COMPLETE) == COMPLETE:
        raise ChangeRefused(
            _("{item}: it is done; to reopen it, give its progress.").format(item=item.id),
            _("Give a --progress below 100."),
        )
    settled: dict[str, object] = {"done_on": None}
    if status is Status.NOT_STARTED and progress != 0:
        if "status" in asked:
            raise ChangeRefused(
                _(
                    "{item}: an item that has not started has a progress of 0%, not {progress}%."
                ).format(item=item.id, progress=progress),
                _("Add --progress 0, or give another --status."),
            )
        settled["status"] = Status.IN_PROGRESS
    if status is Status.BLOCKED and not item.is_blocked and not request.note:
        raise ChangeRefused(
            _("{item}: a blocked item needs a note.").format(item=item.id),
            _("Add a --note that says what blocks it."),
        )
    return settled


def _done_on(history: ItemHistory, asked: Mapping[str, object], on: date) -> object:
    """Return the day of completion of what is done: the one asked for, the one known, or the day of the update."""
    was_recorded = history.recorded_value("status") is Status.DONE
    known = history.item.done_on if history.item.is_done else None
    return (
        asked.get("done_on") or known or (was_recorded and history.recorded_value("done_on")) or on
    )


def _check_done_on(
    history: ItemHistory, asked: Mapping[str, object], settled: Mapping[str, object], on: date
) -> None:
    """Refuse a day of completion of what is not done, or that contradicts its start, its history or the update."""
    item, start = history.item, history.start
    done_on = asked.get("done_on") or settled.get("done_on")
    if not isinstance(done_on, date):
        return
    if settled.get("status", item.present_status) is not Status.DONE:
        raise ChangeRefused(
            _("{item}: only a done item has a day of completion.").format(item=item.id),
            _("Add --status done."),
        )
    option = "--done-on" if "done_on" in asked else "--on"
    if done_on < start:
        raise ChangeRefused(
            _("{item}: the day of completion, {day}, is before the start, {start}.").format(
                item=item.id, day=day(done_on), start=day(start)
            ),
            _("Set {option} to the start or a later day.").format(option=option),
        )
    if done_on > on:
        raise ChangeRefused(
            _(
                "{item}: the day of completion, {day}, is after the effective date of the update."
            ).format(item=item.id, day=day(done_on)),
            _("Set --done-on to that date or an earlier day."),
        )
    if (reopened := history.reopened_on) and done_on < reopened:
        raise ChangeRefused(
            _(
                "{item}: the day of completion, {day}, is before the day on which it was reopened, {reopened}."
            ).format(item=item.id, day=day(done_on), reopened=day(reopened)),
            _("Set --done-on to that day or a later one."),
        )


def _check_due(history: ItemHistory, settled: Mapping[str, object]) -> None:
    due, start = settled.get("due"), history.start
    if isinstance(due, date) and due < start:
        raise ChangeRefused(
            _("{item}: the due date, {due}, is before the start, {start}.").format(
                item=history.item.id, due=day(due), start=day(start)
            ),
            _("Set --due to the start or a later day."),
        )
