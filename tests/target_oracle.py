"""The verdict on a target, written from the rules of the domain and not from the program."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple


class Plan(NamedTuple):
    """A target with its figures, in the order of their days."""

    want: str
    kind: str
    base: tuple[date, Decimal] | None
    years: dict[int, Decimal]
    figures: tuple[tuple[date, Decimal], ...]
    cutoff: int = 31

    def end(self, year: int) -> date:
        """Return the last day of a year of reports."""
        return date(year, 12, self.cutoff)

    def year(self, day: date) -> int:
        """Return the year of reports that a day is in."""
        return day.year + (day > self.end(day.year))


def verdict(plan: Plan, day: date, soon: int = 30, enough: int = 90) -> str:
    """Return the verdict of the first rule that fits, on `day`."""
    ends = {year: plan.end(year) for year in sorted(plan.years)}
    over = [year for year, end in ends.items() if end < day]
    known = _known(plan, day)
    if not plan.years:
        return "no-plan"
    if not known:
        return "no-data" if over else "not-due"
    last_day = known[-1][0]
    if over:
        if (ends[over[-1]] - last_day).days > soon:
            return "no-data"
        if last_day <= ends[over[-1]] or over[-1] == max(plan.years):
            return _at_the_end(plan.want, _value(plan, known), Fraction(plan.years[over[-1]]))
    return _on_the_way(plan, last_day, _value(plan, known), enough)


def _known(plan: Plan, day: date) -> list[tuple[date, Decimal]]:
    known = [(on, value) for on, value in plan.figures if on <= day]
    if plan.kind == "yearly":  # a figure of a year without a plan has nothing to be compared with
        return [(on, value) for on, value in known if plan.year(on) in plan.years]
    return known


def _value(plan: Plan, known: list[tuple[date, Decimal]]) -> Fraction:
    if plan.kind != "average":
        return Fraction(known[-1][1])
    of_years = {plan.year(on): figure for on, figure in known}
    return Fraction(sum(map(Fraction, of_years.values())), len(of_years))


def _on_the_way(plan: Plan, day: date, value: Fraction, enough: int) -> str:
    expected = _expected(plan, day)
    if expected is None:
        return "not-due"
    start = Fraction(plan.base[1]) if plan.base and plan.kind != "yearly" else Fraction(0)
    high_is_good = plan.want in {"at-least", "above"}
    if (value >= expected) if high_is_good else (value <= expected):
        return "on-track"
    leads_there = expected > start if high_is_good else expected < start
    if leads_there and (value - start) / (expected - start) * 100 >= enough:
        return "on-track"
    return "behind"


def _at_the_end(want: str, value: Fraction, planned: Fraction) -> str:
    if value == planned:
        return "met" if want in {"at-least", "at-most"} else "missed"
    is_better = value > planned if want in {"at-least", "above"} else value < planned
    return "exceeded" if is_better else "missed"


def _expected(plan: Plan, day: date) -> Fraction | None:
    if plan.kind == "yearly":
        year = plan.year(day)
        before = plan.end(year - 1)
        length = (plan.end(year) - before).days
        return Fraction(plan.years[year]) * (day - before).days / length
    corners = {plan.end(year): Fraction(value) for year, value in plan.years.items()}
    if plan.base:
        corners = {on: value for on, value in corners.items() if on > plan.base[0]}
        corners[plan.base[0]] = Fraction(plan.base[1])
    earlier = [on for on in corners if on <= day]
    later = [on for on in corners if on >= day]
    if not earlier:
        return None
    if not later:
        return corners[max(earlier)]
    left, right = max(earlier), min(later)
    if left == right:
        return corners[left]
    part = Fraction((day - left).days, (right - left).days)
    return corners[left] + (corners[right] - corners[left]) * part
