"""What `tracker chase` shows: what the units are to be reminded of, each thing once."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from resolution_cli.domain.model import Header, Item, ReportTexts, Resolution, Target
from resolution_cli.domain.period import Period
from resolution_cli.domain.target_history import Measurement
from resolution_cli.domain.units import Units, unified
from resolution_cli.domain.verdict import Verdict
from resolution_cli.reports.next import next_to_close, without_figure
from resolution_cli.reports.standing import Standing, standings
from resolution_cli.reports.word_template import WordTemplate


class Reason(StrEnum):
    """Why a unit is reminded of something; the most pressing first."""

    OVERDUE = "overdue"
    BLOCKED = "blocked"
    DUE = "due"
    SILENT = "silent"
    FIGURE = "figure"


_RANK = {reason: rank for rank, reason in enumerate(Reason)}


class Reminder(Struct, frozen=True):
    """Something that a unit is reminded of.

    Attributes:
        reason: why; the most pressing reason, if there are several.
        entry: the item, milestone or target.
        due: the day by which it is due; None for a target.
        days: how many days it is overdue, or how many are left; else None.
        standing: how an item or milestone stands; None for a target.
        last_report: the day of the last report on an item or its milestones; None without one.
        last_figure: the last figure of a target; None where it has none.

    """

    reason: Reason
    entry: Item | Target
    due: date | None = None
    days: int | None = None
    standing: Standing | None = None
    last_report: date | None = None
    last_figure: Measurement | None = None


class UnitReminders(Struct, frozen=True):
    """What one lead unit is reminded of; None stands for what has no lead unit."""

    unit: str | None
    reminders: tuple[Reminder, ...]


class ChaseReport(Struct, frozen=True):
    """What the units are to be reminded of.

    Attributes:
        header: the resolution's own facts.
        texts: the head of its documents.
        as_of: the day.
        within: how many days ahead what is due counts.
        period: the period for which targets want figures; None outside the term.
        units: the units that are to be reminded, in the order of the file, those without one last.
        asked: the unit that was asked for; None for all.
        template: the office's own template of a letter; None for the shipped ones.

    """

    header: Header
    texts: ReportTexts
    as_of: date
    within: int
    period: Period | None
    units: tuple[UnitReminders, ...]
    asked: str | None = None
    template: WordTemplate | None = None


def chase_report(
    resolution: Resolution,
    unit: str | None,
    within: int | None,
    today: date,
    period: Period | None = None,
) -> ChaseReport:
    """Return what the units are to be reminded of on `today`.

    Args:
        resolution: the resolution.
        unit: the unit asked for, in any spelling; None for all.
        within: how many days ahead what is due counts; None for the file's `due_soon_days`.
        today: the day.
        period: the period of which targets want figures; None for the one that closes first.

    Raises:
        UnitNotFound: there is no such unit.

    """
    resolution, units = unified(resolution)
    asked = units.get(unit) if unit is not None else None
    days = resolution.header.settings.due_soon_days if within is None else within
    if period is None and resolution.targets:
        period = next_to_close(resolution, today)
    found = [
        *_of_items(standings(resolution, today, today), days, today),
        *(_of_targets(resolution, period, today) if period else ()),
    ]
    return ChaseReport(
        header=resolution.header,
        texts=resolution.report,
        as_of=today,
        within=days,
        period=period,
        units=tuple(_by_unit(found, units, asked)),
        asked=asked,
    )


def _of_items(
    found: Iterable[Standing], within: int, today: date
) -> Iterator[tuple[str | None, Reminder]]:
    """Yield lead unit and reminder of each item and milestone that is to be reminded of."""
    for standing in found:
        for each in (standing, *standing.milestones):
            if each.item.is_open and (reason := _reason(each, within, today)):
                yield each.lead, _reminder(each, reason, today)


def _reminder(standing: Standing, reason: Reason, today: date) -> Reminder:
    is_dated = reason in {Reason.OVERDUE, Reason.DUE}
    updates = [one for each in (standing, *standing.milestones) for one in each.updates]
    return Reminder(
        reason=reason,
        entry=standing.item,
        due=standing.due,
        days=abs((standing.due - today).days) if is_dated else None,
        standing=standing,
        last_report=max((each.on for each in updates if each.is_report), default=None),
    )


def _reason(standing: Standing, within: int, today: date) -> Reason | None:
    """Return why an open item or milestone is to be reminded of; None for no reason.

    A milestone without a due date of its own, under the lead of its item, is left to that. An item
    that a milestone blocks is left to the milestone. Only of items is news expected.
    """
    item, parent, days = standing.item, standing.parent, (standing.due - today).days
    is_of_item = parent is not None and not item.due and standing.lead == parent.lead
    if days < 0 and not is_of_item:
        return Reason.OVERDUE
    if item.is_blocked and not any(each.item.is_blocked for each in standing.milestones):
        return Reason.BLOCKED
    if 0 <= days <= within and not is_of_item:
        return Reason.DUE
    return Reason.SILENT if not parent and _is_silent(standing, today) else None


def _is_silent(standing: Standing, today: date) -> bool:
    """Say whether nothing was ever reported of an item that has begun, or not for too long."""
    judged = standing.judgement
    has_begun = standing.start <= today
    return has_begun and (judged.is_stale or judged.verdict is Verdict.UNREPORTED)


def _of_targets(
    resolution: Resolution, period: Period, today: date
) -> Iterator[tuple[str | None, Reminder]]:
    for history in without_figure(resolution, period, today):
        target, figures = history.on(today), history.figures(today)
        last = figures[-1] if figures else None
        yield target.lead, Reminder(Reason.FIGURE, target, last_figure=last)


def _by_unit(
    found: Iterable[tuple[str | None, Reminder]], units: Units, asked: str | None
) -> Iterator[UnitReminders]:
    by_unit: dict[str | None, list[Reminder]] = {}
    for unit, reminder in found:
        by_unit.setdefault(unit, []).append(reminder)
    for name in units.names if asked is None else (asked,):
        if name in by_unit:
            yield UnitReminders(name, _ordered(by_unit[name]))
    if asked is None and None in by_unit:
        yield UnitReminders(None, _ordered(by_unit[None]))


def _ordered(reminders: Iterable[Reminder]) -> tuple[Reminder, ...]:
    return tuple(sorted(reminders, key=lambda each: (_RANK[each.reason], each.due or date.max)))
