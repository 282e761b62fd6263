"""The view of `tracker list`: what the file says of each item."""

from resolution_cli import i18n
from resolution_cli.i18n import _
from resolution_cli.reports.listing import Listing
from resolution_cli.reports.standing import Standing
from resolution_cli.views import words
from resolution_cli.views.columns import (
    due_remark,
    grouped_by_kind,
    item_table,
    narrow_row,
    verdict_cell,
)
from resolution_cli.views.document import Block, Document, Paragraph, Words, toned
from resolution_cli.views.texts import clean, local

_COLUMNS = ("id", "kind", "title", "lead", "status", "progress", "verdict", "due")
_DETAILS = ("kind", "status")
"""What a screen leaves out: its groups say the kind, its progress and its verdict the status."""


def document(listing: Listing) -> Document:
    """Return the table of the items asked for."""
    standings = listing.standings
    blocks: tuple[Block, ...] = (Paragraph(words.no_item(listing)),)
    if standings:
        # Without any due date, the line below the table says all.
        has_due = any(standing.item.due for standing in standings)
        details = _DETAILS if has_due else (*_DETAILS, "due")
        table = item_table(_COLUMNS, standings, _narrow, details)
        blocks = (grouped_by_kind(table, standings), *due_remark(standings))
    return Document(
        source=(
            clean(local(listing.header.title)),
            _("As of {day}").format(day=i18n.day(listing.as_of)),
        ),
        blocks=blocks,
    )


def _narrow(standing: Standing) -> Words:
    """Return what a narrow screen shows of an item: how it stands, and its lead unit."""
    lead = f"\n{words.fact('lead', standing.lead)}" if standing.lead else ""
    return toned(narrow_row(standing, verdict_cell(standing).words), lead)
