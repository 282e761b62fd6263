"""Faults at the calls by which a file is written: an error, an interrupt, or death, before a call, in it, or after it.

As a program, `python -m tests.faults STEP MOMENT COMMAND...` runs a command that kills itself
there.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Self
from unittest.mock import patch

CALLS = (
    "open",
    "write",
    "fsync",
    "chmod",
    "fchmod",
    "chown",
    "fchown",
    "link",
    "replace",
    "rename",
    "unlink",
    "close",
)
"""The functions of `os` that can stand in the way of a write, whoever calls them."""

MOMENTS = ("before", "within", "after")
"""When a fault strikes: instead of the call, with half of a write done, or when the call has had
its effect."""

Fault = Callable[[], object]
"""What strikes: it raises, or it does not return."""


class Step(NamedTuple):
    """A call that a write made: its number, counted from 1, its name, and whether it concerned a folder."""

    number: int
    name: str
    of_folder: bool


class Steps:
    """The calls that concern a folder and what is in it, of which one can be struck.

    Args:
        folder: where to look.
        number: which call is struck, counted from 1; 0 for none.
        moment: one of `MOMENTS`.
        fault: what strikes.

    Attributes:
        made: the calls up to now.

    """

    def __init__(
        self, folder: Path, number: int = 0, moment: str = "before", fault: Fault = lambda: None
    ) -> None:
        self.made: list[Step] = []
        self._folder = folder.resolve()
        self._struck = number
        self._moment = moment
        self._fault = fault
        self._descriptors: dict[int, Path] = {}

    @contextmanager
    def watched(self) -> Iterator["Steps"]:
        """Stand between the program and the system."""
        with ExitStack() as patches:
            for name in CALLS:
                if hasattr(os, name):
                    patches.enter_context(
                        patch.object(os, name, self._stand_in(name, getattr(os, name)))
                    )
            patches.enter_context(patch.object(os, "fdopen", _File))
            yield self

    def _stand_in(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            path = self._path(arguments[0])
            if path is None:
                return original(*arguments, **named)
            self.made.append(Step(len(self.made) + 1, name, path.is_dir()))
            is_struck = len(self.made) == self._struck
            if is_struck and self._moment == "before":
                self._fault()
            if is_struck and self._moment == "within" and name == "write":
                original(arguments[0], arguments[1][: len(arguments[1]) // 2])
                self._fault()
            try:
                result = original(*arguments, **named)
                if name == "open":
                    self._descriptors[result] = path
                if name == "close":
                    self._descriptors.pop(arguments[0], None)
                return result
            finally:
                if is_struck and self._moment == "after":
                    self._fault()

        return call

    def _path(self, first: object) -> Path | None:
        """Return the path that a call's first argument speaks of, if it is the folder or in it."""
        if isinstance(first, int):
            return self._descriptors.get(first)
        path = (
            Path(os.fsdecode(first)).absolute()
            if isinstance(first, (str, bytes, os.PathLike))
            else None
        )
        return path if path and self._folder in (path, path.parent) else None


class _File:
    """A file as `os.fdopen` gives it, without a buffer, so that each write and the close are calls of `os`."""

    def __init__(self, descriptor: int, mode: str) -> None:
        assert mode == "wb"
        self._descriptor = descriptor

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

    def write(self, content: bytes) -> None:
        while content:
            content = content[os.write(self._descriptor, content) :]

    def flush(self) -> None:
        """Do nothing: there is no buffer."""

    def fileno(self) -> int:
        return self._descriptor


def written_in_place(path: Path, old: bytes, new: bytes) -> None:
    """Write `new` to the file at `path` as a program would that takes no care; it stands in for `writing.replace`."""
    assert path.read_bytes() == old
    descriptor = os.open(path, os.O_WRONLY | os.O_TRUNC)
    with os.fdopen(descriptor, "wb") as file:
        file.write(new)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _main(number: str, moment: str, way: str, *arguments: str) -> int:
    from resolution_cli.cli import main  # noqa: PLC0415  # only the program needs it
    from resolution_cli.storage import writing  # noqa: PLC0415  # as above

    if way == "in-place":
        writing.replace = written_in_place
    with Steps(Path.cwd(), int(number), moment, _die).watched() as steps:
        code = main(arguments)
    return code if len(steps.made) < int(number) else 99


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
