"""`tracker targets`, `tracker show` of a target, and targets in the reports, in every format."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from resolution_cli.formats.registry import formats
from tests.completion import answer
from tests.support import SAMPLES, THREE_YEARS, Run, assert_expected
from tests.written import rows_of_sheet, written_text

SAMPLE = SAMPLES / "valid" / "targets.toml"
TEXTUAL = [known.name for known in formats("targets") if not known.is_binary]


@pytest.fixture(autouse=True)
def _file(tmp_path: Path) -> None:
    (tmp_path / "tasks.toml").write_bytes(SAMPLE.read_bytes())


@pytest.mark.parametrize("format_name", TEXTUAL)
def test_the_targets_are_listed_in_every_format(run: Run, format_name: str) -> None:
    written = written_text(run, "targets", "--lang", "vi", "--format", format_name)
    assert_expected(f"targets/targets-vi.{format_name}", written)


@pytest.mark.parametrize("format_name", ["text", "json", "markdown", "html", "docx"])
def test_a_target_is_shown_with_its_plan_by_year(run: Run, format_name: str) -> None:
    written = written_text(run, "show", "C1", "--format", format_name)
    assert_expected(f"targets/show-en.{format_name}", written)


@pytest.mark.parametrize("format_name", ["text", "json", "markdown", "docx", "xlsx"])
def test_the_report_has_the_targets(run: Run, format_name: str) -> None:
    written = written_text(run, "report", "--lang", "vi", "--format", format_name)
    assert_expected(f"targets/report-vi.{format_name}", written)


def test_the_free_text_on_targets_stands_above_the_targets(run: Run) -> None:
    path = Path("tasks.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[[tasks]]", '[report]\ntargets = "Own words."\n\n[[tasks]]', 1))
    section = run("report", "--format", "markdown").out.partition("Results: targets")[2]
    assert section.index("Own words") < section.index("Met or exceeded: 0 of 8 targets")


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ([], "C1 C2 C3 C4 C5 C6 C7 C8"),
        (["--verdict", "behind"], "C1"),
        (["--verdict", "đúng tiến độ", "--verdict", "no-plan"], "C2 C3 C8"),
        (["--lead", "kinh te"], "C1"),
        (["--tag", "Xã hội"], "C1"),
        (["--search", "ngan sach"], "C3"),
        (["--as-of", "2026-06-29", "--verdict", "on-track"], ""),
        (["--year", "2025", "--verdict", "no-data"], "C6"),
    ],
    ids=str,
)
def test_targets_are_filtered(run: Run, words: list[str], ids: str) -> None:
    assert run("targets", *words, "--format", "ids").out.split() == ids.split()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--year", "26"], "--year: '26' is not a year of four digits."),
        (["--verdict", "good"], "--verdict: 'good' is not valid; choose one of: exceeded, met,"),
        (["--as-of", "2026-11-25"], "--as-of: 2026-11-25 is in the future"),
    ],
)
def test_what_cannot_be_asked_of_targets_is_refused(run: Run, words: list[str], says: str) -> None:
    result = run("targets", *words)
    assert (result.code, result.out) == (2, "")
    assert says in result.err


def test_the_year_asked_for_is_judged_and_counted(run: Run) -> None:
    run("update", "C6", "--value", "5,5", "--on", "2025-12-20")
    result = run("targets", "--year", "2025")
    assert "Year 2025: met or exceeded 1 of 1 target with a plan for it\n" in result.out
    data = json.loads(run("targets", "--year", "2025", "--format", "json").out)
    assert data["counts"]["by_verdict"]["no-plan"] == 7
    assert sum(data["counts"]["by_verdict"].values()) == data["counts"]["total"] == 8


@pytest.mark.parametrize(
    ("words", "shape"),
    [
        (["targets"], "targets"),
        (["targets", "--year", "2026"], "targets"),
        (["show", "C1"], "target"),
        (["report"], "report"),
        (["log"], "log"),
    ],
    ids=str,
)
def test_json_of_targets_is_what_its_schema_says(run: Run, words: list[str], shape: str) -> None:
    schema = json.loads(run("schema", "--of", shape).out)
    data = json.loads(run(*words, "--format", "json").out)
    Draft202012Validator(schema).validate(data)


def test_the_sheet_of_targets_has_numbers(run: Run) -> None:
    run("report", "-o", "out.xlsx")
    head, first, *_rest = rows_of_sheet(Path("out.xlsx"), "Targets")
    row = dict(zip(head, first, strict=True))
    assert (row["Base"], row["Plan"], row["Latest figure"], row["Year"]) == (1.8, 1.2, 1.6, 2026)


def test_a_file_without_targets_is_told_so_and_its_report_has_none(run: Run) -> None:
    file = ("--file", str(THREE_YEARS))
    assert "The file has no targets yet." in run("targets", *file).out
    data = json.loads(run("report", *file, "--format", "json").out)
    assert not data.keys() & {"targets", "target_counts"}


def test_tab_offers_the_ids_of_targets(run: Run) -> None:
    assert answer(run, "bash", "tracker update C").out.split() == [f"C{n}" for n in range(1, 9)]


def test_an_unknown_id_is_answered_with_those_of_targets_too(run: Run) -> None:
    assert "The ids are: T1, C1, C2, C3, C4, C5, C6, C7, C8." in run("show", "X99").err


def test_on_80_columns_each_target_has_its_lines_and_on_120_its_row(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    shown = {}
    for columns in ("80", "120"):
        monkeypatch.setenv("COLUMNS", columns)
        shown[columns] = run("targets", "-f", str(SAMPLES / "valid" / "targets.toml")).out
    assert "C1 Share of poor households\n   behind plan, 1.6%, plan ≤ 1.2 (2026)\n" in shown["80"]
    assert "latest figure" not in shown["80"]
    assert "latest figure" in shown["120"]
