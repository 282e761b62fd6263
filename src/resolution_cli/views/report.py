"""The view of `tracker report` on a screen, of a day or a day to come."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias, Union

from resolution_cli import i18n
from resolution_cli.i18n import _
from resolution_cli.reports.overview import Overview
from resolution_cli.reports.standing import Report, Standing
from resolution_cli.views import words
from resolution_cli.views.columns import (
    due_remark,
    explained_verdict_cell,
    item_table,
    narrow_row,
)
from resolution_cli.views.counts import counts_table
from resolution_cli.views.document import (
    Bar,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    Words,
    strong,
    toned,
)
from resolution_cli.views.texts import clean, local

if TYPE_CHECKING:
    from resolution_cli.reports.targets import TargetFigures

Targets: TypeAlias = Union["TargetFigures", None]

_COLUMNS = ("id", "title", "explained verdict", "progress", "due")


def document(overview: Overview) -> Document:
    """Return the report of a day, of a day to come, or of a period."""
    if overview.period:
        from resolution_cli.views import period_report  # noqa: PLC0415  # a day does without it

        return period_report.document(overview.period, overview.targets)
    figures = overview.standing
    title, *rest = heads(figures)
    return Document(
        notice=words.forecast(figures.as_of) if overview.is_forecast else "",
        title=title,
        subtitle=tuple(rest),
        blocks=tuple(standing_blocks(figures, overview.targets)),
    )


def heads(figures: Report) -> Iterator[str]:
    """Yield the title of the resolution, who resolved it, its term and the day of the report."""
    header = figures.header
    for text in (header.title, header.body, header.congress):
        if text:
            yield clean(local(text))
    if figures.lead:
        yield words.of_lead(figures.lead)
    yield _("term {term} · as of {day}").format(
        term=words.period(header.term), day=i18n.day(figures.as_of)
    )


def standing_blocks(figures: Report, targets: Targets) -> Iterator[Block]:
    """Yield how much of the term has passed, the counts, the targets, and the items by urgency."""
    yield Paragraph(words.elapsed(figures), bar=Bar(figures.share_passed), is_close=True)
    yield counts_table(figures)
    if targets:
        from resolution_cli.views.targets import report_blocks  # noqa: PLC0415  # few files need it

        yield from report_blocks(targets)
    if not figures.standings:
        yield Paragraph(words.no_items(figures.lead))
        return
    yield Heading(1, _("Items, the most urgent first"))
    yield item_table(
        _COLUMNS,
        figures.standings,
        lambda standing: narrow_row(standing, explained_verdict_cell(standing).words),
    )
    yield from due_remark(figures.standings)
    yield from _pressing_milestones(figures)


def _pressing_milestones(figures: Report) -> Iterator[Block]:
    """Yield the milestones that are overdue or blocked, also of items that are on track."""
    found = figures.milestones.pressing if figures.milestones else ()
    if found:
        yield Heading(1, words.pressing_milestones(len(found)))
        yield dated_table(
            (
                words.due(each),
                each.item.id,
                toned(f"{words.milestone(each)}: ", *_explained(each)),
            )
            for each in found
        )


def _explained(standing: Standing) -> tuple[Words, ...]:
    return (explained_verdict_cell(standing).words,)


def dated_table(rows: Iterable[tuple[str, str, Words]]) -> Table:
    """Return a table of a day, the id of an item, and words on it."""
    columns = (Column(width=12), Column(width=8), Column(width=50))
    cells = ((Cell(day), Cell(strong(item_id)), Cell(said)) for day, item_id, said in rows)
    return Table(columns, tuple(map(Row, cells)), is_nested=True)
