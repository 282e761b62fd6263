"""How counts of files and of their items are said, and the table of all of them."""

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from resolution_cli import i18n
from resolution_cli.domain.values import COMPLETE
from resolution_cli.domain.verdict import Verdict
from resolution_cli.i18n import _, ngettext
from resolution_cli.reports.file_groups import By
from resolution_cli.reports.file_row import Brought, Counts, FileRow
from resolution_cli.reports.file_tags import ItemCounts
from resolution_cli.reports.files import FileGroup, FilesReport
from resolution_cli.views import words
from resolution_cli.views.columns import verdict_tone
from resolution_cli.views.document import Cell, Column, Row, Shade, Table, toned
from resolution_cli.views.texts import clean, local

PRESSING = (Verdict.OVERDUE, Verdict.BLOCKED, Verdict.DUE_SOON, Verdict.BEHIND)
"""The verdicts of which a table for a screen has a column."""


def counted(count: int, found: int) -> str:
    """Return how many of the files that were found are counted."""
    said = ngettext(
        "{counted} of {count} file counted", "{counted} of {count} files counted", found
    )
    return said.format(counted=i18n.number(count), count=i18n.number(found))


def number_cell(value: int) -> Cell:
    """Return a number."""
    return Cell(i18n.number(value), value=value)


def verdict_columns(counts: ItemCounts, verdicts: Iterable[Verdict]) -> Iterator[Column]:
    """Yield a column for each verdict; a screen leaves out those that no item has."""
    for verdict in verdicts:
        name, is_detail = words.verdict_name(verdict), not counts.by_verdict[verdict]
        yield Column(name, width=9, is_number=True, is_detail=is_detail)


def verdict_cell(verdict: Verdict, counts: ItemCounts) -> Cell:
    """Return how many items have a verdict, in its colour where there are some."""
    items = counts.by_verdict[verdict]
    tone = verdict_tone(verdict) if items and verdict in PRESSING else None
    return Cell(toned(i18n.number(items), tone=tone), value=items)


def shaded_cell(verdict: Verdict, counts: ItemCounts) -> Cell:
    """Return how many items have a verdict, on a ground of their share of all items."""
    items = counts.by_verdict[verdict]
    shade = Shade(items * COMPLETE / counts.items, verdict_tone(verdict)) if items else None
    return Cell(i18n.number(items), value=items, shade=shade)


def met(counts: Counts) -> str:
    """Return how many targets of how many are met."""
    of_all = i18n.number(counts.targets)
    return f"{i18n.number(counts.targets_met)}/{of_all}" if counts.targets else "–"


def average(counts: ItemCounts) -> str:
    """Return the mean progress of the items in force, and how many these are."""
    mean = counts.average_progress
    if mean is None:
        return "–"
    return _("{percent} of {total}").format(
        percent=words.percent(mean), total=i18n.number(counts.in_force)
    )


def average_cell(counts: ItemCounts) -> Cell:
    """Return the same for a column, whose head says of what it is: `average_head`."""
    mean = counts.average_progress
    if mean is None:
        return Cell("–", is_absent=True)
    said = _("{percent} of {number}")
    return Cell(said.format(percent=words.percent(mean), number=i18n.number(counts.in_force)))


def average_head() -> str:
    """Return the head of such a column."""
    return _("progress of items")


def items_line(counts: ItemCounts) -> list[str]:
    """Return how many items there are, and how many of them are pressing."""
    items = ngettext("{count} item", "{count} items", counts.items)
    pressing = [
        f"{words.verdict_name(verdict)} {i18n.number(counts.by_verdict[verdict])}"
        for verdict in PRESSING
        if counts.by_verdict[verdict]
    ]
    return [items.format(count=i18n.number(counts.items)), *pressing]


def average_line(counts: ItemCounts) -> list[str]:
    """Return the mean progress behind its name, if any item is in force."""
    return [_("average {average}").format(average=average(counts))] if counts.in_force else []


def counts_line(counts: Counts) -> str:
    """Return counts in a line: the items, those that are pressing, targets and average."""
    targets = [_("targets met {met}").format(met=met(counts))] if counts.targets else []
    return ", ".join((*items_line(counts), *targets, *average_line(counts)))


def brought_heads(brought: Brought | None) -> tuple[str, ...]:
    """Return the heads of the columns of what a period brought; none without a period."""
    return (_("completed"), _("became overdue"), _("news")) if brought else ()


def brought_cells(brought: Brought | None) -> Iterator[Cell]:
    """Yield the cells of these columns."""
    if brought:
        yield from map(number_cell, (brought.completed, brought.became_overdue, brought.news))


def brought_line(brought: Brought | None) -> Iterator[str]:
    """Yield what a period brought as a line, if it is of a period."""
    if brought:
        said = _("in the period: completed {completed}, became overdue {overdue}, news {news}")
        yield said.format(
            completed=i18n.number(brought.completed),
            overdue=i18n.number(brought.became_overdue),
            news=i18n.number(brought.news),
        )


def group_name(group: FileGroup) -> str:
    """Return the name of a group of files; a dash for those without one."""
    return clean(local(group.name)) or "–"


def group_columns(by: By | None) -> tuple[Column, ...]:
    """Return the column of the groups of files, which a screen has as heads; none without them."""
    if by is None:
        return ()
    head = clean(by.name)
    if by.values is None:
        head = {"superior": _("superior body"), "term": _("term")}[by.name]
    return (Column(head, width=20, is_detail=True),)


def group_cells(report: FilesReport, name: str = "") -> tuple[Cell, ...]:
    """Return the cell of the group of a row; none where files are not grouped."""
    return (Cell(name),) if report.groups else ()


def rows_by_group(
    report: FilesReport,
    row: Callable[[int, FileRow, str], Row],
    total: Callable[[str, Counts, Brought | None, str], Row],
) -> tuple[Row, ...]:
    """Return a row for each file and one for the total; by group, also one for each group's total.

    Args:
        report: the files.
        row: returns the row of a file, by its number and the name of its group.
        total: returns the row of sums, by what they are of and the name of the group.

    """
    whole = total(_("total"), report.totals, report.brought, "")
    if not report.groups:
        return (*(row(number, each, "") for number, each in enumerate(report.rows, 1)), whole)
    rows, number = [], 0
    for group in report.groups:
        name = group_name(group)
        head = f"{name}: {counted(len(group.rows), group.found)}"
        found = []
        for each in group.rows:
            number += 1
            found.append(row(number, each, name))
        said = _("total of {group}").format(group=name)
        found.append(total(said, group.totals, group.brought, name))
        rows += [replace(each, group=head) for each in found]
    return (*rows, whole)


def counts_table(report: FilesReport) -> Table:
    """Return all counts of each file: those by verdict add up to its items.

    Each of these is on a ground by its share of the items, a map of the files by verdict.
    """
    heads = (
        *map(words.verdict_name, Verdict),
        _("items"),
        _("progress"),
        _("items in force"),
        _("milestones"),
        _("targets met"),
        _("targets"),
    )
    columns = (
        Column(_("no."), width=6, is_number=True, is_whole=True, is_detail=True),
        *group_columns(report.by if report.groups else None),
        Column(_("body"), width=30, is_detail=True),
        Column(_("file"), width=24, is_detail=True),
        *(Column(head, width=10, is_number=True, is_detail=True) for head in heads),
    )

    def row(number: int, file: FileRow, group: str) -> Row:
        named = (Cell(clean(local(file.body))), Cell(clean(str(file.path))))
        cells = (number_cell(number), *group_cells(report, group), *named)
        return Row((*cells, *_count_cells(file.counts)))

    def total(said: str, counts: Counts, _brought: Brought | None, group: str) -> Row:
        cells = (Cell(value=None), *group_cells(report, group), Cell(said), Cell(value=None))
        return Row((*cells, *_count_cells(counts)), is_total=True)

    return Table(columns, rows_by_group(report, row, total), name=_("Counts"), is_wide=True)


def _count_cells(counts: Counts) -> Iterator[Cell]:
    yield from (shaded_cell(verdict, counts) for verdict in Verdict)
    yield number_cell(counts.items)
    yield share_cell(counts)
    yield number_cell(counts.in_force)
    yield number_cell(counts.milestones)
    yield number_cell(counts.targets_met)
    yield number_cell(counts.targets)


def share_cell(counts: ItemCounts) -> Cell:
    """Return the mean progress of the items in force, of which another column has the number."""
    mean = counts.average_progress
    share = None if mean is None else words.percentage_shown(mean) / COMPLETE
    return Cell("–" if mean is None else words.percent(mean), value=share)
