"""The colours of the cells of a workbook."""

import math
from functools import cache

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from resolution_cli.domain.model import COMPLETE
from resolution_cli.views.document import Row, Table, Tone

_FILLS = {Tone.RED: "F9D6D2", Tone.AMBER: "FCE8C5", Tone.GREEN: "D5EDDB", Tone.GREY: "E4E5E8"}
_GROUNDS = {Tone.RED: "EF9A92", Tone.AMBER: "F6C25B", Tone.GREEN: "8ACB9C", Tone.GREY: "B9BCC3"}
_WHITE, _STEPS, _LEAST_DEPTH = 255, 10, 0.15
"""The grounds of cells with a share of all; how many there are of each between it and white, and
how much colour all of them have at least."""


def shade(sheet: Worksheet, line: int, row: Row) -> None:
    """Give cells their grounds: the larger the share, the further from white."""
    for number, cell in enumerate(row.cells, start=1):
        if cell.shade:
            sheet.cell(line, number).fill = _ground(cell.shade.tone, _step(cell.shade.share))


def _step(share: float) -> int:
    """Return which of `_STEPS` a share, in percent, falls on: at least the first."""
    return max(math.ceil(share * _STEPS / COMPLETE), 1)


@cache
def _ground(tone: Tone, step: int) -> PatternFill:
    depth = _LEAST_DEPTH + (1 - _LEAST_DEPTH) * step / _STEPS
    parts = (int(_GROUNDS[tone][start : start + 2], 16) for start in (0, 2, 4))
    mixed = (round(_WHITE - (_WHITE - part) * depth) for part in parts)
    return PatternFill("solid", fgColor="".join(f"{part:02X}" for part in mixed))


def colour(sheet: Worksheet, table: Table) -> None:
    """Give the words of a column their colours by rules, which hold when somebody edits them."""
    for number, column in enumerate(table.columns, start=1):
        letter = get_column_letter(number)
        cells = f"{letter}2:{letter}{max(sheet.max_row, 2)}"
        for words, tone in column.tones.items():
            quoted = words.replace('"', '""')
            fill = PatternFill("solid", bgColor=_FILLS[tone])
            formula = f'${letter}2="{quoted}"'
            rule = FormulaRule([formula], fill=fill)  # type: ignore[no-untyped-call]  # it has none
            sheet.conditional_formatting.add(cells, rule)
