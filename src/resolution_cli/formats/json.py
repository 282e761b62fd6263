"""JSON for other programs.

Keys and words are the same in every language; the texts of the file are in the active one.

The shapes are these structs, and their JSON Schemas are made from them.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from resolution_cli.domain.facts import FACTS, ITEM_FACTS, Fact
from resolution_cli.domain.model import Cause, Header, Item, Kind, Status, Term, Update
from resolution_cli.domain.pace import Unjudged
from resolution_cli.domain.period import Period
from resolution_cli.domain.verdict import Outcome, Verdict
from resolution_cli.formats.target_rows import (
    TargetCountRow,
    TargetRow,
    TargetYearRow,
    count_row,
    number,
    target_row,
    year_row,
)
from resolution_cli.reports.item import ItemReport
from resolution_cli.reports.listing import Listing
from resolution_cli.reports.log import Log
from resolution_cli.reports.overview import Overview
from resolution_cli.reports.period import PeriodReport
from resolution_cli.reports.standing import Report, Standing, Tally
from resolution_cli.views.texts import local

if TYPE_CHECKING:
    from resolution_cli.reports.targets import TargetListing, TargetReport

SCHEMA = 1
"""The number of this form of the data; a key may come without a new one, none goes or changes its
meaning."""


_ENCODER = msgspec.json.Encoder(decimal_format="number")

_UNSEEN = re.compile(
    "[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
"""What JSON allows and a screen would obey or hide: controls, orders of direction, characters
without a shape."""


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
        updates: how many entries its history has.
        last_update: the effective date of the last of them.

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

    """

    item: str
    on: date
    at: datetime | None
    by: str | None
    changes: tuple[FactChange, ...]
    note: str | None
    evidence: tuple[str, ...]
    cause: Cause | None


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


class ItemsData(Struct, frozen=True):
    """What `tracker list --format json` prints."""

    schema: int
    as_of: date
    items: tuple[ItemRow, ...]


class ItemData(Struct, frozen=True):
    """What `tracker show --format json` prints.

    Attributes:
        schema: the number of this form.
        as_of: the state at the end of this day.
        item: the item.
        deadlines: the due dates that it has had, the first one first; null where it had none of its
            own.
        pace: expected and actual progress; null for an item that is done or cancelled.
        history: its entries, newest first.

    """

    schema: int
    as_of: date
    item: ItemRow
    deadlines: tuple[date | None, ...]
    pace: PaceRow | None
    history: tuple[UpdateRow, ...]


class TargetsData(Struct, frozen=True):
    """What `tracker targets --format json` prints.

    Attributes:
        schema: the number of this form.
        as_of: the state at the end of this day.
        year: the year of the plans that was asked for; null for that of the day.
        counts: how many of the targets below stand how.
        targets: the targets asked for, in the order of the file.

    """

    schema: int
    as_of: date
    year: int | None
    counts: TargetCountRow
    targets: tuple[TargetRow, ...]


class TargetData(Struct, frozen=True):
    """What `tracker show --format json` prints of a target.

    Attributes:
        schema: the number of this form.
        as_of: the state at the end of this day.
        target: the target.
        years: the years of its plan, the earliest first.
        history: its entries, newest first.

    """

    schema: int
    as_of: date
    target: TargetRow
    years: tuple[TargetYearRow, ...]
    history: tuple[UpdateRow, ...]


class ReportData(Struct, frozen=True):
    """What `tracker report --format json` prints.

    Attributes:
        schema: the number of this form.
        as_of: the state at the end of this day.
        forecast: whether that day is in the future.
        resolution, term: the resolution and its term.
        counts: one for each kind that the resolution has, and one for all.
        items: every item, the most urgent first.
        period: the figures of the period; null in a report of a day.
        targets, target_counts: the targets and how many stand how; absent where the file has none.

    """

    schema: int
    as_of: date
    forecast: bool
    resolution: ResolutionRow
    term: TermRow
    counts: tuple[CountRow, ...]
    items: tuple[ItemRow, ...]
    period: PeriodRow | None
    targets: tuple[TargetRow, ...] | UnsetType = UNSET
    target_counts: TargetCountRow | UnsetType = UNSET


class LogData(Struct, frozen=True):
    """What `tracker log --format json` prints: the entries of the history, newest first."""

    schema: int
    updates: tuple[UpdateRow, ...]


def listing(found: Listing) -> str:
    """Return the items as an `ItemsData`."""
    return _json(ItemsData(SCHEMA, found.as_of, tuple(map(item_row, found.standings))))


def item(found: ItemReport) -> str:
    """Return one item as an `ItemData`."""
    standing, pace = found.figures.standing, found.figures.pace
    return _json(
        ItemData(
            SCHEMA,
            found.as_of,
            item_row(standing),
            found.deadlines,
            PaceRow(pace.expected, pace.actual, pace.finish, pace.unjudged) if pace else None,
            tuple(map(_update_row, reversed(standing.updates))),
        )
    )


def report(overview: Overview) -> str:
    """Return the report as a `ReportData`."""
    figures, targets = overview.standing, overview.targets
    return _json(
        ReportData(
            SCHEMA,
            figures.as_of,
            overview.is_forecast,
            _resolution_row(figures.header),
            _term_row(figures.header.term, figures),
            tuple(map(_count_row, figures.tallies)),
            tuple(map(item_row, figures.standings)),
            _period_row(overview.period) if overview.period else None,
            tuple(map(target_row, targets.standings)) if targets else UNSET,
            count_row(targets) if targets else UNSET,
        )
    )


def targets(found: "TargetListing") -> str:
    """Return the targets as a `TargetsData`."""
    figures = found.figures
    rows = tuple(map(target_row, figures.standings))
    return _json(TargetsData(SCHEMA, figures.as_of, found.year, count_row(figures), rows))


def target(found: "TargetReport") -> str:
    """Return one target as a `TargetData`."""
    standing = found.standing
    return _json(
        TargetData(
            SCHEMA,
            found.as_of,
            target_row(standing),
            tuple(map(year_row, found.years)),
            tuple(map(_update_row, reversed(standing.updates))),
        )
    )


def log(found: Log) -> str:
    """Return entries of the history as a `LogData`."""
    return _json(LogData(SCHEMA, tuple(_update_row(entry.update) for entry in found.entries)))


def item_row(standing: Standing) -> ItemRow:
    """Return an item and how it stands."""
    item, judged = standing.item, standing.judgement
    return ItemRow(
        id=item.id,
        kind=item.kind,
        title=local(item.title),
        summary=local(item.summary) or None,
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
        last_update=standing.updates[-1].on if standing.updates else None,
        **{name: _value_of(item, FACTS[name]) for name in _MORE_FACTS},
    )


def _update_row(update: Update) -> UpdateRow:
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
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return number(value)
    return value.isoformat() if isinstance(value, date) else value


def _resolution_row(header: Header) -> ResolutionRow:
    return ResolutionRow(
        header.id, local(header.title), local(header.body) or None, local(header.congress) or None
    )


def _term_row(term: Term, figures: Report) -> TermRow:
    return TermRow(term.start, term.end, figures.days_passed, figures.days_total)


def _count_row(tally: Tally) -> CountRow:
    return CountRow(
        tally.kind, tally.total, tally.by_status, tally.by_outcome, tally.average_progress
    )


def _period_row(covered: PeriodReport) -> PeriodRow:
    following: Period | None = covered.next_period
    return PeriodRow(
        start=covered.period.start,
        end=covered.period.end,
        open_before=covered.open_before,
        open_after=covered.open_after,
        unrecorded=covered.unrecorded,
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
    )


def _json(data: Struct) -> str:
    text = msgspec.json.format(_ENCODER.encode(data), indent=2).decode()
    return _UNSEEN.sub(_escaped, text) + "\n"


def _escaped(match: re.Match[str]) -> str:
    """Return a character as one or two escapes of JSON, which a person can see."""
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[start : start + 2].hex()}" for start in range(0, len(units), 2))
