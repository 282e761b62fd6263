"""Reporting periods, and the names by which people and scripts give them.

A month ends on its cut-off day, and begins on the day after that of the month before (Decree
09/2019/NĐ-CP, article 12, with the 14th); in a month without such a day it ends on its last one.
Quarters, halves, nine months and years consist of such months, so periods join without gap or
overlap whatever the cut-off day. Without one they are those of the calendar.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum

from msgspec import Struct

from resolution_cli.domain.model import Header, Term
from resolution_cli.domain.values import MONTH_END
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import N_, _, day
from resolution_cli.matching import fold, nearest

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
_TERM = ("term", "whole term", "the whole term", "nhiem ky", "ca nhiem ky", "toan nhiem ky")
_MIDDLE = ("mid term", "midterm", "giua nhiem ky")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_DAY = timedelta(days=1)
_YEAR_END = 12
_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_NINE, _HALF, _QUARTER = 9, 6, 3


class TermPart(StrEnum):
    """The periods of the term, by their names in the file."""

    WHOLE = "term"
    MIDDLE = "mid-term"


class Period(Struct, frozen=True):
    """The days from `start` to `end`, both included.

    Attributes:
        start: the first day.
        end: the last day.
        months: the number of months, if it consists of whole months up to a cut-off day; else 0.
        part: which part of the term it was asked for as; None if it was not.

    """

    start: date
    end: date
    months: int = 0
    part: TermPart | None = None

    @property
    def name(self) -> str | None:
        """Return its name as the file has it, such as `2026-Q3`; None if it has none."""
        year, month = f"{self.end.year:04}", self.end.month  # those of its last month
        match self.months:
            case 0:
                return self.part
            case 1:
                return f"{year}-{month:02}"
            case 3:
                return f"{year}-Q{month // _QUARTER}"
            case 6:
                return f"{year}-H{month // _HALF}"
            case 9:
                return f"{year}-9M"
            case _whole_year:
                return year

    def following(self, term: Term, cutoff_day: int = MONTH_END) -> "Period | None":
        """Return the next period of the same length, in months or else in days.

        It does not go beyond the year, if it is of months, nor beyond the end of `term`. None if
        this period ends with the term or after it.
        """
        if self.end >= term.end:
            return None
        start = self.end + _DAY
        if not self.months:
            return Period(start, start + min(self.end - self.start, term.end - start))
        year, month = _month_of(start, cutoff_day)
        months = min(self.months, _YEAR_END - month + 1)
        following = _of_months(year, month, months, cutoff_day)
        return following if following.end <= term.end else Period(start, term.end)


def named(text: str, term: Term, today: date, cutoff_day: int = MONTH_END) -> Period | None:
    """Return the period with the name `text`, as in `FORMS` or as people write it; None without.

    Case, accents and the kind of separator do not matter. `mid-term` is the first half of `term`.
    Months end on their `cutoff_day`.
    """
    name = _plain(text)
    if name in _TERM:
        return Period(term.start, term.end, part=TermPart.WHOLE)
    if name in _MIDDLE:
        middle = term.start + (term.end - term.start) // 2
        return Period(term.start, middle, part=TermPart.MIDDLE)
    if match := re.fullmatch(_ENGLISH, name) or re.fullmatch(_VIETNAMESE, name):
        present = containing(today, _MONTHS[_UNITS.get(match["unit"], match["unit"])], cutoff_day)
        if match["which"] in ("this", "nay"):
            return present
        return containing(present.start - _DAY, present.months, cutoff_day)
    return _of_calendar(name, cutoff_day)


def of_name(name: str, header: Header) -> Period:
    """Return the period that the file has under `name`, for the resolution of `header`."""
    found = named(name, header.term, header.term.start, header.settings.cutoff_day)
    if found is None:
        raise AssertionError(f"no name of a period: {name}")
    return found


def nearest_names(text: str) -> list[str]:
    """Return the names, as the file has them, that `text` may be meant as; empty if none is near.

    What people write of a period of the calendar or of the term is meant as that.
    """
    name = _plain(text)
    for part, known in ((TermPart.WHOLE, _TERM), (TermPart.MIDDLE, _MIDDLE)):
        if name in known:
            return [part]
    found = _of_calendar(name, MONTH_END)
    if found and found.name:
        return [found.name]
    year = re.search(r"[1-9][0-9]{3}", name, re.ASCII)
    return nearest(text, [*(names_of(int(year[0])) if year else ()), *TermPart])


def _plain(text: str) -> str:
    """Return `text` folded, with a space for each separator."""
    return " ".join(re.sub(r"[-‐‑–—−/._]", " ", fold(text)).split())


def offered(term: Term, today: date, cutoff_day: int = MONTH_END) -> list[str]:
    """Return the names of the periods of `term` that have begun by `today`, the latest first."""
    relative = [f"{which}-{unit}" for which in ("last", "this") for unit in reversed(_MONTHS)]
    last = min(today, term.end)
    years = range(year_of(last, cutoff_day), year_of(term.start, cutoff_day) - 1, -1)
    found = [named(name, term, today, cutoff_day) for year in years for name in names_of(year)]
    begun = [each for each in found if each and each.start <= last and each.end >= term.start]
    begun.sort(key=lambda each: (each.start, each.end), reverse=True)
    return [*relative, *(each.name for each in begun if each.name), *TermPart]


def names_of(year: int) -> list[str]:
    """Return the names of the periods of a reporting `year`, as the file has them."""
    endings = ["", "-H1", "-H2", "-9M", *(f"-Q{quarter}" for quarter in range(1, 5))]
    months = [f"-{month:02}" for month in range(1, _YEAR_END + 1)]
    return [f"{year:04}{ending}" for ending in (*endings, *months)]


def containing(day: date, months: int, cutoff_day: int = MONTH_END) -> Period:
    """Return the period of 1, 3, 6 or 12 months that contains `day`."""
    year, month = _month_of(day, cutoff_day)
    return _of_months(year, (month - 1) // months * months + 1, months, cutoff_day)


def of_term(
    term: Term, months: int, last_day: date, cutoff_day: int = MONTH_END
) -> Iterator[Period]:
    """Yield the periods of 1, 3, 6 or 12 months that have days of `term`, the earliest first.

    The last one is that of `last_day`, or of the last day of the term where that is earlier.
    """
    day = term.start
    while day <= min(term.end, last_day):
        found = containing(day, months, cutoff_day)
        yield found
        if found.end == date.max:
            return
        day = found.end + _DAY


def current(day: date, cutoff_day: int = MONTH_END) -> tuple[Period, ...]:
    """Return the periods that `day` is in, the first to end first and the shortest first."""
    found = [containing(day, months, cutoff_day) for months in _MONTHS.values()]
    nine = _of_months(year_of(day, cutoff_day), 1, _NINE, cutoff_day)
    known = [*found, *([nine] if day <= nine.end else [])]
    return tuple(sorted(known, key=lambda each: (each.end, each.months)))


def year_of(day: date, cutoff_day: int = MONTH_END) -> int:
    """Return the reporting year that `day` is in."""
    return _month_of(day, cutoff_day)[0]


def year_end(year: int, cutoff_day: int = MONTH_END) -> date:
    """Return the last day of a reporting year."""
    return _month_end(year, _YEAR_END, cutoff_day)


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


def _of_calendar(name: str, cutoff_day: int) -> Period | None:
    """Return the period that is called so, by its plain `name` as in `_CALENDAR`; None without."""
    for pattern in _CALENDAR:
        if match := re.fullmatch(pattern, name, re.ASCII):
            return _of_parts(match.groupdict(), cutoff_day)
    return None


def _of_parts(parts: Mapping[str, str | None], cutoff_day: int) -> Period:
    """Return the period of the named groups that a pattern of `_CALENDAR` matched."""
    year = int(parts["year"] or 0)
    if month := parts.get("month"):
        return _of_months(year, int(month), 1, cutoff_day)
    if quarter := parts.get("quarter"):
        number = _ROMAN.get(quarter) or int(quarter)
        return _of_months(year, number * 3 - 2, 3, cutoff_day)
    if parts.get("first") or parts.get("second"):
        return _of_months(year, 1 if parts["first"] else 7, 6, cutoff_day)
    return _of_months(year, 1, _NINE if parts.get("nine") else _YEAR_END, cutoff_day)


def _of_months(year: int, month: int, count: int, cutoff_day: int) -> Period:
    """Return the period of `count` months from `month` on, all in the same year."""
    before = _month_end(year, month - 1, cutoff_day) if month > 1 else None
    if before is None and year > 1:
        before = _month_end(year - 1, _YEAR_END, cutoff_day)
    start = before + _DAY if before else date.min
    return Period(start, _month_end(year, month + count - 1, cutoff_day), count)


def _month_of(day: date, cutoff_day: int) -> tuple[int, int]:
    """Return year and month of the reporting month that `day` is in."""
    if day <= _month_end(day.year, day.month, cutoff_day):
        return day.year, day.month
    return (day.year, day.month + 1) if day.month < _YEAR_END else (day.year + 1, 1)


def _month_end(year: int, month: int, cutoff_day: int) -> date:
    """Return the last day of a reporting month: its cut-off day, or its last one before that."""
    if year > MAXYEAR:  # the days after the last cut-off that a date can be of
        return date.max
    if month == _YEAR_END:
        return date(year, month, cutoff_day)
    last = date(year, month + 1, 1) - _DAY
    return last.replace(day=min(cutoff_day, last.day))
