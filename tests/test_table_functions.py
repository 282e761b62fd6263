"""The Python functions from a file to its rows, and the columns of these."""

import os
import pickle
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from benchmarks import country

from resolution_cli import (
    Every,
    FileRecords,
    Table,
    TableAsked,
    UncountedFile,
    overview_of_content,
    overview_of_file,
    table_of_content,
    table_of_file,
)
from resolution_cli.domain.facts import FACTS
from resolution_cli.formats.rows import ItemRow
from resolution_cli.formats.table_columns import ColumnType, columns
from resolution_cli.formats.table_rows import RECORDS
from resolution_cli.storage import limits
from tests.support import LATER, NOW, ROOT, WARD

_DATA_DOCS = ROOT / "docs" / "reference" / "data.md"
_COLUMNS = re.compile(r"(<!-- columns: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_TODAY = NOW.date()
_ASKED = TableAsked(Table.ITEMS, date(2025, 3, 10), _TODAY, Every.QUARTER, "vi")


@pytest.fixture
def wards(tmp_path: Path) -> Path:
    """Return the folder of a generated country of four wards, one of them broken."""
    folder = tmp_path / "wards"
    country.write(folder, 4, faults=1)
    return folder


@pytest.mark.parametrize("table", Table)
def test_a_file_from_anywhere_has_the_rows_of_a_file_of_the_disk(wards: Path, table: Table) -> None:
    asked = TableAsked(table, date(2025, 3, 10), _TODAY, language="vi")
    for path in wards.rglob("*.toml"):
        of_content = table_of_content(str(path), path.read_bytes(), asked)
        assert of_content == table_of_file(path, asked)


def test_the_overview_of_a_file_from_anywhere_is_that_of_a_file_of_the_disk(wards: Path) -> None:
    for path in wards.rglob("*.toml"):
        day = date(2025, 3, 10)
        of_content = overview_of_content(str(path), path.read_bytes(), day, _TODAY)
        assert of_content == overview_of_file(path, day, _TODAY)


def test_an_address_is_the_path_of_its_rows() -> None:
    found = table_of_content("s3://country/01/0001.toml", WARD.read_bytes(), _ASKED)
    assert isinstance(found, UncountedFile)  # its term had not begun
    asked = TableAsked(Table.ITEMS, LATER.date(), LATER.date())
    found = table_of_content("s3://country/01/0001.toml", WARD.read_bytes(), asked)
    assert isinstance(found, FileRecords)
    assert {getattr(row, "path", "") for row in found.records} == {"s3://country/01/0001.toml"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\xff", "not UTF-8"),
        (b"x", "line 1"),
        (b"schema = 1", "[resolution]: missing"),
        (b"#\n" * (limits.LARGEST // 2 + 1), "the file is too large"),
        (b"#" * (limits.LONGEST_LINE + 1), "this line is longer than"),
        (b"," * (limits.MOST_VALUES + 1), "the file has too many values"),
    ],
    ids=["empty", "no text", "no TOML", "no resolution", "too large", "a long line", "many values"],
)
def test_content_that_is_no_resolution_is_an_answer_and_no_error(
    content: bytes, message: str
) -> None:
    found = table_of_content("a.toml", content, _ASKED)
    assert isinstance(found, UncountedFile)
    assert found.message.startswith("a.toml")
    assert message in found.message
    assert overview_of_content("a.toml", content, _TODAY, _TODAY) == found


def _sent(value: Any) -> Any:
    """Return a value as another process gets it."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301  # our own


@pytest.mark.parametrize("table", Table)
def test_the_function_of_one_file_can_be_mapped_in_other_processes(
    wards: Path, table: Table
) -> None:
    asked = TableAsked(table, date(2025, 3, 10), _TODAY, language="vi")
    paths = sorted(wards.rglob("*.toml"))
    function, its_paths, its_asked = _sent((table_of_file, paths, asked))
    found = [function(path, its_asked) for path in its_paths]
    assert _sent(found) == found == [table_of_file(path, asked) for path in paths]


def test_the_tables_have_all_that_the_lists_have() -> None:
    for table in (Table.ITEMS, Table.MILESTONES):
        assert {*ItemRow.__struct_fields__} <= {*RECORDS[table].__struct_fields__}
    assert {*FACTS} <= {*RECORDS[Table.UPDATES].__struct_fields__}


def test_every_column_is_said_to_be_what_it_is() -> None:
    for column in _every_column():
        assert column.description.endswith("."), column
        is_measured = column.type in {ColumnType.INTEGER, ColumnType.NUMBER}
        assert bool(column.unit) is is_measured, column


def _every_column() -> Iterator[Any]:
    for row in RECORDS.values():
        yield from columns(row)


def test_the_columns_in_the_reference_are_those_of_the_program() -> None:
    text = _DATA_DOCS.read_text(encoding="utf-8")
    filled = _COLUMNS.sub(lambda match: f"{match[1]}{_table(Table(match[2]))}{match[3]}", text)
    if os.environ.get("REWRITE_EXPECTED"):
        _DATA_DOCS.write_text(filled, encoding="utf-8", newline="\n")
    assert filled == _DATA_DOCS.read_text(encoding="utf-8")
    assert _COLUMNS.findall(text) == [
        ("<!-- columns: " + name + " -->\n", name, "<!-- end -->") for name in Table
    ]


def _table(table: Table) -> str:
    rows = [
        f"| `{column.name}` | {column.type} | {column.unit} | {column.description} | "
        f"{column.null} |\n"
        for column in columns(RECORDS[table])
    ]
    return "| column | type | unit | what it is | null |\n|---|---|---|---|---|\n" + "".join(rows)
