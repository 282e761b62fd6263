"""A data file that is being changed: its text and, to check the text, the values it must have."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from typing import Any

from msgspec.structs import asdict

from resolution_cli.domain.change import Change
from resolution_cli.domain.model import (
    Base,
    Figure,
    Item,
    OldValues,
    Place,
    Resolution,
    Target,
    Translations,
    Update,
)
from resolution_cli.domain.plan import Addition, Edit
from resolution_cli.domain.undo import Undo
from resolution_cli.errors import ChangeRefused
from resolution_cli.i18n import _
from resolution_cli.storage.decoding import decoded
from resolution_cli.storage.document import BYTE_ORDER_MARK, UPDATES, DataText, TomlBroken
from resolution_cli.storage.edits import value_at

_OLD_VALUES = ("was", "found")
"""The inline tables of an entry that hold old values of the plan."""


class Book:
    """A data file that is being changed.

    Attributes:
        resolution: the content of the file when it was opened.

    """

    def __init__(self, text: DataText, resolution: Resolution) -> None:
        self.resolution = resolution
        self._text = text
        self._before = text.text
        # Not a copy: nothing else reads these values any more, and a copy of ten thousand items
        # takes a second.
        self._expected = text.value
        self._places = {entry.id: place for place, entry in resolution.placed}

    def apply(self, changes: Iterable[Change]) -> None:
        """Change the item of each change, and append its entry to the history."""
        for change in changes:
            replaced = self._set_facts(change.before, change.facts, {})
            entry = _entry(change.update)
            # The entry has an old value as the plan spelled it, so that `take_back` can restore it.
            spellings = {key: _spellings_of(entry.get(key, {}), replaced) for key in _OLD_VALUES}
            self._text.append_update(entry, spellings)
            self._expected.setdefault(UPDATES, []).append(entry)

    def take_back(self, undo: Undo) -> None:
        """Restore what the entry changed, in its old spelling, and remove the entry."""
        if undo.item:
            entry, place = self._expected[UPDATES][undo.number], (UPDATES, undo.number)
            values: dict[str, object] = {}
            spellings: dict[str, str] = {}
            for key in _OLD_VALUES:
                values |= entry.get(key, {})
                spellings |= self._text.spellings((*place, key))
            usable = {
                name: spelling
                for name, spelling in spellings.items()
                if values[name] == _plain(undo.restored.get(name))
            }
            self._set_facts(undo.item, undo.restored, usable)
        self._text.remove_update(undo.number)
        del self._expected[UPDATES][undo.number]

    def add(self, addition: Addition) -> None:
        """Write a new entry of the plan at the end of its list."""
        entry = {name: _plain(value) for name, value in addition.values().items()}
        self._text.add_entry(addition.place, entry)
        _table_at(self._expected, addition.place[:-1]).setdefault(addition.place[-1], []).append(
            entry
        )

    def edit(self, edit: Edit) -> None:
        """Write the values of an entry of the plan that change."""
        place = self._places[edit.before.id]
        for keys, _old, value in edit.values():
            if value is None:
                self._text.remove((*place, *keys))
                del _table_at(self._expected, (*place, *keys[:-1]))[keys[-1]]
            else:
                plain = _plain(value)
                self._text.put((*place, *keys), plain)
                _table_at(self._expected, (*place, *keys[:-1]))[keys[-1]] = plain

    def _set_facts(
        self, item: Item | Target, facts: Mapping[str, object], spellings: Mapping[str, str]
    ) -> dict[str, tuple[object, str]]:
        """Write `facts` into `item`, spelled as in `spellings` where that has them.

        Return the replaced values by name, each with its spelling.
        """
        place = self._places[item.id]
        table: dict[str, Any] = value_at(self._expected, place)
        replaced = {}
        for name, value in facts.items():
            plain = None if value is None else _plain(value)
            old_spelling = self._text.set((*place, name), plain, spellings.get(name))
            if old_spelling is not None:
                replaced[name] = table[name], old_spelling
            if plain is None:
                table.pop(name, None)
            else:
                table[name] = plain
        return replaced

    def checked_content(self) -> bytes:
        """Return the new content of the file, checked by a parser other than the one that wrote it.

        Raises:
            AssertionError: it does not have the expected values; a bug, and nothing must be
                written.
            ChangeRefused: the expected values are not a valid resolution, for example where a
                restored value contradicts one that was changed by hand since.
            TomlBroken: the other parser could not read the file as it was before either.

        """
        import tomllib  # noqa: PLC0415  # only a write pays for it

        content = self._text.text.encode()
        try:
            written = tomllib.loads(content.decode("utf-8-sig"))
        except tomllib.TOMLDecodeError as error:
            with suppress(tomllib.TOMLDecodeError):
                tomllib.loads(self._before.removeprefix(BYTE_ORDER_MARK))
                raise AssertionError("the edited file is not valid TOML") from error
            # The editor reads TOML 1.1, tomllib up to Python 3.14 only 1.0; what cannot be checked
            # is not written.
            where = re.search(r"line (\d+)", str(error))
            raise TomlBroken(
                _("only a TOML 1.0 file can be updated, and this is TOML 1.1"),
                int(where[1]) if where else None,
            ) from None
        no_history: dict[str, Any] = {UPDATES: []}  # equal to an absent one
        if no_history | written != no_history | self._expected:
            raise AssertionError("the edited file does not say what was meant")
        result = decoded(self._expected)
        if not isinstance(result, Resolution):
            raise ChangeRefused(
                _("Nothing was changed: the file could not be read afterwards. {problem}").format(
                    problem=result[0]
                ),
                _("Correct that in the file first, by hand or by an update."),
            )
        return content


def _spellings_of(
    old_values: Mapping[str, object], replaced: Mapping[str, tuple[object, str]]
) -> dict[str, str]:
    """Return the spellings of those `replaced` values that are the same in `old_values`."""
    return {
        name: spelling
        for name, (value, spelling) in replaced.items()
        if old_values.get(name) == value
    }


def _table_at(value: dict[str, Any], place: Place) -> dict[Any, Any]:
    """Return the table at `place` of the plain `value`; one that is not there is made."""
    table: Any = value
    for key in place:
        table = table.setdefault(key, {}) if isinstance(table, dict) else table[key]
    found: dict[Any, Any] = table
    return found


def _plain(value: object) -> object:
    """Return a value of the plan as the plain value of the TOML file."""
    if isinstance(value, Translations | Base):
        value = {name: part for name, part in asdict(value).items() if part is not None}
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Figure):
        return int(value) if value == value.to_integral_value() else float(value)
    return [*value] if isinstance(value, tuple) else value


def _entry(update: Update) -> dict[str, Any]:
    """Return an entry of the history as the plain values of the file, in their order there."""
    was, found = map(_old_values, (update.was, update.found))
    return {
        "item": update.item,
        "on": update.on,
        **({"at": update.at} if update.at else {}),
        **({"by": update.by} if update.by else {}),
        **{name: _plain(value) for name, value in update.said().items()},
        **({"was": was} if was else {}),
        **({"found": found} if found else {}),
        **({"missing": [name.value for name in update.missing]} if update.missing else {}),
        **({"note": update.note} if update.note else {}),
        **({"evidence": [*update.evidence]} if update.evidence else {}),
        **({"cause": update.cause.value} if update.cause else {}),
    }


def _old_values(old: OldValues) -> dict[str, Any]:
    """Return the old values of an entry as plain values; the day of a figure stands behind it."""
    plain = {name: _plain(value) for name, value in old.said().items()}
    return plain | ({"on": old.on} if old.on else {})
