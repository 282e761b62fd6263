"""The view of `tracker report` on a screen: a day, a day to come, or a period."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias, Union

from resolution_cli import i18n
from resolution_cli.domain.events import Event, EventKind
from resolution_cli.domain.model import ITEM_FACTS, effective
from resolution_cli.i18n import _
from resolution_cli.reports.item import ItemFigures
from resolution_cli.reports.overview import Overview
from resolution_cli.reports.period import Activity, PeriodReport
from resolution_cli.reports.standing import Report, Standing
from resolution_cli.views import period_words, words
from resolution_cli.views.columns import (
    due_remark,
    explained_verdict_cell,
    item_table,
    narrow_row,
)
from resolution_cli.views.counts import counts_table, flow_table
from resolution_cli.views.document import (
    Bar,
    Block,
    Cell,
    Column,
    Document,
    Facts,
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
        return _period(overview.period, overview.targets)
    figures = overview.standing
    title, *rest = _heads(figures)
    return Document(
        notice=words.forecast(figures.as_of) if overview.is_forecast else "",
        title=title,
        subtitle=tuple(rest),
        blocks=tuple(_standing(figures, overview.targets)),
    )


def _heads(figures: Report) -> Iterator[str]:
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


def _standing(figures: Report, targets: Targets) -> Iterator[Block]:
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
        yield _dated(
            (
                words.due(each),
                each.item.id,
                toned(f"{words.milestone(each)}: ", *_explained(each)),
            )
            for each in found
        )


def _explained(standing: Standing) -> tuple[Words, ...]:
    return (explained_verdict_cell(standing).words,)


def _period(figures: PeriodReport, targets: Targets) -> Document:
    """Return what a period brought, what falls due in the next one, and the standing at its end."""
    title, *rest = _heads(figures.standing)
    subtitle: list[Words] = [
        strong(_("Period {period}").format(period=words.period_in_short(figures.period)))
    ]
    if not figures.is_over:
        subtitle.append(words.not_over(figures.standing.as_of))
    last_day = i18n.day(figures.standing.as_of)
    blocks = (
        flow_table(figures),
        *_changed(figures),
        *_events(figures.events),
        *_finished_milestones(figures),
        _silent(figures),
        *_falling_due(figures),
        *_paces(figures.items),
        Heading(1, _("Situation at the end of {day}").format(day=last_day)),
        *(Paragraph(line, is_close=True) for line in rest),
        *_standing(figures.standing, targets),
    )
    return Document(title=title, subtitle=tuple(subtitle), blocks=blocks)


def _changed(figures: PeriodReport) -> Iterator[Block]:
    head = _("What changed: {count} of {total} items")
    count, total = len(figures.activities), len(figures.items)
    yield Heading(1, head.format(count=i18n.number(count), total=i18n.number(total)))
    for activity in figures.activities:
        item = activity.after
        yield Heading(3, clean(local(item.title)), label=item.id)
        yield Facts(tuple(_activity(activity)), is_nested=True)


def _activity(activity: Activity) -> Iterator[tuple[str, Cell]]:
    for name in ITEM_FACTS:
        old, new = getattr(activity.before, name), getattr(activity.after, name)
        if effective(name, old) != effective(name, new):
            yield words.fact_name(name), Cell(words.change(name, old, new))
    for update in activity.updates:
        evidence = [f"[{each}]" for each in update.evidence]
        of_milestone = "" if update.item.lower() == activity.after.id.lower() else update.item
        status = words.status(update.status) if of_milestone and update.status else ""
        said = " ".join(filter(None, (of_milestone, status, update.note, *evidence)))
        if said:
            yield i18n.day(update.on), Cell(clean(said))


def _events(events: Iterable[Event]) -> Iterator[Block]:
    for kind in EventKind:
        found = [event for event in events if event.kind is kind]
        if found:
            yield Heading(1, f"{period_words.event(kind)}: {i18n.number(len(found))}")
            yield _dated((i18n.day(event.on), event.item.id, _event(event)) for event in found)


def _finished_milestones(figures: PeriodReport) -> Iterator[Block]:
    found = figures.finished_milestones
    if found:
        title = _("Milestones finished: {count}")
        yield Heading(1, title.format(count=i18n.number(len(found))))
        yield _dated(
            (
                words.fact("done_on", each.item.done_on),
                each.item.id,
                f"{words.milestone(each)}: {words.verdict(each)}",
            )
            for each in found
        )


def _event(event: Event) -> str:
    title = clean(local(event.item.title))
    if event.kind is not EventKind.DEADLINE_MOVED:
        return title
    return f"{title}: {words.change('due', event.due_before, event.due)}"


def _silent(figures: PeriodReport) -> Paragraph:
    count, total = len(figures.silent), len(figures.items)
    head = _("Without an update: {count} of {total}")
    head = head.format(count=i18n.number(count), total=i18n.number(total))
    ids = ", ".join(item.id for item in figures.silent)
    return Paragraph(toned(strong(head), f"  {ids}" if ids else ""))


def _falling_due(figures: PeriodReport) -> Iterator[Block]:
    if figures.next_period:
        yield Heading(1, words.falling_due(figures.next_period, len(figures.falling_due)))
        yield from _due(figures.falling_due)
        found = figures.milestones_falling_due
        if found:
            yield Heading(1, words.milestones_falling_due(figures.next_period, len(found)))
            yield from _due(found)


def _due(standings: Sequence[Standing]) -> Iterator[Table]:
    if standings:
        yield _dated((words.due(each), each.item.id, words.milestone(each)) for each in standings)


def _dated(rows: Iterable[tuple[str, str, Words]]) -> Table:
    """Return a day, the id of an item and words on it a row."""
    columns = (Column(width=12), Column(width=8), Column(width=50))
    cells = ((Cell(day), Cell(strong(item_id)), Cell(said)) for day, item_id, said in rows)
    return Table(columns, tuple(map(Row, cells)), is_nested=True)


def _paces(items: Iterable[ItemFigures]) -> Iterator[Block]:
    rows = tuple(_pace(figures) for figures in items if figures.pace)
    if rows:
        yield Heading(1, _("Pace of the items that are not done"))
        heads = (_("id"), _("expected"), _("actual"), _("over the term"), _("at this pace"))
        columns = tuple(Column(head, is_whole=number == 0) for number, head in enumerate(heads))
        yield Table(columns, rows, name=_("pace"))


def _pace(figures: ItemFigures) -> Row:
    pace, item = figures.pace, figures.standing.item
    assert pace  # noqa: S101  # those without one are left out
    cells = (
        Cell(strong(item.id)),
        Cell(words.percent(pace.expected), value=pace.expected / 100),
        Cell(words.percent(pace.actual), value=pace.actual / 100),
        Cell(curve=figures.curve.actual),
        Cell(period_words.finish(pace), value=pace.finish or ""),
    )
    return Row(cells, narrow=period_words.pace(pace))
