"""A document as lines and grids, as a screen or a pipe that a person reads shows it.

`text.py` draws these plainly, `terminal.py` in colour and wrapped.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from math import ceil
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.views.document import (
    Bar,
    Blank,
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Document,
    Facts,
    Heading,
    Line,
    Paragraph,
    Sign,
    StackedBar,
    Table,
    Timeline,
    Tone,
    Words,
    muted,
    strong,
    text,
    toned,
)

_NARROW = 64
"""Columns of a screen below which a table of items becomes a list, two lines or so an item."""

_COLUMN = 11
"""Columns of a screen that a column of a table needs on average, a long one among short ones."""

_BAR_CELLS = 10
"""Characters of a bar in a table."""

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
"""The last character of the filled part of a bar, by how many eighths of it are filled."""

_LONG_BAR_CELLS = 30
"""Characters of a bar beside a line of text, at most."""

_LINE = 40
"""Characters that such a line is given beside its bar."""

_CURVE_STEP = 2
"""How many values of a curve a character stands for, where there is room: of 48, it takes 24."""

_LINE_CELLS = 24
"""Characters of a line of a timeline at least: of five years, each is two months and a half."""

_LONG_LINE_CELLS = 48
"""Characters of a line of a timeline where nothing is wrapped."""

_SHORTEST_TITLE = 8
"""Characters that a title beside a line has at least."""

_SIGNS = {
    Sign.TODAY: "│",
    Sign.FIRST_DUE: "◇",
    Sign.DUE: "◆",
    Sign.DONE: "●",
    Sign.MILESTONE_DONE: "■",
    Sign.MILESTONE_LATE: "▲",
    Sign.MILESTONE_OPEN: "□",
    Sign.MILESTONE_CANCELLED: "×",
}
_ASCII_SIGNS = {
    Sign.TODAY: "|",
    Sign.FIRST_DUE: ".",
    Sign.DUE: "o",
    Sign.DONE: "*",
    Sign.MILESTONE_DONE: "#",
    Sign.MILESTONE_LATE: "!",
    Sign.MILESTONE_OPEN: "+",
    Sign.MILESTONE_CANCELLED: "x",
}

_GAPS = 3
"""How many gaps the four columns of a timeline have, of two characters each."""

_FACTS_GAP = 2
"""Characters between the names and the values of facts."""

_USUAL_WIDTH = 80
_BLANK = "…" * 30
_ITEM_LEVEL = 3


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


def parts(document: Document, layout: Layout) -> list[Part]:
    """Return the lines and grids of `document`, from the top; an empty line is an empty text."""
    page = _Page(layout)
    if document.notice:
        page.add(toned(strong(document.notice), tone=Tone.AMBER))
    if document.title:
        label = (strong(document.label), "  ") if document.label else ()
        page.add(toned(*label, strong(document.title)))
        for line in document.subtitle:
            page.add(line)
    page.add_blocks((*document.blocks, *document.appendix))
    return page.parts


def bar(share: float, cells: int, layout: Layout) -> str:
    """Return a share, in percent, as a bar of so many characters, filled to an eighth of one."""
    full, empty, parts = ("#", "-", ("",)) if layout.is_ascii else ("█", "░", _EIGHTHS)
    # Rounded down, but never empty for what has begun: a full bar means 100 %.
    filled = max(int(share * cells * len(parts) / 100), 1 if share > 0 else 0)
    whole, rest = divmod(filled, len(parts))
    return f"{full * whole}{parts[rest]}".ljust(cells, empty)


def heights(values: Sequence[float], layout: Layout, every: int = _CURVE_STEP) -> str:
    """Return a curve of percentages, a character for `every` few of them: the higher, the more."""
    steps = "_.:-=+*#" if layout.is_ascii else "▁▂▃▄▅▆▇█"
    last = len(values) - 1
    shown = (values[min(number + every - 1, last)] for number in range(0, len(values), every))
    return "".join(steps[min(int(each * len(steps) / 100), len(steps) - 1)] for each in shown)


def line(drawn: Line, count: int, layout: Layout) -> str:
    """Return a line over the term, of `count` characters, with its marks."""
    cells = [" "] * count
    first, last = (_cell_of(share, count) for share in (drawn.start, drawn.end))
    cells[first : last + 1] = ("-" if layout.is_ascii else "─") * (last + 1 - first)
    signs = _signs(layout)
    for mark in drawn.marks:
        cells[_cell_of(mark.share, count)] = signs[mark.sign]
    return "".join(cells).rstrip()


def _signs(layout: Layout) -> Mapping[Sign, str]:
    return _ASCII_SIGNS if layout.is_ascii else _SIGNS


def _cell_of(share: float, count: int) -> int:
    """Return the index of the one of `count` characters in which a share, in percent, falls."""
    return min(max(int(share * count / 100), 0), count - 1)


class _Page:
    """The lines and grids so far, with the empty lines between them."""

    def __init__(self, layout: Layout) -> None:
        self.parts: list[Part] = []
        self._layout = layout
        self._is_below_heading = True

    def add(self, part: Part) -> None:
        self.parts.append(part)
        self._is_below_heading = False

    def add_blocks(self, blocks: Iterable[Block]) -> None:
        for block in _with_charts_in_facts(blocks):
            self._add_block(block)

    def _part_from_above(self) -> None:
        """Add an empty line, unless there is one, or the heading of what follows."""
        if self.parts and not self._is_below_heading and self.parts[-1] != "":
            self.add("")

    def _add_block(self, block: Block) -> None:
        match block:
            case Heading():
                self._add_heading(block)
            case Paragraph():
                if not block.is_close:
                    self._part_from_above()
                self.add(_paragraph(block, self._layout))
            case Blank():
                self._part_from_above()
                self.add(_BLANK)
            case Bullets():
                for line in block.lines:
                    self.add(f"- {line}")
            case Facts():
                self._add_facts(block)
            case Table():
                self._add_table(block)
            case Timeline():
                self._add_timeline(block)

    def _add_heading(self, heading: Heading) -> None:
        if heading.level == _ITEM_LEVEL:
            self.add(toned(strong(heading.label), "  ", heading.words))
        else:
            if self.parts[-1:] not in ([], [""]):
                self.add("")
            self.add(strong(heading.text))
        self._is_below_heading = True

    def _add_facts(self, facts: Facts) -> None:
        if not facts.is_nested:
            self._part_from_above()
        rows = tuple(map(GridRow, _facts(facts, self._layout)))
        columns = (Column(is_whole=True), Column())
        self.add(Grid(columns, rows, (Tone.MUTED, None), indent=2 if facts.is_nested else 0))

    def _add_table(self, table: Table) -> None:
        if any(row.blocks for row in table.rows):
            for row in table.rows:
                self.add_blocks(row.blocks)
        elif self._lacks_room(table) and any(row.narrow for row in table.rows):
            self._part_from_above()
            self.add(_stacked(table))
            self.add("")
        elif self._layout.is_narrow and _is_of_numbers(table):
            for number in range(1, len(table.columns)):
                self._add_grid(table, (0, number))
        else:
            shown = [n for n, column in enumerate(table.columns) if not column.is_detail]
            self._add_grid(table, shown)

    def _add_timeline(self, block: Timeline) -> None:
        self._part_from_above()
        cells = self._layout.width
        if cells is not None and _room(block, cells) < _SHORTEST_TITLE + _LINE_CELLS:
            self.add(muted(_years(block, cells)))
            for row in block.rows:
                self.add(toned(strong(row.label), "  ", row.title, ": ", row.state))
                self.add(toned(line(row.line, cells, self._layout), tone=row.tone))
        else:
            self.add(_timeline_grid(block, self._layout))
        self.add("")
        for signs in _legend(block, self._layout):
            self.add(muted(signs))

    def _lacks_room(self, table: Table) -> bool:
        """Return whether the columns of `table` would be so narrow that words are broken."""
        shown = sum(not column.is_detail for column in table.columns)
        width = self._layout.width
        return width is not None and width < max(_NARROW, shown * _COLUMN)

    def _add_grid(self, table: Table, shown: Sequence[int]) -> None:
        grid = _grid(table, shown, self._layout)
        if not grid.has_head:
            self.add(grid)
            return
        if self.parts[-1:] != [""]:
            self.add("")
        self.add(grid)
        self.add("")


def _with_charts_in_facts(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, a chart as facts, in those before it if there are some.

    A stacked bar is its words: its parts would be told apart by colour alone.
    """
    before: Facts | None = None
    for block in blocks:
        if isinstance(block, Chart):
            before = Facts((*(before.rows if before else ()), *_chart_rows(block)))
            continue
        if before:
            yield before
        before = block if isinstance(block, Facts) else None
        if not before:
            yield Paragraph(block.words) if isinstance(block, StackedBar) else block
    if before:
        yield before


def _chart_rows(chart: Chart) -> tuple[tuple[str, Cell], ...]:
    planned = Cell(muted(chart.scale), curve=tuple(chart.planned), curve_tone=Tone.MUTED)
    actual = Cell(curve=tuple(chart.actual), curve_tone=Tone.ACTIVE)
    return (chart.planned_name, planned), (chart.actual_name, actual)


def _facts(facts: Facts, layout: Layout) -> Iterator[tuple[str, Words]]:
    """Yield names and values; curves on one scale, of as many characters as a line has room for."""
    longest = max((len(cell.curve) for _name, cell in facts.rows), default=0)
    room = None
    if layout.width is not None:
        room = max(layout.width - max(len(name) for name, _cell in facts.rows) - _FACTS_GAP, 1)
    every = max(ceil(longest / room), _CURVE_STEP) if room else _CURVE_STEP
    for name, cell in facts.rows:
        yield name, _curve(cell, layout, every, room) if cell.curve else _words(cell, layout)


def _curve(cell: Cell, layout: Layout, every: int, room: int | None) -> Words:
    """Return the curve of a cell; its words behind it where they fit into the `room`."""
    drawn = heights(cell.curve, layout, every)
    curve = toned(drawn, tone=cell.curve_tone)
    has_room = room is None or len(drawn) + 1 + len(text(cell.words)) <= room
    return toned(curve, " ", cell.words) if cell.words and has_room else curve


def _paragraph(paragraph: Paragraph, layout: Layout) -> Words:
    cells = (layout.width or _USUAL_WIDTH) - _LINE
    if not paragraph.bar or cells < _BAR_CELLS:
        return paragraph.words
    return _with_bar(paragraph.bar, min(cells, _LONG_BAR_CELLS), paragraph.words, layout)


def _words(cell: Cell, layout: Layout) -> Words:
    """Return what a screen shows of a cell."""
    if cell.bar:
        return _with_bar(cell.bar, _BAR_CELLS, f"{text(cell.words):>4}", layout)
    if cell.curve:
        return _curve(cell, layout, _CURVE_STEP, None)
    return cell.words


def _with_bar(drawn: Bar, cells: int, words: Words, layout: Layout) -> Words:
    return toned(toned(bar(drawn.share, cells, layout), tone=drawn.tone), " ", words)


def _timeline_grid(block: Timeline, layout: Layout) -> Grid:
    """Return a timeline in columns: what the ids and the states leave, titles and lines share."""
    labels = _labels(block)
    titles, cells = [row.title for row in block.rows], _LONG_LINE_CELLS
    if layout.width:
        room = _room(block, layout.width)
        longest = min(max(room // 3, _SHORTEST_TITLE), room - _LINE_CELLS)
        titles = [_cut(title, longest, layout) for title in titles]
        cells = max(room - max(map(len, titles)), _LINE_CELLS)
    lines = [toned(line(row.line, cells, layout), tone=row.tone) for row in block.rows]
    columns = (
        Column(is_whole=True),
        Column(),
        Column(_years(block, cells), is_whole=True),
        Column(is_whole=True),
    )
    states = [row.state for row in block.rows]
    rows = zip(map(strong, labels), titles, lines, states, strict=True)
    return Grid(columns, tuple(map(GridRow, rows)))


def _labels(block: Timeline) -> list[str]:
    return [f"{'  ' * row.is_part}{row.label}" for row in block.rows]


def _room(block: Timeline, width: int) -> int:
    """Return how many of `width` characters ids and states leave for titles and lines."""
    taken = max(map(len, _labels(block))) + max(len(text(row.state)) for row in block.rows)
    return width - taken - 2 * _GAPS - 1  # a table with a head is set in by one


def _legend(block: Timeline, layout: Layout) -> list[str]:
    """Return the signs of a timeline and what each stands for, none broken into two lines."""
    signs, lines = _signs(layout), [""]
    for sign, said in block.legend:
        entry = f"{signs[sign]} {said}"
        joined = f"{lines[-1]}   {entry}" if lines[-1] else entry
        if lines[-1] and layout.width and len(joined) > layout.width:
            lines.append(entry)
        else:
            lines[-1] = joined
    return lines


def _years(block: Timeline, count: int) -> str:
    """Return the years above a line of `count` characters: all, or each second, third and so on."""
    places = [(year, _cell_of(share, count)) for year, share in block.years]
    if _is_short(places):
        del places[0]
    shown = next(each for step in range(1, len(places) + 1) if _has_room(each := places[::step]))
    scale = ""
    for year, place in shown:
        if place + len(year) <= count:
            scale = f"{scale:<{place}}{year}"
    return f"{scale:<{count}}"


def _has_room(places: Sequence[tuple[str, int]]) -> bool:
    """Say whether a space stands between any two of these years."""
    return all(place + len(year) < later for (year, place), (_later, later) in pairwise(places))


def _is_short(places: Sequence[tuple[str, int]]) -> bool:
    """Say whether the first year is a part of one, without room for its number."""
    if len(places) <= 2:  # noqa: PLR2004  # then there is no whole year to compare it with
        return False
    (year, first), (_second_year, second), (_third_year, third) = places[:3]
    return second - first <= len(year) and second - first < third - second


def _cut(words: str, longest: int, layout: Layout) -> str:
    """Return `words` in at most so many characters."""
    end = "..." if layout.is_ascii else "…"
    return words if len(words) <= longest else words[: longest - len(end)].rstrip() + end


def _stacked(table: Table) -> Grid:
    """Return the rows below each other, for a screen too narrow for columns."""
    columns = (Column(is_whole=True), Column())
    rows = (GridRow((row.cells[0].words, row.narrow or ""), group=row.group) for row in table.rows)
    return Grid(columns, tuple(rows), gap=1, is_ruled=True)


def _grid_column(table: Table, number: int) -> Column:
    """Return a column; one of bars is not set to the right, where they would end, but begin."""
    column = table.columns[number]
    has_bars = any(row.cells[number].bar for row in table.rows)
    return replace(column, is_number=False) if has_bars else column


def _is_of_numbers(table: Table) -> bool:
    return table.has_head and all(column.is_number for column in table.columns[1:])


def _grid(table: Table, shown: Sequence[int], layout: Layout) -> Grid:
    columns = tuple(_grid_column(table, number) for number in shown)
    rows = []
    for row in table.rows:
        cells = tuple([_words(row.cells[number], layout) for number in shown])
        is_last = row is table.rows[-1]
        rows.append(GridRow(cells, row.is_total, row.is_total and not is_last, row.group))
    is_ruled = table.has_head and not _is_of_numbers(table)
    return Grid(columns, tuple(rows), indent=2 if table.is_nested else 0, is_ruled=is_ruled)
