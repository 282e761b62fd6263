"""The text of a data file: values in its tables, and entries of its plan; its history besides.

Nothing here touches the disk.
"""

from collections.abc import Collection, Mapping, Sequence

from tomledit import Document

from resolution_cli.domain.model import Place
from resolution_cli.storage import edits, placement
from resolution_cli.storage.history_text import HistoryText


class DataText(HistoryText):
    """The text of a data file, with the edits that the program makes, as `SplicedText`.

    `set` and its like write values where a table or an entry of the history has them or is to have
    them; `put` and its like write what is new in the plan where a person would.
    """

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
        if parts:
            self._remove(parts)
        else:  # it is in an inline value
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
