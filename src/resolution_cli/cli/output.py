"""Where words leave the program: results on stdout, everything else on stderr."""

import io
import os
import shutil
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from resolution_cli.errors import TrackerError
from resolution_cli.i18n import _
from resolution_cli.render.words import clean

if TYPE_CHECKING:
    from rich.console import Console

_UNWRAPPED = 100_000
"""Columns of a pipe: wider than any line, so that nothing is wrapped or cut."""


def use_safe_streams() -> None:
    """Make stdout and stderr take every character.

    A pipe or a file gets UTF-8; a terminal of another encoding gets a question mark for what it cannot show. Lines end
    as each format ends them.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(newline="")
        if isinstance(stream, io.TextIOWrapper) and not _is_unicode(stream.encoding):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")


def end_quietly_with_reader() -> None:
    """Let a closed pipe (`| head -1`) end this process as it ends other programs: at once and without a word."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def print_text(text: str) -> None:
    """Write `text`, which ends its own lines, to stdout."""
    sys.stdout.write(text)


def print_bytes(content: bytes) -> None:
    """Write `content`, which is no text, to stdout."""
    sys.stdout.buffer.write(content)


def print_view(view: Callable[..., object], *arguments: object) -> None:
    """Write what `view(*arguments, layout)` renders to stdout, as the terminal or the pipe there can take it."""
    from resolution_cli.render.terminal_parts import Layout  # noqa: PLC0415  # data for scripts does without Rich

    is_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if is_terminal else None
    layout = Layout(width, is_ascii=not _is_unicode(sys.stdout.encoding))
    has_colour = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    console = _console(width or _UNWRAPPED, has_colour=has_colour)
    if has_colour:
        console.print(view(*arguments, layout))
    else:
        print_text(_captured(console, view(*arguments, layout)))


def plain_text(view: Callable[..., object], *arguments: object) -> str:
    """Return what `view(*arguments, layout)` renders, as a file keeps it: nothing wrapped, no escape."""
    from resolution_cli.render.terminal_parts import Layout  # noqa: PLC0415  # as in `print_view`

    return _captured(_console(_UNWRAPPED, has_colour=False), view(*arguments, Layout()))


def print_notice(text: str) -> None:
    """Write a line that is no result to stderr."""
    sys.stderr.write(f"{clean(text)}\n")


def print_error(error: TrackerError) -> None:
    """Write what went wrong, and what to do next, to stderr."""
    for label, text in ((_("Error"), error.message), (_("Hint"), error.hint)):
        for number, line in enumerate(text.splitlines()):
            sys.stderr.write(f"{f'{label}: ' if number == 0 else ' ' * (len(label) + 2)}{clean(line)}\n")


def _console(width: int, *, has_colour: bool) -> "Console":
    from rich.console import Console  # noqa: PLC0415  # data for scripts does without Rich

    return Console(
        color_system="auto" if has_colour else None,  # with none, Rich sends no escape at all, not even for bold
        force_terminal=has_colour,
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
    )


def _captured(console: "Console", renderable: object) -> str:
    with console.capture() as capture:
        console.print(renderable)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _is_unicode(encoding: str | None) -> bool:
    return (encoding or "").lower().replace("-", "").startswith("utf")
