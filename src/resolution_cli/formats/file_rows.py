"""The rows of data for programs on many files: a file, and the totals.

Their attributes are the keys of JSON and the columns of CSV, so none goes or changes its meaning.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import astuple

from resolution_cli.domain.verdict import Verdict
from resolution_cli.views.texts import local

if TYPE_CHECKING:
    from resolution_cli.reports.file_row import Brought, FileRow, Pressing, UncountedFile
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
    """A file that is not counted: its path, and what is wrong with it and where."""

    path: str
    message: str


_COUNTED = FileData.__struct_fields__[: FileData.__struct_fields__.index("most_pressing")]
"""The keys of a file that are columns of their own, in the order of both."""


def file_data(row: "FileRow") -> FileData:
    """Return a file that is counted."""
    counts = row.counts
    return FileData(
        path=_text(row.path),
        id=row.id,
        body=local(row.body),
        items=counts.items,
        verdicts=counts.by_verdict,
        milestones=counts.milestones,
        targets=counts.targets,
        targets_met=counts.targets_met,
        in_force=counts.in_force,
        progress_sum=counts.progress_sum,
        average_progress=counts.average_progress,
        last_news=row.last_news,
        days_since_news=row.days_since_news,
        most_pressing=_pressing(row.pressing) if row.pressing else None,
        period=_period(row) or UNSET,
    )


def totals_data(found: "FilesReport") -> TotalsData:
    """Return the totals of files."""
    totals = found.totals
    return TotalsData(
        found=found.found,
        counted=len(found.rows),
        items=totals.items,
        verdicts=totals.by_verdict,
        milestones=totals.milestones,
        targets=totals.targets,
        targets_met=totals.targets_met,
        in_force=totals.in_force,
        progress_sum=totals.progress_sum,
        average_progress=totals.average_progress,
        period=_brought(found.brought) or UNSET,
    )


def uncounted_data(file: "UncountedFile") -> UncountedData:
    """Return a file that is not counted."""
    return UncountedData(_text(file.path), _text(file.message))


def file_columns(*, has_period: bool = False) -> tuple[str, ...]:
    """Return the names of the columns of files: a column a verdict, those of what presses last.

    Behind them are those of the period, where one is asked for.
    """
    before, after = (
        _COUNTED[: _COUNTED.index("verdicts")],
        _COUNTED[_COUNTED.index("verdicts") + 1 :],
    )
    pressing = (f"pressing_{name}" for name in PressingData.__struct_fields__)
    period = (f"period_{name}" for name in FilePeriodData.__struct_fields__ if has_period)
    return (*before, *Verdict, *after, *pressing, *period)


def file_values(row: "FileRow") -> list[object]:
    """Return the values of a file in these columns."""
    data = file_data(row)
    values: list[object] = []
    for name in _COUNTED:
        value = getattr(data, name)
        values += value.values() if name == "verdicts" else [value]
    pressing, period = data.most_pressing, data.period
    values += [
        getattr(pressing, name) if pressing else None for name in PressingData.__struct_fields__
    ]
    return values + ([*astuple(period)] if period else [])


def _text(value: object) -> str:
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


def _brought(found: "Brought | None") -> BroughtData | None:
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
