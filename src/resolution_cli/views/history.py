"""Entries of the history, for every view that shows some."""

from collections.abc import Iterable, Iterator

from resolution_cli import i18n
from resolution_cli.domain.facts import FACTS
from resolution_cli.domain.model import Amendment, Update
from resolution_cli.i18n import N_, _
from resolution_cli.reports.log import LogEntry
from resolution_cli.views import words
from resolution_cli.views.document import (
    Block,
    Cell,
    Column,
    Facts,
    Paragraph,
    Row,
    Table,
    Words,
    muted,
    strong,
    text,
    toned,
)
from resolution_cli.views.texts import clean, local

_NAME = N_("Updates")
"""What the table is called on a sheet: Excel keeps the name "History" for itself."""


def history_table(updates: Iterable[Update]) -> Table:
    """Return entries of one item."""
    rows = tuple(Row(_cells(update), blocks=entry_blocks(update)) for update in updates)
    return Table(_columns(), rows, name=_(_NAME), is_wide=True)


def log_table(entries: Iterable[LogEntry], *, has_numbers: bool = False) -> Table:
    """Return entries of many items, each with its item and, if wanted, its number there."""
    day, *others = _columns()
    number = (Column(_("entry no."), width=6),) if has_numbers else ()
    columns = (day, Column(_("item"), width=30), *number, *others)
    rows = tuple(_log_row(entry, has_number=has_numbers) for entry in entries)
    return Table(columns, rows, name=_(_NAME), is_wide=True)


def entry_blocks(
    update: Update, number: int | None = None, *, is_close: bool = False
) -> tuple[Block, ...]:
    """Return an entry as a screen shows it: day, who recorded it when, and what it says.

    With its number among those of its item, if that is given; without a gap before it where it
    `is_close` to what stands there.
    """
    which = ", " + _("entry {number}").format(number=i18n.number(number)) if number else ""
    who = " " + _("by {name}").format(name=clean(update.by)) if update.by else ""
    is_later = update.at and update.at.date() != update.on
    when = (
        ", " + _("recorded {moment}").format(moment=i18n.moment(update.at))
        if update.at and is_later
        else ""
    )
    head = toned(strong(i18n.day(update.on)), muted(f"{which}{who}{when}"))
    return Paragraph(head, is_close=is_close), entry_facts(update)


def entry_facts(update: Update, inferred: frozenset[str] = frozenset()) -> Facts:
    """Return what an entry changed and says; the `inferred` facts are marked."""
    said = (*changes(update, inferred), *_remarks(update))
    return Facts(tuple((name, Cell(words_)) for name, words_ in said), is_nested=True)


def changes(update: Update, inferred: frozenset[str] = frozenset()) -> Iterator[tuple[str, Words]]:
    """Yield the name of each fact that an entry changed, with its old and its new value."""
    by_hand = update.changed_by_hand()
    for name, old, new in update.changes():
        change: list[Words] = [words.change(name, old, new)]
        if name in inferred:
            change.append(muted("  " + _("(set automatically)")))
        if name in by_hand:
            change.append(muted("  " + words.changed_by_hand(name, by_hand.pop(name))))
        yield words.fact_name(name), toned(*change)
    for name, value in by_hand.items():
        remark = words.changed_by_hand(name, value)
        yield words.fact_name(name), _("restored {remark}").format(remark=remark)


def changes_line(update: Update) -> str:
    """Return what an entry changed, in one line."""
    return "; ".join(f"{name}: {' '.join(text(said).split())}" for name, said in changes(update))


def evidence_line(update: Update) -> str:
    """Return the evidence of an entry, in one line."""
    return "; ".join(map(clean, update.evidence))


def _remarks(update: Update) -> Iterator[tuple[str, Words]]:
    if update.note:
        yield _("note"), "\n".join(map(clean, update.note.splitlines()))
    if update.cause:
        yield _("cause"), words.cause(update.cause)
    for evidence in update.evidence:
        yield _("evidence"), clean(evidence)
    if update.proposal:
        yield _("proposal"), "\n".join(map(clean, update.proposal.splitlines()))
    for record in update.amended:
        yield _("amended"), _amendment(record)


def _amendment(record: Amendment) -> str:
    """Return when an entry was amended, by whom, and what it said before, in one line."""
    facts = [name for name in FACTS if name in record.absent or name in record.said()]
    said = [
        _said_before(words.fact_name(name), words.fact(name, getattr(record, name)))
        for name in facts
    ]
    if record.on:
        said.append(i18n.day(record.on))
    texts = {
        "note": (_("note"), clean(record.note or "")),
        "evidence": (_("evidence"), "; ".join(map(clean, record.evidence or ()))),
        "cause": (_("cause"), words.cause(record.cause) if record.cause else ""),
        "proposal": (_("proposal"), clean(record.proposal or "")),
    }
    said += [_said_before(*named) for named in texts.values() if named[1]]
    said += [_said_before(texts[key][0], _("nothing")) for key in record.absent if key in texts]
    when = i18n.moment(record.at)
    who = _("{moment} by {name}").format(moment=when, name=clean(record.by)) if record.by else when
    before = _("before: {said}").format(said="; ".join(said)) if said else ""
    return "; ".join(filter(None, (who, before)))


def _said_before(name: str, value: str) -> str:
    return f"{name} {value}"


def _log_row(entry: LogEntry, *, has_number: bool) -> Row:
    item_id, title = clean(entry.update.item), clean(local(entry.title))
    on, *rest = _cells(entry.update)
    item = f"{item_id}. {title}" if title else item_id
    head = Paragraph(toned(strong(item_id), f"  {title}"))
    number = entry.number if has_number else None
    numbers = (Cell(i18n.number(entry.number), value=entry.number),) if has_number else ()
    return Row(
        (on, Cell(item, value=item_id), *numbers, *rest),
        blocks=(head, *entry_blocks(entry.update, number, is_close=True)),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("day"), width=12, is_whole=True),
        Column(_("change"), width=60),
        Column(_("note"), width=50),
        Column(_("evidence"), width=40),
        Column(_("cause"), width=18),
        Column(_("recorded by"), width=24),
    )


def _cells(update: Update) -> tuple[Cell, ...]:
    return (
        Cell(i18n.day(update.on), value=update.on),
        Cell(changes_line(update)),
        Cell(clean(update.note or "")),
        Cell(evidence_line(update)),
        Cell(words.cause(update.cause) if update.cause else ""),
        Cell(clean(update.by or "")),
    )
