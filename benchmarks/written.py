"""How long a report takes that is written to a file, of two plans with a history.

One plan has many items with a short history, the other ten items with a long one: what each item
costs shows in the first, what each entry costs in the second.
"""

from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path

from benchmarks.measuring import Case, always, figures
from benchmarks.plans import YEAR, plan
from benchmarks.tables import judged, milliseconds, table

PLANS = {"1,000 items, 5 updates each": (1_000, 5), "10 items, 520 weekly updates each": (10, 520)}
"""Plans by name: how many items they have, and how many updates of each."""

_LARGER = {"4,000 items, 5 updates each": (4_000, 5)}
"""The first of `PLANS`, but four times as large."""

_ROUNDS = 5
_PERIOD = ("report", "--period", str(YEAR))
_BASE = "`report`"
_MOST, _STEEPEST, _LONGEST = 1.5, 1.1, 3.0
"""What is aimed at: of a long history, times what `report` takes; the exponent of the time of many
items; and the seconds of a Word file of 1,000 items."""


def write_plans(folder: Path) -> dict[str, Path]:
    """Write the data file of each of `PLANS` to `folder`; return their paths by the same names."""
    return _written(PLANS, folder)


def _written(plans: Mapping[str, tuple[int, int]], folder: Path) -> dict[str, Path]:
    paths = {name: folder / f"{items}.toml" for name, (items, _) in plans.items()}
    for name, size in plans.items():
        paths[name].write_text(plan(*size), encoding="utf-8")
    return paths


def command_lines(folder: Path) -> dict[str, Sequence[str]]:
    """Return the words of each command, but for its data file, by name; they write to `folder`."""
    written = {
        f"`report --period {YEAR} -o x.{format_name}`": (
            *_PERIOD,
            "--force",
            "--output",
            str(folder / f"x.{format_name}"),
        )
        for format_name in ("md", "html", "docx")
    }
    return {_BASE: ("report",), f"`report --period {YEAR}`": _PERIOD, **written}


def measured(folder: Path, tracker: str) -> str:
    """Return the section on written reports, measured in the empty `folder`."""
    commands = command_lines(folder)
    paths = _written(PLANS | _LARGER, folder)
    cases = {
        (name, plan_name): Case(always(tracker, *words, "--file", str(path)))
        for plan_name, path in paths.items()
        for name, words in commands.items()
    }
    found = {key: each.seconds for key, each in figures(cases, _ROUNDS).items()}
    many, long = PLANS
    (larger,) = _LARGER

    def row(name: str) -> list[str]:
        seconds, exponent = found[name, many], log(found[name, larger] / found[name, many], 4)
        shown = milliseconds(seconds)
        shown_exponent = f"{exponent:.2f}" if exponent <= _STEEPEST else f"**{exponent:.2f}**"
        ratio, target = judged(found[name, long] / found[_BASE, long], _MOST)
        return [
            name,
            shown if seconds <= _LONGEST else f"**{shown}**",
            milliseconds(found[name, larger]),
            shown_exponent,
            milliseconds(found[name, long]),
            ratio,
            target,
        ]

    heads = [
        "written reports: ms",
        f"{many} (≤ {_LONGEST * 1000:,.0f})",
        larger,
        f"exponent (≤ {_STEEPEST})",
        long,
        f"to {_BASE} of it",
        "target",
    ]
    return table(heads, map(row, commands))
