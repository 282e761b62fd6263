"""An entry of the history as plain values of the file, with its keys in their order there."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec.structs import asdict

from resolution_cli.domain.model import (
    FACTS,
    Amendment,
    Base,
    Figure,
    OldValues,
    Translations,
    Update,
)
from resolution_cli.storage.splicing import REMARK

KEYS = (
    *("item", "on", "at", "by", "after", "command"),
    *FACTS,
    *("was", "found", "missing", "note", "evidence", "cause", "proposal"),
)
"""The keys of an entry, in their order in the file; behind them is `amended`."""


def entry_values(update: Update) -> dict[str, Any]:
    """Return an entry of the history as the plain values of the file, in their order there."""
    was, found = map(_old_values, (update.was, update.found))
    return {
        "item": update.item,
        "on": update.on,
        **({"at": update.at} if update.at else {}),
        **({"by": update.by} if update.by else {}),
        **({"after": update.after} if update.after else {}),
        **({"command": update.command} if update.command else {}),
        **{name: plain_value(value) for name, value in update.said().items()},
        **({"was": was} if was else {}),
        **({"found": found} if found else {}),
        **({"missing": [name.value for name in update.missing]} if update.missing else {}),
        **({"note": update.note} if update.note else {}),
        **({"evidence": [*update.evidence]} if update.evidence else {}),
        **({"cause": update.cause.value} if update.cause else {}),
        **({"proposal": update.proposal} if update.proposal else {}),
    }


def amendment_values(record: Amendment) -> dict[str, Any]:
    """Return what an entry said before as plain values, in their order in the file."""
    was = _old_values(record.was) if record.was else {}
    return {
        "at": record.at,
        **({"by": record.by} if record.by else {}),
        **({"after": record.after} if record.after else {}),
        **({"command": record.command} if record.command else {}),
        **({"place": record.place} if record.place else {}),
        **({"on": record.on} if record.on else {}),
        **{name: plain_value(value) for name, value in record.said().items()},
        **({"was": was} if was else {}),
        **({"absent": [*record.absent]} if record.absent else {}),
        **({"lines": dict(record.lines)} if record.lines else {}),
        **({"note": record.note} if record.note else {}),
        **({"evidence": [*record.evidence]} if record.evidence else {}),
        **({"cause": record.cause.value} if record.cause else {}),
        **({"proposal": record.proposal} if record.proposal else {}),
    }


def remark_of(lines: Mapping[str, int]) -> str:
    """Return the remark on an entry that says on which `lines` of its item removed facts stood."""
    return REMARK + ", ".join(f"{name} {line}" for name, line in lines.items()) if lines else ""


def lines_of(remark: str) -> dict[str, int]:
    """Return the lines that a remark names; none where it is no such remark any more."""
    words = re.findall(r"(\w+) (\d{1,7})(?:, |$)", remark.removeprefix(REMARK))
    return {name: int(line) for name, line in words if name in FACTS}


def plain_value(value: object) -> object:
    """Return a value of the plan as the plain value of the TOML file."""
    if isinstance(value, Translations | Base):
        value = {name: part for name, part in asdict(value).items() if part is not None}
    if isinstance(value, dict):
        return {name: plain_value(part) for name, part in value.items()}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Figure):
        return int(value) if value == value.to_integral_value() else float(value)
    return [*map(plain_value, value)] if isinstance(value, tuple) else value


def _old_values(old: OldValues) -> dict[str, Any]:
    """Return the old values of an entry as plain values; the day of a figure stands behind it."""
    plain = {name: plain_value(value) for name, value in old.said().items()}
    return plain | ({"on": old.on} if old.on else {})
