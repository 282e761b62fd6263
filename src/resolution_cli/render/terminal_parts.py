"""What the views of a terminal are made of: layouts, tables, bars, curves, entries of the diary.

Texts of the file become `Text`, which Rich never reads as markup.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from resolution_cli import i18n
from resolution_cli.i18n import N_, _, ngettext
from resolution_cli.model import Status, Update
from resolution_cli.render import words
from resolution_cli.render.words import clean, local, percent
from resolution_cli.report import Standing
from resolution_cli.verdict import Light

_NARROW = 64
"""Columns below which a table of items becomes a list, two lines or so an item."""

_LIGHT_STYLE = {Light.RED: "bold red", Light.AMBER: "yellow", Light.GREY: "dim", Light.GREEN: "green"}
_STATUS_STYLE = {
    Status.NOT_STARTED: "dim",
    Status.IN_PROGRESS: "cyan",
    Status.BLOCKED: "bold red",
    Status.DONE: "green",
}
BAR_CELLS = 10
"""Characters of a progress bar."""

CURVE_CELLS = 24
"""Characters of a curve over the term."""


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


def entry(update: Update) -> RenderableType:
    """Return an entry of the diary: its day, who recorded it, and what it says."""
    who = " " + _("by {name}").format(name=clean(update.by)) if update.by else ""
    is_later = update.at and update.at.date() != update.on
    when = ", " + _("recorded {moment}").format(moment=i18n.moment(update.at)) if update.at and is_later else ""
    return Group(
        Text.assemble((i18n.day(update.on), "bold"), (f"{who}{when}", "dim")),
        Padding(entry_facts(update, frozenset()), (0, 0, 0, 2), expand=False),
    )


def entry_facts(update: Update, inferred: frozenset[str]) -> Table:
    """Return what an entry of the diary changed and says; the `inferred` facts are marked."""
    grid = facts_grid()
    for name, old, new in update.changes():
        change = Text(f"{words.fact(name, old)} → {words.fact(name, new)}")
        if name in inferred:
            change.append("  " + _("(follows from the rest)"), style="dim")
        grid.add_row(words.fact_name(name), change)
    if update.note:
        grid.add_row(_("note"), Text("\n".join(map(clean, update.note.splitlines()))))
    if update.cause:
        grid.add_row(_("cause"), words.cause(update.cause))
    for evidence in update.evidence:
        grid.add_row(_("evidence"), Text(clean(evidence)))
    return grid


def status_text(standing: Standing) -> Text:
    """Return the status of an item, in its colour."""
    status = standing.item.present_status
    return Text(words.status(status), style=_STATUS_STYLE[status])


def verdict_text(standing: Standing) -> Text:
    """Return the verdict of an item, in its colour, with what blocks it and whether it is stale."""
    judged = standing.judgement
    text = Text(words.verdict(standing), style=_LIGHT_STYLE[judged.light])
    if judged.blocked_by and judged.blocked_by.note:
        text.append(f": {clean(judged.blocked_by.note)}", style="not bold")
    if judged.cause:
        text.append(f" ({words.cause(judged.cause)})", style="not bold")
    if judged.is_stale:
        text.append(", " + _("stale"))
    return text


def progress_bar(progress: int, layout: Layout) -> Text:
    """Return a progress, in percent, as a bar with its number."""
    style = "green" if progress == 100 else "cyan"  # noqa: PLR2004  # percent
    drawn = Text(bar(progress, BAR_CELLS, layout), style=style, no_wrap=True)
    return drawn.append(f" {percent(progress):>4}", style="default")


def bar(share: float, cells: int, layout: Layout) -> str:
    """Return a share, in percent, as a bar of so many characters."""
    full, empty = ("#", "-") if layout.is_ascii else ("█", "░")
    # Rounded down, but never empty for what has begun: a full bar means 100 %.
    filled = max(int(share * cells / 100), 1 if share > 0 else 0)
    return full * filled + empty * (cells - filled)


def heights(values: Sequence[float], layout: Layout) -> str:
    """Return a curve of percentages, a character each: the higher, the more."""
    steps = "_.:-=+*#" if layout.is_ascii else "▁▂▃▄▅▆▇█"
    return "".join(steps[min(int(value * len(steps) / 100), len(steps) - 1)] for value in values)


def stacked(rows: Iterable[tuple[Standing, Text]]) -> Table:
    """Return the items one below the other, for a screen too narrow for columns."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for standing, state in rows:
        item = standing.item
        due = ", " + _("due {day}").format(day=i18n.day(item.due)) if item.due else ""
        progress = "" if item.present_status is Status.DONE else f", {percent(item.present_progress)}"
        grid.add_row(
            Text(item.id, style="bold"),
            Text.assemble(clean(local(item.title)), "\n", state, f"{progress}{due}"),
        )
    return grid


def due_remark(standings: Iterable[Standing]) -> Iterable[RenderableType]:
    """Yield a line on the items that have no due date of their own, if there are any."""
    without = [standing for standing in standings if not standing.item.due]
    if without:
        said = ngettext(
            "{count} item has no due date yet: the term's end counts, {day}.",
            "{count} items have no due date yet: the term's end counts, {day}.",
            len(without),
        )
        yield Text(said.format(count=i18n.number(len(without)), day=i18n.day(without[0].due)), style="dim")


_COLUMNS = {
    "id": N_("id"),
    "kind": N_("kind"),
    "title": N_("title"),
    "status": N_("status"),
    "verdict": N_("verdict"),
    "progress": N_("progress"),
    "due": N_("due"),
    "expected": N_("expected"),
    "actual": N_("actual"),
    "curve": N_("over the term"),
    "finish": N_("at this pace"),
}
_UNWRAPPED_COLUMNS = ("id", "status", "due", "progress")


def item_table(*columns: str) -> Table:
    """Return an empty table with these of the known columns."""
    table = plain_table()
    for column in columns:
        table.add_column(_(_COLUMNS[column]), overflow="fold", no_wrap=column in _UNWRAPPED_COLUMNS)
    return table


def plain_table() -> Table:
    """Return an empty table without columns."""
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")


def facts_grid() -> Table:
    """Return an empty grid of names and values."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid
