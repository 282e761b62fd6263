"""The selection of items by the conditions that a person gives."""

from collections.abc import Iterable

from msgspec import Struct

from resolution_cli.domain.model import Item, Kind, Status, Translations, Update
from resolution_cli.matching import fold


class Selection(Struct, frozen=True, kw_only=True):
    """The conditions that an item must meet, all of them; None or empty is no condition.

    Texts are compared without regard to case and accents.

    Attributes:
        kind: its kind.
        statuses: its status is one of these.
        lead: part of the name of its lead unit.
        tag: one of its tags.
        search: part of its title or summary, in any language, or of a note in its history.

    """

    kind: Kind | None = None
    statuses: tuple[Status, ...] = ()
    lead: str | None = None
    tag: str | None = None
    search: str | None = None

    def accepts(self, item: Item, updates: Iterable[Update]) -> bool:
        """Return whether `item`, with `updates` as its history, meets every condition."""
        return (
            self.kind in (None, item.kind)
            and (not self.statuses or item.present_status in self.statuses)
            and (self.lead is None or fold(self.lead) in fold(item.lead or ""))
            and (self.tag is None or fold(self.tag) in map(fold, item.tags or ()))
            and (self.search is None or _has_text(self.search, item, updates))
        )


def _has_text(wanted: str, item: Item, updates: Iterable[Update]) -> bool:
    folded = fold(wanted)
    return any(folded in fold(text) for text in _searched_texts(item, updates))


def _searched_texts(item: Item, updates: Iterable[Update]) -> Iterable[str]:
    for text in (item.title, item.summary):
        yield from text.texts() if isinstance(text, Translations) else filter(None, [text])
    for update in updates:
        yield from filter(None, [update.note])
