"""The locks of a writer: that of the data file, and while it replaces the file that of its folder.

The lock of the file lets one writer in at a time. It is on the file itself, so when an editor
replaces the file meanwhile, one writer holds the lock of the old file and the next one that of the
new file. Even then neither overwrites the other: each compares and replaces the file under the lock
of the folder, which no editor replaces.
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
"""Seconds without a change of the file after which a writer stops waiting for the lock.

While the file keeps changing, the writers ahead make progress and are waited for.
"""

RETRY_AFTER = 0.05
"""Seconds between two attempts; the same for every waiting writer, so that none is favoured."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of the file at `path`, so that no other tracker writes it.

    It is a lock of the operating system, which releases it when the process ends, even if killed.
    Nothing is left beside the file.

    Raises:
        FileNotWritten: the file was locked and did not change for longer than `LONGEST_WAIT`, or it
            may not be written.

    """
    lock = _wait_for_lock(path)
    try:
        sweep(path)
        yield
    finally:
        os.close(lock)
        if system.IS_WINDOWS:
            with suppress(OSError):  # another process waits for it, and removes it later
                _lock_path(path).unlink()


@contextmanager
def folder_locked(path: Path) -> Iterator[None]:
    """Hold the lock of the folder of `path`, while the file at `path` is compared and replaced.

    Where the system has no locks for folders, as on Windows and on NFS, or does not let us read the
    folder, nothing is locked.

    Raises:
        FileNotWritten: another process has held the lock for longer than `LONGEST_WAIT`.

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
        while not _lock_folder_now(descriptor):
            if time.monotonic() - began > LONGEST_WAIT:
                raise _busy(path)
            time.sleep(RETRY_AFTER)
        yield
    finally:
        os.close(descriptor)


def _wait_for_lock(path: Path) -> int:
    """Return a descriptor that holds the lock of the file at `path`, waiting for it."""
    last_state, changed_at = None, time.monotonic()
    while True:
        refusal: OSError | None = None
        try:
            if (lock := _lock_now(path)) is not None:
                return lock
        except OSError as error:
            # On Windows a lock file cannot be opened while its holder is removing it.
            if not (system.IS_WINDOWS and isinstance(error, PermissionError)):
                raise system.not_locked(path, error) from None
            refusal = error
        now = time.monotonic()
        if (state := _state(path)) != last_state:
            last_state, changed_at = state, now
        elif now - changed_at > LONGEST_WAIT:
            raise system.not_written(path, refusal) if refusal else _busy(path)
        time.sleep(RETRY_AFTER)


def _lock_now(path: Path) -> int | None:
    """Return a descriptor that holds the lock, or None if another process does.

    Raise OSError if the file cannot be locked at all, FileNotWritten if it is read-only.
    """
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
        # The previous holder may have replaced the file: then this is the lock of the old one.
        with suppress(FileNotFoundError):  # it has just been removed; the next attempt decides
            is_held = _lock_descriptor(descriptor) and os.path.samestat(
                os.fstat(descriptor), lock_path.stat()
            )
        return descriptor if is_held else None
    finally:
        if not is_held:
            os.close(descriptor)


def _lock_path(path: Path) -> Path:
    """Return the file to lock for the data file at `path`: the data file itself.

    On Windows, where an open file cannot be replaced, it is a hidden file beside it.
    """
    return path.with_name(hidden_name(path, ".tracker-lock")) if system.IS_WINDOWS else path


def _state(path: Path) -> tuple[int, int] | None:
    """Return the inode and the time of change of the file, which differ after each write.

    None if there is no such file.
    """
    with suppress(OSError):
        status = path.stat()
        return status.st_ino, status.st_mtime_ns
    return None


def _lock_folder_now(descriptor: int) -> bool:
    """Lock the open folder. Return False if another process holds its lock.

    Return True also where the file system has no locks for folders.
    """
    try:
        return _flock(descriptor)
    except OSError:
        return True


def _lock_descriptor(descriptor: int) -> bool:
    """Lock the open file. Return False if another process holds its lock.

    Raise OSError if it cannot be locked at all.
    """
    if not system.IS_WINDOWS:
        return _flock(descriptor)
    from filelock import lock_descriptor  # noqa: PLC0415  # Windows alone needs it

    return lock_descriptor(descriptor, blocking=False)


def _flock(descriptor: int) -> bool:
    import fcntl  # noqa: PLC0415  # there is none on Windows

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _busy(path: Path) -> FileNotWritten:
    reason = _("another program has locked the file for over {seconds:g} seconds").format(
        seconds=LONGEST_WAIT
    )
    return FileNotWritten(path, reason, _("Try again in a moment."))
