"""`tracker list`."""

from enum import StrEnum
from typing import Annotated

import typer

from resolution_cli import storage
from resolution_cli.cli import clock
from resolution_cli.cli.options import (
    AsOfOption,
    FileOption,
    as_it_stood,
    completed_statuses,
    parsed_kind,
    parsed_status,
    parsed_text,
    path_to_read,
)
from resolution_cli.cli.output import print_text, print_view
from resolution_cli.i18n import N_, _
from resolution_cli.model import Kind, Status
from resolution_cli.report import standings
from resolution_cli.selection import Selection


class Format(StrEnum):
    """The forms in which items can be listed."""

    TABLE = "table"
    JSON = "json"
    TSV = "tsv"


def list_items(
    *,
    kind: Annotated[
        Kind | None,
        typer.Option(parser=parsed_kind, metavar="KIND", help=N_("Only items of this kind: task or breakthrough.")),
    ] = None,
    status: Annotated[
        list[Status] | None,
        typer.Option(
            parser=parsed_status,
            metavar="STATUS",
            autocompletion=completed_statuses,
            help=N_("Only items with this status; may be given several times."),
        ),
    ] = None,
    lead: Annotated[
        str | None,
        typer.Option(parser=parsed_text, metavar="TEXT", help=N_("Only items whose lead unit's name has this.")),
    ] = None,
    tag: Annotated[
        str | None, typer.Option(parser=parsed_text, metavar="TAG", help=N_("Only items with this tag."))
    ] = None,
    search: Annotated[
        str | None,
        typer.Option(
            parser=parsed_text,
            metavar="TEXT",
            help=N_("Only items with this in title, summary or a note, with accents or without."),
        ),
    ] = None,
    as_of: AsOfOption = None,
    output_format: Annotated[
        Format, typer.Option("--format", help=N_("A table to read, or data for scripts."))
    ] = Format.TABLE,
    file: FileOption = None,
) -> None:
    """List the items."""
    resolution, day = as_it_stood(storage.loaded(path_to_read(file)), as_of, clock.now().date())
    wanted = Selection(kind=kind, statuses=tuple(status or ()), lead=lead, tag=tag, search=search)
    found = [standing for standing in standings(resolution, day) if wanted.accepts(standing.item, standing.updates)]
    if output_format is Format.TABLE:
        if found:
            from resolution_cli.render import terminal  # noqa: PLC0415  # data for scripts does without Rich

            print_view(terminal.items, found)
        else:
            said = _("No item fits.") if resolution.items else _("The file lists no item yet.")
            print_text(f"{said}\n")
        return
    from resolution_cli.render import rows  # noqa: PLC0415  # only what is asked for

    print_text(rows.json(found, day) if output_format is Format.JSON else rows.tsv(found))
