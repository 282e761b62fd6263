"""`tracker check`."""

from typing import Annotated

import typer

from resolution_cli.actions import reading
from resolution_cli.cli import clock
from resolution_cli.cli.delivery import Delivery, ForceOption, OutputOption, format_option
from resolution_cli.cli.options import FileOption, path_to_read
from resolution_cli.errors import ExitCode
from resolution_cli.formats.registry import Format
from resolution_cli.i18n import N_

HELP = N_("Check the data before a report.")

EXAMPLES = (
    ("tracker check", N_("What must be corrected in the data file, and how.")),
    ("tracker check --file data/tasks.toml", N_("The same for the file with this path.")),
)


def check(
    *,
    strict: Annotated[bool, typer.Option("--strict", help=N_("Treat advice as errors."))] = False,
    output_format: Annotated[Format | None, format_option("check")] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    file: FileOption = None,
) -> None:
    """Find what must be mended before a report."""
    path = path_to_read(file)
    delivery = Delivery("check", output_format, output, path, force=force)
    found = reading.check(path, clock.now().date())
    delivery.send(found)
    if found.errors or (strict and found.advice):
        raise typer.Exit(ExitCode.PROBLEMS_FOUND)
