"""The rows of data for programs on many files: a file, and the totals.

Their attributes are the keys of JSON and the columns of CSV, so none goes or changes its meaning.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import astuple

from resolution_cli.domain.verdict import Verdict
from resolution_cli.reports.file_groups import group_of
from resolution_cli.views.texts import local

if TYPE_CHECKING:
    from resolution_cli.reports.file_groups import By
    from resolution_cli.reports.file_row import Brought, Counts, FileRow, Pressing, UncountedFile
    from resolution_cli.reports.file_tags import ItemCounts
    from resolution_cli.reports.files import FilesReport


class PressingData(Struct, frozen=True):
    """The most pressing item or milestone of a file.

    Attributes:
        id, title: its id and its title.
        part_of: of a milestone, the id of its item; null for an item.
        verdict, days, points: as in the list of items.
        due: the day by which it is due.
        lead: its lead unit; null without one.

    """

    id: str
    title: str
    part_of: str | None
    verdict: Verdict
    days: int | None
    points: int | None
    due: date
    lead: str | None


class BroughtData(Struct, frozen=True):
    """What a period brought to all files that are counted.

    Attributes:
        completed: how often an item was completed in it.
        became_overdue: how often an item became overdue in it.
        news: how many entries of its days report on something.

    """

    completed: int
    became_overdue: int
    news: int


class FilePeriodData(Struct, frozen=True):
    """The period of a file, whose days are those of its term and cut-off day.

    Attributes:
        start, end: its first and its last day.
        as_of: the last day of it that is over; the file stands as at the end of that.
        in_term: whether the term contains the period.
        completed, became_overdue, news: what these days brought to the file.

    """

    start: date
    end: date
    as_of: date
    in_term: bool
    completed: int
    became_overdue: int
    news: int


class FileData(Struct, frozen=True):
    """A file that is counted.

    Attributes:
        path: its path, as it was found.
        id: the id of the resolution; null without one.
        body: the body that resolved it, or else the title of the resolution.
        items: how many items are in the plan.
        verdicts: each verdict, with its count of items; they add up to `items`.
        milestones: how many milestones are in the plan.
        targets: how many targets are in the plan.
        targets_met: how many of these are met or exceeded.
        in_force: how many items are not cancelled.
        progress_sum: the sum of the progress of those, in percent.
        average_progress: the one divided by the other; null where no item is in force.
        last_news: the day of the last entry that reports on something; null without one.
        days_since_news: how many days that is ago.
        most_pressing: what is most pressing; null where nothing is.
        period: the period asked for; absent without one.
        group: the group of the file; null where it has none, absent where files are not grouped.

    """

    path: str
    id: str | None
    body: str
    items: int
    verdicts: Mapping[Verdict, int]
    milestones: int
    targets: int
    targets_met: int
    in_force: int
    progress_sum: int
    average_progress: float | None
    last_news: date | None
    days_since_news: int | None
    most_pressing: PressingData | None
    period: FilePeriodData | UnsetType = UNSET
    group: str | UnsetType | None = UNSET


class TotalsData(Struct, frozen=True):
    """The sums of the files that are counted; the keys are as those of a file.

    Attributes:
        found: how many files there are.
        counted: how many of them are counted.
        items, verdicts, milestones, targets, targets_met, in_force, progress_sum: the sums.
        average_progress: the sum of progress divided by the items in force.
        period: what the period brought; absent without one.

    """

    found: int
    counted: int
    items: int
    verdicts: Mapping[Verdict, int]
    milestones: int
    targets: int
    targets_met: int
    in_force: int
    progress_sum: int
    average_progress: float | None
    period: BroughtData | UnsetType = UNSET


class UncountedData(Struct, frozen=True):
    """A file that is not counted.

    Attributes:
        path: its path, as it was found.
        message: what is wrong with it and where.
        group: as that of a file that is counted.

    """

    path: str
    message: str
    group: str | UnsetType | None = UNSET


_COUNTED = FileData.__struct_fields__[: FileData.__struct_fields__.index("most_pressing")]
"""The keys of a file that are columns of their own, in the order of both."""


def file_data(row: "FileRow", by: "By | None" = None) -> FileData:
    """Return a file that is counted, with its group if files are grouped."""
    return FileData(
        path=plain_text(row.path),
        id=row.id,
        body=local(row.body),
        **sums(row.counts),
        last_news=row.last_news,
        days_since_news=row.days_since_news,
        most_pressing=_pressing(row.pressing) if row.pressing else None,
        period=_period(row) or UNSET,
        group=group_data_of(row, by),
    )


def totals_data(found: "FilesReport") -> TotalsData:
    """Return the totals of files."""
    return TotalsData(
        found=found.found,
        counted=len(found.rows),
        **sums(found.totals),
        period=brought_data(found.brought) or UNSET,
    )


def uncounted_data(file: "UncountedFile", by: "By | None" = None) -> UncountedData:
    """Return a file that is not counted, with its group if files are grouped."""
    return UncountedData(plain_text(file.path), plain_text(file.message), group_data_of(file, by))


def file_columns(found: "FilesReport") -> tuple[str, ...]:
    """Return the names of the columns of files: a column a verdict, those of what presses last.

    Behind them are those of the period, and the group, where they are asked for.
    """
    pressing = (f"pressing_{name}" for name in PressingData.__struct_fields__)
    period = (f"period_{name}" for name in FilePeriodData.__struct_fields__ if found.brought)
    group = ("group",) if found.groups else ()
    return (*column_names(_COUNTED), *pressing, *period, *group)


def file_values(row: "FileRow", by: "By | None" = None) -> list[object]:
    """Return the values of a file in these columns."""
    data = file_data(row, by)
    pressing, period = data.most_pressing, data.period
    values = column_values(data, _COUNTED)
    values += [
        getattr(pressing, name) if pressing else None for name in PressingData.__struct_fields__
    ]
    values += [*astuple(period)] if period else []
    return values if data.group is UNSET else [*values, data.group]


def column_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the columns of these keys."""
    return tuple(each for name in names for each in (Verdict if name == "verdicts" else (name,)))


def column_values(data: Struct, names: Iterable[str]) -> list[object]:
    """Return the values of these keys, each count by verdict as one."""
    found = ((name, getattr(data, name)) for name in names)
    return [
        each
        for name, value in found
        for each in (value.values() if name == "verdicts" else (value,))
    ]


def item_sums(counts: "ItemCounts") -> dict[str, Any]:
    """Return counts of items by their keys."""
    return {
        "items": counts.items,
        "verdicts": counts.by_verdict,
        "in_force": counts.in_force,
        "progress_sum": counts.progress_sum,
        "average_progress": counts.average_progress,
    }


def sums(counts: "Counts") -> dict[str, Any]:
    """Return the counts of a file, or their sums, by their keys."""
    return item_sums(counts) | {
        "milestones": counts.milestones,
        "targets": counts.targets,
        "targets_met": counts.targets_met,
    }


def group_data_of(file: "FileRow | UncountedFile", by: "By | None") -> str | UnsetType | None:
    """Return the group of a file: null without one, unset where files are not grouped."""
    return UNSET if by is None or by.is_tag else local(group_of(by, file)) or None


def plain_text(value: object) -> str:
    """Return a path, or a message with one, as text: a byte that is no UTF-8 becomes "?"."""
    return str(value).encode(errors="replace").decode()


def _period(row: "FileRow") -> FilePeriodData | None:
    if (covered := row.covered) is None:
        return None
    period, brought = covered.period, covered.brought
    return FilePeriodData(
        start=period.start,
        end=period.end,
        as_of=row.as_of,
        in_term=covered.is_in_term,
        completed=brought.completed,
        became_overdue=brought.became_overdue,
        news=brought.news,
    )


def brought_data(found: "Brought | None") -> BroughtData | None:
    """Return what a period brought; None without one."""
    if found is None:
        return None
    return BroughtData(found.completed, found.became_overdue, found.news)


def _pressing(found: "Pressing") -> PressingData:
    judged = found.judgement
    return PressingData(
        id=found.id,
        title=local(found.title),
        part_of=found.part_of,
        verdict=judged.verdict,
        days=judged.days,
        points=judged.points,
        due=found.due,
        lead=found.lead,
    )
