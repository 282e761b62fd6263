"""Copies that a synchronised folder puts beside a data file that two people changed at once."""

import re
from contextlib import suppress
from pathlib import Path

_ENDING = re.compile(
    r"""
    [ ._(-] .* (?i:conflict|xung\ đột) .*   # Dropbox, Nextcloud, Syncthing, Seafile, Synology
    | \ \(\d+\)                             # Google Drive
    | -[A-Z][A-Z0-9]* (?: -[A-Z0-9]+ )+     # OneDrive: a computer, as DESKTOP-1A2B3C
    """,
    re.VERBOSE,
)
"""What stands between the name of the data file and its `.toml` in the name of such a copy."""


def conflicted_copies(path: Path) -> tuple[Path, ...]:
    """Return the files beside the data file at `path` that a synchronising program has made.

    Their names say so.

    There are none where the folder cannot be listed.
    """
    found: list[Path] = []
    with suppress(OSError):
        found = [other for other in path.parent.iterdir() if _is_copy(other.name, path)]
    return tuple(sorted(found))


def _is_copy(name: str, path: Path) -> bool:
    if not (name.startswith(path.stem) and name.endswith(path.suffix)) or name == path.name:
        return False
    return _ENDING.fullmatch(name[len(path.stem) : len(name) - len(path.suffix)]) is not None
