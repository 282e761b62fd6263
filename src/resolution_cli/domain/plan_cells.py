"""What stands in a cell of somebody's table, as a value of the plan. Pure.

Each function takes a cell and returns its value, or raises `WrongInput` with what was found and
what can be written instead: nothing is guessed. What is read in a way that a person might not
expect comes with a remark.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from msgspec import Struct

from resolution_cli import i18n
from resolution_cli.domain import parsing
from resolution_cli.domain.model import Figure, Term, Want
from resolution_cli.domain.period import containing, named
from resolution_cli.domain.plan_columns import SheetCell
from resolution_cli.domain.units import Units
from resolution_cli.domain.values import MOST_DIGITS, digits_of
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import _
from resolution_cli.matching import fold

_NOTHING = ("", "-", "–", "—", "/", "x", "khong", "khong co", "none", "n/a")
"""What people write where there is nothing, folded."""

_EPOCH = date(1970, 1, 1)
"""What some programs write for no date."""

_ALWAYS = re.compile(
    r"(thuc hien |tien hanh )?((thuong xuyen|hang nam|hang quy|hang thang|hang tuan|hang ngay"
    r"|dinh ky|lien tuc|moi nam|theo ke hoach|ca nhiem ky|trong nhiem ky|trong ca nhiem ky"
    r"|toan nhiem ky|het nhiem ky|nhiem ky|annually|yearly|every year|quarterly|monthly"
    r"|continuous|continuously|ongoing|regularly|whole term|the whole term|term)[ ,;/]*)+"
)
"""What people write where work has no day of its own, folded."""

_LEADING = re.compile(
    r"((hoan thanh|thuc hien|xong|cham nhat|muon nhat|truoc|den|het|cuoi|trong|ngay|completed|done"
    r"|by|before|until|the|end of|in)[ :]+)*"
)
"""What stands before a date and does not make it another one; with _BEFORE a remark says so."""

_BEFORE = re.compile(r"\b(truoc|before)\b")
_YEARS = re.compile(r"(?:giai doan |tu nam |tu |nam )?(\d{4}) ?(?:-|–|—|den|to) ?(?:nam )?(\d{4})")

_WANTS = (
    (Want.AT_LEAST, r"≥|>=|(it nhat|toi thieu|khong duoi|khong thap hon|dat tu|at least)\b"),
    (Want.AT_MOST, r"≤|<=|(khong qua|toi da|khong vuot qua|at most)\b"),
    (Want.ABOVE, r">|(tren|hon|above|over|more than)\b"),
    (Want.BELOW, r"<|(duoi|below|under|less than)\b"),
)
"""What stands before a figure, folded; each only where those before it do not."""

_UPWARD = re.compile(r"^(tu )?(?P<figure>.*?) ?(tro len)$")


class Due(Struct, frozen=True):
    """The due date in a cell, None without one.

    Attributes:
        day: the day.
        remark: how the cell was read, where it could be meant otherwise; else empty.

    """

    day: date | None = None
    remark: str = ""


class Planned(Struct, frozen=True):
    """The figure in a cell, how the target must stand to it, and whether it is a percentage."""

    figure: Figure
    want: Want | None = None
    is_percent: bool = False


def text_of(cell: SheetCell) -> str:
    """Return what a cell says as text, its lines trimmed; empty where it stands for nothing.

    Raises:
        WrongInput: its value cannot be known, or is a logical value or a time.

    """
    if cell.fault:
        raise WrongInput(cell.fault)
    value = cell.value
    if isinstance(value, bool | time):
        message = _("{value} is no text")
        raise WrongInput(message.format(value=value))
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return i18n.day(value)
    lines = (" ".join(line.split()) for line in _plain(str(value)).splitlines())
    return "\n".join(filter(None, lines))


def line_of(cell: SheetCell) -> str:
    """Return the text of a cell in one line; empty where it stands for nothing.

    Raises:
        WrongInput: it has no text, or characters that control a screen.

    """
    found = text_of(cell)
    if fold(found) in _NOTHING:
        return ""
    lines = found.splitlines()
    joined = lines[0]
    for each in lines[1:]:
        joined += ("" if joined.endswith((",", ";", ".", ":", "-", "–")) else ";") + " " + each
    return parsing.line(joined)


def title_of(cell: SheetCell) -> str:
    """Return the title in a cell, in one line, without what ends a sentence or a list.

    Raises:
        WrongInput: it has none.

    """
    found = " ".join(text_of(cell).split()).rstrip(" .;:,")
    return parsing.line(found)


def due_of(cell: SheetCell, term: Term) -> Due:
    """Return the due date in a cell: of a month, a quarter or a year its last day.

    Raises:
        WrongInput: it is none, or more than one.

    """
    if cell.fault:
        raise WrongInput(cell.fault)
    value = cell.value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, time) and value == time():  # a formula of an empty cell, shown as a date
        return Due()
    if isinstance(value, date):
        found = _of_month(value)[1] if cell.is_month else value
    else:
        text = text_of(cell)
        if fold(text) in _NOTHING:
            return Due()
        if _ALWAYS.fullmatch(_spaced(text)):
            return Due(
                remark=_("“{text}” names no day, so there is no due date").format(
                    text=" ".join(text.split())
                )
            )
        due = _day_of(text, term)
        if due.remark:
            return due
        found = due.day or _EPOCH
    if found == _EPOCH:
        return Due(
            remark=_("{day} stands for no date, so there is no due date").format(
                day=i18n.day(_EPOCH)
            )
        )
    return Due(found)


def day_of(cell: SheetCell, term: Term) -> date | None:
    """Return the day in a cell, None without one; of a month or a year its first day.

    Raises:
        WrongInput: it is none, or more than one.

    """
    if isinstance(cell.value, str) and (found := _period(_spaced(cell.value), term)):
        return found[0]
    return due_of(cell, term).day


def weight_of(cell: SheetCell) -> int | None:
    """Return the weight in a cell, None without one. Raise WrongInput if it is none."""
    found = line_of(cell)
    return parsing.weight(found) if found else None


def planned_of(cell: SheetCell, unit: str = "") -> Planned | None:
    """Return the figure in a cell of a target with the `unit`, None without one.

    Raises:
        WrongInput: it is none, or can be read as two.

    """
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and not cell.fault:
        exact = Decimal(str(cell.value)) * (100 if cell.is_percent else 1)
        figure = Figure(exact.normalize() if exact else 0)
        if digits_of(figure) > MOST_DIGITS:
            message = _("{text!r} has more than {count} digits.")
            raise WrongInput(message.format(text=str(cell.value), count=MOST_DIGITS))
        return Planned(figure, None, cell.is_percent)
    typed = " ".join(text_of(cell).split())
    if fold(typed) in _NOTHING:
        return None
    rest, want = _without_want(fold(typed))
    is_percent = rest.endswith("%")
    for ending in ("%", fold(unit)):
        if ending and rest.endswith(ending):
            rest = rest.removesuffix(ending).strip()
    try:
        return Planned(parsing.figure(rest), want, is_percent)
    except WrongInput as error:
        if rest == fold(typed):
            raise
        raise WrongInput(
            _("“{text}”: {message}").format(text=typed, message=error.message)
        ) from None


def units_in(cell: SheetCell, units: Units) -> tuple[list[str], list[str]]:
    """Return the main names of the units in a cell, and what is said of those that are not known.

    Semicolons and line ends part units. Names have commas too, so these part only units that are
    all known.

    Raises:
        WrongInput: it has no text.

    """
    found: list[str] = []
    remarks: list[str] = []
    for piece in re.split(r"[;\n]", text_of(cell)):
        name = re.sub(r"^[-–—+•*]\s*", "", piece.strip()).rstrip(" .,")
        if fold(name) in _NOTHING:
            continue
        parts = [part.strip() for part in name.split(",")]
        if len(parts) > 1 and not units.is_known(name):
            if all(map(units.is_known, parts)):
                found += map(units.name_of, parts)
                continue
            message = _("“{name}” is taken as one unit; part several by a semicolon or a line end")
            remarks.append(message.format(name=name))
        if near := units.nearest(name):
            message = _("“{name}” is a new unit, and nearly {near}")
            remarks.append(message.format(name=name, near=" / ".join(f"“{each}”" for each in near)))
        found.append(units.name_of(parsing.line(name)))
    return list(dict.fromkeys(found)), remarks


def _day_of(typed: str, term: Term) -> Due:
    """Return the due date in a text."""
    shown, text = " ".join(typed.split()), _spaced(typed)
    match = _LEADING.match(text)
    leading = match[0] if match else ""
    rest, is_plain = text[len(leading) :], not _BEFORE.search(leading)
    if found := _exact_day(rest):
        day = found
    elif period := _period(rest, term):
        day = period[1] if is_plain else period[0] - timedelta(days=1)
    elif years := _YEARS.fullmatch(rest):
        day, is_plain = date(int(years[2]), 12, 31), False
    else:
        message = _(
            "“{text}” is not clear as a due date; write one day, month, quarter or year, such as "
            "31/12/2026, 12/2026 or quý IV/2026"
        )
        raise WrongInput(message.format(text=shown))
    if is_plain:
        return Due(day)
    return Due(day, _("“{text}” is read as {day}").format(text=shown, day=i18n.day(day)))


def _exact_day(text: str) -> date | None:
    """Return the day in a text; None if it is not written as one."""
    match = re.fullmatch(r"(\d{1,2}) thang (\d{1,2}) nam (\d{4})", text, re.ASCII)
    if match:
        text = "/".join(match.groups())
    elif not re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", text, re.ASCII):
        return None
    return parsing.day(text)


def _period(text: str, term: Term) -> tuple[date, date] | None:
    """Return the first and the last day of the month, quarter or year that a text names."""
    if not re.search(r"\d{4}", text, re.ASCII):  # as "this year", which was another one then
        return None
    name = re.sub(r"^t ?(?=\d{1,2}[/.-]\d{4}$)", "", text)
    found = named(name, term, term.start)
    return (found.start, found.end) if found else None


def _of_month(day: date) -> tuple[date, date]:
    """Return the first and the last day of the month that a day is in."""
    found = containing(day, 1)
    return found.start, found.end


def _without_want(text: str) -> tuple[str, Want | None]:
    """Return a folded text without the words that say how a figure is wanted, and these."""
    if match := _UPWARD.fullmatch(text):
        return match["figure"], Want.AT_LEAST
    for want, pattern in _WANTS:
        if match := re.match(pattern, text):
            return text[match.end() :].strip(), want
    return text, None


def _plain(text: str) -> str:
    """Return a text composed (NFC), without characters that have no shape."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return composed.replace("\N{NO-BREAK SPACE}", " ").replace("\t", " ")


def _spaced(text: str) -> str:
    """Return a text folded, with no space around what parts the numbers of a date."""
    return re.sub(r" ?([/.-]) ?", r"\1", fold(text)).strip(" .,;()")
