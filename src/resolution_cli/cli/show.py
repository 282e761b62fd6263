"""`tracker show`."""

from typing import Annotated

from resolution_cli import actions
from resolution_cli.cli import clock
from resolution_cli.cli.delivery import Delivery, ForceOption, OutputOption, format_option
from resolution_cli.cli.options import AsOfOption, FileOption, IdArgument, path_to_read
from resolution_cli.i18n import N_
from resolution_cli.render.formats import Format

HELP = N_("Show one item and its history.")


def show(
    item_id: IdArgument,
    *,
    as_of: AsOfOption = None,
    output_format: Annotated[Format | None, format_option("item")] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    file: FileOption = None,
) -> None:
    """Show one item and its history."""
    path = path_to_read(file)
    delivery = Delivery("item", output_format, output, path, force=force)
    delivery.send(actions.item(path, item_id, as_of, clock.now().date()))
