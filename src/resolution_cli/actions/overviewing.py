"""The overview of many files: each read and judged by itself, then put together."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from resolution_cli import storage
from resolution_cli.actions.mapping import Shown, answers_of_files
from resolution_cli.domain import parsing
from resolution_cli.domain.model import Resolution, Term
from resolution_cli.domain.period import Period, check_asked
from resolution_cli.domain.selection import day_asked, past_day_asked
from resolution_cli.errors import TrackerError, WrongInput
from resolution_cli.i18n import _
from resolution_cli.reports.file_row import FileRow, UncountedFile, file_row
from resolution_cli.reports.files import FilesReport, files_report

if TYPE_CHECKING:
    from resolution_cli.storage.folders import Found

_FIRST_DAY = 1
"""The cut-off day with which periods begin earliest."""


def overview_of_file(
    path: Path, day: date, today: date, period_name: str | None = None
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

    """
    try:
        resolution = storage.loaded(path)
    except TrackerError as error:
        return UncountedFile(path, error.message, error.hint)
    try:
        period = _period(resolution, period_name, today)
        if period is None:
            day_asked(resolution, None if day == today else day, today)
    except TrackerError as error:
        return UncountedFile(path, f"{path}: {error.message}", error.hint)
    last_day = min(day, period.end) if period else day
    return file_row(path, resolution, last_day, today, period)


def overview(
    found: "Found",
    as_of: date | None,
    today: date,
    shown: Shown = iter,
    period_name: str | None = None,
) -> FilesReport:
    """Return how the data files that were `found` stand at the end of a day or of a period.

    Args:
        found: the files.
        as_of: the day; None for today.
        today: the day at whose end the plans stand.
        shown: yields the paths that it is given, and shows how many are done.
        period_name: the name of a period, in the place of a day.

    Raises:
        WrongInput: the day is in the future; there is no such period, or it has begun in no file;
            both a day and a period are given.

    """
    day = past_day_asked(as_of, today)
    if period_name is not None:
        _check_period(period_name, as_of, today)
    question = partial(overview_of_file, day=day, today=today, period_name=period_name)
    results = answers_of_files(question, found.files, shown)
    return files_report(results, found.same_files, day)


def _check_period(name: str, as_of: date | None, today: date) -> None:
    """Raise `WrongInput` if there is no such period, or it can have begun in no file."""
    if as_of is not None:
        raise WrongInput(_("give only one of: --as-of, --period."))
    any_term = Term(date.min, date.max)
    if parsing.period(name, any_term, today, _FIRST_DAY).start > today:
        check_asked(parsing.period(name, any_term, today), any_term, today)


def _period(resolution: Resolution, name: str | None, today: date) -> Period | None:
    """Return the period that is called so in a resolution; None without a name."""
    if name is None:
        return None
    header = resolution.header
    period = parsing.period(name, header.term, today, header.settings.cutoff_day)
    check_asked(period, header.term, today)
    return period
