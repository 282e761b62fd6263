"""What a terminal shows, at 40, 80 and 120 columns and in both languages: what fits and how."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from resolution_cli.cli import clock
from tests.support import LATER, PLAN, WARD, Run
from tests.written import rows_of_sheet, written_text

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


_RULE = "╌"
_GROUPS = {"en": ("Tasks", "Breakthroughs"), "vi": ("Nhiệm vụ", "Khâu đột phá")}


@pytest.fixture
def ward(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the sample with milestones, on the day that it was made for."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    return WARD


@pytest.mark.usefixtures("plan")
def test_a_list_has_a_head_for_each_kind_and_the_lead_and_verdict_of_each_item(
    shown: Shown,
) -> None:
    lines = shown(120, "list")
    assert [re.split("  +", line.strip()) for line in lines] == [
        [""],
        ["id", "title", "lead unit", "progress", "verdict", "due"],
        ["─" * 117],
        ["Tasks"],
        [
            *("T1", "Digital transformation", "Văn phòng", "████░░░░░░", "40%"),
            *("behind by 54 points, stale (over 90 days)", "2026-12-31"),
        ],
        ["T2", "Roads", "no lead unit yet", "░░░░░░░░░░", "0%", "unreported", "2029-12-31*"],
        [""],
        ["Breakthroughs"],
        ["B1", "Officials", "no lead unit yet", "░░░░░░░░░░", "0%", "unreported", "2029-12-31*"],
        [""],
        ["* 2 items have no due date yet; the end of the term, 2029-12-31, is used instead."],
    ]


@pytest.mark.parametrize("language", _GROUPS)
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_line_parts_the_items_of_a_group_where_some_take_more_than_one(
    run: Run, shown: Shown, ward: Path, columns: int, language: str
) -> None:
    words = ("list", "-f", ward, "--lang", language)
    whole = run(*map(str, words)).out
    assert _RULE not in whole
    tasks, breakthroughs = _GROUPS[language]
    lines = [line.strip() for line in shown(columns, *words)]
    first, second = lines.index(tasks), lines.index(breakthroughs)
    groups = [lines[first + 1 : second - 1], lines[second + 1 : -1]]
    assert [_ids(group) for group in groups] == [
        ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8"],
        ["B1", "B2"],
    ]
    # No word is broken, and none is lost.
    said = " ".join(line for group in groups for line in group if _RULE not in line)
    if columns > 40:  # below, the words are others
        assert sorted(said.split()) == sorted(" ".join(_bodies(whole)).split())


def _ids(group: list[str]) -> list[str]:
    """Return the first word of each item of a group, between whose items a line stands."""
    rules = [number for number, line in enumerate(group) if line.startswith(_RULE)]
    return [group[number].split()[0] for number in (0, *(rule + 1 for rule in rules))]


def _bodies(text: str) -> list[str]:
    """Return the rows of a list, without heads."""
    return [line for line in text.splitlines() if line[1:2] in {"T", "B"} and line[2:3].isdigit()]


def test_on_40_columns_an_item_has_verdict_progress_due_day_and_lead_below_its_title(
    shown: Shown, ward: Path
) -> None:
    lines = shown(40, "list", "-f", ward)
    assert lines[:4] + lines[-7:] == [
        "Tasks",
        "T1 Building the Party and the political",
        "   system",
        "   on track, 71%, due 2030-06-30",
        _RULE * 40,
        "B2 Digital transformation and shared",
        "   data",
        "   behind by 33 points, 25%, due",
        "   2029-12-31",
        "   Văn phòng Đảng ủy",
        "",
    ]


def test_items_that_take_one_line_have_no_line_between_them(shown: Shown, ward: Path) -> None:
    assert not any(_RULE in line for line in shown(150, "list", "-f", ward))


def test_milestones_stand_in_the_group_of_their_item(shown: Shown, ward: Path) -> None:
    lines = shown(150, "list", "-f", ward, "--kind", "milestone")
    first = [
        lines[number + 1].split()[0] for number in map(lines.index, (" Tasks", " Breakthroughs"))
    ]
    assert first == ["T1.1", "B1.1"]


def test_a_group_without_items_has_no_head(shown: Shown, ward: Path) -> None:
    lines = shown(80, "list", "-f", ward, "--kind", "breakthrough")
    assert [line for line in lines if line in {" Tasks", " Breakthroughs"}] == [" Breakthroughs"]


@pytest.mark.usefixtures("plan")
def test_a_file_has_one_table_with_a_column_for_the_kind_by_which_it_can_be_filtered(
    run: Run,
) -> None:
    run("list", "-o", "out.xlsx")
    rows = rows_of_sheet(Path("out.xlsx"), "Items")
    assert [row[:2] for row in rows] == [
        ("Id", "Kind"),
        ("T1", "task"),
        ("T2", "task"),
        ("B1", "breakthrough"),
    ]
    for name in ("markdown", "html"):
        written = written_text(run, "list", "--format", name)
        assert ("Kind" in written, "Breakthroughs" in written) == (True, False)


def test_a_report_has_no_groups_since_the_most_urgent_items_come_first(
    shown: Shown, ward: Path
) -> None:
    lines = shown(80, "report", "-f", ward)
    rows = [line.strip() for line in lines[lines.index("Items, the most urgent first") + 4 :]]
    assert _ids(rows[: rows.index("")]) == [
        *("T3", "T2", "B2", "T5", "T8"),
        *("B1", "T6", "T1", "T4", "T7"),
    ]


@pytest.mark.parametrize(("columns", "has_rules"), [(40, True), (80, False), (120, True)])
def test_targets_have_a_line_between_them_only_where_some_are_broken_into_lines(
    shown: Shown, ward: Path, columns: int, *, has_rules: bool
) -> None:
    lines = shown(columns, "targets", "-f", ward)
    assert any(line.strip().startswith(_RULE) for line in lines) == has_rules
    assert lines[lines.index(next(line for line in lines if line.startswith("Met or"))) - 1] == ""


@pytest.mark.parametrize("language", _GROUPS)
def test_counts_have_their_heads_in_one_line_on_80_columns(
    shown: Shown, ward: Path, language: str
) -> None:
    lines = shown(80, "report", "-f", ward, "--lang", language)
    head = next(number for number, line in enumerate(lines) if line.startswith(" ───"))
    assert lines[head - 2] == ""
    assert all(kind.lower() in lines[head - 1] for kind in _GROUPS[language])


_TIMELINES = {
    40: [
        "  2026    2027   2028    2029   2030",
        "T3  Infrastructure, urban improvement",
        "and environment: blocked",
        "────■────────■───│───□───×─────────────◆",
        "T3.1  Zoning plan published: done on",
        "time",
        "────●            │",
    ],
    80: [
        "                           2026 2027  2028 2029  2030",
        f" {'─' * 79}",
        " T3      Infrastructur…  ───■──────■──│──□─×──────────◆  blocked",
        "   T3.1  Zoning plan p…  ───●         │                  done on time",
        "   T3.2  Four lanes re…  ───────◇──●  │                  done on time",
        "   T3.3  Drainage of q…  ────────────◇│──◆               blocked",
    ],
}
_LEGEND = (
    "◆ due   ◇ first due date, moved since   ● done   ■ milestone done   □ milestone to come"
    "   × milestone cancelled   │ day of the report, 2028-01-10"
)


@pytest.mark.parametrize("columns", _TIMELINES)
def test_show_has_the_line_of_the_item_and_of_its_milestones_years_and_a_legend(
    shown: Shown, ward: Path, columns: int
) -> None:
    lines = [line.rstrip() for line in shown(columns, "show", "T3", "-f", ward)]
    start, end = lines.index("Timeline") + 1, lines.index("Milestones: 2 of 5 done")
    assert lines[start : start + len(_TIMELINES[columns])] == _TIMELINES[columns]
    part = lines[start:end]
    legend = part[part.index("") + 1 : -1]
    assert re.split("   ", "   ".join(legend)) == _LEGEND.split("   ")


def test_show_of_a_milestone_has_its_line(shown: Shown, ward: Path) -> None:
    lines = shown(80, "show", "T3.3", "-f", ward)
    assert lines[lines.index("Timeline") + 3].split() == [
        *("T3.3", "Drainage", "of", "quarter…", "─────────────────◇│───◆", "blocked")
    ]
    assert "◆ due   ◇ first due date, moved since   │ day of the report, 2028-01-10" in lines


@pytest.mark.parametrize(
    ("columns", "language", "years"),
    [
        (80, "en", ["2026", "2027", "2028", "2029", "2030"]),
        (80, "vi", ["2026", "2028", "2030"]),
        (120, "vi", ["2026", "2027", "2028", "2029", "2030"]),
    ],
)
def test_years_that_do_not_fit_are_left_out_evenly(
    shown: Shown, ward: Path, columns: int, language: str, years: list[str]
) -> None:
    lines = shown(columns, "show", "T3", "-f", ward, "--lang", language)
    assert (
        lines[lines.index({"en": "Timeline", "vi": "Trục thời gian"}[language]) + 1].split()
        == years
    )


@pytest.mark.parametrize("language", _GROUPS)
@pytest.mark.parametrize("columns", [30, 40, 64, 80, 120])
@pytest.mark.parametrize(
    "words",
    [
        "list --milestones",
        "report",
        "report --period 2027",
        "show B2",
        "show C1",
        "targets",
        "timeline --milestones",
        "log",
    ],
)
def test_no_line_is_wider_than_the_screen_and_no_bar_or_curve_goes_on_in_a_second(
    shown: Shown, ward: Path, words: str, columns: int, language: str
) -> None:
    lines = shown(columns, *words.split(), "-f", ward, "--lang", language)
    assert [line for line in lines if re.match(" +[▁▂▃▄▅▆▇█▏▎▍▌▋▊▉░]", line)] == []
