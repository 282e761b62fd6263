"""What `tracker log` shows: entries of the history."""

from collections.abc import Iterable

from msgspec import Struct

from resolution_cli.domain.histories import updates_by_item
from resolution_cli.domain.model import Header, Resolution, Text, Update
from resolution_cli.domain.selection import EntrySelection


class LogEntry(Struct, frozen=True):
    """An entry of the history.

    Attributes:
        update: the entry.
        title: the title of its item or target; None where there is none.
        number: its number among the entries of its item, the oldest being 1.

    """

    update: Update
    title: Text | None
    number: int


class Log(Struct, frozen=True):
    """The entries asked for.

    Attributes:
        header: the resolution's own facts.
        entries: the entries, newest first.
        total: how many entries the history has.
        has_targets: the plan has targets, whose figures are facts of entries too.

    """

    header: Header
    entries: tuple[LogEntry, ...]
    total: int
    has_targets: bool = False


def log(resolution: Resolution, wanted: EntrySelection) -> Log:
    """Return the `wanted` entries of the history of `resolution`.

    Raises:
        ItemNotFound: an id is not the resolution's.

    """
    entries = log_entries(resolution, wanted.entries(resolution))
    return Log(resolution.header, entries, len(resolution.updates), bool(resolution.targets))


def log_entries(resolution: Resolution, updates: Iterable[Update]) -> tuple[LogEntry, ...]:
    """Return entries of the history of `resolution` with the titles of their items."""
    titles = {entry.id.lower(): entry.title for entry in resolution.tracked}
    numbers = {
        id(update): number
        for own in updates_by_item(resolution).values()
        for number, update in enumerate(own, 1)
    }
    return tuple(
        LogEntry(update, titles.get(update.item.lower()), numbers[id(update)]) for update in updates
    )
