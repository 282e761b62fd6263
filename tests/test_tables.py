"""`tracker overview --table`: the tables for other programs, without these programs."""

import csv
import errno
import io
import json
import os
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from benchmarks import country
from jsonschema import Draft202012Validator

from resolution_cli import (
    FileRecords,
    Table,
    TableAsked,
    UncountedFile,
    i18n,
    table_of_file,
)
from resolution_cli.actions import tabulating
from resolution_cli.cli import clock, delivery
from resolution_cli.domain.facts import FACTS
from resolution_cli.formats import ndjson
from resolution_cli.formats.registry import TABLE, formats
from resolution_cli.formats.table_rows import RECORDS
from resolution_cli.formats.tsv import cell_text
from resolution_cli.i18n import LANGUAGES
from tests.support import (
    LATER,
    NOW,
    SAMPLES,
    THREE_YEARS,
    UNSAFE,
    WARD,
    Run,
    hostile,
    names_in,
    posix,
)

_TODAY = NOW.date()

_MIDMONTH = """schema = 1
[resolution]
title.vi = "Nghị quyết"
title.en = "Resolution"
term.start = 2026-01-10
term.end = 2026-12-31
settings.cutoff_day = 14

[[tasks]]
id = "T1"
title.vi = "Đường"
title.en = "Roads"
lead = "=1+1"

[[tasks]]
id = "T2"
title = "Schools"
added = 2026-07-01
"""
"""A file whose months end on the 14th; an item of it came later."""


def _rows(run: Run, *words: object, code: int = 0) -> list[dict[str, Any]]:
    result = run("overview", *words, "--format", "ndjson")
    assert result.code == code, result.err
    return [json.loads(line) for line in result.out.splitlines()]


@pytest.fixture
def run(run: Run) -> Run:
    """Return `run`, which takes paths too."""
    return lambda *words: run(*map(str, words))


@pytest.fixture
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands run a few days after the last entry of the samples with a long history."""
    monkeypatch.setattr(clock, "now", lambda: LATER)


def _cells(text: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))]


@pytest.fixture
def wards(tmp_path: Path) -> Path:
    """Return the folder of a generated country of four wards, one of them broken."""
    folder = tmp_path / "wards"
    country.write(folder, 4, faults=1)
    return folder


@pytest.fixture
def midmonth(tmp_path: Path) -> Path:
    """Return the path of a file whose months end on the 14th."""
    path = tmp_path / "midmonth.toml"
    path.write_text(_MIDMONTH, encoding="utf-8")
    return path


@pytest.mark.parametrize("table", Table)
def test_every_line_is_what_the_schema_of_its_row_says(run: Run, wards: Path, table: Table) -> None:
    schema = json.loads(run("schema", "--of", f"{table.removesuffix('s')}-row").out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    rows = _rows(run, wards, WARD, "--table", table, code=7)
    for row in rows:
        validator.validate(row)
        assert [*row] == [*RECORDS[table].__struct_fields__]
    assert len({row["path"] for row in rows}) == 4


@pytest.mark.parametrize("table", Table)
def test_csv_has_the_same_rows_as_json(run: Run, wards: Path, table: Table) -> None:
    words = (wards, WARD, "--table", table)
    lines = _rows(run, *words, code=7)
    cells = _cells(run("overview", *words, "--format", "csv").out)
    assert len(cells) == len(lines) > 3
    for row, line in zip(cells, lines, strict=True):
        assert [*row] == [*line]
        assert row == {name: _cell(value) for name, value in line.items()}


def _cell(value: Any) -> str:
    """Return a value of JSON as a cell of CSV has it."""
    if isinstance(value, list):
        return cell_text(tuple(value))
    return cell_text(value) if isinstance(value, bool) or value is None else str(value)


_EVERY_FILE = [
    pytest.param(
        path,
        id=path.stem,
        marks=() if path in {WARD, THREE_YEARS} else pytest.mark.proof,
    )
    for path in (WARD, THREE_YEARS, *sorted((SAMPLES / "valid").glob("*.toml")))
]
"""Files of all kinds; the quick suite has those with the longest histories."""


@pytest.mark.usefixtures("_later")
@pytest.mark.parametrize("path", _EVERY_FILE)
def test_items_and_milestones_are_at_each_quarters_end_what_the_list_of_that_day_says(
    run: Run, path: Path
) -> None:
    _assert_as_listed(run, path)


@pytest.mark.proof
@pytest.mark.parametrize("number", range(1, 6))
def test_those_of_a_generated_ward_are_too(run: Run, tmp_path: Path, number: int) -> None:
    path = tmp_path / "ward.toml"
    path.write_text(country.ward(number, seed=3), encoding="utf-8")
    _assert_as_listed(run, path)


def _assert_as_listed(run: Run, path: Path) -> None:
    rows = {
        table: _by_day(_rows(run, path, "--table", table, "--every", "quarter"))
        for table in ("items", "milestones")
    }
    for day in sorted(rows["items"]):
        words = ("list", "--milestones", "--as-of", day, "--file", path, "--format", "json")
        listed = json.loads(run(*words).out)
        items = [_without(row, "due_on") for row in rows["items"][day]]
        assert items == listed["items"], day
        milestones = rows["milestones"].get(day, [])
        assert [_as_listed(row) for row in milestones] == listed.get("milestones", []), day


@pytest.mark.usefixtures("_later")
@pytest.mark.parametrize("path", _EVERY_FILE)
def test_targets_are_at_each_quarters_end_what_the_targets_of_that_day_are(
    run: Run, path: Path
) -> None:
    rows = _by_day(_rows(run, path, "--table", "targets", "--every", "quarter"))
    for day in sorted(rows):
        words = ("targets", "--as-of", day, "--file", path, "--format", "json")
        listed = json.loads(run(*words).out)["targets"]
        for row, known in zip(rows[day], listed, strict=True):
            plan = known.pop("plan")
            assert _without(row, "goal_year", "goal", "plan") == known
            assert row["plan"] == (plan[str(row["year"])] if row["year"] else None)
            goal = max(plan, default=None)
            assert (row["goal_year"], row["goal"]) == (
                (int(goal), plan[goal]) if goal else (None, None)
            )


def _by_day(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows by their day, without what says of which file and day they are."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        rest = _without(row, "path", "resolution", "body", "as_of", "period")
        found.setdefault(row["as_of"], []).append(rest)
    return found


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _as_listed(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of the table of milestones as `tracker list` has a milestone."""
    part = {name: row[name] for name in ("item", "weight", "added")}
    return {**_without(row, *part, "due_on", "led_by"), "part_of": part}


@pytest.mark.usefixtures("_later")
def test_updates_are_those_of_the_log_the_oldest_first(run: Run) -> None:
    rows = _rows(run, WARD, "--table", "updates")
    log = json.loads(run("log", "--file", WARD, "--format", "json").out)["updates"][::-1]
    for row, entry in zip(rows, log, strict=True):
        same = ("number", "on", "at", "by", "note", "evidence", "cause")
        assert {name: row[name] for name in same} == {name: entry[name] for name in same}
        assert row["item"].lower() == entry["item"].lower()
        new = {name: row[name] for name in FACTS if row[name] not in (None, [])}
        changes = {each["fact"]: each["new"] for each in entry["changes"]}
        assert new == {name: value for name, value in changes.items() if value is not None}
        assert row["cleared"] == [name for name, value in changes.items() if value is None]
    assert {row["kind"] for row in rows} == {"task", "milestone", "target"}


def test_updates_end_with_the_day_that_is_asked_for(run: Run) -> None:
    every = [row["on"] for row in _rows(run, WARD, "--table", "updates")]
    last_day = max(day for day in every if day < "2026-06-30")
    days = [row["on"] for row in _rows(run, WARD, "--table", "updates", "--as-of", last_day)]
    assert days == [day for day in sorted(every) if day <= last_day]
    assert days[-1] == last_day


def test_the_sums_of_a_table_are_those_of_the_overview(run: Run, wards: Path) -> None:
    rows = _rows(run, wards, "--table", "items", "--every", "year", code=7)
    targets = _rows(run, wards, "--table", "targets", "--every", "year", code=7)
    days = sorted({row["as_of"] for row in rows})
    assert days == [f"{year}-12-31" for year in range(2020, 2026)]
    for day in days:
        words = ("overview", wards, "--as-of", day, "--format", "json")
        totals = json.loads(run(*words).out)["totals"]
        verdicts = Counter(row["verdict"] for row in rows if row["as_of"] == day)
        assert +verdicts == +Counter(totals["verdicts"])
        achieved = Counter(row["verdict"] for row in targets if row["as_of"] == day)
        assert achieved["met"] + achieved["exceeded"] == totals["targets_met"]


def test_a_row_for_every_period_of_the_term_up_to_the_day_by_the_files_own_months(
    run: Run, midmonth: Path
) -> None:
    rows = _rows(run, midmonth, "--table", "items", "--every", "quarter")
    found = [(row["id"], row["as_of"], row["period"]) for row in rows]
    assert found == [
        ("T1", "2026-03-14", "2026-Q1"),
        ("T1", "2026-06-14", "2026-Q2"),
        ("T1", "2026-09-14", "2026-Q3"),
        ("T2", "2026-09-14", "2026-Q3"),
        ("T1", _TODAY.isoformat(), "2026-Q4"),
        ("T2", _TODAY.isoformat(), "2026-Q4"),
    ]


@pytest.mark.parametrize(
    ("every", "as_of", "days"),
    [
        ("year", "2026-11-24", ["2026-11-24"]),
        ("quarter", "2026-06-14", ["2026-03-14", "2026-06-14"]),
        ("quarter", "2026-06-15", ["2026-03-14", "2026-06-14", "2026-06-15"]),
        ("month", "2026-02-20", ["2026-01-14", "2026-02-14", "2026-02-20"]),
    ],
    ids=["one period", "its last day", "its first day", "months"],
)
def test_the_day_that_is_asked_for_ends_a_period_that_is_not_over(
    run: Run, midmonth: Path, every: str, as_of: str, days: list[str]
) -> None:
    rows = _rows(run, midmonth, "--table", "items", "--every", every, "--as-of", as_of)
    assert [row["as_of"] for row in rows if row["id"] == "T1"] == days


def test_after_the_term_its_last_period_is_the_last(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "over.toml"
    path.write_text(_MIDMONTH.replace("2026-12-31", "2026-07-31"), encoding="utf-8")
    rows = _rows(run, path, "--table", "items", "--every", "quarter")
    assert [row["as_of"] for row in rows if row["id"] == "T1"][-1] == "2026-09-14"


def test_a_term_that_begins_later_has_no_periods(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "later.toml"
    text = _MIDMONTH.replace("2026-01-10", "2027-01-10").replace("2026-12-31", "2027-12-31")
    path.write_text(text, encoding="utf-8")
    assert _rows(run, path, "--table", "items", "--every", "quarter") == []
    assert len(_rows(run, path, "--table", "items")) == 2


def test_without_every_a_row_is_as_of_the_day_and_of_no_period(run: Run, midmonth: Path) -> None:
    (row,) = _rows(run, midmonth, "--table", "items", "--as-of", "2026-03-01")
    assert (row["as_of"], row["period"]) == ("2026-03-01", None)


def test_a_milestone_says_who_leads_it_and_when_it_is_due_though_its_item_has_that(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "a.toml"
    milestone = '[[tasks.milestones]]\nid = "M"\ntitle = "Survey"\n\n[[tasks]]\nid = "T2"'
    path.write_text(_MIDMONTH.replace('[[tasks]]\nid = "T2"', milestone), encoding="utf-8")
    (row,) = _rows(run, path, "--table", "milestones")
    assert (row["lead"], row["led_by"], row["due"], row["due_on"], row["item"]) == (
        *(None, "=1+1"),
        *(None, "2026-12-31"),
        "T1",
    )


def test_the_texts_are_in_the_language_that_is_asked_for(run: Run, midmonth: Path) -> None:
    words = (midmonth, "--table", "items", "--as-of", "2026-03-01")
    titles = {code: _rows(run, *words, "--lang", code)[0]["title"] for code in ("en", "vi")}
    assert titles == {"en": "Roads", "vi": "Đường"}


@pytest.mark.usefixtures("_later")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", Table)
def test_the_language_of_rows_does_not_depend_on_that_of_the_process(
    run: Run, table: Table, language: str
) -> None:
    lines = _rows(run, WARD, "--table", table, "--lang", language)
    for of_process in LANGUAGES:
        i18n.use_language(of_process)
        asked = TableAsked(table, LATER.date(), LATER.date(), language=language)
        found = table_of_file(WARD, asked)
        assert isinstance(found, FileRecords)
        texts = ("body", "title", "unit")
        assert [{name: getattr(row, name, None) for name in texts} for row in found.records] == [
            {name: line.get(name) for name in texts} for line in lines
        ]


@pytest.mark.parametrize("table", [Table.MILESTONES, Table.TARGETS, Table.UPDATES])
def test_a_table_without_rows_is_empty(run: Run, midmonth: Path, table: Table) -> None:
    assert _rows(run, midmonth, "--table", table) == []
    written = run("overview", midmonth, "--table", table).out
    assert written == "\ufeff" + ",".join(RECORDS[table].__struct_fields__) + "\r\n"


def test_broken_files_are_named_and_the_others_have_their_rows(run: Run, wards: Path) -> None:
    result = run("overview", wards, "--table", "items", "-o", "items.csv")
    assert (result.code, result.out) == (7, "")
    assert "Written to items.csv." in result.err
    rows = _cells(Path("items.csv").read_text(encoding="utf-8"))
    named = _named_after(result.err, wards)
    assert len(named) == 1
    assert {row["path"] for row in rows} | named == {
        str(country.path_of(wards, number)) for number in range(1, 5)
    }


def _named_after(text: str, folder: Path) -> set[str]:
    """Return the files below a folder that a text names."""
    return {name for name in map(str, folder.rglob("*.toml")) if name in text}


def test_the_rows_are_the_same_on_every_run_and_in_any_order_of_the_paths(
    run: Run, wards: Path
) -> None:
    paths = sorted(wards.rglob("*.toml"))
    first = run("overview", *paths, "--table", "milestones").out
    assert run("overview", *reversed(paths), "--table", "milestones").out == first


_INDEX = "path,Quận huyện,body,district\nwards/00/0001.toml,Đống Đa,=1,\nwards/9.toml,x,y,z\n"


@pytest.mark.usefixtures("wards")
@pytest.mark.parametrize("table", Table)
def test_the_columns_of_an_index_stand_behind_those_of_the_table(run: Run, table: Table) -> None:
    Path("index.csv").write_text(_INDEX, encoding="utf-8")
    plain = _rows(run, "wards", "--table", table, code=7)
    words = ("wards", "--table", table, "--index", "index.csv")
    rows = _rows(run, *words, code=7)
    names = ["Quận huyện", "index_body", "district"]
    assert [_without(row, *names) for row in rows] == plain
    for row in rows:
        of_first = row["path"] == "wards/00/0001.toml"
        assert [*row][-3:] == names
        assert [*row.values()][-3:] == (["Đống Đa", "=1", None] if of_first else [None] * 3)
    result = run("overview", *words, "--format", "csv")
    cells = _cells(result.out)
    assert [*cells[0].values()][-3:] == ["Đống Đa", "'=1", ""]
    assert {*[row["Quận huyện"] for row in cells]} == {"Đống Đa", ""}
    assert "1 row of index.csv is of no file that was found: wards/9.toml (line 3)." in result.err


@pytest.mark.usefixtures("wards")
def test_every_column_of_an_index_has_a_name_of_its_own_whatever_the_case(run: Run) -> None:
    heads = ["path", "index_status", "Status", "a\x1bb", "a␛b", "index_0"]
    lines = [heads, ["wards/00/0001.toml", *"12345"]]
    Path("index.csv").write_text("".join(f"{','.join(cells)}\n" for cells in lines), "utf-8")
    names = ["index_status", "index_index_Status", "a␛b", "index_a␛b", "index_0"]
    words = ("wards", "--table", "items", "--index", "index.csv")
    assert [*_rows(run, *words, code=7)[0].items()][-5:] == [*zip(names, "12345", strict=True)]
    cells = _cells(run("overview", *words, "--format", "csv").out)
    assert [*cells[0].items()][-5:] == [*zip(names, "12345", strict=True)]


def test_two_files_with_one_id_are_named_and_both_have_rows(run: Run, tmp_path: Path) -> None:
    text = _MIDMONTH.replace("[resolution]", '[resolution]\nid = "x"')
    for name in "ab":
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    (tmp_path / "c.toml").symlink_to("a.toml")
    rows = _rows(run, ".", "--table", "items", code=7)
    assert [row["path"] for row in rows] == ["a.toml"] * 2 + ["b.toml"] * 2
    err = run("overview", ".", "--table", "items").err
    assert "The id x is that of several files, which are all counted: a.toml, b.toml." in err
    assert "c.toml is the same file as a.toml" in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--every", "quarter"], "--every needs --table."),
        (["--table", "updates", "--every", "year"], "--every does not go with the table of up"),
        (["--format", "parquet"], "the format parquet needs --table."),
        (["-o", "x.jsonl"], "the format ndjson needs --table."),
        (["--table", "items", "--format", "html"], "html is not a format of --table; choose one"),
        (["--table", "items", "-o", "x.docx"], "--output: the ending of 'x.docx' is not a format"),
        (["--table", "items", "--period", "2026"], "--table has all rows: it does not go with"),
        (["--table", "items", "--by", "term"], "--table has all rows: it does not go with"),
        (["--table", "items", "--verdict", "overdue"], "--table has all rows: it does not go"),
        (["--table", "thing"], "--table: 'thing' is not valid; choose one of: items, milestones"),
        (["--table", "items", "--every", "week"], "--every: 'week' is not valid; choose one of"),
        (["--table", "items", "--as-of", "2026-11-25"], "--as-of: 2026-11-25 is in the future"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_options_that_do_not_fit_together_are_refused(
    run: Run, midmonth: Path, words: list[str], message: str
) -> None:
    result = run("overview", midmonth, *words)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"Error: {message}")
    assert names_in(midmonth.parent) == ["midmonth.toml"]


def test_what_parquet_needs_is_said_where_it_is_not_installed(
    run: Run, midmonth: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "find_spec", lambda _name: None)
    result = run("overview", midmonth, "--table", "items", "-o", "items.parquet")
    assert (result.code, result.out) == (4, "")
    assert "parquet needs the package pyarrow, which is not installed" in result.err
    assert "-m pip install pyarrow" in result.err


@pytest.mark.parametrize("is_there", [False, True], ids=["new", "forced"])
@pytest.mark.parametrize(
    ("fault", "code"),
    [(KeyboardInterrupt(), 130), (OSError(errno.ENOSPC, "No space left on device"), 6)],
    ids=["Ctrl-C", "disk full"],
)
def test_a_table_is_written_whole_or_not_at_all(  # noqa: PLR0913  # cases
    run: Run,
    wards: Path,
    fault: BaseException,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_there: bool,
) -> None:
    output = Path("rows", "items.ndjson")
    output.parent.mkdir()
    if is_there:
        output.write_text("old", encoding="utf-8")
    written: list[Any] = []

    def failing(rows: Any) -> str:
        if len(written) == 2:
            raise fault
        written.append(rows)
        return "{}\n" * 100_000

    monkeypatch.setattr(ndjson, "lines", failing)
    result = run("overview", wards, "--table", "items", "-o", str(output), "--force")
    assert (result.code, result.out) == (code, "")
    assert names_in(output.parent) == (["items.ndjson"] if is_there else [])
    assert not is_there or output.read_text(encoding="utf-8") == "old"


def test_a_file_that_is_there_is_refused_before_anything_is_read(
    run: Run, wards: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("items.csv").write_text("old", encoding="utf-8")
    read: list[Path] = []
    monkeypatch.setattr(tabulating, "table_of_file", lambda path, **_asked: read.append(path))
    result = run("overview", wards, "--table", "items", "-o", "items.csv")
    assert (result.code, "items.csv already exists" in result.err, read) == (4, True, [])


def test_each_file_is_read_when_the_rows_before_it_are_written(
    run: Run, wards: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []

    def read(path: Path, asked: TableAsked) -> FileRecords | UncountedFile:
        steps.append("read")
        return table_of_file(path, asked)

    def lines(rows: Any) -> str:
        steps.append("written")
        return "".join("{}\n" for _row in rows)

    monkeypatch.setattr(tabulating, "table_of_file", read)
    monkeypatch.setattr(ndjson, "lines", lines)
    run("overview", wards, "--table", "items", "--format", "ndjson")
    assert Counter(steps) == {"read": 4, "written": 3}
    assert "read read read" not in " ".join(steps)


@hostile
def test_what_a_file_says_is_text_in_every_table(run: Run, tmp_path: Path, text: str) -> None:
    entry = {"item": "A", "on": date(2026, 6, 1), "note": text, "lead": text, "evidence": [text]}
    item = {"id": "A", "title": text, "lead": text, "tags": [text], "partners": [text]}
    term = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}
    plan = {
        "schema": 1,
        "resolution": {"title": text, "body": text, "term": term},
        "tasks": [item | {"milestones": [item | {"id": "M"}]}],
        "targets": [{"id": "C", "title": text, "unit": text, "plan": {"2026": 1}}],
        "updates": [entry],
    }
    path = tmp_path / "a.toml"
    path.write_bytes(tomli_w.dumps(plan).encode())
    for table in Table:
        (row,) = _rows(run, path, "--table", table)
        assert row["body"] == text
        as_json = run("overview", path, "--table", table, "--format", "ndjson").out
        as_csv = run("overview", path, "--table", table, "--format", "csv").out
        assert not UNSAFE & {*as_json, *as_csv.removeprefix("\ufeff").replace("\r\n", "\n")}
        (cells,) = _cells(as_csv)
        assert not any(value.lstrip()[:1] in {*"=+@"} for value in cells.values() if value)


@posix
def test_a_name_that_is_no_text_is_shown_nevertheless(run: Run, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.toml"))
    path.write_text(_MIDMONTH, encoding="utf-8")
    assert {row["path"] for row in _rows(run, ".", "--table", "items")} == {"?.toml"}


def test_tables_have_three_formats() -> None:
    assert [known.name for known in formats(TABLE)] == ["csv", "ndjson", "parquet"]
