"""Reports for Word: laid out as an official document, and whole whatever the texts."""

import re
import zipfile
from pathlib import Path

from docx import Document

from resolution_cli.views.texts import clean
from tests.support import SAMPLES, Run, hostile
from tests.written import lines_of_docx, write_plan_of


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


@hostile
def test_a_word_file_has_the_text_and_opens(run: Run, tmp_path: Path, text: str) -> None:
    write_plan_of(text)
    run("report", "-o", "out.docx")
    assert clean(text).strip() in lines_of_docx((tmp_path / "out.docx").read_bytes())
