"""Deadlines as a calendar (RFC 5545): an all-day event for each item and milestone that is open.

Only a due date of its own makes an event: that of the term or of an item is no milestone's own. An
event keeps its UID whatever becomes of its due date, and its SEQUENCE grows with its history, so
that a calendar that has it moves it.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time

from icalendar import Calendar, Event, vText

from resolution_cli.domain.model import Header
from resolution_cli.i18n import _
from resolution_cli.matching import key_of
from resolution_cli.reports.chase import ChaseReport
from resolution_cli.reports.listing import Listing
from resolution_cli.reports.standing import Standing
from resolution_cli.views import words
from resolution_cli.views.texts import clean, local

_PRODUCT = "-//resolution-tracker//tracker//EN"
_DOMAIN = "resolution-tracker"
"""What ends the UIDs: a name that is not that of a computer, which may change."""


def listing(found: Listing) -> bytes:
    """Return the deadlines of the items and milestones listed that are open."""
    return _calendar(found.header, found.standings, found.as_of)


def chase(found: ChaseReport) -> bytes:
    """Return the deadlines of the items and milestones that units are to be reminded of."""
    reminders = [each for group in found.units for each in group.reminders]
    standings = [each.standing for each in reminders if each.standing]
    return _calendar(found.header, standings, found.as_of)


def _calendar(header: Header, standings: Iterable[Standing], day: date) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # As a text: releases of the library take a name of one's own for different types.
    calendar.add("x-wr-calname", vText(clean(local(header.title))))
    for event in _events(header, standings, day):
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _events(header: Header, standings: Iterable[Standing], day: date) -> Iterator[Event]:
    for standing in standings:
        item = standing.item
        if not (item.is_open and item.due):
            continue
        event = Event()
        event.add("uid", f"{item.id.lower()}.{_resolution_id(header)}@{_DOMAIN}")
        # The day, not the moment: the same deadlines are the same file, and no clock is read.
        event.add("dtstamp", datetime.combine(day, time(), UTC))
        event.add("sequence", sum(1 + len(each.amended) for each in standing.updates))
        event.add("dtstart", item.due)
        event.add("summary", _summary(standing))
        event.add("description", "\n".join(_description(header, standing)))
        event.add("transp", "TRANSPARENT")  # whoever has a deadline is not away on that day
        yield event


def _resolution_id(header: Header) -> str:
    """Return the id of the resolution; without one its term, which a title may outlive."""
    if header.id:
        return key_of(header.id)
    return f"{header.term.start.isoformat()}-{header.term.end.isoformat()}"


def _summary(standing: Standing) -> str:
    said = _("Due: {id}, {title}")
    return said.format(id=standing.item.id, title=clean(local(standing.item.title)))


def _description(header: Header, standing: Standing) -> Iterator[str]:
    """Yield what is said of a deadline: whose it is, how it stands, of which resolution."""
    if standing.parent:
        title = clean(local(standing.parent.title))
        yield _("Of {id}, {title}").format(id=standing.parent.id, title=title)
    lead = _("Lead unit: {unit}")
    yield lead.format(unit=clean(standing.lead)) if standing.lead else _("No lead unit yet")
    if standing.item.product:
        yield _("Product: {product}").format(product=clean(standing.item.product))
    yield _("State: {state}").format(state=words.verdict(standing))
    yield clean(local(header.title))
