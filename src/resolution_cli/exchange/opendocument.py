"""The sheets of an OpenDocument spreadsheet (ods), by OASIS OpenDocument 1.3."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from resolution_cli.exchange.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    Grid,
    Sheet,
    Value,
    number_of,
)
from resolution_cli.exchange.parts import Handler, Parts, damaged, too_many_cells

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "

_SHOWN = "shown"
"""Where the text that a cell shows is kept among its attributes."""

_MOST_REPEATED = 500_000
"""Cells at most that are made of those that the file has once, with the number of their repeats."""

_SPACES = re.compile(r"[ \t\r\n]+")
_DURATION = re.compile(r"PT(\d{1,5})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")


def read(parts: Parts) -> list[Sheet]:
    """Return the sheets of a spreadsheet, in its order.

    Raises:
        PartBroken: it is damaged, or beyond a limit.

    """
    found = _Tables()
    parts.read("content.xml", found)
    if not found.grids:
        raise damaged()
    return [grid.sheet() for grid in found.grids]


class _Tables(Handler):
    """The tables of a spreadsheet, each put into a grid."""

    def __init__(self) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._row = self._column = 0
        self._row_repeats = 1
        self._cells: list[tuple[int, int, Value, Mapping[str, str]]] = []
        self._cell: Mapping[str, str] = {}
        self._lines: list[str] = []
        self._depth_of_remark = 0
        self._repeated = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._depth_of_remark or name == "annotation":
            self._depth_of_remark += 1
            return
        match name:
            case "table-cell" | "covered-table-cell":
                self._cell = attributes
                self._lines = []
            case "p":
                self.is_text = True
            case "s":
                self._add(" " * min(_count(attributes, _TEXT + "c"), 1000))
            case "tab":
                self._add("\t")
            case "line-break":
                self._add("\n")
            case _:
                self._start_other(name, attributes)

    def _start_other(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "table-row":
                self._row_repeats = _count(attributes, _TABLE + "number-rows-repeated")
                self._column = 0
                self._cells = []
            case "table":
                is_hidden = attributes.get(_TABLE + "style-name") in self._hidden_styles
                self.grids.append(Grid(attributes.get(_TABLE + "name", ""), is_hidden=is_hidden))
                self._row = 0
            case "style":
                self._style = attributes.get(_STYLE + "name", "")
            case "table-properties":
                if attributes.get(_TABLE + "display") == "false":
                    self._hidden_styles.add(self._style)

    def end(self, name: str) -> None:
        if self._depth_of_remark:
            self._depth_of_remark -= 1
            return
        match name:
            case "p":
                self._lines.append(self.taken_text())
            case "table-cell" | "covered-table-cell":
                self._end_cell("\n".join(self._lines))
            case "table-row":
                self._end_row()

    def text(self, piece: str) -> None:
        """Take a piece of text: a line's end in it is a space, as are several spaces."""
        super().text(_SPACES.sub(" ", piece))

    def _add(self, text: str) -> None:
        if self.is_text:
            self.texts.append(text)

    def _end_cell(self, text: str) -> None:
        """Keep a cell that has something, with how often it is repeated."""
        count = _count(self._cell, _TABLE + "number-columns-repeated")
        value = _value(self._cell, text)
        formula = self._cell.get(_TABLE + "formula")
        if value is not None or formula is not None or _span(self._cell) != (1, 1):
            self._cells.append((self._column, count, value, {**self._cell, _SHOWN: text}))
        self._column += count

    def _end_row(self) -> None:
        """Put the cells of a row into the grid, as often as the row and each cell are repeated."""
        if self._cells:
            # One more than the limit is refused by name; the others need not be tried.
            for row in range(self._row, self._row + min(self._row_repeats, MOST_ROWS + 1)):
                for column, count, value, cell in self._cells:
                    for each in range(column, column + min(count, MOST_COLUMNS + 1)):
                        self._put(row, each, value, cell)
        self._row += self._row_repeats

    def _put(self, row: int, column: int, value: Value, cell: Mapping[str, str]) -> None:
        self._repeated += 1
        if self._repeated > _MOST_REPEATED:
            raise too_many_cells()
        if not self.grids:
            raise damaged()
        grid = self.grids[-1]
        rows, columns = _span(cell)
        if (rows, columns) != (1, 1):
            grid.merged.append((row, column, row + rows - 1, column + columns - 1))
        if cell.get(_CALC + "value-type") == "error":
            grid.errors[row, column] = str(value or "#")
            return
        if value is None:
            if _OFFICE + "value-type" not in cell and _TABLE + "formula" in cell:
                grid.uncomputed.add((row, column))
            return
        if cell.get(_OFFICE + "value-type") == "percentage":
            grid.percents.add((row, column))
        if isinstance(value, date) and _is_month(value, cell.get(_SHOWN, "")):
            grid.months.add((row, column))
        grid.put(row, column, value)


def _value(cell: Mapping[str, str], text: str) -> Value:
    """Return the value of a cell with this shown `text`; None where there is none."""
    match cell.get(_OFFICE + "value-type"):
        case "float" | "percentage" | "currency":
            number = number_of(cell.get(_OFFICE + "value", ""))
            if number is None:
                raise damaged()
            return number
        case "date":
            return _day(cell.get(_OFFICE + "date-value", ""), text)
        case "time":
            return _time(cell.get(_OFFICE + "time-value", ""), text)
        case "boolean":
            return cell.get(_OFFICE + "boolean-value") == "true"
    return cell.get(_OFFICE + "string-value", text) or None


def _is_month(day: date, shown: str) -> bool:
    """Say whether `shown` has nothing of a day but its month and its year."""
    numbers = [*map(int, re.findall(r"[0-9]{1,4}", shown))]
    years = [day.year], [day.year % 100]
    return day.day == 1 and numbers in (*years, *([day.month, *year] for year in years))


def _day(value: str, text: str) -> Value:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return text or None
    return found if found.time() != time() else found.date()


def _time(value: str, text: str) -> Value:
    match = _DURATION.fullmatch(value)
    hours, minutes, seconds = map(int, match.groups()) if match else (24, 0, 0)
    try:
        return time(hours, minutes, seconds)
    except ValueError:  # a duration of a day or more, or none
        return text


def _span(cell: Mapping[str, str]) -> tuple[int, int]:
    """Return how many rows and columns a cell covers."""
    rows = _count(cell, _TABLE + "number-rows-spanned")
    return rows, _count(cell, _TABLE + "number-columns-spanned")


def _count(attributes: Mapping[str, str], name: str) -> int:
    """Return the number of an attribute, from 1; it is 1 if there is none."""
    text = attributes.get(name, "")
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,6}", text) else 1
