"""The view of `tracker show` of a target: its plan by year, its figures and its history."""

from collections.abc import Iterator

from resolution_cli import i18n
from resolution_cli.i18n import _
from resolution_cli.reports.targets import TargetReport, TargetYear
from resolution_cli.views import target_words, words
from resolution_cli.views.chart import scale_of
from resolution_cli.views.columns import fact_cell
from resolution_cli.views.document import (
    Block,
    Cell,
    Chart,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Row,
    Table,
    muted,
)
from resolution_cli.views.history import history_table
from resolution_cli.views.targets import verdict_cell
from resolution_cli.views.texts import clean, local


def document(report: TargetReport) -> Document:
    """Return all that is known of a target, its history newest first."""
    target = report.standing.target
    return Document(
        title=clean(local(target.title)),
        label=target.id,
        subtitle=(muted(_("target")),),
        source=(
            clean(local(report.header.title)),
            _("As of {day}").format(day=i18n.day(report.as_of)),
        ),
        blocks=tuple(_blocks(report)),
    )


def _blocks(report: TargetReport) -> Iterator[Block]:
    standing = report.standing
    if standing.target.summary:
        yield Paragraph(clean(local(standing.target.summary)))
    yield Facts(tuple(_facts(report)))
    if report.curve:
        yield Chart(
            report.curve.planned,
            report.curve.actual,
            planned_name=_("planned"),
            actual_name=_("actual"),
            scale=_("over the term"),
            caption=_("Figures over the term: planned (dashed) and actual"),
            low=target_words.with_unit(standing.target, i18n.figure(report.curve.low)),
            high=target_words.with_unit(standing.target, i18n.figure(report.curve.high)),
            years=scale_of(report.header.term),
        )
    if report.years:
        yield Heading(1, _("Plan by year"))
        yield _years(report)
    yield Heading(1, _("History, newest first"))
    if standing.updates:
        yield history_table(reversed(standing.updates))
    else:
        yield Paragraph(muted(_("No updates yet.")))


def _facts(report: TargetReport) -> Iterator[tuple[str, Cell]]:
    target, judged = report.standing.target, report.standing.judgement
    yield _("verdict"), verdict_cell(judged)
    if judged.latest:
        figure = target_words.with_unit(target, i18n.figure(judged.latest.value))
        said = _("{figure} on {day}").format(figure=figure, day=i18n.day(judged.latest.on))
        yield _("latest figure"), Cell(said)
    else:
        yield _("latest figure"), fact_cell("value", None)
    if compared := target_words.compared(target, judged):
        planned = i18n.figure(judged.planned) if judged.planned is not None else ""
        said = _("{compared} (plan of that day: {planned})").format(
            compared=compared, planned=target_words.with_unit(target, planned)
        )
        yield _("against the plan"), Cell(said)
    yield _("figures"), Cell(target_words.kind(target.kind))
    if target.base:
        figure = target_words.with_unit(target, i18n.figure(target.base.value))
        said = _("{figure} on {day}").format(figure=figure, day=i18n.day(target.base.on))
        yield _("base"), Cell(said)
    if target.item:
        yield _("item"), Cell(clean(target.item))
    for name in ("lead", "partners", "tags"):
        yield words.fact_name(name), fact_cell(name, getattr(target, name))
    if target.source:
        yield _("source"), Cell(clean(target.source))


def _years(report: TargetReport) -> Table:
    columns = (
        Column(_("year"), 8),
        Column(_("plan"), 12, is_whole=True),
        Column(_("figure of the year"), 12, is_number=True),
        Column(_("day"), 12, is_whole=True),
        Column(_("against the plan"), 20),
        Column(_("verdict"), 16),
    )
    rows = tuple(_year(report, year) for year in report.years)
    return Table(columns, rows, name=_("Plan by year"))


def _year(report: TargetReport, year: TargetYear) -> Row:
    target, figure, judged = report.standing.target, year.figure, year.judgement
    return Row(
        (
            Cell(str(year.point.year), value=year.point.year),
            Cell(target_words.planned(target, year.point), value=year.point.value),
            Cell(i18n.figure(figure.value), value=figure.value) if figure else Cell(""),
            Cell(i18n.day(figure.on), value=figure.on) if figure else Cell(""),
            Cell(target_words.compared(target, judged)),
            verdict_cell(judged),
        )
    )
