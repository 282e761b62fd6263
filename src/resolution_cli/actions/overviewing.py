"""The overview of many files: each read and judged by itself, then put together."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from resolution_cli import storage
from resolution_cli.actions.counting import counted
from resolution_cli.actions.mapping import Shown, answers_of_files
from resolution_cli.domain import parsing
from resolution_cli.domain.model import Term
from resolution_cli.domain.period import check_asked
from resolution_cli.domain.selection import Selection, past_day_asked
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import _
from resolution_cli.reports.file_groups import By, FileIndex, by_asked
from resolution_cli.reports.file_items import FileItems, ItemsReport, file_items, items_report
from resolution_cli.reports.file_row import FileRow, UncountedFile, file_row
from resolution_cli.reports.files import FilesReport, files_report

if TYPE_CHECKING:
    from resolution_cli.storage.folders import Found

_FIRST_DAY = 1
"""The cut-off day with which periods begin earliest."""


class Asked(Struct, frozen=True, kw_only=True):
    """What is asked of many files.

    Attributes:
        as_of: the day at whose end they stand; None for today.
        period_name: the name of a period, in the place of a day.
        by: what they, or their items, are to be grouped by: a column of the index, or another.
        index: the path of a table that says more of them.

    """

    as_of: date | None = None
    period_name: str | None = None
    by: str | None = None
    index: Path | None = None


def overview_of_file(
    path: Path,
    day: date,
    today: date,
    period_name: str | None = None,
    *,
    has_tags: bool = False,
) -> FileRow | UncountedFile:
    """Return how the file at `path` stands at the end of `day`, or why it cannot be counted.

    It depends on nothing but the arguments and the file, and raises no error for a file, so that it
    can be mapped over any number of files, in this process or in others.

    Args:
        path: the data file.
        day: the day asked about; today, or one before.
        today: the day at whose end the plan stands.
        period_name: the name of a period, such as 2026-Q3: the file stands at the end of that, if
            that is before `day`, and the row says what the period brought.
        has_tags: the row is to have the counts by tag.

    """
    read = counted(path, lambda: storage.loaded(path), day, today, period_name)
    if isinstance(read, UncountedFile):
        return read
    resolution, last_day, period = read
    return file_row(path, resolution, last_day, today, period, has_tags=has_tags)


def overview_of_content(
    name: str, content: bytes, day: date, today: date, period_name: str | None = None
) -> FileRow | UncountedFile:
    """Return what `overview_of_file` does, of a file from anywhere; it reads nothing.

    Args:
        name: what the file is called: a path, an address.
        content: its content.
        day: the day asked about; today, or one before.
        today: the day at whose end the plan stands.
        period_name: as of `overview_of_file`.

    """
    path = Path(name)
    read = counted(path, lambda: storage.loaded_content(path, content), day, today, period_name)
    if isinstance(read, UncountedFile):
        return read
    resolution, last_day, period = read
    return file_row(path, resolution, last_day, today, period)


def items_of_file(
    path: Path, wanted: Selection, day: date, today: date, period_name: str | None = None
) -> FileItems | UncountedFile:
    """Return the `wanted` items of the file at `path`, or why it cannot be counted.

    All else is as in `overview_of_file`.
    """
    read = counted(path, lambda: storage.loaded(path), day, today, period_name)
    if isinstance(read, UncountedFile):
        return read
    resolution, last_day, period = read
    return file_items(path, resolution, wanted, last_day, today, period=period)


def overview(
    found: "Found", asked: Asked, today: date, shown: Shown = iter, *, is_kept: bool = True
) -> FilesReport:
    """Return how the data files that were `found` stand at the end of a day or of a period.

    Args:
        found: the files.
        asked: what is asked of them.
        today: the day at whose end the plans stand.
        shown: yields the paths that it is given, and shows how many are done.
        is_kept: rows of unchanged files are taken from the cache, and the others kept there.

    Raises:
        WrongInput: the day is in the future; there is no such period, or it has begun in no file;
            both a day and a period are given; there is nothing to group by of that name.
        DataFileMissing, DataFileBroken: the index cannot be read.
        FilesNotRead: a process that read files was ended by the system.

    """
    day = _day(asked, today)
    by, index = _grouping(asked, found)
    question = partial(
        overview_of_file,
        day=day,
        today=today,
        period_name=asked.period_name,
        has_tags=by is not None and by.is_tag,
    )
    kept = FileRow | UncountedFile if is_kept else None
    results = answers_of_files(question, found.files, shown, kept)
    has_period = asked.period_name is not None
    return files_report(results, found.same_files, day, by, index, has_period=has_period)


def items(
    found: "Found", asked: Asked, wanted: Selection, today: date, shown: Shown = iter
) -> ItemsReport:
    """Return the `wanted` items of the data files that were `found`.

    Every file is read. All else is as in `overview`.

    Raises:
        WrongInput: as `overview`, and where items are to be counted by tag.
        DataFileMissing, DataFileBroken, FilesNotRead: as `overview`.

    """
    day = _day(asked, today)
    by, index = _grouping(asked, found)
    if by is not None and by.is_tag:
        raise WrongInput(_("items are listed by their files; tags only count them."), "--by")
    question = partial(
        items_of_file, wanted=wanted, day=day, today=today, period_name=asked.period_name
    )
    results = [*answers_of_files(question, found.files, shown)]
    rows = (each if isinstance(each, UncountedFile) else each.row for each in results)
    has_period = asked.period_name is not None
    files = files_report(rows, found.same_files, day, by, index, has_period=has_period)
    return items_report(results, files, wanted)


def _day(asked: Asked, today: date) -> date:
    """Return the last day at whose end files may stand.

    Raise `WrongInput` if there is no such day or period.
    """
    day = past_day_asked(asked.as_of, today)
    if asked.period_name is not None:
        _check_period(asked.period_name, asked.as_of, today)
    return day


def _grouping(asked: Asked, found: "Found") -> tuple[By | None, FileIndex | None]:
    """Return what files are to be grouped by, and their index, as far as there are any."""
    index = None
    if asked.index is not None:
        from resolution_cli.exchange.file_index import file_index  # noqa: PLC0415  # see __init__

        index = file_index(asked.index, found.files, found.same_files)
    by = by_asked(asked.by, index) if asked.by is not None else None
    return by, index


def _check_period(name: str, as_of: date | None, today: date) -> None:
    """Raise `WrongInput` if there is no such period, or it can have begun in no file."""
    if as_of is not None:
        raise WrongInput(_("give only one of: --as-of, --period."))
    any_term = Term(date.min, date.max)
    if parsing.period(name, any_term, today, _FIRST_DAY).start > today:
        check_asked(parsing.period(name, any_term, today), any_term, today)
