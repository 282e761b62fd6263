"""`tracker update`."""

from contextlib import suppress
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from resolution_cli import storage
from resolution_cli.cli import clock
from resolution_cli.cli.options import (
    FileOption,
    IdsArgument,
    completed_leads,
    completed_words,
    parsed_cause,
    parsed_choice,
    parsed_day,
    parsed_percent,
    parsed_status,
    parsed_text,
    path_to_change,
)
from resolution_cli.cli.output import ignore_interrupts, print_document
from resolution_cli.domain.change import Request, changes
from resolution_cli.domain.model import Cause, Status
from resolution_cli.i18n import N_, _
from resolution_cli.views.texts import clean

HELP = N_(
    "Record an update of one or more items.\n\nSeveral items are updated in one "
    "write: all of them or, if a rule refuses one, none. Every update adds an "
    "entry to the history."
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


_CLEAR_ALIASES = {
    "thoi-han": "due",
    "don-vi-chu-tri": "lead",
    "chu-tri": "lead",
    "don-vi-phoi-hop": "partners",
    "phoi-hop": "partners",
    "san-pham": "product",
    "nhan": "tags",
}


class Clearable(StrEnum):
    """The facts that can be taken away again."""

    DUE = "due"
    LEAD = "lead"
    PARTNERS = "partners"
    PRODUCT = "product"
    TAGS = "tags"


def update(
    item_ids: IdsArgument,
    *,
    status: Annotated[
        Status | None,
        typer.Option(
            parser=parsed_status,
            metavar="STATUS",
            autocompletion=completed_words(Status),
            help=N_("not-started, in-progress, blocked (with a --note that says why) or done."),
        ),
    ] = None,
    progress: Annotated[
        int | None,
        typer.Option(
            parser=parsed_percent, metavar="PERCENT", help=N_("The progress, from 0 to 100.")
        ),
    ] = None,
    note: Annotated[
        str | None,
        typer.Option(
            parser=parsed_text,
            metavar="TEXT",
            help=N_("What was done; if blocked, what blocks it."),
        ),
    ] = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option(
            parser=parsed_text,
            metavar="TEXT",
            help=N_("The evidence: a document by number and date. Repeatable."),
        ),
    ] = None,
    cause: Annotated[
        Cause | None,
        typer.Option(
            parser=parsed_cause,
            metavar="CAUSE",
            autocompletion=completed_words(Cause),
            help=N_("The kind of cause: objective or subjective."),
        ),
    ] = None,
    lead: Annotated[
        str | None,
        typer.Option(
            parser=parsed_text,
            metavar="UNIT",
            autocompletion=completed_leads,
            help=N_("The lead unit."),
        ),
    ] = None,
    partner: Annotated[
        list[str] | None,
        typer.Option(
            parser=parsed_text,
            metavar="UNIT",
            help=N_("A partner unit. Repeatable; replaces the earlier ones."),
        ),
    ] = None,
    due: Annotated[
        date | None,
        typer.Option(
            parser=parsed_day, metavar="DATE", help=N_("The due date: 2026-09-30 or 30/09/2026.")
        ),
    ] = None,
    done_on: Annotated[
        date | None,
        typer.Option(
            parser=parsed_day,
            metavar="DATE",
            help=N_("With done: the day of completion. Default: --on."),
        ),
    ] = None,
    product: Annotated[
        str | None,
        typer.Option(parser=parsed_text, metavar="TEXT", help=N_("The expected output.")),
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option(
            parser=parsed_text,
            metavar="TAG",
            help=N_("A tag to filter by. Repeatable; replaces the earlier ones."),
        ),
    ] = None,
    clear: Annotated[
        list[Clearable] | None,
        typer.Option(
            parser=parsed_choice(
                Clearable, {word: Clearable(fact) for word, fact in _CLEAR_ALIASES.items()}
            ),
            metavar="FACT",
            autocompletion=completed_words(Clearable),
            help=N_("Remove due, lead, partners, product or tags. Repeatable."),
        ),
    ] = None,
    on: Annotated[
        date | None,
        typer.Option(
            parser=parsed_day, metavar="DATE", help=N_("The effective date. Default: today.")
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            parser=parsed_text,
            metavar="NAME",
            envvar="TRACKER_BY",
            help=N_("Who records the update. Default: the system's user name."),
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Show what would change, without writing it."))
    ] = False,
    file: FileOption = None,
) -> None:
    """Record what happened to items: all of them in one write or, if a rule refuses one, none."""
    given = {
        "status": status,
        "progress": progress,
        "done_on": done_on,
        "due": due,
        "lead": lead,
        "partners": tuple(dict.fromkeys(partner)) if partner else None,
        "product": product,
        "tags": tuple(dict.fromkeys(tag)) if tag else None,
    }
    facts: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    for name in clear or ():
        if name in facts:
            raise typer.BadParameter(
                _("--clear {fact} contradicts an option that sets it.").format(fact=name)
            )
        facts[name.value] = None
    at = clock.now()
    request = Request(
        facts=facts,
        on=on or at.date(),
        at=at,
        by=by or _user_name(),
        note=note,
        evidence=tuple(evidence or ()),
        cause=cause,
    )
    _record(path_to_change(file), item_ids, request, dry_run=dry_run)


def _record(path: Path, item_ids: list[str], request: Request, *, dry_run: bool) -> None:
    if dry_run:
        made = changes(storage.loaded(path), item_ids, request)
    else:
        with storage.editing(path) as book:
            made = changes(book.resolution, item_ids, request)
            book.apply(made)
        ignore_interrupts()

    from resolution_cli.views import changes as view  # noqa: PLC0415  # after the write, for which nobody should wait

    end = _("Nothing was written to {path}.") if dry_run else _("Written to {path}.")
    # At once: whoever interrupts it sees all of it, or nothing.
    print_document(view.changes(made, end.format(path=clean(str(path)))))


def _user_name() -> str | None:
    """Return the system's name of the user, if it is one that can be written and says something."""
    import getpass  # noqa: PLC0415  # only for who does not say

    with suppress(
        OSError, KeyError, ImportError, typer.BadParameter
    ):  # ways in which systems have no user name
        return parsed_text(getpass.getuser())
    return None
