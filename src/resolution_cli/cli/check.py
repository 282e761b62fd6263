"""`tracker check`."""

from pathlib import Path
from typing import Annotated

import typer

from resolution_cli import storage
from resolution_cli.cli import clock
from resolution_cli.cli.options import FileOption, path_to_read
from resolution_cli.cli.output import print_text
from resolution_cli.domain.check import advice, errors
from resolution_cli.errors import DataFileBroken, ExitCode, Problem
from resolution_cli.i18n import N_, _
from resolution_cli.render import problems as render

HELP = N_("Check the data before a report.")

EXAMPLES = (
    ("tracker check", N_("What must be corrected in the data file, and how.")),
    ("tracker check --file data/tasks.toml", N_("The same for the file with this path.")),
)


def check(
    *,
    strict: Annotated[bool, typer.Option("--strict", help=N_("Treat advice as errors."))] = False,
    file: FileOption = None,
) -> None:
    """Find what must be mended before a report."""
    path = path_to_read(file)
    today = clock.now().date()
    try:
        resolution, located = storage.loaded_with_lines(path)
    except DataFileBroken as broken:
        found, advised = [*broken.problems], []
    else:
        found = located(errors(resolution, today))
        advised = located(advice(resolution, today))
    advised += [_conflicted_copy(copy) for copy in storage.conflicted_copies(path)]
    print_text(render.text(path, found, advised))
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
