"""How an item stands on a day: facts in, verdict out. Pure; nobody chooses a verdict.

The rules are README's section "Verdicts"; the counts follow the Government's task system, which sorts every item into
done on time, done late, not done in time and not done overdue.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from resolution_cli.model import Cause, Item, Resolution, Status, Update


class Verdict(StrEnum):
    """How an item stands, the most pressing first."""

    OVERDUE = "overdue"
    BLOCKED = "blocked"
    BEHIND = "behind"
    DUE_SOON = "due-soon"
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
    Verdict.BEHIND: Light.AMBER,
    Verdict.DUE_SOON: Light.AMBER,
    Verdict.UNREPORTED: Light.GREY,
    Verdict.ON_TRACK: Light.GREEN,
    Verdict.DONE_LATE: Light.GREEN,
    Verdict.DONE_ON_TIME: Light.GREEN,
}
URGENCY = {verdict: rank for rank, verdict in enumerate(Verdict)}
"""The place of each verdict in a list that is sorted by verdict: red first, green last."""


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
        points: behind: percentage points under what is expected, rounded down; else None.
        blocked_by: the entry of the diary that blocked it, where the verdict is blocked and there is one.
        cause: whose doing it is that it is blocked, as that entry or a later one says.
        is_stale: it is not done, and its last update is older than the file's `stale_days`.

    """

    verdict: Verdict
    outcome: Outcome
    days: int | None = None
    points: int | None = None
    blocked_by: Update | None = None
    cause: Cause | None = None
    is_stale: bool = False

    @property
    def light(self) -> Light:
        """Return the colour of the verdict."""
        return LIGHTS[self.verdict]


def judgement(  # noqa: PLR0911  # one return a rule
    resolution: Resolution, item: Item, updates: Sequence[Update], today: date
) -> Judgement:
    """Return how `item`, whose diary is `updates` (oldest first), stands on `today`."""
    due = resolution.due_of(item)
    if item.present_status is Status.DONE:
        # A hand-written `done` may lack its day. It was done by today, so until the due date it was surely on time;
        # after that nobody has shown that it was. `check` asks for the day.
        days_late = ((item.done_on or today) - due).days
        if days_late <= 0:
            return Judgement(Verdict.DONE_ON_TIME, Outcome.DONE_ON_TIME)
        return Judgement(Verdict.DONE_LATE, Outcome.DONE_LATE, days=days_late)

    settings = resolution.header.settings
    days_left = (due - today).days
    outcome = Outcome.NOT_DONE_OVERDUE if days_left < 0 else Outcome.NOT_DONE_IN_TIME
    is_stale = bool(updates) and (today - updates[-1].on).days > settings.stale_days
    start = resolution.start_of(item)
    days_passed, days_planned = (today - start).days, (due - start).days
    # Expected progress is the share of start→due that has passed; compared crosswise, so that nothing is rounded.
    is_behind = days_passed * 100 > (item.present_progress + settings.behind_points) * days_planned

    if days_left < 0:
        return Judgement(Verdict.OVERDUE, outcome, days=-days_left, is_stale=is_stale)
    if item.present_status is Status.BLOCKED:
        blocked_by, cause = _blocking(updates)
        return Judgement(Verdict.BLOCKED, outcome, blocked_by=blocked_by, cause=cause, is_stale=is_stale)
    if not updates:
        return Judgement(Verdict.UNREPORTED, outcome)
    if days_left <= settings.due_soon_days:
        return Judgement(Verdict.DUE_SOON, outcome, days=days_left, is_stale=is_stale)
    if is_behind:
        points = days_passed * 100 // days_planned - item.present_progress
        return Judgement(Verdict.BEHIND, outcome, points=points, is_stale=is_stale)
    return Judgement(Verdict.ON_TRACK, outcome, is_stale=is_stale)


def _blocking(updates: Sequence[Update]) -> tuple[Update | None, Cause | None]:
    """Return the last entry that blocked the item, and the last cause given since."""
    cause = None
    for update in reversed(updates):
        cause = cause or update.cause
        if update.status is Status.BLOCKED:
            return update, cause
    return None, cause
