"""The figures of a day or a period, computed once, for every format. Pure: the day is an argument.

Every item is counted once in each group of counts, so each group adds up to its total.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from resolution_cli.domain.events import Event, EventKind, events
from resolution_cli.domain.history import ItemHistory, histories
from resolution_cli.domain.model import (
    Cause,
    Header,
    Item,
    Kind,
    Resolution,
    Settings,
    Status,
    Update,
)
from resolution_cli.domain.pace import Pace, pace
from resolution_cli.domain.period import Period
from resolution_cli.domain.verdict import URGENCY, Judgement, Outcome, Verdict, judgement

_DAY = timedelta(days=1)


class Standing(Struct, frozen=True):
    """How one item stands.

    Attributes:
        item: the item.
        due: the day by which it is due: its own, or the term's end.
        judgement: its verdict on the day.
        history: its history, also of the days after the one on which it stands so.
        updates: the entries of its history up to the day, oldest first.

    """

    item: Item
    due: date
    judgement: Judgement
    history: ItemHistory
    updates: Sequence[Update]

    @property
    def deadlines(self) -> tuple[date | None, ...]:
        """Return the due dates that the item has had up to the day, the first one first.

        None stands for none of its own. Setting the first date is no change of it.
        """
        last = self.updates[-1].on if self.updates else date.min
        had = tuple(due for on, due in self.history.deadlines if on <= last)
        return had[1:] if len(had) > 1 and had[0] is None else had


class Tally(Struct, frozen=True):
    """How many items of one kind, or of all kinds, there are of each sort.

    Attributes:
        kind: the kind counted, or None for all items.
        total: how many there are.
        by_status: each status, with its count; they add up to `total`.
        by_outcome: each field of the 2×2, with its count; they add up to `total`.
        progress_sum: the sum of the items' progress, in percent.

    """

    kind: Kind | None
    total: int
    by_status: Mapping[Status, int]
    by_outcome: Mapping[Outcome, int]
    progress_sum: int

    @property
    def average_progress(self) -> float | None:
        """Return the mean progress of the `total` items, in percent; None of no items."""
        return self.progress_sum / self.total if self.total else None


class Activity(Struct, frozen=True):
    """What was recorded of one item in a period.

    Attributes:
        before: the item as it stood on the eve of the period.
        after: the item as it stood at its end.
        updates: the entries of the history that speak of days in it, oldest first; there is at
            least one.

    """

    before: Item
    after: Item
    updates: tuple[Update, ...]


class Difficulty(Struct, frozen=True):
    """What stands in an item's way, or stood there in a period.

    Attributes:
        standing: the item.
        cause: whose doing it is; None where nobody has said.
        update: the entry of the history that tells of it; None where none does.

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


class PeriodReport(Struct, frozen=True):
    """What a period brought, and how the resolution stood at its end.

    Attributes:
        period: its first and last day.
        standing: the report of its last day, or of today where it is not over.
        activities: the items with an update in it, in the resolution's order.
        silent: the items without one; with the activities they are all items.
        events: what happened in it, the earliest first.
        open_before: how many items were not done on its eve.
        open_after: how many are not done at its end: those before, less the finished, plus the
            reopened.
        unrecorded: what must be added to that for the sum to close: items that someone marked done,
            or not done any more, by hand and without an update. 0 but for a mistake that `tracker
            check` finds.
        next_period: from the day after the last one told of to the end of the next period of the
            same length, or of the term; None where nothing is left of that.
        falling_due: the items not done that fall due in that one, the earliest first.
        paces: of each item that is not done, its pace at the end of the period, in the resolution's
            order.
        difficulties: those that an entry of the period gives a cause of, and those of items that
            are overdue, blocked or behind at its end without such an entry; in the resolution's
            order.

    """

    period: Period
    standing: "Report"
    activities: tuple[Activity, ...]
    silent: tuple[Item, ...]
    events: tuple[Event, ...]
    open_before: int
    open_after: int
    unrecorded: int
    next_period: Period | None
    falling_due: tuple[Standing, ...]
    paces: tuple[tuple[Standing, Pace], ...]
    difficulties: tuple[Difficulty, ...]


class Report(Struct, frozen=True):
    """How the resolution stands on a day.

    Attributes:
        header: the resolution's own facts.
        as_of: the day.
        days_passed, days_total: how many days of the term have passed, from 0 to all.
        tallies: one for each kind that the resolution has, and one for all.
        standings: every item, the most pressing first; of one verdict, the earliest due first.

    """

    header: Header
    as_of: date
    days_passed: int
    days_total: int
    tallies: tuple[Tally, ...]
    standings: tuple[Standing, ...]

    @property
    def share_passed(self) -> float:
        """Return the share of the term that has passed, in percent."""
        return self.days_passed * 100 / self.days_total


def standings(resolution: Resolution, day: date, today: date) -> tuple[Standing, ...]:
    """Return how each item stands at the end of `day`, in the resolution's order; the plan stands on `today`."""
    settings = resolution.header.settings
    return tuple(
        _standing(history, settings, day) for history in histories(resolution, today).values()
    )


def _standing(history: ItemHistory, settings: Settings, day: date) -> Standing:
    item = history.on(day)
    judged = judgement(history, settings, day)
    return Standing(item, item.due or history.term.end, judged, history, history.until(day))


def report(resolution: Resolution, day: date, today: date) -> Report:
    """Return how `resolution` stands at the end of `day`; the plan stands on `today`."""
    return _report(resolution, standings(resolution, day, today), day)


def _report(resolution: Resolution, found: Sequence[Standing], day: date) -> Report:
    """Return the report of `day`, on which the items stand as `found`."""
    term = resolution.header.term
    kinds = [kind for kind in Kind if any(standing.item.kind is kind for standing in found)]
    days_total = (term.end - term.start).days + 1  # its first and its last day both count
    return Report(
        header=resolution.header,
        as_of=day,
        days_passed=min(max((day - term.start).days + 1, 0), days_total),
        days_total=days_total,
        tallies=(*(_tally(kind, found) for kind in kinds), _tally(None, found)),
        standings=tuple(
            sorted(found, key=lambda standing: (URGENCY[standing.judgement.verdict], standing.due))
        ),
    )


def report_so_far(resolution: Resolution, day: date, today: date) -> PeriodReport:
    """Return what the term has brought to `resolution` up to `day`, and what falls due soon after that.

    What is soon, is the file's `due_soon_days`.
    """
    soon = timedelta(days=resolution.header.settings.due_soon_days)
    following = Period(day + _DAY, day + soon) if soon and date.max - day >= soon else None
    return _period_report(
        resolution, Period(resolution.header.term.start, day), following, day, today
    )


def period_report(resolution: Resolution, period: Period, today: date) -> PeriodReport:
    """Return what `period`, which has begun by `today`, brought to `resolution`."""
    term, last_day = resolution.header.term, min(period.end, today)
    following = period.following(term)
    end = following.end if following else min(period.end, term.end)
    ahead = Period(last_day + _DAY, end) if end > last_day else None
    return _period_report(resolution, period, ahead, last_day, today)


def _period_report(
    resolution: Resolution, period: Period, following: Period | None, last_day: date, today: date
) -> PeriodReport:
    found = standings(resolution, last_day, today)
    eve = period.start - _DAY if period.start > date.min else period.start
    before = [standing.history.on(eve) for standing in found]
    within = [_within(standing, period) for standing in found]
    happened = events((standing.history for standing in found), Period(period.start, last_day))
    counts = Counter(event.kind for event in happened)
    open_before = sum(item.present_status is not Status.DONE for item in before)
    finished = counts[EventKind.FINISHED_ON_TIME] + counts[EventKind.FINISHED_LATE]
    still_open = [standing for standing in found if standing.item.present_status is not Status.DONE]
    falling_due = [s for s in still_open if following and following.start <= s.due <= following.end]
    with_entries = [*zip(found, before, within, strict=True)]
    return PeriodReport(
        period=period,
        standing=_report(resolution, found, last_day),
        activities=tuple(
            Activity(old, standing.item, entries)
            for standing, old, entries in with_entries
            if entries
        ),
        silent=tuple(standing.item for standing, _old, entries in with_entries if not entries),
        events=happened,
        open_before=open_before,
        open_after=len(still_open),
        unrecorded=len(still_open) - (open_before - finished + counts[EventKind.REOPENED]),
        next_period=following,
        falling_due=tuple(sorted(falling_due, key=lambda standing: standing.due)),
        paces=tuple((standing, pace(standing.history, last_day)) for standing in still_open),
        difficulties=tuple(
            difficulty
            for standing, _old, entries in with_entries
            for difficulty in _difficulties(standing, entries)
        ),
    )


def _within(standing: Standing, period: Period) -> tuple[Update, ...]:
    """Return the entries of the days of `period`, up to the day on which the item stands so."""
    return tuple(update for update in standing.updates if update.on >= period.start)


def _difficulties(standing: Standing, within: Sequence[Update]) -> Iterator[Difficulty]:
    # An entry that frees an item tells how, not what stood in its way.
    causes = [
        u
        for u in within
        if u.cause and not (u.was.status is Status.BLOCKED and u.status is not Status.BLOCKED)
    ]
    yield from (Difficulty(standing, update.cause, update) for update in causes)
    judged = standing.judgement
    if not causes and judged.verdict in (Verdict.OVERDUE, Verdict.BLOCKED, Verdict.BEHIND):
        noted = next((update for update in reversed(standing.updates) if update.note), None)
        is_blocked = (
            judged.verdict is Verdict.BLOCKED
        )  # then its last note says why, where no entry blocked it
        yield Difficulty(
            standing, judged.cause, judged.blocked_by or (noted if is_blocked else None)
        )


def _tally(kind: Kind | None, found: Iterable[Standing]) -> Tally:
    counted = [standing for standing in found if kind in (None, standing.item.kind)]
    statuses = Counter(standing.item.present_status for standing in counted)
    outcomes = Counter(standing.judgement.outcome for standing in counted)
    return Tally(
        kind=kind,
        total=len(counted),
        by_status={status: statuses[status] for status in Status},
        by_outcome={outcome: outcomes[outcome] for outcome in Outcome},
        progress_sum=sum(standing.item.present_progress for standing in counted),
    )


class Listing(Struct, frozen=True):
    """The items asked for, as they stood at the end of the day `as_of`, in the resolution's order."""

    resolution: Resolution
    as_of: date
    standings: tuple[Standing, ...]


class Details(Struct, frozen=True):
    """One item as it stood at the end of the day `as_of`."""

    resolution: Resolution
    as_of: date
    standing: Standing


class Diary(Struct, frozen=True):
    """The entries of the history asked for, newest first."""

    resolution: Resolution
    updates: tuple[Update, ...]


class Overview(Struct, frozen=True):
    """What `tracker report` tells: how a resolution stands, and what a period brought.

    Attributes:
        resolution: the resolution.
        today: the day on which its plan stands.
        standing: how it stands at the end of the last day of the report.
        period: what the period asked for brought; None where a day was asked for.

    """

    resolution: Resolution
    today: date
    standing: Report
    period: PeriodReport | None = None

    @property
    def is_forecast(self) -> bool:
        """Say whether the day is still to come."""
        return self.standing.as_of > self.today

    def covered(self) -> PeriodReport:
        """Return what the period brought; of an overview of a day, what the term brought up to it."""
        return self.period or report_so_far(self.resolution, self.standing.as_of, self.today)
