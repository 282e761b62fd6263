"""Temporary files: the new content of a file beside it, safe on the disk before it takes its place.

Whoever writes one holds its lock as long as he lives, so that nobody takes it for one left by the
dead.
"""

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from resolution_cli.errors import FileNotWritten
from resolution_cli.i18n import _
from resolution_cli.storage import system
from resolution_cli.storage.rights import keep_rights

_SUFFIX = ".tracker-tmp"


def hidden_name(path: Path, ending: str) -> str:
    """Return the name of a file that goes with the one at `path`: short, however long that is."""
    return f".{zlib.crc32(os.fsencode(os.path.normcase(path.name))):08x}{ending}"


@contextmanager
def temporary_file(path: Path, new: bytes, *, is_replacing: bool) -> Iterator[Path]:
    """Make a file beside `path` that holds `new`, safe on the disk; remove it at the end if it is there.

    One that is to replace the file at `path` has the rights of that.

    Raises:
        FileNotWritten: the rights cannot be kept, or another tracker writes the same file at the
        same time. OSError: the system does not let it.

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
            file.write(new)
            file.flush()
            os.fsync(descriptor)
            if system.IS_WINDOWS:  # which renames no open file
                file.close()
            yield temporary
    finally:
        with suppress(OSError):  # it has become the file itself, or the next writer sweeps it
            temporary.unlink()


def sweep(path: Path) -> None:
    """Remove the temporary files of the file at `path` whose writers have died."""
    start = hidden_name(path, ".")
    with suppress(OSError):  # a folder may be written to and not listed
        for entry in path.parent.iterdir():
            if entry.name.startswith(start) and entry.name.endswith(_SUFFIX):
                with suppress(OSError):  # its writer lives, or it is another user's
                    _remove_if_dead(entry)


def _hold(descriptor: int, path: Path) -> None:
    """Lock the new temporary file, where the file system has locks."""
    import fcntl  # noqa: PLC0415  # there is none on Windows

    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    if os.fstat(descriptor).st_nlink == 0:  # swept between its making and its locking
        reason = _("someone else changed it in the meantime")
        raise FileNotWritten(path, reason, _("Run the command again."))


def _remove_if_dead(temporary: Path) -> None:
    """Remove a temporary file unless its writer holds it. Raise OSError if it cannot be."""
    if system.IS_WINDOWS or temporary.is_symlink():
        temporary.unlink()  # no writer has made a link, and Windows removes no open file
        return
    import fcntl  # noqa: PLC0415  # there is none on Windows

    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK  # a pipe is not waited for
    descriptor = os.open(temporary, flags)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        temporary.unlink()
    finally:
        os.close(descriptor)
