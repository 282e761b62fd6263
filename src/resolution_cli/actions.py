"""The use cases: what the program does, apart from how it is asked and how it answers.

Each loads the file, calls a pure function, and writes where something changes. Days, instants and
paths are arguments; results are values, what goes wrong is an error of ours. Nothing here prints,
asks or exits. What only some of them need is imported there: a start pays for one.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from resolution_cli import storage
from resolution_cli.domain import parsing
from resolution_cli.domain.model import Form, Item, Resolution, Target, Update
from resolution_cli.domain.period import Period, check_asked
from resolution_cli.domain.selection import (
    EntrySelection,
    Selection,
    TargetSelection,
    day_asked,
    found_tracked,
)
from resolution_cli.errors import ChangeRefused, DataFileBroken, FileExists, Problem, WrongInput
from resolution_cli.i18n import _

if TYPE_CHECKING:
    from resolution_cli.domain.amend import Amended, Correction
    from resolution_cli.domain.change import Change, Request
    from resolution_cli.domain.plan import Addition, Edit, EditRequest, NewEntry
    from resolution_cli.domain.report_texts import Doubt
    from resolution_cli.domain.undo import Undo
    from resolution_cli.reports.item import ItemReport
    from resolution_cli.reports.listing import Listing
    from resolution_cli.reports.log import Log
    from resolution_cli.reports.next import NextReport
    from resolution_cli.reports.overview import Overview, WrittenReport
    from resolution_cli.reports.problems import Problems
    from resolution_cli.reports.targets import TargetListing, TargetReport
    from resolution_cli.reports.timeline import TimelineReport
    from resolution_cli.reports.word_template import WordTemplate


def listing(path: Path, wanted: Selection, as_of: date | None, today: date) -> "Listing":
    """Return the items in the file at `path` that are `wanted`, as they stood on a day.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        WrongInput: it has nothing to say of the day `as_of`; None stands for today.

    """
    from resolution_cli.reports.listing import listing as listed  # noqa: PLC0415  # as above

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
    from resolution_cli.reports.targets import target_listing  # noqa: PLC0415  # as above

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
    from resolution_cli.reports.timeline import timeline_report  # noqa: PLC0415  # as above

    resolution = storage.loaded(path)
    day = day_asked(resolution, as_of, today)
    return timeline_report(resolution, day, today, has_milestones=has_milestones)


def item(path: Path, item_id: str, as_of: date | None, today: date) -> "ItemReport | TargetReport":
    """Return one item or target in the file at `path` as it stood on a day.

    Raises:
        DataFileMissing, DataFileBroken, WrongInput: as `listing`.
        ItemNotFound: there is no such item or target.

    """
    from resolution_cli.reports.item import item_report  # noqa: PLC0415  # as above

    resolution = storage.loaded(path)
    day = day_asked(resolution, as_of, today)
    found = found_tracked(resolution, item_id)
    if isinstance(found, Item):
        return item_report(resolution, found, day, today)
    from resolution_cli.reports.targets import target_report  # noqa: PLC0415  # as above

    return target_report(resolution, found, day, today)


def entries(path: Path, wanted: EntrySelection) -> "Log":
    """Return the entries of the history in the file at `path` that are `wanted`, newest first.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ItemNotFound: an id is of no item.

    """
    from resolution_cli.reports.log import log  # noqa: PLC0415  # as above

    return log(storage.loaded(path), wanted)


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

    def asked(self, resolution: Resolution, today: date) -> date | Period:
        """Return the day or the period asked for.

        Raises:
            WrongInput: there is no such period, or the resolution has nothing to report on it.

        """
        if self.as_of is not None and self.as_of > today:
            return self.as_of
        return self._period(resolution, today) or day_asked(resolution, self.as_of, today)

    def _period(self, resolution: Resolution, today: date) -> Period | None:
        header = resolution.header
        if self.name is not None:
            cutoff_day = header.settings.cutoff_day
            period = parsing.period(self.name, header.term, today, cutoff_day)
        elif self.start and self.end:
            period = Period(self.start, self.end)
        else:
            return None
        check_asked(period, header.term, today)
        return period


class Reported(Struct, frozen=True):
    """A report, and what makes it doubtful.

    Attributes:
        report: the report; a written one where that was asked for.
        error_count: how many errors `check` finds in the file: each distorts the report.
        copies: conflicted copies beside the file, with updates that the report may lack.
        doubts: what in the head of a written report of a period may be that of another period.
        without_cause: of a written report, the ids of what is overdue or blocked on its last
            day without a cause.

    """

    report: "Overview | WrittenReport"
    error_count: int
    copies: tuple[Path, ...]
    doubts: tuple["Doubt", ...] = ()
    without_cause: tuple[str, ...] = ()


class Writing(Struct, frozen=True):
    """How a report is to be written.

    Attributes:
        is_written: it is a written report, which has more figures, which take longer.
        is_internal: it also says what is for the office itself.
        has_template: it is made from a template, for which the file may name one.
        template: the office's own template, instead of one that the file names.

    """

    is_written: bool = False
    is_internal: bool = False
    has_template: bool = False
    template: Path | None = None


ON_SCREEN = Writing()


def report(path: Path, span: Span, today: date, writing: Writing = ON_SCREEN) -> Reported:
    """Return the report on a day or a period of the file at `path`; of a day to come, a forecast.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        TemplateRefused: the template cannot be read.
        WrongInput: there is no such period, or nothing to report on it.

    """
    from resolution_cli.domain.check import errors, without_cause  # noqa: PLC0415  # as above
    from resolution_cli.reports.overview import overview, written_report  # noqa: PLC0415

    resolution = storage.loaded(path)
    asked = span.asked(resolution, today)
    lacking: Iterable[str] = ()
    doubtful: tuple[Doubt, ...] = ()
    found: Overview | WrittenReport
    if writing.is_written:
        template = _template(path, resolution, asked, writing) if writing.has_template else None
        found = written_report(
            resolution, asked, today, is_internal=writing.is_internal, template=template
        )
        last_day = min(found.covered.standing.as_of, today)
        lacking = without_cause(resolution, last_day, today)
        doubtful = _doubts(resolution, asked)
    else:
        found = overview(resolution, asked, today)
    return Reported(
        found,
        error_count=sum(1 for _problem in errors(resolution, today)),
        copies=storage.conflicted_copies(path),
        doubts=doubtful,
        without_cause=tuple(lacking),
    )


def _doubts(resolution: Resolution, asked: date | Period) -> tuple["Doubt", ...]:
    from resolution_cli.domain.report_texts import doubts  # noqa: PLC0415  # as above

    return tuple(doubts(resolution, asked)) if isinstance(asked, Period) else ()


def next_report(path: Path, period_name: str | None, lead: str | None, today: date) -> "NextReport":
    """Return which reports on the file at `path` close when, and what one of them lacks.

    Args:
        path: the data file.
        period_name: the name of the period of that one; None for the one that closes first.
        lead: part of the name of the lead unit asked about; None for all.
        today: the day whose end the plan describes.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        WrongInput: there is no such period, or nothing to report on it.

    """
    from resolution_cli.reports.next import next_report as found  # noqa: PLC0415  # as above

    resolution = storage.loaded(path)
    asked = Span(name=period_name).asked(resolution, today) if period_name is not None else None
    return found(resolution, asked if isinstance(asked, Period) else None, lead, today)


def _template(
    path: Path, resolution: Resolution, asked: date | Period, writing: Writing
) -> "WordTemplate | None":
    """Return the template asked for, or the one that the file at `path` names, from its folder."""
    from resolution_cli.domain.report_texts import name_of, texts_of  # noqa: PLC0415  # as above
    from resolution_cli.reports.word_template import WordTemplate  # noqa: PLC0415

    name = name_of(resolution, asked) if isinstance(asked, Period) else None
    named = texts_of(resolution, name).template
    found = writing.template or (path.parent / named if named else None)
    return WordTemplate(found.name, storage.template(found)) if found else None


def word_template(form: Form) -> bytes:
    """Return the template that is shipped for a form of reports."""
    from resolution_cli.formats.templates import shipped  # noqa: PLC0415  # only `template`

    return shipped(form)


def check(path: Path, today: date) -> "Problems":
    """Return what is wrong with the file at `path`, and what is missing or doubtful in it.

    Raises:
        DataFileMissing: there is no file.

    """
    from resolution_cli.domain.check import advice, errors  # noqa: PLC0415  # as above
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


def amend(path: Path, correction: "Correction", *, is_rehearsal: bool = False) -> "Amended":
    """Amend an entry of an item in the file at `path`; return what that changed.

    Nothing is written if it is a rehearsal.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ItemNotFound, ChangeRefused: as `domain.amend.amended`; nothing was changed.
        FileNotWritten: as `storage.editing`; nothing was changed.

    """
    from resolution_cli.domain.amend import amended  # noqa: PLC0415  # only a change needs it

    if is_rehearsal:
        return amended(storage.loaded(path), correction)
    with storage.editing(path) as book:
        made = amended(book.resolution, correction)
        book.amend(made)
    return made


def last_update(path: Path, item_id: str | None, today: date) -> "tuple[Undo, ...]":
    """Return what `undo` would take back: the last command, or the last entry of the item.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ItemNotFound, ChangeRefused: as `domain.undo.undo`.

    """
    from resolution_cli.domain.undo import undo as undone  # noqa: PLC0415  # as above

    return undone(storage.loaded(path), item_id, today)


def undo(path: Path, item_id: str | None, expected: "tuple[Undo, ...]", today: date) -> str:
    """Take back the last command, or the last entry of the item, if that is what is `expected`.

    Returns:
        Why `redo` will not be able to bring it back; empty if it will.

    Raises:
        DataFileMissing, DataFileBroken, ItemNotFound, FileNotWritten: as `update`.
        ChangeRefused: there is a newer entry by now, or a rule forbids it; nothing was changed.

    """
    from resolution_cli.domain.undo import undo as undone  # noqa: PLC0415  # as above
    from resolution_cli.storage import redo as kept  # noqa: PLC0415  # as above

    with storage.editing(path) as book:
        found = undone(book.resolution, item_id, today)
        if found != expected:
            raise ChangeRefused(
                _("Nothing was changed: there is a newer update."), _("Run the command again.")
            )
        book.take_back(found)
    return kept.keep(path, book.content_before, book.content)


class PlanChange(Struct, frozen=True):
    """What the last command changed, if that was `add` or `edit`.

    Attributes:
        content: the content of the file now.
        former: its content before that command.
        added: the entries of the plan that the command added.
        edits: its edits of the others.

    """

    content: bytes
    former: bytes
    added: "tuple[Item | Target, ...]"
    edits: "tuple[Edit, ...]"


def last_plan_change(path: Path) -> PlanChange | None:
    """Return what the last command changed, if that was `add` or `edit` and it can be undone.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.

    """
    from resolution_cli.domain.plan import difference  # noqa: PLC0415  # as above
    from resolution_cli.storage import former as kept  # noqa: PLC0415  # as above

    content = storage.content(path)
    now = storage.resolution_of(path, content)
    former = kept.found(path, content)
    if former is None:
        return None
    try:
        before = storage.resolution_of(path, former)
    except DataFileBroken:  # it was mended in an editor
        return None
    return PlanChange(content, former, *difference(before, now))


def undo_plan_change(path: Path, expected: PlanChange) -> str:
    """Give the file at `path` the content of before `add` or `edit`, if that is still the last one.

    Returns:
        As `undo`.

    Raises:
        DataFileBroken: it was no resolution then.
        FileNotWritten: it was changed meanwhile, or the system does not let it.

    """
    from resolution_cli.storage import redo as kept  # noqa: PLC0415  # as above

    storage.replace_whole(path, expected.content, expected.former, path)
    return kept.keep(path, expected.content, expected.former)


def redo(path: Path) -> tuple["Update", ...]:
    """Bring back what the last undo took from the file at `path`; return those entries.

    Raises:
        DataFileMissing, DataFileBroken, FileNotWritten: as `update`.
        ChangeRefused: there was no undo, or the file was changed since; nothing was changed.

    """
    from resolution_cli.storage import redo as kept  # noqa: PLC0415  # as above

    with storage.editing(path) as book:
        content = kept.kept(path, book.content_before)
        if content is None:
            raise ChangeRefused(
                _("There is no undo to take back: none was made, or the file was changed since."),
                _("`tracker log` shows the updates."),
            )
        book.restore(content)
    kept.forget(path)
    return _new_entries(book.resolution.updates, storage.loaded(path).updates)


def _new_entries(before: Sequence["Update"], after: Sequence["Update"]) -> "tuple[Update, ...]":
    """Return the entries of `after` that came, or else those that changed."""
    same = sum(
        1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    )
    old = {(each.item, each.on, each.at, each.command) for each in before[same:]}
    changed = [each for each in after[same:] if each not in before[same:]]
    new = [each for each in changed if (each.item, each.on, each.at, each.command) not in old]
    return tuple(new or changed)


def add(path: Path, new: "NewEntry", *, is_rehearsal: bool = False) -> "Addition":
    """Add an entry to the plan in the file at `path`; return it. Nothing is written in a rehearsal.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ItemNotFound, WrongInput, ChangeRefused: as `domain.plan.addition`; nothing was changed.
        FileNotWritten: as `storage.editing`; nothing was changed.

    """
    from resolution_cli.domain.plan import addition  # noqa: PLC0415  # only these need it

    if is_rehearsal:
        return addition(storage.loaded(path), new)
    with storage.editing(path) as book:
        made = addition(book.resolution, new)
        book.add(made)
    _keep_former(path, book.content_before, book.content)
    return made


def edit(
    path: Path, entry_id: str, request: "EditRequest", *, is_rehearsal: bool = False
) -> "Edit":
    """Edit an entry of the plan in the file at `path`; return what changed.

    Nothing is written if it is a rehearsal.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ItemNotFound, WrongInput, ChangeRefused: as `domain.plan.edit`; nothing was changed.
        FileNotWritten: as `storage.editing`; nothing was changed.

    """
    from resolution_cli.domain.plan import edit as edited  # noqa: PLC0415  # as above

    if is_rehearsal:
        return edited(storage.loaded(path), entry_id, request)
    with storage.editing(path) as book:
        made = edited(book.resolution, entry_id, request)
        book.edit(made)
    _keep_former(path, book.content_before, book.content)
    return made


def _keep_former(path: Path, before: bytes, after: bytes) -> None:
    """Keep what the file at `path` was before a command that records no entry, for `undo`."""
    from resolution_cli.storage import former  # noqa: PLC0415  # as above

    former.keep(path, before, after)


class Draft(Struct, frozen=True):
    """A copy of a data file that a person edits.

    Attributes:
        path: the data file.
        content: its content when the copy was made.
        copy: the path of the copy.

    """

    path: Path
    content: bytes
    copy: Path


def draft(path: Path) -> Draft:
    """Return a copy of the file at `path`, to be edited.

    Raises:
        DataFileMissing, DataFileBroken, FileNotWritten: as `storage.copy_to_edit`.

    """
    return Draft(path, *storage.copy_to_edit(path))


def dropped(edited: Draft) -> bool:
    """Remove the copy of a draft that is as the file was; return whether it is."""
    try:
        is_same = edited.copy.read_bytes() == edited.content
    except OSError:  # that it cannot be read is said where it is needed
        return False
    if is_same:
        storage.remove_copy(edited.copy)
    return is_same


def replace_by(edited: Draft, today: date) -> "Problems":
    """Give a data file the content of a draft, and remove the copy; return what `check` finds then.

    A data file that cannot be read can be replaced as well.

    Raises:
        DataFileMissing, DataFileBroken: the copy cannot be read, or is no resolution.
        FileNotWritten: someone else changed the file meanwhile, or the system does not let it.
            Whatever is raised, the file is as it was, and the copy is kept.

    """
    new = storage.content(edited.copy)
    storage.replace_whole(edited.path, edited.content, new, edited.copy)
    _keep_former(edited.path, edited.content, new)
    storage.remove_copy(edited.copy)
    return check(edited.path, today)


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
    from resolution_cli.formats.schema import data_file  # noqa: PLC0415  # only `init` needs it

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
