"""Fixtures: an empty folder with a fixed clock and no settings of the machine's, and the front door."""

from pathlib import Path

import pytest

from resolution_cli import i18n
from resolution_cli.cli import clock, main
from tests.support import LATER, NOW, PLAN, THREE_YEARS, Result, Run


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
