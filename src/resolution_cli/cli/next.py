"""`tracker next`."""

from typing import Annotated

from resolution_cli.actions import reporting
from resolution_cli.cli import clock
from resolution_cli.cli.delivery import Delivery, ForceOption, OutputOption, format_option
from resolution_cli.cli.options import (
    FileOption,
    path_to_read,
    period_option,
    unit_option,
)
from resolution_cli.formats.registry import Format
from resolution_cli.i18n import N_

HELP = N_(
    "Show which report closes next, and what it still lacks.\n\nBy lead unit: items without news "
    "in the period, targets without a figure, causes that are missing; and texts that are blank. "
    "Each with the command that adds it."
)

EXAMPLES = (
    ("tracker next", N_("What the next report to close lacks.")),
    ("tracker next --period this-quarter", N_("What the report of this quarter lacks.")),
    (N_('tracker next --lead "Urban"'), N_("What units with this in their name have to add.")),
)


def next_report(
    *,
    period_name: Annotated[
        str | None,
        period_option(N_("The report of this period. Default: the one that closes first.")),
    ] = None,
    lead: Annotated[
        str | None,
        unit_option(N_("Only this lead unit, in any spelling or by a part of its name; no texts.")),
    ] = None,
    output_format: Annotated[Format | None, format_option("next")] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    file: FileOption = None,
) -> None:
    """Show which report closes next, and what it still lacks."""
    path = path_to_read(file)
    delivery = Delivery("next", output_format, output, path, force=force)
    delivery.send(reporting.next_report(path, period_name, lead, clock.now().date()))
