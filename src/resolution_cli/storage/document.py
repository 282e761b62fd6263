"""The text of the data file, edited in place: every line that a change does not concern stays byte for byte.

The only module that knows the TOML editor. Text in, text out; nothing here touches the disk.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tomledit import Document, Item, ListItem

from resolution_cli.storage.statements import Place, statements

UPDATES = "updates"
BYTE_ORDER_MARK = "\ufeff"


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
        try:
            self._document = Document.parse(_with_line_feeds(self._text))
            self.value: dict[str, Any] = self._document.value
        except ValueError as error:
            raise TomlBroken(str(error).strip()) from None

    @property
    def text(self) -> str:
        """Return the text as it stands now."""
        return self._byte_order_mark + self._text

    def set(self, place: Place, value: object) -> None:
        """Write a plain value at `place`, whose table is there; None takes the key away.

        Comments inside what is replaced or taken away stay, as lines of their own.
        """
        *way, key = place
        table: Any = self._document
        for step in way:
            table = table[step]
        old = table.get(key)
        if value is None:
            if old is not None:
                self._remove(place, table)
        elif isinstance(old, ListItem) and isinstance(value, list):
            comments = [text for element in old for text in (element.comment, element.inline_comment) if text]
            old[:] = value
            if comments:
                old.comment = "\n".join(text.strip("\n") for text in (old.comment, *comments) if text)
        else:
            table[key] = value
        self._take(self._document.as_toml())

    def append_update(self, entry: Mapping[str, object]) -> None:
        """Write a new entry at the end of the diary; a value that is a mapping becomes an inline table."""
        block = Document({UPDATES: [{}]})
        table = block[UPDATES][0]
        for key, value in entry.items():
            table[key] = Item.parse("{}") if isinstance(value, Mapping) else value
            if isinstance(value, Mapping):
                table[key].update(value)
        # Written behind the last line, so that a comment at the end of the file stays above the entry.
        old = _with_line_feeds(self._text)
        ends_in_line_feed = old.endswith("\n") or not old
        new = old + ("\n" if ends_in_line_feed else "\n\n") + block.as_toml()
        if not ends_in_line_feed:
            new = new.removesuffix("\n")
        try:
            self._document = Document.parse(new)
        except ValueError:  # the diary is one value, `updates = […]`, to which no header can add
            self._document[UPDATES].append(dict(entry))
            new = self._document.as_toml()
        self._take(new)

    def lines_of(self, places: Iterable[Place]) -> dict[Place, int]:
        """Return the line, counted from 1, on which each of the `places` begins, or the nearest thing around it."""
        lines = {statement.place: statement.line for statement in reversed([*statements(_with_line_feeds(self._text))])}
        found = {}
        for place in places:
            around = (place[:length] for length in range(len(place), 0, -1))
            if line := next((lines[part] for part in around if part in lines), None):
                found[place] = line
        return found

    def _remove(self, place: Place, table: Any) -> None:
        text = self._document.as_toml()
        for statement in statements(text):
            if statement.place == place:
                comments = "".join(f"{comment}\n" for comment in statement.comments)
                self._document = Document.parse(text[: statement.start] + comments + text[statement.end :])
                return
        del table[place[-1]]  # inside an inline table, which is one statement and has no comments

    def _take(self, new: str) -> None:
        """Make `new`, which ends its lines in LF and differs in one place, the text, leaving all other lines alone."""
        if "\r\n" not in self._text:
            self._text = new
            return
        old_lines, new_lines = _lines(self._text), _lines(new)
        head = _common(old_lines, new_lines)
        tail = _common(old_lines[head:][::-1], new_lines[head:][::-1])
        changed = "".join(new_lines[head : len(new_lines) - tail])
        if self._text.count("\r\n") * 2 > self._text.count("\n"):
            changed = changed.replace("\n", "\r\n")
        self._text = "".join([*old_lines[:head], changed, *old_lines[len(old_lines) - tail :]])


def _with_line_feeds(text: str) -> str:
    """Return `text` with LF line endings, the only ones that the editor and TOML's values know."""
    return text.replace("\r\n", "\n")


def _lines(text: str) -> list[str]:
    """Return the lines of `text`, each with the line feed that ends it; a last one may have none."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many lines the two begin with in common, whatever ends them."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if _with_line_feeds(one) != other:
            break
        count += 1
    return count
