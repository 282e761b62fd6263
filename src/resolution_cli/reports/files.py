"""What `tracker overview` shows: many files, a row each, and the sums of the rows."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from resolution_cli.domain.model import Text
from resolution_cli.domain.period import Period
from resolution_cli.reports.file_groups import By, FileIndex, grouped, with_one_spelling
from resolution_cli.reports.file_row import (
    Brought,
    Counts,
    FileRow,
    UncountedFile,
    total,
    total_brought,
)
from resolution_cli.reports.file_tags import TagRow, tag_rows


class CountedFile(Protocol):
    """A file that is counted: its path, and the id of its resolution; None without one."""

    @property
    def path(self) -> Path:
        """Return the path."""

    @property
    def id(self) -> str | None:
        """Return the id of the resolution."""


class SharedId(Struct, frozen=True):
    """An id that the resolutions of several files have, which are then counted twice."""

    id: str
    paths: tuple[Path, ...]


class FileGroup(Struct, frozen=True):
    """The files of one group.

    Attributes:
        name: its name; empty for the files without one.
        rows: those of its files that are counted, in the order of their paths.
        uncounted: those that are not, likewise.
        totals: the sums of the rows.
        brought: what the period brought to these; None without one.

    """

    name: Text
    rows: tuple[FileRow, ...]
    uncounted: tuple[UncountedFile, ...]
    totals: Counts
    brought: Brought | None

    @property
    def found(self) -> int:
        """Return how many files it has."""
        return len(self.rows) + len(self.uncounted)


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
        by: what the files are grouped by, or their items; None where they are not.
        groups: the groups of the files, whose sums add up to the totals; none without one.
        tags: the sums by tag, where the items are grouped by their tags; else None.
        index: the index of the files, where there is one.

    """

    as_of: date
    rows: tuple[FileRow, ...]
    uncounted: tuple[UncountedFile, ...]
    totals: Counts
    shared_ids: tuple[SharedId, ...]
    same_files: tuple[tuple[Path, Path], ...]
    brought: Brought | None = None
    by: By | None = None
    groups: tuple[FileGroup, ...] = ()
    tags: tuple[TagRow, ...] | None = None
    index: FileIndex | None = None

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


def files_report(  # noqa: PLR0913  # what was asked, and what was found
    results: Iterable[FileRow | UncountedFile],
    same_files: tuple[tuple[Path, Path], ...],
    day: date,
    by: By | None = None,
    index: FileIndex | None = None,
    *,
    has_period: bool = False,
) -> FilesReport:
    """Return the report on files.

    Args:
        results: what was found of each, in the order of their paths.
        same_files: further paths of theirs.
        day: the day asked about.
        by: what they are grouped by, if they are.
        index: the index of the files, if there is one.
        has_period: a period is asked for.

    """
    found = tuple(results)
    rows, uncounted, totals, brought = _summed(found, has_period=has_period)
    is_by_tag = by is not None and by.is_tag
    if by is not None and not is_by_tag:
        by = with_one_spelling(by, found)
    return FilesReport(
        as_of=max((row.as_of for row in rows), default=day),
        rows=rows,
        uncounted=uncounted,
        totals=totals,
        shared_ids=tuple(shared_ids(rows)),
        same_files=same_files,
        brought=brought,
        by=by,
        groups=_groups(by, found, has_period=has_period) if by and not is_by_tag else (),
        tags=tag_rows(row.tags for row in rows) if is_by_tag else None,
        index=index,
    )


def shared_ids(files: Iterable[CountedFile]) -> Iterator[SharedId]:
    """Yield the ids that the resolutions of several of `files` have."""
    by_id: dict[str, list[CountedFile]] = {}
    for file in files:
        if file.id:
            by_id.setdefault(file.id.lower(), []).append(file)
    for same in by_id.values():
        if len(same) > 1:
            yield SharedId(same[0].id or "", tuple(file.path for file in same))


_Result = FileRow | UncountedFile
_Summed = tuple[tuple[FileRow, ...], tuple[UncountedFile, ...], Counts, Brought | None]


def _summed(files: Sequence[_Result], *, has_period: bool) -> _Summed:
    """Return the files that are counted, those that are not, and the sums of the former."""
    rows = tuple(each for each in files if isinstance(each, FileRow))
    uncounted = tuple(each for each in files if isinstance(each, UncountedFile))
    covered = [row.covered.brought for row in rows if row.covered]
    brought = total_brought(covered) if has_period else None
    return rows, uncounted, total([row.counts for row in rows]), brought


def _groups(by: By, files: Sequence[_Result], *, has_period: bool) -> tuple[FileGroup, ...]:
    return tuple(
        FileGroup(name, *_summed(those, has_period=has_period))
        for name, those in grouped(by, files).items()
    )
