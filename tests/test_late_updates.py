"""`tracker update` of a day before the last entry: it is put in its place, and the rest follows."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
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
plan.2029 = 0.2
"""
_PLAN = PLAN.partition("# The history.")[0] + _TARGET

_DONE = ["--status", "done", "--evidence", "BC 45"]


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """Return a data file with three items and a target, without entries."""
    path = tmp_path / "tasks.toml"
    path.write_bytes(_PLAN.encode())
    return path


def _entries(path: Path, item_id: str) -> list[tuple[str, object, object]]:
    """Return the day of each entry of an item with its progress or figure, new and old."""
    return [
        (
            str(entry["on"]),
            entry.get("progress", entry.get("value")),
            entry.get("was", {}).get("progress", entry.get("was", {}).get("value")),
        )
        for entry in data_of(path)["updates"]
        if entry["item"] == item_id
    ]


def test_a_late_entry_is_put_in_its_place_and_the_next_old_value_is_mended(
    run: Run, fresh: Path
) -> None:
    run("update", "T2", "--progress", "5", "--on", "2026-09-30")
    run("update", "T2", "--progress", "30", "--on", "2026-10-31")
    before = fresh.read_text(encoding="utf-8")
    result = run("update", "T2", "--progress", "18", "--on", "2026-10-10")
    assert (result.code, result.err) == (0, "")
    assert "progress  5% → 18%\n" in result.out
    assert _entries(fresh, "T2") == [
        ("2026-09-30", 5, None),
        ("2026-10-10", 18, 5),
        ("2026-10-31", 30, 18),
    ]
    assert item_of(fresh, "T2")["progress"] == 30
    first, second = before.split("[[updates]]")[1:]
    assert fresh.read_text(encoding="utf-8") == (
        before.partition("[[updates]]")[0]
        + "[[updates]]"
        + first
        + '[[updates]]\nitem = "T2"\non = 2026-10-10\nat = 2026-11-24T09:30:00+07:00\n'
        + 'by = "office"\ncommand = 1\nprogress = 18\nwas = { progress = 5 }\n\n'
        + "[[updates]]"
        + second.replace("progress = 5 }", "progress = 18 }")
    )
    assert run("check").code == 0
    assert '"progress": 18,' in run("list", "--as-of", "2026-10-20", "--format", "json").out


def test_a_late_entry_that_is_the_last_word_on_a_fact_changes_the_plan(
    run: Run, fresh: Path
) -> None:
    run("update", "T2", "--progress", "5", "--on", "2026-09-30")
    run("update", "T2", "--lead", "Office", "--on", "2026-10-31")
    before = fresh.read_bytes()
    run("update", "T2", "--progress", "18", "--lead", "Police", "--on", "2026-10-10")
    assert (item_of(fresh, "T2")["progress"], item_of(fresh, "T2")["lead"]) == (18, "Office")
    assert data_of(fresh)["updates"][2]["was"] == {"lead": "Police"}
    assert run("check").code == 0
    assert run("undo", "--yes").code == 0
    assert fresh.read_bytes() == before


def test_a_late_figure_keeps_the_latest_and_is_the_old_value_of_the_next(
    run: Run, fresh: Path
) -> None:
    run("update", "C1", "--value", "1,6", "--on", "2026-06-30")
    before = fresh.read_bytes()
    assert run("update", "C1", "--value", "1,7", "--on", "2025-12-31").code == 0
    target = data_of(fresh)["targets"][0]
    assert (target["value"], target["on"]) == (1.6, date(2026, 6, 30))
    late, last = data_of(fresh)["updates"]
    assert (late["value"], last["was"]) == (1.7, {"value": 1.7, "on": date(2025, 12, 31)})
    assert "1.7" in run("targets", "--as-of", "2026-01-15", "--format", "json").out
    assert run("check").code == 0
    assert run("undo", "C1", "--yes").code == 0
    assert fresh.read_bytes() == before


@pytest.mark.parametrize(
    ("recorded", "late", "says"),
    [
        pytest.param(
            [*_DONE, "--on", "2026-10-31", "--done-on", "2026-10-05"],
            ["--progress", "18", "--on", "2026-10-10"],
            "T2: this contradicts its entry of 2026-10-31: it was already done, on 2026-10-05.",
            id="progress-after-it-was-done",
        ),
        pytest.param(
            [*_DONE, "--on", "2026-10-31"],
            [*_DONE, "--on", "2026-10-10"],
            "T2: this contradicts its entry of 2026-10-31: it would already be done by then.",
            id="done-twice",
        ),
        pytest.param(
            ["--progress", "30", "--on", "2026-10-31"],
            [*_DONE, "--on", "2026-10-10"],
            "T2: this contradicts its entry of 2026-10-31: a done item has a progress of "
            "100%, not 30%.",
            id="done-before-progress",
        ),
        pytest.param(
            ["--progress", "30", "--on", "2026-10-31"],
            ["--status", "cancelled", "--evidence", "NQ 1", "--on", "2026-10-10"],
            "T2: this contradicts its entry of 2026-10-31: it is cancelled, so it makes no "
            "progress.",
            id="cancelled-before-progress",
        ),
    ],
)
def test_a_late_entry_that_contradicts_a_later_one_is_refused_naming_it(
    run: Run, fresh: Path, recorded: Sequence[str], late: Sequence[str], says: str
) -> None:
    assert run("update", "T2", *recorded).code == 0
    before = fresh.read_bytes()
    result = run("update", "T2", *late)
    assert (result.code, result.out, result.err.splitlines()[0]) == (4, "", f"Error: {says}")
    assert "`tracker log T2`" in result.err
    assert fresh.read_bytes() == before


@pytest.mark.usefixtures("fresh")
def test_a_note_on_a_day_after_the_completion_contradicts_nothing(run: Run) -> None:
    run("update", "T2", *_DONE, "--on", "2026-10-31", "--done-on", "2026-10-05")
    assert run("update", "T2", "--note", "Accepted", "--on", "2026-10-10").code == 0
    assert run("update", "T2", "--progress", "90", "--on", "2026-10-05").code == 0
    assert run("check").code == 0


def test_an_old_value_written_by_hand_is_restored_as_it_was_spelled(run: Run, plan: Path) -> None:
    before = PLAN.replace("progress = 0 }", "progress = 0x0A }").replace(
        '"not-started"', "'blocked'"
    )
    plan.write_text(before, encoding="utf-8")
    assert run("update", "T1", "--progress", "30", "--on", "2026-05-01").code == 0
    assert "was = { progress = 0x0A }" in plan.read_text(encoding="utf-8")
    assert run("undo", "--yes").code == 0
    assert plan.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(
    "gap",
    ["", "\n", "\n\n", "# of T1\n", "# of T1\n\n# next\n", "\n# next\n", " \n", "\n \n# a\n# b\n"],
)
def test_comments_and_blank_lines_between_entries_stay_where_they_are(
    run: Run, plan: Path, gap: str, end: str
) -> None:
    second = '[[updates]]\nitem = "T1"\non = 2026-10-31\nprogress = 50\nwas = { progress = 40 }\n'
    before = (PLAN + gap + second).replace("progress = 40\n\n#", "progress = 50\n\n#")
    plan.write_bytes(before.replace("\n", end).encode())
    assert run("update", "T1", "--progress", "45", "--on", "2026-07-01").code == 0
    text = plan.read_bytes().decode().replace("\r\n", "\n")
    late = text.index("[[updates]]", text.index("[[updates]]") + 1)
    assert "# next" not in text[:late]
    assert "# of T1\n\n" not in text[late:]
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == before.replace("\n", end).encode()


def test_a_late_entry_of_a_history_that_is_one_value_is_put_in_its_place(
    run: Run, plan: Path
) -> None:
    entry = '{ item = "T1", on = 2026-10-31, note = "n", lead = "A", was = { lead = "Văn phòng" } }'
    text = PLAN.partition("# The history.")[0].replace(
        "schema = 1", f"schema = 1\nupdates = [{entry}]"
    )
    plan.write_text(text.replace('"Văn phòng"\ndue', '"A"\ndue'), encoding="utf-8")
    before = plan.read_bytes()
    assert run("update", "T1", "--lead", "B", "--on", "2026-10-01").code == 0
    assert [entry["was"] for entry in data_of(plan)["updates"]] == [
        {"lead": "Văn phòng"},
        {"lead": "B"},
    ]
    assert run("check").code == 0
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == before


_ITEMS = st.sampled_from(["T2", "B1"])
_REQUESTS = st.one_of(
    # Each its own progress: one that holds already is what a person said, and stays.
    st.tuples(_ITEMS, st.just(("--progress", "{own}"))),
    st.tuples(_ITEMS, st.just(("--status", "done", "--evidence", "BC 1"))),
    st.tuples(_ITEMS, st.just(("--status", "in-progress", "--progress", "{own}"))),
    st.tuples(_ITEMS, st.just(("--lead", "Unit {own}", "--due", "2027-01-{own}"))),
    st.tuples(_ITEMS, st.just(("--clear", "lead"))),
    st.tuples(_ITEMS, st.just(("--note", "met"))),
    st.tuples(st.just("C1"), st.just(("--value", "{own}.5"))),
)
_Numbered = Sequence[tuple[int, str, tuple[str, ...]]]
"""Requests, each behind its number in the right order: the day that it is about."""


def _recorded(path: Path, requests: _Numbered) -> list[int]:
    """Record the requests, each a minute after the one before; return those that were accepted.

    Each is taken back and brought back, and each refusal changes nothing.
    """
    path.write_bytes(_PLAN.encode())
    accepted = []
    for minute, (number, item_id, options) in enumerate(requests):
        clock.now = (NOW + timedelta(minutes=minute)).replace  # of nothing: the instant itself
        on = date(2026, 1, 31) + timedelta(days=number)
        before = path.read_bytes()
        words = [word.format(own=10 + number) for word in options]
        if main(["update", item_id, *words, "--on", f"{on}", "-f", str(path)]):
            assert path.read_bytes() == before
            continue
        after = path.read_bytes()
        assert main(["undo", "--yes", "-f", str(path)]) == 0
        assert path.read_bytes() == before
        assert main(["undo", "--redo", "-f", str(path)]) == 0
        assert path.read_bytes() == after
        accepted.append(number)
    return accepted


def _content(path: Path) -> tuple[dict[str, object], list[dict[str, object]]]:
    """Return the plan, and the entries by item in their order in the file, without their times."""
    data = data_of(path)
    entries = [
        {key: value for key, value in entry.items() if key != "at"}
        for entry in data.pop("updates", [])
    ]
    return data, sorted(entries, key=lambda entry: entry["item"])


@settings(max_examples=examples(60))
@given(st.lists(_REQUESTS, min_size=2, max_size=5), st.data())
def test_late_entries_in_any_order_give_the_file_that_the_right_order_gives(
    tmp_path_factory: pytest.TempPathFactory,
    requests: list[tuple[str, tuple[str, ...]]],
    data: st.DataObject,
) -> None:
    path = tmp_path_factory.mktemp("late") / "tasks.toml"
    numbered = [(number, *request) for number, request in enumerate(requests)]
    accepted = _recorded(path, numbered)
    numbered = [each for each in numbered if each[0] in accepted]
    in_order = _content(path)
    assume(len(_recorded(path, data.draw(st.permutations(numbered)))) == len(numbered))
    assert _content(path) == in_order
    assert [*check.errors(storage.loaded(path), NOW.date())] == []
