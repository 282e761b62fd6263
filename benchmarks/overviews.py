"""How long many files take: a generated city, and a generated country.

What it is compared with is a loop of the shell that asks for the report of each file. Of the
country that loop would take minutes, so it is timed on some of the files, and the rest computed.
"""

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import country
from benchmarks.launching import memory_in_all
from benchmarks.measuring import Case, always, figures, usual_environment
from benchmarks.tables import table

_ROUNDS = {126: 5, 3_321: 2}
"""How often each number of files is timed."""

_SAMPLE = 42
"""Files that the loop of the shell is timed on."""

_SHARE_OF_LOOP = 1 / 20
_SHARE_OF_FIRST_LOOK = 2
_SECOND_LOOK = 0.5
_MEMORY = 100

_DAY = str(country.LAST_DAY)
_LOOP = """\
tracker=$1
shift
for path; do "$tracker" report --file "$path" --as-of {day} --format json; done
"""
_ON_ONE_PROCESSOR = """\
import os, sys
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.execv(sys.argv[1], sys.argv[1:])
"""


class _Row(NamedTuple):
    """A row of the table.

    Attributes:
        name, case: what is timed.
        most: returns the seconds that it may take, of those of the loop and of the first look.

    """

    name: str
    case: Case
    most: Callable[[float, float], float | None] = lambda _loop, _first: None


def measured(folder: Path, tracker: str) -> str:
    """Return the section on many files, measured in the empty `folder`."""
    parts = [_part(folder / str(files), files, tracker) for files in _ROUNDS]
    return "\n".join(parts)


def _part(folder: Path, files: int, tracker: str) -> str:
    wards = folder / "wards"
    country.write(wards, files)
    paths = [country.path_of(wards, number) for number in range(1, files + 1)]
    size = sum(path.stat().st_size for path in paths) / 1_000_000
    rows = _rows(folder, paths, tracker)
    found = figures({row.name: row.case for row in rows}, _ROUNDS[files])
    loop = found[rows[0].name].seconds * files / _SAMPLE
    seconds = {name: each.seconds for name, each in found.items()} | {rows[0].name: loop}
    first = seconds[rows[1].name]
    cells = [
        [
            row.name,
            _seconds(seconds[row.name], row.most(loop, first)),
            f"{loop / seconds[row.name]:,.1f}×",
            f"{found[row.name].memory:.0f}",
        ]
        for row in rows
    ]
    words = (tracker, "overview", str(wards), "--as-of", _DAY, "--no-cache")
    together = memory_in_all(words, usual_environment())
    shown = f"{together:.0f}" if together <= _MEMORY else f"**{together:.0f}**"
    return table(
        [f"{files:,} files, {size:,.0f} MB", "seconds", "faster than the loop", "MiB"], cells
    ) + (
        f"\nThe loop was timed on {_SAMPLE} of the files. MiB: the largest process; with "
        f"--no-cache all processes together had {shown} (≤ {_MEMORY}).\n"
    )


def _rows(folder: Path, paths: Sequence[Path], tracker: str) -> list[_Row]:
    cache = folder / "cache"
    environment = {"XDG_CACHE_HOME": str(cache)}
    words = (tracker, "overview", str(folder / "wards"), "--as-of", _DAY)
    kept = {"XDG_CACHE_HOME": str(folder / "kept")}
    sample = [str(path) for path in paths[:: len(paths) // _SAMPLE]][:_SAMPLE]
    loop = ["/bin/sh", "-c", _LOOP.format(day=_DAY), "sh", tracker, *sample]
    rows = ("--table", "items", "--every", "quarter", "--force", "-o", str(folder / "rows.csv"))
    quarters = (tracker, "overview", str(folder / "wards"), *rows)
    alone = (sys.executable, "-c", _ON_ONE_PROCESSOR, *words, "--no-cache")

    def first_look(_number: int) -> Sequence[str]:
        shutil.rmtree(cache, ignore_errors=True)
        return words

    return [
        _Row("a loop of `report --format json`", Case(always(*loop))),
        _Row(
            "`overview`, first look",
            Case(first_look, environment),
            lambda loop, _first: loop * _SHARE_OF_LOOP,
        ),
        _Row("with --no-cache", Case(always(*words, "--no-cache"))),
        _Row("with --no-cache, on one processor", Case(always(*alone))),
        _Row("second look", Case(always(*words), kept), lambda _loop, _first: _SECOND_LOOK),
        _Row(
            "second look, --format json",
            Case(always(*words, "--format", "json"), kept),
            lambda _loop, _first: _SECOND_LOOK,
        ),
        _Row(
            "items at the end of every quarter, CSV",
            Case(always(*quarters)),
            lambda _loop, first: first * _SHARE_OF_FIRST_LOOK,
        ),
    ]


def _seconds(seconds: float, most: float | None) -> str:
    if most is None:
        return f"{seconds:,.2f}"
    shown = f"{seconds:,.2f}" if seconds <= most else f"**{seconds:,.2f}**"
    return f"{shown} (≤ {most:,.2f})"
