"""What several commands read from the command line: options, and which file is meant."""

import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from enum import StrEnum
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from resolution_cli import __version__, storage
from resolution_cli.cli import clock
from resolution_cli.cli.output import print_notice, print_text
from resolution_cli.domain import parsing
from resolution_cli.domain.facts import Fact
from resolution_cli.domain.model import Item, Parent, Resolution, Target
from resolution_cli.domain.period import offered
from resolution_cli.errors import DataFileMissing, TrackerError, WrongInput
from resolution_cli.i18n import N_, _
from resolution_cli.matching import fold, key_of
from resolution_cli.views.texts import local

_Value = TypeVar("_Value")


def path_to_read(file: Path | None) -> Path:
    """Return the data file to read: the one named, the nearest one, or the shipped resolution.

    A notice on stderr says when it is the shipped one.
    """
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
    """Return the data file to change: the one named or the nearest one.

    Raises:
        DataFileMissing: there is none.

    """
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


def typed(text: str) -> str:
    """Return what a person typed as UTF-8, whatever encoding the system says it has.

    Where a locale of another encoding is set, Python reads a command line by that, though nearly
    every terminal sends UTF-8; text of that other encoding is hardly ever UTF-8 too, and is left as
    it is.
    """
    if sys.getfilesystemencoding() != "utf-8":
        with suppress(UnicodeError):
            return os.fsencode(text).decode()
    return text


def argument_of(parse: Callable[[str], _Value]) -> Callable[[str], _Value]:
    """Return `parse` for Typer, which then says before what is wrong where it was typed."""

    def parsed(text: str) -> _Value:
        try:
            return parse(typed(text))
        except WrongInput as error:
            raise typer.BadParameter(error.message) from None

    return parsed


def completed_ids(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the ids that a person may be typing, with their titles."""
    yield from _completed(_items(context), incomplete)


def completed_parents(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield those of tasks and breakthroughs alone, which have milestones and targets."""
    parents = (item for item in _items(context) if isinstance(item, Parent))
    yield from _completed(parents, incomplete)


def _completed(items: Iterable[Item | Target], incomplete: str) -> Iterator[tuple[str, str]]:
    for item in items:
        if item.id.lower().startswith(incomplete.lower()):
            # Typer offers only what begins as typed, and an id may be typed in any case.
            yield incomplete + item.id[len(incomplete) :], local(item.title)


def completed_units(context: typer.Context, incomplete: str) -> list[str]:
    """Return the main names of the units that a person may be typing, in any case and accents."""
    resolution = _resolution(context)
    if resolution is None:
        return []
    from resolution_cli.domain.units import units_of  # noqa: PLC0415  # few key presses need it

    typed_so_far = unicodedata.normalize("NFC", incomplete)
    size = len(typed_so_far)
    # As for ids: what begins as typed, and is a spelling of the unit.
    return [
        incomplete + name[size:]
        for name in units_of(resolution).names
        if fold(name[:size]) == fold(typed_so_far)
    ]


def completed_words(words: Iterable[str]) -> Callable[[str], list[str]]:
    """Return what completes a word that is one of `words`."""
    return lambda incomplete: [
        word for word in map(str, words) if word.startswith(key_of(incomplete))
    ]


def completed_periods(context: typer.Context, incomplete: str) -> list[str]:
    """Return the names of periods that a person may be typing: those that have begun."""
    resolution = _resolution(context)
    if resolution is None:
        return []
    header = resolution.header
    names = offered(header.term, clock.now().date(), header.settings.cutoff_day)
    return [name for name in names if key_of(name).startswith(key_of(incomplete))]


def option_of(fact: Fact, help_: str = "", *, is_hidden: bool = False) -> Parameter:
    """Return the parameter of a command from which Typer makes the option that sets `fact`.

    Its help is that of the fact, or `help_`.
    """
    completed: Callable[..., list[str]] | None = None
    if fact.is_unit:
        completed = completed_units
    elif issubclass(fact.value_type, StrEnum):
        completed = completed_words(fact.value_type)
    option = typer.Option(
        fact.option,
        parser=argument_of(parsing.value_of(fact)),
        metavar=fact.metavar,
        autocompletion=completed,
        help=help_ or fact.help or fact.description,
        hidden=is_hidden,
    )
    type_ = list[Any] | None if fact.is_list else Any | None
    return Parameter(
        fact.name, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[type_, option]
    )


def _items(context: typer.Context) -> tuple[Item | Target, ...]:
    found = _resolution(context)
    return found.tracked if found else ()


def _resolution(context: typer.Context) -> Resolution | None:
    try:
        file = context.params.get("file") or _found_path() or storage.shipped_path()
        return storage.loaded(Path(file))
    except TrackerError:  # a key press is no place for a message
        return None


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


parsed_day = argument_of(parsing.day)
parsed_text = argument_of(parsing.text)
parsed_id = argument_of(parsing.item_id)


def period_option(help_: str) -> Any:
    """Return the option that takes the name of a period, for Typer."""
    return typer.Option(
        "--period",
        parser=argument_of(str),
        metavar="PERIOD",
        autocompletion=completed_periods,
        help=help_,
    )


def unit_option(help_: str) -> Any:
    """Return an option that takes a unit, for Typer."""
    return typer.Option(
        parser=parsed_text, metavar="UNIT", autocompletion=completed_units, help=help_
    )


def author_option(help_: str) -> Any:
    """Return the option that takes who records something, for Typer."""
    return typer.Option(parser=parsed_text, metavar="NAME", envvar="TRACKER_BY", help=help_)


FileOption = Annotated[
    Path | None,
    typer.Option(
        "--file",
        "-f",
        envvar="TRACKER_FILE",
        metavar="FILE",
        help=N_("The data file."),
        show_envvar=True,
        readable=False,  # Typer does not check it: storage has its own message
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
    list[str] | None,
    typer.Argument(
        parser=parsed_id,
        metavar="[ID...]",
        autocompletion=completed_ids,
        help=N_(
            "The items' ids, in upper or lower case. In a terminal, without any, one is asked for."
        ),
    ),
]
