"""Vietnamese and English: what a person reads follows the language, what scripts read does not."""

import ast
import os
import re
import string
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from resolution_cli import i18n
from resolution_cli.cli.commands import COMMANDS
from resolution_cli.domain.parsing import CLEARABLE
from resolution_cli.domain.target_verdict import TargetVerdict
from resolution_cli.domain.values import TargetKind, Want
from resolution_cli.domain.verdict import Verdict
from tests.support import ROOT, Run, assert_expected

_MARKS = ("_", "N_", "ngettext")


def _catalogue(language: str) -> Catalog:
    with _path(language).open("rb") as file:
        return read_po(file, locale=language, ignore_obsolete=False)


def _path(language: str) -> Path:
    return i18n.LOCALES / language / "LC_MESSAGES" / f"{i18n.DOMAIN}.po"


def _messages() -> Iterator[str | tuple[str, ...]]:
    """Yield every message that the code marks, wherever it does."""
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in _MARKS
            ):
                texts = [part.value for part in node.args if isinstance(part, ast.Constant)]
                forms = tuple(text for text in texts if isinstance(text, str))
                if forms:
                    yield forms if node.func.id == "ngettext" else forms[0]


translations = pytest.mark.parametrize("language", i18n.LANGUAGES[1:])


@translations
def test_the_catalogue_has_every_message_of_the_code_and_no_other(language: str) -> None:
    catalogue = {message.id for message in _catalogue(language) if message.id}
    assert catalogue == set(_messages())


@translations
def test_every_message_is_translated_with_the_same_blanks_and_lines(language: str) -> None:
    assert not _catalogue(language).obsolete
    for message in _catalogue(language):
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            assert not message.fuzzy, message.id
            for text in map(str, strings):
                assert text, message.id
                assert _blanks(text) == _blanks(str(ids[-1])), message.id
                assert text.count("\n") == str(ids[-1]).count("\n"), message.id


@translations
def test_the_compiled_catalogue_has_the_messages_of_its_source(language: str) -> None:
    with _path(language).with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert _translations(compiled) == _translations(_catalogue(language)), (
        "`make messages` compiles it"
    )


def _translations(catalogue: Catalog) -> dict[str | tuple[str, ...], str | tuple[str, ...]]:
    """Return the translation of each message; one with a plural has a tuple of forms."""
    return {
        _forms(message.id): _forms(message.string)
        for message in catalogue
        if message.id and message.string
    }


def _forms(text: str | Sequence[str]) -> str | tuple[str, ...]:
    return text if isinstance(text, str) else tuple(text)


@pytest.mark.usefixtures("plan")
def test_without_a_compiled_catalogue_messages_are_in_english_and_a_notice_says_why(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    result = run("show", "T1", "--lang", "vi")
    assert (result.code, result.err) == (
        0,
        (
            "Messages are in English: the catalogues are not compiled"
            " (`make messages` compiles them).\n"
        ),
    )
    assert result.out.startswith("T1  Chuyển đổi số\ntask\n")
    assert run("show", "T1", "--lang", "en").err == ""


def _blanks(text: str) -> list[str]:
    return sorted(
        f"{name}!{conversion}:{form}"
        for _, name, form, conversion in string.Formatter().parse(text)
        if name
    )


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("list", ["list"]),
        ("show", ["show", "T1"]),
        ("report", ["report"]),
        ("period", ["report", "--period", "this-year"]),
        ("log", ["log"]),
        ("check", ["check"]),
        (
            "update",
            [
                "update",
                "T2",
                "--progress",
                "20",
                "--due",
                "30/9/2027",
                "--note",
                "Khởi công",
                "--dry-run",
            ],
        ),
        ("undo", ["undo", "--yes"]),
        ("help", ["report", "-h"]),
    ],
)
def test_every_view_is_in_vietnamese(run: Run, name: str, command: list[str]) -> None:
    result = run(*command, "--lang", "vi")
    assert result.err == ""
    assert_expected(f"vi/{name}.txt", result.out)


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["show", "T44"],
            "Lỗi: Không có nội dung mang mã 'T44'.\nGợi ý: Các mã hiện có: T1, T2, B1.\n",
        ),
        (
            ["update", "T1", "--progress", "120"],
            "--progress: '120' không phải số nguyên từ 0 đến 100.",
        ),
        (["update", "T1", "--staus", "done"], "không có tùy chọn --staus. Có phải là --status?"),
        (["udpate", "T1"], "không có lệnh 'udpate'. Có phải là update?"),
        (["update"], "thiếu MÃ..."),
        (["update", "T1", "--note"], "--note phải có giá trị kèm theo."),
        (["list", "--force=yes"], "--force không có giá trị kèm theo."),
        (["show", "T1", "T2"], "Thừa tham số T2"),
        (
            ["list", "--as-of", "2030-02-30"],
            "--as-of: không có ngày '2030-02-30'; viết 30/09/2026 hoặc 2026-09-30.",
        ),
        (["list", "--as-of", "2027-01-01"], "01/01/2027 là ngày trong tương lai"),
        (
            ["update", "T2", "--status", "blocked"],
            "T2: nhiệm vụ đang vướng mắc phải nêu nội dung vướng mắc.",
        ),
        (["list", "-f", "none.toml"], "none.toml: không tìm thấy tệp này."),
    ],
)
def test_what_is_wrong_is_said_in_vietnamese(run: Run, words: list[str], message: str) -> None:
    result = run("--lang", "vi", *words)
    assert (result.code != 0, result.out) == (True, "")
    assert result.err.startswith("Lỗi: ")
    assert message in result.err
    assert "Gợi ý: " in result.err


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["update", "T1", "--note", "x", "--cause"], ["objective", "subjective"]),
        (["list", "--status"], ["not-started", "in-progress", "blocked", "done", "cancelled"]),
        (["list", "--kind"], ["task", "breakthrough", "milestone"]),
        (["list", "--verdict"], [*Verdict]),
        (["targets", "--verdict"], [*TargetVerdict]),
        (["add", "target", "x", "--dry-run", "--want"], [*Want]),
        (["add", "target", "x", "--dry-run", "--kind"], [*TargetKind]),
        (["update", "T1", "--note", "x", "--dry-run", "--clear"], [*CLEARABLE]),
    ],
)
def test_a_wrong_word_is_answered_with_words_that_can_be_typed(
    run: Run, words: list[str], values: list[str]
) -> None:
    result = run("--lang", "vi", *words, "foo")
    offered = re.findall(r"([^,;:(]+) \(([a-z-]+)\)", result.err)
    assert (result.code, [value for _, value in offered]) == (2, values)
    for word, value in offered:
        assert word.strip() != value
        assert run("--lang", "vi", *words, word.strip()).code == 0


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    "command", [["list"], ["show", "T1"], ["report"], ["log"]], ids=lambda command: command[0]
)
def test_data_for_scripts_has_the_same_keys_and_words_in_every_language(
    run: Run, command: list[str]
) -> None:
    english = run(*command, "--format", "json", "--lang", "en").out
    vietnamese = run(*command, "--format", "json", "--lang", "vi").out
    assert vietnamese.replace("Chuyển đổi số", "Digital transformation") == english


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("environment", "words", "language"),
    [
        ({}, [], "en"),
        ({"LANG": "vi_VN.UTF-8"}, [], "vi"),
        ({"LANG": "vi_VN.UTF-8", "LC_MESSAGES": "C"}, [], "en"),
        ({"LC_MESSAGES": "C", "LC_ALL": "vi_VN"}, [], "vi"),
        ({"LC_ALL": "vi_VN", "TRACKER_LANG": "en"}, [], "en"),
        ({"TRACKER_LANG": "en"}, ["--lang", "vi"], "vi"),
        ({"TRACKER_LANG": "vi"}, ["--lang=EN"], "en"),
        ({"TRACKER_LANG": "fr"}, [], "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "vi"}, [], "vi"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:vi_VN:en"}, [], "vi"),
        ({"LANG": "vi_VN.UTF-8", "LANGUAGE": "en_GB:vi"}, [], "en"),
        ({"LANG": "vi_VN.UTF-8", "LANGUAGE": "fr"}, [], "en"),
        ({"LANG": "vi_VN.UTF-8", "LANGUAGE": ""}, [], "vi"),
        ({"LANGUAGE": "vi"}, [], "en"),
        ({"LANG": "C", "LANGUAGE": "vi"}, [], "en"),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": "C", "LANGUAGE": "vi"}, [], "en"),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": "POSIX", "LANGUAGE": "vi"}, [], "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "vi"}, [], "vi"),
        ({"LANG": "vi_VN.UTF-8", "LANGUAGE": "vi", "TRACKER_LANG": "en"}, [], "en"),
    ],
)
def test_the_option_wins_over_the_environment_and_that_over_the_locale(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    words: list[str],
    language: str,
) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    title = {"en": "Digital transformation", "vi": "Chuyển đổi số"}[language]
    assert title in run("list", *words).out
    assert os.environ.get("LANGUAGE") == environment.get("LANGUAGE")  # as it was


@pytest.mark.usefixtures("plan")
def test_the_option_may_stand_before_the_command_and_not_be_another_language(run: Run) -> None:
    assert "Nhiệm vụ" in run("--lang", "vi", "list").out
    result = run("list", "--lang", "fr")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Error: --lang: 'fr' is not valid; choose one of: en, vi.\n")


@pytest.mark.usefixtures("plan")
def test_numbers_and_dates_are_written_as_the_language_does(run: Run) -> None:
    assert "693 of 1,826 days of the term have passed (38%)" in run("report").out
    assert "693/1.826 ngày (38%" in run("report", "--lang", "vi").out
    assert "31/12/2026" in run("show", "T1", "--lang", "vi").out


def test_every_command_has_its_help_in_vietnamese(run: Run) -> None:
    for command in [[], *([command] for command in COMMANDS)]:
        text = run(*command, "-h", "--lang", "vi").out
        assert text.startswith("Cách dùng: ")
        assert "Tùy chọn:" in text
        assert "In hướng dẫn này rồi thoát." in text
