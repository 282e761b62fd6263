"""What a written report says in any format: its period, difficulties, the file's own texts."""

from pathlib import Path

import pytest

from tests.support import SAMPLES, Run, assert_expected
from tests.written import write_plan_of, written_text


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
    """A day covers the term up to it; a period that is not over is called unfinished."""
    assert_expected(
        f"formats/report-{name}.markdown",
        written_text(run, "report", *words, "--format", "markdown"),
    )


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("format_name", ["docx", "markdown"])
def test_the_texts_of_the_file_are_in_a_written_report(
    run: Run, format_name: str, language: str
) -> None:
    sample = str(SAMPLES / "valid" / "report-texts.toml")
    written = written_text(run, "report", "-f", sample, "--lang", language, "--format", format_name)
    assert_expected(f"formats/texts-{language}.{format_name}", written)


def test_the_table_of_all_items_has_the_evidence_of_a_difficulty(run: Run) -> None:
    write_plan_of("x")
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
    blocked = ("--status", "blocked", "--note", "no land", "--evidence", "CV 1")
    freed = ("--status", "in-progress", "--note", "land given", "--evidence", "QĐ 7")
    for day, words in (("2026-10-01", blocked), ("2026-11-24", freed)):
        assert run("update", "T2", "--on", day, "--cause", "objective", *words).code == 0
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
    written = written_text(run, "report", "--format", "docx")
    assert "TM. BAN THƯỜNG VỤ / BÍ THƯ / " in written


def test_a_wrong_line_of_a_signature_is_named(run: Run, plan: Path) -> None:
    with plan.open("a", encoding="utf-8") as file:
        file.write('\n[report]\nsignature = ["Bí thư", 5]\n')
    result = run("check")
    assert result.code == 7
    assert "[report], signature.number 2: found 5, expected a text that is not blank" in result.out


def test_a_resolved_difficulty_is_called_resolved_and_its_solution_is_no_difficulty(
    run: Run, plan: Path
) -> None:
    for day, status, note in (
        ("2026-10-01", "blocked", "No money"),
        ("2026-11-01", "in-progress", "Money came"),
    ):
        words = ("--on", day, "--status", status, "--cause", "objective", "--note", note)
        run("update", "T2", *words)
    run("update", "B1", "--status", "blocked", "--cause", "subjective", "--note", "No people")
    written = (
        run("report", "--format", "markdown").out.partition("## III.")[2].partition("## V.")[0]
    )
    assert "T2, Roads – behind by 37 points: No money (2026-10-01), since resolved.\n" in written
    assert "Money came" not in written
    assert "B1, Officials – blocked: No people (2026-11-24).\n" in written
    assert (
        "Blocked, to be resolved (1):\n\n- 2029-12-31 (end of the term): B1, Officials" in written
    )
    assert plan.exists()


def test_a_note_explains_an_item_that_was_blocked_by_hand(run: Run, plan: Path) -> None:
    plan.write_text(
        plan.read_text().replace('title = "Roads"', 'title = "Roads"\nstatus = "blocked"')
    )
    run("update", "T2", "--note", "No land")
    assert (
        "T2, Roads – blocked: No land (2026-11-24).\n" in run("report", "--format", "markdown").out
    )


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("2026-09", "tháng 9 năm 2026, 01/09/2026 – 30/09/2026"),
        ("2026-Q1", "quý I năm 2026, 01/01/2026 – 31/03/2026"),
        ("2026-Q4", "quý IV năm 2026, 01/10/2026 – 31/12/2026"),
        ("2026-H1", "6 tháng đầu năm 2026, 01/01/2026 – 30/06/2026"),
        ("2026-H2", "6 tháng cuối năm 2026, 01/07/2026 – 31/12/2026"),
        ("2026", "năm 2026, 01/01/2026 – 31/12/2026"),
        ("mid-term", "giữa nhiệm kỳ, 01/01/2025 – 02/07/2027"),
        ("term", "toàn nhiệm kỳ, 01/01/2025 – 31/12/2029"),
    ],
)
def test_a_written_report_calls_its_period_by_name(run: Run, name: str, called: str) -> None:
    written = run("report", "--period", name, "--format", "markdown", "--lang", "vi").out
    assert f"\n\nKỳ báo cáo {called}\n\n" in written


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "# Mid-term report: implementation of "),
        ("vi", "# Báo cáo sơ kết giữa nhiệm kỳ: kết quả thực hiện "),
    ],
)
def test_a_report_of_the_first_half_of_the_term_says_so_in_its_title(
    run: Run, language: str, title: str
) -> None:
    for name in ("mid-term", "giữa nhiệm kỳ"):
        words = ("report", "--period", name, "--format", "markdown", "--lang", language)
        assert run(*words).out.startswith(title)
    days = ("--from", "2025-01-01", "--to", "2027-07-02")
    assert not run("report", *days, "--format", "markdown", "--lang", language).out.startswith(
        title
    )


@pytest.mark.usefixtures("plan")
def test_a_report_may_look_ahead_a_hundred_years(run: Run, plan: Path) -> None:
    plan.write_text(
        plan.read_text().replace("term.end", "settings.due_soon_days = 36525\nterm.end")
    )
    assert (
        "3 items fall due from 2026-11-25 to 2126-11-25:"
        in run("report", "--format", "markdown").out
    )
