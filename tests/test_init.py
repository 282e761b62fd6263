"""`tracker init`."""

import json
import tomllib
from pathlib import Path

import pytest

from resolution_cli import storage
from tests.support import Run, names_in


def test_a_copy_of_the_shipped_resolution_is_ready_for_work(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ward" / "data" / "tasks.toml"
    assert run("init", "ward") == (
        0,
        f"Created {path.relative_to(tmp_path)}.\nNext: tracker list --file ward/data/tasks.toml\n",
        "",
    )
    assert path.read_bytes() == storage.shipped_path().read_bytes()
    assert run("update", "T1", "--note", "x", "--file", str(path)).code == 0
    assert sorted(entry.name for entry in path.parent.iterdir()) == [
        "tasks.schema.json",
        "tasks.toml",
    ]


def test_a_blank_file_takes_items_of_any_body(run: Run, tmp_path: Path) -> None:
    assert (
        run(
            "init",
            "--blank",
            "--title",
            'Plan "2026"',
            "--start",
            "2026-01-01",
            "--end",
            "31/12/2030",
        ).code
        == 0
    )
    path = tmp_path / "data" / "tasks.toml"
    assert run("list") == (0, "The file has no items yet.\n", "")
    text = path.read_text()
    assert tomllib.loads(text)["resolution"]["title"] == 'Plan "2026"'
    commented = text.partition("without their `#`:\n#\n")[2].partition("#\n# and a")[0]
    path.write_text(text + commented.replace("# ", ""))
    assert run("update", "T1", "--status", "doing").code == 0
    assert "T1\ttask\t…\tin-progress" in run("list", "--format", "tsv").out


@pytest.mark.parametrize(
    "arguments", [[], ["--blank", "--title", "x", "--start", "2026-01-01", "--end", "2027-01-01"]]
)
def test_nothing_is_ever_overwritten(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    path = tmp_path / "data" / "tasks.toml"
    path.parent.mkdir()
    path.write_text("mine")
    result = run("init", *arguments)
    assert (result.code, result.out, path.read_text()) == (4, "", "mine")
    assert "already exists" in result.err
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    "arguments", [[], ["--blank", "--title", "x", "--start", "2026-01-01", "--end", "2027-01-01"]]
)
@pytest.mark.parametrize("folder", [[], ["."], ["../here"]])
def test_no_file_is_made_that_another_one_of_its_folder_would_hide(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    folder: list[str],
    arguments: list[str],
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "tasks.toml").rename(tmp_path / "here" / "tasks.toml")
    monkeypatch.chdir(tmp_path / "here")
    result = run("init", *folder, *arguments)
    assert (result.code, result.out) == (4, "")
    assert "tasks.toml already exists" in result.err
    assert "data/tasks.toml, which no command would see" in result.err
    assert names_in(tmp_path / "here") == ["tasks.toml"]


@pytest.mark.usefixtures("plan")
def test_a_file_below_another_folders_is_made(run: Run, tmp_path: Path) -> None:
    assert run("init", "a b").out.endswith("Next: tracker list --file 'a b/data/tasks.toml'\n")
    assert (tmp_path / "a b" / "data" / "tasks.toml").exists()


def test_a_file_that_the_environment_passes_over_is_named_by_its_path(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_FILE", "elsewhere.toml")
    assert run("init").out.endswith("Next: tracker list --file data/tasks.toml\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(
            ["--blank", "--title", "x"], "--blank needs --title, --start and --end", id="incomplete"
        ),
        pytest.param(["--title", "x"], "need --blank", id="without-blank"),
        pytest.param(
            ["--blank", "--title", "x", "--start", "2027-01-01", "--end", "2026-01-01"],
            "before it starts",
            id="reversed",
        ),
    ],
)
def test_a_wrong_command_line_makes_nothing(
    run: Run, tmp_path: Path, arguments: list[str], says: str
) -> None:
    result = run("init", *arguments)
    assert (result.code, result.out) == (2, "")
    assert says in result.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("init", "file")
    assert (result.code, result.out) == (6, "")
    assert "file/data/tasks.toml" in result.err


def test_the_schema_of_a_new_file_explains_its_keys_in_the_active_language(
    run: Run, tmp_path: Path
) -> None:
    run("init", "--lang", "vi")
    schema = json.loads((tmp_path / "data" / "tasks.schema.json").read_text(encoding="utf-8"))
    lead = schema["$defs"]["Task"]["properties"]["lead"]
    assert lead["description"] == "Đơn vị chủ trì, chịu trách nhiệm về nhiệm vụ."
