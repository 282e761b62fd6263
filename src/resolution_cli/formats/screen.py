"""A document as lines and grids, as a screen or a pipe that a person reads shows it.

`text.py` draws these plainly, `terminal.py` in colour and wrapped.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from msgspec.structs import replace

from resolution_cli.formats.charts import CURVE_STEP, bar, heights, timeline_parts
from resolution_cli.formats.grid import NARROW, Grid, GridRow, Layout, Part
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
    Paragraph,
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

_COLUMN = 11
"""Columns of a screen that a column of a table needs on average, a long one among short ones."""

_NUMBERS = 8
"""Columns of a screen that a column of numbers needs; its head takes several lines."""

_BAR_CELLS = 10
"""Characters of a bar in a table."""

_LONG_BAR_CELLS = 30
"""Characters of a bar beside a line of text, at most."""

_LINE = 40
"""Characters that such a line is given beside its bar."""

_FACTS_GAP = 2
"""Characters between the names and the values of facts."""

_USUAL_WIDTH = 80
_BLANK = "…" * 30
_ITEM_LEVEL = 3


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
        elif all(column.is_detail for column in table.columns):
            return
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
        for part in timeline_parts(block, self._layout):
            self.add(part)

    def _lacks_room(self, table: Table) -> bool:
        """Return whether the columns of `table` would be so narrow that words are broken."""
        shown = [column for column in table.columns if not column.is_detail]
        needed = sum(_NUMBERS if column.is_number else _COLUMN for column in shown)
        width = self._layout.width
        return width is not None and width < max(NARROW, needed)

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
    every = max(ceil(longest / room), CURVE_STEP) if room else CURVE_STEP
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
        return _curve(cell, layout, CURVE_STEP, None)
    return cell.words


def _with_bar(drawn: Bar, cells: int, words: Words, layout: Layout) -> Words:
    return toned(toned(bar(drawn.share, cells, layout), tone=drawn.tone), " ", words)


def _stacked(table: Table) -> Grid:
    """Return the rows below each other, for a screen too narrow for columns."""
    columns = (Column(is_whole=True), Column())
    first = next(number for number, column in enumerate(table.columns) if not column.is_detail)
    rows = (
        GridRow((row.cells[first].words, row.narrow or ""), group=row.group) for row in table.rows
    )
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
    for row, following in zip(table.rows, (*table.rows[1:], None), strict=True):
        cells = tuple([_words(row.cells[number], layout) for number in shown])
        # The next group begins behind an empty line of its own.
        ends_section = row.is_total and following is not None and following.group == row.group
        rows.append(GridRow(cells, row.is_total, ends_section, row.group))
    is_ruled = table.has_head and not _is_of_numbers(table)
    return Grid(columns, tuple(rows), indent=2 if table.is_nested else 0, is_ruled=is_ruled)
