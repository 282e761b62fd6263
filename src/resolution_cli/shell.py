"""Command lines that a message names, quoted so that they can be pasted into a shell as they stand."""

import os
import re
import unicodedata

_PLAIN = re.compile(r"[A-Za-z0-9@%+:,./_-][A-Za-z0-9@%+=:,./_-]*")
"""A word that no POSIX shell reads as anything else; zsh looks up a program for `=name`."""

_PLAIN_FOR_CMD = re.compile(r"[A-Za-z0-9@+=:./\\_-]+")


def command_line(*words: str) -> str:
    """Return the command line that consists of `words`, such as `tracker update T1 --lead 'A B'`.

    Pasted into a POSIX shell (bash, zsh, ksh) it gives exactly these words and runs nothing else.
    It is one line, in
    which every character can be seen: what cannot is written as `$'…'` has it. On Windows it is
    quoted for `cmd.exe`, which has no way to write a line end.
    """
    quoted = _quoted_for_cmd if os.name == "nt" else _quoted
    return " ".join(map(quoted, words))


def _quoted(word: str) -> str:
    if _PLAIN.fullmatch(word):
        return word
    if not all(map(_is_seen, word)):
        return f"$'{''.join(map(_escaped, word))}'"
    return "'" + word.replace("'", "'\"'\"'") + "'"


def _escaped(character: str) -> str:
    if character in "\\'":
        return f"\\{character}"
    if _is_seen(character):
        return character
    # Three octal digits a byte: what follows cannot be taken for a fourth, as it can in
    # hexadecimal.
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))


def _is_seen(character: str) -> bool:
    """Say whether a screen may show `character` as it is: no control, no order of direction, no end of a line."""
    return character.isprintable() or unicodedata.category(character) == "Zs"


def _quoted_for_cmd(word: str) -> str:
    """Return `word` as `cmd.exe` and the C library's reading of a command line need it.

    A quote is doubled, not escaped by a backslash: `cmd.exe` knows only quotes, and would take `&`
    behind it for its own. `%` stands outside of the quotes, behind a caret, where it begins no
    variable's name.
    """
    if _PLAIN_FOR_CMD.fullmatch(word):
        return word
    return "^%".join(f'"{_doubled(part)}"' for part in word.split("%"))


def _doubled(part: str) -> str:
    """Return `part` with its quotes doubled, and the backslashes before a quote or at the end."""
    return re.sub(r'(\\*)("|\Z)', lambda match: match[1] * 2 + match[2] * 2, part)
