"""The same function of many chunks of things, in several processes.

It is `multiprocessing` with a pipe to each process, and no thread: so a process that dies is seen
at once, in the midst of an answer too, and all of them can be ended at any instant.
"""

import gc
import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from resolution_cli import i18n

Chunk = TypeVar("Chunk")
Answers = TypeVar("Answers")

_AHEAD = 2
"""Chunks that a process has at a time, so that it need not wait for the next one."""

_MOST = 60
"""Processes at most; Windows can wait for no more than 63."""


_BUG = "a process failed; its own traceback was printed"


class ProcessEnded(Exception):
    """A process was ended by the system, or by somebody.

    Attributes:
        signal: the number of the signal that ended it.
        chunks: what it had got, in order; the answer to one may have been under way.

    """

    def __init__(self, number: int, chunks: Sequence[Any]) -> None:
        super().__init__(number, chunks)
        self.signal = number
        self.chunks = chunks


def answers_of_processes(
    function: Callable[[Chunk], Answers], chunks: Sequence[Chunk], processes: int
) -> Iterator[Answers]:
    """Yield the answer of `function` to each of `chunks`, in their order.

    Args:
        function: a function of a module or a partial one, without effects. It gets the language of
            this process.
        chunks: plain values.
        processes: how many processes work at a time.

    Raises:
        ProcessEnded: one of them was ended.

    """
    crew = _Crew(function, min(processes, len(chunks), _MOST))
    try:
        yield from crew.answers(chunks)
    finally:
        crew.end()


class _Crew:
    """Processes that work, each with a pipe to it."""

    def __init__(self, function: Callable[[Any], Any], size: int) -> None:
        self._function = function
        self._size = size
        self._processes: dict[Connection, Any] = {}
        self._work: dict[Connection, list[int]] = {}

    def answers(self, chunks: Sequence[Any]) -> Iterator[Any]:
        """Yield the answers to the `chunks`, in order."""
        self._start()
        if not self._processes:  # the system refuses any
            yield from map(self._function, chunks)
            return
        numbers = iter(range(len(chunks)))

        def give(connection: Connection) -> None:
            number = next(numbers, None)
            if number is not None:
                self._work[connection].append(number)
                # An error: it has ended, which reading from it will say.
                with _closed_pipes_as_errors(), suppress(OSError):
                    connection.send((number, chunks[number]))

        for connection in [*self._processes] * _AHEAD:
            give(connection)
        found: dict[int, Any] = {}
        for number in range(len(chunks)):
            while number not in found:
                busy = [connection for connection, work in self._work.items() if work]
                ready = wait(busy)
                for connection in [each for each in busy if each in ready]:
                    done, answer = self._received(connection, chunks)
                    found[done] = answer
                    self._work[connection].remove(done)
                    give(connection)
            yield found.pop(number)

    def end(self) -> None:
        """End the processes, whatever they do."""
        for process in self._processes.values():
            process.terminate()
        for connection, process in self._processes.items():
            process.join()
            connection.close()

    def _start(self) -> None:
        """Start the processes, or as many as the system allows."""
        context = multiprocessing.get_context()
        with _interrupts_blocked(), suppress(OSError):
            for _number in range(self._size):
                ours, theirs = context.Pipe()
                arguments = (theirs, ours, self._function, i18n.language())
                process = context.Process(target=_work, args=arguments, daemon=True)
                process.start()
                theirs.close()  # so that ours ends with the process
                self._processes[ours] = process
                self._work[ours] = []

    def _received(self, connection: Connection, chunks: Sequence[Any]) -> tuple[int, Any]:
        """Return the number of a chunk, and the answer to it."""
        try:
            answer: tuple[int, Any] = connection.recv()
        except (EOFError, OSError):  # OSError: in the midst of an answer
            process = self._processes[connection]
            process.join()
            if process.exitcode < 0:
                its = [chunks[number] for number in self._work[connection]]
                raise ProcessEnded(-process.exitcode, its) from None
            raise RuntimeError(_BUG) from None
        return answer


def _work(
    connection: Connection, other_end: Connection, function: Callable[[Any], Any], language: str
) -> None:
    """Answer what comes, until nothing more can come."""
    other_end.close()  # so that this one ends with the process that has it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Windows it is not blocked
    i18n.use_language(language)
    gc.freeze()  # what it began with is not looked through again and again
    with suppress(EOFError, ConnectionError):  # the other process is gone
        try:
            while True:
                number, chunk = connection.recv()
                connection.send((number, function(chunk)))
        except MemoryError:
            # A traceback would need more of it. On Windows there is no such signal.
            if hasattr(signal, "SIGKILL"):
                signal.raise_signal(signal.SIGKILL)
            raise


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Let Ctrl-C wait: a process that is being started would print a traceback."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _closed_pipes_as_errors() -> Iterator[None]:
    """Let a pipe to a process that is gone be an error, where it would end this process.

    It is so no longer than need be: a closed pipe that the answers are written to ends it silently.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not (is_main and hasattr(signal, "SIGPIPE")):
        yield
        return
    before = signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGPIPE, before)
