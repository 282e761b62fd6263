"""Blocks as WordprocessingML, in the styles that the templates have.

It is written as text: python-docx searches the whole body at each paragraph that it adds, and a
thousand items would take their square.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from resolution_cli.views.document import (
    Blank,
    Block,
    Bullets,
    Facts,
    Heading,
    Paragraph,
    StackedBar,
    Table,
    Timeline,
    Tone,
    Toned,
    Words,
    capitalised,
    text,
)

STYLES = {
    "ReportText": "Report text",
    "ReportCell": "Report cell",
    "ReportWideCell": "Report wide cell",
    "Heading1": "Heading 1",
    "Heading2": "Heading 2",
    "Heading3": "Heading 3",
}
"""The ids of the styles used, and their names; Word and LibreOffice change the ids."""

_TEXT, _CELL, _WIDE_CELL = "ReportText", "ReportCell", "ReportWideCell"
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TWIPS_IN_EMU = 635
_BLANK_LINES = 3
_LONG_LINE, _SHORT = 130, 12
"""Characters of a small size that the longer side of a page takes, and a date or a word."""

_EDGES = 3
"""Characters of such a line that the edges of a cell take."""

_LEAST_OF_LONG = 3
"""Which part of such a line, at least, the texts of long columns share: a third. Beside many
columns of numbers it is a third of that."""

_FIRST_SHARE, _LEAST_FIRST_SHARE = 40, 24
"""The share of the first column of a table of numbers, in percent: usual, and at least."""

_SHARE_OF_LETTER = 1.35
"""The share of the width of a page that a letter of a head takes, in percent."""

_WHOLE = "<w:trPr><w:cantSplit/></w:trPr>"
_REPEATED = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
"""The settings of a row, and of a head that stands on each page again."""

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""


def drawn(blocks: Iterable[Block], width: int, *, is_annex: bool = False) -> str:
    """Return the paragraphs and tables of `blocks`.

    Args:
        blocks: what is drawn; a chart is not.
        width: how much a line holds, in EMU.
        is_annex: sections have titles in the middle of the page, and no number.

    """
    return "".join(_drawn(block, width // _TWIPS_IN_EMU, is_annex=is_annex) for block in blocks)


def styled(text: str, ids: Mapping[str, str]) -> str:
    """Return drawn blocks with the ids that styles have in a file, by the ids used here."""
    for used, known in ids.items():
        text = text.replace(f'<w:pStyle w:val="{used}"/>', f'<w:pStyle w:val="{known}"/>')
    return text


def kept_with_next(text: str) -> str:
    """Return drawn blocks whose last paragraph stands on the page of what follows: a signature."""
    style = f'<w:pStyle w:val="{_TEXT}"/>'
    before, found, last = text.rpartition(style)
    return f"{before}{found}<w:keepNext/>{last}" if found else text


def _drawn(block: Block, width: int, *, is_annex: bool) -> str:  # noqa: PLR0911  # one for each
    match block:
        case Heading():
            return _heading(block, is_annex=is_annex)
        case Paragraph():
            return _paragraph(_runs(block.words))
        case Blank():
            return _dotted_line(width) * _BLANK_LINES
        case Bullets():
            return "".join(_paragraph(_run(f"- {line}")) for line in block.lines)
        case Facts():
            return _facts(block)
        case Table():
            return _table(block, width)
        case StackedBar():
            return _paragraph(_run(block.words))
        case Timeline():
            return _table(block.table, width)
        case _chart:
            return ""


def _heading(block: Heading, *, is_annex: bool) -> str:
    if is_annex and block.level == 1:
        middle = '<w:ind w:firstLine="0"/><w:jc w:val="center"/>'
        return _paragraph(_run(block.words.upper()), "Heading1", middle)
    words = block.text.upper() if block.level == 1 else block.text
    return _paragraph(_run(words), f"Heading{block.level}")


def _facts(block: Facts) -> str:
    """Return the facts, a line each, or all in one line where there are many such blocks."""
    rows = [row for row in block.rows if not (block.is_compact and row[1].is_absent)]
    if block.is_compact:
        parts = [
            _run(f"{'; ' if number else '- '}{name if number else capitalised(name)}: ")
            + _runs(cell.words)
            for number, (name, cell) in enumerate(rows)
        ]
        return _paragraph("".join(parts))
    return "".join(
        _paragraph(_run(f"- {capitalised(name)}: ") + _runs(cell.words)) for name, cell in rows
    )


def _dotted_line(width: int) -> str:
    tabs = f'<w:tabs><w:tab w:val="left" w:leader="dot" w:pos="{width}"/></w:tabs>'
    settings = '<w:ind w:firstLine="0"/><w:jc w:val="left"/>'
    return _paragraph("<w:r><w:tab/></w:r>", _TEXT, settings, tabs)


def _table(block: Table, width: int) -> str:
    sizes = [int(width * share / 100) for share in _shares(block)]
    style = _WIDE_CELL if block.is_wide else _CELL
    aligns = ["right" if column.is_number else "left" for column in block.columns]
    heads = [_run(capitalised(column.head), is_bold=True) for column in block.columns]
    head = _row(heads, sizes, [_cell_settings(style, "center", is_kept=True)] * len(sizes))
    kept = len(block.rows) - 1 if _is_of_numbers(block) else 0  # short enough for one page
    rows = (
        _row(
            [_runs(cell.words, is_bold=row.is_total) for cell in row.cells],
            sizes,
            [_cell_settings(style, align, is_kept=number < kept) for align in aligns],
        )
        for number, row in enumerate(block.rows)
    )
    columns = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/>'
        f'<w:tblW w:w="{sum(sizes)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        f"{head.replace(_WHOLE, _REPEATED, 1)}{''.join(rows)}</w:tbl>{_paragraph('', _CELL)}"
    )


def _row(cells: Sequence[str], sizes: Sequence[int], settings: Sequence[str]) -> str:
    """Return a row, which is not split across pages: its cells, their widths and settings."""
    shown = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/></w:tcPr>'
        f"<w:p><w:pPr>{form}</w:pPr>{runs}</w:p></w:tc>"
        for runs, size, form in zip(cells, sizes, settings, strict=True)
    )
    return f"<w:tr>{_WHOLE}{shown}</w:tr>"


def _cell_settings(style: str, align: str, *, is_kept: bool) -> str:
    kept = "<w:keepNext/>" if is_kept else ""
    return f'<w:pStyle w:val="{style}"/>{kept}<w:jc w:val="{align}"/>'


def _is_of_numbers(block: Table) -> bool:
    return all(column.is_number for column in block.columns[1:])


def _shares(block: Table) -> Sequence[float]:
    """Return the shares of the width of the page that the columns get, in percent."""
    if _is_of_numbers(block):
        share = _share_of_numbers([column.head for column in block.columns[1:]])
        others = len(block.columns) - 1
        return 100 - share * others, *[share] * others
    widths = [column.width for column in block.columns]
    total = sum(widths)
    if total > _LONG_LINE:  # then short columns keep their width, and long ones share the rest
        kept = [min(width, _SHORT) for width in widths]
        least_room = _LONG_LINE // _LEAST_OF_LONG
        if sum(_of_numbers(block, kept)) > least_room:  # then no number is broken into lines
            widths = [min(pair) for pair in zip(widths, _needed(block), strict=True)]
            kept, total = [min(width, _SHORT) for width in widths], sum(widths)
            least_room //= _LEAST_OF_LONG
        # Where there are many short ones, these get narrower too.
        room = max(_LONG_LINE - sum(kept), least_room)
        scale = room / (total - sum(kept)) if total > sum(kept) else 0
        pairs = zip(widths, kept, strict=True)
        widths = [int(least + (width - least) * scale) for width, least in pairs]
        total = sum(widths)
    return [width * 100 / total for width in widths]


def _of_numbers(block: Table, widths: Sequence[int]) -> list[int]:
    pairs = zip(block.columns, widths, strict=True)
    return [width for column, width in pairs if column.is_number]


def _needed(block: Table) -> list[int]:
    """Return how long the longest number, text or word of the head of each column is."""
    return [
        max(
            *map(len, column.head.split()),
            *(len(text(row.cells[number].words)) for row in block.rows),
            0,  # a column may have neither
            0,
        )
        + _EDGES
        for number, column in enumerate(block.columns)
    ]


def _share_of_numbers(heads: Sequence[str]) -> int:
    """Return the share of each column of numbers: its head is not broken within a word."""
    longest = max(len(word) for head in heads for word in head.split() or [""])
    usual, most = ((100 - first) // len(heads) for first in (_FIRST_SHARE, _LEAST_FIRST_SHARE))
    return max(usual, min(math.ceil(longest * _SHARE_OF_LETTER) + 2, most))


def _paragraph(runs: str, style: str = _TEXT, settings: str = "", first_settings: str = "") -> str:
    """Return a paragraph; Word wants its settings in an order, the first ones before the others."""
    properties = f'<w:pStyle w:val="{style}"/>{first_settings}{settings}'
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def _runs(words: Words, *, is_bold: bool = False) -> str:
    """Return words in black: of their tones, only what stands out is kept."""
    tone = words.tone if isinstance(words, Toned) else None
    return _run(text(words), is_bold=is_bold or tone is Tone.STRONG)


def _run(words: str, *, is_bold: bool = False) -> str:
    if not words:
        return ""
    form = "<w:rPr><w:b/><w:bCs/></w:rPr>" if is_bold else ""
    lines = escape(_FORBIDDEN.sub("\ufffd", words), quote=False).split("\n")
    shown = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{form}{shown}</w:r>"
