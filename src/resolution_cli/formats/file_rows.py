"""The rows of data for programs on many files: a file, and the totals.

Their attributes are the keys of JSON and the columns of CSV, so none goes or changes its meaning.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from resolution_cli.domain.verdict import Verdict
from resolution_cli.views.texts import local

if TYPE_CHECKING:
    from resolution_cli.reports.files import FileRow, FilesReport, Pressing, UncountedFile


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


class TotalsData(Struct, frozen=True):
    """The sums of the files that are counted; the keys are as those of a file.

    Attributes:
        found: how many files there are.
        counted: how many of them are counted.
        items, verdicts, milestones, targets, targets_met, in_force, progress_sum: the sums.
        average_progress: the sum of progress divided by the items in force.

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


class UncountedData(Struct, frozen=True):
    """A file that is not counted: its path, and what is wrong with it and where."""

    path: str
    message: str


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
    )


def uncounted_data(file: "UncountedFile") -> UncountedData:
    """Return a file that is not counted."""
    return UncountedData(_text(file.path), _text(file.message))


def file_columns() -> tuple[str, ...]:
    """Return the names of the columns of files: a column a verdict, those of what presses last."""
    names = FileData.__struct_fields__[:-1]
    before, after = names[: names.index("verdicts")], names[names.index("verdicts") + 1 :]
    pressing = (f"pressing_{name}" for name in PressingData.__struct_fields__)
    return (*before, *Verdict, *after, *pressing)


def file_values(row: "FileRow") -> list[object]:
    """Return the values of a file in these columns."""
    data = file_data(row)
    values: list[object] = []
    for name in FileData.__struct_fields__[:-1]:
        value = getattr(data, name)
        values += value.values() if name == "verdicts" else [value]
    pressing = data.most_pressing
    return values + [
        getattr(pressing, name) if pressing else None for name in PressingData.__struct_fields__
    ]


def _text(value: object) -> str:
    """Return a path, or a message with one, as text: a byte that is no UTF-8 becomes "?"."""
    return str(value).encode(errors="replace").decode()


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
