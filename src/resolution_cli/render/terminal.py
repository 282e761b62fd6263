"""Items, changes and the diary for a terminal or for a pipe that a person reads: Rich renderables."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from resolution_cli import i18n
from resolution_cli.change import Change, Undo
from resolution_cli.history import deadlines
from resolution_cli.i18n import _, ngettext
from resolution_cli.model import Status
from resolution_cli.pace import curve, pace
from resolution_cli.render import words
from resolution_cli.render.terminal_parts import (
    CURVE_CELLS,
    Layout,
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
from resolution_cli.render.words import clean, local
from resolution_cli.report import Details, Diary, Listing


def items(listing: Listing, layout: Layout) -> RenderableType:
    """Return the table of `tracker list`: what the file says of each item."""
    standings = listing.standings
    if not standings:
        return Text(words.no_item(listing))
    if layout.is_narrow:
        return stacked((standing, status_text(standing)) for standing in standings)
    has_due = any(standing.item.due for standing in standings)
    table = item_table("id", "kind", "title", "status", "progress", *(["due"] if has_due else []))
    for standing in standings:
        item = standing.item
        table.add_row(
            Text(item.id, style="bold"),
            words.kind(item.kind),
            Text(clean(local(item.title))),
            status_text(standing),
            progress_bar(item.present_progress, layout),
            *([Text(i18n.day(item.due) if item.due else "–")] if has_due else []),
        )
    return Group(table, *due_remark(standings))


def item(details: Details, layout: Layout) -> RenderableType:
    """Return all that is known of one item, its history newest first."""
    resolution, day, standing = details.resolution, details.as_of, details.standing
    item = standing.item
    facts = facts_grid()
    facts.add_row(_("verdict"), verdict_text(standing))
    facts.add_row(_("status"), status_text(standing))
    facts.add_row(_("progress"), progress_bar(item.present_progress, layout))
    term = resolution.header.term
    facts.add_row(
        _("start"), i18n.day(item.start) if item.start else _("{day}, the term's").format(day=i18n.day(term.start))
    )
    facts.add_row(
        _("due"), i18n.day(item.due) if item.due else _("{day}, the term's end").format(day=i18n.day(term.end))
    )
    had = deadlines(item, standing.updates)
    if len(had) > 1:
        moved = ngettext("{due}, moved {count} time", "{due}, moved {count} times", len(had) - 1)
        facts.add_row(_("first due"), moved.format(due=words.fact("due", had[0]), count=i18n.number(len(had) - 1)))
    if item.present_status is not Status.DONE:
        facts.add_row(_("pace"), Text(words.pace(pace(resolution, item, standing.updates, day))))
    planned, actual = curve(resolution, item, standing.updates, day, CURVE_CELLS)
    facts.add_row(_("planned"), Text(heights(planned, layout) + " " + _("over the term"), style="dim"))
    facts.add_row(_("actual"), Text(heights(actual, layout), style="cyan"))
    for name in ("done_on", "lead", "partners", "product", "tags"):
        value = getattr(item, name)
        if value is not None or name != "done_on":
            facts.add_row(words.fact_name(name), Text(words.fact(name, value), style="" if value else "dim"))
    parts: list[RenderableType] = [
        Text.assemble((item.id, "bold"), "  ", (clean(local(item.title)), "bold")),
        Text(words.kind(item.kind), style="dim"),
    ]
    if item.summary:
        parts += [Text(), Text(clean(local(item.summary)))]
    parts += [Text(), facts, Text(), Text(_("History, newest first"), style="bold")]
    if not standing.updates:
        parts.append(Text(_("No update was ever recorded."), style="dim"))
    for number, update in enumerate(reversed(standing.updates)):
        parts += [Text()] if number else []
        parts.append(entry(update))
    return Group(*parts)


def changes(made: Iterable[Change], layout: Layout) -> RenderableType:  # noqa: ARG001  # views are called alike
    """Return what an update changed: old → new of each fact, and what the diary got."""
    parts: list[RenderableType] = []
    for change in made:
        parts.append(Text.assemble((change.update.item, "bold"), "  ", clean(local(change.before.title))))
        parts.append(Padding(entry_facts(change.update, change.inferred), (0, 0, 0, 2), expand=False))
    return Group(*parts)


def undo(taken: Undo, layout: Layout) -> RenderableType:  # noqa: ARG001  # views are called alike
    """Return the entry that is taken back, and what that restores."""
    facts = facts_grid()
    for name, old, new in taken.update.changes() if taken.item else ():
        facts.add_row(words.fact_name(name), Text(f"{words.fact(name, new)} → {words.fact(name, old)}"))
    title = clean(local(taken.item.title)) if taken.item else _("no such item in the plan any more")
    return Group(
        Text(_("The last update of {item}, {title}:").format(item=clean(taken.update.item), title=title)),
        entry(taken.update),
        Text(
            _("Taking it back removes this entry and restores:")
            if facts.rows
            else _("Taking it back removes this entry.")
        ),
        Padding(facts, (0, 0, 0, 2), expand=False),
    )


def log(diary: Diary, layout: Layout) -> RenderableType:  # noqa: ARG001  # as above
    """Return the entries of the diary."""
    if not diary.updates:
        return Text(words.no_update(diary))
    titles = {item.id.lower(): clean(local(item.title)) for item in diary.resolution.items}
    parts: list[RenderableType] = []
    for number, update in enumerate(diary.updates):
        parts += [Text()] if number else []
        parts += [Text.assemble((update.item, "bold"), "  ", titles.get(update.item.lower(), "")), entry(update)]
    return Group(*parts)
