"""Tables for a terminal, or for a pipe that a person reads: Rich renderables.

Each function takes a `Layout`. Texts of the file become `Text`, which Rich never reads as markup.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from resolution_cli import i18n
from resolution_cli.change import Change, Undo
from resolution_cli.events import Event, EventKind
from resolution_cli.history import deadlines
from resolution_cli.model import FACTS, Header, Resolution, Status, Update
from resolution_cli.pace import curve, pace
from resolution_cli.render import words
from resolution_cli.render.words import clean, local, percent
from resolution_cli.report import Activity, PeriodReport, Report, Standing, Tally
from resolution_cli.verdict import Light, Outcome

_NARROW = 64
"""Columns below which a table of items becomes a list, two lines or so an item."""

_LIGHT_STYLE = {Light.RED: "bold red", Light.AMBER: "yellow", Light.GREY: "dim", Light.GREEN: "green"}
_STATUS_STYLE = {
    Status.NOT_STARTED: "dim",
    Status.IN_PROGRESS: "cyan",
    Status.BLOCKED: "bold red",
    Status.DONE: "green",
}
_BAR_CELLS = 10
_CURVE_CELLS = 24


class Layout(Struct, frozen=True):
    """What the place that is written to can show.

    Attributes:
        width: columns of the terminal; None for a pipe, where nothing is wrapped.
        is_ascii: it shows no character beyond ASCII.

    """

    width: int | None = None
    is_ascii: bool = False

    @property
    def is_narrow(self) -> bool:
        """Say whether a table of items would not fit."""
        return self.width is not None and self.width < _NARROW


def items(standings: Sequence[Standing], layout: Layout) -> RenderableType:
    """Return the table of `tracker list`: what the file says of each item."""
    if layout.is_narrow:
        return _stacked((standing, _status(standing)) for standing in standings)
    has_due = any(standing.item.due for standing in standings)
    table = _table("id", "kind", "title", "status", "progress", *(["due"] if has_due else []))
    for standing in standings:
        item = standing.item
        table.add_row(
            Text(item.id, style="bold"),
            words.KIND[item.kind],
            Text(clean(local(item.title))),
            _status(standing),
            _bar(item.present_progress, layout),
            *([Text(i18n.day(item.due) if item.due else "–")] if has_due else []),
        )
    return Group(table, *_due_remark(standings))


def details(standing: Standing, resolution: Resolution, day: date, layout: Layout) -> RenderableType:
    """Return all that is known of one item, its history newest first."""
    item = standing.item
    facts = _grid()
    facts.add_row("verdict", _verdict(standing))
    facts.add_row("status", _status(standing))
    facts.add_row("progress", _bar(item.present_progress, layout))
    facts.add_row(
        "start", i18n.day(item.start) if item.start else f"{i18n.day(resolution.header.term.start)}, the term's"
    )
    facts.add_row("due", i18n.day(item.due) if item.due else f"{i18n.day(standing.due)}, the term's end")
    had = deadlines(item, standing.updates)
    if len(had) > 1:
        moved = "once" if len(had) == 2 else f"{len(had) - 1} times"  # noqa: PLR2004  # first and last
        facts.add_row("first due", f"{words.fact('due', had[0])}, moved {moved}")
    if item.present_status is not Status.DONE:
        facts.add_row("pace", Text(words.pace(pace(resolution, item, standing.updates, day))))
    planned, actual = curve(resolution, item, standing.updates, day, _CURVE_CELLS)
    facts.add_row("planned", Text(f"{_heights(planned, layout)} over the term", style="dim"))
    facts.add_row("actual", Text(_heights(actual, layout), style="cyan"))
    for name in ("done_on", "lead", "partners", "product", "tags"):
        value = getattr(item, name)
        if value is not None or name != "done_on":
            facts.add_row(words.FACT[name], Text(words.fact(name, value), style="" if value else "dim"))
    parts: list[RenderableType] = [
        Text.assemble((item.id, "bold"), "  ", (clean(local(item.title)), "bold")),
        Text(words.KIND[item.kind], style="dim"),
    ]
    if item.summary:
        parts += [Text(), Text(clean(local(item.summary)))]
    parts += [Text(), facts, Text(), Text("History, newest first", style="bold")]
    if not standing.updates:
        parts.append(Text("No update was ever recorded.", style="dim"))
    for number, update in enumerate(reversed(standing.updates)):
        parts += [Text()] if number else []
        parts.append(_update(update))
    return Group(*parts)


def changes(made: Iterable[Change], layout: Layout) -> RenderableType:  # noqa: ARG001  # views are called alike
    """Return what an update changed: old → new of each fact, and what the diary got."""
    parts: list[RenderableType] = []
    for change in made:
        parts.append(Text.assemble((change.update.item, "bold"), "  ", clean(local(change.before.title))))
        parts.append(Padding(_entry_facts(change.update, change.inferred), (0, 0, 0, 2), expand=False))
    return Group(*parts)


def undo(taken: Undo, layout: Layout) -> RenderableType:  # noqa: ARG001  # views are called alike
    """Return the entry that is taken back, and what that restores."""
    facts = _grid()
    for name, old, new in taken.update.changes() if taken.item else ():
        facts.add_row(words.FACT[name], Text(f"{words.fact(name, new)} → {words.fact(name, old)}"))
    title = clean(local(taken.item.title)) if taken.item else "no such item in the plan any more"
    return Group(
        Text.assemble("The last update of ", (taken.update.item, "bold"), f", {title}:"),
        _update(taken.update),
        Text("Taking it back removes this entry and restores:" if facts.rows else "Taking it back removes this entry."),
        Padding(facts, (0, 0, 0, 2), expand=False),
    )


def log(updates: Sequence[Update], resolution: Resolution, layout: Layout) -> RenderableType:  # noqa: ARG001  # as above
    """Return entries of the diary, in the order given."""
    titles = {item.id.lower(): clean(local(item.title)) for item in resolution.items}
    parts: list[RenderableType] = []
    for number, update in enumerate(updates):
        parts += [Text()] if number else []
        parts += [Text.assemble((update.item, "bold"), "  ", titles.get(update.item.lower(), "")), _update(update)]
    return Group(*parts)


def report(figures: Report, layout: Layout) -> RenderableType:
    """Return the report: where the resolution stands, the counts, and each item, the most pressing first."""
    parts: list[RenderableType] = [*_heading(figures.header, figures, layout)]
    groups = [[tally] for tally in figures.tallies] if layout.is_narrow else [figures.tallies]
    parts += map(_counts, groups)
    if not figures.standings:
        return Group(*parts, Text("The file lists no item yet."))
    parts.append(Text("Items, the most pressing first", style="bold"))
    if layout.is_narrow:
        return Group(*parts, _stacked((standing, _verdict(standing)) for standing in figures.standings))
    table = _table("id", "title", "verdict", "progress", "due")
    for standing in figures.standings:
        item = standing.item
        table.add_row(
            Text(item.id, style="bold"),
            Text(clean(local(item.title))),
            _verdict(standing),
            _bar(item.present_progress, layout),
            Text(i18n.day(standing.due), style="" if item.due else "dim"),
        )
    return Group(*parts, table, *_due_remark(figures.standings))


def forecast(figures: Report, layout: Layout) -> RenderableType:
    """Return the report of a day to come, and say that it is one."""
    label = f"FORECAST for {i18n.day(figures.as_of)}: what will stand there if nothing changes from today on"
    return Group(Text(label, style="bold yellow"), report(figures, layout))


def period_report(figures: PeriodReport, resolution: Resolution, layout: Layout) -> RenderableType:
    """Return what a period brought, what falls due in the next one, and the standing at its end."""
    covered = figures.period
    until = figures.standing.as_of
    parts: list[RenderableType] = [
        Text(clean(local(resolution.header.title)), style="bold"),
        Text(f"Period {i18n.day(covered.start)} – {i18n.day(covered.end)}", style="bold"),
        *([Text(f"It is not over: this tells of it up to {i18n.day(until)}.")] if until < covered.end else []),
        _flow(figures),
        Text(),
        Text(f"What changed: {len(figures.activities)} of {len(figures.standing.standings)} items", style="bold"),
    ]
    for activity in figures.activities:
        parts += [Text.assemble((activity.after.id, "bold"), "  ", clean(local(activity.after.title)))]
        parts += [Padding(_activity(activity), (0, 0, 0, 2), expand=False)]
    for kind, head in words.EVENT.items():
        found = [event for event in figures.events if event.kind is kind]
        if found:
            parts += [Text(), Text(f"{head}: {len(found)}", style="bold"), _events(found)]
    silent = ", ".join(item.id for item in figures.silent)
    of_all = f"{len(figures.silent)} of {len(figures.standing.standings)}"
    parts += [Text(), Text.assemble((f"Without an update: {of_all}", "bold"), f"  {clean(silent)}" if silent else "")]
    if following := figures.next_period:
        head = f"Falls due {i18n.day(following.start)} – {i18n.day(following.end)}: {len(figures.falling_due)}"
        parts += [Text(), Text(head, style="bold")]
        for standing in figures.falling_due:
            item = standing.item
            title = clean(local(item.title))
            parts += [Text.assemble("  ", i18n.day(standing.due), "  ", (item.id, "bold"), "  ", title)]
    if figures.paces:
        parts += [Text(), Text("Pace of what is not done", style="bold"), _paces(figures, resolution, layout)]
    return Group(
        *parts,
        Text(),
        Text(f"Standing at the end of {i18n.day(until)}", style="bold"),
        report(figures.standing, layout),
    )


def _flow(figures: PeriodReport) -> Table:
    counts = Counter(event.kind for event in figures.events)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    grid.add_column(justify="right")
    grid.add_row("not done on the eve", str(figures.open_before))
    grid.add_row("− finished on time", str(counts[EventKind.FINISHED_ON_TIME]))
    grid.add_row("− finished late", str(counts[EventKind.FINISHED_LATE]))
    grid.add_row("+ reopened", str(counts[EventKind.REOPENED]))
    if figures.unrecorded:
        grid.add_row("± changed by hand, see `tracker check`", f"{figures.unrecorded:+}")
    grid.add_row("= not done at the end", str(figures.open_after), style="bold")
    return grid


def _activity(activity: Activity) -> Table:
    grid = _grid()
    for name in FACTS:
        old, new = getattr(activity.before, name), getattr(activity.after, name)
        if old != new:
            grid.add_row(words.FACT[name], Text(f"{words.fact(name, old)} → {words.fact(name, new)}"))
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
    table = _table("id", "expected", "actual", "over the term", "at this pace")
    for standing, measured in figures.paces:
        _, actual = curve(resolution, standing.item, standing.updates, figures.standing.as_of, _CURVE_CELLS)
        table.add_row(
            Text(standing.item.id, style="bold"),
            percent(round(measured.expected)),
            percent(measured.actual),
            Text(_heights(actual, layout), style="cyan"),
            Text(words.finish(measured)),
        )
    return table


def _heights(values: Sequence[float], layout: Layout) -> str:
    """Return a curve of percentages, a character each: the higher, the more."""
    steps = "_.:-=+*#" if layout.is_ascii else "▁▂▃▄▅▆▇█"
    return "".join(steps[min(int(value * len(steps) / 100), len(steps) - 1)] for value in values)


def _heading(header: Header, figures: Report, layout: Layout) -> Iterable[RenderableType]:
    yield Text(clean(local(header.title)), style="bold")
    for text in (header.body, header.congress):
        if text:
            yield Text(clean(local(text)))
    share = figures.days_passed * 100 / figures.days_total if figures.days_total else 100
    term = f"{i18n.day(header.term.start)} – {i18n.day(header.term.end)}"
    yield Text(f"term {term} · as of {i18n.day(figures.as_of)}")
    cells = (layout.width or 80) - 40
    line = Text(f"{figures.days_passed} of {figures.days_total} days of the term passed, {percent(round(share, 1))}")
    if cells >= _BAR_CELLS:
        line = Text.assemble((_bar_text(share, min(cells, 30), layout), "cyan"), " ", line)
    yield line


def _counts(tallies: Sequence[Tally]) -> Table:
    table = _table("", *(words.KINDS[tally.kind] for tally in tallies))
    table.columns[0].no_wrap = True
    for column in table.columns[1:]:
        column.justify = "right"

    def add_total() -> None:
        table.add_row("total", *(str(tally.total) for tally in tallies), style="bold", end_section=True)

    for status in Status:
        table.add_row(words.STATUS[status], *(str(tally.by_status[status]) for tally in tallies))
    add_total()
    for outcome in Outcome:
        table.add_row(words.OUTCOME[outcome], *(str(tally.by_outcome[outcome]) for tally in tallies))
    add_total()
    table.add_row("average progress", *map(_average, tallies))
    return table


def _average(tally: Tally) -> str:
    average = tally.average_progress
    return "–" if average is None else f"{percent(round(average, 1))} of {tally.total}"


def _stacked(rows: Iterable[tuple[Standing, Text]]) -> Table:
    """Return the items one below the other, for a screen too narrow for columns."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for standing, state in rows:
        item = standing.item
        due = f", due {i18n.day(item.due)}" if item.due else ""
        progress = "" if item.present_status is Status.DONE else f", {percent(item.present_progress)}"
        grid.add_row(
            Text(item.id, style="bold"),
            Text.assemble(clean(local(item.title)), "\n", state, f"{progress}{due}"),
        )
    return grid


def _due_remark(standings: Iterable[Standing]) -> Iterable[RenderableType]:
    without = [standing for standing in standings if not standing.item.due]
    if without:
        count = "1 item has" if len(without) == 1 else f"{len(without)} items have"
        yield Text(f"{count} no due date yet: the term's end counts, {i18n.day(without[0].due)}.", style="dim")


def _update(update: Update) -> RenderableType:
    who = f" by {clean(update.by)}" if update.by else ""
    when = f", recorded {update.at:%Y-%m-%d %H:%M}" if update.at and update.at.date() != update.on else ""
    return Group(
        Text.assemble((i18n.day(update.on), "bold"), (f"{who}{when}", "dim")),
        Padding(_entry_facts(update, frozenset()), (0, 0, 0, 2), expand=False),
    )


def _entry_facts(update: Update, inferred: frozenset[str]) -> Table:
    grid = _grid()
    for name, old, new in update.changes():
        change = Text(f"{words.fact(name, old)} → {words.fact(name, new)}")
        if name in inferred:
            change.append("  (follows from the rest)", style="dim")
        grid.add_row(words.FACT[name], change)
    if update.note:
        grid.add_row("note", Text("\n".join(map(clean, update.note.splitlines()))))
    if update.cause:
        grid.add_row("cause", words.CAUSE[update.cause])
    for evidence in update.evidence:
        grid.add_row("evidence", Text(clean(evidence)))
    return grid


def _status(standing: Standing) -> Text:
    status = standing.item.present_status
    return Text(words.STATUS[status], style=_STATUS_STYLE[status])


def _verdict(standing: Standing) -> Text:
    judged = standing.judgement
    text = Text(words.verdict(standing), style=_LIGHT_STYLE[judged.light])
    if judged.blocked_by and judged.blocked_by.note:
        text.append(f": {clean(judged.blocked_by.note)}", style="not bold")
    if judged.cause:
        text.append(f" ({words.CAUSE[judged.cause]})", style="not bold")
    if judged.is_stale:
        text.append(", stale")
    return text


def _bar(progress: int, layout: Layout) -> Text:
    style = "green" if progress == 100 else "cyan"  # noqa: PLR2004  # percent
    bar = Text(_bar_text(progress, _BAR_CELLS, layout), style=style, no_wrap=True)
    return bar.append(f" {progress:3} %", style="default")


def _bar_text(share: float, cells: int, layout: Layout) -> str:
    full, empty = ("#", "-") if layout.is_ascii else ("█", "░")
    # Rounded down, but never empty for what has begun: a full bar means 100 %.
    filled = max(int(share * cells / 100), 1 if share > 0 else 0)
    return full * filled + empty * (cells - filled)


def _table(*heads: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold", no_wrap=head in ("id", "status", "due", "progress"))
    return table


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid
