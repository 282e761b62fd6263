"""The one data file: found, read as a `Resolution`, changed in place, made anew.

Changing it is `with editing(path) as book:`, a pure function that returns changes,
`book.apply(changes)`; the file is written once, when the block ends well, or not at all.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.domain.model import Resolution
from resolution_cli.errors import DataFileBroken, FileExists, Problem
from resolution_cli.storage import files
from resolution_cli.storage.decoding import decoded
from resolution_cli.storage.toml import TomlBroken, TomlText, parsed

if TYPE_CHECKING:
    from resolution_cli.domain.plan import Addition
    from resolution_cli.storage.book import Book
    from resolution_cli.storage.folders import Found
    from resolution_cli.storage.temporary import Content

__all__ = [
    "Opened",
    "conflicted_copies",
    "content",
    "copy_to_edit",
    "create_blank",
    "create_copy",
    "editing",
    "found_files",
    "found_path",
    "loaded",
    "loaded_content",
    "loaded_with_lines",
    "opened",
    "remove_copy",
    "replace_whole",
    "resolution_of",
    "shipped_path",
    "toml_of",
    "write_output",
    "write_outputs",
]

SCHEMA_NAME = "tasks.schema.json"
"""The name of the JSON Schema beside a data file, which the file names in its first line for
editors."""

found_path = files.found_path
shipped_path = files.shipped_path


def loaded(path: Path) -> Resolution:
    """Return the resolution in the file at `path`.

    Raises:
        DataFileMissing: there is no file.
        DataFileBroken: it cannot be read, or is no resolution; every problem is named.

    """
    return _read(path, files.content(path))[1]


def loaded_content(path: Path, content: bytes) -> Resolution:
    """Return the resolution in `content`, that of a file elsewhere, which `path` names.

    Raises:
        DataFileBroken: as `loaded`.

    """
    files.check_limits(path, content)
    return _read(path, content)[1]


def loaded_with_lines(path: Path) -> tuple[Resolution, Callable[..., list[list[Problem]]]]:
    """Return the resolution in the file at `path`, and a function that adds lines to problems.

    That one takes groups of problems, and returns each in the order of its lines.

    Raises:
        DataFileMissing, DataFileBroken: as `loaded`.

    """
    text, resolution = _read(path, files.content(path))
    return resolution, partial(_with_lines, text)


class Opened(Struct, frozen=True):
    """A data file that was read, and may be changed afterwards: once, as its values are changed.

    Attributes:
        content: its bytes.
        text: its text.
        resolution: what it says.

    """

    content: bytes
    text: TomlText
    resolution: Resolution


def opened(path: Path) -> Opened:
    """Return the file at `path`, for `editing` if nobody changes it until then.

    Raises:
        DataFileMissing, DataFileBroken: as `loaded`.

    """
    content = files.content(path)
    return Opened(content, *_read(path, content))


@contextmanager
def editing(path: Path, known: Opened | None = None) -> Iterator["Book"]:
    """Open the file at `path` for a change, with its lock held.

    It is written when the block ends without an error.

    Args:
        path: the data file.
        known: what was opened before, which is not read again if the file is still that.

    Raises:
        DataFileMissing, DataFileBroken: as `loaded`.
        FileNotWritten: it is held by another, changed by someone else meanwhile, or the system does
            not let it.

    """
    # Only a write pays for them.
    from resolution_cli.storage import locking, writing  # noqa: PLC0415
    from resolution_cli.storage.book import Book  # noqa: PLC0415  # as above

    files.content(
        path
    )  # what is no readable file gets its own message, before anything waits for it
    if path.is_symlink():  # it stays one: the file that it leads to is what is replaced
        path = Path(os.path.realpath(path))
    with locking.locked(path):
        content = files.content(path)
        if known and known.content == content:
            book = Book(known.text, known.resolution)
        else:
            book = Book(*_read(path, content))
        yield book
        new = book.checked_content()
        if new != content:
            writing.replace(path, content, new)


def content(path: Path) -> bytes:
    """Return the content of the file at `path`.

    Raises:
        DataFileMissing: there is no file.
        DataFileBroken: it is none, or too large.

    """
    return files.content(path)


def resolution_of(path: Path, content: bytes) -> Resolution:
    """Return the resolution in `content`, which the file at `path` has or had.

    Raises:
        DataFileBroken: as `loaded`.

    """
    return _read(path, content)[1]


def replace_whole(path: Path, old: bytes, new: bytes, source: Path) -> None:
    """Give the file at `path`, if it is still `old`, the content `new`.

    Raises:
        DataFileBroken: it is no resolution; it is the file at `source` that is named for it.
        DataFileMissing: the file at `path` is gone.
        FileNotWritten: as `editing`.

    """
    from resolution_cli.storage import locking, writing  # noqa: PLC0415  # only a write pays for it
    from resolution_cli.storage.book import Book  # noqa: PLC0415  # as above

    text, resolution = _read(source, new)
    Book(text, resolution).checked_content()
    files.content(path)  # as above
    if path.is_symlink():
        path = Path(os.path.realpath(path))
    with locking.locked(path):
        writing.replace(path, old, new)


def copy_to_edit(path: Path) -> tuple[bytes, Path]:
    """Return the content of the file at `path`, and the path of a copy of it, in a new folder.

    Only this user can read the copy. `remove_copy` removes it.

    Raises:
        DataFileMissing, DataFileBroken: the file is not there, or it is none.
        FileNotWritten: the system does not let the copy be made.

    """
    import tempfile  # noqa: PLC0415  # only this pays for it

    content = files.content(path)
    try:
        copy = Path(tempfile.mkdtemp(prefix="tracker-")) / path.name
        copy.write_bytes(content)
    except OSError as error:
        from resolution_cli.storage import system  # noqa: PLC0415  # only an error pays for it

        raise system.not_written(Path(tempfile.gettempdir()), error) from None
    return content, copy


def remove_copy(copy: Path) -> None:
    """Remove a copy that `copy_to_edit` made, and what an editor left beside it."""
    import shutil  # noqa: PLC0415  # only this pays for it

    shutil.rmtree(copy.parent, ignore_errors=True)


def conflicted_copies(path: Path) -> tuple[Path, ...]:
    """Return the conflicted copies that a synchronised folder has put beside the file at `path`."""
    from resolution_cli.storage import copies  # noqa: PLC0415  # two commands ask for them

    return copies.conflicted_copies(path)


def found_files(paths: Iterable[Path]) -> "Found":
    """Return the data files that `paths` name: files, folders with what is below them, patterns.

    Raises:
        DataFileMissing: there is no such file, or none in a folder, or none that fits a pattern.
        DataFileBroken: a folder may not be read, so its files are not known.

    """
    from resolution_cli.storage import folders  # noqa: PLC0415  # one command asks for them

    return folders.found_files(paths)


def create_copy(path: Path, source: Path, schema: str) -> None:
    """Make the file at `path` as a copy of `source`, and its JSON Schema beside it.

    Comments of `source` that have a translation are in the active language; all else is the same.

    Raises:
        FileExists: there is something at `path`.
        FileNotWritten: the system does not let it.

    """
    from resolution_cli.storage import new_file  # noqa: PLC0415  # only `init` pays for it

    _create(path, new_file.copy(files.content(source)))
    _create_schema(path, schema)


def create_blank(path: Path, resolution: Mapping[str, Any], schema: str) -> None:
    """Make a file at `path` with the table `[resolution]` and no item, and its JSON Schema.

    Raises:
        FileExists: there is something at `path`.
        FileNotWritten: the system does not let it.

    """
    from resolution_cli.storage import new_file  # noqa: PLC0415  # only `init` pays for it

    _create(path, new_file.blank(resolution, SCHEMA_NAME))
    _create_schema(path, schema)


def template(path: Path) -> bytes:
    """Return the bytes of the template of a Word file at `path`.

    Raises:
        TemplateRefused: it cannot be read, or is too large.

    """
    return files.template(path)


def write_output(path: Path, new: "Content", *, is_forced: bool) -> None:
    """Write `new`, a report or another result, to the file at `path`.

    Raises:
        FileExists, FileNotWritten: as `writing.write_output`.

    """
    from resolution_cli.storage import writing  # noqa: PLC0415  # only a write pays for it

    writing.write_output(path, new, is_forced=is_forced)


def write_outputs(folder: Path, new: Mapping[str, bytes], *, is_forced: bool) -> list[Path]:
    """Write the files `new`, by name, into a folder; return their paths.

    Raises:
        FileExists, FileNotWritten: as `writing.write_outputs`.

    """
    from resolution_cli.storage import writing  # noqa: PLC0415  # only a write pays for it

    return writing.write_outputs(folder, new, is_forced=is_forced)


def toml_of(additions: Iterable["Addition"]) -> str:
    """Return the lines that new entries of the plan have in a data file."""
    from resolution_cli.storage.entries import plain_value  # noqa: PLC0415  # one command asks
    from resolution_cli.storage.placement import entry_blocks  # noqa: PLC0415  # as above

    blocks = (
        entry_blocks(
            made.place, [{key: plain_value(value) for key, value in made.values().items()}]
        )
        for made in additions
    )
    return "\n".join(blocks)


def _create(path: Path, new: bytes) -> None:
    from resolution_cli.storage import writing  # noqa: PLC0415  # only a write pays for it

    writing.create(path, new)


def _create_schema(path: Path, schema: str) -> None:
    with suppress(FileExists):  # one from before serves as well
        _create(path.with_name(SCHEMA_NAME), schema.encode())


def _read(path: Path, content: bytes) -> tuple[TomlText, Resolution]:
    try:
        text = parsed(content.decode())
    except (UnicodeDecodeError, TomlBroken) as error:
        from resolution_cli.storage import damage  # noqa: PLC0415  # only a broken file needs it

        raise DataFileBroken(path, [damage.explanation(content, error)]) from None
    result = decoded(text.value)
    if isinstance(result, Resolution):
        return text, result
    raise DataFileBroken(path, _problems(text, result))


def _problems(text: TomlText, problems: list[Problem]) -> list[Problem]:
    if not text.value:
        from resolution_cli.storage import damage  # noqa: PLC0415  # only a broken file needs it

        if damage.is_empty(text.text):
            return [damage.emptiness()]
    return _with_lines(text, problems)[0]


def _with_lines(text: TomlText, *groups: Iterable[Problem]) -> list[list[Problem]]:
    """Return each of the groups with the lines of its problems, in their order.

    The text is read once for all groups.
    """
    problems = [[*group] for group in groups]
    from resolution_cli.storage.document import DataText  # noqa: PLC0415  # only problems need it

    lines = DataText(text).lines_of(problem.place for group in problems for problem in group)
    numbered = (
        [replace(problem, line=lines.get(problem.place)) for problem in group] for group in problems
    )
    return [sorted(group, key=lambda problem: problem.line or 0) for group in numbered]
