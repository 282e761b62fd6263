"""Which items a person asks to see. Pure."""

from collections.abc import Iterable

from msgspec import Struct

from resolution_cli.domain.model import Item, Kind, Status, Translations, Update
from resolution_cli.matching import fold


class Selection(Struct, frozen=True, kw_only=True):
    """The conditions that an item must meet, all of them; one that is None or empty is met by every item.

    Attributes:
        kind: it is of this kind.
        statuses: it has one of these.
        lead: this is part of its lead unit's name.
        tag: it bears this tag.
        search: this is part of its title or summary, in any language, or of a note in its diary.

    Texts are compared without regard to case and accents.

    """

    kind: Kind | None = None
    statuses: tuple[Status, ...] = ()
    lead: str | None = None
    tag: str | None = None
    search: str | None = None

    def accepts(self, item: Item, updates: Iterable[Update]) -> bool:
        """Say whether `item`, whose diary is `updates`, meets every condition."""
        return (
            self.kind in (None, item.kind)
            and (not self.statuses or item.present_status in self.statuses)
            and (self.lead is None or fold(self.lead) in fold(item.lead or ""))
            and (self.tag is None or fold(self.tag) in map(fold, item.tags or ()))
            and (
                self.search is None
                or any(fold(self.search) in fold(text) for text in _texts(item, updates))
            )
        )


def _texts(item: Item, updates: Iterable[Update]) -> Iterable[str]:
    for text in (item.title, item.summary):
        yield from text.texts() if isinstance(text, Translations) else filter(None, [text])
    for update in updates:
        yield from filter(None, [update.note])
