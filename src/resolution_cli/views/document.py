"""The document that a view describes and every format draws: blocks of words, without a layout.

A screen, which shows a document below the command that asked for it, leaves out `source` and the
columns that are a detail; a file, which is read alone, has both.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from resolution_cli.reports.word_template import WordTemplate


class Tone(StrEnum):
    """What a text is beside its words. A format chooses colour and weight, and may ignore it."""

    STRONG = "strong"
    MUTED = "muted"
    PLAIN = "plain"  # without the weight of the text around it
    ACTIVE = "active"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"


class Toned(Struct, frozen=True):
    r"""A text of parts in a tone; the tone of a part adds to it. A "\n" starts a line."""

    parts: tuple["Words", ...]
    tone: Tone | None = None


Words: TypeAlias = str | Toned
Value: TypeAlias = str | date | int | float | Decimal | None


class Bar(Struct, frozen=True):
    """A bar of a share, in percent."""

    share: float
    tone: Tone = Tone.ACTIVE


class Shade(Struct, frozen=True):
    """The ground of a cell: the larger the share, in percent, the more of the tone it has."""

    share: float
    tone: Tone


class Sign(StrEnum):
    """What a mark on a line stands for. A format chooses its shape."""

    TODAY = "today"
    FIRST_DUE = "first-due"
    DUE = "due"
    DONE = "done"
    MILESTONE_DONE = "milestone-done"
    MILESTONE_LATE = "milestone-late"
    MILESTONE_OPEN = "milestone-open"
    MILESTONE_CANCELLED = "milestone-cancelled"


class Mark(Struct, frozen=True):
    """A day on a line, in percent of the term."""

    share: float
    sign: Sign


class Line(Struct, frozen=True):
    """A stretch of days with marks, on a line over the term.

    Attributes:
        start, end: its first and its last day, in percent of the term, which may lie outside it.
        marks: its marks; where two fall on one place, the later one is shown.

    """

    start: float
    end: float
    marks: tuple[Mark, ...]


class Cell(Struct, frozen=True):
    """A value in words.

    Attributes:
        words: the words.
        value: what a spreadsheet has instead: a date, a number, a figure (a Decimal), a share of
            one (a float), or nothing; the words themselves where it is "".
        bar: a bar beside the words.
        curve: progress in percent at even steps over the term, as a small curve before the words.
        curve_tone: the tone of the curve.
        is_absent: the words say that there is no value.
        shade: what stands behind the words, for a format that has colours; None for nothing.

    """

    words: Words = ""
    value: Value = ""
    bar: Bar | None = None
    curve: tuple[float, ...] = ()
    curve_tone: Tone = Tone.ACTIVE
    is_absent: bool = False
    shade: Shade | None = None


class Column(Struct, frozen=True):
    """A column of a table.

    Attributes:
        head: what stands above it.
        width: its width in characters on a page or a sheet, in proportion to the other columns.
        is_number: its cells end below each other.
        is_whole: its cells are not broken into lines; where they do not fit they are cut.
        is_detail: a screen leaves it out, and a table that has no other column.
        tones: the colour of each of its words, for a spreadsheet, where they may be changed.

    """

    head: str = ""
    width: int = 16
    is_number: bool = False
    is_whole: bool = False
    is_detail: bool = False
    tones: Mapping[str, Tone] = {}


class Row(Struct, frozen=True):
    """A row of a table.

    Attributes:
        cells: a cell for each column.
        is_total: it sums up the rows above it.
        narrow: what stands behind the first cell on a screen too narrow for the columns.
        blocks: what a screen shows instead of the cells.
        group: what it is one of, a head that a screen shows once, above the first such row; a
            file has a column for it, by which it can be filtered.

    """

    cells: tuple[Cell, ...]
    is_total: bool = False
    narrow: Words | None = None
    blocks: tuple["Block", ...] = ()
    group: str = ""


class Table(Struct, frozen=True):
    """A table.

    Attributes:
        columns: the columns; without any head it is a list in columns.
        rows: the rows.
        name: what it is called where it has a sheet of its own.
        is_wide: it needs the longer side of a page.
        is_nested: it belongs to the line above it.

    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    name: str = ""
    is_wide: bool = False
    is_nested: bool = False

    @property
    def has_head(self) -> bool:
        """Say whether any column has a head."""
        return any(column.head for column in self.columns)


class Heading(Struct, frozen=True):
    """A heading: of level 1 a section, of level 2 a part of one, of level 3 an item.

    Attributes:
        level: the level.
        words: the words.
        label: its number, or the id of the item.

    """

    level: int
    words: str
    label: str = ""

    @property
    def text(self) -> str:
        """Return label and words, as a paper has them."""
        return f"{self.label}. {self.words}" if self.label else self.words


class Paragraph(Struct, frozen=True):
    """A paragraph.

    Attributes:
        words: the words.
        bar: a bar before them.
        is_close: no gap parts it from what stands before it.

    """

    words: Words
    bar: Bar | None = None
    is_close: bool = False


class Blank(Struct, frozen=True):
    """Empty lines, to be filled in by hand."""


class Bullets(Struct, frozen=True):
    """Lines of a list."""

    lines: tuple[str, ...]


class Facts(Struct, frozen=True):
    """Names and values.

    Attributes:
        rows: the names and the values.
        is_compact: there are many such blocks; prose may write each in one line, without what is
            absent.
        is_nested: they belong to the line above them.

    """

    rows: tuple[tuple[str, Cell], ...]
    is_compact: bool = False
    is_nested: bool = False


class Chart(Struct, frozen=True):
    """Planned and actual progress over the term.

    Attributes:
        planned, actual: percentages at even steps; the actual ones end with the day of the report.
        planned_name, actual_name: what the two are called.
        scale: what the steps are of.
        caption: what a reader who does not see it should know.
        low, high: what its lower and its upper edge stand for.
        years: the calendar years, each with where it begins, in percent of the term.

    """

    planned: Sequence[float]
    actual: Sequence[float]
    planned_name: str
    actual_name: str
    scale: str
    caption: str
    low: str
    high: str
    years: tuple[tuple[str, float], ...]


class TimelineRow(Struct, frozen=True):
    """A row of a timeline.

    Attributes:
        label: the id of the item or milestone.
        title: its title.
        line: its days.
        state: how it stands.
        tone: the tone of its line.
        description: its days, for a reader who does not see the line.
        is_part: it is a milestone of a row above it.

    """

    label: str
    title: str
    line: Line
    state: Words
    tone: Tone
    description: str
    is_part: bool = False


class Timeline(Struct, frozen=True):
    """The days of items on lines below each other.

    Attributes:
        rows: a row for each item.
        years: the calendar years, each with where it begins, in percent of the term.
        legend: the signs that the lines have, and what each stands for.
        table: the same as a table, for a format that draws no lines.

    """

    rows: tuple[TimelineRow, ...]
    years: tuple[tuple[str, float], ...]
    legend: tuple[tuple[Sign, str], ...]
    table: Table


class Part(Struct, frozen=True):
    """A part of a stacked bar: its name, its number in words, its share in percent, its tone."""

    name: str
    number: str
    share: float
    tone: Tone


class StackedBar(Struct, frozen=True):
    """Parts of a whole as one bar.

    Attributes:
        total: how many there are in all.
        parts: its parts, which add up to the whole.

    """

    total: str
    parts: tuple[Part, ...]

    @property
    def words(self) -> str:
        """Return the same as a line of words, for a format that draws no such bar."""
        parts = ", ".join(f"{part.name} {part.number}" for part in self.parts)
        return f"{self.total}: {parts}"


Block: TypeAlias = (
    Heading | Paragraph | Blank | Bullets | Facts | Table | Chart | Timeline | StackedBar
)


class Letter(Struct, frozen=True):
    """What stands around the text of an official document, in words; what is not known is dots.

    Attributes:
        form: the name of its form.
        superior, committee: the superior body, and the body that reports, at the top left.
        number: number and code of the document.
        heading: the line at the top right.
        motto: the line below it, of a state body.
        place_and_date: place and date of signing.
        kind, subject: what kind of document it is, and of what; a letter has no kind.
        addressee: of a letter, to whom it goes.
        recipients_head, recipients: what stands above the recipients, and a line for each.
        authority: for whom it is signed, a line each.
        position: as what it is signed.
        signer: the name of the signer.
        annex_title, annex_reference: what stands above the annex, and to which document it is one.
        template: the office's own template; None for the shipped one of the form.

    """

    form: str
    superior: str
    committee: str
    number: str
    heading: str
    motto: str
    place_and_date: str
    kind: str
    subject: str
    recipients_head: str
    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    position: str
    signer: str
    annex_title: str
    annex_reference: str
    addressee: str = ""
    template: WordTemplate | None = None


class Document(Struct, frozen=True):
    """What is shown.

    Attributes:
        notice: a warning that stands first.
        title: what it is about; empty where the source says it.
        label: the id of the item that it is about.
        subtitle: lines below the title.
        source: of which resolution and day it is.
        blocks: its blocks.
        appendix: the blocks behind the signature.
        letter: what stands around it as an official document, where it is one.
        made_on: the day on which it is made, where it is one.
        is_verbatim: its lines are copied from a screen, which does not wrap them.

    """

    notice: str = ""
    title: str = ""
    label: str = ""
    subtitle: tuple[Words, ...] = ()
    source: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    appendix: tuple[Block, ...] = ()
    letter: Letter | None = None
    made_on: date | None = None
    is_verbatim: bool = False

    @property
    def heads(self) -> tuple[str, ...]:
        """Return the title of a file, and the lines below it."""
        title = f"{self.label}. {self.title}" if self.label else self.title
        lines = (title, self.notice, *map(text, self.subtitle), *self.source)
        return tuple(line for line in lines if line)


def toned(*parts: Words, tone: Tone | None = None) -> Toned:
    """Return these texts as one, in a tone."""
    return Toned(parts, tone)


def strong(words: str) -> Toned:
    """Return a text that stands out."""
    return Toned((words,), Tone.STRONG)


def muted(words: str) -> Toned:
    """Return a text that stands back."""
    return Toned((words,), Tone.MUTED)


def text(words: Words) -> str:
    """Return `words` without their tones."""
    return words if isinstance(words, str) else "".join(map(text, words.parts))


def capitalised(words: str) -> str:
    """Return `words` with a capital first letter, as a head has on paper."""
    return words[:1].upper() + words[1:]
