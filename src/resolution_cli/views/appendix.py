"""The annex of a written report: the table of its items and milestones, with what was reported."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from resolution_cli import i18n
from resolution_cli.domain.model import Update
from resolution_cli.i18n import _
from resolution_cli.reports.item import ItemFigures
from resolution_cli.reports.overview import WrittenReport
from resolution_cli.reports.period import Difficulty, PeriodReport
from resolution_cli.reports.standing import Standing
from resolution_cli.views import words
from resolution_cli.views.columns import due_remark, item_cells, item_columns
from resolution_cli.views.document import Block, Cell, Column, Heading, Row, Table
from resolution_cli.views.history import evidence_line
from resolution_cli.views.texts import clean

_APPENDIX = (
    "id",
    "title",
    "lead",
    "partners",
    "due",
    "product",
    "plain status",
    "progress",
    "outward verdict",
)
_INTERNAL_APPENDIX = (*_APPENDIX[:-1], "documented verdict")
_APPENDIX_WIDTHS = (5, 14, 12, 9, 9, 9, 8, 5, 10)


def appendix(report: WrittenReport) -> Iterator[Block]:
    """Yield the annex, with what the mark beside a due date says."""
    yield Heading(1, _("Table of items"), label=_("Appendix"))
    yield appendix_table(report)
    yield from due_remark(_shown(report.covered))


def appendix_table(report: WrittenReport) -> Table:
    """Return the items, each with its milestones, and what the period brought of them."""
    covered = report.covered
    names = _INTERNAL_APPENDIX if report.is_internal else _APPENDIX
    columns = [
        Column(column.head, width, column.is_number, column.is_whole)
        for column, width in zip(
            item_columns(names, _shown(covered)), _APPENDIX_WIDTHS, strict=True
        )
    ]
    entries, difficulties = _entries_by_id(covered), _difficulties_by_id(covered)
    rows = [
        _row(number, item_cells(names, standing), standing, entries, difficulties)
        for number, standing in _numbered(covered.items)
    ]
    return Table(
        (
            Column(_("no."), 6, is_number=True),
            *columns,
            Column(_("result and evidence"), 10),
            Column(_("difficulties"), 9),
        ),
        tuple(rows),
        name=_("Table of items"),
        is_wide=True,
    )


def _shown(covered: PeriodReport) -> list[Standing]:
    return [standing for _number, standing in _numbered(covered.items)]


def _numbered(items: Iterable[ItemFigures]) -> Iterator[tuple[Cell, Standing]]:
    """Yield the items with their numbers, and behind each its milestones: 3, 3.1, 3.2."""
    for number, figures in enumerate(items, start=1):
        yield Cell(i18n.number(number), value=number), figures.standing
        for part, milestone in enumerate(figures.standing.milestones, start=1):
            yield Cell(f"{i18n.number(number)}.{part}"), milestone


def _entries_by_id(covered: PeriodReport) -> Mapping[str, Sequence[Update]]:
    """Return the entries of the period by the lower-cased id of their item or milestone."""
    found: dict[str, list[Update]] = {}
    for activity in covered.activities:
        for update in activity.updates:
            found.setdefault(update.item.lower(), []).append(update)
    return found


def _difficulties_by_id(covered: PeriodReport) -> Mapping[str, Sequence[Difficulty]]:
    """Return the difficulties by the id of their item or milestone."""
    found: dict[str, list[Difficulty]] = {}
    for difficulty in covered.difficulties:
        found.setdefault(difficulty.standing.item.id, []).append(difficulty)
    return found


def _row(
    number: Cell,
    own_cells: Sequence[Cell],
    standing: Standing,
    entries: Mapping[str, Sequence[Update]],
    difficulties: Mapping[str, Sequence[Difficulty]],
) -> Row:
    own = difficulties.get(standing.item.id, ())
    difficult = [found.update for found in own]
    updates = entries.get(standing.item.id.lower(), ())
    # What gives the cause of a difficulty stands in the last column; how one was removed is a
    # result.
    results = [_result(each) for each in updates if not (each.cause and each in difficult)]
    cells = (
        number,
        *own_cells,
        Cell("; ".join(filter(None, results))),
        Cell("; ".join(map(_trouble, own))),
    )
    return Row(cells)


def _trouble(found: Difficulty) -> str:
    result = _result(found.update) if found.update else ""
    cause = words.cause(found.cause) if found.cause else _("cause not stated")
    return f"{result} ({cause})" if result else cause


def _result(update: Update) -> str:
    """Return the note of an entry of the history with its evidence."""
    evidence = evidence_line(update)
    return " ".join(filter(None, (clean(update.note or ""), f"[{evidence}]" if evidence else "")))
