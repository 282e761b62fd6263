"""Markdown, in the dialect of GitHub. Whatever comes from the file is text there, never markup."""

import re
from collections.abc import Iterator

from resolution_cli.views import document
from resolution_cli.views.document import (
    Blank,
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Paragraph,
    StackedBar,
    Table,
    Timeline,
    Tone,
    Toned,
    Words,
    capitalised,
)

_MARKUP = r"[\\`*_\[\]<>|~&$]|:(?=//)|(?<=[wW])\."
"""What means something anywhere, the colon and the dot of an address among it."""

_REFERENCE = (
    r"@(?=\w)|#(?=\d)|\b[Gg][Hh]-(?=\d)"  # a person or an address of mail, an issue
    r"|:(?!\d\d:)(?=[a-z0-9_+-]+:)"  # an emoji, and no time of day
    r"|\b(?=\d*[a-f])(?=[0-9a-f]{7,40}\b)[0-9a-f]"  # a commit
)
"""How a word begins that GitHub makes a link or a picture of.

It does so when Markdown has been read, and no backslash is left.
"""

_SPECIAL = re.compile(f"({_REFERENCE})|({_MARKUP})")

_PARTED = "<!-- -->"
"""What parts the beginning of a word from its rest for GitHub, and is not to be seen."""

_LIST_OR_HEADING = re.compile(r"^([#+\-=])|^(\d+)(?=[.)])")
"""What means something at the start of a line only."""

_BLANK = "…" * 30


def draw(shown: Document) -> str:
    """Return `shown` as a Markdown text."""
    title, *lines = shown.heads
    parts = [f"# {_inline(title)}", *map(_line, lines)]
    blocks = ("\n".join(_lines(block)) for block in (*shown.blocks, *shown.appendix))
    return "\n\n".join([*parts, *filter(None, blocks)]) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {_inline(block.text)}"
        case Paragraph():
            yield _paragraph(block.words)
        case Blank():
            yield _BLANK
        case Bullets():
            yield from (f"- {_line(line)}" for line in block.lines)
        case Facts():
            for name, cell in block.rows:
                yield f"- **{_inline(capitalised(name))}:** {_inline(document.text(cell.words))}"
        case Table():
            yield from _table(block)
        case StackedBar():
            yield _line(block.words)
        case Timeline():
            yield from _table(block.table)


def _paragraph(words: Words) -> str:
    text = document.text(words)
    is_strong = isinstance(words, Toned) and words.tone is Tone.STRONG
    return f"**{_inline(text)}**" if is_strong else _line(text)


def _table(table: Table) -> Iterator[str]:
    columns = table.columns
    yield _row([_inline(capitalised(column.head)) for column in columns])
    yield _row(["---:" if column.is_number else "---" for column in columns])
    for row in table.rows:
        cells = [_inline(document.text(cell.words)) for cell in row.cells]
        yield _row([cell and f"**{cell}**" for cell in cells] if row.is_total else cells)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _inline(text: str) -> str:
    return _SPECIAL.sub(
        lambda found: f"{found[1]}{_PARTED}" if found[1] else f"\\{found[2]}", text.strip()
    )


def _line(text: str) -> str:
    return _LIST_OR_HEADING.sub(
        lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\", _inline(text)
    )
