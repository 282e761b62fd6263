"""The options of `tracker add` and `tracker edit`: the values of an entry of the plan."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

import typer

from resolution_cli.cli.options import argument_of, completed_parents, completed_words, parsed_day
from resolution_cli.domain import parsing
from resolution_cli.domain.facts import FACTS
from resolution_cli.domain.model import Base, Figure, TargetKind, Want
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import N_, _

SummaryOption = Annotated[
    str | None,
    typer.Option(
        parser=argument_of(parsing.lines),
        metavar="TEXT",
        help=N_("What is to be done or measured, in a sentence."),
    ),
]
StartOption = Annotated[
    date | None,
    typer.Option(
        parser=parsed_day, metavar="DATE", help=N_("Of an item: the day on which work starts.")
    ),
]
WeightOption = Annotated[
    int | None,
    typer.Option(
        parser=argument_of(parsing.weight),
        metavar="NUMBER",
        help=N_("Of a milestone: its weight in its item, a whole number from 1."),
    ),
]
UnitOption = Annotated[
    str | None,
    typer.Option(
        parser=argument_of(parsing.line),
        metavar="TEXT",
        help=N_("Of a target: the unit of its figures, such as %."),
    ),
]
WantOption = Annotated[
    Want | None,
    typer.Option(
        parser=argument_of(parsing.want),
        metavar="WORD",
        autocompletion=completed_words(Want),
        help=N_(
            "Of a target: how its figure must stand to the plan: at-least, at-most, above or below."
        ),
    ),
]
KindOption = Annotated[
    TargetKind | None,
    typer.Option(
        parser=argument_of(parsing.target_kind),
        metavar="WORD",
        autocompletion=completed_words(TargetKind),
        help=N_("Of a target: what its figures are: level, yearly or average."),
    ),
]
BaseOption = Annotated[
    Base | None,
    typer.Option(
        parser=argument_of(parsing.base),
        metavar="DATE=NUMBER",
        help=N_("Of a target: the day and the figure from which it starts."),
    ),
]
PlanOption = Annotated[
    list[Any] | None,
    typer.Option(
        parser=argument_of(parsing.plan_point),
        metavar="YEAR=NUMBER",
        help=N_("Of a target: the figure to be reached by the end of a year. Repeatable."),
    ),
]
ItemOption = Annotated[
    str | None,
    typer.Option(
        parser=argument_of(parsing.new_id),
        metavar="ID",
        autocompletion=completed_parents,
        help=N_("Of a target: the item that it serves."),
    ),
]
SourceOption = Annotated[
    str | None,
    typer.Option(
        parser=argument_of(parsing.line),
        metavar="TEXT",
        help=N_("Of a target: the document that sets it, or its figures."),
    ),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help=N_("Show what would change, without writing it."))
]


def given(values: Mapping[str, Any], points: Iterable[tuple[int, Figure]] | None) -> dict[str, Any]:
    """Return the values that a person gave, by key; those of a list once, those of a plan by year.

    Raises:
        WrongInput: a year is given twice.

    """
    found = {
        name: tuple(dict.fromkeys(value)) if name in FACTS and FACTS[name].is_list else value
        for name, value in values.items()
        if value is not None
    }
    plan: dict[str, Figure] = {}
    for year, figure in points or ():
        if str(year) in plan:
            raise WrongInput(_("the year {year} is given twice.").format(year=year), "--plan")
        plan[str(year)] = figure
    return found | ({"plan": plan} if plan else {})
