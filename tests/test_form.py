"""`tracker form`: what goes out to the units."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from resolution_cli.cli import clock
from resolution_cli.exchange import workbook
from tests.filled import (
    ASKED,
    FIRST_ANSWER,
    HEAD_ROW,
    OFFICE,
    PLAN_OF_UNITS,
    POLICE,
    forms_made,
    row_of,
    sheet_of,
)
from tests.support import LATER, SHIPPED, THREE_YEARS, UNSAFE, WARD, Run, hostile


def _shown(path: Path) -> list[tuple[object, ...]]:
    return [tuple(row) for row in sheet_of(openpyxl.load_workbook(path)).values]


def test_each_lead_unit_gets_a_form_of_what_it_leads_that_is_not_over(run: Run) -> None:
    made = forms_made(run)
    assert made.out == ""
    assert made.err == (
        f"Written to {OFFICE}.\nWritten to {POLICE}.\nIn no form, as nobody leads it: T3.\n"
    )
    heads, *rows = [row[:5] for row in _shown(OFFICE)[HEAD_ROW - 1 :]]
    assert heads == (
        "Id",
        "What is to be done",
        "Due, or plan",
        "As known on 2026-11-24",
        "Product, or unit of figures",
    )
    assert rows == [
        ("T1", "Roads", "2027-12-31", "in progress, 40%; behind by 23 points", None),
        ("T2.2", "Building (of T2, Schools)", "2029-12-31", "not started; unreported", None),
    ]
    # By any spelling of the unit.
    assert [row[0] for row in _shown(POLICE)[HEAD_ROW:]] == ["T2", "T2.1", "C1", "C2"]
    assert _shown(POLICE)[-2][:5] == (
        "C1",
        "Poor households",
        "≤ 1.2 (2026)",
        "1.6% on 2026-06-30",
        "%",
    )


def test_what_is_known_is_locked_and_what_is_asked_has_cells_to_fill_in(run: Run) -> None:
    forms_made(run)
    open_cells = {}
    for path in (OFFICE, POLICE):
        sheet = sheet_of(openpyxl.load_workbook(path))
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        for number in range(HEAD_ROW + 1, sheet.max_row + 1):
            unlocked = [cell for cell in sheet[number] if not cell.protection.locked]
            assert all(cell.number_format == "@" for cell in unlocked)
            open_cells[sheet.cell(number, 1).value] = [
                ASKED[(cell.column or 0) - FIRST_ANSWER] for cell in unlocked
            ]
    rest = [*ASKED[3:]]
    figures = ["figure", "done on", "result", "evidence", "proposal"]
    assert open_cells == {
        "T1": [*ASKED],
        "T2": rest,  # its state follows from its milestones
        "T2.1": ["status", "done on", *rest],
        "T2.2": ["status", "done on", *rest],
        "C1": figures,
        "C2": figures,
    }


def test_status_and_cause_are_chosen_from_lists(run: Run) -> None:
    forms_made(run, "--lang", "vi")
    sheet = sheet_of(openpyxl.load_workbook(OFFICE))
    lists = {
        rule.formula1: str(rule.sqref)
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists == {
        '"chưa thực hiện,đang thực hiện,đang vướng mắc,hoàn thành,dừng thực hiện"': "F6 F7",
        '"khách quan,chủ quan"': "L6 L7",
    }


def test_instructions_are_on_a_sheet_and_a_hidden_one_says_what_the_form_is_of(run: Run) -> None:
    forms_made(run, "--period", "2026-Q3")
    book = openpyxl.load_workbook(Path("forms", "2026-Q3 Công an phường.xlsx"))
    assert [(sheet.title, sheet.sheet_state) for sheet in book.worksheets] == [
        ("Form", "visible"),
        ("Instructions", "visible"),
        ("tracker", "veryHidden"),
    ]
    hidden = [tuple(filter(None, row)) for row in book.worksheets[2].values]
    assert hidden[:6] == [
        ("tracker-form 1",),
        ("file", "alpha-2025"),
        ("unit", "Công an phường"),
        ("period", "2026-07-01", "2026-09-30", "3"),
        ("sent", "2026-11-24T09:30:00+07:00"),
        ("sheet", "Form", "Id"),
    ]
    assert hidden[-1][0] == "sum"
    assert hidden[14:-1] == [
        ("row", "T2", "progress", "status=not-started", "progress=0"),
        ("row", "T2.1", "progress"),
        ("row", "C1", "percentage", "value=1.6", "on=2026-06-30"),
        ("row", "C2", "number"),
    ]


def test_one_unit_is_asked_for_by_any_spelling(run: Run) -> None:
    forms_made(run, "--unit", "cap")
    assert [*Path("forms").iterdir()] == [POLICE]
    result = run("form", "--unit", "nobody", "-o", "forms")
    assert result.code == 3
    assert "The units are: Công an phường; Văn phòng." in result.err


def test_forms_are_not_overwritten_unless_that_is_asked_for(run: Run) -> None:
    forms_made(run)
    POLICE.write_bytes(b"filled in")
    OFFICE.unlink()
    result = run("form", "-o", "forms")
    assert result.code == 4
    assert f"{POLICE} already exists and was not overwritten" in result.err
    assert not OFFICE.exists()
    assert run("form", "-o", "forms", "--force").code == 0
    assert OFFICE.exists()
    assert POLICE.read_bytes() != b"filled in"
    Path("a file").touch()
    assert run("form", "-o", "a file").code == 6
    assert run("form", "-o", "a file/forms").code == 6


def test_where_nobody_leads_anything_there_is_no_form(run: Run) -> None:
    Path("tasks.toml").write_bytes(SHIPPED.read_bytes())
    result = run("form", "-o", "forms")
    assert result.code == 4
    assert result.err == (
        "Error: There is no form to make: no item or target has a lead unit.\n"
        "Hint: Give them one: tracker update ID --lead UNIT\n"
    )
    assert not Path("forms").exists()
    assert run("form", "--period", "2030", "-o", "forms").code == 2


def test_names_of_files_are_those_that_windows_takes(run: Run) -> None:
    units = ['a/b:c*?"<>|\\\\', "A/B:C*?<>|", "Đ" * 300, "con.", "x\ty "]
    items = "".join(
        f"\n[[tasks]]\nid = \"N{number}\"\ntitle = \"x\"\nlead = '''{unit}'''\n"
        for number, unit in enumerate(units)
    )
    head = PLAN_OF_UNITS.partition("[units]")[0]
    Path("tasks.toml").write_bytes((head + items).encode())
    assert run("form", "-o", "forms").code == 0
    names = [path.name for path in Path("forms").iterdir()]
    assert len(names) == len({name.casefold() for name in names}) == len(units)
    for name in names:
        assert re.fullmatch(r'2026-11 [^<>:"/\\|?*\x00-\x1f]+[^ .]\.xlsx', name)
        assert len(name.encode()) < 200


@pytest.mark.parametrize("sample", [THREE_YEARS, WARD], ids=["three-years", "ward"])
def test_a_form_has_no_formula_and_each_program_can_read_it(
    run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    assert run("form", "-f", str(sample), "-o", "forms").code == 0
    for path in Path("forms").iterdir():
        sheets = workbook.read(path)
        assert len(sheets) == 3
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                if name.startswith("xl/worksheets/"):
                    assert b"<f>" not in packed.read(name)


@hostile
def test_a_hostile_text_is_a_text_in_a_form(run: Run, text: str) -> None:
    quoted = "".join(f"\\U{ord(character):08x}" for character in text)
    plan = PLAN_OF_UNITS.replace('"Roads"', f'"{quoted}"').replace('"Schools"', f'"{quoted}"')
    plan = plan.replace('lead = "Văn phòng"', f'lead = "{quoted}"\nproduct = "{quoted}"')
    Path("tasks.toml").write_bytes(plan.encode())
    assert run("form", "-o", "forms").code == 0
    for path in Path("forms").iterdir():
        for sheet in openpyxl.load_workbook(path).worksheets:
            assert isinstance(sheet, Worksheet)
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type in "sn", cell.coordinate
                    assert not UNSAFE & set(str(cell.value or ""))
                    assert cell.data_type != "s" or cell.quotePrefix
    assert row_of(sheet_of(openpyxl.load_workbook(POLICE)), "T2") == HEAD_ROW + 1
