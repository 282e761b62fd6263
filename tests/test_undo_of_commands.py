"""`tracker undo` of a whole command, in the order of recording, and `tracker undo --redo`."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from resolution_cli.cli import clock
from tests.support import NOW, PLAN, Run, data_of, posix

_STATE = "XDG_STATE_HOME"


def _kept() -> list[Path]:
    return [path for path in Path(os.environ[_STATE]).rglob("*") if path.is_file()]


@pytest.mark.parametrize("others", [[], ["--note", "x"]], ids=["alone", "after-others"])
def test_undo_takes_back_all_entries_of_the_last_command(
    run: Run, plan: Path, others: list[str]
) -> None:
    if others:
        for item_id in ("T2", "T1"):
            run("update", item_id, *others)
    before = plan.read_bytes()
    assert run("update", "T2", "T1", "B1", "--lead", "Office", "--due", "2027-01-31").code == 0
    entries = data_of(plan)["updates"][-3:]
    assert len({entry["command"] for entry in entries}) == 1
    result = run("undo", "--yes")
    assert [line for line in result.out.splitlines() if line.startswith("The last")] == [
        "The last update of T2, Roads:",
        "The last update of T1, Digital transformation:",
        "The last update of B1, Officials:",
    ]
    assert "\n\n3 entries in all.\n" in result.out
    assert plan.read_bytes() == before


def test_two_commands_in_one_second_are_undone_one_after_the_other(run: Run, plan: Path) -> None:
    contents = [plan.read_bytes()]
    for words in (["T2", "T1"], ["B1"], ["T1", "B1"], ["T2"]):
        assert run("update", *words, "--lead", "-".join(words)).code == 0
        contents.append(plan.read_bytes())
    for content in reversed(contents[:-1]):
        assert run("undo", "--yes").code == 0
        assert plan.read_bytes() == content


def test_a_single_entry_is_written_as_ever(run: Run, plan: Path) -> None:
    run("update", "T2", "--lead", "Office")
    run("update", "T1", "--lead", "Office", "--on", "2026-07-01")
    for entry in data_of(plan)["updates"]:
        assert entry.keys().isdisjoint({"command", "after"})


def test_undo_of_one_item_takes_its_last_recorded_entry_also_from_a_command_of_several(
    run: Run, plan: Path
) -> None:
    run("update", "T2", "--progress", "30", "--on", "2026-10-31")
    run("update", "T2", "T1", "--tag", "x", "--on", "2026-10-10")
    assert run("undo", "t2", "--yes").code == 0
    assert [(entry["item"], str(entry["on"])) for entry in data_of(plan)["updates"]] == [
        ("T1", "2026-06-01"),
        ("T2", "2026-10-31"),
        ("T1", "2026-10-10"),
    ]


def test_an_entry_is_the_last_also_if_the_clock_of_its_computer_is_behind(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("update", "T2", "--lead", "Office")
    before = plan.read_bytes()
    monkeypatch.setattr(clock, "now", lambda: NOW - timedelta(minutes=5))
    run("update", "B1", "--lead", "Office")
    assert str(data_of(plan)["updates"][-1]["after"]) == str(NOW)
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == before


def test_a_late_entry_before_one_without_a_time_is_the_last_recorded(run: Run, plan: Path) -> None:
    entry = '\n[[updates]]\nitem = "T1"\non = 2026-10-31\nnote = "by hand"\n'
    plan.write_text(PLAN + entry, encoding="utf-8")
    before = plan.read_bytes()
    run("update", "T1", "--note", "late", "--on", "2026-10-01")
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == before


@pytest.mark.parametrize(
    "facts",
    [
        'status = "done"\nprogress = 100\ndone_on = 2026-05-01\nlead = "x"\n',
        'done_on = 2026-05-01\n\n# state\n\nstatus = "done"\n# all\nprogress = 100\nlead = "x"\n',
        (
            'lead = "x"\n# the day\n\ndone_on = 2026-05-01\n\n# state\nstatus = "done"\n'
            "progress = 100\n"
        ),
        (
            'title.vi = "Đường"\ndone_on = 2026-05-01\ntitle.en = """two\nlines"""\nlead = "x"\n'
            'status = "done"\nprogress = 100\n\n# end\n\n'
        ),
        'status = "done"\nprogress = 100\nlead = "x"\n\n# last\ndone_on = 2026-05-01\n',
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_what_was_taken_out_of_the_plan_is_put_back_where_it_stood(
    run: Run, plan: Path, facts: str, end: str
) -> None:
    title = "" if "title" in facts else 'title = "Roads"\n'
    text = PLAN.partition("# The history.")[0].replace('title = "Roads"\n', title + facts)
    plan.write_bytes(text.replace("\n", end).encode())
    contents = [plan.read_bytes()]
    for words in (
        ["--status", "in-progress", "--progress", "40"],
        ["--clear", "lead", "--due", "2027-01-31"],
    ):
        assert run("update", "T2", *words).code == 0
        contents.append(plan.read_bytes())
    for content in reversed(contents[:-1]):
        assert run("undo", "--yes").code == 0
        assert plan.read_bytes() == content


def test_redo_brings_back_what_the_last_undo_took(run: Run, plan: Path) -> None:
    run("update", "T2", "T1", "--lead", "Office", "--note", "as decided")
    after = plan.read_bytes()
    run("undo", "--yes")
    result = run("undo", "--redo")
    assert (result.code, result.err) == (0, "")
    assert result.out.endswith("Redone in tasks.toml.\n")
    assert result.out.count("as decided") == 2
    assert plan.read_bytes() == after
    assert _kept() == []
    assert run("undo", "--yes").code == 0
    assert run("undo", "--redo").code == 0
    assert plan.read_bytes() == after


@pytest.mark.parametrize("change", ["none", "update", "by-hand"])
def test_redo_is_refused_where_nothing_was_undone_or_something_came_between(
    run: Run, plan: Path, change: str
) -> None:
    if change != "none":
        run("update", "T2", "--lead", "Office")
        run("undo", "--yes")
    if change == "update":
        run("update", "B1", "--lead", "Office")
    if change == "by-hand":
        plan.write_text(plan.read_text() + "# a remark\n")
    before = plan.read_bytes()
    result = run("undo", "--redo")
    assert (result.code, result.out, plan.read_bytes()) == (4, "", before)
    assert "There is no undo to take back" in result.err
    assert run("undo", "T2", "--redo").code == 2


def test_redo_goes_by_the_file_not_by_the_name_it_is_reached_by(
    run: Run, plan: Path, tmp_path: Path
) -> None:
    run("update", "T2", "--lead", "Office")
    after = plan.read_bytes()
    other = tmp_path / "other.toml"
    other.write_bytes(after)
    assert run("undo", "--yes").code == 0
    assert run("undo", "--yes", "-f", str(other)).code == 0
    assert len(_kept()) == 2
    link = tmp_path / "link.toml"
    link.symlink_to(plan)
    assert run("undo", "--redo", "-f", str(link)).code == 0
    assert (plan.read_bytes(), link.is_symlink()) == (after, True)
    assert other.read_bytes() != after


@posix
def test_what_is_kept_for_redo_is_the_users_alone(run: Run, plan: Path) -> None:
    run("update", "T2", "--lead", "Office")
    run("undo", "--yes")
    (kept,) = _kept()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert plan.name not in kept.name


def test_undo_works_where_nothing_can_be_kept_and_says_that_there_is_no_redo(
    run: Run, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = plan.read_bytes()
    run("update", "T2", "--lead", "Office")
    (tmp_path / "file").touch()
    monkeypatch.setenv(_STATE, str(tmp_path / "file"))
    result = run("undo", "--yes")
    assert (result.code, plan.read_bytes()) == (0, before)
    assert result.err.startswith("--redo will not be able to bring it back: ")
    assert run("undo", "--redo").code == 4
