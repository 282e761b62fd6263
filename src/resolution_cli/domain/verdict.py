"""The verdict on an item on a day, derived from its recorded facts by rules.

The rules are those of docs/reference/verdicts.md. The outcomes follow the Government's task system,
which counts every item as done on time, done late, not done in time, or not done and overdue; what
is cancelled is counted apart.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct

from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import Cause, Item, Settings, Update
from resolution_cli.i18n import N_


class Verdict(StrEnum):
    """How an item stands against its plan; the most urgent first."""

    OVERDUE = "overdue"
    BLOCKED = "blocked"
    DUE_SOON = "due-soon"
    BEHIND = "behind"
    UNREPORTED = "unreported"
    ON_TRACK = "on-track"
    DONE_LATE = "done-late"
    DONE_ON_TIME = "done-on-time"
    CANCELLED = "cancelled"


VERDICT_TITLES: Mapping[Verdict, str] = {
    Verdict.OVERDUE: N_("overdue"),
    Verdict.BLOCKED: N_("blocked"),
    Verdict.BEHIND: N_("behind"),
    Verdict.DUE_SOON: N_("due soon"),
    Verdict.UNREPORTED: N_("unreported"),
    Verdict.ON_TRACK: N_("on track"),
    Verdict.DONE_LATE: N_("done late"),
    Verdict.DONE_ON_TIME: N_("done on time"),
    Verdict.CANCELLED: N_("cancelled"),
}
"""What the verdicts are called, as messages to be looked up where they are shown."""


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
    Verdict.CANCELLED: Light.GREY,
}
URGENCY = {verdict: rank for rank, verdict in enumerate(Verdict)}
"""The rank of each verdict in a list sorted by verdict: red first, done and cancelled last."""


class Outcome(StrEnum):
    """The four counts of the Government's task system, and what is cancelled.

    Every item belongs to exactly one.
    """

    DONE_ON_TIME = "done-on-time"
    DONE_LATE = "done-late"
    NOT_DONE_IN_TIME = "not-done-in-time"
    NOT_DONE_OVERDUE = "not-done-overdue"
    CANCELLED = "cancelled"


class Judgement(Struct, frozen=True):
    """The verdict on one item on one day, with its details.

    Attributes:
        verdict: the verdict of the first rule that fits.
        outcome: which of the counts the item belongs to.
        days: for overdue and done late, the days late; for due soon, the days left, 0 if it is due
            on the day itself; else None.
        points: for behind, the percentage points from the progress to the expected progress, as
            both are shown; else None.
        blocked_by: for blocked, the entry of the history that blocked the item; None without one.
        cause: for blocked, the kind of cause that this entry or a later one gives; None without.
        stale_after: the file's `stale_days`, if the item is open and its last report is older than
            that many days; else None.
        cancelled_on: for cancelled, the day of the entry that cancelled it; None without one.
        documents: for cancelled, the evidence given in that entry or since.

    """

    verdict: Verdict
    outcome: Outcome
    days: int | None = None
    points: int | None = None
    blocked_by: Update | None = None
    cause: Cause | None = None
    stale_after: int | None = None
    cancelled_on: date | None = None
    documents: tuple[str, ...] = ()

    @property
    def is_stale(self) -> bool:
        """Return whether the item is open and its last report is too old."""
        return self.stale_after is not None

    @property
    def light(self) -> Light:
        """Return the colour of the verdict."""
        return LIGHTS[self.verdict]


def judgement(history: ItemHistory, settings: Settings, day: date) -> Judgement:
    """Return the verdict on the item of `history` at the end of `day`."""
    item = history.on(day)
    if item.is_cancelled:
        return _judgement_of_cancelled(history, day)
    if item.is_done:
        return _judgement_of_done(history, item, day)
    return _judgement_of_open(history, item, settings, day)


def _judgement_of_open(
    history: ItemHistory, item: Item, settings: Settings, day: date
) -> Judgement:
    """Return the verdict on an open item: that of the first rule that fits."""
    days_left = (history.due_on(day) - day).days
    outcome = Outcome.NOT_DONE_OVERDUE if days_left < 0 else Outcome.NOT_DONE_IN_TIME
    last_report = history.last_report(day)
    is_stale = last_report is not None and (day - last_report).days > settings.stale_days
    stale_after = settings.stale_days if is_stale else None

    def judged(verdict: Verdict, **details: Any) -> Judgement:
        return Judgement(verdict, outcome, stale_after=stale_after, **details)

    if days_left < 0:
        return judged(Verdict.OVERDUE, days=-days_left)
    if item.is_blocked:
        blocked_by, cause = history.blocking_on(day)
        return judged(Verdict.BLOCKED, blocked_by=blocked_by, cause=cause)
    if last_report is None:
        return judged(Verdict.UNREPORTED)
    if days_left <= settings.due_soon_days:
        return judged(Verdict.DUE_SOON, days=days_left)
    if history.is_behind(day, settings.behind_points):
        expected = history.expected_on(day)
        return judged(Verdict.BEHIND, points=expected.percent - item.present_progress)
    return judged(Verdict.ON_TRACK)


def _judgement_of_cancelled(history: ItemHistory, day: date) -> Judgement:
    """Return the verdict on a cancelled item, with the day and the documents of its cancellation.

    There are none where the status was written into the plan by hand and nobody recorded it.
    """
    entries = history.cancellation_on(day)
    documents = tuple(document for update in entries for document in update.evidence)
    cancelled_on = entries[0].on if entries else None
    return Judgement(
        Verdict.CANCELLED, Outcome.CANCELLED, cancelled_on=cancelled_on, documents=documents
    )


def _judgement_of_done(history: ItemHistory, item: Item, day: date) -> Judgement:
    """Return the verdict on a done item, by the due date in force on its day of completion.

    A due date that is moved afterwards changes nothing. A status `done` written by hand may have no
    day of completion; then today counts as that day, or `day` if that is earlier. So the item is on
    time up to its due date, and late afterwards, when it is not known whether it was in time.
    """
    done_on = item.done_on or min(history.today, day)
    days_late = (done_on - history.due_on(done_on)).days
    if days_late <= 0:
        return Judgement(Verdict.DONE_ON_TIME, Outcome.DONE_ON_TIME)
    return Judgement(Verdict.DONE_LATE, Outcome.DONE_LATE, days=days_late)
