"""What several commands read from the command line: options, and the words and dates that people type."""

import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from resolution_cli import __version__, i18n, storage
from resolution_cli.cli.output import print_notice, print_text
from resolution_cli.domain.model import COMPLETE, Cause, Item, Kind, Resolution, Status
from resolution_cli.errors import DataFileMissing, TrackerError, did_you_mean
from resolution_cli.i18n import N_, _
from resolution_cli.matching import fold, key_of, nearest_word
from resolution_cli.views.texts import local

_Choice = TypeVar("_Choice", bound=StrEnum)

_PLACEHOLDERS = ("…", "...")
"""What stands in the commands that messages name for a text that only the user knows."""

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
    "dang-vuong-mac": Status.BLOCKED,
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

CAUSE_ALIASES: Mapping[str, Cause] = {
    "khach-quan": Cause.OBJECTIVE,
    "nguyen-nhan-khach-quan": Cause.OBJECTIVE,
    "chu-quan": Cause.SUBJECTIVE,
    "nguyen-nhan-chu-quan": Cause.SUBJECTIVE,
}

_IN_WORDS: Mapping[StrEnum, str] = {
    Status.NOT_STARTED: N_("not started"),
    Status.IN_PROGRESS: N_("in progress"),
    Status.BLOCKED: N_("blocked"),
    Status.DONE: N_("done"),
    Kind.TASK: N_("task"),
    Kind.BREAKTHROUGH: N_("breakthrough"),
    Cause.OBJECTIVE: N_("objective"),
    Cause.SUBJECTIVE: N_("subjective"),
}
"""What a person who reads another language can type for a word of the file, besides that."""

_CURLY_QUOTES = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb"
_IDS = re.compile(r"[A-Za-z0-9._-]+(?:[,;]\s*[A-Za-z0-9._-]+)*[,;]?")


def path_to_read(file: Path | None) -> Path:
    """Return the data file to read: the one named, the nearest one, or the shipped resolution, which is said."""
    if path := file or _found_path():
        return path
    print_notice(
        _(
            "No data file in this folder or its parents; showing the shipped resolution. "
            "Run `tracker init` to create your own copy."
        )
    )
    return storage.shipped_path()


def path_to_change(file: Path | None) -> Path:
    """Return the data file to change: the one named or the nearest one. Raise `DataFileMissing` if there is none."""
    if path := file or _found_path():
        return path
    raise DataFileMissing(
        _("There is no data file in this folder or its parents; nothing was changed."),
        _("Create one with `tracker init`, or give one with --file."),
    )


def _found_path() -> Path | None:
    try:
        return storage.found_path(Path.cwd())
    except FileNotFoundError:  # the folder that we are in has been removed
        return None


def day_asked(resolution: Resolution, as_of: date | None, today: date) -> date:
    """Return the day as of which something is shown: the one asked for, or today.

    A day on which the resolution did not stand yet is refused.
    """
    term = resolution.header.term
    if as_of is not None and as_of < term.start:
        message = _("{day} is before the term, which starts on {start}.").format(
            day=i18n.day(as_of), start=i18n.day(term.start)
        )
        raise typer.BadParameter(message, param_hint="'--as-of'")
    if as_of is not None and as_of > today:
        message = _("{day} is in the future; only `report` gives forecasts.").format(
            day=i18n.day(as_of)
        )
        raise typer.BadParameter(message, param_hint="'--as-of'")
    return as_of or today


def parsed_day(text: str) -> date:
    """Return the date that a person typed, as year-month-day or day/month/year."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text.strip(), re.ASCII):
        year, month, day = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text.strip(), re.ASCII):
        day, month, year = map(int, match.groups())
    else:
        raise typer.BadParameter(
            _("{text!r} is not a date; write 2026-09-30 or 30/09/2026.").format(text=text)
        )
    try:
        return date(year, month, day)
    except ValueError:
        message = _("there is no day {text!r}; write 2026-09-30 or 30/09/2026.").format(text=text)
        raise typer.BadParameter(message) from None


def typed(text: str) -> str:
    """Return what a person typed as UTF-8, composed (NFC), whatever encoding the system says it has.

    Where a locale of another encoding is set, Python reads a command line by that, though nearly
    every terminal sends UTF-8; text of that other encoding is hardly ever UTF-8 too, and is left as
    it is.
    """
    if sys.getfilesystemencoding() != "utf-8":
        with suppress(UnicodeError):
            text = os.fsencode(text).decode()
    return unicodedata.normalize("NFC", text)


def parsed_text(text: str) -> str:
    """Return a text that a person typed, if it can be written to a file and says something."""
    text = typed(text)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise typer.BadParameter(_("{text!r} is not UTF-8 text.").format(text=text)) from None
    if not fold(text):  # nothing in it can be seen
        raise typer.BadParameter(_("the text cannot be empty."))
    if text.strip() in _PLACEHOLDERS:
        raise typer.BadParameter(
            _("put your own text in the place of {text}.").format(text=text.strip())
        )
    return text.replace("\r\n", "\n")


def parsed_id(text: str) -> str:
    """Return an id that a person typed, or what may be one. Refuse what is several of them, or a piece of a text."""
    if any(quote in text for quote in _CURLY_QUOTES):
        message = _(
            '{text!r} has a curly quote, which holds no text together; put a text in straight quotes: "…"'
        )
        raise typer.BadParameter(message.format(text=text))
    if re.search("[,;]", text) and _IDS.fullmatch(text):
        ids = " ".join(re.split(r"[,;]\s*", text)).strip()
        raise typer.BadParameter(
            _("{text!r}: ids are parted by a space: {ids}").format(text=text, ids=ids)
        )
    return text


def parsed_percent(text: str) -> int:
    """Return the whole percentage that a person typed, with its sign or without."""
    match = re.fullmatch(r"(\d{1,3})\s*%?", text.strip(), re.ASCII)
    if match is None or (value := int(match[1])) > COMPLETE:
        raise typer.BadParameter(
            _("{text!r} is not a whole number from 0 to 100.").format(text=text)
        )
    return value


def parsed_choice(known: type[_Choice], aliases: Mapping[str, _Choice]) -> Callable[[str], _Choice]:
    """Return the parser of a word that has one spelling in the file and many on the way in."""
    by_key = {choice.value: choice for choice in known} | dict(aliases)

    def parsed(text: str) -> _Choice:
        if choice := by_key.get(key_of(typed(text))):
            return choice
        near = nearest_word(typed(text), by_key)
        guess = " " + did_you_mean([by_key[near[0]].value]) if near else ""
        message = _("{text!r} is not valid; choose one of: {words}.").format(
            text=text, words=", ".join(map(_both_words, known))
        )
        raise typer.BadParameter(message + guess)

    return parsed


def _both_words(choice: StrEnum) -> str:
    """Return a word of the file, behind its word in the active language where that is another one."""
    word = _(_IN_WORDS.get(choice, choice.value))
    return choice.value if key_of(word) == choice.value else f"{word} ({choice.value})"


def completed_ids(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the ids that a person may be typing, with their titles."""
    for item in _items(context):
        if item.id.lower().startswith(incomplete.lower()):
            # Typer offers only what begins as typed, and an id may be typed in any case.
            yield incomplete + item.id[len(incomplete) :], local(item.title)


def completed_leads(context: typer.Context, incomplete: str) -> list[str]:
    """Return the lead units of the file that a person may be typing."""
    leads = dict.fromkeys(item.lead for item in _items(context) if item.lead)
    return [lead for lead in leads if lead.startswith(incomplete)]


def completed_words(words: Iterable[str]) -> Callable[[str], list[str]]:
    """Return what completes a word that is one of `words`."""
    return lambda incomplete: [
        word for word in map(str, words) if word.startswith(key_of(incomplete))
    ]


def _items(context: typer.Context) -> tuple[Item, ...]:
    try:
        file = context.params.get("file") or _found_path() or storage.shipped_path()
        return storage.loaded(Path(file)).items
    except TrackerError:  # a key press is no place for a message
        return ()


def _print_version(asked: bool) -> None:  # noqa: FBT001  # Typer's way to call back
    if asked:
        print_text(f"tracker {__version__}\n")
        raise typer.Exit


def common(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help=N_("Print the version and exit."),
        ),
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
    typer.Option(
        "--as-of", parser=parsed_day, metavar="DATE", help=N_("The state at the end of this day.")
    ),
]
IdArgument = Annotated[
    str,
    typer.Argument(
        parser=parsed_id,
        metavar="ID",
        autocompletion=completed_ids,
        help=N_("The item's id, in upper or lower case."),
    ),
]
IdsArgument = Annotated[
    list[str],
    typer.Argument(
        parser=parsed_id,
        metavar="ID...",
        autocompletion=completed_ids,
        help=N_("The items' ids, in upper or lower case."),
    ),
]
