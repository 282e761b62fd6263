"""Makes the templates of Word files in `src/resolution_cli/formats/templates/`.

Each is a package of a few parts, written here part by part: the same bytes on every machine, and
nothing in them but what is meant, such as no theme with other fonts. Run with `make templates`.

The forms follow Guideline 05-HD/VPTW of 2026 on the form of the Party's documents (party-2026), and
Decree 30/2020/NĐ-CP, appendix I (decree-30).
"""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "src" / "resolution_cli" / "formats" / "templates"
_NEVER = (1980, 1, 1, 0, 0, 0)
"""The date of the parts in the package, so that its bytes do not change."""

_MM = 1440 / 25.4
"""Twentieths of a point in a millimetre."""

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_CONTENT_TYPES = f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>\
<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/>\
<Override PartName="/word/settings.xml" ContentType="{_OFFICE}.settings+xml"/>\
<Override PartName="/word/header1.xml" ContentType="{_OFFICE}.header+xml"/>\
<Override PartName="/docProps/core.xml" \
ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
</Types>"""
_RELATIONS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>\
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" \
Target="docProps/core.xml"/></Relationships>"""
_WORD_RELATIONS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_R}/styles" Target="styles.xml"/>\
<Relationship Id="rId2" Type="{_R}/settings" Target="settings.xml"/>\
<Relationship Id="rId3" Type="{_R}/header" Target="header1.xml"/></Relationships>"""
_CORE = f"""{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"></cp:coreProperties>"""
_SETTINGS = f"""{_HEAD}<w:settings xmlns:w="{_W}"><w:defaultTabStop w:val="720"/>\
<w:compat><w:compatSetting w:name="compatibilityMode" \
w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>"""
_HEADER = f"""{_HEAD}<w:hdr xmlns:w="{_W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>\
<w:fldSimple w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p></w:hdr>"""

_FONT = "Times New Roman"
_EXACT = 'w:line="400" w:lineRule="exact"'
"""Exactly 20 points from line to line."""


def main() -> None:
    """Write all templates."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in templates().items():
        (FOLDER / f"{name}.docx").write_bytes(content)


def templates() -> dict[str, bytes]:
    """Return the templates by name."""
    return {
        "party-2026": _package(_party_head() + _BODY + _party_end() + _ANNEX, _LANDSCAPE),
        "decree-30": _package(_state_head() + _BODY + _state_end() + _ANNEX, _LANDSCAPE),
        "plain": _package(_PLAIN_HEAD + _BODY + _ANNEX, _LANDSCAPE),
        "letter-party-2026": _package(_party_letter_head() + _BODY + _party_end(), _PORTRAIT),
        "letter-decree-30": _package(_state_letter_head() + _BODY + _state_end(), _PORTRAIT),
        "letter-plain": _package(_PLAIN_LETTER_HEAD + _BODY, _PORTRAIT),
        "document": _package(_DOCUMENT_HEAD + _BODY, _PORTRAIT),
    }


def _package(body: str, last_section: str) -> bytes:
    document = (
        f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}{last_section}'
        "</w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": _CORE,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _WORD_RELATIONS,
        "word/styles.xml": _styles(),
        "word/settings.xml": _SETTINGS,
        "word/header1.xml": _HEADER,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _NEVER), content)
    return stream.getvalue()


def _styles() -> str:
    fonts = " ".join(f'w:{script}="{_FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    text = f'<w:spacing w:before="0" w:after="120" {_EXACT}/><w:ind w:firstLine="567"/>'
    heading = (
        f'<w:keepNext/><w:spacing w:before="120" w:after="120" {_EXACT}/><w:ind w:firstLine="567"/>'
    )
    headings = (
        _style(
            f"Heading{level}",
            f"heading {level}",
            f'{heading}<w:jc w:val="both"/><w:outlineLvl w:val="{level - 1}"/>',
            "<w:b/><w:bCs/>" + ("<w:i/><w:iCs/>" if level > 2 else ""),  # noqa: PLR2004
        )
        for level in (1, 2, 3)
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts {fonts}/><w:sz w:val="28"/><w:szCs w:val="28"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f'<w:qFormat/><w:rPr><w:rFonts {fonts}/><w:sz w:val="28"/><w:szCs w:val="28"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:style>'
        + "".join(headings)
        + _style("ReportText", "Report text", f'{text}<w:jc w:val="both"/>')
        + _style("ReportCell", "Report cell", "", '<w:sz w:val="24"/><w:szCs w:val="24"/>')
        + _style("ReportWideCell", "Report wide cell", "", '<w:sz w:val="20"/><w:szCs w:val="20"/>')
        + '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '</w:style><w:style w:type="table" w:customStyle="1" w:styleId="ReportTable">'
        '<w:name w:val="Report table"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )


def _style(identity: str, name: str, paragraph: str, run: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


def _line(
    text: str, size: float = 14, marks: str = "", align: str = "center", more: str = ""
) -> str:
    """Return a paragraph of the form.

    Args:
        text: its words.
        size: of its letters, in points.
        marks: b for bold, i for italic, u for underlined.
        align: as Word calls it.
        more: further settings of the paragraph that stand before its alignment.

    """
    forms = {"b": "<w:b/><w:bCs/>", "i": "<w:i/><w:iCs/>", "u": '<w:u w:val="single"/>'}
    half = f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    looks = "".join(forms[mark] for mark in marks if mark != "u") + half
    looks += forms["u"] if "u" in marks else ""
    run = f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr>{more}<w:jc w:val="{align}"/></w:pPr>{run}</w:p>'


def _ruled(side: float, more: str = "") -> str:
    """Return the settings of a paragraph with a line below, `side` mm shorter at each side."""
    indent = round(side * _MM)
    return (
        '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
        f'{more}<w:ind w:left="{indent}" w:right="{indent}"/>'
    )


def _rule(side: float) -> str:
    """Return a drawn line below what stands before it, `side` mm shorter at each side."""
    spacing = '<w:spacing w:before="0" w:after="120" w:line="60" w:lineRule="exact"/>'
    return _line("", more=_ruled(side, spacing))


def _grid(widths: Iterable[float], rows: Iterable[Iterable[str]], indent: float = 0) -> str:
    """Return a table without lines: widths and indent in millimetres, cells of paragraphs."""
    sizes = [round(width * _MM) for width in widths]
    columns = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    shown = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for size, cell in zip(sizes, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(sizes)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{round(indent * _MM)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{shown}</w:tbl>"
    )


def _section(width: int, height: int, left: int, *, is_first: bool, is_wide: bool) -> str:
    turned = ' w:orient="landscape"' if is_wide else ""
    title_page = "<w:titlePg/>" if is_first else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="{left}" w:header="567" '
        f'w:footer="567" w:gutter="0"/>{title_page}</w:sectPr>'
    )


_PORTRAIT = _section(11906, 16838, 1701, is_first=True, is_wide=False)
_LANDSCAPE = _section(16838, 11906, 850, is_first=False, is_wide=True)
_SPACE = '<w:spacing w:before="{before}" w:after="{after}"/>'
_KEPT = "<w:keepNext/>"
_BODY = _line("{{ body }}", align="both")
_ANNEX = (
    f"<w:p><w:pPr>{_PORTRAIT}</w:pPr></w:p>"
    + _line("{{ annex_title }}", 14, "b")
    + _line("{%p if annex_reference %}")
    + _line("({{ annex_reference }})", 14, "i", more=_SPACE.format(before=0, after=120))
    + _line("{%p endif %}")
    + _line("{{ annex }}")
)


def _party_head() -> str:
    left = _line("{{ superior }}") + _line("{{ committee }}", marks="b") + _line("*")
    right = _line("{{ heading }}", 15, "b", more=_ruled(3))
    rows = (
        (left, right),
        (_line("{{ number }}"), _line("{{ place_and_date }}", marks="i")),
    )
    return (
        _grid((91, 83), rows, indent=-8)
        + _line("{{ kind }}", 16, "b", more=_SPACE.format(before=360, after=0))
        + _line("{{ subject }}", 14, "b")
        + _line("-----", more=_SPACE.format(before=0, after=240))
    )


def _party_letter_head() -> str:
    """Return the head of a letter: without a kind, its subject below the number."""
    left = _line("{{ superior }}") + _line("{{ committee }}", marks="b") + _line("*")
    right = _line("{{ heading }}", 15, "b", more=_ruled(3))
    numbered = _line("{{ number }}") + _line("{{ subject }}", 12, "i")
    rows = ((left, right), (numbered, _line("{{ place_and_date }}", marks="i")))
    return _grid((91, 83), rows, indent=-8) + _line(
        "{{ addressee }}", 14, "i", more=_SPACE.format(before=360, after=240)
    )


def _party_end() -> str:
    left = (
        _line("{{ recipients_head }}", 14, "u", "left", _KEPT)
        + _line("{%p for line in recipients %}", align="left")
        + _line("- {{ line }}", 12, align="left", more=_KEPT)
        + _line("{%p endfor %}", align="left")
    )
    return _line("", more=_KEPT) + _grid((80, 85), [(left, _signature(is_position_bold=False))])


def _signature(*, is_position_bold: bool) -> str:
    return (
        _line("{%p for line in authority %}")
        + _line("{{ line }}", 14, "b", more=_KEPT)
        + _line("{%p endfor %}")
        + _line("{{ position }}", 14, "b" if is_position_bold else "", more=_KEPT)
        + _line("", more=_KEPT) * 4
        + _line("{{ signer }}", 14, "b")
    )


def _state_head() -> str:
    left = _line("{{ superior }}", 13) + _line("{{ committee }}", 13, "b") + _rule(25)
    right = _line("{{ heading }}", 13, "b") + _line("{{ motto }}", 14, "b") + _rule(17)
    rows = (
        (left, right),
        (_line("{{ number }}", 13), _line("{{ place_and_date }}", 14, "i")),
    )
    return (
        _grid((75, 100), rows, indent=-8)
        + _line("{{ kind }}", 14, "b", more=_SPACE.format(before=360, after=0))
        + _line("{{ subject }}", 14, "b")
        + _rule(60)
    )


def _state_letter_head() -> str:
    left = _line("{{ superior }}", 13) + _line("{{ committee }}", 13, "b") + _rule(25)
    right = _line("{{ heading }}", 13, "b") + _line("{{ motto }}", 14, "b") + _rule(17)
    numbered = _line("{{ number }}", 13) + _line("{{ subject }}", 12)
    rows = ((left, right), (numbered, _line("{{ place_and_date }}", 14, "i")))
    return _grid((75, 100), rows, indent=-8) + _line(
        "{{ addressee }}", 14, more=_SPACE.format(before=360, after=240)
    )


def _state_end() -> str:
    left = (
        _line("{{ recipients_head }}", 12, "bi", "left", _KEPT)
        + _line("{%p for line in recipients %}", align="left")
        + _line("- {{ line }}", 11, align="left", more=_KEPT)
        + _line("{%p endfor %}", align="left")
    )
    return _line("", more=_KEPT) + _grid((80, 85), [(left, _signature(is_position_bold=True))])


_PLAIN_HEAD = (
    _line("{{ kind }}", 16, "b")
    + _line("{{ subject }}", 14, "b")
    + _line("({{ scope }})", 14, "i", more=_SPACE.format(before=0, after=240))
)
_PLAIN_LETTER_HEAD = (
    _line("{{ title }}", 14, "b")
    + _line("({{ scope }})", 14, "i", more=_SPACE.format(before=0, after=240))
    + _line("{{ addressee }}", 14, "i", more=_SPACE.format(before=0, after=240))
)
_DOCUMENT_HEAD = (
    _line("{{ title }}", 16, "b")
    + _line("{%p for line in lines %}")
    + _line("{{ line }}", 14, "i")
    + _line("{%p endfor %}")
    + _line("", more=_SPACE.format(before=0, after=120))
)

if __name__ == "__main__":
    main()
