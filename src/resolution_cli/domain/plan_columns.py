"""The rows of somebody's table of tasks or targets, by what their columns are for the plan. Pure.

Which head means which column is found where the sheet is read, in `exchange.head_words`.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum

from msgspec import Struct

from resolution_cli.domain import parsing
from resolution_cli.domain.values import EntryKind
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import N_, _
from resolution_cli.matching import key_of

CellValue = str | int | float | bool | date | datetime | time
"""What a cell of a sheet can hold."""

PLAN = "plan."
"""What stands before the year of a column with the figures of that year."""


class Column(StrEnum):
    """What a column of a table can be for the plan, beside the figures of a year."""

    NUMBER = "number"
    TITLE = "title"
    MILESTONE = "milestone"
    SUMMARY = "summary"
    UNIT = "unit"
    WEIGHT = "weight"
    START = "start"
    DUE = "due"
    LEAD = "lead"
    PARTNERS = "partners"
    PRODUCT = "product"
    SOURCE = "source"
    NOTHING = "nothing"


_TITLES: Mapping[str, str] = {
    Column.NUMBER: N_("number"),
    Column.TITLE: N_("title"),
    Column.MILESTONE: N_("milestone"),
    Column.SUMMARY: N_("summary"),
    Column.UNIT: N_("unit"),
    Column.WEIGHT: N_("weight"),
    Column.START: N_("start"),
    Column.DUE: N_("due"),
    Column.LEAD: N_("lead unit"),
    Column.PARTNERS: N_("partner units"),
    Column.PRODUCT: N_("product"),
    Column.SOURCE: N_("source"),
}


def column_name(column: str) -> str:
    """Return what a column is called, in the active language."""
    if column.startswith(PLAN):
        return _("plan {year}").format(year=column.removeprefix(PLAN))
    return _(_TITLES[column])


class SheetCell(Struct, frozen=True):
    """A cell with something in it.

    Attributes:
        address: its address, such as B7.
        value: what it holds.
        is_percent: the number is shown as a percentage: 0.35 is 35 %.
        is_month: of the day only the month and the year are shown.
        fault: why its value cannot be known, in words; empty if it can.

    """

    address: str
    value: CellValue = ""
    is_percent: bool = False
    is_month: bool = False
    fault: str = ""


class SheetRow(Struct, frozen=True, kw_only=True):
    """A row of a table.

    Attributes:
        number: the number of the row in the sheet, from 1.
        label: how the table numbers it: A, IV, 1.1, or empty.
        title: the cell with its title; None without.
        cells: the other cells by column; a figure of a year under `plan.2026`.
        is_spread: the title is spread over several columns, as that of a heading is.
        is_divided: a column of its own has the pieces of its work.
        is_part: it is such a piece of the row before it.

    """

    number: int
    label: str = ""
    title: SheetCell | None = None
    cells: Mapping[str, SheetCell] = {}
    is_spread: bool = False
    is_divided: bool = False
    is_part: bool = False


class PlanTable(Struct, frozen=True, kw_only=True):
    """A table of tasks or targets in a sheet.

    Attributes:
        workbook: the name of the file.
        sheet: the name of the sheet.
        head: the first and the last row of the head, from 1.
        columns: the columns that are taken: the letters, the head and the meaning of each.
        unused: the letters and the head of each column that is not taken.
        rows: the rows below the head.
        left_out: the rows below the head that are no data, each with its reason.
        kind: what the rows are where no heading says it.
        language: the language of its head.

    """

    workbook: str
    sheet: str
    head: tuple[int, int]
    columns: tuple[tuple[str, str, str], ...]
    unused: tuple[tuple[str, str], ...]
    rows: tuple[SheetRow, ...]
    left_out: tuple[tuple[int, str], ...] = ()
    kind: EntryKind = EntryKind.TASK
    language: str = "en"


column = parsing.choice(Column, _TITLES)


def head_and_column(text: str) -> tuple[str, str]:
    """Return a head and the column that it is for the plan, which a person typed.

    As in `Nội dung=title`, or `Goal=plan.2030` of the figures of a year.

    Raises:
        WrongInput: it is none, or there is no such column.

    """
    head, sign, typed = text.rpartition("=")
    if not (head.strip() and sign and typed.strip()):
        message = _("{text!r} is not a head and its column; write “Content=title”.")
        raise WrongInput(message.format(text=text))
    if match := re.fullmatch(r"plan[.-]([12]\d{3})", key_of(typed), re.ASCII):
        return head.strip(), PLAN + match[1]
    try:
        return head.strip(), column(typed)
    except WrongInput:
        known = ", ".join((*(parsing.both_words(each, _TITLES) for each in Column), "plan.2030"))
        message = _("{text!r} is no column of the plan; choose one of: {words}.")
        raise WrongInput(message.format(text=typed.strip(), words=known)) from None
