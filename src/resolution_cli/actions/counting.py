"""Reading one of many files for a question to each of them: a fault is an answer, not an error."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from resolution_cli.domain import parsing
from resolution_cli.domain.model import Resolution
from resolution_cli.domain.period import Period, check_asked
from resolution_cli.domain.selection import day_asked
from resolution_cli.errors import TrackerError
from resolution_cli.reports.file_row import UncountedFile


def counted(
    path: Path,
    read: Callable[[], Resolution],
    day: date,
    today: date,
    period_name: str | None = None,
) -> tuple[Resolution, date, Period | None] | UncountedFile:
    """Return the resolution in a file, the last day asked about, and the period if one is asked.

    Args:
        path: the file.
        read: returns the resolution in it, or raises a TrackerError.
        day: the day asked about; today, or one before.
        today: the day at whose end the plan stands.
        period_name: the name of a period, whose end is the last day where it is before `day`.

    """
    try:
        resolution = read()
    except TrackerError as error:
        return UncountedFile(path, error.message, error.hint)
    try:
        period = _period(resolution, period_name, today)
        if period is None:
            day_asked(resolution, None if day == today else day, today)
    except TrackerError as error:
        return UncountedFile(path, f"{path}: {error.message}", error.hint)
    return resolution, min(day, period.end) if period else day, period


def _period(resolution: Resolution, name: str | None, today: date) -> Period | None:
    """Return the period that is called so in a resolution; None without a name."""
    if name is None:
        return None
    header = resolution.header
    period = parsing.period(name, header.term, today, header.settings.cutoff_day)
    check_asked(period, header.term, today)
    return period
