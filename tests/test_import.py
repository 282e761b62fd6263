"""`tracker import`: what comes back from the units on their forms."""

import shutil
import subprocess
import tomllib
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from resolution_cli.cli import clock
from tests.filled import (
    FIRST_ANSWER,
    HEAD_ROW,
    OFFICE,
    PLAN_OF_UNITS,
    POLICE,
    Answers,
    fill,
    forms_made,
    place_of,
    row_of,
    sheet_of,
)
from tests.support import NOW, UNSAFE, Result, Run, examples, hostile

FILE = Path("tasks.toml")

SOFFICE = shutil.which("soffice")


def imported(run: Run, *words: object) -> Result:
    return run("import", *map(str, words or (OFFICE, POLICE)), "--yes")


def updates() -> list[dict[str, Any]]:
    """Return the entries that came behind the first, without what all have."""
    constant = ("at", "by", "command")
    entries = tomllib.loads(FILE.read_text())["updates"][3:]
    return [{name: entry[name] for name in entry if name not in constant} for entry in entries]


def refused(run: Run, *words: object) -> list[str]:
    """Import, and return what is wrong, with the place in short; nothing was written."""
    before = FILE.read_bytes()
    result = imported(run, *words)
    assert (result.code, result.out) == (4, "")
    assert FILE.read_bytes() == before
    lines = result.err.partition("Hint:")[0].splitlines()
    return [
        line.removeprefix("Error:").strip().replace(", sheet “Form”, cell ", " ") for line in lines
    ]


def test_an_untouched_form_changes_nothing(run: Run) -> None:
    forms_made(run)
    before = FILE.read_bytes()
    assert imported(run) == (0, "2 forms read; there is nothing new in them.\n", "")
    assert FILE.read_bytes() == before


def test_answers_are_recorded_in_one_write_and_taken_back_by_one_undo(run: Run) -> None:
    forms_made(run)
    before = FILE.read_bytes()
    fill(
        OFFICE,
        {
            "T1": {
                "status": "blocked",
                "figure": "60%",
                "result": "Lane 3 is paved",
                "evidence": "Report 12\nMinutes 4",
                "difficulty": "No budget for lane 4",
                "cause": "objective",
                "proposal": "Approve it",
            },
            "T2.2": {"status": "hoàn thành", "done on": "20/11/2026"},
        },
    )
    fill(POLICE, {"C1": {"figure": "1,4"}, "T2": {"result": "On time"}})
    asked = run("import", str(OFFICE), str(POLICE))
    assert asked.code == 4
    assert "without a terminal, confirmation is not possible" in asked.err
    rehearsed = run("import", str(OFFICE), str(POLICE), "--dry-run")
    assert rehearsed.out.startswith(asked.out)
    assert rehearsed.out.endswith("Nothing was written to tasks.toml.\n")
    assert FILE.read_bytes() == before
    assert imported(run).out == asked.out + "Written to tasks.toml.\n"
    on = date(2026, 11, 24)
    assert updates() == [
        {
            "item": "T1",
            "on": on,
            "progress": 60,
            "was": {"progress": 40},
            "note": "Lane 3 is paved",
            "evidence": ["Report 12", "Minutes 4"],
            "proposal": "Approve it",
        },
        {
            "item": "T1",
            "on": on,
            "status": "blocked",
            "was": {"status": "in-progress"},
            "note": "No budget for lane 4",
            "cause": "objective",
        },
        {"item": "T2.2", "on": on, "status": "done", "done_on": date(2026, 11, 20)},
        {"item": "T2", "on": on, "note": "On time"},
        {"item": "C1", "on": on, "value": 1.4, "was": {"value": 1.6, "on": date(2026, 6, 30)}},
    ]
    assert {entry["by"] for entry in tomllib.loads(FILE.read_text())["updates"][3:]} == {"office"}
    assert run("check").code in (0, 7)
    assert "error" not in run("check").out.lower()
    assert run("undo", "--yes").code == 0
    assert FILE.read_bytes() == before
    assert run("undo", "--redo").code == 0
    assert len(updates()) == 5


def test_two_entries_of_an_item_that_began_with_nothing_are_undone_too(run: Run) -> None:
    forms_made(run)
    before = FILE.read_bytes()
    answers = {"status": "blocked", "result": "Begun", "difficulty": "Rain", "cause": "objective"}
    fill(OFFICE, {"T2.2": answers})
    fill(POLICE, {"T2.1": {**answers, "status": "in progress"}})
    assert imported(run).code == 0
    assert [(entry["item"], entry.get("status")) for entry in updates()] == [
        ("T2.2", None),
        ("T2.2", "blocked"),
        ("T2.1", "in-progress"),
        ("T2.1", None),
    ]
    run("undo", "--yes")
    assert FILE.read_bytes() == before


def test_a_form_of_a_period_that_is_over_counts_on_its_last_day(run: Run) -> None:
    forms_made(run, "--period", "2026-10")
    office = Path("forms", "2026-10 Văn phòng.xlsx")
    run("update", "T1", "--progress", "50", "--on", "2026-11-10")
    fill(office, {"T1": {"result": "October"}, "T2.2": {"status": "done", "done on": "2026-10-30"}})
    before = FILE.read_bytes()
    assert imported(run, office).code == 0
    assert [(each["item"], each["on"].isoformat()) for each in updates()] == [
        ("T1", "2026-10-31"),
        ("T1", "2026-11-10"),
        ("T2.2", "2026-10-31"),
    ]
    assert imported(run, office).out == "1 form read; there is nothing new in them.\n"
    run("undo", "--yes")
    assert FILE.read_bytes() == before


def test_late_answers_go_before_later_entries_which_are_mended_once_each(run: Run) -> None:
    forms_made(run, "--period", "2026-10")
    office = Path("forms", "2026-10 Văn phòng.xlsx")
    run("update", "T1", "--status", "in-progress", "--note", "Later", "--on", "2026-11-10")
    run("update", "T2.2", "--status", "in-progress", "--on", "2026-11-10")
    answers = {"result": "Begun", "difficulty": "Rain", "cause": "objective"}
    fill(office, {"T1": {"figure": 45, **answers}, "T2.2": {"status": "in progress", **answers}})
    before = FILE.read_bytes()
    assert imported(run, office).code == 0
    assert [(each["item"], each["note"]) for each in updates() if "note" in each] == [
        ("T1", "Begun"),
        ("T1", "Rain"),
        ("T2.2", "Begun"),
        ("T2.2", "Rain"),
        ("T1", "Later"),
    ]
    assert not [line for line in run("check").out.splitlines() if "was" in line]
    run("undo", "--yes")
    assert FILE.read_bytes() == before


def test_a_form_that_is_imported_twice_adds_nothing_also_on_a_later_day(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms_made(run)
    copy = fill(
        OFFICE,
        {"T1": {"figure": 50, "result": "A", "difficulty": "B", "cause": "objective"}},
        Path("copy.xlsx"),
    )
    assert imported(run, copy).code == 0
    after = FILE.read_bytes()
    monkeypatch.setattr(clock, "now", lambda: NOW.replace(day=26))
    assert imported(run, copy, copy).out == "2 forms read; there is nothing new in them.\n"
    run("update", "T1", "--progress", "70")
    assert imported(run, copy).out == "1 form read; there is nothing new in them.\n"
    run("undo", "--yes")
    assert FILE.read_bytes() == after


def test_what_changed_here_since_and_differs_is_refused_with_both_values(run: Run) -> None:
    forms_made(run)
    run("update", "T1", "--progress", "55")
    run("update", "C1", "--value", "1.5", "--on", "2026-11-20")
    fill(OFFICE, {"T1": {"figure": "50"}})
    fill(POLICE, {"C1": {"figure": "1.4", "done on": "20/11/2026"}})
    assert refused(run) == [
        (
            f"{OFFICE} {place_of(OFFICE, 'T1', 'figure')}: found 50%, but since "
            "the form was sent it was changed here from 40% to 55%."
        ),
        (
            f"{POLICE} {place_of(POLICE, 'C1', 'figure')}: found 1.4, but since "
            "the form was sent it was changed here from 1.6 to 1.5."
        ),
    ]
    # What was typed here meanwhile is no conflict, nor is the figure of another day.
    fill(OFFICE, {"T1": {"figure": "55", "result": "As you know"}})
    fill(POLICE, {"C1": {"figure": "1.4", "done on": "21/11/2026"}})
    assert imported(run).code == 0


def test_all_faults_of_all_forms_are_named_in_one_run(run: Run) -> None:
    forms_made(run)
    fill(
        OFFICE,
        {
            "T1": {"figure": "half", "done on": "31/02/2026", "status": "nearly"},
            "T2.2": {"status": "cancelled"},
        },
    )
    fill(
        POLICE,
        {
            "T2": {"status": "done"},
            "T2.1": {"status": "blocked", "done on": "2027-01-01"},
            "C1": {"figure": "1.234", "difficulty": "x"},
            "C2": {"done on": date(2026, 11, 1), "difficulty": "x"},
        },
    )
    Path("other.xlsx").write_bytes(b"x")
    day_and_status = "found a day, but the status is “blocked”; expected the status “done”"
    words = "not-started, in-progress, blocked, done, cancelled"
    assert refused(run, OFFICE, POLICE, "other.xlsx") == [
        f"{OFFICE} F6: 'nearly' is not valid; choose one of: {words}.",
        f"{OFFICE} G6: 'half' is not a whole number from 0 to 100.",
        f"{OFFICE} H6: there is no day '31/02/2026'; write 2026-09-30 or 30/09/2026.",
        f"{OFFICE} F7: T2.2: to cancel an item needs evidence.",
        f"{POLICE} F6: this is not asked of T2; leave the cell empty.",
        f"{POLICE} H7: found 2027-01-01, which is in the future; expected a day up to today.",
        f"{POLICE} H7: {day_and_status}.",
        f"{POLICE} K7: found the status “blocked” and no difficulty; expected what blocks it.",
        f"{POLICE} G8: '1.234' can be read as 1234 or as 1.2340; write one of these.",
        f"{POLICE} G9: found a day and no figure; expected the figure of that day.",
        f"{POLICE} K9: this is not asked of C2; leave the cell empty.",
        "other.xlsx: it is not a workbook.",
    ]


def test_a_fault_names_file_sheet_cell_what_was_found_and_what_is_expected(run: Run) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"figure": "half"}})
    assert imported(run, OFFICE).err == (
        f"Error: {OFFICE}, sheet “Form”, cell G6: 'half' is not a whole number from 0 to 100.\n"
    )
    assert run("import", str(OFFICE), "--lang", "vi").err == (
        f"Lỗi: {OFFICE}, trang tính “Form”, ô G6: 'half' không phải số nguyên từ 0 đến 100.\n"
    )


def test_a_difficulty_needs_its_cause_or_a_blocked_status_and_a_cause_its_difficulty(
    run: Run,
) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"difficulty": "Rain"}, "T2.2": {"cause": "chủ quan"}})
    assert refused(run, OFFICE) == [
        (
            f"{OFFICE} L6: found a difficulty and no cause; expected its cause, or "
            "the status “blocked”."
        ),
        (f"{OFFICE} K7: found a cause and no difficulty; expected what the difficulty is."),
    ]
    fill(OFFICE, {"T1": {"status": "blocked"}, "T2.2": {"difficulty": "Sand"}})
    assert imported(run, OFFICE).code == 0


def test_a_rule_of_updates_is_a_fault_of_the_row(run: Run) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"status": "cancelled"}, "T2.2": {"result": "x"}})
    assert refused(run, OFFICE) == [f"{OFFICE} F6: T1: to cancel an item needs evidence."]


FIGURES = {
    "text": ("1,6", 1.6),
    "thousands": ("1.234,5", 1234.5),
    "number": (1234.5, 1234.5),
    "number with three decimals": (1.234, 1.234),
    "whole number": (1234, 1234),
    "sum": (0.1 + 0.2, 0.3),
    "negative": ("−3", -3),
}


@pytest.mark.parametrize("case", FIGURES)
def test_figures_are_read_as_people_and_spreadsheets_write_them(run: Run, case: str) -> None:
    forms_made(run)
    typed, expected = FIGURES[case]
    fill(POLICE, {"C2": {"figure": typed}})
    assert imported(run, POLICE).code == 0
    assert updates()[0]["value"] == expected


@pytest.mark.parametrize("typed", [35, 35.0, "35", "35%", " 35 % "], ids=repr)
def test_progress_is_read_as_a_number_or_as_text(run: Run, typed: object) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"figure": typed}})
    assert imported(run, OFFICE).code == 0
    assert updates()[0]["progress"] == 35


def test_a_percentage_of_a_spreadsheet_is_one_here(run: Run) -> None:
    forms_made(run)
    for path, item_id in ((OFFICE, "T1"), (POLICE, "C1")):
        book = openpyxl.load_workbook(path)
        cell = sheet_of(book)[place_of(path, item_id, "figure")]
        cell.value, cell.number_format = 1, "0%"
        book.save(path)
    fill(OFFICE, {"T1": {"status": "done", "done on": date(2026, 11, 3)}})
    assert imported(run).code == 0
    assert [entry.get("progress", entry.get("value")) for entry in updates()] == [100, 100]
    fill(POLICE, {"C1": {"figure": 0.355}})
    run("undo", "--yes")
    assert imported(run, POLICE).code == 0
    assert updates()[0]["value"] == 35.5


@pytest.mark.parametrize(
    "typed",
    ["5/7/2026", "05.07.2026", "2026-07-05", date(2026, 7, 5), datetime(2026, 7, 5, 8)],  # noqa: DTZ001  # cells have no zone
    ids=str,
)
def test_days_are_read_as_people_and_spreadsheets_write_them(run: Run, typed: object) -> None:
    forms_made(run)
    fill(POLICE, {"C2": {"figure": 7, "done on": typed}})
    assert imported(run, POLICE).code == 0
    assert updates()[0]["on"] == date(2026, 7, 5)


@pytest.mark.parametrize("word", ["Hoàn thành", "hoan thanh", "done", "DONE", "đã xong"])
def test_a_status_is_read_in_both_languages(run: Run, word: str) -> None:
    forms_made(run, "--lang", "vi")
    fill(OFFICE, {"T2.2": {"status": word}})
    assert imported(run, OFFICE).code == 0
    assert updates()[0]["status"] == "done"


def test_a_number_or_a_day_among_texts_is_a_text(run: Run) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"result": 12, "evidence": date(2026, 7, 5), "proposal": True}})
    assert imported(run, OFFICE).code == 0
    said = {"note": "12", "evidence": ["2026-07-05"], "proposal": "TRUE"}
    assert said.items() <= updates()[0].items()


def test_a_formula_counts_as_its_result_and_one_without_is_a_fault(run: Run) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"figure": "=30+5", "result": "=1/0"}})
    book = openpyxl.load_workbook(OFFICE)
    cell = sheet_of(book)["I7"]
    cell.value, cell.data_type = "#REF!", "e"
    book.save(OFFICE)
    assert refused(run, OFFICE) == [
        f"{OFFICE} {cell}: {message}."
        for cell, message in (
            (
                "G6",
                "found a formula without a result; expected a value, or a file that was computed",
            ),
            (
                "I6",
                "found a formula without a result; expected a value, or a file that was computed",
            ),
            ("I7", "found the error #REF!; expected a value"),
        )
    ]


def _changed(path: Path, change: Any) -> None:
    book = openpyxl.load_workbook(path)
    change(sheet_of(book))
    book.save(path)


def test_rows_may_be_sorted_or_deleted_and_columns_hidden_or_moved(run: Run) -> None:
    forms_made(run)
    fill(POLICE, {"T2.1": {"result": "Fenced"}, "C2": {"figure": 1200}})

    def change(sheet: Any) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD_ROW + 1)]
        for number, values in enumerate(reversed(rows), start=HEAD_ROW + 1):
            for column, value in enumerate(values, start=1):
                sheet.cell(number, column).value = value
        sheet.delete_rows(row_of(sheet, "C1"))
        sheet.insert_cols(3)
        sheet.column_dimensions["A"].hidden = True
        sheet.insert_rows(2, 3)
        sheet.title = "Renamed"

    _changed(POLICE, change)
    assert imported(run, POLICE).code == 0
    assert [(each["item"], each.get("value"), each.get("note")) for each in updates()] == [
        ("C2", 1200, None),
        ("T2.1", None, "Fenced"),
    ]


def test_rows_that_were_added_are_refused_if_they_have_answers(run: Run) -> None:
    forms_made(run)

    def change(sheet: Any) -> None:
        for number, item_id in enumerate(("T9", None, "t1", "T2.2"), start=8):
            sheet.cell(number, 1).value = item_id
            sheet.cell(number, FIRST_ANSWER + 3).value = "x" if item_id != "T2.2" else None
        sheet.cell(12, 2).value = "A remark"
        sheet.cell(HEAD_ROW + 1, FIRST_ANSWER + 3).value = "x"

    _changed(OFFICE, change)
    assert refused(run, OFFICE) == [
        f"{OFFICE} A8: found the id “T9”, which is not of this form.",
        (
            f"{OFFICE} A9: found answers in a row without an id; expected the id "
            "of a row of this form."
        ),
        (f"{OFFICE} A10: found T1 a second time, with answers; it stands in row 6 too."),
    ]


def test_a_form_whose_heads_or_hidden_sheet_are_gone_is_refused(run: Run) -> None:
    forms_made(run)
    _changed(OFFICE, lambda sheet: sheet.delete_cols(FIRST_ANSWER))
    book = openpyxl.load_workbook(POLICE)
    book["tracker"]["B4"].value = "yesterday"
    book.save(POLICE)
    assert refused(run) == [
        f"{OFFICE} A5: the heads “Status” are not there.",
        f"{POLICE}: its hidden sheet “tracker” was changed.",
    ]
    del book["tracker"]
    book.save(POLICE)
    assert refused(run, POLICE) == [f"{POLICE}: it is not a form made by `tracker form`."]
    forms_made(run, "--force")
    _changed(OFFICE, lambda sheet: sheet.delete_rows(1, HEAD_ROW + 10))
    assert "its heads are gone" in refused(run, OFFICE)[0]


def test_a_form_of_another_file_or_another_period_is_refused(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"result": "x"}})
    FILE.write_text(FILE.read_text().replace("alpha-2025", "beta-2025"))
    assert refused(run, OFFICE) == [
        f"{OFFICE}: the form is of another file: found “alpha-2025”, expected “beta-2025”."
    ]
    FILE.write_text(FILE.read_text().replace("beta-2025", "alpha-2025"))
    monkeypatch.setattr(clock, "now", lambda: NOW.replace(year=2027, month=1))
    (fault,) = refused(run, OFFICE)
    assert "the form is of another period: found month 11 of 2026" in fault
    assert "expected month 1 of 2027" in fault
    assert imported(run, OFFICE, "--period", "2026-11").code == 0
    assert imported(run, OFFICE, "--period", "2026-10").code == 4
    assert imported(run, OFFICE, "--period", "nothing").code == 2


def test_an_asterisk_stands_for_all_forms_where_the_shell_leaves_it(run: Run) -> None:
    forms_made(run)
    assert imported(run, "forms/*.xlsx").out.startswith("2 forms read")
    assert refused(run, "forms/*.ods") == ["forms/*.ods: there is no such file."]


def test_two_forms_that_say_different_things_are_refused(run: Run) -> None:
    forms_made(run)
    copy = fill(OFFICE, {"T1": {"figure": 50}}, Path("copy.xlsx"))
    fill(OFFICE, {"T1": {"figure": 60}})
    assert refused(run, copy, OFFICE) == [
        f"{OFFICE} G6: found 60%, but another of these forms says 50%."
    ]


def test_a_workbook_with_macros_is_read_as_a_form(run: Run) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"figure": 50}})
    with zipfile.ZipFile(OFFICE, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"Auto_Open")
    assert imported(run, OFFICE.rename("form.xlsm")).code == 0


def test_what_is_gone_from_the_plan_is_a_fault(run: Run) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"result": "x"}})
    FILE.write_text(FILE.read_text().replace('"T1"', '"T11"'))
    assert refused(run, OFFICE) == [f"{OFFICE} I6: T1 is no longer in the plan."]


@pytest.mark.parametrize("answer", ["y\n", "n\n"])
def test_in_a_terminal_a_person_is_asked(
    run: Run, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    import io  # noqa: PLC0415  # of this test alone

    forms_made(run)
    fill(OFFICE, {"T1": {"figure": 50}})
    typed = io.StringIO(answer)
    typed.isatty = lambda: True  # type: ignore[method-assign]  # a terminal
    monkeypatch.setattr("sys.stdin", typed)
    result = run("import", str(OFFICE))
    assert "progress  40% → 50%" in result.out
    assert "Record this? [y/N]" in result.out
    assert (result.code, bool(updates())) == ((0, True) if answer == "y\n" else (4, False))


def test_a_file_that_changes_while_a_person_reads_is_not_written(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"figure": 50}})
    changed = FILE.read_text().replace("clerk", "other")

    def confirm(*_arguments: object, **_settings: object) -> None:
        FILE.write_text(changed.replace("progress = 40", "progress = 45"))

    monkeypatch.setattr("resolution_cli.cli.import_.confirm", confirm)
    result = run("import", str(OFFICE))
    assert result.code == 4
    assert "50%" not in FILE.read_text()


@hostile
def test_a_hostile_answer_is_a_text_or_a_fault(run: Run, text: str) -> None:
    forms_made(run)
    words = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", text)
    book = openpyxl.load_workbook(OFFICE)
    sheet = sheet_of(book)
    for item_id in ("T1", "T2.2"):
        for column in range(FIRST_ANSWER + 3, FIRST_ANSWER + 8):
            cell = sheet.cell(row_of(sheet, item_id), column)
            cell.value = words if column != FIRST_ANSWER + 6 else "objective"
            cell.data_type = "s"
    book.save(OFFICE)
    result = imported(run, OFFICE)
    assert result.code in (0, 4)
    assert not UNSAFE & set(result.out + result.err)
    if result.code == 0:
        assert len(updates()) == 4
        notes = {entry["note"] for entry in updates()}
        assert len(notes) == 1
        assert run("check").code in (0, 7)
    else:
        assert all(
            "cell I" in line or "cell J" in line or "cell K" in line or "cell M" in line
            for line in result.err.splitlines()
            if line.startswith("Error: forms")
        )


def _converted(path: Path, ending: str) -> Path:
    """Save a workbook as LibreOffice does, into a folder of its own."""
    assert SOFFICE
    folder = Path(f"as-{ending}")
    subprocess.run(
        [
            *(SOFFICE, "--headless", f"-env:UserInstallation=file://{Path.cwd()}/profile"),
            *("--convert-to", ending, "--outdir", str(folder), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / f"{path.stem}.{ending}"


@pytest.mark.proof
@pytest.mark.skipif(not SOFFICE, reason="there is no LibreOffice")
@pytest.mark.parametrize("ending", ["ods", "xlsx"])
def test_a_form_that_libreoffice_saved_is_taken_as_it_is(run: Run, ending: str) -> None:
    forms_made(run, "--lang", "vi")
    before = FILE.read_bytes()
    untouched = _converted(POLICE, ending)
    assert imported(run, untouched).out == "1 form read; there is nothing new in them.\n"
    assert FILE.read_bytes() == before
    answers: Answers = {
        "T2.1": {"status": "hoàn thành", "done on": date(2026, 11, 3), "result": "Đã rào\nxong"},
        "C1": {"figure": "1,4", "done on": "05.11.2026", "evidence": "Báo cáo 3\nBiên bản 4"},
        "C2": {"figure": "=1200+34"},
    }
    filled = _converted(fill(POLICE, answers, Path("filled.xlsx")), ending)
    assert imported(run, filled).code == 0
    assert updates() == [
        {
            "item": "C1",
            "on": date(2026, 11, 5),
            "value": 1.4,
            "was": {"value": 1.6, "on": date(2026, 6, 30)},
            "evidence": ["Báo cáo 3", "Biên bản 4"],
        },
        {
            "item": "T2.1",
            "on": date(2026, 11, 24),
            "status": "done",
            "done_on": date(2026, 11, 3),
            "note": "Đã rào\nxong",
        },
        {"item": "C2", "on": date(2026, 11, 24), "value": 1234},
    ]


def test_the_progress_is_shown_on_a_terminal_where_it_takes_a_while(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time  # noqa: PLC0415  # of this test alone

    forms_made(run)
    now = iter(range(100))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(now)))
    quiet = imported(run)
    assert quiet.err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert "Reading the forms" in imported(run, OFFICE, POLICE, OFFICE).err


_TEXTS = st.sampled_from(["Đã làm", "Xong\nhai việc", "A"])
_DAYS = st.sampled_from(["2026-10-20", "2026-11-03", "2026-11-20"])
_CAUSES = st.sampled_from(["objective", "subjective"])
_FIGURES = st.sampled_from([0, 35, 60, 100])
_STATUSES = st.sampled_from(["in progress", "blocked", "done", "not started"])
_ROW = st.one_of(
    # What nearly always fits together,
    st.builds(
        lambda state, difficulty, texts: {**texts, **difficulty, **state},
        st.one_of(
            st.just({}),
            st.just({"status": "in progress"}),
            st.fixed_dictionaries({"figure": _FIGURES}),
            st.fixed_dictionaries({"status": st.just("done"), "done on": _DAYS}),
            st.just({"status": "blocked", "difficulty": "Mưa"}),
        ),
        st.one_of(st.just({}), st.fixed_dictionaries({"difficulty": _TEXTS, "cause": _CAUSES})),
        st.fixed_dictionaries({}, optional={"result": _TEXTS, "evidence": _TEXTS}),
    ),
    # and anything.
    st.fixed_dictionaries(
        {},
        optional={
            "status": _STATUSES,
            "figure": _FIGURES,
            "done on": _DAYS,
            "result": _TEXTS,
            "evidence": _TEXTS,
            "difficulty": _TEXTS,
            "cause": _CAUSES,
            "proposal": _TEXTS,
        },
    ),
)
_BEFORE = st.lists(
    st.tuples(
        st.sampled_from(["T1", "T2.2"]),
        st.sampled_from(["in-progress", "done", "blocked"]),
        st.sampled_from(["2026-09-10", "2026-10-31", "2026-11-10", "2026-11-24"]),
    ),
    max_size=2,
)


@settings(max_examples=examples(40))
@given(
    rows=st.fixed_dictionaries({"T1": _ROW, "T2.2": _ROW}),
    before=_BEFORE,
    since=_BEFORE,
    period=st.sampled_from(["2026-10", "2026-11"]),
)
def test_whatever_is_answered_is_refused_or_recorded_once_and_can_be_undone(
    run: Run,
    rows: dict[str, dict[str, Any]],
    before: list[tuple[str, str, str]],
    since: list[tuple[str, str, str]],
    period: str,
) -> None:
    def update_all(updates: list[tuple[str, str, str]]) -> None:
        for item_id, status, on in updates:
            run("update", item_id, "--status", status, "--note", "x", "--on", on)

    FILE.write_bytes(PLAN_OF_UNITS.encode())
    update_all(before)
    made = run("form", "-o", "forms", "--period", period, "--force", "--unit", "van phong")
    assume(made.code == 0)  # else everything is done already
    path = Path("forms", f"{period} Văn phòng.xlsx")
    sheet = sheet_of(openpyxl.load_workbook(path))
    known = {cell.value for cell in sheet["A"]}
    left_out = {"figure": None}  # which a milestone has not
    answers = {
        item_id: {**row, **(left_out if item_id == "T2.2" else {})}
        for item_id, row in rows.items()
        if item_id in known
    }
    fill(path, answers)
    update_all(since)
    content = FILE.read_bytes()
    result = imported(run, path)
    event(f"exit code {int(result.code)}")
    if result.code:
        assert result.code == 4
        assert "sheet “Form”" in result.err
        assert FILE.read_bytes() == content
        return
    after = FILE.read_bytes()
    assert run("check").code == 0
    assert imported(run, path).out == "1 form read; there is nothing new in them.\n"
    assert FILE.read_bytes() == after
    if after != content:
        assert run("undo", "--yes").code == 0
        assert FILE.read_bytes() == content
