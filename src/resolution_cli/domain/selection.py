"""What a person asks to see: an item or items, entries of the history, a day. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from resolution_cli.domain.model import (
    Item,
    Kind,
    Parent,
    Resolution,
    Status,
    Target,
    Translations,
    Update,
)
from resolution_cli.domain.units import Units
from resolution_cli.errors import ItemNotFound, WrongInput
from resolution_cli.i18n import _, day
from resolution_cli.matching import fold, nearest_id


class Candidate(Protocol):
    """An item or milestone of which is asked whether it is wanted, as it stands on a day."""

    @property
    def item(self) -> Item:
        """Return the item or milestone."""

    @property
    def parent(self) -> Item | None:
        """Return the item of a milestone; None for an item."""

    @property
    def lead(self) -> str | None:
        """Return the lead unit: of a milestone without one, that of its item."""

    @property
    def updates(self) -> Sequence[Update]:
        """Return the entries of its history."""


class Selection(Struct, frozen=True, kw_only=True):
    """The conditions that an item must meet, all of them; None or empty is no condition.

    Texts are compared without regard to case and accents.

    Attributes:
        kind: its kind.
        has_milestones: it may be a milestone too, as with that kind.
        statuses: its status is one of these.
        lead: its lead unit, as `Units.is_meant` has it.
        partner: one of its partner units, likewise.
        verdicts: its verdict is one of these.
        tag: one of its tags.
        search: part of its title or summary, in any language, or of a note in its history.

    """

    kind: Kind | None = None
    has_milestones: bool = False
    statuses: tuple[Status, ...] = ()
    lead: str | None = None
    partner: str | None = None
    verdicts: tuple[str, ...] = ()
    tag: str | None = None
    search: str | None = None

    def accepts(self, candidate: Candidate, verdict: str, units: Units) -> bool:
        """Return whether the `candidate` meets every condition.

        Args:
            candidate: the item or milestone.
            verdict: its verdict.
            units: the units of the resolution.

        """
        item, parent = candidate.item, candidate.parent
        kinds = {item.kind, parent.kind} if parent and self.has_milestones else {item.kind}
        is_wanted = not parent or self.has_milestones or self.kind is Kind.MILESTONE
        return (
            (is_wanted and (self.kind is None or self.kind in kinds))
            and (not self.statuses or item.present_status in self.statuses)
            and (not self.verdicts or verdict in self.verdicts)
            and (self.lead is None or units.is_meant(self.lead, candidate.lead))
            and (self.partner is None or _has_partner(self.partner, item, units))
            and (self.tag is None or fold(self.tag) in map(fold, item.tags or ()))
            and (self.search is None or _has_text(self.search, item, candidate.updates))
        )


class TargetSelection(Struct, frozen=True, kw_only=True):
    """The conditions that a target must meet, all of them; None or empty is no condition.

    Attributes:
        verdicts: its verdict is one of these.
        lead, tag, search: as in `Selection`.
        unit: its lead unit, by the main name and no other.

    """

    verdicts: tuple[str, ...] = ()
    unit: str | None = None
    lead: str | None = None
    tag: str | None = None
    search: str | None = None

    def accepts(
        self, target: Target, updates: Iterable[Update], verdict: str, units: Units
    ) -> bool:
        """Return whether `target` meets every condition.

        Args:
            target: the target.
            updates: the entries of its history.
            verdict: its verdict.
            units: the units of the resolution.

        """
        return (
            (not self.verdicts or verdict in self.verdicts)
            and self.unit in (None, target.lead)
            and (self.lead is None or units.is_meant(self.lead, target.lead))
            and (self.tag is None or fold(self.tag) in map(fold, target.tags or ()))
            and (self.search is None or _has_text(self.search, target, updates))
        )


class EntrySelection(Struct, frozen=True, kw_only=True):
    """The conditions that an entry of the history must meet; one that is absent is always met.

    Attributes:
        item_ids: it is of one of these items, milestones and targets, or of a milestone of one;
            ids in upper or lower case.
        start, end: the first and the last day that it may be of.
        by: this is part of the name of who recorded it, without regard to case and accents.

    Raises:
        WrongInput: the last day is before the first.

    """

    item_ids: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    by: str | None = None

    def __post_init__(self) -> None:
        """Refuse days that are turned round."""
        if self.start and self.end and self.end < self.start:
            raise WrongInput(_("--from is after --to."))

    def entries(self, resolution: Resolution) -> tuple[Update, ...]:
        """Return the entries of `resolution` that meet every condition, newest first.

        Raises:
            ItemNotFound: an id is not the resolution's.

        """
        found = [found_tracked(resolution, item_id) for item_id in self.item_ids]
        wanted = {part.id.lower() for each in found for part in (each, *_milestones(each))}
        entries = [
            update
            for update in sorted(resolution.updates, key=lambda update: update.on)
            if (not wanted or update.item.lower() in wanted)
            and (self.start is None or update.on >= self.start)
            and (self.end is None or update.on <= self.end)
            and (self.by is None or fold(self.by) in fold(update.by or ""))
        ]
        return tuple(reversed(entries))


def found_tracked(resolution: Resolution, item_id: str) -> Item | Target:
    """Return the item or target with this id, whatever its case.

    Raise `ItemNotFound` if there is none.
    """
    wanted = item_id.lower()
    for entry in resolution.tracked:
        if entry.id.lower() == wanted:
            return entry
    known = [entry.id for entry in resolution.tracked]
    raise ItemNotFound(item_id, nearest_id(item_id, known), known)


def day_asked(resolution: Resolution, as_of: date | None, today: date) -> date:
    """Return the day as of which something is shown: the one asked for, or today.

    Raises:
        WrongInput: the resolution did not stand yet on that day, or it is in the future.

    """
    start = resolution.header.term.start
    if as_of is not None and as_of < start:
        message = _("{day} is before the term, which starts on {start}.")
        raise WrongInput(message.format(day=day(as_of), start=day(start)), "--as-of")
    return past_day_asked(as_of, today)


def past_day_asked(as_of: date | None, today: date) -> date:
    """Return what `day_asked` does, of any resolution.

    Raises:
        WrongInput: the day is in the future.

    """
    if as_of is not None and as_of > today:
        message = _("{day} is in the future; only `report` gives forecasts.")
        raise WrongInput(message.format(day=day(as_of)), "--as-of")
    return as_of or today


def _milestones(entry: Item | Target) -> Sequence[Item]:
    return entry.milestones if isinstance(entry, Parent) else ()


def _has_partner(wanted: str, item: Item, units: Units) -> bool:
    return any(units.is_meant(wanted, partner) for partner in item.partners or ())


def _has_text(wanted: str, item: Item | Target, updates: Iterable[Update]) -> bool:
    folded = fold(wanted)
    return any(folded in fold(text) for text in _searched_texts(item, updates))


def _searched_texts(item: Item | Target, updates: Iterable[Update]) -> Iterable[str]:
    for text in (item.title, item.summary):
        yield from text.texts() if isinstance(text, Translations) else filter(None, [text])
    for update in updates:
        yield from filter(None, [update.note])
