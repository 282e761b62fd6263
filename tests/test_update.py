"""`tracker update`."""

import difflib
import os
import re
import subprocess
import sys
import tomllib
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from resolution_cli.cli import clock
from resolution_cli.cli.commands import COMMANDS
from resolution_cli.storage.document import DataText
from tests.support import PLAN, SHIPPED, Run, data_of, names_in, notes_of


def _diff(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def _item(path: Path, item_id: str) -> dict[str, object]:
    data = tomllib.loads(path.read_text())
    return next(item for item in [*data["tasks"], *data["breakthroughs"]] if item["id"] == item_id)


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


def test_every_option_lands_in_the_item_and_the_diary(run: Run, plan: Path) -> None:
    result = run(
        "update", "b1", "--lead", "Phòng Nội vụ", "--partner", "A", "--partner", "B", "--due", "30/09/2027",
        "--product", "Đề án", "--tag", "cán bộ", "--evidence", "QĐ 1", "--evidence", "QĐ 2", "--cause", "khách quan",
        "--on", "2026-11-20", "--by", "clerk",
    )  # fmt: skip
    assert (result.code, result.err) == (0, "")
    facts = {
        "due": date(2027, 9, 30),
        "lead": "Phòng Nội vụ",
        "partners": ["A", "B"],
        "product": "Đề án",
        "tags": ["cán bộ"],
    }
    assert _item(plan, "B1") == {"id": "B1", "title": "Officials", **facts}
    assert tomllib.loads(plan.read_text())["updates"][-1] == {
        "item": "B1",
        "on": date(2026, 11, 20),
        "at": clock.now(),
        "by": "clerk",
        **facts,
        "evidence": ["QĐ 1", "QĐ 2"],
        "cause": "objective",
    }


@pytest.mark.parametrize(
    "word",
    [
        "done",
        "completed",
        "Done",
        "DONE",
        "hoàn thành",
        "HOAN THANH",
        "hoan-thanh",
        "đã_hoàn_thành",
    ],
)
def test_statuses_are_forgiving_on_the_way_in(run: Run, plan: Path, word: str) -> None:
    assert run("update", "T1", "--status", word).code == 0
    assert _item(plan, "T1")["status"] == "done"


@pytest.mark.parametrize(
    ("word", "status"),
    [("in_progress", "in-progress"), ("Doing", "in-progress"), ("dang-thuc-hien", "in-progress"),
     ("todo", "not-started"), ("chưa thực hiện", "not-started"), ("vướng mắc", "blocked")],
)  # fmt: skip
def test_each_status_has_its_vietnamese_and_everyday_words(
    run: Run, plan: Path, word: str, status: str
) -> None:
    run("update", "T2", "--status", "in-progress" if status == "not-started" else "done")
    assert run("update", "T2", "--status", word, "--progress", "0", "--note", "x").code == 0
    assert _item(plan, "T2")["status"] == status


def test_done_sets_the_progress_and_the_day(run: Run, plan: Path) -> None:
    out = run("update", "T1", "--status", "done", "--on", "2026-11-01").out
    assert "progress  40% → 100%  (set automatically)" in out
    assert "done on   not done yet → 2026-11-01  (set automatically)" in out
    assert (_item(plan, "T1")["progress"], _item(plan, "T1")["done_on"]) == (100, date(2026, 11, 1))


def test_progress_moves_what_has_not_started_and_says_so(run: Run, plan: Path) -> None:
    out = run("update", "T2", "--progress", "5%").out
    assert "status    not started → in progress  (set automatically)" in out
    assert _item(plan, "T2") == {
        "id": "T2",
        "title": "Roads",
        "status": "in-progress",
        "progress": 5,
    }


def test_reopening_takes_the_day_away(run: Run, plan: Path) -> None:
    run("update", "T1", "--status", "done")
    out = run("update", "T1", "--status", "in-progress", "--progress", "90", "--note", "rework").out
    assert "done on   2026-11-24 → not done yet" in out
    assert "done_on" not in _item(plan, "T1")
    last = tomllib.loads(plan.read_text())["updates"][-1]
    assert last["was"] == {"status": "done", "progress": 100, "done_on": date(2026, 11, 24)}


def test_several_items_are_updated_in_one_write(run: Run, plan: Path) -> None:
    assert run("update", "t2", "B1", "T2", "--lead", "An office").code == 0
    assert (_item(plan, "T2")["lead"], _item(plan, "B1")["lead"]) == ("An office", "An office")
    assert [update["item"] for update in tomllib.loads(plan.read_text())["updates"]] == [
        "T1",
        "T2",
        "B1",
    ]


def test_a_fact_can_be_cleared(run: Run, plan: Path) -> None:
    out = run("update", "T1", "--clear", "due", "--clear", "tags").out
    assert "due   2026-12-31 → no due date of its own" in out
    assert _item(plan, "T1").keys().isdisjoint({"due", "tags"})
    assert "# a summary" in plan.read_text()


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


def test_an_editor_that_loses_the_diary_is_caught_before_anything_is_written(
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


def test_dry_run_shows_and_writes_nothing(run: Run, plan: Path) -> None:
    before = plan.read_bytes()
    result = run("update", "T2", "--progress", "10", "--dry-run")
    assert "progress  0% → 10%" in result.out
    assert "Nothing was written to tasks.toml." in result.out
    assert (result.code, plan.read_bytes()) == (0, before)


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
            ["T2", "T1", "--due", "2024-12-31"],
            "before the start, 2025-01-01",
            "--due",
            id="due-before-start",
        ),
        pytest.param(
            ["T1", "--note", "x", "--on", "2026-11-25"], "in the future", "--on", id="future"
        ),
        pytest.param(
            ["T1", "--note", "x", "--on", "2026-05-31"],
            "2026-06-01",
            "--on",
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


def test_the_day_of_completion_may_lie_before_the_last_update(run: Run, plan: Path) -> None:
    run("update", "T2", "--lead", "Office")
    assert run("update", "T2", "--status", "done", "--on", "2026-11-20").code == 4
    result = run(
        "update", "T2", "--status", "done", "--done-on", "2026-11-20", "--evidence", "Report 9"
    )
    assert result.code == 0
    assert "done on   not done yet → 2026-11-20\n" in result.out
    assert data_of(plan)["tasks"][1]["done_on"] == date(2026, 11, 20)
    assert run("update", "T2", "--done-on", "2026-11-19", "--note", "A slip").code == 0
    assert data_of(plan)["tasks"][1]["done_on"] == date(2026, 11, 19)


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
    ("words", "value"),
    [
        (["--status", "xong"], ("status", "done")),
        (["--status", "Chưa làm", "--lead", "A"], ("lead", "A")),
        (["--clear", "thời hạn"], ("due", None)),
    ],
)
def test_words_that_people_type_are_known(
    run: Run, plan: Path, words: list[str], value: tuple[str, str | None]
) -> None:
    item = "T1" if "--clear" in words else "T2"
    assert run("update", item, *words).code == 0
    assert data_of(plan)["tasks"][0 if item == "T1" else 1].get(value[0]) == value[1]


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("word", ["quá hạn", "chậm tiến độ", "foo"])
def test_a_word_that_is_no_status_gets_no_wrong_guess(run: Run, word: str) -> None:
    result = run("update", "T2", "--status", word)
    assert (result.code, "Did you mean" in result.err) == (2, False)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_option_is_taken_for_the_value_of_another(run: Run, plan: Path, command: str) -> None:
    before = plan.read_bytes()
    needed = {"show": ["T1"], "update": ["T1", "--progress", "5"]}.get(command, [])
    helped = run(command, "-h").out.partition("\nOptions:\n")[2]
    takers = re.findall(r"(--[a-z-]+) (?:[A-Z]+|en\|vi)(?= |$)", helped, re.MULTILINE)
    assert "--lang" in takers
    for option in takers:
        for value in ("--lang", "-h", "--", "--word", "-x", "--a=b c"):
            result = run(command, *needed, option, value)
            assert (result.code, result.out) == (2, "")
            assert f"{option} needs a value; write {option}={value}" in result.err
            assert f"`tracker {command} -h`" in result.err
    assert plan.read_bytes() == before
    assert names_in(plan.parent) == ["tasks.toml"]


@pytest.mark.parametrize(
    ("words", "note"),
    [
        (["--note=--dry-run"], "--dry-run"),
        (["--note", "-5 %"], "-5 %"),
        (["--note", "-5"], "-5"),
        (["--note", "- đã họp"], "- đã họp"),
        (["--note", "-- đã họp"], "-- đã họp"),
        (["--note", "-đã họp"], "-đã họp"),
        (["--note", "– đã họp"], "– đã họp"),
        (["--note", "“đã họp”"], "“đã họp”"),
    ],
)
def test_a_text_that_cannot_be_an_option_is_a_text(
    run: Run, plan: Path, words: list[str], note: str
) -> None:
    assert run("update", "T1", *words).code == 0
    assert notes_of(plan)[-1] == note


def test_a_name_typed_in_another_form_of_unicode_is_the_same_name(run: Run, plan: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Văn phòng")
    assert run("update", "T1", "--lead", decomposed).code == 4
    assert (
        run("update", "T2", "--lead", decomposed, "--tag", decomposed, "--note", decomposed).code
        == 0
    )
    assert unicodedata.is_normalized("NFC", plan.read_text())


@pytest.mark.parametrize("name", [" ", "\udcff"])
def test_a_user_name_that_says_nothing_is_left_out(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("TRACKER_BY")
    monkeypatch.setattr("getpass.getuser", lambda: name)
    assert run("update", "T2", "--note", "x").code == 0
    assert "by" not in data_of(plan)["updates"][-1]
    assert run("undo", "--yes").code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_what_cannot_be_told_is_recorded_all_the_same_and_said(plan: Path) -> None:
    for words, code in ((["update", "T2", "--note", "x"], 6), (["list"], 6), (["show", "T44"], 3)):
        with Path("/dev/full").open("w") as full:
            command = [sys.executable, "-m", "resolution_cli", *words]
            done = subprocess.run(
                command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False
            )
        assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert data_of(plan)["updates"][-1]["note"] == "x"


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


def test_nothing_is_written_that_could_not_be_read_again(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = plan.read_bytes()
    monkeypatch.setattr("resolution_cli.cli.update._user_name", lambda: " ")  # a fault of ours
    monkeypatch.delenv("TRACKER_BY")
    result = run("update", "T2", "--note", "x")
    assert (result.code, result.out) == (4, "")
    assert "Nothing was changed: the file could not be read afterwards." in result.err
    assert plan.read_bytes() == before


def test_the_first_day_of_the_work_is_a_day_on_which_it_can_be_due_and_done(
    run: Run, plan: Path
) -> None:
    plan.write_text(
        plan.read_text().replace('title = "Roads"', 'title = "Roads"\nstart = 2026-06-01')
    )
    assert run("update", "T2", "--due", "2026-05-31").code == 4
    assert run("update", "T2", "--due", "2026-06-01", "--on", "2026-05-31").code == 0
    assert run("update", "T2", "--status", "done", "--done-on", "2026-06-01").code == 0
    assert (_item(plan, "T2")["due"], _item(plan, "T2")["done_on"]) == (
        date(2026, 6, 1),
        date(2026, 6, 1),
    )


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
    assert _item(plan, "T2") == {"id": "T2", "title": "Roads"}
