"""`tracker show`."""

from typing import Annotated

from resolution_cli.actions import reading
from resolution_cli.cli import clock
from resolution_cli.cli.delivery import Delivery, ForceOption, OutputOption, format_option
from resolution_cli.cli.options import AsOfOption, FileOption, IdArgument, path_to_read
from resolution_cli.formats.registry import Format
from resolution_cli.i18n import N_
from resolution_cli.reports.item import ItemReport

HELP = N_("Show one item or target and its history.")

EXAMPLES = (
    ("tracker show T3", N_("The item T3 as it stands today, and its history.")),
    (N_("tracker show T3 --as-of 2025-09-30"), N_("The same item as it stood on that day.")),
    ("tracker show T3 -o T3.html", N_("The item as a page for a web browser.")),
)


def show(
    item_id: IdArgument,
    *,
    as_of: AsOfOption = None,
    output_format: Annotated[Format | None, format_option("show")] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    file: FileOption = None,
) -> None:
    """Show one item or target and its history."""
    path = path_to_read(file)
    delivery = Delivery("show", output_format, output, path, force=force)
    found = reading.item(path, item_id, as_of, clock.now().date())
    delivery.send(found, "show" if isinstance(found, ItemReport) else "target")
