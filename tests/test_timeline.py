"""`tracker timeline`: the days of items and milestones on lines over the term, in every format."""

import re
from pathlib import Path

import pytest

from tests.completion import answer
from tests.support import Run
from tests.written import rows_of_sheet, written_text

_PLAN = """\
schema = 1

[resolution]
title = "Plan"
term.start = 2025-01-01
term.end = 2029-12-31

[[tasks]]
id = "A"
title = "Roads and canals of the whole commune"
due = 2028-12-31
lead = "Office"

[[tasks.milestones]]
id = "A.1"
title = "Survey"
due = 2025-12-31
status = "done"
done_on = 2025-12-01

[[tasks.milestones]]
id = "A.2"
title = "Permit"
due = 2026-06-30

[[tasks.milestones]]
id = "A.3"
title = "Bridge"
due = 2027-06-30
status = "cancelled"

[[tasks.milestones]]
id = "A.4"
title = "Opening"
due = 2028-06-30

[[tasks]]
id = "B"
title = "School"
start = 2026-01-01
due = 2027-12-31

[[tasks]]
id = "C"
title = "Market"
due = 2026-06-30
status = "done"
progress = 100
done_on = 2026-09-30

[[updates]]
item = "B"
on = 2026-03-01
due = 2027-12-31
was.due = 2026-12-31
note = "The ground was handed over late"
"""


@pytest.fixture(autouse=True)
def _file(tmp_path: Path) -> None:
    (tmp_path / "tasks.toml").write_bytes(_PLAN.encode())


def _use_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(columns))


def _shown(run: Run, *words: str) -> list[str]:
    result = run("timeline", *words)
    assert (result.code, result.err) == (0, "")
    return [line.rstrip() for line in result.out.splitlines()]


_DAYS_OF_A = (
    "2025-01-01 – 2028-12-31; milestone A.1: due 2025-12-31, done on time"
    "; milestone A.2: due 2026-06-30, overdue by 147 days"
    "; milestone A.3: due 2027-06-30, cancelled; milestone A.4: due 2028-06-30, unreported"
)
_SCALE = "2025     2026      2027     2028      2029"
_LEGEND = (
    "◆ due   ◇ first due date, moved since   ● done   ■ milestone done   ▲ milestone overdue"
    "   □ milestone to come   × milestone cancelled   │ day of the report, 2026-11-24"
)


def test_a_pipe_gets_lines_of_48_characters_with_a_mark_for_each_day_and_titles_whole(
    run: Run,
) -> None:
    title, _empty, scale, _rule, *rows, _gap, legend = _shown(run)
    assert title == "Timeline of the term, 2025-01-01 – 2029-12-31"
    assert scale.strip() == _SCALE
    assert legend == _LEGEND
    assert [re.split(r"  +(?=[a-z])|(?<=[a-z])  +", row) for row in rows] == [
        [
            " A  Roads and canals of the whole commune",
            "────────■─────▲───│────×─────────□────◆",
            "unreported",
        ],
        [
            " B  School",
            "─────────│◇────────◆",
            "behind by 44 points",
        ],
        [" C  Market", "──────────────◆─● │", "done 92 days late"],
    ]


@pytest.mark.parametrize("columns", range(40, 80))
def test_a_row_is_one_line_or_its_line_stands_below_its_title_at_any_width(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    _use_terminal(monkeypatch, columns)
    lines = _shown(run)
    assert max(map(len, lines)) <= columns
    first, second = (
        next(number for number, line in enumerate(lines) if line.lstrip().startswith(item))
        for item in ("A  Roads", "B  School")
    )
    if "─" in lines[first]:
        assert second == first + 1
    else:
        assert "◇" in lines[second + 1]


@pytest.mark.parametrize("columns", [80, 120])
def test_titles_and_lines_share_the_width_of_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    _use_terminal(monkeypatch, columns)
    lines = _shown(run)
    assert max(map(len, lines)) <= columns
    _title, _empty, scale, _rule, *rows = lines[:7]
    assert scale.split() == ["2025", "2026", "2027", "2028", "2029"]
    longest = {80: "Roads and canals…", 120: "Roads and canals of the whole…"}[columns]
    assert rows[0].startswith(f" A  {longest}  ─")
    assert [row.split()[0] for row in rows] == ["A", "B", "C"]
    assert [row.index("│") for row in rows] == [rows[0].index("│")] * 3


def test_on_40_columns_an_item_has_its_line_below_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _use_terminal(monkeypatch, 40)
    lines = _shown(run)
    assert max(map(len, lines)) <= 40
    assert lines[lines.index("C  Market: done 92 days late") + 1] == "───────────◆─● │"
    assert "▲ milestone overdue" in lines


def test_milestones_have_lines_of_their_own_when_they_are_asked_for(run: Run) -> None:
    rows = _shown(run, "--milestones")[4:-2]
    assert [row.split()[0] for row in rows] == ["A", "A.1", "A.2", "A.3", "A.4", "B", "C"]


def test_a_first_year_without_room_gives_its_place_to_the_next_one(run: Run) -> None:
    plan = Path("tasks.toml")
    plan.write_text(_PLAN.replace("start = 2025-01-01", "start = 2025-10-01"), encoding="utf-8")
    assert _shown(run)[2].split() == ["2026", "2027", "2028", "2029"]


def test_an_earlier_day_has_the_due_dates_of_that_day(run: Run) -> None:
    row = next(line for line in _shown(run, "--as-of", "2026-02-01") if line[1:2] == "B")
    assert row.split()[:3] == ["B", "School", "─│────────◆"]


def test_a_table_has_the_days_where_a_format_draws_no_lines(run: Run) -> None:
    written = written_text(run, "timeline", "--format", "markdown")
    assert "| B | School | 2026-01-01 | 2027-12-31 | 2026-12-31 |" in written
    assert "| B | School | 2026-01-01 | 2027-12-31 | 2026-12-31 |" in written_text(
        run, "timeline", "--format", "docx"
    )
    run("timeline", "-o", "out.xlsx")
    rows = rows_of_sheet(Path("out.xlsx"), "Timeline")
    assert rows[0] == ("Id", "Title", "Start", "Due", "First due", "Verdict")


def test_a_page_says_in_words_what_its_lines_show_and_has_no_script(run: Run) -> None:
    page = written_text(run, "timeline", "--format", "html")
    said = re.findall(r'<span class="unseen">(.*?)</span>', page)
    assert said == [
        _DAYS_OF_A,
        "2026-01-01 – 2027-12-31; first due 2026-12-31",
        "2025-01-01 – 2026-06-30; done on 2026-09-30",
    ]
    assert "<script" not in page


def test_a_file_without_items_says_so(run: Run) -> None:
    Path("tasks.toml").write_text(_PLAN.partition("[[tasks]]")[0], encoding="utf-8")
    assert _shown(run)[-1] == "The file has no items yet."


def test_tab_offers_the_command(run: Run) -> None:
    assert "timeline" in answer(run, "bash", "tracker ti").out.split()
