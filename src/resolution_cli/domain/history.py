"""The history of each item: what was recorded last, and how the item stood on any day.

Entries are ordered by their effective day, and within a day as in the file. The instants at which
they were recorded are not used for it: clocks and their offsets differ.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.domain.model import (
    COMPLETE,
    FACTS,
    Item,
    Resolution,
    Status,
    Target,
    Term,
    Update,
    effective,
)

_Tracked = TypeVar("_Tracked", bound=Item | Target)


class Stretch(Struct, frozen=True):
    """A run of days on which an item had the same status and progress.

    It ends where the next stretch starts.

    Attributes:
        start: the first day; `date.min` for the stretch before the first entry.
        status: the status on these days.
        progress: the progress on these days, in percent.
        done_on: the day of completion, if the status is done; else None.

    """

    start: date
    status: Status
    progress: int
    done_on: date | None = None

    @property
    def is_done(self) -> bool:
        """Say whether the item was done."""
        return self.status is Status.DONE


class History(Generic[_Tracked]):
    """An item or a target with the entries of its history, which are read once.

    Args:
        item: the item or target as the plan has it.
        updates: its entries, ordered by their effective day.
        term: the term of the resolution.
        today: the day whose end the plan describes.

    """

    def __init__(self, item: _Tracked, updates: Sequence[Update], term: Term, today: date) -> None:
        self.item = item
        self.updates = updates
        self.term = term
        self.today = today
        self._by_day: dict[date, _Tracked] = {}

    @cached_property
    def recorded(self) -> dict[str, object]:
        """Return the facts that the history has recorded, by name, as of its last entry.

        A fact that was removed is None; one that no entry changed is absent.
        """
        return {name: new for update in self.updates for name, _old, new in update.changes()}

    def recorded_value(self, name: str) -> object:
        """Return the value of the fact `name` according to the history; None if there is none.

        Due date, units, product and tags are part of the plan from its beginning: where no entry
        changed them, it is the plan's value. Status, progress and day of completion have a value
        only where an entry recorded it.
        """
        initial = None if FACTS[name].is_state else getattr(self.item, name, None)
        return self.recorded.get(name, initial)

    def is_changed_by_hand(self, name: str) -> bool:
        """Return whether the plan's value of the fact `name` differs from the history's."""
        in_plan = effective(name, getattr(self.item, name, None))
        return in_plan != effective(name, self.recorded_value(name))

    def changed(self, facts: Mapping[str, object]) -> dict[str, Any]:
        """Return those of the new values `facts` that differ from the history's."""
        return {
            name: value
            for name, value in facts.items()
            if effective(name, value) != effective(name, self.recorded_value(name))
        }

    def until(self, day: date) -> Sequence[Update]:
        """Return the entries with an effective day up to and including `day`, in order."""
        return self.updates[: bisect_right(self.updates, day, key=attrgetter("on"))]

    def _assigned_on(self, day: date) -> dict[str, object]:
        """Return the facts that assign, by name, as they were at the end of `day`.

        Facts that no entry changes are left out.
        """
        facts: dict[str, object] = {}
        for on, name, old, new in self._assignments:
            if on <= day or name not in facts:
                facts[name] = new if on <= day else old
        return facts

    @cached_property
    def _assignments(self) -> Sequence[tuple[date, str, object, object]]:
        """Return day, name, old and new value of each change of a fact that assigns."""
        known = self.item.__struct_fields__
        return [
            (update.on, name, old, new)
            for update in self.updates
            for name, old, new in update.changes()
            if not FACTS[name].is_state and name in known
        ]


class ItemHistory(History[Item]):
    """One item with the entries of its history, giving the item as it stood on any day.

    The entries are read once, for any number of days. A past day has the values that the entries
    recorded; a value that someone changed in the plan by hand counts from `today` on. A completed
    item counts as done from its day of completion on, even if that was recorded later. Where the
    item has no start or due date of its own, the term's counts.
    """

    @property
    def start(self) -> date:
        """Return the item's own start, or the term's if it has none."""
        return self.item.start or self.term.start

    @property
    def reopened_on(self) -> date | None:
        """Return the day on which the item was last reopened; None if it never was."""
        days = [
            after.start
            for before, after in pairwise(self.stretches)
            if _is_reopening(before.status, after.status)
        ]
        return days[-1] if days else None

    def on(self, day: date) -> Item:
        """Return the item as it stood at the end of `day`."""
        if day >= self.today:
            return self.item
        if day not in self._by_day:
            state = self.stretch_on(day)
            self._by_day[day] = replace(
                self.item,
                **self._assigned_on(day),
                status=state.status,
                progress=state.progress,
                done_on=state.done_on,
            )
        return self._by_day[day]

    def cancellation_on(self, day: date) -> Update | None:
        """Return the entry of the cancellation in force at the end of `day`; None without one."""
        if self.stretch_on(day).status is not Status.CANCELLED:
            return None
        decided = (each for each in reversed(self.until(day)) if each.status is Status.CANCELLED)
        return next(decided, None)

    def deadline_on(self, day: date) -> date | None:
        """Return the item's own due date in force at the end of `day`; None if it had none."""
        if day >= self.today:
            return self.item.due
        return self.deadlines[bisect_right(self.deadlines, day, key=itemgetter(0)) - 1][1]

    def due_on(self, day: date) -> date:
        """Return the due date in force at the end of `day`: the item's own, or the term's end."""
        return self.deadline_on(day) or self.term.end

    def stretch_on(self, day: date) -> Stretch:
        """Return the stretch that contains `day`, according to the history."""
        return self.stretches[bisect_right(self.stretches, day, key=attrgetter("start")) - 1]

    @cached_property
    def deadlines(self) -> Sequence[tuple[date, date | None]]:
        """Return the item's own due dates over time, each with the first day on which it was valid.

        In order; the first is valid from `date.min` on. None is no due date of its own.
        """
        changing = [update for update in self.updates if _changes(update, "due")]
        deadlines = [(date.min, changing[0].was.due if changing else self.item.due)]
        for update in changing:
            if update.due != deadlines[-1][1]:
                deadlines.append((update.on, update.due))
        return deadlines

    @cached_property
    def stretches(self) -> Sequence[Stretch]:
        """Return the stretches of equal status and progress in order, the first from `date.min`."""
        stretches = [self._first_stretch()]
        status, progress = stretches[0].status, stretches[0].progress
        # The index of the first stretch after the last reopening: no completion starts before it.
        earliest = 0
        for index, update in enumerate(self.updates):
            if not (_changes(update, "status") or _changes(update, "progress")):
                continue
            before = status
            status, progress = _state_after(update, status, progress)
            if status is not Status.DONE:
                earliest = len(stretches) if _is_reopening(before, status) else earliest
                stretches.append(Stretch(update.on, status, progress))
            elif before is not Status.DONE:
                _complete(stretches, earliest, self._completion_day(index))
        item = self.item
        if "status" not in self.recorded and item.status is Status.DONE and item.done_on:
            _complete(stretches, earliest, item.done_on)
        return stretches

    def _first_stretch(self) -> Stretch:
        """Return the stretch before any entry: the old values of the first entry on each fact."""
        status = self._first_old_value("status") or Status.NOT_STARTED
        progress = self._first_old_value("progress") or 0
        done_on = self._first_old_value("done_on") if status is Status.DONE else None
        return Stretch(date.min, status, progress, done_on)

    def _first_old_value(self, name: str) -> Any:
        """Return the old value of the first entry that changes the fact `name`, or None."""
        old_values = (
            getattr(update.was, name) for update in self.updates if _changes(update, name)
        )
        return next(old_values, None)

    def _completion_day(self, index: int) -> date:
        """Return the day of completion recorded by entry `index`, with later corrections of it.

        Corrections are looked for up to the next entry that changes the status.
        """
        first, *rest = self.updates[index:]
        done_on = first.done_on or first.on
        for update in rest:
            if _changes(update, "status"):
                return min(done_on, update.on)
            done_on = update.done_on or done_on
        return done_on


def histories(resolution: Resolution, today: date) -> Mapping[str, ItemHistory]:
    """Return the history of each item by its lower-cased id, in the order of the resolution.

    `today` is the day whose end the plan describes.
    """
    entries = updates_by_item(resolution)
    term = resolution.header.term
    return {
        item.id.lower(): ItemHistory(item, entries.get(item.id.lower(), ()), term, today)
        for item in resolution.items
    }


def updates_by_item(resolution: Resolution) -> Mapping[str, Sequence[Update]]:
    """Return the entries of the history by the lower-cased id of their item.

    The entries of an item are ordered by their effective day, and within a day as in the file.
    """
    by_item: dict[str, list[Update]] = {}
    for update in resolution.updates:
        by_item.setdefault(update.item.lower(), []).append(update)
    for updates in by_item.values():
        updates.sort(key=attrgetter("on"))
    return by_item


def _state_after(update: Update, status: Status, progress: int) -> tuple[Status, int]:
    """Return status and progress after `update`, given those before it."""
    if _changes(update, "status"):
        status = update.status or Status.NOT_STARTED
    if _changes(update, "progress"):
        progress = update.progress or 0
    return status, progress


def _is_reopening(before: Status, after: Status) -> bool:
    """Return whether what was done or cancelled is so no more, and is not done instead."""
    return not before.is_open and after not in {before, Status.DONE}


def _complete(stretches: list[Stretch], earliest: int, done_on: date) -> None:
    """Append the stretch of a completion on `done_on`, replacing those that it covers.

    It does not start before the stretch with the index `earliest`, which is kept.
    """
    done_on = max(done_on, stretches[earliest].start)
    while len(stretches) > earliest + 1 and stretches[-1].start > done_on:
        stretches.pop()  # recorded before it was known that the item was already done
    stretches.append(Stretch(done_on, Status.DONE, COMPLETE, done_on))


def _changes(update: Update, name: str) -> bool:
    """Return whether `update` sets or removes the fact `name`."""
    return getattr(update, name) is not None or getattr(update.was, name) is not None
