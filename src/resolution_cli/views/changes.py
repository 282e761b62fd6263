"""The views of `tracker update` and `tracker undo`: what was changed, or is taken back."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from resolution_cli import i18n
from resolution_cli.domain.facts import FACTS
from resolution_cli.domain.model import Update
from resolution_cli.i18n import _
from resolution_cli.views import words
from resolution_cli.views.document import Block, Cell, Document, Facts, Heading, Paragraph
from resolution_cli.views.history import entry_blocks, entry_facts
from resolution_cli.views.texts import clean, local

if TYPE_CHECKING:  # a command loads its own rules, not those of all others
    from resolution_cli.domain.amend import Amended
    from resolution_cli.domain.change import Change
    from resolution_cli.domain.undo import Undo


def changes(made: "Iterable[Change]", end: str = "") -> Document:
    """Return what an update changes, with the old and new value of each fact; last, `end`."""
    blocks: list[Block] = []
    for change in made:
        title = clean(local(change.before.title))
        blocks.append(Heading(3, title, label=change.update.item))
        blocks.append(entry_facts(change.update, change.inferred))
    if end:
        blocks.append(Paragraph(end, is_close=True))
    return Document(blocks=tuple(blocks))


def amended(made: "Amended", end: str) -> Document:
    """Return an entry that was amended, as it is now, and what it said before; last, `end`."""
    title = clean(local(made.before.title))
    return Document(
        blocks=(
            Heading(3, title, label=made.old.item),
            *entry_blocks(made.new, is_close=True),
            Paragraph(end, is_close=True),
        )
    )


def undo(taken: "Iterable[Undo]") -> Document:
    """Return the entries that are taken back, and what that restores."""
    entries = tuple(taken)
    blocks = [block for each in entries for block in _undo(each)]
    if len(entries) > 1:
        count = i18n.number(len(entries))
        blocks.append(Paragraph(_("{count} entries in all.").format(count=count)))
    return Document(blocks=tuple(blocks))


def redo(entries: Iterable[Update]) -> Document:
    """Return the entries that were brought back."""
    return Document(
        blocks=tuple(
            block
            for update in entries
            for block in (
                Paragraph(f"{clean(update.item)}:", is_close=True),
                *entry_blocks(update, is_close=True),
            )
        )
    )


def _undo(taken: "Undo") -> Iterator[Block]:
    title = clean(local(taken.item.title)) if taken.item else _("no longer in the plan")
    head = _("The last update of {item}, {title}:")
    head = head.format(item=clean(taken.update.item), title=title)
    facts = tuple(
        (words.fact_name(name), Cell(words.change(name, getattr(taken.item, name), value)))
        for name, value in taken.restored.items()
        if name in FACTS  # the day of a figure goes with the figure
    )
    yield Paragraph(head, is_close=True)
    yield from entry_blocks(taken.update, is_close=True)
    yield Paragraph(_effect(taken, restores=bool(facts)), is_close=True)
    if facts:
        yield Facts(facts, is_nested=True)


def _effect(taken: "Undo", *, restores: bool) -> str:
    """Return what an undo does, above what it restores in the plan."""
    if taken.former:
        return (
            _("Undoing it takes its amendment back and restores:")
            if restores
            else _("Undoing it takes its amendment back.")
        )
    return (
        _("Undoing it removes this entry and restores:")
        if restores
        else _("Undoing it removes this entry.")
    )
