"""What somebody's tables add to the plan, and what of them is left out with which reason. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.domain import plan_cells
from resolution_cli.domain.model import (
    Breakthrough,
    Item,
    Milestone,
    Parent,
    Resolution,
    Target,
    Task,
    Text,
    Translations,
)
from resolution_cli.domain.plan import Addition, NewEntry, addition
from resolution_cli.domain.plan_columns import PlanTable
from resolution_cli.domain.plan_outline import Node, each_below, outline
from resolution_cli.domain.plan_values import RowRefused, RowValues, in_cell
from resolution_cli.domain.units import Units, is_same_spelling, units_of
from resolution_cli.domain.values import EntryKind
from resolution_cli.errors import ChangeRefused, WrongInput
from resolution_cli.i18n import N_, _
from resolution_cli.matching import fold

_LISTS: Mapping[type[Item | Target], str] = {
    Task: "tasks",
    Breakthrough: "breakthroughs",
    Target: "targets",
}

_ITEMS, _TARGETS = "", " "
"""The scopes of the titles of items and of targets; that of milestones is the id of their item."""

_TOTALS = ("tong", "tong cong", "tong so", "cong", "total", "sum")
"""The titles, folded, of rows that sum up others."""

_ROWS_ARE = {
    EntryKind.TASK: N_("a heading: the rows below it are tasks"),
    EntryKind.BREAKTHROUGH: N_("a heading: the rows below it are breakthroughs"),
    EntryKind.TARGET: N_("a heading: the rows below it are targets"),
}


class Remark(Struct, frozen=True):
    """What is said of a row.

    Attributes:
        table: the table that the row is in.
        row: the number of the row, from 1.
        text: what is said.
        cell: the address of the cell that it is about; empty if it is about the row.
        title: the title of the row; empty without.
        is_fault: it is left out though it may be meant for the plan: something is wrong with it.
        is_known: it is left out because the plan has it.

    """

    table: PlanTable
    row: int
    text: str
    cell: str = ""
    title: str = ""
    is_fault: bool = False
    is_known: bool = False


class PlanImport(Struct, frozen=True):
    """What tables add to the plan.

    Attributes:
        plan: the resolution that it was compared with.
        additions: what is added; an item comes with its milestones.
        left_out: each row that adds nothing, with its reason.
        remarks: how rows were read that could be meant otherwise.

    """

    plan: Resolution
    additions: tuple[Addition, ...]
    left_out: tuple[Remark, ...]
    remarks: tuple[Remark, ...]

    @property
    def count(self) -> int:
        """Return how many entries are added, milestones included."""
        return sum(1 + len(getattr(each.entry, "milestones", ())) for each in self.additions)


def plan_import(
    resolution: Resolution, tables: Sequence[PlanTable], today: date, added: date | None = None
) -> PlanImport:
    """Return what the rows of `tables` add to the plan.

    Args:
        resolution: the plan.
        tables: the tables, in their order.
        today: the day of the import.
        added: the day on which the rows entered the plan; today if None.

    """
    work = _Import(resolution, today, added)
    for table in tables:
        work.take(table)
    return work.result()


class _Import:
    """The plan while rows are added to it, and what is said of them."""

    def __init__(self, resolution: Resolution, today: date, added: date | None) -> None:
        self._before = self._plan = resolution
        self._units: Units = units_of(resolution)
        self._today = today
        self._added = {"added": added} if added else {}
        self._additions: dict[str, Addition] = {}
        self._left_out: list[Remark] = []
        self._remarks: list[Remark] = []
        self._said_of_units: set[str] = set()
        self._known: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._rows: dict[str, tuple[PlanTable, int]] = {}
        for item in resolution.items:
            self._note(_ITEMS, item.id, item.title)
            self._note(item.id, item.id, item.title)
            for milestone in item.milestones:
                self._note(item.id, milestone.id, milestone.title)
        for target in resolution.targets:
            self._note(_TARGETS, target.id, target.title)
        self._table: PlanTable

    def take(self, table: PlanTable) -> None:
        """Add the rows of a table."""
        self._table = table
        first = len(self._left_out)
        self._left_out += [Remark(table, row, reason) for row, reason in table.left_out]
        nodes = outline(table)
        for node in nodes:
            self._visit(node, table.kind, nodes)
        self._left_out[first:] = sorted(self._left_out[first:], key=lambda each: each.row)

    def result(self) -> PlanImport:
        """Return what was added and said so far."""
        return PlanImport(
            self._before,
            tuple(self._additions.values()),
            tuple(self._left_out),
            tuple(self._remarks),
        )

    def _visit(self, node: Node, kind: EntryKind, siblings: Sequence[Node]) -> None:
        """Add a node as an entry of the `kind` that is above it, and those below it."""
        kinds = node.kinds_of_rows
        if node.kind and not (node.kind is EntryKind.TASK and kind is EntryKind.BREAKTHROUGH):
            kind = node.kind
        elif len(kinds) == 1:
            kind = kinds[0]
        if reason := _why_a_heading(node, kind, siblings):
            self._leave_out(node, reason)
        elif kind is EntryKind.TARGET:
            self._add(node, kind)
        else:
            self._add_with_parts(node, kind)
            return
        for child in node.children:
            self._visit(child, kind, node.children)

    def _add_with_parts(self, node: Node, kind: EntryKind) -> None:
        """Add an item, and what is below it as its milestones."""
        parent = self._add(node, kind)
        for child in node.children:
            if parent is None:
                reason = _("it belongs to row {row}, which is left out").format(row=node.row.number)
                for each in (child, *each_below(child.children)):
                    self._leave_out(each, reason, is_fault=True)
                continue
            if child.is_repeated:
                message = _("it repeats the number {label}, so it is taken as a milestone of {id}")
                self._say(child, message.format(label=child.label, id=parent))
            milestone = self._add(child, EntryKind.MILESTONE, parent)
            for each in each_below(child.children):
                reason = _("it is below a milestone, {title}, which has no parts of its own")
                said = reason.format(title=milestone or child.title)
                self._leave_out(each, said, is_fault=True)

    def _add(self, node: Node, kind: EntryKind, parent: str = _ITEMS) -> str | None:
        """Add a node as an entry; return the id of its entry, new or there already.

        None if it is left out.
        """
        try:
            title = _title(node)
            scope = _TARGETS if kind is EntryKind.TARGET else parent
            if known := self._find(scope, title):
                self._leave_out(node, self._why_known(known), is_known=True)
                return known
            row = RowValues(node.row.cells, kind, self._plan.header.term, self._units)
            values = {"title": title, **row.values, **self._added}
            new = NewEntry(
                kind=kind,
                values=values | ({"item": parent} if parent else {}),
                language=self._table.language,
                today=self._today,
            )
            made = addition(self._plan, new)
        except RowRefused as refused:
            self._leave_out(node, refused.message, refused.cell, is_fault=True)
            return None
        except (ChangeRefused, WrongInput) as refused:
            # Its id, which the message may begin with, is that of no entry.
            reason = re.sub(r"^[A-Za-z0-9._-]+: ", "", refused.message)
            self._leave_out(node, reason, is_fault=True)
            return None
        for cell, said in row.remarks:
            self._say(node, said, cell.address)
        for cell, said in row.remarks_on_units:
            if said not in self._said_of_units:
                self._say(node, said, cell.address)
                self._said_of_units.add(said)
        self._take_in(made)
        self._note(scope, made.entry.id, title)
        self._note(made.entry.id, made.entry.id, title)
        self._rows[made.entry.id] = self._table, node.row.number
        return made.entry.id

    def _take_in(self, made: Addition) -> None:
        """Put a new entry into the plan, a milestone of a new item into that."""
        entry = made.entry
        if not (isinstance(entry, Milestone) and made.parent):
            name = _LISTS[type(entry)]
            self._plan = replace(self._plan, **{name: (*getattr(self._plan, name), entry)})
            self._additions[entry.id] = made
            return
        parent = replace(made.parent, milestones=(*made.parent.milestones, entry))
        name = _LISTS[type(parent)]
        items: Sequence[Parent] = getattr(self._plan, name)
        self._plan = replace(
            self._plan,
            **{name: tuple(parent if each is made.parent else each for each in items)},
        )
        if of_parent := self._additions.get(parent.id):
            self._additions[parent.id] = replace(of_parent, entry=parent)
        else:
            self._additions[entry.id] = made

    def _why_known(self, entry_id: str) -> str:
        """Return why a row is left out whose title an entry has."""
        if entry_id not in self._rows:
            return _("already in the plan: {id}").format(id=entry_id)
        table, row = self._rows[entry_id]
        if table is self._table:
            return _("it has the title of row {row}").format(row=row)
        message = _("it has the title of row {row} of the sheet “{sheet}”")
        return message.format(row=row, sheet=table.sheet)

    def _note(self, scope: str, entry_id: str, title: Text) -> None:
        """Remember a title, which is one among others of the `scope`."""
        texts = title.texts() if isinstance(title, Translations) else (title,)
        for text in texts:
            self._known.setdefault((scope, _form(text)), []).append((text, entry_id))

    def _find(self, scope: str, title: str) -> str | None:
        """Return the id of the entry with the same title; None without one."""
        known = self._known.get((scope, _form(title)), ())
        ids = (each for text, each in known if is_same_spelling(_stripped(text), title))
        return next(ids, None)

    def _leave_out(self, node: Node, reason: str, cell: str = "", **kinds: bool) -> None:
        self._left_out.append(
            Remark(self._table, node.row.number, reason, cell, node.title, **kinds)
        )

    def _say(self, node: Node, text: str, cell: str = "") -> None:
        self._remarks.append(Remark(self._table, node.row.number, text, cell, node.title))


def _why_a_heading(node: Node, kind: EntryKind, siblings: Sequence[Node]) -> str:
    """Return why a node is no entry of the plan but a heading; empty if it is an entry."""
    if not node.children:
        if {fold(text).strip(" :.") for text in (node.title, node.label)} & {*_TOTALS}:
            return _("a total")
        is_of_headings = any(each.is_heading and each.children for each in siblings)
        is_alone = not node.label or node.row.is_spread or is_of_headings
        is_alone = is_alone or node.has_no_other_words
        is_empty = node.is_heading and is_alone
        return _("a line with a text only, and no rows below it") if is_empty else ""
    if kinds := node.kinds_of_rows:
        several = _("a heading that names several kinds: the rows below it are of the kind before")
        return _(_ROWS_ARE[kinds[0]]) if len(kinds) == 1 else several
    if node.is_heading and kind is EntryKind.TARGET:
        return _("a heading of targets")
    if node.is_heading and node.height > 1:
        return _("a heading: the rows below it are items with milestones")
    return ""


def _title(node: Node) -> str:
    """Return the title of a row. Raise RowRefused if it has none."""
    cell = node.row.title
    if cell is None:
        raise RowRefused(_("it has no title"))
    with in_cell(cell):
        if node.title:
            return plan_cells.title_of(replace(cell, value=node.title))
        return plan_cells.title_of(cell)


def _stripped(title: str) -> str:
    return title.rstrip(" .;:,")


def _form(title: str) -> str:
    return fold(_stripped(title))
