"""Tab-separated text for scripts: a line an item or a target.

The names of the columns and the words are the same in every language.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from resolution_cli.reports.listing import Listing
from resolution_cli.reports.standing import Standing
from resolution_cli.views.texts import clean, local

if TYPE_CHECKING:
    from resolution_cli.reports.targets import TargetListing, TargetStanding

COLUMNS = ("id", "kind", "title", "status", "progress", "due", "lead", "verdict")
TARGET_COLUMNS = ("id", "title", "unit", "year", "plan", "value", "on", "lead", "verdict")


def listing(found: Listing) -> str:
    """Return a line of column names and a line an item; no value holds a tab or a line's end."""
    return _tsv([COLUMNS, *map(_values, found.standings)])


def targets(found: "TargetListing") -> str:
    """Return a line of column names and a line a target."""
    return _tsv([TARGET_COLUMNS, *map(_target_values, found.figures.standings)])


def cell_text(value: object) -> str:
    """Return a value as scripts and spreadsheets read it, on one line; empty for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):  # an instant is one too
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return clean("; ".join(value)) if isinstance(value, tuple) else clean(str(value))


def _tsv(rows: Iterable[Iterable[object]]) -> str:
    return "".join(["\t".join(map(cell_text, row)) + "\n" for row in rows])


def _target_values(standing: "TargetStanding") -> tuple[object, ...]:
    target, judged, point = standing.target, standing.judgement, standing.point
    return (
        target.id,
        local(target.title),
        local(target.unit),
        judged.year,
        point.value if point else None,
        judged.latest.value if judged.latest else None,
        judged.latest.on if judged.latest else None,
        target.lead,
        judged.verdict,
    )


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
