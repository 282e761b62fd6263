"""The commands, and the one door through which everything leaves: output, errors, exit codes."""

from collections.abc import Sequence

import typer

from resolution_cli import i18n
from resolution_cli.cli import check, init, items, log, report, schema, show, undo, update
from resolution_cli.cli.options import common
from resolution_cli.cli.output import end_quietly_with_reader, print_error, use_safe_streams
from resolution_cli.errors import ExitCode, TrackerError

app = typer.Typer(
    name="tracker",
    help="Track the tasks of a resolution over its term, in one file that people can read and edit.",
    epilog="Every command takes -h. The data file is --file, $TRACKER_FILE, or the nearest data/tasks.toml.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    # Plain help: it starts in half the time, wraps to any width, and sends no escape where none is wanted.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.callback()(common)
app.command("list")(items.list_items)
app.command("show")(show.show)
app.command("update")(update.update)
app.command("report")(report.report)
app.command("log")(log.log)
app.command("undo")(undo.undo)
app.command("check")(check.check)
app.command("init")(init.init)
app.command("schema")(schema.schema)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments`, or those of the process, and return the exit code."""
    if arguments is None:  # a process of our own, whose signals are ours
        end_quietly_with_reader()
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
