"""The peak of a program's memory, by itself.

The system counts for a process what the one that started it had in memory when it did: of a program
that a large one starts, the figure is at least that. So a shell starts it, which has one mebibyte,
and at once leaves it to whoever asks. For Linux; elsewhere the figure is that of the system.

    python -m benchmarks.launching /bin/true
"""

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_MEBIBYTE = 1024
"""Kibibytes, in which the system counts memory."""

_TAKE_ORPHANS = 36
"""PR_SET_CHILD_SUBREAPER: processes whose parent is gone become those of this process."""

_LEAVING = '"$@" >/dev/null 2>&1 & echo $!'
"""What the shell does."""

_PAUSE = 0.02
"""Seconds between two looks at what processes have in memory."""


def peak_memory(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Return the most memory that a command had at a time, in MiB.

    Of a command that starts others, it is that of the largest process.

    Raises:
        CalledProcessError: the command failed.

    """
    _process, status, usage = os.wait4(_left_alone(command, environment), 0)
    return _checked(command, status, usage.ru_maxrss / _MEBIBYTE)


def memory_in_all(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Return the most memory that a command and its processes had together at a time, in MiB.

    What they share counts once. It is looked at again and again, so a short peak may be missed.

    Raises:
        CalledProcessError: the command failed.

    """
    started = _left_alone(command, environment)
    most = 0.0
    while True:
        found, status = os.waitpid(started, os.WNOHANG)
        if found:
            return _checked(command, status, most)
        most = max(most, sum(map(_share, [started, *_children(started)])))
        time.sleep(_PAUSE)


def _checked(command: Sequence[str], status: int, memory: float) -> float:
    if code := os.waitstatus_to_exitcode(status):
        raise subprocess.CalledProcessError(code, command)
    return memory


def _left_alone(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Start a command through a shell that ends at once; return the number of its process."""
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "prctl"):
        library.prctl(_TAKE_ORPHANS, 1, 0, 0, 0)
        shell = ["/bin/sh", "-c", _LEAVING, "sh", *command]
        done = subprocess.run(shell, env=environment, check=True, capture_output=True)
        return int(done.stdout)
    return os.posix_spawnp(command[0], [*command], environment)


def _children(process: int) -> list[int]:
    try:
        words = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:  # it has ended
        return []
    return [int(word) for word in words.split()]


def _share(process: int) -> float:
    """Return what a process has in memory, in MiB; of what it shares with others, its share."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) / _MEBIBYTE for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    for taken in (peak_memory, memory_in_all):
        sys.stdout.write(f"{taken.__name__}: {taken(sys.argv[1:], os.environ):.1f} MiB\n")
