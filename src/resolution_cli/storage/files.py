"""Files on the disk: the data file found, read, locked, replaced; others made. The only module that touches the disk.

A write is whole or absent: killed at any instant, the file is the old one or the new one.
"""

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from resolution_cli import i18n
from resolution_cli.errors import DataFileBroken, DataFileMissing, FileExists, FileNotWritten, Problem
from resolution_cli.i18n import N_, _
from resolution_cli.storage import limits

NAMES = (Path("tasks.toml"), Path("data", "tasks.toml"))
"""What a data file is called, looked for in a folder and then in those above it."""

LONGEST_WAIT = 5.0
"""Seconds to wait for another writer."""

_RETRY_AFTER = 0.01
_TEMPORARY_SUFFIX = ".tracker-tmp"
_IS_WINDOWS = os.name == "nt"


def found_path(folder: Path) -> Path | None:
    """Return the data file of `folder`, from there, or that of the nearest folder above it that has one, whole."""
    for parent in (folder, *folder.parents):
        for name in NAMES:
            path = parent / name
            with suppress(OSError):  # a folder above that is closed to us is none of ours
                if path.is_file():
                    return name if parent == folder else path
    return None


def shipped_path() -> Path:
    """Return the resolution that comes with the program: inside the wheel, or the repository's own file."""
    package = Path(__file__).parents[1]  # importlib.resources would say the same, for 2 ms of every start
    packaged = package / "data" / "tasks.toml"
    return packaged if packaged.is_file() else package.parents[1] / "data" / "tasks.toml"


def content(path: Path) -> bytes:
    """Return what the file at `path` holds.

    Raises:
        DataFileMissing: there is no file.
        DataFileBroken: it is no ordinary file, or the system does not let it be read.

    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would wait for ever, a folder has no text
            raise _unreadable(path, _("this is not a file"), _("Name the TOML file itself."))
        if status.st_size > limits.LARGEST:
            message = _("it is too large, {excess}").format(excess=limits.excess(status.st_size))
            raise _unreadable(path, message, _("Is this the right file?"))
        found = path.read_bytes()
    except FileNotFoundError:
        raise DataFileMissing(
            _("{path}: there is no such file.").format(path=path),
            _("Check the name, or make a file with `tracker init`."),
        ) from None
    except OSError as error:
        message = _("it cannot be read: {reason}").format(reason=_reason(error))
        raise _unreadable(path, message, _("Check the rights of the file.")) from None
    if limits.has_too_many_values(found):
        raise _unreadable(path, _("it holds too many values"), _("Is this the right file?"))
    if line := limits.line_too_long(found):
        message = _("this line is longer than {count} bytes").format(count=i18n.number(limits.LONGEST_LINE))
        raise DataFileBroken(path, [Problem((), "", "", message, _("Break it up."), line)])
    return found


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the right to write the file at `path` against every other tracker.

    The lock is the operating system's: it goes with a process that dies, and leaves nothing beside the file.

    Raises:
        FileNotWritten: another holds it for longer than `LONGEST_WAIT`, or the file may not be written.

    """
    began = time.monotonic()
    while (lock := _lock_now(path)) is None:
        if (waited := time.monotonic() - began) > LONGEST_WAIT:
            reason = _("another program has held it for over {seconds:g} seconds").format(seconds=LONGEST_WAIT)
            raise FileNotWritten(path, reason, _("Try again in a moment."))
        time.sleep(_RETRY_AFTER / (1 + 9 * waited))  # who has waited long looks more often, so that none starves
    try:
        _sweep(path)
        yield
    finally:
        os.close(lock)
        if _IS_WINDOWS:
            with suppress(OSError):  # another waits for it, and removes it later
                _lock_path(path).unlink()


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Put `new` in the place of the file at `path`, if that still holds `old`. The lock must be held.

    Raises:
        FileNotWritten: the system does not let it, `content` would refuse the new file, or the file has been changed
            meanwhile; it is as it was.

    """
    if len(new) > limits.LARGEST:
        reason = _("it would be too large, {excess}").format(excess=limits.excess(len(new)))
        raise FileNotWritten(path, reason, _("Move what is done to another file."))
    if limits.has_too_many_values(new):
        raise FileNotWritten(path, _("it holds too many values"), _("Move what is done to another file."))
    if line := limits.line_too_long(new):
        reason = _("line {line} would be longer than {count} bytes").format(
            line=line, count=i18n.number(limits.LONGEST_LINE)
        )
        raise FileNotWritten(path, reason, _("Give a shorter text."))
    try:
        with _temporary_file(path, new, path.stat()) as temporary:
            if path.read_bytes() != old:
                raise FileNotWritten(
                    path, _("someone else changed it in the meantime"), _("Run the command once more.")
                )
            temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _not_written(path, error) from None


def create(path: Path, new: bytes) -> None:
    """Write `new` to a file that is not there yet, making the folders that it needs.

    Raises:
        FileExists: there is something at `path`.
        FileNotWritten: the system does not let it.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_new(path, new)
    except FileExistsError:
        raise FileExists(path, _("Name another folder, or move it away.")) from None
    except OSError as error:
        raise _not_written(path, error) from None


def write_output(path: Path, new: bytes, *, is_forced: bool) -> None:
    """Write `new`, which is handed over, to the file at `path`, whole or not at all; replace one only if `is_forced`.

    Raises:
        FileExists: there is something at `path`, and `is_forced` is not given.
        FileNotWritten: what is there is no file, or the system does not let it.

    """
    hint = _("Give --force to replace it, or name another file.")
    try:
        if _is_taken(path) and not path.is_file():
            raise FileNotWritten(path, _("this is not a file"), _("Name another file."))
        if not _is_taken(path):
            _write_new(path, new)
        elif not is_forced:
            raise FileExists(path, hint)
        else:
            path = Path(os.path.realpath(path))  # a symbolic link stays one
            if not path.stat().st_mode & 0o222:
                raise FileNotWritten(path, _("it is read-only"), _("Check the rights of the file and folder."))
            with _temporary_file(path, new, path.stat()) as temporary:
                temporary.replace(path)
            _sync_folder(path.parent)
    except FileExistsError:
        raise FileExists(path, hint) from None
    except OSError as error:
        raise _not_written(path, error) from None


def _is_taken(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _write_new(path: Path, new: bytes) -> None:
    """Write `new` to a file that is not there yet. Raise FileExistsError if there is one by now."""
    with _temporary_file(path, new, None) as temporary:
        _name_without_replacing(temporary, path)
    _sync_folder(path.parent)


def _lock_path(path: Path) -> Path:
    """Return the file whose lock stands for the data file at `path`.

    It is the data file itself, but on Windows, which lets nobody replace a file that is open.
    """
    return path.with_name(f".{path.name}.lock") if _IS_WINDOWS else path


def _lock_now(path: Path) -> int | None:
    """Return a descriptor that holds the lock, or None if another has it."""
    from filelock import lock_descriptor  # noqa: PLC0415  # only a write pays for it

    lock_path = _lock_path(path)
    try:
        if not path.stat().st_mode & 0o222:
            raise FileNotWritten(path, _("it is read-only"), _("Check the rights of the file and folder."))
        descriptor = os.open(lock_path, os.O_RDWR | (os.O_CREAT if _IS_WINDOWS else 0))
    except OSError as error:
        raise _not_written(path, error) from None
    try:
        # The one who held the lock before may have put a new file in its place: then this one guards nothing.
        if lock_descriptor(descriptor, blocking=False) and os.path.samestat(os.fstat(descriptor), lock_path.stat()):
            return descriptor
    except FileNotFoundError:
        pass  # it has just been removed; the next try tells
    except OSError as error:
        os.close(descriptor)
        raise _not_written(path, error) from None
    os.close(descriptor)
    return None


def _sweep(path: Path) -> None:
    """Remove what a killed writer left beside `path`. With the lock held, no living one has anything there."""
    with suppress(OSError):  # a folder may be written to and not listed
        for entry in path.parent.iterdir():
            if entry.name.startswith(f".{path.name}.") and entry.name.endswith(_TEMPORARY_SUFFIX):
                entry.unlink()


@contextmanager
def _temporary_file(path: Path, new: bytes, like: os.stat_result | None) -> Iterator[Path]:
    """Make a file beside `path` that holds `new`, safe on the disk, with the mode and owner of `like`."""
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}{_TEMPORARY_SUFFIX}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(temporary, flags, 0o600 if like else 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(descriptor)
        if like:
            if hasattr(os, "chown"):
                with suppress(PermissionError):
                    os.chown(temporary, like.st_uid, like.st_gid)
            temporary.chmod(stat.S_IMODE(like.st_mode))
        yield temporary
    finally:
        with suppress(OSError):  # it has become the file itself, or the next writer sweeps it
            temporary.unlink()


def _name_without_replacing(temporary: Path, path: Path) -> None:
    """Give the file `temporary` the name `path`. Raise FileExistsError if something has that name."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, as on many a memory stick
        if path.exists():
            raise FileExistsError from None
        temporary.rename(path)


def _sync_folder(folder: Path) -> None:
    """Make the new name of a file as safe on the disk as its content, where the system can.

    The file has its new content by now. Where this fails (on Windows, on some network disks), a power cut in the next
    seconds may bring the old content back, whole.
    """
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _unreadable(path: Path, message: str, hint: str) -> DataFileBroken:
    return DataFileBroken(path, [Problem((), "", "", message, hint)])


def _not_written(path: Path, error: OSError) -> FileNotWritten:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        hint = _("Make room on the disk and run the command again.")
    elif error.errno in (errno.ENOENT, errno.ENOTDIR):
        hint = _("Make the folder first, or name another.")
    else:
        hint = _("Check the rights of the file and folder.")
    return FileNotWritten(path, _reason(error), hint)


_REASONS = {
    errno.ENOENT: N_("there is no such folder"),
    errno.ENOTDIR: N_("there is no such folder"),
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EDQUOT: N_("Disk quota exceeded"),
    errno.EFBIG: N_("File too large"),
    errno.EROFS: N_("Read-only file system"),
    errno.EIO: N_("Input/output error"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.ELOOP: N_("Too many levels of symbolic links"),
}
"""What the system says most often, in its words, so that they can be translated."""


def _reason(error: OSError) -> str:
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)
