"""`tracker list`."""

from typing import Annotated

from resolution_cli.actions import reading
from resolution_cli.cli import clock
from resolution_cli.cli.delivery import Delivery, ForceOption, OutputOption, format_option
from resolution_cli.cli.options import AsOfOption, FileOption, path_to_read
from resolution_cli.cli.selection_options import (
    KindOption,
    LeadOption,
    MilestonesOption,
    PartnerOption,
    SearchOption,
    StatusOption,
    TagOption,
    VerdictOption,
)
from resolution_cli.domain.selection import Selection
from resolution_cli.formats.registry import Format
from resolution_cli.i18n import N_

HELP = N_("List the items.")

EXAMPLES = (
    ("tracker list --status blocked", N_("The items that are blocked.")),
    (
        N_('tracker list --kind task --search "digital transformation"'),
        N_("The tasks that have this text in their title, summary or notes."),
    ),
    ("tracker list --milestones", N_("All items, each with its milestones below it.")),
    ("tracker list -o list.csv", N_("All items in a file that Excel opens.")),
)


def list_items(
    *,
    kind: KindOption = None,
    status: StatusOption = None,
    lead: LeadOption = None,
    partner: PartnerOption = None,
    verdict: VerdictOption = None,
    tag: TagOption = None,
    search: SearchOption = None,
    milestones: MilestonesOption = False,
    as_of: AsOfOption = None,
    output_format: Annotated[Format | None, format_option("list")] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    file: FileOption = None,
) -> None:
    """List the items."""
    path = path_to_read(file)
    delivery = Delivery("list", output_format, output, path, force=force)
    wanted = Selection(
        kind=kind,
        has_milestones=milestones or (delivery.is_calendar and kind is None),
        statuses=tuple(status or ()),
        lead=lead,
        partner=partner,
        verdicts=tuple(verdict or ()),
        tag=tag,
        search=search,
    )
    delivery.send(reading.listing(path, wanted, as_of, clock.now().date()))
