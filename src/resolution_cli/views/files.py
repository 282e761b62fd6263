"""The view of `tracker overview`: many files, a row each, and their totals."""

from collections.abc import Iterable, Iterator

from resolution_cli import i18n
from resolution_cli.i18n import _, ngettext
from resolution_cli.reports.file_groups import FileIndex
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
from resolution_cli.views.file_counts import (
    PRESSING,
    average_cell,
    average_head,
    brought_cells,
    brought_heads,
    brought_line,
    counted,
    counts_line,
    counts_table,
    group_cells,
    group_columns,
    met,
    number_cell,
    rows_by_group,
    verdict_cell,
    verdict_columns,
)
from resolution_cli.views.file_tags import tag_blocks
from resolution_cli.views.texts import clean, local


def document(report: FilesReport) -> Document:
    """Return how many of the files are counted, and a table of them with their totals.

    A file that is written also has all counts, a row a file, and names what is not counted; a
    screen has that on stderr.
    """
    return Document(
        title=counted(len(report.rows), report.found),
        subtitle=tuple(file_subtitle(report)),
        blocks=tuple(_blocks(report)),
    )


def file_subtitle(report: FilesReport) -> Iterator[Words]:
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
    if report.rows and report.tags is not None:
        yield from tag_blocks(report.tags, report.totals, len(report.rows))
    elif report.rows:
        yield _files(report)
        yield counts_table(report)
    if report.outside_term:
        yield _outside_term(report.outside_term)
    yield from uncounted_blocks(report.uncounted, report.index)


def uncounted_blocks(files: tuple[UncountedFile, ...], index: FileIndex | None) -> Iterator[Block]:
    """Yield what is not counted, for a file; a screen has it on stderr."""
    if files:
        yield _uncounted(files)
    if index and index.without_file:
        yield _without_file(index)


def _files(report: FilesReport) -> Table:
    columns = (
        Column(_("no."), width=6, is_number=True, is_whole=True),
        *group_columns(report.by if report.groups else None),
        Column(_("body"), width=36),
        Column(_("items"), width=7, is_number=True),
        *(Column(head, width=9, is_number=True) for head in brought_heads(report.brought)),
        *verdict_columns(report.totals, PRESSING),
        Column(_("targets met"), width=9, is_number=True),
        Column(average_head(), width=14, is_number=True),
        # Of a period, its news say as much, and its columns take the room.
        Column(_("days silent"), width=9, is_number=True, is_detail=bool(report.brought)),
        Column(_("most pressing"), width=40),
    )

    def row(number: int, file: FileRow, group: str) -> Row:
        days = file.days_since_news
        cells = (
            number_cell(number),
            *group_cells(report, group),
            Cell(clean(local(file.body))),
            *_file_cells(file.counts, _brought(file)),
            Cell("–" if days is None else i18n.number(days), value=days, is_absent=days is None),
            _pressing_cell(file.pressing),
        )
        return Row(cells, narrow=_narrow(file))

    def total(said: str, counts: Counts, brought: Brought | None, group: str) -> Row:
        cells = (
            Cell(value=None),
            *group_cells(report, group),
            Cell(said),
            *_file_cells(counts, brought),
            Cell(),
            Cell(),
        )
        narrow = "\n".join((said, counts_line(counts), *brought_line(brought)))
        return Row(cells, is_total=True, narrow=narrow)

    return Table(columns, rows_by_group(report, row, total), name=_("Files"), is_wide=True)


def _file_cells(counts: Counts, brought: Brought | None) -> Iterator[Cell]:
    yield number_cell(counts.items)
    yield from brought_cells(brought)
    yield from (verdict_cell(verdict, counts) for verdict in PRESSING)
    yield Cell(met(counts))
    yield average_cell(counts)


def _brought(row: FileRow) -> Brought | None:
    return row.covered.brought if row.covered else None


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


def _without_file(index: FileIndex) -> Table:
    columns = (
        Column(_("line of the index"), width=10, is_number=True, is_detail=True),
        Column(_("path without a file"), width=60, is_detail=True),
    )
    rows = (Row((number_cell(line), Cell(clean(path)))) for line, path in index.without_file)
    return Table(columns, tuple(rows), name=_("Rows without a file"), is_wide=True)


def _problems(file: UncountedFile) -> list[str]:
    """Return what is wrong with a file, a line each, without its path."""
    return [line.removeprefix(f"{file.path}: ") for line in file.message.splitlines()]


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
    lines = "\n".join((counts_line(row.counts), *brought_line(_brought(row)), news))
    pressing = ("\n", _pressing(row.pressing)) if row.pressing else ()
    return toned(clean(local(row.body)), f"\n{lines}", *pressing)
