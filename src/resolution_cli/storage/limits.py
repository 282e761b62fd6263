"""The limits of a data file: above what an office needs, below what exhausts a machine's memory."""

from resolution_cli import i18n
from resolution_cli.i18n import _

LARGEST = 10 * 1024**2
"""Bytes at most.

10,000 items with five updates each are 9.6 MB. For a malicious file the TOML editor needs about a
hundred times its size in memory, and aborts the process where it cannot get it.
"""

LONGEST_LINE = 1024**2
"""Bytes of a line at most.

The editor needs most memory for a key of a million parts, and an error message shows the line.
"""

MOST_VALUES = 2_000_000
"""Commas and equals signs at most: each may belong to a value, which takes half a kilobyte.

10,000 items with five updates each have 470,000.
"""


def excess(size: int) -> str:
    """Return the message part that gives `size` and the limit, in bytes, for a file too large."""
    return _("{size} bytes; the limit is {most}").format(
        size=i18n.number(size), most=i18n.number(LARGEST)
    )


def has_too_many_values(text: bytes) -> bool:
    """Return whether `text` may hold more than `MOST_VALUES` values."""
    # A text of fewer bytes need not be looked through.
    return len(text) > MOST_VALUES and text.count(b",") + text.count(b"=") > MOST_VALUES


def line_too_long(text: bytes) -> int | None:
    """Return the number, counted from 1, of the first line of `text` that is too long, or None."""
    start = 0
    while len(text) - start > LONGEST_LINE:
        # Continue behind the last line end within reach: one step per megabyte, not per line.
        end = text.rfind(b"\n", start, start + LONGEST_LINE + 1)
        if end < 0:
            return text.count(b"\n", 0, start) + 1
        start = end + 1
    return None
