"""What a written report says of an item: a paragraph of sentences, as offices write to a superior.

Each sentence ends with a full stop. What is for the office itself, such as a report that is too old
or a forecast, is said only where the report is internal.
"""

from collections.abc import Iterable, Iterator, Sequence

from resolution_cli import i18n
from resolution_cli.domain.events import Event, EventKind
from resolution_cli.domain.model import Cause, Item, Kind, Status, Update
from resolution_cli.domain.verdict import Verdict
from resolution_cli.i18n import N_, _
from resolution_cli.reports.item import ItemFigures
from resolution_cli.reports.period import Activity, PeriodReport
from resolution_cli.reports.standing import Standing
from resolution_cli.views import period_words, words
from resolution_cli.views.document import capitalised
from resolution_cli.views.history import evidence_line
from resolution_cli.views.texts import clean, local

DOTS = "…" * 8
"""What stands for what is not known, to be filled in by hand."""

_ENDS = (".", "!", "?", "…")
_FINISHED = (EventKind.FINISHED_ON_TIME, EventKind.FINISHED_LATE)
_ALONE = {
    Kind.TASK: N_("The task is led by {lead}, due on {due}."),
    Kind.BREAKTHROUGH: N_("The breakthrough is led by {lead}, due on {due}."),
}
_WITH_PARTNERS = {
    Kind.TASK: N_("The task is led by {lead} with {partners}, due on {due}."),
    Kind.BREAKTHROUGH: N_("The breakthrough is led by {lead} with {partners}, due on {due}."),
}
_EVENT = {
    EventKind.FINISHED_ON_TIME: N_("finished on time on {day}"),
    EventKind.FINISHED_LATE: N_("finished late on {day}"),
    EventKind.CANCELLED: N_("cancelled on {day}"),
    EventKind.REOPENED: N_("reopened on {day}"),
    EventKind.BECAME_OVERDUE: N_("overdue since {day}"),
    EventKind.BLOCKED: N_("blocked on {day}"),
    EventKind.FREED: N_("no longer blocked since {day}"),
}

_CAUSE = {
    Cause.OBJECTIVE: N_("for an objective cause"),
    Cause.SUBJECTIVE: N_("for a subjective cause"),
}


def sentence(said: str) -> str:
    """Return what is said as a sentence, which ends with a full stop."""
    said = said.strip()
    return said if said.endswith(_ENDS) else f"{said}."


def paragraph(
    figures: ItemFigures, activity: Activity | None, covered: PeriodReport, *, is_internal: bool
) -> str:
    """Return what is said of an item, and of what the period brought to it.

    Args:
        figures: the item.
        activity: what was recorded of it in the period; None for nothing.
        covered: the report of the period.
        is_internal: also say what is for the office itself.

    """
    standing = figures.standing
    updates = activity.updates if activity else ()
    said = [
        _assignment(standing),
        _state(figures, covered),
        *_changed(standing, activity, covered),
        *_milestones(standing, covered, updates),
        *_reported(standing, updates),
    ]
    if not updates and _owes_news(standing):
        said.append(_("No report in this period."))
    if is_internal:
        said += _internal(figures)
    return " ".join(said)


def quoted(standing: Standing) -> str:
    """Return the title of a milestone, as a sentence about its item has it."""
    return f"“{clean(local(standing.item.title))}”"


def _assignment(standing: Standing) -> str:
    item = standing.item
    partners = ", ".join(map(clean, item.partners or ()))
    opening = (_WITH_PARTNERS if partners else _ALONE)[item.kind]
    lead = clean(standing.lead or "") or DOTS
    said = _(opening).format(lead=lead, partners=partners, due=words.due(standing))
    if item.product:
        said += " " + sentence(_("Product: {product}").format(product=clean(item.product)))
    return said


def _state(figures: ItemFigures, covered: PeriodReport) -> str:
    """Return how the item stands on the last day of the report."""
    standing, day = figures.standing, i18n.day(covered.standing.as_of)
    item = standing.item
    if item.is_cancelled:
        return sentence(capitalised(words.documented_verdict(standing)))
    if item.is_done:
        return sentence(capitalised(_completion(standing)))
    expected = words.percent(figures.pace.expected) if figures.pace else DOTS
    if standing.judgement.verdict is Verdict.UNREPORTED:
        said = _("By {day} no result has been reported (plan: {expected}).")
        return said.format(day=day, expected=expected)
    said = _("By {day} it has reached {actual} (plan: {expected}), {verdict}").format(
        day=day,
        actual=words.percent(item.present_progress),
        expected=expected,
        verdict=_explained_verdict(standing),
    )
    return sentence(said)


def _completion(standing: Standing) -> str:
    verdict, done_on = words.verdict(standing), standing.item.done_on
    if not done_on:
        return verdict
    return _("{verdict}, on {day}").format(verdict=verdict, day=i18n.day(done_on))


def _explained_verdict(standing: Standing) -> str:
    judged = standing.judgement
    said = words.verdict(standing)
    if any(each.item.is_blocked for each in standing.milestones):
        return said  # what blocks it is said of that milestone
    if judged.blocked_by and judged.blocked_by.note:
        said = f"{said}: {_note(judged.blocked_by)}"
    return f"{said} ({_(_CAUSE[judged.cause])})" if judged.cause else said


def _changed(standing: Standing, activity: Activity | None, covered: PeriodReport) -> Iterator[str]:
    """Yield a sentence on what the period changed: progress, units, deadlines, obstacles."""
    updates = activity.updates if activity else ()
    changes = [
        *(_deltas(activity) if activity else ()),
        *_happened(standing, covered.events, updates),
    ]
    if changes:
        yield sentence(_("In the period: {changes}").format(changes="; ".join(changes)))


def _deltas(activity: Activity) -> Iterator[str]:
    before, after = activity.before, activity.after
    if before.present_progress != after.present_progress and not after.is_cancelled:
        is_more = after.present_progress > before.present_progress
        said = (
            _("progress up from {old} to {new}")
            if is_more
            else _("progress down from {old} to {new}")
        )
        yield said.format(
            old=words.percent(before.present_progress), new=words.percent(after.present_progress)
        )
    for name in ("lead", "partners", "product"):
        old, new = getattr(before, name), getattr(after, name)
        if old and old != new:
            yield _("{name} changed from {old} to {new}").format(
                name=words.fact_name(name), old=words.fact(name, old), new=words.fact(name, new)
            )


def _happened(
    standing: Standing, events: Iterable[Event], updates: Sequence[Update]
) -> Iterator[str]:
    """Yield what happened to an item or a milestone, but for what `_state` says of an item."""
    item = standing.item
    for event in events:
        is_own = event.item.id == item.id
        is_said = not standing.parent and (
            (event.kind in _FINISHED and item.is_done)
            or (event.kind is EventKind.CANCELLED and item.is_cancelled)
        )
        if is_own and not is_said:
            documents = _documents(event, updates)
            yield f"{_event(event)} ({documents})" if documents else _event(event)


def _event(event: Event) -> str:
    if event.kind is EventKind.DEADLINE_MOVED:
        none = _("the end of the term")
        return _("due date moved from {old} to {new}").format(
            old=i18n.day(event.due_before) if event.due_before else none,
            new=i18n.day(event.due) if event.due else none,
        )
    return _(_EVENT[event.kind]).format(day=i18n.day(event.on))


def _documents(event: Event, updates: Sequence[Update]) -> str:
    """Return the evidence of the entry by which a deadline was moved, or an item cancelled."""
    own = (each for each in updates if _is_of(each, event.item) and each.on == event.on)
    match event.kind:
        case EventKind.DEADLINE_MOVED:
            found = [each for each in own if each.due or each.was.due]
        case EventKind.CANCELLED:
            found = [each for each in own if each.status is Status.CANCELLED]
        case _other:
            found = []
    return "; ".join(filter(None, map(evidence_line, found)))


def _milestones(
    standing: Standing, covered: PeriodReport, updates: Sequence[Update]
) -> Iterator[str]:
    """Yield a sentence on what the period brought to the milestones, and one on what presses."""
    brought = [
        f"{quoted(each)} {', '.join(happened)}"
        for each in standing.milestones
        if (happened := [*_happened(each, covered.milestone_events, updates)])
    ]
    if brought:
        yield sentence(_("Milestones: {changes}").format(changes="; ".join(brought)))
    newly_overdue = {
        event.item.id
        for event in covered.milestone_events
        if event.kind is EventKind.BECAME_OVERDUE
    }
    pressing = [
        f"{quoted(each)} ({_explained_verdict(each)})"
        for each in standing.milestones
        if each.judgement.verdict is Verdict.BLOCKED
        or (each.judgement.verdict is Verdict.OVERDUE and each.item.id not in newly_overdue)
    ]
    if pressing:
        yield sentence(
            _("Milestones overdue or blocked: {milestones}").format(milestones="; ".join(pressing))
        )


def _reported(standing: Standing, updates: Sequence[Update]) -> Iterator[str]:
    """Yield a sentence on the results that entries report, and one on the difficulties."""
    titles = {each.item.id.lower(): quoted(each) for each in standing.milestones}
    everyone = (standing, *standing.milestones)
    said_already = [each.judgement.blocked_by for each in everyone]
    results: list[str] = []
    difficulties: list[str] = []
    for update in updates:
        if update in said_already:
            continue
        said = _entry(update, titles.get(update.item.lower(), ""))
        is_release = update.was.status is Status.BLOCKED and update.status is not Status.BLOCKED
        is_difficulty = update.cause and not is_release and update.status is not Status.DONE
        (difficulties if is_difficulty else results).append(said)
    for title, found in (
        (_("Results: {entries}"), results),
        (_("Difficulties: {entries}"), difficulties),
    ):
        if entries := [*filter(None, found)]:
            yield sentence(title.format(entries="; ".join(entries)))


def _entry(update: Update, milestone: str) -> str:
    """Return the note of an entry, with its day and evidence; empty where it has neither."""
    note, evidence = _note(update), evidence_line(update)
    if not note and not evidence:
        return ""
    cause = _(_CAUSE[update.cause]) if update.cause else ""
    details = "; ".join(filter(None, (i18n.day(update.on), cause, evidence if note else "")))
    said = note or _("evidence {evidence}").format(evidence=evidence)
    return f"{milestone}{': ' if milestone else ''}{said} ({details})"


def _note(update: Update) -> str:
    return clean(update.note or "").strip().rstrip(".")


def _is_of(update: Update, item: Item) -> bool:
    return update.item.lower() == item.id.lower()


def _owes_news(standing: Standing) -> bool:
    """Say whether the silence of a period is to be mentioned: not where `_state` says as much."""
    return standing.item.is_open and standing.judgement.verdict is not Verdict.UNREPORTED


def _internal(figures: ItemFigures) -> Iterator[str]:
    if figures.standing.judgement.is_stale:
        yield sentence(capitalised(words.stale(figures.standing.judgement)))
    if figures.pace:
        finish = period_words.finish(figures.pace)
        yield sentence(_("Forecast of completion at this pace: {finish}").format(finish=finish))
