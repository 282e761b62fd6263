"""The report as a Word document, as a Party office sends it.

Its parts and their places follow Guideline 36-HD/VPTW (03/04/2018) on the form of the Party's
documents: the Party's name at the right, the bodies at the left, kind and subject of the document,
text, recipients and signature. Paper, margins and size of letters are also within Decree
30/2020/NĐ-CP, appendix I. What the file does not say is left blank.
"""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run
from msgspec import Struct

from resolution_cli import i18n
from resolution_cli.domain.model import ReportTexts, Text
from resolution_cli.domain.verdict import Light
from resolution_cli.i18n import _
from resolution_cli.render import paper
from resolution_cli.render.blocks import (
    Blank,
    Block,
    Bullets,
    Cell,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Table,
)
from resolution_cli.render.texts import clean, local
from resolution_cli.report import Overview

_FONT = "Times New Roman"
_SIZE, _SMALL_SIZE, _TABLE_SIZE, _WIDE_SIZE = Pt(14), Pt(12), Pt(12), Pt(10)
_HEADING_SIZE, _KIND_SIZE = Pt(15), Pt(16)
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
_A4 = Mm(210), Mm(297)
_INDENT = Cm(1.27)
_DOTS = "…" * 12
_BLANK_LINES = 3
_LONGEST_PROPERTY = 255
_WIDE_SHARES = (4, 5, 13, 8, 8, 9, 8, 7, 6, 10, 12, 10)
"""Shares of a page's width that the columns of the table of all items get, in percent."""

_FIRST_SHARE = 40
"""The share of the first column of every other table, in percent."""

_COLOURS = {
    Light.RED: RGBColor(0xB3, 0x26, 0x1E),
    Light.AMBER: RGBColor(0x8A, 0x50, 0x00),
    Light.GREEN: RGBColor(0x1D, 0x6B, 0x34),
    Light.GREY: RGBColor(0x56, 0x5A, 0x63),
}


class _Form(Struct, frozen=True):
    """How letters look."""

    size: Length = _SIZE
    is_bold: bool = False
    is_italic: bool = False


_PLAIN, _BOLD, _ITALIC = _Form(), _Form(is_bold=True), _Form(is_italic=True)


def report(overview: Overview) -> bytes:
    """Return the report of a day or of a period."""
    written, texts = paper.report(overview), overview.resolution.report
    document = Document()
    _set_up(document, written)
    _head(document, texts)
    _title(document, clean(local(overview.resolution.header.title)), written)
    for block in written.blocks:
        _draw(document, block)
    _signature(document, texts)
    _turn(document)
    for block in written.appendix:
        _draw(document, block)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_up(document: WordDocument, written: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = _A4
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    section.different_first_page_header_footer = True  # pages are numbered from the second one on
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_field(number, "PAGE")
    for name, size in (
        ("Normal", _SIZE),
        ("Heading 1", _SIZE),
        ("Heading 2", _SIZE),
        ("Heading 3", _SIZE),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, size
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would win over ours
        for script in ("eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), _FONT)
        style.paragraph_format.space_before = Pt(6 if name != "Normal" else 0)
        style.paragraph_format.space_after = Pt(6)
    document.styles["Heading 3"].font.italic = True
    document.core_properties.title = written.title[:_LONGEST_PROPERTY]
    document.core_properties.author = ""
    document.core_properties.language = i18n.language()
    document.core_properties.comments = ""


def _head(document: WordDocument, texts: ReportTexts) -> None:
    left, right = _columns(document, (Mm(75), Mm(90)))
    _write(left, clean(local(texts.superior)).upper() or _DOTS)
    _write(left, clean(local(texts.committee)).upper() or _DOTS, _BOLD)
    _write(left, "*")
    number = clean(texts.number or "").removeprefix("Số").strip(" :") or "……-BC/……"
    _write(left, _("No. {number}").format(number=number))
    party = clean(local(texts.heading)) or _("Communist Party of Viet Nam")
    _underline(_write(right, party.upper(), _Form(_HEADING_SIZE, is_bold=True)))
    place = clean(local(texts.place)) or "………………"
    day = texts.date
    when = (
        _("{place}, day {day} month {month} year {year}").format(
            place=place, day=f"{day.day:02}", month=f"{day.month:02}", year=day.year
        )
        if day
        else _("{place}, day …… month …… year 20……").format(place=place)
    )
    _write(right, when, _ITALIC)


def _title(document: WordDocument, title: str, written: Paper) -> None:
    lines = [(_("REPORT"), _KIND_SIZE), (_("implementation of {title}").format(title=title), _SIZE)]
    for number, (text, size) in enumerate(lines):
        line = _paragraph(document, WD_ALIGN_PARAGRAPH.CENTER)
        line.paragraph_format.space_before = Pt(0 if number else 18)
        _add(line, text, _Form(size, is_bold=True))
    for text in written.subtitle:
        line = _paragraph(document, WD_ALIGN_PARAGRAPH.CENTER)
        line.paragraph_format.space_after = Pt(18)
        _add(line, f"({text})", _ITALIC)


def _draw(document: WordDocument, block: Block) -> None:
    match block:
        case Heading():
            document.add_heading(
                block.text.upper() if block.level == 1 else block.text, block.level
            )
        case Paragraph():
            _add(_body(document), block.text, _BOLD if block.is_strong else _PLAIN)
        case Blank():
            for _number in range(_BLANK_LINES):
                _dotted(document)
        case Bullets():
            for line in block.lines:
                _add(_body(document), f"- {line}")
        case Facts():
            _facts(document, block)
        case Table():
            _table(document, block)


def _facts(document: WordDocument, block: Facts) -> None:
    """Add the facts, a line each, or all in one line where there are many such blocks."""
    fact = _body(document)
    rows = [row for row in block.rows if not (block.is_compact and row[1].is_absent)]
    for number, (name, cell) in enumerate(rows):
        if number and not block.is_compact:
            fact = _body(document)
        _add(fact, f"; {_uncapitalised(name)}: " if number and block.is_compact else f"- {name}: ")
        _add_cell(fact, cell, _PLAIN)
        fact.paragraph_format.space_after = Pt(2)


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]


def _table(document: WordDocument, block: Table) -> None:
    size = _WIDE_SIZE if block.is_wide else _TABLE_SIZE
    table = document.add_table(1, len(block.columns), "Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, head in zip(table.rows[0].cells, block.columns, strict=True):
        _write(cell, head, _Form(size, is_bold=True))
    _mark(table.rows[0]._tr.get_or_add_trPr(), "tblHeader")  # noqa: SLF001  # python-docx has no repeated heads
    for number, row in enumerate(block.rows):
        _row(table, row, _Form(size, is_bold=number in block.totals))
    others = len(block.columns) - 1
    shares = (
        _WIDE_SHARES
        if block.is_wide
        else (_FIRST_SHARE, *[(100 - _FIRST_SHARE) // others] * others)
    )
    _set_widths(table, [_width(document) * share // 100 for share in shares])
    if not block.is_wide:  # short enough for one page
        _keep_together(*(cell for row in table.rows[:-1] for cell in row.cells))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _row(table: WordTable, row: Sequence[Cell], form: _Form) -> None:
    added: Any = table.add_row()  # type: ignore[no-untyped-call]  # python-docx has no type for it
    _mark(added._tr.get_or_add_trPr(), "cantSplit")  # noqa: SLF001  # nor rows that stay whole
    for cell, value in zip(added.cells, row, strict=True):
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = Pt(0)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if value.is_number else WD_ALIGN_PARAGRAPH.LEFT
        _add_cell(line, value, form)


def _signature(document: WordDocument, texts: ReportTexts) -> None:
    left, right = _columns(document, (Mm(80), Mm(85)))
    line = _write(left, _("Recipients:"), align=WD_ALIGN_PARAGRAPH.LEFT)
    line.runs[0].font.underline = True
    for recipient in texts.recipients or (_DOTS,):
        _write(
            left,
            f"- {clean(recipient).removeprefix('-').strip()}",
            _Form(_SMALL_SIZE),
            WD_ALIGN_PARAGRAPH.LEFT,
        )
    for signed in _lines(texts.signature) or [_DOTS]:
        _write(right, clean(signed).upper(), _BOLD)
    for _number in range(_BLANK_LINES):
        _write(right, "")
    _write(right, clean(texts.signer or "") or _DOTS, _BOLD)
    _keep_together(left, right)


def _lines(text: Text | tuple[str, ...] | None) -> Sequence[str]:
    return text if isinstance(text, tuple) else local(text).splitlines()


def _keep_together(*cells: _Cell) -> None:
    """Keep the lines of the cells of a row on one page, and with what stands before them."""
    for cell in cells:
        for line in cell.paragraphs:
            line.paragraph_format.keep_with_next = True


def _turn(document: WordDocument) -> None:
    """Begin a page that lies on its longer side."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_height, section.page_width = _A4
    section.left_margin = section.right_margin = _RIGHT
    section.different_first_page_header_footer = False


def _columns(document: WordDocument, widths: Sequence[int]) -> tuple[_Cell, ...]:
    """Return the cells of a row without lines."""
    table = document.add_table(1, len(widths))
    _set_widths(table, widths)
    return tuple(table.rows[0].cells)


def _set_widths(table: WordTable, widths: Sequence[int]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Length(width)  # what LibreOffice reads, as Word reads those of the cells
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Length(width)


def _width(document: WordDocument) -> int:
    section = document.sections[-1]
    return (
        int(section.page_width or 0)
        - int(section.left_margin or 0)
        - int(section.right_margin or 0)
    )


def _body(document: WordDocument) -> WordParagraph:
    line = _paragraph(document, WD_ALIGN_PARAGRAPH.JUSTIFY)
    line.paragraph_format.first_line_indent = _INDENT
    return line


def _dotted(document: WordDocument) -> None:
    """Add a line of dots from margin to margin."""
    line = _paragraph(document, WD_ALIGN_PARAGRAPH.LEFT)
    line.paragraph_format.tab_stops.add_tab_stop(
        Length(_width(document)), leader=WD_TAB_LEADER.DOTS
    )
    _add(line, "\t")


def _paragraph(document: WordDocument, align: WD_ALIGN_PARAGRAPH) -> WordParagraph:
    line = document.add_paragraph()
    line.alignment = align
    return line


def _write(
    cell: _Cell,
    text: str,
    form: _Form = _PLAIN,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.CENTER,
) -> WordParagraph:
    """Add a line to a cell, in the empty one that it begins with if it is the first."""
    is_first = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
    line: WordParagraph = cell.paragraphs[0] if is_first else cell.add_paragraph()
    line.alignment = align
    line.paragraph_format.space_after = Pt(0)
    _add(line, text, form)
    return line


def _add_cell(line: WordParagraph, cell: Cell, form: _Form) -> None:
    run = _add(line, cell.text, form)
    if cell.light:
        run.font.color.rgb = _COLOURS[cell.light]


def _add(line: WordParagraph, text: str, form: _Form = _PLAIN) -> Run:
    run = line.add_run(text)
    # What is as in the rest of the text stays unsaid: python-docx takes longer over these than over
    # all else.
    if form.is_bold:
        run.bold = True
    if form.is_italic:
        run.italic = True
    if form.size != _SIZE:
        run.font.size = form.size
    return run


def _underline(line: WordParagraph) -> None:
    for run in line.runs:
        run.font.underline = True


def _add_field(line: WordParagraph, code: str) -> None:
    """Add a value that Word computes, such as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    line._p.append(field)  # noqa: SLF001  # python-docx has no fields


def _mark(properties: Any, name: str) -> None:
    properties.append(OxmlElement(f"w:{name}"))
