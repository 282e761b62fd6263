"""Output: results on stdout, notices and errors on stderr."""

import errno
import io
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from resolution_cli.errors import OutputLost, TrackerError, did_you_mean
from resolution_cli.i18n import _
from resolution_cli.views.texts import clean

if TYPE_CHECKING:
    from resolution_cli.views.document import Document  # not needed for JSON and the like

_IS_WINDOWS = os.name == "nt"

_MOST_NAMED = 20
"""Ids or paths that a notice lists at most."""


def use_safe_streams() -> None:
    """Make stdout and stderr accept every character.

    A pipe or a file gets UTF-8; a terminal of another encoding gets a question mark for what it
    cannot show. Line ends are written as each format has them. A closed stream is replaced by one
    that discards its output.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the process that started this one
            setattr(sys, name, _discarding_stream())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(newline="")
        if isinstance(stream, io.TextIOWrapper) and not _is_unicode(stream.encoding):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")


def exit_on_closed_pipe() -> None:
    """Let a closed pipe (`| head -1`) end this process at once and silently, as other programs.

    Windows has no signal for it; there the output functions handle the error.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def ignore_interrupts() -> None:
    """Ignore Ctrl-C from now on: the work is done, and its result is still to be printed.

    The handler of a program that calls `main` is kept.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        for name in ("SIGINT", "SIGALRM"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_IGN)


def print_text(text: str) -> None:
    """Write `text`, which includes its line ends, to stdout. Raise `OutputLost` if that fails."""
    with flushed_output():
        sys.stdout.write(text)


def print_bytes(content: bytes) -> None:
    """Write binary `content` to stdout. Raise `OutputLost` if that fails."""
    with flushed_output():
        sys.stdout.buffer.write(content)


def print_document(document: "Document") -> None:
    """Write `document` to stdout, for a terminal or for a pipe.

    Raise `OutputLost` if that fails.
    """
    if sys.stdout.isatty() and not document.is_verbatim:
        _print_on_screen(document)
        return
    from resolution_cli.formats import text  # noqa: PLC0415  # not needed for JSON and the like

    print_text(text.draw(document))


def some_of(names: Sequence[str]) -> str:
    """Return the first of `names` for a notice, and whether there are more."""
    shown = [*names[:_MOST_NAMED], *(["…"] if len(names) > _MOST_NAMED else [])]
    return ", ".join(shown)


def print_notice(text: str) -> None:
    """Write a line that is not part of the result to stderr."""
    _write_error_line(clean(text))


def print_near_units(near: Mapping[str, Sequence[str]]) -> None:
    """Say on stderr which units are new, and nearly are known ones; `near` has the names of those.

    They are taken as they were typed: a unit may have a name that is like that of another.
    """
    for unit, names in near.items():
        said = _("{unit!r} is taken as a new unit. {question}")
        print_notice(said.format(unit=unit, question=did_you_mean(names)))


def print_error(error: TrackerError) -> None:
    """Write the message and the hint of `error` to stderr."""
    for label, text in ((_("Error"), error.message), (_("Hint"), error.hint)):
        first_prefix = f"{label}: "
        for number, line in enumerate(text.splitlines()):
            prefix = first_prefix if number == 0 else " " * len(first_prefix)
            _write_error_line(prefix + clean(line))


def _write_error_line(line: str) -> None:
    with suppress(OSError):  # stderr is lost; the exit code still shows the failure
        sys.stderr.write(f"{line}\n")


@contextmanager
def checked_output() -> Iterator[None]:
    """Raise `OutputLost` if stdout fails while others write to it, such as Typer its help."""
    try:
        yield
    except OSError:
        # If it was stdout that failed, writing fails again and raises `OutputLost`. There must be
        # something to write, as a stream that has lost its buffer would not fail.
        print_text("\n")
        raise


@contextmanager
def flushed_output() -> Iterator[None]:
    """Flush stdout at the end. Raise `OutputLost` if writing to it fails."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        sys.stdout = _discarding_stream()  # so that Python does not try to flush it again at exit
        is_closed_pipe = _IS_WINDOWS and error.errno in (errno.EPIPE, errno.EINVAL)
        if not is_closed_pipe:
            raise OutputLost(error.strerror or str(error)) from None


def _discarding_stream() -> io.TextIOWrapper:
    return Path(os.devnull).open("w", encoding="utf-8")


def _print_on_screen(document: "Document") -> None:
    # A third of a start, which pipes and files do not need.
    from rich.console import Console  # noqa: PLC0415

    from resolution_cli.formats import terminal  # noqa: PLC0415
    from resolution_cli.formats.grid import Layout  # noqa: PLC0415

    width = shutil.get_terminal_size().columns
    has_colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    console = Console(
        # With None, Rich sends no escape sequences at all, not even for bold.
        color_system="auto" if has_colour else None,
        force_terminal=has_colour,
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
    )
    layout = Layout(width, is_ascii=not _is_unicode(sys.stdout.encoding))
    shown = terminal.draw(document, layout)
    if has_colour:
        console.print(shown)
        return
    with console.capture() as capture:
        console.print(shown)
    print_text("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))


def _is_unicode(encoding: str | None) -> bool:
    return (encoding or "").lower().replace("-", "").startswith("utf")
