"""The events of a period, each with its day: those of adjacent periods add up without overlap."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from resolution_cli.domain.history import ItemHistory, Stretch
from resolution_cli.domain.model import Item, Status
from resolution_cli.domain.period import Period

_DAY = timedelta(days=1)


class EventKind(StrEnum):
    """The events that the report of a period lists."""

    FINISHED_ON_TIME = "finished-on-time"
    FINISHED_LATE = "finished-late"
    CANCELLED = "cancelled"
    REOPENED = "reopened"
    BECAME_OVERDUE = "became-overdue"
    BLOCKED = "blocked"
    FREED = "freed"
    DEADLINE_MOVED = "deadline-moved"


class Event(Struct, frozen=True):
    """One event of an item.

    Attributes:
        kind: what happened.
        on: the day on which it happened.
        item: the item as the plan has it now.
        due: the item's own due date in force on that day, for a moved deadline the new one; None if
            it had none.
        due_before: for a moved deadline, the old due date; else None.

    """

    kind: EventKind
    on: date
    item: Item
    due: date | None = None
    due_before: date | None = None


def events(histories: Iterable[ItemHistory], period: Period) -> tuple[Event, ...]:
    """Return the events of `period` in order of their days, and on a day in that of `histories`."""
    in_period = [
        event
        for history in histories
        for event in _events_of(history)
        if period.start <= event.on <= period.end
    ]
    return tuple(sorted(in_period, key=lambda event: event.on))


def _events_of(history: ItemHistory) -> Iterator[Event]:
    """Yield all events of an item since it is in the plan, in no particular order."""
    found = (
        *_status_changes(history),
        *_moved_deadlines(history),
        *_became_overdue(history),
    )
    yield from (event for event in found if history.is_in_plan(event.on))


def _status_changes(history: ItemHistory) -> Iterator[Event]:
    for before, after in pairwise(history.stretches):
        if after.status is not before.status:
            for kind in _kinds(history, before, after):
                yield Event(kind, after.start, history.item, history.deadline_on(after.start))


def _kinds(history: ItemHistory, before: Stretch, after: Stretch) -> Iterator[EventKind]:
    """Yield the kinds of event that the change of status from `before` to `after` is."""
    if not before.status.is_open:
        yield EventKind.REOPENED
    if before.status is Status.BLOCKED and after.status is not Status.CANCELLED:
        yield EventKind.FREED
    if after.is_done:
        # What is done because the last open milestone was cancelled, was done before that day.
        done_on = after.done_on or after.start
        is_late = done_on > history.due_on(done_on)
        yield EventKind.FINISHED_LATE if is_late else EventKind.FINISHED_ON_TIME
    if after.status is Status.CANCELLED:
        yield EventKind.CANCELLED
    if after.status is Status.BLOCKED:
        yield EventKind.BLOCKED


def _moved_deadlines(history: ItemHistory) -> Iterator[Event]:
    """Yield each change of the due date; setting the first one is no change."""
    for number, ((_, old), (on, new)) in enumerate(pairwise(history.deadlines)):
        is_first_setting = number == 0 and old is None
        if not is_first_setting:
            yield Event(EventKind.DEADLINE_MOVED, on, history.item, new, old)


def _became_overdue(history: ItemHistory) -> Iterator[Event]:
    """Yield an event for each day on which the item is overdue and was not the day before.

    Only days on which that can change are looked at: after a due date, and where a due date or the
    status changed.
    """

    def is_overdue(day: date) -> bool:
        is_open = history.is_in_plan(day) and history.stretch_on(day).status.is_open
        return is_open and history.due_on(day) < day

    days = {due + _DAY for _, due in history.due_dates if due < date.max}
    days |= {on for on, _ in history.due_dates} | {stretch.start for stretch in history.stretches}
    days.add(history.added)
    for day in sorted(days):
        if is_overdue(day) and (day == date.min or not is_overdue(day - _DAY)):
            yield Event(EventKind.BECAME_OVERDUE, day, history.item, history.deadline_on(day))
