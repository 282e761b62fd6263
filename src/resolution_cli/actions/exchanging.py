"""Forms out to the units, and what comes back on them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from resolution_cli import storage
from resolution_cli.actions.reporting import Span
from resolution_cli.domain.answers import Taken, taken
from resolution_cli.domain.change import Change
from resolution_cli.domain.forms import FilledForm, expected_periods, resolution_id
from resolution_cli.domain.model import Item, Resolution, Target
from resolution_cli.domain.period import Period
from resolution_cli.errors import ChangeRefused, Fault, WorkbooksRefused, WrongInput
from resolution_cli.exchange import filled_form
from resolution_cli.exchange.cells import place_of
from resolution_cli.i18n import _
from resolution_cli.reports.form import Forms, forms
from resolution_cli.reports.next import next_to_close
from resolution_cli.views import words
from resolution_cli.views.texts import clean


class FormsAsked(Struct, frozen=True):
    """Which forms are to be made.

    Attributes:
        units: the names of the units; none for all that lead something.
        period: the name of the period; None for the one whose report closes next.
        at: the instant; its date is today.

    """

    units: Sequence[str]
    period: str | None
    at: datetime


class WrittenForms(Struct, frozen=True):
    """The forms that were written.

    Attributes:
        paths: their files.
        without_lead: what nobody leads, and so is in none of them.

    """

    paths: tuple[Path, ...]
    without_lead: tuple[Item | Target, ...]


class ReadForms(Struct, frozen=True):
    """Workbooks that were read as forms.

    Attributes:
        period: the name of the period that they are of; None for the present one, or the last.
        files: their paths, in the order in which they were given.
        forms: those that could be read, each with its path.
        faults: what is wrong with the others, and with cells of these.

    """

    period: str | None
    files: tuple[Path, ...]
    forms: tuple[tuple[Path, FilledForm], ...]
    faults: tuple[Fault, ...]


class Import(Struct, frozen=True):
    """What forms change.

    Attributes:
        changes: the updates.
        form_count: how many forms were read.

    """

    changes: tuple[Change, ...]
    form_count: int


def write_forms(path: Path, asked: FormsAsked, folder: Path, *, is_forced: bool) -> WrittenForms:
    """Write forms on the file at `path` into a folder, which is made if need be.

    Forms that are there are replaced if it `is_forced`.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        UnitNotFound: there is no such unit, or there are several.
        WrongInput: there is no such period, or none is open.
        ChangeRefused: nobody leads anything that could be asked about.
        FileExists, FileNotWritten: a form is there already, or the system does not let it.

    """
    from resolution_cli.exchange import form  # noqa: PLC0415  # openpyxl, which only this needs

    resolution = storage.loaded(path)
    period = _period(resolution, asked.period, asked.at.date())
    found = forms(resolution, asked.units, period, asked.at)
    if not found.forms:
        raise _nothing_to_ask(found)
    new = dict(zip(form.file_names(found.forms), map(form.draw, found.forms), strict=True))
    paths = storage.write_outputs(folder, new, is_forced=is_forced)
    return WrittenForms(tuple(paths), found.without_lead)


def read_forms(files: Iterable[Path], period: str | None) -> ReadForms:
    """Return the forms in workbooks, with all that is wrong with any of them.

    The `period` is as in `ReadForms`.
    """
    order: list[Path] = []
    found: list[tuple[Path, FilledForm]] = []
    faults: list[Fault] = []
    for path in files:
        order.append(path)
        try:
            form, of_cells = filled_form.read(path)
        except WorkbooksRefused as error:
            faults += error.faults
        else:
            found.append((path, form))
            faults += of_cells
    return ReadForms(period, tuple(order), tuple(found), tuple(faults))


def rehearse_import(path: Path, read: ReadForms, at: datetime, by: str | None) -> Import:
    """Return what forms would change in the file at `path`.

    Args:
        path: the data file.
        read: the forms.
        at: the instant of recording.
        by: who records it.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        WorkbooksRefused: anything is wrong with any of the forms; everything is named.
        WrongInput: there is no such period.

    """
    return _imported(storage.loaded(path), read, at, by)


def import_forms(
    path: Path, read: ReadForms, at: datetime, by: str | None, expected: Import
) -> None:
    """Record what forms say, if that is what is `expected`, in one write.

    Raises:
        DataFileMissing, DataFileBroken, WorkbooksRefused: as `rehearse_import`.
        ChangeRefused: the file was changed since, and something else would be recorded.
        FileNotWritten: as `storage.editing`; whatever is raised, nothing was changed.

    """
    with storage.editing(path) as book:
        found = _imported(book.resolution, read, at, by)
        if found != expected:
            raise ChangeRefused(
                _("Nothing was changed: the file was changed meanwhile."),
                _("Run the command again."),
            )
        book.apply(found.changes)


def _imported(resolution: Resolution, read: ReadForms, at: datetime, by: str | None) -> Import:
    today = at.date()
    named = _period(resolution, read.period, today) if read.period is not None else None
    faults = [*read.faults]
    own = []
    for path, form in read.forms:
        periods = (named,) if named else expected_periods(resolution.header, form, today)
        of_another = [*_of_another(resolution, path, form, periods)]
        faults += of_another
        own += [] if of_another else [form]
    result = taken(resolution, own, at, by)
    faults += _located(result, read)
    if faults:
        order = {path: number for number, path in enumerate(reversed(read.files))}
        faults.sort(key=lambda fault: (-order[fault.workbook], place_of(fault.cell) or (-1, -1)))
        raise WorkbooksRefused(list(dict.fromkeys(faults)))
    return Import(result.changes, len(read.forms))


def _of_another(
    resolution: Resolution, path: Path, form: FilledForm, expected: Sequence[Period]
) -> Iterable[Fault]:
    """Yield that a form is of another file, or of a period that is not asked about now."""
    header = resolution.header
    if form.resolution_id != clean(resolution_id(header)):
        message = _("the form is of another file: found “{found}”, expected “{expected}”").format(
            found=clean(form.resolution_id), expected=clean(resolution_id(header))
        )
        hint = _("Name the data file that the form was made from with --file.")
        yield Fault(path, message, hint=hint)
        return
    if form.period not in expected:
        message = _("the form is of another period: found {found}, expected {expected}").format(
            found=words.named_period(form.period),
            expected=_(" or ").join(map(words.named_period, expected)),
        )
        hint = _("Take the forms of this period, or name another one with --period.")
        yield Fault(path, message, hint=hint)


def _located(result: Taken, read: ReadForms) -> list[Fault]:
    """Return what is objected to, with the cell that it is about."""
    paths = {id(answer): path for path, form in read.forms for answer in form.answers}
    found = []
    for each in result.objections:
        sheet, cell = each.answer.place[each.asked]
        found.append(Fault(paths[id(each.answer)], each.message, sheet, cell))
    return found


def _period(resolution: Resolution, name: str | None, today: date) -> Period:
    if name is not None:
        asked = Span(name=name).asked(resolution, today)
        assert isinstance(asked, Period)  # noqa: S101  # a name is of a period
        return asked
    found = next_to_close(resolution, today)
    if found is None:
        raise WrongInput(_("no period of the term is open today; name one."), "--period")
    return found


def _nothing_to_ask(found: Forms) -> ChangeRefused:
    if found.without_lead:
        return ChangeRefused(
            _("There is no form to make: no item or target has a lead unit."),
            _("Give them one: tracker update ID --lead UNIT"),
        )
    return ChangeRefused(_("There is no form to make: the unit leads nothing that is open."))
