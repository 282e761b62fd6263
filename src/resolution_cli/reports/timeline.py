"""The timeline of a term: the days of its items and milestones, in percent of the term."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from resolution_cli.domain.model import Header, Resolution, Term
from resolution_cli.reports.standing import Standing, standings


class Days(Struct, frozen=True):
    """The days of an item or a milestone, in percent of the term, which they may lie outside.

    Attributes:
        standing: how it stands.
        start, due: the day on which it starts, and the one by which it is due.
        first_due: the day by which it was due at first; None where that was not moved.
        done: its day of completion; None where it is not done or the day is not known.
        day: the day at whose end it stands so.

    """

    standing: Standing
    start: float
    due: float
    first_due: float | None
    done: float | None
    day: float


class TimelineRow(Struct, frozen=True):
    """The days of an item, and those of its milestones in the order of the file."""

    days: Days
    milestones: tuple[Days, ...] = ()


class Year(Struct, frozen=True):
    """A calendar year of the term, and where it begins, in percent of the term."""

    year: int
    start: float


class TimelineReport(Struct, frozen=True):
    """What `tracker timeline` shows.

    Attributes:
        header: the resolution's own facts.
        as_of: the day at whose end everything stands so.
        day: that day, in percent of the term.
        rows: the items in the plan, in the order of the file.
        has_milestones: each milestone is to have a row of its own.

    """

    header: Header
    as_of: date
    day: float
    rows: tuple[TimelineRow, ...]
    has_milestones: bool = False


def timeline_report(
    resolution: Resolution, day: date, today: date, *, has_milestones: bool = False
) -> TimelineReport:
    """Return the timeline as it stands at the end of `day`; the plan stands on `today`."""
    found = standings(resolution, day, today)
    return timeline_of(resolution.header, found, day, has_milestones=has_milestones)


def timeline_of(
    header: Header, found: Sequence[Standing], day: date, *, has_milestones: bool = False
) -> TimelineReport:
    """Return the timeline of `day`, on which the items stand as `found`."""
    term = header.term
    rows = (
        TimelineRow(
            days_of(each, term, day),
            tuple(days_of(milestone, term, day) for milestone in each.milestones),
        )
        for each in found
    )
    return TimelineReport(
        header, day, _share(day, term), tuple(rows), has_milestones=has_milestones
    )


def days_of(standing: Standing, term: Term, day: date) -> Days:
    """Return the days of what stands so at the end of `day`, in percent of the `term`."""
    done_on, first_due = standing.item.done_on, standing.first_due
    return Days(
        standing,
        _share(standing.start, term),
        _share(standing.due, term),
        _share(first_due, term) if first_due else None,
        _share(done_on, term) if done_on else None,
        _share(day, term),
    )


def years(term: Term) -> tuple[Year, ...]:
    """Return the calendar years of `term`, the first with the day on which the term begins."""
    return tuple(
        Year(year, _share(max(date(year, 1, 1), term.start), term))
        for year in range(term.start.year, term.end.year + 1)
    )


def _share(when: date, term: Term) -> float:
    return (when - term.start).days * 100 / ((term.end - term.start).days or 1)
