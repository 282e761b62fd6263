"""What has happened to a data file that is no TOML: what an editor, a merge or a crash leaves.

Bytes and the parser's refusal in, the problem in words out. Only a file that is broken comes here.
"""

import re
import unicodedata

from resolution_cli.errors import Problem
from resolution_cli.i18n import _
from resolution_cli.storage import syntax
from resolution_cli.storage.statements import lexemes
from resolution_cli.storage.toml import BYTE_ORDER_MARK, TomlBroken

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""How UTF-16 begins, and UTF-32 of the usual order."""

_MANY, _FEW = 0.4, 0.05
"""The share of zero bytes at the places where UTF-16 has them in Latin text, and at the others."""

_MARKER = re.compile(r"^(?:<{7}|\|{7}|>{7})(?= |\r?$)|^={7}(?=\r?$)", re.MULTILINE)
"""What git, and others in its way, write between two versions of some lines."""

_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
"""The classes of characters that look like a space or like nothing."""

_SEEN_AS_WHAT_THEY_ARE = " \t\r\n"


def is_empty(text: str) -> bool:
    """Say whether `text` says nothing at all, not even in a comment."""
    return not text.strip(BYTE_ORDER_MARK + _SEEN_AS_WHAT_THEY_ARE)


def emptiness() -> Problem:
    """Return the problem of a file that is empty."""
    hint = _("Restore it from a backup, or make a new file with `tracker init`.")
    return _problem(_("the file is empty"), hint)


def explanation(content: bytes, error: UnicodeDecodeError | TomlBroken) -> Problem:
    """Return what is wrong with `content`, which is no UTF-8 text or no TOML, as `error` says."""
    if _is_wide(content):
        return _problem(_("this is UTF-16 text"), _("Save the file as UTF-8."))
    if (zero := content.find(b"\0")) >= 0:
        hint = _("Restore the file from a backup. If only this line is damaged, rewrite it.")
        message = _("a zero byte (NUL), usually left by a crash or a damaged disk")
        return _problem(message, hint, _line(content, zero))
    if isinstance(error, UnicodeDecodeError):
        line = _line(content, error.start)
        return _problem(_("this is not UTF-8 text"), _("Save the file as UTF-8."), line)
    text = content.decode("utf-8-sig")
    if text.startswith(BYTE_ORDER_MARK):  # a second one
        return _problem(str(error), _("Save the file as UTF-8."))
    if found := _conflict(text) or _unseen_character(text, str(error)):
        return found
    return syntax.explanation(error, text)


def _problem(message: str, hint: str, line: int | None = None) -> Problem:
    return Problem((), "", "", message, hint, line)


def _line(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1


def _is_wide(content: bytes) -> bool:
    """Say whether `content` is UTF-16, by its mark or by the zero bytes of Latin letters."""
    if content.startswith(_WIDE_MARKS):
        return True
    half = len(content) // 2
    low, high = sorted((content[::2].count(0), content[1::2].count(0)))
    return half > 0 and high > _MANY * half and low < _FEW * half


def _conflict(text: str) -> Problem | None:
    match = _MARKER.search(text)
    if not match:
        return None
    message = _(
        "a merge conflict marker, {marker}: the file holds two versions of the text"
    ).format(marker=match[0])
    hint = _(
        "Keep what is right in both versions, and every update of both; delete the "
        "lines that begin with <<<<<<<, =======, >>>>>>> or |||||||. Then run `tracker "
        "check`."
    )
    return _problem(message, hint, text.count("\n", 0, match.start()) + 1)


def _unseen_character(text: str, message: str) -> Problem | None:
    """Return the problem of an invisible character in the line that `message` names, if any."""
    found = re.search(r"line (\d+)", message)
    wrong = int(found[1]) if found else 0
    line, line_start = 1, 0
    for token in lexemes(text):
        if line == wrong and token[0][0] not in "\"'#":
            for position, character in enumerate(token[0], token.start()):
                if (
                    character not in _SEEN_AS_WHAT_THEY_ARE
                    and unicodedata.category(character) in _UNSEEN
                ):
                    said = _("an invisible character, {code}, in column {column}").format(
                        code=f"U+{ord(character):04X}", column=position - line_start + 1
                    )
                    hint = _(
                        "Delete it, or type an ordinary space instead. Such characters come with "
                        "text copied from a web page or a document."
                    )
                    return _problem(said, hint, line)
        if breaks := token[0].count("\n"):
            line += breaks
            line_start = token.start() + token[0].rindex("\n") + 1
        if line > wrong:
            return None
    return None
