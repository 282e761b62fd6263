"""Views for a terminal, wrapped to its width and coloured: what Rich renders.

A text becomes `Text`, which Rich never reads as markup.
"""

from collections.abc import Iterable

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from resolution_cli.render.layout import Block, Cell, Table


def renderable(view: Iterable[Block]) -> RenderableType:
    """Return what `view` shows."""
    return Group(*(_table(block) if isinstance(block, Table) else _text(block) for block in view))


def _text(cell: Cell) -> Text:
    return (
        Text(cell)
        if isinstance(cell, str)
        else Text.assemble(*map(_text, cell.parts), style=cell.style)
    )


def _table(table: Table) -> RenderableType:
    if table.has_head:  # the box has a space between the columns itself
        drawn = RichTable(
            box=box.SIMPLE_HEAD,
            pad_edge=False,
            padding=(0, table.gap - 1, 0, 0),
            header_style="bold",
        )
    else:
        drawn = RichTable.grid(padding=(0, table.gap, 0, 0))
    for column in table.columns:
        drawn.add_column(
            Text(column.title),
            style=column.style,
            justify="right" if column.is_right else "left",
            no_wrap=column.is_whole,
            overflow="ellipsis" if column.is_whole else "fold",
        )
    for row in table.rows:
        drawn.add_row(*map(_text, row.cells), style=row.style, end_section=row.ends_section)
    return Padding(drawn, (0, 0, 0, table.indent), expand=False) if table.indent else drawn
