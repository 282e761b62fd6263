"""What holds for every format: whole outputs in both languages, sums, and safe texts."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from resolution_cli.domain.verdict import LIGHTS, Light, Verdict
from resolution_cli.formats.registry import formats
from resolution_cli.views import words
from tests.support import PLAN_WITHOUT_HISTORY, UNSAFE, Run, assert_expected, hostile
from tests.written import ALL, PERIOD, TEXTUAL, VIEWS, rows_of_sheet, write_plan_of, written_text


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("format_name", [known.name for known in formats("report")])
def test_the_report_of_a_period_is_written_in_every_format(
    run: Run, format_name: str, language: str
) -> None:
    written = written_text(run, *PERIOD, "--lang", language, "--format", format_name)
    assert_expected(f"formats/report-{language}.{format_name}", written)


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize(
    ("view", "format_name"), [case for case in TEXTUAL if case.values[0] != "report"]
)
def test_every_other_view_is_written_in_every_format(run: Run, view: str, format_name: str) -> None:
    written = written_text(run, *VIEWS[view], "--lang", "vi", "--format", format_name)
    assert_expected(f"formats/{VIEWS[view][0]}-vi.{format_name}", written)


@pytest.mark.usefixtures("commune")
def test_a_written_file_has_the_bytes_that_are_printed_otherwise(run: Run, tmp_path: Path) -> None:
    for view, format_name in (case.values for case in TEXTUAL):
        words = [*VIEWS[str(view)], "--format", str(format_name)]
        printed = run(*words).out
        assert run(*words, "-o", "out").err.splitlines()[-1] == "Written to out."
        assert (tmp_path / "out").read_bytes().decode() == printed, words
        assert run(*words, "-o", "-").out == printed
        (tmp_path / "out").unlink()


@pytest.mark.usefixtures("commune")
def test_counts_close_in_every_format_that_has_numbers(run: Run, tmp_path: Path) -> None:
    data = json.loads(run(*PERIOD, "--format", "json").out)
    for count in data["counts"]:
        assert (
            sum(count["by_status"].values()) == sum(count["by_outcome"].values()) == count["total"]
        )
    assert data["counts"][-1]["total"] == len(data["items"])
    assert len(data["period"]["changed"]) + len(data["period"]["silent"]) == len(data["items"])

    run(*PERIOD, "-o", "out.xlsx")
    _head, *rows = rows_of_sheet(tmp_path / "out.xlsx", "Counts")
    assert all(tasks + breakthroughs == total for _name, tasks, breakthroughs, total in rows)
    by_status, by_outcome = rows[:5], rows[5:]
    for *counted, total in (by_status, by_outcome):
        assert [sum(column) for column in zip(*(row[1:] for row in counted), strict=True)] == [
            *total[1:]
        ]
        assert total[0] == "total"


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("words", "own", "ends"),
    [
        (["report", "--format", "text"], "2026-12-31", "2029-12-31*"),
        (["list", "--format", "markdown"], "2026-12-31 |", "2029-12-31\\* |"),
        (["report", "--format", "markdown"], "2026-12-31 |", "2029-12-31\\* |"),
        (["report", "--format", "html"], ">2026-12-31<", ">2029-12-31*<"),
        (["report", "--format", "docx"], " 2026-12-31 |", " 2029-12-31* |"),
    ],
    ids=["terminal", "list-markdown", "markdown", "html", "docx"],
)
def test_a_due_date_that_the_file_has_not_is_marked_in_tables(
    run: Run, words: list[str], own: str, ends: str
) -> None:
    written = unescape(written_text(run, *words))
    assert own in written
    assert ends in written
    assert (
        "* 2 items have no due date yet; the end of the term, 2029-12-31, is used instead."
        in written
    )


def test_what_is_done_late_has_the_colour_of_its_verdict_everywhere(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIGHTS, Verdict.DONE_LATE, Light.AMBER)
    done = (
        'title = "Roads"\ndue = 2026-01-31\nstatus = "done"\nprogress = 100\ndone_on = 2026-03-31'
    )
    plan.write_text(
        plan.read_text(encoding="utf-8").replace('title = "Roads"', done), encoding="utf-8"
    )
    run("report", "-o", "out.xlsx")
    rules = {
        rule.formula[0]: rule.dxf.fill.bgColor.rgb
        for ruled in openpyxl.load_workbook("out.xlsx")["Items"].conditional_formatting
        for rule in ruled.rules
    }
    assert rules['$D2="done late"'] == rules['$D2="behind"'] != rules['$D2="done on time"']
    assert '<span class="amber">done 59 days late</span>' in run("report", "--format", "html").out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    green = "\x1b[32m"
    for command in (["list"], ["report"], ["show", "T2"]):
        lines = [
            line
            for line in run(*command).out.splitlines()
            if "Roads" in line or command[0] == "show"
        ]
        assert lines
        assert not [line for line in lines if green in line], command


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0%"),
        (0.001, "0.1%"),
        (100 / 3652, "0.1%"),
        (1 / 3, "0.3%"),
        (12.5, "12.5%"),
        (49.96, "50%"),
        (99, "99%"),
        (99.94, "99.9%"),
        (365_100 / 3652, "99.9%"),
        (99.999, "99.9%"),
        (100, "100%"),
    ],
    ids=str,
)
def test_a_percentage_is_0_or_100_only_where_nothing_or_all_is_done(
    value: float, shown: str
) -> None:
    assert words.percent(value) == shown


@pytest.mark.parametrize(
    ("day", "percent", "width"),
    [("2025-01-01", "0.1%", 2), ("2029-12-30", "99.9%", 98), ("2029-12-31", "100%", 100)],
)
def test_the_term_has_passed_only_when_its_last_day_has(
    run: Run, plan: Path, day: str, percent: str, width: int
) -> None:
    plan.write_text(PLAN_WITHOUT_HISTORY, encoding="utf-8")
    assert f" days of the term have passed ({percent})\n" in run("report", "--as-of", day).out
    page = run("report", "--as-of", day, "--format", "html").out
    assert re.search(
        rf'<i style="width:{width}%"></i></span>[^<]* of the term have passed \({percent}\)\.<',
        page,
    )


def test_a_plan_without_items_has_a_report_in_every_format(run: Run) -> None:
    run("init", "--blank", "--title", "x", "--start", "2025-01-01", "--end", "2029-12-31")
    for known in formats("report"):
        assert run("report", "--format", known.name, "-o", f"out{known.suffix}").code == 0
    assert {row[0]: row[1:] for row in rows_of_sheet(Path("out.xlsx"), "Counts")}["total"] == (0,)


@pytest.mark.parametrize(
    ("view", "format_name"), [case for case in ALL if case.values[0] != "check"]
)
def test_invisible_characters_are_removed_and_unknown_ones_kept(
    run: Run, view: str, format_name: str
) -> None:
    """Texts from web pages have such characters; one of next year's Unicode must stay."""
    title, shown = "đ\u00adổi\u200b mớ\u2060i\ufeff \U0001faff\u0378", "đổi mới \U0001faff\u0378"
    write_plan_of(title)
    written = written_text(run, *VIEWS[view], "--format", format_name)
    if format_name == "json":
        assert title in _texts(json.loads(written))
    elif format_name != "ids":
        assert "�" not in written
        assert "".join(shown.split()) in "".join(re.sub("<[^>]*>|&#160;", "", written).split())


@hostile
@pytest.mark.parametrize(("view", "format_name"), TEXTUAL)
def test_no_control_character_and_no_mark_of_text_direction_is_written(
    run: Run, text: str, view: str, format_name: str
) -> None:
    write_plan_of(text)
    result = run(*VIEWS[view], "--format", format_name)
    assert (result.code, result.err) == (0, "")
    if format_name == "json":  # escapes them, and gives back the very text
        assert text in [*_texts(json.loads(result.out))]
    allowed = {"csv": "\ufeff\r", "tsv": "\t", "ics": "\r"}.get(format_name, "")
    assert set(result.out) & UNSAFE <= set(allowed)


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _texts(part)


@pytest.mark.usefixtures("plan")
def test_every_view_is_drawn_in_every_format_of_documents(run: Run) -> None:
    drawn = {known.name for known in formats("check")}
    assert drawn == {"text", "markdown", "html", "docx", "xlsx", "svg"}
    for view in VIEWS:
        assert drawn <= {known.name for known in formats(view)}
        words = [word.replace("N3", "T1") for word in VIEWS[view]]
        for known in formats(view):
            assert run(*words, "-o", f"{view}{known.suffix or '.ids'}", "--format", known.name).err
