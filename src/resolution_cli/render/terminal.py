"""Items, changes and the diary for a terminal or for a pipe that a person reads: views, as in `layout.py`."""

from collections.abc import Iterable, Iterator

from resolution_cli import i18n
from resolution_cli.domain.change import Change, Undo
from resolution_cli.domain.model import Status
from resolution_cli.domain.pace import curve, pace
from resolution_cli.i18n import _, ngettext
from resolution_cli.render import words
from resolution_cli.render.layout import Block, Cell, Layout, styled
from resolution_cli.render.terminal_parts import (
    CURVE_CELLS,
    bold,
    dim,
    due_remark,
    entry,
    entry_facts,
    facts_grid,
    heights,
    item_table,
    progress_bar,
    stacked,
    status_text,
    verdict_text,
)
from resolution_cli.render.texts import clean, local
from resolution_cli.report import Details, Diary, Listing, Standing


def items(listing: Listing, layout: Layout) -> Iterator[Block]:
    """Yield the table of `tracker list`: what the file says of each item."""
    standings = listing.standings
    if not standings:
        yield words.no_item(listing)
    elif layout.is_narrow:
        yield stacked((standing, status_text(standing)) for standing in standings)
    else:
        columns = ["id", "kind", "title", "status", "progress"]
        if any(standing.item.due for standing in standings):
            columns.append("due")
        cells = (_listed(standing, layout)[: len(columns)] for standing in standings)
        yield item_table(columns, cells)
        yield from due_remark(standings)


def item(details: Details, layout: Layout) -> Iterator[Block]:
    """Yield all that is known of one item, its history newest first."""
    standing = details.standing
    item = standing.item
    yield styled(bold(item.id), "  ", bold(clean(local(item.title))))
    yield dim(words.kind(item.kind))
    if item.summary:
        yield from ("", clean(local(item.summary)))
    yield from ("", facts_grid(_facts(details, layout)), "", bold(_("History, newest first")))
    if not standing.updates:
        yield dim(_("No updates yet."))
    for number, update in enumerate(reversed(standing.updates)):
        if number:
            yield ""
        yield from entry(update)


def changes(made: Iterable[Change], end: str, layout: Layout) -> Iterator[Block]:  # noqa: ARG001  # views are called alike
    """Yield what an update changed: old → new of each fact, what was added; last, `end`."""
    for change in made:
        yield styled(bold(change.update.item), "  ", clean(local(change.before.title)))
        yield facts_grid(entry_facts(change.update, change.inferred), indent=2)
    yield end


def undo(taken: Undo, layout: Layout) -> Iterator[Block]:  # noqa: ARG001  # views are called alike
    """Yield the entry that is taken back, and what that restores."""
    title = clean(local(taken.item.title)) if taken.item else _("no longer in the plan")
    yield _("The last update of {item}, {title}:").format(
        item=clean(taken.update.item), title=title
    )
    yield from entry(taken.update)
    facts = [
        (
            words.fact_name(name),
            f"{words.fact(name, getattr(taken.item, name))} → {words.fact(name, value)}",
        )
        for name, value in taken.restored.items()
    ]
    if facts:
        yield _("Undoing it removes this entry and restores:")
        yield facts_grid(facts, indent=2)
    else:
        yield _("Undoing it removes this entry.")


def log(diary: Diary, layout: Layout) -> Iterator[Block]:  # noqa: ARG001  # as above
    """Yield the entries of the diary."""
    if not diary.updates:
        yield words.no_update(diary)
    titles = {item.id.lower(): clean(local(item.title)) for item in diary.resolution.items}
    for number, update in enumerate(diary.updates):
        if number:
            yield ""
        yield styled(bold(update.item), "  ", titles.get(update.item.lower(), ""))
        yield from entry(update)


def _listed(standing: Standing, layout: Layout) -> tuple[Cell, ...]:
    item = standing.item
    return (
        bold(item.id),
        words.kind(item.kind),
        clean(local(item.title)),
        status_text(standing),
        progress_bar(standing, layout),
        i18n.day(item.due) if item.due else "–",
    )


def _facts(details: Details, layout: Layout) -> Iterator[tuple[str, Cell]]:
    resolution, day, standing = details.resolution, details.as_of, details.standing
    item = standing.item
    yield _("verdict"), verdict_text(standing)
    yield _("status"), status_text(standing)
    yield _("progress"), progress_bar(standing, layout)
    term = resolution.header.term
    yield (
        _("start"),
        i18n.day(item.start)
        if item.start
        else _("{day} (start of the term)").format(day=i18n.day(term.start)),
    )
    yield _("due"), words.due(standing)
    had = standing.deadlines
    if len(had) > 1:
        moved = ngettext("{due}, moved {count} time", "{due}, moved {count} times", len(had) - 1)
        yield (
            _("first due"),
            moved.format(due=words.fact("due", had[0]), count=i18n.number(len(had) - 1)),
        )
    if item.present_status is not Status.DONE:
        yield _("pace"), words.pace(pace(standing.history, day))
    planned, actual = curve(standing.history, day, CURVE_CELLS)
    yield _("planned"), dim(heights(planned, layout) + " " + _("over the term"))
    yield _("actual"), styled(heights(actual, layout), style="cyan")
    for name in ("done_on", "lead", "partners", "product", "tags"):
        value = getattr(item, name)
        if value is not None or name != "done_on":
            said = words.fact(name, value)
            yield words.fact_name(name), said if value else dim(said)
