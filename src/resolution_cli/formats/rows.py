"""The rows of data for programs: an item, an entry of the history, counts, a period.

The JSON Schemas are made from these structs, and CSV has the columns of an item.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import asdict

from resolution_cli.domain.events import EventKind
from resolution_cli.domain.facts import FACTS, ITEM_FACTS, Fact
from resolution_cli.domain.model import (
    Amendment,
    Cause,
    Header,
    Item,
    Kind,
    Milestone,
    Status,
    Term,
    Update,
)
from resolution_cli.domain.pace import Unjudged
from resolution_cli.domain.period import Period
from resolution_cli.domain.verdict import Outcome, Verdict
from resolution_cli.formats.target_rows import number
from resolution_cli.reports.standing import Report, Standing, Tally
from resolution_cli.views.texts import local

if TYPE_CHECKING:  # a list does without
    from resolution_cli.reports.period import Flow, PeriodReport


def _type_of(fact: Fact) -> Any:
    if fact.is_list:
        return tuple[fact.value_type, ...]  # type: ignore[name-defined]  # known at run time only
    return fact.value_type | None


def _value_of(item: Item, fact: Fact) -> Any:
    value = getattr(item, fact.name)
    return () if fact.is_list and value is None else value


class _ItemRow(Struct, frozen=True):
    """An item and its verdict.

    Attributes:
        id, kind, title, summary, status, progress, start, due, done_on, lead, partners, product,
            tags: its facts; the progress is in percent; what is absent in the file is null or
            empty.
        verdict: see docs/reference/verdicts.md.
        outcome: its field of the 2×2, or cancelled; every item is counted once.
        days: overdue or done late: days late; due soon: days left.
        points: behind: percentage points under what is expected.
        stale: its last update is older than the file's `stale_days`, and it is open.
        updates: how many entries its own history has.
        last_update: the effective date of the last of them or of those of its milestones.

    """

    id: str
    kind: Kind
    title: str
    summary: str | None
    status: Status
    progress: int
    start: date | None
    due: date | None
    done_on: date | None
    lead: str | None
    partners: tuple[str, ...]
    product: str | None
    tags: tuple[str, ...]
    verdict: Verdict
    outcome: Outcome
    days: int | None
    points: int | None
    stale: bool
    updates: int
    last_update: date | None


_MORE_FACTS = [name for name in ITEM_FACTS if name not in _ItemRow.__struct_fields__]
"""The facts that came after this form of the data; they stand behind its other keys."""

if TYPE_CHECKING:
    ItemRow = _ItemRow
else:
    ItemRow = msgspec.defstruct(
        "ItemRow",
        [(name, _type_of(FACTS[name])) for name in _MORE_FACTS],
        bases=(_ItemRow,),
        namespace={"__doc__": _ItemRow.__doc__},
        frozen=True,
    )


class PartRow(Struct, frozen=True):
    """Of which item a milestone is a part.

    Attributes:
        item: the id of its item.
        weight: its weight against the others of the item.
        added: the day on which it entered the plan; null where it always was in it.

    """

    item: str
    weight: int
    added: date | None


class MilestoneRow(ItemRow, frozen=True):
    """A milestone and its verdict: the keys of an item, then of which item it is a part.

    Its progress is 0 or 100. `part_of` is as `PartRow` has it.
    """

    part_of: PartRow


class FactChange(Struct, frozen=True):
    """A fact that an entry of the history changed.

    Attributes:
        fact: its name.
        old, new: its values; null where there was none.

    """

    fact: str
    old: str | float | tuple[str, ...] | None
    new: str | float | tuple[str, ...] | None


class UpdateRow(Struct, frozen=True):
    """An entry of the history.

    Attributes:
        item: the id of its item.
        on: the effective date.
        at: the instant at which it was recorded.
        by: who recorded it.
        changes: the facts that it changed.
        note, evidence, cause: as in the file.
        proposal: as in the file; absent where there is none.

    """

    item: str
    on: date
    at: datetime | None
    by: str | None
    changes: tuple[FactChange, ...]
    note: str | None
    evidence: tuple[str, ...]
    cause: Cause | None
    proposal: str | UnsetType = UNSET


class AmendmentRow(Struct, frozen=True, omit_defaults=True):
    """What an entry said before it was amended; what the amendment did not change is left out.

    Attributes:
        at, by: when it was amended, and by whom.
        on: the former effective date.
        facts: the former values of the facts that it set.
        note, evidence, cause, proposal: as in the file.
        absent: what it did not say before.

    """

    at: datetime
    by: str | None
    on: date | None = None
    facts: dict[str, Any] = {}
    note: str | None = None
    evidence: tuple[str, ...] | None = None
    cause: Cause | None = None
    proposal: str | None = None
    absent: tuple[str, ...] = ()


class LogRow(Struct, frozen=True):
    """An entry of the history with its number, the oldest of its item being 1.

    Attributes:
        number: its number among the entries of its item.
        item, on, at, by, changes, note, evidence, cause, proposal: as `UpdateRow` has them.
        amended: what it said before it was amended, the first time first; absent if it never was.

    """

    item: str
    number: int
    on: date
    at: datetime | None
    by: str | None
    changes: tuple[FactChange, ...]
    note: str | None
    evidence: tuple[str, ...]
    cause: Cause | None
    proposal: str | UnsetType = UNSET
    amended: tuple[AmendmentRow, ...] | UnsetType = UNSET


class PaceRow(Struct, frozen=True):
    """The pace of an item.

    Attributes:
        expected, actual: progress in percent.
        finish: the day of completion at this pace; null where there is no forecast.
        unjudged: why there is none.

    """

    expected: int
    actual: int
    finish: date | None
    unjudged: Unjudged | None


class TermRow(Struct, frozen=True):
    """The term, how many of its days have passed, and how many there are."""

    start: date
    end: date
    days_passed: int
    days_total: int


class ResolutionRow(Struct, frozen=True):
    """The resolution."""

    id: str | None
    title: str
    body: str | None
    congress: str | None


class CountRow(Struct, frozen=True):
    """How many items of a kind there are of each status and of each outcome.

    Attributes:
        kind: the kind; null for all items.
        total: how many there are.
        by_status, by_outcome: the counts, each of which adds up to `total`. The key `cancelled` is
            there where an item of any kind is cancelled on that day.
        average_progress: the mean progress in percent of the items that are not cancelled; null
            where there is none.

    """

    kind: Kind | None
    total: int
    by_status: Mapping[Status, int]
    by_outcome: Mapping[Outcome, int]
    average_progress: float | None


class EventRow(Struct, frozen=True):
    """An event.

    Attributes:
        kind: what happened.
        on: the day.
        item: the id of its item.
        due: the due date on that day; null for none of its own.
        due_before: for a moved deadline the one before.

    """

    kind: str
    on: date
    item: str
    due: date | None
    due_before: date | None


class DifficultyRow(Struct, frozen=True):
    """A difficulty.

    Attributes:
        item: the id of its item.
        cause: the kind of its cause; null where nobody has said.
        note: its note in the history; null where there is none.

    """

    item: str
    cause: Cause | None
    note: str | None


class MilestonePeriodRow(Struct, frozen=True):
    """What a period brought of the milestones.

    Attributes:
        open_before: how many were neither done nor cancelled before it.
        added, reopened, finished_on_time, finished_late, cancelled: how many entered the plan open,
            and how many of these events it brought.
        unrecorded: as of the items; it closes the sum.
        open_after: how many are neither done nor cancelled at its end.
        finished: the ids of those that were finished in it, the earliest first.
        falling_due: the ids of those neither done nor cancelled that fall due in the next period.

    """

    open_before: int
    added: int
    reopened: int
    finished_on_time: int
    finished_late: int
    cancelled: int
    unrecorded: int
    open_after: int
    finished: tuple[str, ...]
    falling_due: tuple[str, ...]


class PeriodRow(Struct, frozen=True):
    """The figures of a period.

    Attributes:
        start, end: its first and its last day.
        open_before, open_after: how many items were neither done nor cancelled before it, and at
            its end.
        unrecorded: the number of changes by hand without an event, which closes the sum; see
            `tracker check`.
        changed: the ids of the items with an update in it.
        silent: the ids of the items without an update in it; changed and silent together are all
            items.
        events: what happened in it, the earliest first.
        next_start, next_end: the next period.
        falling_due: the ids of the items neither done nor cancelled that fall due in that.
        difficulties: the difficulties in it.
        added: how many open items entered the plan in it; absent where none did.
        milestones: the sum of the milestones; absent where there are none.

    """

    start: date
    end: date
    open_before: int
    open_after: int
    unrecorded: int
    changed: tuple[str, ...]
    silent: tuple[str, ...]
    events: tuple[EventRow, ...]
    next_start: date | None
    next_end: date | None
    falling_due: tuple[str, ...]
    difficulties: tuple[DifficultyRow, ...]
    added: int | UnsetType = UNSET
    milestones: MilestonePeriodRow | UnsetType = UNSET


def item_row(standing: Standing, language: str | None = None) -> ItemRow:
    """Return an item and how it stands; its texts are in `language`, or the active one."""
    item, judged = standing.item, standing.judgement
    return ItemRow(
        id=item.id,
        kind=item.kind,
        title=local(item.title, language),
        summary=local(item.summary, language) or None,
        status=item.present_status,
        progress=item.present_progress,
        start=item.start,
        due=item.due,
        done_on=item.done_on,
        lead=item.lead,
        partners=item.partners or (),
        product=item.product,
        tags=item.tags or (),
        verdict=judged.verdict,
        outcome=judged.outcome,
        days=judged.days,
        points=judged.points,
        stale=judged.is_stale,
        updates=len(standing.updates),
        last_update=standing.last_update,
        **{name: _value_of(item, FACTS[name]) for name in _MORE_FACTS},
    )


def milestone_row(standing: Standing) -> MilestoneRow:
    """Return a milestone and how it stands."""
    return MilestoneRow(**asdict(item_row(standing)), part_of=part_row(standing))


def part_row(standing: Standing) -> PartRow:
    """Return of which item a milestone is a part."""
    item, parent = standing.item, standing.parent
    assert isinstance(item, Milestone)  # noqa: S101  # only these have a parent
    assert parent  # noqa: S101  # as above
    return PartRow(parent.id, item.weight, item.added)


def update_row(update: Update) -> UpdateRow:
    """Return an entry of the history."""
    changes = tuple(
        FactChange(name, _plain(old), _plain(new)) for name, old, new in update.changes()
    )
    return UpdateRow(
        update.item,
        update.on,
        update.at,
        update.by,
        changes,
        update.note,
        update.evidence,
        update.cause,
        update.proposal or UNSET,
    )


def log_row(update: Update, number: int) -> LogRow:
    """Return an entry of the history with its number."""
    amended = tuple(map(_amendment_row, update.amended))
    return LogRow(number=number, amended=amended or UNSET, **asdict(update_row(update)))


def _amendment_row(record: Amendment) -> AmendmentRow:
    return AmendmentRow(
        record.at,
        record.by,
        record.on,
        {name: _plain(value) for name, value in record.said().items()},
        record.note,
        record.evidence,
        record.cause,
        record.proposal,
        record.absent,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return number(value)
    return value.isoformat() if isinstance(value, date) else value


def resolution_row(header: Header) -> ResolutionRow:
    """Return the resolution."""
    return ResolutionRow(
        header.id, local(header.title), local(header.body) or None, local(header.congress) or None
    )


def term_row(term: Term, figures: Report) -> TermRow:
    """Return the term, and how much of it has passed."""
    return TermRow(term.start, term.end, figures.days_passed, figures.days_total)


def item_count_row(tally: Tally) -> CountRow:
    """Return the counts of a kind of items, or of all."""
    return CountRow(
        tally.kind, tally.total, tally.by_status, tally.by_outcome, tally.average_progress
    )


def period_row(covered: "PeriodReport") -> PeriodRow:
    """Return the figures of a period."""
    following: Period | None = covered.next_period
    return PeriodRow(
        start=covered.period.start,
        end=covered.period.end,
        open_before=covered.flow.open_before,
        open_after=covered.flow.open_after,
        unrecorded=covered.flow.unrecorded,
        changed=tuple(activity.after.id for activity in covered.activities),
        silent=tuple(item.id for item in covered.silent),
        events=tuple(
            EventRow(e.kind, e.on, e.item.id, e.due, e.due_before) for e in covered.events
        ),
        next_start=following.start if following else None,
        next_end=following.end if following else None,
        falling_due=tuple(standing.item.id for standing in covered.falling_due),
        difficulties=tuple(
            DifficultyRow(
                found.standing.item.id, found.cause, found.update.note if found.update else None
            )
            for found in covered.difficulties
        ),
        added=covered.flow.added or UNSET,
        milestones=_milestone_period_row(covered, covered.milestone_flow),
    )


def _milestone_period_row(
    covered: "PeriodReport", flow: "Flow | None"
) -> MilestonePeriodRow | UnsetType:
    if flow is None:
        return UNSET
    return MilestonePeriodRow(
        open_before=flow.open_before,
        added=flow.added,
        reopened=flow.events[EventKind.REOPENED],
        finished_on_time=flow.events[EventKind.FINISHED_ON_TIME],
        finished_late=flow.events[EventKind.FINISHED_LATE],
        cancelled=flow.events[EventKind.CANCELLED],
        unrecorded=flow.unrecorded,
        open_after=flow.open_after,
        finished=tuple(standing.item.id for standing in covered.finished_milestones),
        falling_due=tuple(standing.item.id for standing in covered.milestones_falling_due),
    )
