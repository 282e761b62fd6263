"""`--output`: where files go, and do not go."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from resolution_cli.cli import delivery, main
from resolution_cli.storage.temporary import hidden_name
from tests.support import PLAN, Run, names_in, posix, uncounted


@pytest.fixture
def data(plan: Path) -> Iterator[Path]:
    """Return the folder of a plan; no command here may change that, or leave a temporary file."""
    before = plan.read_bytes()
    yield plan.parent
    assert plan.read_bytes() == before
    assert not [entry for entry in plan.parent.iterdir() if entry.name.endswith(".tracker-tmp")]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (
            ["list", "--format", "jsn"],
            2,
            "'jsn' is not a format of this command; choose one of: text, json, csv",
        ),
        (["list", "--format", "jsn"], 2, "Did you mean json?"),
        (["list", "--format", ""], 2, "'' is not a format of this command"),
        (["show", "T1", "--format", "csv"], 2, "'csv' is not a format of this command"),
        (
            ["show", "T1", "-o", "show.csv"],
            2,
            ".txt, .json, .md, .html, .docx, .xlsx, .svg, or give --format.",
        ),
        (["list", "-o", "list"], 2, "'list' is not a format of this command; use one of .txt"),
        (["list", "-o", "tasks.toml", "--format", "json", "--force"], 2, "this is a data file"),
        (
            ["list", "-o", "../{folder}/tasks.toml", "--format", "json", "--force"],
            2,
            "this is a data file",
        ),
        (["list", "--force"], 2, "--force needs --output."),
        (
            ["list", "-o", "none/list.json"],
            6,
            "none/list.json was not written: the folder does not exist.",
        ),
        (["list", "-o", "tasks.toml/list.json"], 6, "the folder does not exist."),
        (["list", "-o", "old.json"], 4, "old.json already exists and was not overwritten."),
        (["list", "-o", "folder.json"], 6, "this is not a file."),
        (["list", "-o", "folder.json", "--force"], 6, "this is not a file."),
        (["list", "-o", "pipe.json", "--force"], 6, "this is not a file."),
        (["list", "-o", "a" * 300 + ".json"], 6, "File name too long."),
        (["show", "T44", "-o", "out.json"], 3, "There is no item 'T44'."),
        (["list", "-f", "none.toml", "-o", "out.json"], 5, "there is no such file"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_nothing(
    run: Run, data: Path, words: list[str], code: int, message: str
) -> None:
    (data / "old.json").write_text("mine")
    (data / "folder.json").mkdir()
    os.mkfifo(data / "pipe.json")
    before = {entry.name for entry in data.iterdir()}
    result = run(*(word.format(folder=data.name) for word in words))
    assert (result.code, result.out) == (code, "")
    assert message in result.err
    assert "Hint: " in result.err
    assert {entry.name for entry in data.iterdir()} == before
    assert (data / "old.json").read_text() == "mine"


@pytest.mark.parametrize(
    "fault", [("open", 13), ("open", 28), ("fsync", 28), ("fsync", 5)], ids=str
)
@pytest.mark.parametrize("is_forced", [True, False], ids=["forced", "new"])
def test_a_fault_of_the_disk_leaves_no_half_file(
    run: Run,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: tuple[str, int],
    *,
    is_forced: bool,
) -> None:
    step, number = fault

    def fail(*_arguments: object) -> int:
        raise OSError(number, os.strerror(number))

    if is_forced:
        (data / "out.json").write_text("old")
    monkeypatch.setattr(os, step, fail)
    result = run("list", "-o", "out.json", *(["--force"] if is_forced else []))
    monkeypatch.undo()
    assert (result.code, result.out) == (6, "")
    assert os.strerror(number) in result.err
    assert [entry.name for entry in data.iterdir() if entry.name != "tasks.toml"] == [
        "out.json"
    ] * is_forced
    assert not is_forced or (data / "out.json").read_text() == "old"


def test_force_replaces_the_file_and_keeps_a_link(run: Run, data: Path) -> None:
    (data / "there.json").write_text("old")
    (data / "link.json").symlink_to("there.json")
    assert run("list", "-o", "link.json").code == 4
    assert run("list", "-o", "link.json", "--force").code == 0
    assert (data / "link.json").is_symlink()
    assert json.loads((data / "there.json").read_text())["schema"] == 1


def test_output_leaves_other_plans_links_and_read_only_files_alone(run: Run, data: Path) -> None:
    (data / "other.toml").write_text(PLAN, encoding="utf-8")
    (data / "loop.json").symlink_to("loop.json")
    (data / "dangling.json").symlink_to("none.json")
    (data / "fixed.json").write_text("mine")
    (data / "fixed.json").chmod(0o444)
    for name, code, message in (
        ("other.toml", 2, "this is a data file"),
        ("loop.json", 6, "this is not a file"),
        ("dangling.json", 6, "this is not a file"),
        ("fixed.json", 6, "the file is read-only"),
    ):
        result = run("list", "--format", "json", "-o", name, "--force")
        assert (result.code, message in result.err) == (code, True), name
    assert (data / "other.toml").read_text(encoding="utf-8") == PLAN
    assert (data / "fixed.json").read_text() == "mine"
    assert not (data / "none.json").exists()


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("format_name", ["docx", "xlsx"])
def test_a_binary_format_is_not_for_a_screen_but_for_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], format_name: str
) -> None:
    assert main(["report", "--format", format_name]) == 0
    assert capfdbinary.readouterr().out.startswith(b"PK")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["report", "--format", format_name]) == 2
    assert (
        f"{format_name} cannot be shown on a screen; give --output FILE."
        in capfdbinary.readouterr().err.decode()
    )


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(("format_name", "package"), [("docx", "docxtpl"), ("xlsx", "openpyxl")])
def test_without_its_package_a_format_names_the_command_that_installs_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, format_name: str, package: str
) -> None:
    monkeypatch.setattr(delivery, "find_spec", lambda _name: None)
    result = run("report", "-o", f"out.{format_name}")
    assert (result.code, result.out) == (4, "")
    assert f"{format_name} needs the package {package}, which is not installed." in result.err
    assert f"-m pip install {package}" in result.err
    assert [entry.name for entry in tmp_path.iterdir()] == ["tasks.toml"]


@posix
@pytest.mark.parametrize("force", [[], ["--force"]], ids=["new", "replaced"])
@pytest.mark.usefixtures("plan")
def test_an_output_of_the_longest_name_is_written(
    run: Run, tmp_path: Path, force: list[str]
) -> None:
    name = "n" * 250 + ".html"
    if force:
        (tmp_path / name).touch()
    assert run("report", "-o", name, *force).code == 0
    assert names_in(tmp_path) == [name, "tasks.toml"]


def test_what_a_killed_output_left_is_removed_by_the_next(run: Run, plan: Path) -> None:
    left = plan.with_name(hidden_name(Path("x.html"), ".0a1b2c3d.tracker-tmp"))
    for force in ([], ["--force"]):
        left.touch()
        assert run("report", "-o", "x.html", *force).code == 0
        assert names_in(plan.parent) == ["tasks.toml", "x.html"]


@posix
@pytest.mark.parametrize("output", ["/dev/stdout", "/dev/fd/1", "log", "link"])
def test_an_output_that_already_goes_there_is_not_replaced(plan: Path, output: str) -> None:
    log = plan.with_name("log")
    log.write_text("before\n", encoding="utf-8")
    plan.with_name("link").symlink_to("log")
    words = ["list", "--format", "csv", "-o", output, "--force"]
    command = [sys.executable, "-m", "resolution_cli", *words]
    with log.open("ab") as file:
        done = subprocess.run(
            command, stdout=file, stderr=subprocess.PIPE, env=uncounted(), check=False
        )
    assert (done.returncode, log.read_text(encoding="utf-8")) == (6, "before\n")
    assert b"was not written: the output of this command already goes there." in done.stderr
