"""Files written on the disk: the data file replaced, others made or replaced.

A write is whole or absent: killed at any instant, the file is the old one or the new one.
"""

import os
import time
from contextlib import suppress
from pathlib import Path

from resolution_cli import i18n
from resolution_cli.errors import FileExists, FileNotWritten
from resolution_cli.i18n import _
from resolution_cli.storage import limits, locking, system
from resolution_cli.storage.temporary import sweep, temporary_file


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Put `new` in the place of the file at `path`, if that still holds `old`. The lock must be held.

    Raises:
        FileNotWritten: the system does not let it, `content` would refuse the new file, or the file
        has been changed
            meanwhile; it is as it was.

    """
    if len(new) > limits.LARGEST:
        reason = _("the file would be too large: {excess}").format(excess=limits.excess(len(new)))
        raise FileNotWritten(path, reason, _("Move done items to another file."))
    if limits.has_too_many_values(new):
        raise FileNotWritten(
            path, _("the file has too many values"), _("Move done items to another file.")
        )
    if line := limits.line_too_long(new):
        reason = _("line {line} would be longer than {count} bytes").format(
            line=line, count=i18n.number(limits.LONGEST_LINE)
        )
        raise FileNotWritten(path, reason, _("Give a shorter text."))
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
    """Write `new` to a file that is not there yet, making the folders that it needs.

    Raises:
        FileExists: there is something at `path`.
        FileNotWritten: the system does not let it.

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


def write_output(path: Path, new: bytes, *, is_forced: bool) -> None:
    """Write `new`, which is handed over, to the file at `path`, whole or not at all; replace one only if `is_forced`.

    Raises:
        FileExists: there is something at `path`, and `is_forced` is not given.
        FileNotWritten: what is there is no file, or the system does not let it.

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


def _is_taken(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _replace_output(path: Path, new: bytes) -> None:
    path = Path(os.path.realpath(path))  # a symbolic link stays one
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
    """Say whether our output or errors are written to a file, as to /dev/stdout behind `>> file`.

    A new file in its place would take away what it held, and what is written to it next.
    """
    for stream in (1, 2):
        with suppress(OSError):  # it is closed
            if os.path.samestat(os.fstat(stream), status):
                return True
    return False


def _write_new(path: Path, new: bytes) -> None:
    """Write `new` to a file that is not there yet. Raise FileExistsError if there is one by now."""
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
    """Put the file `temporary` in the place of the one at `path`.

    Windows refuses that while a reader or a scanner of viruses has the file open, which passes.
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

    The file has its new content by now. Where this fails (on Windows, on some network disks), a
    power cut in the next seconds may bring the old content back, whole.
    """
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
