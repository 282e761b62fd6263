"""The rows of data for programs on reports to come: when they close, and what one lacks.

Their attributes are the keys of JSON and the columns of CSV, so none goes or changes its meaning.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from resolution_cli.domain.period import Period
from resolution_cli.views.texts import local

if TYPE_CHECKING:
    from resolution_cli.reports.next import Lack, NextReport


class ClosingRow(Struct, frozen=True):
    """A period of which a report is due.

    Attributes:
        name: its name as the file has it, such as 2026-Q3; null for a period without one.
        start, end: its first and its last day.
        days_left: how many days there are to its last one; below zero where it is over.

    """

    name: str | None
    start: date
    end: date
    days_left: int


class LackRow(Struct, frozen=True):
    """Something that a report lacks.

    Attributes:
        kind: news, figure, cause or text.
        unit: the lead unit that has to add it; null without one.
        id: the id of the item, milestone or target; null for a text.
        title: its title.
        key: the key of the text in the file; null for another kind.
        table: the table of the file in which the text goes.
        command: the command that adds it.

    """

    kind: str
    unit: str | None
    id: str | None
    title: str | None
    key: str | None
    table: str | None
    command: str


def closing_row(period: Period, day: date) -> ClosingRow:
    """Return a period of which a report closes, as of `day`."""
    return ClosingRow(period.name, period.start, period.end, (period.end - day).days)


def lack_rows(found: "NextReport") -> Iterator[LackRow]:
    """Yield what a report lacks, by unit, and its texts last."""
    for group in found.units:
        for lack in group.lacks:
            yield _row(lack, group.unit)
    for lack in found.texts:
        yield _row(lack, None)


def _row(lack: "Lack", unit: str | None) -> LackRow:
    entry = lack.entry
    return LackRow(
        lack.kind,
        unit,
        entry.id if entry else None,
        local(entry.title) if entry else None,
        lack.key or None,
        lack.table or None,
        lack.command,
    )
