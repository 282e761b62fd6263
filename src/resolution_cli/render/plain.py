"""Views as plain text, for a pipe or a file: nothing wrapped, no escape, and no wait for Rich."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import zip_longest

from resolution_cli.render.layout import Block, Cell, Column, Table

_ONE_COLUMN_EACH = re.compile(
    r"[ -~\xa0-\xac\xae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2190-\u22ff\u2500-\u259f]*"
)
"""Characters of which a terminal gives one column to each, Vietnamese and what we draw with among
them."""


_WIDEST_FILLED = 200
"""Columns up to which cells are filled, for their column to stand straight. One long cell would else make every row as
long; longer ones just run over."""


def text(view: Iterable[Block]) -> str:
    """Return what `view` shows, each line ended."""
    return "".join([f"{line.rstrip()}\n" for block in view for line in _lines(block)])


@cache  # most cells of a long table are like others, and each is measured twice
def width(words: str) -> int:
    """Return how many columns of a terminal `words`, one line, take."""
    if _ONE_COLUMN_EACH.fullmatch(words):
        return len(words)
    from rich.cells import cell_len  # noqa: PLC0415  # the tables of Unicode, which most texts do without

    return cell_len(words)


def _lines(block: Block) -> Iterable[str]:
    return _table_lines(block) if isinstance(block, Table) else _cell_lines(block)


def _cell_lines(cell: Cell) -> list[str]:
    return (cell if isinstance(cell, str) else cell.text).split("\n")


def _table_lines(table: Table) -> Iterator[str]:
    rows = [[_cell_lines(cell) for cell in row.cells] for row in table.rows]
    titles = [column.title for column in table.columns]
    columns = zip(*([[title] for title in titles], *rows), strict=True)
    widest = [max([width(line) for cell in cells for line in cell]) for cells in columns]
    widths = [min(columns_taken, _WIDEST_FILLED) for columns_taken in widest]
    margin = " " * (table.indent + table.has_head)  # what has a head, has an edge
    if table.has_head:
        ruled = sum(widths) + table.gap * (len(widths) - 1)
        yield from ("", margin + _row_line(titles, widths, table), margin + "─" * ruled)
    for row, cells in zip(table.rows, rows, strict=True):
        for parts in zip_longest(*cells, fillvalue=""):
            yield margin + _row_line(parts, widths, table)
        if row.ends_section:
            yield ""
    if table.has_head:
        yield ""


def _row_line(parts: Sequence[str], widths: Sequence[int], table: Table) -> str:
    gap = " " * table.gap
    return gap.join(map(_filled, parts, widths, table.columns))


def _filled(part: str, columns: int, column: Column) -> str:
    filling = " " * (columns - width(part))
    return filling + part if column.is_right else part + filling
