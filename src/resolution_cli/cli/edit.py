"""`tracker edit`."""

from collections.abc import Mapping
from datetime import date
from inspect import Signature, signature
from typing import Annotated, Any

import typer

from resolution_cli import i18n
from resolution_cli.actions import planning
from resolution_cli.cli import clock
from resolution_cli.cli.editor import edit_file
from resolution_cli.cli.options import (
    FileOption,
    argument_of,
    completed_ids,
    completed_words,
    option_of,
    parsed_day,
    parsed_id,
    path_to_change,
)
from resolution_cli.cli.output import ignore_interrupts, print_document
from resolution_cli.cli.plan_options import (
    BaseOption,
    DryRunOption,
    ItemOption,
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
from resolution_cli.domain import parsing
from resolution_cli.domain.facts import FACTS
from resolution_cli.domain.plan import EditRequest
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import N_, _
from resolution_cli.shell import command_line
from resolution_cli.views.texts import clean

HELP = N_(
    "Edit the plan: an item or target, or without an id the whole file in an editor.\n\nWhat "
    "`tracker update` records in the history, such as a due date or a lead unit, is left to that. "
    "The editor is $VISUAL or $EDITOR; it gets a copy, which is checked before it replaces the "
    "file."
)

EXAMPLES = (
    (
        N_('tracker edit T3 --title "Clean and green wards"'),
        N_("Change the title of T3, in the language of the output if it has several."),
    ),
    ("tracker edit T3 --start 2026-07-01", N_("Change the day on which work on T3 starts.")),
    ("tracker edit", N_("Edit the whole file in an editor.")),
)


def edit(
    entry_id: Annotated[
        str | None,
        typer.Argument(
            parser=parsed_id,
            metavar="[ID]",
            autocompletion=completed_ids,
            help=N_("The id of the item or target. Without it, the whole file in an editor."),
        ),
    ] = None,
    *,
    title: Annotated[
        str | None,
        typer.Option(
            parser=argument_of(parsing.line),
            metavar="TEXT",
            help=N_("What is to be done or measured, in short."),
        ),
    ] = None,
    summary: SummaryOption = None,
    start: StartOption = None,
    item: ItemOption = None,
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
            parser=parsed_day, metavar="DATE", help=N_("The day on which it entered the plan.")
        ),
    ] = None,
    clear: Annotated[
        list[str] | None,
        typer.Option(
            parser=argument_of(parsing.key_to_clear),
            metavar="KEY",
            autocompletion=completed_words(parsing.CLEARABLE_KEYS),
            help=N_("Take a value away, such as summary, base or plan.2027. Repeatable."),
        ),
    ] = None,
    dry_run: DryRunOption = False,
    file: FileOption = None,
    **facts: Any,
) -> None:
    """Edit an entry of the plan, or the whole file."""
    asked = {
        "title": title,
        "summary": summary,
        "start": start,
        "item": item,
        "weight": weight,
        "unit": unit,
        "want": want,
        "kind": kind,
        "base": base,
        "source": source,
        "added": added,
    }
    values, cleared = given(asked, plan), tuple(dict.fromkeys(clear or ()))
    _check_facts(entry_id, facts)
    path = path_to_change(file)
    if entry_id is None:
        if values or cleared or dry_run:
            raise WrongInput(_("the id of the item or target is missing."))
        edit_file(path)
        return
    if not (values or cleared):
        message = _("give an option with a new value, or leave out the id to edit the whole file.")
        raise WrongInput(message)
    request = EditRequest(
        values=values, cleared=cleared, language=i18n.language(), today=clock.now().date()
    )
    made = planning.edit(path, entry_id, request, is_rehearsal=dry_run)
    if not dry_run:
        ignore_interrupts()

    from resolution_cli.views import plan as view  # noqa: PLC0415  # nobody waits for it

    end = _("Nothing was written to {path}.") if dry_run else _("Written to {path}.")
    print_document(view.edit(made, end.format(path=clean(str(path)))))


def _check_facts(entry_id: str | None, facts: Mapping[str, Any]) -> None:
    """Refuse the options of facts, which `update` changes."""
    options = [FACTS[name].option for name, value in facts.items() if value is not None]
    if options:
        command = command_line("tracker", "update", entry_id or "ID", options[0])
        message = _("`tracker update` changes this, with an entry of the history: {command} …")
        raise WrongInput(message.format(command=command), options[0])


def _signature() -> Signature:
    """Return the signature of `edit` with the options of `update`, hidden, to name that."""
    written = signature(edit)
    *own, _facts = written.parameters.values()
    hidden = [option_of(fact, is_hidden=True) for fact in FACTS.values()]
    return written.replace(parameters=[*own, *hidden])


edit.__signature__ = _signature()  # type: ignore[attr-defined]  # Typer reads it
