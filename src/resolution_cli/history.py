"""The diary read item by item: what was recorded last, and how the resolution stood on any past day. Pure.

The days that entries speak of order them, and within a day their order in the file. The instants at which they were
recorded order nothing: clocks and their offsets differ.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from resolution_cli.model import Item, Resolution, Update


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


def item_on(item: Item, updates: Sequence[Update], day: date) -> Item:
    """Return `item`, whose whole diary is `updates`, as it stood at the end of `day`.

    Of each fact the last word up to that day counts; where there is none yet, what the first entry after it found.
    """
    facts: dict[str, object] = {}
    for update in reversed(updates):
        if update.on > day:
            facts |= {name: old for name, old, _ in update.changes()}
    facts |= recorded([update for update in updates if update.on <= day])
    return replace(item, **facts) if facts else item


def resolution_on(resolution: Resolution, day: date) -> Resolution:
    """Return `resolution` as it stood at the end of `day`, with the diary up to then."""
    diary = updates_by_item(resolution)
    return replace(
        resolution,
        tasks=tuple(item_on(item, diary.get(item.id.lower(), ()), day) for item in resolution.tasks),
        breakthroughs=tuple(item_on(item, diary.get(item.id.lower(), ()), day) for item in resolution.breakthroughs),
        updates=tuple(update for update in resolution.updates if update.on <= day),
    )


def deadlines(item: Item, updates: Sequence[Update]) -> tuple[date | None, ...]:
    """Return the due dates that `item` has had, the first one first, as its diary has them.

    None stands for none of its own. An item whose due date never moved has one.
    """
    moves = [(update.was.due, update.due) for update in updates if update.was.due != update.due]
    return (moves[0][0], *(new for _, new in moves)) if moves else (item.due,)
