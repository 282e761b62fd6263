"""How much a data file may hold: more than an office needs, less than takes a machine down. Bytes in, words out."""

from resolution_cli import i18n
from resolution_cli.i18n import _

LARGEST = 10 * 1024**2
"""Bytes at most. 10,000 items with five updates each are 9.6 MB; the TOML editor takes some hundred times the size of a
file that is made to hurt, and dies without a word where that is not to be had."""

LONGEST_LINE = 1024**2
"""Bytes of a line at most: the editor takes most for a key of a million parts, and a message shows
a line."""

MOST_VALUES = 2_000_000
"""Commas and equals signs at most: each may stand for a value, which takes half a kilobyte of memory. 10,000 items with
five updates each have 470,000."""


def excess(size: int) -> str:
    """Return what is said of a file of `size` bytes, which is too large."""
    return _("{size} bytes; the limit is {most}").format(
        size=i18n.number(size), most=i18n.number(LARGEST)
    )


def has_too_many_values(text: bytes) -> bool:
    """Say whether `text` may hold more than `MOST_VALUES` values."""
    return text.count(b",") + text.count(b"=") > MOST_VALUES


def line_too_long(text: bytes) -> int | None:
    """Return the number, counted from 1, of the first line of `text` that is too long, or None."""
    start = 0
    while len(text) - start > LONGEST_LINE:
        # From the last end of a line that is in reach: a jump a megabyte, not a step a line.
        end = text.rfind(b"\n", start, start + LONGEST_LINE + 1)
        if end < 0:
            return text.count(b"\n", 0, start) + 1
        start = end + 1
    return None
