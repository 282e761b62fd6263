"""A document as a Word file, made from a template that an office may replace by its own.

The shipped templates have the forms of `Form`; `tools/word_templates.py` makes them. What stands
around the text is in the template, with the styles; `wordml.py` writes the text itself.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from html import unescape
from typing import Any
from zipfile import BadZipFile

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.opc.exceptions import OpcError
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it has no types
from jinja2 import StrictUndefined, meta, nodes
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from resolution_cli import i18n
from resolution_cli.errors import TemplateRefused
from resolution_cli.formats import wordml
from resolution_cli.formats.templates import shipped
from resolution_cli.i18n import _
from resolution_cli.views import document
from resolution_cli.views.document import Document, Letter, Table

_DOCUMENT = "document"
"""The template of what is no report."""

_LANGUAGES = {"en": "en-GB", "vi": "vi-VN"}
_LONGEST_PROPERTY = 255
_BODY, _ANNEX = "\ue000body\ue001", "\ue000annex\ue001"
"""What stands for the text and the annex until they are put in: private characters."""

_LONGEST_PLACE = 60
_MARK = re.compile("(?<=[{%}])_(?=[{%}])")
_OF_TEMPLATE = "<template>"
"""What Jinja calls the file of a template that is a text."""

_UNREADABLE = (BadZipFile, OpcError, SyntaxError, KeyError, ValueError)
_NOT_RENDERED = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What an expression in a template can raise."""


def draw(shown: Document) -> bytes:
    """Return `shown` as a Word file.

    Raises:
        TemplateRefused: the office's own template cannot be used.

    """
    name, content = _template_of(shown.letter)
    words = _words(shown)
    word = _rendered(name, content, words)
    sections: Any = word.sections
    if not shown.letter and any(isinstance(each, Table) and each.is_wide for each in shown.blocks):
        _lay_on_longer_side(sections[0])
    body = wordml.drawn(shown.blocks, _width(sections[0]))
    if shown.letter:  # a signature follows
        body = wordml.kept_with_next(body)
    annex = wordml.drawn(shown.appendix, _width(sections[-1]), is_annex=True)
    ids = _style_ids(word)
    _replace(word, {_BODY: wordml.styled(body, ids), _ANNEX: wordml.styled(annex, ids)})
    _set_properties(word, shown)
    stream = io.BytesIO()
    word.save(stream)
    return _without_times(stream)


def _without_times(stream: io.BytesIO) -> bytes:
    """Return a Word file without the times of its parts, at which nobody looks.

    So that the same report is the same file, and no clock is read here.
    """
    result = io.BytesIO()
    with zipfile.ZipFile(stream) as written, zipfile.ZipFile(result, "w") as archive:
        for part in written.infolist():
            # A part of this name alone has the first day that the format knows.
            named = zipfile.ZipInfo(part.filename)
            archive.writestr(named, written.read(part), zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _template_of(letter: Letter | None) -> tuple[str, bytes]:
    if letter and letter.template:
        return letter.template.name, letter.template.content
    name = letter.form if letter else _DOCUMENT
    return f"{name}.docx", shipped(name)


def _words(shown: Document) -> dict[str, object]:
    """Return what a template may show, by name; docs/reference/template.md describes it."""
    title, *lines = shown.heads
    words: dict[str, object] = {"title": title, "lines": lines, "body": _BODY, "annex": _ANNEX}
    if letter := shown.letter:
        words |= {name: getattr(letter, name) for name in _LETTER}
        words["scope"] = "; ".join(map(document.text, shown.subtitle))
        words["annex_title"] = letter.annex_title if shown.appendix else ""
    return {name: _kept(value) for name, value in words.items()}


def _kept(value: object) -> object:
    """Return a text, or texts, in which docxtpl finds none of its own marks, such as `{_{`."""
    if isinstance(value, list | tuple):
        return [_kept(each) for each in value]
    if isinstance(value, str) and _MARK.search(value):
        return Markup(_MARK.sub("&#95;", str(escape(value))))  # noqa: S704  # it is escaped
    return value


_LETTER = tuple(name for name in Letter.__struct_fields__ if name not in {"form", "template"})
"""What stands around the text, each under its own name."""


def _rendered(name: str, content: bytes, words: Mapping[str, object]) -> WordDocument:
    """Return the template with its words, and marks for the text and the annex."""
    try:
        template = DocxTemplate(io.BytesIO(content))
        sources = [*_sources(template)]
    except _UNREADABLE:
        raise TemplateRefused(name, _("it is no Word file (.docx)")) from None
    # What an office got from elsewhere may not reach into the program.
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    named = {found for source in sources for found in _checked(name, environment, source, words)}
    if "body" not in named:
        raise TemplateRefused(name, _("it has no {{ body }}, where the text of the report stands"))
    try:
        template.render(dict(words), environment)
    except _NOT_RENDERED as error:
        where = _place(sources[0], _line_of(error))
        raise TemplateRefused(name, str(error) or type(error).__name__, where) from None
    rendered: WordDocument = template.docx
    return rendered


def _sources(template: Any) -> Iterator[str]:
    """Yield the text of the body, the headers and the footers, a paragraph a line, as rendered."""
    template.init_docx()
    parts = [template.get_xml()]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        parts += [template.get_part_xml(part) for _key, part in template.get_headers_footers(uri)]
    for part in parts:
        yield re.sub("<w:p([ >])", r"\n<w:p\1", template.patch_xml(part))


def _checked(
    name: str, environment: SandboxedEnvironment, source: str, words: Mapping[str, object]
) -> set[str]:
    """Return the names that a part of the template shows.

    Raises:
        TemplateRefused: it is written wrongly, or names what no report has.

    """
    try:
        tree = environment.parse(source)
        undeclared = meta.find_undeclared_variables(tree) - environment.globals.keys()
    except TemplateSyntaxError as error:
        raise TemplateRefused(name, str(error.message), _place(source, error.lineno)) from None
    for found in tree.find_all(nodes.Name):
        if found.name in undeclared - words.keys():
            raise TemplateRefused(
                name,
                _("there is no {word}; known are: {words}").format(
                    word=found.name, words=", ".join(sorted(words))
                ),
                _place(source, found.lineno),
            )
    return undeclared


def _place(source: str, line: int) -> str:
    """Return the words of a paragraph of the template, given its line."""
    lines = source.splitlines()
    found = re.sub("<[^>]*>", "", lines[line - 1]) if 0 < line <= len(lines) else ""
    return unescape(found).strip()[:_LONGEST_PLACE]


def _line_of(error: BaseException) -> int:
    """Return the line of the template at which rendering stopped; 0 if it is not known."""
    line, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == _OF_TEMPLATE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _style_ids(word: WordDocument) -> dict[str, str]:
    """Return the ids that our styles have in the file; one that it lacks is added to it.

    Word and LibreOffice give styles other ids as they save a template, and drop those unused.
    """
    known = {str(style.name).lower(): style.style_id for style in word.styles}
    ids = {}
    for used, name in wordml.STYLES.items():
        if name.lower() not in known:
            ours: Any = docx.Document(io.BytesIO(shipped(_DOCUMENT))).styles[name]
            word.styles.element.append(ours.element)
        ids[used] = known.get(name.lower(), used)
    return ids


def _replace(word: WordDocument, texts: Mapping[str, str]) -> None:
    """Put the text where its mark stands, in the place of the whole paragraph.

    It is put into the text of the whole part: as elements, each would be a search in those before.
    """
    places: dict[str, str] = {}
    for line in [*word.element.body.iter(qn("w:p"))]:
        said = "".join(line.itertext(qn("w:t")))
        for mark in (mark for mark in texts if mark in said):
            name = f"w:place{len(places)}"
            places[f"<{name}/>"] = texts[mark]
            line.addprevious(OxmlElement(name))
            _remove(line)
    part = serialize_part_xml(word.element).decode()
    for place, text in places.items():
        part = part.replace(place, text, 1)
    word.part._element = parse_xml(part.encode())  # noqa: SLF001  # as python-docx loads a part


def _remove(line: Any) -> None:
    """Take a paragraph away; one that ends a section or a cell stays, without its words."""
    if line.find(f".//{qn('w:sectPr')}") is None and line.getnext() is not None:
        line.getparent().remove(line)
        return
    for run in line.findall(qn("w:r")):
        line.remove(run)


def _set_properties(word: WordDocument, shown: Document) -> None:
    """Say what the file is, of which day and language; nothing of the library that wrote it."""
    code = _LANGUAGES[i18n.language()]
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), code)
        language.set(qn("w:eastAsia"), code)
    properties = word.core_properties
    properties.title = shown.heads[0][:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = _author(shown.letter)
    properties.comments = ""
    properties.language = code
    if shown.made_on:
        properties.created = properties.modified = datetime.combine(shown.made_on, time())


def _author(letter: Letter | None) -> str:
    has_name = letter and not letter.committee.startswith("…")
    return letter.committee[:_LONGEST_PROPERTY] if letter and has_name else ""


def _lay_on_longer_side(section: Section) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_height, section.page_width = section.page_width, section.page_height
    section.left_margin = section.right_margin


def _width(section: Section) -> int:
    """Return how much a line of a section holds, in EMU."""
    margins = int(section.left_margin or 0) + int(section.right_margin or 0)
    return int(section.page_width or 0) - margins
