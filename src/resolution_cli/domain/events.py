"""What happened in a period, each event with its day, so that the events of joining periods join. Pure."""

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
    """The turns that a report of a period tells of."""

    FINISHED_ON_TIME = "finished-on-time"
    FINISHED_LATE = "finished-late"
    REOPENED = "reopened"
    BECAME_OVERDUE = "became-overdue"
    BLOCKED = "blocked"
    FREED = "freed"
    DEADLINE_MOVED = "deadline-moved"


class Event(Struct, frozen=True):
    """A turn that an item took.

    Attributes:
        kind: which turn.
        on: the day on which it took it.
        item: the item, as it stands now.
        due: the due date then: for a moved deadline, the new one; None where the item has none of
            its own.
        due_before: for a moved deadline, the old one; else None.

    """

    kind: EventKind
    on: date
    item: Item
    due: date | None = None
    due_before: date | None = None


def events(histories: Iterable[ItemHistory], period: Period) -> tuple[Event, ...]:
    """Return the events of `period`, the earliest first; those of one day in the order of `histories`."""
    found = [
        event
        for history in histories
        for event in (
            *_turns(history),
            *_moved_deadlines(history),
            *_days_of_becoming_overdue(history),
        )
        if period.start <= event.on <= period.end
    ]
    return tuple(sorted(found, key=lambda event: event.on))


def _turns(history: ItemHistory) -> Iterator[Event]:
    """Yield what became of the status: the differences between one stretch of days and the next."""
    for before, after in pairwise(history.stretches):
        if after.status is not before.status:
            for kind in _kinds(history, before, after):
                yield Event(kind, after.start, history.item, history.deadline_on(after.start))


def _kinds(history: ItemHistory, before: Stretch, after: Stretch) -> Iterator[EventKind]:
    if before.is_done:
        yield EventKind.REOPENED
    if before.status is Status.BLOCKED:
        yield EventKind.FREED
    if after.is_done:
        is_late = after.start > history.due_on(after.start)
        yield EventKind.FINISHED_LATE if is_late else EventKind.FINISHED_ON_TIME
    if after.status is Status.BLOCKED:
        yield EventKind.BLOCKED


def _moved_deadlines(history: ItemHistory) -> Iterator[Event]:
    """Yield each due date that took the place of another; the first one that is set moves nothing."""
    for number, ((_, old), (on, new)) in enumerate(pairwise(history.deadlines)):
        if old is not None or number > 0:
            yield Event(EventKind.DEADLINE_MOVED, on, history.item, new, old)


def _days_of_becoming_overdue(history: ItemHistory) -> Iterator[Event]:
    def is_overdue(day: date) -> bool:
        return not history.stretch_on(day).is_done and history.due_on(day) < day

    ends = {due or history.term.end for _, due in history.deadlines}
    days = {end + _DAY for end in ends if end < date.max}
    days |= {on for on, _ in history.deadlines} | {stretch.start for stretch in history.stretches}
    for day in sorted(days):
        if is_overdue(day) and (day == date.min or not is_overdue(day - _DAY)):
            yield Event(EventKind.BECAME_OVERDUE, day, history.item, history.deadline_on(day))
