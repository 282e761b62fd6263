"""The use cases: what the program does, apart from how it is asked and how it answers.

Each loads the file, calls a pure function, and writes where something changes. Days, instants and
paths are arguments; results are values, what goes wrong is an error of ours. Nothing here prints,
asks or exits. What only some of them need is imported there: a start pays for one.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from resolution_cli import storage
from resolution_cli.domain import parsing
from resolution_cli.domain.model import Resolution
from resolution_cli.domain.period import Period, check_asked
from resolution_cli.domain.selection import EntrySelection, Selection, day_asked, found_item
from resolution_cli.errors import ChangeRefused, DataFileBroken, FileExists, Problem, WrongInput
from resolution_cli.i18n import _
from resolution_cli.report import (
    Details,
    Diary,
    Listing,
    Overview,
    period_report,
    standings,
)
from resolution_cli.report import report as report_of_day

if TYPE_CHECKING:
    from resolution_cli.domain.change import Change, Request, Undo


def listing(path: Path, wanted: Selection, as_of: date | None, today: date) -> Listing:
    """Return the items in the file at `path` that are `wanted`, as they stood on a day.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        WrongInput: it has nothing to say of the day `as_of`; None stands for today.

    """
    resolution = storage.loaded(path)
    day = day_asked(resolution, as_of, today)
    found = standings(resolution, day, today)
    chosen = tuple(one for one in found if wanted.accepts(one.item, one.updates))
    return Listing(resolution, day, chosen)


def item(path: Path, item_id: str, as_of: date | None, today: date) -> Details:
    """Return one item in the file at `path` as it stood on a day.

    Raises:
        DataFileMissing, DataFileBroken, WrongInput: as `listing`.
        ItemNotFound: there is no such item.

    """
    resolution = storage.loaded(path)
    day = day_asked(resolution, as_of, today)
    wanted = found_item(resolution, item_id).id
    standing = next(one for one in standings(resolution, day, today) if one.item.id == wanted)
    return Details(resolution, day, standing)


def entries(path: Path, wanted: EntrySelection) -> Diary:
    """Return the entries of the history in the file at `path` that are `wanted`, newest first.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ItemNotFound: an id is of no item.

    """
    resolution = storage.loaded(path)
    return Diary(resolution, wanted.entries(resolution))


class Span(Struct, frozen=True, kw_only=True):
    """The day or the period that a report is asked for, in one of three ways, or none for today.

    Attributes:
        as_of: a day, also one to come.
        name: the name of a period, as a person typed it.
        start, end: the first and the last day of a period.

    Raises:
        WrongInput: it is asked for in two ways, or in half of one.

    """

    as_of: date | None = None
    name: str | None = None
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        """Refuse what is asked for in two ways, or in half of one."""
        is_two_days = bool(self.start or self.end)
        if sum((self.as_of is not None, self.name is not None, is_two_days)) > 1:
            raise WrongInput(_("give only one of: --as-of, --period, or --from with --to."))
        if bool(self.start) != bool(self.end):
            raise WrongInput(_("--from and --to must be given together."))

    def period(self, resolution: Resolution, today: date) -> Period | None:
        """Return the period asked for; None where a day is. Raise `WrongInput` if it cannot be."""
        term = resolution.header.term
        if self.name is not None:
            period = parsing.period(self.name, term, today)
        elif self.start and self.end:
            period = Period(self.start, self.end)
        else:
            return None
        check_asked(period, term, today)
        return period


class Reported(Struct, frozen=True):
    """A report, and what makes it doubtful.

    Attributes:
        overview: the report.
        error_count: how many errors `check` finds in the file: each distorts the report.
        copies: conflicted copies beside the file, with updates that the report may lack.

    """

    overview: Overview
    error_count: int
    copies: tuple[Path, ...]


def report(path: Path, span: Span, today: date) -> Reported:
    """Return the report on a day or a period of the file at `path`; of a day to come, a forecast.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        WrongInput: there is no such period, or nothing to report on it.

    """
    from resolution_cli.domain.check import errors  # noqa: PLC0415  # two commands need it

    resolution = storage.loaded(path)
    overview = _overview(resolution, span, today)
    wrong = sum(1 for _problem in errors(resolution, today))
    return Reported(overview, wrong, storage.conflicted_copies(path))


def _overview(resolution: Resolution, span: Span, today: date) -> Overview:
    if period := span.period(resolution, today):
        of_period = period_report(resolution, period, today)
        return Overview(resolution, today, of_period.standing, of_period)
    if span.as_of is not None and span.as_of > today:
        day = span.as_of
    else:
        day = day_asked(resolution, span.as_of, today)
    return Overview(resolution, today, report_of_day(resolution, day, today))


class Checked(Struct, frozen=True):
    """What `tracker check` finds: errors, and advice, each with its line where it is known."""

    errors: tuple[Problem, ...]
    advice: tuple[Problem, ...]


def check(path: Path, today: date) -> Checked:
    """Return what is wrong with the file at `path`, and what is missing or doubtful in it.

    Raises:
        DataFileMissing: there is no file.

    """
    from resolution_cli.domain.check import advice, errors  # noqa: PLC0415  # as above

    try:
        resolution, located = storage.loaded_with_lines(path)
    except DataFileBroken as broken:
        found, advised = [*broken.problems], []
    else:
        found = located(errors(resolution, today))
        advised = located(advice(resolution, today))
    copies = map(_conflicted_copy, storage.conflicted_copies(path))
    return Checked(tuple(found), (*advised, *copies))


def _conflicted_copy(copy: Path) -> Problem:
    message = _(
        "{name} looks like a conflicted copy made by a file synchronisation program"
    ).format(name=copy.name)
    hint = _(
        "Copy the updates that only it has into the data file, then move it to another folder."
    )
    return Problem((), "", "", message, hint)


def update(
    path: Path, item_ids: Sequence[str], request: "Request", *, is_rehearsal: bool = False
) -> tuple["Change", ...]:
    """Record `request` of each of the items in the file at `path`, all in one write; return it.

    Nothing is written if it is a rehearsal.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ItemNotFound, ChangeRefused: as `domain.change.changes`; nothing was changed.
        FileNotWritten: as `storage.editing`; nothing was changed.

    """
    from resolution_cli.domain.change import changes  # noqa: PLC0415  # only a change needs it

    if is_rehearsal:
        return changes(storage.loaded(path), item_ids, request)
    with storage.editing(path) as book:
        made = changes(book.resolution, item_ids, request)
        book.apply(made)
    return made


def last_update(path: Path, item_id: str | None, today: date) -> "Undo":
    """Return what `undo` would take back: the last entry of the item, or of the whole file.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ItemNotFound, ChangeRefused: as `domain.change.undo`.

    """
    from resolution_cli.domain import change  # noqa: PLC0415  # as above

    return change.undo(storage.loaded(path), item_id, today)


def undo(path: Path, item_id: str | None, expected: "Undo", today: date) -> None:
    """Take back the last entry of the item, or of the whole file, if that is the one `expected`.

    Raises:
        DataFileMissing, DataFileBroken, ItemNotFound, FileNotWritten: as `update`.
        ChangeRefused: there is a newer entry by now, or a rule forbids it; nothing was changed.

    """
    from resolution_cli.domain import change  # noqa: PLC0415  # as above

    with storage.editing(path) as book:
        if change.undo(book.resolution, item_id, today) != expected:
            raise ChangeRefused(
                _("Nothing was changed: there is a newer update."), _("Run the command again.")
            )
        book.take_back(expected)


class NewResolution(Struct, frozen=True):
    """What a new file begins with: the resolution's title, and the first and last day of its term.

    Raises:
        WrongInput: the term ends before it starts.

    """

    title: str
    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a term that ends before it starts."""
        if self.end < self.start:
            raise WrongInput(_("the term cannot end before it starts."), "--end")


def create(folder: Path, new: NewResolution | None = None) -> Path:
    """Make a data file in `folder`, and its JSON Schema beside it; return its path.

    Args:
        folder: where the file goes, in a folder `data` that is made if need be.
        new: what the file begins with; if None, it is a copy of the shipped resolution.

    Raises:
        FileExists: there is a data file already, or one that would be read in its place.
        FileNotWritten: the system does not let it.

    """
    from resolution_cli.render.schema import data_file  # noqa: PLC0415  # only `init` needs it

    path = folder / "data" / "tasks.toml"
    _check_is_read(path)
    if new:
        header = {"title": new.title, "term": {"start": new.start, "end": new.end}}
        storage.create_blank(path, header, data_file())
    else:
        storage.create_copy(path, storage.shipped_path(), data_file())
    return path


def _check_is_read(path: Path) -> None:
    """Raise `FileExists` if another file would be read in the place of the one at `path`."""
    beside = path.parent.parent / path.name
    with suppress(OSError):  # what the system does not let us see is not read either
        if beside.is_file():
            hint = _(
                "It is read before {path}, which no command would see. "
                "Move it away, or name another folder."
            )
            raise FileExists(beside, hint.format(path=path))
