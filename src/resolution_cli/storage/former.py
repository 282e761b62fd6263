"""What a data file was before commands that leave no entry in its history, such as `add`.

Each such command keeps it in the user's state folder, under the names of the data file and of what
the command made of it: as long as the file is that, or is again, the command can be undone.
"""

import os
from contextlib import suppress
from pathlib import Path

from resolution_cli.storage.redo import checksum, path_for

_MOST_KEPT = 20
"""How many former contents of a data file are kept."""


def keep(path: Path, before: bytes, after: bytes) -> None:
    """Keep the content `before` of the data file at `path`, which a command made `after`.

    Where that is not possible, the command cannot be undone.
    """
    with suppress(OSError, RuntimeError):  # RuntimeError: the user has no home folder
        folder = _folder_for(path)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        known = sorted(folder.iterdir(), key=lambda each: each.stat().st_mtime_ns)
        for old in known[: 1 - _MOST_KEPT]:
            old.unlink()
        temporary = folder / f".{os.getpid()}"
        temporary.write_bytes(before)
        temporary.replace(folder / checksum(after))


def has_some(path: Path) -> bool:
    """Say whether any former content of the data file at `path` is kept."""
    with suppress(OSError, RuntimeError):
        return any(_folder_for(path).iterdir())
    return False


def found(path: Path, content: bytes) -> bytes | None:
    """Return what the data file at `path` was before the command that made it `content`.

    None if no command is known that did.
    """
    try:
        return (_folder_for(path) / checksum(content)).read_bytes()
    except (OSError, RuntimeError):
        return None


def _folder_for(path: Path) -> Path:
    return path_for(path, "undo")
