"""The schemas that `tracker schema` prints: an independent validator tests data against them."""

import json
import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from resolution_cli.formats.registry import FORMATS
from tests.support import PLAN, SAMPLES, SHIPPED, THREE_YEARS, WARD, Run

FILES = [SHIPPED, THREE_YEARS, WARD, *sorted((SAMPLES / "valid").glob("*.toml"))]


def _validator(run: Run, *words: str) -> Draft202012Validator:
    """Return what checks values against the schema that a command line prints."""
    return _validator_of(run("schema", *words).out)


@cache
def _validator_of(text: str) -> Draft202012Validator:
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(_closed(schema), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _closed(schema: Any) -> Any:
    """Return a schema that forbids what it does not name, to find keys that it misses."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(part) for name, part in schema.items()}
    return (
        {"additionalProperties": False, **closed}
        if isinstance(schema.get("properties"), dict)
        else closed
    )


def _as_json(value: Any) -> Any:
    """Return a value of a TOML file as the schema sees it: days and instants are strings."""
    if isinstance(value, dict):
        return {name: _as_json(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_as_json(part) for part in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize(
    "command",
    [["list"], ["show", "N3"], ["report", "--period", "2026-Q2"], ["report"], ["log"]],
    ids=" ".join,
)
def test_json_is_what_its_schema_says(run: Run, command: list[str]) -> None:
    data = json.loads(run(*command, "--format", "json").out)
    validator = _validator(run, "--of", command[0])
    validator.validate(data)
    assert data["schema"] == 1
    assert _faults(validator, {**data, "surprise": 1}) == [("additionalProperties", "$")]
    for name in data:
        without = {other: value for other, value in data.items() if other != name}
        assert _faults(validator, without) == [("required", "$")]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in FILES])
def test_a_valid_file_is_what_the_schema_of_the_file_says(run: Run, path: Path) -> None:
    data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    _validator(run).validate(_as_json(data))


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (
            'title = "Roads"',
            'title = "Roads"\ntitel = "Roads"',
            ("additionalProperties", "$.tasks[1]"),
        ),
        ('id = "T2"', "", ("required", "$.tasks[1]")),
        ("progress = 40", "progress = 101", ("anyOf", "$.tasks[0].progress")),
        ('status = "in-progress"', 'status = "begun"', ("anyOf", "$.tasks[0].status")),
        ("due = 2026-12-31", 'due = "soon"', ("anyOf", "$.tasks[0].due")),
        ("schema = 1", "schema = 2", ("maximum", "$.schema")),
    ],
    ids=["unknown-key", "missing-key", "too-large", "unknown-word", "no-day", "other-version"],
)
def test_what_is_wrong_in_a_file_is_wrong_by_its_schema(
    run: Run, before: str, after: str, fault: tuple[str, str]
) -> None:
    data = tomllib.loads(PLAN.replace(before, after, 1))
    assert _faults(_validator(run), _as_json(data)) == [fault]


def _faults(validator: Draft202012Validator, value: Any) -> list[tuple[str, str]]:
    """Return the rule that each fault of `value` is against, and where it is."""
    return [(str(error.validator), error.json_path) for error in validator.iter_errors(value)]


def test_whatever_json_a_command_prints_has_a_schema(run: Run) -> None:
    for command in next(known for known in FORMATS if known.name == "json").data_of:
        assert run("schema", "--of", command).code == 0, command
