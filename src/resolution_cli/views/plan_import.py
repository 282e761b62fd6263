"""The view of `tracker import --as plan`: what a table adds to the plan, and what is said of it."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from resolution_cli import i18n
from resolution_cli.domain.model import Item, Parent, Target
from resolution_cli.domain.plan import Addition
from resolution_cli.domain.plan_columns import PlanTable, column_name
from resolution_cli.domain.plan_import import PlanImport, Remark
from resolution_cli.domain.values import EntryKind
from resolution_cli.i18n import _, ngettext
from resolution_cli.views import plan
from resolution_cli.views.document import Block, Document, Paragraph

_LONGEST_TITLE, _LONGEST_TEXT = 60, 300
"""Characters of a title and of what is said of it that are shown at most."""


def proposed(found: PlanImport) -> Document:
    """Return what would be added: each entry with its facts, and how many there are."""
    blocks: list[Block] = []
    for made in found.additions:
        for entry in _entries(made):
            blocks += plan.proposed(Addition(made.place, entry)).blocks
        if made.parent:
            said = plan.remarks(made, made.parent.id)
            blocks += (Paragraph(each, is_close=True) for each in said)
    blocks.append(Paragraph(counted(found)))
    return Document(blocks=tuple(blocks))


def counted(found: PlanImport) -> str:
    """Return how many entries of each kind are added, and how many rows are left out."""
    counts = dict.fromkeys(EntryKind, 0)
    for made in found.additions:
        entry = made.entry
        counts[EntryKind(entry.kind) if isinstance(entry, Item) else EntryKind.TARGET] += 1
        counts[EntryKind.MILESTONE] += len(entry.milestones if isinstance(entry, Parent) else ())
    words = (
        ngettext("{n} task", "{n} tasks", counts[EntryKind.TASK]),
        ngettext("{n} breakthrough", "{n} breakthroughs", counts[EntryKind.BREAKTHROUGH]),
        ngettext("{n} milestone", "{n} milestones", counts[EntryKind.MILESTONE]),
        ngettext("{n} target", "{n} targets", counts[EntryKind.TARGET]),
    )
    kinds = (EntryKind.TASK, EntryKind.BREAKTHROUGH, EntryKind.MILESTONE, EntryKind.TARGET)
    said = [
        word.format(n=i18n.count(counts[kind]))
        for kind, word in zip(kinds, words, strict=True)
        if counts[kind]
    ]
    rows = len(found.left_out)
    left_out = ngettext("{n} row left out", "{n} rows left out", rows).format(n=i18n.count(rows))
    return _("{added}; {left_out}.").format(
        added=", ".join(said) or _("nothing to add"), left_out=left_out
    )


def notices(
    tables: Sequence[PlanTable], without: Sequence[tuple[str, str, str]], found: PlanImport
) -> Iterator[str]:
    """Yield, a line each: how the sheets were read, what is left out, what to look at."""
    for workbook, sheet, reason in without:
        place = _("{file}, sheet “{sheet}”").format(file=workbook, sheet=sheet)
        yield _("{where}: left out: {text}").format(where=place, text=reason)
    for table in tables:
        yield _columns(table)
        if table.unused:
            heads = ", ".join(f"{letters} “{head}”" for letters, head in table.unused)
            yield _("{place}: columns that are not taken: {heads}").format(
                place=_place(table), heads=heads
            )
        remarks = [each for each in (*found.left_out, *found.remarks) if each.table is table]
        left_out = set(map(id, found.left_out))
        for remark in sorted(remarks, key=lambda each: each.row):
            yield _line(remark, is_left_out=id(remark) in left_out)


def _columns(table: PlanTable) -> str:
    first, last = table.head
    columns = ", ".join(
        f"{letters} {column_name(column)}" for letters, _head, column in table.columns
    )
    message = ngettext(
        "{place}: head in row {rows}: {columns}",
        "{place}: head in rows {rows}: {columns}",
        last - first + 1,
    )
    rows = str(first) if first == last else f"{first}–{last}"
    return message.format(place=_place(table), rows=rows, columns=columns)


def _line(remark: Remark, *, is_left_out: bool) -> str:
    """Return a line about a row."""
    title = _shortened(remark.title, _LONGEST_TITLE)
    place = _place(remark.table)
    values = {"place": place, "row": remark.cell or remark.row, "title": title}
    if remark.cell:
        where = _("{place}, cell {row}") if not title else _("{place}, cell {row} “{title}”")
    else:
        where = _("{place}, row {row}") if not title else _("{place}, row {row} “{title}”")
    message = _("{where}: left out: {text}") if is_left_out else _("{where}: {text}")
    text = _shortened(remark.text, _LONGEST_TEXT)
    return message.format(where=where.format(**values), text=text)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _place(table: PlanTable) -> str:
    return _("{file}, sheet “{sheet}”").format(file=table.workbook, sheet=table.sheet)


def _entries(made: Addition) -> Iterator[Item | Target]:
    """Yield what is added, an item before its milestones."""
    if not isinstance(made.entry, Parent):
        yield made.entry
        return
    yield replace(made.entry, milestones=())
    yield from made.entry.milestones
