"""The view of `tracker show`: all that is known of one item."""

from collections.abc import Iterator

from resolution_cli import i18n
from resolution_cli.domain.facts import ITEM_FACTS, STATE_FACTS
from resolution_cli.i18n import _, ngettext
from resolution_cli.reports.item import ItemReport
from resolution_cli.views import words
from resolution_cli.views.chart import chart
from resolution_cli.views.columns import COLUMNS, fact_cell, head
from resolution_cli.views.document import (
    Block,
    Cell,
    Document,
    Facts,
    Heading,
    Paragraph,
    muted,
)
from resolution_cli.views.history import history_table
from resolution_cli.views.texts import clean, local

_SHOWN_ABOVE = ("status", "progress", "due")
"""The facts that have more to say than their values."""


def document(report: ItemReport) -> Document:
    """Return all that is known of an item, its history newest first."""
    item = report.figures.standing.item
    return Document(
        title=clean(local(item.title)),
        label=item.id,
        subtitle=(muted(words.kind(item.kind)),),
        source=(
            clean(local(report.header.title)),
            _("As of {day}").format(day=i18n.day(report.as_of)),
        ),
        blocks=tuple(_blocks(report)),
    )


def _blocks(report: ItemReport) -> Iterator[Block]:
    standing = report.figures.standing
    if standing.item.summary:
        yield Paragraph(clean(local(standing.item.summary)))
    yield Facts(tuple(_facts(report)))
    yield chart(report.figures.curve)
    yield Heading(1, _("History, newest first"))
    if standing.updates:
        yield history_table(reversed(standing.updates))
    else:
        yield Paragraph(muted(_("No updates yet.")))


def _facts(report: ItemReport) -> Iterator[tuple[str, Cell]]:
    figures, standing = report.figures, report.figures.standing
    item = standing.item
    for name in ("explained verdict", "status", "progress"):
        yield head(name), COLUMNS[name].cell(standing)
    start = i18n.day(figures.start)
    said = start if item.start else _("{day} (start of the term)").format(day=start)
    yield head("start"), Cell(said, value=item.start)
    yield head("due"), Cell(words.due(standing), value=item.due)
    had = report.deadlines
    if len(had) > 1:
        moved = ngettext("{due}, moved {count} time", "{due}, moved {count} times", len(had) - 1)
        count = i18n.number(len(had) - 1)
        yield _("first due"), Cell(moved.format(due=words.fact("due", had[0]), count=count))
    if figures.pace:
        yield _("pace"), Cell(words.pace(figures.pace))
    for name in ITEM_FACTS:
        value = getattr(item, name)
        is_said = value is not None or name not in STATE_FACTS
        if is_said and name not in _SHOWN_ABOVE:
            yield words.fact_name(name), fact_cell(name, value)
