"""The figures of a day, computed once, for every format. Pure: the day is an argument.

Every item is counted once in each group of counts, so each group adds up to its total.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from resolution_cli.history import updates_by_item
from resolution_cli.model import Header, Item, Kind, Resolution, Status, Update
from resolution_cli.verdict import URGENCY, Judgement, Outcome, judgement


class Standing(Struct, frozen=True):
    """How one item stands.

    Attributes:
        item: the item.
        due: the day by which it is due: its own, or the term's end.
        judgement: its verdict on the day.
        updates: its diary, oldest first.

    """

    item: Item
    due: date
    judgement: Judgement
    updates: tuple[Update, ...]


class Tally(Struct, frozen=True):
    """How many items of one kind, or of all kinds, there are of each sort.

    Attributes:
        kind: the kind counted, or None for all items.
        total: how many there are.
        by_status: each status, with its count; they add up to `total`.
        by_outcome: each field of the 2×2, with its count; they add up to `total`.
        progress_sum: the sum of the items' progress, in percent.

    """

    kind: Kind | None
    total: int
    by_status: Mapping[Status, int]
    by_outcome: Mapping[Outcome, int]
    progress_sum: int

    @property
    def average_progress(self) -> float | None:
        """Return the mean progress of the `total` items, in percent; None of no items."""
        return self.progress_sum / self.total if self.total else None


class Report(Struct, frozen=True):
    """How the resolution stands on a day.

    Attributes:
        header: the resolution's own facts.
        as_of: the day.
        days_passed, days_total: how many days of the term have passed, from 0 to all.
        tallies: one for each kind that the resolution has, and one for all.
        standings: every item, the most pressing first; of one verdict, the earliest due first.

    """

    header: Header
    as_of: date
    days_passed: int
    days_total: int
    tallies: tuple[Tally, ...]
    standings: tuple[Standing, ...]


def standings(resolution: Resolution, today: date) -> tuple[Standing, ...]:
    """Return how each item stands on `today`, in the resolution's order."""
    diary = updates_by_item(resolution)
    return tuple(
        Standing(item, resolution.due_of(item), judgement(resolution, item, updates, today), tuple(updates))
        for item in resolution.items
        for updates in (diary.get(item.id.lower(), ()),)
    )


def report(resolution: Resolution, today: date) -> Report:
    """Return how `resolution` stands on `today`."""
    term = resolution.header.term
    days_total = (term.end - term.start).days
    found = standings(resolution, today)
    kinds = [kind for kind in Kind if any(standing.item.kind is kind for standing in found)]
    return Report(
        header=resolution.header,
        as_of=today,
        days_passed=min(max((today - term.start).days, 0), days_total),
        days_total=days_total,
        tallies=(*(_tally(kind, found) for kind in kinds), _tally(None, found)),
        standings=tuple(sorted(found, key=lambda standing: (URGENCY[standing.judgement.verdict], standing.due))),
    )


def _tally(kind: Kind | None, found: Iterable[Standing]) -> Tally:
    counted = [standing for standing in found if kind in (None, standing.item.kind)]
    statuses = Counter(standing.item.present_status for standing in counted)
    outcomes = Counter(standing.judgement.outcome for standing in counted)
    return Tally(
        kind=kind,
        total=len(counted),
        by_status={status: statuses[status] for status in Status},
        by_outcome={outcome: outcomes[outcome] for outcome in Outcome},
        progress_sum=sum(standing.item.present_progress for standing in counted),
    )
