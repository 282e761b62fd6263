"""The programs that read the tables of many files: pyarrow, DuckDB, Polars, Dask.

They are imported where a test needs them, since the quick suite runs without them.
"""

import io
import json
import re
import runpy
import subprocess
import sys
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from benchmarks import country

from resolution_cli import Table, TableAsked, UncountedFile, table_of_file
from resolution_cli.formats.table_columns import ColumnType, columns
from resolution_cli.formats.table_rows import RECORDS
from tests.support import HOSTILE, NOW, ROOT, WARD, Prove, Run, names_in, uncounted

pytestmark = pytest.mark.proof

_HOW_TO = ROOT / "docs" / "how-to.md"
_TODAY = NOW.date()

_DUCKDB_TYPES = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.TEXTS: "VARCHAR[]",
    ColumnType.FLAG: "BOOLEAN",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.NUMBER: "DOUBLE",
    ColumnType.DAY: "DATE",
    ColumnType.INSTANT: "TIMESTAMP WITH TIME ZONE",
}
_PARQUET_TYPES = {
    ColumnType.TEXT: "string",
    ColumnType.TEXTS: "list<element: string not null>",
    ColumnType.FLAG: "bool",
    ColumnType.INTEGER: "int32",
    ColumnType.NUMBER: "double",
    ColumnType.DAY: "date32[day]",
    ColumnType.INSTANT: "timestamp[us, tz=UTC]",
}
"""The types of docs/reference/data.md, as these programs write them."""


@pytest.fixture
def run(run: Run) -> Run:
    """Return `run`, which takes paths too."""
    return lambda *words: run(*map(str, words))


@pytest.fixture
def wards(tmp_path: Path) -> Path:
    """Return the folder of a generated country of twelve wards, beside a table of districts."""
    country.write(tmp_path / "wards", 12)
    lines = [
        f"wards/00/{number:04}.toml,District {1 + (number - 1) // 4}" for number in range(1, 13)
    ]
    index = "\n".join(["path,district", *lines, ""])
    (tmp_path / "wards.csv").write_text(index, encoding="utf-8")
    return tmp_path / "wards"


def _block(name: str) -> str:
    """Return an example of the how-to guide."""
    text = _HOW_TO.read_text(encoding="utf-8")
    block = re.search(rf"<!-- example: {name} -->\n```\w+\n(.*?)```", text, re.DOTALL)
    assert block, name
    return block[1]


def _lines(run: Run, *words: object) -> list[dict[str, Any]]:
    result = run("overview", *words, "--format", "ndjson")
    return [json.loads(line) for line in result.out.splitlines()]


@pytest.mark.parametrize("table", Table)
def test_pyarrow_reads_the_rows_and_the_types_that_are_documented(
    run: Run, wards: Path, table: Table
) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415  # see the docstring of this file

    words = (wards, WARD, "--table", table)
    result = run("overview", *words, "-o", "rows.parquet")
    assert (result.code, result.err) == (0, "Written to rows.parquet.\n")
    found = pq.read_table("rows.parquet")
    for column, field in zip(columns(RECORDS[table]), found.schema, strict=True):
        assert (field.name, str(field.type)) == (column.name, _PARQUET_TYPES[column.type])
        assert field.nullable is bool(column.null)
        assert field.metadata[b"description"].decode() == column.description
    rows, lines = found.to_pylist(), _lines(run, *words)
    assert len(rows) == len(lines) > 100
    assert [_plain(row) for row in rows] == [_plain(line) for line in lines]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with days as text, and instants in one zone."""
    return {
        name: datetime.fromisoformat(str(value)).astimezone(UTC)
        if name == "at" and value
        else value.isoformat()
        if isinstance(value, date)
        else value
        for name, value in row.items()
    }


@pytest.mark.parametrize("table", Table)
def test_duckdb_reads_the_same_rows_and_types_from_every_format(
    run: Run, wards: Path, table: Table
) -> None:
    for suffix in ("parquet", "ndjson", "csv"):
        run("overview", wards, WARD, "--table", table, "-o", f"rows.{suffix}")
    known = [*columns(RECORDS[table])]
    shape = {column.name: _DUCKDB_TYPES[column.type] for column in known}
    of_parquet = _sql("FROM 'rows.parquet'")
    assert dict(zip(of_parquet.columns, map(str, of_parquet.types), strict=True)) == shape
    _assert_same(of_parquet, _sql(f"FROM read_json('rows.ndjson', columns = {shape})"))

    joined = {**shape, **{name: "VARCHAR" for name, type_ in shape.items() if "[]" in type_}}
    of_csv = _sql(f"FROM read_csv('rows.csv', header = true, columns = {joined})")
    # In CSV, a list that is empty and one that is not there are the same.
    lists = {name: f"coalesce(array_to_string({name}, '; '), '')" for name in shape}
    as_csv = [lists[name] if "[]" in type_ else f'"{name}"' for name, type_ in shape.items()]
    texts = [f"coalesce({name}, '')" if "[]" in shape[name] else f'"{name}"' for name in shape]
    _assert_same(of_parquet.project(", ".join(as_csv)), of_csv.project(", ".join(texts)))


def _sql(query: str) -> Any:
    """Return what DuckDB answers to a query on files of the working folder."""
    return _database(Path.cwd()).sql(query)


@cache
def _database(_folder: Path) -> Any:
    """Return an empty database, for one folder: it may remember files by their relative names."""
    import duckdb  # noqa: PLC0415  # as above

    return duckdb.connect()


def _assert_same(one: Any, other: Any) -> None:
    """Assert that two relations of DuckDB have the same rows, each as often."""
    assert len(one) == len(other) > 100
    assert one.except_(other).fetchall() == other.except_(one).fetchall() == []


@pytest.mark.parametrize("table", Table)
def test_an_empty_table_is_a_parquet_file_with_its_columns(
    run: Run, plan: Path, table: Table
) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415  # as above

    plan.write_text(
        'schema = 1\n[resolution]\ntitle = "x"\nterm.start = 2026-01-01\nterm.end = 2026-12-31\n'
    )
    run("overview", plan, "--table", table, "-o", "rows.parquet")
    found = pq.read_table("rows.parquet")
    assert (found.num_rows, found.column_names) == (0, [*RECORDS[table].__struct_fields__])


def test_rows_are_written_in_groups(run: Run, wards: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415  # as above

    from resolution_cli.formats import parquet  # noqa: PLC0415  # it needs pyarrow

    monkeypatch.setattr(parquet, "ROWS_OF_A_GROUP", 50)
    run("overview", wards, "--table", "items", "-o", "rows.parquet")
    file = pq.ParquetFile("rows.parquet")
    groups = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
    file.close()
    assert groups == [50, 50, 20]


def test_parquet_is_the_same_bytes_on_every_run_also_through_a_pipe(run: Run, wards: Path) -> None:
    words = ["overview", str(wards), "--table", "milestones"]
    run(*words, "-o", "one.parquet")
    run(*words, "-o", "two.parquet")
    command = [sys.executable, "-m", "resolution_cli", *words, "--format", "parquet"]
    piped = subprocess.run(command, capture_output=True, check=True, env=uncounted()).stdout
    assert Path("one.parquet").read_bytes() == Path("two.parquet").read_bytes() == piped


def test_a_parquet_file_is_written_whole_or_not_at_all(
    run: Run, wards: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from resolution_cli.formats import parquet  # noqa: PLC0415  # it needs pyarrow

    monkeypatch.setattr(parquet, "ROWS_OF_A_GROUP", 50)
    array = parquet._array  # noqa: SLF001  # the step of a group
    made = []

    def failing(*of_column: Any) -> Any:
        made.append(of_column)
        if len(made) > 30:
            raise KeyboardInterrupt
        return array(*of_column)

    monkeypatch.setattr(parquet, "_array", failing)
    result = run("overview", wards, "--table", "items", "-o", "rows.parquet")
    assert (result.code, result.out) == (130, "")
    assert names_in(Path.cwd()) == ["wards", "wards.csv"]


def test_parquet_keeps_every_text(run: Run, tmp_path: Path, prove: Prove) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415  # as above

    term = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}
    for _name, text in HOSTILE:
        item = {"id": "A", "title": text, "tags": [text]}
        plan = {"schema": 1, "resolution": {"title": text, "term": term}, "tasks": [item]}
        (tmp_path / "a.toml").write_bytes(tomli_w.dumps(plan).encode())
        run("overview", "a.toml", "--table", "items", "-o", "rows.parquet", "--force")
        (row,) = pq.read_table("rows.parquet").to_pylist()
        assert (row["title"], row["body"], row["tags"]) == (text, text, [text])
    prove("hostile texts in Parquet", len(HOSTILE))


def test_duckdb_and_polars_answer_what_the_guide_asks(run: Run, wards: Path) -> None:
    (command,) = _block("sh").splitlines()
    assert run(*command.split()[1:]).code == 0
    rows = _sql(_block("sql")).fetchall()
    assert "".join(" | ".join(map(str, row)) + "\n" for row in rows) == _block("text")
    names: dict[str, Any] = {}
    exec(_block("polars"), names)  # noqa: S102  # our own
    assert names["overdue"].rows() == rows
    assert {(row[0], row[3]) for row in rows} == _overdue_by_the_list(run, wards)


def _overdue_by_the_list(run: Run, wards: Path) -> set[tuple[str, str]]:
    """Return the quarters and wards of which `tracker list` has an overdue digital transformation.

    The wards of this country are never two of a district in one quarter.
    """
    found = set()
    for path in wards.rglob("*.toml"):
        for year in range(2020, 2026):
            for quarter, end in enumerate(("03-31", "06-30", "09-30", "12-31"), 1):
                words = ("--tag", "chuyen doi so", "--verdict", "overdue", "--format", "ids")
                day = f"{year}-{end}"
                if day < "2020-08-15":
                    continue
                if run("list", "--file", path, "--as-of", day, *words).out:
                    body = f"Party organisation of ward {int(path.stem)} (an example)"
                    found.add((f"{year}-Q{quarter}", body))
    return found


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """Return the path of the script of the how-to guide, with parts of five files."""
    path = tmp_path / "country.py"
    text = _block("dask").replace("FILES_OF_A_PART = 500", "FILES_OF_A_PART = 5")
    path.write_text(text, encoding="utf-8")
    return path


def test_two_processes_of_dask_write_the_table_in_parts(
    run: Run, wards: Path, script: Path
) -> None:
    (wards / "00" / "0003.toml").write_text("x", encoding="utf-8")
    command = [sys.executable, str(script), f"{wards}/**/*.toml", "items"]
    environment = uncounted() | {"DASK_TEMPORARY_DIRECTORY": str(wards.parent / "workers")}
    done = subprocess.run(
        command, capture_output=True, check=False, env=environment, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert "0003.toml" in done.stderr
    assert names_in(Path("items")) == [f"part-{number:05}.parquet" for number in range(3)]
    run("overview", wards, "--table", "items", "--every", "quarter", "-o", "rows.parquet")
    _assert_same(_sql("FROM 'items/*.parquet'"), _sql("FROM 'rows.parquet'"))
    assert sum(count for _verdict, count in _sql(_block("parts")).fetchall()) == 110


def test_the_script_reads_and_writes_any_store_that_fsspec_knows(wards: Path, script: Path) -> None:
    import fsspec  # noqa: PLC0415  # as above
    import pyarrow.parquet as pq  # noqa: PLC0415

    part = runpy.run_path(str(script))["part"]
    store = fsspec.filesystem("memory")
    for path in wards.rglob("*.toml"):
        store.pipe(f"/country/{path.name}", path.read_bytes())
    store.pipe("/country/broken.toml", b"x")
    asked = TableAsked(Table.UPDATES, _TODAY, _TODAY, language="en")
    files = fsspec.open_files("memory://country/*.toml")
    (broken,) = part(7, files, asked, "memory://rows")
    assert isinstance(broken, UncountedFile)
    rows = pq.read_table(io.BytesIO(store.cat("/rows/part-00007.parquet"))).to_pylist()
    first = table_of_file(wards / "00" / "0001.toml", asked)
    assert not isinstance(first, UncountedFile)
    of_first = [row for row in rows if row["path"].endswith("/0001.toml")]
    assert len(of_first) == len(first.records) > 100
    store.rm("/country", recursive=True)
    store.rm("/rows", recursive=True)
