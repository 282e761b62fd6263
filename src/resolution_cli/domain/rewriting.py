"""The entries of an item when one among them is added, changed, moved or removed.

Each later entry keeps the values that it sets. Its old values are those that the entries before it
leave, and the rules of an update must hold for it there too.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import Any, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.domain.facts import FACTS, STATE_FACTS, TARGET_FACTS
from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import Item, OldValues, Resolution, Status, Update, effective
from resolution_cli.domain.rules import resulting_facts
from resolution_cli.domain.target_history import TargetHistory
from resolution_cli.errors import ChangeRefused
from resolution_cli.i18n import _, day

Tracked = ItemHistory | TargetHistory
_Values = Mapping[str, object]
"""The values of facts by name; beside a figure, `on` is its day."""


class Mended(Struct, frozen=True):
    """An entry that changes because one before it does, as it was and as it will be."""

    old: Update
    new: Update


class Rewritten(Struct, frozen=True):
    """What becomes of the entries of an item.

    Attributes:
        entry: the new entry; None if there is none.
        mended: the other entries that change.
        facts: the new values of the plan by name, where they change and nobody had changed them by
            hand.

    """

    entry: Update | None
    mended: tuple[Mended, ...]
    facts: _Values


def place_in_file(updates: Sequence[Update], own: Sequence[Update], on: date) -> int:
    """Return the index in the file at which a new entry of the day `on` is put.

    It is the end, unless its item has an entry of a later day: then it is put in front of that,
    behind the entries of its day and of earlier ones.

    Args:
        updates: the entries of the file, in its order.
        own: those of the item.
        on: the effective day.

    """
    earlier = {id(update) for update in own if update.on <= on}
    later = {id(update) for update in own if update.on > on}
    first = max((n + 1 for n, each in enumerate(updates) if id(each) in earlier), default=0)
    last = next((n for n, each in enumerate(updates) if id(each) in later and n >= first), None)
    if last is None:
        return len(updates)
    place = max((n + 1 for n, each in enumerate(updates[:last]) if each.on <= on), default=0)
    return max(first, place)


def as_of(history: Tracked, index: int) -> Tracked:
    """Return the history as it was before the entry `index`, with the item as it was then.

    Facts that no entry from there on changes are as the plan has them now.
    """
    beginning = _beginning(history.updates)
    values = {**beginning}
    for update in history.updates[:index]:
        values = _after(values, update)
    later = changed_facts(history.updates[index:])
    return _at(history, history.updates[:index], beginning, {name: values[name] for name in later})


def moment_before(history: Tracked, index: int) -> Tracked:
    """Return the history as it was before the entry `index`, with all facts as recorded then."""
    beginning = _beginning(history.updates)
    values: _Values = beginning
    for update in history.updates[:index]:
        values = _after(values, update)
    return _at(history, history.updates[:index], beginning, values)


def changed_facts(updates: Iterable[Update]) -> set[str]:
    """Return the names of the facts that the entries change; of a figure, its day too."""
    return {name for update in updates for name in _after({}, update)}


def check_covered(history: Tracked, index: int, update: Update) -> None:
    """Refuse an entry at `index` that reports on a day after the completion that follows it.

    Raises:
        ChangeRefused: a later entry records that the item was done before the day of `update`.

    """
    is_state = any(name in STATE_FACTS for name, _old, _new in update.changes())
    if not is_state or isinstance(history, TargetHistory):
        return
    completion = history.own_stretch_on(update.on)
    if not completion.is_done or completion.start >= update.on:
        return
    later = history.updates[index:]
    recorded = next((each for each in later if each.status is Status.DONE or each.done_on), None)
    if recorded:
        reason = _("it was already done, on {day}.").format(day=day(completion.start))
        _refuse(recorded, reason)


def rewritten(
    history: Tracked,
    order: Sequence[Update | None],
    entry_in: Callable[[Tracked], Update] | None = None,
    *,
    is_undo: bool = False,
) -> Rewritten:
    """Return what becomes of the entries of an item in a new order.

    Args:
        history: the item or target with its history.
        order: its entries in their new order; None is the new one; one that is absent is removed.
        entry_in: the new entry, given the history as it is before it.
        is_undo: the entries get back what they said in a history that was accepted.

    Raises:
        ChangeRefused: an entry, which the message names, could not be as it is; or `entry_in`.

    """
    now = beginning = _beginning(history.updates)
    former = [*accumulate(history.updates, _after, initial=beginning)]
    numbers = {id(update): number for number, update in enumerate(history.updates)}
    made: list[Update] = []
    mended: list[Mended] = []
    entry = None
    for update in order:
        if update is None:
            assert entry_in  # noqa: S101  # it comes with the None
            new = entry = entry_in(_at(history, made, beginning, now))
            beginning = _beginning([new]) | beginning
            now = _beginning([new]) | now
        else:
            number = numbers[id(update)]
            new = update
            if not _is_same(history, now, former[number]):
                then = _at(history, history.updates[:number], beginning, former[number])
                after = _at(history, made, beginning, now)
                new = _mended(update, then, after, is_undo=is_undo)
            if new != update:
                mended.append(Mended(update, new))
        made.append(new)
        now = _after(now, new)
    return Rewritten(entry, tuple(mended), _plan_facts(history, beginning | former[-1], now))


def asked_facts(update: Update, then: Tracked) -> dict[str, object]:
    """Return the facts of an entry without those that the rules infer from the others."""
    asked = {name: new for name, _old, new in update.changes()}
    for name in reversed(STATE_FACTS):
        rest = {other: value for other, value in asked.items() if other != name}
        inferred = _inferred(then, rest, update) or {}
        if name in asked and name in inferred and not _is_other(name, inferred[name], asked[name]):
            asked = rest
    return asked


def check_order(resolution: Resolution, history: Tracked) -> None:
    """Raise `ChangeRefused` if the entries of an item are not in the order of their days."""
    item_id = history.item.id.lower()
    days = [update.on for update in resolution.updates if update.item.lower() == item_id]
    if all(before <= after for before, after in pairwise(days)):
        return
    message = _(
        "{item}: its entries are not in order of date, so it is not certain which one is the last."
    )
    raise ChangeRefused(
        message.format(item=history.item.id),
        _("Run `tracker check`: it shows the entry that is out of order."),
    )


def _mended(update: Update, then: Tracked, now: Tracked, *, is_undo: bool) -> Update:
    """Return the entry `update`, recorded after `then`, as it is after `now`.

    What a person gave stays, and so does what the rules inferred from it then, unless it holds
    already.
    """
    facts = {name: new for name, _old, new in update.changes()}
    asked = asked_facts(update, then)
    if is_undo and _inferred(now, asked, update) is None:
        asked = facts  # what the rules seem to infer was given
    if (inferred_then := _inferred(then, asked, update)) is not None:
        if not is_undo:
            _check_contradiction(update, then, now, asked)
        inferred = _inferred_facts(update, then, now, asked, inferred_then)
        stays = {
            name: value
            for name, value in facts.items()
            if _is_other(name, value, now.recorded_value(name))
        }
        facts = {**stays, **asked, **inferred}
    # An entry that was written by hand may follow no rules; then all that it says stays.
    new = with_facts(update, facts, then, now)
    lost = facts.keys() - {name for name, _old, _new in new.changes()}
    if lost and not is_undo:
        title = _(FACTS[min(lost)].title)
        _refuse(update, _("it removes the {fact}, which would not be there.").format(fact=title))
    kept: dict[str, Any] = {name: getattr(update.was, name) for name in lost}
    return replace(new, was=replace(new.was, **kept))


def with_facts(
    update: Update, facts: _Values, then: Tracked, now: Tracked, renewed: Collection[str] = ()
) -> Update:
    """Return the entry with the values `facts`, and their old values as they are after `now`.

    An old value that was not that of `then`, before the entry so far, stays for `check` to find,
    unless it is `renewed`.
    """
    own = {name for name, _old, _new in update.changes() if name not in renewed}
    names = [*facts, *(["on"] if "value" in facts else [])]
    was: dict[str, Any] = {
        name: _old_value(name, getattr(update.was, name), then, now)
        if name in own or (name == "on" and own & {"value"} and name not in renewed)
        else _spelled(now, name)
        for name in names
    }
    new: dict[str, Any] = {name: facts.get(name) for name in FACTS}
    return replace(update, was=OldValues(**was), **new)


def _old_value(name: str, old: object, then: Tracked, now: Tracked) -> object:
    """Return the old value after `now` of a fact whose `old` one was recorded after `then`."""
    former, value = _spelled(then, name), _spelled(now, name)
    is_gap = _is_other(name, old, former)
    # An absent value and what it stands for are the same.
    is_spelled_otherwise = old != former and not _is_other(name, old, value)
    return old if is_gap or is_spelled_otherwise else value


def _spelled(history: Tracked, name: str) -> object:
    """Return the value of a fact according to the history, as the plan has it where they agree."""
    value, in_plan = history.recorded_value(name), getattr(history.item, name, None)
    return value if _is_other(name, value, in_plan) else in_plan


def _inferred_facts(
    update: Update, then: Tracked, now: Tracked, asked: _Values, inferred_then: _Values
) -> dict[str, object]:
    """Return what the rules infer after `now` for the entry. Refuse it if they forbid it."""
    try:
        inferred = resulting_facts(now, asked, update)
    except ChangeRefused as error:
        _refuse(update, error.message.removeprefix(f"{now.item.id}: "))
    own = {name for name, _old, _new in update.changes()}
    left_out = {  # by hand: the entry lacks it, though it did not hold
        name
        for name, value in inferred_then.items()
        if name not in own and _is_other(name, value, then.recorded_value(name))
    }
    return {
        name: value
        for name, value in inferred.items()
        if name in FACTS
        and name not in asked.keys() | left_out
        and _is_other(name, value, now.recorded_value(name))
    }


def _check_contradiction(update: Update, then: Tracked, now: Tracked, asked: _Values) -> None:
    """Refuse a second completion, and progress of what has become not started from blocked."""
    before, after = then.recorded_value("status"), now.recorded_value("status")
    if asked.get("status") is after is Status.DONE is not before:
        _refuse(update, _("it would already be done by then."))
    is_silent = before is Status.BLOCKED and update.status is None
    if is_silent and after in {None, Status.NOT_STARTED} and "progress" in asked:
        # Nothing would say, when this is undone, whether the entry had been about the status.
        _refuse(update, _("it reports progress, but the item would not have started."))


def _refuse(later: Update, reason: str) -> NoReturn:
    """Refuse what contradicts the entry `later` of the item."""
    message = _("{item}: this contradicts its entry of {day}: {reason}")
    raise ChangeRefused(
        message.format(item=later.item, day=day(later.on), reason=reason),
        _("Give another value or day; `tracker log {item}` shows the entries.").format(
            item=later.item
        ),
    )


def _inferred(history: Tracked, asked: _Values, update: Update) -> _Values | None:
    """Return the facts that `asked` results in; None if a rule forbids them.

    No update takes status or progress away, but an entry that was written by hand may.
    """
    if any(name in asked and asked[name] is None for name in ("status", "progress")):
        return None
    try:
        return resulting_facts(history, asked, update)
    except ChangeRefused:
        return None


def _beginning(updates: Sequence[Update]) -> dict[str, object]:
    """Return the old values of the first entry on each fact."""
    values: dict[str, object] = {}
    for update in reversed(updates):
        values |= {name: getattr(update.was, name) for name, _old, _new in update.changes()}
        if "value" in _after({}, update):
            values["on"] = update.was.on
    return values


def _after(values: _Values, update: Update) -> dict[str, object]:
    """Return the `values` as they are after `update`."""
    changed = {name: new for name, _old, new in update.changes()}
    return {**values, **changed, **({"on": update.on} if "value" in changed else {})}


def _at(
    history: Tracked, updates: Sequence[Update], beginning: _Values, values: _Values
) -> Tracked:
    """Return the history with only the first `updates`, and the item with these `values`."""
    item = history.item
    names = item.fact_names if isinstance(item, Item) else (*TARGET_FACTS, "on")
    known: dict[str, Any] = {name: values[name] for name in names if name in values}
    return history.with_entries([*updates], known, beginning)


def _is_same(history: Tracked, now: _Values, then: _Values) -> bool:
    """Say whether the values are the same; those that are not there are the plan's."""
    item = history.item
    return not any(
        _is_other(name, value, then.get(name, getattr(item, name, None)))
        for name, value in now.items()
    )


def _plan_facts(history: Tracked, before: _Values, after: _Values) -> dict[str, object]:
    """Return the values that change in the plan; where someone changed it by hand, it stays."""
    item = history.item
    return {
        name: value
        for name, value in after.items()
        if name in before
        and _is_other(name, value, before[name])
        and not _is_other(name, getattr(item, name, None), before[name])
    }


def _is_other(name: str, one: object, other: object) -> bool:
    return effective(name, one) != effective(name, other)
