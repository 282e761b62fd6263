"""A write that fails, is interrupted or killed at any step leaves the old file or the new one."""

import errno
import os
import random
import shutil
import signal
import subprocess
import time
import tomllib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from resolution_cli.storage import writing
from resolution_cli.storage.temporary import hidden_name
from tests.faults import MOMENTS, Step, Steps, written_in_place
from tests.support import (
    PLAN,
    PLAN_WITHOUT_HISTORY,
    Prove,
    Run,
    names_in,
    notes_of,
    posix,
    started_tracker,
    tracker,
)

pytestmark = posix

KILLS = int(os.environ.get("KILLS", "30"))
"""Processes that each batch kills at random; `make fuzz` asks for more."""

SEED = int(os.environ.get("SEED", "20261124"))

UPDATE = ["update", "T1", "--status", "done", "--note", "x"]

_LIMITED = """
import resource, sys
from resolution_cli.cli import main

limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.exit(main(["update", "T1", "--note", "x", "--file", sys.argv[1]]))
"""
"""Updates an item where no file may be larger than a limit, as on a disk that fills up."""


def _raised(error: BaseException) -> Callable[[], object]:
    def fault() -> object:
        raise error

    return fault


FAULTS = [
    pytest.param(OSError(errno.ENOSPC, "No space left on device"), id="full"),
    pytest.param(OSError(errno.EIO, "Input/output error"), id="broken-disk"),
    pytest.param(PermissionError(errno.EACCES, "Permission denied"), id="no-right"),
    pytest.param(KeyboardInterrupt(), id="interrupt"),
]


@pytest.fixture
def new(run: Run, plan: Path) -> bytes:
    """Return the content of the file after the update."""
    assert run(*UPDATE).code == 0
    content = plan.read_bytes()
    plan.write_text(PLAN)
    return content


def _steps(run: Run, plan: Path) -> list[Step]:
    """Return the steps of the update, undisturbed."""
    with Steps(plan.parent).watched() as steps:
        assert run(*UPDATE).code == 0
    plan.write_text(PLAN)
    return steps.made


def _assert_whole(run: Run, plan: Path, new: bytes, leftovers: int = 0) -> bool:
    """Assert that the file is the old or the new one and can be updated; return whether new.

    At most `leftovers` temporary files may be beside it, and the next update removes them.
    """
    content = plan.read_bytes()
    tomllib.loads(content.decode())
    assert content in (PLAN.encode(), new)
    left = [name for name in names_in(plan.parent) if name != plan.name]
    assert len(left) <= leftovers
    assert all(name.startswith(hidden_name(plan, ".")) for name in left)
    assert run("update", "T2", "--note", "y").code == 0
    assert notes_of(plan)[-1] == "y"
    assert names_in(plan.parent) == [plan.name]
    plan.write_text(PLAN)
    return content == new


def _moments(step: Step, fault: BaseException) -> Sequence[str]:
    """Return when `fault` can happen in a step.

    A call that fails has had no effect, but a write may be half done; closing always works.
    """
    if not isinstance(fault, KeyboardInterrupt):
        return {"write": ("before", "within"), "close": ()}.get(step.name, ("before",))
    return {"write": MOMENTS, "close": ("after",)}.get(step.name, ("before", "after"))


def _faults_at_each_step(run: Run, plan: Path, new: bytes, fault: BaseException) -> int:
    """Inject the fault into each step of the update at each moment; return how often."""
    injected = 0
    for step in _steps(run, plan):
        for moment in _moments(step, fault):
            with Steps(plan.parent, step.number, moment, _raised(fault)).watched():
                result = run(*UPDATE)
            assert "Traceback" not in result.err
            # What cannot be removed stays, and the next update removes it.
            is_new = _assert_whole(run, plan, new, leftovers=step.name == "unlink")
            if isinstance(fault, KeyboardInterrupt):
                assert (result.code, result.out, result.err) == (130, "", "")
            else:  # the message about the file is true
                assert (result.code, "was not written" in result.err) == (
                    (0, False) if is_new else (6, True)
                )
            injected += 1
    return injected


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_step_leaves_the_old_file_or_the_new_and_no_other_file(
    run: Run, plan: Path, new: bytes, fault: BaseException, prove: Prove
) -> None:
    prove("faults injected", _faults_at_each_step(run, plan, new, fault))


def test_the_steps_into_which_faults_are_injected_are_those_of_a_safe_write(
    run: Run, plan: Path
) -> None:
    steps = [(step.name, step.of_folder) for step in _steps(run, plan)]
    order = [
        ("open", False),
        ("write", False),
        ("fsync", False),
        ("replace", False),
        ("open", True),
        ("fsync", True),
    ]
    rest = iter(steps)  # `in` goes on behind what it finds
    assert [step for step in order if step not in rest] == []
    assert {("chmod", False), ("chown", False)} <= {*steps} or {
        ("fchmod", False),
        ("fchown", False),
    } <= {*steps}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_checks_of_faults_fail_for_a_plain_write(
    run: Run, plan: Path, new: bytes, fault: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "replace", written_in_place)
    # The checks find half a file, or an error that `main` does not know.
    with pytest.raises((AssertionError, tomllib.TOMLDecodeError, OSError)):
        _faults_at_each_step(run, plan, new, fault)


def _killed_at(step: Step, moment: str, way: str = "") -> int:
    program = "import runpy; runpy.run_module('tests.faults', run_name='__main__')"
    return tracker(step.number, moment, way, *UPDATE, program=program).returncode


def _kill_at_each_step(run: Run, plan: Path, way: str = "") -> list[bool]:
    """Kill an update at each of its steps; return of each kill whether it left the new file."""
    with Steps(plan.parent).watched() as steps:
        assert run(*UPDATE).code == 0
    plan.write_text(PLAN)
    ends = []
    for step in steps.made:
        for moment in ("within", "after") if step.name == "write" else ("after",):
            assert _killed_at(step, moment, way) == -signal.SIGKILL
            content = plan.read_bytes()
            is_new = content != PLAN.encode() and notes_of(plan) == ["Biểu mẫu điện tử", "x"]
            _assert_whole(run, plan, content if is_new else b"", leftovers=1)
            ends.append(is_new)
    return ends


@pytest.mark.proof
def test_killed_at_each_step_in_turn_the_file_is_the_old_one_or_the_new(
    run: Run, plan: Path, prove: Prove
) -> None:
    ends = _kill_at_each_step(run, plan)
    # Old, then new, and never old again: one step made the difference.
    assert (sorted(ends), {*ends}) == (ends, {False, True})
    prove("kills", len(ends))


@pytest.mark.proof
def test_the_checks_of_kills_fail_for_a_plain_write(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "replace", written_in_place)
    with pytest.raises((AssertionError, tomllib.TOMLDecodeError)):
        _kill_at_each_step(run, plan, "in-place")


def _longest_wait() -> float:
    """Return within how many seconds a signal is sent: in what an update takes, or soon after."""
    began = time.monotonic()
    assert tracker("update", "T1", "--note", "x").returncode == 0
    return 1.2 * (time.monotonic() - began)


def _signalled_at_random(
    signal_: signal.Signals, seed: int, longest: float, command: Sequence[str]
) -> tuple[int, str, str]:
    """Start a command, send it a signal at a random instant; return its exit code and output."""
    process = started_tracker(*command)
    instant = random.Random(seed).uniform(0, longest)  # noqa: S311  # an instant, not a secret
    with suppress(subprocess.TimeoutExpired):
        process.wait(instant)
    process.send_signal(signal_)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest.mark.proof
@pytest.mark.parametrize("batch", range(4))
def test_killed_at_random_instants_the_file_is_the_old_one_or_the_new(
    run: Run, plan: Path, batch: int, prove: Prove
) -> None:
    kills, number, longest = 0, 0, _longest_wait()
    while kills < KILLS:
        number += 1
        old = plan.read_bytes()
        code, _, _ = _signalled_at_random(
            signal.SIGKILL,
            SEED + batch * 1_000_000 + number,
            longest,
            ["update", "T1", "--note", str(number)],
        )
        assert code in (0, -signal.SIGKILL)
        new = plan.read_bytes()
        assert new == old or (new.startswith(old) and notes_of(plan)[-1] == str(number))
        assert code == -signal.SIGKILL or new != old
        assert len(names_in(plan.parent)) <= 2
        kills += code != 0
        if number % 5 == 0:
            assert run("update", "T2", "--note", "y").code == 0
            assert names_in(plan.parent) == ["tasks.toml"]
    prove("kills", kills)


_LOOP = """
import os, sys
from resolution_cli.cli import main

acknowledge = os.dup(1)
sys.stdout = open(os.devnull, "w", encoding="utf-8")
for number in range(int(sys.argv[2]), 1_000_000):
    if code := main(["update", "T1", "--note", str(number), "--file", sys.argv[1]]):
        sys.exit(code)
    os.write(acknowledge, b".")
"""
"""Updates an item again and again, numbered in the notes; writes a dot for each that was done."""


@pytest.mark.proof
def test_killed_between_writes_no_acknowledged_update_is_lost(
    run: Run, plan: Path, prove: Prove
) -> None:
    plan.write_text(PLAN_WITHOUT_HISTORY)
    instants = random.Random(SEED)  # noqa: S311  # instants, not secrets
    written = 0
    for _ in range(KILLS):
        worker = started_tracker(plan, written + 1, program=_LOOP)
        assert worker.stdout
        # It has begun. A buffered read would keep the dots that follow.
        acknowledged = os.read(worker.stdout.fileno(), 1).decode()
        with suppress(subprocess.TimeoutExpired):
            worker.wait(instants.uniform(0, 0.1))
        worker.kill()
        acknowledged += worker.communicate()[0]
        notes = notes_of(plan)
        assert notes == [str(number) for number in range(1, len(notes) + 1)]
        assert written + len(acknowledged) <= len(notes) <= written + len(acknowledged) + 1
        assert len(names_in(plan.parent)) <= 2
        written = len(notes)
    assert run("update", "T2", "--note", "y").code == 0
    assert names_in(plan.parent) == ["tasks.toml"]
    prove("kills", KILLS)


@pytest.mark.proof
def test_ctrl_c_at_random_instants_is_silent_and_leaves_no_other_file(
    plan: Path, prove: Prove
) -> None:
    longest = _longest_wait()
    for number in range(KILLS):
        old = plan.read_bytes()
        code, out, err = _signalled_at_random(
            signal.SIGINT, SEED + number, longest, ["update", "T1", "--note", str(number)]
        )
        new = plan.read_bytes()
        assert new == old or (new.startswith(old) and notes_of(plan)[-1] == str(number))
        assert names_in(plan.parent) == ["tasks.toml"]
        if code not in (0, 130):  # before `main` had begun, or after it had ended
            assert "resolution_cli/" not in err
            assert code in (1, -signal.SIGINT)
        else:
            assert err == ""
            assert code == 0 or out == ""
    prove("interrupts", KILLS)


@pytest.mark.parametrize("room", [0, 1, len(PLAN.encode()), len(PLAN.encode()) + 20])
def test_a_disk_that_fills_up_leaves_the_old_file(run: Run, plan: Path, room: int) -> None:
    done = tracker(plan, room, program=_LIMITED)
    assert (done.returncode, done.stdout) == (6, "")
    assert done.stderr == (
        f"Error: {plan} was not written: File too large.\n"
        "Hint: Free some disk space and run the command again.\n"
    )
    assert (plan.read_text(), names_in(plan.parent)) == (PLAN, ["tasks.toml"])
    assert run("update", "T1", "--note", "x").code == 0


def test_a_full_disk_leaves_the_old_file_until_there_is_room_again(run: Run, plan: Path) -> None:
    disk = plan.parent / "disk"
    disk.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if (
        not (mount and unmount)
        or subprocess.run(command, capture_output=True, check=False).returncode
    ):
        pytest.skip("only root may make a small disk, and not in every container")
    try:
        path = disk / "tasks.toml"
        path.write_text(PLAN)
        filler = disk / "filler"
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 512)
        result = run("update", "T1", "--note", "x", "-f", str(path))
        assert (result.code, result.out) == (6, "")
        assert "No space left on device" in result.err
        assert (path.read_text(), names_in(disk)) == (PLAN, ["filler", "tasks.toml"])
        filler.unlink()
        assert run("update", "T1", "--note", "x", "-f", str(path)).code == 0
    finally:
        subprocess.run([unmount, str(disk)], check=True)


@pytest.mark.parametrize("call", ["chown", "fchown"])
def test_an_update_does_without_an_owner_that_cannot_be_given(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, call, refuse)
    assert run("update", "T1", "--note", "x").code == 0
    assert notes_of(plan)[-1] == "x"


def test_what_a_killed_update_left_is_removed_by_the_next_and_nothing_else(
    run: Run, plan: Path
) -> None:
    left = [hidden_name(plan, ".0a1b2c3d.tracker-tmp"), hidden_name(plan, ".ffffffff.tracker-tmp")]
    other = hidden_name(plan.with_name("tasks"), ".0a1b2c3d.tracker-tmp")
    others = [other, ".tasks.toml.swp", "tasks.toml.bak", "tasks.toml.tracker-tmp"]
    for name in left + others:
        (plan.parent / name).write_text("x")
    run("list")
    assert names_in(plan.parent) == sorted([*left, *others, "tasks.toml"])
    assert run("update", "T1", "--note", "x").code == 0
    assert names_in(plan.parent) == sorted([*others, "tasks.toml"])
