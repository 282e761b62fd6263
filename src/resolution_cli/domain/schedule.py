"""The progress that a plan expects by a day.

It is the share of the days from start to due date or, of an item with milestones, the share of the
weights of those that are due before that day.
"""

from datetime import date
from functools import cache

from msgspec import Struct


class Expected(Struct, frozen=True):
    """The progress expected at the end of `day` at an even pace from `start` to `due`.

    Comparisons use the exact value. It is rounded only where it is shown, so that the points
    between it and a progress are the difference of the two percentages as shown.

    Attributes:
        start: the day on which the work starts.
        due: the due date.
        day: the day to give the expected progress for.

    """

    start: date
    due: date
    day: date

    @property
    def share(self) -> float:
        """Return the expected progress in percent, from 0 to 100, not rounded."""
        if self.day >= self.due:
            return 100
        if self.day <= self.start:
            return 0
        return self._days_passed * 100 / self._days_planned

    @property
    def percent(self) -> int:
        """Return the expected progress in whole percent, rounded down.

        It is 100 only from the due date on, and 0 only up to the start.
        """
        percent = int(self.share)
        return max(percent, 1) if self.start < self.day < self.due else percent

    def exceeds(self, percent: int) -> bool:
        """Return whether the exact expected progress is more than `percent`."""
        return self._days_passed * 100 > percent * self._days_planned

    @property
    def _days_passed(self) -> int:
        return (self.day - self.start).days

    @property
    def _days_planned(self) -> int:
        return (self.due - self.start).days


class ExpectedWeight(Struct, frozen=True):
    """The progress expected of an item with milestones, as `Expected` has that of another.

    Attributes:
        over: the sum of the weights of the milestones that are due before the day.
        total: the sum of the weights of all that are in force; it is not 0.

    """

    over: int
    total: int

    @property
    def share(self) -> float:
        """Return the expected progress in percent, from 0 to 100, not rounded."""
        return self.over * 100 / self.total

    @property
    def percent(self) -> int:
        """Return the expected progress in whole percent, rounded down."""
        return self.over * 100 // self.total


@cache  # many items have the same dates
def planned_shares(start: date, due: date, ends: tuple[date, ...]) -> tuple[float, ...]:
    """Return the progress in percent that an even pace from `start` to `due` has at the `ends`."""
    return tuple(Expected(start, due, end).share for end in ends)
