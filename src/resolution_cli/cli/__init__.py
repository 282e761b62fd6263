"""The commands, and the one door through which everything leaves: output, errors, exit codes."""

import atexit
import gc
import gettext
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer
from typer._click.exceptions import UsageError  # Typer does not export it; its version is capped
from typer.main import get_command

from resolution_cli import i18n
from resolution_cli.cli.commands import Commands, WrongCommandLine, asked_language
from resolution_cli.cli.options import common
from resolution_cli.cli.output import (
    end_quietly_with_reader,
    lost_output_said,
    print_error,
    print_notice,
    use_safe_streams,
)
from resolution_cli.errors import ExitCode, TrackerError
from resolution_cli.i18n import N_

_COMPLETE = "complete_"
"""How a shell begins to say that it wants completions; Typer answers what else it may want."""

app = typer.Typer(
    name="tracker",
    cls=Commands,
    help=N_(
        "Track the tasks of a resolution over its term, in one file that people can read and edit."
    ),
    epilog=N_(
        "Add -h to any command for help. The data file is --file, $TRACKER_FILE, or the nearest data/tasks.toml."
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
    # Plain help: it starts in half the time, wraps to any width, and sends no escape where none is
    # wanted.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.callback()(common)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments`, or those of the process, and return the exit code."""
    if arguments is None:  # a process of our own, whose signals are ours
        end_quietly_with_reader()
        _leave_memory_to_the_system()
    words = sys.argv[1:] if arguments is None else [*arguments]
    use_safe_streams()
    with _language(asked_language(words) or i18n.environment_language()):
        try:
            with lost_output_said():
                return _run(words)
        except typer.Abort:
            return ExitCode.INTERRUPTED
        except UsageError as error:
            print_error(WrongCommandLine(error))
            return ExitCode.USAGE
        except TrackerError as error:
            print_error(error)
            return error.exit_code


def _run(words: Sequence[str]) -> int:
    instruction = os.environ.get("_TRACKER_COMPLETE", "")
    if instruction.startswith(_COMPLETE):
        from resolution_cli.cli.completion import answer  # noqa: PLC0415  # only a press of TAB needs it

        code = answer(instruction.removeprefix(_COMPLETE), get_command(app))
        if code is not None:
            return code
    return (
        app(args=words or ["--help"], prog_name="tracker", standalone_mode=False) or ExitCode.DONE
    )


@contextmanager
def _language(code: str) -> Iterator[None]:
    """Make `code` the language of our messages, and of those that Typer looks up as the system's programs do."""
    i18n.use_language(code)
    gettext.bindtextdomain(i18n.DOMAIN, i18n.LOCALES)
    gettext.textdomain(i18n.DOMAIN)
    if (
        not i18n.has_catalogue()
    ):  # a source tree that was never installed; what would translate this is what is missing
        print_notice(
            "Messages are in English: the catalogues are not compiled (`make messages` compiles them)."
        )
    before = os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = code
    try:
        yield
    finally:
        os.environ.pop("LANGUAGE")
        if before is not None:
            os.environ["LANGUAGE"] = before


def _leave_memory_to_the_system() -> None:
    """Keep this process, which answers and ends, from looking for garbage: among what it read, and as it ends.

    The search at the end, through all that was ever imported, takes a seventh of a short run.
    """
    gc.disable()
    atexit.register(gc.freeze)
