"""An item with milestones: how it stands follows from them, on any day.

Milestones are done or not, with nothing between: the weighted-milestone technique of earned-value
management. The rules are those of docs/reference/verdicts.md.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter

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
_Found = Sequence[tuple[ItemHistory, _State]]
"""The milestones that are in force on a day, each as it stands at its end."""


class ParentHistory(ItemHistory):
    """An item that has milestones.

    While some are in force (in the plan, and not cancelled) its status, progress and day of
    completion follow from them; on other days they are those of the item itself. An item that is
    cancelled itself is so whatever its milestones are.
    """

    def on(self, day: date) -> Item:
        """Return the item as it stood at the end of `day`."""
        if day < self.today:
            return super().on(day)
        own = self.item
        state = _rolled_up(self._in_force(day, lambda milestone: milestone.on(day)))
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
            days |= {stretch.start for stretch in milestone.stretches}
            days |= {milestone.item.added} if milestone.item.added else set()
        found: list[Stretch] = []
        for day in sorted(days):
            stretch = self._stretch_from(day)
            if not found or replace(stretch, start=found[-1].start) != found[-1]:
                found.append(stretch)
        return found

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

    def in_force(self, day: date) -> Sequence[ItemHistory]:
        """Return the milestones that are in the plan and not cancelled at the end of `day`."""
        return [milestone for milestone, _state in self._in_force(day, lambda each: each.on(day))]

    def check_asked(self, asked: Mapping[str, object], day: date) -> None:
        """Refuse to set what follows from the milestones in force on `day`.

        The item as a whole can still be cancelled, and be taken up again.

        Raises:
            ChangeRefused: `asked` has such a fact.

        """
        in_force = self.in_force(day)
        foreign = [FACTS[name].option for name in STATE_FACTS if name in asked]
        status = asked.get("status")
        is_lifted = self.item.is_cancelled and status is Status.IN_PROGRESS
        if (status is Status.CANCELLED or is_lifted) and foreign == [FACTS["status"].option]:
            return
        if not (in_force and foreign):
            return
        message = _("{item} has milestones, from which this follows: {milestones}.")
        still_open = [each for each in in_force if each.item.is_open]
        wanted = (still_open or in_force)[0].item.id
        raise ChangeRefused(
            message.format(
                item=self.item.id, milestones=", ".join(each.item.id for each in in_force)
            ),
            _("Report the milestone: `{command}`").format(
                command=command_line("tracker", "update", wanted, "--status", "done")
            ),
        )

    def _in_force(self, day: date, state: Callable[[ItemHistory], _State]) -> _Found:
        found = [(each, state(each)) for each in self.milestones if each.is_in_plan(day)]
        return [(each, is_so) for each, is_so in found if is_so.status is not Status.CANCELLED]

    def _state_on(self, day: date) -> "_RolledUp | None":
        return _rolled_up(self._in_force(day, lambda each: each.on(day)))

    def _stretch_from(self, day: date) -> Stretch:
        """Return what the history says of `day`, as a stretch that begins on it."""
        index = bisect_right(self.own_stretches, day, key=attrgetter("start")) - 1
        own = self.own_stretches[index]
        state = _rolled_up(self._in_force(day, lambda each: each.stretch_on(day)))
        if state is None:
            return replace(own, start=day)
        if own.status is Status.CANCELLED:
            return Stretch(day, own.status, state.percent)
        return Stretch(day, state.status, state.percent, state.done_on)

    def _expected(self, found: Sequence[ItemHistory], day: date, end: date) -> ExpectedWeight:
        """Return what is expected by `end` of the milestones `found`, as they are due on `day`."""
        weights = [(_weight(each), each.due_on(day) < end) for each in found]
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
    total = sum(_weight(milestone) for milestone, _state in found)
    done = sum(_weight(milestone) for milestone, state in found if state.status is Status.DONE)
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


def _weight(milestone: ItemHistory) -> int:
    assert isinstance(milestone.item, Milestone)  # noqa: S101  # only they are in `milestones`
    return milestone.item.weight
