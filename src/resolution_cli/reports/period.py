"""What a period brought, and how the resolution stood at its end."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct

from resolution_cli.domain.events import Event, EventKind, events
from resolution_cli.domain.histories import histories
from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import Cause, Item, Resolution, Status, Update
from resolution_cli.domain.period import Period
from resolution_cli.domain.verdict import Verdict
from resolution_cli.reports.item import ItemFigures, item_figures
from resolution_cli.reports.standing import Report, Standing, report_of

_DAY = timedelta(days=1)
_FINISHING = (EventKind.FINISHED_ON_TIME, EventKind.FINISHED_LATE)
_CLOSING = (*_FINISHING, EventKind.CANCELLED)
_PRESSING = (Verdict.OVERDUE, Verdict.BLOCKED, Verdict.BEHIND)


class Activity(Struct, frozen=True):
    """What was recorded of one item in a period.

    Attributes:
        before: the item as it stood on the eve of the period.
        after: the item as it stood at its end.
        updates: the entries of its days of the item and of its milestones, oldest first; there is
            at least one.

    """

    before: Item
    after: Item
    updates: tuple[Update, ...]


class Difficulty(Struct, frozen=True):
    """What stands in an item's way, or stood there in a period.

    Attributes:
        standing: the item.
        cause: the kind of its cause; None where nobody has said.
        update: the entry of the history that reports it; None where none does.

    """

    standing: Standing
    cause: Cause | None
    update: Update | None

    @property
    def is_over(self) -> bool:
        """Say whether it blocked the item and does so no more, or the item is done."""
        status = self.standing.item.present_status
        was_blocked = self.update is not None and self.update.status is Status.BLOCKED
        return status is Status.DONE or (was_blocked and status is not Status.BLOCKED)


class Flow(Struct, frozen=True):
    """The sum from what was open before a period to what is open at its end.

    Attributes:
        open_before: how many were neither done nor cancelled on its eve.
        events: how many events of each kind it brought.
        added: how many open ones entered the plan in it.
        open_after: how many are neither done nor cancelled at its end: those before and the
            added, less the finished and the cancelled, plus the reopened.

    """

    open_before: int
    events: Mapping[EventKind, int]
    added: int
    open_after: int

    @property
    def unrecorded(self) -> int:
        """Return what must be added for the sum to close.

        It counts what someone marked done or cancelled, or so no more, by hand and without an
        update. 0 but for a mistake that `tracker check` finds.
        """
        closed = sum(self.events[kind] for kind in _CLOSING)
        known = self.open_before + self.added - closed + self.events[EventKind.REOPENED]
        return self.open_after - known


class PeriodReport(Struct, frozen=True):
    """What a period brought, and how the resolution stood at its end.

    Attributes:
        period: its first and last day.
        standing: the report of its last day, or of today where it is not over.
        items: the figures of each item on that day, in the resolution's order.
        before: the items that were in the plan on its eve, as they stood then, by their ids.
        activities: the items with an update in it, in the resolution's order.
        silent: the items without one; with the activities they are all items.
        events: what happened in it, the earliest first.
        milestone_events: what happened in it to milestones, the earliest first.
        flow: the sum from the items open before it to those open at its end.
        milestone_flow: the same of the milestones; None where there are none in the plan.
        finished_milestones: the milestones that were finished in it, while they were in the plan,
            and are done at its end; the earliest first.
        next_period: from the day after the last one reported to the end of the next period of the
            same length, or of the term; None where nothing is left of that.
        falling_due: the open items that fall due in that one, the earliest first.
        milestones_falling_due: the open milestones that do.
        difficulties: those that an entry of the period gives a cause of, and those of items that
            are overdue, blocked or behind at its end without such an entry; in the resolution's
            order, each with its milestones behind it. A cancelled item has none.

    """

    period: Period
    standing: Report
    items: tuple[ItemFigures, ...]
    before: Mapping[str, Item]
    activities: tuple[Activity, ...]
    silent: tuple[Item, ...]
    events: tuple[Event, ...]
    milestone_events: tuple[Event, ...]
    flow: Flow
    milestone_flow: Flow | None
    finished_milestones: tuple[Standing, ...]
    next_period: Period | None
    falling_due: tuple[Standing, ...]
    milestones_falling_due: tuple[Standing, ...]
    difficulties: tuple[Difficulty, ...]

    @property
    def is_over(self) -> bool:
        """Say whether all days of the period are reported."""
        return self.standing.as_of >= self.period.end


def period_report(
    resolution: Resolution, period: Period, today: date, lead: str | None = None
) -> PeriodReport:
    """Return what `period`, which has begun by `today`, brought to `resolution`.

    Only the items of one `lead` unit count, where one is given.
    """
    term, last_day = resolution.header.term, min(period.end, today)
    following = period.following(term, resolution.header.settings.cutoff_day)
    end = following.end if following else min(period.end, term.end)
    ahead = Period(last_day + _DAY, end) if end > last_day else None
    stretches = _Stretches(Period(period.start, last_day), period, ahead)
    return _period_report(resolution, stretches, today, lead)


def report_so_far(
    resolution: Resolution, day: date, today: date, lead: str | None = None
) -> PeriodReport:
    """Return what the term has brought to `resolution` up to `day`, and what falls due soon.

    What is soon, is the file's `due_soon_days`. Of a `lead` unit as in `period_report`.
    """
    header = resolution.header
    soon = timedelta(days=header.settings.due_soon_days)
    following = Period(day + _DAY, day + soon) if soon and date.max - day >= soon else None
    period = Period(header.term.start, day)
    return _period_report(resolution, _Stretches(period, period, following), today, lead)


class _Stretches(NamedTuple):
    """The days that are reported, the period that they are of, and the one that follows."""

    reported: Period
    period: Period
    following: Period | None


def _period_report(
    resolution: Resolution, stretches: _Stretches, today: date, lead: str | None
) -> PeriodReport:
    header, (reported, period, following) = resolution.header, stretches
    last_day = reported.end
    all_of = [*histories(resolution, today).values()]
    in_plan = [history for history in all_of if history.is_in_plan(last_day)]
    known = [each for each in in_plan if lead is None or each.on(last_day).lead == lead]
    items = tuple(item_figures(history, header.settings, last_day) for history in known)
    found = [figures.standing for figures in items]
    eve = _eve(period.start)
    within = [_within(history.all_updates, reported) for history in known]
    parts = [each for history in known for each in history.milestones if each.is_in_plan(last_day)]
    milestones = [each for standing in found for each in standing.milestones]
    both = [each for standing in found for each in (standing, *standing.milestones)]
    happened, happened_to_parts = events(known, reported), events(parts, reported)
    return PeriodReport(
        period=period,
        standing=report_of(header, found, last_day, lead),
        items=items,
        before={
            standing.item.id: history.on(eve)
            for history, standing in zip(known, found, strict=True)
            if history.is_in_plan(eve)
        },
        activities=tuple(
            Activity(history.on(eve), standing.item, entries)
            for history, standing, entries in zip(known, found, within, strict=True)
            if entries
        ),
        silent=tuple(
            standing.item for standing, entries in zip(found, within, strict=True) if not entries
        ),
        events=happened,
        milestone_events=happened_to_parts,
        flow=_flow(known, found, happened, reported),
        milestone_flow=(
            _flow(parts, milestones, happened_to_parts, reported) if milestones else None
        ),
        finished_milestones=_finished(milestones, happened_to_parts),
        next_period=following,
        falling_due=_falling_due(found, following),
        milestones_falling_due=_falling_due(milestones, following),
        difficulties=tuple(
            difficulty
            for standing in both
            for difficulty in _difficulties(standing, _within(standing.updates, reported))
        ),
    )


def _eve(day: date) -> date:
    return day - _DAY if day > date.min else day


def _flow(
    known: Sequence[ItemHistory],
    found: Sequence[Standing],
    happened: Sequence[Event],
    period: Period,
) -> Flow:
    """Return the sum of what `known` have, which stand as `found` at the end of `period`."""
    eve = _eve(period.start)
    before = [history for history in known if history.is_in_plan(eve)]
    # What was over already when it entered the plan, was never open in it.
    added = [
        history
        for history in known
        if not history.is_in_plan(eve) and history.stretch_on(_eve(history.added)).status.is_open
    ]
    return Flow(
        open_before=sum(history.on(eve).is_open for history in before),
        events=Counter(event.kind for event in happened),
        added=len(added),
        open_after=sum(standing.item.is_open for standing in found),
    )


def _within(updates: Sequence[Update], period: Period) -> tuple[Update, ...]:
    """Return the entries of the days of `period`."""
    return tuple(update for update in updates if period.start <= update.on <= period.end)


def _finished(milestones: Sequence[Standing], happened: Sequence[Event]) -> tuple[Standing, ...]:
    """Return those of the `milestones` that stay finished, the earliest first.

    As in the sum, what entered the plan when it was done already is not among them.
    """
    finished = {event.item.id for event in happened if event.kind in _FINISHING}
    dated = [(each.item.done_on, each) for each in milestones if each.item.id in finished]
    still_done = [(day, each) for day, each in dated if day]
    return tuple(each for _day, each in sorted(still_done, key=itemgetter(0)))


def _falling_due(found: Sequence[Standing], stretch: Period | None) -> tuple[Standing, ...]:
    """Return those of `found` that are open and fall due in `stretch`, the earliest first."""
    if stretch is None:
        return ()
    still_open = [standing for standing in found if standing.item.is_open]
    within = [each for each in still_open if stretch.start <= each.due <= stretch.end]
    return tuple(sorted(within, key=lambda standing: standing.due))


def _difficulties(standing: Standing, within: Sequence[Update]) -> Iterator[Difficulty]:
    if standing.item.is_cancelled:
        return
    causes = [update for update in within if update.cause and not _is_release(update)]
    yield from (Difficulty(standing, update.cause, update) for update in causes)
    judged = standing.judgement
    if judged.verdict is Verdict.BLOCKED and any(
        each.item.is_blocked for each in standing.milestones
    ):
        return  # what blocks it is a difficulty of that milestone
    if not causes and judged.verdict in _PRESSING:
        reported = judged.blocked_by
        if reported is None and judged.verdict is Verdict.BLOCKED:
            # No entry blocked it, so its last note says why.
            reported = next((update for update in reversed(standing.updates) if update.note), None)
        yield Difficulty(standing, judged.cause, reported)


def _is_release(update: Update) -> bool:
    """Say whether the entry ends a blockage: it says how, not what stood in the way."""
    return update.was.status is Status.BLOCKED and update.status is not Status.BLOCKED
