"""How fast an item moves against its plan. Pure: the day is an argument."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from resolution_cli.history import item_on
from resolution_cli.model import Item, Resolution, Update

_FEWEST_UPDATES = 2


class Unjudged(StrEnum):
    """Why no day of finishing can be told."""

    TOO_FEW_UPDATES = "too-few-updates"
    NO_PROGRESS = "no-progress"
    TOO_SLOW = "too-slow"


class Pace(Struct, frozen=True):
    """Where an item is against its plan, and where its pace so far leads.

    Attributes:
        expected: the progress that the plan expects by the day: the share of start→due that has passed, in percent.
        actual: the progress recorded by the day, in percent.
        finish: the day on which it would be done at its pace so far; None if that cannot be judged.
        unjudged: why it cannot; None if it can.

    """

    expected: float
    actual: int
    finish: date | None = None
    unjudged: Unjudged | None = None


def expected_progress(start: date, due: date, day: date) -> float:
    """Return the progress, in percent, that an even pace from `start` to `due` has reached on `day`."""
    if day >= due:
        return 100
    return max((day - start).days, 0) * 100 / (due - start).days if due > start else 0


def pace(resolution: Resolution, item: Item, updates: Sequence[Update], today: date) -> Pace:
    """Return the pace of `item`, which is not done and whose diary is `updates`, on `today`.

    Its pace so far is its progress over the days since its start, which needs at least two days on which progress was
    recorded: one report tells where an item is, not how fast it got there.
    """
    start, actual = resolution.start_of(item), item.present_progress
    expected = expected_progress(start, resolution.due_of(item), today)
    if len({update.on for update in updates if update.progress is not None}) < _FEWEST_UPDATES:
        return Pace(expected, actual, unjudged=Unjudged.TOO_FEW_UPDATES)
    if actual == 0 or today <= start:
        return Pace(expected, actual, unjudged=Unjudged.NO_PROGRESS)
    try:
        return Pace(expected, actual, start + timedelta(days=-(-(today - start).days * 100 // actual)))
    except OverflowError:
        return Pace(expected, actual, unjudged=Unjudged.TOO_SLOW)


def curve(
    resolution: Resolution, item: Item, updates: Sequence[Update], today: date, cells: int
) -> tuple[list[float], list[int]]:
    """Return planned and actual progress, in percent, at the end of each of `cells` equal stretches of the term.

    The actual progress ends with the stretch in which `today` is, and there tells of today; the plan goes on.
    """
    term, start, due = resolution.header.term, resolution.start_of(item), resolution.due_of(item)
    ends = [term.start + (term.end - term.start) * number // cells for number in range(1, cells + 1)]
    planned = [expected_progress(start, due, day) for day in ends]
    past = [day for day in ends if day < today]
    days = past if len(past) == cells else [*past, today]
    return planned, [item_on(item, updates, day).present_progress for day in days]
