"""The view of `tracker overview` with a condition: the items of many files that meet it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from resolution_cli import i18n
from resolution_cli.i18n import _, ngettext
from resolution_cli.reports.file_items import FileItems, ItemsReport
from resolution_cli.reports.standing import Standing
from resolution_cli.views import words
from resolution_cli.views.columns import due_remark, item_table, narrow_row, verdict_cell
from resolution_cli.views.document import (
    Block,
    Cell,
    Column,
    Document,
    Paragraph,
    Row,
    Table,
    Words,
    toned,
)
from resolution_cli.views.file_counts import counted, group_columns, group_name, number_cell
from resolution_cli.views.files import file_subtitle, uncounted_blocks
from resolution_cli.views.texts import clean, local

_COLUMNS = ("id", "title", "kind", "lead", "status", "progress", "verdict", "due")
_DETAILS = ("kind", "status")
"""What a screen leaves out."""

_InGroup: TypeAlias = tuple[FileItems, str]
"""What is listed of a file, and the name of its group, which is empty without one."""


def document(report: ItemsReport) -> Document:
    """Return the items file by file, and how many of how many are listed.

    A file that is written also has a table of these numbers, and names what is not counted.
    """
    files = report.files
    return Document(
        title=counted(len(files.rows), files.found),
        subtitle=(_listed(report.found, report), *file_subtitle(files)),
        blocks=tuple(_blocks(report)),
    )


def _listed(files: Sequence[FileItems], report: ItemsReport) -> str:
    """Return how many of the items, and of the milestones if they are asked for, are listed."""
    count, total = sum(each.count for each in files), sum(each.row.counts.items for each in files)
    said = ngettext("{count} of {total} item", "{count} of {total} items", total)
    items = said.format(count=i18n.number(count), total=i18n.number(total))
    if not report.has_milestones:
        return items
    count = sum(each.milestone_count for each in files)
    total = sum(each.row.counts.milestones for each in files)
    said = ngettext("{count} of {total} milestone", "{count} of {total} milestones", total)
    return f"{items}, {said.format(count=i18n.number(count), total=i18n.number(total))}"


def _blocks(report: ItemsReport) -> Iterator[Block]:
    in_order = _with_groups(report)
    if found := [(each, group) for each, group in in_order if each.items]:
        yield _items(report, found)
        yield from due_remark(_standings(each for each, _group in found))
    else:
        yield Paragraph(_("No item matches."))
    if report.files.groups:
        yield _by_group(report)
    if report.files.rows:
        yield _by_file(report, in_order)
    yield from uncounted_blocks(report.files.uncounted, report.files.index)


def _with_groups(report: ItemsReport) -> list[_InGroup]:
    """Return what is listed of each file with the name of its group, in the order of these."""
    if not report.groups:
        return [(each, "") for each in report.found]
    groups = zip(report.files.groups, report.groups, strict=True)
    return [(each, group_name(group)) for group, files in groups for each in files]


def _standings(files: Iterable[FileItems]) -> list[Standing]:
    return [item.standing for each in files for item in each.items]


def _items(report: ItemsReport, found: Sequence[_InGroup]) -> Table:
    """Return the items; on a screen below a head for each file, else behind columns for it."""
    standings = _standings(each for each, _group in found)
    table = item_table(_COLUMNS, standings, _narrow, _DETAILS)
    by = report.files.by
    columns = (
        *group_columns(by),
        Column(_("body"), width=30, is_detail=True),
        Column(_("file"), width=24, is_detail=True),
        *table.columns,
    )
    rows = iter(table.rows)
    return replace(table, columns=columns, rows=tuple(_rows(report, found, rows)))


def _rows(report: ItemsReport, found: Sequence[_InGroup], rows: Iterator[Row]) -> Iterator[Row]:
    for file, group in found:
        body, path = clean(local(file.row.body)), clean(str(file.path))
        of_group = (Cell(group),) if report.files.groups else ()
        head = f"{body} ({path}): {_listed([file], report)}"
        for _item in file.items:
            row = next(rows)
            cells = (*of_group, Cell(body), Cell(path), *row.cells)
            named = f"{group} · {head}" if group else head
            yield replace(row, cells=cells, group=named)


def _by_group(report: ItemsReport) -> Table:
    """Return how many items of how many are listed of each group, with their total."""
    heads = _count_heads(report)
    columns = (
        replace(group_columns(report.files.by)[0], is_detail=False),
        Column(_("files"), width=10, is_number=True),
        *(Column(head, width=10, is_number=True) for head in heads),
    )
    rows = [
        Row((Cell(group_name(group)), *_counts(files, report)))
        for group, files in zip(report.files.groups, report.groups, strict=True)
    ]
    total = Row((Cell(_("total")), *_counts(report.found, report)), is_total=True)
    return Table(columns, (*rows, total), name=_("Groups"))


def _by_file(report: ItemsReport, files: Sequence[_InGroup]) -> Table:
    """Return the same of each file, for a file."""
    columns = (
        Column(_("no."), width=6, is_number=True, is_whole=True, is_detail=True),
        *group_columns(report.files.by),
        Column(_("body"), width=36, is_detail=True),
        Column(_("file"), width=30, is_detail=True),
        *(Column(head, width=10, is_number=True, is_detail=True) for head in _count_heads(report)),
    )
    has_groups = bool(report.files.groups)
    rows = []
    for number, (each, group) in enumerate(files, 1):
        of_group = (Cell(group),) if has_groups else ()
        named = (Cell(clean(local(each.row.body))), Cell(clean(str(each.path))))
        rows.append(Row((number_cell(number), *of_group, *named, *_counts([each], report)[1:])))
    of_group = (Cell(value=None),) if has_groups else ()
    named = (Cell(value=None), *of_group, Cell(_("total")), Cell(value=None))
    total = Row((*named, *_counts(report.found, report)[1:]), is_total=True)
    return Table(columns, (*rows, total), name=_("Counts"), is_wide=True)


def _count_heads(report: ItemsReport) -> tuple[str, ...]:
    heads = (_("items listed"), _("items"))
    return (*heads, _("milestones listed"), _("milestones")) if report.has_milestones else heads


def _counts(files: Sequence[FileItems], report: ItemsReport) -> tuple[Cell, ...]:
    """Return how many files there are, and how many of their items are listed of how many."""
    numbers = [
        len(files),
        sum(each.count for each in files),
        sum(each.row.counts.items for each in files),
    ]
    if report.has_milestones:
        numbers.append(sum(each.milestone_count for each in files))
        numbers.append(sum(each.row.counts.milestones for each in files))
    return tuple(map(number_cell, numbers))


def _narrow(standing: Standing) -> Words:
    """Return what a narrow screen shows of an item: how it stands, and its lead unit."""
    lead = f"\n{words.fact('lead', standing.lead)}" if standing.lead else ""
    return toned(narrow_row(standing, verdict_cell(standing).words), lead)
