"""A document as an Excel workbook: facts and texts on the first sheet, each table on its own.

There is no formula in it: a text stays a text, also when somebody edits it, and totals are numbers,
since whoever looks into the file without computing it would find a formula without a value.
"""

import io
import math
import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from resolution_cli import i18n
from resolution_cli.domain.model import COMPLETE
from resolution_cli.formats.sheet_colours import colour, shade
from resolution_cli.i18n import _
from resolution_cli.views import document
from resolution_cli.views.document import (
    Block,
    Bullets,
    Cell,
    Document,
    Facts,
    Heading,
    Paragraph,
    StackedBar,
    Table,
    Timeline,
    Value,
    capitalised,
)
from resolution_cli.views.texts import clean

_LONGEST_TEXT = 32_767
"""Characters that Excel takes in a cell, those beyond the first plane counted twice."""

_LINE_HEIGHT, _TALLEST_ROW = 15, 409
"""Points that a line of a cell takes, and that Excel gives a row at most."""

_FIRST_YEAR = 1900
"""Excel has no days before."""

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""How an escape of a character begins, which Excel would obey."""

_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
"""How many characters Excel takes as the name of a sheet, and which it refuses."""

_WIDEST_SHEET, _NARROW = 220, 12
"""Characters that fit beside each other on A4 and can be read; columns as narrow stay as they are.
"""

_LINE = Side("thin", color="A6A9B2")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FILLED = PatternFill("solid", fgColor="E4E5E8")
_TEXT, _NAME, _HEAD, _DAY, _NUMBER = (
    f"Tracker {of}" for of in ("text", "name", "head", "day", "number")
)
_TOTAL = " total"
"""The styles of cells, which an office can change for a whole workbook; and those of a total."""

_NAME_WIDTH, _TEXT_WIDTH = 30, 80
_FONT = "Times New Roman"
_CHARACTERS = 1.15
"""The font, and how many characters of a text a column holds, by its width in digits."""

_SIDE_MARGIN, _UPPER_MARGIN = 0.4, 0.75
"""The margins of a printed table, in inches."""


def draw(shown: Document) -> bytes:
    """Return `shown` as a workbook."""
    workbook = Workbook()
    title = shown.heads[0]
    workbook.properties.title = title
    workbook.properties.creator = ""
    for style in _styles():
        workbook.add_named_style(style)
    cover = workbook.active
    assert isinstance(cover, Worksheet)  # noqa: S101  # a new workbook has a sheet
    blocks = (*shown.blocks, *shown.appendix)
    _cover(cover, shown, blocks)
    for block in blocks:
        table = block.table if isinstance(block, Timeline) else block
        if isinstance(table, Table) and table.has_head:
            _table(workbook.create_sheet(), table)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _styles() -> Iterator[NamedStyle]:
    """Yield the styles of cells: setting one is many times as fast as setting font and border."""
    wrapped = Alignment(horizontal="left", vertical="top", wrap_text=True)
    alignments = {
        _TEXT: wrapped,
        _DAY: Alignment(horizontal="center", vertical="top"),
        _NUMBER: Alignment(horizontal="right", vertical="top"),
    }
    font, bold = Font(name=_FONT, size=11), Font(name=_FONT, size=11, bold=True)
    for name, alignment in alignments.items():
        yield NamedStyle(name, font=font, border=_BORDER, alignment=alignment)
        yield NamedStyle(name + _TOTAL, font=bold, border=_BORDER, alignment=alignment)
    yield NamedStyle(_NAME, font=bold, border=_BORDER, alignment=wrapped)
    yield NamedStyle(_HEAD, font=bold, border=_BORDER, alignment=wrapped, fill=_FILLED)


def _cover(sheet: Worksheet, shown: Document, blocks: Sequence[Block]) -> None:
    """Say what the workbook is of, with the facts and the texts of its document."""
    sheet.title = _("Report")
    has_facts = any(isinstance(block, Facts) for block in blocks)
    heads = () if has_facts and not shown.title else shown.heads
    rows: list[tuple[str, Value]] = [(line, None) for line in heads]
    for block in blocks:
        rows += _cover_rows(block)
    for line, (name, value) in enumerate(rows, start=1):
        _set(sheet.cell(line, 1), capitalised(name), _NAME)
        _set(sheet.cell(line, 2), value, _TEXT)
    for letter, width in (("A", _NAME_WIDTH), ("B", _TEXT_WIDTH)):
        sheet.column_dimensions[letter].width = width
    sheet.print_area = f"A1:B{sheet.max_row}"
    fit_to_width(sheet)


def _cover_rows(block: Block) -> Iterator[tuple[str, Value]]:
    match block:
        case Facts():
            yield from ((name, _value(cell)) for name, cell in block.rows)
        case Heading():
            yield block.text, None
        case Paragraph():
            yield "", document.text(block.words)
        case StackedBar():
            yield "", block.words
        case Bullets():
            yield from (("", line) for line in block.lines)


def _table(sheet: Worksheet, table: Table) -> None:
    """Write heads and rows, with filters, the heads staying in sight."""
    sheet.title = _sheet_name(table.name) or sheet.title
    columns = table.columns
    widths = _widths(table)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    heads = [capitalised(column.head) for column in columns]
    _row(sheet, 1, heads, widths, [_HEAD for _head in heads])
    usual = [_NUMBER if column.is_number else _TEXT for column in columns]
    for line, row in enumerate(table.rows, start=2):
        values = [_value(cell) for cell in row.cells]
        styles = [
            (_DAY if isinstance(value, date) else style) + (_TOTAL if row.is_total else "")
            for value, style in zip(values, usual, strict=True)
        ]
        _row(sheet, line, values, widths, styles)
        shade(sheet, line, row)
    sheet.freeze_panes = "B2"
    whole = f"A1:{get_column_letter(len(columns))}{max(sheet.max_row, 1)}"
    sheet.auto_filter.ref = whole
    sheet.print_area = whole
    _set_up_page(sheet)
    colour(sheet, table)


def _sheet_name(name: str) -> str:
    """Return a name as Excel takes it: not too long, without the characters that it refuses."""
    return _NOT_IN_NAMES.sub(" ", clean(name))[:_LONGEST_NAME].strip(" '")


def _widths(table: Table) -> list[float]:
    """Return the width of each column; where the sheet is too wide, texts take more lines."""
    widths = [column.width for column in table.columns]
    narrow = sum(width for width in widths if width <= _NARROW)
    scale = min(1, (_WIDEST_SHEET - narrow) / max(sum(widths) - narrow, 1))
    return [width if width <= _NARROW else max(width * scale, _NARROW) for width in widths]


def _row(
    sheet: Worksheet,
    line: int,
    values: Sequence[Value],
    widths: Sequence[float],
    styles: Sequence[str],
) -> None:
    """Write a row, as high as its longest text needs."""
    for number, (value, style) in enumerate(zip(values, styles, strict=True), start=1):
        _set(sheet.cell(line, number), value, style)
    lines = (_lines(value, width) for value, width in zip(values, widths, strict=True))
    sheet.row_dimensions[line].height = min(_LINE_HEIGHT * max(1, *lines), _TALLEST_ROW)


def _lines(value: Value, width: float) -> int:
    """Return how many lines a value takes in a column; words are not broken."""
    if not isinstance(value, str):
        return 1
    width *= _CHARACTERS
    count, used = 1, 0
    for word in value.split():
        length = len(word) + (1 if used else 0)
        if used and used + length > width:
            count, used, length = count + 1, 0, len(word)
        count += math.ceil(length / width) - 1
        used += length
    return count


def _set_up_page(sheet: Worksheet) -> None:
    fit_to_width(sheet)
    sheet.page_setup.orientation = "landscape"
    margins = sheet.page_margins
    margins.left = margins.right = _SIDE_MARGIN
    margins.top = margins.bottom = _UPPER_MARGIN
    sheet.print_title_rows = "1:1"
    head_and_foot = sheet.HeaderFooter
    for item, text in ((head_and_foot.oddHeader, "&A"), (head_and_foot.oddFooter, "&P/&N")):
        assert item is not None  # noqa: S101  # a new sheet has both
        # The name of the sheet above it; the page, and how many there are, below.
        item.center.text = text


def fit_to_width(sheet: Worksheet) -> None:
    """Let the sheet be printed on A4, on one page's width."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _value(cell: Cell) -> Value:
    return document.text(cell.words) if cell.value == "" else cell.value


def _set(cell: SheetCell | MergedCell, value: Value, style: str) -> None:
    """Put a value into a cell: a date as a date, a share as a percentage, a text as a text."""
    cell.style = style
    if isinstance(value, str):
        set_text(cell, value)
    elif isinstance(value, date) and value.year < _FIRST_YEAR:
        cell.value = value.isoformat()
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "dd/mm/yyyy" if i18n.language() == "vi" else "yyyy-mm-dd"
    else:
        cell.value = value
        cell.number_format = _number_format(value)


def set_text(cell: SheetCell | MergedCell, text: str) -> None:
    """Put a text into a cell, never a formula, and without control characters."""
    if not text:
        cell.value = None
        return
    units = _ESCAPE.sub("_x005F_", clean(text)).encode("utf-16-le")[: 2 * _LONGEST_TEXT]
    cell.value = units.decode("utf-16-le", "ignore")
    cell.data_type = "s"
    cell.quotePrefix = True  # else an edit makes a formula, a number or a date of it


def _number_format(value: float | Decimal | None) -> str:
    """Return how a number is shown: a share as a percentage, a figure with the decimals it has."""
    if isinstance(value, float):
        return "0%" if round(value * COMPLETE, 6).is_integer() else "0.0%"
    decimals = (
        max(-int(value.normalize().as_tuple().exponent), 0) if isinstance(value, Decimal) else 0
    )
    return ("#,##0." + "0" * decimals).rstrip(".") if isinstance(value, Decimal) else "General"
