"""The reports, of a day and of a period, for a terminal or for a pipe that a person reads: views, as in `layout.py`."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap

from resolution_cli import i18n
from resolution_cli.domain.events import Event, EventKind
from resolution_cli.domain.model import FACTS, Header, Resolution, Status, effective
from resolution_cli.domain.pace import Pace, curve
from resolution_cli.domain.verdict import Outcome
from resolution_cli.i18n import _
from resolution_cli.render import words
from resolution_cli.render.layout import Block, Cell, Column, Layout, Row, Table, styled
from resolution_cli.render.terminal_parts import (
    BAR_CELLS,
    CURVE_CELLS,
    bar,
    bold,
    dim,
    due_remark,
    facts_grid,
    heights,
    item_table,
    progress_bar,
    stacked,
    verdict_text,
)
from resolution_cli.render.texts import clean, local
from resolution_cli.render.words import percent
from resolution_cli.report import Activity, Overview, PeriodReport, Report, Standing, Tally


def report(overview: Overview, layout: Layout) -> Iterator[Block]:
    """Yield the report of a day, of a day to come, or of a period."""
    if overview.period:
        yield from _period(overview.period, overview.resolution, layout)
        return
    if overview.is_forecast:
        yield styled(words.forecast(overview.standing.as_of), style="bold yellow")
    yield from _standing(overview.standing, layout)


def _standing(figures: Report, layout: Layout) -> Iterator[Block]:
    """Yield where the resolution stands, the counts, and each item, the most pressing first."""
    yield from _heading(figures.header, figures, layout)
    yield from map(
        _counts, [[tally] for tally in figures.tallies] if layout.is_narrow else [figures.tallies]
    )
    if not figures.standings:
        yield _("The file has no items yet.")
        return
    yield bold(_("Items, the most urgent first"))
    if layout.is_narrow:
        yield stacked((standing, verdict_text(standing)) for standing in figures.standings)
        return
    cells = (_judged(standing, layout) for standing in figures.standings)
    yield item_table(("id", "title", "verdict", "progress", "due"), cells)
    yield from due_remark(figures.standings, words.DUE_MARK)


def _judged(standing: Standing, layout: Layout) -> tuple[Cell, ...]:
    item = standing.item
    due = words.marked_due(standing)
    return (
        bold(item.id),
        clean(local(item.title)),
        verdict_text(standing),
        progress_bar(standing, layout),
        due if item.due else dim(due),
    )


def _period(figures: PeriodReport, resolution: Resolution, layout: Layout) -> Iterator[Block]:
    """Yield what a period brought, what falls due in the next one, and the standing at its end."""
    until = figures.standing.as_of
    yield bold(clean(local(resolution.header.title)))
    yield bold(_("Period {period}").format(period=words.period(figures.period)))
    if until < figures.period.end:
        yield words.not_over(until)
    yield from (_flow(figures), "")
    yield from _changed(figures)
    for kind in EventKind:
        found = [event for event in figures.events if event.kind is kind]
        if found:
            yield from ("", bold(f"{words.event(kind)}: {i18n.number(len(found))}"), _events(found))
    silent = ", ".join(item.id for item in figures.silent)
    without = _("Without an update: {count} of {total}").format(
        count=i18n.number(len(figures.silent)), total=i18n.number(len(figures.standing.standings))
    )
    yield from ("", styled(bold(without), f"  {clean(silent)}" if silent else ""))
    if figures.next_period:
        yield from ("", bold(words.falling_due(figures.next_period, len(figures.falling_due))))
        for standing in figures.falling_due:
            title = clean(local(standing.item.title))
            yield styled("  ", words.due(standing), "  ", bold(standing.item.id), "  ", title)
    if figures.paces:
        yield from ("", bold(_("Pace of the items that are not done")), _paces(figures, layout))
    yield from ("", bold(_("Situation at the end of {day}").format(day=i18n.day(until))))
    yield from _standing(figures.standing, layout)


def _heading(header: Header, figures: Report, layout: Layout) -> Iterator[Block]:
    yield bold(clean(local(header.title)))
    for text in (header.body, header.congress):
        if text:
            yield clean(local(text))
    yield _("term {term} · as of {day}").format(
        term=words.period(header.term), day=i18n.day(figures.as_of)
    )
    cells = (layout.width or 80) - 40
    passed = words.elapsed(figures)
    if cells < BAR_CELLS:
        yield passed
    else:
        drawn = bar(figures.share_passed, min(cells, 30), layout)
        yield styled(styled(drawn, style="cyan"), " ", passed)


def _counts(tallies: Sequence[Tally]) -> Table:
    total = Row(
        (_("total"), *(i18n.number(tally.total) for tally in tallies)),
        style="bold",
        ends_section=True,
    )
    statuses = (
        (words.status(s), *(i18n.number(tally.by_status[s]) for tally in tallies)) for s in Status
    )
    outcomes = (
        (words.outcome(o), *(i18n.number(tally.by_outcome[o]) for tally in tallies))
        for o in Outcome
    )
    averages = (_("average progress"), *map(words.average, tallies))
    return Table(
        (
            Column(is_whole=True),
            *(Column(words.kinds(tally.kind), is_right=True) for tally in tallies),
        ),
        (*map(Row, statuses), total, *map(Row, outcomes), total, Row(averages)),
    )


def _flow(figures: PeriodReport) -> Table:
    *steps, last = ((name, i18n.number(count)) for name, count in words.flow(figures))
    return Table((Column(), Column(is_right=True)), (*map(Row, steps), Row(last, style="bold")))


def _changed(figures: PeriodReport) -> Iterator[Block]:
    head = _("What changed: {count} of {total} items").format(
        count=i18n.number(len(figures.activities)),
        total=i18n.number(len(figures.standing.standings)),
    )
    yield bold(head)
    for activity in figures.activities:
        yield styled(bold(activity.after.id), "  ", clean(local(activity.after.title)))
        yield facts_grid(_activity(activity), indent=2)


def _activity(activity: Activity) -> Iterator[tuple[str, Cell]]:
    for name in FACTS:
        old, new = getattr(activity.before, name), getattr(activity.after, name)
        if effective(name, old) != effective(name, new):
            yield words.fact_name(name), f"{words.fact(name, old)} → {words.fact(name, new)}"
    for update in activity.updates:
        said = [
            part
            for part in (update.note, *(f"[{evidence}]" for evidence in update.evidence))
            if part
        ]
        if said:
            yield i18n.day(update.on), clean(" ".join(said))


def _events(found: Iterable[Event]) -> Table:
    return Table((Column(), Column(), Column()), tuple(Row(_event(event)) for event in found))


def _event(event: Event) -> tuple[Cell, ...]:
    is_moved = event.kind is EventKind.DEADLINE_MOVED
    moved = (
        f": {words.fact('due', event.due_before)} → {words.fact('due', event.due)}"
        if is_moved
        else ""
    )
    return f"  {i18n.day(event.on)}", bold(event.item.id), clean(local(event.item.title)) + moved


def _paces(figures: PeriodReport, layout: Layout) -> Table:
    if layout.is_narrow:
        paces = (
            (bold(standing.item.id), words.pace(measured)) for standing, measured in figures.paces
        )
        return Table((Column(), Column()), tuple(map(Row, paces)), gap=1)

    def cells(standing: Standing, measured: Pace) -> tuple[Cell, ...]:
        _, actual = curve(standing.history, figures.standing.as_of, CURVE_CELLS)
        return (
            bold(standing.item.id),
            percent(measured.expected),
            percent(measured.actual),
            styled(heights(actual, layout), style="cyan"),
            words.finish(measured),
        )

    return item_table(
        ("id", "expected", "actual", "curve", "finish"), starmap(cells, figures.paces)
    )
