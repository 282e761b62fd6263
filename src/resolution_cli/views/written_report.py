"""The view of a report that is read on paper or on a page.

The skeleton is that of a ward's periodic report: general situation, results, difficulties and
causes, the next period, proposals, and a table of all items.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from resolution_cli import i18n
from resolution_cli.domain.model import Cause, Header, Item, Kind, Text, Update
from resolution_cli.domain.period import TermPart
from resolution_cli.domain.verdict import Verdict
from resolution_cli.i18n import N_, _
from resolution_cli.reports.item import ItemFigures
from resolution_cli.reports.overview import WrittenReport
from resolution_cli.reports.period import Activity, Difficulty, PeriodReport
from resolution_cli.reports.standing import Standing
from resolution_cli.views import words
from resolution_cli.views.chart import chart
from resolution_cli.views.columns import (
    COLUMNS,
    due_remark,
    explained_verdict_cell,
    fact_cell,
    head,
    item_cells,
    item_columns,
)
from resolution_cli.views.counts import count_table, flow_table, outcome_rows, status_rows
from resolution_cli.views.document import (
    Bar,
    Blank,
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Row,
    Table,
    strong,
    text,
)
from resolution_cli.views.history import changes_line, evidence_line
from resolution_cli.views.letter import letter
from resolution_cli.views.texts import clean, local

_SECTIONS = ("I", "II", "III", "IV", "V")
_CAUSES: Mapping[Cause | None, str] = {
    Cause.OBJECTIVE: N_("Objective causes"),
    Cause.SUBJECTIVE: N_("Subjective causes"),
    None: N_("Cause not stated"),
}
_FACTS = ("documented verdict", "plain status", "progress", "lead", "partners", "product")
_APPENDIX = (
    "id",
    "title",
    "lead",
    "partners",
    "due",
    "product",
    "plain status",
    "progress",
    "documented verdict",
)
_APPENDIX_WIDTHS = (5, 13, 8, 8, 9, 8, 7, 6, 10)


def document(report: WrittenReport) -> Document:
    """Return the report of a day or of a period."""
    covered, texts = report.covered, report.texts
    header = covered.standing.header
    sections = (
        (_("General situation"), _situation(report)),
        (_("Results"), _results(report)),
        (_("Difficulties and causes"), _difficulties(covered, texts.difficulties)),
        (_("Next period"), _next(covered, texts.ahead)),
        (_("Proposals"), _free_text(texts.proposals)),
    )
    blocks: list[Block] = []
    if report.is_forecast:
        blocks.append(Paragraph(strong(words.forecast(covered.standing.as_of))))
    for numeral, (title, section) in zip(_SECTIONS, sections, strict=True):
        blocks += [Heading(1, title, label=numeral), *section]
    subject, title = _subject_and_title(report, _line(header.title))
    return Document(
        title=title,
        subtitle=(_scope(report),),
        blocks=tuple(blocks),
        appendix=(*_appendix(covered), *_target_appendix(report)),
        letter=letter(texts, subject),
    )


def _subject_and_title(report: WrittenReport, title: str) -> tuple[str, str]:
    """Return of what the report is and what it is called, about the resolution of this `title`."""
    if report.is_of_period and report.covered.period.part is TermPart.MIDDLE:
        return (
            _("the first half of the term: implementation of {title}").format(title=title),
            _("Mid-term report: implementation of {title}").format(title=title),
        )
    return (
        _("implementation of {title}").format(title=title),
        _("Report: implementation of {title}").format(title=title),
    )


def _scope(report: WrittenReport) -> str:
    covered = report.covered
    if report.is_of_period:
        return _("Period {period}").format(period=words.named_period(covered.period))
    return _("As of {day}").format(day=i18n.day(covered.standing.as_of))


def _situation(report: WrittenReport) -> Iterator[Block]:
    covered, standing = report.covered, report.covered.standing
    header = standing.header
    yield from _free_text(report.texts.situation)
    elapsed = Cell(words.elapsed(standing), bar=Bar(standing.share_passed))
    yield Facts(
        (
            *_known(header),
            (_("term"), Cell(words.period(header.term))),
            (_("elapsed"), elapsed),
            (_("as of"), Cell(i18n.day(standing.as_of))),
        )
    )
    yield count_table(_("status"), standing, status_rows(standing))
    yield count_table(_("result"), standing, outcome_rows(standing))
    average = _("average progress of {items}")
    yield Facts(
        tuple(
            (average.format(items=words.in_force(tally)), Cell(words.average_progress(tally)))
            for tally in standing.tallies
        )
    )
    if report.is_of_period:
        if not covered.is_over:
            yield Paragraph(words.not_over(standing.as_of))
        yield flow_table(covered, _("in the period"), _("items"))


def _known(header: Header) -> Iterator[tuple[str, Cell]]:
    """Yield what the file says of the resolution beside its title, which is the report's."""
    for name, value in ((_("body"), header.body), (_("congress"), header.congress)):
        if value:
            yield name, Cell(_line(value))


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
            yield from _item(figures, activities.get(figures.standing.item.id), covered)


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

        yield Heading(1, _("Appendix: table of targets"))
        yield annex_table(report.targets)


def _item(
    figures: ItemFigures, activity: Activity | None, covered: PeriodReport
) -> Iterator[Block]:
    item = figures.standing.item
    yield Heading(3, _line(item.title), label=item.id)
    yield Facts(tuple(_item_facts(figures)), is_compact=True)
    yield chart(figures.curve)
    yield from _milestones(figures.standing, covered)
    if activity:
        yield Paragraph(strong(_("What was done:")))
        yield Bullets(tuple(_done(update, item) for update in activity.updates))
    elif not item.is_cancelled:  # of which nobody owes one
        yield Paragraph(_("No report in this period."))


def _milestones(standing: Standing, covered: PeriodReport) -> Iterator[Block]:
    """Yield the milestones of an item that were finished in the period, and those that press."""
    own = {each.item.id for each in standing.milestones}
    figures = covered.standing.milestones
    groups = (
        (_("Milestones finished in the period:"), covered.finished_milestones),
        (_("Milestones overdue or blocked:"), figures.pressing if figures else ()),
    )
    for title, milestones in groups:
        found = [each for each in milestones if each.item.id in own]
        if found:
            yield Paragraph(strong(title))
            yield Bullets(tuple(map(_milestone, found)))


def _milestone(standing: Standing) -> str:
    item = standing.item
    day = i18n.day(item.done_on) if item.done_on else words.due(standing)
    said = text(explained_verdict_cell(standing).words)
    return f"{day}: {item.id}. {_line(item.title)} – {said}"


def _done(update: Update, item: Item) -> str:
    """Return what an entry says, and of which milestone where it is not of the `item` itself."""
    milestone = "" if update.item.lower() == item.id.lower() else f" {clean(update.item)},"
    return f"{i18n.day(update.on)}:{milestone} {_summary(update)}"


def _item_facts(figures: ItemFigures) -> Iterator[tuple[str, Cell]]:
    standing = figures.standing
    for name in _FACTS:
        yield head(name), COLUMNS[name].cell(standing)
    yield head("due"), Cell(words.due(standing))
    if figures.pace:
        yield _("pace"), Cell(words.pace(figures.pace))
    elif standing.item.is_done:
        done_on = standing.item.done_on
        known = fact_cell("done_on", done_on) if done_on else Cell(_("not recorded"))
        yield head("done_on"), known


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
    return f"{item.id}, {title} – {words.verdict(found.standing)}{said}{over}"


def _next(covered: PeriodReport, text: Text | None) -> Iterator[Block]:
    yield from _paragraphs(text)
    pressing = (
        (_("Overdue, to be continued"), Verdict.OVERDUE),
        (_("Blocked, to be resolved"), Verdict.BLOCKED),
    )
    for title, verdict in pressing:
        milestones = covered.standing.milestones
        standings = (*covered.standing.standings, *(milestones.pressing if milestones else ()))
        found = [each for each in standings if each.judgement.verdict is verdict]
        if found:
            yield Paragraph(f"{title}: {i18n.number(len(found))}")
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
            f"{words.due(each)}: {each.item.id}, {words.milestone(each)} – "
            f"{words.fact('lead', each.lead)}"
            for each in standings
        )
    )


def _appendix(covered: PeriodReport) -> Iterator[Block]:
    yield Heading(1, _("Appendix: table of items"))
    shown = [
        each
        for figures in covered.items
        for each in (figures.standing, *figures.standing.milestones)
    ]
    columns = [
        Column(column.head, width, column.is_number, column.is_whole)
        for column, width in zip(item_columns(_APPENDIX, shown), _APPENDIX_WIDTHS, strict=True)
    ]
    entries, difficulties = _entries_by_id(covered), _difficulties_by_id(covered)
    rows = [
        _appendix_row(number, standing, entries, difficulties)
        for number, standing in _numbered(covered.items)
    ]
    yield Table(
        (
            Column(_("no."), 4, is_number=True),
            *columns,
            Column(_("result and evidence"), 12),
            Column(_("difficulties"), 10),
        ),
        tuple(rows),
        is_wide=True,
    )
    yield from due_remark(shown)


def _numbered(items: Iterable[ItemFigures]) -> Iterator[tuple[str, Standing]]:
    """Yield the items with their numbers, and behind each its milestones: 3, 3.1, 3.2."""
    for number, figures in enumerate(items, start=1):
        yield i18n.number(number), figures.standing
        for part, milestone in enumerate(figures.standing.milestones, start=1):
            yield f"{i18n.number(number)}.{part}", milestone


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


def _appendix_row(
    number: str,
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
        Cell(number),
        *item_cells(_APPENDIX, standing),
        Cell("; ".join(filter(None, results))),
        Cell("; ".join(map(_trouble, own))),
    )
    return Row(cells)


def _trouble(found: Difficulty) -> str:
    result = _result(found.update) if found.update else ""
    cause = words.cause(found.cause) if found.cause else _("cause not stated")
    return f"{result} ({cause})" if result else cause


def _summary(update: Update) -> str:
    """Return what an entry of the history says, in one line."""
    said = _result(update) or changes_line(update)
    return f"{said} ({words.cause(update.cause)})" if update.cause else said


def _result(update: Update) -> str:
    """Return the note of an entry of the history with its evidence."""
    evidence = evidence_line(update)
    return " ".join(filter(None, (_line(update.note), f"[{evidence}]" if evidence else "")))


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
