"""`tracker import`."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from resolution_cli.cli import clock
from resolution_cli.cli.options import (
    FileOption,
    argument_of,
    author_option,
    completed_words,
    parsed_day,
    path_to_change,
    period_option,
)
from resolution_cli.cli.output import ignore_interrupts, print_document, print_text
from resolution_cli.cli.progress import shown_progress
from resolution_cli.cli.prompts import confirm
from resolution_cli.cli.update import DryRunOption, closing_line, user_name
from resolution_cli.domain import parsing
from resolution_cli.domain.plan_columns import head_and_column
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import N_, _, ngettext, number

HELP = N_(
    "Record what units answered on their forms, or take a table into the plan.\n\nAll forms are "
    "read and checked first; if anything is wrong with any of them, all of it is named with file, "
    "sheet and cell, and nothing is written. Else it is shown, and recorded in one write, which "
    "one undo takes back. The forms are never changed. With --as plan the workbooks are an "
    "office's own tables of tasks or targets, in any layout: heads are recognised by their words, "
    "and each row that is left out is named with the reason."
)

EXAMPLES = (
    (
        "tracker import forms/*.xlsx",
        N_("Show what the forms say, and record it after you confirm."),
    ),
    ("tracker import forms/*.xlsx --dry-run", N_("Show what they say, and record nothing.")),
    (
        N_('tracker import --as plan appendix.xlsx --map "What to do=title" --dry-run'),
        N_("Show which lines the rows of a table would add to the plan, and what is left out."),
    ),
)


class What(StrEnum):
    """What a workbook is taken as."""

    FORM = "form"
    PLAN = "plan"


def import_workbooks(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help=N_("Forms that came back, or tables, as .xlsx or .ods."),
            readable=False,
        ),
    ],
    *,
    what: Annotated[
        What,
        typer.Option(
            "--as",
            parser=argument_of(parsing.choice(What)),
            metavar="WHAT",
            autocompletion=completed_words(What),
            help=N_("form: what units answered; plan: a table of tasks or targets."),
        ),
    ] = What.FORM,
    heads: Annotated[
        list[Any] | None,
        typer.Option(
            "--map",
            parser=argument_of(head_and_column),
            metavar="HEAD=COLUMN",
            help=N_(
                "Of a table: what stands below a head: title, milestone, summary, lead, partners, "
                "start, due, product, weight, unit, source, number, plan.2030 (the figures of that "
                "year) or nothing. Repeatable."
            ),
        ),
    ] = None,
    added: Annotated[
        date | None,
        typer.Option(
            parser=parsed_day,
            metavar="DATE",
            help=N_("Of a table: the day on which it entered the plan. Default: today."),
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help=N_("Do not ask for confirmation."))
    ] = False,
    period_name: Annotated[
        str | None,
        period_option(
            N_("The period that the forms are of. Default: the present one, or the last.")
        ),
    ] = None,
    by: Annotated[
        str | None,
        author_option(N_("Who records the updates. Default: the system's user name.")),
    ] = None,
    dry_run: DryRunOption = False,
    file: FileOption = None,
) -> None:
    """Record what units answered on their forms, or take a table into the plan."""
    path = path_to_change(file)
    found_files = [each for typed in files for each in _matching(typed)]
    if what is What.PLAN:
        if period_name:
            raise WrongInput(_("--period is for forms, not for --as plan."))
        from resolution_cli.cli.import_plan import import_plan  # noqa: PLC0415  # one run needs it

        import_plan(path, found_files, heads or (), added, is_rehearsal=dry_run, is_confirmed=yes)
        return
    if heads or added:
        raise WrongInput(_("--map and --added need --as plan."))
    from resolution_cli.actions import exchanging  # noqa: PLC0415  # nobody else waits for it
    from resolution_cli.views import changes  # noqa: PLC0415  # as above

    at, who = clock.now(), by or user_name()
    read = exchanging.read_forms(shown_progress(found_files, _("Reading the forms")), period_name)
    found = exchanging.rehearse_import(path, read, at, who)
    said = ngettext("{count} form read", "{count} forms read", found.form_count)
    if not found.changes:
        nothing = _("{forms}; there is nothing new in them.")
        print_text(nothing.format(forms=said.format(count=number(found.form_count))) + "\n")
        return
    if not dry_run:
        confirm(
            changes.changes(found.changes),
            _("Record this? [y/N]"),
            is_confirmed=yes,
            otherwise=_("Add --yes to record it without confirmation."),
        )
        exchanging.import_forms(path, read, at, who, found)
        ignore_interrupts()
    # What was confirmed was seen.
    shown = found.changes if yes or dry_run else ()
    print_document(changes.changes(shown, closing_line(path, dry_run=dry_run)))


def _matching(typed: Path) -> list[Path]:
    """Return the files that a name with an asterisk stands for, where the shell leaves it so."""
    try:
        if "*" not in typed.name or typed.exists():
            return [typed]
        return sorted(typed.parent.glob(typed.name)) or [typed]
    except OSError:  # such as a name that is too long; reading it says why
        return [typed]
