"""The view of a report as tables for a spreadsheet: its annex, items, history and counts."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from resolution_cli import i18n
from resolution_cli.i18n import _
from resolution_cli.reports.overview import WrittenReport
from resolution_cli.views import period_words, words
from resolution_cli.views.appendix import appendix_table
from resolution_cli.views.columns import item_table
from resolution_cli.views.counts import counts_table
from resolution_cli.views.document import Cell, Document, Facts, Table
from resolution_cli.views.history import log_table
from resolution_cli.views.texts import clean, local

_WIDENED = 2
"""How many characters of a sheet stand for one of the widths of the annex."""

_COLUMNS = (
    "id",
    "kind",
    "title",
    "verdict name",
    "verdict in detail",
    "status",
    "progress",
    "start",
    "due",
    "done_on",
    "lead",
    "partners",
    "product",
    "last update",
    "updates",
)

_MILESTONE_COLUMNS = (
    "id",
    "item",
    "title",
    "weight",
    *(name for name in _COLUMNS[3:] if name != "progress"),
)


def document(report: WrittenReport) -> Document:
    """Return the report of a day, or of a period as the resolution stood at its end."""
    standing = report.covered.standing
    items = item_table(_COLUMNS, standing.standings)
    return Document(
        source=(clean(local(standing.header.title)),),
        blocks=(
            Facts(tuple(_cover(report))),
            _annex(report),
            items,
            log_table(report.entries),
            counts_table(standing, has_average=False),
            *_targets(report),
            *_milestones(report),
        ),
    )


def _annex(report: WrittenReport) -> Table:
    """Return the annex, whose columns share a page, with the widths that its words need."""
    table = appendix_table(report)
    columns = [replace(column, width=_WIDENED * column.width) for column in table.columns]
    return replace(table, columns=tuple(columns))


def _milestones(report: WrittenReport) -> Iterator[Table]:
    figures = report.covered.standing.milestones
    if figures:
        yield item_table(_MILESTONE_COLUMNS, figures.standings, name=_("Milestones"))


def _targets(report: WrittenReport) -> Iterator[Table]:
    if report.targets:
        from resolution_cli.views.targets import sheet_table  # noqa: PLC0415  # few files need it

        yield sheet_table(report.targets)


def _cover(report: WrittenReport) -> Iterator[tuple[str, Cell]]:
    """Yield of what the report is."""
    covered, standing = report.covered, report.covered.standing
    header = standing.header
    yield _("resolution"), Cell(clean(local(header.title)))
    yield _("body"), Cell(clean(local(header.body)))
    if standing.lead:
        yield words.fact_name("lead"), Cell(clean(standing.lead))
    yield _("first day of the term"), _day(header.term.start)
    yield _("last day of the term"), _day(header.term.end)
    yield _("elapsed"), Cell(words.elapsed(standing))
    yield _("as of"), _day(standing.as_of)
    if report.is_forecast:
        yield _("forecast"), Cell(words.forecast(standing.as_of))
    if remark := words.due_remark(standing.standings):
        yield _("due"), Cell(remark)
    if report.is_of_period:
        yield _("period"), Cell(words.period_name(covered.period))
        yield _("first day of the period"), _day(covered.period.start)
        yield _("last day of the period"), _day(covered.period.end)
        for step, (number,) in period_words.flow([covered.flow]):
            yield step, Cell(i18n.number(number), value=number)


def _day(day: date) -> Cell:
    return Cell(i18n.day(day), value=day)
