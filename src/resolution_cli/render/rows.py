"""Items and entries of the diary as lines of text: CSV for spreadsheets, tab-separated text and ids for scripts.

The names of the columns and the words are the same in every language.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

from resolution_cli.domain.model import FACTS, Update
from resolution_cli.render.data import ItemRow, item_row
from resolution_cli.render.texts import clean, local
from resolution_cli.report import Diary, Listing, Overview, Standing

TSV_COLUMNS = ("id", "kind", "title", "status", "progress", "due", "lead", "verdict")
LOG_COLUMNS = ("item", "on", "at", "by", *FACTS, "note", "evidence", "cause", "cleared")

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r'(^(?=\s*[=+\-@＝＋－＠])|;(?=[\s"]*[=+\-@＝＋－＠]))')
"""Where a spreadsheet may see a formula begin (OWASP, "CSV Injection"): also behind a semicolon, which parts cells in
countries where a comma parts decimals, and behind the quotes there, which then are those of a
cell."""


def csv_items(listing: Listing) -> str:
    """Return a line of column names and a line an item."""
    return _csv(ItemRow.__struct_fields__, map(_values, map(item_row, listing.standings)))


def csv_report(overview: Overview) -> str:
    """Return a line of column names and a line an item, the most pressing first."""
    return _csv(ItemRow.__struct_fields__, map(_values, map(item_row, overview.standing.standings)))


def csv_log(diary: Diary) -> str:
    """Return a line of column names and a line an entry: the new values of the facts that it changed or cleared."""
    return _csv(LOG_COLUMNS, map(_log_values, diary.updates))


def tsv_items(listing: Listing) -> str:
    """Return a line of column names and a line an item, its values parted by tabs; none holds a tab or a line's end."""
    rows = [TSV_COLUMNS, *map(_tsv_values, listing.standings)]
    return "".join(["\t".join(map(_text, row)) + "\n" for row in rows])


def ids(listing: Listing) -> str:
    """Return the ids, a line each."""
    return "".join(f"{standing.item.id}\n" for standing in listing.standings)


def _tsv_values(standing: Standing) -> tuple[object, ...]:
    item = standing.item
    facts = (
        item.id,
        item.kind,
        local(item.title),
        item.present_status,
        item.present_progress,
        item.due,
        item.lead,
    )
    return (*facts, standing.judgement.verdict)


def _log_values(update: Update) -> list[object]:
    cleared = tuple(name for name, _old, new in update.changes() if new is None)
    return [*(getattr(update, name) for name in LOG_COLUMNS[:-1]), cleared]


def _values(row: ItemRow) -> list[object]:
    return [getattr(row, name) for name in ItemRow.__struct_fields__]


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return the rows as RFC 4180 has it, with the mark by which Excel knows UTF-8."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return _BYTE_ORDER_MARK + stream.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return _FORMULA.sub(r"\1'", _text(value))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):  # an instant is one too
        return value.isoformat()
    return clean("; ".join(value)) if isinstance(value, tuple) else clean(str(value))
