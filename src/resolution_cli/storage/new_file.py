"""What a new data file says: a copy of the shipped resolution, or a start for another one.

Its comments are in the active language. The shipped file is the one source of the copy; what is
here of it are the comments that have a translation, as they stand there.
"""

from collections.abc import Mapping
from typing import Any

from resolution_cli.i18n import N_, _
from resolution_cli.storage.line_ends import usual_end

_LAYOUT = N_("The resolution and its plan on top, the history of updates at the end.")

COMMENTS = (
    _LAYOUT,
    N_("Edit this file with any text editor; `tracker` keeps comments and layout as they are."),
    N_("An item may also have these lines (leave out what is not known):"),
    N_('  lead = "Văn phòng Đảng ủy"            the lead unit'),
    N_('  partners = ["Công an phường"]         the partner units'),
    N_("  start = 2026-01-01                    if later than the term's start"),
    N_(
        "  due = 2026-09-30                      "
        "if earlier than the term's end; a date has no quotes"
    ),
    N_('  product = "…"                         the expected output'),
    N_('  tags = ["…"]                          words to filter by'),
    N_(
        '  status = "in-progress"                not-started, in-progress, blocked, done or '
        "cancelled"
    ),
    N_("  progress = 20                         a whole number from 0 to 100"),
    N_("  done_on = 2026-09-15                  the day it was done"),
    N_(
        "`tracker update` writes all but `start` for you, each change with an entry in the history."
    ),
    N_(
        "A table [report] holds the free text of written reports and their head. "
        "Leave out what you want blank;\n"
        "docs/reference/file.md lists all keys:"
    ),
    N_('  situation = "…"                       free text; every line is a paragraph'),
    N_(
        '  committee = "…"                       '
        "the body that reports, in the head of the Word file"
    ),
    N_('  signature = "…"                       authority and position of the signer'),
    N_("an assumption: the day of the article, which does not give the day of the congress"),
    N_('an assumption: "by 2030", no closing date has been published'),
    N_(
        "The eight main tasks (nhiệm vụ, giải pháp chủ yếu). "
        "Titles and summaries, here and below, are a short form\n"
        "made for this file; the wording that binds is the resolution's. "
        "The article above, their only source, gives\n"
        "no lead unit, deadline or numeric target of any item, "
        "so this file has none: add them when they are known."
    ),
    N_("The two breakthroughs (khâu đột phá)."),
    N_(
        "The history: `tracker update` adds an entry below this line for each update, "
        "the newest last."
    ),
)
"""The comments of the shipped file without `#`; a paragraph is one, whatever its lines."""

_ITEMS_BELOW = N_(
    "Write the items below, in the resolution's order, each as these lines without their `#`:"
)
_WHAT_ELSE = N_(
    "and a breakthrough under [[breakthroughs]]. "
    "docs/reference/file.md lists all that an item may\n"
    "have, and the keys of a table [report], "
    "which holds the free text and the head of written reports."
)

_BLANK = """\
#:schema {schema}
{layout}

{tables}
{items_below}
#
# [[tasks]]
# id = "T1"
# title = "…"
# due = 2026-09-30
#
{what_else}
"""


def copy(content: bytes) -> bytes:
    """Return the `content` of the shipped file with its comments in the active language.

    Every other byte stays, also one that is no UTF-8.
    """
    text = content.decode(errors="surrogateescape")
    end = usual_end(text)
    for comment in COMMENTS:
        before, after = (_lines(words).replace("\n", end) for words in (comment, _(comment)))
        text = text.replace(before + end, after + end)
    return text.encode(errors="surrogateescape")


def blank(resolution: Mapping[str, Any], schema_name: str) -> bytes:
    """Return a file with the table `[resolution]` and no item, which names its JSON Schema."""
    import tomli_w  # noqa: PLC0415  # only this pays for it

    return _BLANK.format(
        schema=schema_name,
        tables=tomli_w.dumps({"schema": 1, "resolution": dict(resolution)}),
        layout=_lines(_(_LAYOUT)),
        items_below=_lines(_(_ITEMS_BELOW)),
        what_else=_lines(_(_WHAT_ELSE)),
    ).encode()


def _lines(comment: str) -> str:
    """Return `comment` as lines of a TOML file."""
    return "\n".join(f"# {line}" for line in comment.split("\n"))
