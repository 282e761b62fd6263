"""Who may write a data file now: the lock of the file, and to replace it that of its folder.

The file's lock makes writers take turns. It is the file's own, so an editor that puts another file
in its place leaves a writer with the lock of a file that is gone, and the next writer with that of
the new one. Neither overwrites the other: each compares and replaces under the lock of the folder,
which stays.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from resolution_cli.errors import FileNotWritten
from resolution_cli.i18n import _
from resolution_cli.storage import system
from resolution_cli.storage.temporary import hidden_name, sweep

LONGEST_WAIT = 5.0
"""Seconds to wait for another writer since the file was last replaced: a crowd moves on."""

RETRY_AFTER = 0.05
"""Seconds between two looks, the same for all who wait."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the right to write the file at `path` against every other tracker.

    The lock is the operating system's: it goes with a process that dies, and leaves nothing beside
    the file.

    Raises:
        FileNotWritten: another has held it for longer than `LONGEST_WAIT`, or the file may not be
        written.

    """
    lock = _lock_in_turn(path)
    try:
        sweep(path)
        yield
    finally:
        os.close(lock)
        if system.IS_WINDOWS:
            with suppress(OSError):  # another waits for it, and removes it later
                _lock_path(path).unlink()


@contextmanager
def folder_locked(path: Path) -> Iterator[None]:
    """Hold the lock of the folder of `path`, for the instant in which that is compared and replaced.

    Where the system has no locks for folders, as on Windows and on NFS, or does not let us read the
    folder, this holds nothing.

    Raises:
        FileNotWritten: another has held it for longer than `LONGEST_WAIT`.

    """
    descriptor = None
    if not system.IS_WINDOWS:
        with suppress(OSError):
            descriptor = os.open(path.parent, os.O_RDONLY)
    if descriptor is None:
        yield
        return
    try:
        began = time.monotonic()
        while not _is_folder_held(descriptor):
            if time.monotonic() - began > LONGEST_WAIT:
                raise _busy(path)
            time.sleep(RETRY_AFTER)
        yield
    finally:
        os.close(descriptor)


def _lock_in_turn(path: Path) -> int:
    """Return a descriptor that holds the lock of the file at `path`, waiting for it."""
    seen, since = None, time.monotonic()
    while True:
        refused: OSError | None = None
        try:
            if (lock := _lock_now(path)) is not None:
                return lock
        except OSError as error:
            # On Windows nobody may open a lock file that its holder is removing.
            if not (system.IS_WINDOWS and isinstance(error, PermissionError)):
                raise system.not_locked(path, error) from None
            refused = error
        now = time.monotonic()
        if (state := _state(path)) != seen:
            seen, since = state, now
        elif now - since > LONGEST_WAIT:
            raise system.not_written(path, refused) if refused else _busy(path)
        time.sleep(RETRY_AFTER)


def _lock_now(path: Path) -> int | None:
    """Return a descriptor that holds the lock, or None if another does. Raise OSError if none can."""
    from filelock import lock_descriptor  # noqa: PLC0415  # only a write pays for it

    lock_path = _lock_path(path)
    if not path.stat().st_mode & 0o222:
        raise FileNotWritten(
            path,
            _("the file is read-only"),
            _("Check the permissions of the file and of its folder."),
        )
    descriptor = os.open(lock_path, os.O_RDWR | (os.O_CREAT if system.IS_WINDOWS else 0))
    is_held = False
    try:
        # Who held the lock before may have replaced the file: then this one guards nothing.
        with suppress(FileNotFoundError):  # it has just been removed; the next try tells
            is_held = lock_descriptor(descriptor, blocking=False) and os.path.samestat(
                os.fstat(descriptor), lock_path.stat()
            )
        return descriptor if is_held else None
    finally:
        if not is_held:
            os.close(descriptor)


def _lock_path(path: Path) -> Path:
    """Return the file whose lock stands for the data file at `path`.

    It is the data file itself, but on Windows, which lets nobody replace a file that is open.
    """
    return path.with_name(hidden_name(path, ".tracker-lock")) if system.IS_WINDOWS else path


def _state(path: Path) -> tuple[int, int] | None:
    """Return what changes when another writer is served: which file it is, and when it was written."""
    with suppress(OSError):
        status = path.stat()
        return status.st_ino, status.st_mtime_ns
    return None


def _is_folder_held(descriptor: int) -> bool:
    """Lock the open folder; say whether that is done, or there are no locks for folders."""
    import fcntl  # noqa: PLC0415  # there is none on Windows

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _busy(path: Path) -> FileNotWritten:
    reason = _("another program has locked the file for over {seconds:g} seconds").format(
        seconds=LONGEST_WAIT
    )
    return FileNotWritten(path, reason, _("Try again in a moment."))
