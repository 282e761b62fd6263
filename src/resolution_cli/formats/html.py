"""One web page that needs nothing else: no network, no script; light or dark, on a phone or on A4.

What comes from the file is escaped by Jinja2, wherever the template shows it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from msgspec import Struct

from resolution_cli import i18n
from resolution_cli.domain.model import COMPLETE
from resolution_cli.i18n import _
from resolution_cli.views import document
from resolution_cli.views.document import Block, Cell, Column, Document, Heading, Table, capitalised

_WIDTH, _HEIGHT = 600, 120
"""The size of a chart, in units of its own."""

_MARGIN = 3
"""How far the lines of a chart stay from its upper and lower edge, in the same units."""

_LEAST_SEEN = 2
"""The part of a bar, in percent, that takes more than a dot of a screen."""

_MOST_UPRIGHT = 8
"""Columns of a wide table that can be read on A4 upright; with more it is printed lengthwise."""

_LEAST_SHARE = 1
"""The share of a column that is to be as wide as its words, in percent: a browser widens it."""

_SECTION_LEVEL, _ITEM_LEVEL = 1, 3
_LEAST_DEPTH, _MOST_DEPTH = 0.08, 0.45
"""How much colour the ground of a cell has: of one item among very many, and of all of them."""

_FOLDER = Path(__file__).parent
_TEMPLATE, _STYLE = "page.html.j2", "page.css"


class _Group(Struct):
    """Blocks that belong together: those of one item, or such as are of none."""

    is_item: bool
    blocks: list[Block]


class _Section(Struct):
    """A heading of the first level, which only the first section may lack, and what is below."""

    heading: Heading | None
    groups: list[_Group]


def draw(shown: Document) -> str:
    """Return `shown` as a page."""
    title, *lines = shown.heads
    return _template().render(
        language=i18n.language(),
        style=(_FOLDER / _STYLE).read_text(encoding="utf-8"),
        title=title,
        lines=lines,
        sections=_sections(_with_heads((*shown.blocks, *shown.appendix))),
        contents=_("Contents"),
        nothing_written=_("nothing written yet"),
        shades=_("The stronger a colour, the larger is the share of the items in the row."),
        most_upright=_MOST_UPRIGHT,
        points=_points,
        place=_place,
        width=_WIDTH,
        height=_HEIGHT,
    )


@cache
def _template() -> Template:
    """Return the template, compiled once: that takes as long as drawing ten items."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "bar_width": _bar_width,
        "capitalised": capitalised,
        "column_shares": _column_shares,
        "depth": _depth,
        "header_place": _header_place,
        "is_shaded": _is_shaded,
        "kind": lambda block: type(block).__name__,
        "plain": document.text,
    }
    return environment.get_template(_TEMPLATE)


def _with_heads(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks; several tables without a heading have their names as headings."""
    tables = [block for block in blocks if isinstance(block, Table) and block.name]
    is_headed = any(isinstance(block, Heading) for block in blocks)
    for block in blocks:
        if isinstance(block, Table) and len(tables) > 1 and not is_headed:
            yield Heading(_SECTION_LEVEL, block.name)
        yield block


def _sections(blocks: Iterable[Block]) -> list[_Section]:
    """Return the blocks by section, and in it by item."""
    sections = [_Section(None, [])]
    for block in blocks:
        groups = sections[-1].groups
        if isinstance(block, Heading) and block.level == _SECTION_LEVEL:
            sections.append(_Section(block, []))
        elif isinstance(block, Heading):
            groups.append(_Group(block.level == _ITEM_LEVEL, [block]))
        elif groups:
            groups[-1].blocks.append(block)
        else:
            groups.append(_Group(is_item=False, blocks=[block]))
    return [section for section in sections if section.heading or section.groups]


def _bar_width(share: float) -> int:
    """Return how much of a bar is filled, in percent: none or all of it only at 0 or 100."""
    width = round(share)
    if share in {0, COMPLETE}:
        return width
    return min(max(width, _LEAST_SEEN), COMPLETE - _LEAST_SEEN)


def _header_place(cells: Sequence[Cell]) -> int:
    """Return the place of the cell that says what a row is: the first with words.

    A total has no number before them.
    """
    return next((place for place, cell in enumerate(cells) if document.text(cell.words)), 0)


def _is_shaded(table: Table) -> bool:
    return any(cell.shade for row in table.rows for cell in row.cells)


def _depth(share: float) -> str:
    """Return how much of its colour a ground has, from 0 to 1; its words stay legible on it."""
    return f"{_LEAST_DEPTH + (_MOST_DEPTH - _LEAST_DEPTH) * share / COMPLETE:.2f}"


def _column_shares(columns: Sequence[Column]) -> list[float]:
    """Return the width of each column of a table, in percent of the table.

    Columns that are not broken into lines are as wide as their words; the others share the rest.
    """
    broken = [not (column.is_whole or column.is_number) for column in columns]
    left = COMPLETE - _LEAST_SHARE * broken.count(False)
    widths = sum(
        column.width for column, is_broken in zip(columns, broken, strict=True) if is_broken
    )
    return [
        column.width * left / widths if is_broken else _LEAST_SHARE
        for column, is_broken in zip(columns, broken, strict=True)
    ]


def _place(share: float) -> str:
    """Return a place on a line in percent, within it."""
    return f"{min(max(share, 0), COMPLETE):.2f}"


def _points(values: Sequence[float], count: int) -> str:
    """Return the corners of a line of percentages, the left end of the term first.

    Args:
        values: the percentages, at even steps.
        count: how many steps the term has.

    """
    scale = (_HEIGHT - 2 * _MARGIN) / COMPLETE
    return " ".join(
        f"{number * _WIDTH / count:.0f},{_HEIGHT - _MARGIN - value * scale:.0f}"
        for number, value in enumerate(values, start=1)
    )
