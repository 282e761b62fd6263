"""Words of what a period brought, and of the pace of an item."""

from collections.abc import Iterator, Sequence
from datetime import date

from resolution_cli import i18n
from resolution_cli.domain.events import EventKind
from resolution_cli.domain.pace import Pace, Unjudged
from resolution_cli.i18n import N_, _
from resolution_cli.reports.period import Flow
from resolution_cli.views.words import percent

_EVENT = {
    EventKind.FINISHED_ON_TIME: N_("Finished on time"),
    EventKind.FINISHED_LATE: N_("Finished late"),
    EventKind.CANCELLED: N_("Cancelled"),
    EventKind.REOPENED: N_("Reopened"),
    EventKind.BECAME_OVERDUE: N_("Became overdue"),
    EventKind.BLOCKED: N_("Became blocked"),
    EventKind.FREED: N_("No longer blocked"),
    EventKind.DEADLINE_MOVED: N_("Deadlines moved"),
}
_UNJUDGED = {
    Unjudged.TOO_FEW_UPDATES: N_("too few updates"),
    Unjudged.NO_PROGRESS: N_("no progress yet"),
    Unjudged.TOO_SLOW: N_("too slow to forecast"),
}


def event(value: EventKind) -> str:
    """Return the heading of the events of this kind."""
    return _(_EVENT[value])


def flow(figures: Sequence[Flow]) -> list[tuple[str, list[int]]]:
    """Return the steps of the sums from what was not done before a period to that at its end.

    A step that no sum has is left out, but for those that every report names.
    """
    steps = [
        (_("not done before the period"), True, [each.open_before for each in figures]),
        *_closing(figures),
        (_("+ reopened"), True, [each.events[EventKind.REOPENED] for each in figures]),
        (_("+ added to the plan"), False, [each.added for each in figures]),
        (
            _("± changed by hand, see `tracker check`"),
            False,
            [each.unrecorded for each in figures],
        ),
        (_("= not done at the end"), True, [each.open_after for each in figures]),
    ]
    return [(name, counts) for name, is_usual, counts in steps if is_usual or any(counts)]


def _closing(figures: Sequence[Flow]) -> Iterator[tuple[str, bool, list[int]]]:
    names = (
        (EventKind.FINISHED_ON_TIME, _("− finished on time"), True),
        (EventKind.FINISHED_LATE, _("− finished late"), True),
        (EventKind.CANCELLED, _("− cancelled"), False),
    )
    for kind, name, is_usual in names:
        yield name, is_usual, [each.events[kind] for each in figures]


def finish(measured: Pace) -> str:
    """Return the day to which the pace of an item leads, or why that cannot be judged."""
    return (
        _(_UNJUDGED[measured.unjudged])
        if measured.unjudged
        else i18n.day(measured.finish or date.max)
    )


def pace(measured: Pace) -> str:
    """Return where an item is against its plan, and where that leads."""
    where = _("{actual} where {expected} are expected").format(
        actual=percent(measured.actual), expected=percent(measured.expected)
    )
    if measured.unjudged:
        return _("{where}; no forecast: {unjudged}").format(where=where, unjudged=finish(measured))
    return _("{where}; at this pace done on {day}").format(where=where, day=finish(measured))
