"""The reports, of a day and of a period, for a terminal or for a pipe that a person reads: Rich renderables."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from resolution_cli import i18n
from resolution_cli.events import Event, EventKind
from resolution_cli.i18n import _
from resolution_cli.model import FACTS, Header, Resolution, Status
from resolution_cli.pace import curve
from resolution_cli.render import words
from resolution_cli.render.terminal_parts import (
    BAR_CELLS,
    CURVE_CELLS,
    Layout,
    bar,
    due_remark,
    facts_grid,
    heights,
    item_table,
    plain_table,
    progress_bar,
    stacked,
    verdict_text,
)
from resolution_cli.render.words import clean, local, percent
from resolution_cli.report import Account, Activity, PeriodReport, Report, Tally
from resolution_cli.verdict import Outcome


def report(account: Account, layout: Layout) -> RenderableType:
    """Return the report of a day, of a day to come, or of a period."""
    if account.period:
        return _period(account.period, account.resolution, layout)
    standing = _standing(account.standing, layout)
    if account.is_forecast:
        return Group(Text(words.forecast(account.standing.as_of), style="bold yellow"), standing)
    return standing


def _standing(figures: Report, layout: Layout) -> RenderableType:
    """Return where the resolution stands, the counts, and each item, the most pressing first."""
    parts: list[RenderableType] = [*_heading(figures.header, figures, layout)]
    groups = [[tally] for tally in figures.tallies] if layout.is_narrow else [figures.tallies]
    parts += map(_counts, groups)
    if not figures.standings:
        return Group(*parts, Text(_("The file lists no item yet.")))
    parts.append(Text(_("Items, the most pressing first"), style="bold"))
    if layout.is_narrow:
        return Group(*parts, stacked((standing, verdict_text(standing)) for standing in figures.standings))
    table = item_table("id", "title", "verdict", "progress", "due")
    for standing in figures.standings:
        item = standing.item
        table.add_row(
            Text(item.id, style="bold"),
            Text(clean(local(item.title))),
            verdict_text(standing),
            progress_bar(item.present_progress, layout),
            Text(i18n.day(standing.due), style="" if item.due else "dim"),
        )
    return Group(*parts, table, *due_remark(figures.standings))


def _period(figures: PeriodReport, resolution: Resolution, layout: Layout) -> RenderableType:
    """Return what a period brought, what falls due in the next one, and the standing at its end."""
    covered = figures.period
    until = figures.standing.as_of
    parts: list[RenderableType] = [
        Text(clean(local(resolution.header.title)), style="bold"),
        Text(_("Period {period}").format(period=words.period(covered)), style="bold"),
        *([Text(words.not_over(until))] if until < covered.end else []),
        _flow(figures),
        Text(),
        Text(
            _("What changed: {count} of {total} items").format(
                count=i18n.number(len(figures.activities)), total=i18n.number(len(figures.standing.standings))
            ),
            style="bold",
        ),
    ]
    for activity in figures.activities:
        parts += [Text.assemble((activity.after.id, "bold"), "  ", clean(local(activity.after.title)))]
        parts += [Padding(_activity(activity), (0, 0, 0, 2), expand=False)]
    for kind in EventKind:
        found = [event for event in figures.events if event.kind is kind]
        if found:
            parts += [Text(), Text(f"{words.event(kind)}: {i18n.number(len(found))}", style="bold"), _events(found)]
    silent = ", ".join(item.id for item in figures.silent)
    without = _("Without an update: {count} of {total}").format(
        count=i18n.number(len(figures.silent)), total=i18n.number(len(figures.standing.standings))
    )
    parts += [Text(), Text.assemble((without, "bold"), f"  {clean(silent)}" if silent else "")]
    if figures.next_period:
        head = _("Falls due {period}: {count}").format(
            period=words.period(figures.next_period), count=i18n.number(len(figures.falling_due))
        )
        parts += [Text(), Text(head, style="bold")]
        for standing in figures.falling_due:
            item = standing.item
            title = clean(local(item.title))
            parts += [Text.assemble("  ", i18n.day(standing.due), "  ", (item.id, "bold"), "  ", title)]
    if figures.paces:
        parts += [Text(), Text(_("Pace of what is not done"), style="bold"), _paces(figures, resolution, layout)]
    return Group(
        *parts,
        Text(),
        Text(_("Standing at the end of {day}").format(day=i18n.day(until)), style="bold"),
        _standing(figures.standing, layout),
    )


def _heading(header: Header, figures: Report, layout: Layout) -> Iterable[RenderableType]:
    yield Text(clean(local(header.title)), style="bold")
    for text in (header.body, header.congress):
        if text:
            yield Text(clean(local(text)))
    yield Text(_("term {term} · as of {day}").format(term=words.period(header.term), day=i18n.day(figures.as_of)))
    cells = (layout.width or 80) - 40
    line = Text(words.elapsed(figures))
    if cells >= BAR_CELLS:
        line = Text.assemble((bar(figures.share_passed, min(cells, 30), layout), "cyan"), " ", line)
    yield line


def _counts(tallies: Sequence[Tally]) -> Table:
    table = plain_table()
    table.add_column(no_wrap=True)
    for tally in tallies:
        table.add_column(words.kinds(tally.kind), justify="right")

    def add_total() -> None:
        table.add_row(_("total"), *(i18n.number(tally.total) for tally in tallies), style="bold", end_section=True)

    for status in Status:
        table.add_row(words.status(status), *(i18n.number(tally.by_status[status]) for tally in tallies))
    add_total()
    for outcome in Outcome:
        table.add_row(words.outcome(outcome), *(i18n.number(tally.by_outcome[outcome]) for tally in tallies))
    add_total()
    table.add_row(_("average progress"), *map(words.average, tallies))
    return table


def _flow(figures: PeriodReport) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    grid.add_column(justify="right")
    *steps, last = words.flow(figures)
    for name, value in steps:
        grid.add_row(name, value)
    grid.add_row(*last, style="bold")
    return grid


def _activity(activity: Activity) -> Table:
    grid = facts_grid()
    for name in FACTS:
        old, new = getattr(activity.before, name), getattr(activity.after, name)
        if old != new:
            grid.add_row(words.fact_name(name), Text(f"{words.fact(name, old)} → {words.fact(name, new)}"))
    for update in activity.updates:
        said = [part for part in (update.note, *(f"[{evidence}]" for evidence in update.evidence)) if part]
        if said:
            grid.add_row(i18n.day(update.on), Text(clean(" ".join(said))))
    return grid


def _events(found: Iterable[Event]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for event in found:
        moved = f": {words.fact('due', event.due_before)} → {words.fact('due', event.due)}"
        grid.add_row(
            f"  {i18n.day(event.on)}",
            Text(event.item.id, style="bold"),
            Text(clean(local(event.item.title)) + (moved if event.kind is EventKind.DEADLINE_MOVED else "")),
        )
    return grid


def _paces(figures: PeriodReport, resolution: Resolution, layout: Layout) -> Table:
    if layout.is_narrow:
        grid = Table.grid(padding=(0, 1, 0, 0))
        for standing, measured in figures.paces:
            grid.add_row(Text(standing.item.id, style="bold"), Text(words.pace(measured)))
        return grid
    table = item_table("id", "expected", "actual", "curve", "finish")
    for standing, measured in figures.paces:
        _, actual = curve(resolution, standing.item, standing.updates, figures.standing.as_of, CURVE_CELLS)
        table.add_row(
            Text(standing.item.id, style="bold"),
            percent(round(measured.expected)),
            percent(measured.actual),
            Text(heights(actual, layout), style="cyan"),
            Text(words.finish(measured)),
        )
    return table
