"""A document in colour, wrapped to the width of a terminal: what Rich renders.

A text becomes Rich's `Text`, which it never reads as markup.
"""

from collections.abc import Iterable

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from resolution_cli.formats.screen import Grid, Layout, Part, parts
from resolution_cli.views.document import Document, Tone, Words

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
    return coloured(parts(document, layout))


def coloured(drawn: Iterable[Part]) -> RenderableType:
    """Return these lines and grids."""
    return Group(*(_grid(part) if isinstance(part, Grid) else _text(part) for part in drawn))


def _text(words: Words) -> Text:
    if isinstance(words, str):
        return Text(words)
    return Text.assemble(*map(_text, words.parts), style=_STYLES[words.tone])


def _grid(grid: Grid) -> RenderableType:
    if grid.has_head:  # the box has a space between the columns itself
        drawn = RichTable(
            box=box.SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            padding=(0, grid.gap - 1, 0, 0),
            header_style="bold",
        )
    else:
        drawn = RichTable.grid(padding=(0, grid.gap, 0, 0))
    tones = grid.tones or (None,) * len(grid.columns)
    for column, tone in zip(grid.columns, tones, strict=True):
        drawn.add_column(
            Text(column.head),
            style=_STYLES[tone],
            justify="right" if column.is_number else "left",
            no_wrap=column.is_whole,
            overflow="ellipsis" if column.is_whole else "fold",
        )
    for row in grid.rows:
        style = _STYLES[Tone.STRONG] if row.is_strong else ""
        drawn.add_row(*map(_text, row.cells), style=style, end_section=row.ends_section)
    indent = grid.indent + grid.has_head
    return Padding(drawn, (0, 0, 0, indent), expand=False) if indent else drawn
