"""The view of `tracker show`: all that is known of one item."""

from collections.abc import Iterator, Sequence

from resolution_cli import i18n
from resolution_cli.domain.facts import ITEM_FACTS, STATE_FACTS
from resolution_cli.i18n import _, ngettext
from resolution_cli.reports.item import ItemReport
from resolution_cli.reports.standing import Standing
from resolution_cli.views import period_words, words
from resolution_cli.views.chart import chart
from resolution_cli.views.columns import (
    COLUMNS,
    due_remark,
    fact_cell,
    head,
    item_table,
    narrow_row,
    verdict_cell,
)
from resolution_cli.views.document import (
    Block,
    Cell,
    Document,
    Facts,
    Heading,
    Paragraph,
    muted,
    text,
)
from resolution_cli.views.history import history_table, log_table
from resolution_cli.views.texts import clean, local
from resolution_cli.views.timeline import timeline

_SHOWN_FIRST = ("explained verdict", "status", "progress")
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
    if not standing.parent:
        yield chart(report.figures.curve, report.header.term)
    yield Heading(1, _("Timeline"))
    yield timeline(report.timeline)
    yield from _milestones(standing.milestones)
    yield Heading(1, _("History, newest first"))
    if standing.milestones and report.entries:
        yield log_table(reversed(report.entries))
    elif standing.updates:
        yield history_table(reversed(standing.updates))
    else:
        yield Paragraph(muted(_("No updates yet.")))


def _milestones(standings: Sequence[Standing]) -> Iterator[Block]:
    if not standings:
        return
    done = sum(standing.item.is_done for standing in standings)
    title = _("Milestones: {done} of {total} done")
    yield Heading(1, title.format(done=i18n.number(done), total=i18n.number(len(standings))))
    names = ("id", "title", *_weight(standings), "due", "documented verdict", "lead")
    yield item_table(
        names,
        standings,
        lambda each: narrow_row(each, verdict_cell(each).words),
        details=("lead",),
        name=_("Milestones"),
    )
    yield from due_remark(standings)


def _weight(standings: Sequence[Standing]) -> tuple[str, ...]:
    """Return the column of the weights, where they are not all the same."""
    weights = {text(COLUMNS["weight"].cell(each).words) for each in standings}
    return ("weight",) if len(weights) > 1 else ()


def _facts(report: ItemReport) -> Iterator[tuple[str, Cell]]:
    figures, standing = report.figures, report.figures.standing
    item = standing.item
    names = ("explained verdict", "status") if standing.parent else _SHOWN_FIRST
    for name in names:
        yield head(name), COLUMNS[name].cell(standing)
    start = i18n.day(standing.start)
    if standing.parent:
        whole = f"{standing.parent.id}. {clean(local(standing.parent.title))}"
        yield head("item"), Cell(whole)
        yield head("weight"), COLUMNS["weight"].cell(standing)
    said = start if item.start else words.start_of_another(standing)
    yield head("start"), Cell(said, value=item.start)
    yield head("due"), Cell(words.due(standing), value=item.due)
    had = report.deadlines
    if len(had) > 1:
        moved = ngettext("{due}, moved {count} time", "{due}, moved {count} times", len(had) - 1)
        count = i18n.number(len(had) - 1)
        yield _("first due"), Cell(moved.format(due=words.fact("due", had[0]), count=count))
    if figures.pace:
        yield _("pace"), Cell(period_words.pace(figures.pace))
    for name in ITEM_FACTS:
        value = getattr(item, name)
        is_said = value is not None or not (name in STATE_FACTS or standing.parent)
        if is_said and name not in _SHOWN_ABOVE:
            yield words.fact_name(name), fact_cell(name, value)
