"""`tracker list`."""

from typing import Annotated

import typer

from resolution_cli.actions import reading
from resolution_cli.cli import clock
from resolution_cli.cli.delivery import Delivery, ForceOption, OutputOption, format_option
from resolution_cli.cli.options import (
    AsOfOption,
    FileOption,
    argument_of,
    completed_words,
    parsed_text,
    path_to_read,
    unit_option,
)
from resolution_cli.domain import parsing
from resolution_cli.domain.model import Kind, Status
from resolution_cli.domain.selection import Selection
from resolution_cli.domain.verdict import Verdict
from resolution_cli.formats.registry import Format
from resolution_cli.i18n import N_

HELP = N_("List the items.")

EXAMPLES = (
    ("tracker list --status blocked", N_("The items that are blocked.")),
    (
        N_('tracker list --kind task --search "digital transformation"'),
        N_("The tasks that have this text in their title, summary or notes."),
    ),
    ("tracker list --milestones", N_("All items, each with its milestones below it.")),
    ("tracker list -o list.csv", N_("All items in a file that Excel opens.")),
)


def list_items(
    *,
    kind: Annotated[
        Kind | None,
        typer.Option(
            parser=argument_of(parsing.kind),
            metavar="KIND",
            autocompletion=completed_words(Kind),
            help=N_("Only items of this kind: task, breakthrough or milestone."),
        ),
    ] = None,
    status: Annotated[
        list[Status] | None,
        typer.Option(
            parser=argument_of(parsing.status),
            metavar="STATUS",
            autocompletion=completed_words(Status),
            help=N_("Only items with this status. Repeatable."),
        ),
    ] = None,
    lead: Annotated[
        str | None,
        unit_option(N_("Only items of this lead unit: any spelling, or a part of its name.")),
    ] = None,
    partner: Annotated[
        str | None,
        unit_option(N_("Only items of which this is a partner unit, likewise.")),
    ] = None,
    verdict: Annotated[
        list[Verdict] | None,
        typer.Option(
            parser=argument_of(parsing.verdict),
            metavar="VERDICT",
            autocompletion=completed_words(Verdict),
            help=N_("Only items with this verdict, such as overdue or behind. Repeatable."),
        ),
    ] = None,
    tag: Annotated[
        str | None,
        typer.Option(parser=parsed_text, metavar="TAG", help=N_("Only items with this tag.")),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option(
            parser=parsed_text,
            metavar="TEXT",
            help=N_(
                "Only items with this text in title, summary or a note, with or without accents."
            ),
        ),
    ] = None,
    milestones: Annotated[
        bool, typer.Option("--milestones", help=N_("Also the milestones, each below its item."))
    ] = False,
    as_of: AsOfOption = None,
    output_format: Annotated[Format | None, format_option("list")] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    file: FileOption = None,
) -> None:
    """List the items."""
    path = path_to_read(file)
    delivery = Delivery("list", output_format, output, path, force=force)
    wanted = Selection(
        kind=kind,
        has_milestones=milestones or (delivery.is_calendar and kind is None),
        statuses=tuple(status or ()),
        lead=lead,
        partner=partner,
        verdicts=tuple(verdict or ()),
        tag=tag,
        search=search,
    )
    delivery.send(reading.listing(path, wanted, as_of, clock.now().date()))
