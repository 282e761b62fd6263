"""What the TOML parser says of a text that is no TOML, in words that help whoever wrote it.

The parser's words are English and name the grammar; these name what was written and what to write
instead. What is not among them is shown as the parser has it.
"""

import re
from typing import NamedTuple

from resolution_cli.errors import Problem
from resolution_cli.i18n import N_, _
from resolution_cli.storage.toml import TomlBroken

_WHERE = re.compile(r"TOML parse error at line (\d+), column (\d+)\n")
_CURLY_QUOTES = "\u201c\u201d\u201e\u201f\u2018\u2019\u00ab\u00bb"

_DATE = N_("Write a date as year-month-day without quotes, as in due = 2026-09-30.")
_EQUALS_SIGN = N_(
    'Write a key without spaces, an equals sign and a value, as in status = "done". '
    "Begin a comment with #."
)
_HEADER = N_(
    "Write it as [resolution] or [[tasks]]: "
    "a word without spaces, with as many brackets after it as before it."
)
_INLINE_TABLE = N_(
    'Write it on one line, as in was = { status = "blocked", progress = 20 }, '
    "with the closing brace."
)
_KEY = N_(
    "A key consists of letters without accents, digits, hyphens and underscores. "
    "docs/reference/file.md lists all keys."
)
_LIST = N_(
    "Separate the values with commas and close the list with a bracket, "
    'as in tags = ["road", "market"]. It may begin on an earlier line.'
)
_NUMBER = N_("Write a whole number in digits alone, as in progress = 20.")
_OTHER = N_(
    'Put text in straight quotes, as in title = "…", and dates in none, as in due = 2026-09-30.'
)
_QUOTES = N_('Put the text in straight quotes, as in title = "…".')
_TIME = N_("Write a date and time as in 2026-09-30T16:30:00+07:00.")


class Damage(NamedTuple):
    """One thing that the parser complains of.

    Attributes:
        reason: the beginning of the parser's words, as a pattern.
        found: what stands in the line where the parser stopped, as a pattern.
        message: what is wrong, in our words.
        hint: what to do about it.

    """

    reason: str
    found: str
    message: str
    hint: str


DAMAGES = (
    Damage(
        "invalid multi-line",
        "",
        N_("a text in triple quotes is not closed"),
        N_("Put the same three quotes at the end of the text, which begins on an earlier line."),
    ),
    Damage(
        "invalid (?:basic|literal) string, expected non-",
        "",
        N_("a control character in a text"),
        N_("Delete it. It is invisible, and comes with text copied from elsewhere."),
    ),
    Damage(
        "invalid (?:basic|literal) string",
        "",
        N_("a text has no closing quote"),
        N_("Put a straight quote at the end of the text, the same as at its beginning."),
    ),
    Damage(
        "missing opening quote",
        "",
        N_("a text has no opening quote"),
        N_("Put a straight quote before the text, the same as at its end."),
    ),
    Damage(
        "missing escaped value|too few unicode|invalid value, expected unicode",
        "",
        N_("a single backslash in a text"),
        N_("Write each backslash twice, or put the text in single quotes: 'C:\\reports'."),
    ),
    Damage("string values", r"\s*(?:#|$)", N_("there is no value here"), _OTHER),
    Damage("string values", rf"[{_CURLY_QUOTES}]", N_("a text in curly quotes"), _QUOTES),
    Damage(
        "string values|invalid (?:date|float|integer)",
        r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\.\d{4}\b",
        N_("a date that is not written as year-month-day, or that does not exist"),
        _DATE,
    ),
    Damage("string values", r"\d", N_("a number with other characters after it"), _NUMBER),
    Damage("string values|invalid boolean", "", N_("a text without quotes"), _QUOTES),
    Damage("invalid (?:time|offset|date)", "", N_("a time that is not complete"), _TIME),
    Damage(
        "integer number overflowed|floating-point number overflowed",
        "",
        N_("a number that is too large"),
        _NUMBER,
    ),
    Damage(
        "invalid (?:float|fraction|exponent|mantissa|integer|hexa|octal|binary)|unexpected leading"
        "|extra numeric sign|redundant|unexpected sign|`_` may|radix|integers with",
        "",
        N_("a number that TOML cannot read"),
        _NUMBER,
    ),
    Damage("key with no value", "", N_("there is no equals sign after the key"), _EQUALS_SIGN),
    Damage("extra `=`", "", N_("there are two equals signs"), _EQUALS_SIGN),
    Damage("invalid unquoted key|unquoted keys|keys cannot be", "", N_("this is not a key"), _KEY),
    Damage(
        "duplicate key",
        r"(?<=\[\[)",
        N_("entries of this list stand above already, written in another way"),
        N_(
            "Write each entry below a header such as [[tasks]], and what belongs to it, "
            "such as [[tasks.milestones]], below that."
        ),
    ),
    Damage(
        "duplicate key",
        r"(?<=\[)",
        N_("this table appears twice in the file"),
        N_(
            "Merge the two into one. Only tables in two brackets, "
            "such as [[tasks]], may appear more than once."
        ),
    ),
    Damage(
        "duplicate key",
        "",
        N_("this key appears twice in the same table"),
        N_(
            "Delete one of the two lines, or write the header of the next item, "
            "such as [[tasks]], before the second line."
        ),
    ),
    Damage(
        "cannot extend",
        "",
        N_("this key has a value already, so it cannot have parts after a dot"),
        N_('Write title = "…", or title.vi = "…" and title.en = "…", but not both.'),
    ),
    Damage("unclosed (?:array )?table", "", N_("the header of a table is not complete"), _HEADER),
    Damage("unexpected key or value", r"\]", N_("the header of a table is not complete"), _HEADER),
    Damage("unexpected key or value", r",\d", N_("a number that TOML cannot read"), _NUMBER),
    Damage(
        "unexpected key or value",
        "",
        N_("there is extra text after the value"),
        N_('Delete it. Write a quote inside a text as \\", and begin a comment with #.'),
    ),
    Damage(
        "unclosed array|missing comma between array|extra comma in array|unexpected `=` in array",
        "",
        N_("a list is not complete"),
        _LIST,
    ),
    Damage(
        "unclosed inline|missing (?:assignment|comma) between key|extra (?:assignment|comma)"
        "|missing key for inline|invalid inline|missing value for key",
        "",
        N_("a table in braces is not complete"),
        _INLINE_TABLE,
    ),
    Damage(
        "carriage return",
        "",
        N_("a carriage return without a line feed"),
        N_("Save the file with the line endings of Windows or Linux."),
    ),
    Damage(
        "cannot recurse",
        "",
        N_("brackets are nested too deeply"),
        N_("Is this the right file?"),
    ),
)
"""What is known, the first that fits first."""


def explanation(error: TomlBroken, text: str) -> Problem:
    """Return what is wrong with `text`, which could not be read for `error`."""
    message = str(error)
    where = _WHERE.match(message)
    if where is None:  # our own words for a day that is none, or a message that we do not know
        return _problem(message, _(_DATE if error.line else _OTHER), error.line)
    line, column = int(where[1]), int(where[2])
    *shown, reason = message[where.end() :].split("\n")
    excerpt = "".join(f"\n{part}" for part in shown[1:])  # the first is a margin alone
    written = text.split("\n")[line - 1]
    for damage in DAMAGES:
        if re.match(damage.reason, reason) and re.compile(damage.found).match(written, column - 1):
            return _problem(_(damage.message) + excerpt, _(damage.hint), line)
    said = _("this is not TOML; the parser says: {reason}").format(reason=reason)
    return _problem(said + excerpt, _(_OTHER), line)


def _problem(message: str, hint: str, line: int | None) -> Problem:
    return Problem((), "", "", message, hint, line)
