"""How long a report takes that is written to a file, of two plans with a history.

One plan has many items with a short history, the other ten items with a long one: what each item
costs shows in the first, what each entry costs in the second.
"""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import SHIPPED, Case, always, figures
from benchmarks.plans import YEAR, plan
from benchmarks.tables import milliseconds, table

PLANS = {"1,000 items, 5 updates each": (1_000, 5), "10 items, 520 weekly updates each": (10, 520)}
"""Plans by name: how many items they have, and how many updates of each."""

_ROUNDS = 5
_PERIOD = ("report", "--period", str(YEAR))
_BASE = "`report` of the shipped file"


def write_plans(folder: Path) -> dict[str, Path]:
    """Write the data file of each of `PLANS` to `folder`; return their paths by the same names."""
    paths = {name: folder / f"{items}.toml" for name, (items, _) in PLANS.items()}
    for name, size in PLANS.items():
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
    return {"`report`": ("report",), f"`report --period {YEAR}`": _PERIOD, **written}


def measured(folder: Path, tracker: str) -> str:
    """Return the section on written reports, measured in the empty `folder`."""
    commands = command_lines(folder)
    cases = {(_BASE, ""): Case(always(tracker, "report", "--file", str(SHIPPED)))}
    for plan_name, path in write_plans(folder).items():
        for name, words in commands.items():
            cases[name, plan_name] = Case(always(tracker, *words, "--file", str(path)))
    found = figures(cases, _ROUNDS)
    base = found[_BASE, ""].seconds

    def cell(name: str, plan_name: str) -> str:
        seconds = found[name, plan_name].seconds
        return f"{milliseconds(seconds)}, {seconds / base:.1f}×"

    heads = [f"ms, and ratio to {_BASE} ({milliseconds(base)} ms)", *PLANS]
    return table(heads, [[name, *(cell(name, each) for each in PLANS)] for name in commands])
