"""A text of the file as it is shown: in the reader's language, and safe on every screen."""

import re
import unicodedata
from collections.abc import Iterable

from resolution_cli import i18n
from resolution_cli.domain.model import Text, Translations

_CONTROL_PICTURES = 0x2400
_DELETE = 0x7F
_JOINERS = "\u200c\u200d"  # they hold letters and emoji together, and do no harm
_SHAPELESS = frozenset("\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff")
"""Hints where a line may break or must not, and operators without a sign: nothing is to be seen of
them anywhere."""

_LATER_CHARACTER = "Cn"
"""The category of a place that has no character in the tables of Unicode of this Python; a reader's
may be newer."""

_NEVER_CHARACTERS = (
    range(0x2065, 0x2066),
    range(0xFDD0, 0xFDF0),
    range(0xFFF0, 0xFFF9),
    range(0xE0000, 0xE1000),
)
"""Places that will never have a character, or only such as cannot be seen; so have the last two of
every plane."""

_LAST_OF_A_PLANE = 0xFFFE


_NOT_IN_NAMES = r'[<>:"/\\|?*]'
"""What Windows does not let a file's name have."""

_LONGEST_NAME = 150
"""Bytes of a unit's name in that of a file; most file systems take 255 for the whole."""


def file_names_of(parts: Iterable[tuple[str, str]], suffix: str) -> list[str]:
    """Return the names of files, one for each pair of a prefix and a text, as Windows takes them.

    The prefix parts one from names that a system keeps for itself; no name comes twice.
    """
    names: list[str] = []
    taken: set[str] = set()
    for prefix, text in parts:
        said = re.sub(_NOT_IN_NAMES, "-", unicodedata.normalize("NFC", clean(text)))
        said = " ".join(said.split()).encode()[:_LONGEST_NAME].decode(errors="ignore")
        whole = f"{prefix} {said.strip(' .')}".strip()
        name, number = whole, 2
        while name.casefold() in taken:
            name, number = f"{whole} ({number})", number + 1
        taken.add(name.casefold())
        names.append(f"{name}{suffix}")
    return names


def local(text: Text | None, language: str | None = None) -> str:
    """Return `text` in a language, or else in another one; empty for no text.

    The language is one of `i18n.LANGUAGES`; None for the active one.
    """
    if isinstance(text, Translations):
        return getattr(text, language or i18n.language()) or text.texts()[0]
    return text or ""


def clean(text: str) -> str:
    """Return `text` safe to show on one line, without control characters and marks of direction.

    An escape becomes "␛", a line's end a space; what has no shape goes; what else has no picture
    becomes "�".
    """
    if text.isprintable():
        return text
    return "".join(
        _shown(character) for character in " ".join(text.splitlines()).replace("\t", " ")
    )


def _shown(character: str) -> str:
    code = ord(character)
    if code < ord(" "):
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return "␡"
    if character in _SHAPELESS:
        return ""
    is_space = unicodedata.category(character) == "Zs"
    is_plain = character.isprintable() or is_space or character in _JOINERS or _may_come(character)
    return character if is_plain else "�"


def _may_come(character: str) -> bool:
    """Return whether a newer Unicode than that of this Python may have this character."""
    code = ord(character)
    is_never = code & _LAST_OF_A_PLANE == _LAST_OF_A_PLANE or any(
        code in never for never in _NEVER_CHARACTERS
    )
    return unicodedata.category(character) == _LATER_CHARACTER and not is_never
