"""The kinds of values that the data file holds: words, texts, numbers, days.

What an error message says was expected of a value stands beside its type, in `extra`.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from resolution_cli.i18n import N_

SCHEMA = 1
"""The number of the file format that this program reads and writes."""

COMPLETE = 100
"""The progress, in percent, of what is done."""

MONTH_END = 31
"""The cut-off day of months that end as those of the calendar do."""

MOST_DIGITS = 15
"""Digits of a figure at most, before and after the point together; a float keeps so many."""

ID_PATTERN = r"^[A-Za-z0-9._][A-Za-z0-9._-]*$(?!\n)"
"""What an id is. A leading hyphen would make it an option wherever it is typed."""

EXPECTED = "expected"
"""The name in `Meta.extra` of what an error message says was expected."""


class Kind(StrEnum):
    """The kinds of items of a resolution."""

    TASK = "task"
    BREAKTHROUGH = "breakthrough"
    MILESTONE = "milestone"


class EntryKind(StrEnum):
    """The kinds of entries that a plan has."""

    TASK = "task"
    BREAKTHROUGH = "breakthrough"
    MILESTONE = "milestone"
    TARGET = "target"


class Status(StrEnum):
    """The status that an office records. The verdict is derived from it, never recorded."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    BLOCKED = "blocked"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        """Say whether the work is still to be done: it is neither done nor cancelled."""
        return self not in {Status.DONE, Status.CANCELLED}


class Cause(StrEnum):
    """The kind of cause of a difficulty.

    Only a confirmed objective cause excuses a late product (Decree 335/2025).
    """

    OBJECTIVE = "objective"
    SUBJECTIVE = "subjective"


class Form(StrEnum):
    """The forms of a report as an official document.

    Those of the Party (Guideline 05-HD/VPTW of 2026), of state bodies (Decree 30/2020/NĐ-CP), and
    one without a head for anybody else.
    """

    PARTY_2026 = "party-2026"
    DECREE_30 = "decree-30"
    PLAIN = "plain"


class Want(StrEnum):
    """How the figure of a target must stand to its plan."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    ABOVE = "above"
    BELOW = "below"


class TargetKind(StrEnum):
    """What the figures of a target are.

    LEVEL: each is that of its day, also where it is a total since the start. YEARLY: each counts
    from 1 January. AVERAGE: the mean of the figures of the years is what counts.
    """

    LEVEL = "level"
    YEARLY = "yearly"
    AVERAGE = "average"


TITLES: Mapping[StrEnum, str] = {
    Kind.TASK: N_("task"),
    Kind.BREAKTHROUGH: N_("breakthrough"),
    Kind.MILESTONE: N_("milestone"),
    EntryKind.TARGET: N_("target"),
    Status.NOT_STARTED: N_("not started"),
    Status.IN_PROGRESS: N_("in progress"),
    Status.BLOCKED: N_("blocked"),
    Status.DONE: N_("done"),
    Status.CANCELLED: N_("cancelled"),
    Cause.OBJECTIVE: N_("objective"),
    Cause.SUBJECTIVE: N_("subjective"),
    Want.AT_LEAST: N_("at least as planned"),
    Want.AT_MOST: N_("at most as planned"),
    Want.ABOVE: N_("above the plan"),
    Want.BELOW: N_("below the plan"),
    TargetKind.LEVEL: N_("figure of a day"),
    TargetKind.YEARLY: N_("counts anew each year"),
    TargetKind.AVERAGE: N_("mean of the years"),
}
"""What the words of the file are called, as messages to be looked up where they are shown."""


class Figure(Decimal):
    """A figure of a target: the decimal number that is written, never a binary float."""


def figure_of(value: object) -> Figure:
    """Return a number of the file as the decimal number that is written there.

    TOML readers give a float; its shortest decimal is what is written, up to `MOST_DIGITS` digits.

    Raises:
        ValueError: it is no number, not a finite one, or has more digits.

    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        # msgspec takes a ValueError, and no TypeError, for a value of the wrong type.
        raise ValueError(f"not a number: {value}")  # noqa: TRY004
    figure = Figure(str(value))
    if not figure.is_finite() or digits_of(figure) > MOST_DIGITS:
        raise ValueError(f"not a figure: {value}")
    return figure


def digits_of(figure: Decimal) -> int:
    """Return how many digits a finite `figure` has, written without an exponent."""
    _sign, digits, exponent = figure.normalize().as_tuple()
    places = int(exponent)
    return len(digits) + places if places >= 0 else max(len(digits), -places)


Number = Annotated[
    Figure,
    Meta(
        extra_json_schema={"type": "number"},
        extra={EXPECTED: N_("a number of at most 15 digits")},
    ),
]
Year = Annotated[str, Meta(pattern=r"^[12][0-9]{3}$(?!\n)")]
PeriodName = Annotated[
    str, Meta(pattern=r"^([1-9][0-9]{3}(-(H[12]|9M|Q[1-4]|0[1-9]|1[0-2]))?|term|mid-term)$(?!\n)")
]
"""The name of a period as the file has it."""

Word = Annotated[str, Meta(pattern=r"\S", extra={EXPECTED: N_("a text that is not blank")})]
ItemId = Annotated[
    str,
    Meta(
        pattern=ID_PATTERN,
        extra={
            EXPECTED: N_(
                "an id of letters, digits, dots, hyphens and underscores that does not begin with "
                "a hyphen"
            )
        },
    ),
]
Percent = Annotated[
    int, Meta(ge=0, le=COMPLETE, extra={EXPECTED: N_("a whole number from 0 to 100")})
]
Weight = Annotated[int, Meta(ge=1, extra={EXPECTED: N_("a whole number from 1")})]
Order = Annotated[int, Meta(ge=1, extra={EXPECTED: N_("a whole number from 1")})]
Days = Annotated[
    int, Meta(ge=0, le=36_525, extra={EXPECTED: N_("a whole number of days, from 0 to 36525")})
]
DayOfMonth = Annotated[
    int, Meta(ge=1, le=MONTH_END, extra={EXPECTED: N_("a day of a month, from 1 to 31")})
]
SchemaNumber = Annotated[
    int,
    Meta(
        ge=SCHEMA,
        le=SCHEMA,
        extra={EXPECTED: N_("1, the only file format that this version supports")},
    ),
]
Instant = Annotated[
    datetime,
    Meta(
        tz=True,
        extra={EXPECTED: N_("a date, a time and an offset, such as 2026-09-30T16:30:00+07:00")},
    ),
]


class Translations(Struct, frozen=True, forbid_unknown_fields=True):
    """A text in at least one language."""

    vi: Annotated[Word | None, Meta(description=N_("The text in Vietnamese."))] = None
    en: Annotated[Word | None, Meta(description=N_("The text in English."))] = None

    def __post_init__(self) -> None:
        """Refuse a text in no language."""
        if not (self.vi or self.en):
            raise ValueError(N_('expected a text in at least one language, such as title.vi = "…"'))

    def texts(self) -> tuple[str, ...]:
        """Return the text in each language that it is written in."""
        return tuple(text for text in (self.vi, self.en) if text)


Text = Word | Translations
"""What a reader sees and the resolution fixes: one string, or one per language."""
