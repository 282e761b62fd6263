"""`tracker timeline`."""

from typing import Annotated

import typer

from resolution_cli.actions import reading
from resolution_cli.cli import clock
from resolution_cli.cli.delivery import Delivery, ForceOption, OutputOption, format_option
from resolution_cli.cli.options import AsOfOption, FileOption, path_to_read
from resolution_cli.formats.registry import Format
from resolution_cli.i18n import N_

HELP = N_("Show the term as a timeline: when each item starts, is due and was done.")

EXAMPLES = (
    ("tracker timeline", N_("All items on a line over the term, with their milestones as marks.")),
    ("tracker timeline --milestones", N_("The same, with a line for each milestone.")),
    ("tracker timeline -o timeline.html", N_("The timeline as a page for a web browser.")),
)


def timeline(
    *,
    milestones: Annotated[
        bool, typer.Option("--milestones", help=N_("Also the milestones, each below its item."))
    ] = False,
    as_of: AsOfOption = None,
    output_format: Annotated[Format | None, format_option("timeline")] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    file: FileOption = None,
) -> None:
    """Show the term as a timeline."""
    path = path_to_read(file)
    delivery = Delivery("timeline", output_format, output, path, force=force)
    today = clock.now().date()
    delivery.send(reading.timeline(path, as_of, today, has_milestones=milestones))
