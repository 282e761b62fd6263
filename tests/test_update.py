"""`tracker update`: what it writes and prints."""

import difflib
import os
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from resolution_cli.cli import clock
from resolution_cli.storage.document import DataText
from tests.support import PLAN, SHIPPED, Run, data_of, item_of


def _diff(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_the_diff_is_the_changed_lines_and_one_entry_at_the_end(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tasks.toml"
    path.write_bytes(SHIPPED.read_bytes())
    before = path.read_text()
    result = run(
        "update", "T3", "--status", "in-progress", "--progress", "20", "--note", "Khảo sát"
    )
    assert result == (
        0,
        """\
T3  Infrastructure, land, construction order, urban improvement and environment
  status    not started → in progress
  progress  0% → 20%
  note      Khảo sát
Written to tasks.toml.
""",
        "",
    )
    assert _diff(before, path.read_text()) == [
        '-status = "not-started"',
        "-progress = 0",
        '+status = "in-progress"',
        "+progress = 20",
        "+",
        "+[[updates]]",
        '+item = "T3"',
        "+on = 2026-11-24",
        "+at = 2026-11-24T09:30:00+07:00",
        '+by = "office"',
        '+status = "in-progress"',
        "+progress = 20",
        '+was = { status = "not-started", progress = 0 }',
        '+note = "Khảo sát"',
    ]
    assert path.read_text().splitlines()[-9] == "[[updates]]"


def test_every_option_changes_the_item_and_the_history(run: Run, plan: Path) -> None:
    result = run(
        "update", "b1",
        "--lead", "Phòng Nội vụ", "--partner", "A", "--partner", "B", "--due", "30/09/2027",
        "--product", "Đề án", "--tag", "cán bộ", "--evidence", "QĐ 1", "--evidence", "QĐ 2",
        "--cause", "khách quan", "--on", "2026-11-20", "--by", "clerk",
    )  # fmt: skip
    assert (result.code, result.err) == (0, "")
    facts = {
        "due": date(2027, 9, 30),
        "lead": "Phòng Nội vụ",
        "partners": ["A", "B"],
        "product": "Đề án",
        "tags": ["cán bộ"],
    }
    assert item_of(plan, "B1") == {"id": "B1", "title": "Officials", **facts}
    assert tomllib.loads(plan.read_text())["updates"][-1] == {
        "item": "B1",
        "on": date(2026, 11, 20),
        "at": clock.now(),
        "by": "clerk",
        **facts,
        "evidence": ["QĐ 1", "QĐ 2"],
        "cause": "objective",
    }


def test_done_sets_the_progress_and_the_day(run: Run, plan: Path) -> None:
    out = run("update", "T1", "--status", "done", "--on", "2026-11-01").out
    assert "progress  40% → 100%  (set automatically)" in out
    assert "done on   not done yet → 2026-11-01  (set automatically)" in out
    assert (item_of(plan, "T1")["progress"], item_of(plan, "T1")["done_on"]) == (
        100,
        date(2026, 11, 1),
    )


def test_progress_moves_what_has_not_started_and_says_so(run: Run, plan: Path) -> None:
    out = run("update", "T2", "--progress", "5%").out
    assert "status    not started → in progress  (set automatically)" in out
    assert item_of(plan, "T2") == {
        "id": "T2",
        "title": "Roads",
        "status": "in-progress",
        "progress": 5,
    }


def test_reopening_takes_the_day_away(run: Run, plan: Path) -> None:
    run("update", "T1", "--status", "done")
    out = run("update", "T1", "--status", "in-progress", "--progress", "90", "--note", "rework").out
    assert "done on   2026-11-24 → not done yet" in out
    assert "done_on" not in item_of(plan, "T1")
    last = tomllib.loads(plan.read_text())["updates"][-1]
    assert last["was"] == {"status": "done", "progress": 100, "done_on": date(2026, 11, 24)}


def test_the_day_of_completion_may_lie_before_the_last_update(run: Run, plan: Path) -> None:
    run("update", "T2", "--lead", "Office")
    result = run(
        "update", "T2", "--status", "done", "--done-on", "2026-11-20", "--evidence", "Report 9"
    )
    assert result.code == 0
    assert "done on   not done yet → 2026-11-20\n" in result.out
    assert data_of(plan)["tasks"][1]["done_on"] == date(2026, 11, 20)
    assert run("update", "T2", "--done-on", "2026-11-19", "--note", "A slip").code == 0
    assert data_of(plan)["tasks"][1]["done_on"] == date(2026, 11, 19)


def test_the_first_day_of_the_work_is_a_day_on_which_it_can_be_due_and_done(
    run: Run, plan: Path
) -> None:
    plan.write_text(
        plan.read_text().replace('title = "Roads"', 'title = "Roads"\nstart = 2026-06-01')
    )
    assert run("update", "T2", "--due", "2026-05-31").code == 4
    assert run("update", "T2", "--due", "2026-06-01", "--on", "2026-05-31").code == 0
    assert run("update", "T2", "--status", "done", "--done-on", "2026-06-01").code == 0
    assert (item_of(plan, "T2")["due"], item_of(plan, "T2")["done_on"]) == (
        date(2026, 6, 1),
        date(2026, 6, 1),
    )


def test_several_items_are_updated_in_one_write(run: Run, plan: Path) -> None:
    assert run("update", "t2", "B1", "T2", "--lead", "An office").code == 0
    assert (item_of(plan, "T2")["lead"], item_of(plan, "B1")["lead"]) == ("An office", "An office")
    assert [update["item"] for update in tomllib.loads(plan.read_text())["updates"]] == [
        "T1",
        "T2",
        "B1",
    ]


def test_a_fact_can_be_cleared(run: Run, plan: Path) -> None:
    out = run("update", "T1", "--clear", "due", "--clear", "tags").out
    assert "due   2026-12-31 → no due date of its own" in out
    assert item_of(plan, "T1").keys().isdisjoint({"due", "tags"})
    assert "# a summary" in plan.read_text()


def test_a_partner_or_tag_named_twice_is_kept_once(run: Run, plan: Path) -> None:
    assert (
        run(
            "update",
            "T2",
            "--partner",
            "A",
            "--partner",
            "B",
            "--partner",
            "A",
            "--tag",
            "x",
            "--tag",
            "x",
        ).code
        == 0
    )
    assert (data_of(plan)["tasks"][1]["partners"], data_of(plan)["tasks"][1]["tags"]) == (
        ["A", "B"],
        ["x"],
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(["--note", "Begun"], {"note": "Begun"}, id="note"),
        pytest.param(["--evidence", "QĐ 1"], {"evidence": ["QĐ 1"]}, id="evidence"),
        pytest.param(["--cause", "subjective"], {"cause": "subjective"}, id="cause"),
    ],
)
def test_a_text_alone_is_an_entry(
    run: Run, plan: Path, options: list[str], said: dict[str, object]
) -> None:
    assert run("update", "T2", *options).code == 0
    assert data_of(plan)["updates"][-1] == {
        "item": "T2",
        "on": clock.now().date(),
        "at": clock.now(),
        "by": "office",
        **said,
    }
    assert item_of(plan, "T2") == {"id": "T2", "title": "Roads"}


def test_what_was_written_by_hand_is_recorded_by_an_update(run: Run, plan: Path) -> None:
    plan.write_text(plan.read_text().replace("progress = 40\n\n", "progress = 60\n\n"))
    assert run("update", "T1", "--progress", "60").code == 0
    last = tomllib.loads(plan.read_text())["updates"][-1]
    assert (last["progress"], last["was"], last["found"]) == (
        60,
        {"progress": 40},
        {"progress": 60},
    )
    assert "progress  40% → 60%" in run("log").out


def test_by_defaults_to_the_name_on_the_system(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRACKER_BY")
    monkeypatch.setenv("LOGNAME", "lan")
    run("update", "T1", "--note", "x")
    assert tomllib.loads(plan.read_text())["updates"][-1]["by"] == "lan"


@pytest.mark.parametrize("name", [" ", "\udcff"])
def test_a_user_name_that_says_nothing_is_left_out(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("TRACKER_BY")
    monkeypatch.setattr("getpass.getuser", lambda: name)
    assert run("update", "T2", "--note", "x").code == 0
    assert "by" not in data_of(plan)["updates"][-1]
    assert run("undo", "--yes").code == 0


@pytest.mark.parametrize(
    "zone",
    [  # as POSIX writes them: a name of three letters or more, and how far it is behind UTC
        pytest.param("ZON-7", id="hours"),
        pytest.param("ZON-7:06:30", id="seconds-that-toml-has-not"),
        pytest.param("ZON-23:59:59", id="nearly-a-day"),
        pytest.param("ZON-24", id="a-day-that-python-has-not"),
    ],
)
def test_every_time_zone_can_be_recorded(plan: Path, zone: str) -> None:
    command = [sys.executable, "-m", "resolution_cli", "update", "T2", "--note", "x"]
    done = subprocess.run(
        command, env=os.environ | {"TZ": zone}, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert data_of(plan)["updates"][-1]["at"].tzinfo is not None


def test_an_editor_that_loses_the_history_is_caught_before_anything_is_written(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = plan.read_bytes()
    monkeypatch.setattr(
        DataText, "text", property(lambda self: self._text.partition("\n[[updates]]")[0])
    )
    with pytest.raises(AssertionError, match="does not say what was meant"):
        run("update", "B1", "--note", "x")
    monkeypatch.setattr(
        DataText, "text", property(lambda _: "updates = []\n" + PLAN.partition("\n[[updates]]")[0])
    )
    with pytest.raises(AssertionError, match="does not say what was meant"):
        run("update", "B1", "--note", "x")
    assert plan.read_bytes() == before
    assert [entry.name for entry in plan.parent.iterdir()] == ["tasks.toml"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_an_update_whose_output_cannot_be_written_is_recorded_and_exits_with_6(plan: Path) -> None:
    for words, code in ((["update", "T2", "--note", "x"], 6), (["list"], 6), (["show", "T44"], 3)):
        with Path("/dev/full").open("w") as full:
            command = [sys.executable, "-m", "resolution_cli", *words]
            done = subprocess.run(
                command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False
            )
        assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert data_of(plan)["updates"][-1]["note"] == "x"


def test_dry_run_shows_and_writes_nothing(run: Run, plan: Path) -> None:
    before = plan.read_bytes()
    result = run("update", "T2", "--progress", "10", "--dry-run")
    assert "progress  0% → 10%" in result.out
    assert "Nothing was written to tasks.toml." in result.out
    assert (result.code, plan.read_bytes()) == (0, before)
