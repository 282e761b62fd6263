"""The view of `tracker targets`, and the tables of targets of the reports."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from resolution_cli import i18n
from resolution_cli.domain.facts import FACTS
from resolution_cli.domain.model import COMPLETE
from resolution_cli.domain.target_verdict import TargetVerdict
from resolution_cli.domain.targets import TargetJudgement, is_rising
from resolution_cli.i18n import N_, _
from resolution_cli.reports.targets import TargetFigures, TargetListing, TargetStanding
from resolution_cli.views import target_words, words
from resolution_cli.views.document import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    Tone,
    Words,
    strong,
    toned,
)
from resolution_cli.views.texts import clean, local

TONES: Mapping[TargetVerdict, Tone] = {
    TargetVerdict.EXCEEDED: Tone.GREEN,
    TargetVerdict.MET: Tone.GREEN,
    TargetVerdict.MISSED: Tone.RED,
    TargetVerdict.ON_TRACK: Tone.GREEN,
    TargetVerdict.BEHIND: Tone.AMBER,
    TargetVerdict.NO_DATA: Tone.GREY,
    TargetVerdict.NOT_DUE: Tone.GREY,
    TargetVerdict.NO_PLAN: Tone.GREY,
}
"""The colours of the verdicts."""

_SCREEN = ("id", "title", "unit", "base", "plan", "figure", "day", "compared", "verdict")
_ANNEX = ("title", "unit", "base", "plan", "figure", "day", "compared", "verdict")
_SHEET = (
    "id",
    "title",
    "unit",
    "base",
    "year",
    "planned",
    "figure",
    "day",
    "share",
    "gap",
    "verdict name",
    "lead",
)


class _TargetColumn(Struct, frozen=True):
    """What can be said of a target; the attributes are those of `document.Column`."""

    head: str
    cell: Callable[[TargetStanding], Cell]
    width: int = 12
    is_number: bool = False
    is_whole: bool = False


def document(listing: TargetListing) -> Document:
    """Return the table of the targets asked for, and how many are met or exceeded."""
    figures = listing.figures
    blocks: tuple[Block, ...] = (Paragraph(target_words.no_target(listing)),)
    if figures.standings:
        blocks = (target_table(figures), *achieved(figures))
    return Document(
        source=(
            clean(local(listing.header.title)),
            _("As of {day}").format(day=i18n.day(figures.as_of)),
        ),
        blocks=blocks,
    )


def report_blocks(figures: TargetFigures) -> Iterator[Block]:
    """Yield what the report on a screen shows of the targets."""
    yield Heading(1, _("Targets"))
    yield target_table(figures)
    yield from achieved(figures)


def achieved(figures: TargetFigures) -> Iterator[Block]:
    """Yield how many targets are met or exceeded, and how many stand how."""
    for number, line in enumerate(target_words.achieved(figures)):
        yield Paragraph(line if number else strong(line), is_close=True)
    yield Paragraph(counts_line(figures), is_close=True)


def counts_line(figures: TargetFigures) -> str:
    """Return how many targets there are of each verdict that occurs; they add up to the total."""
    counted = figures.tally
    parts = [
        f"{target_words.verdict_name(verdict)} {i18n.number(count)}"
        for verdict, count in counted.by_verdict.items()
        if count
    ]
    return _("{counts}; {total} in total").format(
        counts=", ".join(parts), total=i18n.number(counted.total)
    )


def target_table(figures: TargetFigures) -> Table:
    """Return the targets as a screen and a page have them."""
    return _table(_SCREEN, figures.standings)


def sheet_table(figures: TargetFigures) -> Table:
    """Return the targets as a sheet of a workbook has them: numbers as numbers."""
    return _table(_SHEET, figures.standings)


def annex_table(figures: TargetFigures) -> Table:
    """Return the targets as the annex of a written report has them, numbered."""
    table = _table(_ANNEX, figures.standings)
    rows = tuple(
        Row((Cell(i18n.number(number), value=number), *row.cells))
        for number, row in enumerate(table.rows, start=1)
    )
    columns = (Column(_("no."), 6, is_number=True), *table.columns)
    return Table(columns, rows, name=table.name, is_wide=True)


def verdict_cell(judged: TargetJudgement) -> Cell:
    """Return a verdict in its colour."""
    return Cell(toned(target_words.verdict(judged), tone=TONES[judged.verdict]))


def _table(names: Sequence[str], standings: Sequence[TargetStanding]) -> Table:
    columns = tuple(
        Column(
            _(column.head),
            width=column.width,
            is_number=column.is_number,
            is_whole=column.is_whole,
            tones=_verdict_tones() if name == "verdict name" else {},
        )
        for name in names
        for column in [_COLUMNS[name]]
    )
    rows = tuple(
        Row(tuple(_COLUMNS[name].cell(each) for name in names), narrow=_narrow(each))
        for each in standings
    )
    return Table(columns, rows, name=_("Targets"), is_wide=True)


def _narrow(standing: TargetStanding) -> Words:
    """Return a target for a screen too narrow for columns."""
    judged, said = standing.judgement, verdict_cell(standing.judgement).words
    figure = (
        f", {target_words.with_unit(standing.target, _figure(judged))}" if judged.latest else ""
    )
    point = target_words.plan(standing.target, standing.point)
    plan = f", {_('plan')} {point}" if point else ""
    return toned(clean(local(standing.target.title)), "\n", said, f"{figure}{plan}")


def _figure(judged: TargetJudgement) -> str:
    return i18n.figure(judged.latest.value) if judged.latest else ""


def _title_cell(standing: TargetStanding) -> Cell:
    return Cell(clean(local(standing.target.title)))


def _base_cell(standing: TargetStanding) -> Cell:
    base = standing.target.base
    return Cell(i18n.figure(base.value), value=base.value) if base else _EMPTY


def _planned_cell(standing: TargetStanding) -> Cell:
    point = standing.point
    return Cell(i18n.figure(point.value), value=point.value) if point else _EMPTY


def _year_cell(standing: TargetStanding) -> Cell:
    year = standing.judgement.year
    return Cell(str(year), value=year) if year else _EMPTY


def _figure_cell(standing: TargetStanding) -> Cell:
    latest = standing.judgement.latest
    return Cell(i18n.figure(latest.value), value=latest.value) if latest else _EMPTY


def _share_cell(standing: TargetStanding) -> Cell:
    """Return how much of the way to the plan is done, where figures are to rise."""
    judged = standing.judgement
    if judged.share is None or not is_rising(standing.target):
        return _EMPTY
    return Cell(f"{i18n.figure(judged.share)}%", value=float(judged.share) / COMPLETE)


def _gap_cell(standing: TargetStanding) -> Cell:
    gap = standing.judgement.gap
    return _EMPTY if gap is None else Cell(i18n.figure(gap), value=gap)


def _day_cell(standing: TargetStanding) -> Cell:
    latest = standing.judgement.latest
    return Cell(i18n.day(latest.on), value=latest.on) if latest else _EMPTY


def _lead_cell(standing: TargetStanding) -> Cell:
    lead = standing.target.lead
    return Cell(words.fact("lead", lead), value="" if lead else None, is_absent=not lead)


def _verdict_tones() -> dict[str, Tone]:
    return {target_words.verdict_name(verdict): tone for verdict, tone in TONES.items()}


_EMPTY = Cell("", value=None)
_COLUMNS = {
    "id": _TargetColumn(N_("id"), lambda s: Cell(strong(s.target.id)), 8, is_whole=True),
    "title": _TargetColumn(N_("target"), _title_cell, 30),
    "unit": _TargetColumn(N_("unit"), lambda s: Cell(target_words.unit(s.target)), 10),
    "base": _TargetColumn(N_("base"), _base_cell, 9, is_number=True),
    "plan": _TargetColumn(
        N_("plan"), lambda s: Cell(target_words.plan(s.target, s.point)), 14, is_whole=True
    ),
    "planned": _TargetColumn(N_("plan"), _planned_cell, 12, is_number=True),
    "year": _TargetColumn(N_("year"), _year_cell, 8, is_number=True),
    "figure": _TargetColumn(N_("latest figure"), _figure_cell, 12, is_number=True),
    "day": _TargetColumn(N_("day"), _day_cell, 12, is_whole=True),
    "compared": _TargetColumn(
        N_("against the plan"), lambda s: Cell(target_words.compared(s.target, s.judgement)), 16
    ),
    "share": _TargetColumn(N_("share of the plan"), _share_cell, 12, is_number=True),
    "gap": _TargetColumn(N_("above or below the plan"), _gap_cell, 12, is_number=True),
    "verdict": _TargetColumn(N_("verdict"), lambda s: verdict_cell(s.judgement), 14),
    "verdict name": _TargetColumn(
        N_("verdict"), lambda s: Cell(target_words.verdict_name(s.judgement.verdict)), 14
    ),
    "lead": _TargetColumn(FACTS["lead"].title, _lead_cell, 24),
}
