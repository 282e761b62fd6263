"""What an office must mend before it reports. Pure.

Errors are where the plan and the history of a readable file disagree; what keeps a file from being
read is `storage`'s. The advice follows the "6 rõ" rule: clear person, work, time, responsibility,
product, authority.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from resolution_cli import i18n
from resolution_cli.domain.check_entries import entry_errors
from resolution_cli.domain.history import ItemHistory, histories
from resolution_cli.domain.model import (
    COMPLETE,
    FACTS,
    STATE_FACTS,
    Resolution,
    Settings,
    Status,
    Update,
    effective,
)
from resolution_cli.domain.verdict import Verdict, judgement
from resolution_cli.errors import Problem
from resolution_cli.i18n import _, ngettext
from resolution_cli.shell import command_line

_FILL_IN = "…"
"""Stands in a command for what only the office knows; no option takes it for a value."""

_Place = tuple[str, int]


def errors(resolution: Resolution, today: date) -> Iterator[Problem]:
    """Yield what is wrong on `today`, with the command that settles it or what to correct in the file."""
    yield from entry_errors(resolution, today)
    for place, history in _placed(resolution, today):
        yield from _impossible_days(place, history)
        yield from _unrecorded_assignments(place, history)
        yield from _state_errors(place, history)


def advice(resolution: Resolution, today: date) -> Iterator[Problem]:
    """Yield what is missing or doubtful on `today`, with the command that adds it."""
    settings = resolution.header.settings
    for place, history in _placed(resolution, today):
        for key, message, options in (*_gaps(history), *_doubts(history, settings)):
            yield Problem((*place, key), history.item.id, key, message, _update(history, *options))


def _placed(resolution: Resolution, today: date) -> Iterator[tuple[_Place, ItemHistory]]:
    known = histories(resolution, today)
    for place, item in resolution.placed_items:
        yield place, known[item.id.lower()]


def _update(history: ItemHistory, *options: str) -> str:
    return command_line("tracker", "update", history.item.id, *options)


def _gaps(history: ItemHistory) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield key, message and options for what the plan of an item leaves open."""
    item, term = history.item, history.term
    if not item.lead:
        yield "lead", _("no lead unit"), ("--lead", _FILL_IN)
    if not item.product:
        yield "product", _("no product"), ("--product", _FILL_IN)
    if not item.due:
        yield "due", _("no due date of its own"), ("--due", _FILL_IN)
    elif not term.start <= item.due <= term.end:
        message = _("{day} is outside the term, {start} to {end}").format(
            day=i18n.day(item.due), start=i18n.day(term.start), end=i18n.day(term.end)
        )
        yield "due", message, ("--due", _FILL_IN)


def _doubts(history: ItemHistory, settings: Settings) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield key, message and options for what a reader of the report will ask about an item."""
    item, updates, today = history.item, history.updates, history.today
    judged = judgement(history, settings, today)
    if not history.recorded.keys() & set(STATE_FACTS) and item.present_status in (
        Status.IN_PROGRESS,
        Status.BLOCKED,
    ):
        message = _("the history has no entry for this status")
        yield (
            "status",
            message,
            ("--status", item.present_status, "--progress", str(item.present_progress)),
        )
    if item.present_progress == COMPLETE and not item.is_done:
        yield "progress", _("progress is 100%, but the status is not done"), ("--status", "done")
    if item.is_done and not any(update.evidence for update in updates):
        yield "status", _("done without evidence"), ("--evidence", _FILL_IN)
    if judged.verdict is Verdict.OVERDUE and not _has_cause_after(
        updates, item.due or history.term.end
    ):
        days = judged.days or 0
        message = ngettext(
            "overdue by {count} day, no cause given",
            "overdue by {count} days, no cause given",
            days,
        ).format(count=i18n.number(days))
        yield "due", message, ("--cause", _FILL_IN, "--note", _FILL_IN)
    if judged.verdict is Verdict.BLOCKED and not judged.cause:
        yield "status", _("blocked, no cause given"), ("--cause", _FILL_IN, "--note", _FILL_IN)
    if judged.is_stale:
        days = (today - max(update.on for update in updates if update.is_report)).days
        message = ngettext(
            "its last report was {count} day ago", "its last report was {count} days ago", days
        )
        yield "status", message.format(count=i18n.number(days)), ("--note", _FILL_IN)


def _has_cause_after(updates: Sequence[Update], due: date) -> bool:
    return any(update.cause for update in updates if update.on > due)


def _impossible_days(place: _Place, history: ItemHistory) -> Iterator[Problem]:
    """Yield the start of an item that lies outside the term."""
    item, term = history.item, history.term
    if item.start and not term.start <= item.start <= term.end:
        message = _("{day} is outside the term, {start} to {end}").format(
            day=i18n.day(item.start), start=i18n.day(term.start), end=i18n.day(term.end)
        )
        hint = _(
            "Correct the date in the file, or delete the line; then the start of the term counts."
        )
        yield Problem((*place, "start"), item.id, "start", message, hint)


def _unrecorded_assignments(place: _Place, history: ItemHistory) -> Iterator[Problem]:
    """Yield the units, dates, products and tags that someone changed by hand, each with what records it."""
    for name in FACTS:
        if name not in STATE_FACTS and history.is_changed_by_hand(name):
            command = _update(
                history, *_recording(name, effective(name, getattr(history.item, name)))
            )
            yield Problem(
                (*place, name), history.item.id, name, _difference(history, name), command
            )


def _recording(name: str, value: object) -> Iterator[str]:
    """Yield the options of the update that records `value`, which the plan has, of the fact `name`."""
    if value is None:
        yield from ("--clear", name)
        return
    option = FACTS[name].option
    for part in map(str, value if isinstance(value, tuple) else [value]):
        # Behind an equals sign, a text that begins with a hyphen is a text.
        yield from [f"{option}={part}"] if part.startswith("-") else (option, part)


def _difference(history: ItemHistory, name: str) -> str:
    return _("found {value}, but the history's latest value is {last}").format(
        value=_shown(effective(name, getattr(history.item, name))),
        last=_shown(effective(name, history.recorded_value(name))),
    )


def _state_errors(place: _Place, history: ItemHistory) -> Iterator[Problem]:
    """Yield what is wrong with status, progress and day of completion, as one error: one command settles it."""
    found = dict(_contradictions(history))
    for name in STATE_FACTS:
        if name in history.recorded and history.is_changed_by_hand(name):
            found.setdefault(name, _difference(history, name))
    if history.item.is_done and "status" not in history.recorded:
        found.setdefault("status", _("done, but the history has no entry for it"))
    if found:
        (key, message), *others = found.items()
        messages = "; ".join([message, *(f"{name}: {text}" for name, text in others)])
        can_settle = history.start <= history.today
        hint = _settling(history) if can_settle else _("Correct its start in the file first.")
        yield Problem((*place, key), history.item.id, key, messages, hint)


def _contradictions(history: ItemHistory) -> Iterator[tuple[str, str]]:
    """Yield the key and message of each fact of an item that cannot be true beside the others."""
    item, start, today = history.item, history.start, history.today
    is_done = item.is_done
    if item.present_status is Status.NOT_STARTED and item.present_progress:
        yield (
            "status",
            _("not-started, but its progress is {progress}%").format(
                progress=item.present_progress
            ),
        )
    if is_done and item.present_progress != COMPLETE:
        yield (
            "progress",
            _("done, but its progress is {progress}%").format(progress=item.present_progress),
        )
    if item.done_on is None:
        if is_done:
            yield (
                "done_on",
                _("done, but without a day of completion: add --done-on if the day is known"),
            )
    elif not is_done:
        message = _("has a day of completion, but its status is {status}")
        yield "done_on", message.format(status=item.present_status)
    elif item.done_on > today:
        yield "done_on", _("{day} is in the future").format(day=i18n.day(item.done_on))
    elif item.done_on < start:
        message = _(
            "the day of completion, {day}, is before the start, {start}: give the right day with --done-on"
        )
        yield "done_on", message.format(day=i18n.day(item.done_on), start=i18n.day(start))


def _settling(history: ItemHistory) -> str:
    """Return the update that records status, progress and day of completion as the plan has them.

    Where these contradict each other, what someone changed by hand is taken as meant.
    """
    item = history.item
    was_done = history.recorded_value("status") is Status.DONE
    known = history.recorded_value("done_on")
    is_done = item.is_done
    is_new_day = (
        item.done_on is not None and item.done_on != known and _is_possible(history, item.done_on)
    )
    if is_done and was_done and item.present_progress != COMPLETE and not is_new_day:
        return _update(history, "--status", "in-progress", "--progress", str(item.present_progress))
    if is_done or is_new_day:
        return _update(history, "--status", "done", *_completion_day(history))
    status, progress = item.present_status, item.present_progress
    if status is Status.NOT_STARTED and progress:
        status = Status.IN_PROGRESS
    return _update(history, "--status", status, "--progress", str(progress))


def _completion_day(history: ItemHistory) -> Sequence[str]:
    """Return the option for the day of completion: the plan's, or the history's, or today where neither is possible."""
    item, recorded = history.item, history.recorded_value("done_on")
    for day in (item.done_on, recorded):
        if isinstance(day, date) and _is_possible(history, day):
            return "--done-on", day.isoformat()
    return ("--done-on", history.today.isoformat()) if item.done_on or recorded else ()


def _is_possible(history: ItemHistory, done_on: date) -> bool:
    first = max(history.start, history.reopened_on or date.min)
    return first <= done_on <= history.today


def _shown(value: object) -> str:
    if value is None:
        return _("nothing")
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
