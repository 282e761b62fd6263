"""A data file that is being changed: its text and, to check the text, the values it must have."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from resolution_cli.domain.model import (
    Item,
    Place,
    Resolution,
    Target,
    Update,
)
from resolution_cli.domain.rewriting import Mended
from resolution_cli.errors import ChangeRefused
from resolution_cli.i18n import _
from resolution_cli.storage.decoding import decoded
from resolution_cli.storage.document import DataText
from resolution_cli.storage.edits import value_at
from resolution_cli.storage.entries import (
    KEYS,
    amendment_values,
    entry_values,
    lines_of,
    plain_value,
    remark_of,
)
from resolution_cli.storage.toml import BYTE_ORDER_MARK, UPDATES, TomlText, parsed

if TYPE_CHECKING:  # a command loads its own rules, not those of all others
    from resolution_cli.domain.amend import Amended
    from resolution_cli.domain.change import Change
    from resolution_cli.domain.plan import Addition, Edit
    from resolution_cli.domain.undo import Undo

_OLD_VALUES = ("was", "found")
"""The inline tables of an entry that hold old values of the plan."""

_WAS = "was."
"""What stands before the name of an old value where other values are beside it."""

_Spelled = tuple[object, str]
"""A plain value and its TOML."""


class Book:
    """A data file that is being changed.

    Attributes:
        resolution: the content of the file when it was opened.
        content_before: its bytes then.

    """

    def __init__(self, text: TomlText, resolution: Resolution) -> None:
        self.resolution = resolution
        self.content_before = text.text.encode()
        self._text = DataText(text)
        # Not a copy: nothing else reads these values any more, and a copy of ten thousand items
        # takes a second.
        self._expected = text.value
        self._places = {entry.id: place for place, entry in resolution.placed}
        self._entries = [*resolution.updates]
        self._mended: dict[int, Mended] = {}

    def apply(self, changes: "Iterable[Change]") -> None:
        """Change the item of each change, and put its entry into the history."""
        for change in changes:
            lines = self._lines_of_removed(change.before, change.facts)
            replaced = self._set_facts(change.before, change.facts)
            for mended in change.mended:
                replaced = self._rewrite(mended, {}) | replaced
                # A later change of the same write may be about what the entry has become.
                self._entries[self._number(mended.old)] = mended.new
                self._mended[id(mended.old)] = mended
            entry = entry_values(change.update)
            # The entry has an old value as it was spelled before, so that `take_back` can restore
            # it.
            spellings = {key: _spellings_of(entry.get(key, {}), replaced) for key in _OLD_VALUES}
            number = self._number(change.next) if change.next else None
            self._text.insert_update(number, entry, spellings, remark_of(lines))
            index = len(self._entries) if number is None else number
            self._entries.insert(index, change.update)
            self._expected.setdefault(UPDATES, []).insert(index, entry)

    def amend(self, amended: "Amended") -> None:
        """Change an entry, its item and the entries that change with it."""
        from resolution_cli.domain.amend import AMENDED_KEYS  # noqa: PLC0415  # one command amends

        number = self._number(amended.old)
        lines = self._lines_of_removed(amended.before, amended.facts)
        self._set_facts(amended.before, amended.facts)
        replaced: dict[str, _Spelled] = {}
        for mended in amended.mended:
            replaced = self._rewrite(mended, replaced) | replaced
        record = amendment_values(replace(amended.new.amended[-1], lines=lines))
        place = (UPDATES, number)
        spellings = {
            key: self._text.spelling((*place, key)) for key in record if key in AMENDED_KEYS
        }
        table = self._expected[UPDATES][number]
        usable = {
            key: text for key, text in spellings.items() if text and table.get(key) == record[key]
        }
        self._rewrite(Mended(amended.old, amended.new), replaced)
        self._text.add_table((*place, "amended"), record, usable, KEYS)
        table.setdefault("amended", []).append(record)
        if amended.is_moved:
            self._move(number, amended.next)

    def take_back(self, undos: "Iterable[Undo]") -> None:
        """Restore what each entry or amendment changed, in its old spelling, and remove it."""
        # From the end of the text to its start, so that little of it is read again: the entries,
        # and then the plan, in which those of one item restore it in their order.
        restored = [(undo, *self._take_back_entry(undo)) for undo in reversed([*undos])]
        in_plan = [each for each in reversed(restored) if each[0].item]
        in_plan.sort(key=lambda each: self._places[each[0].item.id], reverse=True)
        with self._text.keeping_last_line_end():
            for undo, known, lines in in_plan:
                assert undo.item  # noqa: S101  # the others were left out
                plain = {name: plain_value(value) for name, value in undo.restored.items()}
                self._set_facts(undo.item, undo.restored, _spellings_of(plain, known), lines)

    def _take_back_entry(self, undo: "Undo") -> tuple[Mapping[str, _Spelled], Mapping[Any, int]]:
        """Remove an entry or its last amendment.

        Return the values to restore in the plan as they were spelled, and their lines.
        """
        number = self._number(undo.update)
        old_values = self._old_values(number)
        record = undo.update.amended[-1] if undo.update.amended else None
        known = self._amended_values(number) if record else old_values
        lines = record.lines if record else lines_of(self._text.remark(number))
        for mended in undo.mended:
            self._rewrite(mended, old_values)
        if undo.former:
            with self._text.keeping_last_line_end():
                self._take_back_amendment(number, undo, known)
        else:
            self._text.remove_update(number)
            del self._entries[number], self._expected[UPDATES][number]
        return known, lines

    def _take_back_amendment(
        self, number: int, undo: "Undo", known: Mapping[str, _Spelled]
    ) -> None:
        """Give an entry back what it said before its last amendment, where it stood then."""
        assert undo.former  # noqa: S101  # it was amended
        table = self._expected[UPDATES][number]
        self._text.remove_last_table((UPDATES, number, "amended"), len(table["amended"]))
        table["amended"].pop()
        if not table["amended"]:
            del table["amended"]
        was = {name: pair for name, pair in known.items() if name.startswith(_WAS)}
        self._rewrite(
            Mended(undo.update, undo.former),
            {name.removeprefix(_WAS): pair for name, pair in was.items()},
            known,
        )
        if undo.is_moved:
            self._move(number, undo.next)

    def _amended_values(self, number: int) -> dict[str, _Spelled]:
        """Return what an entry said before its last amendment, by key.

        Its old values are there under their names behind `was.`.
        """
        records = self._expected[UPDATES][number]["amended"]
        place, record = (UPDATES, number, "amended", len(records) - 1), records[-1]
        found = {key: (record[key], text) for key, text in self._text.spellings(place).items()}
        was = self._text.spellings((*place, "was"))
        return found | {_WAS + name: (record["was"][name], text) for name, text in was.items()}

    def _move(self, number: int, following: Update | None) -> None:
        """Move an entry before the entry `following`, or to the end."""
        place = self._number(following) if following else None
        self._text.move_update(number, place)
        index = len(self._entries) if place is None else place
        index -= index > number
        for entries in (self._entries, self._expected[UPDATES]):
            entries.insert(index, entries.pop(number))

    def _number(self, update: Update) -> int:
        """Return the index in the file of an entry of `resolution`, or of what became of it."""
        while id(update) in self._mended:
            update = self._mended[id(update)].new
        return next(number for number, each in enumerate(self._entries) if each is update)

    def _old_values(self, number: int) -> dict[str, _Spelled]:
        """Return the old values of the plan that an entry holds, by name."""
        table = self._expected[UPDATES][number]
        return {
            name: (table[key][name], spelling)
            for key in _OLD_VALUES
            for name, spelling in self._text.spellings((UPDATES, number, key)).items()
        }

    def _rewrite(
        self,
        mended: Mended,
        known_old: Mapping[str, _Spelled],
        known: Mapping[str, _Spelled] = {},
    ) -> dict[str, _Spelled]:
        """Rewrite what differs in an entry.

        Its old values that are in `known_old`, and its other values that are in `known`, are
        spelled as there. Return the old values that it had, by name.
        """
        number = self._number(mended.old)
        table = self._expected[UPDATES][number]
        old, new = entry_values(mended.old), entry_values(mended.new)
        replaced: dict[str, _Spelled] = {}
        for index, key in enumerate(KEYS):
            before, after = old.get(key), new.get(key)
            if before == after:
                continue
            place, behind = (UPDATES, number, key), KEYS[:index]
            if key in _OLD_VALUES:
                before, after = before or {}, after or {}
                usable = _spellings_of(after, known_old)
                texts = self._text.set_table(place, before, after, usable, behind)
                replaced = {name: (before[name], text) for name, text in texts.items()}
            else:
                spelling = known[key][1] if key in known and known[key][0] == after else None
                self._text.set(place, after, spelling, behind)
            table.pop(key, None)
            table |= {} if after in (None, {}) else {key: after}
        return replaced

    def _lines_of_removed(self, item: Item | Target, facts: Mapping[str, object]) -> dict[str, int]:
        """Return the line of each fact that is removed, where it is not at the end of its item."""
        place = self._places[item.id]
        removed = [name for name, value in facts.items() if value is None]
        found = {name: self._text.line_in_table((*place, name)) for name in removed}
        return {name: line for name, line in found.items() if line is not None}

    def add(self, additions: "Iterable[Addition]") -> None:
        """Write new entries of the plan, each at the end of its list."""
        by_place: dict[Place, list[Any]] = {}
        for addition in additions:
            entry = {name: plain_value(value) for name, value in addition.values().items()}
            by_place.setdefault(addition.place, []).append(entry)
        for place, entries in by_place.items():
            self._text.add_entries(place, entries)
            _table_at(self._expected, place[:-1]).setdefault(place[-1], []).extend(entries)

    def edit(self, edit: "Edit") -> None:
        """Write the values of an entry of the plan that change."""
        place = self._places[edit.before.id]
        for keys, _old, value in edit.values():
            if value is None:
                self._text.remove((*place, *keys))
                del _table_at(self._expected, (*place, *keys[:-1]))[keys[-1]]
            else:
                plain = plain_value(value)
                self._text.put((*place, *keys), plain)
                _table_at(self._expected, (*place, *keys[:-1]))[keys[-1]] = plain

    def _set_facts(
        self,
        item: Item | Target,
        facts: Mapping[str, object],
        spellings: Mapping[str, str] = {},
        lines: Mapping[Any, int] = {},
    ) -> dict[str, _Spelled]:
        """Write `facts` into `item`, spelled as in `spellings`, on `lines` where these have them.

        Return the replaced values by name, each with its spelling.
        """
        place = self._places[item.id]
        table: dict[str, Any] = value_at(self._expected, place)
        replaced = {}
        # In the order of their lines: each line was counted with those above it.
        for name, value in sorted(facts.items(), key=lambda pair: lines.get(pair[0], 0)):
            plain = None if value is None else plain_value(value)
            old_spelling = self._text.set(
                (*place, name), plain, spellings.get(name), line=lines.get(name)
            )
            if old_spelling is not None:
                replaced[name] = table[name], old_spelling
            if plain is None:
                table.pop(name, None)
            else:
                table[name] = plain
        return replaced

    def restore(self, content: bytes) -> None:
        """Give the file the former `content`."""
        self._text = DataText(parsed(content.decode()))
        self._expected = self._text.value

    @property
    def content(self) -> bytes:
        """Return the bytes of the file with its changes, not checked."""
        return self._text.text.encode()

    def checked_content(self) -> bytes:
        """Return the new content of the file, checked by a parser other than the one that wrote it.

        Raises:
            AssertionError: it does not have the expected values; a bug, and nothing must be
                written.
            ChangeRefused: the expected values are not a valid resolution, for example where a
                restored value contradicts one that was changed by hand since.

        """
        import tomli  # noqa: PLC0415  # only a write pays for it

        text = self._text.text
        content = text.encode()
        try:
            written = tomli.loads(text.removeprefix(BYTE_ORDER_MARK))
        except tomli.TOMLDecodeError as error:
            raise AssertionError("the edited file is not valid TOML") from error
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


def _spellings_of(values: Mapping[str, object], known: Mapping[str, _Spelled]) -> dict[str, str]:
    """Return the spellings of those `known` values that are the same in `values`."""
    return {name: text for name, (value, text) in known.items() if values.get(name) == value}


def _table_at(value: dict[str, Any], place: Place) -> dict[Any, Any]:
    """Return the table at `place` of the plain `value`; one that is not there is made."""
    table: Any = value
    for key in place:
        table = table.setdefault(key, {}) if isinstance(table, dict) else table[key]
    found: dict[Any, Any] = table
    return found
