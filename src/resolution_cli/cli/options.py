"""What several commands read from the command line: options, and the words and dates that people type."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from resolution_cli import __version__, i18n, storage
from resolution_cli.cli.output import print_notice, print_text
from resolution_cli.errors import DataFileMissing, TrackerError, did_you_mean
from resolution_cli.history import resolution_on
from resolution_cli.i18n import N_, _
from resolution_cli.matching import key_of, nearest
from resolution_cli.model import COMPLETE, Cause, Kind, Resolution, Status
from resolution_cli.render.texts import local

_Choice = TypeVar("_Choice", bound=StrEnum)

STATUS_ALIASES: Mapping[str, Status] = {
    "todo": Status.NOT_STARTED,
    "to-do": Status.NOT_STARTED,
    "chua-thuc-hien": Status.NOT_STARTED,
    "chua-bat-dau": Status.NOT_STARTED,
    "chua-lam": Status.NOT_STARTED,
    "doing": Status.IN_PROGRESS,
    "started": Status.IN_PROGRESS,
    "ongoing": Status.IN_PROGRESS,
    "dang-thuc-hien": Status.IN_PROGRESS,
    "dang-lam": Status.IN_PROGRESS,
    "stuck": Status.BLOCKED,
    "vuong": Status.BLOCKED,
    "vuong-mac": Status.BLOCKED,
    "complete": Status.DONE,
    "completed": Status.DONE,
    "finished": Status.DONE,
    "hoan-thanh": Status.DONE,
    "da-hoan-thanh": Status.DONE,
    "xong": Status.DONE,
    "da-xong": Status.DONE,
}
"""What people type for a status, beside its name in the file, as `matching.key_of` has it."""

KIND_ALIASES: Mapping[str, Kind] = {
    "tasks": Kind.TASK,
    "nhiem-vu": Kind.TASK,
    "breakthroughs": Kind.BREAKTHROUGH,
    "dot-pha": Kind.BREAKTHROUGH,
    "khau-dot-pha": Kind.BREAKTHROUGH,
}

CAUSE_ALIASES: Mapping[str, Cause] = {"khach-quan": Cause.OBJECTIVE, "chu-quan": Cause.SUBJECTIVE}


def path_to_read(file: Path | None) -> Path:
    """Return the data file to read: the one named, the nearest one, or the shipped resolution, which is said."""
    if path := file or _found_path():
        return path
    print_notice(_("No data file here or above: this is the shipped resolution. `tracker init` makes your own copy."))
    return storage.shipped_path()


def path_to_change(file: Path | None) -> Path:
    """Return the data file to change: the one named or the nearest one. Raise `DataFileMissing` if there is none."""
    if path := file or _found_path():
        return path
    raise DataFileMissing(
        _("There is no data file here or in a folder above, so nothing was changed."),
        _("Make one with `tracker init`, or name one with --file."),
    )


def _found_path() -> Path | None:
    try:
        return storage.found_path(Path.cwd())
    except FileNotFoundError:  # the folder that we are in has been removed
        return None


def as_it_stood(resolution: Resolution, as_of: date | None, today: date) -> tuple[Resolution, date]:
    """Return `resolution` as it stood at the end of the day asked for, and that day; today where none is asked for.

    A day on which it did not stand yet is refused.
    """
    term = resolution.header.term
    if as_of is not None and as_of < term.start:
        message = _("{day} is before the term, which starts on {start}.").format(
            day=i18n.day(as_of), start=i18n.day(term.start)
        )
        raise typer.BadParameter(message, param_hint="'--as-of'")
    if as_of is not None and as_of > today:
        message = _("{day} is in the future; only `report` can look ahead.").format(day=i18n.day(as_of))
        raise typer.BadParameter(message, param_hint="'--as-of'")
    if as_of is None or as_of == today:  # the file itself counts, with what was changed in it by hand
        return resolution, today
    return resolution_on(resolution, as_of), as_of


def parsed_day(text: str) -> date:
    """Return the date that a person typed, as year-month-day or day/month/year."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text.strip(), re.ASCII):
        year, month, day = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text.strip(), re.ASCII):
        day, month, year = map(int, match.groups())
    else:
        raise typer.BadParameter(_("{text!r} is not a date; write 2026-09-30 or 30/09/2026.").format(text=text))
    try:
        return date(year, month, day)
    except ValueError:
        message = _("there is no day {text!r}; write 2026-09-30 or 30/09/2026.").format(text=text)
        raise typer.BadParameter(message) from None


def parsed_text(text: str) -> str:
    """Return a text that a person typed, if it can be written to a file and says something."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise typer.BadParameter(_("{text!r} is not UTF-8 text.").format(text=text)) from None
    if not text.strip():
        raise typer.BadParameter(_("the text is empty."))
    return text.replace("\r\n", "\n")


def parsed_percent(text: str) -> int:
    """Return the whole percentage that a person typed, with its sign or without."""
    match = re.fullmatch(r"(\d{1,3})\s*%?", text.strip(), re.ASCII)
    if match is None or (value := int(match[1])) > COMPLETE:
        raise typer.BadParameter(_("{text!r} is not a whole number from 0 to 100.").format(text=text))
    return value


def parsed_choice(known: type[_Choice], aliases: Mapping[str, _Choice]) -> Callable[[str], _Choice]:
    """Return the parser of a word that has one spelling in the file and many on the way in."""
    by_key = {choice.value: choice for choice in known} | dict(aliases)

    def parsed(text: str) -> _Choice:
        if choice := by_key.get(key_of(text)):
            return choice
        near = nearest(key_of(text), by_key, most=1, likeness=(0.7,))  # a wrong guess would be taken for the right word
        guess = " " + did_you_mean([by_key[near[0]].value]) if near else ""
        message = _("{text!r} is not one of {words}.").format(text=text, words=", ".join(known))
        raise typer.BadParameter(message + guess)

    return parsed


def completed_ids(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the ids that a person may be typing, with their titles."""
    try:
        file = context.params.get("file") or _found_path() or storage.shipped_path()
        for item in storage.loaded(Path(file)).items:
            if item.id.lower().startswith(incomplete.lower()):
                # Typer offers only what begins as typed, and an id may be typed in any case.
                yield incomplete + item.id[len(incomplete) :], local(item.title)
    except TrackerError:  # a key press is no place for a message
        return


def completed_statuses(incomplete: str) -> list[str]:
    """Return the statuses that a person may be typing."""
    return [status.value for status in Status if status.value.startswith(key_of(incomplete))]


def _print_version(asked: bool) -> None:  # noqa: FBT001  # Typer's way to call back
    if asked:
        print_text(f"tracker {__version__}\n")
        raise typer.Exit


def common(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=N_("Print the version and exit."))
    ] = False,
) -> None:
    """Take the options that stand before a command."""


parsed_status = parsed_choice(Status, STATUS_ALIASES)
parsed_kind = parsed_choice(Kind, KIND_ALIASES)
parsed_cause = parsed_choice(Cause, CAUSE_ALIASES)

FileOption = Annotated[
    Path | None,
    typer.Option(
        "--file",
        "-f",
        envvar="TRACKER_FILE",
        metavar="FILE",
        help=N_("The data file."),
        show_envvar=True,
        readable=False,  # a file that may not be read has a message of its own, which Typer does not know
    ),
]
AsOfOption = Annotated[
    date | None,
    typer.Option("--as-of", parser=parsed_day, metavar="DATE", help=N_("As it stood at the end of this day.")),
]
IdArgument = Annotated[
    str, typer.Argument(metavar="ID", autocompletion=completed_ids, help=N_("The item, in any case."))
]
IdsArgument = Annotated[
    list[str], typer.Argument(metavar="ID...", autocompletion=completed_ids, help=N_("The items, in any case."))
]
