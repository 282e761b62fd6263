"""`tracker check`."""

from pathlib import Path
from typing import Annotated

import typer

from resolution_cli import storage
from resolution_cli.cli import clock
from resolution_cli.cli.delivery import Delivery, ForceOption, OutputOption, format_option
from resolution_cli.cli.options import FileOption, path_to_read
from resolution_cli.domain.check import advice, errors
from resolution_cli.errors import DataFileBroken, ExitCode, Problem
from resolution_cli.formats.registry import Format
from resolution_cli.i18n import N_, _
from resolution_cli.reports.problems import Problems

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
    today = clock.now().date()
    try:
        resolution, located = storage.loaded_with_lines(path)
    except DataFileBroken as broken:
        found, advised = [*broken.problems], []
    else:
        found = located(errors(resolution, today))
        advised = located(advice(resolution, today))
    advised += [_conflicted_copy(copy) for copy in storage.conflicted_copies(path)]
    delivery.send(Problems(path, tuple(found), tuple(advised)))
    if found or (strict and advised):
        raise typer.Exit(ExitCode.PROBLEMS_FOUND)


def _conflicted_copy(copy: Path) -> Problem:
    message = _(
        "{name} looks like a conflicted copy made by a file synchronisation program"
    ).format(name=copy.name)
    hint = _(
        "Copy the updates that only it has into the data file, then move it to another folder."
    )
    return Problem((), "", "", message, hint)
