"""What `tracker overview` shows: many files, a row each, and the sums of the rows.

Every item is counted once, so the counts by verdict add up to the items; the totals are the sums of
the rows.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from operator import attrgetter
from pathlib import Path

from msgspec import Struct

from resolution_cli.domain.model import Resolution, Text
from resolution_cli.domain.verdict import URGENCY, Judgement, Verdict
from resolution_cli.reports.standing import Report, Standing, report


class Counts(Struct, frozen=True):
    """The counts of one file or of several, on a day.

    Attributes:
        items: how many items are in the plan.
        by_verdict: each verdict, with its count of items; they add up to `items`.
        in_force: how many items are not cancelled.
        progress_sum: the sum of the progress of those, in percent.
        milestones: how many milestones are in the plan.
        targets: how many targets are in the plan.
        targets_met: how many of these are met or exceeded.

    """

    items: int
    by_verdict: Mapping[Verdict, int]
    in_force: int
    progress_sum: int
    milestones: int
    targets: int
    targets_met: int

    @property
    def average_progress(self) -> float | None:
        """Return the mean progress of the items in force, in percent; None of no items."""
        return self.progress_sum / self.in_force if self.in_force else None


class Pressing(Struct, frozen=True):
    """An item or milestone that is pressing.

    Attributes:
        id, title: its id and its title.
        judgement: its verdict.
        due: the day by which it is due.
        lead: its lead unit; None without one.
        part_of: of a milestone, the id of its item; else None.

    """

    id: str
    title: Text
    judgement: Judgement
    due: date
    lead: str | None
    part_of: str | None


class FileRow(Struct, frozen=True):
    """How the resolution in one file stands at the end of a day.

    Attributes:
        path: the file.
        id: the id of the resolution; None without one.
        body: the body that resolved it; where the file does not name it, the resolution's title.
        counts: its counts.
        last_news: the day of the last entry that reports on an item, a milestone or a target; None
            without one.
        days_since_news: how many days that is ago.
        pressing: the most pressing of what is overdue or blocked; where nothing is, of the items
            that are due soon, behind or unreported; None where nothing is that either.

    """

    path: Path
    id: str | None
    body: Text
    counts: Counts
    last_news: date | None
    days_since_news: int | None
    pressing: Pressing | None


class UncountedFile(Struct, frozen=True):
    """A file that is not counted, and why.

    Attributes:
        path: the file.
        message: what is wrong with it and where, a line for each problem.
        hint: what to do, or empty.

    """

    path: Path
    message: str
    hint: str = ""


class SharedId(Struct, frozen=True):
    """An id that the resolutions of several files have, which are then counted twice."""

    id: str
    paths: tuple[Path, ...]


class FilesReport(Struct, frozen=True):
    """What `tracker overview` shows.

    Attributes:
        as_of: the day at whose end the files stand so.
        rows: the files that are counted, in the order of their paths.
        uncounted: the files that are not, likewise.
        totals: the sums of the rows.
        shared_ids: the ids that are not of one file alone.
        same_files: paths that lead to a file that is there under another path; each with that one.

    """

    as_of: date
    rows: tuple[FileRow, ...]
    uncounted: tuple[UncountedFile, ...]
    totals: Counts
    shared_ids: tuple[SharedId, ...]
    same_files: tuple[tuple[Path, Path], ...]

    @property
    def found(self) -> int:
        """Return how many files there are."""
        return len(self.rows) + len(self.uncounted)

    @property
    def is_sound(self) -> bool:
        """Say whether every file is counted, and none counts what another one does."""
        return not (self.uncounted or self.shared_ids)


def file_row(path: Path, resolution: Resolution, day: date, today: date) -> FileRow:
    """Return how `resolution`, from the file at `path`, stands at the end of `day`.

    The plan stands on `today`.
    """
    header, standing = resolution.header, report(resolution, day, today)
    last_news = _last_news(resolution, day)
    return FileRow(
        path=path,
        id=header.id,
        body=header.body or header.title,
        counts=_counts(resolution, standing, today),
        last_news=last_news,
        days_since_news=(day - last_news).days if last_news else None,
        pressing=_pressing(standing),
    )


def files_report(
    results: Iterable[FileRow | UncountedFile],
    same_files: tuple[tuple[Path, Path], ...],
    day: date,
) -> FilesReport:
    """Return the report of `day` on files, from what was found of each, in this order."""
    found = tuple(results)
    rows = tuple(each for each in found if isinstance(each, FileRow))
    return FilesReport(
        as_of=day,
        rows=rows,
        uncounted=tuple(each for each in found if isinstance(each, UncountedFile)),
        totals=_totals([row.counts for row in rows]),
        shared_ids=tuple(_shared_ids(rows)),
        same_files=same_files,
    )


def _counts(resolution: Resolution, standing: Report, today: date) -> Counts:
    tally, milestones = standing.tallies[-1], standing.milestones
    counts = standing.by_verdict
    targets, met = _targets(resolution, standing.as_of, today)
    return Counts(
        items=tally.total,
        by_verdict={verdict: counts.get(verdict, 0) for verdict in Verdict},
        in_force=tally.in_force,
        progress_sum=tally.progress_sum,
        milestones=milestones.tally.total if milestones else 0,
        targets=targets,
        targets_met=met,
    )


def _targets(resolution: Resolution, day: date, today: date) -> tuple[int, int]:
    """Return how many targets are in the plan, and how many of them are met or exceeded."""
    if not resolution.targets:
        return 0, 0
    from resolution_cli.reports.targets import target_figures  # noqa: PLC0415  # few files need it

    figures = target_figures(resolution, day, today)
    return (figures.tally.total, figures.tally.achieved) if figures else (0, 0)


def _last_news(resolution: Resolution, day: date) -> date | None:
    latest_first = sorted(resolution.updates, key=attrgetter("on"), reverse=True)
    return next((each.on for each in latest_first if each.on <= day and each.is_report), None)


def _pressing(standing: Report) -> Pressing | None:
    least = URGENCY[Verdict.ON_TRACK]
    open_items = (each for each in standing.standings if URGENCY[each.judgement.verdict] < least)
    found: Standing | None = next(iter((*standing.pressing, *open_items)), None)
    if found is None:
        return None
    return Pressing(
        id=found.item.id,
        title=found.item.title,
        judgement=found.judgement,
        due=found.due,
        lead=found.lead,
        part_of=found.parent.id if found.parent else None,
    )


def _totals(counts: list[Counts]) -> Counts:
    return Counts(
        items=sum(each.items for each in counts),
        by_verdict={
            verdict: sum(each.by_verdict[verdict] for each in counts) for verdict in Verdict
        },
        in_force=sum(each.in_force for each in counts),
        progress_sum=sum(each.progress_sum for each in counts),
        milestones=sum(each.milestones for each in counts),
        targets=sum(each.targets for each in counts),
        targets_met=sum(each.targets_met for each in counts),
    )


def _shared_ids(rows: Iterable[FileRow]) -> Iterable[SharedId]:
    by_id: dict[str, list[FileRow]] = {}
    for row in rows:
        if row.id:
            by_id.setdefault(row.id.lower(), []).append(row)
    for same in by_id.values():
        if len(same) > 1:
            yield SharedId(same[0].id or "", tuple(row.path for row in same))
