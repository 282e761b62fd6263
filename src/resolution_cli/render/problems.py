"""The problems of a data file, as text for a terminal or a pipe."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from resolution_cli.errors import Problem
from resolution_cli.i18n import _
from resolution_cli.render.texts import clean


def text(path: Path, errors: Sequence[Problem], advice: Sequence[Problem]) -> str:
    """Return errors and advice, each with its line in the file at `path`, its item and key, and how to mend it."""
    lines = [*_section(_("Errors"), path, errors), *_section(_("Advice"), path, advice)]
    if not lines:
        lines = [_("No problems found in {path}.").format(path=clean(str(path)))]
    return "".join(f"{line}\n" for line in lines)


def _section(head: str, path: Path, problems: Sequence[Problem]) -> Iterator[str]:
    if problems:
        yield f"{head}: {len(problems)}"
        yield from (line for problem in problems for line in _lines(path, problem))


def _lines(path: Path, problem: Problem) -> Iterable[str]:
    where = f"{path}:{problem.line}" if problem.line else str(path)
    first, *rest = str(
        problem
    ).splitlines()  # the words of a TOML error take several lines, with a caret
    yield clean(f"  {where}: {first}")
    yield from (clean(f"    {line}") for line in rest)
    if problem.hint:
        yield clean(f"      → {problem.hint}")
