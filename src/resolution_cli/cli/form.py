"""`tracker form`."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from resolution_cli.cli import clock
from resolution_cli.cli.options import (
    FileOption,
    completed_units,
    parsed_text,
    path_to_read,
    period_option,
)
from resolution_cli.cli.output import print_notice
from resolution_cli.errors import PackageMissing
from resolution_cli.i18n import N_, _

HELP = N_(
    "Make the forms on which units report: an Excel file for each lead unit.\n\nIt has what the "
    "unit leads that is not over, with what is known, and cells to fill in: status, figure, result "
    "and others. `tracker import` takes what comes back."
)

EXAMPLES = (
    ("tracker form -o forms", N_("A form for each lead unit, for the report that closes next.")),
    (
        N_('tracker form --unit "Urban" --period 2026-Q3 -o forms'),
        N_("The form of one unit for a quarter."),
    ),
)


def form(
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help=N_("The folder for the forms; it is made if need be."),
            readable=False,
        ),
    ],
    units: Annotated[
        list[str] | None,
        typer.Option(
            "--unit",
            parser=parsed_text,
            metavar="UNIT",
            autocompletion=completed_units,
            help=N_("Only the form of this unit, by any spelling of its name. Repeatable."),
        ),
    ] = None,
    period_name: Annotated[
        str | None,
        period_option(N_("The period to report on. Default: the one whose report closes first.")),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=N_("Replace forms that are in the folder."))
    ] = False,
    file: FileOption = None,
) -> None:
    """Make the forms on which units report."""
    path = path_to_read(file)
    if not find_spec("openpyxl"):
        raise PackageMissing("xlsx", "openpyxl")
    from resolution_cli.actions import exchanging  # noqa: PLC0415  # nobody else waits for it

    asked = exchanging.FormsAsked(units or (), period_name, clock.now())
    made = exchanging.write_forms(path, asked, output, is_forced=force)
    for written in made.paths:
        print_notice(_("Written to {path}.").format(path=written))
    if made.without_lead:
        ids = ", ".join(entry.id for entry in made.without_lead)
        print_notice(_("In no form, as nobody leads it: {ids}.").format(ids=ids))
