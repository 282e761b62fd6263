"""Whole processes, timed in turn: what disturbs the machine for a while disturbs every case alike.

For Unix.
"""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeVar

SHIPPED = Path(__file__).parents[1] / "data" / "tasks.toml"
"""The data file that comes with the program."""

MEBIBYTE = 1024
"""Kibibytes, in which the system counts memory."""

_Name = TypeVar("_Name")


class Case(NamedTuple):
    """A command to time.

    Attributes:
        command: returns the words of the command line of a round, so that every update is another.
        environment: what it finds in its environment beside the usual.
        says_seconds: it prints the seconds to count, those of a part of its run.

    """

    command: Callable[[int], Sequence[str]]
    environment: Mapping[str, str] = {}
    says_seconds: bool = False


class Figures(NamedTuple):
    """What a case took: the medians of its rounds.

    Attributes:
        seconds: from its start to its end.
        memory: the peak of its memory, in MiB.

    """

    seconds: float
    memory: float


def always(*words: str) -> Callable[[int], Sequence[str]]:
    """Return a command line that is the same in every round."""
    return lambda _: words


def figures(cases: Mapping[_Name, Case], rounds: int) -> dict[_Name, Figures]:
    """Return the figures of each case, timed in turn for so many rounds.

    One round goes before them and does not count.
    """
    found: dict[_Name, list[Figures]] = {name: [] for name in cases}
    for number in range(rounds + 1):
        for name, case in cases.items():
            found[name].append(_run(case, number))
    return {
        name: Figures(
            median(run.seconds for run in runs[1:]), median(run.memory for run in runs[1:])
        )
        for name, runs in found.items()
    }


def usual_environment() -> dict[str, str]:
    """Return the environment without what changes how Python or the programs start."""
    prefixes = ("PYTHON", "TRACKER_", "COVERAGE_", "TASK", "TODOMAN", "LC_", "LANG")
    return {name: value for name, value in os.environ.items() if not name.startswith(prefixes)} | {
        "LANG": "C.UTF-8"
    }


def _run(case: Case, number: int) -> Figures:
    command = case.command(number)
    environment = usual_environment() | dict(case.environment)
    start = time.perf_counter()
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        out = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = float(out) if case.says_seconds else time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Figures(seconds, usage.ru_maxrss / MEBIBYTE)
