"""The view of `tracker check`: the problems of a data file, and how to mend each."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from resolution_cli.errors import Problem
from resolution_cli.i18n import _
from resolution_cli.reports.problems import Problems
from resolution_cli.views.document import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
)
from resolution_cli.views.texts import clean


def document(problems: Problems) -> Document:
    """Return the errors and the advice, each with its line and how to mend it."""
    path = problems.path
    blocks = (
        *_section(_("Errors"), path, problems.errors),
        *_section(_("Advice"), path, problems.advice),
    )
    name = clean(str(path))
    if not blocks:
        blocks = (Paragraph(_("No problems found in {path}.").format(path=name)),)
    return Document(
        source=(_("Check of {path}").format(path=name),), blocks=blocks, is_verbatim=True
    )


def _section(head: str, path: Path, problems: Sequence[Problem]) -> tuple[Block, ...]:
    if not problems:
        return ()
    columns = (
        Column(_("line"), width=8, is_number=True),
        Column(_("where"), width=20),
        Column(_("problem"), width=60),
        Column(_("how to mend it"), width=60),
    )
    rows = tuple(Row(_cells(each), blocks=tuple(_lines(path, each))) for each in problems)
    return Heading(1, f"{head}: {len(problems)}"), Table(columns, rows, name=head)


def _cells(problem: Problem) -> tuple[Cell, ...]:
    return (
        Cell(str(problem.line or ""), value=problem.line),
        Cell(clean(problem.where)),
        Cell(clean(" ".join(problem.message.split()))),
        Cell(clean(" ".join(problem.hint.split()))),
    )


def _lines(path: Path, problem: Problem) -> Iterable[Block]:
    where = f"{path}:{problem.line}" if problem.line else str(path)
    first, *rest = str(problem).splitlines()  # a TOML error has several lines, with a caret
    yield Paragraph(clean(f"  {where}: {first}"), is_close=True)
    for line in rest:
        yield Paragraph(clean(f"    {line}"), is_close=True)
    if problem.hint:
        yield Paragraph(clean(f"      → {problem.hint}"), is_close=True)
