"""Where words leave the program: results on stdout, everything else on stderr."""

import errno
import io
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from resolution_cli.errors import OutputLost, TrackerError
from resolution_cli.i18n import _
from resolution_cli.views.document import Document
from resolution_cli.views.texts import clean

_IS_WINDOWS = os.name == "nt"


def use_safe_streams() -> None:
    """Make stdout and stderr take every character.

    A pipe or a file gets UTF-8; a terminal of another encoding gets a question mark for what it
    cannot show. Lines end as each format ends them.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us, who wants nothing of it
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  # until we end
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


def ignore_interrupts() -> None:
    """Let a Ctrl-C break off nothing that this process still has to say: what it was to do, is done.

    A program that calls `main` has its own handler of interrupts, and keeps it.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        for name in ("SIGINT", "SIGALRM"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_IGN)


def print_text(text: str) -> None:
    """Write `text`, which ends its own lines, to stdout."""
    with _written_out():
        sys.stdout.write(text)


def print_bytes(content: bytes) -> None:
    """Write `content`, which is no text, to stdout."""
    with _written_out():
        sys.stdout.buffer.write(content)


def print_document(document: Document) -> None:
    """Write `document` to stdout, as the terminal or the pipe there can take it."""
    if sys.stdout.isatty() and not document.is_verbatim:
        _print_on_screen(document)
        return
    from resolution_cli.formats import text  # noqa: PLC0415  # data for scripts does without

    print_text(text.draw(document))


def print_notice(text: str) -> None:
    """Write a line that is no result to stderr."""
    _write_error_line(clean(text))


def print_error(error: TrackerError) -> None:
    """Write what went wrong, and what to do next, to stderr."""
    for label, text in ((_("Error"), error.message), (_("Hint"), error.hint)):
        for number, line in enumerate(text.splitlines()):
            _write_error_line(
                f"{f'{label}: ' if number == 0 else ' ' * (len(label) + 2)}{clean(line)}"
            )


def _write_error_line(line: str) -> None:
    with suppress(OSError):  # nobody reads it there; the exit code still tells
        sys.stderr.write(f"{line}\n")


@contextmanager
def lost_output_said() -> Iterator[None]:
    """Raise `OutputLost` if the system does not take what is written to stdout by others, such as Typer's help."""
    try:
        yield
    except OSError:
        print_text(
            "\n"
        )  # fails once more where it was stdout that failed, even one that keeps nothing back
        raise


@contextmanager
def _written_out() -> Iterator[None]:
    """Write out what is written to stdout, now. Raise `OutputLost` if the system does not let it."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # so that the end is quiet too
        if _IS_WINDOWS and error.errno in (
            errno.EPIPE,
            errno.EINVAL,
        ):  # a closed pipe, for which it has no signal
            return
        raise OutputLost(error.strerror or str(error)) from None


def _print_on_screen(document: Document) -> None:
    from rich.console import Console  # noqa: PLC0415  # a third of a start, which pipes and files do without

    from resolution_cli.formats import terminal  # noqa: PLC0415  # as above
    from resolution_cli.formats.screen import Layout  # noqa: PLC0415  # as above

    width = shutil.get_terminal_size().columns
    has_colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    console = Console(
        color_system="auto"
        if has_colour
        else None,  # with none, Rich sends no escape at all, not even for bold
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
