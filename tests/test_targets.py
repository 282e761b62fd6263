"""How a target stands on a day: by the worked examples, by values, and by an independent oracle."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from resolution_cli.domain.model import (
    Base,
    Figure,
    Header,
    Resolution,
    Settings,
    Target,
    TargetKind,
    Term,
    Update,
    Want,
)
from resolution_cli.domain.selection import TargetSelection
from resolution_cli.domain.target_history import TargetHistory
from resolution_cli.domain.target_verdict import TargetVerdict
from resolution_cli.domain.targets import (
    TargetJudgement,
    judgement,
    judgement_of_year,
    planned_on,
    points,
)
from resolution_cli.domain.values import MONTH_END
from resolution_cli.reports.targets import target_listing
from tests import target_oracle
from tests.support import Prove

TERM = Term(date(2025, 8, 15), date(2030, 12, 31))
LONG_AFTER = date(2040, 1, 1)

Figures = Sequence[tuple[date, str]]


def _history(target: Target, figures: Figures = ()) -> TargetHistory:
    updates = [Update(item=target.id, on=on, value=Figure(value)) for on, value in figures]
    latest = figures[-1] if figures else None
    target = Target(
        id=target.id,
        title=target.title,
        want=target.want,
        kind=target.kind,
        base=target.base,
        plan=target.plan,
        value=Figure(latest[1]) if latest else None,
        on=latest[0] if latest else None,
    )
    return TargetHistory(target, updates, TERM, LONG_AFTER)


def _target(plan: dict[str, str], **facts: object) -> Target:
    figures = {year: Figure(value) for year, value in plan.items()}
    return Target(id="C1", title="x", plan=figures, **facts)  # type: ignore[arg-type]  # any fact


def _judged(target: Target, figures: Figures, day: date) -> TargetJudgement:
    return judgement(_history(target, figures), Settings(), day)


JUNE, DECEMBER = date(2026, 6, 30), date(2026, 12, 14)
C1 = _target(
    {"2026": "1.2", "2030": "0.2"},
    want=Want.AT_MOST,
    base=Base(date(2025, 6, 30), Figure("1.8")),
)
C2 = _target(
    {"2026": "150", "2027": "300", "2030": "750"}, base=Base(date(2025, 8, 15), Figure("0"))
)
C3 = _target({"2026": "1200"}, kind=TargetKind.YEARLY)
C5 = _target({"2026": "100"})
FIGURES = {
    "C1": (C1, [(JUNE, "1.6")]),
    "C2": (C2, [(JUNE, "95")]),
    "C3": (C3, [(JUNE, "640.5")]),
    "C5": (C5, [(DECEMBER, "98")]),
}
MARCH, JULY, JANUARY = date(2026, 3, 25), date(2026, 7, 5), date(2027, 1, 25)


@pytest.mark.parametrize(
    ("name", "day", "verdict", "planned", "share"),
    [
        ("C1", MARCH, "not-due", None, None),
        ("C2", MARCH, "not-due", None, None),
        ("C3", MARCH, "not-due", None, None),
        ("C5", MARCH, "not-due", None, None),
        ("C1", JULY, "behind", "1.401", "50.1"),
        ("C2", JULY, "on-track", "95.13", "99.8"),
        ("C3", JULY, "on-track", "595.068", "107.6"),
        ("C5", JULY, "not-due", None, None),
        ("C1", JANUARY, "no-data", None, None),
        ("C2", JANUARY, "no-data", None, None),
        ("C3", JANUARY, "no-data", None, None),
        ("C5", JANUARY, "missed", "100", "98"),
    ],
)
def test_the_worked_examples_are_judged_as_the_domain_has_them(
    name: str, day: date, verdict: str, planned: str | None, share: str | None
) -> None:
    target, figures = FIGURES[name]
    judged = _judged(target, figures, day)
    expected = (verdict, Decimal(planned) if planned else None, Decimal(share) if share else None)
    assert (judged.verdict, judged.planned, judged.share) == expected


def test_missing_data_keep_the_last_figure_its_day_and_the_year_that_lacks_them() -> None:
    judged = _judged(C1, [(JUNE, "1.6")], JANUARY)
    assert judged.latest
    assert (judged.year, judged.latest.on, judged.latest.value) == (2026, JUNE, Decimal("1.6"))


@pytest.mark.parametrize(
    ("want", "figure", "verdict"),
    [
        (Want.AT_LEAST, "10.1", "exceeded"),
        (Want.AT_LEAST, "10", "met"),
        (Want.AT_LEAST, "9.9", "missed"),
        (Want.AT_MOST, "9.9", "exceeded"),
        (Want.AT_MOST, "10.0", "met"),
        (Want.AT_MOST, "10.1", "missed"),
        (Want.ABOVE, "10.1", "exceeded"),
        (Want.ABOVE, "10", "missed"),
        (Want.BELOW, "9.9", "exceeded"),
        (Want.BELOW, "10", "missed"),
    ],
)
def test_a_year_that_is_over_is_judged_by_what_is_wanted(
    want: Want, figure: str, verdict: str
) -> None:
    target = _target({"2026": "10"}, want=want)
    assert _judged(target, [(date(2026, 12, 31), figure)], date(2027, 1, 1)).verdict == verdict


def test_figures_are_compared_as_decimals() -> None:
    target = _target({"2026": "0.3"}, kind=TargetKind.AVERAGE)
    judged = _judged(target, [(date(2026, 12, 31), str(Figure("0.1") + Figure("0.2")))], JANUARY)
    assert judged.verdict is TargetVerdict.MET


@pytest.mark.parametrize(
    ("on", "verdict"),
    [
        (date(2026, 11, 30), "no-data"),
        (date(2026, 12, 1), "met"),
        (date(2026, 12, 31), "met"),
        (date(2027, 1, 1), "on-track"),
    ],
)
def test_a_figure_of_the_last_thirty_days_of_a_year_is_one_for_it(on: date, verdict: str) -> None:
    target = _target({"2026": "100", "2027": "300"})
    assert _judged(target, [(on, "100")], JANUARY).verdict == verdict


def test_the_last_day_of_a_year_is_not_over_on_that_day() -> None:
    target = _target({"2026": "100"})
    assert _judged(target, [], date(2026, 12, 31)).verdict is TargetVerdict.NOT_DUE
    assert _judged(target, [], date(2027, 1, 1)).verdict is TargetVerdict.NO_DATA


def test_after_the_last_year_of_a_plan_the_latest_figure_is_judged_by_it() -> None:
    target = _target({"2026": "100"})
    assert _judged(target, [(date(2027, 3, 1), "101")], date(2027, 4, 1)).verdict == "exceeded"


def test_exactly_the_share_that_is_set_is_on_track() -> None:
    target = _target({"2026": "100"}, kind=TargetKind.YEARLY)
    end = date(2026, 12, 31)
    assert _judged(target, [(end, "90")], end).verdict is TargetVerdict.ON_TRACK
    behind = _judged(target, [(end, "89.999")], end)
    assert (behind.verdict, behind.share) == (TargetVerdict.BEHIND, Decimal("89.9"))


def test_a_limit_that_may_rise_is_kept_by_what_stays_below_it() -> None:
    """An upper limit above the base is no way to go: a lower figure is not behind."""
    target = _target({"2026": "8"}, want=Want.AT_MOST, base=Base(date(2025, 12, 31), Figure("5")))
    kept, broken = (_judged(target, [(JUNE, figure)], JULY) for figure in ("5", "6.6"))
    assert (kept.verdict, kept.share) == (TargetVerdict.ON_TRACK, None)
    assert (broken.verdict, broken.share) == (TargetVerdict.BEHIND, None)


def test_the_mean_of_the_years_is_what_an_average_compares() -> None:
    target = _target({"2026": "10", "2027": "10"}, kind=TargetKind.AVERAGE)
    figures = [(JUNE, "3"), (DECEMBER, "9"), (date(2027, 12, 20), "12")]
    judged = _judged(target, figures, date(2028, 1, 5))
    assert (judged.verdict, judged.value) == (TargetVerdict.EXCEEDED, Decimal("10.5"))


def test_a_year_is_judged_by_its_own_figures_whatever_came_later() -> None:
    target = _target({"2026": "100", "2027": "300"})
    history = _history(target, [(DECEMBER, "98"), (date(2027, 12, 20), "310")])
    day = date(2028, 2, 1)
    verdicts = [
        judgement_of_year(history, Settings(), year, day).verdict for year in (2025, 2026, 2027)
    ]
    assert verdicts == ["no-plan", "missed", "exceeded"]
    assert judgement_of_year(history, Settings(), 2027, JULY).verdict == "not-due"


def test_the_plan_of_a_day_lies_straight_between_its_points() -> None:
    target = _target({"2026": "10", "2028": "30"}, base=Base(date(2024, 12, 31), Figure("0")))
    days = (
        date(2024, 12, 30),
        date(2025, 12, 31),
        date(2026, 12, 31),
        date(2027, 12, 31),
        TERM.end,
    )
    assert [planned_on(target, day, MONTH_END) for day in days] == [
        None,
        5,
        10,
        pytest.approx(20, abs=0.02),
        30,
    ]


def test_the_point_of_a_year_is_on_its_cutoff_day_and_a_yearly_figure_counts_from_the_next() -> (
    None
):
    target = _target({"2026": "10", "2027": "20"}, kind=TargetKind.YEARLY)
    assert [point.end for point in points(target, 14)] == [date(2026, 12, 14), date(2027, 12, 14)]
    for day, planned in (
        (date(2025, 12, 14), None),  # of 2025, which has no plan
        (date(2025, 12, 15), Fraction(10, 365)),
        (date(2026, 12, 14), 10),
        (date(2026, 12, 15), Fraction(20, 365)),
    ):
        assert planned_on(target, day, 14) == planned
    history = _history(target, [(date(2026, 12, 10), "12"), (date(2026, 12, 20), "1")])
    settings = Settings(cutoff_day=14)
    of_2026 = judgement_of_year(history, settings, 2026, date(2026, 12, 31))
    assert (of_2026.verdict, of_2026.value) == (TargetVerdict.EXCEEDED, Decimal(12))
    of_2027 = judgement_of_year(history, settings, 2027, date(2026, 12, 31))
    assert (of_2027.verdict, of_2027.value) == (TargetVerdict.ON_TRACK, Decimal(1))


def _random_plan(dice: random.Random) -> target_oracle.Plan:
    def figure() -> Decimal:
        return Decimal(dice.randint(-20, 400)) / dice.choice((1, 10))

    days = sorted(
        {TERM.start + timedelta(dice.randint(0, 2200)) for _ in range(dice.randint(0, 9))}
    )
    years = dice.sample(range(2025, 2031), dice.choice((0, 1, 1, 2, 3, 6)))
    return target_oracle.Plan(
        want=dice.choice([*Want]),
        kind=dice.choice([*TargetKind]),
        base=(date(2025, 6, 30), figure()) if dice.random() < 2 / 3 else None,
        years={year: figure() for year in years},
        figures=tuple((day, figure()) for day in days),
    )


def _as_target(plan: target_oracle.Plan, number: int) -> TargetHistory:
    target = Target(
        id=f"C{number}",
        title="x",
        want=Want(plan.want),
        kind=TargetKind(plan.kind),
        base=Base(plan.base[0], Figure(plan.base[1])) if plan.base else None,
        plan={str(year): Figure(value) for year, value in plan.years.items()},
    )
    return _history(target, [(on, str(value)) for on, value in plan.figures])


def test_an_oracle_of_the_verdicts_agrees_on_random_plans_and_days(prove: Prove) -> None:
    dice, tried = random.Random(9), 0  # noqa: S311  # the same plans each time
    seen: set[str] = set()
    for number in range(400):
        plan = _random_plan(dice)._replace(cutoff=(31, 31, 31, 14)[number % 4])
        history = _as_target(plan, number)
        for _ in range(15):
            day = date(2025, 8, 15) + timedelta(dice.randint(0, 2300))
            expected = target_oracle.verdict(plan, day)
            settings = Settings(cutoff_day=plan.cutoff)
            assert judgement(history, settings, day).verdict == expected, (plan, day)
            tried, seen = tried + 1, seen | {expected}
    assert seen == {*TargetVerdict}
    prove("verdicts on random targets and days", tried)


def test_the_counts_of_the_verdicts_add_up_on_every_day_of_the_term() -> None:
    dice = random.Random(3)  # noqa: S311  # as above
    found = [_as_target(_random_plan(dice), number) for number in range(12)]
    resolution = Resolution(
        schema=1,
        header=Header(title="x", term=TERM),
        targets=tuple(history.item for history in found),
        updates=tuple(update for history in found for update in history.updates),
    )
    for days in range(0, (TERM.end - TERM.start).days, 30):
        day = TERM.start + timedelta(days)
        listing = target_listing(resolution, TargetSelection(), None, day, LONG_AFTER)
        counted = listing.figures.tally
        assert sum(counted.by_verdict.values()) == counted.total == len(found)
        for year in listing.figures.years:
            asked = target_listing(resolution, TargetSelection(), year.year, day, LONG_AFTER)
            verdicts = [each.judgement.verdict for each in asked.figures.standings]
            assert year.total == len(found) - verdicts.count(TargetVerdict.NO_PLAN)
            assert year.achieved == asked.figures.tally.achieved
