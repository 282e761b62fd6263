"""`tracker check` and `tracker schema`."""

import json
from pathlib import Path

import pytest

from tests.support import ROOT, Run, assert_expected


def test_a_status_changed_by_hand_is_found_and_mended(run: Run, plan: Path) -> None:
    plan.write_text(plan.read_text().replace('"in-progress" # as of June', '"done" # as of June'))
    result = run("check")
    assert (result.code, result.err) == (7, "")
    assert_expected("check-before.txt", result.out.replace(str(plan), "tasks.toml"))
    assert "tracker update T1 --status done\n" in result.out
    assert run("update", "T1", "--status", "done", "--evidence", "Report 3").code == 0
    mended = run("check")
    assert (mended.code, mended.err) == (0, "")
    assert_expected("check-after.txt", mended.out.replace(str(plan), "tasks.toml"))
    assert run("check", "--strict").code == 7


def test_what_keeps_a_file_from_being_read_is_found_all_at_once(run: Run, plan: Path) -> None:
    plan.write_text(
        plan.read_text()
        .replace("progress = 40 ", "progress = 400")
        .replace('id = "B1"', 'id = "t1"')
    )
    plan.write_text(plan.read_text().replace("progress = 40\n", "progres = 400\n", 1))
    result = run("check")
    assert result.code == 7
    assert (
        "tasks.toml:18: T1, progres: this key is not known\n      → Did you mean progress?"
        in result.out
    )
    assert "tasks.toml:26: t1, id: an earlier item has this id" in result.out


_ROADS = 'title = "Roads"\n'
_DONE = f'{_ROADS}status = "done"\n'
_ENTRY = '\n[[updates]]\nitem = "{item}"\non = {on}\nnote = "x"\n'


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param(
            "",
            _ENTRY.format(item="T1", on="2026-05-01"),
            "is dated 2026-05-01, but the entry before it is dated 2026-06-01",
            id="order",
        ),
        pytest.param(
            "", _ENTRY.format(item="T7", on="2026-07-01"), "there is no such item", id="no-item"
        ),
        pytest.param(
            "",
            _ENTRY.format(item="T1", on="2027-07-01"),
            "2027-07-01 is in the future",
            id="future",
        ),
        pytest.param(
            _ROADS,
            f"{_DONE}progress = 100",
            "T2, done_on: done, but without a day of completion",
            id="no-day",
        ),
        pytest.param(
            _ROADS,
            f"{_DONE}done_on = 2026-01-01",
            "T2, progress: done, but its progress is 0%",
            id="done-at-0",
        ),
        pytest.param(
            _ROADS,
            f"{_ROADS}progress = 5",
            "T2, status: not-started, but its progress is 5%",
            id="not-started-at-5",
        ),
        pytest.param(
            _ROADS,
            f"{_ROADS}done_on = 2026-01-01",
            "its status is not-started",
            id="day-without-done",
        ),
        pytest.param(
            _ROADS,
            f"{_DONE}progress = 100\ndone_on = 2027-01-01",
            "in the future",
            id="done-in-future",
        ),
    ],
)
def test_each_error_is_found_and_has_a_correction(
    run: Run, plan: Path, old: str, new: str, says: str
) -> None:
    text = plan.read_text()
    plan.write_text(text.replace(old, new) if old else text + new)
    result = run("check")
    assert result.code == 7
    assert says in result.out.partition("Advice")[0]
    assert "→" in result.out.partition("Advice")[0]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param(
            "due = 2026-12-31",
            "due = 2030-01-31",
            "2030-01-31 is outside the term",
            id="due-outside",
        ),
        pytest.param(
            "due = 2026-12-31",
            "due = 2026-10-31",
            "overdue by 24 days, no cause given",
            id="overdue",
        ),
        pytest.param(
            'title = "Roads"',
            'title = "Roads"\nstatus = "blocked"',
            "blocked, no cause given",
            id="blocked",
        ),
        pytest.param(
            "[[breakthroughs]]", "[[breakthroughs]]", "its last report was 176 days ago", id="stale"
        ),
        pytest.param(
            'title = "Roads"',
            'title = "Roads"\nstatus = "in-progress"\nprogress = 30',
            "the history has no entry for this status\n"
            "      → tracker update T2 --status in-progress --progress 30",
            id="never-reported",
        ),
        pytest.param(
            "progress = 40",
            "progress = 100",
            "progress is 100%, but the status is not done",
            id="complete-but-not-done",
        ),
    ],
)
def test_each_piece_of_advice_is_given_and_is_no_error(
    run: Run, plan: Path, old: str, new: str, says: str
) -> None:
    plan.write_text(plan.read_text().replace(old, new))
    result = run("check")
    assert says in result.out.partition("Advice")[2]
    assert result.code == 0


def test_a_due_date_on_the_first_or_last_day_of_the_term_is_inside(run: Run, plan: Path) -> None:
    for day in ("2025-01-01", "2029-12-31"):
        plan.write_text(plan.read_text().replace("due = 2026-12-31", f"due = {day}"))
        assert "outside the term" not in run("check").out
        plan.write_text(plan.read_text().replace(f"due = {day}", "due = 2026-12-31"))


@pytest.mark.usefixtures("plan")
def test_a_cause_given_before_the_due_date_explains_no_delay(run: Run) -> None:
    run("update", "T1", "--due", "2026-10-31", "--on", "2026-10-01")
    run("update", "T1", "--cause", "objective", "--note", "x", "--on", "2026-10-31")
    assert "overdue by 24 days, no cause given" in run("check").out
    run("update", "T1", "--cause", "objective", "--note", "y", "--on", "2026-11-01")
    assert "no cause given" not in run("check").out


def test_several_values_that_are_missing_or_changed_are_named_as_the_file_has_them(
    run: Run, plan: Path
) -> None:
    run("update", "T1", "--tag", "a", "--tag", "b", "--lead", "L", "--on", "2026-07-01")
    text = plan.read_text()
    plan.write_text(
        text.replace('tags = ["a", "b"]', 'tags = ["c", "d"]', 1).replace(
            'lead = "L"', 'lead = "M"', 1
        )
    )
    errors = run("check").out.partition("Advice")[0]
    assert "T1, tags: found c, d, but the history's latest value is a, b\n" in errors
    assert "→ tracker update T1 --tag c --tag d\n" in errors
    assert "→ tracker update T1 --lead M\n" in errors


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("due_soon_days", "-1", "found -1, expected a whole number of days, from 0 to 36525"),
        ("behind_points", "101", "found 101, expected a whole number from 0 to 100"),
        (
            "stale_days",
            "'9'",
            'found the text "9", expected a whole number of days, from 0 to 36525',
        ),
    ],
)
def test_thresholds_are_validated(run: Run, plan: Path, name: str, value: str, says: str) -> None:
    plan.write_text(plan.read_text().replace("term.end", f"settings.{name} = {value}\nterm.end"))
    errors = f"Errors: 1\n  tasks.toml:7: [resolution], settings.{name}: {says}\n"
    assert run("check") == (7, errors, "")


def test_the_schema_beside_the_shipped_file_is_the_one_printed(run: Run) -> None:
    result = run("schema")
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out)["$defs"]["Task"]["additionalProperties"] is False
    assert_expected("../../data/tasks.schema.json", result.out)
    assert (ROOT / "data" / "tasks.toml").read_text().startswith("#:schema tasks.schema.json\n")
