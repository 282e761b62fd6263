"""The view of `tracker next`: which reports close when, and what one of them still lacks."""

from collections.abc import Iterator, Mapping, Sequence

from resolution_cli import i18n
from resolution_cli.domain.period import Period
from resolution_cli.i18n import N_, _, ngettext
from resolution_cli.reports.next import Lack, LackKind, NextReport
from resolution_cli.views import words
from resolution_cli.views.document import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    Words,
    capitalised,
    muted,
    strong,
    toned,
)
from resolution_cli.views.texts import clean, local

_TEXTS: Mapping[str, str] = {
    "situation": N_("general situation"),
    "targets": N_("results of the targets"),
    "proposals": N_("proposals"),
    "number": N_("number and sign"),
    "date": N_("day of signing"),
    "superior": N_("superior body"),
    "committee": N_("body that reports"),
    "place": N_("place of signing"),
    "signature": N_("position of the signer"),
    "signer": N_("name of the signer"),
    "recipients": N_("recipients"),
}
"""The texts of a report, by their key in the file."""

_LACKS: Mapping[LackKind, str] = {
    LackKind.NEWS: N_("no news in the period"),
    LackKind.FIGURE: N_("no figure in the period"),
    LackKind.CAUSE: N_("no cause given"),
    LackKind.TEXT: N_("blank"),
}
"""What is said of each kind of lack."""


def document(report: NextReport) -> Document:
    """Return when reports close, and what the next one, or the one asked for, lacks by unit."""
    header = report.resolution.header
    return Document(
        source=(clean(local(header.title)), _("As of {day}").format(day=i18n.day(report.as_of))),
        blocks=tuple(_blocks(report)),
        is_verbatim=True,
    )


def _blocks(report: NextReport) -> Iterator[Block]:
    period = report.period
    if period is None:
        term = words.period(report.resolution.header.term)
        yield Paragraph(_("No report is to come: the term is {term}.").format(term=term))
        return
    name = capitalised(words.named_period(period))
    closes = _closes(period, report)
    if report.is_complete:
        message = _("{period}: {closes}; nothing is lacking.")
        yield Paragraph(message.format(period=name, closes=closes))
        return
    yield Paragraph(toned(strong(name), ": ", closes), is_close=True)
    yield from _other_closings(report)
    for group in report.units:
        unit = clean(group.unit) if group.unit else capitalised(_("no lead unit"))
        yield from _group(unit, group.lacks)
    if report.texts:
        yield from _texts(report.texts)


def _closes(period: Period, report: NextReport) -> str:
    """Return when a report closes, or closed, against the day."""
    days = (period.end - report.as_of).days
    if days < 0:
        said = ngettext("closed {count} day ago", "closed {count} days ago", -days)
    elif days == 0:
        return _("closes today")
    else:
        said = ngettext("closes in {count} day", "closes in {count} days", days)
    return said.format(count=i18n.number(abs(days)))


def _other_closings(report: NextReport) -> Iterator[Block]:
    others = [each for each in report.closings if each != report.period]
    if others:
        columns = (
            Column(_("other reports"), width=30),
            Column(_("last day"), width=14, is_whole=True),
            Column(_("days left"), width=10, is_number=True),
        )
        rows = tuple(
            Row(
                (
                    Cell(words.period_name(each)),
                    Cell(i18n.day(each.end), value=each.end),
                    Cell(i18n.number(days), value=days),
                )
            )
            for each in others
            for days in [(each.end - report.as_of).days]
        )
        yield Table(columns, rows, name=_("other reports"))


def _group(title: str, lacks: Sequence[Lack]) -> Iterator[Block]:
    columns = (
        Column(_("id"), width=12),
        Column(_("title"), width=40),
        Column(_("lacks"), width=24),
        Column(_("how to add it"), width=60),
    )
    rows = tuple(
        Row((Cell(strong(label)), Cell(title), *_cells(each)), blocks=tuple(_lines(each, said)))
        for each in lacks
        for label, title in [_names(each)]
        for said in [toned(strong(label), "  ", title)]
    )
    yield Heading(1, f"{title}: {i18n.number(len(lacks))}")
    yield Table(columns, rows, name=title)


def _texts(lacks: Sequence[Lack]) -> Iterator[Block]:
    """Yield which texts are blank, a row for each table of the file: one command opens it."""
    columns = (
        Column(_("where"), width=24),
        Column(_("texts"), width=28),
        Column(_("lacks"), width=24),
        Column(_("how to add it"), width=60),
    )
    first = {each.table: each for each in reversed(lacks)}
    rows = tuple(
        Row((Cell(table), Cell(keys), *_cells(each)), blocks=tuple(_lines(each, said)))
        for table, each in reversed(first.items())
        for keys in ["; ".join(_text_name(each.key) for each in lacks if each.table == table)]
        for said in [toned(clean(table), "  ", keys)]
    )
    title = _("Texts of the report")
    yield Heading(1, f"{title}: {i18n.number(len(lacks))}")
    yield Table(columns, rows, name=title)


def _text_name(key: str) -> str:
    """Return what a text of the report is, with its key in the file."""
    return f"{_(_TEXTS[key])} ({key})"


def _cells(lack: Lack) -> tuple[Cell, Cell]:
    return Cell(_(_LACKS[lack.kind])), Cell(clean(lack.command))


def _lines(lack: Lack, said: Words) -> Iterator[Block]:
    """Yield what a screen shows of a lack, with the command on a line of its own."""
    yield Paragraph(toned("  ", said, f": {_(_LACKS[lack.kind])}"), is_close=True)
    yield Paragraph(toned("      → ", muted(clean(lack.command))), is_close=True)


def _names(lack: Lack) -> tuple[str, str]:
    """Return the id and the title of the item, milestone or target that lacks something."""
    return (lack.entry.id, clean(local(lack.entry.title))) if lack.entry else ("", "")
