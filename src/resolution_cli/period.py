"""Stretches of days that reports are made for. Pure: today is an argument."""

import re
from datetime import date, timedelta

from msgspec import Struct

from resolution_cli.matching import fold
from resolution_cli.model import Term

FORMS = "2026, 2026-H1, 2026-Q3, 2026-09, term, mid-term, this-month, last-quarter, last-half, this-year"
"""Examples of all the forms in which a period can be named."""

_YEAR_FIRST = re.compile(
    r"(?P<year>[1-9]\d{3})(?:-(?:h(?P<half>[12])|q(?P<quarter>[1-4])|(?P<month>0?[1-9]|1[0-2])))?", re.ASCII
)
_YEAR_LAST = re.compile(
    r"(?:h(?P<half>[12])|(?:q|quy )(?P<quarter>[1-4])|(?:thang )?(?P<month>0?[1-9]|1[0-2]))[/-](?P<year>[1-9]\d{3})",
    re.ASCII,
)
"""As offices also write it: Q3/2026, quý 3/2026, 09/2026, tháng 9/2026."""

_DAY = timedelta(days=1)
_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}


class Period(Struct, frozen=True):
    """The days from `start` to `end`, both included.

    Attributes:
        start, end: the first and the last day.
        months: how many whole months of the calendar it is; 0 for any other stretch.

    """

    start: date
    end: date
    months: int = 0

    def following(self) -> "Period | None":
        """Return the next period of the same length: of as many months of the calendar, or of as many days.

        It is None where the calendar of this program ends.
        """
        if self.end == date.max:
            return None
        start = self.end + _DAY
        if self.months:
            return _of_months(start.year, start.month, self.months)
        return Period(start, start + min(self.end - self.start, date.max - start))


def named(text: str, term: Term, today: date) -> Period | None:
    """Return the period called `text` by one of the `FORMS`, in any case; None if it is no such name."""
    name = fold(text.strip())
    if name in ("term", "mid-term"):
        middle = term.start + (term.end - term.start) // 2
        return Period(term.start, term.end if name == "term" else middle)
    if match := re.fullmatch(r"(this|last)-(year|half|quarter|month)", name):
        months = _MONTHS[match[2]]
        present = _of_months(today.year, (today.month - 1) // months * months + 1, months)
        if match[1] == "this":
            return present
        before = present.start - _DAY
        return _of_months(before.year, before.month - months + 1, months)
    if match := _YEAR_FIRST.fullmatch(name) or _YEAR_LAST.fullmatch(name):
        year, half, quarter, month = (int(part or 0) for part in match.group("year", "half", "quarter", "month"))
        for number, months in ((month, 1), (quarter, 3), (half, 6)):
            if number:
                return _of_months(year, (number - 1) * months + 1, months)
        return _of_months(year, 1, 12)
    return None


def _of_months(year: int, month: int, count: int) -> Period:
    last = month + count - 1
    end = date(year, last, 31) if last == 12 else date(year, last + 1, 1) - _DAY  # noqa: PLR2004  # December
    return Period(date(year, month, 1), end, count)
