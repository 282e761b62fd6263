"""What a view for a screen or for a pipe that a person reads is made of, before anyone draws it.

A view yields blocks, which are texts and tables. `plain.py` draws them as text, `screen.py` in
colour and wrapped.
"""

from typing import TypeAlias

from msgspec import Struct

_NARROW = 64
"""Columns below which a table of items becomes a list, two lines or so an item."""


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
        return self.width is not None and self.width < _NARROW


class Styled(Struct, frozen=True):
    r"""A text in a style, which goes on in a line below after a "\n".

    Attributes:
        parts: what it is put together of; the style of a part adds to that of the whole.
        style: colours and weight as Rich names them.

    """

    parts: tuple["str | Styled", ...]
    style: str = ""

    @property
    def text(self) -> str:
        """Return the text without its styles."""
        return "".join([part if isinstance(part, str) else part.text for part in self.parts])


Cell: TypeAlias = str | Styled


class Column(Struct, frozen=True):
    """A column of a table.

    Attributes:
        title: what stands above it.
        style: that of its cells, as in a text.
        is_right: they end below each other, as numbers do.
        is_whole: they are never wrapped; a screen without room for them gets their beginning and a
            “…”.

    """

    title: str = ""
    style: str = ""
    is_right: bool = False
    is_whole: bool = False


class Row(Struct, frozen=True):
    """A row of a table: a cell for each column, the style of them all, and whether a gap follows."""

    cells: tuple[Cell, ...]
    style: str = ""
    ends_section: bool = False


class Table(Struct, frozen=True):
    """Rows in columns; where a column has a title, below a head and with an empty line before and after.

    Attributes:
        columns: the columns.
        rows: the rows; without any, and without a head, nothing is drawn.
        gap: how far the columns are apart.
        indent: how far in it stands.

    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    gap: int = 2
    indent: int = 0

    @property
    def has_head(self) -> bool:
        """Say whether any column has a title."""
        return any(column.title for column in self.columns)


Block: TypeAlias = Cell | Table


def styled(*parts: Cell, style: str = "") -> Styled:
    """Return these texts as one."""
    return Styled(parts, style)
