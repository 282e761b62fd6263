"""CSV: its columns, and no cell that a spreadsheet takes for a formula."""

import csv
import io

import pytest

from resolution_cli.views.texts import clean
from tests.support import Run, hostile
from tests.written import VIEWS, write_plan_of


@pytest.mark.usefixtures("plan")
def test_csv_of_the_log_names_the_facts_that_an_entry_took_away(run: Run) -> None:
    run("update", "T1", "--clear", "lead", "--clear", "tags", "--progress", "50")
    rows = [*csv.DictReader(io.StringIO(run("log", "--format", "csv").out.removeprefix("\ufeff")))]
    assert [(row["progress"], row["lead"], row["cleared"]) for row in rows] == [
        ("50", "", "lead; tags"),
        ("40", "", ""),
    ]


@hostile
@pytest.mark.parametrize("view", ["list", "report", "log"])
def test_no_cell_of_csv_begins_as_a_formula(run: Run, text: str, view: str) -> None:
    write_plan_of(text)
    rows = [
        *csv.reader(io.StringIO(run(*VIEWS[view], "--format", "csv").out.removeprefix("\ufeff")))
    ]
    cells = [cell for row in rows for cell in row]
    assert len({len(row) for row in rows}) == 1
    assert not [
        cell
        for cell in cells
        if cell.lstrip()[:1] in {"=", "+", "-", "@", "\t", "\r"} and cell.strip("-0123456789")
    ]
    assert [cell for cell in cells if cell.removeprefix("'") == clean(text)]


@pytest.mark.parametrize("between", ["", '"', '""', ' " ', '"; "', "\u200b", "\xa0"])
@hostile
def test_no_cell_of_csv_is_a_formula_where_semicolons_part_cells(
    run: Run, text: str, between: str
) -> None:
    write_plan_of(f"x;{between}{text}")
    text = run("list", "--format", "csv").out.removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.lstrip()[:1] in {"=", "+", "-", "@"}]
