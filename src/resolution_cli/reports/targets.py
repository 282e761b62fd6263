"""How the targets stand on a day, and how many stand how.

Every target is counted once, so the counts add up to their number.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from resolution_cli.domain.model import Header, Resolution, Settings, Target, Update
from resolution_cli.domain.pace import CURVE_POINTS
from resolution_cli.domain.period import year_of
from resolution_cli.domain.selection import TargetSelection
from resolution_cli.domain.target_history import Measurement, TargetHistory, target_histories
from resolution_cli.domain.target_verdict import TargetVerdict
from resolution_cli.domain.targets import (
    Point,
    TargetJudgement,
    TargetTally,
    judgement,
    judgement_of_year,
    planned_on,
    points,
    tally,
    verdict,
)
from resolution_cli.domain.units import unified

_Judge = Callable[[TargetHistory], TargetJudgement]


class TargetStanding(Struct, frozen=True):
    """How one target stands at the end of a day.

    Attributes:
        target: the target.
        judgement: its verdict.
        point: the point of its plan that the verdict is about; None without one.
        updates: the entries of its history up to the day, oldest first.

    """

    target: Target
    judgement: TargetJudgement
    point: Point | None
    updates: Sequence[Update]


class YearTally(Struct, frozen=True):
    """How many of the targets with a plan for a year that is over are met or exceeded."""

    year: int
    achieved: int
    total: int


class TargetFigures(Struct, frozen=True):
    """How targets stand at the end of a day.

    Attributes:
        as_of: the day.
        standings: the targets, in the order of the file.
        tally: how many there are of each verdict.
        years: the counts of each year of their plans that is over, the earliest first.

    """

    as_of: date
    standings: tuple[TargetStanding, ...]
    tally: TargetTally
    years: tuple[YearTally, ...]


class TargetListing(Struct, frozen=True):
    """What `tracker targets` shows.

    Attributes:
        header: the resolution's own facts.
        year: the year that was asked for; None for the day alone.
        figures: the targets asked for.
        total: how many targets the resolution has.

    """

    header: Header
    year: int | None
    figures: TargetFigures
    total: int


class TargetYear(Struct, frozen=True):
    """A year of a plan: its point, the last figure of that year, and the verdict on the year."""

    point: Point
    figure: Measurement | None
    judgement: TargetJudgement


class TargetCurve(Struct, frozen=True):
    """Plan and figures over the term, in percent of the way between the lowest and the highest.

    They are those at the end of each of equal stretches; the actual ones end with the day.

    Attributes:
        planned, actual: the percentages.
        low, high: the lowest and the highest figure.

    """

    planned: tuple[float, ...]
    actual: tuple[float, ...]
    low: Decimal
    high: Decimal


class TargetReport(Struct, frozen=True):
    """What `tracker show` shows of a target.

    Attributes:
        header: the resolution's own facts.
        as_of: the day at whose end it stands so.
        standing: how it stands.
        years: the years of its plan, the earliest first.
        curve: plan and figures over the term; None where there are too few to draw.

    """

    header: Header
    as_of: date
    standing: TargetStanding
    years: tuple[TargetYear, ...]
    curve: TargetCurve | None


def target_listing(
    resolution: Resolution, wanted: TargetSelection, year: int | None, day: date, today: date
) -> TargetListing:
    """Return the `wanted` targets as they stand at the end of `day`, for a `year` of their plans.

    The plan stands on `today`.
    """
    resolution, units = unified(resolution)
    settings = resolution.header.settings
    all_of = target_histories(resolution, today).values()
    found = [history for history in all_of if history.is_in_plan(day)]
    judge = _judge(settings, day) if year is None else _judge_of_year(settings, year, day)
    cutoff_day = settings.cutoff_day
    standings = [(history, _standing(history, day, judge, cutoff_day)) for history in found]
    chosen = [
        (history, each)
        for history, each in standings
        if wanted.accepts(each.target, each.updates, each.judgement.verdict, units)
    ]
    figures = _figures(chosen, settings, day, year)
    return TargetListing(resolution.header, year, figures, len(found))


def target_figures(
    resolution: Resolution, day: date, today: date, lead: str | None = None
) -> TargetFigures | None:
    """Return how all targets, or those of one `lead`, stand at the end of `day`; None if none."""
    if not resolution.targets:
        return None
    wanted = TargetSelection(unit=lead)
    found = target_listing(resolution, wanted, None, day, today).figures
    return found if found.standings or lead is None else None


def target_standing(history: TargetHistory, settings: Settings, day: date) -> TargetStanding:
    """Return how the target of `history` stands at the end of `day`."""
    return _standing(history, day, _judge(settings, day), settings.cutoff_day)


def target_tally(resolution: Resolution, day: date, today: date) -> TargetTally:
    """Return how many targets stand how at the end of `day`; the plan stands on `today`.

    It is the `tally` of `target_figures`, without the figures of each target and year.
    """
    settings = resolution.header.settings
    histories = target_histories(resolution, today).values()
    return tally(verdict(each, settings, day) for each in histories if each.is_in_plan(day))


def target_report(resolution: Resolution, target: Target, day: date, today: date) -> TargetReport:
    """Return all that is known of `target` at the end of `day`; the plan stands on `today`.

    Raises:
        WrongInput: it was not in the plan yet on that day.

    """
    header = resolution.header
    history = target_histories(resolution, today)[target.id.lower()]
    history.check_in_plan(day)
    cutoff_day = header.settings.cutoff_day
    standing = target_standing(history, header.settings, day)
    figures = history.figures(day)
    years = tuple(
        TargetYear(
            point,
            _last_of_year(figures, point.year, cutoff_day),
            judgement_of_year(history, header.settings, point.year, day),
        )
        for point in points(target, cutoff_day)
    )
    return TargetReport(header, day, standing, years, _curve(history, day, cutoff_day))


def _last_of_year(figures: Sequence[Measurement], year: int, cutoff_day: int) -> Measurement | None:
    of_year = (each for each in reversed(figures) if year_of(each.on, cutoff_day) == year)
    return next(of_year, None)


def _judge(settings: Settings, day: date) -> _Judge:
    return lambda history: judgement(history, settings, day)


def _judge_of_year(settings: Settings, year: int, day: date) -> _Judge:
    return lambda history: judgement_of_year(history, settings, year, day)


def _standing(history: TargetHistory, day: date, judge: _Judge, cutoff_day: int) -> TargetStanding:
    judged, plan = judge(history), points(history.item, cutoff_day)
    point = next((each for each in plan if each.year == judged.year), None)
    return TargetStanding(history.on(day), judged, point, history.until(day))


def _figures(
    chosen: Sequence[tuple[TargetHistory, TargetStanding]],
    settings: Settings,
    day: date,
    year: int | None,
) -> TargetFigures:
    standings = tuple(standing for _history, standing in chosen)
    years = _year_tallies([history for history, _standing in chosen], settings, day)
    return TargetFigures(
        as_of=day,
        standings=standings,
        tally=tally(each.judgement.verdict for each in standings),
        years=tuple(each for each in years if year in (None, each.year)),
    )


def _year_tallies(
    found: Sequence[TargetHistory], settings: Settings, day: date
) -> Iterable[YearTally]:
    plans = [points(history.item, settings.cutoff_day) for history in found]
    over = {each.year for plan in plans for each in plan if each.end < day}
    for year in sorted(over):
        judged = (judgement_of_year(history, settings, year, day) for history in found)
        counted = tally(each.verdict for each in judged)
        without = counted.by_verdict[TargetVerdict.NO_PLAN]
        yield YearTally(year, counted.achieved, counted.total - without)


def _curve(history: TargetHistory, day: date, cutoff_day: int) -> TargetCurve | None:
    target, term = history.item, history.term
    plan, figures = points(target, cutoff_day), history.figures(day)
    if not plan or not figures:
        return None
    length = term.end - term.start
    ends = [term.start + length * number // CURVE_POINTS for number in range(1, CURVE_POINTS + 1)]
    start = float(target.base.value) if target.base else 0.0
    expected = [planned_on(target, end, cutoff_day) for end in ends]
    planned = [start if each is None else float(each) for each in expected]
    actual = [start]
    for end in [end for end in ends if end < day] + [day]:
        known = [each.value for each in figures if each.on <= end]
        actual.append(float(known[-1]) if known else start)
    low, high = min(0.0, *planned, *actual), max(*planned, *actual)
    height = (high - low) or 1.0

    def scaled(values: Sequence[float]) -> tuple[float, ...]:
        return tuple((value - low) * 100 / height for value in values)

    return TargetCurve(
        scaled(planned), scaled(actual[1:][:CURVE_POINTS]), _rounded(low), _rounded(high)
    )


def _rounded(value: float) -> Decimal:
    """Return a figure of a scale, without what only a computer would write."""
    return Decimal(f"{value:.4g}")
