"""Who may read and write a file that takes another's place: the same people as before, or nobody.

A new file belongs to whoever makes it. Its group, mode and access list are made those of the file
that it replaces, and its owner too where the system lets us. Where someone would gain or lose
access by it, the write is refused.
"""

import os
import stat
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from resolution_cli.errors import FileNotWritten
from resolution_cli.i18n import _
from resolution_cli.storage import system

_ACCESS_LIST = "system.posix_acl_access"
"""The attribute in which Linux keeps an access list: 4 bytes of version, then entries."""

_ENTRY = struct.Struct("<HHI")
"""An entry of an access list: what it is for, the permissions, the id of a user or group."""

_NAMED_USER, _OWNING_GROUP, _NAMED_GROUP, _MASK = 0x02, 0x04, 0x08, 0x10
_READ_WRITE = 0o6


class _Access(Struct, frozen=True):
    """Who may do what with a file, apart from its owner.

    Attributes:
        uid, gid: its owner and group.
        mode: its permission bits.
        access_list: as the system keeps it; empty where there is none.

    """

    uid: int
    gid: int
    mode: int
    access_list: bytes

    def entries(self, tag: int) -> Iterator[tuple[int, int]]:
        """Yield the id and the permissions of the access list's entries of a kind."""
        for found, permissions, number in _ENTRY.iter_unpack(self.access_list[4:]):
            if found == tag:
                yield number, permissions

    def group_permissions(self) -> int:
        """Return the permissions of the owning group."""
        if not self.access_list:
            return self.mode >> 3 & 0o7
        mask = next((permissions for _id, permissions in self.entries(_MASK)), 0o7)
        return next(permissions for _id, permissions in self.entries(_OWNING_GROUP)) & mask


def keep_rights(descriptor: int, path: Path) -> None:
    """Give the open new file the rights of the file at `path`, whose place it is to take.

    Raises:
        FileNotWritten: someone would gain or lose access, because the system does not let us.

    """
    if system.IS_WINDOWS:  # a new file has the rights of its folder there
        return
    old = _access(path)
    # All is asked for, then looked at: some file systems refuse what they have done already.
    for uid, gid in ((old.uid, old.gid), (-1, old.gid)):
        with suppress(OSError):
            os.fchown(descriptor, uid, gid)
            break
    _copy_attributes(descriptor, path)
    with suppress(OSError):
        os.fchmod(descriptor, old.mode)
    new = _access(descriptor)
    if reason := _reason_to_refuse(old, new):
        hint = (
            _("Give the file a group that you are in, with `chgrp`, or keep it on another disk.")
            if new.uid == old.uid
            else _(
                "Ask its owner to make the change, or to share the file with a group that you are in."
            )
        )
        raise FileNotWritten(path, reason, hint)


def _access(file: Path | int) -> _Access:
    status = os.stat(file)  # noqa: PTH116  # a path has no way to look at an open file
    access_list = b""
    if hasattr(os, "getxattr"):
        with suppress(OSError):  # it has none, or the file system knows none
            access_list = os.getxattr(file, _ACCESS_LIST)
    return _Access(status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode), access_list)


def _copy_attributes(descriptor: int, path: Path) -> None:
    """Give the open new file the access list and the users' attributes of the file at `path`."""
    if not hasattr(os, "listxattr"):
        return
    names: list[str] = []
    with suppress(OSError):
        names = os.listxattr(path)
    for name in names:
        if name == _ACCESS_LIST or name.startswith("user."):
            with suppress(OSError):
                os.setxattr(descriptor, name, os.getxattr(path, name))
    if _ACCESS_LIST not in names:
        with suppress(OSError):  # one that the folder gives to every new file
            os.removexattr(descriptor, _ACCESS_LIST)


def _reason_to_refuse(old: _Access, new: _Access) -> str | None:
    if new.access_list != old.access_list:
        return _("its access list could not be kept")
    if new.mode & 0o777 != old.mode & 0o777:
        return _("its mode {mode:o} could not be kept").format(mode=old.mode)
    # Where the group may do what everyone may, it does not matter which group it is.
    if new.gid != old.gid and old.group_permissions() != old.mode & 0o7:
        return _("its group could not be kept: you are not a member of it")
    if new.uid != old.uid and not _is_owner_served(old):
        return _("its owner would lose access")
    return None


def _is_owner_served(old: _Access) -> bool:
    """Say whether the owner of a file, once another owns it, may still do with it what he did."""
    needed = old.mode >> 6 & _READ_WRITE
    named = [permissions for number, permissions in old.entries(_NAMED_USER) if number == old.uid]
    groups = [(old.gid, old.group_permissions()), *old.entries(_NAMED_GROUP)]
    own = [permissions for number, permissions in groups if _may_be_member(old.uid, number)]
    return any(needed & ~permissions == 0 for permissions in (*named, *own, old.mode & 0o7))


def _may_be_member(uid: int, gid: int) -> bool:
    """Say whether a user is in a group, as far as this machine knows the user."""
    import pwd  # noqa: PLC0415  # there is none on Windows

    try:
        user = pwd.getpwuid(uid)
    except KeyError:  # of another machine, which shares the disk
        return True
    return gid in os.getgrouplist(user.pw_name, user.pw_gid)
