"""Which table for other programs is asked for."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Table(StrEnum):
    """The tables: what a row of each is of."""

    ITEMS = "items"
    MILESTONES = "milestones"
    TARGETS = "targets"
    UPDATES = "updates"


class Every(StrEnum):
    """The lengths of the periods at whose ends a table can show how something stood."""

    QUARTER = "quarter"
    MONTH = "month"
    YEAR = "year"


class TableAsked(Struct, frozen=True):
    """Which table is asked for.

    Attributes:
        table: the table.
        every: the length of the periods at whose ends items, milestones and targets are to have a
            row each; None for a row as of `day`.
        day: the last day asked about; today, or one before.
        today: the day at whose end the plan stands.
        language: the language of the texts, `en` or `vi`; None for the active one of the process.

    """

    table: Table
    day: date
    today: date
    every: Every | None = None
    language: str | None = None
