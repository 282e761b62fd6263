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

LATER = datetime(2028, 1, 10, 9, tzinfo=timezone(timedelta(hours=7)))
"""The instant at which commands on the sample with three years of history run."""

THREE_YEARS = SAMPLES / "three-years.toml"

_EXPECTED = ROOT / "tests" / "expected"


def assert_expected(name: str, text: str) -> None:
    """Compare `text` with the file `name` of `tests/expected`, or write it there where `make expected` asks for it."""
    path = _EXPECTED / name
    if os.environ.get("REWRITE_EXPECTED"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


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


HOSTILE = {
    "escape": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;http://example.invalid\x1b\\link\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;ZWNobw==\x07",
    "controls": "a\x00b\x07c\x08d\x7fe\x9b31mf",
    "rich": "[bold red]x[/] [link=http://example.invalid]y[/link] :smile:",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;</title></main>",
    "formula": '=HYPERLINK("http://example.invalid","x")',
    "formula-plus": "+1+cmd|' /C calc'!A0",
    "formula-at": " @SUM(1,1)",
    "markdown": "| x | **y** `z` [l](http://example.invalid) # - 1. ![i](x) <b>b</b> \\ ~~s~~ $m$",
    "list": "- 1. # > + =",
    "bidi": "abc\u202egnp.exe \u2066x\u2069 \u200f",
    "lines": "one\ntwo\r\nthree\u2028four\tfive",
    "long": "Đường " * 833 + "2",
    "combining": "e\u0301\u0323" * 50 + "Z\u0351\u036b",
    "emoji": "👩\u200d👩\u200d👧 🇻🇳 ⚠️",
    "quotes": "\"\"\" ''' “x” \\n {x} %s $title",
}
"""Texts that would do harm on a screen, in a page or in a spreadsheet, if they were anything but text."""
