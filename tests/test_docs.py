"""README in step with the program: every help text and every example in it is what the program prints."""

import os
import re
import shlex
import sys
from pathlib import Path

import pytest

from resolution_cli.cli.commands import COMMANDS
from tests.support import PLAN, ROOT, SAMPLES, SHIPPED, Run

README = ROOT / "README.md"
_EXAMPLES = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)
_BY_HAND = ('title = "Roads"', 'title = "Roads"\nstatus = "not-started"\nprogress = 15')


def _played(block: str, run: Run) -> str:
    """Return a block of examples as the program prints it: each command line, and what it writes."""
    lines = []
    for command in re.findall(r"^\$ tracker (.*)$", block, re.MULTILINE):
        result = run(*shlex.split(command))
        lines.append(f"$ tracker {command}\n{result.out}{result.err}")
    return "\n".join(lines)


def test_every_example_is_what_the_program_prints(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_BY", "Party office")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "96")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tasks.toml").write_bytes(SHIPPED.read_bytes())
    (tmp_path / "three-years.toml").write_bytes((SAMPLES / "three-years.toml").read_bytes())
    (tmp_path / "changed-by-hand.toml").write_text(PLAN.replace(*_BY_HAND), encoding="utf-8")
    text = README.read_text(encoding="utf-8")
    played = _EXAMPLES.sub(lambda match: _played(match[1], run).replace(f"{tmp_path}/", ""), text)
    if os.environ.get("REWRITE_EXPECTED"):
        README.write_text(played, encoding="utf-8", newline="\n")
    assert played == README.read_text(encoding="utf-8")


def test_every_command_has_its_help_in_readme() -> None:
    text = README.read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"$ tracker {command} -h" in text
