"""The text of the data file, edited in place: every line that a change does not concern stays byte for byte.

The only module that knows the TOML editor. The editor sees one statement at a time, the one that
changes: given a whole file it keeps layout, but rewrites some unusual spellings. Text in, text out;
nothing here touches the disk.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import takewhile
from typing import Any

from tomledit import Document, Item, ListItem

from resolution_cli.domain.model import ITEM_LISTS
from resolution_cli.i18n import _
from resolution_cli.storage.line_ends import usual_end, with_ends, with_line_feeds, without_last_end
from resolution_cli.storage.statements import Place, Statement, lexemes, statements

UPDATES = "updates"
BYTE_ORDER_MARK = "\ufeff"

PIECE = 100_000
"""Characters that are read at a time."""

_LISTS = (*ITEM_LISTS, UPDATES)
_LONGEST_SHOWN = 160
"""Characters of a line of the file that a message shows at most."""


class TomlBroken(ValueError):
    """The text is not TOML; the message shows line and column."""


class DataText:
    """The text of a data file, and what may be done to it.

    Args:
        text: the whole text, decoded, with its own line endings and byte order mark.

    Attributes:
        value: the plain values that the text held when it was read.

    Raises:
        TomlBroken: the text is not TOML.

    """

    def __init__(self, text: str) -> None:
        self._text = text.removeprefix(BYTE_ORDER_MARK)
        self._byte_order_mark = text[: len(text) - len(self._text)]
        if self._text.startswith(
            BYTE_ORDER_MARK
        ):  # which the editor would overlook, and every other reader would not
            raise TomlBroken(_("a second byte order mark at its start"))
        try:
            text = with_line_feeds(self._text)
            # A carriage return of its own is no TOML, which only the text as it was can show.
            self.value: dict[str, Any] = _plain(self._text if "\r" in text else text)
        except TomlBroken:
            raise
        except ValueError as error:
            raise TomlBroken(_shortened(str(error).strip())) from None

    @property
    def text(self) -> str:
        """Return the text as it stands now."""
        return self._byte_order_mark + self._text

    def set(self, place: Place, value: object, spelling: str | None = None) -> str | None:
        """Write a plain value at `place`, whose table is there; None takes the key away.

        Comments inside what is replaced or taken away stay, as lines of their own.

        Args:
            place: where the value goes.
            value: the plain value.
            spelling: how TOML is to write it; as usual, if None.

        Returns:
            How the value that stood there was written, or None if nothing stood there or it took
            several lines.

        """
        last_of_table = None
        for statement in statements(self._text):
            if not statement.is_header and place[: len(statement.place)] == statement.place:
                written = with_line_feeds(self._text[statement.start : statement.end])
                way = place[len(statement.table) :]
                is_whole = statement.place == place
                new = "" if is_whole and value is None else _edited(written, way, value, spelling)
                self._splice(statement, new)
                return _spelling(written, way)
            if statement.table == place[:-1]:
                last_of_table = statement
            elif last_of_table:  # another table begins, and no table is continued further down
                break
        if value is not None and last_of_table is not None:
            self._insert(last_of_table.end, _line_of(str(place[-1]), value, spelling))
        return None

    def spellings(self, place: Place) -> dict[str, str]:
        """Return how the values of the inline table at `place` are written, by their keys.

        Those lists that take several lines are left out.
        """
        for statement in statements(self._text):
            if statement.place == place and not statement.is_header:
                written = with_line_feeds(self._text[statement.start : statement.end])
                way = place[len(statement.table) :]
                table = _found(Document.parse(written), way)
                found = {key: _spelling(written, (*way, key)) for key in table.value}
                return {key: spelling for key, spelling in found.items() if spelling}
        return {}

    def append_update(
        self, entry: Mapping[str, object], spellings: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        """Write a new entry at the end of the history; a value that is a mapping becomes an inline table.

        Args:
            entry: the plain values.
            spellings: how values of such mappings are to be written, by the mapping's key and
                theirs; others as usual.

        """
        tables = {
            key: _inline_table(value, (spellings or {}).get(key, {}))
            for key, value in entry.items()
            if isinstance(value, Mapping)
        }
        if inline := self._inline_diary():
            diary = Document.parse(with_line_feeds(self._text[inline.start : inline.end]))
            diary[UPDATES].append({**entry, **tables})
            self._splice(inline, diary.as_toml())
            return
        block = Document({UPDATES: [{}]})
        table = block[UPDATES][0]
        for key, value in entry.items():
            table[key] = tables.get(key, value)
        # Behind the last line, so that a comment at the end of the file stays above the entry.
        self._insert(len(self._text), "\n" + block.as_toml())

    def remove_update(self, number: int) -> None:
        """Take the entry with this number, counted from 0, out of the diary; comments beside and inside it stay."""
        if inline := self._inline_diary():
            diary = Document.parse(with_line_feeds(self._text[inline.start : inline.end]))
            del diary[UPDATES][number]
            self._splice(inline, diary.as_toml())
            return
        has_last_end = self._text.endswith("\n")
        parts = [part for part in statements(self._text) if part.place[:2] == (UPDATES, number)]
        for part in reversed(parts):
            self._splice(part, "")
        before, after = self._text[: parts[0].start], self._text[parts[0].start :]
        is_apart = before.endswith(("\n\n", "\n\r\n"))
        if is_apart and (after.startswith(("\n", "\r\n")) or not after.strip()):
            before = without_last_end(before)  # the blank line that came with the entry
        self._text = before + after
        if not has_last_end:  # a last line without an end stays one
            self._text = without_last_end(self._text)

    def lines_of(self, places: Iterable[Place]) -> dict[Place, int]:
        """Return the line, counted from 1, on which each of the `places` begins, or the nearest thing around it."""
        ways = {place: [place[:length] for length in range(len(place), 0, -1)] for place in places}
        if not ways:
            return {}
        wanted = {part for way in ways.values() for part in way}
        lines: dict[Place, int] = {}
        for statement in statements(self._text):
            # A dotted key or a header opens the tables on its way too, where nothing did before.
            for length in range(len(statement.place), 0, -1):
                if (part := statement.place[:length]) in wanted:
                    lines.setdefault(part, statement.line)
            if len(lines) == len(wanted):
                break
        found = {}
        for place, way in ways.items():
            if line := next((lines[part] for part in way if part in lines), None):
                found[place] = line
        return found

    def _inline_diary(self) -> Statement | None:
        """Return the statement that holds the whole diary as one value, `updates = […]`, if there is one."""
        if not isinstance(self.value.get(UPDATES), list):
            return None
        before_tables = takewhile(lambda part: not part.is_header, statements(self._text))
        return next((part for part in before_tables if part.place == (UPDATES,)), None)

    def _insert(self, position: int, new: str) -> None:
        """Put the lines `new` at a `position` where a line ends; behind a last one without an end they have none."""
        before, after = self._text[:position], self._text[position:]
        end = usual_end(self._text)
        if before and not before.endswith("\n"):
            new = "\n" + new.removesuffix("\n")
        self._text = before + new.replace("\n", end) + after

    def _splice(self, old: Statement, new: str) -> None:
        """Put `new`, whose lines end in LF, in the place of the statement `old`, whose lines end as they do.

        A comment of `old` that `new` has no more becomes a line of its own; a last line without an
        end stays one.
        """
        kept = Counter(comment for part in statements(new) for comment in part.comments)
        lost = "".join(f"{comment}\n" for comment in (Counter(old.comments) - kept).elements())
        before = self._text[old.start : old.end]
        if not before.endswith("\n"):
            new = new.removesuffix("\n")
        end = usual_end(before if "\n" in before else self._text)
        self._text = (
            self._text[: old.start] + with_ends(before, lost + new, end) + self._text[old.end :]
        )


def _plain(text: str) -> dict[str, Any]:
    """Return the plain values of a TOML `text`. A long one is read in pieces: the editor needs 35 bytes for each.

    A piece that is TOML by itself ends between two statements, so pieces in a row say together what
    each says, unless two speak of the same table. Pieces of nothing but entries of the lists,
    behind a start without any, never do.
    """
    start, *rest = _pieces(text)
    if rest:
        with suppress(
            ValueError
        ):  # a cut through a long text, or a text that is no TOML: the whole of it will tell
            value, *parts = (Document.parse(piece).value for piece in (start, *rest))
            lists = [(name, entries) for part in parts for name, entries in part.items()]
            if value.keys().isdisjoint(_LISTS) and all(
                n in _LISTS and isinstance(e, list) for n, e in lists
            ):
                for name, entries in lists:
                    value.setdefault(name, []).extend(entries)
                return value
    document = Document.parse(text)
    try:
        value = document.value
    except ValueError as error:  # a day that TOML can write and Python cannot hold
        line = _line_without_value(text)
        raise TomlBroken(_("line {line}: {problem}").format(line=line, problem=error)) from None
    return value


def _pieces(text: str) -> list[str]:
    """Return `text` cut before lines that look like the header of an entry: what is before all, and pieces."""
    cuts = [0]
    cut = _next_header(text, 0)
    while 0 <= cut < len(text) - PIECE:
        cuts.append(cut + 1)
        cut = _next_header(text, cut + PIECE)
    return [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _next_header(text: str, start: int) -> int:
    """Return where the next line that looks like the header of an entry ends the one before; -1 if there is none."""
    return min(
        (found for name in _LISTS if (found := text.find(f"\n[[{name}]]", start)) >= 0), default=-1
    )


def _shortened(message: str) -> str:
    """Return a parser's `message` with its lines cut; of the file's line stays what the caret points at."""
    lines = message.split("\n")
    caret = next(
        (number for number, line in enumerate(lines) if "^" in line and not line.strip(" |^")), 0
    )
    start = max(lines[caret].find("^") - _LONGEST_SHOWN // 2, 0)
    shown = [
        line[start:] if number in (caret - 1, caret) else line for number, line in enumerate(lines)
    ]
    return "\n".join(
        line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…" for line in shown
    )


def _line_without_value(text: str) -> int:
    """Return the line of the first statement whose value cannot be had."""
    for statement in statements(text):
        try:
            Document.parse(text[statement.start : statement.end]).value  # noqa: B018  # reading it is the test
        except ValueError:
            return statement.line
    return 1


def _found(container: Any, way: Place) -> Any:
    """Return what is reached in `container` by `way`; None if it is not there."""
    for step in way:
        try:
            container = container[step]
        except (KeyError, IndexError):
            return None
    return container


def _edited(written: str, way: Place, value: object, spelling: str | None) -> str:
    """Return the statement `written` with `value` where `way` leads from its table; None takes the key away."""
    part = Document.parse(written)
    table, key = _found(part, way[:-1]), way[-1]
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
    return part.as_toml()


def _spelling(written: str, way: Place) -> str | None:
    """Return how the statement `written` spells the value where `way` leads from its table.

    None if there is no value, or a list that takes more than one line: such a one may hold
    comments.
    """
    item = _found(Document.parse(written), way)
    if item is None:
        return None
    text = item.as_toml()
    if "\n" in text and not isinstance(item.value, str):
        return None
    tokens = takewhile(
        lambda token: not token.startswith("#"), (match[0] for match in lexemes(text))
    )
    return "".join(tokens).strip()


def _line_of(key: str, value: object, spelling: str | None) -> str:
    """Return a statement that gives `key` a `value`."""
    line = Document({key: value})
    if spelling is not None:
        line[key] = Item.parse(spelling)
    return line.as_toml()


def _inline_table(values: Mapping[str, object], spellings: Mapping[str, str]) -> Item:
    """Return an inline table of plain `values`, those in `spellings` written so."""
    table = Item.parse("{}")
    for key, value in values.items():
        table[key] = Item.parse(spellings[key]) if key in spellings else value
    return table
