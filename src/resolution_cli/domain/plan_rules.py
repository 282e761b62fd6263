"""The rules of what is new or edited in the plan: ids, days, years, figures. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from resolution_cli.domain.histories import history_of
from resolution_cli.domain.model import Header, Item, Parent, Resolution, Target, Term
from resolution_cli.domain.target_history import target_histories
from resolution_cli.domain.targets import points
from resolution_cli.domain.values import TITLES, EntryKind
from resolution_cli.errors import ChangeRefused, ItemNotFound
from resolution_cli.i18n import _, day
from resolution_cli.matching import nearest_id
from resolution_cli.shell import command_line

_NUMBERED = r"(.*?)([0-9]{1,9})"


def next_id(resolution: Resolution, siblings: Sequence[str], prefix: str) -> str:
    """Return the next free id after those of the `siblings`, or the first one with the `prefix`.

    Raise ChangeRefused if none of theirs ends in a number.
    """
    digits = ""
    if siblings:
        matches = [match for each in siblings if (match := re.fullmatch(_NUMBERED, each))]
        if not matches:
            message = _("The next id is not clear: {id} does not end in a number.")
            raise ChangeRefused(message.format(id=siblings[-1]), _("Give an id with --id."))
        prefix, digits = matches[-1].groups()
    used = [
        match.groups() for each in _used_ids(resolution) if (match := re.fullmatch(_NUMBERED, each))
    ]
    numbers = [int(number) for used_prefix, number in used if used_prefix == prefix.lower()]
    return f"{prefix}{max(numbers, default=0) + 1:0{len(digits)}}"


def _used_ids(resolution: Resolution) -> set[str]:
    """Return the lower-cased ids of the plan, and those of which only the history knows."""
    return {
        *(entry.id.lower() for entry in resolution.tracked),
        *(update.item.lower() for update in resolution.updates),
    }


def check_id(resolution: Resolution, entry_id: str) -> None:
    """Refuse an id that is taken."""
    hint = _("Give another --id, or leave it out for the next free one.")
    for entry in resolution.tracked:
        if entry.id.lower() == entry_id.lower():
            message = _("The id {id} is already in use, by {kind} {other}.")
            kind = entry.kind if isinstance(entry, Item) else EntryKind.TARGET
            raise ChangeRefused(
                message.format(id=entry_id, kind=_(TITLES[kind]), other=entry.id), hint
            )
    if entry_id.lower() in _used_ids(resolution):
        message = _("The history has entries of {id}, which is no longer in the plan.")
        raise ChangeRefused(message.format(id=entry_id), hint)


def check(
    resolution: Resolution,
    entry: Item | Target,
    today: date,
    *,
    before: Item | Target | None = None,
    parent: Parent | None = None,
) -> None:
    """Refuse what contradicts itself, the term or the history, if it did not do so before.

    Args:
        resolution: the plan around it.
        entry: what is new, or edited.
        today: the day of the change.
        before: the entry before an edit.
        parent: of a milestone, its item.

    Raises:
        ChangeRefused: a rule forbids it.

    """
    known: set[str] = set()
    if before:
        known = {fault.message for fault in _faults(resolution, before, today, parent)}
    for fault in _faults(resolution, entry, today, parent):
        if fault.message not in known:
            raise fault


def _faults(
    resolution: Resolution, entry: Item | Target, today: date, parent: Parent | None
) -> Iterator[ChangeRefused]:
    term = resolution.header.term
    if entry.added and entry.added > today:
        yield ChangeRefused(
            _("{item}: {day} is in the future.").format(item=entry.id, day=day(entry.added)),
            _("Set --added to today or an earlier day."),
        )
    if isinstance(entry, Target):
        yield from _faults_of_plan(entry, resolution.header)
        yield from _faults_of_figures(resolution, entry, today)
    else:
        yield from _faults_of_days(entry, term, (parent and parent.start) or term.start)


def _faults_of_days(item: Item, term: Term, start_of_parent: date) -> Iterator[ChangeRefused]:
    """Yield what is wrong with the days of an item and of its milestones."""
    if item.start and not term.start <= item.start <= term.end:
        message = _("{item}: the start, {day}, is outside the term, {start} to {end}.")
        yield ChangeRefused(
            message.format(
                item=item.id, day=day(item.start), start=day(term.start), end=day(term.end)
            ),
            _("Set --start to a day of the term."),
        )
    start = item.start or start_of_parent
    if item.due and item.due < start:
        message = _("{item}: the due date, {due}, is before the start, {start}.")
        yield ChangeRefused(
            message.format(item=item.id, due=day(item.due), start=day(start)),
            _("Correct one of the two dates."),
        )
    if item.done_on and item.done_on < start:
        message = _("{item}: the day of completion, {day}, is before the start, {start}.")
        yield ChangeRefused(
            message.format(item=item.id, day=day(item.done_on), start=day(start)),
            _("Set --start to that day or an earlier one."),
        )
    if isinstance(item, Parent):
        for milestone in item.milestones:
            yield from _faults_of_days(milestone, term, start)


def check_parent(resolution: Resolution, parent: Parent, today: date) -> bool:
    """Refuse a new milestone of an item that is done or cancelled; return whether it reopens it.

    It does so where the item is done because its milestones are.
    """
    history = history_of(resolution, parent, today)
    options: tuple[str, ...] = ("--status", "in-progress")
    if parent.is_cancelled:
        message = _("{item} is cancelled; it gets no new milestone.")
    elif parent.is_done and not history.in_force(today):
        message = _("{item} is done; it gets no new milestone.")
        options = (*options, "--progress", "…")
    else:
        return history.on(today).is_done
    command = command_line("tracker", "update", parent.id, *options)
    raise ChangeRefused(
        message.format(item=parent.id), _("Reopen it first: {command}").format(command=command)
    )


def found_item(resolution: Resolution, item_id: str) -> Parent:
    """Return the task or breakthrough with this id, in any case.

    Raise ItemNotFound if there is none, ChangeRefused if something else has the id.
    """
    known = {item.id.lower(): item for item in resolution.items}
    if found := known.get(item_id.lower()):
        return found
    if item_id.lower() in (entry.id.lower() for entry in resolution.tracked):
        message = _("{item} is neither a task nor a breakthrough.")
        raise ChangeRefused(
            message.format(item=item_id), _("Give a task or a breakthrough with --item.")
        )
    ids = [item.id for item in resolution.items]
    raise ItemNotFound(item_id, nearest_id(item_id, ids), ids)


def _faults_of_plan(target: Target, header: Header) -> Iterator[ChangeRefused]:
    """Yield years outside the term, and points that are not after the base."""
    term = header.term
    for point in points(target, header.settings.cutoff_day):
        if not term.start.year <= point.year <= term.end.year:
            message = _("{item}: the year {year} is outside the term, {start} to {end}.")
            yield ChangeRefused(
                message.format(
                    item=target.id, year=point.year, start=day(term.start), end=day(term.end)
                ),
                _("Give figures for years of the term with --plan."),
            )
        if target.base and target.base.on >= point.end:
            message = _("{item}: the base, of {base}, is not before the end of the year {year}.")
            yield ChangeRefused(
                message.format(item=target.id, base=day(target.base.on), year=point.year),
                _("Give an earlier day with --base, or no figure for that year."),
            )


def _faults_of_figures(
    resolution: Resolution, target: Target, today: date
) -> Iterator[ChangeRefused]:
    """Yield a base after the first figure."""
    history = target_histories(resolution, today).get(target.id.lower())
    if not (history and target.base):
        return
    days = [each.on for each in history.reported] + ([target.on] if target.on else [])
    first = min(days, default=date.max)
    if first < target.base.on:
        message = _("{item}: it has a figure of {day}, before the day of its base, {base}.")
        yield ChangeRefused(
            message.format(item=target.id, day=day(first), base=day(target.base.on)),
            _("Give that day or an earlier one with --base."),
        )
