"""How the lines of a text end: in LF, as TOML's values and its editor have it, in CRLF, or both."""

import re
from collections.abc import Sequence


def with_line_feeds(text: str) -> str:
    """Return `text` with LF line endings, the only ones that the editor and TOML's values know."""
    return text.replace("\r\n", "\n")


def usual_end(text: str) -> str:
    """Return how most lines of `text` end."""
    return "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"


def without_last_end(text: str) -> str:
    """Return `text` without the end of its last line."""
    return text.removesuffix("\n").removesuffix("\r")


def with_ends(old: str, new: str, end: str) -> str:
    """Return `new`, whose lines end in LF, with the ends of the same lines of `old`, else `end`."""
    old_lines, new_lines = _lines(old), _lines(new)
    head = _common(old_lines, new_lines)
    tail = _common(old_lines[head:][::-1], new_lines[head:][::-1])
    changed = "".join(new_lines[head : len(new_lines) - tail]).replace("\n", end)
    return "".join([*old_lines[:head], changed, *old_lines[len(old_lines) - tail :]])


def _lines(text: str) -> list[str]:
    """Return the lines of `text`, each with its line feed; a last one may have none."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many lines the two begin with in common, whatever ends them."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if with_line_feeds(one) != other:
            break
        count += 1
    return count
