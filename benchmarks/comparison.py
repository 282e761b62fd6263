"""How long commands take with this version of the program and with another, such as an earlier one.

Both run each command one after the other, so what disturbs the machine disturbs both.
"""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import written
from benchmarks.measuring import SHIPPED, Case, always, figures
from benchmarks.tables import milliseconds, table

ROUNDS = 5
"""How often each command is timed, unless another number is asked for."""

_EVERYWHERE: dict[str, Sequence[str]] = {
    "`list`": ("list",),
    "`list --format tsv`": ("list", "--format", "tsv"),
    "`show T1`": ("show", "T1"),
    "`check`": ("check",),
    "`update T1`": ("update", "T1", "--note", "x"),
    "`report`": ("report",),
}
"""The commands that are timed with each plan, but for its data file."""


class _Timed(NamedTuple):
    """A command with a plan: its name, that of the plan, and the words of both programs."""

    command: str
    plan: str
    words: Sequence[str]
    other_words: Sequence[str]


def measured(folder: Path, tracker: str, other: str, rounds: int) -> str:
    """Return a table of what `tracker` and `other` take, timed in the empty `folder`."""
    timed = [*_timed(folder, tracker, other)]
    cases = {}
    for number, each in enumerate(timed):
        cases[number, "this"] = Case(always(*each.words))
        cases[number, "other"] = Case(always(*each.other_words))
    found = figures(cases, rounds)
    rows = []
    for number, each in enumerate(timed):
        this, that = (found[number, program].seconds for program in ("this", "other"))
        cells = [milliseconds(this), milliseconds(that), f"{this / that:.2f}×"]
        rows.append([f"{each.command}, {each.plan}", *cells])
    return table(["command, plan", "this, ms", "other, ms", "this to other"], rows)


def _timed(folder: Path, tracker: str, other: str) -> Iterator[_Timed]:
    """Yield what is timed. Each program has a folder of its own: an update changes the plan."""
    places = [folder / "this", folder / "other"]
    for place in places:
        place.mkdir()
    for (name, plan, words), (_, _, other_words) in zip(*map(_command_lines, places), strict=True):
        yield _Timed(name, plan, (tracker, *words), (other, *other_words))


def _command_lines(folder: Path) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield each command's name, the name of its plan, and its words; files are in `folder`."""
    shipped = folder / "shipped.toml"
    shutil.copy(SHIPPED, shipped)
    for name, words in _EVERYWHERE.items():
        yield name, "the shipped file", (*words, "--file", str(shipped))
    for plan, path in written.write_plans(folder).items():
        for name, words in (_EVERYWHERE | written.command_lines(folder)).items():
            yield name, plan, (*words, "--file", str(path))
