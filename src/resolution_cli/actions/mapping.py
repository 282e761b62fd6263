"""The same question to each of many files: by several processes, and not again while unchanged."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from resolution_cli.domain.histories import forget_histories
from resolution_cli.errors import FilesNotRead
from resolution_cli.storage import cache

Answer = TypeVar("Answer")

Shown = Callable[[Sequence[Path]], Iterable[Path]]
"""Yields the paths that it is given, and shows how many are done."""

_Task = tuple[Path, bytes | None]
"""A file, and the checksum of that content of it to which the answer is known."""

_Result = tuple[cache.Content | None, Answer | None]
"""The content of a file, where its answer can be kept, and the answer.

That is None where it is known, since the content is that of before.
"""

_CHUNK = 8
"""Files that are read at a time: with ten milestones' news a month each, a tenth of a second."""

_WORTHWHILE = 4_000_000
"""Bytes of files from which on several processes are faster: a quarter of a second for one."""


def answers_of_files(
    question: Callable[[Path], Answer],
    files: Sequence[Path],
    shown: Shown = iter,
    kept: Any = None,
) -> Iterator[Answer]:
    """Yield the answer of each of `files`, in their order.

    Args:
        question: returns the answer of the file at a path, never None; it depends on nothing but
            the file, its arguments and the language, and raises no error for a file. It is a
            function of a module or a partial one, and its arguments and answers are plain values.
        files: the files.
        shown: yields the paths that it is given, and shows how many are done.
        kept: the type of the answers, to take those of unchanged files from the cache, and to keep
            the others there; None to ask every file.

    Raises:
        FilesNotRead: a process that read files was ended by the system.

    """
    known = cache.Answers(question, kept)
    unchanged = [known.has(path) for path in files]
    tasks = [
        (path, known.checksum(path))
        for path, is_unchanged in zip(files, unchanged, strict=True)
        if not is_unchanged
    ]
    ask = partial(_result, question, is_kept=known.is_used)
    results = _results(ask, tasks)
    for path, is_unchanged in zip(shown(files), unchanged, strict=True):
        content, answer = (None, None) if is_unchanged else next(results)
        if answer is None:
            answer = known.answer(path)
        if answer is None:  # what is kept is no such answer
            content, answer = ask((path, None))
        assert answer is not None  # noqa: S101  # no content is known of this one
        if content:
            known.keep(path, content, answer)
        yield answer
    known.save()


def _results(
    ask: Callable[[_Task], _Result[Answer]], tasks: Sequence[_Task]
) -> Iterator[_Result[Answer]]:
    """Yield what is found of the files of `tasks`, in their order.

    Raises:
        FilesNotRead: a process that read files was ended by the system.

    """
    processes = _processors()
    if processes == 1 or not _is_worthwhile(tasks):
        for number, task in enumerate(tasks, 1):
            yield ask(task)
            if number % _CHUNK == 0:
                _collect_garbage()
        return
    chunks = [tasks[start : start + _CHUNK] for start in range(0, len(tasks), _CHUNK)]
    function = partial(_results_of_chunk, ask)
    # A fifth of a start, which few files need.
    from resolution_cli.actions.processes import ProcessEnded, answers_of_processes  # noqa: PLC0415

    try:
        for results in answers_of_processes(function, chunks, processes):
            yield from results
    except ProcessEnded as error:
        paths = [path for chunk in error.chunks for path, _checksum in chunk]
        raise FilesNotRead(paths[0], paths[-1], error.signal) from None


def _results_of_chunk(
    ask: Callable[[_Task], _Result[Answer]], tasks: Sequence[_Task]
) -> list[_Result[Answer]]:
    results = [ask(task) for task in tasks]
    _collect_garbage()
    return results


def _collect_garbage() -> None:
    """Free what refers to itself, as histories do, where the program runs without the collector."""
    if not gc.isenabled():
        forget_histories()  # what is in use now, is not searched for a second time
        gc.collect(0)


def _result(question: Callable[[Path], Answer], task: _Task, *, is_kept: bool) -> _Result[Answer]:
    path, known = task
    content = cache.content_of(path) if is_kept else None
    if content and content.checksum == known:
        return content, None
    answer = question(path)
    return (content if content and cache.is_still(path, content) else None), answer


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _is_worthwhile(tasks: Iterable[_Task]) -> bool:
    """Say whether there is so much to read that several processes are faster."""
    size = 0
    for path, _checksum in tasks:
        try:
            size += os.stat(path).st_size  # noqa: PTH116  # a third of Path.stat
        except OSError:  # reading it will say why
            continue
        if size >= _WORTHWHILE:
            return True
    return False
