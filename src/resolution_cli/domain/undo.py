"""What undoing the last update restores, as data, or why a rule refuses it. Pure."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from resolution_cli.domain.change import differs, tracked_histories
from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import Item, Resolution, Target, Update
from resolution_cli.domain.selection import found_tracked
from resolution_cli.domain.target_history import TargetHistory
from resolution_cli.errors import ChangeRefused
from resolution_cli.i18n import _, day


class Undo(Struct, frozen=True):
    """The last entry of the history, and the values that undoing it restores.

    Attributes:
        number: the index of the entry in the file, counted from 0.
        update: the entry.
        item: its item or target before the undo; None if the plan no longer has it.
        restored: the restored values of the plan by name; None for one that was absent.

    """

    number: int
    update: Update
    item: Item | Target | None
    restored: Mapping[str, object]


def undo(resolution: Resolution, item_id: str | None, today: date) -> Undo:
    """Return the undo of the last entry with this id, or of the whole file if `item_id` is None.

    Raises:
        ItemNotFound: the resolution has nothing with this id.
        ChangeRefused: there is no entry; or a value that it set was changed by hand since, and
            would be lost; or a restored value contradicts such a change.

    """
    item = found_tracked(resolution, item_id) if item_id is not None else None
    entries = [
        (number, update)
        for number, update in enumerate(resolution.updates)
        if item is None or update.item.lower() == item.id.lower()
    ]
    if not entries:
        raise ChangeRefused(
            _("{item} has no update to undo.").format(item=item.id)
            if item
            else _("The file has no update to undo."),
            _("`tracker log` shows the updates."),
        )
    number, update = entries[-1]
    history = tracked_histories(resolution, today).get(update.item.lower())
    if history is None:
        return Undo(number, update, None, {})
    return Undo(number, update, history.item, _restored(history, update))


def _restored(history: ItemHistory | TargetHistory, update: Update) -> dict[str, object]:
    """Return the values that undoing `update` restores, by name; None for one that was absent.

    Raise ChangeRefused if it is not the last entry of its item by date, or if a value was changed
    by hand since.
    """
    item = history.item
    if history.updates[-1] is not update:
        message = _(
            "{item}: its entries are not in order of date, "
            "so it is not certain which one is the last."
        )
        raise ChangeRefused(
            message.format(item=item.id),
            _("Run `tracker check`: it shows the entry that is out of order."),
        )
    restored = update.values_before()
    for name in restored:
        if history.is_changed_by_hand(name):
            message = _(
                "{item}: {key} was changed by hand after the last update; "
                "undo would lose that change."
            )
            raise ChangeRefused(
                message.format(item=item.id, key=name),
                _("Run `tracker check`: it shows the command that records the change."),
            )
    due = restored.get("due")
    if isinstance(history, ItemHistory) and isinstance(due, date) and due < history.start:
        message = _("{item}: undo would set the due date to {due}, before the start, {start}.")
        raise ChangeRefused(
            message.format(item=item.id, due=day(due), start=day(history.start)),
            _("The start was changed by hand afterwards: correct it in the file first."),
        )
    return {name: old for name, old in restored.items() if differs(item, name, old)}
