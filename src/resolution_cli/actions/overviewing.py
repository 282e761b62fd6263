"""The overview of many files: each read and judged by itself, then put together."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from resolution_cli import storage
from resolution_cli.actions.mapping import Shown, answers_of_files
from resolution_cli.domain.selection import day_asked, past_day_asked
from resolution_cli.errors import TrackerError
from resolution_cli.reports.files import (
    FileRow,
    FilesReport,
    UncountedFile,
    file_row,
    files_report,
)

if TYPE_CHECKING:
    from resolution_cli.storage.folders import Found


def overview_of_file(path: Path, day: date, today: date) -> FileRow | UncountedFile:
    """Return how the file at `path` stands at the end of `day`, or why it cannot be counted.

    It depends on nothing but the arguments and the file, and raises no error for a file, so that it
    can be mapped over any number of files, in this process or in others.

    Args:
        path: the data file.
        day: the day asked about; today, or one before.
        today: the day at whose end the plan stands.

    """
    try:
        resolution = storage.loaded(path)
    except TrackerError as error:
        return UncountedFile(path, error.message, error.hint)
    try:
        day_asked(resolution, None if day == today else day, today)
    except TrackerError as error:
        return UncountedFile(path, f"{path}: {error.message}", error.hint)
    return file_row(path, resolution, day, today)


def overview(
    found: "Found",
    as_of: date | None,
    today: date,
    shown: Shown = iter,
) -> FilesReport:
    """Return how the data files that were `found` stand at the end of a day.

    Args:
        found: the files.
        as_of: the day; None for today.
        today: the day at whose end the plans stand.
        shown: yields the paths that it is given, and shows how many are done.

    Raises:
        WrongInput: the day is in the future.

    """
    day = past_day_asked(as_of, today)
    question = partial(overview_of_file, day=day, today=today)
    results = answers_of_files(question, found.files, shown)
    return files_report(results, found.same_files, day)
