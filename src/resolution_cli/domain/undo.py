"""What undoing the last command restores, as data, or why a rule refuses it. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NoReturn

from msgspec import Struct

from resolution_cli.domain.amend import unamended
from resolution_cli.domain.change import differs, tracked_histories
from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import Item, Resolution, Target, Update
from resolution_cli.domain.recording import last_command, last_recorded
from resolution_cli.domain.rewriting import Mended, Tracked, changed_facts, check_order, rewritten
from resolution_cli.domain.selection import found_tracked
from resolution_cli.errors import ChangeRefused
from resolution_cli.i18n import _, day


class Undo(Struct, frozen=True):
    """An entry of the history, or its last amendment, that is taken back.

    Attributes:
        update: the entry.
        item: its item or target before the undo; None if the plan no longer has it.
        restored: the restored values of the plan by name; None for one that was absent.
        mended: the other entries that change with it.
        former: the entry as it was before its last amendment; None if the entry is removed.
        is_moved: the entry gets back another place in the file.
        next: the entry of the file before which it is put then; None at the end.

    """

    update: Update
    item: Item | Target | None
    restored: Mapping[str, object]
    mended: tuple[Mended, ...] = ()
    former: Update | None = None
    is_moved: bool = False
    next: Update | None = None


def undo(resolution: Resolution, item_id: str | None, today: date) -> tuple[Undo, ...]:
    """Return the undo of the last command, each entry in the order of the file.

    With an `item_id`, it is that of the last recorded entry of this item alone.

    Raises:
        ItemNotFound: the resolution has nothing with this id.
        ChangeRefused: there is no entry; or a value that it set was changed by hand since, and
            would be lost; or a restored value contradicts such a change, or a later entry.

    """
    by_id = tracked_histories(resolution, today)
    entries = _entries(resolution, item_id)
    return tuple(
        _undo(resolution, by_id.get(update.item.lower()), update, _of_same_item(entries, update))
        for update in entries
    )


def _of_same_item(entries: Sequence[Update], update: Update) -> Sequence[Update]:
    """Return the `entries` that are taken back of the item of `update`, oldest first."""
    return [each for each in entries if each.item.lower() == update.item.lower()]


def _entries(resolution: Resolution, item_id: str | None) -> tuple[Update, ...]:
    """Return the entries to take back. Raise ChangeRefused if there are none."""
    see_log = _("`tracker log` shows the updates.")
    if item_id is None:
        if not resolution.updates:
            raise ChangeRefused(_("The file has no update to undo."), see_log)
        return last_command(resolution.updates)
    item = found_tracked(resolution, item_id)
    last = last_recorded(resolution.updates, item.id)
    if last is None:
        raise ChangeRefused(_("{item} has no update to undo.").format(item=item.id), see_log)
    return (last,)


def _undo(
    resolution: Resolution, history: Tracked | None, update: Update, taken: Sequence[Update]
) -> Undo:
    """Return the undo of `update`, one of those that are `taken` back of its item.

    The first of these restores what it and the others changed; each of the others what none before
    it changed. Raise ChangeRefused as `undo`.
    """
    if history is None:
        return Undo(update, None, {}, former=unamended(update))
    check_order(resolution, history)
    if update.amended:
        return _undo_of_amendment(resolution, history, update)
    order = [each for each in history.updates if not any(each is one for one in taken)]
    index = next(n for n, each in enumerate(history.updates) if each is taken[0])
    later = [each for each in history.updates[index + 1 :] if any(each is one for one in order)]
    result = rewritten(history, order, is_undo=True)
    changed_later = changed_facts([*later, *(each.new for each in result.mended)])
    number = next(n for n, each in enumerate(taken) if each is update)
    done = {name for each in taken[:number] for name in each.values_before()}
    restored = {
        name: old
        for name, old in update.values_before().items()
        if name not in changed_later | done
    }
    _check_restored(history, restored)
    in_plan = {name: old for name, old in restored.items() if differs(history.item, name, old)}
    if number:
        return Undo(update, history.item, in_plan)
    in_plan |= {name: value for name, value in result.facts.items() if name in changed_later}
    return Undo(update, history.item, in_plan, result.mended)


def _undo_of_amendment(resolution: Resolution, history: Tracked, update: Update) -> Undo:
    """Return the undo of the last amendment of `update`. Raise ChangeRefused as `undo`."""
    former, record = unamended(update) or update, update.amended[-1]
    others = [each for each in history.updates if each is not update]
    in_file = [each for each in resolution.updates if each is not update]
    place = next(n for n, each in enumerate(resolution.updates) if each is update)
    is_moved = record.place is not None
    if record.place is not None:
        place = min(record.place - 1, len(in_file))
    before = {id(each) for each in in_file[:place]}
    earlier = [
        each
        for each in others
        if each.on < former.on or (each.on == former.on and id(each) in before)
    ]
    order = [*earlier, None, *others[len(earlier) :]]
    result = rewritten(history, order, lambda _now: former, is_undo=True)
    _check_due(history, result.facts)
    return Undo(
        update,
        history.item,
        result.facts,
        result.mended,
        former,
        is_moved,
        in_file[place] if place < len(in_file) else None,
    )


def _check_restored(history: Tracked, restored: Mapping[str, object]) -> None:
    """Refuse to restore a value that was changed by hand since, or that contradicts the start."""
    for name in restored:
        if history.is_changed_by_hand(name):
            _refuse_loss(history, name)
    _check_due(history, restored)


def _refuse_loss(history: Tracked, name: str) -> NoReturn:
    message = _(
        "{item}: {key} was changed by hand after the last update; undo would lose that change."
    )
    raise ChangeRefused(
        message.format(item=history.item.id, key=name),
        _("Run `tracker check`: it shows the command that records the change."),
    )


def _check_due(history: Tracked, restored: Mapping[str, object]) -> None:
    due = restored.get("due")
    if isinstance(history, ItemHistory) and isinstance(due, date) and due < history.start:
        message = _("{item}: undo would set the due date to {due}, before the start, {start}.")
        raise ChangeRefused(
            message.format(item=history.item.id, due=day(due), start=day(history.start)),
            _("The start was changed by hand afterwards: correct it in the file first."),
        )
