"""The language of messages and of dates and numbers in them.

Messages are English in the code, marked with `_`, `ngettext` or `N_`, and translated by the
catalogues in `locales/`. The data file and the output for scripts do not depend on the language.
"""

import gettext
import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

TYPE_CHECKING = False  # a name that type checkers take as true; `typing` is not imported
if TYPE_CHECKING:
    from decimal import Decimal

LANGUAGES = ("en", "vi")
"""The codes of the languages of messages and of the data file's texts; the first is the default."""

DOMAIN = "resolution_cli"
"""The name of the catalogues."""

LOCALES = Path(__file__).parent / "locales"
"""The folder of the catalogues."""

_SWAPPED_SEPARATORS = str.maketrans(",.", ".,")

_active = LANGUAGES[0]
_catalogue = gettext.NullTranslations()


def language() -> str:
    """Return the code of the active language."""
    return _active


def use_language(code: str) -> None:
    """Make `code`, one of `LANGUAGES`, the active language of this process.

    Messages stay in English if its catalogue is not compiled; see `has_catalogue`.
    """
    global _active, _catalogue  # noqa: PLW0603  # a process has one language, set at its start
    _active = code
    is_default = code == LANGUAGES[0]
    _catalogue = (
        gettext.NullTranslations()
        if is_default
        else gettext.translation(DOMAIN, LOCALES, [code], fallback=True)
    )


def has_catalogue() -> bool:
    """Return whether messages can be translated into the active language."""
    return _active == LANGUAGES[0] or isinstance(_catalogue, gettext.GNUTranslations)


def environment_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the code of the language that the environment variables ask for.

    It is the one in `TRACKER_LANG`; without that, as in gettext, the first known one in the list
    `LANGUAGE`, which is ignored in the locale C; without a list, that of the locale. A language
    that is not known gives the default.
    """
    if own := environment.get("TRACKER_LANG"):
        return _known_language(own) or LANGUAGES[0]
    locales = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, locales), "C")
    is_plain = locale in ("C", "POSIX")
    preferred = None if is_plain else environment.get("LANGUAGE")
    known = filter(None, map(_known_language, (preferred or locale).split(":")))
    return next(known, LANGUAGES[0])


def _known_language(locale: str) -> str | None:
    """Return the language of a locale such as `vi_VN.UTF-8`; None if it is not in `LANGUAGES`."""
    code = locale.lower()
    for sign in "-_.@":
        code = code.partition(sign)[0]
    return code if code in LANGUAGES else None


def _(message: str) -> str:
    """Return `message` in the active language."""
    return _catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the singular or plural of a message for `count`, in the active language."""
    return _catalogue.ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802  # gettext's own name for it
    """Return `message` unchanged: this marks it for the catalogues, `_` translates it later."""
    return message


def day(value: date) -> str:
    """Return a date in digits, as the active language writes it."""
    if _active != "vi":
        return value.isoformat()
    # Not `strftime`, whose form of years before 1000 depends on the system.
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def moment(value: datetime) -> str:
    """Return an instant to the minute, in its own offset, as the active language writes it."""
    return f"{day(value.date())} {value:%H:%M}"


def count(value: int) -> str:
    """Return a number of things for a sentence; Vietnamese offices write at least two digits."""
    return number(value).zfill(2) if _active == "vi" else number(value)


def figure(value: "Decimal") -> str:
    """Return a decimal number with the decimals that it has, as the active language writes it."""
    plain = value.normalize()
    return number(plain, max(-int(plain.as_tuple().exponent), 0))


def number(value: "float | Decimal", decimals: int = 0) -> str:
    """Return a number with the thousands and decimal separators of the active language."""
    text = f"{value:,.{decimals}f}"
    return text.translate(_SWAPPED_SEPARATORS) if _active == "vi" else text
