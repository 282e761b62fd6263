"""What the tables for other programs are of: items, milestones, targets, entries of the history.

Items, milestones and targets stand in them as on one day, or as at the end of each period of the
term, from one pass over their histories.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from resolution_cli.domain.histories import histories, updates_by_item
from resolution_cli.domain.model import Header, Item, Resolution, Target, Update
from resolution_cli.domain.period import of_term
from resolution_cli.domain.target_history import target_histories
from resolution_cli.domain.units import unified
from resolution_cli.reports.standing import Standing, standing
from resolution_cli.reports.table_asked import Every
from resolution_cli.reports.targets import TargetStanding, target_standing

_MONTHS = {Every.QUARTER: 3, Every.MONTH: 1, Every.YEAR: 12}


class Moment(Struct, frozen=True):
    """A day at whose end something stands.

    Attributes:
        day: the day: the last one of a period, or the day asked about where that comes first.
        period: the name of the period, such as 2026-Q3; None where no periods are asked for.

    """

    day: date
    period: str | None


class RecordedUpdate(Struct, frozen=True):
    """An entry of the history.

    Attributes:
        update: the entry.
        about: what it is about; None where the plan does not have it.
        number: its number among the entries of that, the oldest being 1.

    """

    update: Update
    about: Item | Target | None
    number: int


def moments(header: Header, every: Every | None, day: date) -> tuple[Moment, ...]:
    """Return `day`, or the ends of the periods of the term up to it, the earliest first.

    The last period may not be over on `day`, which then stands for its end. There is none where the
    term begins later.
    """
    if every is None:
        return (Moment(day, None),)
    periods = of_term(header.term, _MONTHS[every], day, header.settings.cutoff_day)
    return tuple(Moment(min(period.end, day), period.name) for period in periods)


def item_standings(
    resolution: Resolution, asked: Iterable[Moment], today: date
) -> Iterator[tuple[Moment, Standing]]:
    """Yield how each item in the plan stands at each moment, moment by moment.

    How its milestones stand is left out. The plan stands on `today`.
    """
    resolution, _units = unified(resolution)
    settings, found = resolution.header.settings, [*histories(resolution, today).values()]
    for moment in asked:
        for history in found:
            if history.is_in_plan(moment.day):
                yield moment, standing(history, settings, moment.day, has_milestones=False)


def milestone_standings(
    resolution: Resolution, asked: Iterable[Moment], today: date
) -> Iterator[tuple[Moment, Standing]]:
    """Yield how each milestone in the plan stands at each moment, as `item_standings`."""
    resolution, _units = unified(resolution)
    settings, items = resolution.header.settings, histories(resolution, today).values()
    found = [milestone for item in items for milestone in item.milestones]
    for moment in asked:
        for history in found:
            if history.is_in_plan(moment.day):
                yield moment, standing(history, settings, moment.day)


def target_standings(
    resolution: Resolution, asked: Iterable[Moment], today: date
) -> Iterator[tuple[Moment, TargetStanding]]:
    """Yield how each target in the plan stands at each moment, as `item_standings`."""
    resolution, _units = unified(resolution)
    settings, found = resolution.header.settings, [*target_histories(resolution, today).values()]
    for moment in asked:
        for history in found:
            if history.is_in_plan(moment.day):
                yield moment, target_standing(history, settings, moment.day)


def recorded_updates(resolution: Resolution, day: date) -> Iterator[RecordedUpdate]:
    """Yield the entries of the history up to `day`, in the order of their effective days."""
    about = {entry.id.lower(): entry for entry in resolution.tracked}
    numbers = {
        id(update): number
        for own in updates_by_item(resolution).values()
        for number, update in enumerate(own, 1)
    }
    for update in sorted(resolution.updates, key=lambda update: update.on):
        if update.on <= day:
            yield RecordedUpdate(update, about.get(update.item.lower()), numbers[id(update)])
