"""What a plan expects by a day: the share of the days from start to due that has passed. Pure."""

from datetime import date

from msgspec import Struct


class Expected(Struct, frozen=True):
    """The progress that an even pace from `start` to `due` has reached at the end of `day`.

    It is exact where it is compared, and rounded once where it is shown, so that the points between
    it and a progress are the difference of the two percentages as they stand beside each other.

    Attributes:
        start, due: the first day of the work, and the day by which it is due.
        day: the day asked about.

    """

    start: date
    due: date
    day: date

    @property
    def share(self) -> float:
        """Return it in percent, from 0 to 100."""
        if self.day >= self.due:
            return 100
        # Between start and due, so the days planned are more than those passed.
        return self._passed * 100 / self._planned if self.day > self.start else 0

    @property
    def percent(self) -> int:
        """Return it in whole percent, rounded down: 100 only from the due date on, and 0 only up to the start."""
        return max(int(self.share), 1) if self.start < self.day < self.due else int(self.share)

    def exceeds(self, percent: int) -> bool:
        """Say whether it is more than `percent`; nothing is rounded."""
        return self._passed * 100 > percent * self._planned

    @property
    def _passed(self) -> int:
        return (self.day - self.start).days

    @property
    def _planned(self) -> int:
        return (self.due - self.start).days
