"""The rows below the head of a table, as they are numbered and titled."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from resolution_cli.domain.plan_columns import Column, SheetCell, SheetRow
from resolution_cli.exchange.cells import Sheet, Value, address
from resolution_cli.exchange.heads import Head, text_of
from resolution_cli.i18n import _

_COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,2}|[A-Z])[)\]]?( ?=[\d()+*/: -]+)?")
"""What stands below a head where its columns are numbered."""


class Rows:
    """The cells below a head; one that is merged over rows counts in each of them."""

    def __init__(self, sheet: Sheet, head: Head) -> None:
        self._sheet, self._head = sheet, head
        self._title = head.of(Column.TITLE)[0]
        self._milestone = next(iter(head.of(Column.MILESTONE)), None)
        self._number = next(iter(head.of(Column.NUMBER)), None)
        self._origin: dict[tuple[int, int], tuple[int, int]] = {}
        self._spread: set[tuple[int, int]] = set()
        last = len(sheet.rows) - 1
        others = {
            number
            for number, column in head.columns.items()
            if column not in (Column.NUMBER, Column.TITLE)
        }
        for top, left, bottom, right in sheet.merged:
            if top <= head.last:
                continue
            covered = range(left, right + 1)
            if right > left and any(column in covered for column in others):
                self._spread |= {(row, left) for row in range(top, min(bottom, last) + 1)}
            for row in range(top + 1, min(bottom, last) + 1):
                self._origin[row, left] = top, left

    def has_anything(self, row: int) -> bool:
        """Say whether a row has a value in any column."""
        return any(self._value(row, column) is not None for column in range(self._width(row)))

    def numbers_columns(self, row: int) -> bool:
        """Say whether nothing but numbers of the columns is in a row."""
        known = {
            column: text_of(value)
            for column in self._head.columns
            if (value := self._value(row, column)) is not None
        }
        return self._title in known and all(map(_COLUMN_NUMBER.fullmatch, known.values()))

    def of(self, row: int) -> Iterator[SheetRow]:
        """Yield what stands in a row: of one with a title and a piece of its work, both."""
        label = "" if self._number is None else self._label(row)
        title, is_spread = self._cell(row, self._title), self._is_spread(row)
        cells = {
            column: cell
            for number, column in self._head.columns.items()
            if column not in (Column.NUMBER, Column.TITLE, Column.MILESTONE)
            and (cell := self._cell(row, number)) is not None
        }
        if title is None and not cells:
            title, label, is_spread = self._beside(row, label)
        part = None if self._milestone is None else self._cell(row, self._milestone)
        if part is None:
            yield SheetRow(
                number=row + 1, label=label, title=title, cells=cells, is_spread=is_spread
            )
            return
        if title is not None:
            yield SheetRow(number=row + 1, label=label, title=title, is_divided=True)
        yield SheetRow(number=row + 1, title=part, cells=cells, is_part=True)

    def _beside(self, row: int, label: str) -> tuple[SheetCell | None, str, bool]:
        """Return the title of a row that has it in another column, as a heading may.

        With it, the number of the row, and whether it is spread over columns.
        """
        for column in range(self._width(row)):
            cell = self._cell(row, column)
            if cell is not None and isinstance(cell.value, str):
                is_label = column == self._number and len(label) < len("XVIII.1")
                if not is_label:
                    own = "" if column == self._number else label
                    return cell, own, (row, column) in self._spread
        return None, label, False

    def _is_spread(self, row: int) -> bool:
        return (row, self._title) in self._spread

    def _label(self, row: int) -> str:
        value = None if self._number is None else self._value(row, self._number)
        return "" if isinstance(value, date | datetime) else text_of(value)

    def _width(self, row: int) -> int:
        return max(len(self._sheet.rows[row]), max(self._head.texts, default=0) + 1)

    def _value(self, row: int, column: int) -> Value:
        return self._sheet.value(*self._origin.get((row, column), (row, column)))

    def _cell(self, row: int, column: int) -> SheetCell | None:
        """Return a cell; None if nothing is in it."""
        place = self._origin.get((row, column), (row, column))
        name = address(*place)
        if place in self._sheet.errors:
            message = _("the value is the error {error}").format(error=self._sheet.errors[place])
            return SheetCell(name, fault=message)
        if place in self._sheet.uncomputed:
            message = _("it has a formula without a result; open and save the file once more")
            return SheetCell(name, fault=message)
        value = self._sheet.value(*place)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        return SheetCell(name, value, place in self._sheet.percents, place in self._sheet.months)


def with_items(rows: Sequence[SheetRow]) -> Iterator[SheetRow]:
    """Yield the rows, an item that is repeated before each piece of its work only once."""
    yield from rows[:1]
    item = rows[0] if rows and not rows[0].is_part else None
    for before, row in pairwise(rows):
        if row.is_part:
            yield row
            continue
        is_same = (
            before.is_part
            and item is not None
            and not row.cells
            and (row.title and row.title.value) == (item.title and item.title.value)
        )
        if not is_same:
            item = row
            yield row
