"""The line endings of a text: LF, as TOML's values and the TOML editor have them, CRLF, or both."""

import re
from collections.abc import Sequence


def with_line_feeds(text: str) -> str:
    """Return `text` with LF line endings, the only ones of the TOML editor and of TOML's values."""
    return text.replace("\r\n", "\n")


def usual_end(text: str) -> str:
    """Return the line ending of most lines of `text`; LF if it has none."""
    return "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"


def without_last_end(text: str) -> str:
    """Return `text` without the end of its last line."""
    return text.removesuffix("\n").removesuffix("\r")


def with_ends(old: str, new: str, end: str) -> str:
    """Return `new`, whose lines end in LF, with the line endings of `old`.

    Lines that the two have in common at their start and at their end keep the endings of `old`; the
    lines between get `end`.
    """
    old_lines, new_lines = _lines(old), _lines(new)
    head = _common(old_lines, new_lines)
    tail = _common(old_lines[head:][::-1], new_lines[head:][::-1])
    changed = "".join(new_lines[head : len(new_lines) - tail]).replace("\n", end)
    return "".join([*old_lines[:head], changed, *old_lines[len(old_lines) - tail :]])


def _lines(text: str) -> list[str]:
    """Return the lines of `text`, each with its line feed; a last one may have none."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many lines `old` and `new` have in common at their start, CRLF and LF alike."""
    count = 0
    for old_line, new_line in zip(old, new, strict=False):
        if with_line_feeds(old_line) != new_line:
            break
        count += 1
    return count
