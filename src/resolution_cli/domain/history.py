"""The history of each item: what was recorded last, and how the item stood on any day.

Entries are ordered by their effective day, and within a day as in the file. The instants at which
they were recorded are not used for it: clocks and their offsets differ.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import Any, Generic, Self, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli import i18n
from resolution_cli.domain.model import (
    COMPLETE,
    FACTS,
    Cause,
    Item,
    Status,
    Target,
    Term,
    Update,
    effective,
)
from resolution_cli.domain.schedule import Expected, ExpectedWeight, planned_shares
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import _

_Tracked = TypeVar("_Tracked", bound=Item | Target)


_EFFECTIVE_DAY = attrgetter("on")


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

    Attributes:
        beginning: values that were known before the first entry, by name, where they are not those
            of the plan.

    """

    def __init__(self, item: _Tracked, updates: Sequence[Update], term: Term, today: date) -> None:
        self.item = item
        self.updates = updates
        self.term = term
        self.today = today
        self.beginning: Mapping[str, object] = {}
        self._by_day: dict[date, _Tracked] = {}

    def with_entries(
        self,
        updates: Sequence[Update],
        values: Mapping[str, Any],
        beginning: Mapping[str, object],
    ) -> Self:
        """Return the history with other entries, of the item with these `values` of facts.

        `beginning` is as the attribute.
        """
        found = self._copy(replace(self.item, **values), updates)
        found.beginning = beginning
        return found

    def _copy(self, item: _Tracked, updates: Sequence[Update]) -> Self:
        return type(self)(item, updates, self.term, self.today)

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
        return self.recorded.get(name, self.beginning.get(name, initial))

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

    @property
    def added(self) -> date:
        """Return the day from which on it is in the plan; `date.min` where it always was."""
        return self.item.added or date.min

    def is_in_plan(self, day: date) -> bool:
        """Say whether it is in the plan at the end of `day`."""
        return self.added <= day

    def check_in_plan(self, day: date) -> None:
        """Raise `WrongInput` if it is not in the plan at the end of `day`."""
        if not self.is_in_plan(day):
            message = _("{item} was not in the plan on {day}; it was added on {added}.")
            days = {"day": i18n.day(day), "added": i18n.day(self.added)}
            raise WrongInput(message.format(item=self.item.id, **days), "--as-of")

    def until(self, day: date) -> Sequence[Update]:
        """Return the entries with an effective day up to and including `day`, in order."""
        return self.updates[: self._count_until(day)]

    def _count_until(self, day: date) -> int:
        return bisect_right(self.updates, day, key=_EFFECTIVE_DAY)

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
    """An item or a milestone with the entries of its history, giving it as it stood on any day.

    The entries are read once, for any number of days. A past day has the values that the entries
    recorded; a value that someone changed in the plan by hand counts from `today` on. A completed
    item counts as done from its day of completion on, even if that was recorded later. Where it has
    no start or due date of its own, the term's counts.

    Attributes:
        parent: of a milestone, the history of its item.
        milestones: of an item, the histories of its milestones, in the order of the file.

    """

    parent: "ItemHistory | None" = None
    milestones: Sequence["ItemHistory"] = ()

    @property
    def start(self) -> date:
        """Return the day on which its work starts: its own, or the term's if it has none."""
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
            facts = {"status": state.status, "progress": state.progress, "done_on": state.done_on}
            known = {name: facts[name] for name in facts if name in self.item.fact_names}
            self._by_day[day] = replace(self.item, **self._assigned_on(day), **known)
        return self._by_day[day]

    def expected_on(self, day: date) -> Expected | ExpectedWeight:
        """Return the progress that the plan, as it stands on `day`, expects by the end of `day`."""
        return Expected(self.start, self.due_on(day), day)

    def is_behind(self, day: date, points: int) -> bool:
        """Say whether more than `points` percentage points are missing, by exact figures."""
        expected = Expected(self.start, self.due_on(day), day)
        return expected.exceeds(self.on(day).present_progress + points)

    def planned(self, ends: tuple[date, ...], day: date) -> tuple[float, ...]:
        """Return the percentages that the plan, as it stands on `day`, expects by the `ends`."""
        return planned_shares(self.start, self.due_on(day), ends)

    @property
    def all_updates(self) -> Sequence[Update]:
        """Return its entries and those of its milestones, ordered by their effective day."""
        return self.updates

    def in_force(self, day: date) -> Sequence["ItemHistory"]:  # noqa: ARG002  # see ParentHistory
        """Return the milestones that are in the plan and not cancelled at the end of `day`."""
        return ()

    def last_report(self, day: date) -> date | None:
        """Return the day of the last entry up to `day` that reports on the work; None without."""
        entries = map(self.updates.__getitem__, reversed(range(self._count_until(day))))
        return next((update.on for update in entries if update.is_report), None)

    def last_update(self, day: date) -> date | None:
        """Return the day of the last entry up to `day`; None without one."""
        count = self._count_until(day)
        return self.updates[count - 1].on if count else None

    def days_of_progress(self, day: date) -> set[date]:
        """Return the days up to `day` of which a progress was recorded."""
        return {update.on for update in self.until(day) if update.progress is not None}

    def blocking_on(self, day: date) -> tuple[Update | None, Cause | None]:
        """Return the last entry up to `day` that blocked the item, and the last cause since."""
        cause = None
        for update in reversed(self.until(day)):
            cause = cause or update.cause
            if update.status is Status.BLOCKED:
                return update, cause
        return None, cause

    def cancellation_on(self, day: date) -> Sequence[Update]:
        """Return the entry of the cancellation in force at the end of `day`, and those since.

        Empty where it is not cancelled, or no entry says so.
        """
        if self.own_stretch_on(day).status is not Status.CANCELLED:
            return ()
        entries = self.until(day)
        deciding = [n for n, each in enumerate(entries) if each.status is Status.CANCELLED]
        return entries[deciding[-1] :] if deciding else ()

    def deadline_on(self, day: date) -> date | None:
        """Return the item's own due date in force at the end of `day`; None if it had none."""
        if day >= self.today:
            return self.item.due
        return self.deadlines[bisect_right(self.deadlines, day, key=itemgetter(0)) - 1][1]

    def due_on(self, day: date) -> date:
        """Return the due date in force at the end of `day`: its own, or the term's end."""
        return self.deadline_on(day) or self.term.end

    @cached_property
    def due_dates(self) -> Sequence[tuple[date, date]]:
        """Return the due dates in force over time, each with the first day on which it was."""
        return [(on, due or self.term.end) for on, due in self.deadlines]

    def stretch_on(self, day: date) -> Stretch:
        """Return the stretch that contains `day`, according to the history."""
        return _containing(self.stretches, day)

    def own_stretch_on(self, day: date) -> Stretch:
        """Return the stretch of its own entries that contains `day`."""
        return _containing(self.own_stretches, day)

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

    @property
    def stretches(self) -> Sequence[Stretch]:
        """Return the stretches of equal status and progress in order, the first from `date.min`."""
        return self.own_stretches

    @cached_property
    def own_stretches(self) -> Sequence[Stretch]:
        """Return the stretches that the entries of the item itself recorded, as `stretches`."""
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


def _containing(stretches: Sequence[Stretch], day: date) -> Stretch:
    return stretches[bisect_right(stretches, day, key=attrgetter("start")) - 1]


Gap = tuple[str, object, object]
"""The name of a fact, the old value that an entry has, and the value that was left before it."""


def gaps(update: Update, recorded: Mapping[str, object]) -> Iterator[Gap]:
    """Yield the old values of an entry that are not what the entries before it `recorded`.

    Of a figure, its day is one too, as `on`.

    Earlier versions recorded a value that someone had changed by hand with an old value equal to
    the new one; that is no gap.
    """
    for name, old, new in update.changes():
        was = effective(name, old)
        is_record_of_hand_edit = old is not None and effective(name, new) == was
        is_other = name in recorded and effective(name, recorded[name]) != was
        if is_other and not is_record_of_hand_edit:
            yield name, old, recorded[name]
        elif name == "value" and name in recorded and update.was.on != recorded.get("on"):
            yield "on", update.was.on, recorded.get("on")


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
