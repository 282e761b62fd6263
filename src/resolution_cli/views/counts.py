"""Counts, for every view that shows some: each group adds up to its total."""

from collections.abc import Iterable

from resolution_cli import i18n
from resolution_cli.i18n import _
from resolution_cli.reports.period import PeriodReport
from resolution_cli.reports.standing import Report
from resolution_cli.views import words
from resolution_cli.views.document import Cell, Column, Row, Table


def counts_table(figures: Report, *, has_average: bool = True) -> Table:
    """Return how many items there are of each status and of each outcome, kind by kind."""
    averages = [Cell(words.average(tally)) for tally in figures.tallies]
    average = (Row((Cell(_("average progress")), *averages)),) if has_average else ()
    rows = (*status_rows(figures), *outcome_rows(figures), *average)
    return count_table("", figures, rows)


def count_table(head: str, figures: Report, rows: Iterable[Row]) -> Table:
    """Return a table of `rows` with a column for each kind of item, behind one with this head."""
    kinds = (Column(words.kinds(tally.kind), width=16, is_number=True) for tally in figures.tallies)
    return Table((Column(head, width=26, is_whole=True), *kinds), tuple(rows), name=_("Counts"))


def status_rows(figures: Report) -> tuple[Row, ...]:
    """Return the counts of each status, and their total."""
    rows = (
        _row(words.status(status), [tally.by_status[status] for tally in figures.tallies])
        for status in figures.tallies[-1].by_status
    )
    return (*rows, _total(figures))


def outcome_rows(figures: Report) -> tuple[Row, ...]:
    """Return the counts of each outcome, and their total."""
    rows = (
        _row(words.outcome(outcome), [tally.by_outcome[outcome] for tally in figures.tallies])
        for outcome in figures.tallies[-1].by_outcome
    )
    return (*rows, _total(figures))


def flow_table(figures: PeriodReport, head: tuple[str, str] = ("", "")) -> Table:
    """Return the sum from what was not done before a period to what is not done at its end."""
    name, count = head
    *steps, last = words.flow(figures)
    rows = (
        *(_row(step, [number]) for step, number in steps),
        _row(last[0], [last[1]], is_total=True),
    )
    return Table((Column(name, width=40), Column(count, is_number=True)), rows)


def _total(figures: Report) -> Row:
    return _row(_("total"), [tally.total for tally in figures.tallies], is_total=True)


def _row(name: str, counts: Iterable[int], *, is_total: bool = False) -> Row:
    cells = (Cell(i18n.number(count), value=count) for count in counts)
    return Row((Cell(name), *cells), is_total=is_total)
