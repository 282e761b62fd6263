"""What `tracker log` shows: entries of the history."""

from collections.abc import Collection, Sequence
from datetime import date

from msgspec import Struct

from resolution_cli.domain.model import Header, Resolution, Text, Update
from resolution_cli.matching import fold


class LogEntry(Struct, frozen=True):
    """An entry of the history, and the title of its item; None where the plan has no such item."""

    update: Update
    title: Text | None


class Log(Struct, frozen=True):
    """The entries asked for.

    Attributes:
        header: the resolution's own facts.
        entries: the entries, newest first.
        total: how many entries the history has.

    """

    header: Header
    entries: tuple[LogEntry, ...]
    total: int


class EntrySelection(Struct, frozen=True, kw_only=True):
    """The conditions that an entry must meet, all of them; one that is empty is met by every entry.

    Attributes:
        item_ids: it is about one of these items; ids in lower case.
        start, end: its day is this one or later, and this one or earlier.
        by: this is part of the name of who recorded it, whatever its case and accents.

    """

    item_ids: Collection[str] = ()
    start: date | None = None
    end: date | None = None
    by: str | None = None

    def accepts(self, update: Update) -> bool:
        """Say whether `update` meets every condition."""
        return (
            (not self.item_ids or update.item.lower() in self.item_ids)
            and (self.start is None or update.on >= self.start)
            and (self.end is None or update.on <= self.end)
            and (self.by is None or fold(self.by) in fold(update.by or ""))
        )


def log(resolution: Resolution, wanted: EntrySelection) -> Log:
    """Return the `wanted` entries of the history of `resolution`."""
    chosen = [update for update in resolution.updates if wanted.accepts(update)]
    return Log(resolution.header, log_entries(resolution, chosen), len(resolution.updates))


def log_entries(resolution: Resolution, updates: Sequence[Update]) -> tuple[LogEntry, ...]:
    """Return entries of the history of `resolution` with the titles of their items, newest first.

    Of one day, the one that stands last in the file is the newest.
    """
    titles = {item.id.lower(): item.title for item in resolution.items}
    newest_first = sorted(updates, key=lambda update: update.on)[::-1]
    return tuple(LogEntry(update, titles.get(update.item.lower())) for update in newest_first)
