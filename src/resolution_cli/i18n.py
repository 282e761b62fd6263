"""The language of what a person reads. What the file and scripts read never changes with it.

Messages are English in the code, marked with `_`, `ngettext` or `N_`, and looked up in the catalogues of `locales/`.
"""

import gettext
import os
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

LANGUAGES = ("en", "vi")
"""Codes of the languages that a text of the data file may be written in; the first is the default."""

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
        gettext.NullTranslations() if is_default else gettext.translation(DOMAIN, LOCALES, [code], fallback=True)
    )


def has_catalogue() -> bool:
    """Return whether messages can be said in the active language."""
    return _active == LANGUAGES[0] or isinstance(_catalogue, gettext.GNUTranslations)


def environment_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that the environment asks for: `TRACKER_LANG`, else the locale, else the default."""
    for variable in ("TRACKER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable, ""):
            code = re.split("[-_.@]", value)[0].lower()
            return code if code in LANGUAGES else LANGUAGES[0]
    return LANGUAGES[0]


def _(message: str) -> str:
    """Return `message` in the active language."""
    return _catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that `count` asks for, in the active language."""
    return _catalogue.ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802  # gettext's own name for it
    """Return `message` as it is: it goes into the catalogues here, and is looked up where it is shown."""
    return message


def day(value: date) -> str:
    """Return a date as the active language writes it in figures."""
    # Not `strftime`, which writes years before 1000 as the system likes.
    return f"{value.day:02}/{value.month:02}/{value.year:04}" if _active == "vi" else value.isoformat()


def moment(value: datetime) -> str:
    """Return an instant, to the minute and in its own offset, as the active language writes it."""
    return f"{day(value.date())} {value:%H:%M}"


def number(value: float, decimals: int = 0) -> str:
    """Return a number with its thousands and decimals parted as the active language does."""
    figures = f"{value:,.{decimals}f}"
    return figures.translate(_FIGURES) if _active == "vi" else figures
