"""The language of what a person reads. What the file and scripts read never changes with it.

Messages are English in the code, marked with `_`, `ngettext` or `N_`, and looked up in the
catalogues of `locales/`.
"""

import gettext
import os
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

LANGUAGES = ("en", "vi")
"""Codes of the languages that a text of the data file may be written in; the first is the
default."""

DOMAIN = "resolution_cli"
"""The name of the catalogues."""

LOCALES = Path(__file__).parent / "locales"
"""The folder of the catalogues."""

_FIGURES = str.maketrans(",.", ".,")

_active = LANGUAGES[0]
_catalogue = gettext.NullTranslations()


def language() -> str:
    """Return the code of the active language."""
    return _active


def use_language(code: str) -> None:
    """Make `code`, one of `LANGUAGES`, the active language of this process.

    Where its catalogue has not been compiled, messages stay in English; `has_catalogue` tells.
    """
    global _active, _catalogue  # noqa: PLW0603  # one process speaks one language, chosen once at its start
    _active = code
    is_default = code == LANGUAGES[0]
    _catalogue = (
        gettext.NullTranslations()
        if is_default
        else gettext.translation(DOMAIN, LOCALES, [code], fallback=True)
    )


def has_catalogue() -> bool:
    """Return whether messages can be said in the active language."""
    return _active == LANGUAGES[0] or isinstance(_catalogue, gettext.GNUTranslations)


def environment_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that the environment asks for: `TRACKER_LANG`, else as gettext does, else the default.

    That is the first language of ours in the list `LANGUAGE`, which counts for nothing in the
    locale C; without a list, the language of the locale.
    """
    if own := environment.get("TRACKER_LANG"):
        return _known(own) or LANGUAGES[0]
    locale = next(
        filter(None, (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "C"
    )
    is_plain = locale in ("C", "POSIX")
    preferred = None if is_plain else environment.get("LANGUAGE")
    known = filter(None, map(_known, (preferred or locale).split(":")))
    return next(known, LANGUAGES[0])


def _known(locale: str) -> str | None:
    code = re.split("[-_.@]", locale)[0].lower()
    return code if code in LANGUAGES else None


def _(message: str) -> str:
    """Return `message` in the active language."""
    return _catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that `count` asks for, in the active language."""
    return _catalogue.ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802  # gettext's own name for it
    """Return `message` as it is: marked for the catalogues here, looked up where it is shown."""
    return message


def day(value: date) -> str:
    """Return a date as the active language writes it in figures."""
    # Not `strftime`, which writes years before 1000 as the system likes.
    return (
        f"{value.day:02}/{value.month:02}/{value.year:04}" if _active == "vi" else value.isoformat()
    )


def moment(value: datetime) -> str:
    """Return an instant, to the minute and in its own offset, as the active language writes it."""
    return f"{day(value.date())} {value:%H:%M}"


def count(value: int) -> str:
    """Return a number of things as a sentence has it: in Vietnamese in at least two figures."""
    return number(value).zfill(2) if _active == "vi" else number(value)


def number(value: float, decimals: int = 0) -> str:
    """Return a number with its thousands and decimals parted as the active language does."""
    figures = f"{value:,.{decimals}f}"
    return figures.translate(_FIGURES) if _active == "vi" else figures
