"""The cells of a workbook as values: texts, numbers, days; where they are; how many there may be.

Both readers, of Excel's files and of LibreOffice's, fill a `Grid`, which becomes a `Sheet`.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from msgspec import Struct

from resolution_cli import i18n
from resolution_cli.exchange.parts import PartBroken
from resolution_cli.i18n import _

MOST_ROWS = 20_000
"""Rows of a sheet at most, counted to the last one with a value: twice what a data file holds."""

MOST_COLUMNS = 500
"""Columns of a sheet at most, counted to the last one with a value."""

MOST_CHARACTERS = 32_767
"""Characters of a cell at most, as in Excel."""

Value = str | int | float | bool | date | datetime | time | None
"""What a cell holds: a formula counts as its last result, None as nothing."""

Place = tuple[int, int]
"""The row and the column of a cell, counted from 0."""

Range = tuple[int, int, int, int]
"""The first row, the first column, the last row and the last column, counted from 0."""


class Sheet(Struct, frozen=True):
    """A sheet of a workbook.

    Attributes:
        name: its name.
        rows: its values, row by row, from the cell A1 on; a row ends with its last value.
        is_hidden: it is not shown.
        merged: the ranges that are merged into one cell; the value is in the first of its cells.
        uncomputed: the cells with a formula that has no result.
        errors: the cells whose value is an error, such as `#REF!`.
        percents: the cells with a number that is shown as a percentage: 0.35 is 35 %.
        months: the cells with a day of which only the month and the year are shown.

    """

    name: str
    rows: tuple[tuple[Value, ...], ...]
    is_hidden: bool = False
    merged: tuple[Range, ...] = ()
    uncomputed: frozenset[Place] = frozenset()
    errors: Mapping[Place, str] = {}
    percents: frozenset[Place] = frozenset()
    months: frozenset[Place] = frozenset()

    def value(self, row: int, column: int) -> Value:
        """Return the value of a cell, which may lie outside of what the sheet has."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]


class Grid:
    """The cells of a sheet while it is read, within the limits.

    Args:
        name: the name of the sheet.
        is_hidden: it is not shown.

    """

    def __init__(self, name: str, *, is_hidden: bool) -> None:
        self.name = name
        self.is_hidden = is_hidden
        self.merged: list[Range] = []
        self.uncomputed: set[Place] = set()
        self.errors: dict[Place, str] = {}
        self.percents: set[Place] = set()
        self.months: set[Place] = set()
        self._rows: list[list[Value]] = []

    def put(self, row: int, column: int, value: Value) -> None:
        """Put a value into a cell.

        Raises:
            PartBroken: it is beyond the limits, which the message names with the cell.

        """
        if value is None or value == "":
            return
        if row >= MOST_ROWS:
            most = i18n.number(MOST_ROWS)
            self._refuse(row, column, _("it is below row {most}").format(most=most))
        if column >= MOST_COLUMNS:
            most = letters(MOST_COLUMNS - 1)
            self._refuse(row, column, _("it is right of column {most}").format(most=most))
        if isinstance(value, str) and len(value) > MOST_CHARACTERS:
            message = _("the text has {count} characters; a cell has at most {most}").format(
                count=i18n.number(len(value)), most=i18n.number(MOST_CHARACTERS)
            )
            self._refuse(row, column, message)
        while len(self._rows) <= row:
            self._rows.append([])
        cells = self._rows[row]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = value

    def sheet(self) -> Sheet:
        """Return the sheet that was read."""
        return Sheet(
            self.name,
            tuple(map(tuple, self._rows)),
            self.is_hidden,
            tuple(self.merged),
            frozenset(self.uncomputed),
            self.errors,
            frozenset(self.percents),
            frozenset(self.months),
        )

    def _refuse(self, row: int, column: int, message: str) -> None:
        where = _("sheet “{sheet}”, cell {cell}: {message}")
        raise PartBroken(
            where.format(sheet=self.name, cell=address(row, column), message=message),
            _("Is this the right file? If so, delete what does not belong to it."),
        )


def letters(column: int) -> str:
    """Return the name of a column, counted from 0: A, B, …, Z, AA."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name = chr(ord("A") + letter) + name
        column -= 1
    return name


def address(row: int, column: int) -> str:
    """Return the address of a cell, counted from 0: (0, 0) is A1."""
    return f"{letters(column)}{row + 1}"


def place_of(text: str) -> Place | None:
    """Return the cell that an address such as B7 or $B$7 is of; None if it is none."""
    match = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", text)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def range_of(text: str) -> Range | None:
    """Return the range that a text such as A1:C2 is of; None if it is none."""
    first, _colon, last = text.partition(":")
    start, end = place_of(first), place_of(last or first)
    return (*start, *end) if start and end else None


def number_of(text: str) -> int | float | None:
    """Return the number that a file has as `text`, to the 15 digits that are shown; None if none.

    A sum such as 0.1 + 0.2 has a sixteenth digit, which nobody sees.
    """
    try:
        value = float(text)
    except ValueError:
        return None
    if value.is_integer() and abs(value) < 10**15:
        return int(value)
    return float(f"{value:.15g}") if abs(value) < float("inf") else None
