"""What does not fit the model in the plain values of a data file, and what is expected there."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import EnumType
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import FieldInfo, fields

from resolution_cli.domain.model import FACTS, Item, Place
from resolution_cli.domain.values import EXPECTED, PeriodName, Word
from resolution_cli.errors import did_you_mean
from resolution_cli.i18n import N_, _
from resolution_cli.matching import key_of, nearest
from resolution_cli.storage.conversion import Finding, converted, cut, readable

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


def misfits(value: object, type_: Any, place: Place) -> Iterator[Finding]:
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
            yield from misfits(entry, get_args(sequence)[0], (*place, index))
    elif mapping and isinstance(value, dict) and value:
        yield from _mapping_misfits(value, mapping, place)
    else:
        try:
            converted(value, type_)
        except msgspec.ValidationError:
            yield misfit(place, value, choices[0], _hint(value, choices[0]))


def misfit(place: Place, value: object, type_: Any, hint: str = "") -> Finding:
    """Return the finding that a value is not of its type."""
    message = _("found {value}, expected {expected}").format(
        value=_shown(value), expected=_expected(type_)
    )
    return Finding(place, message, hint)


def _mapping_misfits(value: dict[str, Any], mapping: Any, place: Place) -> Iterator[Finding]:
    """Yield the misfits of a table whose keys are years, names of periods, or names of units."""
    key_type, value_type = get_args(mapping)
    for key, part in value.items():
        if key_type == Word:
            yield from _unit_misfits(key, part, value_type, place)
        elif readable(key, key_type) is None:
            hint = _hint_of_period(key) if key_type == PeriodName else _HINT_OF_YEAR
            yield Finding((*place, key), _("this key is not known"), _(hint))
        else:
            yield from misfits(part, value_type, (*place, key))


def _unit_misfits(name: str, spellings: object, type_: Any, place: Place) -> Iterator[Finding]:
    """Yield the misfits of a unit: of its name and of its spellings."""
    if isinstance(spellings, dict):
        yield misfit((*place, name), spellings, type_, _("Put a name with a dot in quotes."))
        return
    yield from misfits(name, Word, (*place, name))
    yield from misfits(spellings, type_, (*place, name))


def _hint_of_period(key: str) -> str:
    from resolution_cli.domain.period import nearest_names  # noqa: PLC0415  # only a wrong key

    near = nearest_names(key)
    return did_you_mean(near) if near else _HINT_OF_PERIOD


def _table_misfits(value: dict[str, Any], struct: type[Struct], place: Place) -> Iterator[Finding]:
    known = {field.encode_name: field for field in fields(struct)}
    is_sound = True
    allowed = [key for key in known if key not in FACTS or key in _facts_of(struct)]
    for finding in _key_misfits(value, known, allowed, place):
        is_sound = False
        yield finding
    if is_sound:
        try:
            converted(value, struct)
        except (
            msgspec.ValidationError
        ) as error:  # a rule of the struct as a whole, in the model's own words
            yield Finding(place, _(str(error)))


def _facts_of(struct: type[Struct]) -> Iterable[str]:
    """Return the names of the facts that a table has; a milestone has not all of its fields."""
    return struct.fact_names if issubclass(struct, Item) else FACTS


def _key_misfits(
    value: dict[str, Any], known: Mapping[str, FieldInfo], allowed: Iterable[str], place: Place
) -> Iterator[Finding]:
    for key, part in value.items():
        if key in known:
            yield from misfits(part, known[key].type, (*place, key))
        else:
            near = nearest(key, known)
            hint = (
                did_you_mean(near)
                if near
                else _("Keys allowed here: {keys}.").format(keys=", ".join(allowed))
            )
            yield Finding((*place, key), _("this key is not known"), hint)
    for key, field in known.items():
        if field.required and key not in value:
            message = _("missing, expected {expected}").format(
                expected=_expected(_choices(field.type)[0])
            )
            yield Finding((*place, key), message)


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
    return cut(text)
