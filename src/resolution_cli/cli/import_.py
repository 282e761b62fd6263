"""`tracker import`."""

from pathlib import Path
from typing import Annotated

import typer

from resolution_cli.cli import clock
from resolution_cli.cli.options import (
    FileOption,
    argument_of,
    completed_periods,
    parsed_text,
    path_to_change,
)
from resolution_cli.cli.output import ignore_interrupts, print_document, print_text
from resolution_cli.cli.progress import shown_progress
from resolution_cli.cli.prompts import confirm
from resolution_cli.cli.update import DryRunOption, closing_line, user_name
from resolution_cli.i18n import N_, _, ngettext, number

HELP = N_(
    "Record what units answered on their forms.\n\nAll forms are read and checked first; if "
    "anything is wrong with any of them, all of it is named with file, sheet and cell, and nothing "
    "is written. Else it is shown, and recorded in one write, which one undo takes back. The forms "
    "are never changed."
)

EXAMPLES = (
    (
        "tracker import forms/*.xlsx",
        N_("Show what the forms say, and record it after you confirm."),
    ),
    ("tracker import forms/*.xlsx --dry-run", N_("Show what they say, and record nothing.")),
)


def import_workbooks(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help=N_("Forms that came back, as .xlsx or .ods."),
            readable=False,
        ),
    ],
    *,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help=N_("Do not ask for confirmation."))
    ] = False,
    period_name: Annotated[
        str | None,
        typer.Option(
            "--period",
            parser=argument_of(str),
            metavar="PERIOD",
            autocompletion=completed_periods,
            help=N_("The period that the forms are of. Default: the present one, or the last."),
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            parser=parsed_text,
            metavar="NAME",
            envvar="TRACKER_BY",
            help=N_("Who records the updates. Default: the system's user name."),
        ),
    ] = None,
    dry_run: DryRunOption = False,
    file: FileOption = None,
) -> None:
    """Record what units answered on their forms."""
    from resolution_cli.actions import exchanging  # noqa: PLC0415  # nobody else waits for it
    from resolution_cli.views import changes  # noqa: PLC0415  # as above

    path, at, who = path_to_change(file), clock.now(), by or user_name()
    found_files = [path for typed in files for path in _matching(typed)]
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
    if "*" not in typed.name or typed.exists():
        return [typed]
    return sorted(typed.parent.glob(typed.name)) or [typed]
