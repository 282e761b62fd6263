"""One statement of a TOML text: its values read, changed, and their spellings kept.

A statement is the text of a key with its value, with LF line endings. The place of a value in it is
the tuple of keys counted from the table that the statement belongs to.
"""

from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from tomledit import Document, Item, ListItem

from resolution_cli.domain.model import Place
from resolution_cli.storage.statements import lexemes


def edited(toml: str, keys: Place, value: object, spelling: str | None) -> str:
    """Return the statement `toml` with `value` at `keys`, counted from its table.

    None as a value removes the key. Tables around the value that do not exist are made.
    """
    part = Document.parse(toml)
    for depth in range(1, len(keys)):
        if value is not None and value_at(part, keys[:depth]) is None:
            for key in reversed(keys[depth:]):
                value = {key: value}
            keys = keys[:depth]
            break
    table, key = value_at(part, keys[:-1]), keys[-1]
    old = table.get(key)
    if value is None:
        if old is not None:
            del table[key]
    elif spelling is not None:
        table[key] = Item.parse(spelling)
    elif isinstance(old, ListItem) and isinstance(value, list):
        old[:] = value
    else:
        table[key] = value
        if old is None and str(key).isdecimal():
            _put_later_years_behind(table, str(key))
    return part.as_toml()


def _put_later_years_behind(table: Any, year: str) -> None:
    """Move the later years of an inline table behind `year`, its last key; spelled as before."""
    for later in sorted(key for key in table.value if key.isdecimal() and key > year):
        spelling = table[later].as_toml().strip()
        del table[later]
        table[later] = Item.parse(spelling)


def with_entry(toml: str, keys: Place, entry: Mapping[str, object]) -> str:
    """Return the statement `toml` with a new last `entry` of the list at `keys`.

    A list that does not exist is made.
    """
    part = Document.parse(toml)
    table, key = value_at(part, keys[:-1]), keys[-1]
    if (entries := table.get(key)) is None:
        table[key] = Item.parse("[]")
        entries = table[key]
    entries.append(entry)
    return part.as_toml()


def spelling_of(toml: str, keys: Place) -> str | None:
    """Return the TOML of the value at `keys`, counted from its table, in the statement `toml`.

    None if there is no value, or a list of several lines, which may have comments in it.
    """
    item = value_at(Document.parse(toml), keys)
    if item is None:
        return None
    text = item.as_toml()
    if "\n" in text and not isinstance(item.value, str):
        return None
    tokens = (match[0] for match in lexemes(text))
    return "".join(takewhile(lambda token: not token.startswith("#"), tokens)).strip()


def new_statement(key: str, value: object, spelling: str | None) -> str:
    """Return the statement that sets `key` to `value`, written as `spelling` if that is given."""
    line = Document({key: value})
    if spelling is not None:
        line[key] = Item.parse(spelling)
    return line.as_toml()


def inline_table(values: Mapping[str, object], spellings: Mapping[str, str]) -> Item:
    """Return an inline table of plain `values`, each written as in `spellings` if it is there."""
    table = Item.parse("{}")
    for key, value in values.items():
        if key in spellings:
            table[key] = Item.parse(spellings[key])
        else:
            table[key] = inline_table(value, {}) if isinstance(value, Mapping) else value
    return table


def with_last(toml: str, keys: Place, table: Item | None) -> str:
    """Return the statement `toml` with `table` at the end of the list at `keys`.

    None removes the last table there.
    """
    part = Document.parse(toml)
    tables = value_at(part, keys)
    if table is None:
        del tables[len(tables) - 1]
    else:
        tables.append(table)
    return part.as_toml()


def value_at(container: Any, keys: Place) -> Any:
    """Return the value in `container` that `keys` lead to; None if there is none."""
    for key in keys:
        try:
            container = container[key]
        except (KeyError, IndexError):
            return None
    return container
