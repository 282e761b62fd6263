"""The rows of data for programs on the items of many files.

Their attributes are the keys of JSON and the columns of CSV, so none goes or changes its meaning.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import astuple, replace

from resolution_cli.formats.file_rows import group_data_of, plain_text
from resolution_cli.formats.rows import (
    ItemRow,
    MilestoneRow,
    PartRow,
    item_row,
    milestone_row,
    part_row,
)
from resolution_cli.views.texts import local

if TYPE_CHECKING:
    from resolution_cli.reports.file_groups import By
    from resolution_cli.reports.file_items import FileItems, FoundItem, ItemsReport


class FileItemsRow(Struct, frozen=True):
    """The items of one file that are asked for.

    Attributes:
        path: its path, as it was found.
        id: the id of the resolution; null without one.
        body: the body that resolved it, or else the title of the resolution.
        as_of: the day at whose end it stands so.
        count: how many items are listed.
        total: how many items are in the plan.
        items: the items, in the order of the file.
        milestones: the milestones, likewise; absent where none are asked for.
        milestone_count, milestone_total: how many are listed, and are in the plan; absent likewise.
        group: the group of the file; null where it has none, absent where files are not grouped.

    """

    path: str
    id: str | None
    body: str
    as_of: date
    count: int
    total: int
    items: tuple[ItemRow, ...]
    milestones: tuple[MilestoneRow, ...] | UnsetType = UNSET
    milestone_count: int | UnsetType = UNSET
    milestone_total: int | UnsetType = UNSET
    group: str | UnsetType | None = UNSET


class ItemTotalsData(Struct, frozen=True):
    """The sums of the files that are counted; the keys are as those of a file.

    Attributes:
        found: how many files there are.
        counted: how many of them are counted.
        count, total: how many items are listed, and how many are in the plans.
        milestone_count, milestone_total: the same of milestones; absent where none are asked for.

    """

    found: int
    counted: int
    count: int
    total: int
    milestone_count: int | UnsetType = UNSET
    milestone_total: int | UnsetType = UNSET


class ItemGroupData(ItemTotalsData, frozen=True, kw_only=True):
    """The sums of the files of one group; null is that of the files without one."""

    group: str | None


def file_items_row(found: "FileItems", by: "By | None", *, has_milestones: bool) -> FileItemsRow:
    """Return what is listed of one file."""
    row = found.row
    milestones = tuple(_milestone(each) for each in found.items if each.standing.parent)
    return FileItemsRow(
        path=plain_text(row.path),
        id=row.id,
        body=local(row.body),
        as_of=row.as_of,
        count=found.count,
        total=row.counts.items,
        items=tuple(_item(each) for each in found.items if not each.standing.parent),
        milestones=milestones if has_milestones else UNSET,
        milestone_count=len(milestones) if has_milestones else UNSET,
        milestone_total=row.counts.milestones if has_milestones else UNSET,
        group=group_data_of(row, by),
    )


def item_totals_data(found: "ItemsReport") -> ItemTotalsData:
    """Return the sums of all files."""
    files = found.files
    return ItemTotalsData(files.found, len(files.rows), **_sums(found.found, found))


def item_group_data(found: "ItemsReport") -> tuple[ItemGroupData, ...]:
    """Return the sums of each group."""
    return tuple(
        ItemGroupData(
            group.found,
            len(group.rows),
            **_sums(files, found),
            group=local(group.name) or None,
        )
        for group, files in zip(found.files.groups, found.groups, strict=True)
    )


def found_item_columns(found: "ItemsReport") -> tuple[str, ...]:
    """Return the names of the columns of items: those of the file, then those of a list."""
    group = ("group",) if found.files.groups else ()
    of_file = ("path", "resolution", "body", *group)
    part = PartRow.__struct_fields__ if found.has_milestones else ()
    return (*of_file, *ItemRow.__struct_fields__, *part)


def found_item_values(found: "ItemsReport") -> Iterator[list[object]]:
    """Yield the values of each item in these columns, file by file."""
    by = found.files.by
    for file in found.found:
        of_file = [plain_text(file.path), file.row.id, local(file.row.body)]
        if found.files.groups:
            of_file.append(group_data_of(file.row, by) or None)
        for each in file.items:
            values = [*of_file, *astuple(_item(each))]
            yield [*values, *(_part_values(each) if found.has_milestones else ())]


def _item(found: "FoundItem") -> ItemRow:
    return replace(item_row(found.standing), updates=found.updates)


def _milestone(found: "FoundItem") -> MilestoneRow:
    return replace(milestone_row(found.standing), updates=found.updates)


def _part_values(found: "FoundItem") -> tuple[object, ...]:
    standing = found.standing
    return (
        astuple(part_row(standing)) if standing.parent else (None,) * len(PartRow.__struct_fields__)
    )


def _sums(files: "Sequence[FileItems]", found: "ItemsReport") -> dict[str, int]:
    sums = {
        "count": sum(each.count for each in files),
        "total": sum(each.row.counts.items for each in files),
    }
    if found.has_milestones:
        sums["milestone_count"] = sum(each.milestone_count for each in files)
        sums["milestone_total"] = sum(each.row.counts.milestones for each in files)
    return sums
