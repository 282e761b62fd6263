"""How time and memory grow with the file, against what another parser alone needs to read it."""

import sys
from math import log10
from pathlib import Path

from benchmarks.measuring import Case, Figures, always, figures
from benchmarks.plans import plan
from benchmarks.tables import judged, milliseconds, table

_UPDATES = 5
_ROUNDS = {10: 11, 100: 11, 1_000: 9, 10_000: 5}
"""How often each size is timed, by its number of items."""

_PARSER = "`tomllib.loads` alone"
_TARGETS = {
    "`list --format json`": 0.5,
    "`report`": None,
    "`update` of one": 1.0,
    "`undo` of it": None,
    "`check`": None,
}
_MOST_OF_UPDATE = 1.0
"""What an undo may take, against the update that it takes back."""

_STEEPEST = 1.1
_PARSING = """\
import sys, time, tomllib
with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
start = time.perf_counter()
tomllib.loads(text)
print(time.perf_counter() - start)
"""


def measured(folder: Path, tracker: str) -> str:
    """Return the section on growth, measured in the empty `folder`."""
    found: dict[int, dict[str, Figures]] = {}
    for items, rounds in _ROUNDS.items():
        path = folder / f"{items}.toml"
        path.write_text(plan(items, _UPDATES), encoding="utf-8")
        found[items] = figures(_cases(path, items, tracker), rounds)
    size = path.stat().st_size / 1_000_000
    heads = [
        f"items, {_UPDATES} updates each: ms, MiB",
        *(f"{items:,}" for items in _ROUNDS),
        f"exponent (≤ {_STEEPEST})",
        f"to `tomllib`, {size:.0f} MB",
        "target",
    ]
    largest = found[items]
    ratio = largest["`undo` of it"].seconds / largest["`update` of one"].seconds
    shown, target = judged(ratio, _MOST_OF_UPDATE)
    rows = table(heads, [_row(name, found) for name in (_PARSER, *_TARGETS)])
    return f"{rows}\n`undo` to the `update` before it, {size:.0f} MB: {shown} ({target}).\n"


def _cases(path: Path, items: int, tracker: str) -> dict[str, Case]:
    def update(number: int) -> list[str]:
        progress = str(30 + number % 2)
        return [
            tracker,
            "update",
            f"T{items // 2}",
            "--progress",
            progress,
            "--note",
            "x",
            "--file",
            str(path),
        ]

    return {
        _PARSER: Case(always(sys.executable, "-c", _PARSING, str(path)), says_seconds=True),
        "`list --format json`": Case(
            always(tracker, "list", "--format", "json", "--file", str(path))
        ),
        "`report`": Case(always(tracker, "report", "--file", str(path))),
        "`update` of one": Case(update),
        "`undo` of it": Case(always(tracker, "undo", "--yes", "--file", str(path))),
        "`check`": Case(always(tracker, "check", "--file", str(path))),
    }


def _row(name: str, found: dict[int, dict[str, Figures]]) -> list[str]:
    before, last = (found[items] for items in [*found][-2:])
    # The last size is ten times the one before.
    exponent = log10(last[name].seconds / before[name].seconds)
    cells = [
        f"{milliseconds(sizes[name].seconds)}, {sizes[name].memory:.0f}" for sizes in found.values()
    ]
    ratio = last[name].seconds / last[_PARSER].seconds
    shown = f"{exponent:.2f}" if exponent <= _STEEPEST else f"**{exponent:.2f}**"
    return [name, *cells, shown, *judged(ratio, _TARGETS.get(name))]
