"""What a written report says, block by block and in words, for every format that is read on paper or on a page.

The skeleton is that of a ward's periodic report: general situation, results, difficulties and
causes, the next period, proposals, and a table of all items. A format only draws the blocks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from resolution_cli import i18n
from resolution_cli.domain.model import Cause, Header, Item, Kind, Resolution, Status, Text, Update
from resolution_cli.domain.pace import curve, pace
from resolution_cli.domain.verdict import Outcome, Verdict
from resolution_cli.i18n import N_, _
from resolution_cli.render import words
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
from resolution_cli.render.texts import clean, local
from resolution_cli.report import (
    Activity,
    Details,
    Diary,
    Difficulty,
    Listing,
    Overview,
    PeriodReport,
    Standing,
    Tally,
)

_CURVE_POINTS = 60


_COLUMNS = (
    N_("id"),
    N_("title"),
    N_("lead unit"),
    N_("partner units"),
    N_("due"),
    N_("product"),
    N_("status"),
    N_("progress"),
    N_("verdict"),
    N_("result and evidence"),
    N_("difficulties"),
)
"""The columns of the table of all items, after the number."""

_CAUSES: Mapping[Cause | None, str] = {
    Cause.OBJECTIVE: N_("Objective causes"),
    Cause.SUBJECTIVE: N_("Subjective causes"),
    None: N_("Cause not stated"),
}


def report(overview: Overview) -> Paper:
    """Return the report of a day or of a period."""
    told = overview.covered()
    header, texts = overview.resolution.header, overview.resolution.report
    sections = (
        (_("General situation"), _situation(overview, told)),
        (_("Results"), _results(overview.resolution, told)),
        (_("Difficulties and causes"), _difficulties(told.difficulties, texts.difficulties)),
        (_("Next period"), _next(told, texts.ahead)),
        (_("Proposals"), _free_text(texts.proposals)),
    )
    blocks: list[Block] = []
    for numeral, (title, section) in zip(("I", "II", "III", "IV", "V"), sections, strict=True):
        blocks += [Heading(1, f"{numeral}. {title}"), *section]
    if overview.is_forecast:
        blocks.insert(0, Paragraph(words.forecast(told.standing.as_of), is_strong=True))
    when = (
        _("Period {period}").format(period=words.named_period(told.period))
        if overview.period
        else _("As of {day}").format(day=i18n.day(told.standing.as_of))
    )
    title = _("Report: implementation of {title}").format(title=_line(header.title))
    table = _all_items(overview.resolution, told)
    appendix = (
        Heading(1, _("Appendix: table of items")),
        table,
        *_due_remark(told.standing.standings),
    )
    return Paper(title, (when,), tuple(blocks), appendix)


def items(listing: Listing) -> Paper:
    """Return the table of the items asked for."""
    columns = (
        _("id"),
        _("kind"),
        _("title"),
        _("lead unit"),
        _("due"),
        _("status"),
        _("progress"),
        _("verdict"),
    )
    rows = tuple(
        (
            Cell(standing.item.id),
            Cell(words.kind(standing.item.kind)),
            Cell(_line(standing.item.title)),
            _fact("lead", standing.item.lead),
            Cell(words.marked_due(standing)),
            _status(standing.item),
            _progress(standing.item),
            _verdict(standing),
        )
        for standing in listing.standings
    )
    block: Block = _table(columns, rows) if rows else Paragraph(words.no_item(listing))
    when = _("As of {day}").format(day=i18n.day(listing.as_of))
    return Paper(
        _line(listing.resolution.header.title), (when,), (block, *_due_remark(listing.standings))
    )


def item(details: Details) -> Paper:
    """Return all that is known of one item, its history newest first."""
    standing = details.standing
    history = tuple(reversed(standing.updates))
    return Paper(
        f"{standing.item.id}. {_line(standing.item.title)}",
        (
            _line(details.resolution.header.title),
            f"{words.kind(standing.item.kind)} · "
            + _("As of {day}").format(day=i18n.day(details.as_of)),
        ),
        (
            *_free_paragraphs(standing.item.summary),
            _item_facts(standing, details.as_of),
            _curve(standing, details.as_of),
            Heading(1, _("History, newest first")),
            _history(history) if history else Paragraph(_("No updates yet.")),
        ),
    )


def log(diary: Diary) -> Paper:
    """Return the entries of the diary."""
    block: Block = (
        _history(diary.updates, diary.resolution)
        if diary.updates
        else Paragraph(words.no_update(diary))
    )
    return Paper(_line(diary.resolution.header.title), (_("History, newest first"),), (block,))


def _situation(overview: Overview, told: PeriodReport) -> Iterator[Block]:
    header, standing = overview.resolution.header, told.standing
    yield from _free_text(overview.resolution.report.situation)
    yield _facts(
        [
            *_known(header),
            (_("term"), Cell(words.period(header.term))),
            (_("elapsed"), Cell(words.elapsed(standing), progress=standing.share_passed)),
            (_("as of"), Cell(i18n.day(standing.as_of))),
        ]
    )
    tallies = standing.tallies
    yield _counts(
        tallies, _("status"), ((words.status(s), [t.by_status[s] for t in tallies]) for s in Status)
    )
    yield _counts(
        tallies,
        _("result"),
        ((words.outcome(o), [t.by_outcome[o] for t in tallies]) for o in Outcome),
    )
    yield _facts(
        (
            _("average progress of {items}").format(items=words.counted(t)),
            Cell(words.average_progress(t)),
        )
        for t in tallies
    )
    if overview.period:
        if standing.as_of < told.period.end:
            yield Paragraph(words.not_over(standing.as_of))
        rows = [(Cell(name), _number(count)) for name, count in words.flow(told)]
        yield _table((_("in the period"), _("items")), rows, totals=(len(rows) - 1,))


def _known(header: Header) -> Iterator[tuple[str, Cell]]:
    """Yield what the file says of the resolution beside its title, which is the report's."""
    for name, text in ((_("body"), header.body), (_("congress"), header.congress)):
        if text:
            yield name, Cell(_line(text))


def _counts(
    tallies: Sequence[Tally], head: str, counts: Iterable[tuple[str, Sequence[int]]]
) -> Table:
    rows = [(Cell(name), *(_number(value) for value in values)) for name, values in counts]
    rows.append((Cell(_("total")), *(_number(tally.total) for tally in tallies)))
    return _table(
        (head, *(words.kinds(tally.kind) for tally in tallies)), rows, totals=(len(rows) - 1,)
    )


def _results(resolution: Resolution, told: PeriodReport) -> Iterator[Block]:
    yield Heading(2, "1. " + _("Results: {what}").format(what=_("targets")))
    yield from _free_text(resolution.report.targets)
    activities = {activity.after.id: activity for activity in told.activities}
    standings = {standing.item.id: standing for standing in told.standing.standings}
    kinds = [
        kind for kind in Kind if any(standing.item.kind is kind for standing in standings.values())
    ]
    for number, kind in enumerate(kinds, start=2):
        yield Heading(2, f"{number}. " + _("Results: {what}").format(what=words.kinds(kind)))
        for listed in resolution.items:
            standing = standings[listed.id]
            if standing.item.kind is kind:
                yield Heading(3, f"{listed.id}. {_line(listed.title)}")
                yield _item_facts(standing, told.standing.as_of)
                yield _curve(standing, told.standing.as_of)
                yield from _brought(activities.get(listed.id))


def _brought(activity: Activity | None) -> Iterator[Block]:
    if activity:
        yield Paragraph(_("What was done:"), is_strong=True)
        yield Bullets(
            tuple(f"{i18n.day(update.on)}: {_told(update)}" for update in activity.updates)
        )
    else:
        yield Paragraph(_("No report in this period."))


def _difficulties(found: Sequence[Difficulty], text: Text | None) -> Iterator[Block]:
    yield from _free_paragraphs(text)
    if not found:
        yield Paragraph(_("None recorded."))
    for cause, head in _CAUSES.items():
        lines = tuple(
            map(_difficulty, (difficulty for difficulty in found if difficulty.cause is cause))
        )
        if lines:
            yield Heading(2, _(head))
            yield Bullets(lines)


def _difficulty(found: Difficulty) -> str:
    item, update = found.standing.item, found.update
    said = f": {clean(update.note)} ({i18n.day(update.on)})" if update and update.note else ""
    over = ", " + _("since resolved") if found.is_over else ""
    return f"{item.id}, {_line(item.title)} – {words.verdict(found.standing)}{said}{over}"


def _next(told: PeriodReport, text: Text | None) -> Iterator[Block]:
    yield from _free_paragraphs(text)
    pressing = (
        (_("Overdue, to be continued"), Verdict.OVERDUE),
        (_("Blocked, to be resolved"), Verdict.BLOCKED),
    )
    for head, verdict in pressing:
        found = [
            standing
            for standing in told.standing.standings
            if standing.judgement.verdict is verdict
        ]
        if found:
            yield Paragraph(f"{head}: {i18n.number(len(found))}")
            yield _to_do(found)
    if told.next_period:
        head = words.falling_due(told.next_period, len(told.falling_due))
        yield Paragraph(head + (":" if told.falling_due else "."))
        if told.falling_due:
            yield _to_do(told.falling_due)


def _to_do(standings: Iterable[Standing]) -> Bullets:
    return Bullets(
        tuple(
            f"{words.due(s)}: {s.item.id}, {_line(s.item.title)} – {_lead(s.item)}"
            for s in standings
        )
    )


def _all_items(resolution: Resolution, told: PeriodReport) -> Table:
    activities = {activity.after.id: activity for activity in told.activities}
    troubles: dict[str, list[str]] = {}
    difficult = [found.update for found in told.difficulties]
    for found in told.difficulties:
        result = _result(found.update) if found.update else ""
        cause = words.cause(found.cause) if found.cause else _("cause not stated")
        troubles.setdefault(found.standing.item.id, []).append(
            f"{result} ({cause})" if result else cause
        )
    rows = []
    standings = {standing.item.id: standing for standing in told.standing.standings}
    for number, listed in enumerate(resolution.items, start=1):
        standing = standings[listed.id]
        item = standing.item
        activity = activities.get(item.id)
        # What gives the cause of a difficulty stands in the last column; how one was removed is a
        # result.
        updates = activity.updates if activity else ()
        results = [
            _result(update) for update in updates if not (update.cause and update in difficult)
        ]
        rows.append(
            (
                _number(number),
                Cell(item.id),
                Cell(_line(item.title)),
                *(_fact(name, getattr(item, name)) for name in ("lead", "partners")),
                Cell(words.marked_due(standing)),
                _fact("product", item.product),
                _status(item),
                _progress(item),
                _verdict(standing),
                Cell("; ".join(filter(None, results))),
                Cell("; ".join(troubles.get(item.id, ()))),
            )
        )
    return _table((_("no."), *map(_, _COLUMNS)), rows, is_wide=True)


def _due_remark(standings: Iterable[Standing]) -> Iterator[Block]:
    """Yield what the mark beside a due date says, if any has it."""
    if remark := words.due_remark(standings):
        yield Paragraph(f"{words.DUE_MARK} {remark}")


def _item_facts(standing: Standing, day: date) -> Facts:
    item = standing.item
    rows = [
        (_("verdict"), _verdict(standing)),
        (_("status"), _status(item)),
        (_("progress"), _progress(item)),
        (_("lead unit"), _fact("lead", item.lead)),
        (_("partner units"), _fact("partners", item.partners)),
        (_("product"), _fact("product", item.product)),
        (_("due"), Cell(words.due(standing))),
    ]
    if item.present_status is Status.DONE:
        rows.append(
            (
                _("done on"),
                _fact("done_on", item.done_on) if item.done_on else Cell(_("not recorded")),
            )
        )
    else:
        rows.append((_("pace"), Cell(words.pace(pace(standing.history, day)))))
    return _facts(rows, is_compact=True)


def _curve(standing: Standing, day: date) -> Curve:
    planned, actual = curve(standing.history, day, _CURVE_POINTS)
    return Curve(tuple(planned), tuple(actual))


def _history(updates: Sequence[Update], resolution: Resolution | None = None) -> Table:
    """Return entries of the diary; those of a whole resolution name their items."""
    titles = {item.id.lower(): _line(item.title) for item in resolution.items} if resolution else {}
    rows = tuple(
        (
            Cell(i18n.day(update.on)),
            *(
                [Cell(f"{update.item}. {titles.get(update.item.lower(), '')}")]
                if resolution
                else []
            ),
            Cell(_changes(update)),
            Cell(_line(update.note)),
            Cell("; ".join(map(clean, update.evidence))),
            Cell(words.cause(update.cause) if update.cause else ""),
            Cell(clean(update.by or "")),
        )
        for update in updates
    )
    own = [_("item")] if resolution else []
    return _table(
        (_("day"), *own, _("change"), _("note"), _("evidence"), _("cause"), _("recorded by")), rows
    )


def _told(update: Update) -> str:
    """Return what an entry of the diary says, in one line."""
    said = _result(update) or _changes(update)
    return f"{said} ({words.cause(update.cause)})" if update.cause else said


def _result(update: Update) -> str:
    """Return the note of an entry of the diary with its evidence."""
    evidence = "; ".join(map(clean, update.evidence))
    return " ".join(filter(None, (_line(update.note), f"[{evidence}]" if evidence else "")))


def _changes(update: Update) -> str:
    changes = [
        f"{words.fact_name(name)}: {words.fact(name, old)} → {words.fact(name, new)}"
        for name, old, new in update.changes()
    ]
    by_hand = update.changed_by_hand().items() if not changes else ()
    return "; ".join(
        [
            *changes,
            *(
                f"{words.fact_name(name)} {words.changed_by_hand(name, old)}"
                for name, old in by_hand
            ),
        ]
    )


def _free_text(text: Text | None) -> Iterator[Block]:
    """Yield the paragraphs that the file has, or room for what it has not."""
    paragraphs = [*_free_paragraphs(text)]
    yield from paragraphs or [Blank()]


def _free_paragraphs(text: Text | None) -> Iterator[Block]:
    for line in local(text).splitlines():
        if line.strip():
            yield Paragraph(clean(line.strip()))


def _facts(rows: Iterable[tuple[str, Cell]], *, is_compact: bool = False) -> Facts:
    return Facts(tuple((_capitalised(name), cell) for name, cell in rows), is_compact)


def _table(
    columns: Iterable[str],
    rows: Iterable[tuple[Cell, ...]],
    *,
    totals: tuple[int, ...] = (),
    is_wide: bool = False,
) -> Table:
    return Table(tuple(map(_capitalised, columns)), tuple(rows), totals, is_wide)


def _line(text: Text | None) -> str:
    return clean(local(text))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lead(item: Item) -> str:
    return words.fact("lead", item.lead)


def _fact(name: str, value: object) -> Cell:
    return Cell(words.fact(name, value), is_absent=value is None)


def _number(value: int) -> Cell:
    return Cell(i18n.number(value), is_number=True)


def _progress(item: Item) -> Cell:
    return Cell(
        words.percent(item.present_progress), progress=item.present_progress, is_number=True
    )


def _status(item: Item) -> Cell:
    return Cell(words.status(item.present_status))


def _verdict(standing: Standing) -> Cell:
    text = ", ".join(filter(None, (words.verdict(standing), words.stale(standing.judgement))))
    return Cell(text, light=standing.judgement.light)
