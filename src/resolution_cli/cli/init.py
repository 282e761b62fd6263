"""`tracker init`."""

import os
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from resolution_cli.actions import planning
from resolution_cli.cli.options import parsed_day, parsed_text
from resolution_cli.cli.output import print_text
from resolution_cli.cli.prompts import Answers, can_ask, until_accepted
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import N_, _
from resolution_cli.shell import command_line
from resolution_cli.views.texts import clean

HELP = N_(
    "Create a data file in a folder.\n\nThe file is a copy of the shipped "
    "resolution, or with --blank a new file; a terminal asks for what it needs. An existing "
    "file is never overwritten."
)

EXAMPLES = (
    ("tracker init", N_("Create data/tasks.toml in this folder, with the shipped resolution.")),
    (
        N_('tracker init --blank --title "Our plan" --start 2025-07-15 --end 2030-12-31'),
        N_("Create the same file for a resolution of your own, without items."),
    ),
)


def init(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="[FOLDER]",
            help=N_("The folder for data/tasks.toml."),
            readable=False,  # it is written to
        ),
    ] = Path(),
    *,
    blank: Annotated[
        bool, typer.Option("--blank", help=N_("A new file for another resolution, without items."))
    ] = False,
    title: Annotated[
        str | None,
        typer.Option(
            parser=parsed_text, metavar="TEXT", help=N_("With --blank: the resolution's title.")
        ),
    ] = None,
    start: Annotated[
        date | None,
        typer.Option(
            parser=parsed_day, metavar="DATE", help=N_("With --blank: the first day of its term.")
        ),
    ] = None,
    end: Annotated[
        date | None,
        typer.Option(
            parser=parsed_day, metavar="DATE", help=N_("With --blank: the last day of its term.")
        ),
    ] = None,
) -> None:
    """Make a data file in a folder: a copy of the shipped resolution, or a fresh file."""
    new = None
    if blank:
        new = _new_resolution({"title": title, "start": start, "end": end})
    elif title or start or end:
        raise WrongInput(_("--title, --start and --end need --blank."))
    path = planning.create(folder, new)
    print_text(_("Created {path}.").format(path=clean(str(path))) + "\n")
    is_found = folder == Path() and not os.environ.get("TRACKER_FILE")
    command = "tracker list" if is_found else command_line("tracker", "list", "--file", str(path))
    then = (
        _("Add the items with `tracker add` or a text editor, then run: {command}")
        if blank
        else _("Next: {command}")
    )
    print_text(then.format(command=command) + "\n")


def _new_resolution(given: Mapping[str, Any]) -> planning.NewResolution:
    """Return what the file begins with; in a terminal, ask for what is not given."""
    known = {name: value for name, value in given.items() if value is not None}
    if len(known) < len(given):
        if not can_ask():
            raise WrongInput(_("--blank needs --title, --start and --end."))
        from resolution_cli.cli import asking  # noqa: PLC0415  # only where there is a person

        ask = partial(asking.questions_of_resolution, frozenset(known))
        return until_accepted(
            Answers(known), ask, lambda answers: planning.NewResolution(**answers)
        )
    return planning.NewResolution(**known)
