"""Tab-separated text for scripts: a line an item.

The names of the columns and the words are the same in every language.
"""

from datetime import date

from resolution_cli.reports.listing import Listing
from resolution_cli.reports.standing import Standing
from resolution_cli.views.texts import clean, local

COLUMNS = ("id", "kind", "title", "status", "progress", "due", "lead", "verdict")


def listing(found: Listing) -> str:
    """Return a line of column names and a line an item; no value holds a tab or a line's end."""
    rows = [COLUMNS, *map(_values, found.standings)]
    return "".join(["\t".join(map(cell_text, row)) + "\n" for row in rows])


def cell_text(value: object) -> str:
    """Return a value as scripts and spreadsheets read it, on one line; empty for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):  # an instant is one too
        return value.isoformat()
    return clean("; ".join(value)) if isinstance(value, tuple) else clean(str(value))


def _values(standing: Standing) -> tuple[object, ...]:
    item = standing.item
    facts = (
        item.id,
        item.kind,
        local(item.title),
        item.present_status,
        item.present_progress,
        item.due,
        item.lead,
    )
    return (*facts, standing.judgement.verdict)
