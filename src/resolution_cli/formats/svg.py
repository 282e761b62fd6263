"""What the terminal shows as an SVG picture, for slides."""

import io
import re

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from resolution_cli.formats.grid import Layout
from resolution_cli.formats.terminal import draw as drawn_for_terminal
from resolution_cli.views.document import Document

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


def draw(document: Document) -> str:
    """Return `document` as an SVG picture of a terminal that shows it."""
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
    console.print(drawn_for_terminal(document, Layout(_WIDTH)))
    return _FONT_FACE.sub("", console.export_svg(title="tracker", theme=_THEME))
