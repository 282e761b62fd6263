"""The files of `tests/samples`: a valid one is read and kept, a broken one refused and kept.

A file of `broken/` begins with comments that say what the message about it must be. `# expect:` is
one problem, as it is written behind the name of the file; there are as many problems as such lines.
`# shows:` is any other part of the message, `# hint:` a part of the hint, `# vi:` the problem in
Vietnamese, which every file that is not TOML has.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from resolution_cli.cli import clock
from resolution_cli.storage import syntax
from resolution_cli.storage.syntax import DAMAGES, Damage
from tests.support import LATER, NOW, PLAN, SAMPLES, WARD, Run

_VALID = sorted((SAMPLES / "valid").glob("*.toml"))
_BROKEN = sorted((SAMPLES / "broken").glob("*.toml"))

_COMMANDS = [
    pytest.param(["list"], id="list"),
    pytest.param(["show", "T1"], id="show"),
    pytest.param(["report"], id="report"),
    pytest.param(["update", "T1", "--note", "y"], id="update"),
]

valid_samples = pytest.mark.parametrize(
    "sample", [pytest.param(path, id=path.stem) for path in _VALID]
)
broken_samples = pytest.mark.parametrize(
    "sample", [pytest.param(path, id=path.stem) for path in _BROKEN]
)
every_command = pytest.mark.parametrize("command", _COMMANDS)


def test_the_samples_have_the_bytes_that_make_them_special() -> None:
    content = {path.stem: path.read_bytes() for path in _VALID}
    assert len(_VALID) >= 12
    assert len(_BROKEN) >= 50
    # A checkout that changes line endings (no `-text` in .gitattributes) would make these useless.
    assert content["byte-order-mark"].startswith(b"\xef\xbb\xbf")
    assert content["crlf"].count(b"\n") == content["crlf"].count(b"\r\n")
    assert (
        0
        < content["mixed-line-endings"].count(b"\r\n")
        < content["mixed-line-endings"].count(b"\n") / 2
    )
    assert content["mostly-crlf"].count(b"\n") / 2 < content["mostly-crlf"].count(b"\r\n")
    assert content["mostly-crlf"].count(b"\r\n") < content["mostly-crlf"].count(b"\n")
    assert not content["no-final-newline"].endswith(b"\n")


def test_the_ward_has_what_it_says_and_no_error_after_its_last_entry(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _data(WARD.read_bytes())
    items = [*data["tasks"], *data["breakthroughs"]]
    milestones = [each for item in items for each in item.get("milestones", [])]
    counts = [len(data[name]) for name in ("tasks", "breakthroughs", "targets")]
    assert (*counts, len(milestones)) == (8, 2, 15, 41)
    assert "invented" in WARD.read_text(encoding="utf-8").splitlines()[1]
    monkeypatch.setattr(clock, "now", lambda: LATER)
    result = run("check", "--file", str(WARD))
    assert (result.code, result.err, "Errors" in result.out) == (0, "", False)


@valid_samples
def test_every_item_of_a_valid_file_is_listed(run: Run, sample: Path) -> None:
    result = run("list", "--format", "tsv", "-f", str(sample))
    data = _data(sample.read_bytes())
    ids = [item["id"] for name in ("tasks", "breakthroughs") for item in data.get(name, [])]
    assert (result.code, result.err) == (0, "")
    assert [line.split("\t")[0] for line in result.out.splitlines()[1:]] == ids


@valid_samples
def test_a_note_adds_one_entry_and_leaves_every_line_as_it_was(
    run: Run, tmp_path: Path, sample: Path
) -> None:
    path = tmp_path / "tasks.toml"
    old = sample.read_bytes()
    path.write_bytes(old)
    meant = _data(old)
    item_id = (meant.get("tasks") or meant["breakthroughs"])[0]["id"]
    meant.setdefault("updates", []).append(
        {"item": item_id, "on": NOW.date(), "at": NOW, "by": "An", "note": "x"}
    )

    assert run("update", item_id, "--note", "x", "--by", "An").code == 0
    new = path.read_bytes()

    assert _data(new) == meant
    # A last line without a line ending gets one; a history on one line is that line.
    kept = [line for line in old.splitlines(keepends=True) if line != b"updates = []\n"]
    if not old.endswith(b"\n"):
        kept[-1] += b"\r\n" if old.count(b"\r\n") * 2 > old.count(b"\n") else b"\n"
    assert _missing(kept, new.splitlines(keepends=True)) == []
    assert new.startswith(b"\xef\xbb\xbf") == old.startswith(b"\xef\xbb\xbf")
    assert new.endswith(b"\n") == old.endswith(b"\n")
    if b"updates = [" not in old:
        assert new.startswith(b"".join(kept))  # everything new is behind everything old
    if old.count(b"\r\n") in {0, old.count(b"\n")}:
        assert new.count(b"\r\n") in {0, new.count(b"\n")}
    assert [entry.name for entry in tmp_path.iterdir()] == ["tasks.toml"]


@every_command
@broken_samples
def test_a_broken_file_is_refused_with_all_that_is_wrong_and_left_alone(
    run: Run, tmp_path: Path, sample: Path, command: list[str]
) -> None:
    said = _said_of(sample)
    path = tmp_path / "tasks.toml"
    path.write_bytes(sample.read_bytes())

    result = run(*command, "-f", str(path))

    message, _, hint = result.err.partition("Hint: ")
    assert (result.code, result.out) == (5, "")
    assert [text for text in said["expect"] if f"{path}: {text}" not in message] == []
    assert message.count(f"{path}: ") == len(said["expect"])
    assert [text for text in said["shows"] if text not in message] == []
    assert [text for text in said["hint"] if text not in hint] == []
    assert path.read_bytes() == sample.read_bytes()
    assert [entry.name for entry in tmp_path.iterdir()] == ["tasks.toml"]


@broken_samples
def test_what_is_no_toml_is_explained_in_vietnamese(run: Run, sample: Path) -> None:
    said = _said_of(sample)
    assert said["vi"] or not sample.stem.startswith("toml-")
    for command in ("list", "check"):
        result = run(command, "-f", str(sample), "--lang", "vi")
        shown = (result.out + result.err).replace(f"{sample}:", f"{sample}: dòng ")
        assert [text for text in said["vi"] if text.partition(": ")[2] not in shown] == []
        assert " expected " not in shown
        assert "TOML parse error" not in shown


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.message)
def test_every_damage_that_is_known_is_that_of_a_sample(damage: Damage) -> None:
    problems = [problem for sample in _BROKEN for problem in _said_of(sample)["expect"]]
    alone = "a carriage return without a line feed"  # git would not keep it in a sample
    assert damage.message == alone or any(p.endswith(damage.message) for p in problems)


def test_what_is_not_known_is_shown_as_the_parser_says_it(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syntax, "DAMAGES", ())
    plan.write_text(PLAN.replace('"Roads"', "Roads"))
    reason = "string values must be quoted, expected literal string"
    assert run("list").err.startswith(
        f"Error: tasks.toml: line 23: this is not TOML; the parser says: {reason}\n"
        "       23 | title = Roads\n          |         ^^^^^\n"
    )
    assert f"không phải là TOML; bộ đọc TOML báo: {reason}\n" in run("list", "--lang", "vi").err


@every_command
@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"", ["the file is empty"], id="empty"),
        pytest.param(b"\n \r\n\t\n", ["the file is empty"], id="blank"),
        pytest.param(b"\xef\xbb\xbf", ["the file is empty"], id="only-a-byte-order-mark"),
        pytest.param(b"# a comment\n", ["schema: missing"], id="only-a-comment"),
        pytest.param(
            PLAN.replace("Roads", "Đường").encode("cp1258", "replace"),
            ["line 11: this is not UTF-8 text"],
            id="cp1258",
        ),
        pytest.param(PLAN.encode("utf-16"), ["this is UTF-16 text"], id="utf-16"),
        pytest.param(
            PLAN.encode("utf-16-le"), ["this is UTF-16 text"], id="utf-16-le-without-a-mark"
        ),
        pytest.param(
            PLAN.encode("utf-16-be"), ["this is UTF-16 text"], id="utf-16-be-without-a-mark"
        ),
        pytest.param(
            PLAN.encode()[:-4] + b"\xe1\xbb",
            ["line 39: this is not UTF-8 text"],
            id="cut-inside-a-letter",
        ),
        pytest.param(
            PLAN.replace("Roads", "Ro\0ads").encode(), ["line 23: a zero byte (NUL)"], id="nul"
        ),
        pytest.param(
            PLAN.replace("\n", "\r").encode(), ["line 1: a carriage return"], id="cr-alone"
        ),
        pytest.param(
            PLAN.replace("\n", "\r\r\n").encode(), ["line 1: a carriage return"], id="cr-cr-lf"
        ),
        pytest.param(
            PLAN.encode() + b"\0" * 5000, ["line 40: a zero byte (NUL)"], id="nul-at-the-end"
        ),
        pytest.param(b"\0" * 100, ["line 1: a zero byte (NUL)"], id="only-nul"),
    ],
)
def test_a_file_that_can_carry_no_comment_is_refused_and_left_alone(
    run: Run, plan: Path, command: list[str], content: bytes, says: list[str]
) -> None:
    plan.write_bytes(content)
    result = run(*command)
    assert (result.code, result.out) == (5, "")
    assert [text for text in says if text not in result.err] == []
    assert result.err.count("tasks.toml: ") == len(says)
    assert "\0" not in result.err
    assert plan.read_bytes() == content
    assert [entry.name for entry in plan.parent.iterdir()] == ["tasks.toml"]


def _data(content: bytes) -> dict[str, Any]:
    return tomllib.loads(content.decode("utf-8-sig"))


def _said_of(sample: Path) -> dict[str, list[str]]:
    """Return what the first lines of a broken sample demand, by `expect`, `shows` and so on."""
    said: dict[str, list[str]] = {"expect": [], "shows": [], "hint": [], "vi": []}
    for line in sample.read_text(encoding="utf-8").splitlines():
        word, colon, text = line.removeprefix("# ").partition(": ")
        if not (line.startswith("# ") and colon and word in said):
            break
        said[word].append(text)
    assert said["expect"], f"{sample.name} says nothing on its first line"
    return said


def _missing(wanted: list[bytes], lines: list[bytes]) -> list[bytes]:
    """Return those of the `wanted` lines that are not among `lines` in their order."""
    rest = iter(lines)
    missing = []
    for line in wanted:
        if line not in rest:  # `in` moves on to behind the line that it finds
            missing.append(line)
            rest = iter(())
    return missing
