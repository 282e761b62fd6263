"""How typed words meet known ones: blind to case, accents and spacing, with the nearest one named when none fits."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

_STROKED = str.maketrans("đðɖ", "ddd")
"""Letters of their own to Unicode, with no decomposition, that people read as d: `Ð` is typed where
`Đ` is meant."""

_LIKENESS = (0.6, 0.5)
_SLIP_IN = 4
_SHORT_ID = 4


def fold(text: str) -> str:
    """Return `text` without case, accents, and what cannot be seen, so that texts compare as people read them.

    "Chuyển đổi số", composed or decomposed, becomes "chuyen doi so". Any run of white space, a line
    end or a no-break space among it, is one space; there is none at the ends. Zero-width characters
    and soft hyphens are left out.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFD", text.casefold()).translate(_STROKED)
    return " ".join("".join(filter(_counts, decomposed)).split())


def _counts(character: str) -> bool:
    """Say whether `character` is more than an accent or a sign that cannot be seen."""
    return character.isascii() or not (
        unicodedata.combining(character)
        or unicodedata.category(character) == "Cf"
        or character == "\u034f"
    )


def key_of(text: str) -> str:
    """Return the folded form of `text` with spaces and underscores as hyphens: what a typed status is looked up by."""
    return "-".join(fold(text).replace("_", " ").replace("-", " ").split())


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return at most three of the `known` words that resemble `word`, the likest first; empty when none does.

    Half alike is all that words of two letters can be, and too little beside a likelier one. It is
    for the keys of a file, of which there are few and where a wrong guess harms nobody.
    """
    by_form = {fold(candidate): candidate for candidate in known}
    for cutoff in _LIKENESS:
        if forms := difflib.get_close_matches(fold(word), by_form, n=3, cutoff=cutoff):
            return [by_form[form] for form in forms]
    return []


def nearest_word(word: str, known: Iterable[str]) -> list[str]:
    """Return the one of the `known` words that `word` is nearly surely a slip of; empty when there is none.

    A slip keeps the first letter, as people do, and changes at most one letter in four. So a word
    is not guessed from
    its opposite: "chưa hoàn thành" and "unfinished" are not slips of "hoàn thành" and "finished".
    """
    form, found = key_of(word), []
    for candidate in known:
        other = key_of(candidate)
        most = max(1, max(len(form), len(other)) // _SLIP_IN)
        if (
            form
            and form[0] in other[:2]
            and abs(len(form) - len(other)) <= most
            and (slips := _slips(form, other)) <= most
        ):
            found.append((slips, candidate))
    return [min(found)[1]] if found else []


def nearest_id(word: str, known: Iterable[str]) -> list[str]:
    """Return the one of the `known` ids that `word` is nearly surely a slip of; empty when there is none.

    Ids that differ in a number or a letter name different things: T9 is no slip of T1. What is one:
    a separator or a leading zero too many or too few, two letters that changed places, or, in a
    longer id, one that is missing or twice.
    """
    form = _bare(word)
    found = [candidate for candidate in known if _bare(candidate) == form]
    return (
        found[:1]
        or [candidate for candidate in known if _is_slip_of_id(form, _bare(candidate))][:1]
    )


def _bare(item_id: str) -> str:
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[-._\s]", "", fold(item_id)))


def _is_slip_of_id(form: str, other: str) -> bool:
    if abs(len(form) - len(other)) > 1 or re.findall(r"\d", form) != re.findall(r"\d", other):
        return False
    if len(form) == len(
        other
    ):  # then letters changed places; one exchanged for another makes another id
        return sorted(form) == sorted(other) and _slips(form, other) == 1
    return min(len(form), len(other)) >= _SHORT_ID and _slips(form, other) == 1


def _slips(word: str, other: str) -> int:
    """Return how many letters were left out, added, exchanged, or changed places with the next, from one to another."""
    before: list[int] = []
    row: list[int] = [*range(len(other) + 1)]
    for i, letter in enumerate(word, 1):
        new: list[int] = [i]
        for j, known in enumerate(other, 1):
            new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (letter != known)))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == known:
                new[j] = min(new[j], before[j - 2] + 1)
        before, row = row, new
    return row[-1]
