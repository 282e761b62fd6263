"""The figures of a day or a period, computed once, for every format. Pure: the day is an argument.

Every item is counted once in each group of counts, so each group adds up to its total.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from resolution_cli.events import Event, EventKind, events
from resolution_cli.history import item_on, resolution_on, updates_by_item
from resolution_cli.model import Cause, Header, Item, Kind, Resolution, Status, Update
from resolution_cli.pace import Pace, pace
from resolution_cli.period import Period
from resolution_cli.verdict import URGENCY, Judgement, Outcome, Verdict, judgement

_DAY = timedelta(days=1)


class Standing(Struct, frozen=True):
    """How one item stands.

    Attributes:
        item: the item.
        due: the day by which it is due: its own, or the term's end.
        judgement: its verdict on the day.
        updates: its diary, oldest first.

    """

    item: Item
    due: date
    judgement: Judgement
    updates: tuple[Update, ...]


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
        updates: the entries of the diary that speak of days in it, oldest first; there is at least one.

    """

    before: Item
    after: Item
    updates: tuple[Update, ...]


class Difficulty(Struct, frozen=True):
    """What stands in an item's way, or stood there in a period.

    Attributes:
        standing: the item.
        cause: whose doing it is; None where nobody has said.
        update: the entry of the diary that tells of it; None where none does.

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
        open_after: how many are not done at its end: those before, less the finished, plus the reopened.
        unrecorded: what must be added to that for the sum to close: items that someone marked done, or not done any
            more, by hand and without an update. 0 but for a mistake that `tracker check` finds.
        next_period: from the day after the last one told of to the end of the next period of the same length, or of
            the term; None where nothing is left of that.
        falling_due: the items not done that fall due in that one, the earliest first.
        paces: of each item that is not done, its pace at the end of the period, in the resolution's order.
        difficulties: those that an entry of the period gives a cause of, and those of items that are overdue, blocked
            or behind at its end without such an entry; in the resolution's order.

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
        return self.days_passed * 100 / self.days_total if self.days_total else 100


def standings(resolution: Resolution, today: date) -> tuple[Standing, ...]:
    """Return how each item stands on `today`, in the resolution's order."""
    diary = updates_by_item(resolution)
    return tuple(
        Standing(item, resolution.due_of(item), judgement(resolution, item, updates, today), tuple(updates))
        for item in resolution.items
        for updates in (diary.get(item.id.lower(), ()),)
    )


def report(resolution: Resolution, today: date) -> Report:
    """Return how `resolution` stands on `today`."""
    return _report(resolution, standings(resolution, today), today)


def _report(resolution: Resolution, found: Sequence[Standing], today: date) -> Report:
    """Return the report of `today`, on which the items stand as `found`."""
    term = resolution.header.term
    days_total = (term.end - term.start).days
    kinds = [kind for kind in Kind if any(standing.item.kind is kind for standing in found)]
    return Report(
        header=resolution.header,
        as_of=today,
        days_passed=min(max((today - term.start).days, 0), days_total),
        days_total=days_total,
        tallies=(*(_tally(kind, found) for kind in kinds), _tally(None, found)),
        standings=tuple(sorted(found, key=lambda standing: (URGENCY[standing.judgement.verdict], standing.due))),
    )


def report_so_far(resolution: Resolution, as_of: date) -> PeriodReport:
    """Return what the term has brought to `resolution` up to `as_of`, and what falls due soon after that.

    What is soon, is the file's `due_soon_days`.
    """
    soon = timedelta(days=resolution.header.settings.due_soon_days)
    following = Period(as_of + _DAY, as_of + soon) if soon and date.max - as_of >= soon else None
    return _period_report(resolution, Period(resolution.header.term.start, as_of), following, as_of)


def period_report(resolution: Resolution, period: Period, today: date) -> PeriodReport:
    """Return what `period`, which has begun by `today`, brought to `resolution`."""
    term, last_day = resolution.header.term, min(period.end, today)
    following = period.following(term)
    end = following.end if following else min(period.end, term.end)
    ahead = Period(last_day + _DAY, end) if end > last_day else None
    return _period_report(resolution, period, ahead, today)


def _period_report(resolution: Resolution, period: Period, following: Period | None, today: date) -> PeriodReport:
    last_day = min(period.end, today)
    at_end = resolution_on(resolution, last_day) if last_day < today else resolution
    diary = updates_by_item(resolution)
    eve = period.start - _DAY if period.start > date.min else period.start
    before = {item.id: item_on(item, diary.get(item.id.lower(), ()), eve) for item in resolution.items}
    within = {
        item.id: tuple(update for update in diary.get(item.id.lower(), ()) if period.start <= update.on <= last_day)
        for item in resolution.items
    }
    happened = events(resolution, Period(period.start, last_day))
    counts = Counter(event.kind for event in happened)
    open_before = sum(item.present_status is not Status.DONE for item in before.values())
    finished = counts[EventKind.FINISHED_ON_TIME] + counts[EventKind.FINISHED_LATE]
    found = standings(at_end, last_day)
    still_open = [standing for standing in found if standing.item.present_status is not Status.DONE]
    falling_due = [s for s in still_open if following and following.start <= s.due <= following.end]
    return PeriodReport(
        period=period,
        standing=_report(at_end, found, last_day),
        activities=tuple(Activity(before[item.id], item, within[item.id]) for item in at_end.items if within[item.id]),
        silent=tuple(item for item in at_end.items if not within[item.id]),
        events=happened,
        open_before=open_before,
        open_after=len(still_open),
        unrecorded=len(still_open) - (open_before - finished + counts[EventKind.REOPENED]),
        next_period=following,
        falling_due=tuple(sorted(falling_due, key=lambda standing: standing.due)),
        paces=tuple((s, pace(at_end, s.item, s.updates, last_day)) for s in still_open),
        difficulties=tuple(
            difficulty for standing in found for difficulty in _difficulties(standing, within[standing.item.id])
        ),
    )


def _difficulties(standing: Standing, within: Sequence[Update]) -> Iterator[Difficulty]:
    # An entry that frees an item tells how, not what stood in its way.
    told = [u for u in within if u.cause and not (u.was.status is Status.BLOCKED and u.status is not Status.BLOCKED)]
    yield from (Difficulty(standing, update.cause, update) for update in told)
    judged = standing.judgement
    if not told and judged.verdict in (Verdict.OVERDUE, Verdict.BLOCKED, Verdict.BEHIND):
        noted = next((update for update in reversed(standing.updates) if update.note), None)
        is_blocked = judged.verdict is Verdict.BLOCKED  # then its last note says why, where no entry blocked it
        yield Difficulty(standing, judged.cause, judged.blocked_by or (noted if is_blocked else None))


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
    """The entries of the diary asked for, newest first."""

    resolution: Resolution
    updates: tuple[Update, ...]


class Overview(Struct, frozen=True):
    """What `tracker report` tells: how a resolution stands, and what a period brought.

    Attributes:
        resolution: as it stood at the end of the last day told of.
        standing: how it stood there.
        period: what the period asked for brought; None where a day was asked for.
        is_forecast: the day is still to come.

    """

    resolution: Resolution
    standing: Report
    period: PeriodReport | None = None
    is_forecast: bool = False

    def covered(self) -> PeriodReport:
        """Return what the period brought; of an overview of a day, what the term brought up to it."""
        return self.period or report_so_far(self.resolution, self.standing.as_of)
