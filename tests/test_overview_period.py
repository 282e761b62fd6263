"""`tracker overview --period`: how many files stand at its end, and what it brought."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from benchmarks import country
from jsonschema import Draft202012Validator

from tests.support import Run
from tests.wards import day, entry, item, write_ward

_DONE: dict[str, Any] = {"status": "done", "progress": 100}


def _data(run: Run, *words: str, code: int = 0) -> Any:
    result = run("overview", *words, "--format", "json")
    assert result.code == code, result.err
    return json.loads(result.out)


def _ward(path: Path, head: str = "") -> Path:
    """Write a ward of which T1 is done in time, T2 overdue and T3 done late, in the third quarter.

    T4, which has no due date of its own, is done in October.
    """
    items = (
        item("T1", due=day("2026-08-15"), done_on=day("2026-08-10"), **_DONE),
        item("T2", due=day("2026-09-01"), status="in-progress", progress=50),
        item("T3", due=day("2026-09-10"), done_on=day("2026-09-20"), **_DONE),
        item("T4", done_on=day("2026-10-02"), **_DONE),
    )
    entries = (
        entry("T2", "2026-06-20", status="in-progress", progress=50),
        entry("T1", "2026-08-10", **_DONE),
        entry("T2", "2026-08-20", lead="Office"),  # it only assigns
        entry("T2", "2026-08-21", note="Stones have come"),
        entry("T3", "2026-09-20", **_DONE),
        entry("T4", "2026-10-02", **_DONE),
    )
    return write_ward(path, "".join((*items, *entries)), head=head)


def test_a_row_says_what_the_period_brought_and_stands_at_its_end(run: Run, tmp_path: Path) -> None:
    _ward(tmp_path / "a.toml")
    data = _data(run, "a.toml", "--period", "2026-Q3")
    (row,) = data["files"]
    assert row["period"] == {
        "start": "2026-07-01",
        "end": "2026-09-30",
        "as_of": "2026-09-30",
        "in_term": True,
        "completed": 2,
        "became_overdue": 2,
        "news": 3,
    }
    assert data["totals"]["period"] == {"completed": 2, "became_overdue": 2, "news": 3}
    assert data["as_of"] == "2026-09-30"
    assert {name: count for name, count in row["verdicts"].items() if count} == {
        "overdue": 1,
        "unreported": 1,
        "done-late": 1,
        "done-on-time": 1,
    }
    out = run("overview", "a.toml", "--period", "quý III năm 2026").out
    assert out.splitlines()[1:3] == ["Period 2026-07-01 – 2026-09-30", "As of 2026-09-30"]


def test_a_period_that_is_not_over_is_reported_up_to_today(run: Run, tmp_path: Path) -> None:
    _ward(tmp_path / "a.toml")
    (row,) = _data(run, "a.toml", "--period", "2026-Q4")["files"]
    assert (row["period"]["end"], row["period"]["as_of"]) == ("2026-12-31", "2026-11-24")
    assert (row["period"]["completed"], row["period"]["news"]) == (1, 1)
    assert "2026-11-24" in run("overview", "a.toml", "--period", "2026-Q4").out.splitlines()[2]


def test_the_days_of_a_period_are_those_of_each_file(run: Run, tmp_path: Path) -> None:
    _ward(tmp_path / "a.toml")
    _ward(tmp_path / "b.toml", head="settings.cutoff_day = 14")
    data = _data(run, ".", "--period", "2026-Q3")
    periods = [(row["period"]["start"], row["period"]["end"]) for row in data["files"]]
    assert periods == [("2026-07-01", "2026-09-30"), ("2026-06-15", "2026-09-14")]
    assert [row["period"]["completed"] for row in data["files"]] == [2, 1]
    assert [row["period"]["news"] for row in data["files"]] == [3, 3]
    assert data["as_of"] == "2026-09-30"
    out = run("overview", ".", "--period", "2026-Q3").out.splitlines()
    assert out[1] == "Period from 2026-06-15 to 2026-09-30; its days differ by term and cut-off day"
    assert not out[2].startswith("As of")


def test_a_file_whose_term_has_a_part_of_the_period_is_counted_and_named(
    run: Run, tmp_path: Path
) -> None:
    _ward(tmp_path / "a.toml")
    write_ward(tmp_path / "b.toml", term=("2026-08-01", "2030-12-31"))
    result = run("overview", ".", "--period", "2026-Q3", "--format", "json")
    data = json.loads(result.out)
    assert [row["period"]["in_term"] for row in data["files"]] == [True, False]
    assert (result.code, result.err) == (
        0,
        "The term of 1 file does not contain the whole period: b.toml.\n",
    )
    written = run("overview", ".", "--period", "2026-Q3", "--format", "markdown").out
    assert "| b.toml | 2026-08-01 – 2030-12-31 | 2026-07-01 – 2026-09-30 |" in written


def test_a_file_whose_term_the_period_is_outside_is_not_counted(run: Run, tmp_path: Path) -> None:
    _ward(tmp_path / "a.toml")
    write_ward(tmp_path / "b.toml", term=("2020-01-01", "2025-12-31"))
    result = run("overview", ".", "--period", "2026-Q3")
    assert (result.code, result.out.splitlines()[0]) == (7, "1 of 2 files counted")
    assert result.err == (
        "b.toml: 2026-07-01 – 2026-09-30 is outside the term, 2020-01-01 – 2025-12-31.\n"
    )


def test_the_term_is_that_of_each_file(run: Run, tmp_path: Path) -> None:
    _ward(tmp_path / "a.toml")
    write_ward(tmp_path / "b.toml", term=("2020-01-01", "2025-12-31"))
    data = _data(run, ".", "--period", "nhiệm kỳ")
    assert [row["period"]["as_of"] for row in data["files"]] == ["2026-11-24", "2025-12-31"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["2026-Q3", "--as-of", "2026-09-30"], "give only one of: --as-of, --period."),
        (["2027-Q3"], "the period 2027-07-01 – 2027-09-30 has not begun yet."),
        (["2026-Q5"], "--period: '2026-Q5' is not a period; write one like 2026, "),
    ],
    ids=["two", "to come", "none"],
)
def test_a_period_that_cannot_be_is_refused_before_a_file_is_read(
    run: Run, tmp_path: Path, words: list[str], message: str
) -> None:
    (tmp_path / "a.toml").write_text("broken")
    result = run("overview", "a.toml", "--period", *words)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"Error: {message}")


def test_every_row_agrees_with_the_report_of_its_file_and_the_rows_with_the_totals(
    run: Run, tmp_path: Path
) -> None:
    country.write(tmp_path / "wards", 4)
    data = _data(run, "wards", "--period", "2023")
    for row in data["files"]:
        words = ("--period", "2023", "--file", row["path"], "--format", "json")
        period = json.loads(run("report", *words).out)["period"]
        kinds = [event["kind"] for event in period["events"]]
        assert row["period"]["became_overdue"] == kinds.count("became-overdue")
        completed = kinds.count("finished-on-time") + kinds.count("finished-late")
        assert row["period"]["completed"] == completed
    for name, total in data["totals"]["period"].items():
        assert total == sum(row["period"][name] for row in data["files"]), name
    assert data["totals"]["period"]["news"] > 0


def test_quarters_add_up_to_the_year(run: Run, tmp_path: Path) -> None:
    country.write(tmp_path / "wards", 3)
    year = _data(run, "wards", "--period", "2022")["totals"]["period"]
    quarters = [
        _data(run, "wards", "--period", f"2022-Q{number}")["totals"]["period"]
        for number in range(1, 5)
    ]
    assert year == {name: sum(each[name] for each in quarters) for name in year}


def test_the_columns_of_the_period_stand_behind_those_of_a_day(run: Run, tmp_path: Path) -> None:
    _ward(tmp_path / "a.toml")
    of_day, of_period = (
        next(csv.reader(io.StringIO(run("overview", "a.toml", *words, "--format", "csv").out)))
        for words in ((), ("--period", "2026-Q3"))
    )
    names = ("start", "end", "as_of", "in_term", "completed", "became_overdue", "news")
    assert of_period == [*of_day, *(f"period_{name}" for name in names)]
    text = run("overview", "a.toml", "--period", "2026-Q3", "--format", "csv").out
    assert text.splitlines()[1].endswith(",2026-07-01,2026-09-30,2026-09-30,true,2,2,3")


def test_json_of_a_period_is_what_its_schema_says(run: Run, tmp_path: Path) -> None:
    _ward(tmp_path / "a.toml")
    schema = json.loads(run("schema", "--of", "overview").out)
    data = _data(run, "a.toml", "--period", "2026-Q3")
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(data)


@pytest.mark.parametrize("columns", ["40", "80", "120", "200"])
def test_a_screen_of_any_width_says_what_the_period_brought(
    run: Run, tmp_path: Path, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ward(tmp_path / "a.toml")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("NO_COLOR", "1")
    shown = run("overview", "a.toml", "--period", "2026-Q3").out
    out = " ".join(re.sub("\x1b[^m]*m", "", shown).split())
    assert out.count("completed 2, became overdue 2, news 3") == (2 if int(columns) < 120 else 0)
    assert "news" in out
