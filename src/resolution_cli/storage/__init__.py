"""The one data file: found, read as a `Resolution`, changed in place, made anew.

Changing it is `with editing(path) as book:`, a pure function that returns changes, `book.apply(changes)`; the file is
written once, when the block ends well, or not at all.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import deepcopy
from enum import StrEnum
from pathlib import Path
from typing import Any

from resolution_cli.change import Change, Undo
from resolution_cli.errors import DataFileBroken, FileExists, Problem
from resolution_cli.model import Item, Resolution, Update
from resolution_cli.storage import files
from resolution_cli.storage.decoding import decoded
from resolution_cli.storage.document import BYTE_ORDER_MARK, UPDATES, DataText, TomlBroken

__all__ = ["Book", "create_blank", "create_copy", "editing", "found_path", "loaded", "located", "shipped_path"]

SCHEMA_NAME = "tasks.schema.json"
"""The name of the JSON Schema beside a data file, which the file names in its first line for editors."""

found_path = files.found_path
shipped_path = files.shipped_path


def loaded(path: Path) -> Resolution:
    """Return the resolution in the file at `path`.

    Raises:
        DataFileMissing: there is no file.
        DataFileBroken: it cannot be read, or is no resolution; every problem is named.

    """
    return _read(path, files.content(path))[1]


def located(path: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Return the `problems` of the file at `path` with the lines on which they are, in the order of the lines."""
    return _with_lines(_read(path, files.content(path))[0], [*problems])


class Book:
    """A data file that is being changed.

    Attributes:
        resolution: what it held when it was opened.

    """

    def __init__(self, text: DataText, resolution: Resolution) -> None:
        self.resolution = resolution
        self._text = text
        self._before = text.text
        self._meant = deepcopy(text.value)
        self._places = {
            item.id: (list_, index)
            for list_ in ("tasks", "breakthroughs")
            for index, item in enumerate(getattr(resolution, list_))
        }

    def apply(self, changes: Iterable[Change]) -> None:
        """Write each change into its item and its entry into the diary."""
        for change in changes:
            self._set_facts(change.before, {name: new for name, _, new in change.update.changes()})
            entry = _entry(change.update)
            self._text.append_update(entry)
            self._meant.setdefault(UPDATES, []).append(entry)

    def take_back(self, undo: Undo) -> None:
        """Restore what the entry changed, and take it out of the diary."""
        if undo.item:
            self._set_facts(undo.item, undo.restored())
        self._text.remove_update(undo.number)
        del self._meant[UPDATES][undo.number]

    def _set_facts(self, item: Item, facts: Mapping[str, object]) -> None:
        list_, index = self._places[item.id]
        table = self._meant[list_][index]
        for name, value in facts.items():
            plain = None if value is None else _plain(value)
            self._text.set((list_, index, name), plain)
            if plain is None:
                table.pop(name, None)
            else:
                table[name] = plain

    def checked_content(self) -> bytes:
        """Return the new content of the file, read back by another parser than the one that wrote it.

        Raises:
            AssertionError: what it says is not what was meant; a fault of the editor, and nothing must be written.
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
            # The editor reads TOML 1.1, Python up to 3.14 does not; what cannot be checked is not written.
            raise TomlBroken(f"only TOML 1.0 can be changed: {error}") from None
        if {UPDATES: [], **written} != {UPDATES: [], **self._meant}:  # no diary and an empty one are the same
            raise AssertionError("the edited file does not say what was meant")
        return content


@contextmanager
def editing(path: Path) -> Iterator[Book]:
    """Open the file at `path` for change; hold its lock until the end, and write it when the block ends well.

    Raises:
        DataFileMissing, DataFileBroken: as `loaded`.
        FileNotWritten: it is held by another, changed by someone else meanwhile, or the system does not let it.

    """
    path = Path(os.path.realpath(path))  # a symbolic link stays one: the file it leads to is what is replaced
    files.content(path)  # what is no readable file gets its own message, before anything waits for it
    with files.locked(path):
        content = files.content(path)
        text, resolution = _read(path, content)
        book = Book(text, resolution)
        yield book
        try:
            new = book.checked_content()
        except TomlBroken as error:
            hint = "Mend that line with an editor, such as a table in { } that takes more than one line."
            raise DataFileBroken(path, [Problem((), "", "", str(error), hint)]) from None
        if new != content:
            files.replace(path, content, new)


def create_copy(path: Path, source: Path, schema: str) -> None:
    """Make the file at `path` with the content of `source`, and its JSON Schema beside it.

    Raises:
        FileExists: there is something at `path`.
        FileNotWritten: the system does not let it.

    """
    files.create(path, files.content(source))
    _create_schema(path, schema)


def create_blank(path: Path, resolution: Mapping[str, Any], schema: str) -> None:
    """Make the file at `path` with the table `[resolution]` and no item, and its JSON Schema beside it.

    Raises:
        FileExists: there is something at `path`.
        FileNotWritten: the system does not let it.

    """
    import tomli_w  # noqa: PLC0415  # only `init --blank` pays for it

    text = _BLANK.format(tables=tomli_w.dumps({"schema": 1, "resolution": dict(resolution)}))
    files.create(path, text.encode())
    _create_schema(path, schema)


def _create_schema(path: Path, schema: str) -> None:
    with suppress(FileExists):  # one from before serves as well
        files.create(path.with_name(SCHEMA_NAME), schema.encode())


_BLANK = f"""\
#:schema {SCHEMA_NAME}
# The resolution and its plan on top, the diary of updates at the end.

{{tables}}
# Write the items below, in the resolution's order, each as these lines without their `#`:
#
# [[tasks]]
# id = "T1"
# title = "…"
# due = 2026-09-30
#
# and a breakthrough under [[breakthroughs]]. README lists all that an item may have.
"""


def _read(path: Path, content: bytes) -> tuple[DataText, Resolution]:
    try:
        text = DataText(content.decode())
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = Problem((), "", "", "this is not UTF-8 text", "Save the file as UTF-8.", line)
        raise DataFileBroken(path, [problem]) from None
    except TomlBroken as error:
        hint = 'A text stands in straight quotes, as in title = "…"; a date has none, as in due = 2026-09-30.'
        raise DataFileBroken(path, [Problem((), "", "", str(error), hint)]) from None
    result = decoded(text.value)
    if isinstance(result, Resolution):
        return text, result
    raise DataFileBroken(path, _with_lines(text, result))


def _with_lines(text: DataText, problems: list[Problem]) -> list[Problem]:
    lines = text.lines_of(problem.place for problem in problems)
    numbered = [
        Problem(problem.place, problem.subject, problem.key, problem.message, problem.hint, lines.get(problem.place))
        for problem in problems
    ]
    return sorted(numbered, key=lambda problem: problem.line or 0)


def _plain(value: object) -> object:
    """Return a fact as the file holds it."""
    if isinstance(value, StrEnum):
        return value.value
    return [*value] if isinstance(value, tuple) else value


def _entry(update: Update) -> dict[str, Any]:
    """Return an entry of the diary as the file holds it, in the order in which a person reads it."""
    was = {name: _plain(value) for name, value in update.was.said().items()}
    return {
        "item": update.item,
        "on": update.on,
        **({"at": update.at} if update.at else {}),
        **({"by": update.by} if update.by else {}),
        **{name: _plain(value) for name, value in update.said().items()},
        **({"was": was} if was else {}),
        **({"note": update.note} if update.note else {}),
        **({"evidence": [*update.evidence]} if update.evidence else {}),
        **({"cause": update.cause.value} if update.cause else {}),
    }
