"""The table of the items of many files by their tags."""

from collections.abc import Iterator, Sequence

from resolution_cli import i18n
from resolution_cli.domain.verdict import Verdict
from resolution_cli.i18n import _, ngettext
from resolution_cli.reports.file_tags import ItemCounts, TagRow
from resolution_cli.views.document import Block, Cell, Column, Paragraph, Row, Table, muted
from resolution_cli.views.file_counts import (
    PRESSING,
    average_cell,
    average_head,
    average_line,
    items_line,
    number_cell,
    shaded_cell,
    share_cell,
    verdict_cell,
    verdict_columns,
)
from resolution_cli.views.texts import clean


def tag_blocks(rows: Sequence[TagRow], totals: ItemCounts, files: int) -> Iterator[Block]:
    """Yield a table of tags, a row each, with the total of all items, and all their counts.

    Args:
        rows: the tags.
        totals: the counts of all items, each counted once.
        files: how many files they are of.

    """
    yield _tags(rows, totals, files)
    counted = sum(row.counts.items for row in rows)
    if counted > totals.items:
        yield Paragraph(muted(_counted_again(counted - totals.items)))
    yield _counts(rows, totals, files)


def _counted_again(count: int) -> str:
    said = ngettext(
        "The rows have {count} item more than the total: an item with several tags is counted "
        "with each, and once in the total.",
        "The rows have {count} items more than the total: an item with several tags is counted "
        "with each, and once in the total.",
        count,
    )
    return said.format(count=i18n.number(count))


def _tags(rows: Sequence[TagRow], totals: ItemCounts, files: int) -> Table:
    columns = (
        Column(_("no."), width=6, is_number=True, is_whole=True),
        Column(_("tag"), width=30),
        Column(_("files"), width=8, is_number=True),
        Column(_("items"), width=8, is_number=True),
        *verdict_columns(totals, PRESSING),
        Column(average_head(), width=14, is_number=True),
    )

    def cells(name: str, counts: ItemCounts, files: int) -> tuple[Cell, ...]:
        verdicts = (verdict_cell(verdict, counts) for verdict in PRESSING)
        numbers = (number_cell(files), number_cell(counts.items), *verdicts)
        return (Cell(name), *numbers, average_cell(counts))

    found = [
        Row(
            (number_cell(number), *cells(_name(row), row.counts, row.files)),
            narrow=_narrow(_name(row), row.counts, row.files),
        )
        for number, row in enumerate(rows, 1)
    ]
    total = Row(
        (Cell(value=None), *cells(_("total"), totals, files)),
        is_total=True,
        narrow=_narrow(_("total"), totals, files),
    )
    return Table(columns, (*found, total), name=_("Tags"), is_wide=True)


def _counts(rows: Sequence[TagRow], totals: ItemCounts, files: int) -> Table:
    columns = (
        Column(_("tag"), width=30, is_detail=True),
        Column(_("files"), width=10, is_number=True, is_detail=True),
        *(
            Column(column.head, width=10, is_number=True, is_detail=True)
            for column in verdict_columns(totals, Verdict)
        ),
        Column(_("items"), width=10, is_number=True, is_detail=True),
        Column(_("progress"), width=10, is_number=True, is_detail=True),
        Column(_("items in force"), width=10, is_number=True, is_detail=True),
    )

    def cells(name: str, counts: ItemCounts, files: int) -> tuple[Cell, ...]:
        verdicts = (shaded_cell(verdict, counts) for verdict in Verdict)
        sums = (number_cell(counts.items), share_cell(counts), number_cell(counts.in_force))
        return (Cell(name), number_cell(files), *verdicts, *sums)

    found = (Row(cells(_name(row), row.counts, row.files)) for row in rows)
    total = Row(cells(_("total"), totals, files), is_total=True)
    return Table(columns, (*found, total), name=_("Counts"), is_wide=True)


def _name(row: TagRow) -> str:
    return clean(row.tag) or _("without a tag")


def _narrow(name: str, counts: ItemCounts, files: int) -> str:
    """Return what a screen too narrow for columns shows of a tag behind its number."""
    said = ngettext("in {count} file", "in {count} files", files)
    in_files = said.format(count=i18n.number(files))
    return f"{name}\n" + ", ".join((*items_line(counts), in_files, *average_line(counts)))
