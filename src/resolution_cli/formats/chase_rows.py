"""The rows of data for programs on what the units are to be reminded of.

Their attributes are the keys of JSON and the columns of CSV, so none goes or changes its meaning.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from resolution_cli.domain.model import Item
from resolution_cli.views.texts import local

if TYPE_CHECKING:
    from resolution_cli.reports.chase import ChaseReport, Reminder


class ReminderRow(Struct, frozen=True):
    """Something that a unit is to be reminded of.

    Attributes:
        unit: the lead unit; null without one.
        reason: overdue, blocked, due, silent or figure: the most pressing one.
        id: the id of the item, milestone or target.
        kind: task, breakthrough, milestone or target.
        title: its title.
        part_of: the id of the item that a milestone is of; null for another.
        due: the day by which an item or milestone is due; null for a target.
        days: how many days it is overdue, or are left; null for another reason.
        note: what blocks it; null for another reason, or where nobody said.
        last_report: the day of the last report on an item or milestone; null without one.
        value, on: the last figure of a target and its day; null without one.

    """

    unit: str | None
    reason: str
    id: str
    kind: str
    title: str
    part_of: str | None
    due: date | None
    days: int | None
    note: str | None
    last_report: date | None
    value: Decimal | None
    on: date | None


def reminder_rows(found: "ChaseReport") -> Iterator[ReminderRow]:
    """Yield what the units are to be reminded of, unit by unit."""
    for group in found.units:
        for reminder in group.reminders:
            yield _row(reminder, group.unit)


def _row(reminder: "Reminder", unit: str | None) -> ReminderRow:
    entry, standing, last = reminder.entry, reminder.standing, reminder.last_figure
    blocked_by = standing.judgement.blocked_by if standing else None
    return ReminderRow(
        unit=unit,
        reason=reminder.reason,
        id=entry.id,
        kind=entry.kind if isinstance(entry, Item) else "target",
        title=local(entry.title),
        part_of=standing.parent.id if standing and standing.parent else None,
        due=reminder.due,
        days=reminder.days,
        note=blocked_by.note if blocked_by else None,
        last_report=reminder.last_report,
        value=Decimal(last.value) if last else None,
        on=last.on if last else None,
    )
