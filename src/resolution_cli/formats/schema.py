"""The JSON Schemas of the data file and of the JSON that commands print, made from the types."""

import inspect
from typing import Any

import msgspec
from msgspec import Struct

from resolution_cli.domain.model import ITEM_FACTS, MILESTONE_FACTS, Resolution
from resolution_cli.formats.file_data import FileItemsData, FilesData
from resolution_cli.formats.json import (
    ChaseData,
    ItemData,
    ItemsData,
    LogData,
    NextData,
    ReportData,
    TargetData,
    TargetsData,
)
from resolution_cli.formats.table_rows import RECORDS
from resolution_cli.i18n import _
from resolution_cli.reports.table_asked import Table

OUTPUTS: dict[str, type[Struct]] = {
    "list": ItemsData,
    "show": ItemData,
    "report": ReportData,
    "log": LogData,
    "targets": TargetsData,
    "target": TargetData,
    "next": NextData,
    "chase": ChaseData,
    "overview": FilesData,
    "overview-items": FileItemsData,
}
"""What each command prints as JSON; `target` is what `show` prints of a target, `overview-items`
what `overview` prints of items."""

_COMMANDS = {"target": "show", "overview-items": "overview"}
"""The commands that print what has another name here."""


def data_file() -> str:
    """Return the JSON Schema of the data file, from which editors validate, complete and explain.

    What it says of each key is in the active language.
    """
    described = msgspec.json.schema(Resolution)
    for name in ITEM_FACTS:
        if name not in MILESTONE_FACTS:
            del described["$defs"]["Milestone"]["properties"][name]
    for definition in described["$defs"].values():
        definition.pop("description", None)  # a docstring, for who reads the code
        for key in definition.get("properties", {}).values():
            key["description"] = _(key["description"])
    return _schema(described, "Resolution tracker data file")


def output(command: str) -> str:
    """Return the JSON Schema of what one of the `OUTPUTS` is."""
    shown = _COMMANDS.get(command, command)
    return _described(OUTPUTS[command], f"Output of: tracker {shown} --format json")


def row(table: Table) -> str:
    """Return the JSON Schema of a row of a table."""
    title = f"A line of: tracker overview --table {table} --format ndjson"
    return _described(RECORDS[table], title)


def _described(shape: type[Struct], title: str) -> str:
    described = msgspec.json.schema(shape)
    for definition in described["$defs"].values():
        if "description" in definition:
            # A docstring, which Python 3.13 dedents and the versions before it do not.
            definition["description"] = inspect.cleandoc(definition["description"])
    return _schema(described, title)


def _schema(described: dict[str, Any], title: str) -> str:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **_with_nothing_last(described),
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"


def _with_nothing_last(part: Any) -> Any:
    """Return `part` of a schema with `null` as the last alternative.

    Releases of msgspec order alternatives differently.
    """
    if isinstance(part, list):
        return [_with_nothing_last(each) for each in part]
    if not isinstance(part, dict):
        return part
    ordered = {name: _with_nothing_last(each) for name, each in part.items()}
    if "anyOf" in ordered:
        ordered["anyOf"].sort(key=lambda alternative: alternative.get("type") == "null")
    return ordered
