"""Reports for Excel: real dates and numbers, sums, and no text that becomes a formula."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from resolution_cli.views.texts import clean
from tests.support import Run, hostile
from tests.written import PERIOD, rows_of_sheet, write_plan_of


@pytest.mark.usefixtures("commune")
def test_a_workbook_has_real_dates_and_numbers_and_the_word_with_the_colour(
    run: Run, tmp_path: Path
) -> None:
    run("report", "-o", "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Items"]
    head, first, *_rest = sheet.iter_rows()
    cells = {str(name.value): cell for name, cell in zip(head, first, strict=True)}
    assert isinstance(cells["Due"].value, datetime)
    assert cells["Progress"].value == 0.9
    assert cells["Progress"].number_format == "0%"
    assert cells["Verdict"].value == "overdue"
    rules = [rule.formula for ruled in sheet.conditional_formatting for rule in ruled.rules]
    assert ['$D2="overdue"'] in rules


@pytest.mark.usefixtures("commune")
def test_the_sums_of_a_period_are_numbers_in_a_workbook(run: Run, tmp_path: Path) -> None:
    run(*PERIOD, "-o", "out.xlsx")
    cover = dict(rows_of_sheet(tmp_path / "out.xlsx", "Report"))
    before, after = cover["Not done before the period"], cover["= not done at the end"]
    assert (
        before - cover["− finished on time"] - cover["− finished late"] + cover["+ reopened"]
        == after
    )


@pytest.mark.usefixtures("plan")
def test_in_a_workbook_a_due_date_that_the_file_has_not_is_an_empty_cell(
    run: Run, tmp_path: Path
) -> None:
    run("report", "-o", "out.xlsx")
    head, *rows = rows_of_sheet(tmp_path / "out.xlsx", "Items")
    dues = {row[0]: row[head.index("Due")] for row in rows}
    assert dues == {"T1": datetime(2026, 12, 31), "T2": None, "B1": None}  # noqa: DTZ001  # as Excel has it
    note = "2 items have no due date yet; the end of the term, 2029-12-31, is used instead."
    assert dict(rows_of_sheet(tmp_path / "out.xlsx", "Report"))["Due"] == note


@pytest.mark.usefixtures("commune")
def test_a_workbook_of_a_period_has_the_history_of_that_period_alone(
    run: Run, tmp_path: Path
) -> None:
    run("report", "--period", "2027-Q2", "-o", "out.xlsx")
    head, *rows = rows_of_sheet(tmp_path / "out.xlsx", "History")
    days = {row[head.index("Day")].date() for row in rows}
    assert (min(days) >= date(2027, 4, 1), max(days) <= date(2027, 6, 30)) == (True, True)
    run("report", "--as-of", "2027-06-30", "-o", "whole.xlsx")
    assert len(rows_of_sheet(tmp_path / "whole.xlsx", "History")) > len(rows) + 1


@pytest.mark.usefixtures("commune")
def test_every_table_of_a_workbook_is_ready_to_be_printed(run: Run, tmp_path: Path) -> None:
    run("report", "--period", "2027-Q2", "-o", "out.xlsx")
    _cover, *tables = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert len(tables) >= 3
    for sheet in tables:
        last = f"${get_column_letter(sheet.max_column)}${sheet.max_row}"
        assert sheet.print_area == f"'{sheet.title}'!$A$1:{last}"
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        foot = sheet.HeaderFooter.oddFooter
        assert foot is not None
        assert foot.center.text == "&P/&N"
        assert {cell.border.left.style for row in sheet.rows for cell in row} == {"thin"}


@hostile
def test_no_cell_of_a_workbook_is_a_formula(run: Run, tmp_path: Path, text: str) -> None:
    write_plan_of(text)
    run("report", "-o", "out.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "out.xlsx")
    for cell in (cell for sheet in workbook for row in sheet for cell in row):
        assert cell.data_type in {"s", "n", "d"}
        # Without this mark Excel reads a text anew, maybe as a formula or a date, once somebody
        # edits the cell.
        assert cell.quotePrefix or cell.data_type != "s"
    assert clean(text)[:1000] in str(workbook["Items"]["C2"].value)


@pytest.mark.usefixtures("plan")
def test_a_workbook_has_no_escape_that_excel_obeys_and_no_day_that_it_has_not(
    run: Run, plan: Path
) -> None:
    text = (
        plan.read_text(encoding="utf-8")
        .replace("Roads", "a_x001B_b")
        .replace("2025-01-01", "1000-01-01")
    )
    plan.write_text(
        text.replace('title = "Officials"', 'title = "Officials"\nstart = 1000-02-03'),
        encoding="utf-8",
    )
    run("report", "-o", "out.xlsx")
    values = [
        str(value) for row in openpyxl.load_workbook("out.xlsx")["Items"].values for value in row
    ]
    assert "a_x005F_x001B_b" in values
    assert "1000-02-03" in values
