"""The help of every command: its examples work as they stand, and its words are the reader's."""

import re
import shlex
import shutil
import sys
from io import StringIO
from pathlib import Path

import openpyxl
import pytest

from resolution_cli import i18n
from resolution_cli.cli.commands import COMMANDS
from tests.support import SHIPPED, Run

HEADINGS = {"en": "Examples:\n", "vi": "Ví dụ:\n"}

each_command = pytest.mark.parametrize("command", ["", *COMMANDS])
each_language = pytest.mark.parametrize("language", HEADINGS)


class _Answer(StringIO):
    """A terminal on which a person answers."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def office(run: Run, tmp_path: Path) -> Path:
    """Return a copy of the shipped resolution with one update, found without `--file`."""
    path = tmp_path / "data" / "tasks.toml"
    path.parent.mkdir()
    path.write_bytes(SHIPPED.read_bytes())
    lead = "Phòng Đô thị (Urban office)"  # the examples in both languages name a part of it
    assert run("update", "T3", "--note", "x", "--lead", lead).code == 0
    assert run("form", "-o", "forms").code == 0
    appendix = openpyxl.Workbook()
    for head in ("What to do", "Việc phải làm"):
        sheet = appendix.create_sheet(head)
        sheet.append((head, "Lead unit"))
        sheet.append(("Night market", "Ward office"))
    appendix.save("appendix.xlsx")
    return path


def _help(run: Run, command: str, language: str) -> str:
    result = run(*filter(None, [command]), "-h", "--lang", language)
    assert (result.code, result.err) == (0, "")
    return result.out


def _examples(text: str, language: str) -> list[str]:
    """Return the command lines of the examples with which a help ends."""
    return re.findall(r"^  (tracker.*)$", text.partition(HEADINGS[language])[2], re.MULTILINE)


@each_language
def test_the_general_help_says_what_each_command_does_and_cuts_nothing(
    run: Run, language: str
) -> None:
    general = " ".join(_help(run, "", language).split())
    for command in COMMANDS:
        summary = _help(run, command, language).split("\n\n")[1]
        assert f" {command} {' '.join(summary.split())}" in general


@each_language
@each_command
def test_every_example_of_the_help_succeeds_as_it_stands(
    run: Run, office: Path, command: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = _examples(_help(run, command, language), language)
    assert 2 <= len(examples) <= 4
    start = office.read_bytes()
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" -c ""')
    for example in examples:
        name, *words = shlex.split(example)
        monkeypatch.setattr(sys, "stdin", _Answer("y\n"))
        if words[0] == "form":
            shutil.rmtree("forms", ignore_errors=True)
        if words[0] == "init":
            office.unlink(missing_ok=True)
        else:
            office.write_bytes(start)
        result = run(*words, "--lang", language)
        assert (name, words[0] in COMMANDS, result.code) == ("tracker", True, 0), result.err


@each_language
@each_command
def test_the_help_fits_any_width_and_only_its_command_lines_stay_whole(
    run: Run, command: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _examples(_help(run, command, language), language)
    for width in (40, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        text = _help(run, command, language)
        assert _examples(text, language) == whole
        assert [
            line for line in text.splitlines() if len(line) > width and line[2:] not in whole
        ] == []


def test_a_terminal_of_one_column_gets_the_help_too(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "1")
    assert _help(run, "", "en").startswith("Usage: tracker")


@each_command
def test_every_example_has_texts_and_remarks_in_the_readers_language(
    run: Run, command: str
) -> None:
    english, vietnamese = (
        _help(run, command, code).partition(HEADINGS[code])[2] for code in i18n.LANGUAGES
    )
    assert not set(_remarks(english)) & set(_remarks(vietnamese))
    texts = [re.findall('"(.*?)"', text) for text in (english, vietnamese)]
    assert not set(texts[0]) & set(texts[1])
    assert len(texts[0]) == len(texts[1])


def _remarks(examples: str) -> list[str]:
    return [line for line in examples.splitlines() if not line.startswith("  tracker")]


@each_command
def test_no_placeholder_of_the_vietnamese_help_is_english(run: Run, command: str) -> None:
    english, vietnamese = (_help(run, command, code) for code in i18n.LANGUAGES)
    placeholders = {
        word
        for line in english.partition(HEADINGS["en"])[0].splitlines()
        for text in re.findall(r"^Usage: .*|^  -.*?  |^  \[?[A-Z]+\]?(?:\.\.\.)?  ", line)
        for word in re.findall(r"[A-Z]{2,}", text)
    }
    assert "OPTIONS" in placeholders
    shown = re.findall(r"(?<![$\w])[A-Z]{2,}(?!\w)", vietnamese)
    assert placeholders & set(shown) == set()


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["show"], "thiếu MÃ.", id="an argument"),
        pytest.param(["update"], "thiếu MÃ...", id="an argument of several words"),
    ],
)
def test_what_is_missing_has_the_name_that_the_help_gives_it(
    run: Run, words: list[str], said: str
) -> None:
    assert said in run(*words, "--lang", "vi").err


def test_the_usage_line_is_in_the_readers_language(run: Run) -> None:
    usage = _help(run, "", "vi").splitlines()[0]
    assert usage == "Cách dùng: tracker [TÙY_CHỌN] LỆNH [THAM_SỐ]..."
    assert _help(run, "init", "vi").startswith("Cách dùng: tracker init [TÙY_CHỌN] [THƯ_MỤC]\n")
    assert _help(run, "log", "en").startswith("Usage: tracker log [OPTIONS] [ID]...\n")


def test_a_placeholder_that_is_no_known_word_stays(run: Run) -> None:
    assert "--lang en|vi" in _help(run, "list", "vi")
