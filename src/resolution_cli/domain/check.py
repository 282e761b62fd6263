"""The problems of a readable file that an office should correct before it reports.

Errors are contradictions between the plan and the history; errors that keep a file from being read
are found by `storage`. The advice follows the "6 rõ" rule: clear person, work, time,
responsibility, product, authority.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from resolution_cli import i18n
from resolution_cli.domain.check_entries import entry_errors
from resolution_cli.domain.check_units import unit_advice
from resolution_cli.domain.histories import histories, with_milestones
from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import (
    COMPLETE,
    FACTS,
    ITEM_FACTS,
    STATE_FACTS,
    Place,
    Resolution,
    Settings,
    Status,
    Term,
    Update,
    effective,
)
from resolution_cli.domain.units import UNIT_FACTS, Units, units_of
from resolution_cli.domain.verdict import Verdict, judgement
from resolution_cli.errors import Problem
from resolution_cli.i18n import _, ngettext
from resolution_cli.shell import command_line

_FILL_IN = "…"
"""Placeholder in a command for a value that only the office knows; every option refuses it."""


def errors(resolution: Resolution, today: date) -> Iterator[Problem]:
    """Yield the errors on `today`; the hint is the command or the correction that settles each."""
    yield from entry_errors(resolution, today)
    units = units_of(resolution)
    for place, history in _placed(resolution, today):
        yield from _start_errors(place, history)
        yield from _unrecorded_assignments(place, history, units)
        yield from _state_errors(place, history)
    if resolution.targets:
        from resolution_cli.domain.check_targets import target_errors  # noqa: PLC0415  # few files

        yield from target_errors(resolution, today)


def advice(resolution: Resolution, today: date) -> Iterator[Problem]:
    """Yield what is missing or doubtful on `today`; the hint is the command that adds it."""
    settings = resolution.header.settings
    for place, history in _placed(resolution, today):
        found = (
            _doubts_about_cancelled(history)
            if history.item.is_cancelled
            else (*_gaps(history), *_doubts(history, settings))
        )
        for key, message, options in found:
            command = _update_command(history, *options)
            yield Problem((*place, key), history.item.id, key, message, command)
    if resolution.targets:
        from resolution_cli.domain.check_targets import target_advice  # noqa: PLC0415  # as above

        yield from target_advice(resolution, today)
    if resolution.reports:
        yield from _doubts_about_reports(resolution)
    yield from unit_advice(resolution)


def _doubts_about_reports(resolution: Resolution) -> Iterator[Problem]:
    """Yield where the head of the report of a period may be that of another."""
    from resolution_cli.domain.report_texts import all_doubts  # noqa: PLC0415  # as above

    for name, doubt in all_doubts(resolution):
        is_own = getattr(resolution.reports[name], doubt.key) is not None
        place: Place = ("reports", name, *([doubt.key] if is_own else []))
        yield Problem(place, f'[reports."{name}"]', doubt.key, doubt.message, doubt.hint)


def without_cause(resolution: Resolution, day: date, today: date) -> Iterator[str]:
    """Yield the ids of the items and milestones for which `advice` would ask for a cause on `day`.

    The plan stands on `today`.
    """
    settings = resolution.header.settings
    for _place, history in _placed(resolution, today):
        if history.is_in_plan(day) and _lacks_cause(history, settings, day):
            yield history.item.id


def _placed(resolution: Resolution, today: date) -> Iterator[tuple[Place, ItemHistory]]:
    """Yield the history of each item, with the place of the item in the file."""
    known = with_milestones(histories(resolution, today))
    for place, item in resolution.placed_items:
        yield place, known[item.id.lower()]


def _update_command(history: ItemHistory, *options: str) -> str:
    return command_line("tracker", "update", history.item.id, *options)


def _gaps(history: ItemHistory) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield key, message and options of `update` for each fact that the plan of an item lacks."""
    item, term = history.item, history.term
    if history.parent:
        yield from _gaps_of_milestone(history, history.parent)
        return
    if not item.lead:
        yield "lead", _("no lead unit"), ("--lead", _FILL_IN)
    if not item.product:
        yield "product", _("no product"), ("--product", _FILL_IN)
    if not item.due:
        yield "due", _("no due date of its own"), ("--due", _FILL_IN)
    elif not term.start <= item.due <= term.end:
        yield "due", _outside_term(item.due, term), ("--due", _FILL_IN)


def _gaps_of_milestone(
    history: ItemHistory, parent: ItemHistory
) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield what `_gaps` yields of a milestone: lead and product may be those of its item."""
    due, term = history.item.due, history.term
    if due and not term.start <= due <= term.end:
        yield "due", _outside_term(due, term), ("--due", _FILL_IN)
    elif due and parent.item.due and due > parent.item.due:
        message = _("due on {day}, after its item, which is due on {due}").format(
            day=i18n.day(due), due=i18n.day(parent.item.due)
        )
        yield "due", message, ("--due", _FILL_IN)


def _doubts(history: ItemHistory, settings: Settings) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield key, message and options of `update` for what a reader of the report may question."""
    follows = bool(history.in_force(history.today))
    if not follows:
        yield from _doubts_about_status(history)
    judged = judgement(history, settings, history.today)
    add_cause = ("--cause", _FILL_IN, "--note", _FILL_IN)
    lacks_cause = _lacks_cause(history, settings, history.today)
    if lacks_cause and judged.verdict is Verdict.OVERDUE:
        days = judged.days or 0
        message = ngettext(
            "overdue by {count} day, no cause given",
            "overdue by {count} days, no cause given",
            days,
        )
        yield "due", message.format(count=i18n.number(days)), add_cause
    if lacks_cause and judged.verdict is Verdict.BLOCKED:
        yield "status", _("blocked, no cause given"), add_cause
    last_report = history.last_report(history.today)
    if judged.is_stale and last_report:
        days = (history.today - last_report).days
        message = ngettext(
            "its last report was {count} day ago", "its last report was {count} days ago", days
        )
        yield "status", message.format(count=i18n.number(days)), ("--note", _FILL_IN)


def _lacks_cause(history: ItemHistory, settings: Settings, day: date) -> bool:
    """Say whether an item is overdue or blocked on `day` and no entry up to it gives a cause."""
    judged = judgement(history, settings, day)
    if judged.verdict is Verdict.OVERDUE:
        updates = [each for each in history.all_updates if each.on <= day]
        return not _has_cause_after(updates, history.due_on(day))
    follows = bool(history.in_force(day))  # then the milestone that is blocked lacks it
    return judged.verdict is Verdict.BLOCKED and not judged.cause and not follows


def _doubts_about_cancelled(history: ItemHistory) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield what `_doubts` yields of a cancelled item: nobody owes anything of it but the document.

    One that the history does not have as cancelled is an error, whose command asks for it too.
    """
    judged = judgement(history, Settings(), history.today)
    if judged.cancelled_on and not judged.documents:
        yield "status", _("cancelled without evidence"), ("--evidence", _FILL_IN)


def _doubts_about_status(history: ItemHistory) -> Iterator[tuple[str, str, Sequence[str]]]:
    status, progress = history.item.present_status, history.item.present_progress
    is_under_way = status in (Status.IN_PROGRESS, Status.BLOCKED)
    if is_under_way and history.recorded.keys().isdisjoint(STATE_FACTS):
        at = ("--progress", str(progress)) if "progress" in history.item.fact_names else ()
        options = ("--status", status, *at)
        yield "status", _("the history has no entry for this status"), options
    if progress == COMPLETE and status is not Status.DONE:
        yield "progress", _("progress is 100%, but the status is not done"), ("--status", "done")
    if status is Status.DONE and not any(update.evidence for update in history.updates):
        yield "status", _("done without evidence"), ("--evidence", _FILL_IN)


def _has_cause_after(updates: Sequence[Update], due: date) -> bool:
    return any(update.cause for update in updates if update.on > due)


def _start_errors(place: Place, history: ItemHistory) -> Iterator[Problem]:
    """Yield an error if the item starts outside the term, or enters the plan in the future."""
    item, term = history.item, history.term
    if item.added and item.added > history.today:
        message = _("{day} is in the future").format(day=i18n.day(item.added))
        hint = _(
            "Correct the date in the file, or delete the line; then it always was in the plan."
        )
        yield Problem((*place, "added"), item.id, "added", message, hint)
    if item.start and not term.start <= item.start <= term.end:
        message = _outside_term(item.start, term)
        hint = _(
            "Correct the date in the file, or delete the line; then the start of the term counts."
        )
        yield Problem((*place, "start"), item.id, "start", message, hint)


def _outside_term(day: date, term: Term) -> str:
    return _("{day} is outside the term, {start} to {end}").format(
        day=i18n.day(day), start=i18n.day(term.start), end=i18n.day(term.end)
    )


def _unrecorded_assignments(place: Place, history: ItemHistory, units: Units) -> Iterator[Problem]:
    """Yield the units, due date, product and tags that someone changed by hand.

    The hint is the command that records each. Another spelling of a unit is no change.
    """
    for name in ITEM_FACTS:
        if name not in STATE_FACTS and history.is_changed_by_hand(name):
            value = effective(name, getattr(history.item, name))
            if name in UNIT_FACTS and units.are_same(value, history.recorded_value(name)):
                continue
            command = _update_command(history, *_recording_options(name, value))
            message = _difference(history, name)
            yield Problem((*place, name), history.item.id, name, message, command)


def _recording_options(name: str, value: object) -> Iterator[str]:
    """Yield the options of `update` that record `value` as the fact `name`."""
    if value is None:
        yield from ("--clear", name)
        return
    option = FACTS[name].option
    for part in map(str, value if isinstance(value, tuple) else [value]):
        # After an equals sign, a text that begins with a hyphen is not taken for an option.
        yield from [f"{option}={part}"] if part.startswith("-") else (option, part)


def _difference(history: ItemHistory, name: str) -> str:
    return _("found {value}, but the history's latest value is {last}").format(
        value=_shown(effective(name, getattr(history.item, name))),
        last=_shown(effective(name, history.recorded_value(name))),
    )


def _state_errors(place: Place, history: ItemHistory) -> Iterator[Problem]:
    """Yield the errors of status, progress and day of completion as one: one command settles them.

    The three depend on each other, so three commands would each be refused.
    """
    messages = dict(_contradictions(history))
    for name in history.item.fact_names:
        is_of_state = name in STATE_FACTS and name in history.recorded
        if is_of_state and history.is_changed_by_hand(name):
            messages.setdefault(name, _difference(history, name))
    if "status" not in history.recorded and not history.item.is_open:
        message = (
            _("done, but the history has no entry for it")
            if history.item.is_done
            else _("cancelled, but the history has no entry for it")
        )
        messages.setdefault("status", message)
    if messages:
        (key, message), *others = messages.items()
        text = "; ".join([message, *(f"{name}: {other}" for name, other in others)])
        can_settle = history.start <= history.today
        hint = _settling(history) if can_settle else _("Correct its start in the file first.")
        if history.in_force(history.today):
            hint = _settling_above_milestones(history)
        yield Problem((*place, key), history.item.id, key, text, hint)


def _contradictions(history: ItemHistory) -> Iterator[tuple[str, str]]:
    """Yield key and message of each fact of an item that contradicts the others."""
    status, progress = history.item.present_status, history.item.present_progress
    if status is Status.NOT_STARTED and progress:
        message = _("not-started, but its progress is {progress}%")
        yield "status", message.format(progress=progress)
    if status is Status.DONE and progress != COMPLETE:
        yield "progress", _("done, but its progress is {progress}%").format(progress=progress)
    if day_message := _wrong_completion_day(history):
        yield "done_on", day_message


def _wrong_completion_day(history: ItemHistory) -> str | None:
    """Return what is wrong with the day of completion of an item; None if nothing is."""
    done_on, status = history.item.done_on, history.item.present_status
    if done_on is None:
        if status is not Status.DONE:
            return None
        return _("done, but without a day of completion: add --done-on if the day is known")
    if status is not Status.DONE:
        message = _("has a day of completion, but its status is {status}")
        return message.format(status=status)
    if done_on > history.today:
        return _("{day} is in the future").format(day=i18n.day(done_on))
    if done_on < history.start:
        message = _(
            "the day of completion, {day}, is before the start, {start}: "
            "give the right day with --done-on"
        )
        return message.format(day=i18n.day(done_on), start=i18n.day(history.start))
    return None


def _settling(history: ItemHistory) -> str:
    """Return the update that records status, progress and day of completion as the plan has them.

    Where these contradict each other, the value that someone changed by hand counts.
    """
    status, progress = history.item.present_status, history.item.present_progress
    was_done = history.recorded_value("status") is Status.DONE
    is_done = status is Status.DONE
    has_new_day = _has_new_completion_day(history)
    if is_done and was_done and progress != COMPLETE and not has_new_day:
        status = Status.IN_PROGRESS
    elif is_done or has_new_day:
        return _update_command(history, "--status", "done", *_completion_options(history))
    elif status is Status.NOT_STARTED and progress:
        status = Status.IN_PROGRESS
    is_new = status is Status.CANCELLED and history.recorded_value("status") is not status
    evidence = ("--evidence", _FILL_IN) if is_new else ()
    at = ("--progress", str(progress)) if "progress" in history.item.fact_names else ()
    return _update_command(history, "--status", status, *at, *evidence)


def _settling_above_milestones(history: ItemHistory) -> str:
    """Return what settles the status of an item with milestones in force.

    Only that it is cancelled, or is so no more, is a fact of the item itself.
    """
    was_cancelled = history.recorded_value("status") is Status.CANCELLED
    if history.item.is_cancelled and not was_cancelled:
        return _update_command(history, "--status", "cancelled", "--evidence", _FILL_IN)
    if was_cancelled and not history.item.is_cancelled:
        return _update_command(history, "--status", "in-progress")
    return _("It follows from the milestones: write again what the history has.")


def _has_new_completion_day(history: ItemHistory) -> bool:
    """Return whether someone wrote a possible day of completion into the plan by hand."""
    done_on = history.item.done_on
    if done_on is None or done_on == history.recorded_value("done_on"):
        return False
    return _is_possible(history, done_on)


def _completion_options(history: ItemHistory) -> Sequence[str]:
    """Return the option for the day of completion, or no option if none is known.

    It is the plan's day, or else the history's; today if there is one, but neither is possible.
    """
    in_plan, recorded = history.item.done_on, history.recorded_value("done_on")
    for day in (in_plan, recorded):
        if isinstance(day, date) and _is_possible(history, day):
            return "--done-on", day.isoformat()
    return ("--done-on", history.today.isoformat()) if in_plan or recorded else ()


def _is_possible(history: ItemHistory, done_on: date) -> bool:
    """Return whether an item could be completed on `done_on`."""
    first = max(history.start, history.reopened_on or date.min)
    return first <= done_on <= history.today


def _shown(value: object) -> str:
    if value is None:
        return _("nothing")
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
