"""The pace of an item: progress against plan, and a forecast of its completion."""

from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from msgspec import Struct

from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import Term

_FEWEST_DAYS = 2
"""Days with a recorded progress that a forecast needs at least."""

CURVE_POINTS = 48
"""How many equal stretches of the term a curve has: each a month and a week of five years."""


class Unjudged(StrEnum):
    """The reasons why no day of completion can be forecast."""

    TOO_FEW_UPDATES = "too-few-updates"
    NO_PROGRESS = "no-progress"
    TOO_SLOW = "too-slow"


class Pace(Struct, frozen=True):
    """The progress of an item against its plan on a day, with a forecast.

    Attributes:
        expected: the progress that the plan expects by the day, in whole percent.
        actual: the progress recorded by the day, in percent.
        finish: the day of completion at the pace so far; None if it cannot be forecast.
        unjudged: the reason why it cannot be forecast; None if it can.

    """

    expected: int
    actual: int
    finish: date | None = None
    unjudged: Unjudged | None = None


class Curve(Struct, frozen=True):
    """Progress over the term, in percent, at the end of each of `CURVE_POINTS` equal stretches.

    Attributes:
        planned: what the plan expects, by the due date in force on the day of the curve.
        actual: what was recorded; it ends with the stretch in which that day is, or the day of the
            cancellation in force, and has there the progress of that day.

    """

    planned: tuple[float, ...]
    actual: tuple[int, ...]


def pace(history: ItemHistory, day: date) -> Pace:
    """Return the pace of the item of `history`, which is open on `day`.

    The forecast extends its progress since its start evenly. It needs progress recorded on at least
    two different days, because one report gives a position but no speed.
    """
    item, start = history.on(day), history.start
    actual = item.present_progress
    expected = history.expected_on(day).percent
    if len(history.days_of_progress(day)) < _FEWEST_DAYS:
        return Pace(expected, actual, unjudged=Unjudged.TOO_FEW_UPDATES)
    if actual == 0 or day <= start:
        return Pace(expected, actual, unjudged=Unjudged.NO_PROGRESS)
    days_needed = -(-(day - start).days * 100 // actual)  # rounded up
    try:
        return Pace(expected, actual, start + timedelta(days=days_needed))
    except OverflowError:  # later than the last day of the calendar
        return Pace(expected, actual, unjudged=Unjudged.TOO_SLOW)


def curve(history: ItemHistory, day: date) -> Curve:
    """Return planned and actual progress of the item of `history` over the term, as on `day`."""
    term, item = history.term, history.on(day)
    cancellation = history.cancellation_on(day) if item.is_cancelled else ()
    last = cancellation[0].on if cancellation else day
    past = [history.stretch_on(end).progress for end in _curve_days(term) if end < last]
    is_over = len(past) == CURVE_POINTS
    return Curve(
        planned=history.planned(_curve_days(term), day),
        actual=tuple(past if is_over else [*past, item.present_progress]),
    )


@cache  # the same for all items
def _curve_days(term: Term) -> tuple[date, ...]:
    """Return the last day of each of `CURVE_POINTS` equal stretches of `term`."""
    length = term.end - term.start
    return tuple(
        term.start + length * number // CURVE_POINTS for number in range(1, CURVE_POINTS + 1)
    )
