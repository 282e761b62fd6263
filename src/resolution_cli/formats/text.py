"""Plain text, for a pipe or a file: nothing wrapped, no escape, and no wait for Rich."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import zip_longest

from resolution_cli.formats.grid import Grid, Layout, Part
from resolution_cli.formats.screen import parts
from resolution_cli.views import document
from resolution_cli.views.document import Column, Document, Words

_ONE_COLUMN_EACH = frozenset(
    chr(code)
    for first, last in (
        " ~",
        "\xa0\xac",
        "\xae\u02ff",
        "\u1e00\u1eff",
        "\u2010\u2027",
        "\u2190\u22ff",
        "\u2500\u25cf",
    )
    for code in range(ord(first), ord(last) + 1)
)
"""Characters of which a terminal gives one column to each, Vietnamese and what we draw with among
them."""

_WIDEST_FILLED = 200
"""The longest cell, in columns of a screen, that makes all cells of its column as long.

Without a limit one long cell would make every row long; one beyond the limit just runs over.
"""


def draw(shown: Document) -> str:
    """Return `shown` as a pipe or a file gets it, each line ended."""
    return plain(parts(shown, Layout()))


def plain(drawn: Iterable[Part]) -> str:
    """Return these lines and grids, each line ended."""
    return "".join([f"{line.rstrip()}\n" for part in drawn for line in _lines(part)])


@cache  # most cells of a long table are like others, and each is measured twice
def width(words: str) -> int:
    """Return how many columns of a terminal `words`, one line, take."""
    if _ONE_COLUMN_EACH.issuperset(words):
        return len(words)
    # The tables of Unicode, which most texts do without.
    from rich.cells import cell_len  # noqa: PLC0415

    return cell_len(words)


def _lines(part: Part) -> Iterable[str]:
    return _grid_lines(part) if isinstance(part, Grid) else _word_lines(part)


def _word_lines(words: Words) -> list[str]:
    return document.text(words).split("\n")


def _grid_lines(grid: Grid) -> Iterator[str]:
    rows = [[_word_lines(words) for words in row.cells] for row in grid.rows]
    heads = [column.head for column in grid.columns]
    columns = zip(*([[head] for head in heads], *rows), strict=True)
    widest = [max([width(line) for cell in cells for line in cell]) for cells in columns]
    widths = [min(columns_taken, _WIDEST_FILLED) for columns_taken in widest]
    margin = " " * grid.margin
    if grid.has_head:
        ruled = sum(widths) + grid.gap * (len(widths) - 1)
        yield from (margin + _row_line(heads, widths, grid), margin + "─" * ruled)
    group = None
    for row, cells in zip(grid.rows, rows, strict=True):
        if row.group != group:
            yield from [""] * (group is not None)
            yield from [margin + row.group] * bool(row.group)
        group = row.group
        for lines in zip_longest(*cells, fillvalue=""):
            yield margin + _row_line(lines, widths, grid)
        if row.ends_section:
            yield ""


def _row_line(cells: Sequence[str], widths: Sequence[int], grid: Grid) -> str:
    gap = " " * grid.gap
    return gap.join(map(_filled, cells, widths, grid.columns))


def _filled(cell: str, columns: int, column: Column) -> str:
    filling = " " * (columns - width(cell))
    return filling + cell if column.is_number else cell + filling
