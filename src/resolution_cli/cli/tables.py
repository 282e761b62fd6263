"""The tables of `tracker overview` for other programs: their options, and how they are written."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from resolution_cli import i18n
from resolution_cli.cli.delivery import Delivery
from resolution_cli.cli.options import argument_of, completed_words
from resolution_cli.domain import parsing
from resolution_cli.domain.selection import Selection
from resolution_cli.formats.registry import TABLE, Format, formats
from resolution_cli.i18n import N_, _
from resolution_cli.reports.table_asked import Every, Table, TableAsked

if TYPE_CHECKING:
    from resolution_cli.actions.mapping import Shown
    from resolution_cli.actions.overviewing import Asked
    from resolution_cli.actions.tabulating import Tabulation
    from resolution_cli.storage.folders import Found

TableOption = Annotated[
    Table | None,
    typer.Option(
        "--table",
        parser=argument_of(parsing.choice(Table)),
        metavar="TABLE",
        autocompletion=completed_words(Table),
        help=N_("A table for other programs: items, milestones, targets or updates, a row each."),
    ),
]
EveryOption = Annotated[
    Every | None,
    typer.Option(
        "--every",
        parser=argument_of(parsing.choice(Every)),
        metavar="PERIOD",
        autocompletion=completed_words(Every),
        help=N_(
            "With --table: a row each for the end of every month, quarter or year of the term."
        ),
    ),
]


def check_options(
    table: Table | None, every: Every | None, chosen: Format | None, output: Path | None
) -> None:
    """Raise typer.BadParameter if the options do not fit together.

    Args:
        table: the table that is asked for; None for none.
        every: the length of the periods that are asked for; None for none.
        chosen: the format asked for; None for that of the ending of `output`.
        output: the file to write; None for stdout.

    """
    known = formats(TABLE)
    if table is None:
        if every:
            raise typer.BadParameter(_("--every needs --table."))
        if not chosen and output:
            chosen = next((each for each in known if output.suffix.lower() in each.suffixes), None)
        if chosen and not chosen.is_of("overview"):
            message = _("the format {name} needs --table.")
            raise typer.BadParameter(message.format(name=chosen.name))
    elif every and table is Table.UPDATES:
        message = _("--every does not go with the table of updates, which has every entry once.")
        raise typer.BadParameter(message)
    elif chosen and chosen not in known:
        message = _("{name} is not a format of --table; choose one of: {words}.")
        words = ", ".join(each.name for each in known)
        raise typer.BadParameter(message.format(name=chosen.name, words=words))


def check_rest(asked: "Asked", wanted: Selection) -> None:
    """Raise typer.BadParameter if a table is asked for, and not all rows of it."""
    if wanted != Selection() or asked.period_name or asked.by:
        message = _(
            "--table has all rows: it does not go with --period, --by or a condition; the program "
            "that reads it selects and groups."
        )
        raise typer.BadParameter(message)


def send_table(  # noqa: PLR0917  # all that a table is made of
    delivery: Delivery,
    found: "Found",
    table: Table,
    every: Every | None,
    asked: "Asked",
    today: date,
    shown: "Shown",
) -> "Tabulation":
    """Write a table of the files that were `found`, and return what was read for it."""
    # Only a table pays for it.
    from resolution_cli.actions.tabulating import tabulation  # noqa: PLC0415

    day = asked.as_of or today
    question = TableAsked(table, day, today, every, i18n.language())
    tabulated = tabulation(found, question, shown, asked.index)
    delivery.send_table(tabulated.row, tabulated)
    return tabulated
