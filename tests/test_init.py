"""`tracker init`."""

import json
import tomllib
from pathlib import Path

import pytest

from resolution_cli import storage
from resolution_cli.storage.new_file import COMMENTS
from resolution_cli.storage.statements import lexemes
from tests.support import SHIPPED, Run, data_of, names_in

_BLANK = ("--blank", "--title", "x", "--start", "2026-01-01", "--end", "2027-01-01")


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


def _comments(text: str) -> list[str]:
    """Return the lines of the comments of a TOML `text`, without what begins them."""
    found = (token[0] for token in lexemes(text) if token[0].startswith("#"))
    return [comment.removeprefix("#").removeprefix(" ").rstrip("\r") for comment in found]


def _statements(text: str) -> list[str]:
    """Return the lines of a TOML `text` without comments, those that say something."""
    bare = "".join(token[0] for token in lexemes(text) if not token[0].startswith("#"))
    return [line for line in bare.splitlines() if line.strip()]


@pytest.mark.parametrize("arguments", [[], [*_BLANK]], ids=["copy", "blank"])
def test_a_new_file_has_comments_in_the_readers_language_and_the_same_data_in_every_language(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setattr(storage, "shipped_path", lambda: SHIPPED)
    paths = {language: tmp_path / language / "data" / "tasks.toml" for language in ("en", "vi")}
    for language in paths:
        assert run("init", language, *arguments, "--lang", language).code == 0
    english, vietnamese = (path.read_bytes().decode() for path in paths.values())

    assert "# Nghị quyết và kế hoạch thực hiện ở phần đầu" in vietnamese
    assert _statements(vietnamese) == _statements(english)
    assert data_of(paths["vi"]) == data_of(paths["en"])
    in_both = set(_comments(vietnamese)) & set(_comments(english))
    assert {line for line in in_both if not _is_code(line)} == set()
    assert run("check", "--file", str(paths["vi"])).code == 0
    assert (
        run("update", "T1", "--note", "x", "--file", str(paths["vi"])).code == bool(arguments) * 3
    )


def _is_code(comment: str) -> bool:
    """Say whether a line of a comment has no words: a rule, a schema, or TOML by itself."""
    if comment.startswith((":schema", "---")):
        return True
    try:
        tomllib.loads(comment)
    except tomllib.TOMLDecodeError:
        return False
    return True


def test_every_comment_of_the_shipped_file_can_be_translated() -> None:
    shipped = set(_comments(SHIPPED.read_text(encoding="utf-8")))
    known = {line for comment in COMMENTS for line in comment.split("\n")}
    assert {line for line in shipped - known if not _is_code(line)} == set()
    assert known - shipped == set()


@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_a_copy_changes_nothing_but_comments_that_it_knows(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: bytes
) -> None:
    source = tmp_path / "source.toml"
    lines = [
        b"# Edit this file with any text editor; `tracker` keeps comments and layout as they are.",
        b"# a comment of an office, \xff, # The two breakthroughs",
        b'x = "a value" # an assumption',
        b"",
    ]
    source.write_bytes(end.join(lines))
    monkeypatch.setattr(storage, "shipped_path", lambda: source)
    assert run("init", "new", "--lang", "vi").code == 0
    copied = (tmp_path / "new" / "data" / "tasks.toml").read_bytes()
    assert copied.endswith(end.join(lines[1:]))
    assert "# Có thể sửa tệp này".encode() in copied
    assert copied.count(b"\r\n") == (copied.count(b"\n") if end == b"\r\n" else 0)


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


def test_a_folder_that_cannot_be_made_is_an_error(run: Run, tmp_path: Path) -> None:
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
