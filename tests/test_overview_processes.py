"""Many files are read by several processes: in order, until one ends, and until Ctrl-C."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from benchmarks import country

from resolution_cli.actions import mapping
from tests.support import Prove, Result, Run, names_in, posix, started_tracker, tracker, uncounted

pytestmark = pytest.mark.proof  # real processes, several at a time

_FILES = 48
"""Enough to be read by several processes."""

_WORDS = ("--as-of", "2025-09-30", "--format", "json")

_INTERRUPTS = int(os.environ.get("KILLS", "20"))
SEED = int(os.environ.get("SEED", "20261127"))

several_processors = pytest.mark.skipif(
    (os.cpu_count() or 1) == 1, reason="one processor is not shared by several processes"
)

_WITH_A_FAULT = """\
import os, signal, sys, time
from resolution_cli.actions import overviewing
from resolution_cli.cli import main

asked = overviewing.overview_of_file

def overview_of_file(path, **asked_for):
    if path.name == "0021.toml":
        {fault}
    return asked(path, **asked_for)

overviewing.overview_of_file = overview_of_file
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""

_STARTED_ANEW = """\
import multiprocessing, sys
from resolution_cli.cli import main

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a generated country."""
    folder = tmp_path_factory.mktemp("country") / "wards"
    country.write(folder, _FILES, faults=7)
    return folder


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return the path of a program to be written."""
    return tmp_path / "program.py"


def _played(program: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, program, "overview", folder, *_WORDS, *words],
        capture_output=True,
        encoding="utf-8",
        env=uncounted(),
        check=False,
    )


@pytest.mark.parametrize("condition", [(), ("--verdict", "overdue")])
def test_several_processes_say_what_one_says_in_order(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, condition: tuple[str, ...]
) -> None:
    words = ("overview", str(folder), *_WORDS, *condition)
    monkeypatch.setattr(mapping, "_processors", lambda: 1)
    expected = run(*words)
    assert len(json.loads(expected.out)["files"]) == _FILES - 7
    for options in ((), (), ("--no-cache",)):
        done = tracker(*words, *options)
        assert Result(done.returncode, done.stdout, done.stderr) == expected


def test_processes_that_start_anew_say_the_same(folder: Path, program: Path) -> None:
    program.write_text(_STARTED_ANEW, "utf-8")
    language = ("--lang", "vi")
    done = subprocess.run(
        [sys.executable, program, *language, "overview", folder, *_WORDS],
        capture_output=True,
        encoding="utf-8",
        env=uncounted(),
        check=False,
    )
    expected = tracker(*language, "overview", folder, *_WORDS, "--no-cache")
    assert (done.returncode, done.stdout, done.stderr) == (
        expected.returncode,
        expected.stdout,
        expected.stderr,
    )


@posix
@several_processors
@pytest.mark.parametrize(
    ("fault", "number"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", 9),
        ("os.kill(os.getpid(), signal.SIGABRT)", 6),
        ("raise MemoryError", 9),
    ],
    ids=["killed", "aborted", "no memory"],
)
def test_a_process_that_is_ended_is_named_with_its_files(
    folder: Path, program: Path, fault: str, number: int
) -> None:
    program.write_text(_WITH_A_FAULT.format(fault=fault), "utf-8")
    done = _played(program, folder)
    assert (done.returncode, done.stdout) == (5, "")
    message, hint = done.stderr.splitlines()
    assert f"was ended by signal {number}" in message
    named = [int(word.removesuffix(".toml")[-4:]) for word in message.split() if "toml" in word]
    assert named[0] <= 21 <= named[1] < named[0] + 32
    assert hint.startswith("Hint: Is there enough memory?")


_DIES_BEFORE_IT_GETS_MORE = """\
import multiprocessing, os, signal, time
from resolution_cli.actions.processes import ProcessEnded, answers_of_processes

def answer(number):
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number

def main():
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    found = []
    try:
        for number in answers_of_processes(answer, range(6), 1):
            found.append(number)
            while multiprocessing.active_children():
                time.sleep(0.01)
    except ProcessEnded as error:
        print(found, error.signal, error.chunks, signal.getsignal(signal.SIGPIPE) is signal.SIG_DFL)

if __name__ == "__main__":
    main()
"""


@posix
def test_a_process_that_is_gone_when_it_gets_more_to_do_does_not_end_the_program(
    program: Path,
) -> None:
    program.write_text(_DIES_BEFORE_IT_GETS_MORE, "utf-8")
    done = subprocess.run(
        [sys.executable, program], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[0, 1] 9 [2, 3] True\n", "")


@posix
@several_processors
@pytest.mark.parametrize("format_", ["csv", "ndjson"])
def test_a_closed_pipe_ends_the_program_and_its_processes_silently(
    folder: Path, format_: str
) -> None:
    words = ("overview", folder, "--table", "items", "--every", "month", "--format", format_)
    with started_tracker(*words, start_new_session=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == -signal.SIGPIPE
    assert _is_gone(process.pid)


@several_processors
def test_a_bug_in_a_process_is_a_bug(folder: Path, program: Path) -> None:
    program.write_text(_WITH_A_FAULT.format(fault="raise ZeroDivisionError"), "utf-8")
    done = _played(program, folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert "ZeroDivisionError" in done.stderr


def test_where_the_system_gives_no_process_one_reads_all(folder: Path, program: Path) -> None:
    program.write_text(
        """\
import multiprocessing.context, sys
from resolution_cli.cli import main

def refuse(self):
    raise OSError("no more processes")

multiprocessing.context.Process.start = refuse
for name in ("ForkProcess", "SpawnProcess", "ForkServerProcess"):
    if hasattr(multiprocessing.context, name):
        getattr(multiprocessing.context, name).start = refuse
sys.exit(main(sys.argv[1:]))
""",
        "utf-8",
    )
    done, expected = _played(program, folder), tracker("overview", folder, *_WORDS)
    assert (done.returncode, done.stdout) == (7, expected.stdout)


@pytest.fixture
def reached(tmp_path: Path) -> Path:
    """Return the path of a file that a process writes when it has come to a certain data file."""
    return tmp_path / "reached"


def _wait_for(path: Path) -> None:
    while not path.exists():
        time.sleep(0.01)


def _is_gone(group: int, seconds: float = 20) -> bool:
    """Say whether all processes of a group end, within so many seconds."""
    until = time.monotonic() + seconds
    while True:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.01)


@posix
@several_processors
def test_ctrl_c_ends_all_processes_whatever_they_do_without_a_word(
    folder: Path, program: Path, reached: Path
) -> None:
    fault = f"open({str(reached)!r}, 'w').close(); time.sleep(100)"
    program.write_text(_WITH_A_FAULT.format(fault=fault), "utf-8")
    output = program.with_name("overview.json")
    process = subprocess.Popen(
        [sys.executable, program, "overview", folder, *_WORDS, "-o", output],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=uncounted(),
        start_new_session=True,
    )
    _wait_for(reached)
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate(timeout=50) == ("", "")
    assert process.returncode == 130
    assert _is_gone(process.pid)
    assert names_in(program.parent) == ["program.py", "reached"]
    assert [*Path(os.environ["XDG_CACHE_HOME"]).rglob("*")] == []


@posix
@several_processors
def test_processes_end_when_the_one_that_started_them_is_killed(
    folder: Path, program: Path, reached: Path
) -> None:
    fault = f"""open({str(reached)!r}, 'w').close()
        while os.path.exists({str(reached)!r}): time.sleep(0.01)"""
    program.write_text(_WITH_A_FAULT.format(fault=fault), "utf-8")
    process = subprocess.Popen(
        [sys.executable, program, "overview", folder, *_WORDS],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=uncounted(),
        start_new_session=True,
    )
    _wait_for(reached)
    process.kill()
    process.wait()
    assert not _is_gone(process.pid, 0)
    reached.unlink()
    assert process.communicate(timeout=50)[1] == ""
    assert _is_gone(process.pid)


@posix
def test_ctrl_c_at_random_instants_is_silent_and_leaves_nothing_half_written(
    folder: Path, tmp_path: Path, prove: Prove
) -> None:
    words = ("overview", folder, *_WORDS)
    started = time.monotonic()
    sound = tracker(*words)
    longest, instants = time.monotonic() - started, random.Random(SEED)  # noqa: S311  # no secret
    for _number in range(_INTERRUPTS):
        process = started_tracker(*words, "-o", "overview.json", start_new_session=True)
        time.sleep(instants.uniform(0, longest))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        _out, err = process.communicate(timeout=50)
        assert _is_gone(process.pid)
        output = tmp_path / "overview.json"
        if output.exists():  # Ctrl-C may come after the write
            assert output.read_text("utf-8") == sound.stdout
            output.unlink()
        else:
            assert process.returncode != 7
        if process.returncode == 130:
            assert "Traceback" not in err
        elif process.returncode != 7:  # before `main` had begun, or after it had ended
            assert "resolution_cli/" not in err
            assert process.returncode in {1, -signal.SIGINT}
        assert names_in(tmp_path) == []
        for kept in Path(os.environ["XDG_CACHE_HOME"]).rglob("*"):
            assert kept.is_dir() or not kept.name.startswith(".")
            if not kept.is_dir():
                kept.unlink()
    prove("interrupts of many files", _INTERRUPTS)
