"""One item with all that is derived of it: what `tracker show` shows, and a written report."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from resolution_cli.domain.histories import histories, with_milestones
from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import Header, Item, Resolution, Settings
from resolution_cli.domain.pace import Curve, Pace, curve, pace
from resolution_cli.reports.log import LogEntry, log_entries
from resolution_cli.reports.standing import Standing, standing
from resolution_cli.reports.timeline import TimelineReport, timeline_of


class ItemFigures(Struct, frozen=True):
    """The figures of one item at the end of a day.

    Attributes:
        standing: how it stands.
        pace: its pace; None where it is done or cancelled, or is a milestone.
        curve: planned and actual progress over the term.

    """

    standing: Standing
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
        timeline: its days, with those of its milestones in the plan.
        entries: the entries of the history of the item and of its milestones up to the day.

    """

    header: Header
    as_of: date
    figures: ItemFigures
    deadlines: tuple[date | None, ...]
    timeline: TimelineReport
    entries: tuple[LogEntry, ...] = ()


def item_report(resolution: Resolution, item: Item, day: date, today: date) -> ItemReport:
    """Return all that is known of `item` at the end of `day`; the plan stands on `today`.

    Raises:
        WrongInput: it was not in the plan yet on that day.

    """
    header = resolution.header
    history = with_milestones(histories(resolution, today))[item.id.lower()]
    history.check_in_plan(day)
    figures = item_figures(history, header.settings, day)
    timeline = timeline_of(header, [figures.standing], day, has_milestones=True)
    deadlines = _deadlines(history, figures.standing)
    entries = [each for each in history.all_updates if each.on <= day]
    return ItemReport(header, day, figures, deadlines, timeline, log_entries(resolution, entries))


def item_figures(history: ItemHistory, settings: Settings, day: date) -> ItemFigures:
    """Return the figures of the item of `history` at the end of `day`."""
    found = standing(history, settings, day)
    return ItemFigures(
        standing=found,
        pace=pace(history, day) if found.item.is_open and not found.parent else None,
        curve=curve(history, day),
    )


def _deadlines(history: ItemHistory, found: Standing) -> tuple[date | None, ...]:
    last = found.updates[-1].on if found.updates else date.min
    had: Sequence[date | None] = [due for on, due in history.deadlines if on <= last]
    return tuple(had[1:] if len(had) > 1 and had[0] is None else had)
