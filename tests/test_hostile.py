"""Hostile texts, in every field and every command: they are shown, and have no effect."""

import json
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from tests.support import PLAN, UNSAFE, Prove, Run, data_of, hostile

VIEWS = (
    ["list"],
    ["list", "--format", "tsv"],
    ["show", "T1"],
    ["show", "T2"],
    ["log"],
    ["report"],
    ["report", "--as-of", "2026-06-02"],
    ["report", "--period", "2026"],
    ["check"],
    ["update", "T1", "--status", "done", "--dry-run"],
)


def _assert_safe(text: str, allowed: str = "") -> None:
    assert UNSAFE & set(text) <= set(allowed)


def _file_of(text: str) -> dict[str, Any]:
    """Return a plan with `text` wherever a text may stand."""
    facts = {"lead": text, "partners": [text, text], "product": text, "tags": [text]}
    return {
        "schema": 1,
        "resolution": {
            "title": text,
            "body": text,
            "congress": {"vi": text},
            "sources": [text],
            "term": {"start": date(2025, 1, 1), "end": date(2029, 12, 31)},
        },
        "tasks": [
            {"id": "T1", "title": text, "summary": text, **facts},
            {"id": "T2", "title": {"vi": text, "en": text}, "status": "blocked"},
        ],
        "updates": [
            {
                "item": "T1",
                "on": date(2026, 6, 1),
                "by": text,
                **facts,
                "note": text,
                "evidence": [text, text],
            },
            {
                "item": "T2",
                "on": date(2026, 6, 1),
                "status": "blocked",
                "note": text,
                "was": {"lead": text},
            },
        ],
    }


@hostile
def test_a_text_of_the_file_is_shown_without_control_characters(
    run: Run, plan: Path, text: str, prove: Prove
) -> None:
    plan.write_bytes(tomli_w.dumps(_file_of(text)).encode())
    for view in VIEWS:
        result = run(*view)
        assert (result.code in (0, 7), result.err) == (True, "")
        _assert_safe(result.out, allowed="\t" if "tsv" in view else "")
        if "tsv" in view:
            assert {line.count("\t") for line in result.out[:-1].split("\n")} == {7}
    prove("hostile texts shown", len(VIEWS))


@hostile
def test_a_text_of_the_file_stays_what_it_is_in_json(run: Run, plan: Path, text: str) -> None:
    plan.write_bytes(tomli_w.dumps(_file_of(text)).encode())
    result = run("list", "--format", "json")
    item = json.loads(result.out)["items"][0]
    meant = data_of(plan)["tasks"][0]
    assert {name: item[name] for name in ("title", "lead", "partners", "tags")} == {
        name: meant[name] for name in ("title", "lead", "partners", "tags")
    }
    _assert_safe(result.out)


@hostile
def test_a_terminal_with_colours_gets_colours_and_no_other_escape(
    run: Run, plan: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan.write_bytes(tomli_w.dumps(_file_of(text)).encode())
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    for view in VIEWS:
        _assert_safe(
            re.sub(r"\x1b\[[0-9;]*m", "", run(*view).out), allowed="\t" if "tsv" in view else ""
        )


@hostile
def test_a_text_that_is_typed_is_kept_composed_and_echoed_safely(
    run: Run, plan: Path, text: str, prove: Prove
) -> None:
    options = ("note", "lead", "partner", "product", "tag", "evidence", "by")
    result = run("update", "T2", *(f"--{option}={text}" for option in options))
    assert (result.code, result.err) == (0, "")
    _assert_safe(result.out)
    kept = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    data = data_of(plan)
    entry, item = data["updates"][-1], data["tasks"][1]
    assert (entry["note"], entry["evidence"], entry["by"]) == (kept, [kept], kept)
    assert (item["lead"], item["partners"], item["product"], item["tags"]) == (
        kept,
        [kept],
        kept,
        [kept],
    )
    for name in ("lead", "tag", "search"):
        assert run("list", f"--{name}={text}", "--format", "json").code == 0
    assert "T2" in run("log", f"--by={text}").out
    taken = run("undo", "--yes")
    assert (taken.code, taken.err, plan.read_bytes()) == (0, "", PLAN.encode())
    _assert_safe(taken.out)
    prove("hostile texts typed", len(options))


@hostile
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["show", "{}"], 3, id="item"),
        pytest.param(["update", "T1", "--status={}"], 2, id="status"),
        pytest.param(["update", "T1", "--progress={}"], 2, id="progress"),
        pytest.param(["update", "T1", "--clear={}"], 2, id="clear"),
        pytest.param(["list", "--as-of={}"], 2, id="day"),
        pytest.param(["list", "--kind={}"], 2, id="kind"),
        pytest.param(["list", "--format={}"], 2, id="format"),
        pytest.param(["report", "--period={}"], 2, id="period"),
        pytest.param(["x{}"], 2, id="command"),
    ],
)
@pytest.mark.usefixtures("plan")
def test_a_wrong_word_is_repeated_safely_in_the_message(
    run: Run, text: str, arguments: list[str], code: int
) -> None:
    if text.startswith("-") and "{}" in arguments:
        text = f"x{text}"  # else it is an option
    result = run(*(argument.replace("{}", text) for argument in arguments))
    assert (result.code, result.out) == (code, "")
    assert result.err
    _assert_safe(result.err)


@hostile
def test_the_name_of_a_file_is_repeated_safely_in_messages(run: Run, plan: Path, text: str) -> None:
    name = text.replace("/", "_").replace("\0", "_").encode()[:100].decode(errors="ignore")
    path = plan.rename(plan.parent / f"x{name}.toml")
    for command in (
        ["list"],
        ["check"],
        ["update", "T1", "--note", "x"],
        ["update", "nobody", "--note", "x"],
    ):
        result = run(*command, "-f", str(path))
        _assert_safe(result.out + result.err)
    path.write_bytes(b"x")
    for command in (["list"], ["check"], ["update", "T1", "--note", "x"], ["init", str(path)]):
        result = run(*command, "-f", str(path)) if command[0] != "init" else run(*command)
        assert result.code in (5, 6, 7)
        _assert_safe(result.out + result.err)
    path.unlink()
    result = run("list", "-f", str(path))
    assert result.code == 5
    _assert_safe(result.err)


@hostile
@pytest.mark.parametrize(
    "command", [["list"], ["check"], ["update", "T1", "--note", "x"]], ids=lambda words: words[0]
)
def test_what_is_wrong_with_a_file_is_described_safely(
    run: Run, plan: Path, text: str, command: list[str], prove: Prove
) -> None:
    def break_(data: dict[str, Any], way: int) -> None:
        match way:
            case 0:
                data["resolution"][text] = text
            case 1:
                data["tasks"][0] |= {
                    "id": text + " ",
                    "status": text,
                    "progress": text,
                    "due": text,
                }
            case 2:
                data["updates"][0] |= {"item": text + " ", "cause": text, text: {text: text}}
            case _:
                data["tasks"] = text

    for way in range(4):
        data = _file_of(text)
        break_(data, way)
        content = tomli_w.dumps(data).encode()
        plan.write_bytes(content)
        result = run(*command)
        assert result.code == (7 if command == ["check"] else 5)
        _assert_safe(result.out + result.err)
        assert plan.read_bytes() == content
    # Unescaped, so that with most texts the file is no TOML.
    plan.write_text(PLAN.replace("Roads", text), encoding="utf-8", newline="")
    before = plan.read_bytes()
    result = run(*command)
    _assert_safe(result.out + result.err)
    assert result.code in (0, 5, 7)
    assert result.code == 0 or plan.read_bytes() == before
    prove("hostile files described", 5)


@hostile
@pytest.mark.usefixtures("plan")
def test_a_wrong_command_line_is_described_safely(run: Run, text: str) -> None:
    for words in (
        [f"x{text}"],
        ["list", f"--x{text}"],
        ["show", "T1", f"x{text}"],
        ["list", "--format", f"x{text}"],
    ):
        result = run(*words)
        assert (result.code, result.out) == (2, "")
        _assert_safe(result.err)
