"""What a command must not load: each command, and each TAB, waits for what is imported."""

import json
import subprocess
import sys
from importlib.util import find_spec

import pytest

from resolution_cli.postponed import POSTPONED
from tests.support import SHIPPED, THREE_YEARS, uncounted

_WRITING = frozenset(
    {
        "resolution_cli.storage.book",
        "resolution_cli.storage.document",
        "tomli",
        "tomli_w",
        "filelock",
    }
)
_CHANGING = frozenset({"resolution_cli.domain.change", "resolution_cli.domain.check"})
_RICH = frozenset({"rich", "resolution_cli.formats.terminal"})
_VIEWS = frozenset(
    {
        "resolution_cli.formats.text",
        "resolution_cli.formats.screen",
        "resolution_cli.views.columns",
        "resolution_cli.views.words",
    }
)
_HEAVY = frozenset(
    {
        # Files without targets do without what judges them.
        "fractions",
        "resolution_cli.domain.targets",
        "resolution_cli.reports.targets",
        # Only a file with something wrong in it needs what says so.
        "resolution_cli.storage.misfits",
        "asyncio",
        "babel",
        "calendar",
        "docx",
        "docxtpl",
        "email",
        "html",
        "icalendar",
        "importlib.resources",
        "lxml",
        "openpyxl",
        "pyarrow",
        "pydantic",
        "typing_extensions",
    }
) | (
    POSTPONED.keys() - {"linecache"}  # which Python 3.13 loads for a program behind -c
)
_OTHERS = frozenset(
    f"resolution_cli.cli.{name}"
    for name in ("add", "check", "edit", "init", "log", "report", "undo", "update")
)
_KEY_PRESS = {
    "_TRACKER_COMPLETE": "complete_bash",
    "COMP_WORDS": "tracker show T",
    "COMP_CWORD": "2",
}
_HISTORY = {"TRACKER_FILE": str(THREE_YEARS), "TRACKER_LANG": "vi"}
_LOADED = """\
import atexit, sys
def print_loaded():
    loaded = [name for name, module in sys.modules.items() if type(module).__name__ != "_Postponed"]
    import json
    sys.stderr.write(json.dumps(loaded))
atexit.register(print_loaded)
from resolution_cli.__main__ import main
main()
"""


@pytest.mark.parametrize("name", sorted(_WRITING | _RICH | _VIEWS | _OTHERS))
def test_every_module_that_must_stay_out_exists(name: str) -> None:
    assert find_spec(name)


@pytest.mark.parametrize(
    ("words", "environment", "unwanted"),
    [
        pytest.param(["list"], {}, _WRITING | _HEAVY | _OTHERS | _RICH, id="table"),
        pytest.param(
            ["list", "--format", "json"],
            {},
            _WRITING | _CHANGING | _HEAVY | _OTHERS | _RICH | _VIEWS,
            id="json",
        ),
        pytest.param(
            ["list", "--format", "tsv"],
            {},
            _WRITING | _CHANGING | _HEAVY | _OTHERS | _RICH | _VIEWS,
            id="tsv",
        ),
        pytest.param(
            [],
            _KEY_PRESS,
            _WRITING | _CHANGING | _HEAVY | _OTHERS | _RICH | _VIEWS,
            id="completion",
        ),
        pytest.param(
            ["report"],
            {},
            _WRITING | _HEAVY | _OTHERS - {"resolution_cli.cli.report"} | _RICH,
            id="report",
        ),
        pytest.param(["report", "--period", "2026"], _HISTORY, _RICH, id="period"),
        pytest.param(["show", "N1"], _HISTORY, _RICH, id="show"),
        pytest.param(["log"], _HISTORY, _RICH, id="log"),
        pytest.param(
            ["update", "T1", "--progress", "5", "--dry-run"],
            {"TRACKER_LANG": "vi"},
            _RICH,
            id="update",
        ),
        pytest.param(
            ["--version"],
            {},
            _WRITING | _CHANGING | _HEAVY | _OTHERS | _RICH | _VIEWS,
            id="version",
        ),
    ],
)
def test_a_command_loads_only_what_it_needs(
    words: list[str], environment: dict[str, str], unwanted: frozenset[str]
) -> None:
    process = subprocess.run(
        [sys.executable, "-c", _LOADED, *words],
        env=uncounted() | {"TRACKER_FILE": str(SHIPPED)} | environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = set(json.loads(process.stderr.splitlines()[-1]))  # behind what the command says there
    assert process.stdout
    assert "resolution_cli.cli" in loaded
    assert loaded & unwanted == set()
