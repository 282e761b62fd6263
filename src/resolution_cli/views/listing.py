"""The view of `tracker list`: what the file says of each item."""

from resolution_cli import i18n
from resolution_cli.i18n import _
from resolution_cli.reports.listing import Listing
from resolution_cli.views import words
from resolution_cli.views.columns import due_remark, item_table, narrow_row, status_cell
from resolution_cli.views.document import Block, Document, Paragraph
from resolution_cli.views.texts import clean, local

_COLUMNS = ("id", "kind", "title", "lead", "status", "progress", "verdict", "due")
_DETAILS = ("lead", "verdict")


def document(listing: Listing) -> Document:
    """Return the table of the items asked for."""
    standings = listing.standings
    blocks: tuple[Block, ...] = (Paragraph(words.no_item(listing)),)
    if standings:
        # Without any due date, the line below the table says all.
        has_due = any(standing.item.due for standing in standings)
        # Where milestones decide how an item stands, that is what a reader looks for.
        has_milestones = any(each.milestones or each.parent for each in standings)
        details = ("kind", "status") if has_milestones else _DETAILS
        table = item_table(
            _COLUMNS,
            standings,
            lambda standing: narrow_row(standing, status_cell(standing).words),
            details=details if has_due else (*details, "due"),
        )
        blocks = (table, *due_remark(standings))
    return Document(
        source=(
            clean(local(listing.header.title)),
            _("As of {day}").format(day=i18n.day(listing.as_of)),
        ),
        blocks=blocks,
    )
