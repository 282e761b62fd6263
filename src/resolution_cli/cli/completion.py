"""The completions that TAB offers, in the form that each shell expects.

The scripts that Typer installs call the program for each TAB, and pass the command line so far in
environment variables. Typer's own output is not used: for zsh it is shell code that includes titles
of the data file, and for other shells it reads a title as markup. Here every text of the file is
quoted or cleaned, so that no shell runs any of it.
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
_BASH_SPECIAL = frozenset("*?[]!:=~^")
"""Characters that bash expands in a completion, or splits words at, even if quoted."""
_OPTION = re.compile(r"^--[a-z-]+=")
_POWERSHELL_PLAIN = re.compile(r"[\w./=+-]+")
_SINGLE_QUOTES = "(['\u2018\u2019\u201a\u201b])"
_TWICE = r"\1\1"


class _Typed(NamedTuple):
    """The command line up to the cursor.

    Attributes:
        words: the complete words, without the program's name.
        incomplete: the word at the cursor, without its quotes; empty if there is none yet.
        is_quoted: it has an open quote.

    """

    words: list[str]
    incomplete: str
    is_quoted: bool = False


class _Offer(NamedTuple):
    """A completion of the word at the cursor, and the help shown beside it."""

    value: str
    help: str


def complete(shell: str, command: Any) -> ExitCode | None:
    """Print the completions of the command line of `shell` for the Typer `command`.

    Return the exit code, or None if the shell is not one of those supported here.
    """
    if shell not in _SHELLS:
        return None
    read, write = _SHELLS[shell]
    typed = read(os.environ)
    offers = _offers(command, typed)
    # Before it asks for completions, fish asks by the exit code whether there are any.
    if os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return ExitCode.DONE if offers else ExitCode.BUG
    print_text(write(offers, typed) + "\n")
    return ExitCode.DONE


class _Completions(ShellComplete):
    """Typer's search for completions, without its input from and output to a shell.

    The base class leaves these three methods to its subclasses. The search calls none of them; a
    call would be a bug.
    """

    def source_vars(self) -> dict[str, Any]:
        raise NotImplementedError  # the search does not call it

    def get_completion_args(self) -> tuple[list[str], str]:
        raise NotImplementedError  # the search does not call it

    def format_completion(self, item: CompletionItem) -> str:
        raise NotImplementedError  # the search does not call it


def _offers(command: Any, typed: _Typed) -> list[_Offer]:
    found = _Completions(command, {}, "tracker", "").get_completions(typed.words, typed.incomplete)
    # Of `--status=d` Typer completes only the value; a shell replaces the whole word.
    option, sign, _value = typed.incomplete.partition("=")
    before = option + sign if sign and option.startswith("-") else ""
    return [
        _Offer(before + item.value, clean(item.help or "")[:_MOST_SHOWN])
        for item in found
        if item.value.isprintable()  # others can be neither shown nor typed
    ]


def _read_line(line: str) -> _Typed:
    """Return the words of a command line up to the cursor, split as the shells do it."""
    end = "\0"  # marks the cursor; no command line has this character
    lexer = shlex.shlex(line.replace(end, "") + end, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    is_quoted = False
    try:
        words.extend(lexer)
    except ValueError:  # an open quote
        words.append(lexer.token)
        is_quoted = True
    return _Typed(words[1:-1], words[-1].replace(end, "") if len(words) > 1 else "", is_quoted)


def _read_whole(environment: Mapping[str, str]) -> _Typed:
    return _read_line(environment.get("_TYPER_COMPLETE_ARGS", ""))


def _read_bash(environment: Mapping[str, str]) -> _Typed:
    """Return the command line up to the word that bash counts as the current one.

    bash passes the `=` of an option as a word of its own; option, sign and value are joined here.
    """
    complete_words, last, is_quoted = _read_line(environment.get("COMP_WORDS", ""))
    words, place = [*complete_words, last], environment.get("COMP_CWORD", "")
    if place.isdecimal() and int(place) < len(words):  # the cursor is in a word before the last
        words, is_quoted = words[: int(place)], False
    incomplete = words.pop() if words else ""
    joined: list[str] = []
    for word in words:
        is_after_option = bool(joined) and joined[-1].startswith("--")
        if is_after_option and (word == "=" or joined[-1].endswith("=")):
            joined[-1] += word
        else:
            joined.append(word)
    if incomplete == "=":
        incomplete = ""
    elif joined and joined[-1].startswith("--"):
        joined[-1] = joined[-1].removesuffix("=")
    return _Typed(joined, incomplete, is_quoted)


def _read_powershell(environment: Mapping[str, str]) -> _Typed:
    """Return the command line up to the cursor.

    PowerShell removes the spaces at its end, and passes the word at the cursor separately.
    """
    line = environment.get("_TYPER_COMPLETE_ARGS", "")
    is_between = not environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE")
    return _read_line(f"{line} " if is_between else line)


def _write_bash(offers: list[_Offer], typed: _Typed) -> str:
    """Return one value per line, quoted, as bash inserts it unchanged."""
    values = [value for value, _ in offers if not _BASH_SPECIAL & set(_OPTION.sub("", value))]
    if typed.is_quoted:  # bash keeps the open quote, inside which not every value can be quoted
        return "\n".join(value for value in values if _BASH_PLAIN.fullmatch(value.replace(" ", "")))
    return "\n".join(re.sub(r"([^\w./,+@%=-])", r"\\\1", value) for value in values)


def _write_zsh(offers: list[_Offer], _typed: _Typed) -> str:
    """Return the code that zsh evaluates; every text in it is in single quotes, and so literal."""
    if not offers:
        return "_files"
    entries = []
    for value, text in offers:
        # `_describe` splits value and help at the first colon without a backslash.
        name = value.replace("\\", "\\\\").replace(":", "\\:")
        entry = f"{name}:{text}" if text else name
        entries.append("'" + entry.replace("'", "'\\''") + "'")
    return f"local -a offers; offers=({' '.join(entries)}); _describe -V tracker offers"


def _write_fish(offers: list[_Offer], _typed: _Typed) -> str:
    """Return a value and its help per line, with a tab between them."""
    return "\n".join(f"{value}\t{text}" if text else value for value, text in offers)


def _write_powershell(offers: list[_Offer], _typed: _Typed) -> str:
    """Return a value and its help per line; the help must not be empty.

    The value is quoted, as PowerShell inserts it unchanged. Curly single quotes are quotes to it
    too.
    """
    lines = []
    for value, text in offers:
        if ":::" in value:  # the separator, which cannot be escaped
            continue
        is_plain = _POWERSHELL_PLAIN.fullmatch(value)
        quoted = value if is_plain else f"'{re.sub(_SINGLE_QUOTES, _TWICE, value)}'"
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
