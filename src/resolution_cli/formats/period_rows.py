"""What a period brought to an item as a row of data: the columns that CSV has behind an item's."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from resolution_cli.domain.model import Cause, Status, Update
from resolution_cli.reports.period import PeriodReport


class PeriodItemRow(Struct, frozen=True):
    """What a period brought to an item and to its milestones.

    Attributes:
        period_start, period_end: the first and last day of the period.
        as_of: the last day reported: the last one of the period, or today where it is not over.
        status_before, progress_before, due_before: as the item stood on the eve of the period;
            null where it was not in the plan then, or had no due date of its own.
        events: each event of the period: its day, whose it is where that is a milestone, its kind.
        period_updates: how many entries of the days of the period there are.
        notes, evidence: what these entries say, the oldest first; with the id of the milestone
            that it is said of.
        causes: the kinds of causes that they give.

    """

    period_start: date
    period_end: date
    as_of: date
    status_before: Status | None
    progress_before: int | None
    due_before: date | None
    events: tuple[str, ...]
    period_updates: int
    notes: tuple[str, ...]
    evidence: tuple[str, ...]
    causes: tuple[Cause, ...]


def period_item_rows(covered: PeriodReport) -> Mapping[str, PeriodItemRow]:
    """Return what a period brought to each item, by its id."""
    updates = {activity.after.id: activity.updates for activity in covered.activities}
    happened = _events(covered)
    return {
        item_id: _row(covered, item_id, updates.get(item_id, ()), happened.get(item_id, ()))
        for item_id in (figures.standing.item.id for figures in covered.items)
    }


def _row(
    covered: PeriodReport, item_id: str, updates: Sequence[Update], happened: Sequence[str]
) -> PeriodItemRow:
    before = covered.before.get(item_id)
    return PeriodItemRow(
        period_start=covered.period.start,
        period_end=covered.period.end,
        as_of=covered.standing.as_of,
        status_before=before.present_status if before else None,
        progress_before=before.present_progress if before else None,
        due_before=before.due if before else None,
        events=tuple(happened),
        period_updates=len(updates),
        notes=tuple(_said(item_id, update, update.note) for update in updates if update.note),
        evidence=tuple(
            _said(item_id, update, document) for update in updates for document in update.evidence
        ),
        causes=tuple(dict.fromkeys(update.cause for update in updates if update.cause)),
    )


def _said(item_id: str, update: Update, text: str) -> str:
    return text if update.item.lower() == item_id.lower() else f"{update.item}: {text}"


def _events(covered: PeriodReport) -> Mapping[str, Sequence[str]]:
    """Return the events of each item and of its milestones by the id of the item, in order."""
    found: dict[str, list[tuple[date, str]]] = {}
    for event in covered.events:
        found.setdefault(event.item.id, []).append((event.on, f"{event.on} {event.kind}"))
    parents = dict(_parents(covered))
    for event in covered.milestone_events:
        said = f"{event.on} {event.item.id} {event.kind}"
        found.setdefault(parents[event.item.id], []).append((event.on, said))
    return {
        item_id: [said for _on, said in sorted(those, key=lambda each: each[0])]
        for item_id, those in found.items()
    }


def _parents(covered: PeriodReport) -> Iterator[tuple[str, str]]:
    for figures in covered.items:
        for milestone in figures.standing.milestones:
            yield milestone.item.id, figures.standing.item.id
