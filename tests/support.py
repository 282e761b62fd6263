"""What tests share: how they run commands, the instant at which they run, and a plan."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "tests" / "samples"

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=7)))
"""The instant at which commands run in tests."""

LATER = datetime(2028, 1, 10, 9, tzinfo=timezone(timedelta(hours=7)))
"""The instant at which commands on the samples with a long history run."""

THREE_YEARS = SAMPLES / "three-years.toml"

WARD = SAMPLES / "ward-with-milestones.toml"
"""An invented ward with milestones, targets and a history up to a few days before `LATER`."""

_EXPECTED = ROOT / "tests" / "expected"

SHIPPED = _EXPECTED / "shipped.toml"
"""The shipped resolution as it was committed; in a clone, `data/tasks.toml` may be in use."""


def assert_expected(name: str, text: str) -> None:
    """Compare `text` with the file `name` of `tests/expected`; `make expected` writes it there."""
    path = _EXPECTED / name
    if os.environ.get("REWRITE_EXPECTED"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


def examples(whole: int) -> int:
    """Return how many examples a property gets: `whole`, or fewer in the quick suite.

    `make fuzz` sets another number, in `EXAMPLES`. Hypothesis gives every test with `@given` the
    marker `hypothesis`, by which `.ci/run` finds those that get more; others take it themselves.
    """
    of_profile = settings().max_examples
    return of_profile if "EXAMPLES" in os.environ else whole * of_profile // 100


def uncounted() -> dict[str, str]:
    """Return the environment of a process that does not measure its coverage.

    Measuring it imports modules and writes a file.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def tracker(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command line as a process of its own: of the program, or of the code `program=`."""
    return subprocess.run(
        _command(arguments, options.pop("program", None)),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        **{"env": uncounted(), **options},
    )


def started_tracker(*arguments: object, **options: Any) -> subprocess.Popen[str]:
    """Start what `tracker` would run, and return while it runs."""
    command = _command(arguments, options.pop("program", None))
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, encoding="utf-8", **{**pipes, "env": uncounted(), **options})


def _command(arguments: tuple[object, ...], program: str | None) -> list[str]:
    what = ["-c", program] if program else ["-m", "resolution_cli"]
    return [sys.executable, *what, *map(str, arguments)]


def data_of(path: Path) -> dict[str, Any]:
    """Return what the standard library reads in the file at `path`."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def item_of(path: Path, item_id: str) -> dict[str, Any]:
    """Return the facts of an item in the file at `path`, as the standard library reads them."""
    data = data_of(path)
    items = [*data.get("tasks", ()), *data.get("breakthroughs", ())]
    return next(item for item in items if item["id"] == item_id)


def notes_of(path: Path) -> list[str]:
    """Return the notes of the history in the file at `path`, oldest first."""
    return [entry["note"] for entry in data_of(path).get("updates", [])]


def names_in(folder: Path) -> list[str]:
    """Return the names of all that is in `folder`."""
    return sorted(entry.name for entry in folder.iterdir())


def plan_of(size: int) -> str:
    """Return a plan of so many tasks T0, T1, … without history."""
    tasks = "".join(
        f'\n[[tasks]]\nid = "T{number}"\ntitle = "x" # {number}\n' for number in range(size)
    )
    term = "term.start = 2025-01-01\nterm.end = 2099-12-31\n"
    return f'schema = 1\n[resolution]\ntitle = "x"\n{term}{tasks}'


CHANGED_MEANWHILE = (
    "Error: tasks.toml was not written: someone else changed it in the meantime.\n"
    "Hint: Run the command again.\n"
)
"""What stderr says where the file was changed between the reading and the writing of it."""


class Result(NamedTuple):
    """What running a command line gave: its exit code, stdout and stderr."""

    code: int
    out: str
    err: str


Prove = Callable[[str, float], None]
"""`prove("kills", 100)` counts what a test did; the end of the run prints the sums."""

posix = pytest.mark.skipif(
    os.name == "nt", reason="Windows has no such locks, modes, pipes, limits or signals"
)

Run = Callable[..., Result]
"""`run("list", "--kind", "task")` puts these words through `main`."""

HOSTILE = (
    ("csi-colour", "\x1b[31mred\x1b[0m"),
    ("csi-clear-screen", "\x1b[2J\x1b[1;1H"),
    ("csi-report-position", "\x1b[6n"),
    ("osc-title", "\x1b]0;owned\x07"),
    ("osc-link", "\x1b]8;;https://example.org\x1b\\here\x1b]8;;\x1b\\"),
    ("osc-clipboard", "\x1b]52;c;cm0gLXJmIH4=\x07"),
    ("dcs", "\x1bP$q m\x1b\\"),
    ("c1-csi", "\x9b31mred"),
    ("c1-osc", "\x9d0;owned\x9c"),
    ("bell-backspace-delete", "a\x07b\x08\x08c\x7f"),
    ("nul", "a\0b"),
    ("rich-tags", "[bold red]x[/] [link=https://example.org]y[/link] [/]"),
    ("rich-emoji", ":skull: :smile:"),
    ("bidi-override", "\u202egnp.exe\u202c"),
    ("bidi-isolates", "\u2066a\u2067b\u2068c\u2069"),
    ("bidi-marks", "a\u200eb\u200fc\u061cd"),
    ("zero-width", "a\u200bb\u2060c\ufeffd\u00ade"),
    ("tag-characters", "a\U000e0041\U000e0042\U000e007f"),
    ("script", "<script>alert(1)</script>"),
    ("html-attribute", "\" onmouseover='alert(1)' x=\"&amp;&#x3c;"),
    ("html-ends", "</title></main></script><img src=x onerror=alert(1)>"),
    ("html-comment", "--><img src=x onerror=alert(1)><!--"),
    ("cdata", "]]><x/><![CDATA["),
    ("formula-equals", '=HYPERLINK("https://example.org","x")'),
    ("formula-plus", "+1+cmd|' /C calc'!A0"),
    ("formula-minus", "-1+1"),
    ("formula-at", "@SUM(1+1)"),
    ("formula-behind-a-space", " @SUM(1,1)"),
    ("formula-behind-a-tab", "\t=1+1"),
    ("formula-behind-a-return", "\r=1+1"),
    ("csv-quotes", 'a","b";"c'),
    ("markdown-table", "a | b\n|---|---|\n| c \\| d"),
    ("markdown-blocks", "# head\n- list\n```\ncode\n```\n<b>x</b>"),
    ("markdown-inline", "| x | **y** `z` # - 1. <b>b</b> \\ ~~s~~ $m$ _u_ &amp;"),
    ("markdown-list", "- 1. # > + ="),
    ("markdown-link", "[x](javascript:alert(1)) ![y](https://example.org/y.png)"),
    ("lines-and-tabs", "a\nb\tc\r\nd\re"),
    ("other-line-ends", "a\x0bb\x0cc\x1cd\x1ee\x85f\u2028g\u2029h"),
    ("toml", '"""\n[[updates]]\nitem = "T1" # \\ \'\'\''),
    ("json", '"}],"items":[{"id":"x\\"'),
    ("format-fields", "{0} {title!r} %s %(x)s $HOME `id` $(id)"),
    ("path", "../../../../etc/passwd"),
    ("long", "Đ" * 5_000),
    ("long-words", "word " * 1_000 + "end"),
    ("combining-marks", "e" + "\u0301" * 200),
    ("emoji", "👩‍👩‍👧‍👦 🇻🇳 👍🏽"),
    ("wide", "全角文字ｶﾅ한국어"),
    ("arabic", "قرار رقم ١٢"),
    ("private-and-unassigned", "\ue000\U0010ffff\u0378"),
)
"""Ids and texts that a screen, a format or a shell could take for more than text."""

_EVERYDAY = {
    "csi-colour",
    "nul",
    "rich-tags",
    "bidi-override",
    "script",
    "formula-equals",
    "markdown-inline",
    "toml",
}

HOSTILE_CASES = [
    pytest.param(text, id=name, marks=() if name in _EVERYDAY else pytest.mark.proof)
    for name, text in HOSTILE
]
"""The same as cases of a test; the quick suite has one of each kind."""

hostile = pytest.mark.parametrize("text", HOSTILE_CASES)

UNSAFE = frozenset(
    chr(code)
    for first, last in (
        (0x00, 0x09),
        (0x0B, 0x1F),
        (0x7F, 0x9F),
        (0x061C, 0x061C),
        (0x200B, 0x200B),
        (0x200E, 0x200F),
        (0x2028, 0x202E),
        (0x2060, 0x206F),
        (0xFEFF, 0xFEFF),
        (0xE0000, 0xE007F),
    )
    for code in range(first, last + 1)
)
"""What must never reach a screen: control characters but the line feed, marks of text direction,
and characters without a shape."""

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

# The history.

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

PLAN_WITHOUT_HISTORY = PLAN.partition("# The history.")[0]
