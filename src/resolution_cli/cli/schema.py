"""`tracker schema`."""

from enum import StrEnum
from typing import Annotated

import typer

from resolution_cli.cli.options import argument_of, completed_words
from resolution_cli.cli.output import print_text
from resolution_cli.domain import parsing
from resolution_cli.i18n import N_
from resolution_cli.reports.table_asked import Table

HELP = N_("Print the JSON Schema of the data file, or of the JSON that a command prints.")

EXAMPLES = (
    ("tracker schema", N_("The JSON Schema of the data file.")),
    (
        "tracker schema --of report",
        N_("The JSON Schema of what `tracker report --format json` prints."),
    ),
)


class Described(StrEnum):
    """What has a schema: the data file, and the JSON of each command that prints some."""

    FILE = "file"
    LIST = "list"
    SHOW = "show"
    REPORT = "report"
    LOG = "log"
    TARGETS = "targets"
    TARGET = "target"
    NEXT = "next"
    CHASE = "chase"
    OVERVIEW = "overview"
    OVERVIEW_ITEMS = "overview-items"
    ITEM_ROW = "item-row"
    MILESTONE_ROW = "milestone-row"
    TARGET_ROW = "target-row"
    UPDATE_ROW = "update-row"


_TABLES = {
    Described.ITEM_ROW: Table.ITEMS,
    Described.MILESTONE_ROW: Table.MILESTONES,
    Described.TARGET_ROW: Table.TARGETS,
    Described.UPDATE_ROW: Table.UPDATES,
}
"""The tables whose rows have a schema."""


def schema(
    *,
    of: Annotated[
        Described,
        typer.Option(
            parser=argument_of(parsing.choice(Described)),
            metavar="WHAT",
            autocompletion=completed_words(Described),
            help=N_(
                "What the schema is of: the data file (file), or the JSON that list, show, report, "
                "log, targets, next, chase or overview prints. target is that of show for a "
                "target, overview-items that of overview for items; item-row, milestone-row, "
                "target-row and update-row are those of a row of overview --table."
            ),
        ),
    ] = Described.FILE,
) -> None:
    """Print the JSON Schema of the data file, or of the JSON that a command prints."""
    from resolution_cli.formats.schema import data_file, output, row  # noqa: PLC0415  # only here

    if of in _TABLES:
        print_text(row(_TABLES[of]))
    else:
        print_text(data_file() if of is Described.FILE else output(of))
