"""`tracker check`."""

from typing import Annotated

import typer

from resolution_cli import actions
from resolution_cli.cli import clock
from resolution_cli.cli.options import FileOption, path_to_read
from resolution_cli.cli.output import print_text
from resolution_cli.errors import ExitCode
from resolution_cli.i18n import N_
from resolution_cli.render import problems as render

HELP = N_("Check the data before a report.")


def check(
    *,
    strict: Annotated[bool, typer.Option("--strict", help=N_("Treat advice as errors."))] = False,
    file: FileOption = None,
) -> None:
    """Find what must be mended before a report."""
    path = path_to_read(file)
    found = actions.check(path, clock.now().date())
    print_text(render.text(path, found.errors, found.advice))
    if found.errors or (strict and found.advice):
        raise typer.Exit(ExitCode.PROBLEMS_FOUND)
