"""A document in colour, wrapped to the width of a terminal: what Rich renders.

A text becomes Rich's `Text`, which it never reads as markup.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from msgspec.structs import replace
from rich.box import Box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from resolution_cli.formats.grid import Grid, Layout, Part
from resolution_cli.formats.screen import parts
from resolution_cli.formats.widths import fitted, wraps
from resolution_cli.views.document import Document, Tone, Words, strong

_STYLES = {
    Tone.STRONG: "bold",
    Tone.MUTED: "dim",
    Tone.PLAIN: "not bold",
    Tone.ACTIVE: "cyan",
    Tone.RED: "bold red",
    Tone.AMBER: "yellow",
    Tone.GREEN: "green",
    Tone.GREY: "dim",
    None: "",
}


def draw(document: Document, layout: Layout) -> RenderableType:
    """Return what `document` shows on a screen of this layout."""
    return coloured(parts(document, layout), layout)


def coloured(drawn: Iterable[Part], layout: Layout) -> RenderableType:
    """Return these lines and grids."""
    return Group(
        *(_grid(part, layout) if isinstance(part, Grid) else _text(part) for part in drawn)
    )


def _text(words: Words) -> Text:
    if isinstance(words, str):
        return Text(words)
    return Text.assemble(*map(_text, words.parts), style=_STYLES[words.tone])


def _grid(grid: Grid, layout: Layout) -> RenderableType:
    """Return a grid; one with groups is a table for its heads, and one for each of them."""
    room = layout.width
    if room is not None:
        room -= grid.margin + grid.gap * (len(grid.columns) - 1)
    widths = fitted(grid, room)
    is_ruled = grid.is_ruled and wraps(grid, widths)
    table = partial(_table, widths=widths, is_ruled=is_ruled, layout=layout)
    groups = [*grid.groups]
    if not any(group for group, _rows in groups):
        return _indented([table(grid, has_head=grid.has_head)], grid.margin)
    drawn = [table(replace(grid, rows=()), has_head=True)] if grid.has_head else []
    for number, (group, rows) in enumerate(groups):
        drawn += [""] * bool(number)
        drawn += [_text(strong(group))] * bool(group)
        drawn.append(table(rows, has_head=False))
    return _indented(drawn, grid.margin)


def _indented(drawn: Sequence[RenderableType], indent: int) -> RenderableType:
    return Padding(Group(*drawn), (0, 0, 0, indent), expand=False)


def _table(
    grid: Grid, *, widths: Sequence[int], has_head: bool, is_ruled: bool, layout: Layout
) -> RenderableType:
    has_lines = grid.has_head or is_ruled
    drawn = RichTable(
        box=_box(layout, is_ruled=is_ruled) if has_lines else None,
        show_edge=False,
        show_header=has_head,
        show_lines=is_ruled,
        pad_edge=False,
        # A box has a space between the columns itself.
        padding=(0, grid.gap - has_lines, 0, 0),
        header_style="bold",
        border_style=_STYLES[Tone.MUTED] if is_ruled else "",
    )
    tones = grid.tones or (None,) * len(grid.columns)
    for column, tone, columns in zip(grid.columns, tones, widths, strict=True):
        drawn.add_column(
            Text(column.head),
            style=_STYLES[tone],
            justify="right" if column.is_number else "left",
            no_wrap=column.is_whole,
            overflow="ellipsis" if column.is_whole else "fold",
            width=columns,
        )
    for row in grid.rows:
        style = _STYLES[Tone.STRONG] if row.is_strong else ""
        drawn.add_row(*map(_text, row.cells), style=style, end_section=row.ends_section)
    return drawn


def _box(layout: Layout, *, is_ruled: bool) -> Box:
    """Return the lines of a table: one below its heads, and those between its rows."""
    below, between = ("-", "-") if layout.is_ascii else ("─", "╌")
    between = between if is_ruled else " "
    lines = ["    "] * 8
    lines[2], lines[4] = f" {below * 2} ", f" {between * 2} "
    return Box("\n".join([*lines, ""]), ascii=layout.is_ascii)
