"""The view of a report as a page: what people look for first, then the written report."""

from collections.abc import Iterator

from resolution_cli import i18n
from resolution_cli.i18n import _, ngettext
from resolution_cli.reports.overview import WrittenReport
from resolution_cli.reports.standing import Report, Standing
from resolution_cli.views import words, written_report
from resolution_cli.views.columns import (
    explained_verdict_cell,
    outward_verdict_cell,
    verdict_tone,
)
from resolution_cli.views.document import (
    Bar,
    Block,
    Cell,
    Document,
    Facts,
    Heading,
    Paragraph,
    Part,
    StackedBar,
    Words,
    strong,
    toned,
)
from resolution_cli.views.timeline import timeline

_MOST_PRESSING = 10
"""Items and milestones that the top of the page names; section IV of the report names all."""


def document(report: WrittenReport) -> Document:
    """Return the report of a day or of a period as a page."""
    return written_report.document(report, tuple(_overview(report)))


def _overview(report: WrittenReport) -> Iterator[Block]:
    standing = report.covered.standing
    if not standing.standings:
        return
    yield Heading(1, _("At a glance"))
    yield _counts(standing)
    yield from _pressing(standing, is_internal=report.is_internal)
    yield from _targets(report)
    yield Heading(2, _("Timeline"))
    yield timeline(report.timeline)


def _counts(standing: Report) -> StackedBar:
    """Return how many items have each verdict; the parts add up to all."""
    total = len(standing.standings)
    parts = tuple(
        Part(
            words.verdict_name(verdict),
            i18n.number(count),
            count * 100 / total,
            verdict_tone(verdict),
        )
        for verdict, count in standing.by_verdict.items()
    )
    said = ngettext("{count} item", "{count} items", total).format(count=i18n.number(total))
    return StackedBar(said, parts)


def _pressing(standing: Report, *, is_internal: bool) -> Iterator[Block]:
    """Yield who is late with what and by how much, and what is blocked: the most pressing."""
    found = standing.pressing
    yield Heading(2, _("What presses: {count}").format(count=i18n.number(len(found))))
    if not found:
        yield Paragraph(_("Nothing is overdue or blocked."))
        return
    cell = explained_verdict_cell if is_internal else outward_verdict_cell
    named = found[:_MOST_PRESSING]
    yield Facts(tuple((each.item.id, _pressed(each, cell(each).words)) for each in named))
    if more := len(found) - len(named):
        said = ngettext(
            "and {count} more, {total} in all: see section IV.",
            "and {count} more, {total} in all: see section IV.",
            more,
        )
        yield Paragraph(said.format(count=i18n.number(more), total=i18n.number(len(found))))


def _pressed(standing: Standing, verdict: Words) -> Cell:
    """Return how late something is, what it is, whose, and when it is due."""
    lead = words.fact("lead", standing.lead)
    due = _("due {day}").format(day=i18n.day(standing.due))
    return Cell(toned(verdict, f" – {words.milestone(standing)} – {lead}, {due}"))


def _targets(report: WrittenReport) -> Iterator[Block]:
    if not report.targets:
        return
    from resolution_cli.views import target_words  # noqa: PLC0415  # few files need it
    from resolution_cli.views.targets import counts_line  # noqa: PLC0415

    tally = report.targets.tally
    yield Heading(2, _("Targets"))
    first, *years = target_words.achieved(report.targets)
    yield Paragraph(strong(first), bar=Bar(tally.achieved * 100 / tally.total))
    yield Paragraph(counts_line(report.targets))
    for line in years:
        yield Paragraph(line)
