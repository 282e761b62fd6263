"""What `tracker log` shows: entries of the history."""

from collections.abc import Iterable

from msgspec import Struct

from resolution_cli.domain.model import Header, Resolution, Text, Update
from resolution_cli.domain.selection import EntrySelection


class LogEntry(Struct, frozen=True):
    """An entry of the history, and the title of its item or target; None where there is none."""

    update: Update
    title: Text | None


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
    return tuple(LogEntry(update, titles.get(update.item.lower())) for update in updates)
