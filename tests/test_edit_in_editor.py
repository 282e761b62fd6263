"""`tracker edit` without an id: the whole file in an editor, here a program of the test."""

import sys
from pathlib import Path

import pytest

from resolution_cli.cli import editor as editors
from tests.support import CHANGED_MEANWHILE, PLAN, Run, posix


@pytest.fixture(autouse=True)
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that copies are made in."""
    folder = tmp_path / "copies"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of the editor, a program of Python that gets the path of the copy."""
    script = tmp_path / "my editor.py"
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')
    return script


def _program(body: str) -> str:
    return f"import sys\nfrom pathlib import Path\ncopy = Path(sys.argv[1])\n{body}\n"


def _replacing(old: str, new: str) -> str:
    change = f"copy.read_bytes().replace({old.encode()!r}, {new.encode()!r})"
    return _program(f"copy.write_bytes({change})")


def _kept(folder: Path) -> str:
    (copy,) = folder.glob("*/tasks.toml")
    return copy.read_text(encoding="utf-8")


def test_what_comes_back_sound_replaces_the_file_and_its_copy_is_gone(
    run: Run, plan: Path, editor: Path, copies: Path
) -> None:
    plan.chmod(0o640)
    editor.write_text(_replacing('"Roads"', '"Bridges"'), encoding="utf-8")
    assert run("edit") == (0, "Written to tasks.toml.\n", "")
    assert plan.read_text(encoding="utf-8") == PLAN.replace('"Roads"', '"Bridges"')
    assert plan.stat().st_mode & 0o777 == 0o640
    assert [*copies.iterdir()] == []


def test_what_check_finds_in_it_is_said_and_it_is_written(
    run: Run, plan: Path, editor: Path
) -> None:
    editor.write_text(_replacing("progress = 40 ", "progress = 50 "), encoding="utf-8")
    plan.write_text(PLAN.replace("progress = 40\n\n", "progress = 40 #\n\n"), encoding="utf-8")
    result = run("edit")
    assert result.code == 0
    assert result.out.startswith("Written to tasks.toml.\nErrors: 1\n  tasks.toml:18: T1, progress")
    assert "Advice" not in result.out
    assert "progress = 50 #" in plan.read_text(encoding="utf-8")


def test_an_unchanged_copy_leaves_the_file_alone(
    run: Run, plan: Path, editor: Path, copies: Path
) -> None:
    before = plan.stat()
    editor.write_text(_program(""), encoding="utf-8")
    assert run("edit") == (0, "Nothing was edited in tasks.toml.\n", "")
    assert (plan.stat().st_ino, plan.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [*copies.iterdir()] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Roads"', "Roads", "line 23: a text without quotes"),
        ("schema = 1", "schema = 2", "line 2: schema: found 2, expected 1"),
        ('id = "T2"', 'id = "t1"', "line 22: t1, id: an earlier item has this id"),
        ("due = 2026", "duo = 2026", "line 15: T1, duo: this key is not known"),
        ('title = "Roads"', 'title = "a\x00"', "line 23"),
    ],
    ids=["no TOML", "another schema", "id twice", "key unknown", "control character"],
)
def test_what_comes_back_broken_is_named_by_line_and_kept(  # noqa: PLR0913, PLR0917  # all is given
    run: Run, plan: Path, editor: Path, copies: Path, old: str, new: str, said: str
) -> None:
    editor.write_text(_replacing(old, new), encoding="utf-8")
    result = run("edit")
    assert (result.code, result.out) == (5, "")
    assert said in result.err
    (folder,) = copies.iterdir()
    assert result.err.endswith(
        f"Nothing was changed. What you wrote is kept in {folder / 'tasks.toml'}.\n"
    )
    assert plan.read_bytes() == PLAN.encode()
    assert _kept(copies) == PLAN.replace(old, new)


def test_a_broken_file_can_be_mended(run: Run, plan: Path, editor: Path) -> None:
    plan.write_text(PLAN.replace('"Roads"', "Roads"), encoding="utf-8")
    editor.write_text(_replacing("Roads", '"Roads"'), encoding="utf-8")
    assert run("edit") == (0, "Written to tasks.toml.\n", "")
    assert plan.read_text(encoding="utf-8") == PLAN


def test_a_file_that_changed_meanwhile_is_not_replaced(
    run: Run, plan: Path, editor: Path, copies: Path
) -> None:
    change = f"Path({str(plan)!r}).write_text('schema = 1')"
    editor.write_text(_replacing('"Roads"', '"Bridges"') + change, encoding="utf-8")
    result = run("edit")
    assert result.code == 6
    assert result.err.startswith(CHANGED_MEANWHILE)
    assert "What you wrote is kept in " in result.err
    assert plan.read_text(encoding="utf-8") == "schema = 1"
    assert '"Bridges"' in _kept(copies)


def test_an_editor_that_fails_changes_nothing(
    run: Run, plan: Path, editor: Path, copies: Path
) -> None:
    editor.write_text(_replacing('"Roads"', '"Bridges"') + "sys.exit(3)", encoding="utf-8")
    result = run("edit")
    assert (result.code, plan.read_bytes()) == (4, PLAN.encode())
    assert " ended with code 3.\nHint: Nothing was changed. What you wrote is kept" in result.err
    assert '"Bridges"' in _kept(copies)


def test_an_editor_that_fails_and_wrote_nothing_leaves_no_copy(
    run: Run, plan: Path, editor: Path, copies: Path
) -> None:
    editor.write_text("raise SystemExit(1)", encoding="utf-8")
    result = run("edit")
    assert (result.code, plan.read_bytes()) == (4, PLAN.encode())
    assert "kept" not in result.err
    assert [*copies.iterdir()] == []


@pytest.mark.usefixtures("plan")
def test_visual_comes_before_editor(
    run: Run, editor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.write_text(_program(""), encoding="utf-8")
    monkeypatch.setenv("VISUAL", "/no/such/editor --wait")
    result = run("edit")
    assert (result.code, result.err) == (
        4,
        (
            "Error: The editor /no/such/editor cannot be started: No such file or directory.\n"
            "Hint: Set $VISUAL or $EDITOR to the command of your editor.\n"
        ),
    )
    monkeypatch.setenv("VISUAL", "  ")
    assert run("edit").code == 0
    monkeypatch.setenv("VISUAL", 'vi "')
    assert "$VISUAL is no command: vi" in run("edit").err


@pytest.mark.usefixtures("plan")
def test_without_an_editor_the_variables_are_named(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editors, "_EDITORS", ("no-such-editor",))
    assert run("edit") == (
        4,
        "",
        (
            "Error: There is no editor: neither $VISUAL nor $EDITOR is set.\n"
            "Hint: Set one of them to the command of your editor, such as `nano`.\n"
        ),
    )


@posix
def test_the_copy_is_for_its_writer_alone(
    run: Run, plan: Path, editor: Path, tmp_path: Path
) -> None:
    plan.chmod(0o644)
    seen = tmp_path / "seen"
    modes = f"Path({str(seen)!r}).write_text(oct(copy.parent.stat().st_mode & 0o777))"
    editor.write_text(_program(modes), encoding="utf-8")
    assert run("edit").code == 0
    assert seen.read_text(encoding="utf-8") == "0o700"


@posix
def test_a_link_stays_one(run: Run, plan: Path, editor: Path, tmp_path: Path) -> None:
    editor.write_text(_replacing('"Roads"', '"Bridges"'), encoding="utf-8")
    (tmp_path / "link.toml").symlink_to(plan)
    assert run("edit", "--file", "link.toml").code == 0
    assert (tmp_path / "link.toml").is_symlink()
    assert '"Bridges"' in plan.read_text(encoding="utf-8")


@posix
def test_ctrl_c_is_for_the_editor(run: Run, plan: Path, editor: Path) -> None:
    press = "import os, signal, time\nos.kill(os.getppid(), signal.SIGINT)\ntime.sleep(0.2)\n"
    editor.write_text(press + _replacing('"Roads"', '"Bridges"'), encoding="utf-8")
    assert run("edit") == (0, "Written to tasks.toml.\n", "")
    assert '"Bridges"' in plan.read_text(encoding="utf-8")


@pytest.mark.usefixtures("editor")
def test_without_room_for_a_copy_nothing_is_started(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(plan))
    result = run("edit")
    assert (result.code, plan.read_bytes()) == (6, PLAN.encode())
    assert "tasks.toml was not written" in result.err


def test_without_a_data_file_there_is_nothing_to_edit(run: Run, editor: Path) -> None:
    editor.write_text(_program(""), encoding="utf-8")
    assert run("edit").code == 5
    assert run("edit", "--file", "none.toml").code == 5


def test_an_editor_that_removes_the_copy_changes_nothing(
    run: Run, plan: Path, editor: Path, copies: Path
) -> None:
    editor.write_text(_program("copy.unlink()"), encoding="utf-8")
    result = run("edit")
    assert (result.code, result.out) == (4, "")
    assert "Error: The editor left no file " in result.err
    assert "kept" not in result.err
    assert [*copies.iterdir()] == []
    assert plan.read_text(encoding="utf-8") == PLAN


def test_a_file_that_is_gone_meanwhile_is_named_and_the_copy_is_kept(
    run: Run, plan: Path, editor: Path, copies: Path
) -> None:
    change = _replacing('"Roads"', '"Bridges"')
    editor.write_text(f"{change}Path({str(plan)!r}).unlink()\n", encoding="utf-8")
    result = run("edit")
    assert (result.code, plan.exists()) == (5, False)
    assert result.err.startswith("Error: tasks.toml: there is no such file.\n")
    assert '"Bridges"' in _kept(copies)
