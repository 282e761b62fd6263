"""The shapes of the data file and of the JSON that the commands print, as JSON Schemas made from the types."""

import inspect

import msgspec
from msgspec import Struct

from resolution_cli.model import Resolution
from resolution_cli.render.data import ItemData, ItemsData, LogData, ReportData

OUTPUTS: dict[str, type[Struct]] = {"list": ItemsData, "show": ItemData, "report": ReportData, "log": LogData}
"""What each command prints as JSON."""


def data_file() -> str:
    """Return the JSON Schema of the data file, from which editors validate and complete."""
    return _schema(Resolution, "Resolution tracker data file")


def output(command: str) -> str:
    """Return the JSON Schema of what one of the `OUTPUTS` is."""
    return _schema(OUTPUTS[command], f"Output of: tracker {command} --format json")


def _schema(type_: type[Struct], title: str) -> str:
    described = msgspec.json.schema(type_)
    for definition in described["$defs"].values():
        if "description" in definition:  # a docstring, which Python 3.13 dedents and the versions before it do not
            definition["description"] = inspect.cleandoc(definition["description"])
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **described}
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"
