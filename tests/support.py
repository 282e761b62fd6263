"""What tests share: the front door, a day that stands still, and a plan to work on."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "data" / "tasks.toml"
SAMPLES = ROOT / "tests" / "samples"

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=7)))
"""The instant at which commands run in tests."""

_EXPECTED = ROOT / "tests" / "expected"


def assert_expected(name: str, text: str) -> None:
    """Compare `text` with the file `name` of `tests/expected`, or write it there where `make expected` asks for it."""
    path = _EXPECTED / name
    if os.environ.get("REWRITE_EXPECTED"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


def uncounted() -> dict[str, str]:
    """Return the environment of a process that does not measure coverage, which imports and writes what it likes."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


class Result(NamedTuple):
    """What a command line left: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]
"""`run("list", "--kind", "task")` puts these words through `main`."""

PLAN = """\
# A plan for tests.
schema = 1

[resolution]
title = "Plan of Alpha commune"
term.start = 2025-01-01
term.end = 2029-12-31

[[tasks]]
id = "T1"
title.vi = "Chuyển đổi số"
title.en = "Digital transformation"
summary = "Forms on line" # a summary
lead = "Văn phòng"
due = 2026-12-31
tags = ["digital", "forms"]
status = "in-progress" # as of June
progress = 40

# the second task
[[tasks]]
id = "T2"
title = "Roads"

[[breakthroughs]]
id = "B1"
title = "Officials"

# The diary.

[[updates]]
item = "T1"
on = 2026-06-01
at = 2026-06-01T08:00:00+07:00
by = "clerk"
status = "in-progress"
progress = 40
was = { status = "not-started", progress = 0 }
note = "Biểu mẫu điện tử"
"""
