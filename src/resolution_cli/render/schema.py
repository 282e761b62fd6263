"""The shape of the data file as a JSON Schema, from which editors validate and complete."""

import inspect

import msgspec

from resolution_cli.model import Resolution


def data_file() -> str:
    """Return the JSON Schema of the data file, generated from the model."""
    described = msgspec.json.schema(Resolution)
    for definition in described["$defs"].values():
        if "description" in definition:  # a docstring, which Python 3.13 dedents and the versions before it do not
            definition["description"] = inspect.cleandoc(definition["description"])
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Resolution tracker data file",
        **described,
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"
