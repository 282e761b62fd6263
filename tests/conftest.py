"""Fixtures: an empty folder, a stopped clock, no settings of the machine, running commands."""

import os
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from resolution_cli import i18n
from resolution_cli.cli import clock, main
from tests.support import LATER, NOW, PLAN, ROOT, THREE_YEARS, Prove, Result, Run

# The same examples on every run, at any speed of the machine; the quick suite has fewer.
# `make fuzz` looks for others.
_AT_ANY_SPEED = settings(
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("quick", _AT_ANY_SPEED, derandomize=True, max_examples=15)
settings.register_profile("whole", _AT_ANY_SPEED, derandomize=True, max_examples=100)
settings.register_profile(
    "fuzz", _AT_ANY_SPEED, max_examples=int(os.environ.get("EXAMPLES", "1000"))
)

_KEPT_VARIABLES = re.compile(
    "PATH|HOME|TMPDIR|TEMP|TMP"
    # Windows starts no process without these.
    "|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA"
    "|LD_.*|COVERAGE_.*|PYTEST_.*"
    "|AXE_CORE|REWRITE_EXPECTED"
)
"""Variables of the environment that tests keep: no language, width, colour or time zone."""

_VARIABLES = {
    "TRACKER_BY": "office",
    "COLUMNS": "80",
    "LINES": "24",
    "TERMINAL_WIDTH": "80",  # Typer's own
    "TZ": "ICT-7",  # as POSIX writes a zone seven hours ahead, which needs no table of zones
    # A process that may write little would leave half a compiled module.
    "PYTHONDONTWRITEBYTECODE": "1",
    "STOPPED_AT": NOW.isoformat(),
    # Where Python finds what stops the clock of a process, and the modules of the tests.
    "PYTHONPATH": os.pathsep.join(
        filter(None, [str(ROOT / "tests" / "startup"), str(ROOT), os.environ.get("PYTHONPATH")])
    ),
}
"""Variables that tests set, on every machine."""

_LONGEST = {"test_sequences.py", "test_state_machine.py"}

_PROVED = "proved: "


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples properties get, before the tests that need the number are loaded."""
    suite = "quick" if config.option.markexpr.startswith("not ") else "whole"
    settings.load_profile("fuzz" if "EXAMPLES" in os.environ else suite)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take longest; at the end all processes but theirs would wait."""
    items.sort(key=lambda item: item.path.name not in _LONGEST)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how often the tests tried what they try by the hundred; CONTRIBUTING.md cites it."""
    sums: defaultdict[str, float] = defaultdict(float)
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties if report.when == "call" else ():
            if name.startswith(_PROVED):
                sums[name] = max(sums[name], value) if "longest" in name else sums[name] + value
    for name, value in sorted(sums.items()):
        terminalreporter.write_line(f"{name}: {value:,g}")


@pytest.fixture(autouse=True)
def _isolated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.chdir(tmp_path)
    for name in [*os.environ]:
        if not _KEPT_VARIABLES.fullmatch(name):
            monkeypatch.delenv(name)
    for name, value in _VARIABLES.items():
        monkeypatch.setenv(name, value)
    for name in ("state", "cache"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path_factory.mktemp(name)))
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
    """Return what runs a command line through `main`."""

    def through_main(*arguments: str) -> Result:
        capsys.readouterr()
        code = main(arguments)
        return Result(code, *capsys.readouterr())

    return through_main


@pytest.fixture
def prove(record_property: Callable[[str, object], None]) -> Prove:
    """Return what counts how often a test tried something."""
    return lambda name, count: record_property(f"{_PROVED}{name}", count)
