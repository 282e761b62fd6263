"""The columns of the tables for other programs, as their structs have them."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields


class ColumnType(StrEnum):
    """The types of columns, by the names that they have in the documentation."""

    TEXT = "text"
    TEXTS = "list of text"
    FLAG = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    DAY = "day"
    INSTANT = "instant"


class Column(Struct, frozen=True):
    """A column of a table.

    Attributes:
        name, type: its name, and the type of its values.
        description: what it means.
        unit: the unit of its values; empty for none.
        null: what null says in it; empty where it is never null.

    """

    name: str
    type: ColumnType
    description: str
    unit: str
    null: str


_TYPES = {
    str: ColumnType.TEXT,
    bool: ColumnType.FLAG,
    int: ColumnType.INTEGER,
    float: ColumnType.NUMBER,
    date: ColumnType.DAY,
    datetime: ColumnType.INSTANT,
}


def columns(row: type[Struct]) -> Iterator[Column]:
    """Yield the columns of the table of which `row` is a row."""
    for field in fields(row):
        annotated: Any = field.type
        value_type, meta = annotated.__origin__, annotated.__metadata__[0]
        null = meta.extra["null"] if NoneType in get_args(value_type) else ""
        yield Column(
            field.encode_name, _column_type(value_type), meta.description, meta.extra["unit"], null
        )


def _column_type(value_type: Any) -> ColumnType:
    if get_origin(value_type) is tuple:
        return ColumnType.TEXTS
    if NoneType in get_args(value_type):
        (known,) = (each for each in get_args(value_type) if each is not NoneType)
        return _column_type(known)
    return ColumnType.TEXT if issubclass(value_type, str) else _TYPES[value_type]
