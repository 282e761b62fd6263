"""JSON for other programs.

Keys and words are the same in every language; the texts of the file are in the active one.

The shapes are these structs, and their JSON Schemas are made from them.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET, Struct, UnsetType

from resolution_cli.formats.chase_rows import ReminderRow, reminder_rows
from resolution_cli.formats.next_rows import ClosingRow, LackRow, closing_row, lack_rows
from resolution_cli.formats.rows import (
    CountRow,
    ItemRow,
    LogRow,
    MilestoneRow,
    PaceRow,
    PartRow,
    PeriodRow,
    ResolutionRow,
    TermRow,
    UpdateRow,
    item_count_row,
    item_row,
    log_row,
    milestone_row,
    part_row,
    period_row,
    resolution_row,
    term_row,
    update_row,
)
from resolution_cli.formats.target_rows import (
    TargetCountRow,
    TargetRow,
    TargetYearRow,
    count_row,
    target_row,
    year_row,
)

if TYPE_CHECKING:  # each command loads its own figures
    from resolution_cli.reports.chase import ChaseReport
    from resolution_cli.reports.file_items import ItemsReport
    from resolution_cli.reports.files import FilesReport
    from resolution_cli.reports.item import ItemReport
    from resolution_cli.reports.listing import Listing
    from resolution_cli.reports.log import Log
    from resolution_cli.reports.next import NextReport
    from resolution_cli.reports.overview import Overview
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


class ItemsData(Struct, frozen=True):
    """What `tracker list --format json` prints.

    Attributes:
        schema: the number of this form.
        as_of: the state at the end of this day.
        items: the items asked for, in the order of the file.
        milestones: the milestones asked for, in the order of the file; absent where none are.

    """

    schema: int
    as_of: date
    items: tuple[ItemRow, ...]
    milestones: tuple[MilestoneRow, ...] | UnsetType = UNSET


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
        milestones: those of an item, in the order of the file; absent where it has none.
        part_of: of a milestone, of which item it is a part; absent of an item.

    """

    schema: int
    as_of: date
    item: ItemRow
    deadlines: tuple[date | None, ...]
    pace: PaceRow | None
    history: tuple[UpdateRow, ...]
    milestones: tuple[MilestoneRow, ...] | UnsetType = UNSET
    part_of: PartRow | UnsetType = UNSET


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
        milestones: the milestones in the plan, in the order of the file; absent where there are
            none.
        milestone_counts: how many of these stand how; absent likewise.
        lead: the lead unit whose items and targets these are; absent where they are all.

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
    milestones: tuple[MilestoneRow, ...] | UnsetType = UNSET
    milestone_counts: CountRow | UnsetType = UNSET
    lead: str | UnsetType = UNSET


class LogData(Struct, frozen=True):
    """What `tracker log --format json` prints: the entries of the history, newest first."""

    schema: int
    updates: tuple[LogRow, ...]


class NextData(Struct, frozen=True):
    """What `tracker next --format json` prints.

    Attributes:
        schema: the number of this form.
        as_of: the day.
        closings: the periods of the term that the day is in, the one that closes first first.
        period: the one whose lacks follow; null where none is open.
        lacks: what its report lacks, by lead unit; texts, which no unit has to add, last.

    """

    schema: int
    as_of: date
    closings: tuple[ClosingRow, ...]
    period: ClosingRow | None
    lacks: tuple[LackRow, ...]


class ChaseData(Struct, frozen=True):
    """What `tracker chase --format json` prints.

    Attributes:
        schema: the number of this form.
        as_of: the day.
        within: how many days ahead what is due counts.
        period: the period that runs, for which targets want figures; null without one.
        reminders: what the units are to be reminded of, unit by unit, the most pressing first; what
            has no lead unit last.

    """

    schema: int
    as_of: date
    within: int
    period: ClosingRow | None
    reminders: tuple[ReminderRow, ...]


def listing(found: "Listing") -> str:
    """Return the items as an `ItemsData`."""
    items = tuple(item_row(each) for each in found.standings if not each.parent)
    milestones = tuple(milestone_row(each) for each in found.standings if each.parent)
    asked = milestones if found.has_milestones else UNSET
    return _json(ItemsData(SCHEMA, found.as_of, items, asked))


def item(found: "ItemReport") -> str:
    """Return one item as an `ItemData`."""
    standing, pace = found.figures.standing, found.figures.pace
    return _json(
        ItemData(
            SCHEMA,
            found.as_of,
            item_row(standing),
            found.deadlines,
            PaceRow(pace.expected, pace.actual, pace.finish, pace.unjudged) if pace else None,
            tuple(map(update_row, reversed(standing.updates))),
            tuple(map(milestone_row, standing.milestones)) or UNSET,
            part_row(standing) if standing.parent else UNSET,
        )
    )


def report(overview: "Overview") -> str:
    """Return the report as a `ReportData`."""
    figures, targets = overview.standing, overview.targets
    milestones = figures.milestones
    return _json(
        ReportData(
            SCHEMA,
            figures.as_of,
            overview.is_forecast,
            resolution_row(figures.header),
            term_row(figures.header.term, figures),
            tuple(map(item_count_row, figures.tallies)),
            tuple(map(item_row, figures.standings)),
            period_row(overview.period) if overview.period else None,
            tuple(map(target_row, targets.standings)) if targets else UNSET,
            count_row(targets) if targets else UNSET,
            tuple(map(milestone_row, milestones.standings)) if milestones else UNSET,
            item_count_row(milestones.tally) if milestones else UNSET,
            UNSET if figures.lead is None else figures.lead,
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
            tuple(map(update_row, reversed(standing.updates))),
        )
    )


def next_report(found: "NextReport") -> str:
    """Return which reports close when, and what the next one lacks, as a `NextData`."""
    return _json(
        NextData(
            SCHEMA,
            found.as_of,
            tuple(closing_row(each, found.as_of) for each in found.closings),
            closing_row(found.period, found.as_of) if found.period else None,
            tuple(lack_rows(found)),
        )
    )


def chase(found: "ChaseReport") -> str:
    """Return what the units are to be reminded of, as a `ChaseData`."""
    period = closing_row(found.period, found.as_of) if found.period else None
    rows = tuple(reminder_rows(found))
    return _json(ChaseData(SCHEMA, found.as_of, found.within, period, rows))


def files(found: "FilesReport") -> str:
    """Return how many files stand, and their totals, as a `FilesData`."""
    from resolution_cli.formats.file_data import files_data  # noqa: PLC0415  # one command needs it

    return _json(files_data(SCHEMA, found))


def file_items(found: "ItemsReport") -> str:
    """Return the items of many files as a `FileItemsData`."""
    from resolution_cli.formats.file_data import file_items_data  # noqa: PLC0415  # as above

    return _json(file_items_data(SCHEMA, found))


def log(found: "Log") -> str:
    """Return entries of the history as a `LogData`."""
    return _json(
        LogData(SCHEMA, tuple(log_row(entry.update, entry.number) for entry in found.entries))
    )


def lines(rows: Iterable[Struct]) -> str:
    """Return a line of JSON for each of `rows`."""
    return _UNSEEN.sub(_escaped, _ENCODER.encode_lines(rows).decode())


def _json(data: Struct) -> str:
    text = msgspec.json.format(_ENCODER.encode(data), indent=2).decode()
    return _UNSEEN.sub(_escaped, text) + "\n"


def _escaped(match: re.Match[str]) -> str:
    """Return a character as one or two escapes of JSON, which a person can see."""
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[start : start + 2].hex()}" for start in range(0, len(units), 2))
