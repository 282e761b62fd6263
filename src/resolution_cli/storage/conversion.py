"""Plain values as those of the model, and what is found wrong with them."""

from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

import msgspec

from resolution_cli.domain.model import Place
from resolution_cli.domain.values import Figure, figure_of

PLAIN_TYPES = (date, datetime)
"""What a TOML reader returns beside texts, numbers, lists and tables; in the file they have no
quotes."""

_LONGEST_SHOWN = 60
_Value = TypeVar("_Value")


class Finding(NamedTuple):
    """Something that is wrong at a place, and what to do about it."""

    place: Place
    message: str
    hint: str = ""


def converted(value: object, type_: Any) -> Any:
    """Return a plain `value` as one of the type. Raise `msgspec.ValidationError` if it is none."""
    return msgspec.convert(value, type_, builtin_types=PLAIN_TYPES, dec_hook=_own_type)


def _own_type(type_: type, value: object) -> object:
    """Return a plain `value` as one of a type that only this program has."""
    if type_ is Figure:
        return figure_of(value)
    raise NotImplementedError  # msgspec's way to hear that there is no such type


def readable(value: object, type_: type[_Value]) -> _Value | None:
    """Return a plain `value` as one of the type, or None if it is none."""
    try:
        found: _Value = converted(value, type_)
    except msgspec.ValidationError:
        return None
    return found


def cut(text: str) -> str:
    """Return `text`, shortened to fit a line."""
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
