"""The diary read item by item: what was recorded last, and by when. Pure."""

from collections.abc import Mapping, Sequence

from resolution_cli.model import Resolution, Update


def updates_by_item(resolution: Resolution) -> Mapping[str, Sequence[Update]]:
    """Return the entries of the diary, oldest first, by the lower-cased id of their item."""
    found: dict[str, list[Update]] = {}
    for update in resolution.updates:
        found.setdefault(update.item.lower(), []).append(update)
    return found


def recorded(updates: Sequence[Update]) -> dict[str, object]:
    """Return the facts that the diary of one item has spoken of, by name, as its last word on each has them.

    A fact that was taken away is None; a fact never spoken of is absent.
    """
    return {name: new for update in updates for name, _, new in update.changes()}
