"""What an update does to an item, as data, or why a rule refuses it. Pure: the day and the instant are arguments."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from resolution_cli.errors import ChangeRefused, ItemNotFound
from resolution_cli.history import recorded, updates_by_item
from resolution_cli.i18n import _, day
from resolution_cli.matching import nearest_id
from resolution_cli.model import COMPLETE, FACTS, Cause, Facts, Item, Resolution, Status, Update


class Request(Struct, frozen=True, kw_only=True):
    """What a person asks for, of one item or several.

    Attributes:
        facts: the new values by name, from `model.FACTS`; None takes a value away.
        on: the day that the update speaks of.
        at: the instant at which it is recorded.
        by: who records it.
        note, evidence, cause: as in `model.Update`.

    """

    facts: Mapping[str, object]
    on: date
    at: datetime
    by: str | None = None
    note: str | None = None
    evidence: tuple[str, ...] = ()
    cause: Cause | None = None


class Change(Struct, frozen=True):
    """What one item becomes, and the entry of the diary that says so.

    Attributes:
        before: the item as it stands.
        update: the entry; the facts that change are its own.
        inferred: the names of the facts that a rule changed without being asked to.

    """

    before: Item
    update: Update
    inferred: frozenset[str] = frozenset()


def found_item(resolution: Resolution, item_id: str) -> Item:
    """Return the item with this id, whatever its case. Raise `ItemNotFound` if there is none."""
    wanted = item_id.lower()
    for item in resolution.items:
        if item.id.lower() == wanted:
            return item
    known = [item.id for item in resolution.items]
    raise ItemNotFound(item_id, nearest_id(item_id, known), known)


def changes(resolution: Resolution, item_ids: Sequence[str], request: Request) -> tuple[Change, ...]:
    """Return what `request` does to each item named, each once, in the order named.

    Raises:
        ItemNotFound: an id is not the resolution's.
        ChangeRefused: a rule forbids the update of one of the items.

    """
    if request.on > request.at.date():
        raise ChangeRefused(
            _("{day} is in the future, and an update speaks of what has happened.").format(day=day(request.on)),
            _("Give --on a day up to today."),
        )
    items = {item.id: item for item in (found_item(resolution, item_id) for item_id in item_ids)}
    diary = updates_by_item(resolution)
    return tuple(_change(resolution, item, diary.get(item.id.lower(), ()), request) for item in items.values())


class Undo(Struct, frozen=True):
    """The last entry of the diary, and what taking it back restores.

    Attributes:
        number: the place of the entry in the diary, counted from 0.
        update: the entry.
        item: its item as it stands; None if the plan has no such item any more.

    """

    number: int
    update: Update
    item: Item | None

    def restored(self) -> dict[str, object]:
        """Return the old values of the facts that the entry changed, by name; None for one that was absent."""
        return {name: old for name, old, _ in self.update.changes()}


def undo(resolution: Resolution, item_id: str | None) -> Undo:
    """Return what takes back the last entry of the item's diary, or of the whole diary if `item_id` is None.

    Raises:
        ItemNotFound: the id is not the resolution's.
        ChangeRefused: there is no entry, or someone changed by hand what it set, which would be lost.

    """
    wanted = found_item(resolution, item_id).id.lower() if item_id is not None else None
    entries = [
        (number, update) for number, update in enumerate(resolution.updates) if wanted in (None, update.item.lower())
    ]
    if not entries:
        raise ChangeRefused(
            _("{item} has no update that could be taken back.").format(item=found_item(resolution, item_id).id)
            if item_id is not None
            else _("The file has no update that could be taken back."),
            _("`tracker log` shows the updates."),
        )
    number, update = entries[-1]
    item = next((item for item in resolution.items if item.id.lower() == update.item.lower()), None)
    for name, _old, new in update.changes() if item else ():
        if getattr(item, name) != new:
            raise ChangeRefused(
                _("{item}: its {key} was changed by hand after its last update, and undoing would lose that.").format(
                    item=update.item, key=name
                ),
                _("`tracker check` names the update that records it."),
            )
    return Undo(number, update, item)


def _change(resolution: Resolution, item: Item, updates: Sequence[Update], request: Request) -> Change:
    if updates and request.on < updates[-1].on:
        raise ChangeRefused(
            _("{item}: its last update speaks of {day}, and the diary never goes back.").format(
                item=item.id, day=day(updates[-1].on)
            ),
            _("Give --on that day or a later one. An earlier day of completion is told by --done-on."),
        )
    asked = dict(request.facts)
    _check_done_on(item, asked, resolution.start_of(item), request.on)
    settled = asked | _settled(item, asked, request)
    _check_due(resolution, item, settled)

    last_word = recorded(updates)
    changed = {
        name: new
        for name in FACTS
        if name in settled
        # A value that someone wrote into the plan by hand stands there, but not in the diary: asking for it records it.
        and ((new := settled[name]) != _present(item, name) or last_word.get(name, new) != new)
    }
    if not (changed or request.note or request.evidence or request.cause):
        raise ChangeRefused(
            _("{item}: nothing would change.").format(item=item.id),
            _("Give a value that differs from the present one, or a --note or --evidence for the diary."),
        )
    update = Update(
        item=item.id,
        on=request.on,
        at=request.at,
        by=request.by,
        was=Facts(**{name: getattr(item, name) for name in changed}),
        note=request.note,
        evidence=request.evidence,
        cause=request.cause,
        **changed,  # type: ignore[arg-type]  # each value has the type of the fact that it is named after
    )
    return Change(item, update, frozenset(changed) - frozenset(asked))


def _present(item: Item, name: str) -> object:
    if name == "status":
        return item.present_status
    return item.present_progress if name == "progress" else getattr(item, name)


def _settled(item: Item, asked: Mapping[str, object], request: Request) -> dict[str, object]:
    """Return what the rules about status and progress make of the two that are asked for."""
    if not asked.keys() & {"status", "progress"}:
        return {}
    was_done = item.present_status is Status.DONE
    status = asked.get("status", item.present_status)
    progress = asked.get("progress", item.present_progress)

    if status is Status.DONE:
        if asked.get("progress", COMPLETE) != COMPLETE:
            raise ChangeRefused(
                _("{item}: what is done has a progress of 100%, not {progress}%.").format(
                    item=item.id, progress=progress
                ),
                _("To reopen a done item, give --status in-progress with the --progress.")
                if was_done
                else _("Leave out --progress, or give another --status."),
            )
        kept = item.done_on if was_done and item.done_on else request.on
        return {"progress": COMPLETE, "done_on": asked.get("done_on", kept)}

    settled: dict[str, object] = {}
    if was_done:
        if asked.get("progress", COMPLETE) == COMPLETE:
            raise ChangeRefused(
                _("{item}: it is done, and reopening it needs to say how far it is.").format(item=item.id),
                _("Give a --progress below 100."),
            )
        settled["done_on"] = None
    if status is Status.NOT_STARTED and progress != 0:
        if "status" in asked:
            raise ChangeRefused(
                _("{item}: what has not started has a progress of 0%, not {progress}%.").format(
                    item=item.id, progress=progress
                ),
                _("Give --progress 0 with it, or another --status."),
            )
        settled["status"] = Status.IN_PROGRESS
    if status is Status.BLOCKED and item.present_status is not Status.BLOCKED and not request.note:
        raise ChangeRefused(
            _("{item}: a blocked item needs its cause.").format(item=item.id), _("Say what blocks it with --note.")
        )
    return settled


def _check_done_on(item: Item, asked: Mapping[str, object], start: date, on: date) -> None:
    """Refuse a day of completion of what is not done, before its start, or after the day that the update speaks of."""
    done_on = asked.get("done_on")
    if not isinstance(done_on, date):
        return
    if asked.get("status", item.present_status) is not Status.DONE:
        raise ChangeRefused(
            _("{item}: it has a day on which it was done only when it is done.").format(item=item.id),
            _("Give --status done with it."),
        )
    if done_on < start:
        raise ChangeRefused(
            _("{item}: it cannot be done on {day}, before its start on {start}.").format(
                item=item.id, day=day(done_on), start=day(start)
            ),
            _("Give a --done-on on or after its start."),
        )
    if done_on > on:
        raise ChangeRefused(
            _("{item}: it cannot be done on {day}, after the day that this speaks of.").format(
                item=item.id, day=day(done_on)
            ),
            _("Give a --done-on up to that day."),
        )


def _check_due(resolution: Resolution, item: Item, settled: Mapping[str, object]) -> None:
    due, start = settled.get("due"), resolution.start_of(item)
    if isinstance(due, date) and due < start:
        raise ChangeRefused(
            _("{item}: it cannot be due on {due}, before its start on {start}.").format(
                item=item.id, due=day(due), start=day(start)
            ),
            _("Give a --due on or after its start."),
        )
