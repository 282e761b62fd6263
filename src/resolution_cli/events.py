"""What happened in a period, each event with its day, so that the events of joining periods join. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import takewhile

from msgspec import Struct

from resolution_cli.history import deadlines, item_on, updates_by_item
from resolution_cli.model import Item, Resolution, Status, Update
from resolution_cli.period import Period

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
        update: the entry of the diary that says so; None for an item that became overdue, which takes only time.
        due: the due date then: for a moved deadline, the new one; None where the item has none of its own.
        due_before: for a moved deadline, the old one; else None.

    """

    kind: EventKind
    on: date
    item: Item
    update: Update | None = None
    due: date | None = None
    due_before: date | None = None


def events(resolution: Resolution, period: Period) -> tuple[Event, ...]:
    """Return the events of `period`, the earliest first; those of one day in the resolution's order."""
    diary = updates_by_item(resolution)
    found = [
        event
        for item in resolution.items
        for event in _item_events(resolution, item, diary.get(item.id.lower(), ()), period.end)
        if period.start <= event.on <= period.end
    ]
    return tuple(sorted(found, key=lambda event: event.on))


def _item_events(resolution: Resolution, item: Item, updates: Sequence[Update], known: date) -> Iterator[Event]:
    """Yield the events of one item; a day of completion that was corrected counts as `known` by that day."""
    then = item_on(item, updates, date.min)
    status, due = then.present_status, then.due
    for number, update in enumerate(updates):
        changed = {name: new for name, _, new in update.changes()}
        if "due" in changed and update.due != due:
            yield Event(EventKind.DEADLINE_MOVED, update.on, item, update, update.due, due)
            due = update.due
        if "status" in changed and (new := update.status or Status.NOT_STARTED) is not status:
            late = _done_on(updates[number:], known) > (due or resolution.header.term.end)
            for kind in _turns(status, new, late=late):
                yield Event(kind, update.on, item, update, due)
            status = new
    for day in _days_of_becoming_overdue(resolution, item, updates):
        yield Event(EventKind.BECAME_OVERDUE, day, item, due=item_on(item, updates, day).due)


def _done_on(updates: Sequence[Update], known: date) -> date:
    """Return the day of completion that the first of `updates` tells, as the last one up to `known` corrects it."""
    first, *rest = updates
    same = takewhile(lambda u: u.on <= known and u.status is None and u.was.status is None, rest)
    days = [update.done_on for update in (first, *same) if update.done_on]
    return days[-1] if days else first.on


def _turns(old: Status, new: Status, *, late: bool) -> Iterator[EventKind]:
    if old is Status.DONE:
        yield EventKind.REOPENED
    if old is Status.BLOCKED:
        yield EventKind.FREED
    if new is Status.DONE:
        yield EventKind.FINISHED_LATE if late else EventKind.FINISHED_ON_TIME
    if new is Status.BLOCKED:
        yield EventKind.BLOCKED


def _days_of_becoming_overdue(resolution: Resolution, item: Item, updates: Sequence[Update]) -> Iterator[date]:
    def is_overdue(day: date) -> bool:
        then = item_on(item, updates, day)
        return then.present_status is not Status.DONE and resolution.due_of(then) < day

    dues = {due or resolution.header.term.end for due in deadlines(item, updates)}
    days = {due + _DAY for due in dues if due < date.max} | {update.on for update in updates}
    for day in sorted(days):
        if is_overdue(day) and (day == date.min or not is_overdue(day - _DAY)):
            yield day
