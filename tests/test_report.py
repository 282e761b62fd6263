"""`tracker report`."""

import re
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution_cli.domain.model import Resolution, Status
from resolution_cli.domain.verdict import Outcome
from resolution_cli.reports.standing import report
from tests.support import Run, assert_expected


@pytest.mark.usefixtures("plan")
def test_a_report_shows_on_one_screen_how_the_resolution_stands(run: Run) -> None:
    run("update", "B1", "--status", "blocked", "--note", "No budget yet", "--cause", "objective")
    result = run("report")
    assert (result.code, result.err) == (0, "")
    assert_expected("report.txt", result.out)


def test_a_plan_without_items_has_a_report_too(run: Run, plan: Path) -> None:
    plan.write_text(
        'schema = 1\n[resolution]\ntitle = "x"\nterm.start = 2027-01-01\nterm.end = 2027-01-01\n'
    )
    result = run("report")
    assert (result.code, result.err) == (0, "")
    assert "0 of 1 days of the term have passed (0%" in result.out
    assert "The file has no items yet." in result.out
    assert re.search(r"average progress +–\n", result.out)


_DAYS = st.dates(date(2025, 1, 1), date(2029, 12, 31))


_FACTS = st.fixed_dictionaries(
    {"status": st.sampled_from(Status), "progress": st.integers(0, 100)},
    optional={"due": _DAYS, "done_on": _DAYS},
)


def _items(prefix: str) -> st.SearchStrategy[list[dict[str, object]]]:
    return st.lists(_FACTS, max_size=6).map(
        lambda rows: [
            {"id": f"{prefix}{number}", "title": "x", **row} for number, row in enumerate(rows)
        ]
    )


_PLANS = st.fixed_dictionaries(
    {
        "schema": st.just(1),
        "resolution": st.just(
            {"title": "x", "term": {"start": date(2025, 1, 1), "end": date(2029, 12, 31)}}
        ),
        "tasks": _items("T"),
        "breakthroughs": _items("B"),
        "updates": st.lists(
            st.fixed_dictionaries({"item": st.sampled_from(["T0", "b1", "T3"]), "on": _DAYS}),
            max_size=6,
        ),
    }
).map(lambda plain: msgspec.convert(plain, Resolution))


@given(_PLANS, _DAYS.map(lambda day: day + timedelta(days=200)))
def test_every_sum_closes(plan: Resolution, today: date) -> None:
    figures = report(plan, today, today)
    for tally in figures.tallies:
        assert sum(tally.by_status.values()) == sum(tally.by_outcome.values()) == tally.total
        cancelled = tally.by_status.get(Status.CANCELLED, 0)
        assert (
            tally.by_outcome.get(Outcome.CANCELLED, 0) == cancelled == tally.total - tally.in_force
        )
    *kinds, everything = figures.tallies
    assert (
        sum(tally.total for tally in kinds)
        == everything.total
        == len(plan.items)
        == len(figures.standings)
    )
    assert sum(tally.progress_sum for tally in kinds) == everything.progress_sum
    has_cancelled = any(item.status is Status.CANCELLED for item in plan.items)
    for tally in figures.tallies:
        assert (Status.CANCELLED in tally.by_status) is has_cancelled
        assert (Outcome.CANCELLED in tally.by_outcome) is has_cancelled
    for status in everything.by_status:
        assert sum(tally.by_status[status] for tally in kinds) == everything.by_status[status]
    assert 0 <= figures.days_passed <= figures.days_total


def test_a_report_warns_of_errors_in_the_file(run: Run, plan: Path) -> None:
    assert run("report").err == ""
    plan.write_text(
        plan.read_text()
        .replace("progress = 40 \n", "")
        .replace("on = 2026-06-01", "on = 2027-06-01")
    )
    assert (
        run("report").err
        == "1 error in the file distorts this report: run `tracker check` to see it.\n"
    )
