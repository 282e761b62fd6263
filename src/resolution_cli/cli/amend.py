"""`tracker amend`."""

from datetime import date
from typing import Annotated, Any

import typer

from resolution_cli.actions import recording
from resolution_cli.cli import clock
from resolution_cli.cli.options import (
    FileOption,
    IdArgument,
    argument_of,
    author_option,
    parsed_day,
    path_to_change,
)
from resolution_cli.cli.output import ignore_interrupts, print_document
from resolution_cli.cli.update import (
    CauseOption,
    ClearOption,
    DryRunOption,
    EvidenceOption,
    NoteOption,
    ProposalOption,
    asked_facts,
    closing_line,
    user_name,
    with_facts,
)
from resolution_cli.domain import parsing
from resolution_cli.domain.amend import Correction
from resolution_cli.domain.rules import Request
from resolution_cli.i18n import N_

HELP = N_(
    "Correct an entry of the history.\n\nWhat is not given stays as it is. The entry keeps what it "
    "said before, and who amended it when. Entries after it follow. Without other options, its "
    "old values become those that the entries before it leave, as `tracker check` may ask for."
)

EXAMPLES = (
    (
        "tracker amend T3 --entry 1 --progress 18",
        N_("Correct the progress in the first entry of T3; `tracker log T3` shows the numbers."),
    ),
    (
        N_('tracker amend T3 --entry 1 --note "Survey finished" --dry-run'),
        N_("Show what another note would change."),
    ),
)


def amend(
    item_id: IdArgument,
    *,
    entry: Annotated[
        Any,
        typer.Option(
            parser=argument_of(parsing.entry),
            metavar="ENTRY",
            help=N_("Which entry: its number in `tracker log`, or its effective date."),
        ),
    ],
    note: NoteOption = None,
    evidence: EvidenceOption = None,
    cause: CauseOption = None,
    proposal: ProposalOption = None,
    clear: ClearOption = None,
    on: Annotated[
        date | None,
        typer.Option(parser=parsed_day, metavar="DATE", help=N_("Another effective date for it.")),
    ] = None,
    by: Annotated[
        str | None,
        author_option(N_("Who amends it. Default: the system's user name.")),
    ] = None,
    dry_run: DryRunOption = False,
    file: FileOption = None,
    **values: Any,
) -> None:
    """Correct an entry of the history."""
    at = clock.now()
    request = Request(
        facts=asked_facts(values, clear or ()),
        on=at.date(),
        at=at,
        by=by or user_name(),
        note=note,
        evidence=tuple(evidence or ()),
        cause=cause,
        proposal=proposal,
    )
    path = path_to_change(file)
    correction = Correction(item_id, entry, request, on)
    made = recording.amend(path, correction, is_rehearsal=dry_run)
    if not dry_run:
        ignore_interrupts()

    from resolution_cli.views import changes  # noqa: PLC0415  # nobody waits for it

    print_document(changes.amended(made, closing_line(path, dry_run=dry_run)))


amend.__signature__ = with_facts(amend)  # type: ignore[attr-defined]  # Typer reads it
