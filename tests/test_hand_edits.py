"""What people change in the file by hand is found, recorded by what `check` names, never lost."""

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import NOW, PLAN, Run, data_of, examples, posix

_TEXTS = st.sampled_from(
    ["A", "$(touch x)", "Phòng 'Văn hóa' \"1\"", "-x", "--note", "a;b", "x\ny", "  spaced  "]
)
_LISTS = st.lists(_TEXTS, max_size=2, unique=True)
_EDITS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(
            ["not-started", "in-progress", "blocked", "done", "cancelled", None]
        ),
        "progress": st.sampled_from([0, 1, 40, 99, 100, None]),
        "done_on": st.sampled_from(
            [date(1926, 5, 1), date(2026, 6, 15), NOW.date(), date(2027, 1, 1), None]
        ),
        "due": st.sampled_from([date(2026, 12, 31), date(2028, 1, 1), None]),
        "lead": _TEXTS | st.none(),
        "product": _TEXTS | st.none(),
        "partners": _LISTS | st.none(),
        "tags": _LISTS | st.none(),
    },
)
"""What someone makes of an item in an editor; None takes the line out."""

_UPDATES = st.lists(
    st.sampled_from(
        [
            ["--progress", "60"],
            ["--status", "done", "--evidence", "QĐ 1"],
            ["--status", "in-progress", "--progress", "30"],
            ["--status", "cancelled", "--evidence", "NQ 1"],
            ["--status", "blocked", "--note", "No land", "--cause", "objective"],
            ["--lead", "B", "--due", "2027-03-01", "--tag", "t"],
            ["--product", "P", "--partner", "U"],
            ["--clear", "lead", "--clear", "tags"],
        ]
    ),
    max_size=4,
)


def _edit(path: Path, edits: dict[str, dict[str, Any]]) -> None:
    data = data_of(path)
    for item in (*data["tasks"], *data["breakthroughs"]):
        for name, value in edits.get(item["id"], {}).items():
            item.pop(name, None)
            if value is not None:
                item[name] = value
    path.write_text(tomli_w.dumps(data), encoding="utf-8")


def _named_commands(output: str) -> Iterator[list[str]]:
    """Yield the command lines that the errors of `check` name, as a shell reads them.

    What only the office knows, the document of a cancellation, is filled in.
    """
    for line in output.partition("Advice")[0].splitlines():
        if match := re.fullmatch(r"\s+→ tracker (update .*)", line):
            command = match[1].replace("--evidence '…'", "--evidence 'NQ 1'")
            shell = ["bash", "-c", f"printf '%s\\0' {command}"]
            yield subprocess.run(
                shell, capture_output=True, encoding="utf-8", check=True
            ).stdout.split("\0")[:-1]


_here = settings(
    max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@posix
@_here
@given(
    updates=_UPDATES,
    edits=st.fixed_dictionaries({}, optional={"T1": _EDITS, "T2": _EDITS, "B1": _EDITS}),
)
def test_running_what_check_names_settles_every_error_in_two_rounds(
    run: Run, tmp_path: Path, updates: list[list[str]], edits: dict[str, dict[str, Any]]
) -> None:
    path = tmp_path / "tasks.toml"
    path.write_text(PLAN)
    for options in updates:
        run("update", "T1", *options)
    _edit(path, edits)
    for _round in range(2):
        for command in _named_commands(run("check").out):
            result = run(*command)
            assert (result.code, result.err) == (0, ""), command
    assert "Errors" not in run("check").out
    for item in (*data_of(path)["tasks"], *data_of(path)["breakthroughs"]):
        assigned = {
            name: edits.get(item["id"], {}).get(name)
            for name in ("due", "lead", "product", "partners", "tags")
        }
        # What someone wrote stays as it is written: recording it changes nothing of it.
        assert {name: item.get(name) for name, value in assigned.items() if value} == {
            name: value for name, value in assigned.items() if value
        }


@_here
@given(updates=_UPDATES, edits=_EDITS, options=_UPDATES.filter(len).map(lambda lists: lists[0]))
def test_undo_gives_back_what_stood_there_also_where_something_was_changed_by_hand(
    run: Run, tmp_path: Path, updates: list[list[str]], edits: dict[str, Any], options: list[str]
) -> None:
    path = tmp_path / "tasks.toml"
    path.write_text(PLAN)
    for words in updates:
        run("update", "T1", *words)
    _edit(path, {"T1": edits})
    before, meant = path.read_bytes(), data_of(path)
    if run("update", "T1", *options).code:
        assert path.read_bytes() == before
    else:
        assert run("undo", "--yes").code == 0
        assert data_of(path) == meant


def test_a_fact_deleted_by_hand_is_recorded_once_and_a_second_time_is_refused(
    run: Run, plan: Path
) -> None:
    run("update", "T1", "--product", "P", "--on", "2026-07-01")
    plan.write_text(plan.read_text().replace('product = "P"\n', "", 1))
    found = "T1, product: found nothing, but the history's latest value is P\n"
    assert f"{found}      → tracker update T1 --clear product\n" in run("check").out
    assert "product  P → no product yet" in run("update", "T1", "--clear", "product").out
    assert data_of(plan)["updates"][-1]["missing"] == ["product"]
    before = plan.read_bytes()
    again = run("update", "T1", "--clear", "product")
    assert (again.code, again.err.splitlines()[0], plan.read_bytes()) == (
        4,
        "Error: T1: nothing would change.",
        before,
    )


def test_a_status_written_by_hand_can_be_recorded_and_undone(run: Run, plan: Path) -> None:
    plan.write_text(
        plan.read_text().replace(
            'title = "Roads"', 'title = "Roads"\nstatus = "in-progress"\nprogress = 30'
        )
    )
    out = run("update", "T2", "--status", "in-progress", "--progress", "30").out
    assert (
        "status    not started → in progress  (the file had: in progress, changed by hand)" in out
    )
    assert "progress  0% → 30%" in out
    assert run("undo", "--yes").code == 0
    assert data_of(plan)["tasks"][1] == {
        "id": "T2",
        "title": "Roads",
        "status": "in-progress",
        "progress": 30,
    }


def test_what_was_changed_by_hand_can_be_put_back_and_that_be_undone(run: Run, plan: Path) -> None:
    plan.write_text(plan.read_text().replace('status = "in-progress" # as of June\n', ""))
    before = data_of(plan)
    out = run("update", "T1", "--status", "in-progress").out
    assert "status  restored (the file had: not started, changed by hand)" in out
    entry = data_of(plan)["updates"][-1]
    assert (entry["missing"], "status" in entry, "was" in entry) == (["status"], False, False)
    assert run("check").out.startswith("Advice")
    assert run("undo", "--yes").code == 0
    assert data_of(plan) == before


def test_done_written_by_hand_does_not_change_the_past_and_is_an_error(
    run: Run, plan: Path
) -> None:
    by_hand = 'title = "Roads"\nstatus = "done"\nprogress = 100\ndone_on = 2026-03-01'
    plan.write_text(plan.read_text().replace('title = "Roads"', by_hand))
    for day, status in (
        ("2025-12-31", "not-started"),
        ("2026-02-28", "not-started"),
        ("2026-03-01", "done"),
    ):
        rows = run("list", "--as-of", day, "--format", "tsv").out.splitlines()
        assert rows[2].split("\t")[3] == status
    errors = run("check").out.partition("Advice")[0]
    assert "T2, status: done, but the history has no entry for it" in errors
    assert "→ tracker update T2 --status done --done-on 2026-03-01\n" in errors


def test_cancelled_written_by_hand_does_not_change_the_past_and_is_an_error(
    run: Run, plan: Path
) -> None:
    by_hand = plan.read_text().replace('title = "Roads"', 'title = "Roads"\nstatus = "cancelled"')
    plan.write_text(by_hand)
    assert (
        "T2\ttask\tRoads\tnot-started"
        in run("list", "--as-of", "2026-11-23", "--format", "tsv").out
    )
    assert "T2\ttask\tRoads\tcancelled" in run("list", "--format", "tsv").out
    result = run("check")
    errors, _, advice = result.out.partition("Advice")
    assert result.code == 7
    assert "T2, status: cancelled, but the history has no entry for it\n" in errors
    assert "→ tracker update T2 --status cancelled --progress 0 --evidence '…'\n" in errors
    assert "T2" not in advice
    recording = ("update", "T2", "--status", "cancelled", "--progress", "0")
    assert run(*recording).code == 4
    assert run(*recording, "--evidence", "NQ 1").code == 0
    assert "T2" not in run("check").out
    assert run("undo", "--yes").code == 0
    assert plan.read_text() == by_hand


def test_a_cancellation_in_the_history_without_its_document_is_advice(run: Run, plan: Path) -> None:
    entry = '\n[[updates]]\nitem = "T2"\non = 2026-07-01\nstatus = "cancelled"\n'
    plan.write_text(
        plan.read_text().replace('title = "Roads"', 'title = "Roads"\nstatus = "cancelled"')
        + entry
        + 'was = { status = "not-started" }\n'
    )
    assert "T2, status: cancelled without evidence\n" in run("check").out
    assert "→ tracker update T2 --evidence '…'\n" in run("check").out
    run("update", "T2", "--evidence", "NQ 1")
    assert "T2" not in run("check").out


def test_undo_refuses_what_a_later_change_by_hand_contradicts(run: Run, plan: Path) -> None:
    run("update", "T2", "--due", "2026-05-01", "--on", "2026-04-01")
    run("update", "T2", "--due", "2027-01-01", "--on", "2026-05-01")
    plan.write_text(
        plan.read_text().replace('title = "Roads"', 'title = "Roads"\nstart = 2026-06-01')
    )
    before = plan.read_bytes()
    result = run("undo", "--yes")
    assert (result.code, result.out, plan.read_bytes()) == (4, "", before)
    assert "the due date to 2026-05-01, before the start, 2026-06-01" in result.err


_ENTRY = '\n[[updates]]\nitem = "T1"\non = 2026-07-01\n'


@pytest.mark.parametrize(
    ("entry", "says", "hint"),
    [
        pytest.param(
            _ENTRY, "item: the entry is empty", "delete the entry", id="only-item-and-day"
        ),
        pytest.param(
            _ENTRY + "was = { progress = 40 }\n",
            "progress: the old value is 40, but the new value is missing",
            "Add the missing line: progress = …",
            id="half-of-it-lost",
        ),
        pytest.param(
            _ENTRY + "progress = 60\nwas = { progress = 55 }\n",
            "was: the old value of progress is 55, but the entries before it end with 40",
            "→ tracker amend T1 --entry 2\n",
            id="gap",
        ),
        pytest.param(
            _ENTRY + "progress = 60\n",
            "was: the old value of progress is nothing, but the entries before it end with 40",
            "→ tracker amend T1 --entry 2\n",
            id="without-was",
        ),
        pytest.param(
            _ENTRY.replace("2026", "0026") + 'note = "x"\n',
            "on: 0026-07-01 is before the term, which starts on 2025-01-01",
            "Correct the date.",
            id="mistyped-year",
        ),
        pytest.param(
            _ENTRY + 'status = "done"\ndone_on = 2026-07-02\nwas = { status = "in-progress" }\n',
            "done_on: the day of completion, 2026-07-02, is after the date of the entry,"
            " 2026-07-01",
            "Correct one of the two dates.",
            id="done-after-the-entry",
        ),
    ],
)
def test_an_entry_that_a_merge_or_a_hand_has_damaged_is_an_error(
    run: Run, plan: Path, entry: str, says: str, hint: str
) -> None:
    plan.write_text(plan.read_text() + entry)
    result = run("check")
    assert result.code == 7
    assert f"[[updates]] number 2 (T1), {says}\n" in result.out
    assert hint in result.out


def test_a_change_by_hand_that_was_recorded_is_no_gap(run: Run, plan: Path) -> None:
    # This is how earlier versions recorded it.
    plan.write_text(plan.read_text() + _ENTRY + "progress = 60\nwas = { progress = 60 }\n")
    assert "end with 40" not in run("check").out
    plan.write_text(PLAN.replace("progress = 40\n\n#", "progress = 60\n\n#"))
    run("update", "T1", "--progress", "60")
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param(
            "start = 2035-01-01",
            "T2, start: 2035-01-01 is outside the term",
            id="start-after-the-term",
        ),
        pytest.param(
            "start = 1925-01-01",
            "T2, start: 1925-01-01 is outside the term",
            id="start-before-the-term",
        ),
        pytest.param(
            'status = "done"\nprogress = 100\ndone_on = 1926-09-30',
            "T2, done_on: the day of completion, 1926-09-30, is before the start, 2025-01-01",
            id="done-before-the-start",
        ),
    ],
)
def test_days_that_cannot_be_are_errors(run: Run, plan: Path, line: str, says: str) -> None:
    plan.write_text(plan.read_text().replace('title = "Roads"', f'title = "Roads"\n{line}'))
    result = run("check")
    assert result.code == 7
    assert says in result.out.partition("Advice")[0]


@pytest.mark.parametrize(
    "day", ["0026-07-15", "0202-07-15", "1926-07-15", "2016-07-15", "2024-12-31"]
)
@pytest.mark.parametrize(
    "options", [["--status", "done"], ["--progress", "10"]], ids=["done", "progress"]
)
def test_a_day_before_the_term_is_refused(
    run: Run, plan: Path, day: str, options: list[str]
) -> None:
    before = plan.read_bytes()
    result = run("update", "T2", *options, "--on", day)
    assert (result.code, result.out, plan.read_bytes()) == (4, "", before)
    assert f"{day} is before the term, which starts on 2025-01-01" in result.err


def test_what_is_done_before_its_start_is_refused_also_by_the_day_of_the_update(
    run: Run, plan: Path
) -> None:
    plan.write_text(
        plan.read_text().replace('title = "Roads"', 'title = "Roads"\nstart = 2026-06-01')
    )
    for options in (["--on", "2026-05-31"], ["--done-on", "2026-05-31"]):
        result = run("update", "T2", "--status", "done", *options)
        assert (result.code, result.out) == (4, "")
        assert f"Set {options[0]} to the start or a later day." in result.err
    assert run("update", "T2", "--status", "done", "--on", "2026-06-01").code == 0  # its first day


def test_a_clock_that_is_behind_the_history_is_named(run: Run, plan: Path) -> None:
    plan.write_text(plan.read_text().replace("on = 2026-06-01", "on = 2026-12-01"))
    result = run("update", "T1", "--note", "x")
    assert (result.code, result.out) == (4, "")
    assert "dated 2026-12-01, but the clock of this computer shows 2026-11-24" in result.err


def test_an_id_cannot_begin_like_an_option(run: Run, plan: Path) -> None:
    plan.write_text(plan.read_text().replace('id = "T2"', 'id = "-T2"'))
    result = run("list")
    assert (result.code, result.out) == (5, "")
    assert "that does not begin with a hyphen" in result.err


def test_the_same_name_decomposed_in_the_file_is_no_change(run: Run, plan: Path) -> None:
    plan.write_text(
        unicodedata.normalize(
            "NFD", plan.read_text().replace('lead = "Văn phòng"', 'lead = "Phòng Nội vụ"')
        )
    )
    assert run("update", "T1", "--lead", "Phòng Nội vụ").code == 4
    run("update", "T1", "--lead", "A")
    run("update", "T1", "--lead", "Phòng Nội vụ")
    plan.write_text(unicodedata.normalize("NFD", plan.read_text()))
    assert "Errors" not in run("check").out
