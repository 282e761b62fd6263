"""What a written report is made of, before any format draws it: headings, paragraphs, lists, tables, in words."""

from msgspec import Struct

from resolution_cli.domain.verdict import Light


class Cell(Struct, frozen=True):
    """A value in words.

    Attributes:
        text: the words.
        light: the colour that goes with them.
        progress: the percentage that a bar beside them shows.
        is_number: it stands at the right of a column.
        is_absent: the words say that there is no value.

    """

    text: str
    light: Light | None = None
    progress: float | None = None
    is_number: bool = False
    is_absent: bool = False


class Heading(Struct, frozen=True):
    """A heading: of level 1 a section, of level 2 a part of one, of level 3 an item."""

    level: int
    text: str


class Paragraph(Struct, frozen=True):
    """A paragraph of text."""

    text: str
    is_strong: bool = False


class Blank(Struct, frozen=True):
    """Room for what a person writes by hand."""


class Bullets(Struct, frozen=True):
    """Lines of a list."""

    lines: tuple[str, ...]


class Facts(Struct, frozen=True):
    """Names and values.

    Attributes:
        rows: the names and the values.
        is_compact: there are many such blocks; prose may write each in one line, without what is
            absent.

    """

    rows: tuple[tuple[str, Cell], ...]
    is_compact: bool = False


class Table(Struct, frozen=True):
    """A table.

    Attributes:
        columns: the heads.
        rows: the cells, as many a row as there are heads.
        totals: the numbers of the rows that sum up those above them, counted from 0.
        is_wide: it needs a page's longer side.

    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[int, ...] = ()
    is_wide: bool = False


class Curve(Struct, frozen=True):
    """Planned and actual progress in percent at even steps over the term; the actual one ends today."""

    planned: tuple[float, ...]
    actual: tuple[float, ...]


Block = Heading | Paragraph | Blank | Bullets | Facts | Table | Curve


class Paper(Struct, frozen=True):
    """A written report: its title, the lines below that, its blocks, and those that stand behind the signature."""

    title: str
    subtitle: tuple[str, ...]
    blocks: tuple[Block, ...]
    appendix: tuple[Block, ...] = ()
