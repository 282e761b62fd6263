"""The front door: version, help, exit codes, terminals and pipes. Real processes where it takes one."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from resolution_cli import __version__
from tests.support import Run, uncounted

TRACKER = [sys.executable, "-m", "resolution_cli"]


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"tracker {__version__}\n", "")


@pytest.mark.parametrize("command", [[], ["list"], ["show"], ["update"], ["report"], ["init"]])
def test_both_help_options_work_everywhere(run: Run, command: list[str]) -> None:
    short, long = run(*command, "-h"), run(*command, "--help")
    assert short == long
    assert (short.code, short.err) == (0, "")
    assert short.out.startswith("Usage: tracker")


def test_an_unknown_command_names_the_nearest(run: Run) -> None:
    result = run("lst")
    assert (result.code, result.out) == (2, "")
    assert "Did you mean list?" in result.err


def _screen(arguments: list[str], columns: int, **environment: str) -> str:
    """Return what the command writes to a terminal of so many columns."""
    leader, follower = pty.openpty()
    subprocess.run(
        [*TRACKER, *arguments],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        check=False,
        env={**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color", **environment},
    )
    os.close(follower)
    written = b""
    try:
        while chunk := os.read(leader, 65536):
            written += chunk
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(leader)
    return written.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    "command", [["list"], ["report"], ["report", "--period", "2026-Q2"], ["show", "T1"]], ids=" ".join
)
@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "dumb"])
@pytest.mark.usefixtures("plan")
def test_a_terminal_without_colour_gets_no_escape_and_no_line_too_long(
    command: list[str], columns: int, environment: dict[str, str]
) -> None:
    screen = _screen(command, columns, **environment)
    assert "\x1b" not in screen
    assert "Digital" in screen
    assert max(map(len, screen.splitlines())) <= columns


@pytest.mark.usefixtures("plan")
def test_a_terminal_gets_colour_and_the_word() -> None:
    assert "\x1b[36min progress\x1b[0m" in _screen(["list"], 100)


@pytest.mark.usefixtures("plan")
def test_a_terminal_that_is_not_unicode_gets_bars_it_can_show() -> None:
    screen = _screen(["list"], 100, PYTHONIOENCODING="ascii", NO_COLOR="1")
    assert "####------  40%" in screen


def test_a_pipe_gets_everything_unwrapped_as_utf_8(plan: Path) -> None:
    title = "Ư" * 500
    plan.write_text(plan.read_text().replace("Roads", title))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "40"}
    process = subprocess.run([*TRACKER, "list"], capture_output=True, check=True, env=environment)
    assert f" T2  task          {title}  not started" in process.stdout.decode()
    assert process.stderr == b""


@pytest.mark.usefixtures("plan")
def test_a_reader_that_leaves_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.run([*TRACKER, "report"], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (process.returncode, process.stderr) == (-signal.SIGPIPE, b"")


def test_ctrl_c_is_silent(run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Path) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("resolution_cli.storage.files.content", interrupted)
    assert run("list", "-f", str(plan)) == (130, "", "")


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        pytest.param("tracker show T", ["T1", "T2"], id="ids"),
        pytest.param("tracker update T1 b", ["b1"], id="an-id-in-lower-case"),
        pytest.param("tracker update T1 --status d", ["done"], id="statuses"),
        pytest.param("tracker list --status in", ["in-progress"], id="filter"),
    ],
)
def test_completion_offers_ids_and_statuses(words: str, offered: list[str]) -> None:
    environment = {
        **os.environ,
        "_TRACKER_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    process = subprocess.run(TRACKER, capture_output=True, check=True, env=environment, text=True)
    assert process.stdout.split() == offered


def test_listing_imports_nothing_that_it_does_not_use(plan: Path) -> None:
    unused = {"rich", "filelock", "tomllib", "tomli_w"}
    code = f"import sys; from resolution_cli.cli import main; main(['list', '--format', 'json', '-f', {str(plan)!r}]); "
    code += f"print({unused!r} & sys.modules.keys(), file=sys.stderr)"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, env=uncounted())
    assert process.stderr == "set()\n"


def test_a_closed_folder_above_is_passed_over(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    original = Path.is_file

    def is_file(path: Path) -> bool:
        if path == tmp_path / "data" / "tasks.toml":
            raise PermissionError(13, "Permission denied")
        return original(path)

    monkeypatch.setattr(Path, "is_file", is_file)
    result = run("list", "--format", "ids")
    assert (result.code, result.out.split()[0]) == (0, "T1")
    assert result.err.startswith("No data file here or above")


@pytest.mark.usefixtures("plan")
def test_the_last_language_asked_for_counts(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "nhiệm vụ" in run("list", "--lang", "en", "--lang", "vi").out
    monkeypatch.setenv("TRACKER_LANG", "vi-VN")
    assert "nhiệm vụ" in run("list").out
