"""The command line: `main()`, which runs a command, prints its errors and returns its exit code."""

import gettext
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import typer
from typer._click import Command as AnyCommand  # as the next one
from typer._click.exceptions import UsageError  # Typer does not export it; its version is capped
from typer.main import get_command

from resolution_cli import i18n
from resolution_cli.cli.commands import Commands, WrongCommandLine, asked_language
from resolution_cli.cli.options import common
from resolution_cli.cli.output import (
    checked_output,
    exit_on_closed_pipe,
    print_error,
    print_notice,
    use_safe_streams,
)
from resolution_cli.errors import ExitCode, TrackerError
from resolution_cli.i18n import N_

_COMPLETE = "complete_"
"""The prefix of a shell's request for completions; Typer handles its other requests."""

app = typer.Typer(
    name="tracker",
    cls=Commands,
    help=N_(
        "Track the tasks of a resolution over its term, in one file that people can read and edit."
    ),
    epilog=N_(
        "Add -h to any command for help. "
        "The data file is --file, $TRACKER_FILE, or the nearest data/tasks.toml."
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
    # Plain help instead of Rich's: it starts in half the time, wraps to any width, and has no
    # escape sequences.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.callback()(common)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments`, or that of the process if None; return the exit code.

    All errors of the program are printed here, on stderr.
    """
    if arguments is None:  # in a process of its own; a caller's signals are not changed
        exit_on_closed_pipe()
    words = sys.argv[1:] if arguments is None else [*arguments]
    use_safe_streams()
    with _language(asked_language(words) or i18n.environment_language()):
        try:
            with checked_output():
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
        from resolution_cli.cli.completion import complete  # noqa: PLC0415  # only TAB needs it

        code = complete(instruction.removeprefix(_COMPLETE), _command(i18n.language()))
        if code is not None:
            return code
    command = _command(i18n.language())
    code = command.main(words or ["--help"], prog_name="tracker", standalone_mode=False)
    return code or ExitCode.DONE


@cache  # a process may run many command lines
def _command(language: str) -> AnyCommand:  # noqa: ARG001  # that of its help, which is active
    return get_command(app)


@contextmanager
def _language(code: str) -> Iterator[None]:
    """Make `code` the language of our messages, and of Typer's, which uses the global gettext."""
    i18n.use_language(code)
    gettext.bindtextdomain(i18n.DOMAIN, i18n.LOCALES)
    gettext.textdomain(i18n.DOMAIN)
    if not i18n.has_catalogue():  # in a source tree that was never installed
        # Not marked for translation, as the catalogue is what is missing.
        print_notice(
            "Messages are in English: the catalogues are not compiled "
            "(`make messages` compiles them)."
        )
    before = os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = code
    try:
        yield
    finally:
        os.environ.pop("LANGUAGE")
        if before is not None:
            os.environ["LANGUAGE"] = before
