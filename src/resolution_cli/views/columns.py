"""What can be said of an item in a column of a table or beside a name, each with its head."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli import i18n
from resolution_cli.domain.model import COMPLETE, Milestone, Status
from resolution_cli.domain.verdict import LIGHTS, Light, Verdict
from resolution_cli.i18n import N_, _
from resolution_cli.reports.standing import Standing
from resolution_cli.views import words
from resolution_cli.views.document import (
    Bar,
    Cell,
    Column,
    Paragraph,
    Row,
    Table,
    Tone,
    Value,
    Words,
    capitalised,
    strong,
    toned,
)
from resolution_cli.views.texts import clean, local

_TONES = {
    Light.RED: Tone.RED,
    Light.AMBER: Tone.AMBER,
    Light.GREEN: Tone.GREEN,
    Light.GREY: Tone.GREY,
}
_STATUS_TONES = {
    Status.NOT_STARTED: Tone.MUTED,
    Status.IN_PROGRESS: Tone.ACTIVE,
    Status.BLOCKED: Tone.RED,
}


class ItemColumn(Struct, frozen=True):
    """What can be said of an item.

    Attributes:
        head: what it is called, a message; empty for the fact of that name.
        cell: what is said of an item.
        width: as of `document.Column`, as are the other attributes.

    """

    head: str
    cell: Callable[[Standing], Cell]
    width: int = 16
    is_number: bool = False
    is_whole: bool = False


def id_cell(standing: Standing) -> Cell:
    """Return the id of the item."""
    return Cell(strong(standing.item.id))


def whole_cell(standing: Standing) -> Cell:
    """Return the id of the item that a milestone is of."""
    return Cell(standing.parent.id if standing.parent else "")


def title_cell(standing: Standing) -> Cell:
    """Return the title of the item."""
    return Cell(clean(local(standing.item.title)))


def status_cell(standing: Standing) -> Cell:
    """Return the status of the item; of what is done, in the colour of its verdict."""
    status = standing.item.present_status
    return Cell(toned(words.status(status), tone=_STATUS_TONES.get(status) or light_tone(standing)))


def progress_cell(standing: Standing) -> Cell:
    """Return the progress of the item with a bar, that of what is over in the verdict's colour.

    Empty of a milestone, which is done or not.
    """
    if standing.parent:
        return Cell(value=None)
    progress = standing.item.present_progress
    is_over = progress == COMPLETE or standing.item.is_cancelled
    tone = light_tone(standing) if is_over else Tone.ACTIVE
    return Cell(words.percent(progress), value=progress / COMPLETE, bar=Bar(progress, tone))


def verdict_cell(standing: Standing) -> Cell:
    """Return the verdict on the item, and whether its last report is too old."""
    return _verdict_cell(standing, words.verdict(standing))


def documented_verdict_cell(standing: Standing) -> Cell:
    """Return what `verdict_cell` does, and the documents by which the item is cancelled."""
    return _verdict_cell(standing, words.documented_verdict(standing))


def outward_verdict_cell(standing: Standing) -> Cell:
    """Return the verdict on the item for a superior: without whether its last report is too old."""
    return Cell(toned(words.documented_verdict(standing), tone=light_tone(standing)))


def explained_verdict_cell(standing: Standing) -> Cell:
    """Return the verdict on the item with its reason, and whether its last report is too old.

    The reason is what blocks it, or the documents by which it is cancelled.
    """
    judged = standing.judgement
    parts: list[Words] = [words.documented_verdict(standing)]
    if judged.blocked_by and judged.blocked_by.note:
        parts.append(toned(f": {clean(judged.blocked_by.note)}", tone=Tone.PLAIN))
    if judged.cause:
        parts.append(toned(f" ({words.cause(judged.cause)})", tone=Tone.PLAIN))
    if judged.is_stale:
        parts.append(f", {words.stale(judged)}")
    return Cell(toned(*parts, tone=light_tone(standing)))


def due_cell(standing: Standing) -> Cell:
    """Return the day by which the item is due, for a table: marked where it is the term's end."""
    day = i18n.day(standing.due)
    if standing.item.due:
        return Cell(day, value=standing.item.due)
    return Cell(toned(f"{day}{words.DUE_MARK}", tone=Tone.MUTED), value=None)


def fact_cell(name: str, value: object) -> Cell:
    """Return the value of a fact; what is absent says so."""
    said = words.fact(name, value)
    if value:
        return Cell(said, value=_sheet_value(value))
    return Cell(toned(said, tone=Tone.MUTED), value=None, is_absent=True)


def verdict_tone(verdict: Verdict) -> Tone:
    """Return the tone of a verdict."""
    return _TONES[LIGHTS[verdict]]


def light_tone(standing: Standing) -> Tone:
    """Return the tone of the verdict on an item."""
    return _TONES[standing.judgement.light]


def _of_fact(name: str) -> Callable[[Standing], Cell]:
    return lambda standing: _fact_cell(name, standing)


def _fact_cell(name: str, standing: Standing) -> Cell:
    """Return a fact; nothing where a milestone has none, which is what its item has."""
    value = getattr(standing.item, name)
    return Cell(value=None) if standing.parent and not value else fact_cell(name, value)


def _verdict_cell(standing: Standing, verdict: str) -> Cell:
    parts = filter(None, (verdict, words.stale(standing.judgement)))
    return Cell(toned(", ".join(parts), tone=light_tone(standing)))


def _day_cell(day: date | None) -> Cell:
    return Cell(i18n.day(day) if day else "", value=day)


def _last_update_cell(standing: Standing) -> Cell:
    return _day_cell(standing.last_update)


def _weight_cell(standing: Standing) -> Cell:
    item = standing.item
    return _number_cell(item.weight) if isinstance(item, Milestone) else Cell()


def _number_cell(number: int) -> Cell:
    return Cell(i18n.number(number), value=number)


def _sheet_value(value: object) -> Value:
    return value if isinstance(value, date) else ""


def _verdict_name_cell(standing: Standing) -> Cell:
    return Cell(words.verdict_name(standing.judgement.verdict))


def _plain_status_cell(standing: Standing) -> Cell:
    return Cell(words.status(standing.item.present_status))


COLUMNS = {
    "id": ItemColumn(N_("id"), id_cell, 8, is_whole=True),
    "kind": ItemColumn(N_("kind"), lambda standing: Cell(words.kind(standing.item.kind)), 14),
    "title": ItemColumn(N_("title"), title_cell, 50),
    "verdict": ItemColumn(N_("verdict"), verdict_cell, 22),
    "documented verdict": ItemColumn(N_("verdict"), documented_verdict_cell, 22),
    "outward verdict": ItemColumn(N_("verdict"), outward_verdict_cell, 22),
    "explained verdict": ItemColumn(N_("verdict"), explained_verdict_cell, 30),
    "verdict name": ItemColumn(N_("verdict"), _verdict_name_cell, 22),
    "verdict in detail": ItemColumn(
        N_("in detail"), lambda s: Cell(words.documented_verdict(s)), 30
    ),
    "status": ItemColumn("", status_cell, 16, is_whole=True),
    "plain status": ItemColumn(N_("status"), _plain_status_cell),
    "progress": ItemColumn("", progress_cell, 10, is_number=True, is_whole=True),
    "start": ItemColumn(N_("start"), lambda standing: _day_cell(standing.item.start), 12),
    "due": ItemColumn("", due_cell, 12, is_whole=True),
    "done_on": ItemColumn("", _of_fact("done_on"), 12),
    "lead": ItemColumn("", lambda standing: fact_cell("lead", standing.lead), 24),
    "item": ItemColumn(N_("item"), whole_cell, 8, is_whole=True),
    "weight": ItemColumn(N_("weight"), _weight_cell, 8, is_number=True),
    "partners": ItemColumn("", _of_fact("partners"), 30),
    "product": ItemColumn("", _of_fact("product"), 30),
    "last update": ItemColumn(N_("last update"), _last_update_cell, 12),
    "updates": ItemColumn(
        N_("updates"), lambda standing: _number_cell(len(standing.updates)), 10, is_number=True
    ),
}
"""All columns of tables of items, by the name under which a view asks for them."""


def head(name: str) -> str:
    """Return what the column `name` is called."""
    column = COLUMNS[name]
    return _(column.head) if column.head else words.fact_name(name)


def item_columns(
    names: Iterable[str], standings: Iterable[Standing], details: Sequence[str] = ()
) -> tuple[Column, ...]:
    """Return the columns of a table of `standings`; a screen leaves out those in `details`."""
    has_cancelled = any(standing.item.is_cancelled for standing in standings)
    return tuple(
        Column(
            head(name),
            width=column.width,
            is_number=column.is_number,
            is_whole=column.is_whole,
            is_detail=name in details,
            tones=_verdict_tones(has_cancelled=has_cancelled) if name == "verdict name" else {},
        )
        for name in names
        for column in [COLUMNS[name]]
    )


def item_cells(names: Iterable[str], standing: Standing) -> tuple[Cell, ...]:
    """Return what these columns say of an item."""
    return tuple([COLUMNS[name].cell(standing) for name in names])


def item_table(
    names: Sequence[str],
    standings: Sequence[Standing],
    narrow: Callable[[Standing], Words] | None = None,
    details: Sequence[str] = (),
    name: str = "",
) -> Table:
    """Return a table of items.

    Args:
        names: the columns, from `COLUMNS`.
        standings: the items, a row each.
        narrow: what a narrow screen shows of an item beside its id; the cells if absent.
        details: the columns that a screen leaves out.
        name: what the table is called where it has a sheet of its own.

    """
    rows = tuple(
        Row(item_cells(names, each), narrow=narrow(each) if narrow else None) for each in standings
    )
    columns = item_columns(names, standings, details)
    return Table(columns, rows, name=name or _("Items"), is_wide=True)


def grouped_by_kind(table: Table, standings: Iterable[Standing]) -> Table:
    """Return a `table` of items, on a screen below a head for each kind; milestones with theirs."""
    rows = (
        replace(row, group=capitalised(words.kinds((each.parent or each.item).kind)))
        for row, each in zip(table.rows, standings, strict=True)
    )
    return replace(table, rows=tuple(rows))


def narrow_row(standing: Standing, state: Words) -> Words:
    """Return an item with its `state`, below its title, for a screen too narrow for columns."""
    item = standing.item
    due = ", " + _("due {day}").format(day=i18n.day(item.due)) if item.due else ""
    has_progress = not (item.is_done or standing.parent)
    progress = f", {words.percent(item.present_progress)}" if has_progress else ""
    return toned(clean(local(item.title)), "\n", state, f"{progress}{due}")


def due_remark(standings: Iterable[Standing]) -> tuple[Paragraph, ...]:
    """Return what the mark beside a due date says, if any has it."""
    remark = words.due_remark(standings)
    return (Paragraph(toned(f"{words.DUE_MARK} {remark}", tone=Tone.MUTED)),) if remark else ()


def _verdict_tones(*, has_cancelled: bool) -> dict[str, Tone]:
    """Return the tone of each verdict by its name; of `cancelled` only where an item is."""
    return {
        words.verdict_name(verdict): _TONES[LIGHTS[verdict]]
        for verdict in Verdict
        if has_cancelled or verdict is not Verdict.CANCELLED
    }
