"""`tracker add`."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from inspect import Signature, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from resolution_cli import i18n, storage
from resolution_cli.actions import planning
from resolution_cli.cli import clock
from resolution_cli.cli.options import (
    FileOption,
    argument_of,
    completed_parents,
    completed_words,
    option_of,
    parsed_day,
    path_to_change,
)
from resolution_cli.cli.output import ignore_interrupts, print_document, print_near_units
from resolution_cli.cli.plan_options import (
    BaseOption,
    DryRunOption,
    KindOption,
    PlanOption,
    SourceOption,
    StartOption,
    SummaryOption,
    UnitOption,
    WantOption,
    WeightOption,
    given,
)
from resolution_cli.cli.prompts import can_ask
from resolution_cli.domain import parsing
from resolution_cli.domain.facts import FACTS
from resolution_cli.domain.plan import Addition, NewEntry
from resolution_cli.domain.values import EntryKind
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import N_, _
from resolution_cli.views.document import Document

HELP = N_(
    "Add a task, breakthrough, milestone or target to the plan.\n\nIt is written at the end of "
    "its list; comments and all other lines stay as they are. How far the work is, is then "
    "reported with `tracker update`. In a terminal, what is missing is asked for."
)

EXAMPLES = (
    (
        N_('tracker add task "Night market by the river" --lead "Ward office" --due 2027-06-30'),
        N_("Add a task under the next free id, with its lead unit and due date."),
    ),
    (
        N_('tracker add milestone "Site chosen" --of T3 --weight 2 --due 2027-03-31'),
        N_("Add a milestone to T3 that counts twice."),
    ),
    (
        N_(
            'tracker add target "Share of poor households" --unit % --want at-most '
            "--base 2025-08-31=1.8 --plan 2027=0.9 --plan 2030=0.2"
        ),
        N_("Add a target with its base and the figures of two years."),
    ),
)

_HELP_OF_LISTS = {
    "partners": N_("A partner unit. Repeatable."),
    "tags": N_("A tag to filter by. Repeatable."),
}


def add(
    what: Annotated[
        EntryKind | None,
        typer.Argument(
            parser=argument_of(parsing.entry_kind),
            metavar="[WHAT]",
            autocompletion=completed_words(EntryKind),
            help=N_("task, breakthrough, milestone or target."),
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Argument(
            parser=argument_of(parsing.line),
            metavar="[TITLE]",
            help=N_("What is to be done or measured, in short."),
        ),
    ] = None,
    *,
    new_id: Annotated[
        str | None,
        typer.Option(
            "--id",
            parser=argument_of(parsing.new_id),
            metavar="ID",
            help=N_("Its id. Default: the next free one of its kind."),
        ),
    ] = None,
    summary: SummaryOption = None,
    start: StartOption = None,
    item: Annotated[
        str | None,
        typer.Option(
            "--item",
            "--of",
            parser=argument_of(parsing.new_id),
            metavar="ID",
            autocompletion=completed_parents,
            help=N_("Of a milestone: the item that it belongs to; of a target: the one it serves."),
        ),
    ] = None,
    weight: WeightOption = None,
    unit: UnitOption = None,
    want: WantOption = None,
    kind: KindOption = None,
    base: BaseOption = None,
    plan: PlanOption = None,
    source: SourceOption = None,
    added: Annotated[
        date | None,
        typer.Option(
            parser=parsed_day,
            metavar="DATE",
            help=N_("The day on which it entered the plan. Default: today."),
        ),
    ] = None,
    dry_run: DryRunOption = False,
    file: FileOption = None,
    **values: Any,
) -> None:
    """Add an entry to the plan."""
    values |= {
        "what": what,
        "title": title,
        "id": new_id,
        "summary": summary,
        "start": start,
        "item": item,
        "weight": weight,
        "unit": unit,
        "want": want,
        "kind": kind,
        "base": base,
        "plan": plan,
        "source": source,
        "added": added,
    }
    path = path_to_change(file)
    is_asked = (what is None or title is None) and can_ask()
    if is_asked:
        new = _asked(path, values, is_confirmed=dry_run)
    else:
        for name, value in ((N_("WHAT"), what), (N_("TITLE"), title)):
            if value is None:
                raise WrongInput(_("{name} is missing.").format(name=_(name)))
        new = _new_entry(values)
    made = planning.add(path, new, is_rehearsal=dry_run)
    if not dry_run:
        ignore_interrupts()

    from resolution_cli.views import plan as view  # noqa: PLC0415  # nobody waits for it

    # What was confirmed was seen.
    shown = () if is_asked and not dry_run else view.proposed(made).blocks
    end = view.added(made, path, is_rehearsal=dry_run).blocks
    print_document(Document(blocks=(*shown, *end)))
    print_near_units(made.near_units)


def _new_entry(values: Mapping[str, Any]) -> NewEntry:
    """Return what is to be added, from the values that were given, or answered, by name."""
    rest = {key: value for key, value in values.items() if key not in ("what", "id", "plan")}
    return NewEntry(
        kind=values["what"],
        values=given(rest, values.get("plan")),
        id=values.get("id"),
        language=i18n.language(),
        today=clock.now().date(),
    )


def _asked(path: Path, values: Mapping[str, Any], *, is_confirmed: bool) -> NewEntry:
    """Ask a person for what is not given, and whether it is right; return what is to be added."""
    from resolution_cli.cli import asking, prompts  # noqa: PLC0415  # only where there is a person
    from resolution_cli.views import plan as view  # noqa: PLC0415  # as above

    known = {name: value for name, value in values.items() if value not in (None, [])}

    def rehearsed(answers: Mapping[str, Any]) -> tuple[NewEntry, Addition]:
        new = _new_entry(answers)
        return new, planning.add(path, new, is_rehearsal=True)

    ask = partial(asking.questions_of_addition, storage.loaded(path), frozenset(known))
    new, made = prompts.until_accepted(prompts.Answers(known), ask, rehearsed)
    prompts.confirm(view.proposed(made), _("Add this? [y/N]"), is_confirmed=is_confirmed)
    return new


def _signature() -> Signature:
    """Return the signature of `add` with an option for each fact that assigns."""
    written = signature(add)
    *own, added, dry_run, file, _values = written.parameters.values()
    assigned = [fact for fact in FACTS.values() if not fact.is_state]
    facts = [option_of(fact, _HELP_OF_LISTS.get(fact.name, "")) for fact in assigned]
    return written.replace(parameters=[*own, *facts, added, dry_run, file])


add.__signature__ = _signature()  # type: ignore[attr-defined]  # Typer reads it
