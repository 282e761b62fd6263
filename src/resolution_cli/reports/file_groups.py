"""Many files by group: by a column of an index of them, or by what their resolutions say.

A file that has no group stands in the last one, so that the groups add up to all files.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from msgspec import Struct

from resolution_cli.domain.model import Text, Translations
from resolution_cli.errors import WrongInput, did_you_mean
from resolution_cli.i18n import _
from resolution_cli.matching import fold, fold_keeping_accents, key_of, nearest_word

TAG = "tag"
_FACTS = ("superior", "term")
_MOST_SHOWN = 20
"""Columns that a message lists at most."""

_NUMBER = re.compile("([0-9]{1,18})")
KNOWN = (TAG, *_FACTS)
"""What files or their items can be grouped by without an index."""


class FileIndex(Struct, frozen=True):
    """What a table says of files: a row a file, and columns to group them by.

    Attributes:
        path: the path of the table.
        columns: the names of its columns but that of the paths.
        values: what it says in these columns of each file that was found.
        without_row: the files that were found and have no row.
        without_file: the rows of which no file was found: the line of each, and its path.

    """

    path: Path
    columns: tuple[str, ...]
    values: Mapping[Path, tuple[str, ...]]
    without_row: tuple[Path, ...]
    without_file: tuple[tuple[int, str], ...]


class By(Struct, frozen=True):
    """What files are grouped by.

    Attributes:
        name: a column of the index, or one of `KNOWN`.
        values: the group by file, as far as it is known; None for what the resolutions say.

    """

    name: str
    values: Mapping[Path, Text] | None = None

    @property
    def is_tag(self) -> bool:
        """Say whether items are grouped, by their tags."""
        return self.values is None and self.name == TAG


class Grouped(Protocol):
    """A file, counted or not."""

    @property
    def path(self) -> Path:
        """Return its path."""


_File = TypeVar("_File", bound=Grouped)


def by_asked(typed: str, index: FileIndex | None) -> By:
    """Return what a person wants files to be grouped by; a column of the index comes first.

    Raises:
        WrongInput: there is no such column.

    """
    columns = index.columns if index else ()
    known = tuple(dict.fromkeys((*columns, *KNOWN)))
    by_key = {key_of(name): name for name in reversed(known)}
    name = typed if typed in columns else by_key.get(key_of(typed))
    if name is None:
        raise WrongInput(_unknown(typed, known, index), "--by")
    if index is None or name not in columns:
        return By(name)
    number = columns.index(name)
    return By(name, {path: values[number] for path, values in index.values.items()})


def group_of(by: By, file: Grouped) -> Text:
    """Return the group of a file; empty without one, or where the file cannot be read."""
    if by.values is not None:
        return by.values.get(file.path, "")
    if by.name == "term" and (term := getattr(file, "term", None)):
        return f"{term.start.year}–{term.end.year}"
    return getattr(file, by.name, None) or ""


def with_one_spelling(by: By, files: Iterable[Grouped]) -> By:
    """Return `by`, with one name for those that differ in case or white space alone.

    So do those that differ in where an accent is typed, as "hoà" and "hòa". The first file has it.
    """
    names: dict[tuple[str, ...], Text] = {("",): ""}
    values = {}
    for file in files:
        name = group_of(by, file)
        key = tuple(map(fold_keeping_accents, _texts(name)))
        values[file.path] = names.setdefault(key, name)
    return By(by.name, values)


def grouped(by: By, files: Iterable[_File]) -> dict[Text, list[_File]]:
    """Return the files by group, in the order of their names; those without one last."""
    groups: dict[Text, list[_File]] = {}
    for file in files:
        groups.setdefault(group_of(by, file), []).append(file)
    return {name: groups[name] for name in sorted(groups, key=_order)}


def _order(name: Text) -> tuple[object, ...]:
    """Return by what groups are ordered: their names, numbers in them as numbers; none last."""
    texts = _texts(name)
    return not name, [_numbered(fold(text)) for text in texts], texts


def _texts(name: Text) -> list[str]:
    return [*name.texts()] if isinstance(name, Translations) else [name]


def _numbered(text: str) -> list[str | int]:
    """Return the parts of a text, from the second on each second one a number."""
    parts = _NUMBER.split(text)
    return [int(part) if number % 2 else part for number, part in enumerate(parts)]


def _unknown(typed: str, known: tuple[str, ...], index: FileIndex | None) -> str:
    message = _("{text!r} is no column; choose one of: {words}.")
    shown = [*known[:_MOST_SHOWN], *(["…"] if len(known) > _MOST_SHOWN else [])]
    said = message.format(text=typed, words=", ".join(shown))
    if near := nearest_word(typed, known):
        return f"{said} {did_you_mean(near)}"
    return said if index else said + " " + _("Give more with --index.")
