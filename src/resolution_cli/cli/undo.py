"""`tracker undo`."""

from typing import Annotated

import typer

from resolution_cli.actions import undoing
from resolution_cli.cli import clock
from resolution_cli.cli.options import FileOption, completed_ids, parsed_id, path_to_change
from resolution_cli.cli.output import print_document, print_notice, print_text
from resolution_cli.cli.prompts import confirm
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import N_, _
from resolution_cli.views import changes
from resolution_cli.views.document import Document
from resolution_cli.views.texts import clean

HELP = N_(
    "Undo the last command that recorded something.\n\nWithout an id, all of its entries are taken "
    "back; with one, only the last recorded entry of that item. --redo brings back what the last "
    "undo took, as long as the file was not changed since."
)

EXAMPLES = (
    ("tracker undo", N_("Show the last update of the file, and undo it after you confirm.")),
    ("tracker undo T3 --yes", N_("Undo the last update of T3 without confirmation.")),
)


def undo(
    item_id: Annotated[
        str | None,
        typer.Argument(
            parser=parsed_id,
            metavar="[ID]",
            autocompletion=completed_ids,
            help=N_("The item's id. Without it, the last command."),
        ),
    ] = None,
    *,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help=N_("Do not ask for confirmation."))
    ] = False,
    redo: Annotated[
        bool, typer.Option("--redo", help=N_("Bring back what the last undo took."))
    ] = False,
    file: FileOption = None,
) -> None:
    """Take back the last command, or bring back what was taken."""
    path = path_to_change(file)
    if redo:
        if item_id is not None:
            raise WrongInput(_("--redo takes no id: it brings back what the last undo took."))
        print_document(changes.redo(undoing.redo(path)))
        print_text(_("Redone in {path}.").format(path=clean(str(path))) + "\n")
        return
    plan_change = None if item_id else undoing.last_plan_change(path)
    if plan_change:
        from resolution_cli.views import plan  # noqa: PLC0415  # nobody waits for it

        document = plan.undo(plan_change.added, plan_change.edits)
        _confirm(document, is_confirmed=yes)
        reason = undoing.undo_plan_change(path, plan_change)
    else:
        today = clock.now().date()
        shown = undoing.last_update(path, item_id, today)
        document = changes.undo(shown.undos)
        _confirm(document, is_confirmed=yes)
        reason = undoing.undo(path, item_id, shown, today)
    # After the write, as `update` prints it: a reader who leaves early changes nothing of it.
    if yes:
        print_document(document)
    print_text(_("Undone in {path}.").format(path=clean(str(path))) + "\n")
    if reason:
        print_notice(_("--redo will not be able to bring it back: {reason}").format(reason=reason))


def _confirm(document: Document, *, is_confirmed: bool) -> None:
    confirm(
        document,
        _("Undo this update? [y/N]"),
        is_confirmed=is_confirmed,
        otherwise=_("Add --yes to undo without confirmation."),
    )
