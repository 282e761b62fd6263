"""The letter (công văn) that reminds one unit of what `tracker chase` finds."""

from collections.abc import Iterator

from resolution_cli import i18n
from resolution_cli.i18n import _, ngettext
from resolution_cli.reports.chase import ChaseReport, Reason, UnitReminders
from resolution_cli.views import chase
from resolution_cli.views.document import Block, Bullets, Document, Heading, Paragraph, capitalised
from resolution_cli.views.letter import reminder
from resolution_cli.views.prose import sentence
from resolution_cli.views.texts import clean, local


def document(report: ChaseReport) -> Document:
    """Return the letter to the one unit of the report, which is to be reminded of something."""
    [group] = report.units
    unit, title = clean(group.unit or ""), clean(local(report.header.title))
    what = _("reminder of the implementation of {title}").format(title=title)
    return Document(
        title=capitalised(what),
        subtitle=(_("As of {day}").format(day=i18n.day(report.as_of)),),
        blocks=(
            Paragraph(_opening(report, unit, title, len(group.reminders))),
            *_groups(report, group),
            Paragraph(_request(report, unit)),
        ),
        letter=reminder(report.texts, what, unit, report.as_of, report.template),
        made_on=report.as_of,
    )


def _opening(report: ChaseReport, unit: str, title: str, count: int) -> str:
    said = ngettext(
        "As of {day}, {count} piece of work of {title} that {unit} leads needs attention:",
        "As of {day}, {count} pieces of work of {title} that {unit} leads need attention:",
        count,
    )
    day = i18n.day(report.as_of)
    return said.format(day=day, count=i18n.count(count), title=title, unit=unit)


def _groups(report: ChaseReport, group: UnitReminders) -> Iterator[Block]:
    """Yield what the unit is reminded of, by the reason."""
    number = 0
    for reason in Reason:
        found = [each for each in group.reminders if each.reason is reason]
        if found:
            number += 1
            head = f"{_(chase.REASONS[reason])} ({i18n.count(len(found))})"
            yield Heading(2, head, label=str(number))
            yield Bullets(
                tuple(
                    sentence(
                        _("{id}, {title}: {state}").format(
                            id=each.entry.id,
                            title=chase.title_of(each),
                            state=chase.state(each, report.period),
                        )
                    )
                    for each in found
                )
            )


def _request(report: ChaseReport, unit: str) -> str:
    """Return what the unit is asked to do; by which day, is the office's to fill in."""
    office = clean(local(report.texts.committee))
    day = _("…/…/20…")
    if office:
        said = _(
            "{unit} is asked to carry out this work without delay and to send {office}, before "
            "{day}, its results and figures; of what is overdue or blocked also the causes and the "
            "day of completion."
        )
        return said.format(unit=unit, office=office, day=day)
    said = _(
        "{unit} is asked to carry out this work without delay and to send, before {day}, its "
        "results and figures; of what is overdue or blocked also the causes and the day of "
        "completion."
    )
    return said.format(unit=unit, day=day)
