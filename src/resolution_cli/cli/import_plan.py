"""`tracker import --as plan`: an office's own table becomes entries of the plan."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from resolution_cli.actions import importing
from resolution_cli.cli import clock
from resolution_cli.cli.output import (
    ignore_interrupts,
    print_document,
    print_notice,
    print_text,
)
from resolution_cli.cli.prompts import confirm
from resolution_cli.errors import ChangeRefused, WrongInput
from resolution_cli.i18n import _
from resolution_cli.views.texts import clean


def import_plan(
    path: Path,
    workbooks: Sequence[Path],
    mapped: Iterable[tuple[str, str]],
    added: date | None,
    *,
    is_rehearsal: bool,
    is_confirmed: bool,
) -> None:
    """Add to the plan in the file at `path` what the tables of `workbooks` have.

    Args:
        path: the data file.
        workbooks: the workbooks.
        mapped: heads of columns, each with the column of the plan that it is.
        added: the day on which it entered the plan; today if None.
        is_rehearsal: only the lines that would be added are printed.
        is_confirmed: it is not asked for.

    Raises:
        WrongInput: one head is given two columns.
        WorkbooksRefused: a workbook cannot be read, or has no clear head.
        ChangeRefused: every row is left out because of a fault, or it was not confirmed.

    """
    from resolution_cli.views import plan_import as view  # noqa: PLC0415  # read while it waits

    today = clock.now().date()
    sheets = importing.plan_sheets(workbooks, _by_head(mapped))
    found = importing.plan_import(path, sheets, today, added)
    for notice in view.notices(sheets.tables, sheets.without, found):
        print_notice(notice)
    if not found.additions:
        has_faults = any(each.is_fault for each in found.left_out)
        if has_faults and not any(each.is_known for each in found.left_out):
            raise ChangeRefused(
                _("Nothing was added: every row is left out."),
                _("Correct the cells that are named, or a copy of the file, and run it again."),
            )
        print_text(view.counted(found) + "\n")
        return
    if is_rehearsal:
        print_text("".join(f"{clean(line)}\n" for line in importing.toml_of(found).splitlines()))
        return
    document = view.proposed(found)
    confirm(
        document,
        _("Add this? [y/N]"),
        is_confirmed=is_confirmed,
        otherwise=_("Add --yes to add it without confirmation, or --dry-run to see it only."),
    )
    importing.take_into_plan(path, sheets, found, today, added)
    ignore_interrupts()
    if is_confirmed:
        print_document(document)
    print_text(
        _("Added to {path}; `tracker undo` takes it back.").format(path=clean(str(path))) + "\n"
    )


def _by_head(mapped: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the columns by their heads. Raise WrongInput for a head with two."""
    found: dict[str, str] = {}
    for head, column in mapped:
        if found.setdefault(head, column) != column:
            message = _("the head “{head}” is given two columns.").format(head=head)
            raise WrongInput(message, "--map")
    return found
