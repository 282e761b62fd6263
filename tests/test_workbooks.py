"""Somebody else's workbooks: what is read of them, and what is refused instead of a traceback."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from resolution_cli.errors import ExitCode, WorkbooksRefused
from resolution_cli.exchange import workbook
from resolution_cli.exchange.cells import Sheet, address, place_of
from tests.filled import PLAN_OF_UNITS
from tests.support import Run

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def excel(path: Path, rows: str, **parts: str) -> Path:
    """Make an Excel file of one sheet, whose `rows` are given as XML; return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="Form" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
            f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        head = parts.get("head", "")
        packed.writestr(
            "xl/worksheets/sheet1.xml",
            f'{head}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        )
    return path


def spreadsheet(path: Path, rows: str, manifest: str = "<manifest/>") -> Path:
    """Make an OpenDocument spreadsheet of one sheet, whose `rows` are given as XML."""
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", manifest)
        packed.writestr(
            "content.xml",
            f"<office:document-content {namespaces}><office:automatic-styles>"
            '<style:style style:name="h"><style:table-properties table:display="false"/>'
            "</style:style></office:automatic-styles><office:body><office:spreadsheet>"
            f'<table:table table:name="Form" table:style-name="h">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def only_sheet(path: Path) -> Sheet:
    (sheet,) = workbook.read(path)
    return sheet


def refusal(path: Path) -> str:
    """Return what is said of a workbook that cannot be read, with the hint."""
    with pytest.raises(WorkbooksRefused) as caught:
        workbook.read(path)
    assert caught.value.exit_code == ExitCode.REFUSED
    message = f"{caught.value.message} {caught.value.hint}"
    assert str(path) in message
    return message.replace(str(path), path.name)


def test_an_excel_file_is_read_as_typed_values() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Nội dung"
    sheet["B1"] = "Tiến độ"
    sheet["A2"], sheet["B2"], sheet["C2"] = 12, 1.5, True
    sheet["A3"], sheet["B3"], sheet["C3"] = date(2026, 7, 5), datetime(2026, 7, 5, 8), time(8)  # noqa: DTZ001  # cells have no zone
    sheet["A4"] = 0.35
    sheet["A4"].number_format = "0%"
    sheet["B4"] = "=1+1"
    sheet["C4"] = 0.1 + 0.2
    sheet["A5"] = "#REF!"
    sheet["A5"].data_type = "e"
    sheet["B5"] = "a_x005F_x0041_\nb"
    sheet["A6"] = "group"
    sheet.merge_cells("A6:C7")
    book.create_sheet("hidden").sheet_state = "veryHidden"
    book.save("a.xlsx")
    read, hidden = workbook.read(Path("a.xlsx"))
    assert read == Sheet(
        "Nội dung",
        (
            (None, "Tiến độ"),
            (12, 1.5, True),
            (date(2026, 7, 5), datetime(2026, 7, 5, 8), time(8)),  # noqa: DTZ001  # as above
            (0.35, None, 0.3),
            (None, "a_x0041_\nb"),
            ("group",),
        ),
        merged=((5, 0, 6, 2),),
        uncomputed=frozenset({(3, 1)}),
        errors={(4, 0): "#REF!"},
        percents=frozenset({(3, 0)}),
    )
    assert hidden == Sheet("hidden", (), is_hidden=True)
    assert (read.value(1, 0), read.value(1, 7), read.value(70, 0)) == (12, None, None)


def test_a_formula_counts_as_its_last_result() -> None:
    rows = (
        '<row><c><f>A1</f><v>7</v></c><c t="str"><f>A1</f><v>chữ</v></c>'
        '<c t="str"><f>A1</f><v></v></c><c><f>A1</f></c></row>'
    )
    sheet = only_sheet(excel(Path("a.xlsx"), rows))
    assert sheet.rows == ((7, "chữ"),)
    assert sheet.uncomputed == {(0, 3)}


def test_days_count_as_in_excel_with_its_29_february_1900_and_from_1904() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([1, 59, 61, 46208])
    for cell in sheet[1]:
        cell.number_format = "dd/mm/yyyy"
    book.save("a.xlsx")
    expected = (date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(2026, 7, 5))
    assert only_sheet(Path("a.xlsx")).rows == (expected,)
    book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001  # cells have no zone
    book.save("b.xlsx")
    assert only_sheet(Path("b.xlsx")).rows[0][1] == date(1904, 2, 29)


def test_a_spreadsheet_of_libreoffice_is_read_as_typed_values() -> None:
    rows = """
    <table:table-row table:number-rows-repeated="2"><table:table-cell
      table:number-columns-repeated="16384"/></table:table-row>
    <table:table-row>
      <table:table-cell office:value-type="string"><office:annotation><text:p>a remark</text:p>
        </office:annotation><text:p>Công<text:s text:c="2"/>an
        <text:span>phường</text:span></text:p><text:p>hai</text:p></table:table-cell>
      <table:table-cell table:number-columns-repeated="2"/>
      <table:table-cell office:value-type="float" office:value="1.6" table:formula="of:=A1"/>
      <table:table-cell office:value-type="percentage" office:value="0.35"/>
      <table:table-cell office:value-type="date" office:date-value="2026-07-05"/>
      <table:table-cell office:value-type="date" office:date-value="2026-07-05T08:00:00"/>
      <table:table-cell office:value-type="time" office:time-value="PT08H30M00S"/>
      <table:table-cell office:value-type="boolean" office:boolean-value="true"/>
      <table:table-cell table:formula="of:=A1"/>
    </table:table-row>
    <table:table-row table:number-rows-repeated="2"><table:table-cell
      table:number-columns-repeated="2" office:value-type="string"><text:p>hai</text:p>
      </table:table-cell><table:table-cell table:number-columns-spanned="3"
      table:number-rows-spanned="1"/></table:table-row>
    <table:table-row table:number-rows-repeated="1048000"><table:table-cell
      table:number-columns-repeated="16384"/></table:table-row>
    """
    sheet = only_sheet(spreadsheet(Path("a.ods"), rows))
    assert sheet.rows == (
        (),
        (),
        (
            *("Công  an phường\nhai", None, None, 1.6, 0.35, date(2026, 7, 5)),
            datetime(2026, 7, 5, 8),  # noqa: DTZ001  # cells have no zone
            *(time(8, 30), True),
        ),
        ("hai", "hai"),
        ("hai", "hai"),
    )
    assert sheet.is_hidden
    assert sheet.uncomputed == {(2, 9)}
    assert sheet.percents == {(2, 4)}
    assert sheet.merged == ((3, 2, 3, 4), (4, 2, 4, 4))


def test_the_address_of_a_cell_is_as_spreadsheets_name_it() -> None:
    known = {"A1": (0, 0), "Z9": (8, 25), "AA10": (9, 26), "XFD1048576": (1_048_575, 16_383)}
    assert {name: place_of(name) for name in known} == known
    assert [address(*place) for place in known.values()] == [*known]
    assert place_of("1A") is None


def test_a_workbook_with_macros_is_read_and_its_macros_are_not() -> None:
    path = excel(Path("a.xlsm"), '<row><c t="inlineStr"><is><t>x</t></is></c></row>')
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"Auto_Open")
    assert only_sheet(path).rows == (("x",),)


_OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)

_PROTECTED = '<manifest:encryption-data xmlns:manifest="urn:x"/>'

_CELL = '<table:table-cell table:number-columns-repeated="{}" office:value-type="boolean"/>'


def _written(name: str, content: bytes) -> Path:
    path = Path(name)
    path.write_bytes(content)
    return path


def _shortened(path: Path) -> Path:
    return _written(path.name, path.read_bytes()[:-200])


def _of_parts(name: str, **parts: str) -> Path:
    with zipfile.ZipFile(name, "w") as packed:
        for part, content in parts.items():
            packed.writestr(part, content)
    return Path(name)


_REFUSED: Mapping[str, tuple[Callable[[], Path], str]] = {
    "missing": (lambda: Path("a.xlsx"), "a.xlsx: there is no such file. Check the name."),
    "a folder": (Path.cwd, "this is not a file"),
    "the mark of an open file": (lambda: _written("~$a.xlsx", b"x"), "Close the workbook there"),
    "empty": (lambda: _written("a.xlsx", b""), "it is not a workbook. Give .xlsx or .ods files."),
    "a text": (lambda: _written("a.xlsx", b"<html>"), "it is not a workbook"),
    "an archive": (lambda: _of_parts("a.xlsx", readme="x"), "it is not a workbook"),
    "a text of LibreOffice": (
        lambda: _of_parts("a.ods", **{"content.xml": "<a/>", "mimetype": "application/x"}),
        "it is not a workbook",
    ),
    "old": (lambda: _written("a.xls", _OLE + "Workbook".encode("utf-16-le")), "save it as .xlsx"),
    "old, and a document": (lambda: _written("a.doc", _OLE), "it is not a workbook"),
    "binary": (lambda: _of_parts("a.xlsb", **{"xl/workbook.bin": "x"}), "save it as .xlsx"),
    "a password, Excel": (
        lambda: _written("a.xlsx", _OLE + "EncryptedPackage".encode("utf-16-le")),
        "a password protects it. Open it, save it without the password",
    ),
    "a password, LibreOffice": (
        lambda: spreadsheet(Path("a.ods"), "", _PROTECTED),
        "a password protects it",
    ),
    "cut off": (lambda: _shortened(excel(Path("a.xlsx"), "<row/>")), "it is damaged"),
    "no XML": (lambda: excel(Path("a.xlsx"), "<row>"), "it is damaged"),
    "no XML, LibreOffice": (lambda: spreadsheet(Path("a.ods"), "<table:table-row>"), "damaged"),
    "a number that is none": (lambda: excel(Path("a.xlsx"), "<row><c><v>x</v></c></row>"), "damag"),
    "a text that is not there": (
        lambda: excel(Path("a.xlsx"), '<row><c t="s"><v>7</v></c></row>'),
        "it is damaged",
    ),
    "entities": (
        lambda: excel(Path("a.xlsx"), "", head='<!DOCTYPE a [<!ENTITY b "c">]>'),
        "it is damaged",
    ),
    "a file too large": (
        lambda: _written("a.xlsx", bytes(20 * 1024**2 + 1)),
        "the file is too lar",
    ),
    "a zip bomb": (
        lambda: excel(Path("a.xlsx"), " " * (64 * 1024**2)),
        "a.xlsx: unpacked, it has more than 67,108,864 bytes.",
    ),
    "a bomb of elements": (lambda: excel(Path("a.xlsx"), "<row/>" * 1_500_000), "too many cells"),
    "a cell far away": (
        lambda: excel(Path("a.xlsx"), '<row><c r="XFD1"><v>1</v></c></row>'),
        "a.xlsx: sheet “Form”, cell XFD1: it is right of column SF.",
    ),
    "100,000 rows": (
        lambda: excel(
            Path("a.xlsx"),
            "".join(f'<row r="{row}"><c><v>1</v></c></row>' for row in range(1, 100_001)),
        ),
        "a.xlsx: sheet “Form”, cell A20001: it is below row 20,000.",
    ),
    "100,000 rows, LibreOffice": (
        lambda: spreadsheet(
            Path("a.ods"),
            '<table:table-row table:number-rows-repeated="100000">'
            + _CELL.format(1)
            + "</table:table-row>",
        ),
        "a.ods: sheet “Form”, cell A20001: it is below row 20,000.",
    ),
    "a million columns": (
        lambda: spreadsheet(
            Path("a.ods"),
            f"<table:table-row>{_CELL.format(1_000_000)}</table:table-row>",
        ),
        "a.ods: sheet “Form”, cell SG1: it is right of column SF.",
    ),
    "repeated cells": (
        lambda: spreadsheet(
            Path("a.ods"),
            f'<table:table-row table:number-rows-repeated="9000">{_CELL.format(99)}'
            "</table:table-row>",
        ),
        "a.ods: it has too many cells.",
    ),
    "a cell of 1 MB": (
        lambda: excel(
            Path("a.xlsx"), f'<row><c t="inlineStr"><is><t>{"a" * 1024**2}</t></is></c></row>'
        ),
        "cell A1: the text has 1,048,576 characters; a cell has at most 32,767",
    ),
}


@pytest.mark.parametrize("case", _REFUSED)
def test_an_import_of_what_cannot_be_read_names_it_and_changes_nothing(run: Run, case: str) -> None:
    plan = Path("tasks.toml")
    plan.write_text(PLAN_OF_UNITS, encoding="utf-8")
    made, expected = _REFUSED[case]
    path = made()
    result = run("import", str(path), "--yes")
    assert (result.code, result.out) == (4, "")
    assert plan.read_text(encoding="utf-8") == PLAN_OF_UNITS
    assert result.err.startswith(f"Error: {path}")
    said = result.err.removeprefix("Error: ").replace("Hint: ", "").replace("\n", " ")
    assert expected in said.replace(str(path), path.name)


def _whole_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(20):
        sheet.append([row, f"text {row}", date(2026, 7, 5), "=1"])
    sheet.merge_cells("A1:B2")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _with_damaged_part(content: bytes, chance: random.Random) -> bytes:
    """Return a workbook one part of which is damaged, in a zip file that is whole."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        damaged = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _damaged(part, chance) if name == damaged else part)
    return stream.getvalue()


def _damaged(content: bytes, chance: random.Random) -> bytes:
    found = bytearray(content)
    for _time in range(chance.randint(1, 4)):
        start = chance.randrange(len(found) or 1)
        new = chance.choice((chance.randbytes(chance.randint(0, 9)), b"9", b"A", b'"', b"-1"))
        found[start : start + chance.randint(0, 9)] = new
    return bytes(found)


@pytest.mark.proof
def test_a_damaged_workbook_is_read_or_refused() -> None:
    chance = random.Random(7)  # noqa: S311  # the same damage every time
    spreadsheet(Path("b.ods"), f"<table:table-row>{_CELL.format(3)}</table:table-row>")
    whole = [_whole_workbook(), Path("b.ods").read_bytes()]
    refused = 0
    for number in range(3000):
        damage = _damaged if number % 3 == 0 else _with_damaged_part
        path = _written("a.xlsx", damage(whole[number % 2], chance))
        try:
            workbook.read(path)
        except WorkbooksRefused:
            refused += 1
    assert 1000 < refused < 2900
