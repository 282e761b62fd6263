"""How long a command on the shipped file takes, against the least that such a program needs."""

import shlex
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks import floor
from benchmarks.measuring import SHIPPED, Case, always, figures
from benchmarks.tables import judged, milliseconds, table

_ROUNDS = 25
_FLOOR = "Typer and a Rich table of ten rows"
_TARGETS: Mapping[str, float | None] = {
    _FLOOR: None,
    "`tracker list`": 0.7,
    "`tracker report`": 0.7,
    "`tracker update`": 0.8,
    "`tracker --help`": None,
    "`tracker list --format json`": 0.7,
    "`tracker list --format tsv`": 0.7,
    "TAB after `tracker show T`": 0.7,
    "TAB after `tracker`": None,
}
_FLOOR_ON_SCREEN = "the same on a screen"
_TARGETS_ON_SCREEN: Mapping[str, float | None] = {
    _FLOOR_ON_SCREEN: None,
    "`tracker list` on a screen": 0.95,
    "`tracker report` on a screen": 1.05,
}
_SCREEN = {"TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
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
    program = _floor(folder)
    cases = [
        Case(always(program)),
        *(Case(always(tracker, *words), file) for words in command_lines),
        Case(always(tracker), file | _key_press("tracker show T", 2)),
        Case(always(tracker), file | _key_press("tracker ", 1)),
    ]
    on_screen = [
        Case(_on_screen(program), _SCREEN),
        Case(_on_screen(tracker, "list"), file | _SCREEN),
        Case(_on_screen(tracker, "report"), file | _SCREEN),
    ]
    named = dict(zip([*_TARGETS, *_TARGETS_ON_SCREEN], [*cases, *on_screen], strict=True))
    found = figures(named, _ROUNDS)
    rows = [
        (
            name,
            milliseconds(found[name].seconds),
            *judged(found[name].seconds / found[base].seconds, most),
        )
        for base, targets in ((_FLOOR, _TARGETS), (_FLOOR_ON_SCREEN, _TARGETS_ON_SCREEN))
        for name, most in targets.items()
    ]
    return table(["start-up, shipped file", "ms", "ratio", "target"], rows)


def _on_screen(*words: str) -> Callable[[int], Sequence[str]]:
    """Return the command line that runs one in a terminal of its own: `script`, of util-linux."""
    return always("script", "--quiet", "--return", "--command", shlex.join(words), "/dev/null")


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
