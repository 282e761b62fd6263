"""The access rights of a file that replaces another: the same users keep the same access.

A new file belongs to the user who creates it. It gets the group, the mode and the access list of
the file that it replaces, and its owner too where the system allows it. If anybody would gain or
lose access, the write is refused.
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
"""An entry of an access list: its tag, the permissions, the id of a user or group."""

_NAMED_USER, _OWNING_GROUP, _NAMED_GROUP, _MASK = 0x02, 0x04, 0x08, 0x10
_READ_WRITE = 0o6


class _Access(Struct, frozen=True):
    """The owner, the group and the permissions of a file.

    Attributes:
        uid, gid: the ids of its owner and group.
        mode: its permission bits.
        access_list: its POSIX access list as the system stores it; empty if it has none.

    """

    uid: int
    gid: int
    mode: int
    access_list: bytes

    def entries(self, tag: int) -> Iterator[tuple[int, int]]:
        """Yield the user or group id and the permissions of each access list entry with `tag`."""
        for entry_tag, permissions, number in _ENTRY.iter_unpack(self.access_list[4:]):
            if entry_tag == tag:
                yield number, permissions

    def group_permissions(self) -> int:
        """Return the permissions of the owning group, limited by the mask of the access list."""
        if not self.access_list:
            return self.mode >> 3 & 0o7
        mask = next((permissions for _id, permissions in self.entries(_MASK)), 0o7)
        return next(permissions for _id, permissions in self.entries(_OWNING_GROUP)) & mask


def keep_rights(descriptor: int, path: Path) -> None:
    """Give the open new file the access rights of the file at `path`, which it will replace.

    Raises:
        FileNotWritten: the system does not allow it, so that somebody would gain or lose access.

    """
    if system.IS_WINDOWS:  # there a new file has the rights of its folder
        return
    old = _access(path)
    # Errors are ignored and the result is compared: some file systems refuse to set the value that
    # is already set.
    for uid, gid in ((old.uid, old.gid), (-1, old.gid)):
        with suppress(OSError):
            os.fchown(descriptor, uid, gid)
            break
    _copy_attributes(descriptor, path)
    with suppress(OSError):
        os.fchmod(descriptor, old.mode)
    new = _access(descriptor)
    if reason := _reason_to_refuse(old, new):
        if new.uid == old.uid:
            hint = _(
                "Give the file a group that you are in, with `chgrp`, or keep it on another disk."
            )
        else:
            hint = _(
                "Ask its owner to make the change, "
                "or to share the file with a group that you are in."
            )
        raise FileNotWritten(path, reason, hint)


def _access(file: Path | int) -> _Access:
    status = os.stat(file)  # noqa: PTH116  # `file` may be a descriptor, which pathlib cannot stat
    access_list = b""
    if hasattr(os, "getxattr"):
        with suppress(OSError):  # it has none, or the file system supports none
            access_list = os.getxattr(file, _ACCESS_LIST)
    return _Access(status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode), access_list)


def _copy_attributes(descriptor: int, path: Path) -> None:
    """Give the open new file the access list and the `user.` attributes of the file at `path`."""
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
        with suppress(OSError):  # the default list that the folder gives to every new file
            os.removexattr(descriptor, _ACCESS_LIST)


def _reason_to_refuse(old: _Access, new: _Access) -> str | None:
    """Return how the access rights `new` differ from `old`; None if access is the same."""
    if new.access_list != old.access_list:
        return _("its access list could not be kept")
    if new.mode & 0o777 != old.mode & 0o777:
        return _("its mode {mode:o} could not be kept").format(mode=old.mode)
    # Where the group has the permissions of everyone else, it does not matter which group it is.
    if new.gid != old.gid and old.group_permissions() != old.mode & 0o7:
        return _("its group could not be kept: you are not a member of it")
    if new.uid != old.uid and not _keeps_owners_access(old):
        return _("its owner would lose access")
    return None


def _keeps_owners_access(old: _Access) -> bool:
    """Return whether the owner of a file keeps read and write access when another user owns it."""
    needed = old.mode >> 6 & _READ_WRITE
    as_user = [permissions for number, permissions in old.entries(_NAMED_USER) if number == old.uid]
    groups = [(old.gid, old.group_permissions()), *old.entries(_NAMED_GROUP)]
    as_member = [permissions for number, permissions in groups if _may_be_member(old.uid, number)]
    granted = (*as_user, *as_member, old.mode & 0o7)
    return any(needed & ~permissions == 0 for permissions in granted)


def _may_be_member(uid: int, gid: int) -> bool:
    """Return whether a user is in a group; True if this machine does not know the user."""
    import pwd  # noqa: PLC0415  # there is none on Windows

    try:
        user = pwd.getpwuid(uid)
    except KeyError:  # a user of another machine that shares the disk
        return True
    return gid in os.getgrouplist(user.pw_name, user.pw_gid)
