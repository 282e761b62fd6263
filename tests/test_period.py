"""Periods: their names and days, those that cannot be, and reports of them."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution_cli import i18n
from resolution_cli.domain.model import Term
from resolution_cli.domain.period import FORMS, named, names_of, offered
from resolution_cli.views import words
from tests.support import Run, assert_expected

TERM = Term(date(2025, 1, 1), date(2029, 12, 31))

TODAY = date(2026, 11, 24)

_ALWAYS = Term(date.min, date.max)


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


_CUTOFF_DAYS = st.integers(1, 31)


@given(st.integers(1000, 9998), st.sampled_from(["", "-H{n}", "-Q{n}", "-{n:02}"]), _CUTOFF_DAYS)
def test_periods_join_without_gap_or_overlap_whatever_the_cutoff_day(
    year: int, form: str, cutoff: int
) -> None:
    count = {"": 1, "-H{n}": 2, "-Q{n}": 4, "-{n:02}": 12}[form]
    names = [f"{year}{form.format(n=number)}" for number in range(1, count + 1)]
    names.append(f"{year + 1}{form.format(n=1)}")
    periods = [named(name, TERM, TODAY, cutoff) for name in names]
    for name, one, other in zip(names, periods, periods[1:], strict=False):
        assert one is not None
        assert one.name == name
        assert one.following(_ALWAYS, cutoff) == other
        assert other is not None
        assert other.start - one.end == timedelta(days=1)
        assert named("this-month", TERM, one.end, cutoff) == one or form != "-{n:02}"
        assert named("last-month", TERM, other.start, cutoff) == one or form != "-{n:02}"


@given(st.integers(1000, 9998), _CUTOFF_DAYS)
def test_months_add_up_to_quarters_halves_nine_months_and_the_year(year: int, cutoff: int) -> None:
    def days(name: str) -> tuple[date, date]:
        found = named(f"{year}{name}", TERM, TODAY, cutoff)
        assert found is not None
        return found.start, found.end

    for name, first, last in (
        *((f"-Q{number}", 3 * number - 2, 3 * number) for number in range(1, 5)),
        ("-H1", 1, 6),
        ("-H2", 7, 12),
        ("-9M", 1, 9),
        ("", 1, 12),
    ):
        assert days(name) == (days(f"-{first:02}")[0], days(f"-{last:02}")[1])


@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)), _CUTOFF_DAYS)
def test_every_day_is_in_one_month_that_ends_on_the_cutoff_or_the_last_day_of_the_month(
    day: date, cutoff: int
) -> None:
    month = named("this month", TERM, day, cutoff)
    assert month is not None
    assert month.start <= day <= month.end
    is_last = (month.end + timedelta(days=1)).day == 1
    assert month.end.day == cutoff or (is_last and month.end.day < cutoff)
    assert named(month.name or "", TERM, TODAY, cutoff) == month


@pytest.mark.parametrize(
    ("name", "cutoff", "first", "last"),
    [
        ("2026-09", 14, date(2026, 8, 15), date(2026, 9, 14)),
        ("2026-Q1", 14, date(2025, 12, 15), date(2026, 3, 14)),
        ("2026-H1", 14, date(2025, 12, 15), date(2026, 6, 14)),
        ("6 tháng cuối năm 2026", 14, date(2026, 6, 15), date(2026, 12, 14)),
        ("9 tháng năm 2026", 14, date(2025, 12, 15), date(2026, 9, 14)),
        ("2026", 14, date(2025, 12, 15), date(2026, 12, 14)),
        ("2026-02", 30, date(2026, 1, 31), date(2026, 2, 28)),
        ("2028-02", 29, date(2028, 1, 30), date(2028, 2, 29)),
        ("2026-03", 30, date(2026, 3, 1), date(2026, 3, 30)),
        ("this-month", 14, date(2026, 11, 15), date(2026, 12, 14)),
        ("this-quarter", 14, date(2026, 9, 15), date(2026, 12, 14)),
        ("last-month", 25, date(2026, 9, 26), date(2026, 10, 25)),
        ("năm nay", 20, date(2025, 12, 21), date(2026, 12, 20)),
        ("mid-term", 14, date(2025, 1, 1), date(2027, 7, 2)),
    ],
)
def test_with_a_cutoff_day_a_period_ends_on_it(
    name: str, cutoff: int, first: date, last: date
) -> None:
    period = named(name, TERM, TODAY, cutoff)
    assert period is not None
    assert (period.start, period.end) == (first, last)


def test_after_the_last_cutoff_of_all_days_a_period_still_has_an_end() -> None:
    december = named("9999-12", TERM, TODAY, 14)
    assert december is not None
    following = december.following(_ALWAYS, 14)
    assert following is not None
    assert (following.start, following.end) == (date(9999, 12, 15), date.max)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("cutoff", [1, 14, 25, 28, 29, 30, 31])
def test_a_period_is_taken_by_the_name_that_is_printed(language: str, cutoff: int) -> None:
    i18n.use_language(language)
    for form in [*names_of(2026), "term", "mid-term"]:
        period = named(form, TERM, TODAY, cutoff)
        assert period is not None
        assert period.name == form
        name, _, days = words.named_period(period).partition(", ")
        assert days == words.period(period)
        assert named(name, TERM, TODAY, cutoff) == period
        assert named(name.upper(), TERM, TODAY, cutoff) == period


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_form_that_an_error_names_is_taken(language: str) -> None:
    i18n.use_language(language)
    for form in i18n._(FORMS).split(", "):
        assert named(form, TERM, TODAY), form


_ITEM = """
schema = 1
[resolution]
title = "x"
term.start = 2026-01-01
term.end = 2026-12-31
settings.cutoff_day = 14
[[tasks]]
id = "T1"
title = "Roads"
"""


def test_reports_of_a_file_with_a_cutoff_day_have_its_periods(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tasks.toml"
    path.write_text(_ITEM)
    run("update", "T1", "--note", "Begun", "--on", "2026-09-14", "--file", str(path))
    run("update", "T1", "--note", "Went on", "--on", "2026-09-15", "--file", str(path))
    for name, start, end, following, silent in (
        ("2026-Q3", "2026-06-15", "2026-09-14", "2026-12-14", []),
        ("quý IV năm 2026", "2026-09-15", "2026-12-14", "2026-12-31", []),
        ("last-month", "2026-10-15", "2026-11-14", "2026-12-14", ["T1"]),
        ("2026-9M", "2025-12-15", "2026-09-14", "2026-12-14", []),
    ):
        words = ("report", "--period", name, "--file", str(path))
        data = json.loads(run(*words, "--format", "json").out)["period"]
        assert (data["start"], data["end"], data["next_end"]) == (start, end, following)
        assert data["silent"] == silent
    shown = run("report", "--period", "2026-Q3", "--file", str(path)).out
    assert "Period quarter III of 2026, 2026-06-15 – 2026-09-14\n" in shown


@pytest.mark.parametrize("value", ["0", "32", "14.5", '"14"', "true"])
def test_a_cutoff_day_that_no_month_has_is_refused(run: Run, tmp_path: Path, value: str) -> None:
    path = tmp_path / "tasks.toml"
    path.write_text(_ITEM.replace("cutoff_day = 14", f"cutoff_day = {value}"))
    result = run("list", "--file", str(path))
    assert (result.code, result.out) == (5, "")
    assert "line 7: [resolution], settings.cutoff_day: found " in result.err
    assert "expected a day of a month, from 1 to 31" in result.err


def test_tab_offers_the_periods_that_have_begun() -> None:
    found = offered(TERM, TODAY, 14)
    assert found[:2] == ["last-month", "last-quarter"]
    assert found[-2:] == ["term", "mid-term"]
    assert found[8] == "2026-12"  # which began on 15 November
    assert {"2025", "2026-H2", "2026-Q4", "2026-9M"} <= {*found}
    assert not {"2027", "2027-01", "2024-12", "2024"} & {*found}
    assert "2026-12" not in offered(TERM, TODAY)
    assert all(named(name, TERM, TODAY) for name in found)


def test_the_last_day_of_the_term_completes_it(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tasks.toml"
    path.write_text(_ITEM)
    for day, passed in (("2026-12-31", "365 of 365"), ("2026-01-01", "1 of 365")):
        shown = run("report", "--as-of", day, "--file", str(path)).out
        assert f"{passed} days of the term have passed" in shown


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


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize("period", ["2026-Q2", "2027"])
def test_the_report_of_a_period_shows_that_period(run: Run, period: str) -> None:
    result = run("report", "--period", period)
    assert (result.code, result.err) == (0, "")
    assert_expected(f"report-{period}.txt", result.out)


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


@pytest.mark.usefixtures("commune")
def test_a_period_that_is_not_over_looks_ahead_from_today(run: Run) -> None:
    data = json.loads(run("report", "--period", "this-year", "--format", "json").out)["period"]
    assert (data["next_start"], data["next_end"], data["falling_due"]) == (
        "2028-01-11",
        "2029-12-31",
        ["N5", "N6", "D2"],
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
