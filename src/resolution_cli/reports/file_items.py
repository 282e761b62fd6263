"""The items of many files that are asked for, each with its file."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.domain.model import Item, Kind, Parent, Resolution
from resolution_cli.domain.period import Period
from resolution_cli.domain.selection import Selection
from resolution_cli.domain.units import unified
from resolution_cli.reports.file_row import FileRow, UncountedFile, row_with_standings
from resolution_cli.reports.files import FilesReport
from resolution_cli.reports.standing import Standing


class FoundItem(Struct, frozen=True):
    """An item or milestone that is asked for, small enough to be collected from many files.

    Attributes:
        standing: how it stands; without its history and its milestones.
        updates: how many entries its history has.

    """

    standing: Standing
    updates: int


class FileItems(Struct, frozen=True):
    """The items of one file that are asked for.

    Attributes:
        row: how the file stands.
        items: the items, in the order of the resolution, each with its milestones behind it where
            these are asked for.

    """

    row: FileRow
    items: tuple[FoundItem, ...]

    @property
    def path(self) -> Path:
        """Return the path of the file."""
        return self.row.path

    @property
    def count(self) -> int:
        """Return how many items are listed, without milestones."""
        return sum(not each.standing.parent for each in self.items)

    @property
    def milestone_count(self) -> int:
        """Return how many milestones are listed."""
        return len(self.items) - self.count


class ItemsReport(Struct, frozen=True):
    """The items of many files that are asked for.

    Attributes:
        files: the report on the files, with their groups.
        found: what is listed of each file that is counted, in the order of their paths; of one
            without such an item, nothing.
        groups: the same by group, in the order of the groups of the files; none without these.
        has_milestones: milestones are asked for.

    """

    files: FilesReport
    found: tuple[FileItems, ...]
    groups: tuple[tuple[FileItems, ...], ...]
    has_milestones: bool


def file_items(  # noqa: PLR0913  # what is asked, and what of
    path: Path,
    resolution: Resolution,
    wanted: Selection,
    day: date,
    today: date,
    *,
    period: Period | None = None,
) -> FileItems:
    """Return the `wanted` items of `resolution`, as they stand at the end of `day`.

    Args:
        path: the file.
        resolution: the resolution in it.
        wanted: which items are asked for.
        day: the day; of a period the last one that is over.
        today: the day at whose end the plan stands.
        period: the period asked for, if one is.

    """
    as_one, units = unified(resolution)
    row, standings = row_with_standings(path, as_one, day, today, period)
    both = [each for standing in standings for each in (standing, *standing.milestones)]
    chosen = [each for each in both if wanted.accepts(each, each.judgement.verdict, units)]
    return FileItems(row, tuple(map(_found, chosen)))


def items_report(
    results: Sequence[FileItems | UncountedFile], files: FilesReport, wanted: Selection
) -> ItemsReport:
    """Return the report on the `wanted` items, from what was found of each of the `files`."""
    found = {each.path: each for each in results if isinstance(each, FileItems)}
    return ItemsReport(
        files=files,
        found=tuple(found.values()),
        groups=tuple(tuple(found[row.path] for row in group.rows) for group in files.groups),
        has_milestones=wanted.has_milestones or wanted.kind is Kind.MILESTONE,
    )


def _found(standing: Standing) -> FoundItem:
    bare = replace(
        standing,
        item=_bare(standing.item),
        parent=_bare(standing.parent) if standing.parent else None,
        updates=(),
        milestones=(),
    )
    return FoundItem(bare, len(standing.updates))


def _bare(item: Item) -> Item:
    return replace(item, milestones=()) if isinstance(item, Parent) else item
