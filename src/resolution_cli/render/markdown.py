"""Papers as Markdown, in the dialect of GitHub. Whatever comes from the file is text there too, never markup."""

import re
from collections.abc import Iterator

from resolution_cli.render import paper
from resolution_cli.render.blocks import (
    Blank,
    Block,
    Bullets,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Table,
)
from resolution_cli.report import Details, Diary, Listing, Overview

_MARKUP = r"[\\`*_\[\]<>|~&$]|:(?=//)|(?<=[wW])\."
"""What means something anywhere, the colon and the dot of an address among it."""

_REFERENCE = (
    r"@(?=\w)|#(?=\d)|\b[Gg][Hh]-(?=\d)"  # a person or an address of mail, an issue
    r"|:(?!\d\d:)(?=[a-z0-9_+-]+:)"  # an emoji, and no time of day
    r"|\b(?=\d*[a-f])(?=[0-9a-f]{7,40}\b)[0-9a-f]"  # a commit
)
"""How a word begins that GitHub makes a link or a picture of. It does so when Markdown has been read and no backslash
is left."""

_SPECIAL = re.compile(f"({_REFERENCE})|({_MARKUP})")

_PARTED = "<!-- -->"
"""What parts the beginning of a word from its rest for GitHub, and is not to be seen."""

_LIST_OR_HEADING = re.compile(r"^([#+\-=])|^(\d+)(?=[.)])")
"""What means something at the start of a line only."""

_BLANK = "…" * 30


def report(overview: Overview) -> str:
    """Return the report of a day or of a period."""
    return _text(paper.report(overview))


def items(listing: Listing) -> str:
    """Return the table of the items asked for."""
    return _text(paper.items(listing))


def item(details: Details) -> str:
    """Return all that is known of one item."""
    return _text(paper.item(details))


def log(diary: Diary) -> str:
    """Return the entries of the diary."""
    return _text(paper.log(diary))


def _text(written: Paper) -> str:
    parts = [f"# {_inline(written.title)}", *map(_line, written.subtitle)]
    parts += filter(
        None, ("\n".join(_lines(block)) for block in (*written.blocks, *written.appendix))
    )
    return "\n\n".join(parts) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {_inline(block.text)}"
        case Paragraph():
            yield f"**{_inline(block.text)}**" if block.is_strong else _line(block.text)
        case Blank():
            yield _BLANK
        case Bullets():
            yield from (f"- {_line(line)}" for line in block.lines)
        case Facts():
            yield from (f"- **{_inline(name)}:** {_inline(cell.text)}" for name, cell in block.rows)
        case Table():
            yield from _table(block)


def _table(block: Table) -> Iterator[str]:
    are_numbers = [
        all(row[column].is_number for row in block.rows) for column in range(len(block.columns))
    ]
    yield _row([_inline(column) for column in block.columns])
    yield _row(["---:" if is_number else "---" for is_number in are_numbers])
    for number, row in enumerate(block.rows):
        cells = [_inline(cell.text) for cell in row]
        yield _row([f"**{cell}**" for cell in cells] if number in block.totals else cells)


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
