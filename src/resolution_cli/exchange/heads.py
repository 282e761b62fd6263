"""The heads of the tables in a sheet: which rows they are, and what each of their columns is.

Titles above a head are skipped; a head has one or two rows. A sheet may have several tables, and
the same head again where a printed page begins.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from resolution_cli.domain.plan_columns import Column
from resolution_cli.exchange import head_words
from resolution_cli.exchange.cells import MOST_COLUMNS, Range, Sheet, Value

MOST_HEAD_ROWS = 60
"""The rows of a sheet in which its first head is looked for."""

MOST_ROWS = 1_000
"""Rows with a value that a sheet has at most: a plan has some hundred."""

_FEWEST_HEADS = 2
"""Columns that are known in a row that is taken for the head."""

_FEWEST_HEADS_AGAIN = 3
"""The same of a further head, below rows of data."""


class Head(Struct, frozen=True):
    """The head of a table.

    Attributes:
        first, last: its rows, from 0.
        texts: what stands above each column, by its number.
        columns: what each of the columns is that are known.

    """

    first: int
    last: int
    texts: Mapping[int, str]
    columns: Mapping[int, str]

    def of(self, column: str) -> list[int]:
        """Return the columns that are `column`, by number."""
        return [number for number, each in self.columns.items() if each == column]


def heads_of(sheet: Sheet, mapped: Mapping[str, str]) -> list[Head]:
    """Return the heads in a sheet.

    Args:
        sheet: the sheet.
        mapped: the columns that a person named, by their heads.

    """
    scan = _Scan(sheet, {head_words.form_of(head): column for head, column in mapped.items()})
    found: list[Head] = []
    row = 0
    while row < len(sheet.rows) and (found or row < MOST_HEAD_ROWS):
        head = scan.head_at(row)
        if head is None or (found and len(head.columns) < _FEWEST_HEADS_AGAIN):
            row += 1
            continue
        found.append(head)
        row = head.last + 1
    return found


def row_of(sheet: Sheet, row: int) -> list[tuple[int, Value]]:
    """Return the columns of a row that have a value, each with it."""
    cells = sheet.rows[row] if row < len(sheet.rows) else ()
    return [(column, value) for column, value in enumerate(cells) if text_of(value).strip()]


def text_of(value: Value) -> str:
    """Return a value as text, empty for nothing."""
    return "" if value is None else str(value)


class _Scan:
    """A sheet in which heads are looked for, with the columns that a person named."""

    def __init__(self, sheet: Sheet, mapped: Mapping[str, str]) -> None:
        self._sheet, self._mapped = sheet, mapped
        self._merged: defaultdict[int, list[Range]] = defaultdict(list)
        for each in sheet.merged:
            self._merged[each[0]].append(each)

    def head_at(self, row: int) -> Head | None:
        """Return the head that begins in a row: it has titles, and one more column."""
        for last in self._last_rows(row):
            texts = self._texts(row, last)
            columns = self._columns(texts)
            is_mapped = any(map(self._chosen, texts.values()))
            fewest = 1 if is_mapped else _FEWEST_HEADS
            if Column.TITLE in columns.values() and len(columns) >= fewest:
                return Head(row, last, texts, columns)
        return None

    def _last_rows(self, row: int) -> Iterator[int]:
        """Yield the rows that a head from `row` on may end in, the most likely first.

        A second row has its words below those that are merged over columns or rows, or has nothing
        but words of heads.
        """
        above, below = dict(row_of(self._sheet, row)), row_of(self._sheet, row + 1)
        wide = self._below_wide(row)
        free = [column for column, _value in below if column not in wide]
        is_tall = any(bottom == row + 1 for _top, _left, bottom, _right in self._merged[row])
        is_below = (is_tall or (below and wide)) and not any(column in above for column in free)
        are_heads = below and all(self._is_known(value) for _column, value in below)
        is_between = are_heads and not any(self._is_known(above.get(column)) for column in free)
        if len(above) > 1 and (is_below or is_between):
            yield row + 1
        yield row

    def _is_known(self, value: Value) -> bool:
        """Say whether a value is the head of a column."""
        text = text_of(value)
        return bool(self._chosen(text) or head_words.column_of(text))

    def _below_wide(self, row: int) -> dict[int, int]:
        """Return the columns below cells that are merged over columns, with the first."""
        return {
            column: left
            for top, left, bottom, right in self._merged[row]
            if bottom == top
            for column in range(left, min(right, MOST_COLUMNS) + 1)
        }

    def _texts(self, first: int, last: int) -> dict[int, str]:
        """Return what stands above each column: in two rows, the upper words first."""
        upper = {column: text_of(value) for column, value in row_of(self._sheet, first)}
        if first == last:
            return upper
        wide, lower = self._below_wide(first), dict(row_of(self._sheet, last))
        found = {column: text for column, text in upper.items() if column not in wide}
        above = ""
        for column, value in lower.items():
            own = upper.get(wide.get(column, column), "")
            above = own or (above if _is_year(value) else "")
            found[column] = "\n".join(filter(None, (above, text_of(value))))
        return dict(sorted(found.items()))

    def _columns(self, texts: Mapping[int, str]) -> dict[int, str]:
        """Return what each column is that is known, by its words or by what a person said."""
        chosen = {column: name for column, text in texts.items() if (name := self._chosen(text))}
        found = {
            column: name
            for column, text in texts.items()
            if (name := head_words.column_of(text)) and name not in chosen.values()
        }
        found |= chosen
        known = {column: name for column, name in found.items() if name != Column.NOTHING}
        if Column.TITLE not in known.values():  # pieces of work, without the items that they are of
            return {
                column: Column.TITLE if name == Column.MILESTONE else name
                for column, name in known.items()
            }
        return dict(sorted(known.items()))

    def _chosen(self, text: str) -> str | None:
        """Return the column that a person named by a head, or by its lower row."""
        forms = map(head_words.form_of, (text, text.rpartition("\n")[2]))
        return next((self._mapped[form] for form in forms if form in self._mapped), None)


def _is_year(value: Value) -> bool:
    return bool(re.search(r"\b20[0-9]{2}\b", text_of(value)))
