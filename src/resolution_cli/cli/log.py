"""`tracker log`."""

from datetime import date
from typing import Annotated

import typer

from resolution_cli import storage
from resolution_cli.change import found_item
from resolution_cli.cli.options import FileOption, completed_ids, parsed_day, parsed_text, path_to_read
from resolution_cli.cli.output import print_text, print_view
from resolution_cli.i18n import N_, _
from resolution_cli.matching import fold


def log(
    item_ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", autocompletion=completed_ids, help=N_("Only these items, in any case.")),
    ] = None,
    *,
    start: Annotated[
        date | None, typer.Option("--from", parser=parsed_day, metavar="DATE", help=N_("Only from this day on."))
    ] = None,
    end: Annotated[
        date | None, typer.Option("--to", parser=parsed_day, metavar="DATE", help=N_("Only up to this day."))
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(parser=parsed_text, metavar="NAME", help=N_("Only what this person or office recorded.")),
    ] = None,
    file: FileOption = None,
) -> None:
    """Show the diary, newest first."""
    from resolution_cli.render import terminal  # noqa: PLC0415  # other commands do without Rich

    if start and end and end < start:
        raise typer.BadParameter(_("--from is after --to."))
    resolution = storage.loaded(path_to_read(file))
    wanted = {found_item(resolution, item_id).id.lower() for item_id in item_ids or ()}
    found = [
        update
        for update in sorted(resolution.updates, key=lambda update: update.on)
        if (not wanted or update.item.lower() in wanted)
        and (start is None or update.on >= start)
        and (end is None or update.on <= end)
        and (by is None or fold(by) in fold(update.by or ""))
    ]
    if found:
        print_view(terminal.log, found[::-1], resolution)
    else:
        said = _("No update fits.") if resolution.updates else _("No update was ever recorded.")
        print_text(f"{said}\n")
