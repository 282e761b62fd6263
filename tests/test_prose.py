"""The paragraph of an item in a written report: what it says, and what it leaves to the office."""

from pathlib import Path

import pytest

from tests.support import SAMPLES, Run

WARD = str(SAMPLES / "ward-with-milestones.toml")


def paragraph(run: Run, item: str, *words: str) -> str:
    """Return the paragraph of `item` in the written report, as Markdown, without escapes."""
    written = run("report", *words, "--format", "markdown").out
    part = written.partition(f"#### {item}. ")[2].split("\n\n")[1]
    return part.replace("\\", "")


def record(run: Run, item: str, day: str, *words: str) -> None:
    result = run("update", item, "--on", day, *words)
    assert result.code == 0, result.err


@pytest.mark.usefixtures("plan")
def test_a_paragraph_says_what_the_period_changed_with_old_and_new_values(run: Run) -> None:
    record(run, "T2", "2026-06-30", "--progress", "20", "--lead", "Unit A", "--due", "2026-10-15")
    record(run, "T2", "2026-08-10", "--progress", "60", "--note", "Half of the road is built.",
           "--evidence", "Minutes 3")  # fmt: skip
    record(run, "T2", "2026-09-20", "--due", "2026-11-15", "--evidence", "Conclusion 7")
    assert paragraph(run, "T2", "--period", "2026-Q3") == (
        "The task is led by Unit A, due on 2026-11-15. By 2026-09-30 it has reached 60% "
        "(plan: 93%), behind by 33 points. In the period: progress up from 20% to 60%; due date "
        "moved from 2026-10-15 to 2026-11-15 (Conclusion 7). Results: Half of the road is built "
        "(2026-08-10; Minutes 3); evidence Conclusion 7 (2026-09-20)."
    )
    assert "overdue since 2026-11-16" in paragraph(run, "T2", "--period", "2026-Q4")


@pytest.mark.usefixtures("plan")
def test_a_paragraph_says_what_blocked_an_item_and_that_it_was_freed(run: Run) -> None:
    record(run, "T2", "2026-10-05", "--status", "blocked", "--cause", "objective", "--note", "Site")
    record(run, "T2", "2026-11-10", "--status", "in-progress", "--note", "Site handed over")
    assert "blocked: Site (for an objective cause)." in paragraph(
        run, "T2", "--as-of", "2026-10-31"
    )
    written = paragraph(run, "T2", "--period", "2026-11")
    assert "In the period: no longer blocked since 2026-11-10." in written
    assert "Results: Site handed over (2026-11-10)." in written


@pytest.mark.usefixtures("plan")
def test_a_paragraph_names_the_document_of_a_cancellation(run: Run) -> None:
    record(run, "T2", "2026-11-10", "--status", "cancelled", "--evidence", "Resolution 9")
    assert "Cancelled on 2026-11-10: Resolution 9." in paragraph(run, "T2", "--period", "2026-11")


@pytest.mark.usefixtures("plan")
def test_dots_stand_only_for_what_is_not_known(run: Run) -> None:
    assert paragraph(run, "T2").startswith("The task is led by ……………………, due on 2029-12-31 (")
    assert "………" not in paragraph(run, "T1")


@pytest.mark.parametrize(
    ("language", "internal"),
    [
        ("en", ("→", "stale", "orecast")),
        ("vi", ("→", "chậm báo cáo", "ự kiến hoàn thành", "lâu chưa cập nhật")),
    ],
    ids=["en", "vi"],
)
@pytest.mark.parametrize("format_name", ["markdown", "html"])
def test_what_is_for_the_office_itself_is_written_only_when_asked_for(
    run: Run, language: str, internal: tuple[str, ...], format_name: str
) -> None:
    words = ("report", "-f", WARD, "--lang", language, "--format", format_name)
    written = run(*words).out.rpartition("</style>")[2]
    assert [word for word in internal if word in written] == []
    for_us = run(*words, "--internal").out
    assert internal[2] in for_us


@pytest.mark.parametrize("format_name", ["text", "json", "xlsx"])
def test_only_a_written_report_is_internal(run: Run, format_name: str) -> None:
    result = run("report", "-f", WARD, "--internal", "--format", format_name)
    assert (result.code, result.out) == (2, "")
    assert "only a written report has it" in result.err


def test_the_period_is_in_the_subject(run: Run) -> None:
    words = ("report", "-f", WARD, "--lang", "vi", "--period", "2026-Q3", "-o", "out.docx")
    assert run(*words).code == 0
    from tests.written import lines_of_docx  # noqa: PLC0415  # needs python-docx

    lines = lines_of_docx(Path("out.docx").read_bytes()).splitlines()
    assert lines[lines.index("BÁO CÁO") + 1].endswith(", quý III năm 2026")


def test_missing_causes_are_named_before_a_report_is_written(run: Run) -> None:
    result = run("report", "-f", WARD, "-o", "out.docx")
    *notices, written = result.err.splitlines()
    assert written == "Written to out.docx."
    named = notices[-1].partition("(")[2].partition(")")[0].split(", ")
    lacking = [
        line for line in run("check", "-f", WARD).out.splitlines() if "no cause given" in line
    ]
    assert len(lacking) == len(named) > 0
    assert all(any(item in line for line in lacking) for item in named)
    assert "without a cause" not in run("report", "-f", WARD).err
