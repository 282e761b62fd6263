"""What people type: statuses in both languages, texts, and options in the place of a value."""

import re
import unicodedata
from pathlib import Path

import pytest

from resolution_cli.cli.commands import COMMANDS
from tests.support import Run, data_of, item_of, names_in, notes_of


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
def test_a_status_may_be_typed_in_any_case_spacing_and_without_accents(
    run: Run, plan: Path, word: str
) -> None:
    assert run("update", "T1", "--status", word).code == 0
    assert item_of(plan, "T1")["status"] == "done"


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
    assert item_of(plan, "T2")["status"] == status


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
