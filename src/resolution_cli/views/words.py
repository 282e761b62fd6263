"""The words, on a screen or a page, of what the file holds: statuses, verdicts, facts, numbers."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from resolution_cli import i18n
from resolution_cli.domain.facts import FACTS
from resolution_cli.domain.model import COMPLETE, Cause, Kind, Status, Term
from resolution_cli.domain.period import Period, TermPart
from resolution_cli.domain.values import TITLES
from resolution_cli.domain.verdict import VERDICT_TITLES, Judgement, Outcome, Verdict
from resolution_cli.i18n import N_, _, ngettext
from resolution_cli.reports.standing import Report, Standing, Tally
from resolution_cli.views.texts import clean, local

if TYPE_CHECKING:  # each view loads the figures that it shows
    from resolution_cli.reports.listing import Listing
    from resolution_cli.reports.log import Log

_KINDS = {
    Kind.TASK: N_("tasks"),
    Kind.BREAKTHROUGH: N_("breakthroughs"),
    Kind.MILESTONE: N_("milestones"),
    None: N_("all items"),
}
_OUTCOME = {
    Outcome.DONE_ON_TIME: N_("done on time"),
    Outcome.DONE_LATE: N_("done late"),
    Outcome.NOT_DONE_IN_TIME: N_("not done, in time"),
    Outcome.NOT_DONE_OVERDUE: N_("not done, overdue"),
    Outcome.CANCELLED: N_("cancelled"),
}
DUE_MARK = "*"
"""What marks a day in a table as the term's end, which counts where an item has no due date of its
own."""

_LEAST_SHOWN = 0.1
"""The part, in percent, that is always shown of what has begun, and of what is not done."""

_QUARTERS = ("I", "II", "III", "IV")
_FIRST_HALF_END = 6
_PARTS = {TermPart.WHOLE: N_("the whole term"), TermPart.MIDDLE: N_("mid-term")}
_CAUSE = {Cause.OBJECTIVE: N_("objective cause"), Cause.SUBJECTIVE: N_("subjective cause")}


def kind(value: Kind) -> str:
    """Return what an item of this kind is called."""
    return _(TITLES[value])


def kinds(value: Kind | None) -> str:
    """Return what the items of this kind, or of all kinds, are called."""
    return _(_KINDS[value])


def status(value: Status) -> str:
    """Return a status in words."""
    return _(TITLES[value])


def outcome(value: Outcome) -> str:
    """Return a field of the 2×2, or what is counted beside it, in words."""
    return _(_OUTCOME[value])


def cause(value: Cause) -> str:
    """Return whose doing a difficulty is, in words."""
    return _(_CAUSE[value])


def fact_name(name: str) -> str:
    """Return what a fact that an update can change is called."""
    return _(FACTS[name].title)


def percent(value: float) -> str:
    """Return a percentage as `percentage_shown` rounds it, without a decimal if it is whole."""
    shown = percentage_shown(value)
    return f"{i18n.number(shown, 0 if shown == round(shown) else 1)}%"


def percentage_shown(value: float) -> float:
    """Return a percentage with one decimal; only 0 is shown as 0, and only 100 as 100.

    A workbook has this number, too: it would round 94.55 up, which Python keeps as a little less.
    """
    shown = round(value, 1)
    if 0 < value < COMPLETE:
        shown = min(max(shown, _LEAST_SHOWN), COMPLETE - _LEAST_SHOWN)
    return shown


def fact(name: str, value: object) -> str:
    """Return the value of the fact `name` in words; what is absent says so."""
    if value is None:
        value = FACTS[name].default
    if value is None:
        return _(FACTS[name].absent)
    if isinstance(value, Status):
        return status(value)
    if isinstance(value, date):
        return i18n.day(value)
    if isinstance(value, Decimal):
        return i18n.figure(value)
    if isinstance(value, int):
        return percent(value)
    return "; ".join(map(clean, value)) if isinstance(value, tuple) else clean(str(value))


def change(name: str, old: object, new: object) -> str:
    """Return the old and the new value of the fact `name` in words."""
    return f"{fact(name, old)} → {fact(name, new)}"


def changed_by_hand(name: str, value: object) -> str:
    """Return the remark on a fact whose `value` someone had written into the plan by hand."""
    return _("(the file had: {value}, changed by hand)").format(value=fact(name, value))


def of_lead(unit: str) -> str:
    """Return of which lead unit a report is."""
    return _("lead unit: {unit}").format(unit=clean(unit))


def no_items(lead: str | None) -> str:
    """Return that there are no items, or none of a lead unit."""
    return _("It leads no item.") if lead else _("The file has no items yet.")


def verdict_name(value: Verdict) -> str:
    """Return a verdict in words, without its days or points."""
    return _(VERDICT_TITLES[value])


def verdict(standing: Standing) -> str:
    """Return how an item stands in words, with its days or points, or the day it was cancelled."""
    return judgement(standing.judgement)


def judgement(judged: Judgement) -> str:
    """Return a verdict in words, with its days or points, or the day of the cancellation."""
    if judged.cancelled_on:
        return _("cancelled on {day}").format(day=i18n.day(judged.cancelled_on))
    match judged.verdict, judged.days, judged.points:
        case Verdict.DUE_SOON, 0, _:
            return _("due today")
        case Verdict.OVERDUE, int(count), _:
            said = ngettext("overdue by {count} day", "overdue by {count} days", count)
        case Verdict.DUE_SOON, int(count), _:
            said = ngettext("due in {count} day", "due in {count} days", count)
        case Verdict.DONE_LATE, int(count), _:
            said = ngettext("done {count} day late", "done {count} days late", count)
        case Verdict.BEHIND, _, int(count):
            said = ngettext("behind by {count} point", "behind by {count} points", count)
        case _:
            return verdict_name(judged.verdict)
    return said.format(count=i18n.number(count))


def documented_verdict(standing: Standing) -> str:
    """Return how an item stands in words, and by which documents it is cancelled."""
    documents = "; ".join(map(clean, standing.judgement.documents))
    return ": ".join(filter(None, (verdict(standing), documents)))


def stale(judged: Judgement) -> str:
    """Return what is said of an item whose last report is too old; empty of any other."""
    days = judged.stale_after
    if days is None:
        return ""
    return ngettext("stale (over {count} day)", "stale (over {count} days)", days).format(
        count=i18n.number(days)
    )


def no_item(listing: "Listing") -> str:
    """Return why there is no item to list."""
    return _("No item matches.") if listing.total else _("The file has no items yet.")


def no_update(log: "Log") -> str:
    """Return why there is no entry of the history to show."""
    return _("No update matches.") if log.total else _("No updates yet.")


def forecast(day: date) -> str:
    """Return what stands above the overview of a day that is still to come."""
    return _("FORECAST for {day}, if nothing changes from today on").format(day=i18n.day(day))


def average_progress(tally: Tally) -> str:
    """Return the mean progress of the items counted, without those that are cancelled."""
    return "–" if tally.average_progress is None else percent(tally.average_progress)


def average(tally: Tally) -> str:
    """Return the mean progress of the items counted, and of how many it is the mean."""
    if tally.average_progress is None:
        return average_progress(tally)
    return _("{percent} of {total}").format(
        percent=average_progress(tally), total=i18n.number(tally.in_force)
    )


def start_of_another(standing: Standing) -> str:
    """Return the start of what has none of its own, and whose start it is."""
    day = i18n.day(standing.start)
    if standing.parent and standing.parent.start:
        return _("{day} (of {item})").format(day=day, item=standing.parent.id)
    return _("{day} (start of the term)").format(day=day)


def due(standing: Standing) -> str:
    """Return the day by which it is due, with a remark where that is not its own due date."""
    day = i18n.day(standing.due)
    if standing.item.due:
        return day
    if standing.parent and standing.parent.due:
        return _("{day} (of {item})").format(day=day, item=standing.parent.id)
    return _("{day} (end of the term)").format(day=day)


def pressing_milestones(count: int) -> str:
    """Return how many milestones are overdue or blocked."""
    said = ngettext(
        "{count} milestone is overdue or blocked",
        "{count} milestones are overdue or blocked",
        count,
    )
    return said.format(count=i18n.count(count))


def milestone(standing: Standing) -> str:
    """Return what an item is called, or a milestone with the item that it is of."""
    title, parent = clean(local(standing.item.title)), standing.parent
    if parent is None:
        return title
    return _("{title} (of {item}, {whole})").format(
        title=title, item=parent.id, whole=clean(local(parent.title))
    )


def due_remark(standings: Iterable[Standing]) -> str:
    """Return the remark on items that have no due date of their own; empty if all have one."""
    without = [each for each in standings if not each.item.due]
    items = [each for each in without if not each.parent]
    remarks = (_due_remark_of_items(items), _due_remark_of_milestones(len(without) - len(items)))
    return " ".join(filter(None, remarks))


def _due_remark_of_milestones(count: int) -> str:
    if not count:
        return ""
    said = ngettext(
        "{count} milestone has no due date of its own; that of its item is used instead.",
        "{count} milestones have no due date of their own; those of their items are used instead.",
        count,
    )
    return said.format(count=i18n.number(count))


def _due_remark_of_items(without: Sequence[Standing]) -> str:
    if not without:
        return ""
    said = ngettext(
        "{count} item has no due date yet; the end of the term, {day}, is used instead.",
        "{count} items have no due date yet; the end of the term, {day}, is used instead.",
        len(without),
    )
    return said.format(count=i18n.number(len(without)), day=i18n.day(without[0].due))


def in_force(tally: Tally) -> str:
    """Return how many items of a kind, or of all kinds, are not cancelled."""
    count = tally.in_force
    match tally.kind:
        case Kind.TASK:
            said = ngettext("{count} task", "{count} tasks", count)
        case Kind.BREAKTHROUGH:
            said = ngettext("{count} breakthrough", "{count} breakthroughs", count)
        case Kind.MILESTONE:
            said = ngettext("{count} milestone", "{count} milestones", count)
        case None:
            said = ngettext("{count} item", "{count} items", count)
    return said.format(count=i18n.number(count))


def period(value: Period | Term) -> str:
    """Return the first and the last day of a stretch of days."""
    return f"{i18n.day(value.start)} – {i18n.day(value.end)}"


def named_period(value: Period) -> str:
    """Return what a period is called, if it has a name, and its first and last day."""
    name = _period_name(value)
    return f"{name}, {period(value)}" if name else period(value)


def period_in_short(value: Period) -> str:
    """Return the first and last day of a period, behind its name where they do not show it."""
    is_of_calendar = value.months and value.start.day == 1
    is_named = value.part is TermPart.MIDDLE or (value.months and not is_of_calendar)
    return named_period(value) if is_named else period(value)


def _period_name(value: Period) -> str:
    """Return what a period is called, which `--period` takes too; empty if it has no name."""
    year, month = value.end.year, value.end.month  # those of its last month
    match value.months:
        case 0:
            return _(_PARTS[value.part]) if value.part else ""
        case 1:
            return _("month {month} of {year}").format(month=month, year=year)
        case 3:
            quarter = _QUARTERS[month // 3 - 1]
            return _("quarter {quarter} of {year}").format(quarter=quarter, year=year)
        case 6:
            half = (
                _("first half of {year}")
                if month == _FIRST_HALF_END
                else _("second half of {year}")
            )
            return half.format(year=year)
        case 9:
            return _("nine months of {year}").format(year=year)
        case _whole_year:
            return _("year {year}").format(year=year)


def period_name(value: Period) -> str:
    """Return what a period is called; of one without a name, from which day to which it is."""
    named = _period_name(value)
    return named or _("from {start} to {end}").format(
        start=i18n.day(value.start), end=i18n.day(value.end)
    )


def falling_due(stretch: Period, count: int) -> str:
    """Return how many items fall due in a stretch of days."""
    said = ngettext(
        "{count} item falls due from {start} to {end}",
        "{count} items fall due from {start} to {end}",
        count,
    )
    if not count:
        said = _("No item falls due from {start} to {end}")
    return said.format(
        count=i18n.count(count), start=i18n.day(stretch.start), end=i18n.day(stretch.end)
    )


def milestones_falling_due(stretch: Period, count: int) -> str:
    """Return how many milestones, one at least, fall due in a stretch of days."""
    said = ngettext(
        "{count} milestone falls due from {start} to {end}",
        "{count} milestones fall due from {start} to {end}",
        count,
    )
    return said.format(
        count=i18n.count(count), start=i18n.day(stretch.start), end=i18n.day(stretch.end)
    )


def not_over(until: date) -> str:
    """Return what is said of a period of which the days after `until` are still to come."""
    return _("The period is not over; this report covers it up to {day}.").format(
        day=i18n.day(until)
    )


def elapsed(figures: Report) -> str:
    """Return how much of the term has passed."""
    return _("{passed} of {total} days of the term have passed ({percent})").format(
        passed=i18n.number(figures.days_passed),
        total=i18n.number(figures.days_total),
        percent=percent(figures.share_passed),
    )
