"""What a period brought, and how the resolution stood at its end."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from resolution_cli.domain.events import Event, EventKind, events
from resolution_cli.domain.histories import histories
from resolution_cli.domain.model import Cause, Item, Resolution, Status, Update
from resolution_cli.domain.period import Period
from resolution_cli.domain.verdict import Verdict
from resolution_cli.reports.item import ItemFigures, item_figures
from resolution_cli.reports.standing import Report, Standing, report_of

_DAY = timedelta(days=1)
_CLOSING = (EventKind.FINISHED_ON_TIME, EventKind.FINISHED_LATE, EventKind.CANCELLED)
_PRESSING = (Verdict.OVERDUE, Verdict.BLOCKED, Verdict.BEHIND)


class Activity(Struct, frozen=True):
    """What was recorded of one item in a period.

    Attributes:
        before: the item as it stood on the eve of the period.
        after: the item as it stood at its end.
        updates: the entries of the history of its days, oldest first; there is at least one.

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


class PeriodReport(Struct, frozen=True):
    """What a period brought, and how the resolution stood at its end.

    Attributes:
        period: its first and last day.
        standing: the report of its last day, or of today where it is not over.
        items: the figures of each item on that day, in the resolution's order.
        activities: the items with an update in it, in the resolution's order.
        silent: the items without one; with the activities they are all items.
        events: what happened in it, the earliest first.
        open_before: how many items were neither done nor cancelled on its eve.
        open_after: how many are neither at its end: those before, less the finished and the
            cancelled, plus the reopened.
        unrecorded: what must be added to that for the sum to close: items that someone marked
            done or cancelled, or so no more, by hand and without an update. 0 but for a mistake
            that `tracker check` finds.
        next_period: from the day after the last one reported to the end of the next period of the
            same length, or of the term; None where nothing is left of that.
        falling_due: the open items that fall due in that one, the earliest first.
        difficulties: those that an entry of the period gives a cause of, and those of items that
            are overdue, blocked or behind at its end without such an entry; in the resolution's
            order. A cancelled item has none.

    """

    period: Period
    standing: Report
    items: tuple[ItemFigures, ...]
    activities: tuple[Activity, ...]
    silent: tuple[Item, ...]
    events: tuple[Event, ...]
    open_before: int
    open_after: int
    unrecorded: int
    next_period: Period | None
    falling_due: tuple[Standing, ...]
    difficulties: tuple[Difficulty, ...]

    @property
    def is_over(self) -> bool:
        """Say whether all days of the period are reported."""
        return self.standing.as_of >= self.period.end


def period_report(resolution: Resolution, period: Period, today: date) -> PeriodReport:
    """Return what `period`, which has begun by `today`, brought to `resolution`."""
    term, last_day = resolution.header.term, min(period.end, today)
    following = period.following(term)
    end = following.end if following else min(period.end, term.end)
    ahead = Period(last_day + _DAY, end) if end > last_day else None
    return _period_report(resolution, period, ahead, last_day, today)


def report_so_far(resolution: Resolution, day: date, today: date) -> PeriodReport:
    """Return what the term has brought to `resolution` up to `day`, and what falls due soon.

    What is soon, is the file's `due_soon_days`.
    """
    header = resolution.header
    soon = timedelta(days=header.settings.due_soon_days)
    following = Period(day + _DAY, day + soon) if soon and date.max - day >= soon else None
    return _period_report(resolution, Period(header.term.start, day), following, day, today)


def _period_report(
    resolution: Resolution, period: Period, following: Period | None, last_day: date, today: date
) -> PeriodReport:
    header = resolution.header
    known = [*histories(resolution, today).values()]
    items = tuple(item_figures(history, header.settings, last_day) for history in known)
    found = [figures.standing for figures in items]
    eve = period.start - _DAY if period.start > date.min else period.start
    before = [history.on(eve) for history in known]
    within = [_within(standing, period) for standing in found]
    happened = events(known, Period(period.start, last_day))
    counts = Counter(event.kind for event in happened)
    closed = sum(counts[kind] for kind in _CLOSING)
    open_before = sum(item.is_open for item in before)
    still_open = [each for each in found if each.item.is_open]
    together = [*zip(found, before, within, strict=True)]
    return PeriodReport(
        period=period,
        standing=report_of(header, found, last_day),
        items=items,
        activities=tuple(
            Activity(old, each.item, entries) for each, old, entries in together if entries
        ),
        silent=tuple(each.item for each, _old, entries in together if not entries),
        events=happened,
        open_before=open_before,
        open_after=len(still_open),
        unrecorded=len(still_open) - (open_before - closed + counts[EventKind.REOPENED]),
        next_period=following,
        falling_due=_falling_due(still_open, following),
        difficulties=tuple(
            difficulty
            for each, _old, entries in together
            for difficulty in _difficulties(each, entries)
        ),
    )


def _within(standing: Standing, period: Period) -> tuple[Update, ...]:
    """Return the entries of the days of `period`, up to the day on which the item stands so."""
    return tuple(update for update in standing.updates if update.on >= period.start)


def _falling_due(still_open: Sequence[Standing], stretch: Period | None) -> tuple[Standing, ...]:
    if stretch is None:
        return ()
    found = [standing for standing in still_open if stretch.start <= standing.due <= stretch.end]
    return tuple(sorted(found, key=lambda standing: standing.due))


def _difficulties(standing: Standing, within: Sequence[Update]) -> Iterator[Difficulty]:
    if standing.item.is_cancelled:
        return
    causes = [update for update in within if update.cause and not _is_release(update)]
    yield from (Difficulty(standing, update.cause, update) for update in causes)
    judged = standing.judgement
    if not causes and judged.verdict in _PRESSING:
        reported = judged.blocked_by
        if reported is None and judged.verdict is Verdict.BLOCKED:
            # No entry blocked it, so its last note says why.
            reported = next((update for update in reversed(standing.updates) if update.note), None)
        yield Difficulty(standing, judged.cause, reported)


def _is_release(update: Update) -> bool:
    """Say whether the entry ends a blockage: it says how, not what stood in the way."""
    return update.was.status is Status.BLOCKED and update.status is not Status.BLOCKED
