"""Answers about data files, kept in the user's cache folder: what did not change is read once.

A file counts as unchanged while the system says of it what it said when it was read: its size, the
times of its content and of its inode, the inode, the device. Where that differs, a checksum of the
content decides. A file that had just been written when it was read is not kept: it may be written
again within the same tick of the clock, and then the system says the same of two contents.

One file of the cache has the answers to one question: a function with its arguments, asked in one
language and from one folder of this very program. It is written whole, has a checksum of its own,
and is no more than a copy: it may be removed at any time, and where it cannot be read or written,
the data files are read instead.
"""

import hashlib
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
import tomledit
from msgspec import Raw, Struct, msgpack

from resolution_cli import i18n
from resolution_cli.errors import TrackerError
from resolution_cli.storage import files

Answer = TypeVar("Answer")

_NAME = "resolution-cli"
_FOLDER = "answers"

_TICK = 3_000_000_000
"""Nanoseconds within which two writes may leave the same times; FAT counts every second one."""

_MOST_FILES = 20
"""Files that the cache has at most: those that were used last."""

_MOST_BYTES = 256 * 1024**2
"""Bytes that the cache has at most."""

_MOST_ENTRIES = 100_000
"""Entries above which those of files that were not asked about are left out."""

_CHECKSUM = 16
"""Bytes of a checksum."""


class Content(Struct, frozen=True):
    """A content of a file: its checksum, and what the system says of the file that has it."""

    checksum: bytes
    state: str


class _Entry(Struct, frozen=True, array_like=True):
    checksum: bytes
    state: str
    answer: Raw


class Answers(Generic[Answer]):
    """The answers to one question that are kept, by file.

    Args:
        question: a function of a path, or a partial one; its arguments are plain values.
        kept: the type of its answers; None to keep none.

    """

    def __init__(self, question: Callable[[Path], Answer], kept: Any) -> None:
        self._place = None if kept is None else _place_for(question)
        self._decoder = msgpack.Decoder(kept, dec_hook=_from_plain)
        self._known = _read(self._place) if self._place else {}
        self._new: dict[bytes, _Entry] = {}
        self._asked: set[bytes] = set()

    @property
    def is_used(self) -> bool:
        """Say whether answers can be kept."""
        return self._place is not None

    def has(self, path: Path) -> bool:
        """Say whether there is an answer about the file at `path`, and the file is unchanged."""
        key = os.fsencode(path)
        self._asked.add(key)
        entry = self._known.get(key)
        return entry is not None and _state(path) == entry.state

    def checksum(self, path: Path) -> bytes | None:
        """Return the checksum of that content of a file to which there is an answer, or None."""
        entry = self._known.get(os.fsencode(path))
        return entry.checksum if entry else None

    def answer(self, path: Path) -> Answer | None:
        """Return the answer about a file, as it is known; None where what is kept is no answer."""
        entry = self._known[os.fsencode(path)]
        try:
            answer: Answer = self._decoder.decode(entry.answer)
        except msgspec.DecodeError:
            return None
        return answer

    def keep(self, path: Path, content: Content, answer: Answer) -> None:
        """Keep the answer to the `content` of a file, if it can be kept."""
        # A name that is no UTF-8, an object of another kind, a number of more than 64 bits.
        with suppress(UnicodeEncodeError, NotImplementedError, OverflowError):
            raw = Raw(msgpack.encode(answer, enc_hook=_plain))
            self._new[os.fsencode(path)] = _Entry(content.checksum, content.state, raw)

    def save(self) -> None:
        """Write the answers, if there are new ones; where that is not possible, do nothing."""
        if not (self._new and self._place):
            return
        entries = {**self._known, **self._new}
        if len(entries) > _MOST_ENTRIES:
            entries = {key: entry for key, entry in entries.items() if key in self._asked}
        content = msgpack.encode(entries)
        if len(content) <= _MOST_BYTES:
            with suppress(OSError):
                _write(self._place, _checksum(content) + content)


def content_of(path: Path) -> Content | None:
    """Return the content of the file at `path`; None where an answer to it cannot be kept.

    That is where it cannot be read, or was written just now.
    """
    # Not the clock of `cli/`: it is the machine's own time that the times of its files are in.
    oldest = time.time_ns() - _TICK
    try:
        status = path.stat()
        content = files.content(path)
    except (OSError, TrackerError):  # the question says why
        return None
    is_at_rest = max(status.st_mtime_ns, status.st_ctime_ns) < oldest
    return Content(_checksum(content), _state_of(status)) if is_at_rest else None


def is_still(path: Path, content: Content) -> bool:
    """Say whether the file at `path` is still the one that has this `content`."""
    return _state(path) == content.state


def _state(path: Path) -> str | None:
    """Return what the system says of a file, equal for two looks at one content."""
    try:
        return _state_of(os.stat(path))  # noqa: PTH116  # a third of the time of Path.stat
    except OSError:  # the question says why
        return None


def _state_of(status: os.stat_result) -> str:
    return (
        f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} "
        f"{status.st_ino} {status.st_dev}"
    )


def _read(place: Path) -> Mapping[bytes, _Entry]:
    """Return the entries of a file of the cache; none where it is missing, or damaged."""
    content = b""
    with suppress(OSError):
        status = place.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= _CHECKSUM + _MOST_BYTES:
            content = place.read_bytes()
            os.utime(place)  # it was used
    checksum, entries = content[:_CHECKSUM], memoryview(content)[_CHECKSUM:]
    if checksum != _checksum(entries):
        return {}
    with suppress(msgspec.DecodeError):
        return msgpack.decode(entries, type=dict[bytes, _Entry])
    return {}


def _write(place: Path, content: bytes) -> None:
    """Write a file of the cache whole, and remove those that are too many.

    Raises:
        OSError: the system does not let it be written.

    """
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = place.with_name(f".{os.getpid()}.{os.urandom(4).hex()}")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
            file.write(content)
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)
    for old in _superfluous(place.parent):
        old.unlink(missing_ok=True)


def _superfluous(folder: Path) -> Iterator[Path]:
    """Yield the files of the cache that are too many, or too large together."""
    found = [(each.stat(), each) for each in folder.iterdir()]
    total = 0
    latest_first = sorted(found, key=lambda pair: pair[0].st_mtime_ns, reverse=True)
    for number, (status, path) in enumerate(latest_first):
        total += status.st_size
        if number >= _MOST_FILES or total > _MOST_BYTES:
            yield path


def _place_for(question: Callable[[Path], object]) -> Path | None:
    """Return the file of the cache for a question; None where there can be none."""
    folder = _cache_folder()
    if folder is None:
        return None
    whole = question if isinstance(question, partial) else partial(question)
    try:
        asked = msgpack.encode(
            (
                f"{whole.func.__module__}:{whole.func.__qualname__}",
                whole.args,
                whole.keywords,
                i18n.language(),
                os.fsencode(Path.cwd()),
                _program(),
            ),
            enc_hook=_plain,
            order="deterministic",
        )
    except (NotImplementedError, UnicodeEncodeError, OSError):  # a path that is no UTF-8; no folder
        return None
    return folder / _FOLDER / _checksum(asked).hex()


def _cache_folder() -> Path | None:
    """Return the folder of this program in which programs of this user keep copies."""
    from platformdirs import user_cache_path  # noqa: PLC0415  # one command asks

    try:
        folder = user_cache_path(_NAME, appauthor=False)
    except RuntimeError:  # a user without a home folder
        return None
    return folder if folder.is_absolute() else None  # as above, in an earlier platformdirs


def _program() -> list[str]:
    """Return what differs between two versions of the program, its catalogues and its parser."""
    package = Path(__file__).parents[1]
    parser = _state_of(Path(tomledit.__file__).stat())
    found = [sys.version, msgspec.__version__, parser]
    for parent, folders, _names in os.walk(package):
        folders[:] = [name for name in folders if name != "__pycache__"]
        with os.scandir(parent) as entries:
            found += [
                f"{entry.path} {entry.stat().st_size} {entry.stat().st_mtime_ns}"
                for entry in entries
                if entry.name.endswith((".py", ".mo"))
            ]
    return sorted(found)


def _checksum(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=_CHECKSUM).digest()


def _plain(value: object) -> object:
    """Return a value that msgspec does not know, as one that it does."""
    if isinstance(value, Path):
        return os.fsencode(value)
    raise NotImplementedError  # msgspec's way to hear that there is no such type


def _from_plain(type_: type, value: Any) -> object:
    """Return a value of a type that msgspec does not know."""
    if issubclass(type_, Path) and isinstance(value, bytes):
        return Path(os.fsdecode(value))
    raise NotImplementedError  # as above
