"""What people type, in English and Vietnamese: days, percents, statuses, texts, ids, periods, yes.

The same rules wherever something is typed: on the command line, at a prompt, in a cell. Each
function takes a text and returns a value, or raises `WrongInput` with what can be typed instead.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from resolution_cli.domain.facts import FACTS, Fact, FactName
from resolution_cli.domain.model import Base, Term
from resolution_cli.domain.period import FORMS, Period, named
from resolution_cli.domain.target_verdict import TARGET_VERDICT_TITLES, TargetVerdict
from resolution_cli.domain.values import (
    COMPLETE,
    ID_PATTERN,
    MONTH_END,
    MOST_DIGITS,
    TITLES,
    Cause,
    EntryKind,
    Figure,
    Kind,
    Status,
    TargetKind,
    Want,
    digits_of,
)
from resolution_cli.domain.verdict import VERDICT_TITLES, Verdict
from resolution_cli.errors import WrongInput, did_you_mean
from resolution_cli.i18n import _
from resolution_cli.matching import fold, key_of, nearest_word

_Choice = TypeVar("_Choice", bound=StrEnum)

_TYPED: Mapping[StrEnum, tuple[str, ...]] = {
    Status.NOT_STARTED: (
        "todo",
        "to-do",
        "chua-thuc-hien",
        "chua-trien-khai",
        "chua-bat-dau",
        "chua-lam",
    ),
    Status.IN_PROGRESS: (
        "doing",
        "started",
        "ongoing",
        "dang-thuc-hien",
        "dang-trien-khai",
        "dang-lam",
    ),
    Status.BLOCKED: ("stuck", "vuong", "vuong-mac", "dang-vuong-mac"),
    Status.DONE: (
        "complete",
        "completed",
        "finished",
        "hoan-thanh",
        "da-hoan-thanh",
        "xong",
        "da-xong",
    ),
    Status.CANCELLED: (
        "canceled",
        "stopped",
        "dung-thuc-hien",
        "da-dung-thuc-hien",
        "da-dung",
        "ngung-thuc-hien",
        "huy",
        "da-huy",
        "huy-bo",
        "da-huy-bo",
    ),
    Kind.TASK: ("tasks", "nhiem-vu"),
    Kind.BREAKTHROUGH: ("breakthroughs", "dot-pha", "khau-dot-pha"),
    Kind.MILESTONE: ("milestones", "nhiem-vu-cu-the"),
    EntryKind.TARGET: ("targets", "chi-tieu"),
    Want.AT_LEAST: ("toi-thieu", "it-nhat"),
    Want.AT_MOST: ("toi-da", "khong-qua"),
    Want.ABOVE: ("tren",),
    Want.BELOW: ("duoi",),
    TargetKind.LEVEL: ("total",),
    TargetKind.YEARLY: ("hang-nam",),
    TargetKind.AVERAGE: ("mean", "binh-quan"),
    Cause.OBJECTIVE: ("khach-quan", "nguyen-nhan-khach-quan"),
    Cause.SUBJECTIVE: ("chu-quan", "nguyen-nhan-chu-quan"),
    Verdict.OVERDUE: ("late", "qua-han", "tre-han", "tre"),
    Verdict.DUE_SOON: ("due", "sap-den-han", "den-han"),
    Verdict.UNREPORTED: ("chua-co-bao-cao", "chua-bao-cao"),
    Verdict.DONE_LATE: ("hoan-thanh-qua-han", "hoan-thanh-tre-han", "hoan-thanh-cham"),
    Verdict.DONE_ON_TIME: ("hoan-thanh-dung-han",),
    TargetVerdict.EXCEEDED: ("vuot", "vuot-ke-hoach"),
    TargetVerdict.MET: ("dat", "dat-ke-hoach"),
    TargetVerdict.MISSED: ("chua-dat", "khong-dat"),
    TargetVerdict.ON_TRACK: ("dung-tien-do",),
    TargetVerdict.BEHIND: ("cham", "cham-tien-do"),
    TargetVerdict.NO_DATA: ("chua-co-so-lieu",),
    TargetVerdict.NOT_DUE: ("not-yet-due", "chua-den-ky"),
    TargetVerdict.NO_PLAN: ("chua-co-ke-hoach",),
    **{FactName(name): fact.typed for name, fact in FACTS.items()},
}
"""What people type for a word of the file, beside that, as `matching.key_of` has it.

Words that are written alike, such as those of a status and of a verdict, are one here.
"""

CLEARABLE = tuple(FactName(name) for name, fact in FACTS.items() if fact.can_be_cleared)
"""The facts that an update can take away."""

CLEARABLE_KEYS = (
    "summary",
    "unit",
    "want",
    "kind",
    "base",
    "plan",
    "item",
    "weight",
    "start",
    "source",
    "added",
)
"""The keys of the plan, beside the facts, that can be taken away."""

_YES = ("y", "yes", "c", "co")
"""What people answer, as `matching.fold` has it."""

_PLACEHOLDERS = ("…", "...")
"""What stands in the commands that messages name for a text that only the user knows."""

_MOST_DAYS = 36_525

# Texts, which are compiled where a figure is read, not at each start.
_FIGURE = r"(?P<sign>[+-]?)(?:(?P<plain>\d+)|(?P<parted>\d+(?:[.,]\d+)+))"
_GROUPED = r"[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+)"
_SPACED = r"[+-]?[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?"
_SPACES_OF_GROUPS = "[ \u00a0\u2009\u202f]"
_AMBIGUOUS = r"[1-9]\d{0,2}[.,]\d{3}"

_CURLY_QUOTES = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb"
_IDS = r"[A-Za-z0-9._-]+(?:[,;]\s*[A-Za-z0-9._-]+)*[,;]?"


def day(text: str) -> date:
    """Return the date that a person typed, as year-month-day or day/month/year."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text.strip(), re.ASCII):
        year, month, day_of_month = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text.strip(), re.ASCII):
        day_of_month, month, year = map(int, match.groups())
    else:
        raise WrongInput(
            _("{text!r} is not a date; write 2026-09-30 or 30/09/2026.").format(text=text)
        )
    try:
        return date(year, month, day_of_month)
    except ValueError:
        message = _("there is no day {text!r}; write 2026-09-30 or 30/09/2026.").format(text=text)
        raise WrongInput(message) from None


def entry(text: str) -> date | int:
    """Return the number of an entry, or its day, that a person typed."""
    if re.fullmatch(r"[1-9]\d{0,8}", text.strip(), re.ASCII):
        return int(text)
    with suppress(WrongInput):
        return day(text)
    raise WrongInput(
        _("{text!r} is neither the number of an entry nor a day; write 2 or 2026-09-30.").format(
            text=text
        )
    )


def text(typed: str) -> str:
    """Return a text that a person typed, composed (NFC), if it says something."""
    composed = unicodedata.normalize("NFC", typed)
    try:
        composed.encode()
    except UnicodeEncodeError:
        raise WrongInput(_("{text!r} is not UTF-8 text.").format(text=composed)) from None
    if not fold(composed):  # nothing in it can be seen
        raise WrongInput(_("the text cannot be empty."))
    if composed.strip() in _PLACEHOLDERS:
        raise WrongInput(
            _("put your own text in the place of {text}.").format(text=composed.strip())
        )
    return composed.replace("\r\n", "\n")


def line(typed: str) -> str:
    """Return a text of one line that a person typed, without spaces around it."""
    found = text(typed).strip()
    _check_characters(found, "")
    return found


def lines(typed: str) -> str:
    """Return a text that a person typed, which may have several lines."""
    found = text(typed)
    _check_characters(found, "\n")
    return found


def _check_characters(typed: str, allowed: str) -> None:
    """Refuse characters that control a screen, such as an escape; a line's end if not `allowed`."""
    bad = next((c for c in typed if unicodedata.category(c) == "Cc" and c not in allowed), None)
    if bad is not None:
        message = _("{text!r} has the control character {character!r}, which a text cannot have.")
        raise WrongInput(message.format(text=typed, character=bad))


def new_id(text: str) -> str:
    """Return the id that a person typed for something new."""
    if not re.search(ID_PATTERN, text):
        message = _(
            "{text!r} is no id; it has letters, digits, dots, underscores and, "
            "not at its start, hyphens."
        )
        raise WrongInput(message.format(text=text))
    return text


def item_id(text: str) -> str:
    """Return an id that a person typed, or what may be one.

    What is several of them, or a piece of a text, is refused.
    """
    if any(quote in text for quote in _CURLY_QUOTES):
        message = _(
            "{text!r} has a curly quote, which holds no text together; "
            'put a text in straight quotes: "…"'
        )
        raise WrongInput(message.format(text=text))
    if re.search("[,;]", text) and re.fullmatch(_IDS, text):
        ids = " ".join(re.split(r"[,;]\s*", text)).strip()
        raise WrongInput(_("{text!r}: ids are parted by a space: {ids}").format(text=text, ids=ids))
    return text


def percent(text: str) -> int:
    """Return the whole percentage that a person typed, with its sign or without."""
    # A spreadsheet shows 35 % with decimals, 35,0%, and some put a no-break space into it.
    match = re.fullmatch(r"([0-9]{1,3})(?:[.,]0{1,2})?\s*%?", text.strip())
    if match is None or (value := int(match[1])) > COMPLETE:
        raise WrongInput(_("{text!r} is not a whole number from 0 to 100.").format(text=text))
    return value


def figure(text: str) -> Figure:
    """Return the figure that a person typed, with a decimal comma or a decimal point.

    1,6 and 1.6 are one number; 1.234,5, 1,234.5 and 1 234,5 are 1234.5. One separator before
    exactly three digits can be either, and is refused; a space cannot.
    """
    typed = text.strip().replace("\N{MINUS SIGN}", "-")
    typed = (
        re.sub(_SPACES_OF_GROUPS, "", typed) if re.fullmatch(_SPACED, typed, re.ASCII) else typed
    )
    match = re.fullmatch(_FIGURE, typed, re.ASCII)
    if match is None:
        _refused(text)
    digits = match["plain"] or _without_separators(text, match["sign"], match["parted"])
    value = Figure(match["sign"] + digits)
    if digits_of(value) > MOST_DIGITS:
        message = _("{text!r} has more than {count} digits.")
        raise WrongInput(message.format(text=text, count=MOST_DIGITS))
    return value


def _without_separators(typed: str, sign: str, parted: str) -> str:
    """Return digits with at least one separator in them as Python writes the number."""
    decimal_sign = re.findall("[.,]", parted)[-1]
    groups, _sign, decimals = parted.rpartition(decimal_sign)
    if decimal_sign in groups:  # it parts groups of three
        return (
            parted.replace(decimal_sign, "")
            if re.fullmatch(_GROUPED, parted, re.ASCII)
            else _refused(typed)
        )
    if re.fullmatch(_AMBIGUOUS, parted, re.ASCII):
        whole, part = groups + decimals, f"{groups}.{decimals}0"
        message = _("{text!r} can be read as {whole} or as {part}; write one of these.")
        raise WrongInput(message.format(text=typed, whole=sign + whole, part=sign + part))
    if not groups.isdecimal() and not re.fullmatch(_GROUPED, groups, re.ASCII):
        _refused(typed)
    return re.sub("[.,]", "", groups) + "." + decimals


def _refused(typed: str) -> NoReturn:
    message = _("{text!r} is not a number; write 1.6 or 1,6, without a unit.")
    raise WrongInput(message.format(text=typed))


def year(text: str) -> int:
    """Return the year that a person typed, in four digits."""
    if not re.fullmatch(r"[12]\d{3}", text.strip(), re.ASCII):
        raise WrongInput(_("{text!r} is not a year of four digits.").format(text=text))
    return int(text)


def weight(text: str) -> int:
    """Return the weight that a person typed, a whole number from 1."""
    if not re.fullmatch(r"[1-9]\d{0,5}", text.strip(), re.ASCII):
        raise WrongInput(_("{text!r} is not a whole number from 1.").format(text=text))
    return int(text)


def days(text: str) -> int:
    """Return the number of days that a person typed, from 0."""
    if not re.fullmatch(r"\d{1,5}", text.strip(), re.ASCII) or int(text) > _MOST_DAYS:
        message = _("{text!r} is not a whole number of days, from 0 to {most}.")
        raise WrongInput(message.format(text=text, most=_MOST_DAYS))
    return int(text)


def plan_point(text: str) -> tuple[int, Figure]:
    """Return the year and its figure that a person typed, as in 2027=0,9."""
    typed_year, sign, typed_figure = text.partition("=")
    if not (typed_year.strip() and sign and typed_figure.strip()):
        message = _("{text!r} is not a year and its figure; write 2027=0.9.")
        raise WrongInput(message.format(text=text))
    return year(typed_year), figure(typed_figure)


def base(text: str) -> Base:
    """Return the day and its figure that a person typed, as in 2025-06-30=1,8."""
    typed_day, sign, typed_figure = text.partition("=")
    if not (typed_day.strip() and sign and typed_figure.strip()):
        message = _("{text!r} is not a day and its figure; write 2025-06-30=1.8.")
        raise WrongInput(message.format(text=text))
    return Base(day(typed_day), figure(typed_figure))


def key_to_clear(text: str) -> str:
    """Return the key of the plan, or `plan.2027`, one year of it, that a person typed."""
    key, dot, of_year = text.strip().lower().partition(".")
    if key not in CLEARABLE_KEYS or (dot and key != "plan"):
        message = _("{text!r} is not valid; choose one of: {words}.")
        words = ", ".join((*CLEARABLE_KEYS, "plan.2027"))
        raise WrongInput(message.format(text=text, words=words))
    return f"{key}.{year(of_year)}" if dot else key


def period(text: str, term: Term, today: date, cutoff_day: int = MONTH_END) -> Period:
    """Return the period that a person typed the name of, such as 2026-Q3 or `quý III năm 2026`."""
    if found := named(text, term, today, cutoff_day):
        return found
    message = _("{text!r} is not a period; write one like {forms}.")
    raise WrongInput(message.format(text=text, forms=_(FORMS)), "--period")


def choice(
    known: Iterable[_Choice], titles: Mapping[Any, str] = TITLES
) -> Callable[[str], _Choice]:
    """Return the parser of a word that has one spelling in the file and many on the way in.

    Args:
        known: the words of the file.
        titles: what they are called, as messages. A refusal names them so in the active language,
            so they are taken as well.

    """
    choices = [*known]
    by_key = {word: one for one in choices for word in _TYPED.get(one, ())}
    by_key |= {one.value: one for one in choices}  # a word of the file means itself

    def parsed(text: str) -> _Choice:
        composed = unicodedata.normalize("NFC", text)
        by_title = {key_of(_(titles[one])): one for one in choices if one in titles}
        words = by_title | by_key
        if found := words.get(key_of(composed)):
            return found
        near = dict.fromkeys(words[word].value for word in nearest_word(composed, words))
        guess = " " + did_you_mean([*near]) if near else ""
        message = _("{text!r} is not valid; choose one of: {words}.").format(
            text=text, words=", ".join(both_words(one, titles) for one in choices)
        )
        raise WrongInput(message + guess)

    return parsed


def both_words(one: StrEnum, titles: Mapping[Any, str]) -> str:
    """Return a word of the file, behind its word in the active language where that is another."""
    word = _(titles[one]) if one in titles else one.value
    return one.value if key_of(word) == one.value else f"{word} ({one.value})"


status = choice(Status)
kind = choice(Kind)
entry_kind = choice(EntryKind)
want = choice(Want)
target_kind = choice(TargetKind)
cause = choice(Cause)
fact_to_clear = choice(CLEARABLE, {name: FACTS[name].title for name in CLEARABLE})
verdict = choice(Verdict, VERDICT_TITLES)
target_verdict = choice(TargetVerdict, TARGET_VERDICT_TITLES)

_PARSERS: Mapping[type, Callable[[str], object]] = {
    Status: status,
    Figure: figure,
    int: percent,
    date: day,
    str: text,
}
"""The parser of each type that the value of a fact has, without its constraints."""


def value_of(fact: Fact) -> Callable[[str], object]:
    """Return the parser of a value of `fact`, or of each of its values."""
    return _PARSERS[fact.value_type]


def is_yes(answer: str) -> bool:
    """Say whether a person who was asked said yes, in either language."""
    return fold(answer) in _YES
