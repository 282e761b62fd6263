"""An office's own tables of tasks or targets in a workbook, with what is wrong with their heads.

What their rows mean for the plan is `domain.plan_import`.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from resolution_cli import i18n
from resolution_cli.domain.plan_columns import PLAN, Column, PlanTable, SheetRow, column_name
from resolution_cli.domain.values import EntryKind
from resolution_cli.errors import Fault, WorkbooksRefused
from resolution_cli.exchange import head_words, workbook
from resolution_cli.exchange.cells import Sheet, Value, address, letters
from resolution_cli.exchange.heads import (
    MOST_HEAD_ROWS,
    MOST_ROWS,
    Head,
    heads_of,
    row_of,
    text_of,
)
from resolution_cli.exchange.plan_rows import Rows, with_items
from resolution_cli.i18n import _
from resolution_cli.shell import command_line
from resolution_cli.views.texts import clean

MOST_MERGED = 5_000
"""Merged cells of a sheet at most."""

_MOST_SHOWN = 12
"""Heads that a message lists at most."""

Map = Mapping[str, str]
"""The columns that a person named, by their heads."""


def tables(path: Path, mapped: Map) -> tuple[list[PlanTable], list[tuple[str, str]]]:
    """Return the tables of the workbook at `path`, and its other sheets, each with the reason.

    Args:
        path: the workbook.
        mapped: the columns that a person named, by their heads.

    Raises:
        WorkbooksRefused: it cannot be read, no sheet has a head, or a head is not clear.

    """
    sheets = [sheet for sheet in workbook.read(path) if sheet.rows]
    shown = [sheet for sheet in sheets if not sheet.is_hidden]
    without = [(sheet.name, _("it is hidden")) for sheet in sheets if sheet.is_hidden]
    faults = [fault for sheet in shown for fault in _faults_of_size(path, sheet)]
    heads = {sheet.name: (sheet, heads_of(sheet, mapped)) for sheet in shown if not faults}
    for sheet, found in heads.values():
        if not found:
            without.append((sheet.name, _("it has no row of heads")))
        faults += [fault for head in found for fault in _faults(path, sheet, head)]
    all_heads = [head for _sheet, found in heads.values() for head in found]
    if not (faults or all_heads):
        faults.append(_no_head(path, shown))
    faults += _unknown_heads(path, all_heads, mapped)
    if faults:
        raise WorkbooksRefused(faults)
    return [
        table for sheet, found in heads.values() for table in _tables(path, sheet, found)
    ], without


def _faults(path: Path, sheet: Sheet, head: Head) -> Iterator[Fault]:
    """Yield what is not clear in a head: two columns for one thing."""
    for column in dict.fromkeys(head.columns.values()):
        numbers = head.of(column)
        if len(numbers) > 1:
            names = [f"{letters(number)} “{said(head.texts[number])}”" for number in numbers]
            message = _("{count} columns could be “{column}”: {names}").format(
                count=len(numbers), column=column_name(column), names=", ".join(names)
            )
            option = command_line("--map", f"{said(head.texts[numbers[0]])}={column}")
            hint = _("Say which one it is, such as {option}").format(option=option)
            yield Fault(path, message, sheet.name, address(head.last, numbers[0]), hint)


def _faults_of_size(path: Path, sheet: Sheet) -> Iterator[Fault]:
    """Yield that a sheet is larger than any plan."""
    for count, most, message in (
        (sum(map(any, sheet.rows)), MOST_ROWS, _("{count} rows; at most {most} are taken at once")),
        (len(sheet.merged), MOST_MERGED, _("{count} merged cells; at most {most} are read")),
    ):
        if count > most:
            said = message.format(count=i18n.number(count), most=i18n.number(most))
            yield Fault(path, said, sheet.name, hint=_("Divide it into several workbooks."))


def _no_head(path: Path, sheets: Sequence[Sheet]) -> Fault:
    """Return the fault of a workbook in which no sheet has a head."""
    message = _(
        "no sheet has a row of heads in its first {count} rows: one column with titles (nội dung, "
        "nhiệm vụ, chỉ tiêu, task, target), and one more, such as đơn vị chủ trì, thời hạn, sản "
        "phẩm, đơn vị tính, kế hoạch 2027"
    ).format(count=MOST_HEAD_ROWS)
    texts = [text for sheet in sheets for text in _like_heads(sheet)][:_MOST_SHOWN]
    if texts:
        message = _("{message}; found: {texts}").format(message=message, texts=", ".join(texts))
    option = command_line("--map", f"{texts[0] if texts else '…'}=title")
    return Fault(
        path, message, hint=_("Name the column with the titles: {option}").format(option=option)
    )


def _like_heads(sheet: Sheet) -> list[str]:
    """Return the texts of the first row with several, which may be a head."""
    for row in range(min(MOST_HEAD_ROWS, len(sheet.rows))):
        texts = [
            said(value)
            for _column, value in row_of(sheet, row)
            if isinstance(value, str) and len(value) <= head_words.LONGEST
        ]
        if len(texts) > 1:
            return texts
    return []


def _unknown_heads(path: Path, heads: Sequence[Head], mapped: Map) -> Iterator[Fault]:
    """Yield the heads that a person named and no table has."""
    texts = dict.fromkeys(text for head in heads for text in head.texts.values())
    known = {
        head_words.form_of(each) for text in texts for each in (text, text.rpartition("\n")[2])
    }
    for name in mapped:
        if texts and head_words.form_of(name) not in known:
            message = _("no column has the head “{name}”; there are: {names}").format(
                name=name, names=", ".join(map(said, [*texts][:_MOST_SHOWN]))
            )
            yield Fault(path, message, hint=_("Write the head with --map as it stands there."))


def _tables(path: Path, sheet: Sheet, heads: Sequence[Head]) -> Iterator[PlanTable]:
    """Yield the tables of a sheet; a head that is there again does not begin another one."""
    starts = [
        head
        for before, head in pairwise((None, *heads))
        if head and not (before and before.columns == head.columns)
    ]
    for head, following in pairwise((*starts, None)):
        end = following.first if following else len(sheet.rows)
        again = [each for each in heads if head and head.first < each.first < end]
        if head:
            yield _table(path, sheet, head, again, end)


def _table(path: Path, sheet: Sheet, head: Head, again: Sequence[Head], end: int) -> PlanTable:
    """Return the table below a head, up to the row `end`; the head is there `again` in between."""
    rows = Rows(sheet, head)
    found: list[SheetRow] = []
    left_out: list[tuple[int, str]] = []
    of_heads = {row for each in again for row in range(each.first, each.last + 1)}
    for row in filter(rows.has_anything, range(head.last + 1, end)):
        if row in of_heads:
            left_out.append((row + 1, _("the head once more")))
        elif rows.numbers_columns(row) and not found:
            left_out.append((row + 1, _("it numbers the columns")))
        else:
            found += rows.of(row)
    title = head.texts[head.of(Column.TITLE)[0]]
    has_figures = any(
        each == Column.UNIT or each.startswith(PLAN) for each in head.columns.values()
    )
    return PlanTable(
        workbook=path.name,
        sheet=sheet.name,
        head=(head.first + 1, head.last + 1),
        columns=tuple(
            (letters(number), said(head.texts[number]), column)
            for number, column in sorted(head.columns.items())
        ),
        unused=tuple(
            (letters(number), said(text))
            for number, text in sorted(head.texts.items())
            if number not in head.columns
        ),
        rows=tuple(with_items(found)),
        left_out=tuple(left_out),
        kind=head_words.kind_of(title) or (EntryKind.TARGET if has_figures else EntryKind.TASK),
        language="en" if head_words.is_english(title) else "vi",
    )


def said(value: Value) -> str:
    """Return a value in one line that can be shown."""
    return clean(" ".join(text_of(value).split()))
