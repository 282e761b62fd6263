"""How typed words meet known ones: blind to case and accents, with the nearest one named when none fits."""

import difflib
import unicodedata
from collections.abc import Iterable, Sequence


def fold(text: str) -> str:
    """Return `text` without case and accents, so that texts compare as people hear them.

    "Chuyển đổi số", composed or decomposed, becomes "chuyen doi so". `đ` is a letter of its own to Unicode and has
    no decomposition, so it is named here.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).replace("đ", "d")


def key_of(text: str) -> str:
    """Return the folded form of `text` with spaces and underscores as hyphens: what a typed status is looked up by."""
    return "-".join(fold(text).replace("_", " ").replace("-", " ").split())


def nearest(word: str, known: Iterable[str], *, most: int = 3, likeness: Sequence[float] = (0.6, 0.5)) -> list[str]:
    """Return at most `most` of the `known` words that resemble `word`, the likest first; empty when none does.

    What resembles it is at least as like it, from 0 to 1, as the first `likeness` with which there is any. Half alike
    is all that words of two letters can be, and too little beside a likelier one.
    """
    by_form = {fold(candidate): candidate for candidate in known}
    for cutoff in likeness:
        if forms := difflib.get_close_matches(fold(word), by_form, n=most, cutoff=cutoff):
            return [by_form[form] for form in forms]
    return []
