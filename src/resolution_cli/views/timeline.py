"""The view of `tracker timeline`, and the same timeline on the page of a report."""

from collections.abc import Iterator, Sequence

from resolution_cli import i18n
from resolution_cli.i18n import N_, _
from resolution_cli.reports.standing import Standing
from resolution_cli.reports.timeline import Days, TimelineReport
from resolution_cli.reports.timeline import TimelineRow as ReportedRow
from resolution_cli.views import words
from resolution_cli.views.chart import scale_of
from resolution_cli.views.columns import light_tone
from resolution_cli.views.document import (
    Block,
    Cell,
    Column,
    Document,
    Line,
    Mark,
    Paragraph,
    Row,
    Sign,
    Table,
    Timeline,
    TimelineRow,
    toned,
)
from resolution_cli.views.texts import clean, local

_LEGEND = {
    Sign.DUE: N_("due"),
    Sign.FIRST_DUE: N_("first due date, moved since"),
    Sign.DONE: N_("done"),
    Sign.MILESTONE_DONE: N_("milestone done"),
    Sign.MILESTONE_LATE: N_("milestone overdue"),
    Sign.MILESTONE_OPEN: N_("milestone to come"),
    Sign.MILESTONE_CANCELLED: N_("milestone cancelled"),
}


def document(report: TimelineReport) -> Document:
    """Return the timeline of the term."""
    blocks: tuple[Block, ...] = (Paragraph(_("The file has no items yet.")),)
    if report.rows:
        blocks = (timeline(report),)
    return Document(
        title=_("Timeline of the term, {period}").format(period=words.period(report.header.term)),
        source=(
            clean(local(report.header.title)),
            _("As of {day}").format(day=i18n.day(report.as_of)),
        ),
        blocks=blocks,
    )


def timeline(report: TimelineReport) -> Timeline:
    """Return the items of a resolution on lines over its term."""
    rows = tuple(_rows(report))
    used = {mark.sign for row in rows for mark in row.line.marks}
    legend = [(sign, _(said)) for sign, said in _LEGEND.items() if sign in used]
    today = _("day of the report, {day}").format(day=i18n.day(report.as_of))
    standings = [
        days.standing
        for row in report.rows
        for days in (row.days, *(row.milestones if report.has_milestones else ()))
    ]
    return Timeline(
        rows,
        scale_of(report.header.term),
        (*legend, (Sign.TODAY, today)),
        _table(standings),
    )


def line_of(days: Days, milestones: Sequence[Days] = ()) -> Line:
    """Return the days of an item or a milestone on a line, with marks for its milestones."""
    parts = [_milestone_mark(each) for each in milestones]
    late = [mark for mark in parts if mark.sign is Sign.MILESTONE_LATE]
    first = [Mark(days.first_due, Sign.FIRST_DUE)] if days.first_due is not None else []
    done = [Mark(days.done, Sign.DONE)] if days.done is not None else []
    marks = (
        Mark(days.day, Sign.TODAY),
        *first,
        *(mark for mark in parts if mark not in late),
        Mark(days.due, Sign.DUE),
        *late,
        *done,
    )
    return Line(days.start, max(days.due, days.done or 0), marks)


def _milestone_mark(days: Days) -> Mark:
    item = days.standing.item
    if item.is_done:
        return Mark(days.due if days.done is None else days.done, Sign.MILESTONE_DONE)
    if item.is_cancelled:
        return Mark(days.due, Sign.MILESTONE_CANCELLED)
    is_late = days.due < days.day
    return Mark(days.due, Sign.MILESTONE_LATE if is_late else Sign.MILESTONE_OPEN)


def _rows(report: TimelineReport) -> Iterator[TimelineRow]:
    for row in report.rows:
        yield _row(row)
        if report.has_milestones:
            for days in row.milestones:
                yield _row(ReportedRow(days), is_part=True)


def _row(row: ReportedRow, *, is_part: bool = False) -> TimelineRow:
    standing = row.days.standing
    tone = light_tone(standing)
    return TimelineRow(
        label=standing.item.id,
        title=clean(local(standing.item.title)),
        line=line_of(row.days, row.milestones),
        state=toned(words.verdict(standing), tone=tone),
        tone=tone,
        description=_description(standing),
        is_part=is_part,
    )


def _description(standing: Standing) -> str:
    """Return the days of an item, and those of its milestones, in words."""
    parts = [*_days(standing)]
    for each in standing.milestones:
        state = words.verdict(each)
        parts.append(
            _("milestone {item}: due {day}, {state}").format(
                item=each.item.id, day=i18n.day(each.due), state=state
            )
        )
    return "; ".join(parts)


def _days(standing: Standing) -> Iterator[str]:
    yield f"{i18n.day(standing.start)} – {i18n.day(standing.due)}"
    if standing.first_due:
        yield _("first due {day}").format(day=i18n.day(standing.first_due))
    if standing.item.done_on:
        yield _("done on {day}").format(day=i18n.day(standing.item.done_on))


def _table(standings: Sequence[Standing]) -> Table:
    columns = (
        Column(_("id"), width=8, is_whole=True),
        Column(_("title"), width=50),
        Column(_("start"), width=12, is_whole=True),
        Column(_("due"), width=12, is_whole=True),
        Column(_("first due"), width=12, is_whole=True),
        Column(_("verdict"), width=28),
    )
    return Table(columns, tuple(map(_table_row, standings)), name=_("Timeline"), is_wide=True)


def _table_row(standing: Standing) -> Row:
    first = standing.first_due
    state = toned(words.verdict(standing), tone=light_tone(standing))
    cells = (
        Cell(standing.item.id),
        Cell(clean(local(standing.item.title))),
        Cell(i18n.day(standing.start), value=standing.start),
        Cell(i18n.day(standing.due), value=standing.due),
        Cell(i18n.day(first) if first else "", value=first),
        Cell(state),
    )
    return Row(cells)
