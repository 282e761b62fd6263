"""`tracker amend`: an entry is corrected, keeps what it said before, and the rest follows."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolution_cli import storage
from resolution_cli.cli import clock, main
from resolution_cli.domain import check
from tests.support import NOW, PLAN, Run, data_of, examples, item_of

_TARGET = """
[[targets]]
id = "C1"
title = "Poor households"
want = "at-most"
base.on = 2025-06-30
base.value = 1.8
plan.2026 = 1.2
"""
_PLAN = PLAN.partition("# The history.")[0] + _TARGET
_AT = "2026-11-24T09:30:00+07:00"


@pytest.fixture
def file(run: Run, tmp_path: Path) -> Path:
    """Return a data file in which T2 has three entries, and C1 two."""
    path = tmp_path / "tasks.toml"
    path.write_bytes(_PLAN.encode())
    for words in (
        ["T2", "--progress", "10", "--note", "begun", "--on", "2026-09-01"],
        ["C1", "--value", "1,7", "--on", "2026-06-30"],
        ["T2", "--progress", "20", "--lead", "Office", "--on", "2026-10-01"],
        ["C1", "--value", "1,5", "--on", "2026-09-30"],
        ["T2", "--progress", "30", "--on", "2026-11-01"],
    ):
        assert run("update", *words).code == 0
    return path


def _entries(path: Path, item_id: str) -> list[dict[str, Any]]:
    return [entry for entry in data_of(path)["updates"] if entry["item"] == item_id]


def test_an_amended_entry_keeps_what_it_said_and_the_next_one_follows(run: Run, file: Path) -> None:
    before = file.read_text(encoding="utf-8")
    result = run("amend", "T2", "--entry", "2", "--progress", "18", "--by", "Lan")
    assert (result.code, result.err) == (0, "")
    assert file.read_text(encoding="utf-8") == before.replace(
        'progress = 20\nlead = "Office"\nwas = { progress = 10 }\n',
        'progress = 18\nlead = "Office"\nwas = { progress = 10 }\n'
        f'amended = [{{ at = {_AT}, by = "Lan", command = 1, progress = 20 }}]\n',
    ).replace("was = { progress = 20 }", "was = { progress = 18 }")
    assert item_of(file, "T2")["progress"] == 30
    shown = run("log", "T2").out
    assert "2026-10-01, entry 2 by office, recorded 2026-11-24 09:30\n" in shown
    assert "amended    2026-11-24 09:30 by Lan; before: progress 20%\n" in shown
    assert run("check").code == 0
    assert "Undoing it takes its amendment back.\n" in run("undo", "--yes").out
    assert file.read_text(encoding="utf-8") == before


def test_the_last_word_on_a_fact_is_amended_in_the_plan_too(run: Run, file: Path) -> None:
    before = file.read_bytes()
    assert run("amend", "T2", "--entry", "2026-10-01", "--lead", "Police").code == 0
    assert item_of(file, "T2")["lead"] == "Police"
    assert run("amend", "t2", "--entry", "3", "--progress", "35", "--note", "counted").code == 0
    assert item_of(file, "T2")["progress"] == 35
    amended = _entries(file, "T2")[2]["amended"][0]
    assert (amended["progress"], amended["absent"]) == (30, ["note"])
    assert run("check").code == 0
    assert run("undo", "--yes").code == 0
    assert run("undo", "--yes").code == 0
    assert file.read_bytes() == before


def test_an_entry_amended_twice_keeps_both_and_is_undone_one_by_one(run: Run, file: Path) -> None:
    contents = [file.read_bytes()]
    for words in (["--note", "a"], ["--note", "b", "--evidence", "BC 1"], ["--tag", "x"]):
        assert run("amend", "T2", "--entry", "1", *words).code == 0
        contents.append(file.read_bytes())
    assert len(_entries(file, "T2")[0]["amended"]) == 3
    for content in reversed(contents[:-1]):
        assert run("undo", "T2", "--yes").code == 0
        assert file.read_bytes() == content


def test_a_figure_is_amended_with_its_day(run: Run, file: Path) -> None:
    before = file.read_bytes()
    assert run("amend", "C1", "--entry", "2", "--value", "1,4", "--on", "2026-09-25").code == 0
    target = data_of(file)["targets"][0]
    assert (target["value"], target["on"]) == (1.4, date(2026, 9, 25))
    assert run("amend", "C1", "--entry", "1", "--value", "1,6").code == 0
    assert _entries(file, "C1")[1]["was"] == {"value": 1.6, "on": date(2026, 6, 30)}
    assert run("check").code == 0
    for _number in range(2):
        assert run("undo", "--yes").code == 0
    assert file.read_bytes() == before


def test_an_entry_of_another_day_is_moved_with_its_comments_and_back(run: Run, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    head, _mark, rest = text.partition("note =")
    file.write_text(f"{head}# by Lan\n{_mark}{rest}".replace("[[upd", "# note\n[[upd", 1))
    before = file.read_bytes()
    assert run("amend", "T2", "--entry", "1", "--on", "2026-10-15").code == 0
    assert [(str(entry["on"]), entry["was"]) for entry in _entries(file, "T2")[1:]] == [
        ("2026-10-15", {"progress": 20}),
        ("2026-11-01", {"progress": 10}),
    ]
    moved = file.read_text(encoding="utf-8")
    assert moved.index("# note") > moved.index("2026-10-01")
    assert run("check").code == 0
    assert run("undo", "--yes").code == 0
    assert file.read_bytes() == before


def test_entries_are_named_by_number_or_day(run: Run, file: Path) -> None:
    run("update", "T2", "--note", "again", "--on", "2026-10-01")
    before = file.read_bytes()
    for entry, code, says in (
        ("2026-10-01", 4, "T2 has several entries of 2026-10-01: numbers 2, 3."),
        ("2026-10-02", 4, "T2 has no entry of 2026-10-02."),
        ("5", 4, "T2 has no entry 5; it has 4 entries."),
        ("0", 2, "'0' is neither the number of an entry nor a day"),
        ("last", 2, "'last' is neither the number of an entry nor a day"),
    ):
        result = run("amend", "T2", "--entry", entry, "--note", "x")
        assert (result.code, result.out, file.read_bytes()) == (code, "", before)
        assert says in result.err
    assert run("amend", "B1", "--entry", "1", "--note", "x").code == 4
    assert run("amend", "T9", "--entry", "1", "--note", "x").code == 3
    assert run("amend", "T2", "--note", "x").code == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["1", "--progress", "10"], "T2: nothing would change."),
        (["1"], "T2: nothing would change."),
        (["1", "--status", "done"], "T2: this contradicts its entry of 2026-10-01"),
        (["1", "--on", "2026-12-01"], "2026-12-01 is in the future"),
        (["1", "--value", "3"], "T2 is not a target"),
        (["3", "--status", "not-started"], "has a progress of 0%, not 30%"),
    ],
)
def test_an_amendment_that_a_rule_or_a_later_entry_forbids_changes_nothing(
    run: Run, file: Path, words: list[str], says: str
) -> None:
    before = file.read_bytes()
    result = run("amend", "T2", "--entry", *words)
    assert (result.code, result.out, file.read_bytes()) == (4, "", before)
    assert says in result.err


def test_a_rehearsal_shows_the_amendment_and_writes_nothing(run: Run, file: Path) -> None:
    before = file.read_bytes()
    result = run("amend", "T2", "--entry", "1", "--note", "x", "--dry-run")
    assert (result.code, file.read_bytes()) == (0, before)
    assert "before: note begun" in result.out
    assert result.out.endswith("Nothing was written to tasks.toml.\n")


@pytest.mark.usefixtures("file")
def test_the_log_has_the_number_of_an_entry_and_what_it_said_before_as_data(run: Run) -> None:
    run("amend", "T2", "--entry", "2", "--progress", "18", "--cause", "objective")
    rows = json.loads(run("log", "T2", "--format", "json").out)["updates"]
    assert [row["number"] for row in rows] == [3, 2, 1]
    assert ["amended" in row for row in rows] == [False, True, False]
    assert rows[1]["amended"] == [
        {"at": _AT, "by": "office", "facts": {"progress": 20}, "absent": ["cause"]}
    ]
    assert "number" not in json.loads(run("show", "T2", "--format", "json").out)["history"][0]


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_last_line_without_an_end_has_none_again(run: Run, plan: Path, end: str) -> None:
    before = PLAN.rstrip().replace("\n", end).encode()
    plan.write_bytes(before)
    assert run("amend", "T1", "--entry", "1", "--evidence", "BC 1").code == 0
    assert not plan.read_bytes().endswith(b"\n")
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == before


def test_an_entry_that_was_written_by_hand_against_the_rules_can_be_amended_and_undone(
    run: Run, plan: Path
) -> None:
    entries = '\n[[updates]]\nitem = "T2"\non = 2026-07-0{}\nwas = {{ progress = 0, lead = "A" }}\n'
    plan.write_text(PLAN + entries.format(1) + entries.format(2), encoding="utf-8")
    before = plan.read_bytes()
    assert run("amend", "T2", "--entry", "1", "--lead", "B", "--on", "2026-06-01").code == 0
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == before


def test_undo_of_an_amendment_leaves_what_was_changed_in_the_plan_by_hand(
    run: Run, file: Path
) -> None:
    run("amend", "T2", "--entry", "3", "--progress", "35")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("progress = 35\nlead", "progress = 36\nlead"), encoding="utf-8")
    assert run("undo", "--yes").code == 0
    assert item_of(file, "T2")["progress"] == 36
    assert _entries(file, "T2")[2]["progress"] == 30


_COMMANDS = st.lists(
    st.tuples(
        st.sampled_from(["update", "update", "amend"]),
        st.integers(0, 5),
        st.integers(0, 30),
        st.sampled_from(
            [
                ("--progress", "{own}"),
                ("--status", "done"),
                ("--status", "blocked", "--note", "no budget"),
                ("--status", "in-progress", "--progress", "{own}"),
                ("--status", "cancelled", "--evidence", "NQ 1"),
                ("--lead", "Unit {own}", "--due", "2027-01-{own}"),
                ("--clear", "lead", "--tag", "t{own}"),
                ("--note", "met {own}"),
                (),
            ]
        ),
        st.booleans(),
    ),
    min_size=2,
    max_size=8,
)


def _words(number: int, command: Sequence[Any]) -> list[str]:
    name, entry, day, options, is_moved = command
    words = [word.format(own=10 + number) for word in options]
    on = ["--on", f"{date(2026, 2, 1) + timedelta(days=day)}"]
    if name == "update":
        return ["update", "T2", *(["B1"] if entry == 0 else []), *words, *on]
    return ["amend", "T2", "--entry", str(entry + 1), *words, *(on if is_moved else [])]


@settings(max_examples=examples(60))
@given(_COMMANDS)
def test_every_command_is_undone_byte_for_byte_and_leaves_no_error(
    tmp_path_factory: pytest.TempPathFactory, commands: list[Any]
) -> None:
    path = tmp_path_factory.mktemp("amend") / "tasks.toml"
    path.write_bytes(_PLAN.encode())
    contents = [path.read_bytes()]
    for number, command in enumerate(commands):
        # Sometimes several within one second.
        clock.now = (NOW + timedelta(seconds=number // 2)).replace
        before = path.read_bytes()
        if main([*_words(number, command), "-f", str(path)]):
            assert path.read_bytes() == before
            continue
        contents.append(path.read_bytes())
        assert [*check.errors(storage.loaded(path), NOW.date())] == []
    for content in reversed(contents[:-1]):
        after = path.read_bytes()
        for words, expected in ((["--yes"], content), (["--redo"], after), (["--yes"], content)):
            assert main(["undo", *words, "-f", str(path)]) == 0
            assert path.read_bytes() == expected
