"""The ids of items or targets, a line each, for scripts."""

from typing import TYPE_CHECKING

from resolution_cli.reports.listing import Listing

if TYPE_CHECKING:
    from resolution_cli.reports.targets import TargetListing


def listing(found: Listing) -> str:
    """Return the ids, a line each."""
    return "".join(f"{standing.item.id}\n" for standing in found.standings)


def targets(found: "TargetListing") -> str:
    """Return the ids of targets, a line each."""
    return "".join(f"{standing.target.id}\n" for standing in found.figures.standings)
