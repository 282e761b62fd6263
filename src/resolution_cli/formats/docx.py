"""The report as a Word document, as a Party office sends it.

Its parts and their places follow Guideline 36-HD/VPTW (03/04/2018) on the form of the Party's
documents: the Party's name at the right, the bodies at the left, kind and subject of the document,
text, recipients and signature. Paper, margins and size of letters are also within Decree
30/2020/NĐ-CP, appendix I. What the file does not say is left blank.
"""

import io
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Length, Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run
from msgspec import Struct

from resolution_cli import i18n
from resolution_cli.views import document
from resolution_cli.views.document import (
    Blank,
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Letter,
    Paragraph,
    Table,
    Tone,
    Toned,
    Words,
    capitalised,
)

_FONT = "Times New Roman"
_SIZE, _SMALL_SIZE, _TABLE_SIZE, _WIDE_SIZE = Pt(14), Pt(12), Pt(12), Pt(10)
_HEADING_SIZE, _KIND_SIZE = Pt(15), Pt(16)
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
_A4 = Mm(210), Mm(297)
_TEXT, _CELL, _WIDE_CELL = "ReportText", "ReportCell", "ReportWideCell"
"""Names and ids of styles."""

_INDENT = Cm(1.27)
_BLANK_LINES = 3
_LONG_LINE, _SHORT = 130, 12
"""Characters of a small size that the longer side of a page takes, and a date or a word."""

_LONGEST_PROPERTY = 255
_FIRST_SHARE = 40
"""The share of the first column of a table of numbers, in percent."""

_COLOURS = {
    Tone.RED: RGBColor(0xB3, 0x26, 0x1E),
    Tone.AMBER: RGBColor(0x8A, 0x50, 0x00),
    Tone.GREEN: RGBColor(0x1D, 0x6B, 0x34),
    Tone.GREY: RGBColor(0x56, 0x5A, 0x63),
}


class _Form(Struct, frozen=True):
    """How letters look."""

    size: Length = _SIZE
    is_bold: bool = False
    is_italic: bool = False


_PLAIN, _BOLD, _ITALIC = _Form(), _Form(is_bold=True), _Form(is_italic=True)


def draw(shown: Document) -> bytes:
    """Return `shown` as a Word file."""
    word = docx.Document()
    _set_up(word, shown.heads[0])
    if shown.letter:
        _head(word, shown.letter)
        scope = (f"({document.text(line)})" for line in shown.subtitle)
        _title(word, (shown.letter.kind, shown.letter.subject), scope)
    else:
        if any(isinstance(block, Table) and block.is_wide for block in shown.blocks):
            _lay_on_longer_side(word.sections[0])
        title, *lines = shown.heads
        _title(word, (title,), lines)
    for block in shown.blocks:
        _draw(word, block)
    if shown.letter:
        _signature(word, shown.letter)
    if shown.appendix:
        _turn(word)
        for block in shown.appendix:
            _draw(word, block)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _set_up(document: WordDocument, title: str) -> None:
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
    _add_styles(document)
    document.core_properties.title = title[:_LONGEST_PROPERTY]
    document.core_properties.author = ""
    document.core_properties.language = i18n.language()
    document.core_properties.comments = ""


def _add_styles(document: WordDocument) -> None:
    """Add the styles of paragraphs of text and of cells, so that not each of them is formatted."""
    for name, size in ((_TEXT, _SIZE), (_CELL, _TABLE_SIZE), (_WIDE_CELL, _WIDE_SIZE)):
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size = size
        if name == _TEXT:
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            style.paragraph_format.first_line_indent = _INDENT
        else:
            style.paragraph_format.space_after = Pt(0)


def _head(word: WordDocument, letter: Letter) -> None:
    left, right = _columns(word, (Mm(75), Mm(90)))
    _write(left, letter.superior)
    _write(left, letter.committee, _BOLD)
    _write(left, "*")
    _write(left, letter.number)
    _underline(_write(right, letter.heading, _Form(_HEADING_SIZE, is_bold=True)))
    _write(right, letter.place_and_date, _ITALIC)


def _title(word: WordDocument, title: Sequence[str], lines: Iterable[str]) -> None:
    for number, text in enumerate(title):
        line = _paragraph(word, WD_ALIGN_PARAGRAPH.CENTER)
        line.paragraph_format.space_before = Pt(0 if number else 18)
        _add(line, text, _Form(_SIZE if number else _KIND_SIZE, is_bold=True))
    for text in lines:
        line = _paragraph(word, WD_ALIGN_PARAGRAPH.CENTER)
        _add(line, text, _ITALIC)
    line.paragraph_format.space_after = Pt(18)


def _draw(word: WordDocument, block: Block) -> None:
    match block:
        case Heading():
            heading = block.text.upper() if block.level == 1 else block.text
            _paragraph(word, style=f"Heading{block.level}").add_run(heading)
        case Paragraph():
            _add_words(_body(word), block.words)
        case Blank():
            for _number in range(_BLANK_LINES):
                _dotted(word)
        case Bullets():
            for line in block.lines:
                _add(_body(word), f"- {line}")
        case Facts():
            _facts(word, block)
        case Table():
            _table(word, block)


def _facts(word: WordDocument, block: Facts) -> None:
    """Add the facts, a line each, or all in one line where there are many such blocks."""
    fact = _body(word)
    rows = [row for row in block.rows if not (block.is_compact and row[1].is_absent)]
    for number, (name, cell) in enumerate(rows):
        if number and not block.is_compact:
            fact = _body(word)
        is_next = number and block.is_compact
        _add(fact, f"; {name}: " if is_next else f"- {capitalised(name)}: ")
        _add_words(fact, cell.words)
        fact.paragraph_format.space_after = Pt(2)


def _table(word: WordDocument, block: Table) -> None:
    size = _WIDE_SIZE if block.is_wide else _TABLE_SIZE
    table = word.add_table(1, len(block.columns), "Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
        _write(cell, capitalised(column.head), _Form(size, is_bold=True))
    _mark(table.rows[0]._tr.get_or_add_trPr(), "tblHeader")  # noqa: SLF001  # repeated heads
    # Before any other row, which gets these widths.
    _set_widths(table, [_width(word) * share // 100 for share in _shares(block)])
    if block.rows:
        _add_rows(table, block)
    if _is_of_numbers(block):  # short enough for one page
        _keep_together(*(cell for row in table.rows[:-1] for cell in row.cells))
    _paragraph(word).paragraph_format.space_after = Pt(0)


def _is_of_numbers(block: Table) -> bool:
    return all(column.is_number for column in block.columns[1:])


def _shares(block: Table) -> Sequence[int]:
    """Return the shares of the width of the page that the columns get, in percent."""
    if _is_of_numbers(block):
        others = len(block.columns) - 1
        return _FIRST_SHARE, *[(100 - _FIRST_SHARE) // others] * others
    widths = [column.width for column in block.columns]
    total = sum(widths)
    if total > _LONG_LINE:  # then short columns keep their width, and long ones share the rest
        kept = [min(width, _SHORT) for width in widths]
        scale = (_LONG_LINE - sum(kept)) / (total - sum(kept))
        pairs = zip(widths, kept, strict=True)
        widths = [int(least + (width - least) * scale) for width, least in pairs]
        total = sum(widths)
    return [width * 100 // total for width in widths]


def _add_rows(table: WordTable, block: Table) -> None:
    """Add the rows below the head: copies of an empty one, which are quicker than new ones."""
    added: Any = table.add_row()  # type: ignore[no-untyped-call]  # python-docx has no type for it
    empty = added._tr  # noqa: SLF001  # python-docx has no rows that stay whole
    _mark(empty.get_or_add_trPr(), "cantSplit")
    for cell, column in zip(empty.tc_lst, block.columns, strict=True):
        line = cell.p_lst[0]
        line.style = _WIDE_CELL if block.is_wide else _CELL
        if column.is_number:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    empty.getparent().remove(empty)
    for row in block.rows:
        copied = deepcopy(empty)
        table._tbl.append(copied)  # noqa: SLF001  # as python-docx adds rows
        form = _BOLD if row.is_total else _PLAIN
        for cell, value in zip(copied.tc_lst, row.cells, strict=True):
            _add_words(WordParagraph(cell.p_lst[0], table), value.words, form)


def _signature(word: WordDocument, letter: Letter) -> None:
    left, right = _columns(word, (Mm(80), Mm(85)))
    head, *recipients = letter.recipients
    _underline(_write(left, head, align=WD_ALIGN_PARAGRAPH.LEFT))
    for recipient in recipients:
        _write(left, recipient, _Form(_SMALL_SIZE), WD_ALIGN_PARAGRAPH.LEFT)
    for line in letter.signature:
        _write(right, line, _BOLD)
    for _number in range(_BLANK_LINES):
        _write(right, "")
    _write(right, letter.signer, _BOLD)
    _keep_together(left, right)


def _keep_together(*cells: _Cell) -> None:
    """Keep the lines of the cells of a row on one page, and with what stands before them."""
    for cell in cells:
        for line in cell.paragraphs:
            line.paragraph_format.keep_with_next = True


def _turn(document: WordDocument) -> None:
    """Begin a page that lies on its longer side."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _lay_on_longer_side(section)
    section.different_first_page_header_footer = False


def _lay_on_longer_side(section: Section) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_height, section.page_width = _A4
    section.left_margin = section.right_margin = _RIGHT


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
    return _paragraph(document, style=_TEXT)


def _dotted(document: WordDocument) -> None:
    """Add a line of dots from margin to margin."""
    line = _paragraph(document, WD_ALIGN_PARAGRAPH.LEFT)
    line.paragraph_format.tab_stops.add_tab_stop(
        Length(_width(document)), leader=WD_TAB_LEADER.DOTS
    )
    _add(line, "\t")


def _paragraph(
    word: WordDocument, align: WD_ALIGN_PARAGRAPH | None = None, style: str = ""
) -> WordParagraph:
    """Add a paragraph, in the style with this id.

    `Document.add_paragraph` searches the whole body for its end each time, and all styles by name.
    """
    element: Any = OxmlElement("w:p")
    word.element.body[-1].addprevious(element)  # the last one holds the settings of the section
    if style:
        element.style = style
    line = WordParagraph(element, word._body)  # noqa: SLF001  # as python-docx makes them
    if align is not None:
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


def _add_words(line: WordParagraph, words: Words, form: _Form = _PLAIN) -> None:
    tone = words.tone if isinstance(words, Toned) else None
    is_bold = form.is_bold or tone is Tone.STRONG
    run = _add(line, document.text(words), _Form(form.size, is_bold, form.is_italic))
    if tone in _COLOURS:
        run.font.color.rgb = _COLOURS[tone]


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
