"""Where in the text of a data file a new entry or key of the plan goes, and how it is written.

A comment stays with what it belongs to: one without an empty line above it with the statement
before, one without an empty line below it with the statement behind.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import fields

from resolution_cli.domain.model import TRACKED_LISTS, Place, Resolution
from resolution_cli.storage import edits
from resolution_cli.storage.statements import Statement, statements

_TOP = tuple(field.encode_name for field in fields(Resolution))
"""The keys of the top of a file, in their order."""


class KeyPosition(NamedTuple):
    """Where a new key goes.

    Attributes:
        position: the start of a line of the text.
        keys: the dotted key to write there.

    """

    position: int
    keys: Place


def entry_position(text: str, list_place: Place) -> int:
    """Return where a new last entry of the list at `list_place` goes, which no inline value has.

    It is behind the last entry and all that belongs to that; of a milestone, behind its item and
    the siblings. A list that is not there begins behind those that come before it in a file.
    """
    parts = [*statements(text)]
    owner = list_place[:-1] or list_place
    before = _last(parts, [owner])
    if before is None:
        before = _last(parts, [(name,) for name in _TOP[: _TOP.index(str(owner[0]))]])
    # A header ends the keys of the top: nothing may come between them.
    top = next((part for part in reversed(parts) if not (part.is_header or part.table)), None)
    ends = [part.end for part in (before, top) if part]
    end = max(ends, default=len(text))
    if before and before.place[0] in TRACKED_LISTS:
        return _end_of_comments(text, end)
    # What stands behind `[resolution]` in a new file says how entries are written.
    following = next((part for part in parts if part.start >= end), None)
    return _start_of_comments(text, following.start, end) if following else len(text)


def parted_blocks(
    text: str, position: int, list_place: Place, entries: Iterable[Mapping[str, object]]
) -> str:
    """Return the lines of new `entries` of the list at `list_place`, for the text at `position`.

    An empty line parts them from what is above and below.
    """
    before, after = text[:position], text[position:]
    is_parted = not before.strip() or before.endswith(("\n\n", "\n\r\n"))
    is_last = not after.strip() or after.startswith(("\n", "\r\n"))
    lines = entry_blocks(list_place, entries)
    return ("" if is_parted else "\n") + lines + ("" if is_last else "\n")


def entry_blocks(list_place: Place, entries: Iterable[Mapping[str, object]]) -> str:
    """Return the lines of new `entries` of the list at `list_place`, parted by empty lines.

    A list of tables in an entry follows it, each with its own header.
    """
    name = ".".join(part for part in list_place if isinstance(part, str))
    return "\n".join(block for entry in entries for block in _blocks(name, entry))


def _blocks(name: str, entry: Mapping[str, object]) -> Iterator[str]:
    tables = {
        key: value
        for key, value in entry.items()
        if isinstance(value, list) and value and isinstance(value[0], Mapping)
    }
    own = {key: value for key, value in entry.items() if key not in tables}
    yield f"[[{name}]]\n{_lines(own, '')}"
    for key, value in tables.items():
        for each in value:
            yield from _blocks(f"{name}.{key}", each)


def key_position(text: str, place: Place) -> KeyPosition:
    """Return where the key at `place`, which is not there yet, goes in its table.

    It is behind the keys that it shares a dotted prefix with, years in their order, else behind the
    last key of the table.
    """
    parts = [*statements(text)]
    own: Sequence[Statement] = ()
    table = place
    while not own:
        table = table[:-1]
        own = [part for part in parts if part.table == table]
    keys, siblings = place[len(table) :], [part for part in own if part.place[:-1] == place[:-1]]
    siblings = [part for part in siblings if not part.is_header]
    year = str(keys[-1])
    later = next(
        (part for part in siblings if year.isdecimal() and str(part.place[-1]) > year), None
    )
    if later:
        return KeyPosition(later.start, keys)
    is_dotted = len(keys) > 1 and siblings
    return KeyPosition((siblings if is_dotted else own)[-1].end, keys)


def statement_of(keys: Place, value: object) -> str:
    """Return the lines that set the dotted key `keys`; of a mapping, one of each of its values."""
    *prefix, key = map(str, keys)
    return _lines({key: value}, "".join(f"{part}." for part in prefix))


def _lines(values: Mapping[str, object], prefix: str) -> str:
    return "".join(
        _lines(value, f"{prefix}{key}.")
        if isinstance(value, Mapping)
        else prefix + edits.new_statement(key, value, None)
        for key, value in values.items()
    )


def _last(parts: Sequence[Statement], places: Sequence[Place]) -> Statement | None:
    """Return the last statement at or below one of the `places`."""
    return next(
        (
            part
            for part in reversed(parts)
            if any(part.place[: len(place)] == place for place in places)
        ),
        None,
    )


def _end_of_comments(text: str, position: int) -> int:
    """Return the end of the comment lines at `position`, if an empty line or nothing follows."""
    end = position
    while text.startswith("#", _start_of_words(text, end)):
        end = _line_end(text, end)
    is_parted = text.startswith(("\n", "\r\n"), _start_of_words(text, end)) or end == len(text)
    return end if is_parted else position


def _start_of_comments(text: str, position: int, first: int) -> int:
    """Return the start of the comment lines that end at `position`, not before `first`."""
    start = position
    while start > first:
        line = text.rfind("\n", first, start - 1) + 1 or first
        if not text.startswith("#", _start_of_words(text, line)):
            break
        start = line
    return start


def _start_of_words(text: str, position: int) -> int:
    while text.startswith((" ", "\t"), position):
        position += 1
    return position


def _line_end(text: str, position: int) -> int:
    return text.find("\n", position) + 1 or len(text)
