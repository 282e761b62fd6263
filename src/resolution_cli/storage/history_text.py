"""The history in the text of a data file: entries are added, moved and removed."""

from collections.abc import Mapping
from itertools import takewhile

from tomledit import Document

from resolution_cli.storage import edits
from resolution_cli.storage.line_ends import usual_end
from resolution_cli.storage.splicing import REMARK, SplicedText
from resolution_cli.storage.statements import Statement
from resolution_cli.storage.toml import UPDATES


class HistoryText(SplicedText):
    """A text with the array of tables `[[updates]]`, or with `updates` as one value."""

    def append_update(
        self, entry: Mapping[str, object], spellings: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        """Write a new entry at the end of the history, as `insert_update`."""
        self.insert_update(None, entry, spellings)

    def insert_update(
        self,
        number: int | None,
        entry: Mapping[str, object],
        spellings: Mapping[str, Mapping[str, str]] | None = None,
        remark: str = "",
    ) -> None:
        """Write a new entry into the history; a mapping in it becomes an inline table.

        Args:
            number: the index of the entry before which it is put; None for the end.
            entry: the plain values.
            spellings: the TOML to write for values of such a mapping, by the key of the mapping and
                the key in it; for other values the editor's own.
            remark: a comment behind its header.

        """
        tables = {
            key: edits.inline_table(value, (spellings or {}).get(key, {}))
            for key, value in entry.items()
            if isinstance(value, Mapping)
        }
        if statement := self._inline_history():
            history = Document.parse(self._toml_of(statement))
            entries = history[UPDATES]
            entries.insert(len(entries) if number is None else number, {**entry, **tables})
            self._splice(statement, history.as_toml())
            return
        block = Document({UPDATES: [{}]})
        table = block[UPDATES][0]
        for key, value in entry.items():
            table[key] = tables.get(key, value)
        # After the last line, so that a comment at the end of the file stays above the entry.
        position = len(self._text) if number is None else self._position_before(number)
        has_gap = number is None or self._text.startswith(("\n", "\r\n"), position)
        header, end, keys = block.as_toml().partition("\n")
        toml = f"{header} {remark}".rstrip() + end + keys
        self._insert(position, ("\n" if has_gap else "") + toml)

    def move_update(self, number: int, following: int | None) -> None:
        """Move entry `number` with its comments before the entry `following`; None: to the end.

        Both are counted as the entries are before.
        """
        if statement := self._inline_history():
            history = Document.parse(self._toml_of(statement))
            entries = history[UPDATES]
            entry = entries.pop(number)
            place = len(entries) if following is None else following - (following > number)
            entries.insert(place, entry)
            self._splice(statement, history.as_toml())
            return
        ends_with_line_end = self._text.endswith("\n")
        if not ends_with_line_end:
            self._parts.replace(len(self._text), len(self._text), usual_end(self._text))
        text = self._text
        start = self._position_before(number)
        parts = [part for part in self._parts if part.place[:2] == (UPDATES, number)]
        end = parts[-1].end
        position = len(text) if following is None else self._position_before(following)
        block = text[start:end]
        if position <= start:
            self._parts.replace(position, end, block + text[position:start])
        else:
            self._parts.replace(start, position, text[end:position] + block)
        if not ends_with_line_end:
            self._remove_last_end()

    def remove_update(self, number: int) -> None:
        """Remove entry `number`, counted from 0, of the history; its comments are kept."""
        if statement := self._inline_history():
            history = Document.parse(self._toml_of(statement))
            del history[UPDATES][number]
            self._splice(statement, history.as_toml())
            return
        ends_with_line_end = self._text.endswith("\n")
        place = (UPDATES, number)
        parts = [part for part in self._parts.around(place) if part.place[:2] == place]
        self._remove(parts)
        text, start = self._text, parts[0].start
        has_blank_line_before = text.endswith(("\n\n", "\n\r\n"), 0, start)
        has_blank_line_after = text.startswith(("\n", "\r\n"), start) or text[start:].isspace()
        if has_blank_line_before and (
            has_blank_line_after or start == len(text)
        ):  # one of them was added with the entry
            end_length = 2 if text.endswith("\r\n", 0, start) else 1
            self._parts.replace(start - end_length, start, "")
        if not ends_with_line_end:
            self._remove_last_end()

    def remark(self, number: int) -> str:
        """Return the comment of ours behind the header of entry `number`; empty without one."""
        place = (UPDATES, number)
        headers = (part for part in self._parts.around(place) if part.place == place)
        comments = (comment for part in headers for comment in part.comments)
        return next((comment for comment in comments if comment.startswith(REMARK)), "")

    def _position_before(self, number: int) -> int:
        """Return the end of the last line above entry `number` that does not belong to it.

        Comments right above its header do, and so do the blank lines above those.
        """
        place = (UPDATES, number)
        headers = (part for part in self._parts.around(place) if part.is_header)
        header = next(part for part in headers if part.place == place)
        before = self._parts.end_before(header)
        *lines, _rest = self._text[before : header.start].split("\n")
        while lines and lines[-1].strip():
            lines.pop()
        while lines and not lines[-1].strip():
            lines.pop()
        return before + sum(len(line) + 1 for line in lines)

    def _inline_history(self) -> Statement | None:
        """Return the statement `updates = […]`, if the whole history is one inline value."""
        if not isinstance(self.value.get(UPDATES), list):
            return None
        before_tables = takewhile(lambda part: not part.is_header, self._parts)
        return next((part for part in before_tables if part.place == (UPDATES,)), None)
