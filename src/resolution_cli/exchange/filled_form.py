"""A form that came back as a workbook: its answers, or everything that is wrong with it.

Rows are found by their ids and columns by their heads, so they may have been sorted, hidden, moved
or deleted. What stands in cells that were not to be filled in does not count.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from resolution_cli import i18n
from resolution_cli.domain import parsing
from resolution_cli.domain.forms import Answer, Asked, FilledForm
from resolution_cli.domain.model import COMPLETE, Figure
from resolution_cli.errors import Fault, WorkbooksRefused, WrongInput
from resolution_cli.exchange import hidden, workbook
from resolution_cli.exchange.cells import Sheet, Value, address, number_of
from resolution_cli.exchange.hidden import FigureKind, Known, KnownRow
from resolution_cli.i18n import _
from resolution_cli.matching import fold

_SEARCHED_ROWS = 50
"""Rows in which the heads are looked for."""

_LONGEST_MESSAGE = 400
"""Characters of a message about a cell at most: it may show a text of thirty thousand."""

_LONGEST = 80
"""Characters of an answer at most that is a word, a number or a day; the rest is not shown."""


def read(path: Path) -> tuple[FilledForm, tuple[Fault, ...]]:
    """Return the form in the workbook at `path`, and what is wrong with cells of it.

    A row with a cell that cannot be used is not among its answers.

    Raises:
        WorkbooksRefused: it cannot be read, or is no form.

    """
    sheets = workbook.read(path)
    sheet_of_form = hidden.found(sheets)
    if sheet_of_form is None:
        raise _refused(
            path,
            _("it is not a form made by `tracker form`"),
            _(
                "Have the form filled in that was sent; its hidden sheet is needed. A table of "
                "tasks or targets is taken into the plan with --as plan."
            ),
        )
    try:
        known = hidden.known(sheet_of_form)
    except hidden.HiddenSheetBroken:
        raise _refused(
            path,
            _("its hidden sheet “{sheet}” was changed").format(sheet=sheet_of_form.name),
            _("Fill in the form as it was sent, or make a new one with `tracker form`."),
        ) from None
    found = _Form(path, known)
    others = [each for each in sheets if each is not sheet_of_form]
    for table in _tables(path, others, known):
        found.take(*table)
    form = FilledForm(
        known.resolution_id, known.unit, known.period, known.sent_at, tuple(found.answers)
    )
    return form, tuple(found.faults)


_Table = tuple[Sheet, int, Mapping[str, int]]
"""A sheet with answers, the row of its heads, and its columns by name."""


class _Form:
    """The rows of a form, read one by one into answers and faults."""

    def __init__(self, path: Path, known: Known) -> None:
        self.answers: list[Answer] = []
        self.faults: list[Fault] = []
        self._path, self._known = path, known
        self._seen: dict[str, tuple[str, int]] = {}

    def take(self, sheet: Sheet, head_row: int, columns: Mapping[str, int]) -> None:
        """Take all rows below the heads."""
        for number in range(head_row + 1, len(sheet.rows)):
            cells = _Cells(self._path, sheet, number, columns)
            if not cells.has_answer:
                continue
            found = self._rows(cells)
            if len(found) > 1:
                ids = _(" or ").join(row.sent.id for row in found)
                message = _("found the number {id}, which can be {ids}; expected the id as a text")
                self.faults.append(cells.fault("id", message.format(id=cells.id, ids=ids)))
            elif not found:
                self._refuse_row(cells)
            elif (first := self._seen.setdefault(found[0].sent.id, cells.place)) != cells.place:
                self._refuse_second(cells, found[0].sent.id, *first)
            else:
                self._take_row(cells, found[0])

    def _rows(self, cells: "_Cells") -> list[KnownRow]:
        """Return the row of the form that is meant; several where a number may be each of them.

        A program that makes numbers of texts turns the ids 1.1 and 1.10 into one.
        """
        rows = self._known.rows
        if isinstance(cells.id_value, int | float):
            return [row for row in rows.values() if number_of(row.sent.id) == cells.id_value]
        return [rows[cells.id.lower()]] if cells.id.lower() in rows else []

    def _refuse_second(self, cells: "_Cells", item_id: str, sheet: str, row: int) -> None:
        message = _("found {id} a second time, with answers; it stands in row {row} too")
        if sheet != cells.sheet.name:
            message = _(
                "found {id} a second time, with answers; it stands in sheet “{sheet}”, row {row} "
                "too"
            )
        message = message.format(id=item_id, sheet=sheet, row=row + 1)
        self.faults.append(cells.fault("id", message))

    def _refuse_row(self, cells: "_Cells") -> None:
        if cells.id:
            found = _shortened(cells.id, _LONGEST)
            message = _("found the id “{id}”, which is not of this form").format(id=found)
        else:
            message = _(
                "found answers in a row without an id; expected the id of a row of this form"
            )
        hint = _("Add what is new with `tracker add`; a form takes answers on what it asks.")
        self.faults.append(cells.fault("id", message, hint))

    def _take_row(self, cells: "_Cells", row: KnownRow) -> None:
        before = len(self.faults)
        found = {asked: self._value(cells, asked, row.figure) for asked in Asked}
        values: dict[str, Any] = {
            asked.value.replace("-", "_"): value
            for asked, value in found.items()
            if value is not None
        }
        places = {asked: (cells.sheet.name, cells.address(asked)) for asked in Asked}
        if values and len(self.faults) == before:
            self.answers.append(Answer(sent=row.sent, place=places, **values))

    def _value(self, cells: "_Cells", asked: Asked, kind: FigureKind) -> object:
        """Return the answer in a cell; None where there is none, or where it cannot be used."""
        try:
            return cells.value(asked, kind)
        except WrongInput as error:
            self.faults.append(cells.fault(asked, error.message))
            return None


class _Cells:
    """One row of the sheet of a form."""

    def __init__(self, path: Path, sheet: Sheet, row: int, columns: Mapping[str, int]) -> None:
        self.sheet = sheet
        self._path, self._row, self._columns = path, row, columns
        self.place = sheet.name, row
        self.id_value = sheet.value(row, columns["id"])
        self.id = " ".join(_shown(self.id_value).split())

    @property
    def has_answer(self) -> bool:
        """Say whether there is anything in a cell to fill in."""
        return any(self._is_filled(self._columns[asked]) for asked in Asked)

    def address(self, name: str) -> str:
        """Return the address of the cell in the column with this name."""
        return address(self._row, self._columns[name])

    def fault(self, name: str, message: str, hint: str = "") -> Fault:
        """Return what is wrong with the cell in the column with this name."""
        said = _shortened(message, _LONGEST_MESSAGE)
        return Fault(self._path, said, self.sheet.name, self.address(name), hint)

    def value(self, asked: Asked, kind: FigureKind) -> object:
        """Return the answer in a cell; None where there is none.

        Raises:
            WrongInput: it cannot be used; the message says what was found and what is expected.

        """
        place = self._row, self._columns[asked]
        if place in self.sheet.errors:
            message = _("found the error {error}; expected a value")
            raise WrongInput(message.format(error=self.sheet.errors[place]))
        if place in self.sheet.uncomputed:
            raise WrongInput(
                _("found a formula without a result; expected a value, or a file that was computed")
            )
        value = self.sheet.value(*place)
        if value is None or (isinstance(value, str) and not fold(value)):
            return None
        if asked is Asked.FIGURE:
            return _figure(value, kind, is_percent=place in self.sheet.percents)
        return _READERS[asked](value)

    def _is_filled(self, column: int) -> bool:
        place = self._row, column
        value = self.sheet.value(*place)
        is_blank = value is None or (isinstance(value, str) and not fold(value))
        return not is_blank or place in self.sheet.errors or place in self.sheet.uncomputed


def _tables(path: Path, sheets: Sequence[Sheet], known: Known) -> list[_Table]:
    """Return each sheet with answers, with the row of its heads, and the columns by name.

    There are several where somebody copied the sheet, and filled in the copy.
    """
    heads = {"id": known.id_head} | {str(asked): head for asked, head in known.heads.items()}
    ordered = sorted(sheets, key=lambda each: each.name != known.sheet)
    found = [table for sheet in ordered if (table := _table(sheet, heads))]
    if not found:
        raise _refused(
            path,
            _("its heads are gone; expected a row with “{heads}”").format(
                heads="”, “".join(heads.values())
            ),
            _("Fill in the form as it was sent, or make a new one with `tracker form`."),
        )
    sheet, number, columns = max(found, key=lambda each: len(each[2]))
    if lacking := [head for name, head in heads.items() if name not in columns]:
        message = _("the heads “{heads}” are not there").format(heads="”, “".join(lacking))
        hint = _("Fill in the form as it was sent, or make a new one with `tracker form`.")
        where = address(number, 0)
        raise WorkbooksRefused([Fault(path, message, sheet.name, where, hint)])
    whole = [each for each in found if len(each[2]) == len(heads)]
    if twice := [fault for table in whole for fault in _heads_twice(path, *table)]:
        raise WorkbooksRefused(twice)
    return whole


def _table(sheet: Sheet, heads: Mapping[str, str]) -> _Table | None:
    """Return the row of a sheet that has most of the heads, and their columns; None without one."""
    best: _Table | None = None
    for number, cells in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        by_text = {fold(value): column for column, value in reversed([*_texts(cells)])}
        found = {name: by_text[fold(head)] for name, head in heads.items() if fold(head) in by_text}
        if found and (best is None or len(found) > len(best[2])):
            best = sheet, number, found
    return best


def _heads_twice(path: Path, sheet: Sheet, row: int, columns: Mapping[str, int]) -> Iterator[Fault]:
    """Yield each head that stands in a second column, whose answers would be lost."""
    by_text = {fold(str(sheet.value(row, column))): column for column in columns.values()}
    for column, text in _texts(sheet.rows[row]):
        first = by_text.get(fold(text), column)
        if first != column:
            message = _("found the head “{head}” a second time; it stands in {cell} too").format(
                head=text, cell=address(row, first)
            )
            hint = _("Delete the column that is one too many.")
            yield Fault(path, message, sheet.name, address(row, column), hint)


def _texts(cells: Iterable[Value]) -> Iterator[tuple[int, str]]:
    for column, value in enumerate(cells):
        if isinstance(value, str):
            yield column, value


def _shown(value: Value) -> str:
    """Return what a cell holds as a person sees it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return i18n.moment(value)
    if isinstance(value, date):
        return i18n.day(value)
    if isinstance(value, int | float):
        return format(Decimal(str(value)).normalize(), "f")
    return str(value)


def _short(value: Value) -> str:
    """Return what a cell holds, or its beginning."""
    return _shortened(_shown(value), _LONGEST)


def _shortened(text: str, most: int) -> str:
    """Return a text with what is in its middle left out, where it has more characters than that."""
    half = most // 2
    return text if len(text) <= most else f"{text[:half]}…{text[-half:]}"


def _word(parse: Callable[[str], object]) -> Callable[[Value], object]:
    return lambda value: parse(_short(value))


def _text(value: Value) -> str:
    """Return the text in a cell, of one line or several, without spaces around it."""
    return parsing.lines(_lines(value)).strip()


def _documents(value: Value) -> tuple[str, ...]:
    """Return the documents in a cell, one a line."""
    found = (line.strip() for line in parsing.lines(_lines(value)).splitlines())
    return tuple(dict.fromkeys(line for line in found if line))


def _lines(value: Value) -> str:
    """Return the text in a cell with the ends of lines, and the spaces, that a text has here."""
    return (
        _shown(value)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\t", " ")
        .replace("\v", "\n")
    )


def _day(value: Value) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else parsing.day(_short(value))


def _figure(value: Value, kind: FigureKind, *, is_percent: bool) -> int | Figure:
    """Return the progress of an item, or the figure of a target."""
    shown = _short(value)
    if isinstance(value, bool):
        return parsing.figure(shown)
    if isinstance(value, int | float):
        # A number has no separators that could be read in two ways.
        shown = _shown(float(Decimal(str(value)) * COMPLETE)) + "%" if is_percent else shown
        is_parted = "." in shown and not is_percent and kind is not FigureKind.PROGRESS
        shown = f"{shown}0" if is_parted else shown
    if kind is FigureKind.PROGRESS:
        return parsing.percent(shown)
    if kind is FigureKind.PERCENTAGE:
        shown = shown.strip().removesuffix("%").strip()
    return parsing.figure(shown)


_READERS: Mapping[Asked, Callable[[Value], object]] = {
    Asked.STATUS: _word(parsing.status),
    Asked.DONE_ON: _day,
    Asked.RESULT: _text,
    Asked.EVIDENCE: _documents,
    Asked.DIFFICULTY: _text,
    Asked.CAUSE: _word(parsing.cause),
    Asked.PROPOSAL: _text,
}
"""What reads the value of a cell; a figure is read by the kind of its row too."""


def _refused(path: Path, message: str, hint: str) -> WorkbooksRefused:
    return WorkbooksRefused([Fault(path, message, hint=hint)])
