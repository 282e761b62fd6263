"""Fixtures: an empty folder with a fixed clock and no settings of the machine's, and the front door."""

import os
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from resolution_cli import i18n
from resolution_cli.cli import clock, main
from tests.support import LATER, NOW, PLAN, THREE_YEARS, Prove, Result, Run

# `make fuzz` sets how many examples each property gets; a number of its own in a test is for everyday runs.
settings.register_profile("fuzz", deadline=None, max_examples=int(os.environ.get("EXAMPLES", "1000")))
if "EXAMPLES" in os.environ:
    settings.load_profile("fuzz")

_PROVED = "proved: "


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how much the tests did that try things by the hundred; CONTRIBUTING.md cites it."""
    sums: defaultdict[str, float] = defaultdict(float)
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties if report.when == "call" else ():
            if name.startswith(_PROVED):
                sums[name] = max(sums[name], value) if "longest" in name else sums[name] + value
    for name, value in sorted(sums.items()):
        terminalreporter.write_line(f"{name}: {value:,g}")


@pytest.fixture(autouse=True)
def _bare_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.chdir(tmp_path)
    for name in ("TRACKER_FILE", "TRACKER_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TRACKER_BY", "office")
    monkeypatch.setenv("TERMINAL_WIDTH", "80")
    i18n.use_language("en")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Return the path of a data file with three items and one update, found without `--file`."""
    path = tmp_path / "tasks.toml"
    path.write_bytes(PLAN.encode())
    return path


@pytest.fixture
def commune(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the sample with three years of history, a few days after its last entry."""
    path = tmp_path / "tasks.toml"
    path.write_bytes(THREE_YEARS.read_bytes())
    monkeypatch.setattr(clock, "now", lambda: LATER)
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return the front door."""

    def through_main(*arguments: str) -> Result:
        capsys.readouterr()
        code = main(arguments)
        return Result(code, *capsys.readouterr())

    return through_main


@pytest.fixture
def prove(record_property: Callable[[str, object], None]) -> Prove:
    """Return what counts things that a test tried."""
    return lambda name, count: record_property(f"{_PROVED}{name}", count)
