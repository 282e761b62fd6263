"""The view of `tracker report --period` on a screen: what a period brought."""

from collections.abc import Iterable, Iterator, Sequence

from resolution_cli import i18n
from resolution_cli.domain.events import Event, EventKind
from resolution_cli.domain.model import ITEM_FACTS, effective
from resolution_cli.i18n import _
from resolution_cli.reports.item import ItemFigures
from resolution_cli.reports.period import Activity, PeriodReport
from resolution_cli.reports.standing import Standing
from resolution_cli.views import period_words, words
from resolution_cli.views.counts import count_row
from resolution_cli.views.document import (
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
from resolution_cli.views.report import Targets, dated_table, heads, standing_blocks
from resolution_cli.views.texts import clean, local


def document(figures: PeriodReport, targets: Targets) -> Document:
    """Return what a period brought, what falls due in the next one, and the standing at its end."""
    title, *rest = heads(figures.standing)
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
        *standing_blocks(figures.standing, targets),
    )
    return Document(title=title, subtitle=tuple(subtitle), blocks=blocks)


def flow_table(figures: PeriodReport, head: str = "", count: str = "") -> Table:
    """Return the sum from what was not done before a period to what is not done at its end.

    It is that of the items, under the head `count`, and beside it that of milestones.
    """
    flows, heads = [figures.flow], [count]
    if figures.milestone_flow:
        flows.append(figures.milestone_flow)
        heads = [_("items"), _("milestones")]
    *steps, last = period_words.flow(flows)
    rows = (
        *(count_row(step, numbers) for step, numbers in steps),
        count_row(last[0], last[1], is_total=True),
    )
    columns = (Column(head, width=40), *(Column(each, is_number=True) for each in heads))
    return Table(columns, rows)


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
            yield dated_table((i18n.day(event.on), event.item.id, _event(event)) for event in found)


def _finished_milestones(figures: PeriodReport) -> Iterator[Block]:
    found = figures.finished_milestones
    if found:
        title = _("Milestones finished: {count}")
        yield Heading(1, title.format(count=i18n.number(len(found))))
        yield dated_table(
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
        yield dated_table(
            (words.due(each), each.item.id, words.milestone(each)) for each in standings
        )


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
