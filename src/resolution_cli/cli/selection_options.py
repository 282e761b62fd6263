"""The options that say which items are listed, of one file or of many."""

from typing import Annotated

import typer

from resolution_cli.cli.options import argument_of, completed_words, parsed_text, unit_option
from resolution_cli.domain import parsing
from resolution_cli.domain.model import Kind, Status
from resolution_cli.domain.verdict import Verdict
from resolution_cli.i18n import N_

KindOption = Annotated[
    Kind | None,
    typer.Option(
        "--kind",
        parser=argument_of(parsing.kind),
        metavar="KIND",
        autocompletion=completed_words(Kind),
        help=N_("Only items of this kind: task, breakthrough or milestone."),
    ),
]
StatusOption = Annotated[
    list[Status] | None,
    typer.Option(
        "--status",
        parser=argument_of(parsing.status),
        metavar="STATUS",
        autocompletion=completed_words(Status),
        help=N_("Only items with this status. Repeatable."),
    ),
]
LeadOption = Annotated[
    str | None,
    unit_option(N_("Only items of this lead unit: any spelling, or a part of its name.")),
]
PartnerOption = Annotated[
    str | None, unit_option(N_("Only items of which this is a partner unit, likewise."))
]
VerdictOption = Annotated[
    list[Verdict] | None,
    typer.Option(
        "--verdict",
        parser=argument_of(parsing.verdict),
        metavar="VERDICT",
        autocompletion=completed_words(Verdict),
        help=N_("Only items with this verdict, such as overdue or behind. Repeatable."),
    ),
]
TagOption = Annotated[
    str | None,
    typer.Option("--tag", parser=parsed_text, metavar="TAG", help=N_("Only items with this tag.")),
]
SearchOption = Annotated[
    str | None,
    typer.Option(
        "--search",
        parser=parsed_text,
        metavar="TEXT",
        help=N_("Only items with this text in title, summary or a note, with or without accents."),
    ),
]
MilestonesOption = Annotated[
    bool, typer.Option("--milestones", help=N_("Also the milestones, each below its item."))
]
