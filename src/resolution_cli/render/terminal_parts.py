"""What the views of a terminal are made of: tables, bars, curves, entries of the diary."""

from collections.abc import Iterable, Iterator, Sequence

from resolution_cli import i18n
from resolution_cli.domain.model import COMPLETE, Status, Update
from resolution_cli.domain.verdict import Light
from resolution_cli.i18n import N_, _
from resolution_cli.render import words
from resolution_cli.render.layout import Block, Cell, Column, Layout, Row, Styled, Table, styled
from resolution_cli.render.texts import clean, local
from resolution_cli.render.words import percent
from resolution_cli.report import Standing

_LIGHT_STYLE = {
    Light.RED: "bold red",
    Light.AMBER: "yellow",
    Light.GREY: "dim",
    Light.GREEN: "green",
}
_STATUS_STYLE = {
    Status.NOT_STARTED: "dim",
    Status.IN_PROGRESS: "cyan",
    Status.BLOCKED: "bold red",
}
BAR_CELLS = 10
"""Characters of a progress bar."""

CURVE_CELLS = 24
"""Characters of a curve over the term."""


def bold(text: str) -> Styled:
    """Return a text that stands out."""
    return styled(text, style="bold")


def dim(text: str) -> Styled:
    """Return a text that stands back."""
    return styled(text, style="dim")


def entry(update: Update) -> Iterator[Block]:
    """Yield an entry of the diary: its day, who recorded it, and what it says."""
    who = " " + _("by {name}").format(name=clean(update.by)) if update.by else ""
    is_later = update.at and update.at.date() != update.on
    when = (
        ", " + _("recorded {moment}").format(moment=i18n.moment(update.at))
        if update.at and is_later
        else ""
    )
    yield styled(bold(i18n.day(update.on)), dim(f"{who}{when}"))
    yield facts_grid(entry_facts(update, frozenset()), indent=2)


def entry_facts(update: Update, inferred: frozenset[str]) -> Iterator[tuple[str, Cell]]:
    """Yield what an entry of the diary changed and says, each with its name; the `inferred` facts are marked."""
    by_hand = update.changed_by_hand()
    for name, old, new in update.changes():
        change: list[Cell] = [f"{words.fact(name, old)} → {words.fact(name, new)}"]
        if name in inferred:
            change.append(dim("  " + _("(set automatically)")))
        if name in by_hand:
            change.append(dim("  " + words.changed_by_hand(name, by_hand.pop(name))))
        yield words.fact_name(name), styled(*change)
    for name, value in by_hand.items():
        yield (
            words.fact_name(name),
            _("restored {remark}").format(remark=words.changed_by_hand(name, value)),
        )
    if update.note:
        yield _("note"), "\n".join(map(clean, update.note.splitlines()))
    if update.cause:
        yield _("cause"), words.cause(update.cause)
    for evidence in update.evidence:
        yield _("evidence"), clean(evidence)


def status_text(standing: Standing) -> Styled:
    """Return the status of an item, in its colour; of what is done, in that of its verdict."""
    status = standing.item.present_status
    style = _STATUS_STYLE.get(status) or _LIGHT_STYLE[standing.judgement.light]
    return styled(words.status(status), style=style)


def verdict_text(standing: Standing) -> Styled:
    """Return the verdict of an item, in its colour, with what blocks it and whether it is stale."""
    judged = standing.judgement
    parts: list[Cell] = [words.verdict(standing)]
    if judged.blocked_by and judged.blocked_by.note:
        parts.append(styled(f": {clean(judged.blocked_by.note)}", style="not bold"))
    if judged.cause:
        parts.append(styled(f" ({words.cause(judged.cause)})", style="not bold"))
    if judged.is_stale:
        parts.append(f", {words.stale(judged)}")
    return styled(*parts, style=_LIGHT_STYLE[judged.light])


def progress_bar(standing: Standing, layout: Layout) -> Styled:
    """Return the progress of an item as a bar with its number, a full one in the colour of the verdict."""
    progress = standing.item.present_progress
    style = _LIGHT_STYLE[standing.judgement.light] if progress == COMPLETE else "cyan"
    number = styled(f" {percent(progress):>4}", style="default")
    return styled(bar(progress, BAR_CELLS, layout), number, style=style)


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


def stacked(rows: Iterable[tuple[Standing, Styled]]) -> Table:
    """Return the items one below the other, for a screen too narrow for columns."""
    return Table(
        (Column(is_whole=True), Column()),
        tuple(Row((bold(standing.item.id), _stacked(standing, state))) for standing, state in rows),
        gap=1,
    )


def due_remark(standings: Iterable[Standing], mark: str = "") -> Iterator[Block]:
    """Yield a line on the items without a due date of their own, if any, with the mark that they have."""
    if remark := words.due_remark(standings):
        yield dim(f"{mark} {remark}".strip())


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


def item_table(columns: Iterable[str], rows: Iterable[tuple[Cell, ...]]) -> Table:
    """Return a table with these of the known columns."""
    return Table(
        tuple(
            Column(_(_COLUMNS[column]), is_whole=column in _UNWRAPPED_COLUMNS) for column in columns
        ),
        tuple(map(Row, rows)),
    )


def facts_grid(facts: Iterable[tuple[str, Cell]], *, indent: int = 0) -> Table:
    """Return a grid of names and values."""
    return Table(
        (Column(style="dim", is_whole=True), Column()), tuple(map(Row, facts)), indent=indent
    )


def _stacked(standing: Standing, state: Styled) -> Styled:
    item = standing.item
    due = ", " + _("due {day}").format(day=i18n.day(item.due)) if item.due else ""
    progress = "" if item.present_status is Status.DONE else f", {percent(item.present_progress)}"
    return styled(clean(local(item.title)), "\n", state, f"{progress}{due}")
