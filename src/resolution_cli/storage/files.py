"""The data file found on the disk, and read."""

import stat
from pathlib import Path

from resolution_cli import i18n
from resolution_cli.errors import DataFileBroken, DataFileMissing, Problem
from resolution_cli.i18n import _
from resolution_cli.storage import limits, system

NAMES = (Path("tasks.toml"), Path("data", "tasks.toml"))
"""What a data file is called, looked for in a folder and then in those above it."""


def found_path(folder: Path) -> Path | None:
    """Return the data file of `folder`, the one that we are in, or that of the nearest folder above it that has one.

    That of `folder` is named from there, one further up whole. A link that leads nowhere is found
    too: the file that it should lead to is meant, and no other.

    Raises:
        DataFileBroken: a folder on the way may not be entered, so that nobody knows what is there.

    """
    for parent in (folder, *folder.parents):
        for name in NAMES:
            path = name if parent == folder else parent / name
            if _is_data_file(path):
                return path
    return None


def shipped_path() -> Path:
    """Return the resolution that comes with the program: inside the wheel, or the repository's own file."""
    package = Path(__file__).parents[
        1
    ]  # importlib.resources would say the same, for 2 ms of every start
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
            raise _unreadable(
                path, _("this is not a file"), _("Give the path of the TOML file itself.")
            )
        if status.st_size > limits.LARGEST:
            message = _("the file is too large: {excess}").format(
                excess=limits.excess(status.st_size)
            )
            raise _unreadable(path, message, _("Is this the right file?"))
        found = path.read_bytes()
    except FileNotFoundError:
        raise DataFileMissing(
            _("{path}: there is no such file.").format(path=path),
            _("Check the name, or create a file with `tracker init`."),
        ) from None
    except OSError as error:
        raise _closed(path, error) from None
    if limits.has_too_many_values(found):
        raise _unreadable(path, _("the file has too many values"), _("Is this the right file?"))
    if line := limits.line_too_long(found):
        message = _("this line is longer than {count} bytes").format(
            count=i18n.number(limits.LONGEST_LINE)
        )
        raise DataFileBroken(
            path, [Problem((), "", "", message, _("Split it into several lines."), line)]
        )
    return found


def _is_data_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return path.is_symlink()
    except OSError as error:
        raise _closed(path, error) from None


def _unreadable(path: Path, message: str, hint: str) -> DataFileBroken:
    return DataFileBroken(path, [Problem((), "", "", message, hint)])


def _closed(path: Path, error: OSError) -> DataFileBroken:
    message = _("the file cannot be read: {reason}").format(reason=system.reason(error))
    return _unreadable(path, message, system.reading_hint(error))
