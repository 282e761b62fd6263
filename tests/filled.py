"""Forms as units fill them in, and a small plan that has one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.support import Result, Run

PLAN_OF_UNITS = """\
# A plan for tests of forms.
schema = 1

[resolution]
id = "alpha-2025"
title.vi = "Nghị quyết xã Alpha"
title.en = "Resolution of Alpha commune"
term.start = 2025-01-01
term.end = 2029-12-31

[units]
"Công an phường" = ["CAP"]

[[tasks]]
id = "T1"
title = "Roads"
lead = "Văn phòng"
due = 2027-12-31
status = "in-progress" # as of June
progress = 40

[[tasks]]
id = "T2"
title = "Schools"
lead = "Công an phường"

[[tasks.milestones]]
id = "T2.1"
title = "Site"

[[tasks.milestones]]
id = "T2.2"
title = "Building"
lead = "Văn phòng"

[[tasks]]
id = "T3"
title = "Nobody's"

[[tasks]]
id = "T4"
title = "Over"
lead = "Văn phòng"
status = "done"
progress = 100
done_on = 2026-05-01

[[targets]]
id = "C1"
title = "Poor households"
unit = "%"
want = "at-most"
plan.2026 = 1.2
plan.2029 = 0.2
lead = "CAP"
value = 1.6
on = 2026-06-30

[[targets]]
id = "C2"
title = "Jobs"
unit = "people"
plan.2026 = 1500
lead = "Công an phường"

[[updates]]
item = "T4"
on = 2026-05-01
at = 2026-05-01T08:00:00+07:00
by = "clerk"
status = "done"
progress = 100
done_on = 2026-05-01

[[updates]]
item = "T1"
on = 2026-06-01
at = 2026-06-01T08:00:00+07:00
by = "clerk"
status = "in-progress"
progress = 40
was = { status = "not-started", progress = 0 }
note = "Begun"

[[updates]]
item = "C1"
on = 2026-06-30
at = 2026-07-02T08:00:00+07:00
by = "clerk"
value = 1.6
"""
"""What the units of the plan lead; `NOW` is in November 2026."""

ASKED = (*("status", "figure", "done on", "result", "evidence", "difficulty", "cause", "proposal"),)
"""The columns to fill in, in their order."""

FIRST_ANSWER, HEAD_ROW = 6, 5

POLICE, OFFICE = (
    Path("forms", "2026-11 Công an phường.xlsx"),
    Path("forms", "2026-11 Văn phòng.xlsx"),
)

Answers = Mapping[str, Mapping[str, Any]]


def forms_made(run: Run, *words: str) -> Result:
    """Write a data file and its forms into the present folder."""
    Path("tasks.toml").write_bytes(PLAN_OF_UNITS.encode())
    made = run("form", "-o", "forms", *words)
    assert made.code == 0
    return made


def sheet_of(book: openpyxl.Workbook) -> Worksheet:
    """Return the sheet to fill in."""
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def fill(path: Path, answers: Answers, target: Path | None = None) -> Path:
    """Fill in a form: values by id and column; return where it was saved."""
    book = openpyxl.load_workbook(path)
    sheet = sheet_of(book)
    for item_id, values in answers.items():
        for asked, value in values.items():
            sheet.cell(row_of(sheet, item_id), FIRST_ANSWER + ASKED.index(asked)).value = value
    book.save(target or path)
    return target or path


def row_of(sheet: Worksheet, item_id: str) -> int:
    """Return the number of the row of an item."""
    return next(
        number
        for number in range(HEAD_ROW, sheet.max_row + 1)
        if sheet.cell(number, 1).value == item_id
    )


def place_of(path: Path, item_id: str, asked: str) -> str:
    """Return the address of a cell to fill in."""
    sheet = sheet_of(openpyxl.load_workbook(path))
    return str(sheet.cell(row_of(sheet, item_id), FIRST_ANSWER + ASKED.index(asked)).coordinate)
