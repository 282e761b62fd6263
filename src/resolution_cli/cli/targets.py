"""`tracker targets`."""

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
from resolution_cli.domain.selection import TargetSelection
from resolution_cli.domain.target_verdict import TargetVerdict
from resolution_cli.formats.registry import Format
from resolution_cli.i18n import N_

HELP = N_("List the targets: their plan, their latest figures, and how they stand.")

EXAMPLES = (
    ("tracker targets", N_("All targets as they stand today.")),
    ("tracker targets --year 2026", N_("How the targets stand against their plan for 2026.")),
    ("tracker targets --verdict behind --verdict missed", N_("Those that need attention.")),
)


def targets(
    *,
    year: Annotated[
        int | None,
        typer.Option(
            parser=argument_of(parsing.year),
            metavar="YEAR",
            help=N_("Judge by the plan for this year. Default: the year of the latest figure."),
        ),
    ] = None,
    verdict: Annotated[
        list[TargetVerdict] | None,
        typer.Option(
            parser=argument_of(parsing.target_verdict),
            metavar="VERDICT",
            autocompletion=completed_words(TargetVerdict),
            help=N_("Only targets with this verdict, such as behind or missed. Repeatable."),
        ),
    ] = None,
    lead: Annotated[
        str | None,
        unit_option(N_("Only targets of this lead unit: any spelling, or a part of its name.")),
    ] = None,
    tag: Annotated[
        str | None,
        typer.Option(parser=parsed_text, metavar="TAG", help=N_("Only targets with this tag.")),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option(
            parser=parsed_text,
            metavar="TEXT",
            help=N_(
                "Only targets with this text in title, summary or a note, with or without accents."
            ),
        ),
    ] = None,
    as_of: AsOfOption = None,
    output_format: Annotated[Format | None, format_option("targets")] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    file: FileOption = None,
) -> None:
    """List the targets."""
    path = path_to_read(file)
    delivery = Delivery("targets", output_format, output, path, force=force)
    wanted = TargetSelection(verdicts=tuple(verdict or ()), lead=lead, tag=tag, search=search)
    delivery.send(reading.targets(path, wanted, year, as_of, clock.now().date()))
