"""In which order the entries of the history were recorded, and which of them one command wrote.

The place of an entry in the file follows its effective day, so it does not say when it was
recorded. What says it is `at`; `after`, where the clock of a computer was behind that of an earlier
entry; and `command`, where several entries have the same time.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from msgspec import Struct

from resolution_cli.domain.model import Update

_BEGINNING = datetime.min.replace(tzinfo=UTC)


class Stamp(Struct, frozen=True):
    """What a new entry says beside `at`, so that it counts as recorded last.

    Both are None for nearly every entry.
    """

    after: datetime | None = None
    command: int | None = None


class _Moment(NamedTuple):
    """When something was recorded: of two moments, the greater is the later."""

    instant: datetime
    command: int
    place: int


def stamp(
    updates: Sequence[Update], at: datetime, *, is_last: bool, is_marked: bool = False
) -> Stamp:
    """Return the stamp of an entry, or of an amendment, that is recorded at `at`.

    Args:
        updates: the entries of the file, in its order.
        at: the instant of recording.
        is_last: it is an entry that is put at the end of the file.
        is_marked: its time alone does not tell it from others.

    """
    moments = [moment for moment, _update in _moments(updates)]
    last = max(moments, default=_Moment(_BEGINNING, 0, 0))
    if at > last.instant:
        return Stamp(command=1 if is_marked else None)
    is_last_by_place = is_last and not last.command and not is_marked
    return Stamp(
        after=last.instant if at < last.instant else None,
        command=None if is_last_by_place else last.command + 1,
    )


def last_command(updates: Sequence[Update]) -> tuple[Update, ...]:
    """Return the entries that the last command wrote or amended, in the order of the file."""
    moments = [*_moments(updates)]
    last, entry = max(moments, key=lambda pair: pair[0])
    if not last.command:
        return (entry,)
    return tuple(update for moment, update in moments if moment[:2] == last[:2])


def last_recorded(updates: Sequence[Update], item_id: str) -> Update | None:
    """Return the last recorded or amended of the entries of an item; None if it has none."""
    found = [pair for pair in _moments(updates) if pair[1].item.lower() == item_id.lower()]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _moments(updates: Sequence[Update]) -> Iterator[tuple[_Moment, Update]]:
    """Yield when each entry was recorded or last amended.

    One that does not say it was recorded with the one before it.
    """
    instant = _BEGINNING
    for place, update in enumerate(updates):
        if update.after:  # few entries have it
            instant = max(filter(None, (update.at, update.after)))
        else:
            instant = update.at or instant
        if update.amended:
            last = update.amended[-1]
            amended = max(filter(None, (last.at, last.after)))
            yield _Moment(amended, last.command or 0, place), update
        else:
            yield _Moment(instant, update.command or 0, place), update
