"""What a form asks of a lead unit for a period, with what is known now. No words."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from resolution_cli.domain.forms import Asked, asked_of
from resolution_cli.domain.model import Header, Item, Resolution, Target
from resolution_cli.domain.period import Period
from resolution_cli.domain.selection import TargetSelection
from resolution_cli.domain.targets import Point, points
from resolution_cli.domain.units import Units, units_of
from resolution_cli.reports.standing import Standing, standings
from resolution_cli.reports.targets import TargetStanding, target_listing


class FormRow(Struct, frozen=True):
    """One item, milestone or target of a form.

    Attributes:
        standing: how it stands now.
        asked: what is asked of it.
        point: the point of its plan that the period leads to; None without one.

    """

    standing: Standing | TargetStanding
    asked: frozenset[Asked]
    point: Point | None = None

    @property
    def entry(self) -> Item | Target:
        """Return the item, milestone or target."""
        if isinstance(self.standing, TargetStanding):
            return self.standing.target
        return self.standing.item


class UnitForm(Struct, frozen=True):
    """The form of one unit.

    Attributes:
        header: the resolution's own facts.
        unit: the main name of the unit.
        period: the period that it is about.
        sent_at: when it is made.
        rows: what the unit leads that is not over, in the resolution's order, targets last.

    """

    header: Header
    unit: str
    period: Period
    sent_at: datetime
    rows: tuple[FormRow, ...]


class Forms(Struct, frozen=True):
    """The forms of a period.

    Attributes:
        forms: one for each unit that leads something, in the order in which they appear.
        without_lead: what nobody leads, and so is in no form.

    """

    forms: tuple[UnitForm, ...]
    without_lead: tuple[Item | Target, ...]


def forms(resolution: Resolution, names: Iterable[str], period: Period, sent_at: datetime) -> Forms:
    """Return the forms of `period` for the units with these names, or for all without one.

    Raises:
        UnitNotFound: there is no such unit, or there are several.

    """
    units = units_of(resolution)
    wanted = [units.get(name) for name in names]
    by_unit: dict[str | None, list[FormRow]] = {}
    for lead, row in _rows(resolution, period, sent_at):
        by_unit.setdefault(_unit(units, lead), []).append(row)
    without = () if wanted else tuple(row.entry for row in by_unit.get(None, ()))
    made = tuple(
        UnitForm(resolution.header, unit, period, sent_at, tuple(rows))
        for unit, rows in by_unit.items()
        if unit is not None and (not wanted or unit in wanted)
    )
    return Forms(made, without)


def _unit(units: Units, lead: str | None) -> str | None:
    return units.name_of(lead) if lead else None


def _rows(
    resolution: Resolution, period: Period, sent_at: datetime
) -> Iterator[tuple[str | None, FormRow]]:
    """Yield what is asked about, each behind its lead unit."""
    today = sent_at.date()
    for whole in standings(resolution, today, today):
        in_force = [each for each in whole.milestones if not each.item.is_cancelled]
        for each in (whole, *whole.milestones):
            if each.item.is_open and each.start <= period.end:
                has_milestones = each is whole and bool(in_force)
                yield each.lead, FormRow(each, asked_of(each.item, has_milestones=has_milestones))
    listing = target_listing(resolution, TargetSelection(), None, today, today)
    for standing in listing.figures.standings:
        target = standing.target
        point = _point(resolution, target, period)
        yield target.lead, FormRow(standing, asked_of(target, has_milestones=False), point)


def _point(resolution: Resolution, target: Target, period: Period) -> Point | None:
    """Return the first point of the plan at the end of the period or later, or else the last."""
    plan = points(target, resolution.header.settings.cutoff_day)
    return next((each for each in plan if each.end >= period.end), plan[-1] if plan else None)
