"""Forms that came back changed, mixed or twice: nothing is lost without a word."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.filled import OFFICE, PLAN_OF_UNITS, POLICE, fill, forms_made, place_of, row_of, sheet_of
from tests.support import Run
from tests.test_import import FILE, imported, refused, updates

_RESULT = 9
"""The column of the result."""


def _changed(path: Path, change: Callable[[openpyxl.Workbook], object]) -> None:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def _nothing_new(run: Run, *paths: Path) -> None:
    before = FILE.read_bytes()
    result = imported(run, *paths)
    assert (result.code, result.err) == (0, "")
    assert result.out.endswith("there is nothing new in them.\n")
    assert FILE.read_bytes() == before


def test_a_copy_of_the_sheet_is_read_too(run: Run) -> None:
    forms_made(run)

    def copied(book: openpyxl.Workbook) -> None:
        copy = book.copy_worksheet(sheet_of(book))
        copy.cell(row_of(copy, "T1"), _RESULT).value = "In the copy"

    _changed(OFFICE, copied)
    assert imported(run, OFFICE).code == 0
    assert [each["note"] for each in updates()] == ["In the copy"]
    fill(OFFICE, {"T1": {"result": "In the first"}})
    assert refused(run, OFFICE) == [
        (
            f"{OFFICE}, sheet “Form Copy”, cell A6: found T1 a second time, with answers; it "
            "stands in sheet “Form”, row 6 too."
        )
    ]


def test_a_head_that_stands_twice_is_a_fault(run: Run) -> None:
    forms_made(run)

    def doubled(book: openpyxl.Workbook) -> None:
        sheet = sheet_of(book)
        sheet["N5"].value, sheet["N6"].value = sheet["I5"].value, "Here"

    _changed(OFFICE, doubled)
    assert refused(run, OFFICE) == [
        f"{OFFICE} N5: found the head “Result” a second time; it stands in I5 too."
    ]


def test_ids_that_became_numbers_are_found_where_it_is_certain_which_they_are(run: Run) -> None:
    plan = PLAN_OF_UNITS.replace('"T1"', '"1.1"').replace('"T2.2"', '"1.10"')
    FILE.write_text(plan.replace('"C2"', '"007"'))
    run("form", "-o", "forms")

    def became_numbers(book: openpyxl.Workbook) -> None:
        sheet = sheet_of(book)
        for row in range(6, sheet.max_row + 1):
            if (text := sheet.cell(row, 1).value) in ("1.1", "1.10", "007"):
                sheet.cell(row, 1).value = float(str(text))

    fill(OFFICE, {"1.10": {"result": "Of the tenth"}})
    fill(POLICE, {"007": {"figure": 12}})
    _changed(OFFICE, became_numbers)
    _changed(POLICE, became_numbers)
    assert refused(run, OFFICE) == [
        f"{OFFICE} A7: found the number 1.1, which can be 1.1 or 1.10; expected the id as a text."
    ]
    assert imported(run, POLICE).code == 0
    assert [each["item"] for each in updates()] == ["007"]


@pytest.mark.parametrize(
    ("found", "instead"),
    [("progress=40", "progress=55"), ("progress", "number"), ("T1", "T3"), ("2026-11-30", "2027")],
)
def test_a_hidden_sheet_that_was_changed_is_refused(run: Run, found: str, instead: str) -> None:
    forms_made(run)

    def changed(book: openpyxl.Workbook) -> None:
        for cell in (cell for row in book["tracker"] for cell in row if cell.value == found):
            cell.value = instead

    _changed(OFFICE, changed)
    fill(OFFICE, {"T1": {"figure": 50}})
    assert refused(run, OFFICE) == [f"{OFFICE}: its hidden sheet “tracker” was changed."]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"figure": 50, "result": "x"}, {"figure": 50}, {"progress": 50, "note": "x"}),
        ({"status": "done"}, {"figure": 100}, {"status": "done", "progress": 100}),
    ],
    ids=["same", "follows"],
)
def test_what_another_form_has_said_already_is_no_fault(
    run: Run, first: dict[str, Any], second: dict[str, Any], expected: dict[str, object]
) -> None:
    forms_made(run)
    one = fill(OFFICE, {"T1": first}, Path("one.xlsx"))
    two = fill(OFFICE, {"T1": second}, Path("two.xlsx"))
    before = FILE.read_bytes()
    assert imported(run, one, two).code == 0
    (entry,) = updates()
    assert expected.items() <= entry.items()
    _nothing_new(run, one, two)
    run("undo", "--yes")
    assert FILE.read_bytes() == before


@pytest.mark.parametrize("is_reversed", [False, True], ids=["first", "last"])
def test_forms_of_which_one_says_done_and_one_another_progress_contradict_each_other(
    run: Run, *, is_reversed: bool
) -> None:
    forms_made(run)
    done = fill(OFFICE, {"T1": {"status": "done"}}, Path("done.xlsx"))
    half = fill(OFFICE, {"T1": {"figure": 50}}, Path("half.xlsx"))
    fault = "half.xlsx G6: found 50%, but another of these forms says 100%."
    if is_reversed:
        fault = "done.xlsx F6: found 100%, but another of these forms says 50%."
    assert refused(run, *((half, done) if is_reversed else (done, half))) == [fault]


def test_what_is_not_asked_any_more_is_one_fault_a_cell(run: Run) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"status": "done", "figure": 100}})
    assert run("add", "milestone", "x", "--item", "T1").code == 0
    assert refused(run, OFFICE) == [
        f"{OFFICE} {cell}: this is not asked of T1; leave the cell empty." for cell in ("F6", "G6")
    ]


def test_forms_of_two_periods_that_say_the_same_are_no_fault(run: Run) -> None:
    forms_made(run)
    run("form", "-o", "forms", "--period", "2026-10")
    october = fill(Path("forms", "2026-10 Văn phòng.xlsx"), {"T1": {"figure": 50}})
    fill(OFFICE, {"T1": {"figure": 50}})
    assert imported(run, OFFICE, october).code == 0
    assert [(each["on"].isoformat(), each["progress"]) for each in updates()] == [
        ("2026-10-31", 50)
    ]


def test_what_held_at_the_end_of_the_period_already_is_nothing_new(run: Run) -> None:
    forms_made(run)
    run("update", "T1", "--progress", "50", "--on", "2026-10-15")
    run("update", "T1", "--progress", "60", "--on", "2026-11-10")
    run("form", "-o", "forms", "--period", "2026-10")
    _nothing_new(run, fill(Path("forms", "2026-10 Văn phòng.xlsx"), {"T1": {"figure": 50}}))


def test_a_form_whose_answer_was_amended_here_adds_nothing(run: Run) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"figure": 50, "result": "Lnae 3"}})
    imported(run, OFFICE)
    amended = run("amend", "T1", "--entry", "2", "--note", "Lane 3", "--progress", "45")
    assert amended.code == 0
    _nothing_new(run, OFFICE)
    run("amend", "T1", "--entry", "2", "--note", "Lane 3 is paved")
    _nothing_new(run, OFFICE)


def test_a_figure_that_came_here_since_for_its_day_is_a_conflict_also_where_a_later_one_came(
    run: Run,
) -> None:
    forms_made(run)
    run("update", "C1", "--value", "1.5", "--on", "2026-11-20")
    run("update", "C1", "--value", "1.6", "--on", "2026-11-22")
    fill(POLICE, {"C1": {"figure": "1.4", "done on": "20/11/2026"}})
    assert refused(run, POLICE) == [
        (
            f"{POLICE} {place_of(POLICE, 'C1', 'figure')}: found 1.4, but since the form was sent "
            "it was changed here from no figure yet to 1.5."
        )
    ]


def test_a_figure_of_what_has_become_something_else_is_a_fault(run: Run) -> None:
    forms_made(run)
    fill(POLICE, {"C2": {"figure": "50"}})
    FILE.write_text(FILE.read_text().replace('"C2"', '"C9"').replace('"T3"', '"C2"'))
    assert refused(run, POLICE) == [
        (
            f"{POLICE} {place_of(POLICE, 'C2', 'figure')}: C2 is something else than when the "
            "form was sent; its figure has no place."
        )
    ]


def test_a_fault_shows_no_more_of_a_long_cell_than_a_person_reads(run: Run) -> None:
    forms_made(run)

    def long(book: openpyxl.Workbook) -> None:
        sheet = sheet_of(book)
        sheet["A6"].value, sheet["I6"].value = "two\nlines " + "z" * 30_000, "x"
        sheet["J7"].value = "_x0001_" + "y" * 30_000

    _changed(OFFICE, long)
    faults = refused(run, OFFICE)
    assert [fault.split(":")[0] for fault in faults] == [f"{OFFICE} A6", f"{OFFICE} J7"]
    assert max(map(len, faults)) < 500  # some lines of a screen
    assert faults[1].endswith("which a text cannot have.")


def test_a_fault_ends_as_a_sentence_does(run: Run) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"status": "Hoan thanhh", "result": "..."}})
    faults = refused(run, OFFICE)
    assert faults[0].endswith("Did you mean done?")
    assert faults[1].endswith("I6: put your own text in the place of ....")


def test_a_packed_part_that_is_damaged_is_refused_however_it_is_packed(run: Run) -> None:
    forms_made(run)
    first = "xl/workbook.xml"  # which is read in any case
    with zipfile.ZipFile(OFFICE) as packed:
        parts = {name: packed.read(name) for name in sorted(packed.namelist(), key=first.__ne__)}
    path = Path("form.xlsx")
    for method in (zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(path, "w", method) as packed:
            for name, content in parts.items():
                packed.writestr(name, content)
        damaged = bytearray(path.read_bytes())
        damaged[90:130] = b"\xff" * 40
        path.write_bytes(damaged)
        assert refused(run, path) == [f"{path}: it is damaged."]


def test_a_folder_and_a_name_that_is_too_long_are_refused(run: Run) -> None:
    forms_made(run)
    result = imported(run, "forms")
    assert result.code == 4
    assert result.err == (
        "Error: forms: this is not a file.\nHint: Name the workbooks in it: forms/*.xlsx\n"
    )
    (fault,) = refused(run, "x" * 300 + "*.xlsx")
    assert "the file cannot be read" in fault


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("1\u00a0234", 1234), ("1 234 567", 1234567), ("1\u202f234,5", 1234.5), ("-1 234", -1234)],
    ids=ascii,
)
def test_a_space_parts_groups_of_digits(run: Run, typed: str, expected: float) -> None:
    forms_made(run)
    fill(POLICE, {"C2": {"figure": typed}})
    assert imported(run, POLICE).code == 0
    assert updates()[0]["value"] == expected


@pytest.mark.parametrize("typed", ["35,0", "35.00%", "35\u00a0%"], ids=ascii)
def test_progress_is_read_as_spreadsheets_show_it(run: Run, typed: str) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"figure": typed}})
    assert imported(run, OFFICE).code == 0
    assert updates()[0]["progress"] == 35


@pytest.mark.parametrize("typed", [0.35, 35.4, "35,5", "12 3", "1 2345"])
def test_what_is_no_whole_percentage_is_shown_as_it_was_found(run: Run, typed: object) -> None:
    forms_made(run)
    fill(OFFICE, {"T1": {"figure": typed}})
    (fault,) = refused(run, OFFICE)
    assert fault.endswith(f"G6: '{typed}' is not a whole number from 0 to 100.")


def test_offices_say_that_work_is_under_way_in_other_words(run: Run) -> None:
    forms_made(run)
    fill(OFFICE, {"T2.2": {"status": "Đang triển khai"}})
    assert imported(run, OFFICE).code == 0
    assert updates()[0]["status"] == "in-progress"
