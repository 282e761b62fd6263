"""`tracker log`."""

from datetime import date
from typing import Annotated

import typer

from resolution_cli.actions import reading
from resolution_cli.cli.delivery import Delivery, ForceOption, OutputOption, format_option
from resolution_cli.cli.options import (
    FileOption,
    completed_ids,
    parsed_day,
    parsed_id,
    parsed_text,
    path_to_read,
)
from resolution_cli.domain.selection import EntrySelection
from resolution_cli.formats.registry import Format
from resolution_cli.i18n import N_

HELP = N_("Show the history, newest first.")

EXAMPLES = (
    ("tracker log T3", N_("The history of T3, newest first.")),
    (
        N_("tracker log --from 2025-09-01 --to 2025-09-30"),
        N_("All updates with an effective date in September 2025."),
    ),
    ("tracker log -o history.csv", N_("The whole history in a file that Excel opens.")),
)


def log(
    item_ids: Annotated[
        list[str] | None,
        typer.Argument(
            parser=parsed_id,
            metavar="[ID]...",
            autocompletion=completed_ids,
            help=N_("Only these items; ids in upper or lower case."),
        ),
    ] = None,
    *,
    start: Annotated[
        date | None,
        typer.Option(
            "--from", parser=parsed_day, metavar="DATE", help=N_("Only from this day on.")
        ),
    ] = None,
    end: Annotated[
        date | None,
        typer.Option("--to", parser=parsed_day, metavar="DATE", help=N_("Only up to this day.")),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            parser=parsed_text, metavar="NAME", help=N_("Only updates by this person or office.")
        ),
    ] = None,
    output_format: Annotated[Format | None, format_option("log")] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    file: FileOption = None,
) -> None:
    """Show the history, newest first."""
    path = path_to_read(file)
    delivery = Delivery("log", output_format, output, path, force=force)
    wanted = EntrySelection(item_ids=tuple(item_ids or ()), start=start, end=end, by=by)
    delivery.send(reading.entries(path, wanted))
