"""What follows from a history: any past day, events, sums of periods, and undo."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resolution_cli import storage
from resolution_cli.domain import change
from resolution_cli.domain.events import EventKind, events
from resolution_cli.domain.histories import histories
from resolution_cli.domain.model import Resolution, Status, Term
from resolution_cli.domain.period import Period, named
from resolution_cli.domain.undo import undo
from resolution_cli.errors import ChangeRefused
from resolution_cli.reports.period import period_report
from tests.support import LATER, PLAN, THREE_YEARS, Run, assert_expected

TERM = Term(date(2025, 1, 1), date(2029, 12, 31))

Step = tuple[str, int, Status | None, int | None, date | None, str | None]
"""An update to write: item, days since the one before, status, progress, due date, note."""

_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["T1", "T2", "B1"]),
        st.integers(0, 60),
        st.sampled_from([*Status, None]),
        st.none() | st.integers(0, 100),
        st.none() | st.dates(date(2025, 1, 1), date(2029, 12, 31)),
        st.none() | st.text(min_size=1, max_size=8).filter(str.strip),
    ),
    max_size=14,
)

_relaxed = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def _made(path: Path, steps: list[Step]) -> list[tuple[date, Resolution]]:
    """Write updates into a new plan; return each one's day, and the resolution after it."""
    path.write_text(PLAN)
    day, played = date(2026, 6, 1), []
    for item_id, days, status, progress, due, note in steps:
        day += timedelta(days=days)
        given_facts = {"status": status, "progress": progress, "due": due}
        request = change.Request(
            facts={name: value for name, value in given_facts.items() if value is not None},
            on=day,
            at=datetime.combine(day, datetime.min.time(), LATER.tzinfo),
            note=note,
            evidence=("QĐ 1",),
        )
        try:
            with storage.editing(path) as book:
                book.apply(change.changes(book.resolution, [item_id], request))
        except ChangeRefused:
            continue
        played.append((day, storage.loaded(path)))
    return played


@_relaxed
@given(steps=_STEPS)
def test_any_day_is_rebuilt_as_it_stood(tmp_path: Path, steps: list[Step]) -> None:
    played = _made(tmp_path / "tasks.toml", steps)
    last = dict(played)  # the last state of each day
    for day, then in last.items():
        known = histories(played[-1][1], date.max).values()
        rebuilt = [history.on(day) for history in known]
        assert [
            (item.present_status, item.present_progress, item.due, item.done_on) for item in rebuilt
        ] == [
            (item.present_status, item.present_progress, item.due, item.done_on)
            for item in then.items
        ]
        assert [tuple(history.until(day)) for history in known] == [
            tuple(update for update in then.updates if update.item == item.id)
            for item in then.items
        ]


@_relaxed
@given(steps=_STEPS)
def test_undo_is_the_inverse_of_update(tmp_path: Path, steps: list[Step]) -> None:
    path = tmp_path / "tasks.toml"
    played = _made(path, steps)
    texts = [PLAN]
    for _ in played:
        texts.append(path.read_text())
        with storage.editing(path) as book:
            book.take_back(undo(book.resolution, None, date.max))
    assert tomllib.loads(path.read_text()) == tomllib.loads(PLAN)
    assert path.read_text() == PLAN


@_relaxed
@given(steps=_STEPS)
def test_the_changes_of_four_quarters_are_those_of_the_year(
    tmp_path: Path, steps: list[Step]
) -> None:
    path = tmp_path / "tasks.toml"
    _made(path, steps)
    plan = storage.loaded(path)
    today = date(2029, 12, 31)
    for year in (2026, 2027):
        whole = named(str(year), TERM, today)
        quarters = [named(f"{year}-Q{number}", TERM, today) for number in (1, 2, 3, 4)]
        assert whole
        reports = [period_report(plan, quarter, today) for quarter in quarters if quarter]
        of_year = period_report(plan, whole, today)
        assert of_year.events == tuple(event for part in reports for event in part.events)
        updates = [update for activity in of_year.activities for update in activity.updates]
        parts = [
            update
            for part in reports
            for activity in part.activities
            for update in activity.updates
        ]
        assert sorted(updates, key=repr) == sorted(parts, key=repr)
        assert [part.flow.open_before for part in reports[1:]] == [
            part.flow.open_after for part in reports[:-1]
        ]
        for part in (of_year, *reports):
            assert part.flow.unrecorded == 0
            assert len(part.activities) + len(part.silent) == len(plan.items)


def test_histories_of_one_resolution_and_day_are_made_once() -> None:
    plan, same_file = storage.loaded(THREE_YEARS), storage.loaded(THREE_YEARS)
    known = histories(plan, TERM.end)
    assert histories(plan, TERM.end) is known
    assert histories(plan, TERM.start)["n1"].today == TERM.start
    assert histories(same_file, TERM.end)["n1"].item is same_file.items[0]


def test_events_have_their_day_and_kind() -> None:
    plan = storage.loaded(THREE_YEARS)
    known = histories(plan, TERM.end).values()
    found = [
        (event.on.isoformat(), event.item.id, event.kind)
        for event in events(known, Period(TERM.start, TERM.end))
    ]
    assert [entry for entry in found if entry[1] in ("N1", "N2", "N3")] == [
        ("2025-10-15", "N3", EventKind.BLOCKED),
        ("2026-02-10", "N3", EventKind.FREED),
        ("2026-05-20", "N3", EventKind.DEADLINE_MOVED),
        ("2026-06-25", "N1", EventKind.FINISHED_ON_TIME),
        ("2027-02-15", "N2", EventKind.BLOCKED),
        ("2027-04-01", "N2", EventKind.BECAME_OVERDUE),
        ("2027-04-20", "N2", EventKind.FREED),
        ("2027-07-01", "N3", EventKind.BECAME_OVERDUE),
        ("2027-07-20", "N3", EventKind.FINISHED_LATE),
        ("2027-09-10", "N1", EventKind.REOPENED),
        ("2027-09-10", "N1", EventKind.BECAME_OVERDUE),
        ("2027-09-28", "N2", EventKind.FINISHED_LATE),
        ("2027-11-15", "N1", EventKind.FINISHED_LATE),
    ]


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize("day", ["2025-11-30", "2026-12-31", "2027-03-31"])
def test_the_report_of_a_past_day_shows_that_day(run: Run, day: str) -> None:
    result = run("report", "--as-of", day)
    assert (result.code, result.err) == (0, "")
    assert_expected(f"report-as-of-{day}.txt", result.out)


@pytest.mark.usefixtures("commune")
def test_a_past_day_has_the_facts_of_that_day(run: Run) -> None:
    rows = run("list", "--as-of", "2026-12-31", "--format", "tsv").out.splitlines()[1:]
    assert [(row.split("\t")[0], row.split("\t")[3], int(row.split("\t")[4])) for row in rows] == [
        ("N1", "done", 100),
        ("N2", "in-progress", 40),
        ("N3", "in-progress", 60),
        ("N4", "in-progress", 35),
        ("N5", "not-started", 0),
        ("N6", "not-started", 0),
        ("D1", "in-progress", 70),
        ("D2", "not-started", 0),
    ]


@pytest.mark.usefixtures("commune")
def test_a_moved_deadline_is_judged_by_the_deadline_of_the_day(run: Run) -> None:
    assert "due            2026-12-31\n" in run("show", "N3", "--as-of", "2026-05-19").out
    shown = run("show", "N3", "--as-of", "2026-05-20").out
    assert "due            2027-06-30\n" in shown
    assert "first due      2026-12-31, moved 1 time\n" in shown


def test_a_change_by_hand_does_not_rewrite_the_past(run: Run, commune: Path) -> None:
    before = run("list", "--as-of", "2027-12-31", "--format", "tsv").out
    commune.write_text(commune.read_text().replace("progress = 90\n", "progress = 95\n", 1))
    assert run("list", "--as-of", "2027-12-31", "--format", "tsv").out == before
    assert "\t95\t" in run("list", "--format", "tsv").out


@pytest.mark.usefixtures("commune")
def test_a_day_to_come_is_a_forecast_and_says_so(run: Run) -> None:
    result = run("report", "--as-of", "2028-07-01")
    assert result.out.startswith("FORECAST for 2028-07-01")
    assert "overdue by 1 day" in result.out
    for command in (["list"], ["show", "N1"]):
        refused = run(*command, "--as-of", "2028-07-01")
        assert (refused.code, refused.out) == (2, "")
        assert "in the future" in refused.err


def test_entries_are_read_by_their_days_wherever_they_stand_in_the_file(
    run: Run, plan: Path
) -> None:
    late, early = (
        f'\n[[updates]]\nitem = "T2"\non = {day}\nstatus = "in-progress"\nprogress = {progress}\n'
        for day, progress in (("2026-09-01", 50), ("2026-07-01", 20))
    )
    plan.write_text(
        plan.read_text().replace(
            'title = "Roads"', 'title = "Roads"\nstatus = "in-progress"\nprogress = 50'
        )
        + late
        + early
    )
    for day, progress in (("2026-07-01", 20), ("2026-08-31", 20), ("2026-09-01", 50)):
        row = run("list", "--as-of", day, "--format", "tsv").out.splitlines()[2]
        assert row.split("\t")[4] == f"{progress}"
    assert "found 50" not in run("check").out
    assert (
        "T2), on: is dated 2026-07-01, but the entry before it is dated 2026-09-01"
        in run("check").out
    )
