"""The units of a resolution: those of `[units]` with their spellings, and those that lead or help.

Two spellings are of one unit if they differ in case, in kinds of space, in the composition of
letters (NFC, NFD), in where a word has its accent (hoà, hòa), or if one of them has no accents at
all. Accents that differ make another unit, such as Thôn Đông and Thôn Đồng, unless `[units]` says
otherwise. Pure.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from msgspec.structs import replace

from resolution_cli.domain.facts import FACTS
from resolution_cli.domain.model import TRACKED_LISTS, Item, Parent, Resolution, Target, Update
from resolution_cli.errors import UnitNotFound
from resolution_cli.matching import fold, fold_keeping_accents, is_slip

_AND = "va"
"""The word "và", for which people also write "&" or a hyphen."""

_LONGEST_NAME = 300
"""Characters of a name that are looked at for a near one."""

_ABBREVIATED = 4
"""Letters that a word has at least of which a single letter is the abbreviation."""


class Units:
    """The units of a resolution, each with a main name and other spellings.

    Attributes:
        names: the main names: those of `[units]` in the order of the file, then those of the leads
            and partners that it does not have, in the order of the plan.
        declared: the main names that `[units]` has.

    """

    def __init__(self, table: Mapping[str, Sequence[str]], used: Iterable[str]) -> None:
        """Take the units of `table` by main name, and the names `used` in the plan, repeated.

        Of the spellings that the plan has of a unit that `table` does not have, the most frequent
        is the main name, the first of them where several are.
        """
        self.declared = tuple(table)
        self._spellings: dict[str, list[str]] = {name: [name, *table[name]] for name in table}
        self._by_accents = {
            fold_keeping_accents(spelling): name
            for name, spellings in self._spellings.items()
            for spelling in spellings
        }
        self._by_form: dict[str, list[str]] = {}
        for form, name in self._by_accents.items():
            self._note(fold(form), name)
        self._meant: dict[str, set[str]] = {}
        for spellings in _grouped(used):
            self._take(spellings)
        self.names = tuple(self._spellings)

    def name_of(self, text: str) -> str:
        """Return the main name of the unit that `text` is a spelling of, or `text` if of none.

        A text without the accents of several units is of none.
        """
        return self._known(text) or text

    def get(self, text: str) -> str:
        """Return the main name of the one unit that a person means by `text`.

        It is a spelling of it, or a part of the spellings of no other unit.

        Raises:
            UnitNotFound: there is no such unit, or there are several.

        """
        if name := self._known(text):
            return name
        part = fold(text)
        having = [
            name
            for name, spellings in self._spellings.items()
            if any(part in fold(spelling) for spelling in spellings)
        ]
        if len(having) == 1:
            return having[0]
        raise UnitNotFound(text, having or self.nearest(text), self.names)

    def is_meant(self, text: str, name: str | None) -> bool:
        """Say whether a filter for `text` takes the unit `name`; None is no unit.

        A spelling of a unit of `[units]` is that unit alone; any other text may be a part of one.
        """
        if text not in self._meant:
            part = fold(text)
            self._meant[text] = (
                {self.name_of(text)}
                if self.is_declared(text)
                else {
                    known
                    for known, spellings in self._spellings.items()
                    if any(part in fold(spelling) for spelling in spellings)
                }
            )
        return name is not None and self.name_of(name) in self._meant[text]

    def is_known(self, text: str) -> bool:
        """Say whether `text` is a spelling of a unit."""
        return self._known(text) is not None

    def are_same(self, one: Any, other: Any) -> bool:
        """Say whether two values of a fact, a unit or units or None, are the same units."""
        return bool(one and other) and _named(self, one) == _named(self, other)

    def is_declared(self, text: str) -> bool:
        """Say whether `text` is a spelling of a unit of `[units]`."""
        return self._known(text) in self.declared

    def spellings(self, text: str) -> Sequence[str]:
        """Return the spellings of the unit that `text` is one of, the main name first."""
        return self._spellings.get(self.name_of(text), [text])

    def nearest(self, text: str) -> list[str]:
        """Return the main names of units that `text` almost certainly means, which it does not say.

        A name without all of its accents that is of several units, an abbreviation (UBND P for Ủy
        ban nhân dân phường), or a slip of one letter in a longer word. Names that differ in a digit
        are of different units.
        """
        known, words = self._known(text), _words(text)
        return [
            name
            for name, spellings in self._words.items()
            if name != known and any(_are_nearly(words, spelling) for spelling in spellings)
        ]

    @cached_property
    def _words(self) -> Mapping[str, Sequence[Sequence[str]]]:
        return {
            name: [_words(spelling) for spelling in spellings]
            for name, spellings in self._spellings.items()
        }

    def _known(self, text: str) -> str | None:
        if name := self._by_accents.get(fold_keeping_accents(text)):
            return name
        names = self._by_form.get(fold(text), [])
        return names[0] if len(names) == 1 else None

    def _take(self, spellings: Counter[str]) -> None:
        """Make the `spellings`, which differ in no accent, those of one unit, known or new."""
        main = max(spellings, key=spellings.__getitem__)
        name = self._owner(main)
        if name is None:
            name = main
            self._spellings[name] = []
            self._by_accents[fold_keeping_accents(name)] = name
            self._note(fold(name), name)
        known = self._spellings[name]
        known += [spelling for spelling in spellings if spelling not in known]

    def _owner(self, used: str) -> str | None:
        """Return the main name of the unit to which a name that the plan has belongs."""
        form, with_accents = fold(used), fold_keeping_accents(used)
        if name := self._by_accents.get(with_accents):
            return name
        names = self._by_form.get(form, [])
        is_one = len(names) == 1 and (form == with_accents or names[0] in self.declared)
        return names[0] if is_one else None

    def _note(self, form: str, name: str) -> None:
        names = self._by_form.setdefault(form, [])
        if name not in names:
            names.append(name)


def units_of(resolution: Resolution) -> Units:
    """Return the units of a resolution."""
    return Units(resolution.units, _used(resolution))


UNIT_FACTS = tuple(name for name, fact in FACTS.items() if fact.is_unit)
"""The names of the facts whose values are units."""


class Named(NamedTuple):
    """The values that a person gave, by name, with the main name for any spelling of a unit.

    `near` has the units that are not known and nearly are others, with the names of those.
    """

    values: dict[str, Any]
    near: Mapping[str, Sequence[str]]


def with_main_names(resolution: Resolution, values: Mapping[str, Any]) -> Named:
    """Return the `values` that a person gave by name, with the main name for any spelling."""
    given = {name: values[name] for name in UNIT_FACTS if values.get(name)}
    if not given:
        return Named(dict(values), {})
    units = units_of(resolution)
    named = {name: _named(units, value) for name, value in given.items()}
    names = [name for value in named.values() for name in _each(value)]
    new = {name: units.nearest(name) for name in names if not units.is_known(name)}
    return Named({**values, **named}, {name: near for name, near in new.items() if near})


def unified(resolution: Resolution) -> tuple[Resolution, Units]:
    """Return a resolution in which each unit has its main name, in plan and history; and the units.

    What only changes the spelling of a unit, is no change of it there.
    """
    units = units_of(resolution)
    if all(units.name_of(name) == name for name in {*_used(resolution), *_recorded(resolution)}):
        return resolution, units
    lists = {
        name: tuple(_with_names(entry, units) for entry in getattr(resolution, name))
        for name in TRACKED_LISTS
    }
    updates = tuple(_with_names_before(each, units) for each in resolution.updates)
    return replace(resolution, **lists, updates=updates), units


def is_same_spelling(one: str, other: str) -> bool:
    """Say whether two spellings are of one unit, whatever else is known."""
    if fold(one) != fold(other):
        return False
    forms = {fold_keeping_accents(one), fold_keeping_accents(other)}
    return len(forms) == 1 or fold(one) in forms


def is_nearly(one: str, other: str) -> bool:
    """Say whether two names almost certainly mean one unit, though they are spelled differently."""
    return _are_nearly(_words(one), _words(other))


def _grouped(used: Iterable[str]) -> list[Counter[str]]:
    """Return the spellings that differ in no accent, with how often each is used.

    Those with accents come first: a name without accents is then compared with all of them.
    """
    groups: dict[str, Counter[str]] = {}
    for name in used:
        groups.setdefault(fold_keeping_accents(name), Counter())[name] += 1
    return sorted(groups.values(), key=lambda group: not _has_accents(next(iter(group))))


def _has_accents(text: str) -> bool:
    return fold_keeping_accents(text) != fold(text)


def _used(resolution: Resolution) -> Iterator[str]:
    """Yield the leads and partners of items, milestones and targets, as often as they are there."""
    for entry in resolution.tracked:
        if entry.lead:
            yield entry.lead
        yield from entry.partners or ()


def _recorded(resolution: Resolution) -> Iterator[str]:
    """Yield the units that the history has."""
    for update in resolution.updates:
        for said in (update, update.was, update.found):
            if said.lead:
                yield said.lead
            yield from said.partners or ()


def _each(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def _named(units: Units, value: Any) -> Any:
    """Return a unit, or units, by their main names, each once."""
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(map(units.name_of, value)))
    return units.name_of(value)


def _names_of(said: Any, units: Units) -> dict[str, Any]:
    """Return the units that an item, target or entry has, by their main names."""
    values = ((name, getattr(said, name)) for name in UNIT_FACTS)
    return {name: _named(units, value) for name, value in values if value}


def _with_names(entry: Item | Target, units: Units) -> Item | Target:
    if isinstance(entry, Parent) and entry.milestones:
        milestones = tuple(_with_names(each, units) for each in entry.milestones)
        return replace(entry, **_names_of(entry, units), milestones=milestones)
    return replace(entry, **_names_of(entry, units))


def _with_names_before(update: Update, units: Units) -> Update:
    """Return an entry with the main names of its units, before and after it."""
    new, was = _names_of(update, units), _names_of(update.was, units)
    for name in {*new} & {*was}:
        if new[name] == was[name]:
            new[name] = was[name] = None
    return replace(
        update,
        **new,
        was=replace(update.was, **was),
        found=replace(update.found, **_names_of(update.found, units)),
    )


def _words(name: str) -> list[str]:
    """Return the words of a name, of which no more count than a name has."""
    words = re.findall(r"\w+", fold(name[:_LONGEST_NAME]))
    return [word for word in words if word != _AND]


def _are_nearly(words: Sequence[str], others: Sequence[str]) -> bool:
    if not words or not others or words[0][0] != others[0][0]:
        return False
    return (
        "".join(words) == "".join(others)
        or _abbreviates(words, others)
        or _abbreviates(others, words)
        or _slipped(words, others)
    )


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether `short` is `long` with words, or runs of words, as their initials."""
    place = 0
    for word in short:
        following = long[place : place + len(word)]
        if word == "".join(following[:1]):
            place += 1
        elif _are_initials(word, following):
            place += len(following)
        else:
            return False
    return place == len(long)


def _are_initials(word: str, words: Sequence[str]) -> bool:
    """Say whether `word` has the first letters of `words`; of a single one only if that is long."""
    is_word = word.isalpha() and word == "".join(each[0] for each in words)
    return is_word and (len(words) > 1 or len(words[0]) >= _ABBREVIATED)


def _slipped(words: Sequence[str], others: Sequence[str]) -> bool:
    """Say whether one of the `words` is a slip of the pen for that of `others`."""
    if len(words) != len(others):
        return False
    unlike = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return len(unlike) == 1 and is_slip(*unlike[0])
