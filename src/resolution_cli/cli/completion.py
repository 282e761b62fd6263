"""What TAB offers, as each shell takes it. What comes from the file is text to every one of them: nothing of it is run.

The scripts that Typer installs call the program once for each TAB, and hand over what is typed so
far in variables. Its
own answers are not used: in zsh they are shell code with a title in it, and in others a title is
read as markup.
"""

import os
import re
import shlex
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from typer._click.shell_completion import (  # Typer does not export them
    CompletionItem,
    ShellComplete,
)

from resolution_cli.cli.output import print_text
from resolution_cli.errors import ExitCode
from resolution_cli.views.texts import clean

_MOST_SHOWN = 200
_BASH_PLAIN = re.compile(r"[\w./,+@%-]*")
_BASH_READS_ITSELF = frozenset("*?[]!:=~^")
"""What bash expands in the answer, or breaks words at, however it is quoted."""
_OPTION = re.compile(r"^--[a-z-]+=")
_POWERSHELL_PLAIN = re.compile(r"[\w./=+-]+")
_SINGLE_QUOTES = "(['\u2018\u2019\u201a\u201b])"
_TWICE = r"\1\1"


class _Typed(NamedTuple):
    """What is typed up to the cursor.

    Attributes:
        words: the whole words, without the program's name.
        incomplete: the word at the cursor, without its quotes; empty if there is none yet.
        is_quoted: a quote stands open in it.

    """

    words: list[str]
    incomplete: str
    is_quoted: bool = False


class _Offer(NamedTuple):
    """What may be put in place of the word at the cursor, and what is said beside it."""

    value: str
    help: str


def answer(shell: str, command: Any) -> ExitCode | None:
    """Print what completes the command line of `shell` for the Typer `command`; return the exit code.

    It is None for a shell that is not known here.
    """
    if shell not in _SHELLS:
        return None
    read, write = _SHELLS[shell]
    typed = read(os.environ)
    offers = _offers(command, typed)
    if (
        os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args"
    ):  # fish asks first whether there is anything
        return ExitCode.DONE if offers else ExitCode.BUG
    print_text(write(offers, typed) + "\n")
    return ExitCode.DONE


class _Completions(ShellComplete):
    """Typer's own search for what fits, without its ways to read a command line and to answer a shell.

    The base class is abstract in these three. The search calls none of them, and a call would be a
    fault of ours.
    """

    def source_vars(self) -> dict[str, Any]:
        raise NotImplementedError

    def get_completion_args(self) -> tuple[list[str], str]:
        raise NotImplementedError

    def format_completion(self, item: CompletionItem) -> str:
        raise NotImplementedError


def _offers(command: Any, typed: _Typed) -> list[_Offer]:
    found = _Completions(command, {}, "tracker", "").get_completions(typed.words, typed.incomplete)
    # Of `--status=d` Typer completes what stands behind the sign; a shell replaces the whole word.
    option, sign, _value = typed.incomplete.partition("=")
    before = option + sign if sign and option.startswith("-") else ""
    return [
        _Offer(before + item.value, clean(item.help or "")[:_MOST_SHOWN])
        for item in found
        if item.value.isprintable()  # else it cannot be shown, nor typed
    ]


def _read_line(line: str) -> _Typed:
    """Return the words of a command line up to the cursor, as any of the shells takes it apart."""
    end = "\0"  # marks where the cursor stands, which no command line has
    lexer = shlex.shlex(line.replace(end, "") + end, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    is_quoted = False
    try:
        words.extend(lexer)
    except ValueError:  # a quote that nobody has closed yet
        words.append(lexer.token)
        is_quoted = True
    return _Typed(words[1:-1], words[-1].replace(end, "") if len(words) > 1 else "", is_quoted)


def _read_whole(environment: Mapping[str, str]) -> _Typed:
    return _read_line(environment.get("_TYPER_COMPLETE_ARGS", ""))


def _read_bash(environment: Mapping[str, str]) -> _Typed:
    """Return what is typed up to the word that bash counts as the current one; `=` stands as a word of its own."""
    whole, last, is_quoted = _read_line(environment.get("COMP_WORDS", ""))
    words, place = [*whole, last], environment.get("COMP_CWORD", "")
    if place.isdecimal() and int(place) < len(words):  # the cursor stands in a word before the last
        words, is_quoted = words[: int(place)], False
    incomplete = words.pop() if words else ""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1].startswith("--") and (word == "=" or joined[-1].endswith("=")):
            joined[-1] += word
        else:
            joined.append(word)
    if incomplete == "=":
        incomplete = ""
    elif joined and joined[-1].startswith("--"):
        joined[-1] = joined[-1].removesuffix("=")
    return _Typed(joined, incomplete, is_quoted)


def _read_powershell(environment: Mapping[str, str]) -> _Typed:
    """Return what is typed; PowerShell drops the spaces at the end, and hands over the word at the cursor by itself."""
    line = environment.get("_TYPER_COMPLETE_ARGS", "")
    is_between = not environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE")
    return _read_line(f"{line} " if is_between else line)


def _write_bash(offers: list[_Offer], typed: _Typed) -> str:
    """Return a value a line; bash puts it into the command line as it stands, so it is quoted here."""
    values = [value for value, _ in offers if not _BASH_READS_ITSELF & set(_OPTION.sub("", value))]
    if typed.is_quoted:  # bash keeps the open quote, in which not all could be quoted
        return "\n".join(value for value in values if _BASH_PLAIN.fullmatch(value.replace(" ", "")))
    return "\n".join(re.sub(r"([^\w./,+@%=-])", r"\\\1", value) for value in values)


def _write_zsh(offers: list[_Offer], _typed: _Typed) -> str:
    """Return the code that zsh evaluates: every text in it is a word in single quotes, which zsh takes as it is."""
    if not offers:
        return "_files"
    entries = []
    for value, text in offers:
        name = value.replace("\\", "\\\\").replace(
            ":", "\\:"
        )  # `_describe` parts the two at the first plain colon
        entries.append("'" + (f"{name}:{text}" if text else name).replace("'", "'\\''") + "'")
    return f"local -a offers; offers=({' '.join(entries)}); _describe -V tracker offers"


def _write_fish(offers: list[_Offer], _typed: _Typed) -> str:
    """Return a value and its text a line, with a tab between them."""
    return "\n".join(f"{value}\t{text}" if text else value for value, text in offers)


def _write_powershell(offers: list[_Offer], _typed: _Typed) -> str:
    """Return a value and its text a line; the text may not be empty. PowerShell puts the value in as it stands.

    It takes the curly single quotes for single quotes too.
    """
    lines = []
    for value, text in offers:
        quoted = (
            value
            if _POWERSHELL_PLAIN.fullmatch(value)
            else f"'{re.sub(_SINGLE_QUOTES, _TWICE, value)}'"
        )
        if ":::" not in value:
            lines.append(f"{quoted}:::{text.replace(':::', ' ') or ' '}")
    return "\n".join(lines)


_Read = Callable[[Mapping[str, str]], _Typed]
_Write = Callable[[list[_Offer], _Typed], str]
_SHELLS: Mapping[str, tuple[_Read, _Write]] = {
    "bash": (_read_bash, _write_bash),
    "zsh": (_read_whole, _write_zsh),
    "fish": (_read_whole, _write_fish),
    "powershell": (_read_powershell, _write_powershell),
    "pwsh": (_read_powershell, _write_powershell),
}
