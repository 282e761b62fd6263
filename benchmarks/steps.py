"""Where the time of `tracker list --format tsv` goes, with 10,000 items, step by step."""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks.plans import plan
from benchmarks.tables import milliseconds, table
from resolution_cli.formats import tsv
from resolution_cli.reports.listing import Listing
from resolution_cli.reports.standing import standings
from resolution_cli.storage import files
from resolution_cli.storage.decoding import decoded
from resolution_cli.storage.toml import parsed

_ITEMS = 10_000
_ROUNDS = 7
_DAY = date(2026, 1, 1)

_Result = TypeVar("_Result")


def measured(folder: Path) -> str:
    """Return the section on steps, measured with a file in the empty `folder`."""
    path = folder / "tasks.toml"
    path.write_text(plan(_ITEMS, 0), encoding="utf-8")
    steps = [(name, milliseconds(seconds)) for name, seconds in _steps(path)]
    return table([f"`list --format tsv` of {_ITEMS:,} items, behind the start", "ms"], steps)


def _steps(path: Path) -> Iterator[tuple[str, float]]:
    seconds, content = _timed(lambda: files.content(path))
    yield "reading the file", seconds
    seconds, value = _timed(lambda: parsed(content.decode()).value)
    yield "TOML to plain values", seconds
    seconds, resolution = _timed(lambda: decoded(value))
    yield "plain values to items", seconds
    assert not isinstance(resolution, list)  # noqa: S101  # the plan is sound
    header = resolution.header
    seconds, found = _timed(lambda: standings(resolution, _DAY, _DAY))
    yield "verdicts", seconds
    seconds, _ = _timed(lambda: tsv.listing(Listing(header, _DAY, found, len(found))))
    yield "lines", seconds


def _timed(step: Callable[[], _Result]) -> tuple[float, _Result]:
    """Return the median of the seconds that `step` takes, and its result.

    Without garbage collection, as in a run.
    """
    times = []
    gc.disable()
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        result = step()
        times.append(time.perf_counter() - start)
    gc.enable()
    return median(times), result
