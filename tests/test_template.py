"""The office's own template of the Word report: written out, changed, used; what is wrong in it."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.support import Run
from tests.written import lines_of_docx


def changed(template: bytes, old: str, new: str) -> bytes:
    """Return a template with other words in its text."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template)) as source,
        zipfile.ZipFile(stream, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def template(run: Run, plan: Path, tmp_path: Path) -> Path:
    """Return the shipped template, written out beside a plan."""
    assert plan.exists()
    result = run("template", "-o", "our-form.docx")
    assert (result.code, result.out, result.err) == (0, "", "Written to our-form.docx.\n")
    return tmp_path / "our-form.docx"


def test_the_template_that_is_written_out_gives_the_same_report(run: Run, template: Path) -> None:
    run("report", "-o", "a.docx")
    assert run("report", "--template", str(template), "-o", "b.docx").code == 0
    assert Path("a.docx").read_bytes() == Path("b.docx").read_bytes()
    with zipfile.ZipFile("a.docx") as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_changed_template_is_used(run: Run, template: Path) -> None:
    template.write_bytes(changed(template.read_bytes(), "{{ number }}", "Our {{ number }}, urgent"))
    assert run("report", "--template", "our-form.docx", "-o", "out.docx").code == 0
    written = lines_of_docx(Path("out.docx").read_bytes())
    assert "Our No. ……-BC/……, urgent" in written
    assert "I. GENERAL SITUATION" in written


def test_a_file_names_its_template_from_its_own_folder(
    run: Run, template: Path, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = changed(template.read_bytes(), "{{ number }}", "Our {{ number }}")
    template.unlink()
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "ours.docx").write_bytes(content)
    plan.write_text(plan.read_text() + '\n[report]\ntemplate = "forms/ours.docx"\n')
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run("report", "-f", "../tasks.toml", "-o", "out.docx").code == 0
    assert "Our No. ……-BC/……" in lines_of_docx(Path("out.docx").read_bytes())
    assert run("report", "-f", "../tasks.toml", "--format", "markdown").code == 0


def test_styles_are_found_by_name_and_those_that_were_dropped_are_added(
    run: Run, template: Path
) -> None:
    """As LibreOffice saves a template: other ids, and no style that nothing uses."""
    stream = io.BytesIO()
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b'Id="ReportText"', b'Id="Reporttext"')
            content = content.replace(b"Report wide cell", b"Other").replace(
                b'"ReportWideCell"', b'"Other"'
            )
            target.writestr(name, content)
    template.write_bytes(stream.getvalue())
    assert run("report", "--template", "our-form.docx", "-o", "out.docx").code == 0
    document = Document("out.docx")
    (found,) = (each for each in document.paragraphs if each.text.startswith("This report"))
    style: Any = found.style
    assert (style.name, style.style_id) == ("Report text", "Reporttext")
    annex: Any = document.tables[-1].rows[0].cells[0].paragraphs[0]
    assert annex.style.name == "Report wide cell"


def test_a_text_of_the_file_is_no_part_of_a_template(run: Run, plan: Path) -> None:
    said = "{{ body }} {% if %} {_{ x }_} {_% <b>&amp; %_}"
    plan.write_text(plan.read_text() + f"\n[report]\nnumber = '{said}'\nsigner = '{said}'\n")
    assert run("report", "-o", "out.docx").code == 0
    written = lines_of_docx(Path("out.docx").read_bytes())
    assert f"No. {said}" in written
    assert written.count("I. GENERAL SITUATION") == 1


def test_headers_may_show_words_too(run: Run, template: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/header1.xml":
                content = content.replace(
                    b"</w:p></w:hdr>", b"<w:r><w:t>{{ kind }}</w:t></w:r></w:p></w:hdr>"
                )
            target.writestr(name, content)
    template.write_bytes(stream.getvalue())
    assert run("report", "--template", "our-form.docx", "-o", "out.docx").code == 0
    with zipfile.ZipFile("out.docx") as written:
        assert "REPORT</w:t>" in written.read("word/header1.xml").decode()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{ number }}", "No. {{ numbr }} x", "at “No. {{ numbr }} x”: there is no numbr; known"),
        ("{{ number }}", "a {{ number", "at “a {{ number{{ place_and_date }}”: expected token"),
        ("{{ number }}", "a {% if number %} b", "block that needs to be closed is 'if'"),
        ("{{ number }}", "{{ number + 1 }}", "at “{{ number + 1 }}”: "),
        ("{{ number }}", "{{ number.__class__.__mro__ }}", "unsafe"),
        ("{{ number }}", "{{ number.x.y }}", "at “{{ number.x.y }}”: "),
        ("{{ number }}", "{{ 1 // 0 }}", "at “{{ 1 // 0 }}”: "),
        ("{{ number }}", "{{ number | nothing }}", "at “{{ number | nothing }}”: "),
        ("{{ body }}", "text", "it has no {{ body }}"),
    ],
    ids=["name", "open", "no-end", "type", "reach", "attribute", "zero", "filter", "no-body"],
)
def test_an_error_in_a_template_says_what_and_where(
    run: Run, template: Path, old: str, new: str, said: str
) -> None:
    template.write_bytes(changed(template.read_bytes(), old, new))
    result = run("report", "--template", "our-form.docx", "-o", "out.docx")
    assert (result.code, result.out, Path("out.docx").exists()) == (4, "", False)
    assert result.err.startswith("Error: The template our-form.docx")
    assert said in result.err
    assert "tracker template -o" in result.err


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "cannot be read"), (b"no zip", "it is no Word file"), (b"PK\x03\x04", "no Word file")],
    ids=["missing", "text", "cut"],
)
def test_what_is_no_word_file_is_refused(
    run: Run, plan: Path, content: bytes | None, said: str
) -> None:
    assert plan.exists()
    if content is not None:
        Path("x.docx").write_bytes(content)
    result = run("report", "--template", "x.docx", "-o", "out.docx")
    assert (result.code, Path("out.docx").exists()) == (4, False)
    assert said in result.err


def test_a_workbook_is_no_template(run: Run, plan: Path) -> None:
    assert plan.exists()
    run("list", "-o", "x.xlsx")
    Path("x.xlsx").rename("x.docx")
    result = run("report", "--template", "x.docx", "-o", "out.docx")
    assert (result.code, "it is no Word file" in result.err) == (4, True)


def test_only_a_word_file_has_a_template(run: Run, template: Path) -> None:
    result = run("report", "--template", str(template), "-o", "out.md")
    assert (result.code, Path("out.md").exists()) == (2, False)
    assert "only a Word file has a template" in result.err


def test_a_template_does_not_replace_a_file_and_ends_in_docx(run: Run, template: Path) -> None:
    template.write_bytes(b"mine")
    assert run("template", "-o", "our-form.docx").code == 4
    assert template.read_bytes() == b"mine"
    assert run("template", "-o", "our-form.docx", "--form", "decree-30", "--force").code == 0
    assert b"motto" in template.read_bytes()
    assert run("template", "-o", "our-form.odt").code == 2


def test_a_period_with_texts_of_its_own_keeps_the_form_and_may_have_its_own_template(
    run: Run, template: Path, plan: Path
) -> None:
    template.write_bytes(changed(template.read_bytes(), "{{ number }}", "Ours {{ number }}"))
    tables = '\n[report]\nform = "decree-30"\n[reports."2026-Q2"]\nnumber = "7"\n'
    tables += '[reports."2026-Q3"]\ntemplate = "our-form.docx"\n'
    plan.write_text(plan.read_text() + tables)
    written = {}
    for name in ("2026-Q2", "2026-Q3"):
        assert run("report", "--period", name, "-o", "out.docx", "--force").code == 0
        written[name] = lines_of_docx(Path("out.docx").read_bytes())
    assert "SOCIALIST REPUBLIC OF VIET NAM" in written["2026-Q2"]
    assert "No.: 07" in written["2026-Q2"]
    assert "Ours No.: ……" in written["2026-Q3"]
