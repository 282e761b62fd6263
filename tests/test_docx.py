"""Reports for Word: the form of each row of Guideline 05-HD/VPTW (2026), and whole in any text."""

import itertools
import re
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from tools.word_templates import templates

from resolution_cli.formats.templates import shipped
from resolution_cli.views.texts import clean
from tests.support import NOW, Run, hostile
from tests.written import lines_of_docx, write_plan_of

HEAD = """
[report]
superior = "Thành ủy Hà Nội"
committee = "Đảng ủy phường Phương Liệt"
number = "9-BC/ĐU"
place = "Phương Liệt"
date = 2026-04-05
signature = ["T/M Ban Thường vụ", "Phó Bí thư"]
signer = "Nguyễn Văn A"
recipients = ["Ban Thường vụ Thành ủy"]
"""


@pytest.fixture
def letter(run: Run, plan: Path, tmp_path: Path) -> Any:
    """Return the report of a quarter of a plan with a head, in Vietnamese, as a Word file."""
    plan.write_text(plan.read_text() + HEAD, encoding="utf-8")
    words = ("report", "--period", "2026-Q3", "--lang", "vi", "-o", "out.docx")
    assert run(*words).code == 0
    return Document(str(tmp_path / "out.docx"))


def line(document: Any, text: str) -> Any:
    """Return the paragraph with this text, in the body or in a table."""
    for element in document.element.body.iter(qn("w:p")):
        if "".join(element.itertext(qn("w:t"))) == text:
            return Paragraph(element, document)
    raise AssertionError(text)


def form(found: Any) -> tuple[float, bool, bool]:
    """Return the size of a paragraph's letters in points, and whether they are bold, italic."""
    (run,) = found.runs
    return run.font.size.pt, bool(run.font.bold), bool(run.font.italic)


def test_the_page_is_a4_with_the_margins_of_the_form(letter: Any) -> None:
    text, annex = letter.sections
    sizes = (
        text.page_width,
        text.page_height,
        text.top_margin,
        text.bottom_margin,
        text.left_margin,
        text.right_margin,
        text.header_distance,
    )
    assert [round(size.mm) for size in sizes] == [210, 297, 20, 20, 30, 15, 10]
    assert (annex.page_width, annex.page_height) == (text.page_height, text.page_width)


def test_the_signature_of_a_report_stands_with_the_end_of_its_text(letter: Any) -> None:
    parts = [Paragraph(each, letter) for each in letter.element.body]
    (head,) = [n for n, part in enumerate(parts) if part.text == "V. KIẾN NGHỊ, ĐỀ XUẤT"]
    text = itertools.takewhile(lambda part: part._element.tag == qn("w:p"), parts[head + 1 :])  # noqa: SLF001
    # Three dotted lines, and a line above the table with the signature.
    assert [part.paragraph_format.keep_with_next for part in text] == [None, None, True, True]


def test_pages_are_numbered_in_the_middle_from_the_second_on(letter: Any) -> None:
    text, annex = letter.sections
    assert text.different_first_page_header_footer
    assert text.first_page_header.is_linked_to_previous
    assert not annex.different_first_page_header_footer
    (number,) = text.header.paragraphs
    assert number.alignment is WD_ALIGN_PARAGRAPH.CENTER
    assert 'w:instr="PAGE"' in number._p.xml  # noqa: SLF001  # python-docx has no fields
    assert letter.styles["Normal"].font.size.pt == 14


def test_letters_are_black_and_times_new_roman_and_in_the_language_of_the_report(
    letter: Any, tmp_path: Path
) -> None:
    assert letter.styles["Normal"].font.name == "Times New Roman"
    with zipfile.ZipFile(tmp_path / "out.docx") as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    everything = "".join(parts.values())
    assert set(re.findall(r'w:color(?: w:val)?="(\w+)"', everything)) == {"auto"}
    assert "<w:shd" not in everything
    assert set(re.findall(r'<w:lang w:val="([^"]+)"', everything)) == {"vi-VN"}
    fonts = "".join(re.findall("<w:rFonts[^>]*>", everything))
    assert set(re.findall('="([^"]+)"', fonts)) == {"Times New Roman"}
    assert "theme" not in everything


def test_the_head_is_that_of_a_party_document(letter: Any) -> None:
    party = line(letter, "ĐẢNG CỘNG SẢN VIỆT NAM")
    assert form(party) == (15, True, False)
    border = party._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))  # noqa: SLF001  # no such name
    assert (border.get(qn("w:val")), party.runs[0].font.underline) == ("single", None)
    assert form(line(letter, "THÀNH ỦY HÀ NỘI")) == (14, False, False)
    assert form(line(letter, "ĐẢNG ỦY PHƯỜNG PHƯƠNG LIỆT")) == (14, True, False)
    assert form(line(letter, "*")) == (14, False, False)
    assert form(line(letter, "Số 09-BC/ĐU")) == (14, False, False)
    assert form(line(letter, "Phương Liệt, ngày 05 tháng 4 năm 2026")) == (14, False, True)


_BOLD_WIDTHS = (
    dict.fromkeys("ADĐUƯNRYCGHOÔƠQKVXT", 0.75) | {"M": 0.944, "I": 0.389, "P": 0.611, "S": 0.556}
) | {"E": 0.667, "Ê": 0.667, "L": 0.667, "B": 0.667, " ": 0.25}
"""The widths of bold capitals of Times New Roman, a little more than they are, in their size."""


def width(text: str, size: float) -> float:
    """Return about how wide a text of bold capitals is, in millimetres."""
    plain = [unicodedata.normalize("NFD", each)[0] for each in text]
    return sum(_BOLD_WIDTHS.get(each, 0.8) for each in plain) * size * 25.4 / 72


def test_the_names_of_the_head_stand_on_one_line_each(letter: Any) -> None:
    head = letter.tables[0].rows[0].cells
    for cell, text, size in (
        (head[0], "ĐẢNG ỦY PHƯỜNG PHƯƠNG LIỆT", 14),
        (head[1], "ĐẢNG CỘNG SẢN VIỆT NAM", 15),
    ):
        (found,) = (each for each in cell.paragraphs if each.text == text)
        indents = [found.paragraph_format.left_indent, found.paragraph_format.right_indent]
        room = cell.width.mm - sum(each.mm for each in indents if each)
        assert 0.8 * room < width(text, size) < room, text


def test_kind_and_subject_stand_above_five_hyphens(letter: Any) -> None:
    texts = [each.text for each in letter.paragraphs]
    at = texts.index("BÁO CÁO")
    assert texts[at + 1].endswith(", quý III năm 2026")
    assert texts[at + 2] == "-----"
    assert form(letter.paragraphs[at]) == (16, True, False)
    assert form(letter.paragraphs[at + 1]) == (14, True, False)


def test_the_text_is_justified_with_exact_lines_and_an_indent(letter: Any) -> None:
    layout = letter.styles["Report text"].paragraph_format
    assert layout.alignment is WD_ALIGN_PARAGRAPH.JUSTIFY
    assert round(layout.first_line_indent.mm) == 10
    assert (layout.line_spacing_rule, layout.line_spacing.pt) == (WD_LINE_SPACING.EXACTLY, 20)
    assert layout.space_after.pt == 6
    used = {each.style.name for each in letter.paragraphs if each.text.startswith("Nhiệm vụ do")}
    assert used == {"Report text"}
    for level in (1, 2, 3):
        heading = letter.styles[f"Heading {level}"]
        assert (heading.font.bold, heading.paragraph_format.line_spacing.pt) == (True, 20)


def test_the_position_of_the_signer_is_not_bold_and_the_name_is(letter: Any) -> None:
    assert form(line(letter, "T/M BAN THƯỜNG VỤ")) == (14, True, False)
    assert form(line(letter, "PHÓ BÍ THƯ")) == (14, False, False)
    assert form(line(letter, "Nguyễn Văn A")) == (14, True, False)


def test_the_recipients_end_with_who_files_it(letter: Any) -> None:
    head = line(letter, "Nơi nhận:")
    assert (form(head), head.runs[0].font.underline) == ((14, False, False), True)
    assert form(line(letter, "- Ban Thường vụ Thành ủy")) == (12, False, False)
    assert form(line(letter, "- Lưu " + "…" * 12))[0] == 12


def test_the_annex_names_its_report_and_its_tables_repeat_their_heads(letter: Any) -> None:
    texts = [each.text for each in letter.paragraphs]
    at = texts.index("PHỤ LỤC")
    assert texts[at + 1 : at + 3] == [
        "(kèm theo Báo cáo số 09-BC/ĐU ngày 05/04/2026)",
        "BIỂU TỔNG HỢP NHIỆM VỤ",
    ]
    tables = [each for each in letter.tables if each.style.name == "Report table"]
    assert len(tables) == 4
    for table in tables:
        first, *others = (row._tr.trPr for row in table.rows)  # noqa: SLF001  # no such name
        assert first.find(qn("w:tblHeader")) is not None
        assert [row.find(qn("w:tblHeader")) for row in others] == [None] * len(others)
        assert all(row.find(qn("w:cantSplit")) is not None for row in (first, *others))


def test_the_file_is_of_today_and_of_the_committee(letter: Any) -> None:
    properties = letter.core_properties
    today = datetime.combine(NOW.date(), datetime.min.time())
    created, modified = (
        each.replace(tzinfo=None) for each in (properties.created, properties.modified)
    )
    assert (created, modified) == (today, today)
    assert properties.author == properties.last_modified_by == "ĐẢNG ỦY PHƯỜNG PHƯƠNG LIỆT"
    assert properties.language == "vi-VN"
    assert "python-docx" not in str(properties.comments) + properties.author


def test_what_a_file_does_not_say_is_short_dots_and_an_english_report_is_english(
    run: Run, plan: Path, tmp_path: Path
) -> None:
    assert plan.exists()
    for language, blank in (
        ("vi", "……, ngày …… tháng …… năm 20……"),
        ("en", "……, day …… month …… year 20……"),
    ):
        assert run("report", "--lang", language, "-o", "out.docx", "--force").code == 0
        document = Document(str(tmp_path / "out.docx"))
        assert form(line(document, blank)) == (14, False, True)
        code = {"vi": "vi-VN", "en": "en-GB"}[language]
        assert f'<w:lang w:val="{code}"' in document.styles.element.xml


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("2026-01-31", "ngày 31 tháng 01 năm 2026"),
        ("2026-02-28", "ngày 28 tháng 02 năm 2026"),
        ("2026-03-01", "ngày 01 tháng 3 năm 2026"),
        ("2026-12-31", "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_only_the_first_two_months_have_a_zero(
    run: Run, plan: Path, tmp_path: Path, day: str, written: str
) -> None:
    plan.write_text(plan.read_text() + HEAD.replace("2026-04-05", day), encoding="utf-8")
    assert run("report", "--lang", "vi", "-o", "out.docx").code == 0
    assert line(Document(str(tmp_path / "out.docx")), f"Phương Liệt, {written}")


def test_a_state_body_has_the_form_of_the_decree(run: Run, plan: Path, tmp_path: Path) -> None:
    head = HEAD.replace("[report]", '[report]\nform = "decree-30"').replace("9-BC/ĐU", "9/BC-UBND")
    plan.write_text(plan.read_text() + head, encoding="utf-8")
    assert run("report", "--lang", "vi", "-o", "out.docx").code == 0
    document = Document(str(tmp_path / "out.docx"))
    for text, size, is_bold in (
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True),
        ("Độc lập - Tự do - Hạnh phúc", 14, True),
        ("Số: 09/BC-UBND", 13, False),
        ("PHÓ BÍ THƯ", 14, True),
    ):
        assert form(line(document, text)) == (size, is_bold, False)
    assert "ĐẢNG CỘNG SẢN" not in lines_of_docx((tmp_path / "out.docx").read_bytes())


def test_anybody_else_has_a_report_without_a_head(run: Run, plan: Path, tmp_path: Path) -> None:
    plan.write_text(plan.read_text() + '\n[report]\nform = "plain"\n', encoding="utf-8")
    assert run("report", "-o", "out.docx").code == 0
    first, *_others = lines_of_docx((tmp_path / "out.docx").read_bytes()).splitlines()
    assert first == "REPORT"
    assert "Recipients" not in lines_of_docx((tmp_path / "out.docx").read_bytes())


def test_an_unknown_form_is_refused_with_those_that_there_are(run: Run, plan: Path) -> None:
    plan.write_text(plan.read_text() + '\n[report]\nform = "party"\n', encoding="utf-8")
    result = run("report", "-o", "out.docx")
    assert (result.code, Path("out.docx").exists()) == (5, False)
    assert "party-2026, decree-30, plain" in result.err.replace("'", "")


def test_the_shipped_templates_are_what_their_program_makes() -> None:
    made = templates()
    assert {name: shipped(name) for name in made} == made


@hostile
def test_a_word_file_has_the_text_and_opens(run: Run, tmp_path: Path, text: str) -> None:
    write_plan_of(text)
    run("report", "-o", "out.docx")
    assert clean(text).strip() in lines_of_docx((tmp_path / "out.docx").read_bytes())
