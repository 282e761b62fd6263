"""The view of `tracker overview`: many files, a row each, and their totals."""

from collections.abc import Iterable, Iterator
from itertools import count

from resolution_cli import i18n
from resolution_cli.domain.values import COMPLETE
from resolution_cli.domain.verdict import Verdict
from resolution_cli.i18n import _, ngettext
from resolution_cli.reports.file_row import Brought, Counts, FileRow, Pressing, UncountedFile
from resolution_cli.reports.files import FilesReport
from resolution_cli.views import words
from resolution_cli.views.columns import verdict_tone
from resolution_cli.views.document import (
    Block,
    Cell,
    Column,
    Document,
    Row,
    Table,
    Tone,
    Words,
    strong,
    toned,
)
from resolution_cli.views.texts import clean, local

_PRESSING = (Verdict.OVERDUE, Verdict.BLOCKED, Verdict.DUE_SOON, Verdict.BEHIND)
"""The verdicts of which the first table has a column."""


def document(report: FilesReport) -> Document:
    """Return how many of the files are counted, and a table of them with their totals.

    A file that is written also has all counts, a row a file, and names what is not counted; a
    screen has that on stderr.
    """
    return Document(
        title=_counted(report),
        subtitle=tuple(_subtitle(report)),
        blocks=tuple(_blocks(report)),
    )


def _counted(report: FilesReport) -> str:
    said = ngettext(
        "{counted} of {count} file counted", "{counted} of {count} files counted", report.found
    )
    return said.format(counted=i18n.number(len(report.rows)), count=i18n.number(report.found))


def _subtitle(report: FilesReport) -> Iterator[Words]:
    """Yield the period and the day; where they are not the same in all files, that they differ."""
    periods = report.periods
    if len(periods) == 1:
        yield strong(_("Period {period}").format(period=words.period_in_short(periods[0])))
    elif periods:
        said = _("Period from {start} to {end}; its days differ by term and cut-off day")
        first, last = periods[0].start, max(period.end for period in periods)
        yield strong(said.format(start=i18n.day(first), end=i18n.day(last)))
    if any(period.end > report.as_of for period in periods):
        yield words.not_over(report.as_of)
    if len({row.as_of for row in report.rows}) <= 1:
        yield _("As of {day}").format(day=i18n.day(report.as_of))


def _blocks(report: FilesReport) -> Iterator[Block]:
    if report.rows:
        yield _files(report)
        yield _counts(report)
    if report.outside_term:
        yield _outside_term(report.outside_term)
    if report.uncounted:
        yield _uncounted(report.uncounted)


def _files(report: FilesReport) -> Table:
    totals = report.totals
    columns = (
        Column(_("no."), width=6, is_number=True, is_whole=True),
        Column(_("body"), width=36),
        Column(_("items"), width=7, is_number=True),
        *(Column(head, width=9, is_number=True) for head in _brought_heads(report.brought)),
        *_verdict_columns(totals, _PRESSING),
        Column(_("targets met"), width=9, is_number=True),
        Column(_("progress"), width=12, is_number=True, is_whole=True),
        Column(_("days silent"), width=9, is_number=True),
        Column(_("most pressing"), width=40),
    )
    counted = _file_cells(totals, report.brought)
    total = (Cell(value=None), Cell(_("total")), *counted, Cell(), Cell())
    narrow = "\n".join((_("total"), _counts_line(totals), *_brought_line(report.brought)))
    rows = (*map(_row, count(1), report.rows), Row(total, is_total=True, narrow=narrow))
    return Table(columns, rows, name=_("Files"), is_wide=True)


def _row(number: int, row: FileRow) -> Row:
    days = row.days_since_news
    cells = (
        _number(number),
        Cell(clean(local(row.body))),
        *_file_cells(row.counts, _brought(row)),
        Cell("–" if days is None else i18n.number(days), value=days, is_absent=days is None),
        _pressing_cell(row.pressing),
    )
    return Row(cells, narrow=_narrow(row))


def _file_cells(counts: Counts, brought: Brought | None) -> Iterator[Cell]:
    yield _number(counts.items)
    yield from _brought_cells(brought)
    yield from (_verdict_cell(verdict, counts) for verdict in _PRESSING)
    yield Cell(_met(counts))
    yield Cell(_average(counts))


def _brought(row: FileRow) -> Brought | None:
    return row.covered.brought if row.covered else None


def _brought_heads(brought: Brought | None) -> tuple[str, ...]:
    """Return the heads of the columns of what a period brought; none without a period."""
    return (_("completed"), _("became overdue"), _("news")) if brought else ()


def _brought_cells(brought: Brought | None) -> Iterator[Cell]:
    if brought:
        yield from map(_number, (brought.completed, brought.became_overdue, brought.news))


def _brought_line(brought: Brought | None) -> Iterator[str]:
    """Yield what a period brought as a line, if it is of a period."""
    if brought:
        said = _("in the period: completed {completed}, became overdue {overdue}, news {news}")
        yield said.format(
            completed=i18n.number(brought.completed),
            overdue=i18n.number(brought.became_overdue),
            news=i18n.number(brought.news),
        )


def _verdict_columns(totals: Counts, verdicts: Iterable[Verdict]) -> Iterator[Column]:
    """Yield a column for each verdict; a screen leaves out those that no item has."""
    for verdict in verdicts:
        name, is_detail = words.verdict_name(verdict), not totals.by_verdict[verdict]
        yield Column(name, width=9, is_number=True, is_detail=is_detail)


def _verdict_cell(verdict: Verdict, counts: Counts) -> Cell:
    items = counts.by_verdict[verdict]
    tone = verdict_tone(verdict) if items and verdict in _PRESSING else None
    return Cell(toned(i18n.number(items), tone=tone), value=items)


def _counts(report: FilesReport) -> Table:
    """Return all counts of each file: those by verdict add up to its items."""
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
        Column(_("file"), width=30, is_detail=True),
        *(Column(head, width=7, is_number=True, is_detail=True) for head in heads),
    )
    rows = (
        Row((_number(number), Cell(clean(str(row.path))), *_count_cells(row.counts)))
        for number, row in enumerate(report.rows, 1)
    )
    total = (Cell(value=None), Cell(_("total")), *_count_cells(report.totals))
    return Table(columns, (*rows, Row(total, is_total=True)), name=_("Counts"), is_wide=True)


def _count_cells(counts: Counts) -> Iterator[Cell]:
    yield from (_verdict_cell(verdict, counts) for verdict in Verdict)
    yield _number(counts.items)
    average = counts.average_progress
    share = None if average is None else average / COMPLETE
    yield Cell("–" if average is None else words.percent(average), value=share)
    yield _number(counts.in_force)
    yield _number(counts.milestones)
    yield _number(counts.targets_met)
    yield _number(counts.targets)


def _outside_term(rows: Iterable[FileRow]) -> Table:
    columns = (
        Column(_("file"), width=30, is_detail=True),
        Column(_("term"), width=24, is_detail=True),
        Column(_("period"), width=24, is_detail=True),
    )
    cells = (
        (clean(str(row.path)), words.period(row.term), words.period(row.covered.period))
        for row in rows
        if row.covered
    )
    name = _("Partly outside the term")
    return Table(columns, tuple(Row(tuple(map(Cell, each))) for each in cells), name, is_wide=True)


def _uncounted(files: Iterable[UncountedFile]) -> Table:
    columns = (
        Column(_("file"), width=30, is_detail=True),
        Column(_("not counted because"), width=80, is_detail=True),
    )
    rows = (
        Row((Cell(clean(str(file.path))), Cell("\n".join(map(clean, _problems(file))))))
        for file in files
    )
    return Table(columns, tuple(rows), name=_("Not counted"), is_wide=True)


def _problems(file: UncountedFile) -> list[str]:
    """Return what is wrong with a file, a line each, without its path."""
    return [line.removeprefix(f"{file.path}: ") for line in file.message.splitlines()]


def _number(value: int) -> Cell:
    return Cell(i18n.number(value), value=value)


def _met(counts: Counts) -> str:
    met, of_all = i18n.number(counts.targets_met), i18n.number(counts.targets)
    return f"{met}/{of_all}" if counts.targets else "–"


def _average(counts: Counts) -> str:
    """Return the mean progress of the items in force, and how many these are."""
    average = counts.average_progress
    if average is None:
        return "–"
    return _("{percent} of {total}").format(
        percent=words.percent(average), total=i18n.number(counts.in_force)
    )


def _pressing_cell(found: Pressing | None) -> Cell:
    return Cell(_pressing(found), is_absent=found is None)


def _pressing(found: Pressing | None) -> Words:
    if found is None:
        return toned("–", tone=Tone.MUTED)
    judged = found.judgement
    state = toned(words.judgement(judged), tone=verdict_tone(judged.verdict))
    title = clean(local(found.title))
    if found.part_of:
        title = _("{title} (of {item})").format(title=title, item=found.part_of)
    return toned(strong(found.id), f" {title}: ", state)


def _narrow(row: FileRow) -> Words:
    """Return what a screen too narrow for columns shows of a file behind its number."""
    days = row.days_since_news
    news = _("no news yet")
    if days is not None:
        said = ngettext("last news {count} day ago", "last news {count} days ago", days)
        news = said.format(count=i18n.number(days))
    lines = "\n".join((_counts_line(row.counts), *_brought_line(_brought(row)), news))
    return toned(clean(local(row.body)), f"\n{lines}\n", _pressing(row.pressing))


def _counts_line(counts: Counts) -> str:
    """Return counts in a line: the items, those that are pressing, targets and average."""
    items = ngettext("{count} item", "{count} items", counts.items)
    parts = [items.format(count=i18n.number(counts.items))]
    parts += [
        f"{words.verdict_name(verdict)} {i18n.number(counts.by_verdict[verdict])}"
        for verdict in _PRESSING
        if counts.by_verdict[verdict]
    ]
    if counts.targets:
        parts.append(_("targets met {met}").format(met=_met(counts)))
    if counts.in_force:
        parts.append(_("average {average}").format(average=_average(counts)))
    return ", ".join(parts)
