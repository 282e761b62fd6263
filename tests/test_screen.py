"""What a terminal shows, at 40, 80 and 120 columns and in both languages: what fits and how."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import PLAN, Run

Shown = Callable[..., list[str]]
"""`shown(80, "list")` returns the lines that a terminal of 80 columns shows."""


@pytest.fixture
def shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> Shown:
    def lines(columns: int, *words: object) -> list[str]:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setenv("COLUMNS", str(columns))
        result = run(*map(str, words))
        assert (result.code, result.err) == (0, "")
        found = result.out.splitlines()
        assert max(map(len, found)) <= columns
        return found

    return lines


@pytest.mark.parametrize(
    ("percent", "bar"),
    [
        (0, "░░░░░░░░░░"),
        (1, "▏░░░░░░░░░"),
        (8, "▊░░░░░░░░░"),
        (18, "█▊░░░░░░░░"),
        (50, "█████░░░░░"),
        (99, "█████████▉"),
        (100, "██████████"),
    ],
)
def test_a_bar_of_ten_characters_is_filled_to_an_eighth_of_one(
    run: Run, plan: Path, percent: int, bar: str
) -> None:
    plan.write_text(PLAN.replace("progress = 40", f"progress = {percent}"))
    assert f"{bar} {percent:>3}%" in run("show", "T1").out


_CURVES = {
    (30, "en"): ["planned        ▂▄▆▇████████", "actual         ▁▁▁▄▄"],
    (40, "en"): ["planned        ▁▂▃▄▅▆▆▇████████████████", "actual         ▁▁▁▁▁▁▄▄▄▄"],
    (40, "vi"): ["kế hoạch         ▂▃▄▆▇███████████", "thực tế          ▁▁▁▁▄▄▄"],
    (80, "vi"): [
        "kế hoạch         ▁▂▃▄▅▆▆▇████████████████ trong nhiệm kỳ",
        "thực tế          ▁▁▁▁▁▁▄▄▄▄",
    ],
}


@pytest.mark.parametrize(("columns", "language"), _CURVES)
@pytest.mark.usefixtures("plan")
def test_a_curve_is_never_broken_into_lines(shown: Shown, columns: int, language: str) -> None:
    lines = shown(columns, "show", "T1", "--lang", language)
    assert [line for line in lines if "▄" in line] == _CURVES[columns, language]
