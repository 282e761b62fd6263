"""The language of what a person reads. What the file and scripts read never changes with it."""

import os
from collections.abc import Mapping
from datetime import date

LANGUAGES = ("en", "vi")
"""Codes of the languages that a text of the data file may be written in; the first is the default."""

_active = LANGUAGES[0]


def language() -> str:
    """Return the code of the active language."""
    return _active


def use_language(code: str) -> None:
    """Make `code`, one of `LANGUAGES`, the active language of this process."""
    global _active  # noqa: PLW0603  # one process speaks one language, chosen once at its start
    _active = code


def environment_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that the environment asks for: `TRACKER_LANG`, else the locale, else the default."""
    for variable in ("TRACKER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable, ""):
            code = value.partition("_")[0].partition(".")[0].lower()
            return code if code in LANGUAGES else LANGUAGES[0]
    return LANGUAGES[0]


def day(value: date) -> str:
    """Return a date as the active language writes it in figures."""
    return value.strftime("%d/%m/%Y") if _active == "vi" else value.isoformat()
