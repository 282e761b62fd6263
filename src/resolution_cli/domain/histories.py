"""The histories of all items, milestones and targets of a resolution, each with its entries."""

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace

from resolution_cli.domain import milestones
from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import Parent, Resolution, Term, Update

_Entries = Mapping[str, Sequence[Update]]


class _Made(NamedTuple):
    """Histories that were made, and of what."""

    resolution: Resolution
    today: date
    histories: Mapping[str, ItemHistory]


_latest: list[_Made] = []
"""What was made last: a report, its checks and its annex ask for the same."""


def histories(resolution: Resolution, today: date) -> Mapping[str, ItemHistory]:
    """Return the history of each item by its lower-cased id, in the order of the resolution.

    That of an item has those of its milestones. `today` is the day whose end the plan describes.
    Asked again of the same resolution, the same ones are returned, with what they have computed.
    """
    for made in _latest:
        if made.resolution is resolution and made.today == today:
            return made.histories
    entries, term = updates_by_item(resolution), resolution.header.term
    found = {item.id.lower(): _history(item, entries, term, today) for item in resolution.items}
    _latest[:] = [_Made(resolution, today, found)]
    return found


def forget_histories() -> None:
    """Keep no histories, where their resolution will not be asked about again."""
    _latest.clear()


def history_of(resolution: Resolution, item: Parent, today: date) -> ItemHistory:
    """Return the history of one item, with those of its milestones, as `histories` has it."""
    ids = {each.id.lower() for each in (item, *item.milestones)}
    updates = tuple(each for each in resolution.updates if each.item.lower() in ids)
    entries = updates_by_item(replace(resolution, updates=updates))
    return _history(item, entries, resolution.header.term, today)


def with_milestones(histories: Mapping[str, ItemHistory]) -> dict[str, ItemHistory]:
    """Return the `histories` of items, by lower-cased id, each with its milestones behind it."""
    return {
        each.item.id.lower(): each
        for history in histories.values()
        for each in (history, *history.milestones)
    }


def updates_by_item(resolution: Resolution) -> _Entries:
    """Return the entries of the history by the lower-cased id of their item.

    The entries of an item are ordered by their effective day, and within a day as in the file.
    """
    by_item: dict[str, list[Update]] = {}
    for update in resolution.updates:
        by_item.setdefault(update.item.lower(), []).append(update)
    for updates in by_item.values():
        updates.sort(key=attrgetter("on"))
    return by_item


def _history(item: Parent, entries: _Entries, term: Term, today: date) -> ItemHistory:
    updates = entries.get(item.id.lower(), ())
    if not item.milestones:
        return ItemHistory(item, updates, term, today)
    history = milestones.ParentHistory(item, updates, term, today)
    history.milestones = tuple(
        milestones.MilestoneHistory(each, entries.get(each.id.lower(), ()), history)
        for each in item.milestones
    )
    return history
