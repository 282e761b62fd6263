"""The history read item by item: what was recorded last, and how each item stood on any past day. Pure.

Entries are in the order of their days, and within a day in that of the file. The instants at which
they were recorded order nothing: clocks and their offsets differ.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from operator import attrgetter, itemgetter

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.domain.model import (
    COMPLETE,
    STATE_FACTS,
    Item,
    Resolution,
    Status,
    Term,
    Update,
    effective,
)


class Stretch(Struct, frozen=True):
    """From which day on, to the start of the next stretch, an item had a status and a progress.

    Attributes:
        start: the first day; `date.min` where nothing was recorded before.
        status, progress: what the item had on these days; the progress in percent.
        done_on: the day on which it was done, of a stretch in which it is; else None.

    """

    start: date
    status: Status
    progress: int
    done_on: date | None = None

    @property
    def is_done(self) -> bool:
        """Say whether the item was done."""
        return self.status is Status.DONE


class ItemHistory:
    """One item with the entries of its history, and what these make of it on any day.

    The entries are read once, however many days are asked for. The past is what they say: a value
    that someone wrote into the plan by hand counts from `today` on. What is done, counts as done
    from the day on which it was done, also where that was recorded later.

    Args:
        item: the item as the plan has it.
        updates: its entries, in the order in which they are read.
        term: the term of the resolution, which stands in for a start or due date that the item has
            not.
        today: the day at whose end the plan stands.

    """

    def __init__(self, item: Item, updates: Sequence[Update], term: Term, today: date) -> None:
        self.item = item
        self.updates = updates
        self.term = term
        self.today = today

    @property
    def start(self) -> date:
        """Return the day on which its work starts: its own, or the term's."""
        return self.item.start or self.term.start

    @cached_property
    def recorded(self) -> dict[str, object]:
        """Return the facts that the history has, by name, as its last entry on each says.

        A fact that was taken away is None; one that no entry is about is absent.
        """
        return {name: new for update in self.updates for name, _old, new in update.changes()}

    def recorded_value(self, name: str) -> object:
        """Return the value of the fact `name` as the history has it; None where it has none.

        A plan begins with its due dates, units and products: where no entry is about them, the
        plan's value counts. Status, progress and day of completion are news, which only an entry
        can bring.
        """
        initial = None if name in STATE_FACTS else getattr(self.item, name)
        return self.recorded.get(name, initial)

    def is_changed_by_hand(self, name: str) -> bool:
        """Say whether the plan's value of the fact `name` is another than the history's."""
        return effective(name, getattr(self.item, name)) != effective(
            name, self.recorded_value(name)
        )

    @property
    def reopened_on(self) -> date | None:
        """Return the day from which on it was open again after it was done; None if it never was."""
        reopened = [
            after.start
            for before, after in pairwise(self.stretches)
            if before.is_done and not after.is_done
        ]
        return reopened[-1] if reopened else None

    def on(self, day: date) -> Item:
        """Return the item as it stood at the end of `day`."""
        if day >= self.today:
            return self.item
        state = self.stretch_on(day)
        return replace(
            self.item,
            **self._assigned_on(day),
            status=state.status,
            progress=state.progress,
            done_on=state.done_on,
        )

    def until(self, day: date) -> Sequence[Update]:
        """Return the entries of the days up to `day`."""
        return self.updates[: bisect_right(self.updates, day, key=attrgetter("on"))]

    def deadline_on(self, day: date) -> date | None:
        """Return the item's own due date that was in force at the end of `day`; None if it had none."""
        if day >= self.today:
            return self.item.due
        return self.deadlines[bisect_right(self.deadlines, day, key=itemgetter(0)) - 1][1]

    def due_on(self, day: date) -> date:
        """Return the due date that was in force at the end of `day`: its own then, or the term's end."""
        return self.deadline_on(day) or self.term.end

    def stretch_on(self, day: date) -> Stretch:
        """Return the stretch in which `day` is, as the history has it."""
        return self.stretches[bisect_right(self.stretches, day, key=attrgetter("start")) - 1]

    @cached_property
    def deadlines(self) -> Sequence[tuple[date, date | None]]:
        """Return the due dates that the item has had, each with the day from which on it counted, in order.

        The first one counts from `date.min` on; None stands for none of its own.
        """
        about = [update for update in self.updates if _is_about(update, "due")]
        found = [(date.min, about[0].was.due if about else self.item.due)]
        for update in about:
            if update.due != found[-1][1]:
                found.append((update.on, update.due))
        return found

    @cached_property
    def stretches(self) -> Sequence[Stretch]:
        """Return the stretches of days in which status and progress were the same, in order."""
        found = [self._first_stretch()]
        status, progress = found[0].status, found[0].progress
        floor = 0  # the number of the stretch behind which a completion cannot reach: the last reopening
        for number, update in enumerate(self.updates):
            if not (_is_about(update, "status") or _is_about(update, "progress")):
                continue
            was_done = status is Status.DONE
            if _is_about(update, "status"):
                status = update.status or Status.NOT_STARTED
            if _is_about(update, "progress"):
                progress = update.progress or 0
            if status is not Status.DONE:
                floor = len(found) if was_done else floor
                found.append(Stretch(update.on, status, progress))
            elif not was_done:
                _complete(found, floor, self._done_on(number))
        item = self.item
        if "status" not in self.recorded and item.is_done and item.done_on:
            _complete(found, floor, item.done_on)
        return found

    def _first_stretch(self) -> Stretch:
        """Return what was before the first entry on status and progress, as that entry says it."""
        status, progress, done_on = (
            next(
                (getattr(update.was, name) for update in self.updates if _is_about(update, name)),
                None,
            )
            for name in ("status", "progress", "done_on")
        )
        status = status or Status.NOT_STARTED
        return Stretch(date.min, status, progress or 0, done_on if status is Status.DONE else None)

    def _done_on(self, number: int) -> date:
        """Return the day of the completion that the entry `number` records, as the last one about it corrects it."""
        first, *rest = self.updates[number:]
        done_on = first.done_on or first.on
        for update in rest:
            if _is_about(update, "status"):
                return min(done_on, update.on)
            done_on = update.done_on or done_on
        return done_on

    def _assigned_on(self, day: date) -> dict[str, object]:
        """Return the facts that are no state, by name, as they were at the end of `day`."""
        facts: dict[str, object] = {}
        for update in self.updates:
            for name, old, new in update.changes():
                if name not in STATE_FACTS and (update.on <= day or name not in facts):
                    facts[name] = new if update.on <= day else old
        return facts


def histories(resolution: Resolution, today: date) -> Mapping[str, ItemHistory]:
    """Return the history of each item by the lower-cased id, in the resolution's order; the plan stands on `today`."""
    entries = updates_by_item(resolution)
    term = resolution.header.term
    return {
        item.id.lower(): ItemHistory(item, entries.get(item.id.lower(), ()), term, today)
        for item in resolution.items
    }


def updates_by_item(resolution: Resolution) -> Mapping[str, Sequence[Update]]:
    """Return the entries of the history, in the order in which they are read, by the lower-cased id of their item."""
    found: dict[str, list[Update]] = {}
    for update in resolution.updates:
        found.setdefault(update.item.lower(), []).append(update)
    for updates in found.values():
        updates.sort(key=attrgetter("on"))
    return found


def _complete(found: list[Stretch], floor: int, done_on: date) -> None:
    """Let the item be done from `done_on` on, but not before the stretch number `floor` begins."""
    done_on = max(done_on, found[floor].start)
    while len(found) > floor + 1 and found[-1].start > done_on:
        found.pop()  # it was done by then, which was not known yet
    found.append(Stretch(done_on, Status.DONE, COMPLETE, done_on))


def _is_about(update: Update, name: str) -> bool:
    return getattr(update, name) is not None or getattr(update.was, name) is not None
