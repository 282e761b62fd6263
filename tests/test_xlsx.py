"""Reports for Excel: real dates and numbers, sums, and no text that becomes a formula."""

import json
import re
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from resolution_cli.views.texts import clean
from tests.support import WARD, Run, hostile
from tests.written import PERIOD, rows_of_sheet, write_plan_of

_LOOKS_LIKE_A_VALUE = re.compile(r"[\d.,]+\s?%?|\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}")
_WARD = ("report", "--period", "2027-Q4", "--file", str(WARD))


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
    head, *rows = rows_of_sheet(tmp_path / "out.xlsx", "Updates")
    days = {row[head.index("Day")].date() for row in rows}
    assert (min(days) >= date(2027, 4, 1), max(days) <= date(2027, 6, 30)) == (True, True)
    run("report", "--as-of", "2027-06-30", "-o", "whole.xlsx")
    assert len(rows_of_sheet(tmp_path / "whole.xlsx", "Updates")) > len(rows) + 1


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_sheet_of_a_workbook_is_ready_to_be_printed(
    run: Run, tmp_path: Path, language: str
) -> None:
    run(*_WARD, "--lang", language, "-o", "out.xlsx")
    cover, *tables = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert cover.print_area == f"'{cover.title}'!$A$1:$B${cover.max_row}"
    assert {cell.border.left.style for row in cover.rows for cell in row} == {"thin"}
    assert (cover.page_setup.fitToWidth, cover.page_setup.fitToHeight) == (1, 0)
    assert len(tables) == 6
    for sheet in tables:
        last = f"${get_column_letter(sheet.max_column)}${sheet.max_row}"
        assert sheet.print_area == f"'{sheet.title}'!$A$1:{last}"
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        foot = sheet.HeaderFooter.oddFooter
        assert foot is not None
        assert foot.center.text == "&P/&N"
        assert {cell.border.left.style for row in sheet.rows for cell in row} == {"thin"}


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize("language", ["en", "vi"])
def test_on_every_sheet_numbers_are_numbers_and_dates_are_dates(run: Run, language: str) -> None:
    run(*_WARD, "--lang", language, "-o", "out.xlsx")
    workbook = openpyxl.load_workbook("out.xlsx")
    assert len(workbook.sheetnames) == 7
    found = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in workbook
        for row in sheet
        for cell in row
        if isinstance(cell.value, str) and _LOOKS_LIKE_A_VALUE.fullmatch(cell.value)
    ]
    # Only the numbers of milestones, such as 1.1 behind 1, are no numbers: 1.1 is not 1.10.
    assert {value.count(".") for _sheet, _place, value in found} == {1}
    annex = workbook.worksheets[1].title
    assert {(sheet, place[0]) for sheet, place, _value in found} == {(annex, "A")}
    for sheet in workbook.worksheets[1:]:
        for column in sheet.iter_cols(min_row=2):
            kinds = {type(cell.value) for cell in column if cell.value is not None}
            assert kinds in ({str}, {datetime}, {int}, {float}, {int, float}, set()) or (
                (sheet.title, column[0].coordinate) == (annex, "A2")
            ), (sheet.title, column[0].coordinate)


@pytest.mark.usefixtures("commune")
def test_figures_of_targets_are_the_numbers_that_they_are_and_no_percentages(run: Run) -> None:
    run(*_WARD, "-o", "out.xlsx")
    data = json.loads(run(*_WARD, "--format", "json").out)
    sheet = openpyxl.load_workbook("out.xlsx")["Targets"]
    head, *rows = sheet.iter_rows()
    names = [str(cell.value) for cell in head]
    figure, share = names.index("Latest figure"), names.index("Share of the plan")
    shown = {row[0].value: row for row in rows}
    for target in data["targets"]:
        assert shown[target["id"]][figure].value == target["value"]
    formats = {key: row[figure].number_format for key, row in shown.items() if row[figure].value}
    assert (formats["C1"], formats["C2"]) == ("#,##0.0", "#,##0")
    assert (shown["C2"][share].value, shown["C2"][share].number_format) == (1.03, "0%")
    assert shown["C3"][share].number_format == "0.0%"


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize(
    ("language", "sheet", "names"),
    [
        ("en", "Table of items", ("No.", "Id", "Due", "Result and evidence")),
        ("vi", "Biểu tổng hợp nhiệm vụ", ("STT", "Mã", "Thời hạn", "Kết quả, tài liệu minh chứng")),
    ],
)
def test_the_table_of_results_is_a_sheet_with_milestones_below_their_items(
    run: Run, language: str, sheet: str, names: tuple[str, ...]
) -> None:
    run(*_WARD, "--lang", language, "-o", "out.xlsx")
    head, *rows = rows_of_sheet(Path("out.xlsx"), sheet)
    places = [head.index(name) for name in names]
    assert len(rows) == 51
    assert [tuple(row[place] for place in places) for row in rows[4:7]] == [
        (
            "1.4",
            "T1.4",
            datetime(2028, 3, 31),  # noqa: DTZ001  # as Excel has it
            "Ban hành kế hoạch sơ kết [Kế hoạch 61-KH/ĐU, 16/12/2027]",
        ),
        ("1.5", "T1.5", datetime(2030, 4, 30), None),  # noqa: DTZ001
        (2, "T2", datetime(2028, 12, 31), None),  # noqa: DTZ001
    ]


@pytest.mark.usefixtures("commune")
def test_what_is_done_late_is_not_green(run: Run) -> None:
    run(*_WARD, "-o", "out.xlsx")
    rules = {
        rule.formula[0].partition("=")[2].strip('"'): rule.dxf.fill.bgColor.rgb[-6:]
        for ruled in openpyxl.load_workbook("out.xlsx")["Milestones"].conditional_formatting
        for rule in ruled.rules
    }
    assert rules["done late"] == rules["behind"] != rules["done on time"]


@pytest.mark.usefixtures("plan")
def test_a_unit_whose_name_no_sheet_may_have_has_a_sheet(run: Run) -> None:
    run("update", "T2", "--lead", "'Hội/Đoàn [A]: *?'")
    assert run("next", "--period", "2026", "-o", "out.xlsx").code == 0
    assert "Hội Đoàn  A" in openpyxl.load_workbook("out.xlsx").sheetnames


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
