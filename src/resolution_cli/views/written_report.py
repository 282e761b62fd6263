"""The view of a report that is read on paper or on a page.

The skeleton is that of a ward's periodic report: general situation, results, difficulties and
causes, the next period, proposals, and a table of all items.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from resolution_cli import i18n
from resolution_cli.domain.model import Cause, Header, Kind, Text
from resolution_cli.domain.period import TermPart
from resolution_cli.domain.verdict import Verdict
from resolution_cli.i18n import N_, _
from resolution_cli.reports.item import ItemFigures
from resolution_cli.reports.log import LogEntry
from resolution_cli.reports.overview import WrittenReport
from resolution_cli.reports.period import Activity, Difficulty, PeriodReport
from resolution_cli.reports.standing import Report, Standing, Tally
from resolution_cli.views import prose, words
from resolution_cli.views.appendix import appendix
from resolution_cli.views.chart import chart
from resolution_cli.views.counts import count_table, outcome_rows, status_rows
from resolution_cli.views.document import (
    Bar,
    Blank,
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    capitalised,
    strong,
)
from resolution_cli.views.letter import letter
from resolution_cli.views.period_report import flow_table
from resolution_cli.views.texts import clean, local

_SECTIONS = ("I", "II", "III", "IV", "V")
_CAUSES: Mapping[Cause | None, str] = {
    Cause.OBJECTIVE: N_("Objective causes"),
    Cause.SUBJECTIVE: N_("Subjective causes"),
    None: N_("Cause not stated"),
}


def document(report: WrittenReport, opening: Sequence[Block] = ()) -> Document:
    """Return the report of a day or of a period; `opening` stands before its sections."""
    covered, texts = report.covered, report.texts
    header = covered.standing.header
    sections = (
        (_("General situation"), _situation(report)),
        (_("Results"), _results(report)),
        (_("Difficulties and causes"), _difficulties(covered, texts.difficulties)),
        (_("Next period"), _next(covered, texts.ahead)),
        (_("Proposals"), _proposals(report)),
    )
    blocks: list[Block] = []
    if report.is_forecast:
        blocks.append(Paragraph(strong(words.forecast(covered.standing.as_of))))
    blocks += opening
    for numeral, (title, section) in zip(_SECTIONS, sections, strict=True):
        blocks += [Heading(1, title, label=numeral), *section]
    subject, title = _subject_and_title(report, _line(header.title))
    return Document(
        title=title,
        subtitle=(_scope(report),),
        blocks=tuple(blocks),
        appendix=(*appendix(report), *_target_appendix(report)),
        letter=letter(texts, subject, report.template),
        made_on=report.made_on,
    )


def _subject_and_title(report: WrittenReport, title: str) -> tuple[str, str]:
    """Return of what the report is and what it is called, about the resolution of this `title`."""
    subject = _("implementation of {title}").format(title=title)
    if lead := report.covered.standing.lead:
        subject = _("implementation of {title}, items led by {unit}").format(
            title=title, unit=clean(lead)
        )
    if not report.is_of_period:
        return subject, _("Report: implementation of {title}").format(title=title)
    period = report.covered.period
    subject = _("{subject}, {period}").format(subject=subject, period=words.period_name(period))
    if period.part is TermPart.MIDDLE:
        return subject, _("Mid-term report: implementation of {title}").format(title=title)
    return subject, _("Report: implementation of {title}").format(title=title)


def _scope(report: WrittenReport) -> str:
    days, lead = _days(report), report.covered.standing.lead
    return f"{days}; {words.of_lead(lead)}" if lead else days


def _days(report: WrittenReport) -> str:
    covered = report.covered
    if report.is_of_period:
        return _("Period {period}").format(period=words.named_period(covered.period))
    return _("As of {day}").format(day=i18n.day(covered.standing.as_of))


def _situation(report: WrittenReport) -> Iterator[Block]:
    covered, standing = report.covered, report.covered.standing
    header = standing.header
    yield from _paragraphs(report.texts.situation)
    if known := _known(header):
        yield Paragraph(known)
    yield Paragraph(_covered_days(report))
    yield Paragraph(_term(standing), bar=Bar(standing.share_passed))
    yield count_table(_("status"), standing, status_rows(standing))
    yield count_table(_("result"), standing, outcome_rows(standing))
    yield Paragraph(_averages(standing.tallies))
    if report.is_of_period:
        if not covered.is_over:
            yield Paragraph(words.not_over(standing.as_of))
        yield flow_table(covered, _("in the period"), _("items"))


def _known(header: Header) -> str:
    """Return what the file says of the resolution beside its title, which is the report's."""
    values = ((_("body"), header.body), (_("congress"), header.congress))
    said = "; ".join(f"{name}: {_line(value)}" for name, value in values if value)
    return prose.sentence(capitalised(said)) if said else ""


def _covered_days(report: WrittenReport) -> str:
    """Return which days the report is about, and of which day its figures are."""
    covered = report.covered
    day = i18n.day(covered.standing.as_of)
    if not report.is_of_period:
        return _("This report has the figures of {day}.").format(day=day)
    return _("This report covers {start} to {end}; its figures are of {day}.").format(
        start=i18n.day(covered.period.start), end=i18n.day(covered.period.end), day=day
    )


def _term(standing: Report) -> str:
    term = standing.header.term
    said = _("The term is from {start} to {end}").format(
        start=i18n.day(term.start), end=i18n.day(term.end)
    )
    return prose.sentence(f"{said}; {words.elapsed(standing)}")


def _averages(tallies: Iterable[Tally]) -> str:
    average = _("average progress of {items}")
    said = "; ".join(
        f"{average.format(items=words.in_force(tally))}: {words.average_progress(tally)}"
        for tally in tallies
    )
    return prose.sentence(capitalised(said))


def _results(report: WrittenReport) -> Iterator[Block]:
    covered = report.covered
    yield Heading(2, _("Results: {what}").format(what=_("targets")), label="1")
    yield from _targets(report)
    activities = {activity.after.id: activity for activity in covered.activities}
    of_kinds = {
        kind: [each for each in covered.items if each.standing.item.kind is kind] for kind in Kind
    }
    number = 1
    for kind, items in of_kinds.items():
        if items:
            number += 1
            yield Heading(2, _("Results: {what}").format(what=words.kinds(kind)), label=str(number))
        for figures in items:
            yield from _item(figures, activities.get(figures.standing.item.id), report)


def _targets(report: WrittenReport) -> Iterator[Block]:
    """Yield the file's own text on the targets, and how each stands."""
    if not report.targets:
        yield from _free_text(report.texts.targets)
        return
    from resolution_cli.views import target_words  # noqa: PLC0415  # few files need it

    yield from _paragraphs(report.texts.targets)
    for line in target_words.achieved(report.targets):
        yield Paragraph(f"{line}.")
    yield Bullets(tuple(map(target_words.sentence, report.targets.standings)))


def _target_appendix(report: WrittenReport) -> Iterator[Block]:
    if report.targets:
        from resolution_cli.views.targets import annex_table  # noqa: PLC0415  # as above

        yield Heading(1, _("Table of targets"), label=_("Appendix"))
        yield annex_table(report.targets)


def _item(
    figures: ItemFigures, activity: Activity | None, report: WrittenReport
) -> Iterator[Block]:
    item = figures.standing.item
    yield Heading(3, _line(item.title), label=item.id)
    yield chart(figures.curve, report.covered.standing.header.term)
    yield Paragraph(
        prose.paragraph(figures, activity, report.covered, is_internal=report.is_internal)
    )


def _difficulties(covered: PeriodReport, text: Text | None) -> Iterator[Block]:
    yield from _paragraphs(text)
    if not covered.difficulties:
        yield Paragraph(_("None recorded."))
    for cause, title in _CAUSES.items():
        found = [difficulty for difficulty in covered.difficulties if difficulty.cause is cause]
        if found:
            yield Heading(2, _(title))
            yield Bullets(tuple(map(_difficulty, found)))


def _difficulty(found: Difficulty) -> str:
    item, update = found.standing.item, found.update
    said = f": {clean(update.note)} ({i18n.day(update.on)})" if update and update.note else ""
    over = ", " + _("since resolved") if found.is_over else ""
    title = words.milestone(found.standing)
    return prose.sentence(f"{item.id}, {title} – {words.verdict(found.standing)}{said}{over}")


def _next(covered: PeriodReport, text: Text | None) -> Iterator[Block]:
    yield from _paragraphs(text)
    pressing = (
        (_("Overdue, to be continued ({count}):"), Verdict.OVERDUE),
        (_("Blocked, to be resolved ({count}):"), Verdict.BLOCKED),
    )
    for title, verdict in pressing:
        milestones = covered.standing.milestones
        standings = (*covered.standing.standings, *(milestones.pressing if milestones else ()))
        found = [each for each in standings if each.judgement.verdict is verdict]
        if found:
            yield Paragraph(title.format(count=i18n.count(len(found))))
            yield _to_do(found)
    if covered.next_period:
        title = words.falling_due(covered.next_period, len(covered.falling_due))
        yield Paragraph(title + (":" if covered.falling_due else "."))
        if covered.falling_due:
            yield _to_do(covered.falling_due)
        due_then = covered.milestones_falling_due
        if due_then:
            title = words.milestones_falling_due(covered.next_period, len(due_then))
            yield Paragraph(f"{title}:")
            yield _to_do(due_then)


def _to_do(standings: Iterable[Standing]) -> Bullets:
    return Bullets(
        tuple(
            prose.sentence(
                f"{words.due(each)}: {each.item.id}, {words.milestone(each)} – "
                f"{words.fact('lead', each.lead)}"
            )
            for each in standings
        )
    )


def _proposals(report: WrittenReport) -> Iterator[Block]:
    """Yield the file's text, and what entries of the period propose."""
    found = [entry for entry in report.entries if entry.update.proposal]
    if not found:
        yield from _free_text(report.texts.proposals)
        return
    yield from _paragraphs(report.texts.proposals)
    yield Bullets(tuple(map(_proposal, reversed(found))))


def _proposal(entry: LogEntry) -> str:
    said = " ".join(clean(entry.update.proposal or "").split())
    return prose.sentence(f"{clean(entry.update.item)}, {_line(entry.title)}: {said}")


def _free_text(text: Text | None) -> Iterator[Block]:
    """Yield the paragraphs of the file's text, or empty lines where it has none."""
    paragraphs = [*_paragraphs(text)]
    yield from paragraphs or [Blank()]


def _paragraphs(text: Text | None) -> Iterator[Block]:
    for line in local(text).splitlines():
        if line.strip():
            yield Paragraph(clean(line.strip()))


def _line(text: Text | None) -> str:
    return clean(local(text))
