"""An item with milestones: how it stands follows from them, on any day.

Milestones are done or not, with nothing between: the weighted-milestone technique of earned-value
management. The rules are those of docs/reference/verdicts.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.domain.history import ItemHistory, Stretch
from resolution_cli.domain.model import (
    COMPLETE,
    FACTS,
    STATE_FACTS,
    Cause,
    Item,
    Milestone,
    Status,
    Update,
)
from resolution_cli.domain.schedule import Expected, ExpectedWeight
from resolution_cli.errors import ChangeRefused
from resolution_cli.i18n import _
from resolution_cli.shell import command_line

_State = Item | Stretch
_Found = Sequence[tuple["MilestoneHistory", _State]]
"""The milestones that are in force on a day, each as it stands at its end."""


class MilestoneHistory(ItemHistory):
    """A milestone, of which much is as it is of its item.

    What it does not have itself, start and due date, is that of its item. It is in the plan, and
    goes on, only where its item is and does: while that is cancelled, so is what is not done of it.

    Args:
        item: the milestone as the plan has it.
        updates: its entries, ordered by their effective day.
        parent: the history of its item.

    """

    parent: ItemHistory

    def __init__(self, item: Milestone, updates: Sequence[Update], parent: ItemHistory) -> None:
        super().__init__(item, updates, parent.term, parent.today)
        self.parent = parent
        self.weight = item.weight

    def _copy(self, item: Item, updates: Sequence[Update]) -> Self:
        assert isinstance(item, Milestone)  # noqa: S101  # the same one, with other values
        return type(self)(item, updates, self.parent)

    @property
    def start(self) -> date:
        """Return the day on which its work starts: its own, or that of its item."""
        return self.item.start or self.parent.start

    @cached_property
    def added(self) -> date:
        """Return the day from which on it and its item are in the plan."""
        return max(super().added, self.parent.added)

    def on(self, day: date) -> Item:
        """Return the milestone as it stood at the end of `day`."""
        found = super().on(day)
        if day >= self.today and found.is_open and self.parent.item.is_cancelled:
            return replace(found, status=Status.CANCELLED)
        return found

    def own_on(self, day: date) -> _State:
        """Return how it stood at the end of `day` by itself, whatever its item was."""
        return self.item if day >= self.today else self.own_stretch_on(day)

    def cancellation_on(self, day: date) -> Sequence[Update]:
        """Return the entry of its cancellation, or of that of its item, and those since."""
        return super().cancellation_on(day) or self.parent.cancellation_on(day)

    def due_on(self, day: date) -> date:
        """Return the due date in force at the end of `day`: its own, or that of its item."""
        return self.deadline_on(day) or self.parent.due_on(day)

    @cached_property
    def due_dates(self) -> Sequence[tuple[date, date]]:
        """Return the due dates in force over time, each with the first day on which it was."""
        own = {on for on, _due in self.deadlines}
        days = own | {on for on, _due in self.parent.due_dates}
        return [(on, self.due_on(on)) for on in sorted(days)]

    @cached_property
    def stretches(self) -> Sequence[Stretch]:
        """Return the stretches of equal status and progress in order, the first from `date.min`."""
        days = {stretch.start for stretch in (*self.own_stretches, *self.parent.own_stretches)}
        return _joined(map(self._stretch_from, sorted(days)))

    def expected_on(self, day: date) -> Expected | ExpectedWeight:
        """Return the progress expected by the end of `day`: all of it where the due day is over."""
        return ExpectedWeight(1 if self.due_on(day) < day else 0, 1)

    def is_behind(self, day: date, points: int) -> bool:  # noqa: ARG002  # as `ItemHistory` has it
        """Return False: nothing is expected of it before it is overdue."""
        return False

    def planned(self, ends: tuple[date, ...], day: date) -> tuple[float, ...]:
        """Return the percentages that the plan, as it stands on `day`, expects by the `ends`."""
        due = self.due_on(day)
        return tuple(COMPLETE if due < end else 0 for end in ends)

    def _stretch_from(self, day: date) -> Stretch:
        own = self.own_stretch_on(day)
        is_cancelled = self.parent.own_stretch_on(day).status is Status.CANCELLED
        if own.status.is_open and is_cancelled:
            return Stretch(day, Status.CANCELLED, own.progress)
        return replace(own, start=day)


class ParentHistory(ItemHistory):
    """An item that has milestones.

    While some are in force (in the plan, and not cancelled) its status, progress and day of
    completion follow from them; on other days they are those of the item itself. An item that is
    cancelled itself is so whatever its milestones are.
    """

    milestones: Sequence[MilestoneHistory] = ()

    def _copy(self, item: Item, updates: Sequence[Update]) -> Self:
        found = super()._copy(item, updates)
        found.milestones = self.milestones
        return found

    def on(self, day: date) -> Item:
        """Return the item as it stood at the end of `day`."""
        if day < self.today:
            return super().on(day)
        own = self.item
        state = self._state_on(day)
        if state is None:
            return own
        if own.is_cancelled:
            return replace(own, progress=state.percent)
        return replace(own, status=state.status, progress=state.percent, done_on=state.done_on)

    @cached_property
    def stretches(self) -> Sequence[Stretch]:
        """Return the stretches of equal status and progress in order, the first from `date.min`."""
        days = {stretch.start for stretch in self.own_stretches}
        for milestone in self.milestones:
            days |= {stretch.start for stretch in milestone.own_stretches}
            days.add(milestone.added)
        return _joined(map(self._stretch_from, sorted(days)))

    def expected_on(self, day: date) -> Expected | ExpectedWeight:
        """Return the progress that the plan, as it stands on `day`, expects by the end of `day`."""
        found = self.in_force(day)
        return self._expected(found, day, day) if found else super().expected_on(day)

    def is_behind(self, day: date, points: int) -> bool:
        """Say whether more than `points` percentage points are missing, by exact figures."""
        state = self._state_on(day)
        if state is None:
            return super().is_behind(day, points)
        expected = self._expected(self.in_force(day), day, day)
        return (expected.over - state.done) * COMPLETE > points * state.total

    def planned(self, ends: tuple[date, ...], day: date) -> tuple[float, ...]:
        """Return the percentages that the plan, as it stands on `day`, expects by the `ends`."""
        found = self.in_force(day)
        if not found:
            return super().planned(ends, day)
        return tuple(self._expected(found, day, end).share for end in ends)

    @cached_property
    def all_updates(self) -> Sequence[Update]:
        """Return its entries and those of its milestones, ordered by their effective day."""
        entries = [each for history in (self, *self.milestones) for each in history.updates]
        return sorted(entries, key=attrgetter("on"))

    def last_report(self, day: date) -> date | None:
        """Return the day of the last entry that reports on the work or on a milestone of it."""
        reports = [super().last_report(day), *(each.last_report(day) for each in self.milestones)]
        return max(filter(None, reports), default=None)

    def last_update(self, day: date) -> date | None:
        """Return the day of the last entry of the item or of a milestone of it."""
        updates = [super().last_update(day), *(each.last_update(day) for each in self.milestones)]
        return max(filter(None, updates), default=None)

    def days_of_progress(self, day: date) -> set[date]:
        """Return the days up to `day` of which a progress was recorded, or a milestone finished."""
        finished = {
            stretch.start
            for milestone in self.in_force(day)
            for stretch in milestone.stretches
            if stretch.is_done and stretch.start <= day
        }
        return finished or super().days_of_progress(day)

    def blocking_on(self, day: date) -> tuple[Update | None, Cause | None]:
        """Return the entry that blocked the first blocked milestone, and its last cause since."""
        blocked = [each for each in self.in_force(day) if each.on(day).is_blocked]
        return blocked[0].blocking_on(day) if blocked else super().blocking_on(day)

    def in_force(self, day: date) -> Sequence["MilestoneHistory"]:
        """Return the milestones that are in the plan and not cancelled at the end of `day`."""
        return [milestone for milestone, _state in self._own_in_force(day)]

    def check_asked(self, asked: Mapping[str, object], day: date) -> None:
        """Refuse to set what follows from the milestones in force on `day`.

        The item as a whole can still be cancelled, and be taken up again.

        Raises:
            ChangeRefused: `asked` has such a fact.

        """
        in_force = self.in_force(day)
        foreign = [FACTS[name].option for name in STATE_FACTS if name in asked]
        status = asked.get("status")
        # Someone may have taken it up again by hand; the entry records that.
        was_cancelled = Status.CANCELLED in (self.item.status, self.recorded_value("status"))
        is_lifted = was_cancelled and status is Status.IN_PROGRESS
        if (status is Status.CANCELLED or is_lifted) and foreign == [FACTS["status"].option]:
            return
        if not (in_force and foreign):
            return
        message = _("{item} has milestones, from which this follows: {milestones}.")
        raise ChangeRefused(
            message.format(
                item=self.item.id, milestones=", ".join(each.item.id for each in in_force)
            ),
            how_to_report(in_force),
        )

    def _in_force(self, day: date, state: Callable[["MilestoneHistory", date], _State]) -> _Found:
        found = [(each, state(each, day)) for each in self.milestones if each.is_in_plan(day)]
        return [(each, its) for each, its in found if its.status is not Status.CANCELLED]

    def _own_in_force(self, day: date) -> _Found:
        if day not in self._in_force_by_day:
            self._in_force_by_day[day] = self._in_force(day, MilestoneHistory.own_on)
        return self._in_force_by_day[day]

    @cached_property
    def _in_force_by_day(self) -> dict[date, _Found]:
        """Return where those in force are kept of each day that was asked about."""
        return {}

    def _state_on(self, day: date) -> "_RolledUp | None":
        return _rolled_up(self._own_in_force(day))

    def _stretch_from(self, day: date) -> Stretch:
        """Return what the history says of `day`, as a stretch that begins on it."""
        own = self.own_stretch_on(day)
        state = _rolled_up(self._in_force(day, MilestoneHistory.own_stretch_on))
        if state is None:
            return replace(own, start=day)
        if own.status is Status.CANCELLED:
            return Stretch(day, own.status, state.percent)
        return Stretch(day, state.status, state.percent, state.done_on)

    def _expected(
        self, found: Sequence["MilestoneHistory"], day: date, end: date
    ) -> ExpectedWeight:
        """Return what is expected by `end` of the milestones `found`, as they are due on `day`."""
        weights = [(each.weight, each.due_on(day) < end) for each in found]
        return ExpectedWeight(
            sum(weight for weight, is_over in weights if is_over),
            sum(weight for weight, _is_over in weights),
        )


class _RolledUp(Struct, frozen=True):
    """What follows from milestones for their item."""

    status: Status
    done: int
    total: int
    done_on: date | None

    @property
    def percent(self) -> int:
        """Return the progress in whole percent, rounded down."""
        return self.done * COMPLETE // self.total


def _rolled_up(found: _Found) -> _RolledUp | None:
    """Return what follows from the milestones `found`; None if there are none."""
    if not found:
        return None
    statuses = [state.status or Status.NOT_STARTED for _milestone, state in found]
    total = sum(milestone.weight for milestone, _state in found)
    done = sum(milestone.weight for milestone, state in found if state.status is Status.DONE)
    days = [state.done_on for _milestone, state in found]
    if done == total:
        known = [day for day in days if day]
        return _RolledUp(Status.DONE, done, total, max(known) if len(known) == len(days) else None)
    if Status.BLOCKED in statuses:
        status = Status.BLOCKED
    elif all(each is Status.NOT_STARTED for each in statuses):
        status = Status.NOT_STARTED
    else:
        status = Status.IN_PROGRESS
    return _RolledUp(status, done, total, None)


def _joined(stretches: Iterable[Stretch]) -> Sequence[Stretch]:
    """Return `stretches`, without those that only go on as the one before."""
    found: list[Stretch] = []
    for stretch in stretches:
        if not found or replace(stretch, start=found[-1].start) != found[-1]:
            found.append(stretch)
    return found


def how_to_report(milestones: Sequence[ItemHistory]) -> str:
    """Return the hint of how progress on `milestones` is reported: with one that is open."""
    still_open = [each for each in milestones if each.item.is_open]
    wanted = (still_open or milestones)[0].item.id
    return _("Report the milestone: `{command}`").format(
        command=command_line("tracker", "update", wanted, "--status", "done")
    )
