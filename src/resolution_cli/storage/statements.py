"""The position of each statement of a TOML text: its line, its span, its comments.

The TOML editor keeps the layout of a text but gives no positions. This module reads only what the
grammar shows without interpreting values (strings, comments, brackets, line ends), and only text
that a parser has already accepted.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import msgspec
from msgspec import Struct

from resolution_cli.domain.model import Place

# Characters are repeated possessively, groups are not: up to 3.11.4, as in Debian 12, Python's
# `(?:…)*+` misses matches (python/cpython#106052). Blank lines, of which there may be millions, are
# matched a thousand at a time, because the memory of a repeat grows with its length.
_TEXT = r"""(?: " (?: [^"\\\n]++ | \\. )* " (?!") | ' [^'\n]*+ ' (?!') )"""
_USUAL = rf"""
    (?: [ \t]*+ (?: \#[^\n]*+ )? \r?\n ){{1,1000}}    # blank lines and comments
    | [ \t]*+ ( \[*+ ) ( [A-Za-z0-9_.-]++ )           # a table header, or a key
    (?: \]++
      | [ \t]*+ = [ \t]*+                             # with a value of one line
        (?: {_TEXT}
          | [^\s"'\#\[\]{{}}]++
          | [\[{{] (?: {_TEXT} | [^\n"'\#\[\]{{}}] )* [\]}}] ) )
    [ \t]*+ ( \#[^\n]*+ )? \r?\n
"""
"""Nearly every statement of a usual file, and the lines between them, in one match.

Every other statement is read lexeme by lexeme.
"""

_LEXEME = r'''
    # A multi-line string may end in one or two quotes of its own.
    """ (?: [^"\\]++ | \\. | "(?!"") )* "{3,5}
    | \'\'\' (?: [^']++ | '(?!'') )* '{3,5}
    | " (?: [^"\\\n]++ | \\. )* "
    | ' [^'\n]*+ '
    | \# [^\n]*
    | [\[\]{}=.,\n]
    | [^\s"'\#\[\]{}=.,]+
    | [^\S\n]+
    '''


class Statement(Struct, frozen=True):
    """A table header, or a key with its value.

    Attributes:
        table: the place of the table that it belongs to; for a header, of the table that it opens.
        place: the place that it defines; for an entry of an array of tables, with the index of the
            entry, counted from 0.
        line: the line on which it begins, counted from 1.
        start, end: its span in the text, from the start of its first line to the start of the line
            after its last.
        comments: the comments beside it and inside it, in order, each from its `#`.
        is_header: it opens a table.

    """

    table: Place
    place: Place
    line: int
    start: int
    end: int
    comments: tuple[str, ...]
    is_header: bool


class Start(NamedTuple):
    """A place in a text, in front of the header of an entry, from which it can be read.

    Attributes:
        position: the start of the line.
        counts: the index of the last entry of each array of tables before it.

    """

    position: int = 0
    counts: Mapping[Place, int] = MappingProxyType({})


def statements(
    text: str,
    behind: Statement | None = None,
    counts: dict[Place, int] | None = None,
    start: int = 0,
) -> Iterator[Statement]:
    """Yield the statements of a valid TOML `text`, in order.

    Args:
        text: the text.
        behind: the statement from whose end on they are wanted; None for those from `start` on.
        counts: the index of the last entry of each array of tables up to there; it is updated.
        start: a position between two statements, if `behind` is None.

    """
    counts = {} if counts is None else counts
    table: Place = ()
    line = 1 + text.count("\n", 0, start)
    if behind:
        table, start = behind.table, behind.end
        line = behind.line + text.count("\n", behind.start, start)
    while start < len(text):
        end, brackets, keys, comments = _part(text, start)
        if keys:
            if brackets:
                table = _table(keys, counts, is_entry=brackets == "[[")
            yield Statement(
                table,
                table if brackets else table + keys,
                line,
                start,
                end,
                comments,
                bool(brackets),
            )
        line += text.count("\n", start, end)
        start = end


class EditedText:
    """A valid TOML text that is edited, and its statements.

    Only what is behind an edit is read again, and of an entry of a list only its own statements are
    looked through: so edits from the end of a text to its start, or from entry to entry, take a
    time in proportion to the text. An entry far from its start is read from one of the `starts`.

    Args:
        text: the text.
        starts: places in it from which it can be read, in order.

    Attributes:
        text: the text with its edits.

    """

    def __init__(self, text: str, starts: Iterable[Start] = ()) -> None:
        self.text = text
        self._starts = [*starts]
        self._whole = _Reading(text, Start())
        self._later: _Reading | None = None

    def replace(self, start: int, end: int, new: str) -> None:
        """Replace what is from `start` to `end`."""
        self.text = self.text[:start] + new + self.text[end:]
        while self._starts and self._starts[-1].position >= start:
            self._starts.pop()
        self._whole.follow(self.text, start)
        if self._later and self._later.start.position >= start:
            self._later = None
        elif self._later:
            self._later.follow(self.text, start)

    def __iter__(self) -> Iterator[Statement]:
        """Yield all statements, in order; after an edit, no more of them may be asked for."""
        number = 0
        while number < len(self._whole.known) or self._whole.read():
            yield self._whole.known[number]
            number += 1

    def around(self, place: Place) -> Sequence[Statement] | Iterator[Statement]:
        """Return the statements among which are those at, around and below `place`, in order.

        For the place of an entry of a list, or one in it, they are those of that entry.
        """
        if len(place) == 1 or not isinstance(place[1], int):
            return iter(self)
        return self._reading_of(place[:1], place[1]).around(place[:1], place[1])

    def _reading_of(self, entries: Place, number: int) -> "_Reading":
        """Return what is read for an entry of a list, from far behind the start if that is known.

        The entry before it is read too: a comment above a header belongs to that.
        """
        usable = [each for each in self._starts if each.counts.get(entries, -1) < number - 1]
        if not usable or usable[-1].position < self._whole.end:
            return self._whole
        if self._later is None or self._later.start != usable[-1]:
            self._later = _Reading(self.text, usable[-1])
        return self._later

    def end_before(self, statement: Statement) -> int:
        """Return the end of the statement in front of this one, which was read; 0 without one."""
        is_later = self._later and statement.start >= max(
            self._later.start.position, self._whole.end
        )
        known = self._later.known if self._later and is_later else self._whole.known
        number = bisect_left(known, statement.start, key=lambda each: each.start)
        return known[number - 1].end if number else 0


class _Reading:
    """The statements of a text from `start` on, which are read one after the other.

    Attributes:
        known: those that were read.

    """

    def __init__(self, text: str, start: Start) -> None:
        self.start = start
        self.known: list[Statement] = []
        self._by_entry: dict[Place, list[Statement]] = {}
        self._counts = {**start.counts}
        self._rest = statements(text, None, self._counts, start.position)

    @property
    def end(self) -> int:
        """Return the position up to which the text was read."""
        return self.known[-1].end if self.known else self.start.position

    def around(self, entries: Place, number: int) -> Sequence[Statement]:
        """Return the statements of an entry, and those of its list as a whole."""
        # Where a later entry has begun, an earlier one is not continued.
        while self._counts.get(entries, -1) <= number and self.read():
            pass
        return [*self._by_entry.get(entries, ()), *self._by_entry.get((*entries, number), ())]

    def read(self) -> bool:
        """Read one statement more; return whether there is one."""
        statement = next(self._rest, None)
        if statement is None:
            return False
        self.known.append(statement)
        self._by_entry.setdefault(statement.place[:2], []).append(statement)
        return True

    def follow(self, text: str, start: int) -> None:
        """Go on in `text`, which is the former one up to the position `start`."""
        while self.known and self.known[-1].end >= start:
            self._forget_last()
        last = self.known[-1] if self.known else None
        self._rest = statements(text, last, self._counts, self.start.position)

    def _forget_last(self) -> None:
        """Forget the last statement that was read."""
        statement = self.known.pop()
        self._by_entry[statement.place[:2]].pop()
        *entries, number = statement.place
        if statement.is_header and isinstance(number, int):
            del self._counts[tuple(entries)]
            if number:
                self._counts[tuple(entries)] = number - 1


def lexemes(text: str) -> Iterator[re.Match[str]]:
    """Yield the strings, comments, brackets, words and spaces of `text`, valid TOML or not."""
    return _compiled(_LEXEME).finditer(text)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of this module, compiled at its first use: reading a file needs none."""
    return re.compile(pattern, re.VERBOSE | re.DOTALL)


def _part(text: str, start: int) -> tuple[int, str, Place, tuple[str, ...]]:
    """Return the end, the opening brackets, the keys and the comments of the statement at `start`.

    The brackets are those of a header, else empty. Blank lines and comments between statements are
    a part too, without keys.
    """
    if match := _compiled(_USUAL).match(text, start):
        brackets, dotted_key, comment = match.groups("")
        keys = tuple(dotted_key.split(".")) if dotted_key else ()
        return match.end(), brackets, keys, (comment.rstrip(),) if comment else ()
    end, tokens = _span(text, start)
    words = [token for token in tokens if not token.startswith("#") and not token.isspace()]
    opening = words[:2]
    brackets = "[[" if opening == ["[", "["] else "[" if opening[:1] == ["["] else ""
    comments = tuple(token.rstrip() for token in tokens if token.startswith("#"))
    return end, brackets, _keys(words[len(brackets) :]), comments


def _span(text: str, start: int) -> tuple[int, list[str]]:
    """Return the end and the tokens of the lines at `start` that a bracket or a string joins."""
    depth = 0
    tokens: list[str] = []
    for match in _compiled(_LEXEME).finditer(text, start):
        token = match[0]
        if token == "\n" and depth == 0:  # noqa: S105  # a token of a grammar
            return match.end(), tokens
        tokens.append(token)
        depth += (token in ("[", "{")) - (token in ("]", "}"))
    return len(text), tokens


def _keys(words: list[str]) -> Place:
    """Return the parts of the dotted key at the start of `words`."""
    keys: list[str] = []
    for word in words:
        if word in ("=", "]"):
            break
        if word != ".":
            keys.append(_unquoted(word))
    return tuple(keys)


def _unquoted(key: str) -> str:
    if "\\" in key and key[0] == '"':
        # JSON has all escapes of TOML but \U, which no key of our files needs.
        with suppress(msgspec.DecodeError):
            return msgspec.json.decode(key, type=str)
    return key.strip("\"'")


def _table(keys: Place, counts: dict[Place, int], *, is_entry: bool) -> Place:
    """Return the place of the table that a header with `keys` opens.

    `counts` has the index of the last entry of each array of tables so far, and is updated.
    """
    place: Place = ()
    for key in keys[:-1]:
        place += (key,)
        if place in counts:
            place += (counts[place],)
    place += keys[-1:]
    if is_entry:
        counts[place] = counts.get(place, -1) + 1
        place += (counts[place],)
    return place
