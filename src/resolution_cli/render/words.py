"""The words, on a screen or a page, of what the file holds: statuses, verdicts, texts, numbers."""

import unicodedata
from datetime import date

from resolution_cli import i18n
from resolution_cli.events import EventKind
from resolution_cli.model import Cause, Kind, Status, Text, Translations
from resolution_cli.pace import Pace, Unjudged
from resolution_cli.report import Standing
from resolution_cli.verdict import Outcome, Verdict

KIND = {Kind.TASK: "task", Kind.BREAKTHROUGH: "breakthrough"}
KINDS = {Kind.TASK: "tasks", Kind.BREAKTHROUGH: "breakthroughs", None: "all"}
STATUS = {
    Status.NOT_STARTED: "not started",
    Status.IN_PROGRESS: "in progress",
    Status.BLOCKED: "blocked",
    Status.DONE: "done",
}
VERDICT = {
    Verdict.OVERDUE: "overdue",
    Verdict.BLOCKED: "blocked",
    Verdict.BEHIND: "behind",
    Verdict.DUE_SOON: "due soon",
    Verdict.UNREPORTED: "unreported",
    Verdict.ON_TRACK: "on track",
    Verdict.DONE_LATE: "done late",
    Verdict.DONE_ON_TIME: "done on time",
}
OUTCOME = {
    Outcome.DONE_ON_TIME: "done on time",
    Outcome.DONE_LATE: "done late",
    Outcome.NOT_DONE_IN_TIME: "not done, in time",
    Outcome.NOT_DONE_OVERDUE: "not done, overdue",
}
EVENT = {
    EventKind.FINISHED_ON_TIME: "Finished on time",
    EventKind.FINISHED_LATE: "Finished late",
    EventKind.REOPENED: "Reopened",
    EventKind.BECAME_OVERDUE: "Became overdue",
    EventKind.BLOCKED: "Became blocked",
    EventKind.FREED: "No longer blocked",
    EventKind.DEADLINE_MOVED: "Deadlines moved",
}
UNJUDGED = {
    Unjudged.TOO_FEW_UPDATES: "cannot be judged: too few updates",
    Unjudged.NO_PROGRESS: "cannot be judged: no progress yet",
    Unjudged.TOO_SLOW: "cannot be judged: too slow to end",
}
CAUSE = {Cause.OBJECTIVE: "objective cause", Cause.SUBJECTIVE: "subjective cause"}
FACT = {
    "status": "status",
    "progress": "progress",
    "done_on": "done on",
    "due": "due",
    "lead": "lead unit",
    "partners": "partner units",
    "product": "product",
    "tags": "tags",
}
"""What each fact that an update can change is called."""

ABSENT = {
    "done_on": "not done yet",
    "due": "no due date of its own",
    "lead": "no lead unit yet",
    "partners": "no partner units yet",
    "product": "no product yet",
    "tags": "no tags",
}
"""What is said in the place of a fact that the file does not have."""

_CONTROL_PICTURES = 0x2400
_DELETE = 0x7F
_JOINERS = "\u200c\u200d"  # they hold letters and emoji together, and do no harm


def local(text: Text | None) -> str:
    """Return `text` in the active language, or in another one if it has none in that; empty for no text."""
    if isinstance(text, Translations):
        return getattr(text, i18n.language()) or text.texts()[0]
    return text or ""


def clean(text: str) -> str:
    """Return `text` safe to show on one line: no control character, no order to write from right to left, gets through.

    An escape becomes "␛", a line's end a space; what has no picture becomes "�".
    """
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in " ".join(text.splitlines()).replace("\t", " "))


def _shown(character: str) -> str:
    code = ord(character)
    if code < ord(" "):
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return "␡"
    is_plain = character.isprintable() or unicodedata.category(character) == "Zs" or character in _JOINERS
    return character if is_plain else "�"


def percent(value: float) -> str:
    """Return a percentage in figures: whole if it is, else with one decimal."""
    return f"{value:.0f} %" if value == round(value) else f"{value:.1f} %"


def fact(name: str, value: object) -> str:
    """Return the value of the fact `name` in words; what is absent says so."""
    if value is None:
        return {"status": STATUS[Status.NOT_STARTED], "progress": percent(0)}.get(name) or ABSENT[name]
    if isinstance(value, Status):
        return STATUS[value]
    if isinstance(value, date):
        return i18n.day(value)
    if isinstance(value, int):
        return percent(value)
    return "; ".join(map(clean, value)) if isinstance(value, tuple) else clean(str(value))


def verdict(standing: Standing) -> str:
    """Return how an item stands in words, with its days or points."""
    judged = standing.judgement
    match judged.verdict, judged.days:
        case Verdict.OVERDUE, int(days):
            return f"overdue by {_days(days)}"
        case Verdict.DUE_SOON, int(days):
            return f"due in {_days(days)}" if days else "due today"
        case Verdict.DONE_LATE, int(days):
            return f"done {_days(days)} late"
        case Verdict.BEHIND, _:
            return f"behind by {judged.points} points"
    return VERDICT[judged.verdict]


def finish(measured: Pace) -> str:
    """Return the day to which the pace of an item leads, or why that cannot be judged."""
    return UNJUDGED[measured.unjudged] if measured.unjudged else i18n.day(measured.finish or date.max)


def pace(measured: Pace) -> str:
    """Return where an item is against its plan, and where that leads."""
    where = f"{percent(measured.actual)} where {percent(round(measured.expected))} are expected"
    if measured.unjudged:
        return f"{where}; the rest {UNJUDGED[measured.unjudged]}"
    return f"{where}; at this pace done on {finish(measured)}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
