"""What is added to the plan, or edited in it, as data, or the rule that refuses it. Pure.

What `change` records with an entry of the history, such as a due date or a lead unit, is given to
something new here, and edited there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.domain.facts import FACTS
from resolution_cli.domain.model import (
    MILESTONES,
    Base,
    Breakthrough,
    Item,
    Milestone,
    Parent,
    Place,
    Resolution,
    Target,
    Task,
    Translations,
)
from resolution_cli.domain.plan_rules import check, check_id, check_parent, found_item, next_id
from resolution_cli.domain.selection import found_tracked
from resolution_cli.domain.units import with_main_names
from resolution_cli.domain.values import TITLES, EntryKind
from resolution_cli.errors import ChangeRefused, WrongInput
from resolution_cli.i18n import _

Keys = tuple[str, ...]
"""The keys from an entry of the plan to one of its values, as in `("plan", "2027")`."""

_TYPES: Mapping[EntryKind, type[Item | Target]] = {
    EntryKind.TASK: Task,
    EntryKind.BREAKTHROUGH: Breakthrough,
    EntryKind.MILESTONE: Milestone,
    EntryKind.TARGET: Target,
}
_TOP_LISTS = {
    EntryKind.TASK: "tasks",
    EntryKind.BREAKTHROUGH: "breakthroughs",
    EntryKind.TARGET: "targets",
}
_PREFIXES = {EntryKind.TASK: "T", EntryKind.BREAKTHROUGH: "B", EntryKind.TARGET: "C"}
"""What the ids of a list begin with that has no entry yet; those of milestones with their item's
id."""

_ORDER = (
    "id", "title", "summary", "unit", "want", "kind", "base", "plan", "item", "weight", "start",
    "due", "lead", "partners", "product", "tags", "source", "added",
)  # fmt: skip
"""The keys that something new can have, in the order in which they are written."""

KEYS = tuple(name for name in _ORDER if name != "id" and name not in FACTS)
"""The keys that can be edited; the others are facts, which an update changes."""

_TEXTS = ("title", "summary", "unit")
"""The keys whose values may be a text for each language."""


class NewEntry(Struct, frozen=True, kw_only=True):
    """What a person wants to add to the plan.

    Attributes:
        kind: what it is.
        values: its values by key; a text is one of `language`. Of a milestone, `item` is the item
            that it belongs to.
        id: its id; None for the next free one.
        language: the language of its texts, for a file that has a text for each language.
        today: the day of the addition.

    """

    kind: EntryKind
    values: Mapping[str, Any]
    id: str | None = None
    language: str
    today: date


class Addition(Struct, frozen=True):
    """A new entry of the plan.

    Attributes:
        place: the keys and indices from the root of the file to the list that it ends.
        entry: the entry.
        before: the id of the entry that it stands behind; empty if it is the first of its list.
        parent: of a milestone, its item as it was.
        reopens: that item was done, and no longer is.
        near_units: the new units that nearly are known ones, with the names of those.

    """

    place: Place
    entry: Item | Target
    before: Sequence[str] = ()
    parent: Parent | None = None
    reopens: bool = False
    near_units: Mapping[str, Sequence[str]] = {}

    def values(self) -> dict[str, object]:
        """Return the values of the entry by key, in the order in which they are written.

        The milestones of a new item come last, each with its own values.
        """
        values = _written(self.entry)
        milestones = self.entry.milestones if isinstance(self.entry, Parent) else ()
        return values | ({MILESTONES: tuple(map(_written, milestones))} if milestones else {})


class EditRequest(Struct, frozen=True, kw_only=True):
    """What a person wants to edit of an entry of the plan.

    Attributes:
        values: the new values by key; of a plan, the years that change.
        cleared: the keys that are taken away; `plan.2027` is one year of a plan.
        language, today: as in `NewEntry`.

    """

    values: Mapping[str, Any]
    cleared: Sequence[str] = ()
    language: str
    today: date


class Edit(Struct, frozen=True):
    """The edit of an entry of the plan: the entry before and after it."""

    before: Item | Target
    after: Item | Target

    def values(self) -> Iterator[tuple[Keys, object, object]]:
        """Yield each value that changes: its keys, the old one, the new one; None is absent.

        A table that is taken away whole comes once.
        """
        for key in KEYS:
            old, new = _leaves(self.before, key), _leaves(self.after, key)
            if old and not new:
                yield (key,), getattr(self.before, key), None
                continue
            for keys in sorted(old.keys() | new.keys()):
                if old.get(keys) != new.get(keys):
                    yield keys, old.get(keys), new.get(keys)


def _written(entry: Item | Target) -> dict[str, object]:
    found = ((name, getattr(entry, name, None)) for name in _ORDER)
    return {name: value for name, value in found if value != _default(entry, name)}


def addition(resolution: Resolution, new: NewEntry) -> Addition:
    """Return what adding `new` to the plan gives.

    Raises:
        ItemNotFound: it belongs to an item, or serves one, that is not there.
        WrongInput: it has a value that its kind has not, or is a milestone of no item.
        ChangeRefused: its id is taken, or a rule forbids one of its values.

    """
    given, near = with_main_names(resolution, new.values)
    values, parent, reopens = {"added": new.today, **given}, None, False
    if "item" in values:
        values["item"] = found_item(resolution, values["item"])
        if new.kind is EntryKind.MILESTONE:
            parent = values.pop("item")
            reopens = check_parent(resolution, parent, new.today)
        else:
            values["item"] = values["item"].id
    elif new.kind is EntryKind.MILESTONE:
        raise WrongInput(_("a milestone needs the item that it belongs to."), "--item")
    _check_keys(values, _TYPES[new.kind], _(TITLES[new.kind]))
    siblings = _siblings(resolution, new.kind, parent)
    prefix = f"{parent.id}." if parent else _PREFIXES[new.kind]
    entry_id = new.id or next_id(resolution, siblings, prefix)
    check_id(resolution, entry_id)
    if "plan" in values:
        values["plan"] = dict(sorted(values["plan"].items()))
    for name in _TEXTS:
        if name in values and _is_by_language(resolution, _TYPES[new.kind], name):
            values[name] = Translations(**{new.language: values[name]})
    entry = _TYPES[new.kind](id=entry_id, **values)
    check(resolution, entry, new.today, parent=parent)
    place = _list_place(resolution, new.kind, parent)
    return Addition(place, entry, siblings[-1:], parent, reopens, near)


def _siblings(resolution: Resolution, kind: EntryKind, parent: Parent | None) -> Sequence[str]:
    """Return the ids in the list that something new of the kind ends."""
    entries = parent.milestones if parent else getattr(resolution, _TOP_LISTS[kind])
    return tuple(entry.id for entry in entries)


def _list_place(resolution: Resolution, kind: EntryKind, parent: Parent | None) -> Place:
    if parent is None:
        return (_TOP_LISTS[kind],)
    return (*_place_of(resolution, parent), MILESTONES)


def _place_of(resolution: Resolution, entry: Item | Target) -> Place:
    return next(place for place, each in resolution.placed if each is entry)


def edit(resolution: Resolution, entry_id: str, request: EditRequest) -> Edit:
    """Return what an edit of an item or a target gives.

    Raises:
        ItemNotFound: there is no such entry, or none that it is to serve.
        WrongInput: it has no such key.
        ChangeRefused: nothing would change, or a rule forbids one of its values.

    """
    before = found_tracked(resolution, entry_id)
    cleared = [key.partition(".")[0] for key in request.cleared]
    _check_keys([*request.values, *cleared], type(before), before.id)
    new: dict[str, Any] = dict(request.values)
    for name in _TEXTS:
        if name in new:
            new[name] = _text(resolution, before, name, new[name], request.language)
    if "item" in new:
        new["item"] = found_item(resolution, new["item"]).id
    if "plan" in new and isinstance(before, Target):
        new["plan"] = before.plan | new["plan"]
    for key in request.cleared:
        new |= _cleared(before, key, request.values, new)
    made = Edit(before, replace(before, **new))
    if not [*made.values()]:
        raise ChangeRefused(
            _("{item}: nothing would change.").format(item=before.id),
            _("Give a value that differs from the present one, or clear one that is there."),
        )
    parents = (each for each in resolution.items if before in each.milestones)
    check(resolution, made.after, request.today, before=before, parent=next(parents, None))
    return made


def difference(
    before: Resolution, after: Resolution
) -> tuple[tuple[Item | Target, ...], tuple[Edit, ...]]:
    """Return the entries that the plan got, and the edits of those that it had before too."""
    known = {entry.id.lower(): entry for entry in before.tracked}
    added = [entry for entry in after.tracked if entry.id.lower() not in known]
    edits = (
        Edit(known[entry.id.lower()], entry)
        for entry in after.tracked
        if isinstance(entry, type(known.get(entry.id.lower())))
    )
    return tuple(added), tuple(each for each in edits if any(each.values()))


def _leaves(entry: Item | Target, key: str) -> dict[Keys, object]:
    """Return the single values under `key` of the entry by their keys; none of what is absent."""
    value = getattr(entry, key, None)
    if value == _default(entry, key):
        return {}
    match value:
        case Translations() | Base():
            parts = {name: getattr(value, name) for name in value.__struct_fields__}
            return {(key, name): part for name, part in parts.items() if part is not None}
        case dict():
            return {(key, name): part for name, part in value.items()}
        case _:
            return {(key,): value}


def _default(entry: Item | Target, name: str) -> object:
    """Return what the entry has in the place of the value `name` where the file has none."""
    blank: object = getattr(type(entry)(id="", title=""), name, None)
    return blank if name not in ("id", "title") else None


def _cleared(
    before: Item | Target, key: str, given: Mapping[str, Any], new: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the value that is left where `key` is taken away, by its name.

    Args:
        before: the entry before the edit.
        key: the key; `plan.2027` is one year of a plan.
        given: the values that a person gave, by key.
        new: the values that change so far, by key.

    """
    name, _dot, year = key.partition(".")
    if (year in given.get(name, ())) if year else (name in given):
        message = _("--clear {fact} contradicts an option that sets it.")
        raise WrongInput(message.format(fact=key))
    if not year:
        return {name: _default(before, name)}
    plan = dict(new.get("plan", getattr(before, "plan", {})))
    if year not in plan:
        message = _("{item}: its plan has no figure for {year}.")
        raise ChangeRefused(
            message.format(item=before.id, year=year),
            _("`tracker show {item}` shows its plan.").format(item=before.id),
        )
    del plan[year]
    return {"plan": plan}


def _check_keys(names: Iterable[str], type_: type[Item | Target], what: str) -> None:
    """Refuse the `names` of values that entries of the type have not."""
    known = type_.__struct_fields__
    foreign = [name for name in names if name not in known]
    if foreign:
        options = ", ".join(
            FACTS[name].option if name in FACTS else f"--{name}" for name in foreign
        )
        message = _("{what} has no {options}.")
        raise WrongInput(message.format(what=what, options=options))


def _is_by_language(resolution: Resolution, type_: type[Item | Target], name: str) -> bool:
    """Return whether the file has a text for each language under the key `name`.

    The entries of the type count before the others; a summary without an example is as the titles
    are.
    """
    others = [each for each in resolution.tracked if not isinstance(each, type_)]
    entries = [*others, *(each for each in resolution.tracked if isinstance(each, type_))]
    said = [text for each in entries if (text := getattr(each, name, None)) is not None]
    if said:
        return isinstance(said[-1], Translations)
    if name == "summary":
        return _is_by_language(resolution, type_, "title")
    return name == "title" and isinstance(resolution.header.title, Translations)


def _text(
    resolution: Resolution, before: Item | Target, name: str, text: str, language: str
) -> str | Translations:
    """Return the new text under the key `name`: in one language, if it has one for each."""
    old = getattr(before, name)
    if isinstance(old, Translations):
        return replace(old, **{language: text})
    if old is None and _is_by_language(resolution, type(before), name):
        return Translations(**{language: text})
    return text
