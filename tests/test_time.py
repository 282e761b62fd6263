"""Any past day, periods, the diary, undo: what five years of history must give back."""

import json
import tomllib
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from resolution_cli.render import words
from resolution_cli.report import period_report

from resolution_cli import i18n, storage
from resolution_cli.cli import clock
from resolution_cli.domain import change
from resolution_cli.domain.events import EventKind, events
from resolution_cli.domain.history import histories
from resolution_cli.domain.model import Resolution, Status, Term
from resolution_cli.domain.period import Period, named
from resolution_cli.errors import ChangeRefused
from tests.support import LATER, PLAN, THREE_YEARS, Run, assert_expected

TERM = Term(date(2025, 1, 1), date(2029, 12, 31))
TODAY = date(2026, 11, 24)
_ALWAYS = Term(date.min, date.max)


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize("day", ["2025-11-30", "2026-12-31", "2027-03-31"])
def test_report_of_a_past_day(run: Run, day: str) -> None:
    result = run("report", "--as-of", day)
    assert (result.code, result.err) == (0, "")
    assert_expected(f"report-as-of-{day}.txt", result.out)


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize("period", ["2026-Q2", "2027"])
def test_report_of_a_period(run: Run, period: str) -> None:
    result = run("report", "--period", period)
    assert (result.code, result.err) == (0, "")
    assert_expected(f"report-{period}.txt", result.out)


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


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(
            ["--as-of", "2024-12-31"],
            "before the term, which starts on 2025-01-01",
            id="before-the-term",
        ),
        pytest.param(["--as-of", "2027-02-30"], "write 2026-09-30 or 30/09/2026", id="no-such-day"),
        pytest.param(["--period", "Q3"], "2026-Q3", id="no-such-form"),
        pytest.param(["--period", "2026-Q5"], "2026-Q3", id="no-such-quarter"),
        pytest.param(
            ["--period", "2023"], "outside the term, 2025-01-01 – 2029-12-31", id="outside"
        ),
        pytest.param(["--period", "2029"], "has not begun yet", id="not-begun"),
        pytest.param(
            ["--from", "2026-05-01", "--to", "2026-04-01"], "--from is after --to", id="reversed"
        ),
        pytest.param(["--from", "2026-05-01"], "must be given together", id="no-end"),
        pytest.param(["--period", "2026", "--as-of", "2026-05-01"], "give only one of", id="two"),
    ],
)
def test_a_day_or_period_that_cannot_be_is_refused(
    run: Run, arguments: list[str], says: str
) -> None:
    result = run("report", *arguments)
    assert (result.code, result.out) == (2, "")
    assert says in " ".join(result.err.split())


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-h2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("term", date(2025, 1, 1), date(2029, 12, 31)),
        ("mid-term", date(2025, 1, 1), date(2027, 7, 2)),
        ("last-month", date(2026, 10, 1), date(2026, 10, 31)),
        ("last-quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("last-half", date(2026, 1, 1), date(2026, 6, 30)),
        ("last-year", date(2025, 1, 1), date(2025, 12, 31)),
        ("this-quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("This-Year", date(2026, 1, 1), date(2026, 12, 31)),
        ("Q3/2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("quý 3/2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("9/2026", date(2026, 9, 1), date(2026, 9, 30)),
        ("Tháng 09/2026", date(2026, 9, 1), date(2026, 9, 30)),
        ("2026-9", date(2026, 9, 1), date(2026, 9, 30)),
        ("H2/2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-9M", date(2026, 1, 1), date(2026, 9, 30)),
        ("9 tháng năm 2026", date(2026, 1, 1), date(2026, 9, 30)),
        ("9 tháng đầu năm 2026", date(2026, 1, 1), date(2026, 9, 30)),
        ("nine months of 2026", date(2026, 1, 1), date(2026, 9, 30)),
        ("quý III/2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("Quý IV năm 2026", date(2026, 10, 1), date(2026, 12, 31)),
        ("quý  3 năm\u00a02026", date(2026, 7, 1), date(2026, 9, 30)),
        ("quý III – 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("quarter II of 2026", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("tháng 9 năm 2026", date(2026, 9, 1), date(2026, 9, 30)),
        ("month 9 of 2026", date(2026, 9, 1), date(2026, 9, 30)),
        ("năm 2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("year 2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("6 tháng đầu năm 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("6 tháng cuối năm 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("first half of 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("second half of 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("nhiệm kỳ", date(2025, 1, 1), date(2029, 12, 31)),
        ("giữa nhiệm kỳ", date(2025, 1, 1), date(2027, 7, 2)),
        ("Tháng này", date(2026, 11, 1), date(2026, 11, 30)),
        ("tháng trước", date(2026, 10, 1), date(2026, 10, 31)),
        ("quý này", date(2026, 10, 1), date(2026, 12, 31)),
        ("quý trước", date(2026, 7, 1), date(2026, 9, 30)),
        ("năm nay", date(2026, 1, 1), date(2026, 12, 31)),
        ("năm trước", date(2025, 1, 1), date(2025, 12, 31)),
        ("last quarter", date(2026, 7, 1), date(2026, 9, 30)),
    ],
)
def test_a_period_has_the_days_of_its_name(name: str, first: date, last: date) -> None:
    period = named(name, TERM, TODAY)
    assert period is not None
    assert (period.start, period.end) == (first, last)


@given(st.integers(1000, 9998), st.sampled_from(["", "-H{n}", "-Q{n}", "-0{n}"]))
def test_periods_of_the_calendar_join_without_gap_or_overlap(year: int, form: str) -> None:
    parts = {"": 1, "-H{n}": 2, "-Q{n}": 4, "-0{n}": 9}[form]
    periods = [
        named(f"{year}{form.format(n=number)}", TERM, TODAY) for number in range(1, parts + 1)
    ]
    for one, other in pairwise(periods):
        assert one is not None
        assert one.following(_ALWAYS) == other
        assert other is not None
        assert other.start - one.end == timedelta(days=1)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_period_is_taken_by_the_name_that_is_printed(language: str) -> None:
    i18n.use_language(language)
    forms = ["2026", "2026-H1", "2026-H2", "2026-9M"]
    forms += [f"2026-Q{number}" for number in range(1, 5)] + [
        f"2026-{number:02}" for number in range(1, 13)
    ]
    for form in forms:
        period = named(form, TERM, TODAY)
        assert period is not None
        name, _, days = words.named_period(period).partition(", ")
        assert days == words.period(period)
        assert named(name, TERM, TODAY) == period
        assert named(name.upper(), TERM, TODAY) == period


@pytest.mark.parametrize(
    "name",
    [
        "Q3",
        "2026-Q5",
        "2026-H3",
        "2026-13",
        "20269",
        "20269M",
        "1/9/2026",
        "quý V năm 2026",
        "tháng",
        "9 tháng",
    ],
)
def test_what_names_no_period_is_none(name: str) -> None:
    assert named(name, TERM, TODAY) is None


@pytest.mark.parametrize(
    ("name", "following"),
    [
        ("2026-9M", (date(2026, 10, 1), date(2026, 12, 31))),
        ("2026", (date(2027, 1, 1), date(2027, 12, 31))),
        ("2029-Q3", (date(2029, 10, 1), date(2029, 12, 31))),
        ("mid-term", (date(2027, 7, 3), date(2029, 12, 31))),
        ("term", None),
        ("2029", None),
        ("2029-12", None),
    ],
)
def test_nothing_follows_the_term(name: str, following: tuple[date, date] | None) -> None:
    period = named(name, TERM, TODAY)
    assert period is not None
    found = period.following(TERM)
    assert (found and (found.start, found.end)) == following
    cut = period.following(Term(TERM.start, date(2027, 7, 10)))
    assert cut is None or cut.end <= date(2027, 7, 10)


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize(
    ("period", "ahead"),
    [
        ("term", "2028-01-11 to 2029-12-31"),
        ("mid-term", "2027-07-03 to 2029-12-31"),
        ("2027-9M", "2027-10-01 to 2027-12-31"),
    ],
)
def test_a_report_looks_ahead_no_further_than_the_term(run: Run, period: str, ahead: str) -> None:
    result = run("report", "--period", period)
    assert (result.code, ahead in result.out, "203" in result.out) == (0, True, False)


Step = tuple[str, int, Status | None, int | None, date | None, str | None]
"""An update to play: item, days since the one before, status, progress, due date, note."""

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


def _made(
    path: Path, steps: list[tuple[str, int, Status | None, int | None, date | None, str | None]]
) -> list[tuple[date, Resolution]]:
    """Play updates into a fresh plan; return the day of each that was not refused, and the resolution after it."""
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
            book.take_back(change.undo(book.resolution, None, date.max))
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
        assert [part.open_before for part in reports[1:]] == [
            part.open_after for part in reports[:-1]
        ]
        for part in (of_year, *reports):
            assert part.unrecorded == 0
            assert len(part.activities) + len(part.silent) == len(plan.items)


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
    dates = 'title = "Roads"\nstart = 2026-06-01\ndue = 2027-04-01\nstatus = "in-progress"\nprogress = 10'
    plan.write_text(plan.read_text().replace('title = "Roads"', dates) + entries)
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


@pytest.mark.usefixtures("commune")
def test_log_tells_the_diary_newest_first(run: Run) -> None:
    result = run(
        "log", "n2", "N1", "--from", "2027-04-01", "--to", "2027-09-30", "--by", "van phong"
    )
    assert (result.code, result.err) == (0, "")
    assert_expected("log.txt", result.out)
    assert run("log", "--by", "nobody") == (0, "No update matches.\n", "")
    assert run("log", "N99").code == 3
    assert run("log", "--from", "2027-01-01", "--to", "2026-01-01").code == 2


def test_offsets_and_clocks_do_not_reorder_the_diary(run: Run, plan: Path) -> None:
    entry = '\n[[updates]]\nitem = "T1"\non = 2026-06-01\nat = {}\nprogress = {}\nwas = {{ progress = {} }}\n'
    plan.write_text(
        plan.read_text()
        + entry.format("2026-06-02T00:30:00+14:00", 50, 40)
        + entry.format("2026-05-31T23:59:00-11:00", 60, 50)
    )
    shown = run("log").out
    assert shown.index("50% → 60%") < shown.index("40% → 50%") < shown.index("0% → 40%")
    assert "\t60\t" in run("list", "--as-of", "2026-06-01", "--format", "tsv").out


def test_undo_takes_the_last_update_back_byte_for_byte(run: Run, plan: Path) -> None:
    before = plan.read_bytes()
    run("update", "B1", "--progress", "10", "--lead", "Unit 7")
    run("update", "T1", "--note", "x")
    out = run("undo", "b1", "--yes").out
    assert "lead unit  Unit 7 → no lead unit yet" in out
    assert "Undone in tasks.toml." in out
    assert run("undo", "-y").code == 0
    assert plan.read_bytes() == before


@pytest.mark.usefixtures("commune")
def test_a_period_that_is_not_over_looks_ahead_from_today(run: Run) -> None:
    data = json.loads(run("report", "--period", "this-year", "--format", "json").out)["period"]
    assert (data["next_start"], data["next_end"], data["falling_due"]) == (
        "2028-01-11",
        "2029-12-31",
        ["N5", "N6", "D2"],
    )


def test_a_difficulty_that_is_over_is_told_so_and_its_remedy_is_none(run: Run, plan: Path) -> None:
    run(
        "update",
        "T2",
        "--status",
        "blocked",
        "--cause",
        "objective",
        "--note",
        "No money",
        "--on",
        "2026-10-01",
    )
    run(
        "update",
        "T2",
        "--status",
        "in-progress",
        "--cause",
        "objective",
        "--note",
        "Money came",
        "--on",
        "2026-11-01",
    )
    run("update", "B1", "--status", "blocked", "--cause", "subjective", "--note", "No people")
    written = (
        run("report", "--format", "markdown").out.partition("## III.")[2].partition("## V.")[0]
    )
    assert "T2, Roads – behind by 37 points: No money (2026-10-01), since resolved\n" in written
    assert "Money came" not in written
    assert "B1, Officials – blocked: No people (2026-11-24)\n" in written
    assert "Blocked, to be resolved: 1\n\n- 2029-12-31 (end of the term): B1, Officials" in written
    assert plan.exists()


def test_a_note_tells_of_an_item_that_was_blocked_by_hand(run: Run, plan: Path) -> None:
    plan.write_text(
        plan.read_text().replace('title = "Roads"', 'title = "Roads"\nstatus = "blocked"')
    )
    run("update", "T2", "--note", "No land")
    assert (
        "T2, Roads – blocked: No land (2026-11-24)\n" in run("report", "--format", "markdown").out
    )


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


def test_undo_asks_and_without_a_terminal_refuses(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("update", "T2", "--progress", "10")
    before = plan.read_bytes()
    result = run("undo")
    assert (result.code, plan.read_bytes()) == (4, before)
    assert "--yes" in result.err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    for answer in ("n\n", "\n", "", "x\n"):
        monkeypatch.setattr("sys.stdin.readline", lambda answer=answer: answer)
        result = run("undo")
        assert (result.code, result.err) == (4, "Error: Nothing was changed.\n")
        assert result.out.endswith("Undo this update? [y/N] " + ("" if answer else "\n"))
        assert plan.read_bytes() == before
    monkeypatch.setattr("sys.stdin.readline", lambda: "có\n")
    assert run("undo").code == 0
    assert plan.read_bytes() != before


def test_ctrl_c_at_the_question_changes_nothing(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted() -> str:
        raise KeyboardInterrupt

    before = plan.read_bytes()
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdin.readline", interrupted)
    result = run("undo")
    assert (result.code, result.err, result.out[-1], plan.read_bytes()) == (130, "", "\n", before)


def test_undo_loses_nothing_that_was_written_by_hand(run: Run, plan: Path) -> None:
    run("update", "T2", "--progress", "10")
    plan.write_text(
        plan.read_text().replace("progress = 10\n\n[[break", "progress = 15\n\n[[break")
    )
    before = plan.read_bytes()
    result = run("undo", "--yes")
    assert (result.code, plan.read_bytes()) == (4, before)
    assert "changed by hand" in result.err


def test_undo_of_nothing_is_refused(run: Run, plan: Path) -> None:
    result = run("undo", "t2", "--yes")
    assert (result.code, result.err.splitlines()[0]) == (4, "Error: T2 has no update to undo.")
    assert run("undo", "T9", "--yes").code == 3
    plan.write_text(plan.read_text().partition("[[updates]]")[0])
    result = run("undo", "--yes")
    assert (result.code, result.err.splitlines()[0]) == (
        4,
        "Error: The file has no update to undo.",
    )


def test_undo_takes_back_nothing_where_entries_are_out_of_order(run: Run, plan: Path) -> None:
    entry = '\n[[updates]]\nitem = "T1"\non = 2026-05-01\nnote = "x"\n'
    plan.write_text(plan.read_text() + entry)
    before = plan.read_bytes()
    result = run("undo", "T1", "--yes")
    assert (result.code, result.out, plan.read_bytes()) == (4, "", before)
    assert "not in order of date" in result.err


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


def test_a_value_changed_by_hand_counts_in_a_period_that_ends_today_and_in_none_before(
    run: Run, plan: Path
) -> None:
    plan.write_text(plan.read_text().replace("progress = 40\n\n#", "progress = 60\n\n#"))
    for period, progress in (
        (("--from", "2026-11-01", "--to", "2026-11-24"), 60),
        (("--from", "2026-11-01", "--to", "2026-11-23"), 40),
        (("--period", "2026-11"), 60),
        (("--period", "2026-10"), 40),
    ):
        items = json.loads(run("report", *period, "--format", "json").out)["items"]
        assert next(item["progress"] for item in items if item["id"] == "T1") == progress


def test_undo_takes_an_entry_out_of_a_diary_in_one_value(run: Run, plan: Path) -> None:
    plan.write_text(
        plan.read_text()
        .partition("# The diary.")[0]
        .replace("schema = 1", "schema = 1\nupdates = [] # none")
    )
    before = plan.read_bytes()
    assert run("update", "T2", "--note", "x").code == 0
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == before


def test_what_is_done_counts_from_the_day_of_completion_wherever_that_was_recorded(
    run: Run, plan: Path
) -> None:
    plan.write_text(plan.read_text().replace("due = 2026-12-31", "due = 2026-06-30"))
    run("update", "T1", "--status", "done", "--on", "2026-07-10")
    run("update", "T1", "--done-on", "2026-06-25", "--on", "2026-08-01", "--note", "The proof came")
    for period, finished in (
        ("2026-Q2", ["finished-on-time"]),
        ("2026-Q3", []),
        ("2026", ["finished-on-time"]),
    ):
        data = json.loads(run("report", "--period", period, "--format", "json").out)
        assert [event["kind"] for event in data["period"]["events"]] == finished
        assert data["counts"][-1]["by_outcome"]["done-on-time"] == 1
    assert (
        run("list", "--as-of", "2026-06-24", "--format", "tsv").out.splitlines()[1].split("\t")[3]
        == "in-progress"
    )
    assert (
        run("list", "--as-of", "2026-06-25", "--format", "tsv").out.splitlines()[1].split("\t")[3]
        == "done"
    )


def test_undo_of_an_empty_id_takes_back_nothing(run: Run, plan: Path) -> None:
    run("update", "T2", "--note", "x")
    before = plan.read_bytes()
    assert run("undo", "", "--yes").code == 3
    assert plan.read_bytes() == before


@pytest.mark.usefixtures("plan")
def test_a_look_far_ahead_needs_no_calendar_without_end(run: Run, plan: Path) -> None:
    plan.write_text(
        plan.read_text().replace("term.end", "settings.due_soon_days = 36525\nterm.end")
    )
    assert (
        "3 items fall due from 2026-11-25 to 2126-11-25:"
        in run("report", "--format", "markdown").out
    )


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("2026-09", "tháng 9 năm 2026, 01/09/2026 – 30/09/2026"),
        ("2026-Q1", "quý I năm 2026, 01/01/2026 – 31/03/2026"),
        ("2026-Q4", "quý IV năm 2026, 01/10/2026 – 31/12/2026"),
        ("2026-H1", "6 tháng đầu năm 2026, 01/01/2026 – 30/06/2026"),
        ("2026-H2", "6 tháng cuối năm 2026, 01/07/2026 – 31/12/2026"),
        ("2026", "năm 2026, 01/01/2026 – 31/12/2026"),
        ("mid-term", "01/01/2025 – 02/07/2027"),
    ],
)
def test_a_written_report_calls_its_period_by_name(run: Run, name: str, called: str) -> None:
    written = run("report", "--period", name, "--format", "markdown", "--lang", "vi").out
    assert f"\n\nKỳ báo cáo {called}\n\n" in written
