"""What `tracker next` shows: which reports close when, and what one of them still lacks."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from resolution_cli.domain.model import Item, Parent, ReportTexts, Resolution, Target
from resolution_cli.domain.period import Period, current, of_name, year_of
from resolution_cli.domain.report_texts import name_of, texts_of
from resolution_cli.domain.target_history import TargetHistory, target_histories
from resolution_cli.domain.units import unified
from resolution_cli.reports.item import ItemFigures
from resolution_cli.reports.period import PeriodReport, period_report
from resolution_cli.shell import command_line

_FILL_IN = "…"
"""Placeholder in a command for a value that only the office knows; every option refuses it."""

OWN_TEXTS = ("situation", "proposals", "number", "date")
"""The keys of `[report]` that differ from period to period, and that a report leaves blank."""

CONSTANT_TEXTS = ("superior", "committee", "place", "signature", "signer", "recipients")
"""The keys of `[report]` that stand in every report, and that a report leaves blank."""


class LackKind(StrEnum):
    """What a report may lack."""

    NEWS = "news"
    FIGURE = "figure"
    CAUSE = "cause"
    TEXT = "text"


class Lack(Struct, frozen=True):
    """Something that a report lacks.

    Attributes:
        kind: what kind of thing.
        command: the command that adds it.
        entry: of which item, milestone or target; None for a text.
        key: which text, by its key in the file; empty for another kind.
        table: the table of the file in which the text goes.

    """

    kind: LackKind
    command: str
    entry: Item | Target | None = None
    key: str = ""
    table: str = ""


class UnitLacks(Struct, frozen=True):
    """What one lead unit has to add; None stands for what has no lead unit."""

    unit: str | None
    lacks: tuple[Lack, ...]


class NextReport(Struct, frozen=True):
    """Which reports close when, and what one of them lacks.

    Attributes:
        resolution: the resolution.
        as_of: the day.
        closings: the periods of the term that the day is in, the one that closes first first.
        period: the one whose lacks follow; None where none is open.
        units: what it lacks by lead unit, those without one last.
        texts: which texts it lacks; empty where a unit was asked for.

    """

    resolution: Resolution
    as_of: date
    closings: tuple[Period, ...]
    period: Period | None
    units: tuple[UnitLacks, ...] = ()
    texts: tuple[Lack, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Say whether nothing is lacking."""
        return not (self.units or self.texts)


def next_report(
    resolution: Resolution, asked: Period | None, lead: str | None, today: date
) -> NextReport:
    """Return which reports close when, and what the one `asked` for, or the next one, lacks.

    The next one is that which closes first and, of several, the shortest. Where the file has texts
    of periods, only months, quarters or others as these are count for that.

    Args:
        resolution: the resolution.
        asked: the period asked for, which has begun; None for the next one to close.
        lead: the lead unit asked about, as `Units.is_meant` has it; None for all, and for the
            texts.
        today: the day.

    """
    resolution, known = unified(resolution)
    closings = _closings(resolution, today)
    period = asked or _first_of_the_file(resolution, closings)
    if period is None:
        return NextReport(resolution, today, closings, None)
    lacks = [*_of_items(resolution, period, today), *_of_targets(resolution, period, today)]
    units = tuple(
        each for each in _by_unit(lacks) if lead is None or known.is_meant(lead, each.unit)
    )
    texts = () if lead is not None else tuple(_texts(resolution, period))
    return NextReport(resolution, today, closings, period, units, texts)


def next_to_close(resolution: Resolution, today: date) -> Period | None:
    """Return the period whose report closes next on `today`; None outside of the term."""
    return _first_of_the_file(resolution, _closings(resolution, today))


def without_figure(resolution: Resolution, period: Period, today: date) -> Iterator[TargetHistory]:
    """Yield the histories of the targets with a plan that have no figure in `period`."""
    day = min(period.end, today)
    first_year = year_of(period.start, resolution.header.settings.cutoff_day)
    for history in target_histories(resolution, today).values():
        if history.is_in_plan(day) and _lacks_figure(history, first_year, period.start, day):
            yield history


def _closings(resolution: Resolution, today: date) -> tuple[Period, ...]:
    header = resolution.header
    if not header.term.start <= today <= header.term.end:
        return ()
    return current(today, header.settings.cutoff_day)


def _first_of_the_file(resolution: Resolution, closings: Iterable[Period]) -> Period | None:
    """Return the first of the `closings` that is as long as a period that the file has texts of."""
    lengths = {of_name(name, resolution.header).months for name in resolution.reports} - {0}
    return next((each for each in closings if not lengths or each.months in lengths), None)


def _of_items(
    resolution: Resolution, period: Period, today: date
) -> Iterator[tuple[str | None, Lack]]:
    """Yield the lead unit and the lack of each open item without news, and of each cause."""
    covered = period_report(resolution, period, today)
    on = _effective_date(period, today)
    causes = {
        difficulty.standing.item.id: difficulty.standing
        for difficulty in covered.difficulties
        if difficulty.cause is None
    }
    for figures in covered.items:
        standing = figures.standing
        if _lacks_news(figures, covered):
            command = _update(standing.item, *_news_options(standing.item), *on)
            yield standing.lead, Lack(LackKind.NEWS, command, standing.item)
        for each in (standing, *standing.milestones):
            if each.item.id in causes:
                options = ("--cause", _FILL_IN, "--note", _FILL_IN, *on)
                yield each.lead, Lack(LackKind.CAUSE, _update(each.item, *options), each.item)


def _lacks_news(figures: ItemFigures, covered: PeriodReport) -> bool:
    """Say whether nobody has reported in the period on an item that is open and has begun."""
    standing = figures.standing
    if not standing.item.is_open or standing.start > covered.standing.as_of:
        return False
    activity = next((a for a in covered.activities if a.after.id == standing.item.id), None)
    return activity is None or not any(update.is_report for update in activity.updates)


def _news_options(item: Item) -> tuple[str, ...]:
    """Return the options of `update` that report on an item; progress follows from milestones."""
    has_milestones = isinstance(item, Parent) and bool(item.milestones)
    return ("--note", _FILL_IN) if has_milestones else ("--progress", _FILL_IN, "--note", _FILL_IN)


def _of_targets(
    resolution: Resolution, period: Period, today: date
) -> Iterator[tuple[str | None, Lack]]:
    """Yield the lead unit and the lack of each target with a plan that has no figure in it."""
    day = min(period.end, today)
    for history in without_figure(resolution, period, today):
        target = history.on(day)
        options = ("--value", _FILL_IN, *_effective_date(period, today))
        yield target.lead, Lack(LackKind.FIGURE, _update(target, *options), target)


def _lacks_figure(history: TargetHistory, first_year: int, start: date, day: date) -> bool:
    """Say whether a target whose plan goes on in `first_year` has no figure from `start` on."""
    goes_on = any(int(year) >= first_year for year in history.item.plan)
    return goes_on and not any(each.on >= start for each in history.figures(day))


def _effective_date(period: Period, today: date) -> tuple[str, ...]:
    """Return the option by which an update made `today` counts in a period that may be over."""
    return ("--on", period.end.isoformat()) if period.end < today else ()


def _update(entry: Item | Target, *options: str) -> str:
    return command_line("tracker", "update", entry.id, *options)


def _by_unit(lacks: Iterable[tuple[str | None, Lack]]) -> Iterator[UnitLacks]:
    """Yield the lacks by their unit, in the order in which the units appear, None last."""
    by_unit: dict[str | None, list[Lack]] = {}
    for unit, lack in lacks:
        by_unit.setdefault(unit, []).append(lack)
    without = by_unit.pop(None, [])
    for unit, found in (*by_unit.items(), *([(None, without)] if without else [])):
        yield UnitLacks(unit, tuple(found))


def _texts(resolution: Resolution, period: Period) -> Iterator[Lack]:
    """Yield the texts that a written report of `period` leaves blank."""
    name = name_of(resolution, period)
    texts: ReportTexts = texts_of(resolution, name)
    called = name or period.name
    own = f'[reports."{called}"]' if called else "[report]"
    targets = () if resolution.targets else ("targets",)  # of which it says the figures itself
    for keys, table in (((*OWN_TEXTS, *targets), own), (CONSTANT_TEXTS, "[report]")):
        for key in keys:
            if not getattr(texts, key):
                yield Lack(LackKind.TEXT, command_line("tracker", "edit"), key=key, table=table)
