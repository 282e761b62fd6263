"""What stands in the cells of an office's table, as values: nothing is guessed."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from resolution_cli.domain import plan_cells
from resolution_cli.domain.model import Figure, Term, Want
from resolution_cli.domain.plan_cells import Due, Planned
from resolution_cli.domain.plan_columns import CellValue, SheetCell
from resolution_cli.domain.units import Units
from resolution_cli.errors import WrongInput
from resolution_cli.exchange import head_words

TERM = Term(date(2025, 8, 18), date(2030, 12, 31))


def _cell(value: CellValue, *, is_percent: bool = False, is_month: bool = False) -> SheetCell:
    return SheetCell("B7", value, is_percent, is_month)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/2026", "2026-12-31"),
        ("31 / 12 / 2026", "2026-12-31"),
        ("31-12-2026", "2026-12-31"),
        ("31.12.2026.", "2026-12-31"),
        ("2026-12-31", "2026-12-31"),
        ("ngày 5 tháng 3 năm 2027", "2027-03-05"),
        ("Chậm nhất ngày 5/3/2027", "2027-03-05"),
        ("12/2026", "2026-12-31"),
        ("02/2028", "2028-02-29"),
        ("Tháng 12/2026", "2026-12-31"),
        ("tháng 12 năm 2026", "2026-12-31"),
        ("T12/2026", "2026-12-31"),
        ("hết tháng 6/2027", "2027-06-30"),
        ("Quý IV/2026", "2026-12-31"),
        ("QUÝ 3 năm 2027", "2027-09-30"),
        ("Q1/2027", "2027-03-31"),
        ("6 tháng đầu năm 2027", "2027-06-30"),
        ("9 tháng năm 2027", "2027-09-30"),
        ("Năm 2027", "2027-12-31"),
        ("Na\u0306m  2027", "2027-12-31"),
        ("2027", "2027-12-31"),
        ("Hết năm 2027", "2027-12-31"),
        ("Đến cuối năm 2027", "2027-12-31"),
        ("Trong quý II/2027", "2027-06-30"),
        ("by the end of 2027", "2027-12-31"),
        ("until 2027-05-01", "2027-05-01"),
    ],
)
def test_a_due_date_that_is_written_out_is_its_last_day(text: str, day: str) -> None:
    assert plan_cells.due_of(_cell(text), TERM) == Due(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2027, 3, 1), date(2027, 3, 1)),
        (datetime(2027, 3, 1, 8), date(2027, 3, 1)),  # noqa: DTZ001  # cells have no zone
        (2027, date(2027, 12, 31)),
        (12.2026, date(2026, 12, 31)),  # what a spreadsheet makes of 12.2026
        (time(), None),
        ("", None),
        (" – ", None),
        ("không", None),
    ],
)
def test_a_due_date_in_a_cell_of_another_kind(value: CellValue, day: date | None) -> None:
    assert plan_cells.due_of(_cell(value), TERM) == Due(day)


def test_a_day_that_is_shown_as_a_month_is_that_month() -> None:
    cell = _cell(date(2026, 12, 1), is_month=True)
    assert plan_cells.due_of(cell, TERM) == Due(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hằng năm", None),
        ("hàng quý", None),
        ("Thường xuyên", None),
        ("Thường xuyên, hằng năm", None),
        ("Thực hiện thường xuyên", None),
        ("Cả nhiệm kỳ", None),
        ("ongoing", None),
        ("01/01/1970", None),
        ("trước 30/6/2027", "2027-06-30"),
        ("Hoàn thành trước ngày 30/6/2027", "2027-06-30"),
        ("Trước tháng 7/2027", "2027-06-30"),
        ("trước quý IV/2026", "2026-09-30"),
        ("2026-2028", "2028-12-31"),
        ("Từ năm 2026 đến năm 2028", "2028-12-31"),
    ],
)
def test_a_due_date_that_may_be_read_otherwise_comes_with_a_remark(
    text: str, day: str | None
) -> None:
    due = plan_cells.due_of(_cell(text), TERM)
    assert due.day == (day and date.fromisoformat(day))
    assert due.remark


@pytest.mark.parametrize(
    "value",
    [
        "12/2026 hoặc 1/2027",
        "Quý III-IV/2026",
        "30/6",
        "30/6/27",
        "đầu năm 2027",
        "giữa năm 2027",
        "năm nay",
        "this year",
        "sau khi có vốn",
        "31/6/2027",
        "13/2027",
        46388,
        True,
        time(8),
    ],
)
def test_a_due_date_that_is_not_clear_is_refused(value: CellValue) -> None:
    with pytest.raises(WrongInput):
        plan_cells.due_of(_cell(value), TERM)


@pytest.mark.parametrize(
    ("value", "unit", "planned"),
    [
        (1000, "hộ", Planned(Figure("1000"))),
        (0.1, "", Planned(Figure("0.1"))),
        ("1.234,5", "", Planned(Figure("1234.5"))),
        ("10 000".replace(" ", ""), "", Planned(Figure("10000"))),
        ("95%", "", Planned(Figure("95"), None, is_percent=True)),
        ("≥ 95 %", "%", Planned(Figure("95"), Want.AT_LEAST, is_percent=True)),
        (">=95", "", Planned(Figure("95"), Want.AT_LEAST)),
        ("ít nhất 3 trường", "trường", Planned(Figure("3"), Want.AT_LEAST)),
        ("từ 700 cây trở lên", "cây", Planned(Figure("700"), Want.AT_LEAST)),
        ("Dưới 0,2", "%", Planned(Figure("0.2"), Want.BELOW)),
        ("<1", "%", Planned(Figure("1"), Want.BELOW)),
        ("Trên 90", "", Planned(Figure("90"), Want.ABOVE)),
        ("không quá 5", "", Planned(Figure("5"), Want.AT_MOST)),
        ("-", "", None),
        ("không", "", None),
    ],
)
def test_a_figure_is_read_with_its_sign_and_its_unit(
    value: CellValue, unit: str, planned: Planned | None
) -> None:
    assert plan_cells.planned_of(_cell(value), unit) == planned


def test_a_percentage_of_a_spreadsheet_is_what_it_shows() -> None:
    planned = plan_cells.planned_of(_cell(0.075, is_percent=True))
    assert planned == Planned(Figure("7.5"), None, is_percent=True)
    assert plan_cells.planned_of(_cell(0, is_percent=True)) == Planned(
        Figure(Decimal(0)), None, is_percent=True
    )


@pytest.mark.parametrize("value", ["10.000", "5-6", "khoảng 10", "tăng 5 %", 1.2345678901234567e20])
def test_a_figure_that_is_not_clear_is_refused(value: CellValue) -> None:
    with pytest.raises(WrongInput):
        plan_cells.planned_of(_cell(value))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("UBND phường; Công an phường", ["UBND phường", "Công an phường"]),
        ("UBND phường\nCông an phường.", ["UBND phường", "Công an phường"]),
        ("- UBND phường;\n- Công an phường", ["UBND phường", "Công an phường"]),
        ("Ban A, Ban B", ["Ban A", "Ban B"]),
        ("BA, ban b", ["Ban A", "Ban B"]),
        ("BA\nBAN  A", ["Ban A"]),
        ("UBND phường; UBND phường", ["UBND phường"]),
        ("Không", []),
    ],
)
def test_units_are_parted_by_lines_and_semicolons_and_known_ones_by_commas(
    text: str, found: list[str]
) -> None:
    units = Units({"Ban A": ("BA",), "Ban B": ()}, ())
    assert plan_cells.units_in(_cell(text), units) == (found, [])


def test_a_comma_in_an_unknown_name_is_said_and_not_taken_for_an_end() -> None:
    found, (remark,) = plan_cells.units_in(_cell("Phòng Kinh tế, Hạ tầng"), Units({}, ()))
    assert found == ["Phòng Kinh tế, Hạ tầng"]
    assert "taken as one unit" in remark


def test_a_new_unit_that_is_nearly_a_known_one_is_said() -> None:
    units = Units({"Ủy ban nhân dân phường": ()}, ())
    found, remarks = plan_cells.units_in(_cell("UBND P"), units)
    assert found == ["UBND P"]
    assert remarks == ["“UBND P” is a new unit, and nearly “Ủy ban nhân dân phường”"]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("Thời hạn", "due"),
        ("THOI  GIAN HOAN THANH", "due"),
        ("Tiến độ hoàn thành", "due"),
        ("Tiến độ", None),
        ("Đơn vị", None),
        ("Đơn vị chủ trì, phối hợp", None),
        ("Kết quả đầu ra", "product"),
        ("Kết quả thực hiện", None),
        ("Công việc cụ thể", "milestone"),
        ("Trọng số", "weight"),
        ("Thực hiện 2025", None),
        ("Giai đoạn 2026-2030", None),
        ("Kế hoạch năm 2026", "plan.2026"),
        ("Phấn đấu đến hết năm 2030", "plan.2030"),
        ("Ghi chú", None),
        ("Ngày bắt đầu", "start"),
        ("Nội dung " + "x" * 200, None),
        ("", None),
    ],
)
def test_a_head_is_one_column_or_none(head: str, column: str | None) -> None:
    assert head_words.column_of(head) == column
