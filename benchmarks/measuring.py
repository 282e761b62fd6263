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

from benchmarks.launching import peak_memory

SHIPPED = Path(__file__).parents[1] / "data" / "tasks.toml"
"""The data file that comes with the program."""

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
    """What a case took.

    Attributes:
        seconds: from its start to its end; the median of its rounds.
        memory: the peak of its memory, in MiB; of several processes, that of the largest.

    """

    seconds: float
    memory: float


def always(*words: str) -> Callable[[int], Sequence[str]]:
    """Return a command line that is the same in every round."""
    return lambda _: words


def figures(cases: Mapping[_Name, Case], rounds: int) -> dict[_Name, Figures]:
    """Return the figures of each case, timed in turn for so many rounds.

    One round goes before them, in which only the memory is looked at.
    """
    memory = {
        name: peak_memory(case.command(0), _environment(case)) for name, case in cases.items()
    }
    seconds: dict[_Name, list[float]] = {name: [] for name in cases}
    for number in range(1, rounds + 1):
        for name, case in cases.items():
            seconds[name].append(_seconds(case, number))
    return {name: Figures(median(seconds[name]), memory[name]) for name in cases}


def usual_environment() -> dict[str, str]:
    """Return the environment without what changes how Python or the programs start."""
    prefixes = ("PYTHON", "TRACKER_", "COVERAGE_", "TASK", "TODOMAN", "LC_", "LANG")
    return {name: value for name, value in os.environ.items() if not name.startswith(prefixes)} | {
        "LANG": "C.UTF-8"
    }


def _environment(case: Case) -> dict[str, str]:
    return usual_environment() | dict(case.environment)


def _seconds(case: Case, number: int) -> float:
    command, environment = case.command(number), _environment(case)
    start = time.perf_counter()
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
    )
    return float(done.stdout) if case.says_seconds else time.perf_counter() - start
