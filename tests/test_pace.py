"""Expected against actual progress, the forecast of the day of completion, and the curve."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from resolution_cli.cli import clock
from tests.support import LATER, Run


@pytest.mark.usefixtures("commune")
def test_pace_leads_to_a_day_or_says_why_not(run: Run) -> None:
    assert (
        "pace           90% where 100% are expected; at this pace done on 2028-05-12"
        in run("show", "N4").out
    )
    assert "no forecast: too few updates" in run("show", "N5").out
    assert "pace" not in run("show", "N1").out


@pytest.mark.parametrize(
    ("day", "expected", "finish"),
    [
        pytest.param("2026-06-01", 0, "no progress yet", id="on-the-start"),
        pytest.param("2026-06-02", 1, "at this pace done on 2026-06-11", id="a-day-after"),
        pytest.param("2026-06-30", 9, "at this pace done on 2027-03-18", id="rounded-down"),
        pytest.param(
            "2027-03-31", 99, "at this pace done on 2034-09-17", id="the-eve-of-the-due-date"
        ),
        pytest.param("2027-04-01", 100, "at this pace done on 2034-09-27", id="the-due-date"),
    ],
)
def test_what_is_expected_is_nothing_on_the_start_and_all_on_the_due_date(  # noqa: PLR0913, PLR0917  # the cases
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, day: str, expected: int, finish: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    entries = "".join(
        f'\n[[updates]]\nitem = "T2"\non = {on}\nstatus = "in-progress"\nprogress = {progress}\n'
        for on, progress in (("2026-05-30", 1), ("2026-05-31", 10))
    )
    facts = "start = 2026-06-01\ndue = 2027-04-01\nstatus = 'in-progress'\nprogress = 10"
    text = plan.read_text().replace('title = "Roads"', f'title = "Roads"\n{facts}')
    plan.write_text(text + entries)
    shown = run("show", "T2", "--as-of", day).out
    assert f"10% where {expected}% are expected" in shown
    assert finish in shown


@pytest.mark.parametrize(
    ("progress", "finish"),
    [
        pytest.param(0, "no forecast: no progress yet", id="none"),
        pytest.param(1, "at this pace done on 2214-06-20", id="one-percent"),
    ],
)
def test_a_forecast_needs_progress(run: Run, plan: Path, progress: int, finish: str) -> None:
    assert plan.exists()
    run("update", "T2", "--status", "in-progress", "--progress", "5", "--on", "2026-11-22")
    run("update", "T2", "--progress", f"{progress}", "--on", "2026-11-23")
    assert finish in run("show", "T2").out


def test_the_curve_has_one_value_a_stretch_also_where_the_day_ends_one(
    run: Run, plan: Path
) -> None:
    plan.write_text(
        plan.read_text().replace("2029-12-31", "2025-01-25").replace("due = 2026-12-31\n", "")
    )
    for day, stretches in (("2025-01-06", 5), ("2025-01-07", 6), ("2025-01-25", 24)):
        shown = run("show", "T1", "--as-of", day).out
        assert [
            len(line.split()[1]) for line in shown.splitlines() if line.startswith("actual")
        ] == [stretches]


@pytest.mark.parametrize("days", range(0, 330, 3))
def test_points_are_the_difference_of_the_percentages_beside_them(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    plan.write_text(plan.read_text().replace("due = 2026-12-31", "due = 2027-06-30"))
    day = date(2026, 6, 1) + timedelta(days=days)
    item = json.loads(run("show", "T1", "--as-of", f"{day}", "--format", "json").out)
    assert item["item"]["verdict"] == "behind"
    assert item["pace"]["expected"] - item["pace"]["actual"] == item["item"]["points"]


@pytest.mark.usefixtures("plan")
def test_the_curve_ends_with_today(run: Run) -> None:
    run("update", "T1", "--status", "done")
    curves = [
        line.split()[1]
        for line in run("show", "T1").out.splitlines()
        if line.startswith(("planned", "actual"))
    ]
    assert curves == ["▁▂▃▄▅▆▆▇" + "█" * 16, "▁▁▁▁▁▁▄▄▄█"]
