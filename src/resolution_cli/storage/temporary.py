"""Temporary files: a file's new content, synced to the disk beside it before it replaces the file.

The process that writes one holds its lock until it exits, so that no other process removes it as
the leftover of a killed one.
"""

import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from resolution_cli.errors import FileNotWritten
from resolution_cli.i18n import _
from resolution_cli.storage import system
from resolution_cli.storage.rights import keep_rights

_SUFFIX = ".tracker-tmp"

Content = bytes | Callable[[IO[bytes]], object]
"""The content of a file, or what writes it into the open file, part by part."""


def hidden_name(path: Path, ending: str) -> str:
    """Return the name of a hidden file that belongs to the one at `path`, of a fixed length.

    It begins with a checksum of that file's name, which itself may be as long as a name can be.
    """
    return f".{zlib.crc32(os.fsencode(os.path.normcase(path.name))):08x}{ending}"


@contextmanager
def temporary_file(path: Path, new: Content, *, is_replacing: bool) -> Iterator[Path]:
    """Yield the path of a new file beside `path` with the content `new`, synced to the disk.

    It is removed at the end, unless it was renamed by then. With `is_replacing` it gets the access
    rights of the file at `path`, which it is going to replace.

    Raises:
        FileNotWritten: the rights cannot be kept, or another tracker has removed the new file.
        OSError: the system refuses to create or write it.

    """
    temporary = path.with_name(hidden_name(path, f".{os.urandom(4).hex()}{_SUFFIX}"))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(temporary, flags, 0o600 if is_replacing else 0o666)
        with os.fdopen(descriptor, "wb") as file:
            if not system.IS_WINDOWS:
                _hold(descriptor, path)
            if is_replacing:
                keep_rights(descriptor, path)
            if isinstance(new, bytes):
                file.write(new)
            else:
                new(file)
            file.flush()
            os.fsync(descriptor)
            if system.IS_WINDOWS:  # where an open file cannot be renamed
                file.close()
            yield temporary
    finally:
        with suppress(OSError):  # it was renamed, or the next writer removes it
            temporary.unlink()


def sweep(path: Path) -> None:
    """Remove the temporary files of the file at `path` whose writers no longer run."""
    start = hidden_name(path, ".")
    with suppress(OSError):  # some folders can be written to but not listed
        for entry in path.parent.iterdir():
            if entry.name.startswith(start) and entry.name.endswith(_SUFFIX):
                with suppress(OSError):  # its writer still runs, or it is another user's
                    _remove_if_abandoned(entry)


def _hold(descriptor: int, path: Path) -> None:
    """Lock the new temporary file, where the file system has locks.

    Raise FileNotWritten if another process has removed it.
    """
    import fcntl  # noqa: PLC0415  # there is none on Windows

    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    if os.fstat(descriptor).st_nlink == 0:  # removed between its creation and its locking
        reason = _("someone else changed it in the meantime")
        raise FileNotWritten(path, reason, _("Run the command again."))


def _remove_if_abandoned(temporary: Path) -> None:
    """Remove a temporary file unless its writer holds its lock. Raise OSError if it cannot be."""
    if system.IS_WINDOWS or temporary.is_symlink():
        # No writer makes a link, and Windows refuses to remove a file that is open.
        temporary.unlink()
        return
    import fcntl  # noqa: PLC0415  # there is none on Windows

    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK  # so that opening a pipe does not block
    descriptor = os.open(temporary, flags)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        temporary.unlink()
    finally:
        os.close(descriptor)
