"""What the program writes in each format, as text; and plans in which all texts are the same."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from resolution_cli.formats.registry import FORMATS, formats
from resolution_cli.views.texts import clean
from tests.support import Run

VIEWS = {
    "list": ["list"],
    "show": ["show", "N3"],
    "report": ["report"],
    "log": ["log"],
    "check": ["check"],
    "timeline": ["timeline"],
}

ALL = [
    pytest.param(view, known.name, id=f"{words[0]}-{known.name}")
    for view, words in VIEWS.items()
    for known in formats(view)
]

TEXTUAL = [case for case in ALL if case.values[1] not in {"docx", "xlsx"}]

_STYLE_SHEET = re.compile(r"(?<=<style>).*?(?=</style>)", re.DOTALL)
"""The style sheet of a page, which is the same on every page; `test_browser.py` tests it."""

PERIOD = ("report", "--period", "2026-Q2")


def written_text(run: Run, *words: str) -> str:
    """Return what a command line writes as text: a Word file's lines, a workbook's cells."""
    suffix = next(known.suffix for known in FORMATS if known.name == words[-1]) or ".ids"
    path = Path(f"out{suffix}")
    result = run(*words, "-o", str(path))
    assert (result.code in {0, 7}, result.out) == (True, ""), result.err
    content = path.read_bytes()
    path.unlink()
    if suffix == ".docx":
        return lines_of_docx(content)
    if suffix == ".xlsx":
        return _cells_of_xlsx(content)
    return _STYLE_SHEET.sub("…", content.decode()) if suffix == ".html" else content.decode()


def rows_of_sheet(workbook: Path, sheet: str) -> list[tuple[Any, ...]]:
    """Return the values of a sheet, row by row."""
    return [*openpyxl.load_workbook(workbook)[sheet].values]


def lines_of_docx(content: bytes) -> str:
    def lines(parent: Any) -> Iterator[str]:
        for part in parent.iter_inner_content():
            if hasattr(part, "rows"):
                for row in part.rows:
                    yield "| " + " | ".join(" / ".join(lines(cell)) for cell in row.cells)
            elif part.text.strip():
                yield part.text

    return "".join(f"{line}\n" for line in lines(Document(io.BytesIO(content))))


def _cells_of_xlsx(content: bytes) -> str:
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    lines = []
    for sheet in workbook:
        lines.append(
            f"== {sheet.title}: frozen at {sheet.freeze_panes}, filter {sheet.auto_filter.ref}"
        )
        lines += [
            " | ".join("" if value is None else str(value) for value in row) for row in sheet.values
        ]
    return "".join(f"{line}\n" for line in lines)


_PLAN = """\
schema = 1
[resolution]
title = {text}
body = {text}
congress = {text}
term.start = 2025-01-01
term.end = 2029-12-31
[report]
situation = {text}
proposals = {text}
committee = {text}
superior = {text}
place = {text}
number = {text}
signature = {text}
recipients = [{text}]
[[tasks]]
id = "N3"
title = {text}
summary = {text}
lead = {text}
partners = [{text}]
product = {text}
tags = [{text}]
status = "blocked"
[[updates]]
item = "N3"
on = 2026-11-20
by = {text}
status = "blocked"
note = {text}
evidence = [{text}]
cause = "objective"
proposal = {text}
"""


def write_plan_of(text: str) -> None:
    """Write a plan here whose every text is `text`."""
    quoted = "".join(f"\\U{ord(character):08x}" for character in text)
    Path("tasks.toml").write_text(_PLAN.format(text=f'"{quoted}"'), encoding="utf-8")


def write_harmless_plan(text: str) -> dict[str, str]:
    """Write a plan with a letter for each line of `text`; return each letter's line as shown."""
    lines = [clean(line).strip() for line in text.splitlines() if line.strip()]
    letters = {chr(ord("ⓐ") + number): line for number, line in enumerate(lines)}
    write_plan_of("\n".join(letters))
    return letters
