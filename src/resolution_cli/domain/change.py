"""What an update changes, as data, or the rule that refuses it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.domain.histories import histories, with_milestones
from resolution_cli.domain.history import History
from resolution_cli.domain.model import (
    FACTS,
    FactName,
    Item,
    OldValues,
    Resolution,
    Target,
    Update,
    effective,
)
from resolution_cli.domain.recording import Stamp, stamp
from resolution_cli.domain.rewriting import (
    Mended,
    Tracked,
    as_of,
    changed_facts,
    check_covered,
    place_in_file,
    rewritten,
)
from resolution_cli.domain.rules import Request, resulting_facts
from resolution_cli.domain.selection import found_tracked
from resolution_cli.domain.target_history import target_histories
from resolution_cli.domain.units import with_main_names
from resolution_cli.errors import ChangeRefused
from resolution_cli.i18n import _, day

__all__ = ["Change", "Refusal", "Request", "changes", "differs", "several", "tracked_histories"]


class Change(Struct, frozen=True):
    """The change of one item or target, and the entry of the history that records it.

    Attributes:
        before: the item or target before the change.
        facts: the new values of the plan by name; None removes a value.
        update: the entry, with the changed facts.
        inferred: the names of the facts that a rule changed and that were not asked for.
        next: the entry of the file before which the new one is put; None at the end.
        mended: the entries of later days that change with it.
        near_units: the new units that nearly are known ones, with the names of those.

    """

    before: Item | Target
    facts: Mapping[str, object]
    update: Update
    inferred: frozenset[str] = frozenset()
    next: Update | None = None
    mended: tuple[Mended, ...] = ()
    near_units: Mapping[str, Sequence[str]] = {}


def changes(
    resolution: Resolution, item_ids: Sequence[str], request: Request
) -> tuple[Change, ...]:
    """Return the change of each item or target with one of the ids, once, in the order of the ids.

    Raises:
        ItemNotFound: the resolution has nothing with one of the ids.
        ChangeRefused: a rule forbids the update of one of the items.

    """
    check_day(resolution, request.on, request.at.date())
    facts, near = with_main_names(resolution, request.facts)
    request = replace(request, facts=facts)
    ids = dict.fromkeys(found_tracked(resolution, item_id).id.lower() for item_id in item_ids)
    by_id = tracked_histories(resolution, request.at.date())
    made = [replace(_change(by_id[item_id], request), near_units=near) for item_id in ids]
    return _placed(resolution, by_id, made)


class NothingChanges(ChangeRefused):
    """All that an update asks for holds already, and it says nothing else."""


class Refusal(Struct, frozen=True):
    """Why one of several updates is refused: its number among them, from 0, and the error."""

    number: int
    error: ChangeRefused


def several(
    resolution: Resolution, asked: Sequence[tuple[str, Request]]
) -> tuple[tuple[Change, ...], tuple[Refusal, ...]]:
    """Return the changes of one command that updates each item in another way, or its refusals.

    An item may be updated several times: each update follows from those before it, and one that
    changes nothing beside them is left out.

    Args:
        resolution: the resolution.
        asked: the id of each item or target and its update, all recorded at the same instant; those
            of one item in the order of their effective days.

    Raises:
        ItemNotFound: the resolution has nothing with one of the ids.

    """
    if not asked:
        return (), ()
    by_id = tracked_histories(resolution, asked[0][1].at.date())
    now = dict(by_id)
    made, refused = [], []
    for number, (item_id, request) in enumerate(asked):
        key = item_id.lower()
        if key not in now:
            found_tracked(resolution, item_id)  # raises that there is no such item
        try:
            check_day(resolution, request.on, request.at.date())
            change = _change(now[key], request)
        except NothingChanges:
            continue
        except ChangeRefused as error:
            refused.append(Refusal(number, error))
            continue
        now[key] = _after(now[key], change)
        made.append(change)
    return ((), tuple(refused)) if refused else (_placed(resolution, by_id, made), ())


def _placed(
    resolution: Resolution, by_id: Mapping[str, Tracked], made: Sequence[Change]
) -> tuple[Change, ...]:
    """Return the changes of one command, each with the place of its entry and how it is marked."""
    placed = []
    marks: dict[tuple[bool, bool], Stamp] = {}  # all are recorded at the same instant
    for change in made:
        history, update = by_id[change.update.item.lower()], change.update
        assert update.at  # noqa: S101  # a new entry has its time
        place = place_in_file(resolution.updates, history.updates, update.on)
        following = resolution.updates[place] if place < len(resolution.updates) else None
        # An entry without a time counts as recorded with the one before it.
        is_marked = len(made) > 1 or (following is not None and following.at is None)
        kind = following is None, is_marked
        if kind not in marks:
            marks[kind] = stamp(resolution.updates, update.at, is_last=kind[0], is_marked=kind[1])
        placed.append(replace(change, next=following, update=_stamped(update, marks[kind])))
    return tuple(placed)


def _after(history: Tracked, change: Change) -> Tracked:
    """Return the history of an item as it is after the `change`."""
    mended = {id(each.old): each.new for each in change.mended}
    updates = [mended.get(id(update), update) for update in history.updates]
    index = len(history.until(change.update.on))
    values = {name: value for name, value in change.facts.items() if hasattr(history.item, name)}
    return history.with_entries(
        [*updates[:index], change.update, *updates[index:]], values, history.beginning
    )


def check_day(resolution: Resolution, on: date, today: date) -> None:
    """Refuse an effective day `on` that is in the future, or before the term."""
    term = resolution.header.term
    if on > today:
        message = _("{day} is in the future; an update can only record what has already happened.")
        raise ChangeRefused(message.format(day=day(on)), _("Set --on to today or an earlier day."))
    if on < term.start:
        message = _("{day} is before the term, which starts on {start}.")
        raise ChangeRefused(
            message.format(day=day(on), start=day(term.start)),
            _("Set --on to a day of the term."),
        )


def tracked_histories(resolution: Resolution, today: date) -> Mapping[str, Tracked]:
    """Return the history of each item and target by its lower-cased id."""
    items = with_milestones(histories(resolution, today))
    return {**items, **target_histories(resolution, today)}


def differs(item: Item | Target, name: str, value: object) -> bool:
    """Return whether `value` means something else than the present value of the fact `name`."""
    return effective(name, value) != effective(name, getattr(item, name, None))


def _change(history: Tracked, request: Request) -> Change:
    """Return the change that `request` makes. Raise ChangeRefused if a rule forbids it."""
    _check_clock(history, request.at.date())
    index = len(history.until(request.on))
    earlier, later = history.updates[:index], history.updates[index:]
    then = as_of(history, index)
    change = _recorded(then, request, resulting_facts(then, request.facts, request))
    if not later:
        return change
    check_covered(history, index, change.update)
    result = rewritten(history, [*earlier, None, *later], lambda _then: change.update)
    changed_later = changed_facts([*later, *(each.new for each in result.mended)])
    facts = {name: value for name, value in change.facts.items() if name not in changed_later}
    facts |= {name: value for name, value in result.facts.items() if name in changed_later}
    return replace(change, before=history.item, facts=facts, mended=result.mended)


def _stamped(update: Update, mark: Stamp) -> Update:
    return replace(update, after=mark.after, command=mark.command)


def _check_clock(history: History[Any], today: date) -> None:
    """Refuse an update where the last entry is of a day to come: a clock or a date is wrong."""
    if not history.updates or history.updates[-1].on <= today:
        return
    message = _(
        "{item}: its last update is dated {day}, but the clock of this computer shows {today}."
    )
    raise ChangeRefused(
        message.format(item=history.item.id, day=day(history.updates[-1].on), today=day(today)),
        _("Set the clock, or correct the date of that entry in the file."),
    )


def _recorded(history: History[Any], request: Request, facts: Mapping[str, object]) -> Change:
    """Return the change that gives the plan the values `facts`, with its entry.

    A fact is written into the plan where the plan's value differs, and into the entry where the
    history's value differs: the two are not the same where someone changed the plan by hand.
    Raise ChangeRefused if there is nothing to record.
    """
    item = history.item
    facts = {name: facts[name] for name in (*FACTS, "on") if name in facts}
    recorded = {name: history.recorded_value(name) for name in facts}
    changed = history.changed(facts)
    by_hand = [name for name in facts if history.is_changed_by_hand(name)]
    if not (changed or by_hand or request.says_something):
        raise NothingChanges(
            _("{item}: nothing would change.").format(item=item.id),
            _("Give a value that differs from the present one, or add a --note or --evidence."),
        )
    found = {name: value for name in by_hand if (value := getattr(item, name)) is not None}
    # Where plan and history agree, the plan's value, whose spelling the entry keeps.
    was: dict[str, Any] = {
        name: recorded[name] if name in by_hand else getattr(item, name) for name in changed
    }
    update = Update(
        item=item.id,
        on=request.on,
        at=request.at,
        by=request.by,
        was=OldValues(**was),
        found=OldValues(**found),
        missing=tuple(FactName(name) for name in by_hand if name in FACTS and name not in found),
        note=request.note,
        evidence=request.evidence,
        cause=request.cause,
        proposal=request.proposal,
        **{name: value for name, value in changed.items() if name in FACTS},
    )
    in_plan = {name: value for name, value in facts.items() if differs(item, name, value)}
    return Change(item, in_plan, update, frozenset(changed) - frozenset(request.facts))
