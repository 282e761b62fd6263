"""How fast an item moves against its plan. Pure: the day is an argument."""

from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.schedule import Expected

_FEWEST_UPDATES = 2

CURVE_POINTS = 48
"""How many equal stretches of the term a curve has: each a month and a week of five years."""


class Unjudged(StrEnum):
    """Why no day of completion can be forecast."""

    TOO_FEW_UPDATES = "too-few-updates"
    NO_PROGRESS = "no-progress"
    TOO_SLOW = "too-slow"


class Pace(Struct, frozen=True):
    """Where an item is against its plan, and where its pace so far leads.

    Attributes:
        expected: the progress that the plan expects by the day, in whole percent.
        actual: the progress recorded by the day, in percent.
        finish: the day on which it would be done at its pace so far; None if that cannot be judged.
        unjudged: why it cannot; None if it can.

    """

    expected: int
    actual: int
    finish: date | None = None
    unjudged: Unjudged | None = None


class Curve(Struct, frozen=True):
    """Progress over the term, in percent, at the end of each of `CURVE_POINTS` equal stretches.

    Attributes:
        planned: what the plan expects, by the due date in force on the day of the curve.
        actual: what was recorded; it ends with the stretch in which that day is, and has there the
            progress of that day.

    """

    planned: tuple[float, ...]
    actual: tuple[int, ...]


def pace(history: ItemHistory, day: date) -> Pace:
    """Return the pace of the item of `history`, which is not done on `day`.

    Its pace so far is its progress over the days since its start, which needs at least two days on
    which progress was
    recorded: one report tells where an item is, not how fast it got there.
    """
    item, start = history.on(day), history.start
    actual = item.present_progress
    expected = Expected(start, item.due or history.term.end, day).percent
    days = {update.on for update in history.until(day) if update.progress is not None}
    if len(days) < _FEWEST_UPDATES:
        return Pace(expected, actual, unjudged=Unjudged.TOO_FEW_UPDATES)
    if actual == 0 or day <= start:
        return Pace(expected, actual, unjudged=Unjudged.NO_PROGRESS)
    try:
        return Pace(
            expected, actual, start + timedelta(days=-(-(day - start).days * 100 // actual))
        )
    except OverflowError:
        return Pace(expected, actual, unjudged=Unjudged.TOO_SLOW)


def curve(history: ItemHistory, day: date) -> Curve:
    """Return planned and actual progress of the item of `history` over the term, as on `day`."""
    term, item = history.term, history.on(day)
    start, due = history.start, item.due or term.end
    length = term.end - term.start
    ends = [term.start + length * number // CURVE_POINTS for number in range(1, CURVE_POINTS + 1)]
    past = [history.stretch_on(end).progress for end in ends if end < day]
    return Curve(
        planned=tuple(Expected(start, due, end).share for end in ends),
        actual=tuple(past if len(past) == CURVE_POINTS else [*past, item.present_progress]),
    )
