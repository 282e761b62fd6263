"""A TOML text, read: its plain values, or why it has none.

Nothing here touches the disk.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct
from tomledit import Document

from resolution_cli.domain.model import TRACKED_LISTS, Place
from resolution_cli.i18n import _
from resolution_cli.storage.line_ends import with_line_feeds

UPDATES = "updates"
BYTE_ORDER_MARK = "\ufeff"

PIECE = 25_000
"""Characters that are parsed at a time."""

_LISTS = (*TRACKED_LISTS, UPDATES)
_LONGEST_SHOWN = 160
"""Characters of a line of the file that an error message shows at most."""


Cut = tuple[int, Mapping[Place, int]]
"""A place in a text from which it can be read: the position in front of the header of an entry, and
the index of the last entry of each list before it."""


class TomlBroken(ValueError):
    """The text is not TOML.

    Attributes:
        line: the line that is concerned, where the message does not say it.

    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class TomlText(Struct, frozen=True):
    """A TOML text that was read.

    Attributes:
        text: the whole text, decoded, with its own line endings and byte order mark.
        value: its plain values.
        starts: places in a long one from which it can be read, counted behind the byte order mark.

    """

    text: str
    value: dict[str, Any]
    starts: Sequence[Cut] = ()


def parsed(text: str) -> TomlText:
    """Return the whole `text`, decoded, with its own line endings and byte order mark, as read.

    Raises:
        TomlBroken: the text is not TOML.

    """
    without_mark = text.removeprefix(BYTE_ORDER_MARK)
    # The editor would ignore a second one; every other parser refuses it.
    if without_mark.startswith(BYTE_ORDER_MARK):
        raise TomlBroken(_("a second byte order mark at its start"))
    try:
        lines = with_line_feeds(without_mark)
        # A carriage return without a line feed is not TOML: the error must show the text as it was.
        value, starts = _plain(without_mark if "\r" in lines else lines)
    except TomlBroken:
        raise
    except ValueError as error:
        raise TomlBroken(_shortened(str(error).strip())) from None
    return TomlText(text, value, starts if lines == without_mark else ())


def _plain(text: str) -> tuple[dict[str, Any], Sequence[Cut]]:
    """Return the plain values of a TOML `text`, and places from which a long one can be read.

    A long one is parsed in pieces, as the editor needs 35 bytes of memory for each byte that it
    parses at a time. Pieces give the same values as the whole text: a piece that is valid TOML by
    itself ends between two statements, so that the text can be read from there; and only pieces
    that open the same table could depend on each other. Pieces that only have entries of the lists,
    after a first piece without any, do not.

    Raises:
        TomlBroken: a value cannot be represented; the message has its line.
        ValueError: the text is not TOML; the message is the editor's.

    """
    pieces = _pieces(text)
    if len(pieces) > 1:
        # A cut inside a multi-line string fails here, as does a text that is not TOML: the whole
        # text then gives the values, or the right error.
        with suppress(ValueError):
            found = _joined_values(pieces)
            if found is not None:
                return found
    document = Document.parse(text)
    try:
        return document.value, ()
    except ValueError:  # a day that TOML can write and Python cannot hold
        message = _("a date or time that does not exist")
        raise TomlBroken(message, _line_without_value(text)) from None


def _joined_values(
    pieces: Sequence[str],
) -> tuple[dict[str, Any], Sequence[Cut]] | None:
    """Return what `_plain` returns of the text cut into `pieces`, or None if that may be wrong.

    Raise ValueError if a piece is not TOML by itself.
    """
    value, *others = (Document.parse(piece).value for piece in pieces)
    if not value.keys().isdisjoint(_LISTS):
        return None
    starts: list[Cut] = []
    position = len(pieces[0])
    for piece, entries_by_list in zip(pieces[1:], others, strict=True):
        counts: dict[Place, int] = {
            (name,): len(value[name]) - 1 for name in _LISTS if name in value
        }
        starts.append((position, counts))
        position += len(piece)
        for name, entries in entries_by_list.items():
            if name not in _LISTS or not isinstance(entries, list):
                return None
            value.setdefault(name, []).extend(entries)
    return value, starts


def _pieces(text: str) -> list[str]:
    """Return `text` cut before lines that look like the header of an entry.

    The first piece is the text before the first such line; the others have at least `PIECE`
    characters.
    """
    if len(text) <= PIECE:
        return [text]
    cuts = [0]
    cut = _next_header(text, 0)
    while 0 <= cut < len(text) - PIECE:
        cuts.append(cut + 1)
        cut = _next_header(text, cut + PIECE)
    return [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _next_header(text: str, start: int) -> int:
    """Return the position of the line end before the next line that looks like an entry's header.

    -1 if there is none.
    """
    # One search for all lists: one for each would look through the whole rest for those that the
    # file does not have.
    match = re.compile(rf"\n\[\[(?:{'|'.join(_LISTS)})\]\]").search(text, start)
    return match.start() if match else -1


def _shortened(message: str) -> str:
    """Return a parser's `message` with its long lines cut.

    Of the line of the file that it quotes, the part around the caret below it is kept.
    """
    lines = message.split("\n")
    caret_lines = (n for n, line in enumerate(lines) if "^" in line and not line.strip(" |^"))
    caret = next(caret_lines, 0)
    start = max(lines[caret].find("^") - _LONGEST_SHOWN // 2, 0)
    for number in {max(caret - 1, 0), caret}:
        lines[number] = lines[number][start:]
    return "\n".join(
        line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…" for line in lines
    )


def _line_without_value(text: str) -> int:
    """Return the line of the first statement whose value cannot be represented."""
    from resolution_cli.storage.statements import statements  # noqa: PLC0415  # few texts need it

    for statement in statements(text):
        toml = text[statement.start : statement.end]
        try:
            Document.parse(toml).value  # noqa: B018  # reading it is the test
        except ValueError:
            return statement.line
    return 1
