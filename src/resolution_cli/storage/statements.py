"""Where each statement of a TOML text stands: its line, its span, its comments.

The editor keeps layout but tells no positions. This reads only what TOML's grammar makes visible without knowing
values (strings, comments, brackets, ends of lines), of a text that a parser has already accepted.
"""

import re
from collections.abc import Iterator
from contextlib import suppress

import msgspec
from msgspec import Struct

Place = tuple[str | int, ...]
"""The way from the root of the file to a value, as in `("tasks", 2, "progress")`."""

_TOKEN = re.compile(
    r'''
    """ (?: [^"\\]++ | \\. | "(?!"") )*+ "{3,5}    # a multi-line string may end in one or two quotes of its own
    | \'\'\' (?: [^']++ | '(?!'') )*+ '{3,5}
    | " (?: [^"\\\n]++ | \\. )*+ "
    | ' [^'\n]*+ '
    | \# [^\n]*
    | [\[\]{}=.,\n]
    | [^\s"'\#\[\]{}=.,]+
    | [^\S\n]+
    ''',
    re.VERBOSE | re.DOTALL,
)


class Statement(Struct, frozen=True):
    """A table header, or a key with its value.

    Attributes:
        table: the place of the table that it stands in; of a header, of the one that it opens.
        place: what it defines; of an entry of an array of tables, with the entry's number counted from 0.
        line: the line on which it begins, counted from 1.
        start, end: its span in the text, from the start of its first line to behind the end of its last.
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
    """Yield the statements of a valid TOML `text` whose lines end in LF, in order."""
    counts: dict[Place, int] = {}
    table: Place = ()
    line = 1
    for start, end, tokens in _spans(text):
        words = [token for token in tokens if not token.startswith("#") and not token.isspace()]
        if words:
            comments = tuple(token.rstrip() for token in tokens if token.startswith("#"))
            is_header = words[0] == "["
            keys = _keys(words[2 if words[:2] == ["[", "["] else 1 :] if is_header else words)
            if is_header:
                table = _table(keys, counts, is_entry=words[1] == "[")
            yield Statement(table, table if is_header else table + keys, line, start, end, comments, is_header)
        line += text.count("\n", start, end)


def _spans(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield start, end and tokens of each run of lines that no bracket and no string holds together."""
    start = depth = 0
    tokens: list[str] = []
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token == "\n" and depth == 0:  # noqa: S105  # a token of a grammar
            yield start, match.end(), tokens
            start, tokens = match.end(), []
            continue
        tokens.append(token)
        depth += (token in ("[", "{")) - (token in ("]", "}"))
    if tokens:
        yield start, len(text), tokens


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
        with suppress(msgspec.DecodeError):  # JSON knows all escapes but \\U, which nobody needs in a key of ours
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
