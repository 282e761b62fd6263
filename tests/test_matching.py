"""How typed words match known ones: equal to a reader, or almost certainly a typing error."""

import unicodedata
from unittest.mock import Mock

import pytest

from resolution_cli import matching
from resolution_cli.matching import fold, nearest_id, nearest_word

NAME = "Chuyển đổi số"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("CHUYỂN ĐỔI SỐ", id="capitals"),
        pytest.param(unicodedata.normalize("NFD", NAME), id="decomposed"),
        pytest.param("Chuyển Ðổi số", id="eth-for-d-with-stroke"),
        pytest.param("Chuyển\u00a0đổi\u202fsố", id="no-break-spaces"),
        pytest.param("Chuyển\u2009đổi\u3000số", id="thin-and-wide-spaces"),
        pytest.param("  Chuyển  đổi\tsố\n", id="runs-tabs-line-ends"),
        pytest.param("Chuyển\r\nđổi\u2028số", id="line-ends"),
        pytest.param("Chuyển \u200bđổi s\u2060ố\ufeff", id="zero-width"),
        pytest.param("Chuy\u00adển đổi s\u034fố", id="soft-hyphen-and-joiner"),
    ],
)
def test_texts_that_look_alike_are_the_same(text: str) -> None:
    assert fold(text) == "chuyen doi so"


def test_texts_that_look_different_are_not_the_same() -> None:
    assert len({fold(text) for text in ("a b", "ab", "a-b", "a.b", "ad", "")}) == 6


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("lst", ["list", "log"], ["list"]),
        ("udpate", ["update", "undo"], ["update"]),
        ("pudate", ["update"], ["update"]),
        ("blokced", ["blocked", "done"], ["blocked"]),
        ("Hoàn  thànhh", ["hoan-thanh"], ["hoan-thanh"]),
        ("inprogress", ["in-progress"], ["in-progress"]),
        ("breakthru", ["breakthrough", "task"], ["breakthrough"]),
        ("lis", ["list", "lisp"], ["lisp", "list"]),
        ("chưa hoàn thành", ["hoan-thanh", "da-hoan-thanh", "xong"], []),
        ("không hoàn thành", ["hoan-thanh"], []),
        ("chưa xong", ["xong", "da-xong"], []),
        ("not done", ["done"], []),
        ("undone", ["done"], []),
        ("unfinished", ["finished"], []),
        ("incomplete", ["complete", "completed"], []),
        ("overdue", ["force", "output"], []),
        (
            "đong thực hiện",
            ["dang-thuc-hien", "dung-thuc-hien"],
            ["dang-thuc-hien", "dung-thuc-hien"],
        ),
        ("", ["done", "x"], []),
    ],
)
def test_a_word_is_guessed_from_a_typing_error_and_not_from_its_opposite(
    word: str, known: list[str], near: list[str]
) -> None:
    assert nearest_word(word, known) == near


@pytest.mark.parametrize(
    ("item_id", "near"),
    [
        ("T-1", ["T1"]),
        ("t01", ["T1"]),
        ("1T", ["T1"]),
        ("T3-1", ["T3.1"]),
        ("ward-rodas", ["ward-roads"]),
        ("ward-road", ["ward-roads"]),
        ("T9", []),
        ("T11", []),
        ("T10", []),
        ("B1", []),
        ("Tl", []),
        ("T1a", []),
        ("ward-boats", []),
        ("unit-b", []),
        ("", []),
    ],
)
def test_an_id_is_guessed_from_a_typing_error_and_never_from_another_number(
    item_id: str, near: list[str]
) -> None:
    assert nearest_id(item_id, ["T1", "T3.1", "ward-roads", "unit-a"]) == near


def test_a_long_word_is_compared_letter_by_letter_with_no_short_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = Mock(side_effect=matching._distance)  # noqa: SLF001  # what takes the time
    monkeypatch.setattr(matching, "_distance", compared)
    assert nearest_word("d" * 1_000, ["done", "d" * 1_001]) == ["d" * 1_001]
    assert compared.call_count == 1
