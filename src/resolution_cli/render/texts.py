"""A text of the file as it is shown: in the reader's language, and safe on every screen."""

import unicodedata

from resolution_cli import i18n
from resolution_cli.model import Text, Translations

_CONTROL_PICTURES = 0x2400
_DELETE = 0x7F
_JOINERS = "\u200c\u200d"  # they hold letters and emoji together, and do no harm


def local(text: Text | None) -> str:
    """Return `text` in the active language, or in another one if it has none in that; empty for no text."""
    if isinstance(text, Translations):
        return getattr(text, i18n.language()) or text.texts()[0]
    return text or ""


def clean(text: str) -> str:
    """Return `text` safe to show on one line: no control character, no order to write from right to left, gets through.

    An escape becomes "␛", a line's end a space; what has no picture becomes "�".
    """
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in " ".join(text.splitlines()).replace("\t", " "))


def _shown(character: str) -> str:
    code = ord(character)
    if code < ord(" "):
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return "␡"
    is_plain = character.isprintable() or unicodedata.category(character) == "Zs" or character in _JOINERS
    return character if is_plain else "�"
