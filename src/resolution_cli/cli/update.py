"""`tracker update`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from inspect import Signature, signature
from pathlib import Path
from typing import Annotated, Any

import typer
from msgspec.structs import replace

from resolution_cli import storage
from resolution_cli.actions import recording
from resolution_cli.cli import clock
from resolution_cli.cli.options import (
    FileOption,
    IdsArgument,
    argument_of,
    author_option,
    completed_words,
    option_of,
    parsed_day,
    parsed_text,
    path_to_change,
    typed,
)
from resolution_cli.cli.output import ignore_interrupts, print_document, print_near_units
from resolution_cli.cli.prompts import can_ask
from resolution_cli.domain import parsing
from resolution_cli.domain.change import Change, Request
from resolution_cli.domain.facts import FACTS, FactName
from resolution_cli.domain.model import Cause
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import N_, _
from resolution_cli.views.texts import clean

HELP = N_(
    "Record an update of one or more items.\n\nSeveral items are updated in one "
    "write: all of them or, if a rule refuses one, none. Every update adds an "
    "entry to the history. In a terminal, without options, it asks what happened."
)

EXAMPLES = (
    (
        N_('tracker update T3 --progress 20 --note "Land survey finished"'),
        N_("Record the progress of T3 and what was done."),
    ),
    (
        N_('tracker update T2 --status blocked --note "No budget yet" --cause objective'),
        N_("Record that T2 is blocked, by what, and the kind of cause."),
    ),
    (
        N_('tracker update T1 --status done --evidence "Report 45-BC/DU, 2025-09-30"'),
        N_("Record that T1 is done, with the document that proves it."),
    ),
    (
        N_('tracker update T4 T6 --lead "Ward office" --due 2027-06-30'),
        N_("Give two items a lead unit and a due date in one update."),
    ),
)


NoteOption = Annotated[
    str | None,
    typer.Option(
        parser=parsed_text,
        metavar="TEXT",
        help=N_("What was done; if blocked, what blocks it."),
    ),
]
EvidenceOption = Annotated[
    list[str] | None,
    typer.Option(
        parser=parsed_text,
        metavar="TEXT",
        help=N_("The evidence: a document by number and date. Repeatable."),
    ),
]
CauseOption = Annotated[
    Cause | None,
    typer.Option(
        parser=argument_of(parsing.cause),
        metavar="CAUSE",
        autocompletion=completed_words(Cause),
        help=N_("The kind of cause: objective or subjective."),
    ),
]
ProposalOption = Annotated[
    str | None,
    typer.Option(
        parser=parsed_text,
        metavar="TEXT",
        help=N_("What is proposed to the superior level, or asked of it."),
    ),
]
ClearOption = Annotated[
    list[FactName] | None,
    typer.Option(
        parser=argument_of(parsing.fact_to_clear),
        metavar="FACT",
        autocompletion=completed_words(parsing.CLEARABLE),
        help=N_("Remove a fact, such as due, lead or tags. Repeatable."),
    ),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help=N_("Show what would change, without writing it."))
]


def update(
    item_ids: IdsArgument = None,
    *,
    note: NoteOption = None,
    evidence: EvidenceOption = None,
    cause: CauseOption = None,
    proposal: ProposalOption = None,
    clear: ClearOption = None,
    on: Annotated[
        date | None,
        typer.Option(
            parser=parsed_day, metavar="DATE", help=N_("The effective date. Default: today.")
        ),
    ] = None,
    by: Annotated[
        str | None,
        author_option(N_("Who records the update. Default: the system's user name.")),
    ] = None,
    dry_run: DryRunOption = False,
    file: FileOption = None,
    **values: Any,
) -> None:
    """Record what happened to items: all of them in one write or, if a rule refuses one, none."""
    at = clock.now()
    request = Request(
        facts=asked_facts(values, clear or ()),
        on=on or at.date(),
        at=at,
        by=by or user_name(),
        note=note,
        evidence=tuple(evidence or ()),
        cause=cause,
        proposal=proposal,
    )
    path = path_to_change(file)
    ids = item_ids or []
    says_nothing = not (request.facts or request.says_something)
    is_asked = says_nothing and len(ids) <= 1 and can_ask()
    if is_asked:
        ids, request = _asked(path, ids, request, is_confirmed=dry_run)
    elif not ids:
        raise WrongInput(_("{name} is missing.").format(name=_("ID") + "..."))
    made = recording.update(path, ids, request, is_rehearsal=dry_run)
    if not dry_run:
        ignore_interrupts()

    from resolution_cli.views import changes  # noqa: PLC0415  # nobody waits for it

    # At once: whoever interrupts it sees all of it, or nothing. What was confirmed was seen.
    shown = () if is_asked and not dry_run else made
    print_document(changes.changes(shown, closing_line(path, dry_run=dry_run)))
    print_near_units(made[0].near_units)


def _asked(
    path: Path, ids: Sequence[str], request: Request, *, is_confirmed: bool
) -> tuple[list[str], Request]:
    """Ask a person what is to be recorded, and whether that is right; return the ids and it."""
    from resolution_cli.cli import asking, prompts  # noqa: PLC0415  # only where there is a person
    from resolution_cli.views import changes  # noqa: PLC0415  # as above

    resolution, today = storage.loaded(path), request.at.date()
    entry = asking.entry_to_update(resolution, next(iter(ids), None), today)

    def rehearsed(values: Mapping[str, Any]) -> tuple[Request, tuple[Change, ...]]:
        whole = _with_answers(request, values)
        return whole, recording.update(path, [entry.id], whole, is_rehearsal=True)

    ask = partial(asking.questions_of_update, resolution, entry, request.on)
    whole, made = prompts.until_accepted(prompts.Answers({}), ask, rehearsed)
    prompts.confirm(changes.changes(made), _("Record this? [y/N]"), is_confirmed=is_confirmed)
    return [entry.id], whole


def _with_answers(request: Request, answers: Mapping[str, Any]) -> Request:
    """Return `request` with what a person answered."""
    return replace(
        request,
        facts={name: value for name, value in answers.items() if name in FACTS},
        on=answers.get("on", request.on),
        note=answers.get("note"),
        evidence=(answers["evidence"],) if "evidence" in answers else (),
        cause=answers.get("cause"),
    )


def closing_line(path: Path, *, dry_run: bool) -> str:
    """Return the last line of what a change prints: whether it was written."""
    end = _("Nothing was written to {path}.") if dry_run else _("Written to {path}.")
    return end.format(path=clean(str(path)))


def asked_facts(values: Mapping[str, Any], cleared: Iterable[str]) -> dict[str, object]:
    """Return the facts that a person gave or cleared, by name; each of a list once."""
    facts: dict[str, object] = {
        name: tuple(dict.fromkeys(value)) if FACTS[name].is_list else value
        for name, value in values.items()
        if value is not None
    }
    for name in cleared:
        if name in facts:
            raise WrongInput(
                _("--clear {fact} contradicts an option that sets it.").format(fact=name)
            )
        facts[str(name)] = None
    return facts


def with_facts(command: Callable[..., None]) -> Signature:
    """Return the signature of `command` with an option for each fact.

    Those that say how far the work is come before what is said of it (--note), the others behind.
    """
    written = signature(command)
    *first, clear, on, by, dry_run, file, _values = written.parameters.values()
    *first, note, evidence, cause, proposal = first
    state = [option_of(fact) for fact in FACTS.values() if fact.is_state]
    others = [option_of(fact) for fact in FACTS.values() if not fact.is_state]
    said, rest = (note, evidence, cause, proposal), (clear, on, by, dry_run, file)
    return written.replace(parameters=[*first, *state, *said, *others, *rest])


def user_name() -> str | None:
    """Return the system's name of the user, if it is one that can be written and says something."""
    import getpass  # noqa: PLC0415  # only for who does not say

    # The ways in which systems have no user name.
    with suppress(OSError, KeyError, ImportError, WrongInput):
        return parsing.text(typed(getpass.getuser()))
    return None


update.__signature__ = with_facts(update)  # type: ignore[attr-defined]  # Typer reads it
