"""No row of a table is lost in silence: it is added, or it is named with the reason."""

from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolution_cli.domain.model import Header, Resolution, Term
from resolution_cli.domain.plan_import import plan_import
from resolution_cli.exchange import plan_sheet, workbook
from resolution_cli.exchange.cells import Range, Sheet
from tests.support import examples

_HEADS = (
    ("STT", "Nội dung", "Đơn vị chủ trì", "Thời hạn", "Sản phẩm"),
    ("TT", "Chỉ tiêu", "ĐVT", "KH 2026", "KH 2027"),
    ("Nhiệm vụ", "Phối hợp", "Thời hạn"),
)
_LABELS = (None, "A", "I", "II", 1, 2, 1.1, "1.2", "1.1.1", "a)", "-", "Cộng", "STT")
_TITLES = (
    *(None, "", "Tổng cộng", "Nhiệm vụ", "Chỉ tiêu", "Khâu đột phá", "I. Kinh tế", "Đường hoa"),
    *("Chợ đêm\nven sông", "1. Sân chơi", "- Vườn", "Nhiệm vụ 1: Hồ", "Nội dung", 7, True, "(2)"),
)
_OTHERS = (
    *(None, "UBND; MTTQ", "31/12/2026", "hằng năm", "12/2026 hoặc 1/2027", "10.000", 12.5),
    *("dưới 2", "x", True, date(2027, 1, 1), date(1970, 1, 1), time(8), "1"),
)
_ROWS = st.lists(
    st.tuples(*map(st.sampled_from, (_LABELS, _TITLES, _OTHERS, _OTHERS, _OTHERS))), max_size=10
)
_COLUMNS, _NUMBERS = st.integers(0, 5), st.integers(1, 10)
_RANGES = st.lists(st.tuples(_NUMBERS, _COLUMNS, st.integers(0, 3), st.integers(0, 3)), max_size=3)


@given(st.sampled_from(_HEADS), _ROWS, _RANGES)
@settings(max_examples=examples(500))
def test_every_row_with_a_value_is_added_or_named(
    head: Sequence[str], rows: Sequence[Sequence[Any]], ranges: Sequence[Range]
) -> None:
    merged = tuple((row, left, row + down, left + right) for row, left, down, right in ranges)
    sheet = Sheet("Bảng", (head, *map(tuple, rows)), merged=merged)  # type: ignore[arg-type]  # `map` loses the types
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook, "read", lambda _path: (sheet,))
        tables, others = plan_sheet.tables(Path("a.xlsx"), {})
    before = Resolution(1, Header("Nghị quyết", Term(date(2025, 8, 18), date(2030, 12, 31))))
    made = plan_import(before, tables, date(2026, 11, 24))
    of_heads = sum(table.head[1] - table.head[0] + 1 for table in tables)
    of_rows = sum(_has_value(sheet, row) for row in range(len(sheet.rows)))
    assert not others
    assert len({each.row for each in made.left_out}) == len(made.left_out)
    assert of_heads + made.count + len(made.left_out) == of_rows


def _has_value(sheet: Sheet, row: int) -> bool:
    """Say whether a row has a value, or a cell that is merged below one that has."""
    above = dict.fromkeys(range(6), row)
    for top, left, bottom, _right in sheet.merged:
        if top < row <= bottom:
            above[left] = top
    return any(sheet.value(top, column) not in (None, "") for column, top in above.items())
