"""`check` proves that each entry follows from those before it, and names what mends it."""

import re
from pathlib import Path

import pytest

from tests.support import PLAN, Run, data_of

_TARGET = """
[[targets]]
id = "C1"
title = "Poor households"
base.on = 2025-06-30
base.value = 1.8
plan.2026 = 1.2
"""
_FIGURE = "value = 1.4\non = 2026-06-30\n"
_PLAN = PLAN.replace("# The history.", f"{_TARGET}# The history.").replace(
    'tags = ["digital", "forms"]\nstatus = "in-progress" # as of June\nprogress = 40',
    "{facts}",
)


def _entry(text: str, item: str = "T1") -> str:
    return f'\n[[updates]]\nitem = "{item}"\n{text}\n'


@pytest.mark.parametrize(
    ("facts", "entries", "says"),
    [
        pytest.param(
            'status = "in-progress"\nprogress = 60',
            _entry("on = 2026-07-01\nprogress = 60\nwas = { progress = 20 }"),
            ["progress is 20, but the entries before it end with 40"],
            id="wrong",
        ),
        pytest.param(
            'status = "in-progress"\nprogress = 60',
            _entry("on = 2026-07-01\nprogress = 60\nnote = 'n' # by hand"),
            ["progress is nothing, but the entries before it end with 40"],
            id="left-out",
        ),
        pytest.param(
            'status = "done"\nprogress = 100\ndone_on = 2026-07-01',
            _entry(
                'on = 2026-07-01\nstatus = "done"\nprogress = 100\ndone_on = 2026-07-01\n'
                'was.progress = 60\nwas.status = "blocked"'
            ),
            [
                'status is "blocked", but the entries before it end with "in-progress"',
                "progress is 60, but the entries before it end with 40",
            ],
            id="two-facts-with-dotted-keys",
        ),
        pytest.param(
            'status = "in-progress"\nprogress = 70\ntags = ["b"]',
            _entry("on = 2026-07-01\nprogress = 60\ntags = ['a']\nwas = { progress = 40 }")
            + _entry("on = 2026-07-02\nprogress = 70\nwas = { progress = 50 }")
            + _entry("on = 2026-07-03\ntags = ['b']\n[updates.was]\ntags = ['c']"),
            [
                "progress is 50, but the entries before it end with 60",
                'tags is ["c"], but the entries before it end with ["a"]',
            ],
            id="two-entries",
        ),
        pytest.param(
            'status = "in-progress"\nprogress = 40',
            _entry("on = 2025-12-31\nvalue = 1.6", "C1")
            + _entry("on = 2026-06-30\nvalue = 1.4\nwas = { value = 1.7, on = 2025-10-01 }", "C1"),
            ["value is 1.7, but the entries before it end with 1.6"],
            id="figure",
        ),
        pytest.param(
            'status = "in-progress"\nprogress = 40',
            _entry("on = 2025-12-31\nvalue = 1.6", "C1")
            + _entry("on = 2026-06-30\nvalue = 1.4\nwas = { value = 1.6, on = 2025-10-01 }", "C1"),
            ["on is 2025-10-01, but the entries before it end with 2025-12-31"],
            id="day-of-a-figure",
        ),
    ],
)
def test_a_gap_is_named_and_its_command_settles_it(
    run: Run, plan: Path, facts: str, entries: str, says: list[str]
) -> None:
    text = _PLAN.replace("{facts}", facts) + entries
    if "C1" in entries:
        text = text.replace("plan.2026 = 1.2\n", f"plan.2026 = 1.2\n{_FIGURE}")
    plan.write_text(text, encoding="utf-8")
    before = plan.read_bytes()
    found = run("check")
    assert (found.code, found.out.count("old value")) == (7, len(says))
    for message in says:
        assert f"was: the old value of {message}\n" in found.out
    commands = dict.fromkeys(re.findall(r"→ (tracker amend .*)", found.out))
    for command in commands:
        assert run(*command.split()[1:]).code == 0
    assert run("check").code == 0
    amended = [entry["amended"] for entry in data_of(plan)["updates"] if "amended" in entry]
    assert len(amended) == len(commands)
    for _command in commands:
        assert run("undo", "--yes").code == 0
    if "was." not in entries and "updates.was" not in entries:
        assert plan.read_bytes() == before


def test_a_command_is_named_only_where_it_settles_the_gap(run: Run, plan: Path) -> None:
    nothing = _entry('on = 2026-07-01\nlead = "A"') + _entry("on = 2026-07-02\nwas.lead = 'A'")
    empty = nothing + _entry("on = 2026-07-03\nwas.lead = 'A'")
    late = _entry("on = 2026-01-01\nprogress = 30\nwas.progress = 5")
    for entries in (empty, late + _entry("on = 2026-07-01\nprogress = 60\nwas.progress = 7")):
        plan.write_text(PLAN + entries, encoding="utf-8")
        out = run("check").out
        assert "Add the missing entry, or correct the old values (was) in the file." in out
        assert "tracker amend" not in out


def test_a_chain_that_commands_wrote_has_no_gap(run: Run, plan: Path) -> None:
    plan.write_text(PLAN.replace("progress = 40\n\n#", "progress = 50\n\n#"), encoding="utf-8")
    run("update", "T1", "--progress", "60", "--on", "2026-09-01")
    run("update", "T1", "--progress", "45", "--on", "2026-08-01")
    run("amend", "T1", "--entry", "1", "--progress", "35")
    assert run("check").code == 0
