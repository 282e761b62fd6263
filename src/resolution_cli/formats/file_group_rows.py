"""The rows of data for programs on groups of files, on tags, and on an index of files.

Their attributes are the keys of JSON and the columns of CSV, so none goes or changes its meaning.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import UNSET, Struct, UnsetType

from resolution_cli.domain.verdict import Verdict
from resolution_cli.formats.file_rows import (
    BroughtData,
    brought_data,
    column_names,
    column_values,
    item_sums,
    plain_text,
    sums,
)
from resolution_cli.views.texts import local

if TYPE_CHECKING:
    from resolution_cli.reports.file_groups import FileIndex
    from resolution_cli.reports.file_tags import TagRow
    from resolution_cli.reports.files import FileGroup


class GroupData(Struct, frozen=True):
    """The sums of the files of one group; the keys are as those of the totals.

    Attributes:
        group: the name of the group; null for the files without one.
        found, counted: how many files it has, and how many of them are counted.
        items, verdicts, milestones, targets, targets_met, in_force, progress_sum: the sums.
        average_progress: the sum of progress divided by the items in force.
        period: what the period brought; absent without one.

    """

    group: str | None
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


class TagData(Struct, frozen=True):
    """The items with one tag; one with several is counted with each.

    Attributes:
        tag: the tag; null for the items without any.
        files: how many files have such items.
        items, verdicts, in_force, progress_sum, average_progress: as of a file.

    """

    tag: str | None
    files: int
    items: int
    verdicts: Mapping[Verdict, int]
    in_force: int
    progress_sum: int
    average_progress: float | None


class IndexRowData(Struct, frozen=True):
    """A row of an index: its line, and the path in it."""

    line: int
    path: str


class IndexData(Struct, frozen=True):
    """Where an index and the files differ.

    Attributes:
        path: the path of the index.
        without_row: the files that have no row.
        without_file: the rows of which no file was found.

    """

    path: str
    without_row: tuple[str, ...]
    without_file: tuple[IndexRowData, ...]


def group_data(group: "FileGroup") -> GroupData:
    """Return the sums of a group of files."""
    return GroupData(
        group=local(group.name) or None,
        found=group.found,
        counted=len(group.rows),
        **sums(group.totals),
        period=brought_data(group.brought) or UNSET,
    )


def tag_data(row: "TagRow") -> TagData:
    """Return the items with one tag."""
    return TagData(row.tag or None, row.files, **item_sums(row.counts))


def index_data(index: "FileIndex") -> IndexData:
    """Return where an index and the files differ."""
    return IndexData(
        path=plain_text(index.path),
        without_row=tuple(map(plain_text, index.without_row)),
        without_file=tuple(
            IndexRowData(line, plain_text(path)) for line, path in index.without_file
        ),
    )


def tag_columns() -> tuple[str, ...]:
    """Return the names of the columns of tags: a column a verdict."""
    return column_names(TagData.__struct_fields__)


def tag_values(row: "TagRow") -> list[object]:
    """Return the values of a tag in these columns."""
    return column_values(tag_data(row), TagData.__struct_fields__)
