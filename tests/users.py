"""Commands that root runs as ordinary users; a colleague is another user of the same group."""

import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from resolution_cli.i18n import LOCALES
from tests.support import PLAN, tracker, uncounted

OFFICE = 45_000
"""The id of a group that colleagues share."""

as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only root may run commands as other users",
)

_PROGRAM = """
import contextlib, io, os, sys
from pathlib import Path
from resolution_cli import i18n
from resolution_cli.cli import main

warm, locales, user, groups, *command = sys.argv[1:]
i18n.LOCALES = Path(locales)
# Import all that the commands need, which the user may have no right to read.
with contextlib.redirect_stdout(io.StringIO()):
    main(["update", "T1", "--note", "x", "-f", warm])
    main(["list", "-f", warm])
    main(["list", "-f", warm, "--format", "csv"])
os.setgroups([int(group) for group in groups.split(",") if group])
os.setgid(int(user))
os.setuid(int(user))
os.environ["HOME"] = "/"
sys.exit(main(command))
"""
"""Runs a command as a user of his own group and others."""


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Path]:
    """Return a folder that every user may enter, and the office's group may write to."""
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o755)
        # The user may have no right to read those of the program.
        shutil.copytree(LOCALES, folder / LOCALES.name)
        inner = folder / "shared"
        inner.mkdir()
        os.chown(inner, 0, OFFICE)
        inner.chmod(0o775)
        (tmp_path / "warm.toml").write_text(PLAN, encoding="utf-8")
        yield inner
    finally:
        shutil.rmtree(folder)


class Users:
    """Runs commands as users who are known by their numbers."""

    def __init__(self, folder: Path, warm: Path) -> None:
        self._folder = folder
        self._warm = warm

    def run(
        self,
        user: int,
        *command: str,
        groups: Sequence[int] = (),
        folder: str = ".",
        file: Path | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as `user`, in a folder of the shared one.

        The user's own group has the same number; `groups` are further groups.
        """
        words = [
            self._warm,
            self._folder.parent / LOCALES.name,
            user,
            ",".join(map(str, groups)),
            *command,
        ]
        where = self._folder / folder
        environment = uncounted() | ({"TRACKER_FILE": str(file)} if file else {})
        return tracker(*words, program=_PROGRAM, cwd=where, env=environment)


@pytest.fixture
def users(shared: Path, tmp_path: Path) -> Users:
    return Users(shared, tmp_path / "warm.toml")


def access_list(*entries: tuple[str, int, int]) -> bytes:
    """Return an access list as Linux keeps it, of entries of kind, permissions and id."""
    kinds = {
        "owner": 0x01,
        "user": 0x02,
        "group": 0x04,
        "named-group": 0x08,
        "mask": 0x10,
        "other": 0x20,
    }
    return struct.pack("<I", 2) + b"".join(
        struct.pack("<HHI", kinds[kind], permissions, number)
        for kind, permissions, number in entries
    )
