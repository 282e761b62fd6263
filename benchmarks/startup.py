"""How long a command on the shipped file takes, against the least that such a program needs."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks import floor
from benchmarks.measuring import SHIPPED, Case, always, figures
from benchmarks.tables import judged, milliseconds, table

_ROUNDS = 25
_FLOOR = "Typer and a Rich table of ten rows"
_TARGETS: Mapping[str, float | None] = {
    _FLOOR: None,
    "`tracker list`": 0.8,
    "`tracker report`": 0.8,
    "`tracker update`": 1.0,
    "`tracker --help`": None,
    "`tracker list --format json`": 0.78,
    "`tracker list --format tsv`": 0.78,
    "TAB after `tracker show T`": 0.78,
    "TAB after `tracker`": None,
}
_SCRIPT = """\
#!{python}
# -*- coding: utf-8 -*-
import re
import sys
from floor import app
if __name__ == '__main__':
    sys.argv[0] = re.sub(r'(-script\\.pyw|\\.exe)?$', '', sys.argv[0])
    sys.exit(app())
"""
"""The script that pip writes for a program, as it wrote it for the tracker."""


def measured(folder: Path, tracker: str) -> str:
    """Return the section on start-up, measured in the empty `folder`."""
    path = folder / "tasks.toml"
    shutil.copy(SHIPPED, path)
    file = {"TRACKER_FILE": str(path)}
    command_lines = (
        ("list",),
        ("report",),
        ("update", "T1", "--note", "x"),
        ("--help",),
        ("list", "--format", "json"),
        ("list", "--format", "tsv"),
    )
    cases = [
        Case(always(_floor(folder))),
        *(Case(always(tracker, *words), file) for words in command_lines),
        Case(always(tracker), file | _key_press("tracker show T", 2)),
        Case(always(tracker), file | _key_press("tracker ", 1)),
    ]
    found = figures(dict(zip(_TARGETS, cases, strict=True)), _ROUNDS)
    rows = [
        (
            name,
            milliseconds(found[name].seconds),
            *judged(found[name].seconds / found[_FLOOR].seconds, most),
        )
        for name, most in _TARGETS.items()
    ]
    return table(["start-up, shipped file", "ms", "ratio", "target"], rows)


def _floor(folder: Path) -> str:
    """Make the program that is the floor, as pip makes one, and return its path."""
    shutil.copy(floor.__file__, folder)
    script = folder / "show-floor"
    script.write_text(_SCRIPT.format(python=sys.executable), encoding="utf-8")
    script.chmod(0o755)
    return str(script)


def _key_press(line: str, word: int) -> dict[str, str]:
    """Return how bash asks to complete the word with this number, counted from 0."""
    return {"_TRACKER_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(word)}
