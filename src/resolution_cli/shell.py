"""The command lines in messages, quoted so that they can be pasted into a shell unchanged."""

import os
import re
import unicodedata

_PLAIN = r"[A-Za-z0-9@%+:,./_-][A-Za-z0-9@%+=:,./_-]*"
"""A word that needs no quotes in any POSIX shell; not with `=` first, which zsh expands."""

_PLAIN_FOR_CMD = r"[A-Za-z0-9@+=:./\\_-]+"


def command_line(*words: str) -> str:
    """Return the command line that consists of `words`, such as `tracker update T1 --lead 'A B'`.

    Pasted into a POSIX shell (bash, zsh, ksh) it gives exactly these words and runs nothing else.
    It is one line of visible characters: invisible ones are escaped in `$'…'`. On Windows it is
    quoted for `cmd.exe`, which cannot express a line end.
    """
    quoted = _quoted_for_cmd if os.name == "nt" else _quoted
    return " ".join(map(quoted, words))


def _quoted(word: str) -> str:
    if re.fullmatch(_PLAIN, word):
        return word
    if not all(map(_is_visible, word)):
        return f"$'{''.join(map(_escaped, word))}'"
    return "'" + word.replace("'", "'\"'\"'") + "'"


def _escaped(character: str) -> str:
    if character in "\\'":
        return f"\\{character}"
    if _is_visible(character):
        return character
    # An octal escape ends after three digits; a hexadecimal one would include digits that follow.
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))


def _is_visible(character: str) -> bool:
    """Return whether `character` is printable or a space, not a control or a direction mark."""
    return character.isprintable() or unicodedata.category(character) == "Zs"


def _quoted_for_cmd(word: str) -> str:
    """Return `word` quoted for `cmd.exe` and for the C library, which splits the command line.

    A quote is doubled, not escaped by a backslash: `cmd.exe` ignores the backslash, and would
    interpret an `&` that follows. `%` is outside the quotes, after a caret, so that it does not
    start the name of a variable.
    """
    if re.fullmatch(_PLAIN_FOR_CMD, word):
        return word
    return "^%".join(f'"{_doubled(part)}"' for part in word.split("%"))


def _doubled(part: str) -> str:
    """Return `part` with its quotes doubled, and the backslashes before a quote or at the end."""
    return re.sub(r'(\\*)("|\Z)', lambda match: match[1] * 2 + match[2] * 2, part)
