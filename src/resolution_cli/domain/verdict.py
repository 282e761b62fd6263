"""How an item stands on a day: facts in, verdict out. Pure; nobody chooses a verdict.

The rules are those of docs/reference/verdicts.md; the counts follow the Government's task system,
which sorts every item into done on time, done late, not done in time and not done overdue.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct

from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import Cause, Item, Settings, Status, Update
from resolution_cli.domain.schedule import Expected


class Verdict(StrEnum):
    """How an item stands, the most pressing first."""

    OVERDUE = "overdue"
    BLOCKED = "blocked"
    DUE_SOON = "due-soon"
    BEHIND = "behind"
    UNREPORTED = "unreported"
    ON_TRACK = "on-track"
    DONE_LATE = "done-late"
    DONE_ON_TIME = "done-on-time"


class Light(StrEnum):
    """The colour of a verdict."""

    RED = "red"
    AMBER = "amber"
    GREY = "grey"
    GREEN = "green"


LIGHTS = {
    Verdict.OVERDUE: Light.RED,
    Verdict.BLOCKED: Light.RED,
    Verdict.DUE_SOON: Light.AMBER,
    Verdict.BEHIND: Light.AMBER,
    Verdict.UNREPORTED: Light.GREY,
    Verdict.ON_TRACK: Light.GREEN,
    Verdict.DONE_LATE: Light.AMBER,
    Verdict.DONE_ON_TIME: Light.GREEN,
}
URGENCY = {verdict: rank for rank, verdict in enumerate(Verdict)}
"""The place of each verdict in a list that is sorted by verdict: red first, and what is done
last."""


class Outcome(StrEnum):
    """The four fields of the 2×2 in which every item is counted once."""

    DONE_ON_TIME = "done-on-time"
    DONE_LATE = "done-late"
    NOT_DONE_IN_TIME = "not-done-in-time"
    NOT_DONE_OVERDUE = "not-done-overdue"


class Judgement(Struct, frozen=True):
    """What the rules say of one item on one day.

    Attributes:
        verdict: the first rule that fits.
        outcome: the field of the 2×2.
        days: overdue: days late; due soon: days left, 0 for today; done late: days late; else None.
        points: behind: percentage points from the progress to what is expected, as both are shown;
            else None.
        blocked_by: the entry of the history that blocked it, where the verdict is blocked and there
            is one.
        cause: whose doing it is that it is blocked, as that entry or a later one says.
        stale_after: the file's `stale_days`, where it is not done and its last report is older than
            that; else None.

    """

    verdict: Verdict
    outcome: Outcome
    days: int | None = None
    points: int | None = None
    blocked_by: Update | None = None
    cause: Cause | None = None
    stale_after: int | None = None

    @property
    def is_stale(self) -> bool:
        """Say whether it is not done, and its last report is too old."""
        return self.stale_after is not None

    @property
    def light(self) -> Light:
        """Return the colour of the verdict."""
        return LIGHTS[self.verdict]


def judgement(  # noqa: PLR0911  # one return a rule
    history: ItemHistory, settings: Settings, day: date
) -> Judgement:
    """Return how the item of `history` stands at the end of `day`."""
    item, updates = history.on(day), history.until(day)
    if item.is_done:
        return _completion(history, item, day)
    due = item.due or history.term.end
    days_left = (due - day).days
    outcome = Outcome.NOT_DONE_OVERDUE if days_left < 0 else Outcome.NOT_DONE_IN_TIME
    last_report = next((update.on for update in reversed(updates) if update.is_report), None)
    is_stale = last_report is not None and (day - last_report).days > settings.stale_days

    def judged(verdict: Verdict, **details: Any) -> Judgement:
        return Judgement(
            verdict, outcome, stale_after=settings.stale_days if is_stale else None, **details
        )

    if days_left < 0:
        return judged(Verdict.OVERDUE, days=-days_left)
    if item.is_blocked:
        blocked_by, cause = _blocking(updates)
        return judged(Verdict.BLOCKED, blocked_by=blocked_by, cause=cause)
    if last_report is None:
        return judged(Verdict.UNREPORTED)
    if days_left <= settings.due_soon_days:
        return judged(Verdict.DUE_SOON, days=days_left)
    expected = Expected(history.start, due, day)
    if expected.exceeds(item.present_progress + settings.behind_points):
        return judged(Verdict.BEHIND, points=expected.percent - item.present_progress)
    return judged(Verdict.ON_TRACK)


def _completion(history: ItemHistory, item: Item, day: date) -> Judgement:
    """Return the verdict on what is done, by the deadline in force on the day on which it was done.

    A deadline that moves afterwards changes nothing. A `done` written by hand may lack its day: it
    was done by the day at which the plan stands, so until the due date it was surely on time; after
    that nobody has shown that it was.
    """
    done_on = item.done_on or min(history.today, day)
    days_late = (done_on - history.due_on(done_on)).days
    if days_late <= 0:
        return Judgement(Verdict.DONE_ON_TIME, Outcome.DONE_ON_TIME)
    return Judgement(Verdict.DONE_LATE, Outcome.DONE_LATE, days=days_late)


def _blocking(updates: Sequence[Update]) -> tuple[Update | None, Cause | None]:
    """Return the last entry that blocked the item, and the last cause given since."""
    cause = None
    for update in reversed(updates):
        cause = cause or update.cause
        if update.status is Status.BLOCKED:
            return update, cause
    return None, cause
