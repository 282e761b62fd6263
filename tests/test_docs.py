"""README in step with the program: every help text and every example in it is what the program prints.

The examples run at the fixed instant of `tests.support.NOW`, on the shipped resolution and on `docs/example.toml`,
whose history ends before it.
"""

import os
import re
import shlex
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from resolution_cli.cli import clock
from resolution_cli.cli.commands import COMMANDS
from tests.support import NOW, PLAN, ROOT, SHIPPED, Run, data_of

README = ROOT / "README.md"
EXAMPLE = ROOT / "docs" / "example.toml"
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
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "example.toml").write_bytes(EXAMPLE.read_bytes())
    (tmp_path / "changed-by-hand.toml").write_text(PLAN.replace(*_BY_HAND), encoding="utf-8")
    text = README.read_text(encoding="utf-8")
    played = _EXAMPLES.sub(lambda match: _played(match[1], run).replace(f"{tmp_path}/", ""), text)
    if os.environ.get("REWRITE_EXPECTED"):
        README.write_text(played, encoding="utf-8", newline="\n")
    assert played == README.read_text(encoding="utf-8")


def _last_day_of_history() -> date:
    last: date = max(update["on"] for update in data_of(EXAMPLE)["updates"])
    return last


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(_last_day_of_history(), id="the day of its last update"),
        pytest.param(NOW.date(), id="the day of the examples"),
        pytest.param(date(2040, 1, 1), id="long after its term"),
    ],
)
def test_the_file_of_the_examples_has_no_errors(day: date, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(day, time(12), UTC))
    checked = run("check", "--file", str(EXAMPLE))
    assert (checked.code, checked.err) == (0, "")
    assert "Errors:" not in checked.out


def test_no_example_warns_that_errors_distort_its_report() -> None:
    examples = "".join(_EXAMPLES.findall(README.read_text(encoding="utf-8")))
    assert "distort" not in examples
    assert "làm sai lệch" not in examples


def test_the_file_of_the_examples_says_that_it_is_invented() -> None:
    assert "# An invented commune" in EXAMPLE.read_text(encoding="utf-8")


def test_every_command_has_its_help_in_readme() -> None:
    text = README.read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"$ tracker {command} -h" in text
