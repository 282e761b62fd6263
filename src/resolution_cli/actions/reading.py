"""What reading commands show: load the file, and return its figures."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from resolution_cli import storage
from resolution_cli.domain.model import Item
from resolution_cli.domain.selection import (
    EntrySelection,
    Selection,
    TargetSelection,
    day_asked,
    found_tracked,
)
from resolution_cli.errors import DataFileBroken, Problem
from resolution_cli.i18n import _

if TYPE_CHECKING:
    from resolution_cli.reports.item import ItemReport
    from resolution_cli.reports.listing import Listing
    from resolution_cli.reports.log import Log
    from resolution_cli.reports.problems import Problems
    from resolution_cli.reports.targets import TargetListing, TargetReport
    from resolution_cli.reports.timeline import TimelineReport


def listing(path: Path, wanted: Selection, as_of: date | None, today: date) -> "Listing":
    """Return the items in the file at `path` that are `wanted`, as they stood on a day.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        WrongInput: it has nothing to say of the day `as_of`; None stands for today.

    """
    from resolution_cli.reports.listing import listing as listed  # noqa: PLC0415  # see __init__

    resolution = storage.loaded(path)
    day = day_asked(resolution, as_of, today)
    return listed(resolution, wanted, day, today)


def targets(
    path: Path, wanted: TargetSelection, year: int | None, as_of: date | None, today: date
) -> "TargetListing":
    """Return the targets in the file at `path` that are `wanted`, as they stood on a day.

    Args:
        path: the data file.
        wanted: which targets are asked for.
        year: the year of their plans that they are judged by; None for that of the day.
        as_of: the day; None for today.
        today: the day whose end the plan describes.

    Raises:
        DataFileMissing, DataFileBroken, WrongInput: as `listing`.

    """
    from resolution_cli.reports.targets import target_listing  # noqa: PLC0415  # see __init__

    resolution = storage.loaded(path)
    day = day_asked(resolution, as_of, today)
    return target_listing(resolution, wanted, year, day, today)


def timeline(
    path: Path, as_of: date | None, today: date, *, has_milestones: bool = False
) -> "TimelineReport":
    """Return the timeline of the items in the file at `path`, as they stood on a day.

    Args:
        path: the data file.
        as_of: the day; None for today.
        today: the day whose end the plan describes.
        has_milestones: each milestone is to have a line of its own.

    Raises:
        DataFileMissing, DataFileBroken, WrongInput: as `listing`.

    """
    from resolution_cli.reports.timeline import timeline_report  # noqa: PLC0415  # see __init__

    resolution = storage.loaded(path)
    day = day_asked(resolution, as_of, today)
    return timeline_report(resolution, day, today, has_milestones=has_milestones)


def item(path: Path, item_id: str, as_of: date | None, today: date) -> "ItemReport | TargetReport":
    """Return one item or target in the file at `path` as it stood on a day.

    Raises:
        DataFileMissing, DataFileBroken, WrongInput: as `listing`.
        ItemNotFound: there is no such item or target.

    """
    from resolution_cli.reports.item import item_report  # noqa: PLC0415  # see __init__

    resolution = storage.loaded(path)
    day = day_asked(resolution, as_of, today)
    found = found_tracked(resolution, item_id)
    if isinstance(found, Item):
        return item_report(resolution, found, day, today)
    from resolution_cli.reports.targets import target_report  # noqa: PLC0415  # see __init__

    return target_report(resolution, found, day, today)


def entries(path: Path, wanted: EntrySelection) -> "Log":
    """Return the entries of the history in the file at `path` that are `wanted`, newest first.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ItemNotFound: an id is of no item.

    """
    from resolution_cli.reports.log import log  # noqa: PLC0415  # see __init__

    return log(storage.loaded(path), wanted)


def check(path: Path, today: date) -> "Problems":
    """Return what is wrong with the file at `path`, and what is missing or doubtful in it.

    Raises:
        DataFileMissing: there is no file.

    """
    from resolution_cli.domain.check import advice, errors  # noqa: PLC0415  # see __init__
    from resolution_cli.reports.problems import Problems  # noqa: PLC0415

    try:
        resolution, located = storage.loaded_with_lines(path)
    except DataFileBroken as broken:
        found, advised = [*broken.problems], []
    else:
        found, advised = located(errors(resolution, today), advice(resolution, today))
    copies = map(_conflicted_copy, storage.conflicted_copies(path))
    return Problems(path, tuple(found), (*advised, *copies))


def _conflicted_copy(copy: Path) -> Problem:
    message = _(
        "{name} looks like a conflicted copy made by a file synchronisation program"
    ).format(name=copy.name)
    hint = _(
        "Copy the updates that only it has into the data file, then move it to another folder."
    )
    return Problem((), "", "", message, hint)
