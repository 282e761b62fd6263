"""The commands, and the one door through which everything leaves: output, errors, exit codes."""

import atexit
import gc
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from resolution_cli import i18n
from resolution_cli.cli.options import common
from resolution_cli.cli.output import end_quietly_with_reader, print_error, use_safe_streams
from resolution_cli.errors import ExitCode, TrackerError

COMMANDS: Mapping[str, str] = {
    "list": "items.list_items",
    "show": "show.show",
    "update": "update.update",
    "report": "report.report",
    "log": "log.log",
    "undo": "undo.undo",
    "check": "check.check",
    "init": "init.init",
    "schema": "schema.schema",
}
"""The commands in the order of the help, each with its module in this package and the function there."""


class _OnDemand(TyperGroup):
    """The commands, each loaded when it is asked for: a start pays for one, not for all."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = {name: TyperCommand(name) for name in COMMANDS}  # the names, for "Did you mean"

    def get_command(self, ctx: object, cmd_name: str) -> TyperCommand | None:  # noqa: ARG002  # Typer's way to ask
        """Return the command with this name, or None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name].split(".")
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(cmd_name)(getattr(import_module(f"{__name__}.{module}"), function))
        return cast(TyperCommand, get_command(alone))


app = typer.Typer(
    name="tracker",
    cls=_OnDemand,
    help="Track the tasks of a resolution over its term, in one file that people can read and edit.",
    epilog="Every command takes -h. The data file is --file, $TRACKER_FILE, or the nearest data/tasks.toml.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    # Plain help: it starts in half the time, wraps to any width, and sends no escape where none is wanted.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.callback()(common)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments`, or those of the process, and return the exit code."""
    if arguments is None:  # a process of our own, whose signals are ours
        end_quietly_with_reader()
        _leave_memory_to_the_system()
    use_safe_streams()
    i18n.use_language(i18n.environment_language())
    try:
        app(args=arguments, prog_name="tracker")
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else ExitCode.DONE
    except TrackerError as error:
        print_error(error)
        code = error.exit_code
    return code


def _leave_memory_to_the_system() -> None:
    """Keep this process, which answers and ends, from looking for garbage: among what it read, and as it ends.

    The search at the end, through all that was ever imported, takes a seventh of a short run.
    """
    gc.disable()
    atexit.register(gc.freeze)
