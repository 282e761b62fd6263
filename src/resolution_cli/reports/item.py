"""One item with all that is derived of it: what `tracker show` shows, and a written report."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from resolution_cli.domain.histories import histories
from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import Header, Item, Resolution, Settings
from resolution_cli.domain.pace import Curve, Pace, curve, pace
from resolution_cli.reports.standing import Standing, standing


class ItemFigures(Struct, frozen=True):
    """The figures of one item at the end of a day.

    Attributes:
        standing: how it stands.
        start: the day on which its work starts: its own, or the term's.
        pace: its pace; None where it is done or cancelled.
        curve: planned and actual progress over the term.

    """

    standing: Standing
    start: date
    pace: Pace | None
    curve: Curve


class ItemReport(Struct, frozen=True):
    """What `tracker show` shows.

    Attributes:
        header: the resolution's own facts.
        as_of: the day at whose end the item stands so.
        figures: its figures.
        deadlines: the due dates that it has had up to the day, the first one first; None stands
            for none of its own. Setting the first date is no change of it.

    """

    header: Header
    as_of: date
    figures: ItemFigures
    deadlines: tuple[date | None, ...]


def item_report(resolution: Resolution, item: Item, day: date, today: date) -> ItemReport:
    """Return all that is known of `item` at the end of `day`; the plan stands on `today`."""
    header = resolution.header
    history = histories(resolution, today)[item.id.lower()]
    figures = item_figures(history, header.settings, day)
    return ItemReport(header, day, figures, _deadlines(history, figures.standing))


def item_figures(history: ItemHistory, settings: Settings, day: date) -> ItemFigures:
    """Return the figures of the item of `history` at the end of `day`."""
    found = standing(history, settings, day)
    return ItemFigures(
        standing=found,
        start=history.start,
        pace=pace(history, day) if found.item.is_open else None,
        curve=curve(history, day),
    )


def _deadlines(history: ItemHistory, found: Standing) -> tuple[date | None, ...]:
    last = found.updates[-1].on if found.updates else date.min
    had: Sequence[date | None] = [due for on, due in history.deadlines if on <= last]
    return tuple(had[1:] if len(had) > 1 and had[0] is None else had)
