"""`tracker undo` after `add` and `edit`: the file is as it was before them, byte for byte."""

import sys
from pathlib import Path

import pytest

from tests.support import PLAN, Run, data_of, item_of, posix

COMMANDS = (
    ("add", "task", "Night market", "--lead", "A"),
    ("add", "milestone", "Site", "--of", "T2"),
    ("add", "target", "Poor", "--plan", "2027=0,9"),
    ("edit", "T1", "--title", "x", "--start", "2025-02-01"),
    ("edit", "T1", "--clear", "summary"),
)


def _each(content: bytes) -> list[bytes]:
    return [content, content.replace(b"\n", b"\r\n"), content.rstrip()]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_undo_gives_back_every_byte_and_redo_the_change(
    run: Run, plan: Path, words: tuple[str, ...]
) -> None:
    for content in _each(PLAN.encode()):
        plan.write_bytes(content)
        assert run(*words).code == 0
        changed = plan.read_bytes()
        result = run("undo", "--yes")
        assert (result.code, plan.read_bytes()) == (0, content), result.err
        assert result.out.endswith("Undone in tasks.toml.\n")
        assert run("undo", "--redo").code == 0
        assert plan.read_bytes() == changed
        assert run("undo", "--yes").code == 0
        assert plan.read_bytes() == content


def test_undo_shows_what_it_takes_out_and_what_it_restores(run: Run, plan: Path) -> None:
    assert run("add", "task", "Night market").code == 0
    assert run("edit", "T2", "--title", "Bridges").code == 0
    assert run("undo", "--yes").out == (
        "T2  Bridges\n  title  Bridges → Roads\nUndone in tasks.toml.\n"
    )
    result = run("undo")
    assert (result.code, item_of(plan, "T3")["title"]) == (4, "Night market")
    assert result.out == "T3  Night market\nUndoing takes it out of the plan.\n"
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == PLAN.encode()


def test_several_commands_are_undone_one_after_the_other(run: Run, plan: Path) -> None:
    states = []
    commands = (*COMMANDS, ("update", "T3", "--note", "x"), ("edit", "C1", "--unit", "%"))
    for words in commands:
        states.append(plan.read_bytes())
        assert run(*words).code == 0
    for state in reversed(states):
        assert run("undo", "--yes").code == 0
        assert plan.read_bytes() == state


def test_with_an_id_an_entry_of_the_history_is_undone(run: Run, plan: Path) -> None:
    assert run("add", "task", "Night market").code == 0
    assert run("undo", "T1", "--yes").code == 0
    assert "updates" not in data_of(plan)
    assert item_of(plan, "T3")["title"] == "Night market"
    assert run("undo", "T3", "--yes").code == 4


def test_what_was_changed_since_is_not_lost(run: Run, plan: Path) -> None:
    assert run("add", "task", "Night market").code == 0
    plan.write_bytes(plan.read_bytes() + b"# mine\n")
    assert "T1" in run("undo").out  # the last update that the history has
    assert b"# mine\n" in plan.read_bytes()


def test_an_edit_in_an_editor_is_undone(
    run: Run, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text("import sys\nopen(sys.argv[1], 'a').write('# mine\\n')\n")
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')
    assert run("edit").code == 0
    assert plan.read_bytes() == PLAN.encode() + b"# mine\n"
    assert run("undo", "--yes").out == (
        "Undoing gives the file its content of before `tracker edit`.\nUndone in tasks.toml.\n"
    )
    assert plan.read_bytes() == PLAN.encode()


def test_a_file_that_was_mended_in_an_editor_is_not_broken_again(
    run: Run, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(f"import sys\nopen(sys.argv[1], 'w').write({PLAN!r})\n", encoding="utf-8")
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" -X utf8 "{script}"')
    plan.write_text("schema = ", encoding="utf-8")
    assert run("edit").code == 0
    assert run("undo", "--yes").out.endswith("Undone in tasks.toml.\n")  # the last update
    assert 'title = "Roads"' in plan.read_text(encoding="utf-8")


def test_without_a_place_for_it_nothing_is_kept_and_the_command_works(
    run: Run, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert run("add", "task", "Night market").code == 0
    assert "T1" in run("undo").out
    assert b"Night market" in plan.read_bytes()


@posix
def test_the_oldest_of_many_are_forgotten(
    run: Run, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for number in range(23):
        assert run("edit", "T2", "--title", f"Roads {number}").code == 0
    (folder,) = (tmp_path / "state" / "resolution-cli" / "undo").iterdir()
    assert len([*folder.iterdir()]) == 20
    assert folder.stat().st_mode & 0o777 == 0o700
    assert run("undo", "--yes").code == 0
    assert item_of(plan, "T2")["title"] == "Roads 21"
