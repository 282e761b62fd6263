"""Faults injected into the calls that write a file: an error, an interrupt, or a kill.

A fault happens before a call, within it, or after it. As a program,
`python -m tests.faults STEP MOMENT WAY COMMAND...` runs a command that kills itself there.
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
"""The functions of `os` into which a fault can be injected, whoever calls them."""

MOMENTS = ("before", "within", "after")
"""When a fault happens: instead of the call, with half of a write done, or after the call."""

Fault = Callable[[], object]
"""What happens: it raises, or it does not return."""


class Step(NamedTuple):
    """A call that a write made: its number from 1, its name, and whether it concerned a folder."""

    number: int
    name: str
    of_folder: bool


class Steps:
    """The calls that concern a folder and what is in it, one of which can fail.

    Args:
        folder: where to look.
        number: into which call the fault is injected, counted from 1; 0 for none.
        moment: one of `MOMENTS`.
        fault: what happens there.

    Attributes:
        made: the calls up to now.

    """

    def __init__(
        self, folder: Path, number: int = 0, moment: str = "before", fault: Fault = lambda: None
    ) -> None:
        self.made: list[Step] = []
        self._folder = folder.resolve()
        self._faulty = number
        self._moment = moment
        self._fault = fault
        self._descriptors: dict[int, Path] = {}

    @contextmanager
    def watched(self) -> Iterator["Steps"]:
        """Replace the functions of `os`, as long as the context lasts."""
        with ExitStack() as patches:
            for name in CALLS:
                if hasattr(os, name):
                    patches.enter_context(
                        patch.object(os, name, self._wrapped(name, getattr(os, name)))
                    )
            patches.enter_context(patch.object(os, "fdopen", _File))
            yield self

    def _wrapped(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            path = self._path(arguments[0])
            if path is None:
                return original(*arguments, **named)
            self.made.append(Step(len(self.made) + 1, name, path.is_dir()))
            is_faulty = len(self.made) == self._faulty
            if is_faulty and self._moment == "before":
                self._fault()
            if is_faulty and self._moment == "within" and name == "write":
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
                if is_faulty and self._moment == "after":
                    self._fault()

        return call

    def _path(self, first: object) -> Path | None:
        """Return the path that is meant by the first argument of a call, if it is here."""
        if isinstance(first, int):
            return self._descriptors.get(first)
        path = (
            Path(os.fsdecode(first)).absolute()
            if isinstance(first, (str, bytes, os.PathLike))
            else None
        )
        return path if path and self._folder in (path, path.parent) else None


class _File:
    """A file as `os.fdopen` returns it, unbuffered: each write and the close is a call of `os`."""

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
    """Write `new` over the file at `path`, unsafely; tests put it in place of `writing.replace`."""
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
