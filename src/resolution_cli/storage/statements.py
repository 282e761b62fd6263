"""Where each statement of a TOML text stands: its line, its span, its comments.

The editor keeps layout but tells no positions. This reads only what TOML's grammar makes visible
without knowing values (strings, comments, brackets, ends of lines), of a text that a parser has
already accepted.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

import msgspec
from msgspec import Struct

Place = tuple[str | int, ...]
"""The way from the root of the file to a value, as in `("tasks", 2, "progress")`."""

# Characters are repeated possessively, groups are not: up to 3.11.4, as in Debian 12, Python's
# `(?:…)*+` misses matches (python/cpython#106052). Lines that may be there by the million are taken
# by the thousand, for the memory of a repeat.
_TEXT = r"""(?: " (?: [^"\\\n]++ | \\. )* " (?!") | ' [^'\n]*+ ' (?!') )"""
_USUAL = rf"""
    (?: [ \t]*+ (?: \#[^\n]*+ )? \r?\n ){{1,1000}}                        # lines that say nothing
    | [ \t]*+ ( \[*+ ) ( [A-Za-z0-9_.-]++ )                               # the header of a table, or a key with
    (?: \]++ | [ \t]*+ = [ \t]*+ (?:
        {_TEXT} | [^\s"'\#\[\]{{}}]++ | [\[{{] (?: {_TEXT} | [^\n"'\#\[\]{{}}] )* [\]}}] ) )   # a value of one line
    [ \t]*+ ( \#[^\n]*+ )? \r?\n
"""
"""Nearly every statement of a usual file, and what stands between them, in one step; every other
goes by lexemes."""

_LEXEME = r'''
    """ (?: [^"\\]++ | \\. | "(?!"") )* "{3,5}    # a multi-line string may end in one or two quotes of its own
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
        table: the place of the table that it stands in; of a header, of the one that it opens.
        place: what it defines; of an entry of an array of tables, with the entry's number counted
            from 0.
        line: the line on which it begins, counted from 1.
        start, end: its span in the text, from the start of its first line to behind the end of its
            last.
        comments: those beside it and inside it, in order, each from its `#`.
        is_header: it opens a table.

    """

    table: Place
    place: Place
    line: int
    start: int
    end: int
    comments: tuple[str, ...]
    is_header: bool


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a valid TOML `text`, in order."""
    counts: dict[Place, int] = {}
    table: Place = ()
    line, start = 1, 0
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


def lexemes(text: str) -> Iterator[re.Match[str]]:
    """Yield the strings, comments, brackets, words and spaces of a `text`, which need not be TOML as a whole."""
    return _compiled(_LEXEME).finditer(text)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of this module; reading a file does without them."""
    return re.compile(pattern, re.VERBOSE | re.DOTALL)


def _part(text: str, start: int) -> tuple[int, str, Place, tuple[str, ...]]:
    """Return the end of the statement at `start`, the brackets of a header, its keys and its comments.

    Lines that say nothing are a part too, without keys.
    """
    if match := _compiled(_USUAL).match(text, start):
        brackets, dotted, comment = match.groups("")
        return (
            match.end(),
            brackets,
            tuple(dotted.split(".")) if dotted else (),
            (comment.rstrip(),) if comment else (),
        )
    end, tokens = _span(text, start)
    words = [token for token in tokens if not token.startswith("#") and not token.isspace()]
    brackets = "[[" if words[:2] == ["[", "["] else "[" if words[:1] == ["["] else ""
    comments = tuple(token.rstrip() for token in tokens if token.startswith("#"))
    return end, brackets, _keys(words[len(brackets) :]), comments


def _span(text: str, start: int) -> tuple[int, list[str]]:
    """Return the end and the tokens of the run of lines from `start` that a bracket or a string holds together."""
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
    """Return the parts of the dotted key with which `words` begin."""
    keys: list[str] = []
    for word in words:
        if word in ("=", "]"):
            break
        if word != ".":
            keys.append(_unquoted(word))
    return tuple(keys)


def _unquoted(key: str) -> str:
    if "\\" in key and key[0] == '"':
        with suppress(
            msgspec.DecodeError
        ):  # JSON knows all escapes but \\U, which nobody needs in a key of ours
            return msgspec.json.decode(key, type=str)
    return key.strip("\"'")


def _table(keys: Place, counts: dict[Place, int], *, is_entry: bool) -> Place:
    """Return the place of the table with this header, counting the entries of arrays of tables in `counts`."""
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
