"""The views of `tracker add` and `tracker edit`: what is new in the plan, and what was edited."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from resolution_cli import i18n
from resolution_cli.domain.facts import FACTS
from resolution_cli.domain.model import Base, Item, Target, TargetKind, Translations, Want
from resolution_cli.domain.plan import Addition, Edit, Keys
from resolution_cli.i18n import N_, _
from resolution_cli.shell import command_line
from resolution_cli.views import target_words, words
from resolution_cli.views.document import Block, Cell, Document, Facts, Heading, Paragraph
from resolution_cli.views.texts import clean, local

_NAMES = {
    "title": N_("title"),
    "summary": N_("summary"),
    "unit": N_("unit"),
    "want": N_("wanted"),
    "kind": N_("figures"),
    "base": N_("base"),
    "plan": N_("plan"),
    "item": N_("item"),
    "weight": N_("weight"),
    "start": N_("start"),
    "source": N_("source"),
    "added": N_("in the plan since"),
}
_PARTS = {"on": N_("day"), "value": N_("figure")}
_FILL_IN = "…"
"""Placeholder in a command for a value that only the office knows; every option refuses it."""


def proposed(made: Addition) -> Document:
    """Return what is new in the plan."""
    entry = made.entry
    facts = Facts(tuple((name, Cell(value)) for name, value in _said(made)), is_nested=True)
    return Document(blocks=(Heading(3, clean(local(entry.title)), label=entry.id), facts))


def added(made: Addition, path: Path, *, is_rehearsal: bool) -> Document:
    """Return where something new stands in the file, what it changes, and what comes next."""
    list_ = ".".join(part for part in made.place if isinstance(part, str))
    if is_rehearsal:
        end = _("Nothing was written to {path}.").format(path=clean(str(path)))
    elif made.before:
        end = _("Added to {path}, in [[{list}]] behind {id}.").format(
            path=clean(str(path)), list=list_, id=made.before[-1]
        )
    elif made.parent:
        end = _("Added to {path}, as the first of [[{list}]] below {id}.").format(
            path=clean(str(path)), list=list_, id=made.parent.id
        )
    else:
        end = _("Added to {path}, as the first of [[{list}]].").format(
            path=clean(str(path)), list=list_
        )
    said = [end]
    if made.parent:
        said += remarks(made, made.parent.id)
    if not is_rehearsal:
        said.append(_("Next: {command}").format(command=_next_command(made.entry)))
    return Document(blocks=tuple(Paragraph(each, is_close=True) for each in said))


def undo(added: Sequence[Item | Target], edits: Sequence[Edit]) -> Document:
    """Return what undoing `add` or `edit` does: it takes out what was `added`, and the edits."""
    blocks: list[Block] = []
    for entry in added:
        blocks.append(Heading(3, clean(local(entry.title)), label=entry.id))
        blocks.append(Paragraph(_("Undoing takes it out of the plan."), is_close=True))
    for made in edits:
        blocks += _edited(Edit(made.after, made.before))
    if not blocks:
        said = _("Undoing gives the file its content of before `tracker edit`.")
        blocks.append(Paragraph(said, is_close=True))
    return Document(blocks=tuple(blocks))


def edit(made: Edit, end: str) -> Document:
    """Return what was edited, with the old and the new value of each; last, `end`."""
    return Document(blocks=(*_edited(made), Paragraph(end, is_close=True)))


def _edited(made: Edit) -> list[Block]:
    facts = tuple(
        (
            _name(keys),
            Cell(f"{_said_of(made.before, keys, old)} → {_said_of(made.after, keys, new)}"),
        )
        for keys, old, new in made.values()
    )
    heading = Heading(3, clean(local(made.before.title)), label=made.before.id)
    return [heading, Facts(facts, is_nested=True)]


def remarks(made: Addition, parent_id: str) -> Iterator[str]:
    """Yield what a new milestone changes of its item."""
    if made.reopens:
        yield _("{id} was done, and with a new milestone is in progress again.").format(
            id=parent_id
        )
    elif not made.before and made.entry.added:
        remark = _("From {day} on, the status and progress of {id} follow from its milestones.")
        yield remark.format(day=i18n.day(made.entry.added), id=parent_id)


def _next_command(entry: Item | Target) -> str:
    """Return the command that reports on what is new."""
    options = ("--value", _FILL_IN) if isinstance(entry, Target) else ("--status", "in-progress")
    return command_line("tracker", "update", entry.id, *options)


def _said(made: Addition) -> Iterator[tuple[str, str]]:
    for name, value in made.values().items():
        if name in ("id", "title"):
            continue
        if isinstance(value, dict):
            yield from ((_name((name, key)), _shown((name, key), value[key])) for key in value)
        elif name in FACTS:
            yield words.fact_name(name), words.fact(name, value)
        else:
            yield _name((name,)), _shown((name,), value)


def _said_of(entry: Item | Target, keys: Keys, value: object) -> str:
    """Return a value of the entry in words; of one that is absent, what stands for it."""
    if value is None and len(keys) == 1:
        value = getattr(entry, keys[0]) or None
    return _shown(keys, value)


def _name(keys: Keys) -> str:
    """Return what a value is called, or a part of it: its language, its year."""
    key, *parts = keys
    return " ".join((_(_NAMES[key]), *(_(_PARTS.get(part, part)) for part in parts)))


def _shown(keys: Keys, value: object) -> str:  # noqa: PLR0911  # one of each type
    """Return a value in words."""
    match value:
        case None:
            return _("nothing")
        case TargetKind():
            return target_words.kind(value)
        case Want():
            return target_words.want(value)
        case date():
            return i18n.day(value)
        case Decimal():
            return i18n.figure(value)
        case Base():
            return _("{figure} on {day}").format(
                figure=i18n.figure(value.value), day=i18n.day(value.on)
            )
        case Translations():
            return clean(local(value))
        case dict():
            return "; ".join(f"{key} {_shown(keys, part)}" for key, part in value.items())
        case _:
            return clean(str(value))
