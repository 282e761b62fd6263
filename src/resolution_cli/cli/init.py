"""`tracker init`."""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from resolution_cli import storage
from resolution_cli.cli.options import parsed_day, parsed_text
from resolution_cli.cli.output import print_text
from resolution_cli.errors import FileExists
from resolution_cli.i18n import N_, _
from resolution_cli.shell import command_line
from resolution_cli.views.texts import clean

HELP = N_(
    "Create a data file in a folder.\n\nThe file is a copy of the shipped "
    "resolution, or with --blank a new file. An existing file is never overwritten."
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
    from resolution_cli.formats.schema import data_file  # noqa: PLC0415  # only what is asked for

    path = folder / "data" / "tasks.toml"
    _check_is_read(path)
    if blank:
        if title is None or start is None or end is None:
            raise typer.BadParameter(_("--blank needs --title, --start and --end."))
        if end < start:
            raise typer.BadParameter(
                _("the term cannot end before it starts."), param_hint="'--end'"
            )
        storage.create_blank(
            path, {"title": title, "term": {"start": start, "end": end}}, data_file()
        )
    else:
        if title or start or end:
            raise typer.BadParameter(_("--title, --start and --end need --blank."))
        storage.create_copy(path, storage.shipped_path(), data_file())
    print_text(_("Created {path}.").format(path=clean(str(path))) + "\n")
    is_found = folder == Path() and not os.environ.get("TRACKER_FILE")
    command = "tracker list" if is_found else command_line("tracker", "list", "--file", str(path))
    then = (
        _("Add the items with a text editor, then run: {command}")
        if blank
        else _("Next: {command}")
    )
    print_text(then.format(command=command) + "\n")


def _check_is_read(path: Path) -> None:
    """Refuse to make the file at `path` in a folder where another one would be read in its place."""
    beside = path.parent.parent / path.name
    with suppress(OSError):  # what the system does not let us see is not read either
        if beside.is_file():
            hint = _(
                "It is read before {path}, which no command would see. Move it away, or name another folder."
            )
            raise FileExists(beside, hint.format(path=path))
