"""The text of the data file, edited in place: lines that do not change stay byte for byte.

The TOML editor, which only this module and `edits` use, gets one statement at a time, the one that
changes: given a whole file it keeps the layout, but rewrites some unusual spellings. Nothing here
touches the disk.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import takewhile

from tomledit import Document

from resolution_cli.domain.model import Place
from resolution_cli.storage import edits, placement
from resolution_cli.storage.line_ends import usual_end, with_ends, with_line_feeds, without_last_end
from resolution_cli.storage.statements import EditedText, Start, Statement, statements
from resolution_cli.storage.toml import BYTE_ORDER_MARK, UPDATES, TomlText

REMARK = "# lines: "
"""What begins the comment of ours behind the header of an entry.

It says on which lines of its item, counted from the header, the facts stood that the entry took out
of the plan, so that undo can put them back there. To others the file says the same without it.
"""


class DataText:
    """The text of a data file, with the edits that the program makes.

    Args:
        parsed: the text, as it was read.

    Attributes:
        value: the plain values of the text as it was read, later edits not included.

    """

    def __init__(self, parsed: TomlText) -> None:
        self.value = parsed.value
        text = parsed.text.removeprefix(BYTE_ORDER_MARK)
        self._byte_order_mark = parsed.text[: len(parsed.text) - len(text)]
        self._parts = EditedText(text, (Start(*each) for each in parsed.starts))

    @property
    def text(self) -> str:
        """Return the whole text with its edits, line endings and byte order mark."""
        return self._byte_order_mark + self._text

    @property
    def _text(self) -> str:
        return self._parts.text

    def set(
        self,
        place: Place,
        value: object,
        spelling: str | None = None,
        behind: Collection[str] | None = None,
        line: int | None = None,
    ) -> str | None:
        """Write a plain value at `place`, in a table that exists; None removes the key.

        Comments inside the replaced or removed value are kept, each on a line of its own.

        Args:
            place: the place of the value.
            value: the plain value.
            spelling: the TOML to write for it; None for the editor's own.
            behind: the keys of the table behind which a new one is put; None for all of them.
            line: the line of a new one, as `line_in_table` returned it.

        Returns:
            The TOML of the old value, or None if there was none or it took several lines.

        """
        last_of_table = None
        for statement in self._parts.around(place):
            if not statement.is_header and place[: len(statement.place)] == statement.place:
                toml = self._toml_of(statement)
                keys = place[len(statement.table) :]
                is_removed = value is None and statement.place == place
                new = "" if is_removed else edits.edited(toml, keys, value, spelling)
                self._splice(statement, new)
                return edits.spelling_of(toml, keys)
            if statement.table == place[:-1]:
                if statement.is_header or behind is None or statement.place[-1] in behind:
                    last_of_table = statement
            elif last_of_table:  # another table begins, and a table is not continued later
                break
        if value is not None and last_of_table is not None:
            position = last_of_table.end if line is None else self._position_of(place[:-1], line)
            self._insert(position, edits.new_statement(str(place[-1]), value, spelling))
        return None

    def line_in_table(self, place: Place) -> int | None:
        """Return the line of the key at `place`, counted from the header of its table.

        None if there is no such key, or if a new key would be put on that line anyway.
        """
        parts = [part for part in self._parts.around(place) if part.table == place[:-1]]
        number = next((n for n, part in enumerate(parts) if part.place == place), 0)
        if not number:  # no such key, or a table without a header of its own
            return None
        found, before = parts[number], parts[number - 1]
        is_usual = number == len(parts) - 1 and before.end == found.start
        return None if is_usual else found.line - parts[0].line

    def _position_of(self, table: Place, line: int) -> int:
        """Return the start of a `line`, counted from the header of a table.

        It is the end of the table where that line is elsewhere by now, or within a value.
        """
        parts = [part for part in self._parts.around(table) if part.table == table]
        later = (part.start for part in self._parts if part.start >= parts[-1].end)
        end = next(later, len(self._text))
        position = parts[0].start
        for _number in range(line):
            position = self._text.find("\n", position, end) + 1 or end
        is_within = any(part.start < position < part.end for part in parts)
        return parts[-1].end if is_within or position >= end else position

    def spellings(self, place: Place) -> dict[str, str]:
        """Return the TOML of the values of the inline table at `place`, by their keys.

        Lists of several lines are left out. Empty if there is no inline table at `place`.
        """
        for statement in self._parts.around(place):
            is_part = place[: len(statement.place)] == statement.place
            if is_part and not statement.is_header:
                toml = self._toml_of(statement)
                keys = place[len(statement.table) :]
                table = edits.value_at(Document.parse(toml), keys)
                if table is None:
                    return {}
                spellings = {key: edits.spelling_of(toml, (*keys, key)) for key in table.value}
                return {key: spelling for key, spelling in spellings.items() if spelling}
        return {}

    def set_table(
        self,
        place: Place,
        old: Mapping[str, object],
        new: Mapping[str, object],
        spellings: Mapping[str, str],
        behind: Collection[str],
    ) -> dict[str, str]:
        """Write the values `new` into the inline table at `place`, in an entry that exists.

        Args:
            place: the place of the table.
            old: the values that it has; empty if there is no table.
            new: the values that it is to have, in order; if empty, it is removed.
            spellings: the TOML to write for values that change, by name.
            behind: the keys of the entry behind which a new table is put.

        Returns:
            The TOML of the values that it had, by name.

        """
        before = self.spellings(place)
        is_longer = bool(new.keys() - old.keys())
        if new and not is_longer:
            for name in [*old]:
                if old[name] != new.get(name):
                    self.set((*place, name), new.get(name), spellings.get(name))
            return before
        for name in [] if before else old:  # it has dotted keys, or a header of its own
            self.set((*place, name), None)
        kept = {name: text for name, text in before.items() if old[name] == new.get(name)}
        table = edits.inline_table(new, kept | dict(spellings)).as_toml() if new else None
        self.set(place, new or None, table, behind)
        return before

    def spelling(self, place: Place) -> str | None:
        """Return the TOML of the value at `place`; None if there is none, or it takes lines."""
        for statement in self._parts.around(place):
            is_part = place[: len(statement.place)] == statement.place
            if is_part and not statement.is_header:
                return edits.spelling_of(self._toml_of(statement), place[len(statement.table) :])
        return None

    def add_table(
        self,
        place: Place,
        values: Mapping[str, object],
        spellings: Mapping[str, str],
        behind: Collection[str],
    ) -> None:
        """Add an inline table at the end of the list at `place`, in an entry that exists.

        Args:
            place: the place of the list, which is made if it is not there.
            values: the plain values; a mapping in them becomes an inline table too.
            spellings: the TOML to write for values, by key; for others the editor's own.
            behind: the keys of the entry behind which a new list is put.

        """
        table = edits.inline_table(values, spellings)
        for statement in self._parts.around(place):
            is_part = place[: len(statement.place)] == statement.place
            if is_part and not statement.is_header:
                toml, keys = self._toml_of(statement), place[len(statement.table) :]
                if edits.value_at(Document.parse(toml), keys) is not None:
                    self._splice(statement, edits.with_last(toml, keys, table))
                    return
        self.set(place, [values], f"[{table.as_toml().strip()}]", behind)

    def remove_last_table(self, place: Place, count: int) -> None:
        """Remove the last of the `count` inline tables of the list at `place`."""
        if count == 1:
            self.set(place, None)
            return
        for statement in self._parts.around(place):
            is_part = place[: len(statement.place)] == statement.place
            if is_part and not statement.is_header:
                toml, keys = self._toml_of(statement), place[len(statement.table) :]
                self._splice(statement, edits.with_last(toml, keys, None))
                return

    @contextmanager
    def keeping_last_line_end(self) -> Iterator[None]:
        """Leave the last line without a line end, if it has none before."""
        ends_with_line_end = self._text.endswith("\n")
        yield
        if not ends_with_line_end:
            self._remove_last_end()

    def _remove_last_end(self) -> None:
        """Leave the last line without a line end."""
        text = without_last_end(self._text)
        self._parts.replace(len(text), len(self._text), "")

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
        for part in reversed(parts):
            self._splice(part, "", is_removed=True)
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

    def put(self, place: Place, value: object) -> None:
        """Write a plain value at `place`, in an entry that exists.

        A table around it that does not exist is made by a dotted key.
        """
        if self._value_around(place):
            self.set(place, value)
            return
        position, keys = placement.key_position(self._text, place)
        self._insert(position, placement.statement_of(keys, value))

    def remove(self, place: Place) -> None:
        """Remove the value or the table at `place`; its comments are kept."""
        parts = [part for part in self._parts.around(place) if part.place[: len(place)] == place]
        for part in reversed(parts):
            self._splice(part, "")
        if not parts:  # it is in an inline value
            self.set(place, None)

    def add_entries(self, place: Place, entries: Sequence[Mapping[str, object]]) -> None:
        """Write new last entries of the list at `place`, with their plain values."""
        if statement := self._value_around(place):
            keys, toml = place[len(statement.table) :], self._toml_of(statement)
            for entry in entries:
                toml = edits.with_entry(toml, keys, entry)
            self._splice(statement, toml)
            return
        position = placement.entry_position(self._text, place)
        self._insert(position, placement.parted_blocks(self._text, position, place, entries))

    def lines_of(self, places: Iterable[Place]) -> dict[Place, int]:
        """Return the line, counted from 1, on which each of the `places` begins.

        For a place that the text does not have, it is the line of the nearest place around it that
        it has; without one, the place is left out.
        """
        places = [*places]
        lines = self._first_lines({part for place in places for part in _place_and_parents(place)})
        nearest = {
            place: next((lines[part] for part in _place_and_parents(place) if part in lines), None)
            for place in places
        }
        return {place: line for place, line in nearest.items() if line is not None}

    def _first_lines(self, wanted: Collection[Place]) -> dict[Place, int]:
        """Return the line of the first statement at or below each of the `wanted` places.

        Below, because a dotted key or a header opens the tables that it passes through too.
        """
        lines: dict[Place, int] = {}
        if not wanted:
            return lines
        for statement in self._parts:
            for part in _place_and_parents(statement.place):
                if part in wanted:
                    lines.setdefault(part, statement.line)
            if len(lines) == len(wanted):
                break
        return lines

    def _inline_history(self) -> Statement | None:
        """Return the statement `updates = […]`, if the whole history is one inline value."""
        if not isinstance(self.value.get(UPDATES), list):
            return None
        before_tables = takewhile(lambda part: not part.is_header, self._parts)
        return next((part for part in before_tables if part.place == (UPDATES,)), None)

    def _value_around(self, place: Place) -> Statement | None:
        """Return the statement whose value is at `place`, or may have it; None without one."""
        return next(
            (
                part
                for part in self._parts.around(place)
                if not part.is_header and place[: len(part.place)] == part.place
            ),
            None,
        )

    def _toml_of(self, statement: Statement) -> str:
        """Return the text of a statement with LF line endings, as the editor needs it."""
        return with_line_feeds(self._text[statement.start : statement.end])

    def _insert(self, position: int, new: str) -> None:
        """Insert the lines `new` at `position`, at the end of a line or of the text.

        After a last line without a line end, the last of them has none either.
        """
        end = usual_end(self._text)
        if position and self._text[position - 1] != "\n":
            new = "\n" + new.removesuffix("\n")
        self._parts.replace(position, position, new.replace("\n", end))

    def _splice(self, old: Statement, new: str, *, is_removed: bool = False) -> None:
        """Replace the statement `old` by `new`, whose lines end in LF, keeping the line endings.

        A comment of `old` that `new` has not becomes a line of its own, but for one of ours where
        the entry is removed. If the last line had no
        line end, it has none afterwards.
        """
        kept = Counter(comment for part in statements(new) for comment in part.comments)
        comments = [
            comment
            for comment in (Counter(old.comments) - kept).elements()
            if not (is_removed and comment.startswith(REMARK))
        ]
        lost = "".join(f"{comment}\n" for comment in comments)
        before = self._text[old.start : old.end]
        if not before.endswith("\n"):
            new = new.removesuffix("\n")
        end = usual_end(before if "\n" in before else self._text)
        replacement = with_ends(before, lost + new, end)
        self._parts.replace(old.start, old.end, replacement)


def _place_and_parents(place: Place) -> list[Place]:
    """Return `place` and the places around it, the innermost first, without the root."""
    return [place[:length] for length in range(len(place), 0, -1)]
