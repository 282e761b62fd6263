"""Reporting periods, and the names by which people and scripts give them."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from resolution_cli.domain.model import Term
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import N_, _, day
from resolution_cli.matching import fold

FORMS = N_(
    "2026, 2026-H1, 2026-Q3, 2026-9M, 2026-09, term, mid-term, "
    "this-month, last-quarter, last-half, this-year"
)
"""Examples of all forms of a period's name; a message to be translated where it is shown."""

# Texts, which are compiled where a period is named: every start would pay a millisecond for it.
_UNIT = (
    r"(?:(?:thang |month |m)?(?P<month>0?[1-9]|1[0-2])"
    r"|(?:q ?|quy |quarter )(?P<quarter>[1-4]|i{1,3}|iv)"
    r"|(?P<first>h ?1|6 thang(?: dau)?|nua dau|first half|first six months)"
    r"|(?P<second>h ?2|6 thang cuoi|nua cuoi|second half|last six months)"
    r"|(?P<nine>9 ?m|9 thang(?: dau)?|(?:first )?(?:nine|9) months))"
)
_YEAR = r"(?P<year>[1-9]\d{3})"
_CALENDAR = (
    rf"(?:nam |year )?{_YEAR}",
    rf"{_YEAR}(?: |(?=[a-z])){_UNIT}",
    rf"{_UNIT}(?: nam| of)? {_YEAR}",
)
"""The names of calendar periods, folded, with a space for each separator.

They are as scripts write them, as reports print them in both languages, and as offices write them.
"""

_ENGLISH = r"(?P<which>this|last) (?P<unit>year|half|quarter|month)"
_VIETNAMESE = r"(?P<unit>nam|nua nam|quy|thang) (?P<which>nay|truoc|ngoai)"
_UNITS = {"nam": "year", "nua nam": "half", "quy": "quarter", "thang": "month"}
_TERM = ("term", "nhiem ky", "ca nhiem ky", "toan nhiem ky")
_MIDDLE = ("mid term", "midterm", "giua nhiem ky")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_DAY = timedelta(days=1)
_YEAR_END = 12
_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}


class Period(Struct, frozen=True):
    """The days from `start` to `end`, both included.

    Attributes:
        start: the first day.
        end: the last day.
        months: the number of months, if it consists of whole calendar months; else 0.

    """

    start: date
    end: date
    months: int = 0

    def following(self, term: Term) -> "Period | None":
        """Return the next period of the same length, in calendar months or else in days.

        It does not go beyond the year, if it is of calendar months, nor beyond the end of `term`.
        None if this period ends with the term or after it.
        """
        if self.end >= term.end:
            return None
        start = self.end + _DAY
        if not self.months:
            return Period(start, start + min(self.end - self.start, term.end - start))
        months = min(self.months, _YEAR_END - start.month + 1)
        following = _of_months(start.year, start.month, months)
        return following if following.end <= term.end else Period(start, term.end)


def named(text: str, term: Term, today: date) -> Period | None:
    """Return the period with the name `text`, as in `FORMS` or as people write it; None without.

    Case, accents and the kind of separator do not matter. `mid-term` is the first half of `term`.
    """
    name = " ".join(re.sub(r"[-‐‑–—−/._]", " ", fold(text)).split())
    if name in _TERM:
        return Period(term.start, term.end)
    if name in _MIDDLE:
        return Period(term.start, term.start + (term.end - term.start) // 2)
    if match := re.fullmatch(_ENGLISH, name) or re.fullmatch(_VIETNAMESE, name):
        unit = _UNITS.get(match["unit"], match["unit"])
        return _relative(_MONTHS[unit], today, is_present=match["which"] in ("this", "nay"))
    for pattern in _CALENDAR:
        if match := re.fullmatch(pattern, name, re.ASCII):
            return _of_calendar(match.groupdict())
    return None


def check_asked(period: Period, term: Term, today: date) -> None:
    """Raise `WrongInput` if `period` is reversed, outside the term, or has not begun."""
    if period.end < period.start:
        raise WrongInput(_("--from is after --to."))
    if period.end < term.start or period.start > term.end:
        message = _("{period} is outside the term, {term}.")
        raise WrongInput(message.format(period=_days(period), term=_days(term)))
    if period.start > today:
        message = _("the period {period} has not begun yet.")
        raise WrongInput(message.format(period=_days(period)))


def _days(stretch: Period | Term) -> str:
    return f"{day(stretch.start)} – {day(stretch.end)}"


def _relative(months: int, today: date, *, is_present: bool) -> Period:
    """Return the calendar period of `months` that contains `today`, or the one before it."""
    present = _of_months(today.year, (today.month - 1) // months * months + 1, months)
    if is_present:
        return present
    before = present.start - _DAY
    return _of_months(before.year, before.month - months + 1, months)


def _of_calendar(parts: Mapping[str, str | None]) -> Period:
    """Return the period of the named groups that a pattern of `_CALENDAR` matched."""
    year = int(parts["year"] or 0)
    if month := parts.get("month"):
        return _of_months(year, int(month), 1)
    if quarter := parts.get("quarter"):
        number = _ROMAN.get(quarter) or int(quarter)
        return _of_months(year, number * 3 - 2, 3)
    if parts.get("first") or parts.get("second"):
        return _of_months(year, 1 if parts["first"] else 7, 6)
    return _of_months(year, 1, 9 if parts.get("nine") else _YEAR_END)


def _of_months(year: int, month: int, count: int) -> Period:
    """Return the period of `count` months from `month` on, all in the same year."""
    last = month + count - 1
    end = date(year, last, 31) if last == _YEAR_END else date(year, last + 1, 1) - _DAY
    return Period(date(year, month, 1), end, count)
