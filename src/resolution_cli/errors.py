"""The errors that a user can correct: each has a message, a hint and an exit code.

They are raised where the fact is known, and printed only by `cli.main`.
"""

import sys
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from resolution_cli.i18n import _

_MOST_SHOWN = 20
"""Ids that a hint lists at most."""


class ExitCode(IntEnum):
    """The exit codes, described in docs/reference/exit-codes.md."""

    DONE = 0
    BUG = 1
    USAGE = 2  # Typer's own, for a wrong command line
    NO_SUCH_ITEM = 3
    REFUSED = 4
    DATA_FILE = 5
    NOT_WRITTEN = 6
    PROBLEMS_FOUND = 7
    INTERRUPTED = 130


class Problem(Struct, frozen=True):
    """One problem of a data file.

    Attributes:
        place: the keys and indices from the root of the file to it, as in
            `("tasks", 2, "progress")`; empty for the file as a whole.
        subject: the place in words: an item's id, `[resolution]`, an entry of the history.
        key: the key concerned, or empty.
        message: what was found and what was expected.
        hint: how to correct it, or empty.
        line: the line of the file, counted from 1; None if it is not known.

    """

    place: tuple[str | int, ...]
    subject: str
    key: str
    message: str
    hint: str = ""
    line: int | None = None

    @property
    def where(self) -> str:
        """Return the subject and the key, as far as there are any."""
        return ", ".join(part for part in (self.subject, self.key) if part)

    def __str__(self) -> str:
        """Return the problem as one sentence, without its line."""
        return f"{self.where}: {self.message}" if self.where else self.message


class TrackerError(Exception):
    """The base class of all errors that the user can correct. Only its subclasses are raised.

    Attributes:
        exit_code: the exit code of the command.
        message: what went wrong.
        hint: what to do next, or empty.

    """

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
    """No item of the resolution has this id.

    Args:
        item_id: the id that was asked for.
        near: similar ids, which the hint suggests.
        known: the ids of all items.

    """

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


class UnitNotFound(TrackerError):
    """No unit of the resolution has this name, or several have it as a part of theirs.

    Args:
        name: the name that was asked for.
        near: the names that may be meant, which the hint suggests.
        known: the names of all units.

    """

    exit_code = ExitCode.NO_SUCH_ITEM

    def __init__(self, name: str, near: Sequence[str], known: Sequence[str]) -> None:
        if near:
            hint = did_you_mean(near[:_MOST_SHOWN])
        elif known:
            shown = [*known[:_MOST_SHOWN], *(["…"] if len(known) > _MOST_SHOWN else [])]
            hint = _("The units are: {names}.").format(names="; ".join(shown))
        else:
            hint = _("The file has no units yet.")
        super().__init__(_("There is no unit {name!r}.").format(name=name), hint)


class ChangeRefused(TrackerError):
    """A rule does not allow the change."""

    exit_code = ExitCode.REFUSED


class FileExists(TrackerError):
    """A new file was not created, because something with its name exists."""

    exit_code = ExitCode.REFUSED

    def __init__(self, path: Path, hint: str) -> None:
        super().__init__(
            _("{path} already exists and was not overwritten.").format(path=path), hint
        )
        self.path = path


class TemplateRefused(TrackerError):
    """A template of a Word file cannot be used.

    Args:
        name: the name of the template.
        message: what is wrong with it.
        place: the words at which it is wrong; empty if that is not known.

    """

    exit_code = ExitCode.REFUSED

    def __init__(self, name: str, message: str, place: str = "") -> None:
        where = _("{name}, at “{place}”").format(name=name, place=place) if place else name
        super().__init__(
            _("The template {where}: {message}.").format(where=where, message=message.rstrip(".")),
            _("Correct it, or begin with a new one: tracker template -o NEW.docx"),
        )


class Fault(Struct, frozen=True):
    """What is wrong in a workbook that somebody hands in.

    Attributes:
        workbook: the path of the file.
        message: what was found and what is expected.
        sheet: the name of the sheet; empty if it is about the whole file.
        cell: the address of the cell, such as B7; empty if it is about more than one.
        hint: what to do next, or empty.

    """

    workbook: Path
    message: str
    sheet: str = ""
    cell: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """Return the fault as one sentence, behind its place."""
        message = self.message.removesuffix(".")
        values = {"file": self.workbook, "sheet": self.sheet, "cell": self.cell}
        if self.cell:
            where = _("{file}, sheet “{sheet}”, cell {cell}: {message}.")
        elif self.sheet:
            where = _("{file}, sheet “{sheet}”: {message}.")
        else:
            where = _("{file}: {message}.")
        sentence = where.format(message=message, **values)
        return sentence[:-1] if message.endswith("?") else sentence


class WorkbooksRefused(TrackerError):
    """Workbooks cannot be taken as they are; `faults` has everything that is wrong with them."""

    exit_code = ExitCode.REFUSED

    def __init__(self, faults: Sequence[Fault]) -> None:
        hints = dict.fromkeys(fault.hint for fault in faults if fault.hint)
        super().__init__("\n".join(map(str, faults)), "\n".join(hints))
        self.faults = tuple(faults)


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
    """The data file is not a valid resolution; `problems` has everything that is wrong with it."""

    exit_code = ExitCode.DATA_FILE

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        lines = [f"{path}: {_with_line(problem)}" for problem in problems]
        hints = dict.fromkeys(problem.hint for problem in problems if problem.hint)
        super().__init__("\n".join(lines), "\n".join(hints))
        self.path = path
        self.problems = tuple(problems)


class FilesNotRead(TrackerError):
    """A process that read some of many files was ended by the system, or by somebody.

    Args:
        first, last: the first and the last of the files that it had to read.
        number: the number of the signal that ended it.

    """

    exit_code = ExitCode.DATA_FILE

    def __init__(self, first: Path, last: Path, number: int) -> None:
        message = _(
            "A process that read the files from {first} to {last} was ended by signal {number}."
        )
        super().__init__(
            message.format(first=first, last=last, number=number),
            _(
                "Is there enough memory? If it happens again, try fewer files, to find the one "
                "that does it."
            ),
        )


class OutputLost(TrackerError):
    """The result of a command could not be written to stdout; files that it wrote are written."""

    exit_code = ExitCode.NOT_WRITTEN

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The result could not be written: {reason}.").format(reason=reason),
            _("If this was an update, it has been recorded: see `tracker log`."),
        )


class FileNotWritten(TrackerError):
    """A file could not be written: it is unchanged, or does not exist."""

    exit_code = ExitCode.NOT_WRITTEN

    def __init__(self, path: Path, reason: str, hint: str) -> None:
        super().__init__(
            _("{path} was not written: {reason}.").format(path=path, reason=reason), hint
        )
        self.path = path


def did_you_mean(words: Sequence[str]) -> str:
    """Return the question whether one of `words` was meant; there is at least one."""
    return _("Did you mean {words}?").format(words=_(" or ").join(words))


def entry_name(table: str, index: int, item_id: str | None = None) -> str:
    """Return the name of entry `index`, counted from 0, of an array of tables, for a message.

    It includes the id of the item that the entry belongs to, if that is given.
    """
    name = _("[[{table}]] number {number}").format(table=table, number=index + 1)
    return f"{name} ({item_id})" if item_id else name


def _with_line(problem: Problem) -> str:
    if not problem.line:
        return str(problem)
    return _("line {line}: {problem}").format(line=problem.line, problem=problem)
