"""`tracker update`: what a rule forbids, and what is no command line, changes nothing."""

from pathlib import Path

import pytest

from tests.support import Run

_DONE = ["--status", "done"]


@pytest.mark.parametrize(
    ("arguments", "says", "hint"),
    [
        pytest.param(["T1"], "nothing would change", "--note", id="nothing"),
        pytest.param(["T1", "--progress", "40"], "nothing would change", "--note", id="the-same"),
        pytest.param(
            ["T2", "--status", "blocked"],
            "a blocked item needs a note",
            "--note",
            id="blocked-without-note",
        ),
        pytest.param(
            ["T2", "--status", "cancelled", "--note", "x"],
            "T2: to cancel an item needs evidence",
            "--evidence",
            id="cancelled-without-evidence",
        ),
        pytest.param(
            ["T2", "--status", "hủy", "--evidence", "NQ 1", "--done-on", "2026-11-20"],
            "only a done item has a day of completion",
            "--status done",
            id="cancelled-with-a-day-of-completion",
        ),
        pytest.param(
            ["T2", "T1", "--due", "2024-12-31"],
            "before the start, 2025-01-01",
            "--due",
            id="due-before-start",
        ),
        pytest.param(
            ["T1", "--note", "x", "--on", "2026-11-25"], "in the future", "--on", id="future"
        ),
        pytest.param(
            ["T1", *_DONE, "--on", "2026-05-31"],
            "this contradicts its entry of 2026-06-01",
            "tracker log T1",
            id="before-the-last-update",
        ),
        pytest.param(
            ["T1", "--status", "done", "--progress", "90"],
            "100%, not 90%",
            "--progress",
            id="done-at-90",
        ),
        pytest.param(
            ["T1", "--status", "todo"], "0%, not 40%", "--progress 0", id="not-started-at-40"
        ),
        pytest.param(
            ["T2", "--status", "todo", "--progress", "9"],
            "0%, not 9%",
            "--progress 0",
            id="not-started-at-9",
        ),
        pytest.param(
            ["T2", "T1", "--progress", "40"], "T1: nothing would change", "--note", id="one-of-two"
        ),
    ],
)
def test_what_a_rule_forbids_is_refused(
    run: Run, plan: Path, arguments: list[str], says: str, hint: str
) -> None:
    before = plan.read_bytes()
    result = run("update", *arguments)
    assert (result.code, result.out) == (4, "")
    assert says in result.err
    assert hint in result.err.partition("Hint: ")[2]
    assert plan.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["--status", "in-progress"],
        ["--status", "in-progress", "--progress", "100"],
        ["--progress", "50"],
    ],
    ids=["no-progress", "progress-100", "no-status"],
)
def test_reopening_must_say_how_far_it_is(run: Run, plan: Path, arguments: list[str]) -> None:
    run("update", "T1", "--status", "done")
    before = plan.read_bytes()
    assert run("update", "T1", *arguments).code == 4
    assert plan.read_bytes() == before


@pytest.mark.parametrize("status", [[], ["--status", "cancelled"]], ids=["no-status", "again"])
def test_a_cancelled_item_makes_no_progress_unless_that_is_part_of_the_decision(
    run: Run, plan: Path, status: list[str]
) -> None:
    run("update", "T1", "--status", "cancelled", "--evidence", "NQ 1", "--on", "2026-11-20")
    before = plan.read_bytes()
    result = run("update", "T2", "T1", "--progress", "60", *status)
    if status:
        assert result.err.splitlines()[0] == "Error: T2: to cancel an item needs evidence."
    else:
        assert result.err == (
            "Error: T1: it is cancelled, so it makes no progress.\n"
            "Hint: To reopen a cancelled item, add --status in-progress.\n"
        )
    assert (result.code, result.out, plan.read_bytes()) == (4, "", before)
    assert run("update", "T1", "--progress", "60", "--status", "in-progress").code == 0


def test_what_is_done_cannot_be_cancelled_which_would_hide_that_it_was_late(
    run: Run, plan: Path
) -> None:
    run("update", "T1", "--status", "done")
    before = plan.read_bytes()
    result = run("update", "T1", "--status", "cancelled", "--evidence", "NQ 1")
    assert (result.code, result.out, plan.read_bytes()) == (4, "", before)
    assert result.err == (
        "Error: T1: it is done; what is done cannot be cancelled.\n"
        "Hint: To reopen a done item, give --status in-progress and --progress.\n"
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--done-on", "2026-11-20"], "T2: only a done item has a day of completion."),
        (
            ["--status", "blocked", "--note", "x", "--done-on", "2026-11-20"],
            "only a done item has a day of completion",
        ),
        (
            ["--status", "done", "--done-on", "2024-12-31"],
            "T2: the day of completion, 2024-12-31, is before the start",
        ),
        (["--status", "done", "--done-on", "2026-11-25"], "T2: the day of completion, 2026-11-25"),
        (
            ["--status", "done", "--on", "2026-11-01", "--done-on", "2026-11-02"],
            "T2: the day of completion, 2026-11-02",
        ),
    ],
)
def test_a_day_of_completion_that_cannot_be_is_refused(
    run: Run, plan: Path, words: list[str], says: str
) -> None:
    before = plan.read_bytes()
    result = run("update", "T2", *words)
    assert (result.code, result.out, plan.read_bytes()) == (4, "", before)
    assert says in result.err


def test_no_progress_where_none_is_recorded_is_no_change(run: Run, plan: Path) -> None:
    before = plan.read_bytes()
    for options in (
        ["--progress", "0"],
        ["--status", "not-started"],
        ["--status", "not-started", "--progress", "0"],
    ):
        result = run("update", "T2", *options)
        assert (result.code, result.err.splitlines()[0], plan.read_bytes()) == (
            4,
            "Error: T2: nothing would change.",
            before,
        )


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        pytest.param(["T9", "--note", "x"], 3, "The ids are: T1, T2, B1.", id="unknown-id"),
        pytest.param(["T1,T2", "--note", "x"], 2, "ids are parted by a space: T1 T2", id="comma"),
        pytest.param(
            ["T1,", "T2", "--note", "x"], 2, "ids are parted by a space: T1", id="comma-and-space"
        ),
        pytest.param(["T1", "--note", "“đã", "xong”"], 2, "straight quotes", id="curly-quotes"),
        pytest.param(["T1", "–status", "done"], 2, "type --status", id="en-dash"),
        pytest.param(["T1", "—status=done"], 2, "type --status", id="em-dash"),
        pytest.param(["T1", "−−status", "done"], 2, "type --status", id="minus-signs"),
        pytest.param(["T1", "–-status", "done"], 2, "type --status", id="dash-and-hyphen"),
        pytest.param(["T1", "–staus", "done"], 2, "type --status", id="dash-and-slip"),
        pytest.param(
            ["T1", "--note", "x", "–f", "tasks.toml"], 2, "type -f", id="dash-of-a-short-option"
        ),
        pytest.param(["T1", "--note", "–dry-run"], 2, "type --dry-run", id="dash-for-a-text"),
        pytest.param(
            ["T1", "--progress", "101"], 2, "whole number from 0 to 100", id="progress-101"
        ),
        pytest.param(
            ["T1", "--progress", "-1"], 2, "whole number from 0 to 100", id="progress-negative"
        ),
        pytest.param(
            ["T1", "--progress", "half"], 2, "whole number from 0 to 100", id="progress-word"
        ),
        pytest.param(
            ["T1", "--due", "31/02/2026"], 2, "write 2026-09-30 or 30/09/2026", id="no-such-day"
        ),
        pytest.param(["T1", "--due", "soon"], 2, "write 2026-09-30 or 30/09/2026", id="no-date"),
        pytest.param(
            ["T1", "--due", "0000-01-01"], 2, "write 2026-09-30 or 30/09/2026", id="year-0"
        ),
        pytest.param(["T1", "--status", "dnoe"], 2, "Did you mean done?", id="status"),
        pytest.param(["T1", "--note", "  "], 2, "the text cannot be empty", id="blank-note"),
        pytest.param(["T1", "--note", "\udc80"], 2, "not UTF-8", id="not-utf-8"),
        pytest.param(
            ["T2", "--lead", "…"], 2, "put your own text in the place of …", id="a-text-to-fill-in"
        ),
        pytest.param(
            ["T2", "--note", " ... "], 2, "put your own text in the place of ...", id="three-dots"
        ),
        pytest.param(
            ["T1", "--lead", "x", "--clear", "lead"], 2, "--clear lead", id="set-and-clear"
        ),
        pytest.param(["T1", "--clear", "status"], 2, "'status'", id="clear-status"),
        pytest.param([], 2, "ID", id="no-id"),
    ],
)
def test_a_wrong_command_line_changes_nothing(
    run: Run, plan: Path, arguments: list[str], code: int, says: str
) -> None:
    before = plan.read_bytes()
    result = run("update", *arguments)
    assert (result.code, result.out) == (code, "")
    assert says in " ".join(result.err.split())
    assert plan.read_bytes() == before


def test_without_a_data_file_nothing_is_changed(run: Run, tmp_path: Path) -> None:
    result = run("update", "T1", "--note", "x")
    assert (result.code, result.out) == (5, "")
    assert "tracker init" in result.err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_that_could_not_be_read_again(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = plan.read_bytes()
    monkeypatch.setattr("resolution_cli.cli.update.user_name", lambda: " ")  # a fault of ours
    monkeypatch.delenv("TRACKER_BY")
    result = run("update", "T2", "--note", "x")
    assert (result.code, result.out) == (4, "")
    assert "Nothing was changed: the file could not be read afterwards." in result.err
    assert plan.read_bytes() == before
