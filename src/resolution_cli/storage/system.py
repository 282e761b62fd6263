"""The operating system's errors as a person needs them: a reason and what to do next."""

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from resolution_cli.errors import FileNotWritten
from resolution_cli.i18n import N_, _

IS_WINDOWS = os.name == "nt"

_REASONS: Mapping[int, str] = {
    errno.ENOENT: N_("the folder does not exist"),
    errno.ENOTDIR: N_("the folder does not exist"),
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EDQUOT: N_("Disk quota exceeded"),
    errno.EFBIG: N_("File too large"),
    errno.EROFS: N_("Read-only file system"),
    errno.EIO: N_("Input/output error"),
    errno.EBUSY: N_("Device or resource busy"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.ELOOP: N_("Too many levels of symbolic links"),
}
"""The commonest errors of the system in its own words, so that they can be translated."""

_NO_RIGHT = (errno.EACCES, errno.EPERM)
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EBADF, errno.EINVAL)
"""The errors of a file system that has no locks, or none for such a file."""

_HINTS: Mapping[tuple[int, ...], str] = {
    (errno.ENOSPC, errno.EDQUOT, errno.EFBIG): N_(
        "Free some disk space and run the command again."
    ),
    (errno.ENOENT, errno.ENOTDIR): N_("Create the folder first, or choose another."),
    _NO_RIGHT: N_("Check the permissions of the file and of its folder."),
    (errno.EROFS,): N_("Copy the file to a disk that can be written to."),
    (errno.EBUSY,): N_(
        "The file may be mounted alone, as in a container; then it cannot be replaced. "
        "Mount its folder instead."
    ),
    (errno.ENAMETOOLONG,): N_("Give a shorter name."),
    (errno.ELOOP,): N_("Name the file itself, not a link to it."),
}


def reason(error: OSError) -> str:
    """Return the reason of `error`, translated where it is one of the commonest."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)


def reading_hint(error: OSError) -> str:
    """Return the hint for a file that could not be read because of `error`."""
    if error.errno in _NO_RIGHT:
        return _("Check the permissions of the file.")
    return _hint(error)


def not_written(path: Path, error: OSError) -> FileNotWritten:
    """Return `error` as the error of a file at `path` that was not written, with a hint."""
    return FileNotWritten(path, reason(error), _hint(error))


def not_locked(path: Path, error: OSError) -> FileNotWritten:
    """Return `error` as the error of a file at `path` that could not be locked, with a hint."""
    if error.errno in _NO_LOCKS:
        hint = _(
            "The file system has no file locks; without them, one of two simultaneous "
            "updates would be lost. Move the file to another disk."
        )
        return FileNotWritten(path, reason(error), hint)
    return not_written(path, error)


def _hint(error: OSError) -> str:
    for numbers, hint in _HINTS.items():
        if error.errno in numbers:
            return _(hint)
    return _("Check the disk or its connection, then run the command again.")
