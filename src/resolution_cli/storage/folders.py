"""Finding many data files: those in folders, and those that patterns fit."""

import os
import stat
from collections.abc import Iterable, Iterator
from glob import glob, has_magic
from operator import itemgetter
from pathlib import Path

from msgspec import Struct

from resolution_cli.errors import DataFileMissing
from resolution_cli.i18n import _
from resolution_cli.storage.files import access_error

_SUFFIX = ".toml"


class Found(Struct, frozen=True):
    """The data files that were found.

    Attributes:
        files: each file once, in the order of the paths.
        same_files: further paths, each with that of `files` which leads to the same file.

    """

    files: tuple[Path, ...]
    same_files: tuple[tuple[Path, Path], ...]


def found_files(paths: Iterable[Path]) -> Found:
    """Return the data files that `paths` name: files, folders with what is below them, patterns.

    In a folder they are all that end in .toml, without hidden files and folders, and without what
    is behind a symbolic link to a folder.

    Raises:
        DataFileMissing: there is no such file, or none in a folder, or none that fits a pattern.
        DataFileBroken: a folder may not be read, so its files are not known.

    """
    every = {path for given in paths for path in _files_of(given)}
    looks = [(path, *_look(path)) for path in sorted(every, key=_parts)]
    known: dict[object, Path] = {}
    same_files = []
    for path, _is_link, identity in sorted(looks, key=itemgetter(1)):
        original = known.setdefault(identity, path)
        if original is not path:
            same_files.append((path, original))
    return Found(tuple(sorted(known.values(), key=_parts)), tuple(same_files))


def _files_of(given: Path) -> list[Path]:
    if given.is_dir():
        found = [*_files_below(given)]
        message = _("{path}: there is no file that ends in .toml in this folder.")
    elif given.exists() or given.is_symlink():
        return [given]
    elif has_magic(str(given)):
        # Not Path.glob, which takes no absolute pattern.
        matches = map(Path, glob(str(given), recursive=True))  # noqa: PTH207  # as above
        found = [path for match in matches for path in _matched(match)]
        message = _("{path}: no file has a name like this.")
    else:
        found = []
        message = _("{path}: there is no such file.")
    if not found:
        raise DataFileMissing(message.format(path=given), _("Check the name."))
    return found


def _matched(match: Path) -> Iterable[Path]:
    return _files_below(match) if match.is_dir() else (match,)


def _files_below(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise access_error(Path(error.filename), error)

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        place = Path(parent)
        for name in names:
            if name.lower().endswith(_SUFFIX) and not name.startswith("."):
                yield place / name


def _look(path: Path) -> tuple[bool, object]:
    """Return whether `path` is a link, and what is equal for two paths to one file."""
    is_link = False
    try:
        status = os.lstat(path)
        is_link = stat.S_ISLNK(status.st_mode)
        if is_link:
            status = os.stat(path)  # noqa: PTH116  # as lstat; thousands of them count
    except OSError:  # reading it will say why
        return is_link, path
    return is_link, (status.st_dev, status.st_ino)


def _parts(path: Path) -> tuple[str, ...]:
    return path.parts
