"""Late entries and undo of milestones and of items that have some."""

from pathlib import Path

import pytest

from tests.support import PLAN, Run, data_of

_MILESTONES = """
[[tasks.milestones]]
id = "T2.1"
title = "Survey"
due = 2026-06-30

[[tasks.milestones]]
id = "T2.2"
title = "Building"
added = 2026-03-01
weight = 3
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a data file whose T2 has two milestones."""
    path = tmp_path / "tasks.toml"
    text = PLAN.partition("# The history.")[0]
    path.write_text(text.replace('title = "Roads"\n', f'title = "Roads"\n{_MILESTONES}'))
    return path


def test_news_of_a_milestone_that_comes_late_is_put_in_its_place_and_undone(
    run: Run, file: Path
) -> None:
    assert run("update", "T2.1", "--status", "done", "--on", "2026-06-20").code == 0
    before = file.read_bytes()
    late = ("--status", "blocked", "--note", "no budget", "--lead", "Office", "--on", "2026-05-01")
    assert run("update", "T2.1", *late).code == 0
    first, second = data_of(file)["updates"]
    assert (first["status"], second["was"]) == ("blocked", {"status": "blocked"})
    assert data_of(file)["tasks"][1]["milestones"][0]["status"] == "done"
    assert '"status": "blocked"' in run("show", "T2", "--as-of", "2026-05-10", "--format=json").out
    assert run("check").code == 0
    assert run("undo", "--yes").code == 0
    assert file.read_bytes() == before
    assert run("undo", "--redo").code == 0
    assert run("undo", "T2.1", "--yes").code == 0
    assert file.read_bytes() == before
    refused = run("update", "T2.1", "--status", "in-progress", "--on", "2026-06-25")
    assert refused.code == 0  # reopened, as of a day after it was done


def test_a_late_report_of_an_item_is_refused_where_its_milestones_say_how_it_stands(
    run: Run, file: Path
) -> None:
    run("update", "T2", "--lead", "Office", "--on", "2026-06-20")
    before = file.read_bytes()
    result = run("update", "T2", "--progress", "18", "--on", "2026-05-01")
    assert (result.code, result.out, file.read_bytes()) == (4, "", before)
    assert "T2 has milestones" in result.err
    assert run("update", "T2", "--lead", "Police", "--note", "x", "--on", "2026-05-01").code == 0
    assert data_of(file)["updates"][1]["was"] == {"lead": "Police"}
    assert run("undo", "--yes").code == 0
    assert file.read_bytes() == before


def test_a_command_of_an_item_and_its_milestones_is_undone_whole(run: Run, file: Path) -> None:
    run("update", "T2.2", "--note", "x", "--on", "2026-10-31")
    before = file.read_bytes()
    words = ("T2", "T2.1", "T2.2", "--status", "cancelled", "--evidence", "NQ 9")
    assert run("update", *words, "--on", "2026-07-01").code == 0
    assert len(data_of(file)["updates"]) == 4
    assert run("undo", "--yes").code == 0
    assert file.read_bytes() == before
