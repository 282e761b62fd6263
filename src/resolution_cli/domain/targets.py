"""How a target stands: its figures against its plan, on any day. Pure.

The rules are those of docs/reference/verdicts.md. All comparisons are exact: figures are decimals,
and what lies between two points of a plan is a fraction of whole numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from resolution_cli.domain.model import Figure, Settings, Target, TargetKind, Want
from resolution_cli.domain.period import year_end, year_of
from resolution_cli.domain.target_history import Measurement, TargetHistory
from resolution_cli.domain.target_verdict import ACHIEVED, TargetVerdict

_MORE_DECIMALS = 2
"""Decimals that a computed figure is shown with beyond those of the target's own figures."""


class Point(Struct, frozen=True):
    """A point of a plan: the figure to be reached by the last day of a reporting year."""

    year: int
    end: date
    value: Figure


class TargetJudgement(Struct, frozen=True):
    """The verdict on one target on one day, with its details.

    Computed figures are rounded once, here, so that what is shown side by side agrees; the verdict
    compares exactly.

    Attributes:
        verdict: the verdict of the first rule that fits.
        year: the year of the point of the plan that it is about; None without one.
        latest: the latest figure that is known; None without one.
        value: what is compared: the latest figure or, of an average, the mean of the years'.
        planned: what it is compared with, by the plan; None where it is not compared.
        share: how much of the way from the base to `planned` is done, in percent, rounded down to
            one decimal; None where the plan does not lead the way that is wanted.
        gap: `value` less `planned`.

    """

    verdict: TargetVerdict
    year: int | None = None
    latest: Measurement | None = None
    value: Decimal | None = None
    planned: Decimal | None = None
    share: Decimal | None = None
    gap: Decimal | None = None


def points(target: Target, cutoff_day: int) -> tuple[Point, ...]:
    """Return the points of the plan of `target`, the earliest first.

    Each is at the end of its reporting year, whose months end on their `cutoff_day`.
    """
    years = sorted((int(year), value) for year, value in target.plan.items())
    return tuple(Point(year, year_end(year, cutoff_day), value) for year, value in years)


def is_rising(target: Target) -> bool:
    """Return whether a higher figure is a better one."""
    return target.want in (Want.AT_LEAST, Want.ABOVE)


def judgement(history: TargetHistory, settings: Settings, day: date) -> TargetJudgement:
    """Return the verdict on the target of `history` at the end of `day`, with its details."""
    found = _found(history, settings, day)
    return found.judgement if isinstance(found, _Compared) else found


def verdict(history: TargetHistory, settings: Settings, day: date) -> TargetVerdict:
    """Return the verdict on the target of `history` at the end of `day`, in less time."""
    return _found(history, settings, day).verdict


class _Compared(NamedTuple):
    """A verdict with what was compared, exactly."""

    verdict: TargetVerdict
    target: Target
    latest: Measurement
    value: Fraction
    planned: Fraction
    year: int

    @property
    def judgement(self) -> TargetJudgement:
        """Return the verdict with what was compared, rounded."""
        decimals = _decimals(self.target, self.latest) + _MORE_DECIMALS
        value, planned = _rounded(self.value, decimals), _rounded(self.planned, decimals)
        share = _share(self.target, self.value, self.planned)
        return TargetJudgement(
            self.verdict,
            self.year,
            self.latest,
            value=value,
            planned=planned,
            share=None if share is None else _floored(share * 100),
            gap=value - planned,
        )


def _found(history: TargetHistory, settings: Settings, day: date) -> TargetJudgement | _Compared:
    """Return the verdict, with what was compared where something was."""
    target = history.item
    plan = points(target, settings.cutoff_day)
    figures = history.figures(day)
    latest = figures[-1] if figures else None
    if not plan:
        return TargetJudgement(TargetVerdict.NO_PLAN, latest=latest)
    past = [point for point in plan if point.end < day]
    counted = _counted(target, figures, settings.cutoff_day)
    if not counted:
        if past:
            return TargetJudgement(TargetVerdict.NO_DATA, past[-1].year, latest)
        return TargetJudgement(TargetVerdict.NOT_DUE, plan[0].year, latest)
    if past:
        point, is_last = past[-1], past[-1] is plan[-1]
        if counted[-1].on < _window_start(point, settings):
            return TargetJudgement(TargetVerdict.NO_DATA, point.year, latest)
        if counted[-1].on <= point.end or is_last:
            return _compared_at(target, counted, point, settings)
    return _compared_between(target, counted, plan, settings)


def judgement_of_year(
    history: TargetHistory, settings: Settings, year: int, day: date
) -> TargetJudgement:
    """Return the verdict on the target for one year of its plan, as it is known on `day`.

    A year that is over is judged by its own figures; one without a figure in the plan has no plan.
    """
    target = history.item
    plan = points(target, settings.cutoff_day)
    point = next((each for each in plan if each.year == year), None)
    if point is None:
        return TargetJudgement(TargetVerdict.NO_PLAN, year)
    if day <= point.end:
        first = next(each for each in plan if day <= each.end)
        if first is point:
            return judgement(history, settings, day)
        figures = history.figures(day)
        return TargetJudgement(TargetVerdict.NOT_DUE, year, figures[-1] if figures else None)
    last_day = day if point is plan[-1] else point.end
    figures = history.figures(day)
    known = [each for each in figures if each.on <= last_day]
    counted = _counted(target, known, settings.cutoff_day)
    latest = counted[-1] if counted else None
    if latest is None or latest.on < _window_start(point, settings):
        return TargetJudgement(TargetVerdict.NO_DATA, year, latest)
    return _compared_at(target, counted, point, settings).judgement


def planned_on(target: Target, day: date, cutoff_day: int) -> Fraction | None:
    """Return the figure that the plan expects at the end of `day`, exactly.

    It lies straight between the points of the plan, from the base on; of a yearly target, between
    nothing at the year's start and the year's own point. After the last point it stays. None where
    there is nothing to start from.
    """
    if target.kind is TargetKind.YEARLY:
        year = year_of(day, cutoff_day)
        value = target.plan.get(f"{year:04}")
        if value is None:
            return None
        start, end = year_end(year - 1, cutoff_day), year_end(year, cutoff_day)
        return Fraction(value) * (day - start).days / (end - start).days
    anchors = _anchors(target, cutoff_day)
    for (start, low), (end, high) in pairwise(anchors):
        if start <= day <= end:
            share = Fraction((day - start).days, (end - start).days)
            return Fraction(low) + (Fraction(high) - Fraction(low)) * share
    last_day, last = anchors[-1]
    return Fraction(last) if day >= last_day else None


def _anchors(target: Target, cutoff_day: int) -> list[tuple[date, Figure]]:
    """Return the base of a target that has a plan, and its later points, in order of their days."""
    base = target.base
    found = [(point.end, point.value) for point in points(target, cutoff_day)]
    if base is None:
        return found
    return [(base.on, base.value), *(point for point in found if point[0] > base.on)]


def _counted(
    target: Target, figures: Sequence[Measurement], cutoff_day: int
) -> Sequence[Measurement]:
    """Return the figures that can be compared: of a yearly target, those of years with a plan."""
    if target.kind is not TargetKind.YEARLY:
        return figures
    return [each for each in figures if f"{year_of(each.on, cutoff_day):04}" in target.plan]


def _window_start(point: Point, settings: Settings) -> date:
    """Return the first day whose figure is one for `point`."""
    return point.end - timedelta(days=settings.due_soon_days)


def _compared(target: Target, figures: Sequence[Measurement], cutoff_day: int) -> Fraction:
    """Return what is compared: the latest figure or, of an average, the mean of the years'."""
    if target.kind is not TargetKind.AVERAGE:
        return Fraction(figures[-1].value)
    by_year = {year_of(each.on, cutoff_day): each.value for each in figures}
    return sum(map(Fraction, by_year.values()), Fraction(0)) / len(by_year)


def _compared_at(
    target: Target, figures: Sequence[Measurement], point: Point, settings: Settings
) -> _Compared:
    """Return the verdict on a point of the plan that is past and has a figure."""
    value = _compared(target, figures, settings.cutoff_day)
    planned = Fraction(point.value)
    lead = value - planned if is_rising(target) else planned - value
    if lead > 0:
        verdict = TargetVerdict.EXCEEDED
    elif lead == 0 and target.want in (Want.AT_LEAST, Want.AT_MOST):
        verdict = TargetVerdict.MET
    else:
        verdict = TargetVerdict.MISSED
    return _Compared(verdict, target, figures[-1], value, planned, point.year)


def _compared_between(
    target: Target, figures: Sequence[Measurement], plan: Sequence[Point], settings: Settings
) -> TargetJudgement | _Compared:
    """Return the verdict by the plan at the day of the latest figure."""
    latest = figures[-1]
    year = next((point.year for point in plan if latest.on <= point.end), plan[-1].year)
    planned = planned_on(target, latest.on, settings.cutoff_day)
    if planned is None:  # nothing to draw a line from: only the point itself will tell
        return TargetJudgement(TargetVerdict.NOT_DUE, year, latest)
    value = _compared(target, figures, settings.cutoff_day)
    is_on_track = value >= planned if is_rising(target) else value <= planned
    if not is_on_track:
        share = _share(target, value, planned)
        is_on_track = share is not None and share * 100 >= settings.target_share
    verdict = TargetVerdict.ON_TRACK if is_on_track else TargetVerdict.BEHIND
    return _Compared(verdict, target, latest, value, planned, year)


def _share(target: Target, value: Fraction, planned: Fraction) -> Fraction | None:
    """Return how much of the way from the base to `planned` is done; 1 is all of it.

    None where the plan stays at the base or leads the other way than wanted, such as an upper limit
    above it: there is no way to go, only a limit to keep.
    """
    is_from_nothing = target.base is None or target.kind is TargetKind.YEARLY
    base = Fraction(0) if is_from_nothing or not target.base else Fraction(target.base.value)
    way = planned - base if is_rising(target) else base - planned
    return (value - base) / (planned - base) if way > 0 else None


def _decimals(target: Target, latest: Measurement) -> int:
    """Return the most decimals that a figure of the target has."""
    base = (target.base.value,) if target.base else ()
    figures = (*target.plan.values(), *base, latest.value)
    return max(-min(int(figure.normalize().as_tuple().exponent), 0) for figure in figures)


def _rounded(value: Fraction, decimals: int) -> Decimal:
    return Decimal(round(value * 10**decimals)).scaleb(-decimals)


def _floored(percent: Fraction) -> Decimal:
    """Return a percentage with one decimal, rounded down: 89.96 is not yet 90."""
    return Decimal(percent.numerator * 10 // percent.denominator).scaleb(-1)


class TargetTally(Struct, frozen=True):
    """How many targets there are of each verdict; the counts add up to `total`."""

    total: int
    by_verdict: Mapping[TargetVerdict, int]

    @property
    def achieved(self) -> int:
        """Return how many are met or exceeded."""
        return sum(self.by_verdict[verdict] for verdict in ACHIEVED)


def tally(verdicts: Iterable[TargetVerdict]) -> TargetTally:
    """Return how many of the `verdicts` there are of each."""
    found = [*verdicts]
    return TargetTally(len(found), {verdict: found.count(verdict) for verdict in TargetVerdict})
