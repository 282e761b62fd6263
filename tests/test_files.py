"""The data file: links, modes, what is no file, locks, and edits by others meanwhile."""

import fcntl
import os
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from resolution_cli.storage import locking, writing
from resolution_cli.storage.temporary import hidden_name
from tests.support import (
    CHANGED_MEANWHILE,
    PLAN,
    Run,
    names_in,
    notes_of,
    posix,
    started_tracker,
    tracker,
)

_HOLDER = """
import fcntl, os, sys, time
descriptor = os.open(sys.argv[1], os.O_RDWR)
fcntl.flock(descriptor, fcntl.LOCK_EX)
print("ready", flush=True)
time.sleep(600)
"""
"""Holds the lock of a file until it is killed."""


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
    assert (target.is_symlink(), notes_of(target)) == (False, ["Biểu mẫu điện tử", "x"])
    assert (names_in(plan.parent), names_in(below)) == (["below", "tasks.toml"], ["tasks.toml"])


@posix
@pytest.mark.parametrize("mode", [0o640, 0o600, 0o664, 0o755], ids=oct)
def test_the_mode_is_kept(run: Run, plan: Path, mode: int) -> None:
    plan.chmod(mode)
    assert run("update", "T1", "--note", "x").code == 0
    assert stat.S_IMODE(plan.stat().st_mode) == mode


@posix
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file away"
)
def test_the_owner_is_kept(run: Run, plan: Path) -> None:
    os.chown(plan, 1234, 5678)
    assert run("update", "T1", "--note", "x").code == 0
    assert (plan.stat().st_uid, plan.stat().st_gid) == (1234, 5678)


def test_a_read_only_file_is_read_and_never_written_even_by_root(run: Run, plan: Path) -> None:
    plan.chmod(0o444)
    result = run("update", "T1", "--note", "x")
    assert (result.code, result.out) == (6, "")
    assert result.err.splitlines() == [
        "Error: tasks.toml was not written: the file is read-only.",
        "Hint: Check the permissions of the file and of its folder.",
    ]
    assert (plan.read_text(), names_in(plan.parent)) == (PLAN, ["tasks.toml"])
    assert run("list").code == 0


def test_a_dry_run_needs_no_right_to_write(run: Run, plan: Path) -> None:
    plan.chmod(0o444)
    assert run("update", "T1", "--note", "x", "--dry-run").code == 0
    assert (plan.read_text(), names_in(plan.parent)) == (PLAN, ["tasks.toml"])


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["report"], id="report"),
        pytest.param(["update", "T1", "--note", "x"], id="update"),
    ],
)
@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda _: None, "there is no such file.", id="missing"),
        pytest.param(
            lambda path: path.symlink_to("nowhere"), "there is no such file.", id="link-to-nothing"
        ),
        pytest.param(
            lambda path: path.symlink_to(path.name),
            "the file cannot be read: ",
            id="link-to-itself",
        ),
        pytest.param(lambda path: path.mkdir(), "this is not a file", id="folder"),
        pytest.param(
            os.mkfifo if hasattr(os, "mkfifo") else None,
            "this is not a file",
            id="pipe",
            marks=posix,
        ),
        pytest.param(
            lambda path: path.symlink_to("/dev/zero"),
            "this is not a file",
            id="device",
            marks=posix,
        ),
    ],
)
def test_what_is_no_file_is_refused_without_waiting(
    tmp_path: Path, command: list[str], make: Callable[[Path], None], says: str
) -> None:
    path = tmp_path / "plan.toml"
    make(path)
    before = names_in(tmp_path)
    # A process of its own, since one that waits for a pipe would wait for ever.
    done = tracker(*command, "--file", path)
    assert (done.returncode, done.stdout) == (5, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert names_in(tmp_path) == before


@posix
def test_a_file_that_another_holds_is_refused_after_five_seconds(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = count()  # a clock on which a second passes at each look
    monkeypatch.setattr(
        locking, "time", SimpleNamespace(monotonic=lambda: next(seconds), sleep=lambda _: None)
    )
    with _held(plan):
        result = run("update", "T1", "--note", "x")
        assert run("list").code == 0  # reading needs no lock
    message = (
        "Error: tasks.toml was not written: another program has locked the file for over"
        " 5 seconds.\nHint: Try again in a moment.\n"
    )
    assert result == (6, "", message)
    assert 5 <= next(seconds) <= 8
    assert (plan.read_text(), names_in(plan.parent)) == (PLAN, ["tasks.toml"])


@posix
def test_the_lock_of_a_killed_program_blocks_nobody(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "LONGEST_WAIT", 0.05)
    with _held(plan) as holder:
        assert run("update", "T1", "--note", "x").code == 6
        holder.kill()
        holder.wait()
        assert run("update", "T1", "--note", "x").code == 0
    assert notes_of(plan) == ["Biểu mẫu điện tử", "x"]


@posix
def test_an_update_that_waited_starts_from_what_the_other_wrote(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _held(plan) as holder:

        def other_replaces_and_ends(_: float) -> None:
            if holder.poll() is None:
                new = plan.with_name("new")
                new.write_text(PLAN.replace("Biểu mẫu", "Mẫu"))
                new.replace(plan)
                holder.kill()
                holder.wait()

        monkeypatch.setattr(
            locking,
            "time",
            SimpleNamespace(monotonic=time.monotonic, sleep=other_replaces_and_ends),
        )
        assert run("update", "T1", "--note", "x").code == 0
    assert notes_of(plan) == ["Mẫu điện tử", "x"]


@posix
def test_the_lock_is_that_of_the_file_that_stands_there_now(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = fcntl.flock
    tries = count(1)

    def after_another_replaced_it(descriptor: int, operation: int) -> None:
        if next(tries) == 1:
            _edit_by_replacing(plan)
        original(descriptor, operation)

    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", after_another_replaced_it)
        with locking.locked(plan):
            descriptor = os.open(plan, os.O_RDWR)
            with pytest.raises(BlockingIOError):
                original(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.close(descriptor)
    assert next(tries) == 3


@pytest.mark.parametrize(
    "command", [["update", "T1", "--note", "x"], ["update", "nobody", "--note", "x"]]
)
def test_a_command_releases_the_lock_however_it_ends(
    run: Run, plan: Path, command: list[str]
) -> None:
    run(*command)
    with locking.locked(plan):
        assert names_in(plan.parent) == ["tasks.toml"]


def _edit_in_place(path: Path) -> None:
    path.write_text(PLAN.replace("Roads", "Bridges"))


def _edit_by_replacing(path: Path) -> None:
    new = path.with_name("editor")
    new.write_text(PLAN.replace("Roads", "Bridges"))
    new.replace(path)


@pytest.mark.parametrize(
    "edit", [_edit_in_place, _edit_by_replacing], ids=["in-place", "by-replacing"]
)
@pytest.mark.parametrize("moment", ["before-the-write", "while-the-new-file-is-written"])
def test_an_edit_by_someone_else_meanwhile_is_kept(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Path], None], moment: str
) -> None:
    target, name = (writing, "replace") if moment == "before-the-write" else (os, "fsync")
    original = getattr(target, name)

    def after_the_edit(*arguments: Any) -> Any:
        edit(plan)
        return original(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(target, name, after_the_edit)
        result = run("update", "T1", "--note", "x")
    assert result == (6, "", CHANGED_MEANWHILE)
    assert plan.read_text() == PLAN.replace("Roads", "Bridges")
    assert names_in(plan.parent) == ["tasks.toml"]
    assert run("update", "T1", "--note", "x").code == 0


def test_a_file_that_someone_removed_meanwhile_is_not_made_again(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = writing.replace

    def after_the_removal(path: Path, old: bytes, new: bytes) -> None:
        path.unlink()
        original(path, old, new)

    monkeypatch.setattr(writing, "replace", after_the_removal)
    result = run("update", "T1", "--note", "x")
    assert (result.code, result.out) == (6, "")
    assert names_in(plan.parent) == []


@contextmanager
def _held(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the lock of the file at `path`."""
    holder = started_tracker(path, program=_HOLDER)
    assert holder.stdout
    try:
        assert holder.stdout.readline() == "ready\n"
        yield holder
    finally:
        holder.kill()
        holder.communicate()


@posix
def test_a_chain_of_links_leads_to_the_file_and_stays(run: Run, plan: Path) -> None:
    target = plan.rename(plan.parent / "real.toml")
    plan.with_name("second").symlink_to("real.toml")
    plan.symlink_to("second")
    assert run("update", "T1", "--note", "x").code == 0
    assert (plan.readlink(), plan.with_name("second").readlink()) == (
        Path("second"),
        Path("real.toml"),
    )
    assert notes_of(target)[-1] == "x"
    assert names_in(plan.parent) == ["real.toml", "second", "tasks.toml"]


@posix
@pytest.mark.parametrize("is_link", [False, True], ids=["file", "link"])
def test_what_was_planted_under_a_temporary_name_is_neither_written_nor_followed(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, *, is_link: bool
) -> None:
    plan.parent.chmod(0o777)
    victim = plan.parent / "victim"
    victim.write_text("precious")
    monkeypatch.setattr(os, "urandom", bytes)  # the name that the planter guessed
    planted = plan.parent / hidden_name(plan, f".{bytes(4).hex()}.tracker-tmp")
    plant = (
        (lambda: planted.symlink_to(victim)) if is_link else (lambda: planted.write_text("planted"))
    )
    original = writing.replace

    def after_it_was_planted(path: Path, old: bytes, new: bytes) -> None:
        plant()  # old temporary files are removed by now
        original(path, old, new)

    with monkeypatch.context() as patch:
        patch.setattr(writing, "replace", after_it_was_planted)
        result = run("update", "T1", "--note", "x")
    assert (result.code, plan.read_text(), victim.read_text()) == (6, PLAN, "precious")
    plan.parent.chmod(0o700)
    assert run("update", "T1", "--note", "x").code == 0
    assert (notes_of(plan)[-1], victim.read_text(), plan.is_symlink()) == ("x", "precious", False)
    assert names_in(plan.parent) == ["tasks.toml", "victim"]


@posix
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write to any folder"
)
def test_a_folder_that_may_not_be_written_to_keeps_its_file(run: Run, plan: Path) -> None:
    plan.parent.chmod(0o555)
    result = run("update", "T1", "--note", "x")
    plan.parent.chmod(0o755)
    assert (result.code, result.out, plan.read_text()) == (6, "", PLAN)
    assert "Permission denied" in result.err
