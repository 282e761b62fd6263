"""Matching typed words with known ones: without case, accents and spacing, and the nearest word."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

_STROKED = str.maketrans("đðɖ", "ddd")
"""Letters without a Unicode decomposition that people read as d; some type `Ð` for `Đ`."""

_STROKES_MARKED = dict.fromkeys(_STROKED, "d\N{COMBINING SHORT STROKE OVERLAY}")
"""The same letters, each as d with the stroke as an accent."""

_CUTOFFS = (0.6, 0.5)
"""The likenesses of difflib that are tried in order.

Words of two letters can be no more than half alike; such a guess is made only if there is none
better.
"""

_LETTERS_PER_SLIP = 4
_SHORT_ID = 4
_LONG_WORD = 5


def fold(text: str) -> str:
    """Return `text` without case, accents and invisible characters, for comparison.

    "Chuyển đổi số", composed or decomposed, becomes "chuyen doi so". Any run of white space,
    including line ends and no-break spaces, becomes one space, with none at the ends. Zero-width
    characters and soft hyphens are left out.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFD", text.casefold()).translate(_STROKED)
    return " ".join("".join(filter(_is_kept, decomposed)).split())


def fold_keeping_accents(text: str) -> str:
    """Return `text` as `fold` does, but with its accents: behind the letters of each word, sorted.

    So "hoà" and "hòa" are the same, and "hoa" is another word.
    """
    if text.isascii():
        return fold(text)
    words = unicodedata.normalize("NFD", text.casefold().translate(_STROKES_MARKED)).split()
    marked = ("".join(sorted(filter(_is_visible, word), key=_mark)) for word in words)
    return " ".join(filter(None, marked))


def _mark(character: str) -> str:
    """Return an accent, and nothing for a letter: letters keep their order before the accents."""
    return character if unicodedata.combining(character) else ""


def _is_kept(character: str) -> bool:
    """Return whether `character` is neither an accent nor invisible."""
    return character.isascii() or not (
        unicodedata.combining(character) or not _is_visible(character)
    )


def _is_visible(character: str) -> bool:
    # The combining grapheme joiner is invisible.
    return unicodedata.category(character) != "Cf" and character != "\u034f"


def key_of(text: str) -> str:
    """Return `text` folded, with a hyphen for spaces and underscores, to look up a typed word."""
    return "-".join(fold(text).replace("_", " ").replace("-", " ").split())


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return at most three of the `known` words that resemble `word`, the most similar first.

    Empty if none does. Use it for the keys of a file, where a wrong guess does no harm.
    """
    by_form = {fold(candidate): candidate for candidate in known}
    for cutoff in _CUTOFFS:
        if forms := difflib.get_close_matches(fold(word), by_form, n=3, cutoff=cutoff):
            return [by_form[form] for form in forms]
    return []


def nearest_word(word: str, known: Iterable[str]) -> list[str]:
    """Return the `known` word that `word` is almost certainly a misspelling of, or an empty list.

    There are several, sorted, where they are equally near. A misspelling keeps the first letter and
    changes at most one letter in four. So a word is not taken for its opposite: "chưa hoàn thành"
    and "unfinished" are no misspellings of "hoàn thành" and "finished".
    """
    form = key_of(word)
    if not form:
        return []
    candidates = []
    for candidate in known:
        other = key_of(candidate)
        most = max(1, max(len(form), len(other)) // _LETTERS_PER_SLIP)
        is_comparable = form[0] in other[:2] and abs(len(form) - len(other)) <= most
        if is_comparable and (distance := _distance(form, other)) <= most:
            candidates.append((distance, candidate))
    least = min(candidates, default=(0, ""))[0]
    return sorted(candidate for distance, candidate in candidates if distance == least)


def nearest_id(word: str, known: Iterable[str]) -> list[str]:
    """Return the `known` id that `word` is almost certainly a misspelling of, or an empty list.

    Ids that differ in a digit or a letter name different items: T9 is no misspelling of T1. A
    misspelling has a separator or a leading zero too many or too few, two adjacent letters
    exchanged, or, in a longer id, one letter too many or too few.
    """
    form = _bare(word)
    forms = {candidate: _bare(candidate) for candidate in known}
    for candidate, other in forms.items():
        if other == form:
            return [candidate]
    for candidate, other in forms.items():
        if _is_misspelled_id(form, other):
            return [candidate]
    return []


def is_slip(word: str, other: str) -> bool:
    """Return whether one of two folded words is almost certainly a misspelling of the other.

    One letter too many or too few, or two adjacent letters exchanged, in a word of four letters; in
    a longer one also another letter. Words with a digit name different things.
    """
    is_comparable = word.isalpha() and other.isalpha() and abs(len(word) - len(other)) <= 1
    if not is_comparable or _distance(word, other) != 1:
        return False
    is_exchange = sorted(word) == sorted(other)
    is_other_letter = len(word) == len(other) and not is_exchange
    return max(len(word), len(other)) >= (_LONG_WORD if is_other_letter else _SHORT_ID)


def _bare(item_id: str) -> str:
    """Return an id folded, without separators and leading zeros."""
    without_separators = re.sub(r"[-._\s]", "", fold(item_id))
    return re.sub(r"(?<!\d)0+(?=\d)", "", without_separators)


def _is_misspelled_id(form: str, other: str) -> bool:
    """Return whether the bare id `form` is almost certainly a misspelling of `other`."""
    if abs(len(form) - len(other)) > 1 or re.findall(r"\d", form) != re.findall(r"\d", other):
        return False
    if len(form) == len(other):  # only an exchange of adjacent letters; another letter is no slip
        return sorted(form) == sorted(other) and _distance(form, other) == 1
    return min(len(form), len(other)) >= _SHORT_ID and _distance(form, other) == 1


def _distance(word: str, other: str) -> int:
    """Return the edit distance of two words, an exchange of adjacent letters counting as one edit.

    This is the optimal string alignment distance: insertions, deletions, substitutions and
    transpositions.
    """
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
