"""What can go wrong, as data: each error knows its facts, its words, its hint of what to do next and its exit code.

Raised where the fact is known; printed by `cli.main` alone.
"""

import sys
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from resolution_cli.i18n import _

_MOST_SHOWN = 20
"""Ids that fit a line."""


class ExitCode(IntEnum):
    """The exit codes, as docs/reference/exit-codes.md has them. 2, a wrong command line, is Typer's own."""

    DONE = 0
    BUG = 1
    USAGE = 2
    NO_SUCH_ITEM = 3
    REFUSED = 4
    DATA_FILE = 5
    NOT_WRITTEN = 6
    PROBLEMS_FOUND = 7
    INTERRUPTED = 130


class Problem(Struct, frozen=True):
    """One thing wrong in a data file.

    Attributes:
        place: the way to it from the file's root, as in `("tasks", 2, "progress")`; empty for the
            file as a whole.
        subject: what a person calls the place: an item's id, `[resolution]`, an entry of the diary.
        key: the key concerned, or empty.
        message: what was found and what was expected.
        hint: how to mend it, or empty.
        line: the line of the file, counted from 1; None when it is not known.

    """

    place: tuple[str | int, ...]
    subject: str
    key: str
    message: str
    hint: str = ""
    line: int | None = None

    def __str__(self) -> str:
        """Return the problem as one sentence, without its line."""
        where = ", ".join(part for part in (self.subject, self.key) if part)
        return f"{where}: {self.message}" if where else self.message


class TrackerError(Exception):
    """Something that the user can mend. Never raised itself, only its children."""

    exit_code: ClassVar[ExitCode]

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class WrongInput(TrackerError):
    """What a person typed, or asked for, cannot be; `option` is the option concerned, if one is."""

    exit_code = ExitCode.USAGE

    def __init__(self, message: str, option: str = "") -> None:
        super().__init__(message)
        self.option = option


class ItemNotFound(TrackerError):
    """No item of the resolution has this id."""

    exit_code = ExitCode.NO_SUCH_ITEM

    def __init__(self, item_id: str, near: Sequence[str], known: Sequence[str]) -> None:
        if near:
            hint = did_you_mean(near)
        elif known:
            shown = [*known[:_MOST_SHOWN], *(["…"] if len(known) > _MOST_SHOWN else [])]
            hint = _("The ids are: {ids}.").format(ids=", ".join(shown))
        else:
            hint = _("The file has no items yet.")
        super().__init__(_("There is no item {id!r}.").format(id=item_id), hint)
        self.item_id = item_id


class ChangeRefused(TrackerError):
    """A rule does not allow this change."""

    exit_code = ExitCode.REFUSED


class FileExists(TrackerError):
    """A file stands where a new one was to be made."""

    exit_code = ExitCode.REFUSED

    def __init__(self, path: Path, hint: str) -> None:
        super().__init__(
            _("{path} already exists and was not overwritten.").format(path=path), hint
        )
        self.path = path


class PackageMissing(TrackerError):
    """A format needs a package that is not installed."""

    exit_code = ExitCode.REFUSED

    def __init__(self, format_name: str, distribution: str) -> None:
        super().__init__(
            _("{format} needs the package {package}, which is not installed.").format(
                format=format_name, package=distribution
            ),
            _("Install it: {command}").format(
                command=f'"{sys.executable}" -m pip install {distribution}'
            ),
        )


class DataFileMissing(TrackerError):
    """No data file was found, or the one named is not there."""

    exit_code = ExitCode.DATA_FILE


class DataFileBroken(TrackerError):
    """The data file cannot be read as a resolution; `problems` says all that is wrong with it."""

    exit_code = ExitCode.DATA_FILE

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        lines = [
            f"{path}: "
            + (_("line {line}: {problem}").format(line=p.line, problem=p) if p.line else str(p))
            for p in problems
        ]
        super().__init__(
            "\n".join(lines), "\n".join(dict.fromkeys(p.hint for p in problems if p.hint))
        )
        self.path = path
        self.problems = tuple(problems)


class OutputLost(TrackerError):
    """The result of a command could not be written to its standard output; what it wrote to files stands."""

    exit_code = ExitCode.NOT_WRITTEN

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The result could not be written: {reason}.").format(reason=reason),
            _("If this was an update, it has been recorded: see `tracker log`."),
        )


class FileNotWritten(TrackerError):
    """A file could not be written; it is as it was, or not there."""

    exit_code = ExitCode.NOT_WRITTEN

    def __init__(self, path: Path, reason: str, hint: str) -> None:
        super().__init__(
            _("{path} was not written: {reason}.").format(path=path, reason=reason), hint
        )
        self.path = path


def did_you_mean(words: Sequence[str]) -> str:
    """Return the question whether one of `words`, of which there is at least one, was meant."""
    return _("Did you mean {words}?").format(words=_(" or ").join(words))


def entry_name(table: str, index: int, item_id: str | None = None) -> str:
    """Return what the entry of an array of tables, counted from 0, is called, with the item that it is of."""
    name = _("[[{table}]] number {number}").format(table=table, number=index + 1)
    return f"{name} ({item_id})" if item_id else name
