"""What `tracker list` shows: the items asked for."""

from datetime import date

from msgspec import Struct

from resolution_cli.domain.model import Header, Kind, Resolution
from resolution_cli.domain.selection import Selection
from resolution_cli.domain.units import unified
from resolution_cli.reports.standing import Standing, standings


class Listing(Struct, frozen=True):
    """The items asked for.

    Attributes:
        header: the resolution's own facts.
        as_of: the day at whose end they stand so.
        standings: the items, in the resolution's order, each with its milestones behind it where
            these are asked for.
        total: how many items there are in the plan.
        has_milestones: milestones are asked for.

    """

    header: Header
    as_of: date
    standings: tuple[Standing, ...]
    total: int
    has_milestones: bool = False


def listing(resolution: Resolution, wanted: Selection, day: date, today: date) -> Listing:
    """Return the `wanted` items as they stand at the end of `day`; the plan stands on `today`."""
    resolution, units = unified(resolution)
    found = standings(resolution, day, today)
    both = [each for standing in found for each in (standing, *standing.milestones)]
    chosen = tuple(each for each in both if wanted.accepts(each, each.judgement.verdict, units))
    has_milestones = wanted.has_milestones or wanted.kind is Kind.MILESTONE
    return Listing(resolution.header, day, chosen, len(found), has_milestones)
