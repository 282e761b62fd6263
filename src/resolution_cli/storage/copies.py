"""Conflicted copies: what a synchronised folder makes of a data file that two people changed."""

import re
from contextlib import suppress
from pathlib import Path

_ENDING = r"""
    [ ._(-] .* (?i:conflict|xung\ đột) .*   # Dropbox, Nextcloud, Syncthing, Seafile, Synology
    | \ \(\d+\)                             # Google Drive
    | -[A-Z][A-Z0-9]* (?: -[A-Z0-9]+ )+     # OneDrive: a computer, as DESKTOP-1A2B3C
    """
"""What such a copy's name has between the stem of the data file and its `.toml`."""


def conflicted_copies(path: Path) -> tuple[Path, ...]:
    """Return the conflicted copies beside the data file at `path`, recognised by name, in order.

    Empty where the folder cannot be listed.
    """
    copies: list[Path] = []
    with suppress(OSError):
        copies = [other for other in path.parent.iterdir() if _is_copy(other.name, path)]
    return tuple(sorted(copies))


def _is_copy(name: str, path: Path) -> bool:
    if not (name.startswith(path.stem) and name.endswith(path.suffix)) or name == path.name:
        return False
    between = name[len(path.stem) : len(name) - len(path.suffix)]
    return re.fullmatch(_ENDING, between, re.VERBOSE) is not None
