"""A file that several people share: an update keeps who may read and write it, or is refused."""

import errno
import os
import pwd
import stat
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.support import PLAN, Run, names_in, notes_of, posix
from tests.users import OFFICE, Users, access_list, as_root, shared, users

__all__ = ["shared", "users"]

pytestmark = posix

ONE, TWO, STRANGER = 45_001, 45_002, 45_003
"""Users of whom this machine knows no more than their numbers."""

NOBODY = 0xFFFFFFFF
"""The id of an entry of an access list that needs none."""

_LIST = "system.posix_acl_access"
_UPDATE = ("update", "T1", "--note", "x")


def _plan(folder: Path, owner: int, group: int, mode: int) -> Path:
    path = folder / "tasks.toml"
    path.write_text(PLAN, encoding="utf-8")
    os.chown(path, owner, group)
    path.chmod(mode)
    return path


def _rights(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_gid, stat.S_IMODE(status.st_mode)


def _with_list(path: Path, entries: bytes) -> None:
    try:
        os.setxattr(path, _LIST, entries)
    except OSError as error:
        pytest.skip(f"no access lists here: {error}")


@as_root
@pytest.mark.parametrize("mode", [0o660, 0o664])
def test_colleagues_update_a_file_of_their_group_by_turns(
    shared: Path, users: Users, mode: int
) -> None:
    path = _plan(shared, ONE, OFFICE, mode)
    for number, user in enumerate((TWO, ONE, TWO, ONE)):
        done = users.run(user, "update", "T1", "--note", str(number), groups=[OFFICE])
        assert (done.returncode, done.stderr) == (0, "")
        assert _rights(path) == (OFFICE, mode)
    assert notes_of(path)[1:] == ["0", "1", "2", "3"]
    assert names_in(shared) == ["tasks.toml"]


@as_root
def test_a_file_of_a_group_that_the_writer_is_not_in_is_refused(shared: Path, users: Users) -> None:
    path = _plan(shared, ONE, OFFICE, 0o660)
    shared.chmod(0o777)
    os.chown(path, ONE, OFFICE)
    refused = users.run(ONE, *_UPDATE)
    assert (refused.returncode, refused.stdout) == (6, "")
    assert (
        "tasks.toml was not written: its group could not be kept: you are not a member of it."
        in refused.stderr
    )
    assert "Hint: Give the file a group that you are in, with `chgrp`" in refused.stderr
    assert (path.read_text(encoding="utf-8"), _rights(path)) == (PLAN, (OFFICE, 0o660))
    assert names_in(shared) == ["tasks.toml"]


@as_root
@pytest.mark.parametrize("mode", [0o644, 0o666])
def test_the_group_need_not_be_kept_where_everyone_has_its_rights(
    shared: Path, users: Users, mode: int
) -> None:
    path = _plan(shared, ONE, OFFICE, mode)
    shared.chmod(0o777)
    assert users.run(ONE, *_UPDATE).returncode == 0
    assert stat.S_IMODE(path.stat().st_mode) == mode


@as_root
def test_an_owner_who_would_be_locked_out_keeps_the_file(shared: Path, users: Users) -> None:
    daemon = pwd.getpwnam("daemon").pw_uid  # a user whom this machine knows not to be in the group
    path = _plan(shared, daemon, OFFICE, 0o660)
    refused = users.run(TWO, *_UPDATE, groups=[OFFICE])
    assert (refused.returncode, refused.stdout) == (6, "")
    assert "tasks.toml was not written: its owner would lose access." in refused.stderr
    assert "Hint: Ask its owner to make the change" in refused.stderr
    assert (path.read_text(encoding="utf-8"), path.stat().st_uid) == (PLAN, daemon)


@as_root
@pytest.mark.parametrize("by", [ONE, TWO], ids=["owner", "colleague"])
def test_an_access_list_is_kept(shared: Path, users: Users, by: int) -> None:
    path = _plan(shared, ONE, OFFICE, 0o600)
    entries = access_list(
        ("owner", 6, NOBODY),
        ("user", 6, ONE),
        ("user", 6, TWO),
        ("group", 0, NOBODY),
        ("mask", 6, NOBODY),
        ("other", 0, NOBODY),
    )
    _with_list(path, entries)
    done = users.run(by, *_UPDATE, groups=[OFFICE])
    assert (done.returncode, done.stderr) == (0, "")
    assert os.getxattr(path, _LIST) == entries
    assert _rights(path) == (OFFICE, 0o660)
    # The mode shows the mask: the group itself may still do nothing.
    assert users.run(STRANGER, "list", groups=[OFFICE]).returncode == 5
    assert users.run(ONE, "list").returncode == 0


@as_root
def test_an_owner_whom_no_entry_names_keeps_a_file_that_a_list_shares(
    shared: Path, users: Users
) -> None:
    path = _plan(shared, ONE, OFFICE, 0o600)
    _with_list(
        path,
        access_list(
            ("owner", 6, NOBODY),
            ("user", 6, TWO),
            ("group", 0, NOBODY),
            ("mask", 6, NOBODY),
            ("other", 0, NOBODY),
        ),
    )
    refused = users.run(TWO, *_UPDATE, groups=[OFFICE])
    assert (refused.returncode, refused.stdout) == (6, "")
    assert "its owner would lose access" in refused.stderr
    assert (path.read_text(encoding="utf-8"), path.stat().st_uid) == (PLAN, ONE)


@as_root
def test_a_group_that_a_list_names_shares_a_file(shared: Path, users: Users) -> None:
    path = _plan(shared, ONE, ONE, 0o600)
    entries = access_list(
        ("owner", 6, NOBODY),
        ("group", 0, NOBODY),
        ("named-group", 6, OFFICE),
        ("mask", 6, NOBODY),
        ("other", 0, NOBODY),
    )
    _with_list(path, entries)
    for user in (TWO, ONE, TWO):
        done = users.run(user, *_UPDATE, groups=[OFFICE])
        assert (done.returncode, done.stderr) == (0, "")
        assert os.getxattr(path, _LIST) == entries


@as_root
def test_a_right_that_the_mask_takes_away_need_not_be_kept(shared: Path, users: Users) -> None:
    path = _plan(shared, ONE, OFFICE, 0o600)
    shared.chmod(0o777)
    _with_list(
        path,
        access_list(
            ("owner", 6, NOBODY),
            ("user", 6, TWO),
            ("group", 6, NOBODY),
            ("mask", 4, NOBODY),
            ("other", 4, NOBODY),
        ),
    )
    assert users.run(ONE, *_UPDATE).returncode == 0


@as_root
def test_the_owner_need_not_be_kept_where_everyone_has_his_rights(
    shared: Path, users: Users
) -> None:
    _plan(shared, pwd.getpwnam("daemon").pw_uid, OFFICE, 0o666)
    assert users.run(TWO, *_UPDATE, groups=[OFFICE]).returncode == 0


def test_a_list_that_the_folder_gives_to_new_files_does_not_open_an_old_one(
    run: Run, plan: Path
) -> None:
    plan.chmod(0o600)
    try:
        os.setxattr(
            plan.parent,
            "system.posix_acl_default",
            access_list(
                ("owner", 7, NOBODY),
                ("user", 7, TWO),
                ("group", 7, NOBODY),
                ("mask", 7, NOBODY),
                ("other", 7, NOBODY),
            ),
        )
    except OSError as error:
        pytest.skip(f"no access lists here: {error}")
    assert run(*_UPDATE).code == 0
    assert _LIST not in os.listxattr(plan)
    assert stat.S_IMODE(plan.stat().st_mode) == 0o600


def test_an_access_list_that_cannot_be_kept_is_a_reason_to_refuse(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = access_list(
        ("owner", 6, NOBODY),
        ("user", 4, TWO),
        ("group", 0, NOBODY),
        ("mask", 4, NOBODY),
        ("other", 0, NOBODY),
    )
    _with_list(plan, entries)
    monkeypatch.setattr(os, "setxattr", _refuse)
    result = run(*_UPDATE)
    assert (result.code, result.out) == (6, "")
    assert "tasks.toml was not written: its access list could not be kept." in result.err
    assert (plan.read_text(encoding="utf-8"), os.getxattr(plan, _LIST)) == (PLAN, entries)
    assert names_in(plan.parent) == ["tasks.toml"]


def test_extended_attributes_of_users_are_kept(run: Run, plan: Path) -> None:
    try:
        os.setxattr(plan, "user.origin", b"archive")
    except OSError as error:
        pytest.skip(f"no attributes here: {error}")
    assert run(*_UPDATE).code == 0
    assert os.getxattr(plan, "user.origin") == b"archive"


def _refuse(*_: object, **__: object) -> None:
    raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))


@pytest.mark.parametrize("calls", [("fchmod",), ("fchown",), ("fchmod", "fchown")], ids="+".join)
def test_a_file_system_that_knows_no_modes_does_not_stop_an_update(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, calls: tuple[str, ...]
) -> None:
    plan.chmod(0o600)  # what every new file has there, as by an option of the mount
    for call in calls:
        monkeypatch.setattr(os, call, _refuse)
    assert run(*_UPDATE).code == 0
    assert notes_of(plan)[-1] == "x"


@pytest.mark.parametrize("refuse", [_refuse, lambda *_: None], ids=["refused", "ignored"])
def test_a_mode_that_cannot_be_kept_is_a_reason_to_refuse(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, refuse: Callable[..., None]
) -> None:
    plan.chmod(0o664)
    monkeypatch.setattr(os, "fchmod", refuse)
    result = run(*_UPDATE)
    assert (result.code, result.out) == (6, "")
    assert "tasks.toml was not written: its mode 664 could not be kept." in result.err
    assert (plan.read_text(encoding="utf-8"), names_in(plan.parent)) == (PLAN, ["tasks.toml"])


@pytest.mark.usefixtures("plan")
def test_on_windows_a_new_file_has_the_rights_of_its_folder(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("resolution_cli.storage.rights.system", SimpleNamespace(IS_WINDOWS=True))
    monkeypatch.setattr(os, "fchown", None)
    assert run(*_UPDATE).code == 0


@as_root
@pytest.mark.parametrize("way", ["found", "named", "environment"])
def test_an_unreadable_file_is_reported_however_it_was_named(
    shared: Path, users: Users, way: str
) -> None:
    path = _plan(shared, 0, 0, 0o600)
    command = ["list", *(["-f", "tasks.toml"] if way == "named" else [])]
    file = path if way == "environment" else None
    done = users.run(STRANGER, "--lang", "vi", *command, file=file)
    assert (done.returncode, done.stdout) == (5, "")
    assert "không" in done.stderr
    assert "is not readable" not in done.stderr
    english = users.run(STRANGER, *command, file=file)
    assert (
        "tasks.toml: the file cannot be read: Permission denied\n"
        "Hint: Check the permissions of the file.\n" in english.stderr
    )


@as_root
@pytest.mark.parametrize(
    "command", [["list"], ["update", "T1", "--note", "x"]], ids=lambda words: words[0]
)
def test_a_data_file_in_a_folder_that_may_not_be_entered_is_not_passed_over(
    shared: Path, users: Users, command: list[str]
) -> None:
    for folder in (shared / "data", shared / "below"):
        folder.mkdir()
    _plan(shared / "data", 0, 0, 0o644)
    (shared / "data").chmod(0o700)
    for place in (".", "below"):
        done = users.run(STRANGER, *command, folder=place)
        assert (done.returncode, done.stdout) == (5, "")
        assert "data/tasks.toml: the file cannot be read: Permission denied" in done.stderr


def test_a_link_that_leads_nowhere_is_not_passed_over(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = plan.parent / "below"
    below.mkdir()
    (below / "tasks.toml").symlink_to("/nowhere/tasks.toml")
    monkeypatch.chdir(below)
    for command in (["list"], _UPDATE):
        result = run(*command)
        assert (result.code, result.err.splitlines()[0]) == (
            5,
            "Error: tasks.toml: there is no such file.",
        )
    assert plan.read_text(encoding="utf-8") == PLAN


@as_root
@pytest.mark.parametrize("is_unreadable", [False, True])
def test_an_output_that_may_not_be_read_is_replaced_all_the_same(
    shared: Path, users: Users, *, is_unreadable: bool
) -> None:
    _plan(shared, ONE, ONE, 0o644)
    output = shared / "list.csv"
    output.write_text("old", encoding="utf-8")
    os.chown(output, ONE, ONE)
    output.chmod(0o200 if is_unreadable else 0o600)
    shared.chmod(0o777)
    done = users.run(ONE, "list", "-o", "list.csv", "--force")
    assert (done.returncode, done.stderr) == (0, "Written to list.csv.\n")
    assert output.read_text(encoding="utf-8-sig").startswith("id,")
