"""The cells of a row of somebody's table, as the values of an entry of the plan. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from resolution_cli.domain import plan_cells
from resolution_cli.domain.model import Term, Want
from resolution_cli.domain.plan_columns import PLAN, Column, SheetCell, column_name
from resolution_cli.domain.units import Units
from resolution_cli.domain.values import TITLES, EntryKind
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import _

_OF_ITEMS = (Column.SUMMARY, Column.START, Column.DUE, Column.LEAD, Column.PARTNERS, Column.PRODUCT)
_OF_TARGETS = (Column.SUMMARY, Column.UNIT, Column.LEAD, Column.PARTNERS, Column.SOURCE)


class RowRefused(Exception):
    """A row cannot be added; `cell` is the address of the cell concerned, if one is."""

    def __init__(self, message: str, cell: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cell = cell


class RowValues:
    """The values of a row.

    Attributes:
        values: the values by key.
        remarks: how cells were read that could be meant otherwise: each cell with what is said.
        remarks_on_units: the same of names of units, which need saying once.

    """

    def __init__(
        self, cells: Mapping[str, SheetCell], kind: EntryKind, term: Term, units: Units
    ) -> None:
        """Read the `cells` of a row, by column, for an entry of the `kind`.

        Raises:
            RowRefused: one is not clear.

        """
        self.values: dict[str, Any] = {}
        self.remarks: list[tuple[SheetCell, str]] = []
        self.remarks_on_units: list[tuple[SheetCell, str]] = []
        self._term, self._units = term, units
        allowed: Sequence[str] = _OF_TARGETS if kind is EntryKind.TARGET else _OF_ITEMS
        if kind is EntryKind.MILESTONE:
            allowed = (*allowed, Column.WEIGHT)
        of_years: dict[str, SheetCell] = {}
        for name, cell in cells.items():
            if name.startswith(PLAN) and kind is EntryKind.TARGET:
                of_years[name.removeprefix(PLAN)] = cell
            elif name in allowed:
                with in_cell(cell):
                    self._take(name, cell)
            else:
                message = _("{kind} has no {column}: “{text}” is not taken")
                said = message.format(
                    kind=_(TITLES[kind]), column=column_name(name), text=_shown(cell)
                )
                self.remarks.append((cell, said))
        self._take_plan(of_years)

    def _take(self, name: str, cell: SheetCell) -> None:
        value: object
        match name:
            case Column.DUE:
                due = plan_cells.due_of(cell, self._term)
                value = due.day
                if due.remark:
                    self.remarks.append((cell, due.remark))
            case Column.START:
                value = plan_cells.day_of(cell, self._term)
            case Column.WEIGHT:
                value = plan_cells.weight_of(cell)
            case Column.LEAD | Column.PARTNERS:
                self._take_units(name, cell)
                return
            case _:
                value = plan_cells.line_of(cell)
        if value:
            self.values[name] = value

    def _take_units(self, name: str, cell: SheetCell) -> None:
        """Take the units of a cell: of several leads all but the first are partners."""
        found, remarks = plan_cells.units_in(cell, self._units)
        self.remarks_on_units += [(cell, remark) for remark in remarks]
        partners = self.values.get(Column.PARTNERS, ())
        if name == Column.LEAD and found:
            lead, *others = found
            self.values[Column.LEAD] = lead
            if others:
                message = _("the first of several units, {lead}, leads; the others are partners")
                self.remarks.append((cell, message.format(lead=lead)))
            partners = (*others, *partners)
        else:
            partners = (*partners, *found)
        known = dict.fromkeys(partners)
        known.pop(self.values.get(Column.LEAD), None)
        if known:
            self.values[Column.PARTNERS] = tuple(known)

    def _take_plan(self, cells: Mapping[str, SheetCell]) -> None:
        """Take the figures of years, how they are wanted, and the unit if only they say it."""
        unit = self.values.get(Column.UNIT, "")
        plan: dict[str, Any] = {}
        wants: dict[Want, SheetCell] = {}
        percents: set[bool] = set()
        for year, cell in sorted(cells.items()):
            with in_cell(cell):
                planned = plan_cells.planned_of(cell, unit)
            if planned:
                plan[year] = planned.figure
                wants[planned.want or Want.AT_LEAST] = cell
                percents.add(planned.is_percent)
        if len(wants) > 1:
            message = _("the figures of the years differ in how they are wanted: {texts}")
            texts = " / ".join(map(_shown, wants.values()))
            raise RowRefused(message.format(texts=texts))
        if plan:
            self.values["plan"] = plan
            self.values["want"] = next(iter(wants))
        if percents == {True} and not unit:
            self.values[Column.UNIT] = "%"


@contextmanager
def in_cell(cell: SheetCell) -> Iterator[None]:
    """Refuse the row for what is wrong in the cell."""
    try:
        yield
    except WrongInput as error:
        raise RowRefused(error.message, cell.address) from None


def _shown(cell: SheetCell) -> str:
    """Return what is in a cell, for a message."""
    try:
        return " ".join(plan_cells.text_of(cell).split())
    except WrongInput:
        return str(cell.value)
