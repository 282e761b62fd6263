"""The form of a unit as a workbook: what is known is locked, what is asked has cells to fill.

A hidden sheet says of which file, unit and period it is, and what was known of each row, so that
what comes back can be compared. `filled_form` reads it.
"""

import io
import math
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from resolution_cli import i18n
from resolution_cli.domain.forms import Asked
from resolution_cli.domain.model import Cause, Item, Status
from resolution_cli.domain.values import TITLES
from resolution_cli.exchange import hidden, instructions
from resolution_cli.formats.xlsx import fit_to_width, set_text
from resolution_cli.i18n import _
from resolution_cli.reports.form import FormRow, UnitForm
from resolution_cli.reports.targets import TargetStanding
from resolution_cli.views import target_words, words
from resolution_cli.views.document import capitalised
from resolution_cli.views.texts import clean, file_names_of, local

_TITLE_ROW, _HEAD_ROW = 2, 5
_FIRST_ANSWER = 6
_KNOWN_WIDTHS = (7, 32, 12, 19, 17)
_ANSWER_WIDTHS: Mapping[Asked, int] = {
    Asked.STATUS: 14,
    Asked.FIGURE: 9,
    Asked.DONE_ON: 12,
    Asked.RESULT: 30,
    Asked.EVIDENCE: 20,
    Asked.DIFFICULTY: 22,
    Asked.CAUSE: 12,
    Asked.PROPOSAL: 20,
}

_TEXT_FORMAT = "@"
"""A cell of this format keeps what is typed: no program makes a day of 1/6 or of 5/7 another."""

_TO_FILL = PatternFill("solid", fgColor="FFF8DC")
_NOT_ASKED = PatternFill("solid", fgColor="E4E5E8")
_HEAD = PatternFill("solid", fgColor="D9E2F0")
_LINE = Side("thin", color="A6A9B2")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_INSTRUCTIONS_WIDTH = 78
"""Characters of a line of the instructions: a page upright, without being made smaller."""

_GAP = 4
"""Points between two instructions."""

_MARGIN = 0.4
"""Inches that are left free at the edges of a page."""

_LINE_HEIGHT = 15
"""Points that a line of a cell takes."""

_TOP = Alignment(vertical="top", wrap_text=True)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


class _GrowingRow(RowDimension):
    """A row whose height is a beginning: it grows with what is filled in."""

    customHeight = False  # noqa: N815  # openpyxl's own name; it is true of any row with a height


def draw(form: UnitForm) -> bytes:
    """Return the form as an Excel file."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  # a new workbook has one
    workbook.properties.title = clean(form.unit)
    workbook.properties.creator = ""
    sheet.title = _("Form")
    _heads(sheet, form)
    for number, row in enumerate(form.rows, start=_HEAD_ROW + 1):
        _row(sheet, number, row)
    _lists(sheet, form)
    _set_up(sheet, form)
    _instructions(workbook.create_sheet(_("Instructions")), form)
    _hidden(workbook.create_sheet(hidden.NAME), form, sheet.title)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def file_names(forms: Sequence[UnitForm]) -> list[str]:
    """Return the name of the file of each form: its period and its unit, as Windows takes it."""
    return file_names_of(((_period_id(form), form.unit) for form in forms), ".xlsx")


def _heads(sheet: Worksheet, form: UnitForm) -> None:
    """Say what the form is of, and name the columns."""
    period = words.named_period(form.period)
    lines = (
        local(form.header.title),
        _("Report of {unit}, period {period}").format(unit=form.unit, period=period),
        _("Fill in the yellow cells; leave a cell empty where there is no news."),
    )
    for number, line in enumerate(lines, start=1):
        cell = sheet.cell(number, 1)
        set_text(cell, line)
        cell.font = _font(13 if number == _TITLE_ROW else 11, is_bold=number <= _TITLE_ROW)
    sheet.row_dimensions[_HEAD_ROW].height = 2 * _LINE_HEIGHT
    known = (
        hidden.id_head(),
        _("what is to be done"),
        _("due, or plan"),
        _("as known on {day}").format(day=i18n.day(form.sent_at.date())),
        _("product, or unit of figures"),
    )
    heads = [*map(capitalised, known), *map(hidden.head, Asked)]
    widths = [*_KNOWN_WIDTHS, *(_ANSWER_WIDTHS[asked] for asked in Asked)]
    for number, (head, width) in enumerate(zip(heads, widths, strict=True), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        if head:
            cell = sheet.cell(_HEAD_ROW, number)
            set_text(cell, head)
            cell.font, cell.fill, cell.border, cell.alignment = (
                _font(is_bold=True),
                _HEAD,
                _BORDER,
                _MIDDLE,
            )


def _row(sheet: Worksheet, number: int, row: FormRow) -> None:
    """Write what is known of an item, milestone or target, and its cells to fill."""
    known = _known(row)
    for column, text in enumerate(known, start=1):
        cell = sheet.cell(number, column)
        set_text(cell, text)
        cell.border, cell.alignment, cell.font = _BORDER, _TOP, _font()
    lines = max(map(_line_count, known, _KNOWN_WIDTHS))
    sheet.row_dimensions[number] = _GrowingRow(sheet, index=number, ht=lines * _LINE_HEIGHT)
    for column, asked in enumerate(Asked, start=_FIRST_ANSWER):
        cell = sheet.cell(number, column)
        cell.border, cell.alignment, cell.font = _BORDER, _TOP, _font()
        cell.fill = _NOT_ASKED
        if asked in row.asked:
            cell.fill = _TO_FILL
            cell.number_format = _TEXT_FORMAT
            cell.protection = Protection(locked=False)


def _known(row: FormRow) -> tuple[str, ...]:
    """Return the texts of the columns that say what is known."""
    entry, standing = row.entry, row.standing
    if isinstance(standing, TargetStanding):
        return (
            clean(entry.id),
            clean(local(entry.title)),
            target_words.plan(standing.target, row.point),
            _figure_of(standing),
            target_words.unit(standing.target),
        )
    verdict = words.verdict(standing)
    status = words.status(standing.item.present_status)
    progress = words.percent(standing.item.present_progress)
    known = f"{status}, {progress}" if _is_whole(standing.item) else status
    return (
        clean(entry.id),
        words.milestone(standing),
        i18n.day(standing.due),
        known if verdict == status else f"{known}; {verdict}",
        clean(standing.item.product or ""),
    )


def _line_count(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of this width, or one more."""
    return max(1, math.ceil(len(text) * 1.1 / width))


def _font(size: int = 11, *, is_bold: bool = False) -> Font:
    return Font(name="Times New Roman", size=size, bold=is_bold)


def _is_whole(item: Item) -> bool:
    """Say whether it has a progress of its own, which a milestone has not."""
    return "progress" in item.fact_names


def _figure_of(standing: TargetStanding) -> str:
    target = standing.target
    if target.value is None or target.on is None:
        return words.fact("value", None)
    figure = target_words.with_unit(target, i18n.figure(target.value))
    return _("{figure} on {day}").format(figure=figure, day=i18n.day(target.on))


def _lists(sheet: Worksheet, form: UnitForm) -> None:
    """Let the status and the cause be chosen from lists, and say beside each cell what it takes."""
    lists = {
        asked: [_(TITLES[each]) for each in known]
        for asked, known in ((Asked.STATUS, Status), (Asked.CAUSE, Cause))
    }
    prompts = instructions.prompts()
    for column, asked in enumerate(Asked, start=_FIRST_ANSWER):
        cells = [
            sheet.cell(number, column)
            for number, row in enumerate(form.rows, start=_HEAD_ROW + 1)
            if asked in row.asked
        ]
        offered = lists.get(asked, [])
        rule = DataValidation(
            type="list" if offered else None,
            formula1='"' + ",".join(offered) + '"' if offered else None,
            allow_blank=True,
            promptTitle=hidden.head(asked),
            prompt=prompts[asked],
            showInputMessage=True,
        )
        rule.errorTitle = hidden.head(asked)
        rule.error = prompts[asked]
        rule.showErrorMessage = bool(offered)
        if cells:
            for cell in cells:
                rule.add(cell)
            sheet.add_data_validation(rule)


def _set_up(sheet: Worksheet, form: UnitForm) -> None:
    """Keep the heads in sight, set up the printing, and lock what is not asked."""
    last = get_column_letter(_FIRST_ANSWER + len(Asked) - 1)
    sheet.freeze_panes = f"C{_HEAD_ROW + 1}"
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    sheet.print_area = f"A1:{last}{_HEAD_ROW + len(form.rows)}"
    sheet.page_setup.orientation = "landscape"
    fit_to_width(sheet)
    sheet.page_margins.left = sheet.page_margins.right = _MARGIN
    footer = sheet.HeaderFooter.oddFooter
    assert footer is not None  # noqa: S101  # a new sheet has one
    footer.center.text = "&P/&N"
    _protect(sheet)


def _protect(sheet: Worksheet) -> None:
    """Lock a sheet without a password; widths and heights may be changed."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False
    protection.autoFilter = protection.sort = False


def _instructions(sheet: Worksheet, form: UnitForm) -> None:
    for number, line in enumerate(instructions.lines(form), start=1):
        cell = sheet.cell(number, 1)
        set_text(cell, line)
        cell.alignment = _TOP
        cell.font = _font(13 if number == 1 else 11, is_bold=number == 1)
        height = _line_count(line, _INSTRUCTIONS_WIDTH) * _LINE_HEIGHT
        sheet.row_dimensions[number] = _GrowingRow(sheet, index=number, ht=height + _GAP)
    sheet.column_dimensions["A"].width = _INSTRUCTIONS_WIDTH
    fit_to_width(sheet)
    _protect(sheet)


def _hidden(sheet: Worksheet, form: UnitForm, name: str) -> None:
    """Say what the form is of, and what was known of each row."""
    for number, values in enumerate(hidden.lines(form, name), start=1):
        for column, value in enumerate(values, start=1):
            set_text(sheet.cell(number, column), value)
    sheet.sheet_state = "veryHidden"
    _protect(sheet)


def _period_id(form: UnitForm) -> str:
    return form.period.name or f"{form.period.start}--{form.period.end}"
