"""What a screen and a pipe show: the place that is written to, and words in columns."""

from collections.abc import Iterator
from itertools import groupby
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.views.document import Column, Tone, Words

NARROW = 64
"""Columns of a screen below which a table of items becomes a list, two lines or so an item."""


class Layout(Struct, frozen=True):
    """What the place that is written to can show.

    Attributes:
        width: columns of the terminal; None for a pipe, where nothing is wrapped.
        is_ascii: it shows no character beyond ASCII.

    """

    width: int | None = None
    is_ascii: bool = False

    @property
    def is_narrow(self) -> bool:
        """Say whether a table of items would not fit."""
        return self.width is not None and self.width < NARROW


class GridRow(Struct, frozen=True):
    """A row of a grid.

    Attributes:
        cells: the words of each column.
        is_strong: they stand out.
        ends_section: an empty line follows.
        group: what it is one of; that stands above the first such row.

    """

    cells: tuple[Words, ...]
    is_strong: bool = False
    ends_section: bool = False
    group: str = ""


class Grid(Struct, frozen=True):
    """Words in columns.

    Attributes:
        columns: the columns; only head, alignment and wrapping of them count.
        rows: the rows; without any, and without a head, nothing is drawn.
        tones: the tone of the words of each column.
        gap: how many characters the columns are apart.
        indent: how many characters it is set in.
        is_ruled: where it is so narrow that words are broken into lines, a line stands between
            its rows.

    """

    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    tones: tuple[Tone | None, ...] = ()
    gap: int = 2
    indent: int = 0
    is_ruled: bool = False

    @property
    def has_head(self) -> bool:
        """Say whether any column has a head."""
        return any(column.head for column in self.columns)

    @property
    def margin(self) -> int:
        """Return how many characters stand before its rows: what has a head, has an edge."""
        return self.indent + self.has_head

    @property
    def groups(self) -> Iterator[tuple[str, "Grid"]]:
        """Yield its rows by group: what the rows are, and a grid of them."""
        for group, rows in groupby(self.rows, key=lambda row: row.group):
            yield group, replace(self, rows=tuple(rows))


Part: TypeAlias = Words | Grid
