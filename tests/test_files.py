"""The data file under strain: locks, faults, kills. At any instant the file is the old one or the new one."""

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import filelock
import pytest

from resolution_cli.storage import files
from tests.support import PLAN, Run, uncounted

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such locks, modes, pipes, limits or signals")

_HOLDER = """
import fcntl, os, sys, time
descriptor = os.open(sys.argv[1], os.O_RDWR)
fcntl.flock(descriptor, fcntl.LOCK_EX)
print("ready", flush=True)
time.sleep(600)
"""
"""Holds the lock of a file until it is killed."""

_WORKER = """
import os, sys
from resolution_cli.cli import main
from resolution_cli.storage import files

files.LONGEST_WAIT = 300  # what a crowd on a slow machine needs is not the subject
path, item, first, last = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
acknowledge = os.dup(1)
sys.stdout = open(os.devnull, "w", encoding="utf-8")
for number in range(first, last + 1):
    code = main(["update", item, "--progress", str(number % 100), "--note", str(number), "--file", path])
    if code:
        sys.exit(code)
    os.write(acknowledge, b".")
"""
"""Updates one item again and again, with numbers for notes, and writes a dot for each update that was acknowledged."""

_KILLED_AT_STEP = """
import os, signal, sys
from pathlib import Path
from resolution_cli.cli import main

path, last = Path(sys.argv[1]), int(sys.argv[2])
steps = 0

def count(event, arguments):
    global steps
    if event.split(".")[0] in ("open", "os", "fcntl", "shutil") and str(path.parent) in str(arguments[:2]):
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
sys.exit(main(["update", "T1", "--status", "done", "--note", "x", "--file", str(path)]))
"""
"""Kills itself at its nth step that concerns the folder of the file."""

_LIMITED = """
import resource, sys
from resolution_cli.cli import main

limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.exit(main(["update", "T1", "--note", "x", "--file", sys.argv[1]]))
"""
"""Updates an item where no file may be larger than a limit, as on a disk that fills up."""


@posix
@pytest.mark.parametrize("link", ["below/tasks.toml", "absolute"])
def test_a_symbolic_link_stays_one_and_its_target_changes(run: Run, plan: Path, link: str) -> None:
    below = plan.parent / "below"
    below.mkdir()
    target = plan.rename(below / "tasks.toml")
    plan.symlink_to(target if link == "absolute" else link)
    assert run("update", "T1", "--note", "x").code == 0
    assert plan.is_symlink()
    assert plan.readlink() == (target if link == "absolute" else Path(link))
    assert (target.is_symlink(), _notes(target)) == (False, ["Biểu mẫu điện tử", "x"])
    assert (_names(plan.parent), _names(below)) == (["below", "tasks.toml"], ["tasks.toml"])


@posix
@pytest.mark.parametrize("mode", [0o640, 0o600, 0o664, 0o755], ids=oct)
def test_the_mode_is_kept(run: Run, plan: Path, mode: int) -> None:
    plan.chmod(mode)
    assert run("update", "T1", "--note", "x").code == 0
    assert stat.S_IMODE(plan.stat().st_mode) == mode


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file away")
def test_the_owner_is_kept(run: Run, plan: Path) -> None:
    os.chown(plan, 1234, 5678)
    assert run("update", "T1", "--note", "x").code == 0
    assert (plan.stat().st_uid, plan.stat().st_gid) == (1234, 5678)


def test_a_read_only_file_is_read_and_never_written_even_by_root(run: Run, plan: Path) -> None:
    plan.chmod(0o444)
    result = run("update", "T1", "--note", "x")
    assert (result.code, result.out) == (6, "")
    assert result.err == (
        f"Error: {plan} was not changed: it is read-only.\nHint: Check the rights of the file and folder.\n"
    )
    assert (plan.read_text(), _names(plan.parent)) == (PLAN, ["tasks.toml"])
    assert run("list").code == 0


def test_a_dry_run_needs_no_right_to_write(run: Run, plan: Path) -> None:
    plan.chmod(0o444)
    assert run("update", "T1", "--note", "x", "--dry-run").code == 0
    assert (plan.read_text(), _names(plan.parent)) == (PLAN, ["tasks.toml"])


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["list"], id="list"),
        pytest.param(["show", "T1"], id="show"),
        pytest.param(["report"], id="report"),
        pytest.param(["update", "T1", "--note", "x"], id="update"),
    ],
)
@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda _: None, "there is no such file.", id="missing"),
        pytest.param(lambda path: path.symlink_to("nowhere"), "there is no such file.", id="link-to-nothing"),
        pytest.param(lambda path: path.symlink_to(path.name), "it cannot be read: ", id="link-to-itself"),
        pytest.param(lambda path: path.mkdir(), "this is not a file", id="folder"),
        pytest.param(os.mkfifo if hasattr(os, "mkfifo") else None, "this is not a file", id="pipe", marks=posix),
        pytest.param(lambda path: path.symlink_to("/dev/zero"), "this is not a file", id="device", marks=posix),
    ],
)
def test_what_is_no_file_is_refused_without_waiting(
    tmp_path: Path, command: list[str], make: Callable[[Path], None], says: str
) -> None:
    path = tmp_path / "plan.toml"
    make(path)
    before = _names(tmp_path)
    # A process of its own, since one that waits for a pipe would wait for ever.
    arguments = [sys.executable, "-m", "resolution_cli", *command, "--file", str(path)]
    done = subprocess.run(arguments, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    assert (done.returncode, done.stdout) == (5, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert _names(tmp_path) == before


@posix
def test_a_file_that_another_holds_is_refused_after_five_seconds(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = count()  # a clock that a second passes on at each look
    monkeypatch.setattr(files, "time", SimpleNamespace(monotonic=lambda: next(seconds), sleep=lambda _: None))
    with _held(plan):
        result = run("update", "T1", "--note", "x")
        assert run("list").code == 0  # reading needs no lock
    assert result == (
        6,
        "",
        (
            f"Error: {plan} was not changed: another program has held it for over 5 seconds.\n"
            "Hint: Try again in a moment.\n"
        ),
    )
    assert 5 <= next(seconds) <= 8
    assert (plan.read_text(), _names(plan.parent)) == (PLAN, ["tasks.toml"])


@posix
def test_the_lock_of_a_killed_program_blocks_nobody(run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LONGEST_WAIT", 0.05)
    with _held(plan) as holder:
        assert run("update", "T1", "--note", "x").code == 6
        holder.kill()
        holder.wait()
        assert run("update", "T1", "--note", "x").code == 0
    assert _notes(plan) == ["Biểu mẫu điện tử", "x"]


@posix
def test_who_waited_goes_on_from_what_the_other_wrote(run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with _held(plan) as holder:

        def other_replaces_and_ends(_: float) -> None:
            if holder.poll() is None:
                new = plan.with_name("new")
                new.write_text(PLAN.replace("Biểu mẫu", "Mẫu"))
                new.replace(plan)
                holder.kill()
                holder.wait()

        monkeypatch.setattr(files, "time", SimpleNamespace(monotonic=time.monotonic, sleep=other_replaces_and_ends))
        assert run("update", "T1", "--note", "x").code == 0
    assert _notes(plan) == ["Mẫu điện tử", "x"]


@posix
def test_the_lock_is_that_of_the_file_that_stands_there_now(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = filelock.lock_descriptor
    tries = count(1)

    def after_another_replaced_it(descriptor: int, **named: Any) -> bool:
        if next(tries) == 1:
            _edit_by_replacing(plan)
        return original(descriptor, **named)

    with monkeypatch.context() as patch:
        patch.setattr(filelock, "lock_descriptor", after_another_replaced_it)
        with files.locked(plan):
            descriptor = os.open(plan, os.O_RDWR)
            assert not original(descriptor, blocking=False)
            os.close(descriptor)
    assert next(tries) == 3


@pytest.mark.parametrize("command", [["update", "T1", "--note", "x"], ["update", "nobody", "--note", "x"]])
def test_a_command_gives_the_lock_back_however_it_ends(run: Run, plan: Path, command: list[str]) -> None:
    run(*command)
    with files.locked(plan):
        assert _names(plan.parent) == ["tasks.toml"]


def _edit_in_place(path: Path) -> None:
    path.write_text(PLAN.replace("Roads", "Bridges"))


def _edit_by_replacing(path: Path) -> None:
    new = path.with_name("editor")
    new.write_text(PLAN.replace("Roads", "Bridges"))
    new.replace(path)


@pytest.mark.parametrize("edit", [_edit_in_place, _edit_by_replacing], ids=["in-place", "by-replacing"])
@pytest.mark.parametrize("moment", ["before-the-write", "while-the-new-file-is-written"])
def test_an_edit_by_someone_else_meanwhile_is_kept(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Path], None], moment: str
) -> None:
    target, name = (files, "replace") if moment == "before-the-write" else (os, "fsync")
    original = getattr(target, name)

    def after_the_edit(*arguments: Any) -> Any:
        edit(plan)
        return original(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(target, name, after_the_edit)
        result = run("update", "T1", "--note", "x")
    assert result == (
        6,
        "",
        f"Error: {plan} was not changed: someone else changed it in the meantime.\nHint: Run the command once more.\n",
    )
    assert plan.read_text() == PLAN.replace("Roads", "Bridges")
    assert _names(plan.parent) == ["tasks.toml"]
    assert run("update", "T1", "--note", "x").code == 0


def test_a_file_that_someone_removed_meanwhile_is_not_made_again(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = files.replace

    def after_the_removal(path: Path, old: bytes, new: bytes) -> None:
        path.unlink()
        original(path, old, new)

    monkeypatch.setattr(files, "replace", after_the_removal)
    result = run("update", "T1", "--note", "x")
    assert (result.code, result.out) == (6, "")
    assert _names(plan.parent) == []


def _temporary(path: object) -> bool:
    return str(path).endswith(".tracker-tmp")


def _folder(path: object) -> bool:
    return isinstance(path, Path) and path.is_dir()


def _is_folder(descriptor: object) -> bool:
    return isinstance(descriptor, int) and stat.S_ISDIR(os.fstat(descriptor).st_mode)


class Step(NamedTuple):
    """A call that a write makes: of what, by which name, with which first argument."""

    target: Any
    name: str
    concerns: Callable[[object], bool]


_STEPS = [
    pytest.param(Step(filelock, "lock_descriptor", lambda _: True), id="lock"),
    pytest.param(Step(os, "open", _temporary), id="open-new"),
    pytest.param(Step(os, "fdopen", lambda _: True), id="write-new"),
    pytest.param(Step(os, "fsync", lambda descriptor: not _is_folder(descriptor)), id="sync-new"),
    pytest.param(Step(Path, "chmod", _temporary), id="mode"),
    pytest.param(Step(Path, "replace", _temporary), id="replace"),
    pytest.param(Step(os, "open", _folder), id="open-folder", marks=posix),
    pytest.param(Step(os, "fsync", _is_folder), id="sync-folder", marks=posix),
]
_FAULTS = [
    pytest.param(OSError(errno.ENOSPC, "No space left on device"), id="full"),
    pytest.param(OSError(errno.EIO, "Input/output error"), id="broken-disk"),
    pytest.param(PermissionError(errno.EACCES, "Permission denied"), id="no-right"),
    pytest.param(KeyboardInterrupt(), id="interrupt"),
]


@pytest.mark.parametrize("fault", _FAULTS)
@pytest.mark.parametrize("step", _STEPS)
def test_a_fault_at_any_step_leaves_the_old_file_or_the_new_and_no_litter(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, step: Step, fault: BaseException
) -> None:
    original = getattr(step.target, step.name)
    raised = []

    def failing(*arguments: Any, **named: Any) -> Any:
        if step.concerns(arguments[0]):
            raised.append(step.name)
            if step.name == "fdopen":
                os.close(arguments[0])
            raise fault
        return original(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(step.target, step.name, failing)
        result = run("update", "T1", "--status", "done", "--note", "x")

    assert raised
    if isinstance(fault, KeyboardInterrupt):
        assert (result.code, result.out) == (130, "")
    elif step.concerns in (_folder, _is_folder):  # the file has its new content by then
        assert (result.code, _notes(plan)[-1]) == (0, "x")
    else:
        assert (result.code, result.out) == (6, "")
    assert "Traceback" not in result.err
    # What is said of the file is true.
    assert plan.read_text() == PLAN or (_notes(plan)[-1] == "x" and "was not changed" not in result.err)
    assert _names(plan.parent) == ["tasks.toml"]
    assert run("update", "T1", "--note", "y").code == 0
    assert _notes(plan)[-1] == "y"


@posix
@pytest.mark.usefixtures("plan")
def test_an_owner_that_cannot_be_given_does_not_matter(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "chown", refuse)
    assert run("update", "T1", "--note", "x").code == 0


@posix
@pytest.mark.parametrize("room", [0, 1, len(PLAN.encode()), len(PLAN.encode()) + 20])
def test_a_disk_that_fills_up_leaves_the_old_file(run: Run, plan: Path, room: int) -> None:
    done = _process(_LIMITED, plan, room)
    assert (done.returncode, done.stdout) == (6, "")
    assert done.stderr == (
        f"Error: {plan} was not changed: File too large.\nHint: Make room on the disk and run the command again.\n"
    )
    assert (plan.read_text(), _names(plan.parent)) == (PLAN, ["tasks.toml"])
    assert run("update", "T1", "--note", "x").code == 0


def test_what_a_killed_update_left_goes_with_the_next_and_nothing_else(run: Run, plan: Path) -> None:
    left = [".tasks.toml.0a1b2c3d.tracker-tmp", ".tasks.toml.ffffffff.tracker-tmp"]
    others = [".other.toml.0a1b2c3d.tracker-tmp", ".tasks.toml.swp", "tasks.toml.bak", "tasks.toml.tracker-tmp"]
    for name in left + others:
        (plan.parent / name).write_text("x")
    run("list")
    assert _names(plan.parent) == sorted([*left, *others, "tasks.toml"])
    assert run("update", "T1", "--note", "x").code == 0
    assert _names(plan.parent) == sorted([*others, "tasks.toml"])


@posix
def test_killed_at_each_step_in_turn_the_file_is_the_old_one_or_the_new(run: Run, plan: Path) -> None:
    ends = []
    for step in range(1, 100):
        plan.write_text(PLAN)
        code = _process(_KILLED_AT_STEP, plan, step).returncode
        if code == 0:
            break
        assert code == -signal.SIGKILL
        is_old = plan.read_text() == PLAN
        assert is_old or _notes(plan) == ["Biểu mẫu điện tử", "x"]
        ends.append("old" if is_old else "new")
        assert run("update", "T2", "--note", "y").code == 0
        assert _names(plan.parent) == ["tasks.toml"]
    # Old, then new, and never old again: it turned at one step, and there were steps on both sides of it.
    assert (sorted(ends, reverse=True), {*ends}) == (ends, {"old", "new"})


@posix
def test_updates_at_once_are_all_there(tmp_path: Path) -> None:
    path = tmp_path / "tasks.toml"
    path.write_text(_plan_of(8))
    workers = [_started(_WORKER, path, f"T{number}", 1, 25) for number in range(8)]
    assert [worker.wait(timeout=300) for worker in workers] == [0] * 8
    for worker in workers:
        worker.communicate()

    data = _data(path)
    assert [(item["status"], item["progress"]) for item in data["tasks"]] == [("in-progress", 25)] * 8
    assert len(data["updates"]) == 200
    for number in range(8):
        entries = [entry for entry in data["updates"] if entry["item"] == f"T{number}"]
        assert [entry["note"] for entry in entries] == [str(number) for number in range(1, 26)]
        assert [entry["was"].get("progress", 0) for entry in entries[1:]] == [*range(1, 25)]
    assert _names(tmp_path) == ["tasks.toml"]
    assert path.read_text().startswith(_plan_of(8).split("[[tasks]]")[0])


@posix
def test_killed_at_random_no_acknowledged_update_is_lost(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tasks.toml"
    path.write_text(_plan_of(1))
    instants = random.Random(20261124)  # noqa: S311  # instants, not secrets
    written = 0
    for _ in range(12):
        worker = _started(_WORKER, path, "T0", written + 1, 1_000_000)
        assert worker.stdout
        acknowledged = worker.stdout.read(1)  # it has begun
        time.sleep(instants.uniform(0, 0.1))
        worker.kill()
        acknowledged += worker.communicate()[0]
        notes = _notes(path)
        assert notes == [str(number) for number in range(1, len(notes) + 1)]
        assert written + len(acknowledged) <= len(notes) <= written + len(acknowledged) + 1
        written = len(notes)
    assert run("update", "T0", "--on", "2030-01-01", "--note", "x").code == 4  # a day in the future, of a sound file
    assert _names(tmp_path) == ["tasks.toml"]


@contextmanager
def _held(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the lock of the file at `path`."""
    holder = _started(_HOLDER, path)
    assert holder.stdout
    try:
        assert holder.stdout.readline() == "ready\n"
        yield holder
    finally:
        holder.kill()
        holder.communicate()


def _started(program: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )


def _process(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env=uncounted(),
    )


def _plan_of(size: int) -> str:
    """Return a plan of tasks T0, T1, … and no diary."""
    tasks = "".join(f'\n[[tasks]]\nid = "T{number}"\ntitle = "x" # {number}\n' for number in range(size))
    return f'schema = 1\n[resolution]\ntitle = "x"\nterm.start = 2025-01-01\nterm.end = 2099-12-31\n{tasks}'


def _data(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _notes(path: Path) -> list[str]:
    return [entry["note"] for entry in _data(path).get("updates", [])]


def _names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())
