"""How each item stands on a day, and how many stand how.

Every item is counted once in each group of counts, so each group adds up to its total.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from resolution_cli.domain.histories import histories
from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import Header, Item, Kind, Resolution, Settings, Status, Update
from resolution_cli.domain.verdict import (
    URGENCY,
    Judgement,
    Light,
    Outcome,
    Verdict,
    judgement,
)


class Standing(Struct, frozen=True):
    """How one item or milestone stands at the end of a day.

    Attributes:
        item: the item; its status and progress are those that follow from its milestones.
        start: the day on which its work starts: its own, or that of its item or the term.
        due: the day by which it is due: its own, or that of its item, or the term's end.
        judgement: its verdict.
        updates: the entries of its own history up to the day, oldest first.
        last_update: the day of the last entry of it or of its milestones; None without one.
        parent: of a milestone, its item; else None.
        milestones: how its milestones stand that are in the plan, in the order of the file.
        first_due: its own first due date, where that is not the one in force; else None.

    """

    item: Item
    start: date
    due: date
    judgement: Judgement
    updates: Sequence[Update]
    last_update: date | None = None
    parent: Item | None = None
    milestones: tuple["Standing", ...] = ()
    first_due: date | None = None

    @property
    def lead(self) -> str | None:
        """Return the lead unit: of a milestone without one, that of its item."""
        return self.item.lead or (self.parent.lead if self.parent else None)


class Tally(Struct, frozen=True):
    """How many items of one kind, or of all kinds, there are of each sort.

    Attributes:
        kind: the kind counted, or None for all items.
        total: how many there are.
        by_status: each status, with its count; they add up to `total`. Without `cancelled` where no
            item of any kind is.
        by_outcome: each field of the 2×2, and in the same way `cancelled`, with its count; they add
            up to `total`.
        in_force: how many are not cancelled.
        progress_sum: the sum of the progress of those in force, in percent.

    """

    kind: Kind | None
    total: int
    by_status: Mapping[Status, int]
    by_outcome: Mapping[Outcome, int]
    in_force: int
    progress_sum: int

    @property
    def average_progress(self) -> float | None:
        """Return the mean progress of the items in force, in percent; None of no items."""
        return self.progress_sum / self.in_force if self.in_force else None


class MilestoneFigures(Struct, frozen=True):
    """How the milestones stand on a day, counted apart from the items.

    Attributes:
        standings: the milestones in the plan, in the order of the file.
        tally: how many there are of each sort.

    """

    standings: tuple[Standing, ...]
    tally: Tally

    @property
    def pressing(self) -> tuple[Standing, ...]:
        """Return those that are overdue or blocked, the most urgent first."""
        found = [each for each in self.standings if each.judgement.light is Light.RED]
        return tuple(sorted(found, key=_urgency))


class Report(Struct, frozen=True):
    """How the resolution stands on a day.

    Attributes:
        header: the resolution's own facts.
        as_of: the day.
        days_passed, days_total: how many days of the term have passed, from 0 to all.
        tallies: one for each kind that the resolution has, and one for all.
        standings: every item, the most urgent first; of one verdict, the earliest due first.
        milestones: how the milestones stand; None where there are none in the plan.
        lead: the lead unit whose items these are, with all their milestones; None for all items.

    """

    header: Header
    as_of: date
    days_passed: int
    days_total: int
    tallies: tuple[Tally, ...]
    standings: tuple[Standing, ...]
    milestones: MilestoneFigures | None = None
    lead: str | None = None

    @property
    def share_passed(self) -> float:
        """Return the share of the term that has passed, in percent."""
        return self.days_passed * 100 / self.days_total

    @property
    def by_verdict(self) -> Mapping[Verdict, int]:
        """Return how many items have each verdict that occurs, the most urgent first."""
        counts = Counter(each.judgement.verdict for each in self.standings)
        return {verdict: counts[verdict] for verdict in Verdict if verdict in counts}

    @property
    def pressing(self) -> tuple[Standing, ...]:
        """Return the items and milestones that are overdue or blocked, the most urgent first."""
        items = [each for each in self.standings if each.judgement.light is Light.RED]
        milestones = self.milestones.pressing if self.milestones else ()
        return tuple(sorted((*items, *milestones), key=_urgency))


def standings(resolution: Resolution, day: date, today: date) -> tuple[Standing, ...]:
    """Return how each item in the plan stands at the end of `day`, in the resolution's order.

    Args:
        resolution: the resolution.
        day: the day asked about.
        today: the day at whose end the plan stands.

    """
    settings = resolution.header.settings
    found = histories(resolution, today).values()
    return tuple(standing(each, settings, day) for each in found if each.is_in_plan(day))


def standing(
    history: ItemHistory, settings: Settings, day: date, *, has_milestones: bool = True
) -> Standing:
    """Return how the item or milestone of `history` stands at the end of `day`.

    Without `has_milestones`, how its milestones stand is left out.
    """
    due = history.due_on(day)
    had = (own for on, own in history.deadlines if own and on <= day)
    first_due = next(had, None)
    return Standing(
        item=history.on(day),
        start=history.start,
        due=due,
        judgement=judgement(history, settings, day),
        updates=history.until(day),
        last_update=history.last_update(day),
        parent=history.parent.on(day) if history.parent else None,
        milestones=tuple(
            standing(each, settings, day)
            for each in (history.milestones if has_milestones else ())
            if each.is_in_plan(day)
        ),
        first_due=first_due if first_due != due else None,
    )


def milestones_elsewhere(resolution: Resolution, report: Report, today: date) -> tuple[str, ...]:
    """Return the ids of the milestones that the unit of a report leads of items of others."""
    if report.lead is None:
        return ()
    others = [
        each for each in standings(resolution, report.as_of, today) if each.lead != report.lead
    ]
    milestones = (each for standing in others for each in standing.milestones)
    return tuple(each.item.id for each in milestones if each.lead == report.lead)


def report(resolution: Resolution, day: date, today: date, lead: str | None = None) -> Report:
    """Return how `resolution` stands at the end of `day`; the plan stands on `today`.

    Only the items of one `lead` unit count, where one is given.
    """
    found = standings(resolution, day, today)
    wanted = [each for each in found if lead in (None, each.lead)]
    return report_of(resolution.header, wanted, day, lead)


def report_of(
    header: Header, found: Sequence[Standing], day: date, lead: str | None = None
) -> Report:
    """Return the report of `day`, on which the items, those of one `lead`, stand as `found`."""
    term = header.term
    kinds = [kind for kind in Kind if any(standing.item.kind is kind for standing in found)]
    days_total = (term.end - term.start).days + 1  # its first and its last day both count
    return Report(
        header=header,
        as_of=day,
        days_passed=min(max((day - term.start).days + 1, 0), days_total),
        days_total=days_total,
        tallies=(*(_tally(kind, found) for kind in kinds), _tally(None, found)),
        standings=tuple(sorted(found, key=_urgency)),
        milestones=_milestones(found),
        lead=lead,
    )


def _milestones(found: Sequence[Standing]) -> MilestoneFigures | None:
    standings = tuple(milestone for each in found for milestone in each.milestones)
    return MilestoneFigures(standings, _tally(Kind.MILESTONE, standings)) if standings else None


def _urgency(standing: Standing) -> tuple[int, date]:
    return URGENCY[standing.judgement.verdict], standing.due


def _tally(kind: Kind | None, found: Sequence[Standing]) -> Tally:
    has_cancelled = any(standing.item.is_cancelled for standing in found)
    counted = [standing for standing in found if kind in (None, standing.item.kind)]
    statuses = Counter(standing.item.present_status for standing in counted)
    outcomes = Counter(standing.judgement.outcome for standing in counted)
    in_force = [each.item.present_progress for each in counted if not each.item.is_cancelled]
    return Tally(
        kind=kind,
        total=len(counted),
        by_status={
            status: statuses[status]
            for status in Status
            if has_cancelled or status is not Status.CANCELLED
        },
        by_outcome={
            outcome: outcomes[outcome]
            for outcome in Outcome
            if has_cancelled or outcome is not Outcome.CANCELLED
        },
        in_force=len(in_force),
        progress_sum=sum(in_force),
    )
