"""What the last undo took, so that it can be brought back: one file for each data file.

It is in the user's state folder, as the data file's own folder may be shared with others. It has
the whole data file as it was before the undo, and a checksum of what the undo left: only while the
file is still that can the undo be taken back.
"""

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path

_FOLDER = "resolution-cli"


def keep(path: Path, before: bytes, after: bytes) -> str:
    """Keep the content `before` of the data file at `path`, which an undo made `after`.

    Returns:
        Why it could not be kept; empty if it was.

    """
    try:
        kept = path_for(path, "redo")
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = kept.with_suffix(f".{os.getpid()}")
        temporary.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
            file.write(checksum(after).encode() + b"\n" + before)
        temporary.replace(kept)
    except (OSError, RuntimeError) as error:  # RuntimeError: the user has no home folder
        with suppress(OSError, RuntimeError, UnboundLocalError):
            temporary.unlink(missing_ok=True)
        return str(error)
    return ""


def kept(path: Path, content: bytes) -> bytes | None:
    """Return what the last undo took from the data file at `path`, which has `content` now.

    None if nothing is kept of it, or if it was changed since the undo.
    """
    try:
        known, _end, before = path_for(path, "redo").read_bytes().partition(b"\n")
    except (OSError, RuntimeError):
        return None
    return before if known == checksum(content).encode() else None


def forget(path: Path) -> None:
    """Remove what was kept of the data file at `path`."""
    with suppress(OSError, RuntimeError):
        path_for(path, "redo").unlink()


def path_for(path: Path, purpose: str) -> Path:
    """Return where what is kept of the data file at `path` for a purpose is, or is to be.

    Its name is a checksum of that path.
    """
    whole = os.path.normcase(os.path.realpath(path))
    name = hashlib.sha256(os.fsencode(whole)).hexdigest()[:32]
    return _state_folder() / _FOLDER / purpose / name


def _state_folder() -> Path:
    """Return the folder in which programs of this user keep their state."""
    if sys.platform == "win32":
        named = os.environ.get("LOCALAPPDATA", "")
        return Path(named) if named else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    named = os.environ.get("XDG_STATE_HOME", "")
    # A relative path is to be ignored, says the XDG base directory specification.
    return Path(named) if named.startswith("/") else Path.home() / ".local" / "state"


def checksum(content: bytes) -> str:
    """Return the checksum of a content, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
