"""Writing files: the data file is replaced, other files are created or replaced.

A write happens completely or not at all: killed at any instant, it leaves the old file or the new.
"""

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from resolution_cli import i18n
from resolution_cli.errors import FileExists, FileNotWritten
from resolution_cli.i18n import _
from resolution_cli.storage import limits, locking, system
from resolution_cli.storage.temporary import Content, sweep, temporary_file


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Replace the file at `path` by one with the content `new`, if it still has the content `old`.

    The caller holds the lock of the file, `locking.locked`.

    Raises:
        FileNotWritten: the system refuses, the new content exceeds a limit and could not be read
            again, or the file was changed meanwhile; the file is as it was.

    """
    _check_limits(path, new)
    try:
        with temporary_file(path, new, is_replacing=True) as temporary:
            with locking.folder_locked(path):
                if _content_now(path) != old:
                    reason = _("someone else changed it in the meantime")
                    raise FileNotWritten(path, reason, _("Run the command again."))
                _rename(temporary, path)
            _sync_folder(path.parent)
    except OSError as error:
        raise system.not_written(path, error) from None


def create(path: Path, new: bytes) -> None:
    """Write `new` to a new file at `path`, creating its missing parent folders.

    Raises:
        FileExists: something exists at `path`.
        FileNotWritten: the system refuses.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_new(path, new)
    except FileExistsError:
        raise FileExists(
            path, _("Choose another folder, or move the existing file away.")
        ) from None
    except OSError as error:
        raise system.not_written(path, error) from None


def write_output(path: Path, new: Content, *, is_forced: bool) -> None:
    """Write `new`, the result of a command, to the file at `path`, completely or not at all.

    An error that is raised while `new` is made leaves nothing of it.

    Raises:
        FileExists: something exists at `path`, and `is_forced` is false.
        FileNotWritten: what exists there is not a file, or the system refuses.

    """
    hint = _("Add --force to replace it, or choose another file.")
    try:
        if _is_taken(path) and not path.is_file():
            raise FileNotWritten(path, _("this is not a file"), _("Choose another file."))
        if not _is_taken(path):
            _write_new(path, new)
        elif not is_forced:
            raise FileExists(path, hint)
        else:
            _replace_output(path, new)
    except FileExistsError:
        raise FileExists(path, hint) from None
    except OSError as error:
        raise system.not_written(path, error) from None


def write_outputs(folder: Path, new: Mapping[str, bytes], *, is_forced: bool) -> list[Path]:
    """Write the files `new`, by name, into a folder, which is made if need be; return their paths.

    Each is written completely or not at all, and none where one exists that is not to be replaced.

    Raises:
        FileExists, FileNotWritten: as `write_output`.

    """
    paths = [folder / name for name in new]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = next((path for path in paths if _is_taken(path)), None)
    except FileExistsError:
        reason = _("this is not a folder")
        raise FileNotWritten(folder, reason, _("Name another folder.")) from None
    except OSError as error:
        raise system.not_written(folder, error) from None
    if taken and not is_forced:
        raise FileExists(taken, _("Add --force to replace it, or name another folder."))
    for path, content in zip(paths, new.values(), strict=True):
        write_output(path, content, is_forced=is_forced)
    return paths


def _check_limits(path: Path, new: bytes) -> None:
    """Raise FileNotWritten if the content `new` exceeds a limit, so that it could not be read."""
    if len(new) > limits.LARGEST:
        reason = _("the file would be too large: {excess}").format(excess=limits.excess(len(new)))
        raise FileNotWritten(path, reason, _("Move done items to another file."))
    if limits.has_too_many_values(new):
        reason = _("the file has too many values")
        raise FileNotWritten(path, reason, _("Move done items to another file."))
    if line := limits.line_too_long(new):
        reason = _("line {line} would be longer than {count} bytes").format(
            line=line, count=i18n.number(limits.LONGEST_LINE)
        )
        raise FileNotWritten(path, reason, _("Give a shorter text."))


def _is_taken(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _replace_output(path: Path, new: Content) -> None:
    path = Path(os.path.realpath(path))  # a symbolic link is kept, its target replaced
    status = path.stat()
    if not status.st_mode & 0o222:
        raise FileNotWritten(
            path,
            _("the file is read-only"),
            _("Check the permissions of the file and of its folder."),
        )
    if _is_stream(status):
        reason = _("the output of this command already goes there")
        raise FileNotWritten(path, reason, _("Name another file; use - for the output itself."))
    sweep(path)
    with temporary_file(path, new, is_replacing=True) as temporary:
        _rename(temporary, path)
        _sync_folder(path.parent)


def _is_stream(status: os.stat_result) -> bool:
    """Return whether stdout or stderr is this file, as for /dev/stdout after `>> file`.

    Replacing the file would lose what it held, and what is written to the stream afterwards.
    """
    for stream in (1, 2):
        with suppress(OSError):  # the stream is closed
            if os.path.samestat(os.fstat(stream), status):
                return True
    return False


def _write_new(path: Path, new: Content) -> None:
    """Write `new` to a new file at `path`. Raise FileExistsError if something exists there."""
    sweep(path)
    with temporary_file(path, new, is_replacing=False) as temporary:
        _name_without_replacing(temporary, path)
    _sync_folder(path.parent)


def _content_now(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _rename(temporary: Path, path: Path) -> None:
    """Rename the file `temporary` to `path`, replacing the file there.

    Windows refuses this while a reader or a virus scanner has the file open, so it is tried again.
    """
    began = time.monotonic()
    while True:
        try:
            temporary.replace(path)
        except PermissionError:
            if not system.IS_WINDOWS or time.monotonic() - began > locking.LONGEST_WAIT:
                raise
        else:
            return
        time.sleep(locking.RETRY_AFTER)


def _name_without_replacing(temporary: Path, path: Path) -> None:
    """Give the file `temporary` the name `path`. Raise FileExistsError if that name exists."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as FAT
        if path.exists():
            raise FileExistsError from None
        temporary.rename(path)


def _sync_folder(folder: Path) -> None:
    """Sync the folder, and so the new name of a file in it, to the disk, where the system can.

    A failure (on Windows, on some network disks) is ignored: the file has its new content already,
    and at worst a power cut in the next seconds restores the complete old content.
    """
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
