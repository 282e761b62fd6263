"""Finding the data file on the disk, and reading its bytes."""

import stat
from pathlib import Path

from resolution_cli import i18n
from resolution_cli.errors import DataFileBroken, DataFileMissing, Problem, TemplateRefused
from resolution_cli.i18n import _
from resolution_cli.storage import limits, system

NAMES = (Path("tasks.toml"), Path("data", "tasks.toml"))
"""The names of a data file, looked for in a folder and then in its parents."""


def found_path(folder: Path) -> Path | None:
    """Return the data file of `folder`, the working directory, or of its nearest parent with one.

    The path is relative where the file belongs to `folder` itself, and absolute further up; None if
    there is no data file. A broken symbolic link counts as found, so that an error names it and no
    file of a parent folder is taken instead.

    Raises:
        DataFileBroken: a folder on the way may not be entered, so its content is not known.

    """
    for parent in (folder, *folder.parents):
        for name in NAMES:
            path = name if parent == folder else parent / name
            if _is_data_file(path):
                return path
    return None


def shipped_path() -> Path:
    """Return the path of the resolution shipped with the program, in the wheel or repository."""
    # Not importlib.resources, whose import takes 2 ms of every start.
    package = Path(__file__).parents[1]
    packaged = package / "data" / "tasks.toml"
    return packaged if packaged.is_file() else package.parents[1] / "data" / "tasks.toml"


def content(path: Path) -> bytes:
    """Return the bytes of the file at `path`.

    Raises:
        DataFileMissing: there is no file.
        DataFileBroken: it is not a regular file, it exceeds one of the `limits`, or the system does
            not let it be read.

    """
    data = _bytes_of(path)
    check_limits(path, data)
    return data


def check_limits(path: Path, data: bytes) -> None:
    """Raise DataFileBroken if `data`, the content of the file at `path`, exceeds a limit."""
    if len(data) > limits.LARGEST:
        raise _too_large(path, len(data))
    if limits.has_too_many_values(data):
        raise _unreadable(path, _("the file has too many values"), _("Is this the right file?"))
    if line := limits.line_too_long(data):
        message = _("this line is longer than {count} bytes").format(
            count=i18n.number(limits.LONGEST_LINE)
        )
        raise DataFileBroken(
            path, [Problem((), "", "", message, _("Split it into several lines."), line)]
        )


def _bytes_of(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe could block forever
            raise _unreadable(path, _("this is not a file"), _("Give the path of the file itself."))
        if status.st_size > limits.LARGEST:
            raise _too_large(path, status.st_size)
        return path.read_bytes()
    except FileNotFoundError:
        raise DataFileMissing(
            _("{path}: there is no such file.").format(path=path),
            _("Check the name, or create a file with `tracker init`."),
        ) from None
    except OSError as error:
        raise access_error(path, error) from None


def template(path: Path) -> bytes:
    """Return the bytes of the template of a Word file at `path`.

    Raises:
        TemplateRefused: there is none, the system does not let it be read, or it is too large.

    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise TemplateRefused(str(path), _("this is not a file"))
        if status.st_size > limits.LARGEST:
            excess = limits.excess(status.st_size)
            raise TemplateRefused(
                str(path), _("the file is too large: {excess}").format(excess=excess)
            )
        return path.read_bytes()
    except OSError as error:
        reason = _("the file cannot be read: {reason}").format(reason=system.reason(error))
        raise TemplateRefused(str(path), reason) from None


def access_error(path: Path, error: OSError) -> DataFileBroken:
    """Return the error of a file or folder at `path` that the system does not let be read."""
    message = _("the file cannot be read: {reason}").format(reason=system.reason(error))
    return _unreadable(path, message, system.reading_hint(error))


def _is_data_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return path.is_symlink()
    except OSError as error:
        raise access_error(path, error) from None


def _too_large(path: Path, size: int) -> DataFileBroken:
    message = _("the file is too large: {excess}").format(excess=limits.excess(size))
    return _unreadable(path, message, _("Is this the right file?"))


def _unreadable(path: Path, message: str, hint: str) -> DataFileBroken:
    return DataFileBroken(path, [Problem((), "", "", message, hint)])
