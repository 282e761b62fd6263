"""Locks: which of several writers goes on, and what happens where the system has no locks."""

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from resolution_cli.storage import locking, system
from resolution_cli.storage.temporary import hidden_name
from tests.support import CHANGED_MEANWHILE, PLAN, Result, Run, names_in, notes_of, posix

pytestmark = posix


_UPDATE = ("update", "T1", "--note", "x")


def _before_next(monkeypatch: pytest.MonkeyPatch, name: str, action: Callable[[], None]) -> None:
    """Let `action` happen once, before the next call of the function `name` of `os`."""
    original = getattr(os, name)
    left = [action]

    def call(*arguments: Any, **named: Any) -> Any:
        if left:
            left.pop()()
        return original(*arguments, **named)

    monkeypatch.setattr(os, name, call)


def _saved(path: Path, text: str) -> None:
    """Save as editors do: a new file takes the place of the old one."""
    new = path.with_name("editor")
    new.write_text(text, encoding="utf-8")
    new.rename(path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("plan", "plan.2026.toml"),
        ("tasks.toml", "tasks.toml.toml"),
        ("a.toml", "a.toml.0a1b2c3d.toml"),
    ],
)
def test_a_data_file_beside_another_does_not_take_its_temporary_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one: str, other: str
) -> None:
    for name in (one, other):
        (tmp_path / name).write_text(PLAN, encoding="utf-8")
    results: list[Result] = []
    _before_next(monkeypatch, "fsync", lambda: results.append(run(*_UPDATE, "-f", one)))
    results.append(run(*_UPDATE, "-f", other))
    assert [result.code for result in results] == [0, 0]
    assert [notes_of(tmp_path / name)[-1] for name in (one, other)] == ["x", "x"]
    assert names_in(tmp_path) == sorted([one, other])


def test_an_update_does_not_take_the_temporary_file_of_an_output_beside_it(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results: list[Result] = []
    _before_next(monkeypatch, "fsync", lambda: results.append(run(*_UPDATE)))
    results.append(run("report", "-o", "tasks.toml.html"))
    assert [result.code for result in results] == [0, 0]
    assert names_in(plan.parent) == ["tasks.toml", "tasks.toml.html"]


@pytest.mark.parametrize(
    "saved", [PLAN.replace("Roads", "Bridges"), PLAN], ids=["changed", "unchanged"]
)
def test_of_two_updates_with_an_editor_between_them_the_second_is_kept(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, saved: str
) -> None:
    results: list[Result] = []

    def editor_saves_and_another_updates() -> None:
        _saved(plan, saved)
        living = [name for name in names_in(plan.parent) if name != plan.name]
        results.append(run("update", "T2", "--note", "second"))
        # The temporary file of the first is still there.
        assert names_in(plan.parent) == sorted([*living, plan.name])

    _before_next(monkeypatch, "fsync", editor_saves_and_another_updates)
    first = run("update", "T1", "--note", "first")
    assert ([result.code for result in results], first) == ([0], (6, "", CHANGED_MEANWHILE))
    assert plan.read_text(encoding="utf-8").startswith(saved)
    assert notes_of(plan)[1:] == ["second"]
    assert names_in(plan.parent) == ["tasks.toml"]


def test_an_update_that_is_reported_as_written_is_not_overwritten_at_once(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results: list[Result] = []

    def editor_saves_and_another_updates() -> None:
        # The first update has compared the file for the last time.
        _saved(plan, PLAN)
        with monkeypatch.context() as patch:
            patch.setattr(locking, "LONGEST_WAIT", 0.01)
            results.append(run("update", "T2", "--note", "second"))

    _before_next(monkeypatch, "replace", editor_saves_and_another_updates)
    assert run("update", "T1", "--note", "first").code == 0
    assert [result.code for result in results] == [6]
    assert notes_of(plan)[1:] == ["first"]
    assert names_in(plan.parent) == ["tasks.toml"]


@pytest.mark.parametrize(
    "number", [errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP], ids=errno.errorcode.get
)
def test_a_folder_that_cannot_be_locked_does_not_stop_an_update(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    original = fcntl.flock

    def of_files_only(descriptor: int, operation: int) -> None:
        if os.path.samestat(os.fstat(descriptor), plan.parent.stat()):
            raise OSError(number, os.strerror(number))
        original(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", of_files_only)
    assert run(*_UPDATE).code == 0
    assert notes_of(plan)[-1] == "x"


@contextmanager
def _held(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def test_a_folder_that_another_holds_is_refused_after_five_seconds(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = count()
    monkeypatch.setattr(
        locking, "time", SimpleNamespace(monotonic=lambda: next(clock), sleep=lambda _: None)
    )
    with _held(plan.parent):
        result = run(*_UPDATE)
    assert (
        result.code,
        "another program has locked the file for over 5 seconds" in result.err,
    ) == (6, True)
    assert names_in(plan.parent) == ["tasks.toml"]


def test_an_update_goes_on_waiting_as_long_as_others_keep_writing(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds, naps = [0.0], []
    with _held(plan) as descriptor:

        def another_is_served(nap: float) -> None:
            naps.append(nap)
            seconds[0] += 4
            if len(naps) == 50:
                fcntl.flock(descriptor, fcntl.LOCK_UN)
            os.utime(plan, (len(naps), len(naps)))

        monkeypatch.setattr(
            locking, "time", SimpleNamespace(monotonic=lambda: seconds[0], sleep=another_is_served)
        )
        assert run(*_UPDATE).code == 0
    # All look equally often; otherwise the last to come would wait longest.
    assert naps == [locking.RETRY_AFTER] * 50


@pytest.mark.parametrize(
    "number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP], ids=errno.errorcode.get
)
def test_a_file_system_without_locks_is_named_as_the_cause(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object, **__: object) -> bool:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    result = run(*_UPDATE)
    assert (result.code, result.out) == (6, "")
    assert "Hint: The file system has no file locks" in result.err
    assert (plan.read_text(encoding="utf-8"), names_in(plan.parent)) == (PLAN, ["tasks.toml"])


@pytest.mark.parametrize(
    ("number", "says"),
    [
        pytest.param(errno.EBUSY, "mounted alone, as in a container", id="EBUSY"),
        pytest.param(errno.EROFS, "Copy the file to a disk that can be written to.", id="EROFS"),
        pytest.param(errno.EIO, "Check the disk or its connection", id="EIO"),
        pytest.param(errno.ESTALE, "Check the disk or its connection", id="ESTALE"),
        pytest.param(
            errno.EACCES, "Check the permissions of the file and of its folder.", id="EACCES"
        ),
        pytest.param(
            errno.EPERM, "Check the permissions of the file and of its folder.", id="EPERM"
        ),
        pytest.param(errno.ENOSPC, "Free some disk space", id="ENOSPC"),
    ],
)
def test_each_error_of_the_system_gets_its_own_hint(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        result = run(*_UPDATE)
    assert (result.code, result.out, says in result.err) == (6, "", True)
    assert ("Check the permissions" in result.err) == (number in (errno.EACCES, errno.EPERM))
    assert (plan.read_text(encoding="utf-8"), names_in(plan.parent)) == (PLAN, ["tasks.toml"])


_LONGEST = ["n" * 250 + ".toml", "ệ" * 83 + "n.toml"]


@pytest.mark.parametrize("name", _LONGEST, ids=["letters", "vietnamese"])
def test_a_data_file_of_the_longest_name_is_updated(run: Run, plan: Path, name: str) -> None:
    path = plan.rename(plan.with_name(name))
    assert len(os.fsencode(name)) >= 254
    assert run(*_UPDATE, "-f", name).code == 0
    assert (notes_of(path)[-1], names_in(plan.parent)) == ("x", [name])


class _Windows:
    """Imitates Windows, where others keep files open: calls of a function of `os` fail at first."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, name: str, suffix: str, refusals: int
    ) -> None:
        self.left = refusals
        original = getattr(os, name)
        seconds = count()

        def call(first: Any, *rest: Any, **named: Any) -> Any:
            if self.left and os.fsdecode(first).endswith(suffix):
                self.left -= 1
                raise PermissionError(errno.EACCES, "Access is denied")
            return original(first, *rest, **named)

        clock = SimpleNamespace(monotonic=lambda: next(seconds), sleep=lambda _: None)
        monkeypatch.setattr(system, "IS_WINDOWS", True)
        monkeypatch.setattr(os, name, call)
        monkeypatch.setattr(locking, "time", clock)
        monkeypatch.setattr("resolution_cli.storage.writing.time", clock)


_REFUSED = [
    pytest.param("replace", ".tracker-tmp", id="a-scanner-has-the-file-open"),
    pytest.param("open", ".tracker-lock", id="a-lock-file-is-being-removed"),
]


@pytest.mark.parametrize(("name", "suffix"), _REFUSED)
def test_on_windows_a_refusal_that_passes_is_waited_for(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, name: str, suffix: str
) -> None:
    windows = _Windows(monkeypatch, name, suffix, refusals=3)
    assert run(*_UPDATE).code == 0
    assert (windows.left, notes_of(plan)[-1], names_in(plan.parent)) == (0, "x", ["tasks.toml"])


@pytest.mark.parametrize(("name", "suffix"), _REFUSED)
def test_on_windows_a_refusal_that_stays_is_reported_after_five_seconds(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, name: str, suffix: str
) -> None:
    windows = _Windows(monkeypatch, name, suffix, refusals=1000)
    result = run(*_UPDATE)
    assert (result.code, result.out) == (6, "")
    assert "tasks.toml was not written: Permission denied." in result.err
    assert 980 < windows.left < 1000
    assert (plan.read_text(encoding="utf-8"), names_in(plan.parent)) == (PLAN, ["tasks.toml"])


def test_elsewhere_a_refusal_is_reported_at_once(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows = _Windows(monkeypatch, "replace", ".tracker-tmp", refusals=1000)
    monkeypatch.setattr(system, "IS_WINDOWS", False)
    assert run(*_UPDATE).code == 6
    assert (windows.left, names_in(plan.parent)) == (999, [plan.name])


def test_on_windows_the_lock_stands_beside_the_file_as_long_as_it_is_held(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "IS_WINDOWS", True)
    monkeypatch.setattr(locking, "LONGEST_WAIT", 0.01)
    with locking.locked(plan):
        assert names_in(plan.parent) == [hidden_name(plan, ".tracker-lock"), "tasks.toml"]
        assert run(*_UPDATE).code == 6
    assert names_in(plan.parent) == ["tasks.toml"]
    assert run(*_UPDATE).code == 0


def test_an_update_whose_temporary_file_is_removed_by_another_is_refused(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = fcntl.flock

    def after_its_removal(descriptor: int, operation: int) -> None:
        if operation == fcntl.LOCK_EX:  # of the temporary file, which nobody has locked until now
            for entry in plan.parent.glob("*.tracker-tmp"):
                entry.unlink()
        original(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", after_its_removal)
    assert run(*_UPDATE) == (6, "", CHANGED_MEANWHILE)
    assert (plan.read_text(encoding="utf-8"), names_in(plan.parent)) == (PLAN, ["tasks.toml"])


def test_a_pipe_under_the_name_of_a_temporary_file_is_removed_without_waiting(
    run: Run, plan: Path
) -> None:
    os.mkfifo(plan.with_name(hidden_name(plan, ".0a1b2c3d.tracker-tmp")))
    assert run(*_UPDATE).code == 0
    assert names_in(plan.parent) == ["tasks.toml"]
