"""The program as a whole: version, help, exit codes, terminals and pipes."""

import errno
import io
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from resolution_cli import __version__
from resolution_cli.cli import main
from resolution_cli.cli.commands import COMMANDS
from tests.support import Run, data_of, tracker, uncounted

TRACKER = [sys.executable, "-m", "resolution_cli"]


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version") == (0, f"tracker {__version__}\n", "")


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=" ".join)
def test_both_help_options_work_everywhere(run: Run, command: list[str]) -> None:
    short, long = run(*command, "-h"), run(*command, "--help")
    assert short == long
    assert (short.code, short.err) == (0, "")
    assert short.out.startswith(" ".join(["Usage: tracker", *command]))


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
    ("words", "columns", "environment"),
    [
        ("list", 40, {"NO_COLOR": "1"}),
        ("list", 80, {"TERM": "dumb"}),
        ("list", 120, {"NO_COLOR": "1"}),
        ("report", 40, {"TERM": "dumb"}),
        ("report", 80, {"NO_COLOR": "1"}),
        ("report --period 2026-Q2", 40, {"NO_COLOR": "1"}),
        ("report --period 2026-Q2", 120, {"TERM": "dumb"}),
        ("show T1", 40, {"TERM": "dumb"}),
        ("show T1", 80, {"NO_COLOR": "1"}),
    ],
)
@pytest.mark.usefixtures("plan")
def test_a_terminal_without_colour_gets_no_escape_and_no_line_too_long(
    words: str, columns: int, environment: dict[str, str]
) -> None:
    screen = _screen(words.split(), columns, **environment)
    assert "\x1b" not in screen
    assert "Digital" in screen
    assert max(map(len, screen.splitlines())) <= columns


@pytest.mark.usefixtures("plan")
def test_a_terminal_gets_colour_and_the_word() -> None:
    screen = _screen(["list"], 120)
    assert "\x1b[33mbehind by 54 points, stale (over 90 days)\x1b[0m" in screen
    assert "\x1b[1mTasks\x1b[0m" in screen


@pytest.mark.usefixtures("plan")
def test_a_terminal_that_is_not_unicode_gets_bars_it_can_show() -> None:
    screen = _screen(["list"], 100, PYTHONIOENCODING="ascii", NO_COLOR="1")
    assert "####------  40%" in screen


@pytest.mark.usefixtures("plan")
def test_a_terminal_that_is_not_unicode_gets_lines_of_a_timeline_it_can_show() -> None:
    screen = _screen(["timeline"], 100, PYTHONIOENCODING="ascii", NO_COLOR="1")
    lines = screen.splitlines()
    assert re.search(r"  -+\|-+o +unreported", screen)
    assert lines[-1] == "o due   | day of the report, 2026-11-24"


def test_a_pipe_gets_everything_unwrapped_as_utf_8(plan: Path) -> None:
    title = "Ư" * 500
    plan.write_text(plan.read_text().replace("Roads", title))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "40"}
    process = subprocess.run([*TRACKER, "list"], capture_output=True, check=True, env=environment)
    assert f" T2  {title}  no lead unit yet" in process.stdout.decode()
    assert process.stderr == b""


@pytest.mark.usefixtures("plan")
def test_a_reader_that_leaves_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.run(
        [*TRACKER, "report"], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (process.returncode, process.stderr) == (-signal.SIGPIPE, b"")


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("number", [errno.EPIPE, errno.EINVAL], ids=errno.errorcode.get)
@pytest.mark.parametrize(("is_windows", "code"), [(True, 0), (False, 6)])
def test_a_reader_that_leaves_is_no_error_on_windows_either(
    monkeypatch: pytest.MonkeyPatch, number: int, code: int, *, is_windows: bool
) -> None:
    class Closed(io.StringIO):
        def write(self, _text: str, /) -> int:
            raise OSError(number, "closed")

    monkeypatch.setattr("resolution_cli.cli.output._IS_WINDOWS", is_windows)
    monkeypatch.setattr("sys.stdout", Closed())
    assert main(["list"]) == code
    sys.stdout.close()  # it is another by then, so that the end is quiet too


def test_ctrl_c_is_silent(run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Path) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("resolution_cli.storage.files.content", interrupted)
    assert run("list", "-f", str(plan)) == (130, "", "")


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("words", "helps"),
    [
        (["update", "T1", "--note"], "tracker update -h"),
        (["list", "-f"], "tracker list -h"),
        (["list", "--force=yes"], "tracker list -h"),
        (["list", "--overdue"], "tracker list -h"),
        (["update"], "tracker update -h"),
        (["--lang"], "tracker -h"),
        (["lst"], "tracker -h"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_names_the_help_of_its_command(
    run: Run, words: list[str], helps: str
) -> None:
    result = run(*words)
    assert (result.code, result.out) == (2, "")
    assert f"Hint: Run `{helps}`" in result.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize(
    ("words", "environment"),
    [
        (["--help"], {}),
        ([], {}),
        (["list", "-h"], {}),
        (["--version"], {}),
        (["--show-completion", "zsh"], {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}),
        ([], {"_TRACKER_COMPLETE": "source_zsh"}),
        ([], {"_TRACKER_COMPLETE": "complete_zsh"}),
    ],
)
@pytest.mark.parametrize("buffering", ["", "1"], ids=["buffered", "unbuffered"])
def test_output_that_cannot_be_written_is_an_error(
    words: list[str], environment: dict[str, str], buffering: str
) -> None:
    with Path("/dev/full").open("w") as full:
        process = subprocess.run(
            [*TRACKER, *words],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
            env=uncounted() | environment | {"PYTHONUNBUFFERED": buffering},
        )
    assert process.returncode == 6
    assert process.stderr.startswith(
        "Error: The result could not be written: No space left on device.\n"
    )


@pytest.fixture
def latin(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a locale whose encoding is ISO-8859-1, made here."""
    name = "en_US.ISO-8859-1"
    folder = tmp_path / "locales"
    folder.mkdir()
    localedef = shutil.which("localedef")
    if localedef is None or not Path("/usr/share/i18n/charmaps/ISO-8859-1.gz").exists():
        pytest.skip("localedef and its character maps, of the package locales, are not installed")
    subprocess.run([localedef, "-i", "en_US", "-f", "ISO-8859-1", str(folder / name)], check=True)
    return uncounted() | {
        "LOCPATH": str(folder),
        "LC_ALL": name,
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "utf-8",
    }


def test_utf_8_typed_in_a_locale_of_another_encoding_is_stored_as_it_was_typed(
    plan: Path, latin: dict[str, str]
) -> None:
    (plan.parent / "đề án").mkdir()
    path = plan.rename(plan.parent / "đề án" / "kế hoạch.toml")
    given = latin | {"TRACKER_BY": "Thủy"}
    encoding = tracker(program="import sys; print(sys.getfilesystemencoding())", env=given).stdout
    assert encoding == "iso8859-1\n"
    words = [
        "update",
        "T2",
        "-f",
        path,
        "--note",
        "Đã họp",
        "--status",
        "đang thực hiện",
        "--lead",
        "Sở é",
    ]
    process = tracker(*words, env=given)
    assert (process.returncode, process.stderr) == (0, "")
    entry = data_of(path)["updates"][-1]
    assert (entry["note"], entry["by"], entry["lead"], entry["status"]) == (
        "Đã họp",
        "Thủy",
        "Sở é",
        "in-progress",
    )
    assert (
        "T2"
        in tracker("list", "-f", path, "--search", "ĐÃ HỌP", "--format", "ids", env=given).stdout
    )
    assert tracker("report", "-f", path, "--period", "quý III năm 2026", env=given).returncode == 0
    typed = os.fsencode("caf").decode() + "\udce9"  # é as ISO-8859-1 has it, which is no UTF-8
    assert tracker("update", "T2", "-f", path, "--note", typed, env=given).returncode == 0
    assert data_of(path)["updates"][-1]["note"] == "café"


def test_a_closed_folder_above_is_passed_over(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    original = Path.is_file

    def is_file(path: Path) -> bool:
        if path == tmp_path / "data" / "tasks.toml":
            raise PermissionError(13, "Permission denied")
        return original(path)

    monkeypatch.setattr(Path, "is_file", is_file)
    result = run("list", "--format", "ids")
    assert (result.code, result.out.split()[0]) == (0, "T1")
    assert result.err.startswith("No data file in this folder or its parents")


@pytest.mark.usefixtures("plan")
def test_the_last_language_asked_for_counts(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Nhiệm vụ" in run("list", "--lang", "en", "--lang", "vi").out
    monkeypatch.setenv("TRACKER_LANG", "vi-VN")
    assert "Nhiệm vụ" in run("list").out


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["list", "--as-of", "2020-01-01"], "--as-of: 2020-01-01 is before the term, which starts"),
        (["show", "T1", "--as-of", "2027-01-01"], "--as-of: 2027-01-01 is in the future; only"),
        (["report", "--period", "soon"], "--period: 'soon' is not a period; write one like 2026,"),
        (["log", "--from", "2026-02-01", "--to", "2026-01-01"], "--from is after --to."),
        (["list", "--status", "x"], "--status: 'x' is not valid; choose one of: not-started,"),
        (
            [
                "init",
                "x",
                "--blank",
                "--title",
                "T",
                "--start",
                "2026-01-01",
                "--end",
                "2025-01-01",
            ],
            "--end: the term cannot end before it starts.",
        ),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_what_cannot_be_had_is_said_of_its_option_with_the_help_that_helps(
    run: Run, plan: Path, command: list[str], message: str
) -> None:
    before = plan.read_bytes()
    result = run(*command)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"Error: {message}")
    assert result.err.endswith(f"\nHint: Run `tracker {command[0]} -h` for help.\n")
    assert plan.read_bytes() == before
