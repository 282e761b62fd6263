"""CSV for spreadsheets: a line an item, or a line an entry of the history.

The names of the columns and the words are the same in every language.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import IO, TYPE_CHECKING

from msgspec import Struct

from resolution_cli.domain.model import ITEM_FACTS, Update
from resolution_cli.formats.chase_rows import ReminderRow, reminder_rows
from resolution_cli.formats.next_rows import LackRow, lack_rows
from resolution_cli.formats.period_rows import PeriodItemRow, period_item_rows
from resolution_cli.formats.rows import ItemRow, PartRow, item_row, part_row
from resolution_cli.formats.target_rows import TargetRow, target_row
from resolution_cli.formats.tsv import cell_text
from resolution_cli.reports.listing import Listing
from resolution_cli.reports.log import Log
from resolution_cli.reports.overview import Overview
from resolution_cli.reports.standing import Standing

if TYPE_CHECKING:
    from resolution_cli.reports.chase import ChaseReport
    from resolution_cli.reports.file_items import ItemsReport
    from resolution_cli.reports.files import FilesReport
    from resolution_cli.reports.next import NextReport
    from resolution_cli.reports.targets import TargetListing

LOG_COLUMNS = ("item", "on", "at", "by", *ITEM_FACTS, "note", "evidence", "cause", "cleared")
LOG_COLUMNS_WITH_TARGETS = (*LOG_COLUMNS[:-1], "value", LOG_COLUMNS[-1])

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r'(^(?=\s*[=+\-@＝＋－＠])|;(?=[\s"]*[=+\-@＝＋－＠]))')
"""Where a spreadsheet may see a formula begin (OWASP, "CSV Injection").

Also behind a semicolon, which separates cells in countries with a decimal comma, and behind the
quotes there, which then are those of a cell.
"""


def listing(found: Listing) -> str:
    """Return a line of column names and a line an item.

    With milestones, each has a line behind its item, and columns say of which item it is a part.
    """
    if not found.has_milestones:
        return _csv(ItemRow.__struct_fields__, map(_values, map(item_row, found.standings)))
    return _csv(
        (*ItemRow.__struct_fields__, *PartRow.__struct_fields__),
        ([*_values(item_row(each)), *_part_values(each)] for each in found.standings),
    )


def targets(found: "TargetListing") -> str:
    """Return a line of column names and a line a target; the plan as one cell, year by year."""
    rows = map(target_row, found.figures.standings)
    return _csv(TargetRow.__struct_fields__, map(_target_values, rows))


def report(overview: Overview) -> str:
    """Return a line of column names and a line an item, the most urgent first.

    Of a period, more columns say what it brought to the item and to its milestones.
    """
    if overview.period:
        brought = period_item_rows(overview.period)
        names = PeriodItemRow.__struct_fields__
        return _csv(
            (*ItemRow.__struct_fields__, *names),
            (
                [*_values(item_row(each)), *(getattr(brought[each.item.id], key) for key in names)]
                for each in overview.standing.standings
            ),
        )
    return _csv(ItemRow.__struct_fields__, map(_values, map(item_row, overview.standing.standings)))


def next_report(found: "NextReport") -> str:
    """Return a line of column names and a line for each thing that the next report lacks."""
    names = LackRow.__struct_fields__
    return _csv(names, ([getattr(row, name) for name in names] for row in lack_rows(found)))


def chase(found: "ChaseReport") -> str:
    """Return a line of column names and a line for each thing to be reminded of."""
    names = ReminderRow.__struct_fields__
    return _csv(names, ([getattr(row, name) for name in names] for row in reminder_rows(found)))


def files(found: "FilesReport") -> str:
    """Return a line of column names and a line for each file that is counted; no totals.

    Where items are grouped by their tags, a line for each tag.
    """
    # One command needs them.
    from resolution_cli.formats.file_group_rows import tag_columns, tag_values  # noqa: PLC0415
    from resolution_cli.formats.file_rows import file_columns, file_values  # noqa: PLC0415

    if found.tags is not None:
        return _csv(tag_columns(), map(tag_values, found.tags))
    by = found.by
    return _csv(file_columns(found), (file_values(row, by) for row in found.rows))


def file_items(found: "ItemsReport") -> str:
    """Return a line of column names and a line an item, behind the columns of its file."""
    from resolution_cli.formats import file_item_rows  # noqa: PLC0415  # as above

    columns = file_item_rows.found_item_columns(found)
    return _csv(columns, file_item_rows.found_item_values(found))


def write_table(file: IO[bytes], row: type[Struct], batches: Iterable[Iterable[Struct]]) -> None:
    """Write a line of column names, and a line for each row of the `batches`, as they come."""
    names = row.__struct_fields__
    file.write(_csv(row.__struct_encode_fields__, ()).encode())
    for rows in batches:
        file.write(_lines([getattr(each, name) for name in names] for each in rows).encode())


def log(found: Log) -> str:
    """Return a line of column names and a line an entry: the new values of what it changed."""
    columns = LOG_COLUMNS_WITH_TARGETS if found.has_targets else LOG_COLUMNS
    return _csv(columns, (_log_values(entry.update, columns) for entry in found.entries))


def _log_values(update: Update, columns: Sequence[str]) -> list[object]:
    cleared = tuple(name for name, _old, new in update.changes() if new is None)
    return [*(getattr(update, name) for name in columns[:-1]), cleared]


def _values(row: ItemRow) -> list[object]:
    return [getattr(row, name) for name in ItemRow.__struct_fields__]


def _part_values(standing: Standing) -> list[object]:
    names = PartRow.__struct_fields__
    if not standing.parent:
        return [None for _name in names]
    part = part_row(standing)
    return [getattr(part, name) for name in names]


def _target_values(row: TargetRow) -> list[object]:
    plan = tuple(f"{year}: {value}" for year, value in row.plan.items())
    return [plan if name == "plan" else getattr(row, name) for name in row.__struct_fields__]


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return the rows as RFC 4180 has it, with the mark by which Excel knows UTF-8."""
    return _BYTE_ORDER_MARK + _lines([columns]) + _lines(rows)


def _lines(rows: Iterable[Sequence[object]]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows([_cell(value) for value in row] for row in rows)
    return stream.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return _text_cell(value) if isinstance(value, (str, tuple)) else cell_text(value)


@lru_cache(2**16)
def _text_cell(value: str | tuple[str, ...]) -> str:
    """Return a text, or several, that no spreadsheet takes for a formula; many tables repeat it."""
    return _FORMULA.sub(r"\1'", cell_text(value))
