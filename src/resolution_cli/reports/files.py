"""What `tracker overview` shows: many files, a row each, and the sums of the rows."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec import Struct

from resolution_cli.domain.period import Period
from resolution_cli.reports.file_row import (
    Brought,
    Counts,
    FileRow,
    UncountedFile,
    total,
    total_brought,
)


class SharedId(Struct, frozen=True):
    """An id that the resolutions of several files have, which are then counted twice."""

    id: str
    paths: tuple[Path, ...]


class FilesReport(Struct, frozen=True):
    """What `tracker overview` shows.

    Attributes:
        as_of: the day at whose end the files stand so; of a period, whose days may not be the same
            in every file, the latest.
        rows: the files that are counted, in the order of their paths.
        uncounted: the files that are not, likewise.
        totals: the sums of the rows.
        shared_ids: the ids that are not of one file alone.
        same_files: paths that lead to a file that is there under another path; each with that one.
        brought: what the period brought to the files; None without one.

    """

    as_of: date
    rows: tuple[FileRow, ...]
    uncounted: tuple[UncountedFile, ...]
    totals: Counts
    shared_ids: tuple[SharedId, ...]
    same_files: tuple[tuple[Path, Path], ...]
    brought: Brought | None = None

    @property
    def found(self) -> int:
        """Return how many files there are."""
        return len(self.rows) + len(self.uncounted)

    @property
    def is_sound(self) -> bool:
        """Say whether every file is counted, and none counts what another one does."""
        return not (self.uncounted or self.shared_ids)

    @property
    def periods(self) -> tuple[Period, ...]:
        """Return the periods of the files that are not the same, the earliest first."""
        found = {row.covered.period for row in self.rows if row.covered}
        return tuple(sorted(found, key=lambda period: (period.start, period.end)))

    @property
    def outside_term(self) -> tuple[FileRow, ...]:
        """Return the files whose terms do not contain their periods."""
        return tuple(row for row in self.rows if row.covered and not row.covered.is_in_term)


def files_report(
    results: Iterable[FileRow | UncountedFile],
    same_files: tuple[tuple[Path, Path], ...],
    day: date,
) -> FilesReport:
    """Return the report of `day` on files, from what was found of each, in this order."""
    found = tuple(results)
    rows = tuple(each for each in found if isinstance(each, FileRow))
    covered = [row.covered.brought for row in rows if row.covered]
    return FilesReport(
        as_of=max((row.as_of for row in rows), default=day),
        rows=rows,
        uncounted=tuple(each for each in found if isinstance(each, UncountedFile)),
        totals=total([row.counts for row in rows]),
        shared_ids=tuple(_shared_ids(rows)),
        same_files=same_files,
        brought=total_brought(covered) if covered else None,
    )


def _shared_ids(rows: Iterable[FileRow]) -> Iterable[SharedId]:
    by_id: dict[str, list[FileRow]] = {}
    for row in rows:
        if row.id:
            by_id.setdefault(row.id.lower(), []).append(row)
    for same in by_id.values():
        if len(same) > 1:
            yield SharedId(same[0].id or "", tuple(row.path for row in same))
