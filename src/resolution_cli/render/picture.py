"""What the terminal shows as an SVG picture, for slides."""

import io
import re
from collections.abc import Iterable

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from resolution_cli.render import terminal, terminal_report
from resolution_cli.render.layout import Block, Layout
from resolution_cli.render.screen import renderable
from resolution_cli.report import Details, Diary, Listing, Overview

_WIDTH, _HEIGHT = 100, 25
"""Columns and lines of the terminal that is drawn; a picture has as many lines as it needs."""

_FONT_FACE = re.compile(r"@font-face \{.*?\}", re.DOTALL)
"""Rich asks the network for a font; a picture of ours is whole without it."""

_THEME = TerminalTheme(
    (255, 255, 255),
    (27, 27, 31),
    [
        (27, 27, 31),
        (179, 38, 30),
        (29, 107, 52),
        (138, 80, 0),
        (43, 95, 179),
        (123, 31, 162),
        (0, 105, 120),
        (86, 90, 99),
    ],
)
"""A light screen, whose colours can be read on it."""


def report(overview: Overview) -> str:
    """Return the report of a day or of a period."""
    return _picture(terminal_report.report(overview, _layout()))


def items(listing: Listing) -> str:
    """Return the table of the items asked for."""
    return _picture(terminal.items(listing, _layout()))


def item(details: Details) -> str:
    """Return all that is known of one item."""
    return _picture(terminal.item(details, _layout()))


def log(diary: Diary) -> str:
    """Return the entries of the diary."""
    return _picture(terminal.log(diary, _layout()))


def _layout() -> Layout:
    return Layout(_WIDTH)


def _picture(view: Iterable[Block]) -> str:
    console = Console(
        file=io.StringIO(),
        record=True,
        width=_WIDTH,
        height=_HEIGHT,
        force_terminal=True,
        force_jupyter=False,
        color_system="truecolor",
        no_color=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(renderable(view))
    return _FONT_FACE.sub("", console.export_svg(title="tracker", theme=_THEME))
