"""The index of many files, a table that an office keeps: a row a file, and columns to group by.

It is text with commas, semicolons or tabs, as spreadsheets save it.
"""

import csv
import io
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from resolution_cli import i18n, storage
from resolution_cli.errors import DataFileBroken, DataFileMissing, Problem
from resolution_cli.i18n import _, ngettext
from resolution_cli.matching import fold
from resolution_cli.reports.file_groups import FileIndex

_PATH = "path"
_MOST_PROBLEMS = 20
"""Problems that are named at most: a table that is none has one in each of its lines."""
_SEPARATORS = ",;\t"


class _Row(Struct, frozen=True):
    """A row: its line, the path in it, and what stands in the other columns."""

    line: int
    path: str
    values: tuple[str, ...]


def file_index(
    path: Path, files: Sequence[Path], same_files: Iterable[tuple[Path, Path]] = ()
) -> FileIndex:
    """Return what the table at `path` says of `files`.

    A path in it is one from its own folder, or else one as the files are given.

    Args:
        path: the table.
        files: the files.
        same_files: further paths, each with that of `files` which leads to the same file.

    Raises:
        DataFileMissing: there is no such table.
        DataFileBroken: it cannot be read; the first problems are named, with their lines.

    """
    columns, rows = _table(path)
    known = {_key(each): each for each in files}
    known |= {_key(alias): file for alias, file in same_files}
    found = {row.line: _file_of(row, path.parent, known) for row in rows}
    _refuse(path, _repeated(rows, found))
    values = {file: row.values for row in rows if (file := found[row.line])}
    return FileIndex(
        path=path,
        columns=columns,
        values=values,
        without_row=tuple(each for each in files if each not in values),
        without_file=tuple((row.line, row.path) for row in rows if not found[row.line]),
    )


def _key(path: Path) -> str:
    """Return what is equal for two spellings of a path, without asking the disk.

    "a/../b" is "b", whatever "a" is: an index does not lead through links.
    """
    return unicodedata.normalize("NFC", os.path.normcase(os.path.normpath(path.absolute())))


def _file_of(row: _Row, folder: Path, known: Mapping[str, Path]) -> Path | None:
    spellings = dict.fromkeys([row.path, row.path.replace("\\", "/")])  # as Windows has it
    candidates = (_key(place / path) for path in spellings for place in (folder, Path()))
    return next((known[key] for key in candidates if key in known), None)


def _table(path: Path) -> tuple[tuple[str, ...], list[_Row]]:
    """Return the names of the columns but that of the paths, and the rows that are not empty."""
    lines = [*_lines(path)]
    first, cells = lines[0] if lines else (1, [])
    heads = [" ".join(cell.split()) for cell in cells]  # a spreadsheet may break it into lines
    _refuse(path, _wrong_heads(first, heads))
    at = [*map(fold, heads)].index(_PATH)
    named = [number for number, head in enumerate(heads) if head and number != at]
    _refuse(path, _wrong_rows(lines[1:], heads, at))
    rows = []
    for line, cells in lines[1:]:
        whole = [*cells, *[""] * (len(heads) - len(cells))]
        rows.append(_Row(line, whole[at], tuple(whole[number] for number in named)))
    return tuple(heads[number] for number in named), rows


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty with its line, and its cells without space around them."""
    try:
        text = storage.content(path).decode("utf-8-sig")
    except DataFileMissing as missing:
        raise DataFileMissing(missing.message, _("Check the name.")) from None
    except UnicodeDecodeError:
        problem = _problem(_("this is no UTF-8 text"), None, _("Save it as CSV UTF-8."))
        raise DataFileBroken(path, [problem]) from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        for cells in reader:
            plain = [unicodedata.normalize("NFC", cell.strip()) for cell in cells]
            if any(plain):
                yield reader.line_num, plain
    except csv.Error as error:
        is_too_long = "field limit" in str(error)
        message = _("a cell is too long") if is_too_long else _("a quotation mark does not fit")
        problem = _problem(message, reader.line_num)
        raise DataFileBroken(path, [problem]) from None


def _separator(text: str) -> str:
    """Return what separates the cells of the first line."""
    first = text.lstrip().partition("\n")[0]
    return max(_SEPARATORS, key=first.count)


def _wrong_heads(line: int, heads: Sequence[str]) -> Iterator[Problem]:
    folded = [*map(fold, heads)]
    if _PATH not in folded:
        message = _("there is no column {name!r}; it says which file a row is of")
        hint = _("The first line names the columns: path, and others to group the files by.")
        yield _problem(message.format(name=_PATH), line, hint)
    for number, head in enumerate(folded):
        if head and head in folded[:number]:
            message = _("the column {name!r} is there twice")
            yield _problem(message.format(name=heads[number]), line)


def _wrong_rows(
    lines: Iterable[tuple[int, Sequence[str]]], heads: Sequence[str], at: int
) -> Iterator[Problem]:
    nameless = [number for number, head in enumerate(heads) if not head]
    for line, cells in lines:
        if any(cells[len(heads) :]) or any("".join(cells[each : each + 1]) for each in nameless):
            yield _problem(_("there are more cells than columns"), line)
        elif not "".join(cells[at : at + 1]):
            yield _problem(_("the path is missing"), line)


def _repeated(rows: Iterable[_Row], found: Mapping[int, Path | None]) -> Iterator[Problem]:
    first: dict[object, int] = {}
    for row in rows:
        before = first.setdefault(found[row.line] or row.path, row.line)
        if before != row.line:
            message = _("{path} has a row already, in line {line}")
            yield _problem(message.format(path=row.path, line=before), row.line)


def _problem(message: str, line: int | None, hint: str = "") -> Problem:
    return Problem((), "", "", message, hint, line)


def _refuse(path: Path, problems: Iterable[Problem]) -> None:
    found = [*problems]
    further = len(found) - _MOST_PROBLEMS
    if further > 0:
        said = ngettext("{count} more problem", "{count} more problems", further)
        found[_MOST_PROBLEMS:] = [_problem(said.format(count=i18n.number(further)), None)]
    if found:
        raise DataFileBroken(path, found)
