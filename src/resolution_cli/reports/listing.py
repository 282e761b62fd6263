"""What `tracker list` shows: the items asked for."""

from datetime import date

from msgspec import Struct

from resolution_cli.domain.model import Header, Resolution
from resolution_cli.domain.selection import Selection
from resolution_cli.reports.standing import Standing, standings


class Listing(Struct, frozen=True):
    """The items asked for.

    Attributes:
        header: the resolution's own facts.
        as_of: the day at whose end they stand so.
        standings: the items, in the resolution's order.
        total: how many items the resolution has.

    """

    header: Header
    as_of: date
    standings: tuple[Standing, ...]
    total: int


def listing(resolution: Resolution, wanted: Selection, day: date, today: date) -> Listing:
    """Return the `wanted` items as they stand at the end of `day`; the plan stands on `today`."""
    found = standings(resolution, day, today)
    chosen = tuple(each for each in found if wanted.accepts(each.item, each.updates))
    return Listing(resolution.header, day, chosen, len(found))
