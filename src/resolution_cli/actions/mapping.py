"""The same question to each of many files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

Answer = TypeVar("Answer")

Shown = Callable[[Sequence[Path]], Iterable[Path]]
"""Yields the paths that it is given, and shows how many are done."""


def answers_of_files(
    question: Callable[[Path], Answer], files: Sequence[Path], shown: Shown = iter
) -> Iterator[Answer]:
    """Yield the answer of each of `files`, in their order.

    Args:
        question: returns the answer of the file at a path; it depends on nothing but the file, and
            raises no error for a file.
        files: the files.
        shown: yields the paths that it is given, and shows how many are done.

    """
    return map(question, shown(files))
