"""The shape of the data file as a JSON Schema, from which editors validate and complete."""

import msgspec

from resolution_cli.model import Resolution


def data_file() -> str:
    """Return the JSON Schema of the data file, generated from the model."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Resolution tracker data file",
        **msgspec.json.schema(Resolution),
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"
