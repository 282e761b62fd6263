"""Papers as one web page that needs nothing else: no network, no script; light or dark, on a phone or printed on A4."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from string import Template

from resolution_cli import i18n
from resolution_cli.domain.model import COMPLETE
from resolution_cli.i18n import _
from resolution_cli.render import paper
from resolution_cli.render.blocks import (
    Blank,
    Block,
    Bullets,
    Cell,
    Curve,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Table,
)
from resolution_cli.report import Details, Diary, Listing, Overview

_WIDTH, _HEIGHT = 600, 120
"""The size of a curve, in units of its own."""

_LEAST_SEEN = 2
"""The part of a bar, in percent, that takes more than a dot of a screen."""

_SECTION, _ITEM = 1, 3
"""Levels of headings."""

_STYLE = Path(__file__).with_name("page.css")

_PAGE = Template("""\
<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>$title</title>
<style>
$style</style>
</head>
<body>
<header>
<h1>$title</h1>
$subtitle
</header>
$contents<main>
$body
</main>
</body>
</html>
""")


def report(overview: Overview) -> str:
    """Return the report of a day or of a period."""
    return _page(paper.report(overview))


def items(listing: Listing) -> str:
    """Return the table of the items asked for."""
    return _page(paper.items(listing))


def item(details: Details) -> str:
    """Return all that is known of one item."""
    return _page(paper.item(details))


def log(diary: Diary) -> str:
    """Return the entries of the diary."""
    return _page(paper.log(diary))


def _page(written: Paper) -> str:
    blocks = (*written.blocks, *written.appendix)
    return _PAGE.substitute(
        language=i18n.language(),
        title=escape(written.title),
        style=_STYLE.read_text(encoding="utf-8"),
        subtitle="\n".join(f"<p>{escape(line)}</p>" for line in written.subtitle),
        contents=_contents(blocks),
        body="\n".join(_body(blocks)),
    )


def _contents(blocks: Sequence[Block]) -> str:
    heads = [
        block.text for block in blocks if isinstance(block, Heading) and block.level == _SECTION
    ]
    if not heads:
        return ""
    links = "".join(
        f'<li><a href="#part-{number}">{escape(head)}</a></li>'
        for number, head in enumerate(heads, 1)
    )
    label = escape(_("Contents"))
    return f'<nav aria-label="{label}"><ul>{links}</ul></nav>\n'


def _body(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the elements: each section in a `section`, each item in an `article`."""
    section, is_in_item = 0, False
    for block in blocks:
        if isinstance(block, Heading):
            if is_in_item:
                yield "</article>"
            is_in_item = block.level == _ITEM
            if block.level == _SECTION:
                yield "</section>" if section else ""
                section += 1
                yield f'<section id="part-{section}">'
            yield "<article>" if is_in_item else ""
        yield _element(block)
    yield "</article>" if is_in_item else ""
    yield "</section>" if section else ""


def _element(block: Block) -> str:  # noqa: PLR0911  # one return a block
    match block:
        case Heading():
            return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
        case Paragraph():
            text = escape(block.text)
            return f"<p><strong>{text}</strong></p>" if block.is_strong else f"<p>{text}</p>"
        case Blank():
            label = escape(_("nothing written yet"))
            return f'<p class="blank">{label}</p>'
        case Bullets():
            return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in block.lines)}</ul>"
        case Facts():
            return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{_value(cell)}</dd>' for name, cell in block.rows)}</dl>"
        case Table():
            return _table(block)
        case Curve():
            return _curve(block)


def _table(block: Table) -> str:
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in block.columns)
    rows = "".join(
        _row(row, is_total=number in block.totals) for number, row in enumerate(block.rows)
    )
    label = escape(", ".join(block.columns))
    return (
        f'<div class="scroll{" wide" if block.is_wide else ""}" role="region" tabindex="0" aria-label="{label}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(row: Sequence[Cell], *, is_total: bool) -> str:
    head, *rest = row
    cells = "".join(
        f'<td class="number">{_value(c)}</td>' if c.is_number else f"<td>{_value(c)}</td>"
        for c in rest
    )
    return (
        f'<tr{" class=total" if is_total else ""}><th scope="row">{_value(head)}</th>{cells}</tr>'
    )


def _value(cell: Cell) -> str:
    text = escape(cell.text)
    if cell.light:
        text = f'<span class="{cell.light.value}">{text}</span>'
    if cell.progress is not None:
        text = f'<span class="bar" aria-hidden="true"><i style="width:{_bar_width(cell.progress)}%"></i></span>{text}'
    return text


def _bar_width(progress: float) -> int:
    """Return how much of a bar is filled, in percent: none and all of it only where the progress is 0 or 100."""
    return (
        round(progress)
        if progress in {0, COMPLETE}
        else min(max(round(progress), _LEAST_SEEN), COMPLETE - _LEAST_SEEN)
    )


def _curve(block: Curve) -> str:
    label = escape(_("Progress over the term: planned (dashed) and actual"))
    lines = "".join(
        f'<polyline class="{name}" points="{_points(values, len(block.planned))}"/>'
        for name, values in (("planned", block.planned), ("actual", block.actual))
    )
    return (
        f'<figure><svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}">'
        f'<rect class="frame" x="1" y="1" width="{_WIDTH - 2}" height="{_HEIGHT - 2}"/>{lines}</svg>'
        f"<figcaption>{label}</figcaption></figure>"
    )


def _points(values: Sequence[float], count: int) -> str:
    """Return the corners of the curve of percentages, from the left end of the term on."""
    return " ".join(
        f"{(number + 1) * _WIDTH / count:.0f},{_HEIGHT - 3 - value * (_HEIGHT - 6) / 100:.0f}"
        for number, value in enumerate(values)
    )
