"""Conflicted copies beside the data file: `check` and `report` name them, and nothing else."""

from pathlib import Path

import pytest

from tests.support import PLAN, Run

_COPIES = [
    "tasks (conflicted copy 2026-11-20 by office).toml",
    "tasks (An's conflicted copy 2026-11-20).toml",
    "tasks (Bản sao xung đột của An 2026-11-20).toml",
    "tasks-DESKTOP-1A2B3C.toml",
    "tasks-LAPTOP-VP-01.toml",
    "tasks.sync-conflict-20261120-093000-ABCDEFG.toml",
    "tasks (SFConflict an@example.org 2026-11-20-09-30-00).toml",
    "tasks_VP01_Nov-20-0930-2026_Conflict.toml",
    "tasks_conflict-20261120-093000.toml",
    "tasks (1).toml",
]
_OTHERS = [
    "tasks-2025.toml",
    "tasks-2026-Q3.toml",
    "tasks-old.toml",
    "tasks-old-plan.toml",
    "tasks.2026.toml",
    "tasks.schema.json",
    "tasks (conflicted copy 2026-11-20).html",
    "conflict.toml",
    "tasks.toml.orig",
]


@pytest.mark.parametrize("name", _COPIES)
def test_a_conflicted_copy_is_named(run: Run, plan: Path, name: str) -> None:
    plan.with_name(name).write_text(PLAN, encoding="utf-8")
    checked = run("check")
    assert checked.code == 0  # advice: what its name says need not be so
    assert (
        f"{name} looks like a conflicted copy made by a file synchronisation program\n      → Copy"
        in checked.out
    )
    assert run("check", "--strict").code == 7
    reported = run("report")
    assert reported.code == 0
    assert reported.err == (
        f"{name}, beside the data file, may have updates that this report does not have:"
        " see `tracker check`.\n"
    )


def test_a_copy_beside_a_file_that_cannot_be_read_is_named_too(run: Run, plan: Path) -> None:
    plan.with_name(_COPIES[0]).write_text(PLAN, encoding="utf-8")
    plan.write_bytes(b"")
    result = run("check")
    assert (result.code, "the file is empty" in result.out, _COPIES[0] in result.out) == (
        7,
        True,
        True,
    )


@pytest.mark.parametrize("name", _OTHERS)
def test_a_file_of_a_similar_name_is_not_taken_for_a_copy(run: Run, plan: Path, name: str) -> None:
    before = run("check")
    plan.with_name(name).write_text(PLAN, encoding="utf-8")
    assert run("check") == before
    assert run("report").err == ""
