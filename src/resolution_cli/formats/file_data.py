"""The JSON of many files: how they stand, and the items of them that are asked for."""

from datetime import date
from typing import TYPE_CHECKING

from msgspec import UNSET, Struct, UnsetType

from resolution_cli.formats.file_group_rows import (
    GroupData,
    IndexData,
    TagData,
    group_data,
    index_data,
    tag_data,
)
from resolution_cli.formats.file_item_rows import (
    FileItemsRow,
    ItemGroupData,
    ItemTotalsData,
    file_items_row,
    item_group_data,
    item_totals_data,
)
from resolution_cli.formats.file_rows import (
    FileData,
    TotalsData,
    UncountedData,
    file_data,
    totals_data,
    uncounted_data,
)

if TYPE_CHECKING:
    from resolution_cli.reports.file_items import ItemsReport
    from resolution_cli.reports.files import FilesReport


class FilesData(Struct, frozen=True):
    """What `tracker overview --format json` prints.

    Attributes:
        schema: the number of this form.
        as_of: the state at the end of this day.
        files: the files that are counted, in the order of their paths.
        totals: the sums of these.
        uncounted: the files that are not, and why.
        by: what the files, or their items, are grouped by; absent where they are not.
        groups: the groups of the files, in the order of their names; absent likewise.
        tags: the items by tag, in the order of the tags; absent where that is not asked for.
        index: where the index and the files differ; absent without one.

    """

    schema: int
    as_of: date
    files: tuple[FileData, ...]
    totals: TotalsData
    uncounted: tuple[UncountedData, ...]
    by: str | UnsetType = UNSET
    groups: tuple[GroupData, ...] | UnsetType = UNSET
    tags: tuple[TagData, ...] | UnsetType = UNSET
    index: IndexData | UnsetType = UNSET


class FileItemsData(Struct, frozen=True):
    """What `tracker overview --format json` prints of items.

    Attributes:
        schema: the number of this form.
        as_of: the state at the end of this day; of a period whose days are not the same in every
            file, the latest.
        files: the files that are counted, in the order of their paths, each with its items.
        totals: the sums of these.
        uncounted: the files that are not, and why.
        by: what the files are grouped by; absent where they are not.
        groups: the sums of the groups, in the order of their names; absent likewise.
        index: where the index and the files differ; absent without one.

    """

    schema: int
    as_of: date
    files: tuple[FileItemsRow, ...]
    totals: ItemTotalsData
    uncounted: tuple[UncountedData, ...]
    by: str | UnsetType = UNSET
    groups: tuple[ItemGroupData, ...] | UnsetType = UNSET
    index: IndexData | UnsetType = UNSET


def files_data(schema: int, found: "FilesReport") -> FilesData:
    """Return how many files stand, and their totals, under the number of the form of the data."""
    by = found.by
    return FilesData(
        schema,
        found.as_of,
        tuple(file_data(row, by) for row in found.rows),
        totals_data(found),
        tuple(uncounted_data(file, by) for file in found.uncounted),
        by=by.name if by else UNSET,
        groups=tuple(map(group_data, found.groups)) if by and not by.is_tag else UNSET,
        tags=UNSET if found.tags is None else tuple(map(tag_data, found.tags)),
        index=index_data(found.index) if found.index else UNSET,
    )


def file_items_data(schema: int, found: "ItemsReport") -> FileItemsData:
    """Return the items of many files, under the number of the form of the data."""
    files, by = found.files, found.files.by
    return FileItemsData(
        schema,
        files.as_of,
        tuple(
            file_items_row(each, by, has_milestones=found.has_milestones) for each in found.found
        ),
        item_totals_data(found),
        tuple(uncounted_data(file, by) for file in files.uncounted),
        by=by.name if by else UNSET,
        groups=item_group_data(found) if by else UNSET,
        index=index_data(files.index) if files.index else UNSET,
    )
