"""A data file that is being changed: what is meant, beside the text that must come to say it."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from typing import Any

from resolution_cli.domain.change import Change, Undo
from resolution_cli.domain.model import Item, Resolution, Update
from resolution_cli.errors import ChangeRefused
from resolution_cli.i18n import _
from resolution_cli.storage.decoding import decoded
from resolution_cli.storage.document import BYTE_ORDER_MARK, UPDATES, DataText, TomlBroken


class Book:
    """A data file that is being changed.

    Attributes:
        resolution: what it held when it was opened.

    """

    def __init__(self, text: DataText, resolution: Resolution) -> None:
        self.resolution = resolution
        self._text = text
        self._before = text.text
        self._meant = (
            text.value
        )  # nobody else reads it by now, and a copy of ten thousand items takes a second
        self._places = {item.id: place for place, item in resolution.placed_items}

    def apply(self, changes: Iterable[Change]) -> None:
        """Write each change into its item and its entry into the history."""
        for change in changes:
            replaced = self._set_facts(change.before, change.facts, {})
            entry = _entry(change.update)
            # A value that stood in the plan is kept as it was written there, for `take_back`.
            spellings = {
                key: {
                    name: text
                    for name, (value, text) in replaced.items()
                    if entry.get(key, {}).get(name) == value
                }
                for key in ("was", "found")
            }
            self._text.append_update(entry, spellings)
            self._meant.setdefault(UPDATES, []).append(entry)

    def take_back(self, undo: Undo) -> None:
        """Restore what the entry changed, as it was written before, and take the entry out of the history."""
        if undo.item:
            entry, place = self._meant[UPDATES][undo.number], (UPDATES, undo.number)
            values = {**entry.get("was", {}), **entry.get("found", {})}
            spellings = {
                **self._text.spellings((*place, "was")),
                **self._text.spellings((*place, "found")),
            }
            same = {
                name: text
                for name, text in spellings.items()
                if values[name] == _plain(undo.restored.get(name))
            }
            self._set_facts(undo.item, undo.restored, same)
        self._text.remove_update(undo.number)
        del self._meant[UPDATES][undo.number]

    def _set_facts(
        self, item: Item, facts: Mapping[str, object], spellings: Mapping[str, str]
    ) -> dict[str, tuple[object, str]]:
        """Write `facts`, in these `spellings`; return what they replace by name: the value, and how it was written."""
        list_, index = self._places[item.id]
        table = self._meant[list_][index]
        replaced = {}
        for name, value in facts.items():
            plain = None if value is None else _plain(value)
            old = self._text.set((list_, index, name), plain, spellings.get(name))
            if old is not None:
                replaced[name] = table[name], old
            if plain is None:
                table.pop(name, None)
            else:
                table[name] = plain
        return replaced

    def checked_content(self) -> bytes:
        """Return the new content of the file, read back by another parser than the one that wrote it.

        Raises:
            AssertionError: what it says is not what was meant; a fault of ours, and nothing must be
                written.
            ChangeRefused: what was meant is no resolution, as an old value beside what was changed
                by hand since.
            TomlBroken: the other parser could not read what the file said before.

        """
        import tomllib  # noqa: PLC0415  # only a write pays for it

        content = self._text.text.encode()
        try:
            written = tomllib.loads(content.decode("utf-8-sig"))
        except tomllib.TOMLDecodeError as error:
            with suppress(tomllib.TOMLDecodeError):
                tomllib.loads(self._before.removeprefix(BYTE_ORDER_MARK))
                raise AssertionError("the edited file is no TOML") from error
            # The editor reads TOML 1.1, Python up to 3.14 does not; what cannot be checked is not
            # written.
            raise TomlBroken(
                _("only a TOML 1.0 file can be updated: {reason}").format(reason=error)
            ) from None
        if {UPDATES: [], **written} != {
            UPDATES: [],
            **self._meant,
        }:  # no diary and an empty one are the same
            raise AssertionError("the edited file does not say what was meant")
        result = decoded(self._meant)
        if not isinstance(result, Resolution):
            raise ChangeRefused(
                _("Nothing was changed: the file could not be read afterwards. {problem}").format(
                    problem=result[0]
                ),
                _("Correct that in the file first, by hand or by an update."),
            )
        return content


def _plain(value: object) -> object:
    """Return a fact as the file holds it."""
    if isinstance(value, StrEnum):
        return value.value
    return [*value] if isinstance(value, tuple) else value


def _entry(update: Update) -> dict[str, Any]:
    """Return an entry of the history as the file holds it, in the order in which a person reads it."""
    was, found = (
        {name: _plain(value) for name, value in facts.said().items()}
        for facts in (update.was, update.found)
    )
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
