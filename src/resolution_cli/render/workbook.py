"""The report as an Excel workbook: sheets of items, of the diary and of counts, with real dates and numbers.

There is no formula in it: a text stays a text, also when somebody edits it, and totals are numbers,
since whoever looks into the file without computing it would find a formula without a value.
"""

import io
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from resolution_cli import i18n
from resolution_cli.domain.model import Status
from resolution_cli.domain.verdict import LIGHTS, Light, Outcome, Verdict
from resolution_cli.i18n import _
from resolution_cli.render import words
from resolution_cli.render.texts import clean, local
from resolution_cli.report import Overview, Report

_LONGEST_TEXT = 32_767
"""Characters that Excel takes in a cell, those beyond the first plane counted twice."""

_Value = str | date | int | float | None
"""What a cell may hold; a float is a share of one."""

_LINE_HEIGHT, _TALLEST_ROW = 15, 409
"""Points that a line of a cell takes, and that Excel gives a row at most."""

_FIRST_YEAR = 1900
"""Excel has no days before."""

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""How an escape of a character begins, which Excel would obey."""

_FILLS = {Light.RED: "F9D6D2", Light.AMBER: "FCE8C5", Light.GREEN: "D5EDDB", Light.GREY: "E4E5E8"}
_HEAD = PatternFill("solid", fgColor="E4E5E8")
_TOP = Alignment(vertical="top", wrap_text=True)


def report(overview: Overview) -> bytes:
    """Return the report of a day, or of a period as it stood at its end."""
    workbook = Workbook()
    workbook.properties.title = clean(local(overview.resolution.header.title))
    workbook.properties.creator = ""
    cover = workbook.active
    assert isinstance(cover, Worksheet)  # noqa: S101  # a new workbook has a sheet
    _cover(cover, overview)
    _items(workbook.create_sheet(), overview.standing)
    _diary(workbook.create_sheet(), overview)
    _counts(workbook.create_sheet(), overview.standing)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _cover(sheet: Worksheet, overview: Overview) -> None:
    """Say what the workbook is of."""
    sheet.title = _("Report")
    header, figures, told = overview.resolution.header, overview.standing, overview.period
    rows: list[tuple[str, _Value]] = [
        (_("resolution"), local(header.title)),
        (_("body"), local(header.body)),
        (_("term"), words.period(header.term)),
        (_("elapsed"), words.elapsed(figures)),
        (_("as of"), figures.as_of),
    ]
    if overview.is_forecast:
        rows.append((_("forecast"), words.forecast(figures.as_of)))
    if remark := words.due_remark(figures.standings):
        rows.append((_("due"), remark))
    if told:
        rows += [(_("period"), words.period(told.period)), *words.flow(told)]
    for line, (name, value) in enumerate(rows, start=1):
        _set(sheet.cell(line, 1), name[:1].upper() + name[1:])
        _set(sheet.cell(line, 2), value)
        sheet.cell(line, 1).font = Font(bold=True)
        sheet.cell(line, 2).alignment = Alignment(horizontal="left", wrap_text=True)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 80


def _items(sheet: Worksheet, figures: Report) -> None:
    sheet.title = _("Items")
    columns = (
        (_("id"), 8),
        (_("kind"), 14),
        (_("title"), 50),
        (_("verdict"), 22),
        (_("in detail"), 30),
        (_("status"), 16),
        (_("progress"), 10),
        (_("start"), 12),
        (_("due"), 12),
        (_("done on"), 12),
        (_("lead unit"), 24),
        (_("partner units"), 30),
        (_("product"), 30),
        (_("last update"), 12),
        (_("updates"), 10),
    )
    rows = (
        (
            standing.item.id,
            words.kind(standing.item.kind),
            local(standing.item.title),
            words.verdict_name(standing.judgement.verdict),
            words.verdict(standing),
            words.status(standing.item.present_status),
            standing.item.present_progress / 100,
            standing.item.start,
            standing.item.due,
            standing.item.done_on,
            standing.item.lead,
            "; ".join(standing.item.partners or ()),
            standing.item.product,
            standing.updates[-1].on if standing.updates else None,
            len(standing.updates),
        )
        for standing in figures.standings
    )
    _fill(sheet, columns, rows)
    letter = get_column_letter(1 + [head for head, _width in columns].index(_("verdict")))
    judged = f"{letter}2:{letter}{max(sheet.max_row, 2)}"
    for verdict in Verdict:
        word = words.verdict_name(verdict).replace('"', '""')
        fill = PatternFill("solid", bgColor=_FILLS[LIGHTS[verdict]])
        rule = FormulaRule([f'${letter}2="{word}"'], fill=fill)  # type: ignore[no-untyped-call]  # openpyxl has no type
        sheet.conditional_formatting.add(judged, rule)


def _diary(sheet: Worksheet, overview: Overview) -> None:
    sheet.title = _("History")
    columns = (
        (_("item"), 8),
        (_("day"), 12),
        (_("change"), 60),
        (_("note"), 50),
        (_("evidence"), 40),
        (_("cause"), 18),
        (_("recorded by"), 24),
    )
    rows = (
        (
            update.item,
            update.on,
            "; ".join(
                f"{words.fact_name(n)}: {words.fact(n, a)} → {words.fact(n, b)}"
                for n, a, b in update.changes()
            ),
            update.note,
            "; ".join(update.evidence),
            words.cause(update.cause) if update.cause else None,
            update.by,
        )
        for update in sorted(overview.resolution.updates, key=lambda update: update.on)[::-1]
        if update.on <= overview.standing.as_of
    )
    _fill(sheet, columns, rows)


def _counts(sheet: Worksheet, figures: Report) -> None:
    sheet.title = _("Counts")
    tallies = figures.tallies
    columns = [("", 26), *((words.kinds(tally.kind), 16) for tally in tallies)]
    total = _count_row(_("total"), [tally.total for tally in tallies])
    by_status = [
        _count_row(words.status(s), [tally.by_status[s] for tally in tallies]) for s in Status
    ]
    by_outcome = [
        _count_row(words.outcome(o), [tally.by_outcome[o] for tally in tallies]) for o in Outcome
    ]
    _fill(sheet, columns, [*by_status, total, *by_outcome, total])


def _count_row(name: str, counts: Iterable[int]) -> Sequence[_Value]:
    return [name, *counts]


def _fill(
    sheet: Worksheet, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[_Value]]
) -> None:
    """Write heads and rows, with filters, the heads staying in sight."""
    for number, (head, width) in enumerate(columns, start=1):
        cell = sheet.cell(1, number)
        _set(cell, head[:1].upper() + head[1:])
        cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD, _TOP
        sheet.column_dimensions[get_column_letter(number)].width = width
    for line, row in enumerate(rows, start=2):
        for number, value in enumerate(row, start=1):
            cell = sheet.cell(line, number)
            _set(cell, value)
            cell.alignment = _TOP
        lines = (
            math.ceil(len(str(value or "")) / width)
            for value, (_head, width) in zip(row, columns, strict=True)
        )
        sheet.row_dimensions[line].height = min(_LINE_HEIGHT * max(1, *lines), _TALLEST_ROW)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(sheet.max_row, 1)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _set(cell: Cell | MergedCell, value: _Value) -> None:
    """Put a value into a cell: a date as a date, a share as a percentage, a text as a text whatever it begins with."""
    if not value and isinstance(value, str):
        cell.value = None
    elif isinstance(value, str):
        units = _ESCAPE.sub("_x005F_", clean(value)).encode("utf-16-le")[: 2 * _LONGEST_TEXT]
        cell.value = units.decode("utf-16-le", "ignore")
        cell.data_type = "s"
        cell.quotePrefix = True  # else an edit makes a formula, a number or a date of it
    elif isinstance(value, date) and value.year < _FIRST_YEAR:
        cell.value = value.isoformat()
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "dd/mm/yyyy" if i18n.language() == "vi" else "yyyy-mm-dd"
    else:
        cell.value = value
        if isinstance(value, float):
            cell.number_format = "0%"
