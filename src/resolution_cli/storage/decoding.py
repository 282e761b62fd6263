"""Decode the plain values of a data file: a `Resolution`, or all that is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import EnumType
from itertools import chain, islice
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import FieldInfo, fields

from resolution_cli import i18n
from resolution_cli.domain.model import (
    FACTS,
    ITEM_LISTS,
    MILESTONES,
    TRACKED_LISTS,
    Item,
    Milestone,
    Place,
    Resolution,
    Term,
)
from resolution_cli.domain.values import EXPECTED, Figure, PeriodName, Word, figure_of
from resolution_cli.errors import Problem, did_you_mean, entry_name
from resolution_cli.i18n import N_, _
from resolution_cli.matching import fold, key_of, nearest

PLAIN_TYPES = (date, datetime)
"""What a TOML reader returns beside texts, numbers, lists and tables; in the file they have no
quotes."""

_LONGEST_SHOWN = 60
_MOST_SHOWN = 100
"""The most problems that are reported at once; a file with more may be another kind of
file."""

_HINT_OF_YEAR = N_("The keys here are years, as in 2026.")
_HINT_OF_PERIOD = N_(
    "The keys here are periods: 2026, 2026-H1, 2026-Q3, 2026-9M, 2026-09, term or mid-term."
)

_EXPECTED_TABLES = {
    PeriodName: N_('a table for each period, such as [reports."2026-Q3"]'),
    Word: N_('a table of units, such as [units] and below it "…" = ["…"]'),
}
"""What is expected of a table by the type of its keys."""

_EXPECTED_YEARS = N_("a figure for each year, such as plan.2026 = 1.2")

_Value = TypeVar("_Value")


class _Finding(NamedTuple):
    place: Place
    message: str
    hint: str = ""


def decoded(value: Mapping[str, Any]) -> Resolution | list[Problem]:
    """Return the resolution in the plain `value`, or its problems, `_MOST_SHOWN` at most."""
    try:
        resolution = _converted(value, Resolution)
    except msgspec.ValidationError:
        # The quick way names only the first problem; the thorough one finds the rest.
        misfits = _misfits(value, Resolution, ())
        schema = _misfits(
            {key: part for key, part in value.items() if key == "schema"}, Resolution, ()
        )
        findings = [finding for finding in schema if finding.place == ("schema",)] or chain(
            misfits,
            _duplicates(_readable_ids(value)),
            _contradictions(_readable_items(value), _readable_term(value)),
            _shared_spellings(_readable_units(value)),
        )
    else:
        placed = [*resolution.placed_items]
        findings = [
            *_duplicates((place, entry.id) for place, entry in resolution.placed),
            *_contradictions(placed, resolution.header.term),
            *_shared_spellings(resolution.units),
        ]
        if not findings:
            return resolution
    problems = [_problem(value, finding) for finding in islice(findings, _MOST_SHOWN + 1)]
    if len(problems) > _MOST_SHOWN:
        problems[-1] = Problem(
            (), "", "", _("there are more errors than are listed here"), _("Correct these first.")
        )
    return problems


def subject_of(value: Mapping[str, Any], place: Place) -> tuple[str, str]:
    """Return what a person calls a place of `value`: an id or a table, and the key in it."""
    match place:
        case (str(name), int(index), "milestones", int(number), *keys) if name in ITEM_LISTS:
            parent, _key = subject_of(value, (name, index))
            within = value[name][index][MILESTONES][number]
            item_id = within.get("id") if isinstance(within, dict) else None
            subject = (
                item_id
                if isinstance(item_id, str)
                else entry_name(f"{name}.{MILESTONES}", number, parent)
            )
        case (str(name), int(index), *keys) if name in TRACKED_LISTS:
            entry = value[name][index]
            item_id = entry.get("id") if isinstance(entry, dict) else None
            subject = item_id if isinstance(item_id, str) else entry_name(name, index)
        case ("updates", int(index), *keys):
            entry = value["updates"][index]
            item_id = entry.get("item") if isinstance(entry, dict) else None
            subject = entry_name("updates", index, item_id if isinstance(item_id, str) else None)
        case (("resolution" | "report" | "units") as name, *keys):
            subject = f"[{name}]"
        case ("reports", str(name), *keys):
            subject = f'[reports."{name}"]'
        case _:
            subject, keys = "", [*place]
    return subject, ".".join(
        key if isinstance(key, str) else _("number {number}").format(number=key + 1) for key in keys
    )


def _problem(value: Mapping[str, Any], finding: _Finding) -> Problem:
    subject, key = map(_cut, subject_of(value, finding.place))
    return Problem(finding.place, subject, key, finding.message, finding.hint)


def _duplicates(ids: Iterable[tuple[Place, str]]) -> Iterator[_Finding]:
    known: dict[str, str] = {}
    for place, item_id in ids:
        if first := known.get(item_id.lower()):
            message = (
                _("an earlier item has this id")
                if first == item_id
                else _(
                    "an earlier item has this id as {id!r}; upper and lower case are the same"
                ).format(id=_cut(first))
            )
            yield _Finding((*place, "id"), message, _("Give each item an id of its own."))
        known.setdefault(item_id.lower(), item_id)


def _contradictions(items: Iterable[tuple[Place, Item]], term: Term | None) -> Iterator[_Finding]:
    """Yield the days that each are allowed and together are not."""
    if term and term.end < term.start:
        message = _("the term ends on {end}, before it starts on {start}").format(
            end=i18n.day(term.end), start=i18n.day(term.start)
        )
        yield _Finding(("resolution", "term", "end"), message)
    start_of_parent = None
    for place, item in items:
        begins = start_of_parent if isinstance(item, Milestone) else None
        start = item.start or begins or (term.start if term else None)
        if not isinstance(item, Milestone):
            start_of_parent = item.start
        if item.due and start and item.due < start:
            message = _("found {due}, which is before the start, {start}").format(
                due=i18n.day(item.due), start=i18n.day(start)
            )
            yield _Finding((*place, "due"), message)


def _shared_spellings(units: Mapping[str, Iterable[str]]) -> Iterator[_Finding]:
    """Yield the spellings in `[units]` that show nothing, or are of two units."""
    if not units:
        return
    from resolution_cli.domain.units import is_same_spelling  # noqa: PLC0415  # few files have some

    earlier: dict[str, list[tuple[str, str]]] = {}
    for place, name, spelling in _placed_spellings(units):
        form = fold(spelling)
        if not form:
            if spelling.strip():  # a blank one is no text of its type
                yield _misfit(place, spelling, Word)
            continue
        others = [
            other
            for other, theirs in earlier.get(form, ())
            if other != name and is_same_spelling(spelling, theirs)
        ]
        if others:
            message = _("{spelling!r} is also a spelling of {name!r}").format(
                spelling=_cut(spelling), name=_cut(others[0])
            )
            hint = _(
                "Give each spelling to one unit; case, accents that are left out and spaces do not "
                "make another."
            )
            yield _Finding(place, message, hint)
        earlier.setdefault(form, []).append((name, spelling))


def _placed_spellings(units: Mapping[str, Iterable[str]]) -> Iterator[tuple[Place, str, str]]:
    """Yield the main name and the spelling of each spelling, behind its place, main names first."""
    for name in units:
        yield ("units", name), name, name
    for name, spellings in units.items():
        for index, spelling in enumerate(spellings):
            yield ("units", name, index), name, spelling


def _readable_units(value: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """Return those units that can be decoded alone."""
    table = value.get("units")
    units = table.items() if isinstance(table, dict) else ()
    found = ((name, _readable(spellings, tuple[Word, ...])) for name, spellings in units)
    return {name: spellings for name, spellings in found if spellings is not None}


def _readable_ids(value: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """Yield the ids that are texts, with the places of what has them."""
    for name in TRACKED_LISTS:
        for place, entry in _placed_tables(value, (name,)):
            if isinstance(item_id := entry.get("id"), str):
                yield place, item_id


def _readable_items(value: Mapping[str, Any]) -> Iterator[tuple[Place, Item]]:
    """Yield those items and milestones that can be decoded alone, with their places."""
    for name, item_type in ITEM_LISTS.items():
        for place, entry in _placed_tables(value, (name,)):
            if item := _readable(entry, Milestone if MILESTONES in place else item_type):
                yield place, item


def _placed_tables(value: object, place: Place) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield the tables in the list at `place` of `value`, and those of milestones below each."""
    entries = value.get(place[-1]) if isinstance(value, dict) else None
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(entry, dict):
            yield (*place, index), entry
            if place[-1] != MILESTONES:
                yield from _placed_tables(entry, (*place, index, MILESTONES))


def _readable_term(value: Mapping[str, Any]) -> Term | None:
    header = value.get("resolution")
    return _readable(header.get("term"), Term) if isinstance(header, dict) else None


def _converted(value: object, type_: Any) -> Any:
    """Return a plain `value` as one of the type. Raise `msgspec.ValidationError` if it is none."""
    return msgspec.convert(value, type_, builtin_types=PLAIN_TYPES, dec_hook=_own_type)


def _own_type(type_: type, value: object) -> object:
    """Return a plain `value` as one of a type that only this program has."""
    if type_ is Figure:
        return figure_of(value)
    raise NotImplementedError  # msgspec's way to hear that there is no such type


def _readable(value: object, type_: type[_Value]) -> _Value | None:
    try:
        readable: _Value = _converted(value, type_)
    except msgspec.ValidationError:
        return None
    return readable


def _misfits(value: object, type_: Any, place: Place) -> Iterator[_Finding]:
    """Yield a finding for each value at or below `place` that is not of its type."""
    choices = [choice for choice in _choices(type_) if choice is not NoneType]
    struct = next(
        (choice for choice in choices if isinstance(choice, type) and issubclass(choice, Struct)),
        None,
    )
    sequence = next((choice for choice in choices if get_origin(choice) is tuple), None)
    mapping = next((choice for choice in choices if get_origin(choice) is dict), None)
    if struct and isinstance(value, dict):
        yield from _table_misfits(value, struct, place)
    elif sequence and isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _misfits(entry, get_args(sequence)[0], (*place, index))
    elif mapping and isinstance(value, dict) and value:
        yield from _mapping_misfits(value, mapping, place)
    else:
        try:
            _converted(value, type_)
        except msgspec.ValidationError:
            yield _misfit(place, value, choices[0], _hint(value, choices[0]))


def _misfit(place: Place, value: object, type_: Any, hint: str = "") -> _Finding:
    message = _("found {value}, expected {expected}").format(
        value=_shown(value), expected=_expected(type_)
    )
    return _Finding(place, message, hint)


def _mapping_misfits(value: dict[str, Any], mapping: Any, place: Place) -> Iterator[_Finding]:
    """Yield the misfits of a table whose keys are years, names of periods, or names of units."""
    key_type, value_type = get_args(mapping)
    for key, part in value.items():
        if key_type == Word:
            yield from _unit_misfits(key, part, value_type, place)
        elif _readable(key, key_type) is None:
            hint = _hint_of_period(key) if key_type == PeriodName else _HINT_OF_YEAR
            yield _Finding((*place, key), _("this key is not known"), _(hint))
        else:
            yield from _misfits(part, value_type, (*place, key))


def _unit_misfits(name: str, spellings: object, type_: Any, place: Place) -> Iterator[_Finding]:
    """Yield the misfits of a unit: of its name and of its spellings."""
    if isinstance(spellings, dict):
        yield _misfit((*place, name), spellings, type_, _("Put a name with a dot in quotes."))
        return
    yield from _misfits(name, Word, (*place, name))
    yield from _misfits(spellings, type_, (*place, name))


def _hint_of_period(key: str) -> str:
    from resolution_cli.domain.period import nearest_names  # noqa: PLC0415  # only a wrong key

    near = nearest_names(key)
    return did_you_mean(near) if near else _HINT_OF_PERIOD


def _table_misfits(value: dict[str, Any], struct: type[Struct], place: Place) -> Iterator[_Finding]:
    known = {field.encode_name: field for field in fields(struct)}
    is_sound = True
    allowed = [key for key in known if key not in FACTS or key in _facts_of(struct)]
    for finding in _key_misfits(value, known, allowed, place):
        is_sound = False
        yield finding
    if is_sound:
        try:
            _converted(value, struct)
        except (
            msgspec.ValidationError
        ) as error:  # a rule of the struct as a whole, in the model's own words
            yield _Finding(place, _(str(error)))


def _facts_of(struct: type[Struct]) -> Iterable[str]:
    """Return the names of the facts that a table has; a milestone has not all of its fields."""
    return struct.fact_names if issubclass(struct, Item) else FACTS


def _key_misfits(
    value: dict[str, Any], known: Mapping[str, FieldInfo], allowed: Iterable[str], place: Place
) -> Iterator[_Finding]:
    for key, part in value.items():
        if key in known:
            yield from _misfits(part, known[key].type, (*place, key))
        else:
            near = nearest(key, known)
            hint = (
                did_you_mean(near)
                if near
                else _("Keys allowed here: {keys}.").format(keys=", ".join(allowed))
            )
            yield _Finding((*place, key), _("this key is not known"), hint)
    for key, field in known.items():
        if field.required and key not in value:
            message = _("missing, expected {expected}").format(
                expected=_expected(_choices(field.type)[0])
            )
            yield _Finding((*place, key), message)


def _choices(type_: Any) -> tuple[Any, ...]:
    if get_origin(type_) is Annotated and not _expected_words(type_):
        type_ = get_args(type_)[0]  # without what describes the key, not its type
    return get_args(type_) if get_origin(type_) in (Union, UnionType) else (type_,)


def _expected_words(type_: Any) -> str:
    """Return what stands beside an annotated type as what is expected; empty if nothing does."""
    marks = [mark for mark in get_args(type_)[1:] if isinstance(mark, Meta)]
    return next((mark.extra[EXPECTED] for mark in marks if mark.extra), "")


def _expected(type_: Any) -> str:
    if get_origin(type_) is Annotated:
        return _(_expected_words(type_))
    if get_origin(type_) is tuple:
        is_tables = isinstance(get_args(type_)[0], type) and issubclass(get_args(type_)[0], Struct)
        return (
            _("a header in double brackets for each entry")
            if is_tables
            else _('a list in square brackets, such as ["…", "…"]')
        )
    if get_origin(type_) is dict:
        return _(_EXPECTED_TABLES.get(get_args(type_)[0], _EXPECTED_YEARS))
    if isinstance(type_, EnumType):
        return _("one of {words}").format(words=", ".join(type_))
    return _("a date without quotes, such as 2026-09-30") if type_ is date else _("a table")


def _hint(value: object, type_: Any) -> str:
    if (
        isinstance(value, str)
        and isinstance(type_, EnumType)
        and (near := nearest(key_of(value), [*type_]))
    ):
        return did_you_mean(near)
    if isinstance(value, str) and type_ is date:
        return _("Write a date as year-month-day, without quotes.")
    return ""


def _shown(value: object) -> str:
    """Return `value` much as the file has it, cut."""
    match value:
        case bool():
            text = "true" if value else "false"
        case str():
            text = _('the text "{value}"').format(value=value)
        case date():
            text = value.isoformat()
        case list():
            text = _("a list of {count}").format(count=len(value))
        case dict():
            text = _("a table of {count}").format(count=len(value))
        case _:
            text = str(value)
    return _cut(text)


def _cut(text: str) -> str:
    """Return `text`, shortened to fit a line."""
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
