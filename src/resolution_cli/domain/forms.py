"""What forms ask of units, and what comes back on them. No rules of an update, no workbook."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct

from resolution_cli.domain.model import (
    Cause,
    Figure,
    Header,
    Item,
    Milestone,
    Status,
    Target,
    Translations,
)
from resolution_cli.domain.period import Period, containing
from resolution_cli.i18n import N_


class Asked(StrEnum):
    """What a form asks of a row."""

    STATUS = "status"
    FIGURE = "figure"
    DONE_ON = "done-on"
    RESULT = "result"
    EVIDENCE = "evidence"
    DIFFICULTY = "difficulty"
    CAUSE = "cause"
    PROPOSAL = "proposal"


HEADS: Mapping[Asked, str] = {
    Asked.STATUS: N_("status"),
    Asked.FIGURE: N_("figure"),
    Asked.DONE_ON: N_("done on"),
    Asked.RESULT: N_("result"),
    Asked.EVIDENCE: N_("evidence"),
    Asked.DIFFICULTY: N_("difficulty"),
    Asked.CAUSE: N_("cause"),
    Asked.PROPOSAL: N_("proposal"),
}
"""What the columns are called, as messages to be looked up where they are shown."""

_OF_TARGET = frozenset((Asked.FIGURE, Asked.DONE_ON, Asked.RESULT, Asked.EVIDENCE, Asked.PROPOSAL))
_OF_STATE = frozenset((Asked.STATUS, Asked.FIGURE, Asked.DONE_ON))


class Sent(Struct, frozen=True):
    """What was known of an item, milestone or target when its form was sent.

    Attributes:
        id: its id.
        facts: the state facts by name; of a target its figure, `value`, and the day of it, `on`.

    """

    id: str
    facts: Mapping[str, object]


class Answer(Struct, frozen=True, kw_only=True):
    """What a unit answered on one row of a form; None or empty is no answer.

    Attributes:
        sent: what was known of the row.
        place: where each answer stands, in words, for messages; by what was asked.
        status, cause: as in an update.
        figure: the progress of an item in percent, or the figure of a target.
        done_on: the day of completion; of a target the day of its figure.
        result, evidence, difficulty, proposal: texts.

    """

    sent: Sent
    place: Mapping[Asked, Any]
    status: Status | None = None
    figure: int | Figure | None = None
    done_on: date | None = None
    result: str | None = None
    evidence: tuple[str, ...] = ()
    difficulty: str | None = None
    cause: Cause | None = None
    proposal: str | None = None


class FilledForm(Struct, frozen=True):
    """A form that came back.

    Attributes:
        resolution_id: of which file it is, as `resolution_id` has it.
        unit: the unit that it was sent to.
        period: the period that it is about.
        sent_at: when it was made.
        answers: the rows that have an answer.

    """

    resolution_id: str
    unit: str
    period: Period
    sent_at: datetime
    answers: tuple[Answer, ...]


def resolution_id(header: Header) -> str:
    """Return what tells this resolution from others: its id, or else its title and term."""
    if header.id:
        return header.id
    title = header.title
    texts = title.texts() if isinstance(title, Translations) else (title,)
    return " ".join((*texts, header.term.start.isoformat(), header.term.end.isoformat()))


def asked_of(entry: Item | Target, *, has_milestones: bool) -> frozenset[Asked]:
    """Return what a form asks of an item, milestone or target.

    Of an item that has milestones, status and progress follow from these.
    """
    if isinstance(entry, Target):
        return _OF_TARGET
    if isinstance(entry, Milestone):
        return frozenset(Asked) - {Asked.FIGURE}
    return frozenset(Asked) - _OF_STATE if has_milestones else frozenset(Asked)


def sent_of(entry: Item | Target) -> Sent:
    """Return what is known of an item, milestone or target now."""
    names = ("value", "on") if isinstance(entry, Target) else ("status", "progress", "done_on")
    found = {name: getattr(entry, name, None) for name in names}
    return Sent(entry.id, {name: value for name, value in found.items() if value is not None})


def expected_periods(header: Header, form: FilledForm, today: date) -> tuple[Period, ...]:
    """Return the periods of which a form is taken unless one is named.

    They are the present one of its length, and the last.
    """
    months, cutoff_day = form.period.months, header.settings.cutoff_day
    if months not in (1, 3, 6, 12):
        return (form.period,)
    present = containing(today, months, cutoff_day)
    before = date.fromordinal(present.start.toordinal() - 1)
    return present, containing(before, months, cutoff_day)


def given(answer: Answer) -> list[Asked]:
    """Return what was answered, in the order of the columns."""
    values = {asked: getattr(answer, asked.value.replace("-", "_")) for asked in Asked}
    return [asked for asked, value in values.items() if value not in (None, ())]


def first_given(answer: Answer) -> Asked:
    """Return the first thing that was answered in a row."""
    return next(iter(given(answer)), Asked.RESULT)
