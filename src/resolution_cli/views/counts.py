"""Counts, for every view that shows some: each group adds up to its total."""

from collections.abc import Iterable

from resolution_cli import i18n
from resolution_cli.domain.model import Status
from resolution_cli.domain.verdict import Outcome
from resolution_cli.i18n import _
from resolution_cli.reports.standing import Report, Tally
from resolution_cli.views import words
from resolution_cli.views.document import Cell, Column, Row, Table


def counts_table(figures: Report, *, has_average: bool = True) -> Table:
    """Return how many there are of each status and of each outcome, kind by kind."""
    averages = [Cell(words.average(tally)) for tally in _tallies(figures)]
    average = (Row((Cell(_("average progress")), *averages)),) if has_average else ()
    rows = (*status_rows(figures), *outcome_rows(figures), *average)
    return count_table("", figures, rows)


def count_table(head: str, figures: Report, rows: Iterable[Row]) -> Table:
    """Return a table of `rows` with a column for each kind, behind one with this head."""
    kinds = (
        Column(words.kinds(tally.kind), width=16, is_number=True) for tally in _tallies(figures)
    )
    return Table((Column(head, width=26, is_whole=True), *kinds), tuple(rows), name=_("Counts"))


def status_rows(figures: Report) -> tuple[Row, ...]:
    """Return the counts of each status, and their total."""
    tallies = _tallies(figures)
    rows = (
        count_row(words.status(status), [tally.by_status.get(status, 0) for tally in tallies])
        for status in Status
        if any(status in tally.by_status for tally in tallies)
    )
    return (*rows, _total(tallies))


def outcome_rows(figures: Report) -> tuple[Row, ...]:
    """Return the counts of each outcome, and their total."""
    tallies = _tallies(figures)
    rows = (
        count_row(words.outcome(outcome), [tally.by_outcome.get(outcome, 0) for tally in tallies])
        for outcome in Outcome
        if any(outcome in tally.by_outcome for tally in tallies)
    )
    return (*rows, _total(tallies))


def _tallies(figures: Report) -> tuple[Tally, ...]:
    """Return those of the items and, apart, that of the milestones."""
    milestones = figures.milestones
    return (*figures.tallies, milestones.tally) if milestones else figures.tallies


def _total(tallies: Iterable[Tally]) -> Row:
    return count_row(_("total"), [tally.total for tally in tallies], is_total=True)


def count_row(name: str, counts: Iterable[int], *, is_total: bool = False) -> Row:
    """Return a row of counts behind a name."""
    cells = (Cell(i18n.number(count), value=count) for count in counts)
    return Row((Cell(name), *cells), is_total=is_total)
