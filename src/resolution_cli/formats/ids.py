"""The ids of items, a line each, for scripts."""

from resolution_cli.reports.listing import Listing


def listing(found: Listing) -> str:
    """Return the ids, a line each."""
    return "".join(f"{standing.item.id}\n" for standing in found.standings)
