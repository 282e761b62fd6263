"""The view of `tracker chase`: what the units are to be reminded of, ready to be sent to them.

Lines without a layout, which can be pasted into a message: a group of lines for each unit.
"""

from collections.abc import Callable, Iterator, Mapping

from resolution_cli import i18n
from resolution_cli.domain.model import Target
from resolution_cli.domain.period import Period
from resolution_cli.i18n import N_, _, ngettext
from resolution_cli.reports.chase import ChaseReport, Reason, Reminder, UnitReminders
from resolution_cli.views import words
from resolution_cli.views.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    capitalised,
)
from resolution_cli.views.texts import clean, local

REASONS: Mapping[Reason, str] = {
    Reason.OVERDUE: N_("Overdue"),
    Reason.BLOCKED: N_("Blocked"),
    Reason.DUE: N_("Soon due"),
    Reason.SILENT: N_("Without a recent report"),
    Reason.FIGURE: N_("Without a figure for the period"),
}
"""What is said above the reminders of each reason."""


def document(report: ChaseReport) -> Document:
    """Return a group of lines for each unit: what it is reminded of, the most pressing first."""
    header = report.header
    return Document(
        source=(clean(local(header.title)), _("As of {day}").format(day=i18n.day(report.as_of))),
        blocks=tuple(_blocks(report)),
        is_verbatim=True,
    )


def nothing(report: ChaseReport) -> str:
    """Return that nobody, or not the unit asked for, is to be reminded of anything."""
    if report.asked is None:
        return _("There is nothing to chase.")
    return _("There is nothing to chase of {unit}.").format(unit=clean(report.asked))


def _blocks(report: ChaseReport) -> Iterator[Block]:
    if not report.units:
        yield Paragraph(nothing(report))
    for group in report.units:
        name = clean(group.unit) if group.unit else capitalised(_("no lead unit"))
        yield Heading(1, f"{name}: {i18n.number(len(group.reminders))}")
        yield Paragraph(_opening(report, group), is_close=True)
        yield Bullets(tuple(line(each, report.period) for each in group.reminders))


def _opening(report: ChaseReport, group: UnitReminders) -> str:
    title, day = clean(local(report.header.title)), i18n.day(report.as_of)
    if group.unit is None:
        return _("{title}, as of {day}: no unit leads these:").format(day=day, title=title)
    said = _("{title}, as of {day}: please act on these, and report on them:")
    return said.format(day=day, title=title)


def line(reminder: Reminder, period: Period | None) -> str:
    """Return what is said of something in a message: first why it is in it, then what it is."""
    why = capitalised(_WHY[reminder.reason](reminder, period))
    what = _("{why}: {id}, {title}").format(why=why, id=reminder.entry.id, title=title_of(reminder))
    return "; ".join(filter(None, (what, detail(reminder))))


def title_of(reminder: Reminder) -> str:
    """Return the title of an item or target; of a milestone with that of its item."""
    if reminder.standing:
        return words.milestone(reminder.standing)
    return clean(local(reminder.entry.title))


def state(reminder: Reminder, period: Period | None) -> str:
    """Return why a unit is reminded of something, with days and dates, but without its title."""
    why = _WHY[reminder.reason](reminder, period)
    return "; ".join(filter(None, (why, detail(reminder))))


def detail(reminder: Reminder) -> str:
    """Return what is to be known beside the reason: when it is due, or the last figure."""
    if reminder.standing:
        return _("due {day}").format(day=words.due(reminder.standing))
    if last := reminder.last_figure:
        from resolution_cli.views import target_words  # noqa: PLC0415  # few files have targets

        assert isinstance(reminder.entry, Target)  # noqa: S101  # only targets have figures
        figure = target_words.with_unit(reminder.entry, i18n.figure(last.value))
        return _("last: {figure} of {day}").format(figure=figure, day=i18n.day(last.on))
    return ""


def _overdue(reminder: Reminder, _period: Period | None) -> str:
    days = reminder.days or 0
    said = ngettext("overdue by {count} day", "overdue by {count} days", days)
    return said.format(count=i18n.number(days))


def _blocked(reminder: Reminder, _period: Period | None) -> str:
    entry = reminder.standing.judgement.blocked_by if reminder.standing else None
    if entry and entry.note:
        return _("blocked ({note})").format(note=clean(entry.note).rstrip("."))
    return _("blocked")


def _due(reminder: Reminder, _period: Period | None) -> str:
    days = reminder.days or 0
    if not days:
        return _("due today")
    return ngettext("due in {count} day", "due in {count} days", days).format(
        count=i18n.number(days)
    )


def _silent(reminder: Reminder, _period: Period | None) -> str:
    if reminder.last_report is None:
        return _("never reported on")
    return _("no report since {day}").format(day=i18n.day(reminder.last_report))


def _figure(_reminder: Reminder, period: Period | None) -> str:
    if period is None:
        return _("no figure in the period")
    return _("no figure for {period}").format(period=words.period_name(period))


_WHY: Mapping[Reason, Callable[[Reminder, Period | None], str]] = {
    Reason.OVERDUE: _overdue,
    Reason.BLOCKED: _blocked,
    Reason.DUE: _due,
    Reason.SILENT: _silent,
    Reason.FIGURE: _figure,
}
"""What is said of each reason."""
