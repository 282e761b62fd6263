"""Reports that are handed over: every format, whole, in both languages; hostile texts; where files go and do not go."""

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from docx import Document
from markdown_it import MarkdownIt
from markdown_it.token import Token
from resolution_cli.render import words
from resolution_cli.render.formats import FORMATS, formats
from resolution_cli.render.texts import clean

from resolution_cli.cli import delivery, main
from resolution_cli.domain.verdict import LIGHTS, Light, Verdict
from tests.support import HOSTILE_CASES, PLAN, SAMPLES, UNSAFE, Run, assert_expected

VIEWS = {"items": ["list"], "item": ["show", "N3"], "report": ["report"], "log": ["log"]}
ALL = [
    pytest.param(view, known.name, id=f"{words[0]}-{known.name}")
    for view, words in VIEWS.items()
    for known in formats(view)
]
TEXTUAL = [case for case in ALL if case.values[1] not in {"docx", "xlsx"}]
PERIOD = ("report", "--period", "2026-Q2")


def _handed_over(run: Run, *words: str) -> str:
    """Return what a command line writes, as text; of a Word file its lines, of a workbook its cells."""
    suffix = next(known.suffix for known in FORMATS if known.name == words[-1]) or ".ids"
    path = Path(f"out{suffix}")
    result = run(*words, "-o", str(path))
    assert (result.code, result.out) == (0, ""), result.err
    content = path.read_bytes()
    path.unlink()
    if suffix == ".docx":
        return _lines_of_word(content)
    return _cells_of_workbook(content) if suffix == ".xlsx" else content.decode()


def _rows(workbook: Path, sheet: str) -> list[tuple[Any, ...]]:
    """Return the values of a sheet, row by row."""
    return [*openpyxl.load_workbook(workbook)[sheet].values]


def _lines_of_word(content: bytes) -> str:
    def lines(parent: Any) -> Iterator[str]:
        for part in parent.iter_inner_content():
            if hasattr(part, "rows"):
                for row in part.rows:
                    yield "| " + " | ".join(" / ".join(lines(cell)) for cell in row.cells)
            elif part.text.strip():
                yield part.text

    return "".join(f"{line}\n" for line in lines(Document(io.BytesIO(content))))


def _cells_of_workbook(content: bytes) -> str:
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    lines = []
    for sheet in workbook:
        lines.append(
            f"== {sheet.title}: frozen at {sheet.freeze_panes}, filter {sheet.auto_filter.ref}"
        )
        lines += [
            " | ".join("" if value is None else str(value) for value in row) for row in sheet.values
        ]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("format_name", [known.name for known in formats("report")])
def test_the_report_of_a_period_in_every_format(run: Run, format_name: str, language: str) -> None:
    written = _handed_over(run, *PERIOD, "--lang", language, "--format", format_name)
    assert_expected(f"formats/report-{language}.{format_name}", written)


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize(
    ("view", "format_name"), [case for case in TEXTUAL if case.values[0] != "report"]
)
def test_every_other_view_in_every_format(run: Run, view: str, format_name: str) -> None:
    written = _handed_over(run, *VIEWS[view], "--lang", "vi", "--format", format_name)
    assert_expected(f"formats/{VIEWS[view][0]}-vi.{format_name}", written)


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("today", []),
        ("forecast", ["--as-of", "2029-06-30"]),
        ("unfinished", ["--period", "this-year"]),
    ],
)
def test_a_report_says_what_it_covers_and_what_falls_due_next(
    run: Run, name: str, words: list[str]
) -> None:
    """Of a day: what the term brought, and what is due soon; of a period that is not over: that it is not."""
    assert_expected(
        f"formats/report-{name}.markdown",
        _handed_over(run, "report", *words, "--format", "markdown"),
    )


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("format_name", ["docx", "markdown"])
def test_the_file_s_own_texts_flow_in(run: Run, format_name: str, language: str) -> None:
    sample = str(SAMPLES / "valid" / "report-texts.toml")
    written = _handed_over(run, "report", "-f", sample, "--lang", language, "--format", format_name)
    assert_expected(f"formats/texts-{language}.{format_name}", written)


@pytest.mark.usefixtures("commune")
def test_what_is_printed_is_what_the_file_gets(run: Run, tmp_path: Path) -> None:
    for view, format_name in (case.values for case in TEXTUAL):
        words = [*VIEWS[str(view)], "--format", str(format_name)]
        printed = run(*words).out
        assert run(*words, "-o", "out").err == "Written to out.\n"
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
    _head, *rows = _rows(tmp_path / "out.xlsx", "Counts")
    assert all(tasks + breakthroughs == total for _name, tasks, breakthroughs, total in rows)
    by_status, by_outcome = rows[:5], rows[5:]
    for *counted, total in (by_status, by_outcome):
        assert [sum(column) for column in zip(*(row[1:] for row in counted), strict=True)] == [
            *total[1:]
        ]
        assert total[0] == "total"


@pytest.mark.usefixtures("commune")
def test_a_workbook_has_real_dates_and_numbers_and_the_word_with_the_colour(
    run: Run, tmp_path: Path
) -> None:
    run("report", "-o", "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Items"]
    head, first, *_rest = sheet.iter_rows()
    cells = {str(name.value): cell for name, cell in zip(head, first, strict=True)}
    assert isinstance(cells["Due"].value, datetime)
    assert cells["Progress"].value == 0.9
    assert cells["Progress"].number_format == "0%"
    assert cells["Verdict"].value == "overdue"
    rules = [rule.formula for ruled in sheet.conditional_formatting for rule in ruled.rules]
    assert ['$D2="overdue"'] in rules


@pytest.mark.usefixtures("commune")
def test_the_sums_of_a_period_are_numbers_in_a_workbook(run: Run, tmp_path: Path) -> None:
    run(*PERIOD, "-o", "out.xlsx")
    cover = dict(_rows(tmp_path / "out.xlsx", "Report"))
    before, after = cover["Not done before the period"], cover["= not done at the end"]
    assert (
        before - cover["− finished on time"] - cover["− finished late"] + cover["+ reopened"]
        == after
    )


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
    written = unescape(_handed_over(run, *words))
    assert own in written
    assert ends in written
    assert (
        "* 2 items have no due date yet; the end of the term, 2029-12-31, is used instead."
        in written
    )


@pytest.mark.usefixtures("plan")
def test_in_a_workbook_a_due_date_that_the_file_has_not_is_an_empty_cell(
    run: Run, tmp_path: Path
) -> None:
    run("report", "-o", "out.xlsx")
    head, *rows = _rows(tmp_path / "out.xlsx", "Items")
    dues = {row[0]: row[head.index("Due")] for row in rows}
    assert dues == {"T1": datetime(2026, 12, 31), "T2": None, "B1": None}  # noqa: DTZ001  # as Excel has it
    told = "2 items have no due date yet; the end of the term, 2029-12-31, is used instead."
    assert dict(_rows(tmp_path / "out.xlsx", "Report"))["Due"] == told


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
    run("report", "-o", "out.docx")
    coloured = {
        run_.text: str(run_.font.color.rgb)
        for table in Document("out.docx").tables
        for row in table.rows
        for cell in row.cells
        for line in cell.paragraphs
        for run_ in line.runs
    }
    assert coloured["done 59 days late"] == "8A5000"
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


def test_the_table_of_all_items_has_the_evidence_of_a_difficulty(run: Run) -> None:
    _write_plan("x")
    plan = Path("tasks.toml")
    plan.write_text(
        plan.read_text().replace(
            'evidence = ["\\U00000078"]', 'evidence = ["12/BC, 30/09/2026", "y"]'
        )
    )
    table = run("report", "--format", "markdown").out.rpartition("| No. |")[2]
    assert table.splitlines()[2].endswith("|  | x \\[12/BC, 30/09/2026; y\\] (objective cause) |")


@pytest.mark.usefixtures("plan")
def test_the_table_of_all_items_has_the_evidence_of_how_a_difficulty_was_removed(run: Run) -> None:
    blocked = (
        "--status",
        "blocked",
        "--cause",
        "objective",
        "--note",
        "no land",
        "--evidence",
        "CV 1",
    )
    assert run("update", "T2", "--on", "2026-10-01", *blocked).code == 0
    freed = (
        "--status",
        "in-progress",
        "--cause",
        "objective",
        "--note",
        "land given",
        "--evidence",
        "QĐ 7",
    )
    assert run("update", "T2", *freed).code == 0
    table = run("report", "--format", "markdown").out.rpartition("| No. |")[2]
    row = next(line for line in table.splitlines() if "| T2 |" in line)
    assert row.endswith("| land given \\[QĐ 7\\] | no land \\[CV 1\\] (objective cause) |")


@pytest.mark.parametrize(
    "signature",
    ['["TM. Ban Thường vụ", "Bí thư"]', '"TM. Ban Thường vụ\\nBí thư"'],
    ids=["list", "text"],
)
def test_a_signature_is_a_list_or_a_text_of_lines(run: Run, plan: Path, signature: str) -> None:
    with plan.open("a", encoding="utf-8") as file:
        file.write(f"\n[report]\nsignature = {signature}\n")
    written = _handed_over(run, "report", "--format", "docx")
    assert "TM. BAN THƯỜNG VỤ / BÍ THƯ / " in written


def test_a_wrong_line_of_a_signature_is_named(run: Run, plan: Path) -> None:
    with plan.open("a", encoding="utf-8") as file:
        file.write('\n[report]\nsignature = ["Bí thư", 5]\n')
    result = run("check")
    assert result.code == 7
    assert "[report], signature.number 2: found 5, expected a text that is not blank" in result.out


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0%"), (0.001, "0.1%"), (100 / 3652, "0.1%"), (1 / 3, "0.3%"), (12.5, "12.5%"), (49.96, "50%"),
        (99, "99%"), (99.94, "99.9%"), (365_100 / 3652, "99.9%"), (99.999, "99.9%"), (100, "100%"),
    ],
    ids=str,
)  # fmt: skip
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
    plan.write_text(
        plan.read_text(encoding="utf-8").partition("\n# The diary.")[0], encoding="utf-8"
    )
    assert f" days of the term have passed ({percent})\n" in run("report", "--as-of", day).out
    page = run("report", "--as-of", day, "--format", "html").out
    assert re.search(
        rf'<i style="width:{width}%"></i></span>[^<]* days of the term have passed \({percent}\)<',
        page,
    )


def test_a_word_file_is_laid_out_as_an_official_document(run: Run, tmp_path: Path) -> None:
    run("report", "-f", str(SAMPLES / "three-years.toml"), "--lang", "vi", "-o", "out.docx")
    document = Document(str(tmp_path / "out.docx"))
    text, appendix = document.sections
    sizes = (
        text.page_width,
        text.page_height,
        text.top_margin,
        text.bottom_margin,
        text.left_margin,
        text.right_margin,
    )
    assert [round(size.mm) for size in sizes if size] == [210, 297, 20, 20, 30, 15]
    assert (appendix.page_width, appendix.page_height) == (text.page_height, text.page_width)
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size.pt) == ("Times New Roman", 14)
    with zipfile.ZipFile(tmp_path / "out.docx") as archive:
        body = archive.read("word/document.xml").decode()
    tables = body.count('<w:tblStyle w:val="TableGrid"/>')
    assert body.count("<w:tblHeader/>") == tables == 3
    assert re.search(
        r"ĐẢNG CỘNG SẢN VIỆT NAM.*BÁO CÁO.*I\. TÌNH HÌNH CHUNG.*V\. KIẾN NGHỊ.*Nơi nhận:.*PHỤ LỤC",
        body,
    )


@pytest.mark.usefixtures("plan")
def test_csv_of_the_log_names_the_facts_that_an_entry_took_away(run: Run) -> None:
    run("update", "T1", "--clear", "lead", "--clear", "tags", "--progress", "50")
    rows = [*csv.DictReader(io.StringIO(run("log", "--format", "csv").out.removeprefix("\ufeff")))]
    assert [(row["progress"], row["lead"], row["cleared"]) for row in rows] == [
        ("50", "", "lead; tags"),
        ("40", "", ""),
    ]


@pytest.mark.parametrize(("view", "format_name"), ALL)
def test_characters_without_a_shape_go_and_new_ones_stay(
    run: Run, view: str, format_name: str
) -> None:
    """They come with a text from a web page; a character of next year's Unicode is no less a text."""
    title, shown = "đ\u00adổi\u200b mớ\u2060i\ufeff \U0001faff\u0378", "đổi mới \U0001faff\u0378"
    _write_plan(title)
    written = _handed_over(run, *VIEWS[view], "--format", format_name)
    if format_name == "json":
        assert title in _texts(json.loads(written))
    elif format_name != "ids":
        assert "�" not in written
        assert "".join(shown.split()) in "".join(re.sub("<[^>]*>|&#160;", "", written).split())


@pytest.mark.usefixtures("commune")
def test_a_picture_is_the_same_whatever_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = run("list", "--format", "svg").out
    assert 'fill="#' in picture
    for setting in (
        "TERM=dumb", "TERM=unknown", "TERM=xterm-256color", "NO_COLOR=1", "FORCE_COLOR=1", "COLORTERM=8", "COLUMNS=40",
        "LINES=5", "TTY_COMPATIBLE=0", "TTY_INTERACTIVE=0", "JUPYTER_COLUMNS=40", "TERMINAL_WIDTH=40",
    ):  # fmt: skip
        with monkeypatch.context() as patch:
            patch.setenv(*setting.split("="))
            assert run("list", "--format", "svg").out == picture, setting


# Hostile texts


_HOSTILE_PLAN = """\
schema = 1
[resolution]
title = {text}
body = {text}
congress = {text}
term.start = 2025-01-01
term.end = 2029-12-31
[report]
situation = {text}
proposals = {text}
committee = {text}
superior = {text}
place = {text}
number = {text}
signature = {text}
recipients = [{text}]
[[tasks]]
id = "N3"
title = {text}
summary = {text}
lead = {text}
partners = [{text}]
product = {text}
tags = [{text}]
status = "blocked"
[[updates]]
item = "N3"
on = 2026-11-20
by = {text}
status = "blocked"
note = {text}
evidence = [{text}]
cause = "objective"
"""


def _write_plan(text: str) -> None:
    """Write a plan here whose every text is `text`."""
    quoted = "".join(f"\\U{ord(character):08x}" for character in text)
    Path("tasks.toml").write_text(_HOSTILE_PLAN.format(text=f'"{quoted}"'), encoding="utf-8")


def _write_harmless_plan(text: str) -> dict[str, str]:
    """Write a plan with a letter for each line of `text`. Return each letter, with the line as it is to be shown."""
    lines = [clean(line).strip() for line in text.splitlines() if line.strip()]
    letters = {chr(ord("ⓐ") + number): line for number, line in enumerate(lines)}
    _write_plan("\n".join(letters))
    return letters


@pytest.fixture
def hostile(request: pytest.FixtureRequest) -> str:
    """Write a plan whose every text is a hostile one, and return that."""
    _write_plan(request.param)
    return str(request.param)


every_hostile = pytest.mark.parametrize("hostile", HOSTILE_CASES, indirect=True)


@every_hostile
@pytest.mark.parametrize(("view", "format_name"), TEXTUAL)
def test_no_control_character_and_no_turned_text_gets_through(
    run: Run, hostile: str, view: str, format_name: str
) -> None:
    result = run(*VIEWS[view], "--format", format_name)
    assert (result.code, result.err) == (0, "")
    if format_name == "json":  # escapes them, and gives back the very text
        assert hostile in [*_texts(json.loads(result.out))] or view == "report"
    allowed = {"csv": "\ufeff\r", "tsv": "\t"}.get(format_name, "")
    assert set(result.out) & UNSAFE <= set(allowed)


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _texts(part)


@every_hostile
@pytest.mark.parametrize("view", ["items", "report", "log"])
def test_no_cell_of_csv_begins_as_a_formula(run: Run, hostile: str, view: str) -> None:
    rows = [
        *csv.reader(io.StringIO(run(*VIEWS[view], "--format", "csv").out.removeprefix("\ufeff")))
    ]
    cells = [cell for row in rows for cell in row]
    assert len({len(row) for row in rows}) == 1
    assert not [
        cell
        for cell in cells
        if cell.lstrip()[:1] in {"=", "+", "-", "@", "\t", "\r"} and cell.strip("-0123456789")
    ]
    assert [cell for cell in cells if cell.removeprefix("'") == clean(hostile)]


@every_hostile
def test_no_cell_of_a_workbook_is_a_formula_of_the_file_s(
    run: Run, tmp_path: Path, hostile: str
) -> None:
    run("report", "-o", "out.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "out.xlsx")
    for cell in (cell for sheet in workbook for row in sheet for cell in row):
        assert cell.data_type in {"s", "n", "d"}
        # Without this mark Excel reads a text anew, maybe as a formula or a date, once somebody
        # edits the cell.
        assert cell.quotePrefix or cell.data_type != "s"
    assert clean(hostile)[:1000] in str(workbook["Items"]["C2"].value)


@every_hostile
def test_a_word_file_has_the_text_and_opens(run: Run, tmp_path: Path, hostile: str) -> None:
    run("report", "-o", "out.docx")
    assert clean(hostile).strip() in _lines_of_word((tmp_path / "out.docx").read_bytes())


class _Elements(HTMLParser):
    """The elements of a page, in order, each with the names of its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _value in attrs)))


@every_hostile
@pytest.mark.parametrize("view", VIEWS)
def test_a_page_has_the_elements_that_it_has_with_harmless_texts(
    run: Run, hostile: str, view: str
) -> None:
    found = _Elements(run(*VIEWS[view], "--format", "html").out).found
    _write_harmless_plan(hostile)
    assert found == _Elements(run(*VIEWS[view], "--format", "html").out).found, hostile


def _structure(markdown: str) -> tuple[list[str], list[str]]:
    """Return the kinds of the tokens of a Markdown text but for plain text, and the plain texts."""
    tokens = (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)
    )
    parts = [part for token in tokens for part in (token, *(token.children or ()))]
    texts = [
        "".join(part.content for part in token.children or () if not _parts_words(part))
        for token in tokens
    ]
    return [
        part.type
        for part in parts
        if part.type not in {"text", "text_special"} and not _parts_words(part)
    ], texts


def _parts_words(token: Token) -> bool:
    """Say whether this is the empty comment that keeps GitHub from taking a word for a reference."""
    return token.type == "html_inline" and token.content == "<!-- -->"


@every_hostile
@pytest.mark.parametrize("view", VIEWS)
def test_markdown_has_the_structure_that_it_has_with_harmless_texts(
    run: Run, hostile: str, view: str
) -> None:
    kinds, texts = _structure(run(*VIEWS[view], "--format", "markdown").out)
    letters = str.maketrans(_write_harmless_plan(hostile))
    harmless_kinds, harmless_texts = _structure(run(*VIEWS[view], "--format", "markdown").out)
    assert kinds == harmless_kinds
    expected = [text.translate(letters) for text in harmless_texts]
    assert ["".join(text.split()) for text in texts] == ["".join(text.split()) for text in expected]


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("note", "written"),
    [
        ("hỏi @octocat", "hỏi @<!-- -->octocat"),
        ("@phuong/to-1", "@<!-- -->phuong/to-1"),
        ("vp@phuong.vn", "vp@<!-- -->phuong.vn"),
        ("xem #41", "xem #<!-- -->41"),
        ("#41", "#<!-- -->41"),
        ("a/b#3", "a/b#<!-- -->3"),
        ("GH-12, gh-3", "GH-<!-- -->12, gh-<!-- -->3"),
        (":warning: :+1: :flag_vn:", ":<!-- -->warning: :<!-- -->+1: :<!-- -->flag\\_vn:"),
        ("lúc 16:30:45, 12/2026: đủ", "lúc 16:30:45, 12/2026: đủ"),
        ("deadbeef1, 6f40a81c", "d<!-- -->eadbeef1, 6<!-- -->f40a81c"),
        ("chi 15000000 @ 12%, # 1, C# và a1b2", "chi 15000000 @ 12%, # 1, C# và a1b2"),
    ],
)
def test_markdown_has_no_word_that_github_takes_for_a_reference(
    run: Run, note: str, written: str
) -> None:
    """GitHub looks for them in the text that has been read, where no backslash is left: only an empty comment helps."""
    run("update", "T2", f"--note={note}")
    blocks = run("report", "--format", "markdown").out.split("\n\n")
    assert [block for block in blocks if block.endswith(f"2026-11-24: {written}")], blocks
    text = _structure(f"- {written}")[1]
    assert note in text


@every_hostile
@pytest.mark.parametrize("view", VIEWS)
def test_a_picture_is_well_formed_and_asks_for_nothing(run: Run, hostile: str, view: str) -> None:
    picture = run(*VIEWS[view], "--format", "svg").out
    kinds = {element.tag.rpartition("}")[2] for element in ET.fromstring(picture).iter()}  # noqa: S314  # ours
    assert not kinds & {"script", "image", "a", "foreignObject", "use"}, hostile
    assert "@font-face" not in picture
    assert "url(http" not in picture


# Where files go, and do not go


@pytest.fixture
def data(plan: Path) -> Iterator[Path]:
    """Return the folder of a plan that no command here may change, or leave anything in but what is asked for."""
    before = plan.read_bytes()
    yield plan.parent
    assert plan.read_bytes() == before
    assert not [entry for entry in plan.parent.iterdir() if entry.name.endswith(".tracker-tmp")]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["list", "--format", "jsn"], 2, "'jsn' is not a format of this command; choose one of: text, json, csv"),
        (["list", "--format", "jsn"], 2, "Did you mean json?"),
        (["list", "--format", ""], 2, "'' is not a format of this command"),
        (["show", "T1", "--format", "xlsx"], 2, "'xlsx' is not a format of this command"),
        (["list", "-o", "list.docx"], 2, ".txt, .json, .csv, .tsv, .md, .html, .svg, or give --format."),
        (["list", "-o", "list"], 2, "'list' is not a format of this command; use one of .txt"),
        (["list", "-o", "tasks.toml", "--format", "json", "--force"], 2, "this is a data file"),
        (["list", "-o", "../{folder}/tasks.toml", "--format", "json", "--force"], 2, "this is a data file"),
        (["list", "--force"], 2, "--force needs --output."),
        (["list", "-o", "none/list.json"], 6, "none/list.json was not written: the folder does not exist."),
        (["list", "-o", "tasks.toml/list.json"], 6, "the folder does not exist."),
        (["list", "-o", "old.json"], 4, "old.json already exists and was not overwritten."),
        (["list", "-o", "folder.json"], 6, "this is not a file."),
        (["list", "-o", "folder.json", "--force"], 6, "this is not a file."),
        (["list", "-o", "pipe.json", "--force"], 6, "this is not a file."),
        (["list", "-o", "a" * 300 + ".json"], 6, "File name too long."),
        (["show", "T44", "-o", "out.json"], 3, "There is no item 'T44'."),
        (["list", "-f", "none.toml", "-o", "out.json"], 5, "there is no such file"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_refused_and_leaves_nothing(
    run: Run, data: Path, words: list[str], code: int, told: str
) -> None:
    (data / "old.json").write_text("mine")
    (data / "folder.json").mkdir()
    os.mkfifo(data / "pipe.json")
    before = {entry.name for entry in data.iterdir()}
    result = run(*(word.format(folder=data.name) for word in words))
    assert (result.code, result.out) == (code, "")
    assert told in result.err
    assert "Hint: " in result.err
    assert {entry.name for entry in data.iterdir()} == before
    assert (data / "old.json").read_text() == "mine"


@pytest.mark.parametrize(
    "fault", [("open", 13), ("open", 28), ("fsync", 28), ("fsync", 5)], ids=str
)
@pytest.mark.parametrize("is_forced", [True, False], ids=["forced", "new"])
def test_a_fault_of_the_disk_leaves_no_half_file(
    run: Run,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: tuple[str, int],
    *,
    is_forced: bool,
) -> None:
    step, number = fault

    def fail(*_arguments: object) -> int:
        raise OSError(number, os.strerror(number))

    if is_forced:
        (data / "out.json").write_text("old")
    monkeypatch.setattr(os, step, fail)
    result = run("list", "-o", "out.json", *(["--force"] if is_forced else []))
    monkeypatch.undo()
    assert (result.code, result.out) == (6, "")
    assert os.strerror(number) in result.err
    assert [entry.name for entry in data.iterdir() if entry.name != "tasks.toml"] == [
        "out.json"
    ] * is_forced
    assert not is_forced or (data / "out.json").read_text() == "old"


def test_force_replaces_the_file_and_keeps_a_link(run: Run, data: Path) -> None:
    (data / "there.json").write_text("old")
    (data / "link.json").symlink_to("there.json")
    assert run("list", "-o", "link.json").code == 4
    assert run("list", "-o", "link.json", "--force").code == 0
    assert (data / "link.json").is_symlink()
    assert json.loads((data / "there.json").read_text())["schema"] == 1


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("format_name", ["docx", "xlsx"])
def test_a_binary_format_is_not_for_a_screen_but_for_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], format_name: str
) -> None:
    assert main(["report", "--format", format_name]) == 0
    assert capfdbinary.readouterr().out.startswith(b"PK")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["report", "--format", format_name]) == 2
    assert (
        f"{format_name} cannot be shown on a screen; give --output FILE."
        in capfdbinary.readouterr().err.decode()
    )


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("format_name", "package"), [("docx", "python-docx"), ("xlsx", "openpyxl")]
)
def test_without_its_package_a_format_names_the_command_that_installs_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, format_name: str, package: str
) -> None:
    monkeypatch.setattr(delivery, "find_spec", lambda _name: None)
    result = run("report", "-o", f"out.{format_name}")
    assert (result.code, result.out) == (4, "")
    assert f"{format_name} needs the package {package}, which is not installed." in result.err
    assert f"-m pip install {package}" in result.err
    assert [entry.name for entry in tmp_path.iterdir()] == ["tasks.toml"]


def test_every_renderer_that_the_table_names_is_there() -> None:
    for view in VIEWS:
        for known in formats(view):
            assert callable(known.renderer(view)), known


@pytest.mark.parametrize("between", ["", '"', '""', ' " ', '"; "', "\u200b", "\xa0"])
@every_hostile
def test_no_cell_of_csv_is_a_formula_where_semicolons_part_cells(
    run: Run, hostile: str, between: str
) -> None:
    _write_plan(f"x;{between}{hostile}")
    text = run("list", "--format", "csv").out.removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.lstrip()[:1] in {"=", "+", "-", "@"}]


def test_a_plan_without_items_is_handed_over_in_every_format(run: Run) -> None:
    run("init", "--blank", "--title", "x", "--start", "2025-01-01", "--end", "2029-12-31")
    for known in formats("report"):
        assert run("report", "--format", known.name, "-o", f"out{known.suffix}").code == 0
    assert {row[0]: row[1:] for row in _rows(Path("out.xlsx"), "Counts")}["total"] == (0,)


@pytest.mark.usefixtures("plan")
def test_a_workbook_has_no_escape_that_excel_obeys_and_no_day_that_it_has_not(
    run: Run, plan: Path
) -> None:
    text = (
        plan.read_text(encoding="utf-8")
        .replace("Roads", "a_x001B_b")
        .replace("2025-01-01", "1000-01-01")
    )
    plan.write_text(
        text.replace('title = "Officials"', 'title = "Officials"\nstart = 1000-02-03'),
        encoding="utf-8",
    )
    run("report", "-o", "out.xlsx")
    values = [
        str(value) for row in openpyxl.load_workbook("out.xlsx")["Items"].values for value in row
    ]
    assert "a_x005F_x001B_b" in values
    assert "1000-02-03" in values


def test_output_leaves_other_plans_links_and_read_only_files_alone(run: Run, data: Path) -> None:
    (data / "other.toml").write_text(PLAN, encoding="utf-8")
    (data / "loop.json").symlink_to("loop.json")
    (data / "dangling.json").symlink_to("none.json")
    (data / "fixed.json").write_text("mine")
    (data / "fixed.json").chmod(0o444)
    for name, code, told in (
        ("other.toml", 2, "this is a data file"),
        ("loop.json", 6, "this is not a file"),
        ("dangling.json", 6, "this is not a file"),
        ("fixed.json", 6, "the file is read-only"),
    ):
        result = run("list", "--format", "json", "-o", name, "--force")
        assert (result.code, told in result.err) == (code, True), name
    assert (data / "other.toml").read_text(encoding="utf-8") == PLAN
    assert (data / "fixed.json").read_text() == "mine"
    assert not (data / "none.json").exists()
