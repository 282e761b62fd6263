"""In a terminal, a command that lacks what it needs asks; nowhere else."""

import io
import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from resolution_cli.cli import clock
from tests.support import (
    LATER,
    NOW,
    WARD,
    Result,
    Run,
    data_of,
    item_of,
    names_in,
    posix,
    uncounted,
)

_LONGEST_WAIT = 60  # seconds; a machine under load needs some of them

Answer = Callable[..., Result]
"""`answer(["update", "T2"], "2", "30")` runs a command in a terminal, and types these lines."""


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def answer(run: Run, monkeypatch: pytest.MonkeyPatch) -> Answer:
    def answered(arguments: list[str], *lines: str) -> Result:
        monkeypatch.setattr("sys.stdin", _Terminal("".join(f"{line}\n" for line in lines)))
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        monkeypatch.setenv("NO_COLOR", "1")
        return run(*arguments)

    return answered


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "tasks.toml"
    path.write_bytes(WARD.read_bytes())
    monkeypatch.setattr(clock, "now", lambda: LATER)
    return path


def test_an_item_is_asked_for_its_status_progress_and_news(answer: Answer, plan: Path) -> None:
    result = answer(["update", "t2"], "2", "30", "Surveyed", "Report 1", "2026-11-20", "y")
    assert (result.code, result.err) == (0, "")
    entry = data_of(plan)["updates"][-1]
    assert (entry["item"], entry["status"], entry["progress"]) == ("T2", "in-progress", 30)
    assert (entry["note"], entry["evidence"]) == ("Surveyed", ["Report 1"])
    assert (str(entry["on"]), entry["at"]) == ("2026-11-20", NOW)
    assert "status    not started → in progress" in result.out
    assert result.out.endswith("Record this? [y/N] Written to tasks.toml.\n")


def test_an_empty_answer_keeps_what_is_present(answer: Answer, plan: Path) -> None:
    before = item_of(plan, "T1")
    result = answer(["update", "T1"], "", "", "Only a note", "", "", "y")
    assert result.code == 0
    assert item_of(plan, "T1") == before
    entry = data_of(plan)["updates"][-1]
    assert entry["note"] == "Only a note"
    assert entry.keys().isdisjoint(("status", "progress", "evidence", "cause"))


def test_what_is_not_answered_yes_is_not_written(answer: Answer, plan: Path) -> None:
    before = plan.read_bytes()
    for last in ("n", "", "x"):
        result = answer(["update", "T2"], "2", "30", "", "", "", last)
        assert (result.code, result.err) == (4, "Error: Nothing was changed.\n")
    assert plan.read_bytes() == before


def test_the_input_may_end_at_any_question(answer: Answer, plan: Path) -> None:
    before = plan.read_bytes()
    lines = ["T2", "2", "30", "Surveyed", "Report 1", "2026-11-20"]
    for count in range(len(lines) + 1):
        result = answer(["update"], *lines[:count])
        assert (result.code, result.err) == (4, "Error: Nothing was changed.\n")
        assert plan.read_bytes() == before


def test_a_cause_is_asked_only_of_what_is_blocked(answer: Answer, plan: Path) -> None:
    result = answer(["update", "T2"], "blocked", "10", "", "No budget", "1", "", "", "y")
    assert result.code == 0
    assert "An answer is needed" in result.out  # what blocks it
    entry = data_of(plan)["updates"][-1]
    assert (entry["status"], entry["note"], entry["cause"]) == (
        "blocked",
        "No budget",
        "objective",
    )
    assert "Kind of cause" not in answer(["update", "T2"], "2").out


def test_a_decision_that_cancels_is_asked_for(answer: Answer, plan: Path) -> None:
    result = answer(["update", "T2"], "5", "", "", "Decision 7", "", "y")
    assert result.code == 0
    assert "An answer is needed" in result.out
    assert "Progress:" not in result.out
    assert item_of(plan, "T2")["status"] == "cancelled"


def test_a_wrong_answer_is_asked_again(answer: Answer, plan: Path) -> None:
    result = answer(["update", "T2"], "9", "hoan", "2", "130", "30", "", "", "30/02/2026", "", "y")
    assert result.code == 0
    assert "not valid; choose one of: not-started" in result.out
    assert "'130' is not a whole number from 0 to 100." in result.out
    assert "there is no day '30/02/2026'" in result.out
    assert item_of(plan, "T2")["progress"] == 30


def test_what_a_rule_refuses_is_asked_again_with_the_answers_kept(
    answer: Answer, plan: Path
) -> None:
    answers = ["2", "30", "Surveyed", "", "2027-01-01", "", "", "", "", "today", "2026-11-24", "y"]
    result = answer(["update", "T2"], *answers)
    assert result.code == 0
    assert "is in the future" in result.err
    assert "What was done [Surveyed]:" in result.out
    entry = data_of(plan)["updates"][-1]
    assert (entry["note"], entry["progress"], str(entry["on"])) == ("Surveyed", 30, "2026-11-24")


def test_an_item_is_found_by_part_of_its_title_without_accents(answer: Answer, ward: Path) -> None:
    result = answer(["update"], "DIEM chuyen doi", "71,5", "", "", "", "y")
    assert result.code == 0, result.out + result.err
    assert data_of(ward)["updates"][-1]["item"] == "C12"


def test_several_that_fit_are_listed(answer: Answer, ward: Path) -> None:
    result = answer(["update"], "so", "xyzzy", "T6.4", "4", "", "", "", "y")
    assert "Several have 'so' in their title" in result.out
    assert "None has 'xyzzy' in its title." in result.out
    assert (result.code, data_of(ward)["updates"][-1]["item"]) == (0, "T6.4")


def test_of_an_item_with_milestones_one_of_these_is_updated(answer: Answer, ward: Path) -> None:
    result = answer(["update", "T6"], "T6.4", "4", "Opened", "Minutes 3", "", "y")
    assert (result.code, result.err) == (0, "")
    assert "The progress of T6 follows from its milestones." in result.out
    assert "Progress [" not in result.out
    entry = data_of(ward)["updates"][-1]
    assert (entry["item"], entry["status"]) == ("T6.4", "done")


def test_news_of_an_item_with_milestones_as_a_whole(answer: Answer, ward: Path) -> None:
    result = answer(["update", "T6"], "", "A meeting", "", "", "y")
    assert result.code == 0
    assert data_of(ward)["updates"][-1]["item"] == "T6"
    assert "Status [" not in result.out


def test_a_target_is_asked_for_its_figure(answer: Answer, ward: Path) -> None:
    result = answer(["update", "C1"], "1.234", "1,15", "", "", "2028-01-05", "y")
    assert result.code == 0
    assert "can be read as" in result.out
    entry = data_of(ward)["updates"][-1]
    assert (entry["item"], entry["value"], str(entry["on"])) == ("C1", 1.15, "2028-01-05")


def test_a_rehearsal_asks_and_writes_nothing(answer: Answer, plan: Path) -> None:
    before = plan.read_bytes()
    result = answer(["update", "T2", "--dry-run"], "2", "30", "", "", "")
    assert (result.code, plan.read_bytes()) == (0, before)
    assert "progress  0% → 30%" in result.out
    assert result.out.endswith("Nothing was written to tasks.toml.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["update"], "ID... is missing."),
        (["update", "T2"], "T2: nothing would change."),
        (["add"], "WHAT is missing."),
        (["add", "task"], "TITLE is missing."),
        (["init", "--blank"], "--blank needs --title, --start and --end."),
    ],
    ids=" ".join,
)
def test_without_a_terminal_nothing_is_asked(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    before = plan.read_bytes()
    for name in ("stdin", "stdout"):  # one of the two is not enough
        with monkeypatch.context() as patch:
            patch.setattr(f"sys.{name}.isatty", lambda: True)
            result = run(*arguments)
        assert result.code in (2, 4)
        assert (result.out, result.err.splitlines()[0]) == ("", f"Error: {message}")
        assert plan.read_bytes() == before


def test_what_says_something_is_never_asked_about(answer: Answer, plan: Path) -> None:
    assert answer(["update", "T2", "--progress", "10"]).code == 0
    assert answer(["update", "T2", "B1"]).code == 4
    assert item_of(plan, "T2")["progress"] == 10


def test_a_milestone_is_asked_for(answer: Answer, ward: Path) -> None:
    result = answer(["add"], "milestone", "Second survey", "t6", "2", "", "2029-01-01", "y")
    assert (result.code, result.err) == (0, "")
    new = next(item for item in data_of(ward)["tasks"] if item["id"] == "T6")["milestones"][-1]
    assert (new["title"]["en"], new["weight"]) == ("Second survey", 2)
    assert str(new["due"]) == "2029-01-01"
    assert "Add this? [y/N] Added to tasks.toml" in result.out


def test_a_target_of_the_plan_is_asked_for(answer: Answer, plan: Path) -> None:
    lines = ["4", "Poor households", "%", "at-most", "1", "2026-06-30=1,8"]
    result = answer(["add"], *lines, "2027=0,9 2029=0,2", "Ward office", "y")
    assert (result.code, result.err) == (0, "")
    [new] = data_of(plan)["targets"]
    assert (new["title"], new["unit"], new["want"]) == ("Poor households", "%", "at-most")
    assert (new["plan"], new["lead"]) == ({"2027": 0.9, "2029": 0.2}, "Ward office")


def test_only_what_is_not_given_is_asked_of_an_addition(answer: Answer, plan: Path) -> None:
    result = answer(["add", "task", "--lead", "Ward office"], "Night market", "", "y")
    assert (result.code, result.err) == (0, "")
    assert "What is added" not in result.out
    assert "Lead unit" not in result.out
    assert data_of(plan)["tasks"][-1]["lead"] == "Ward office"


def test_an_addition_that_is_refused_is_asked_again(answer: Answer, plan: Path) -> None:
    result = answer(["add", "task"], "Market", "", "1999-01-01", "", "", "2027-01-01", "y")
    assert result.code == 0
    assert "is before the start" in result.err
    assert str(data_of(plan)["tasks"][-1]["due"]) == "2027-01-01"


def test_a_new_file_is_asked_for(answer: Answer, tmp_path: Path) -> None:
    answers = ["Our plan", "2025-07-15", "2020-12-31", "", "", "31/12/2030"]
    result = answer(["init", "--blank"], *answers)
    assert result.code == 0, result.err
    assert "the term cannot end before it starts" in result.err
    data = data_of(tmp_path / "data" / "tasks.toml")
    assert data["resolution"]["title"] == "Our plan"
    assert str(data["resolution"]["term"]["end"]) == "2030-12-31"
    assert answer(["init", "x", "--blank"], "Our plan").code == 4
    assert names_in(tmp_path) == ["data"]


def test_an_empty_file_has_nothing_to_choose(answer: Answer) -> None:
    answer(["init", "--blank"], "Our plan", "2025-07-15", "2030-12-31")
    result = answer(["update"])
    assert (result.code, result.err.splitlines()[0]) == (4, "Error: The file has no items yet.")


@posix
@pytest.mark.parametrize("count", range(7))
def test_ctrl_c_at_any_question_changes_nothing(plan: Path, count: int) -> None:
    before = plan.read_bytes()
    code, shown = _in_terminal(["update"], *["T2", "2", "30", "Surveyed", "", ""][:count], None)
    assert (code, plan.read_bytes()) == (130, before)
    assert "Traceback" not in shown


@posix
def test_questions_and_answers_in_vietnamese_in_a_terminal(plan: Path) -> None:
    lines = ["đang thực hiện", "35 %", "Đã khảo sát", "", "", "có"]
    code, shown = _in_terminal(["--lang", "vi", "update", "T2"], *lines)
    assert code == 0, shown
    entry = data_of(plan)["updates"][-1]
    assert (entry["progress"], entry["note"]) == (35, "Đã khảo sát")
    assert "chưa thực hiện → đang thực hiện" in shown


def _in_terminal(arguments: list[str], *lines: str | None) -> tuple[int, str]:
    """Run a command on a pseudo-terminal; return its exit code and what was shown.

    Each line is typed when something is asked; None is Ctrl-C.
    """
    controller, terminal = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "resolution_cli", *arguments],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=uncounted() | {"NO_COLOR": "1"},
    )
    os.close(terminal)
    shown = ""
    for line in lines:
        shown += _until_asked(controller)
        if line is None:
            program.send_signal(signal.SIGINT)
        else:
            os.write(controller, f"{line}\n".encode())
    shown += _until_asked(controller)
    code = program.wait(_LONGEST_WAIT)
    os.close(controller)
    return code, shown


def _until_asked(controller: int) -> str:
    """Return what is shown until a question waits for its answer, or the program ends."""
    shown = bytearray()
    while not re.search(rb"[:\]] \Z", shown):
        if not select.select([controller], [], [], _LONGEST_WAIT)[0]:
            pytest.fail(f"nothing more was shown behind {shown.decode()}")
        try:
            piece = os.read(controller, 4096)
        except OSError:  # Linux's end of a terminal that nobody has open
            piece = b""
        if not piece:
            break
        shown += piece
    return shown.decode()
