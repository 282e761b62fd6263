"""What amending an entry of the history changes, as data, or why it is refused. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.domain.change import check_day, tracked_histories
from resolution_cli.domain.history import gaps
from resolution_cli.domain.model import (
    FACTS,
    Amendment,
    Item,
    OldValues,
    Resolution,
    Status,
    Target,
    Update,
    effective,
)
from resolution_cli.domain.recording import stamp
from resolution_cli.domain.rewriting import (
    Mended,
    Tracked,
    asked_facts,
    check_covered,
    check_order,
    moment_before,
    place_in_file,
    rewritten,
    with_facts,
)
from resolution_cli.domain.rules import Request, resulting_facts
from resolution_cli.domain.selection import found_tracked
from resolution_cli.domain.units import with_main_names
from resolution_cli.errors import ChangeRefused
from resolution_cli.i18n import _, day, ngettext, number

AMENDED_KEYS = ("on", *FACTS, "was", "note", "evidence", "cause", "proposal")
"""The keys of an entry that an amendment may change."""


class Amended(Struct, frozen=True, kw_only=True):
    """The amendment of an entry.

    Attributes:
        before: the item or target before it.
        old, new: the entry before and after it; the new one has what it said before.
        facts: the new values of the plan by name; None removes a value.
        is_moved: the entry gets another place in the file.
        next: the entry of the file before which it is put then; None at the end.
        mended: the other entries that change with it.

    """

    before: Item | Target
    old: Update
    new: Update
    facts: Mapping[str, object]
    is_moved: bool
    next: Update | None
    mended: tuple[Mended, ...]


class Correction(Struct, frozen=True):
    """The amendment of an entry that a person asks for.

    Attributes:
        item_id: the id of the item or target.
        entry: which of its entries: by its day, or by its number, from 1.
        request: the new values and texts; what is absent stays. Its day does not count. Without
            any, old values that are not what the entries before leave are mended.
        on: the new effective day; None keeps the day.

    """

    item_id: str
    entry: date | int
    request: Request
    on: date | None = None


def unamended(update: Update) -> Update | None:
    """Return the entry as it was before its last amendment; None if it was never amended."""
    if not update.amended:
        return None
    *earlier, last = update.amended
    absent: dict[str, Any] = {
        key: {"was": OldValues(), "evidence": ()}.get(key) for key in last.absent
    }
    said = {key: value for key in AMENDED_KEYS if (value := getattr(last, key)) is not None}
    return replace(update, **absent, **said, amended=tuple(earlier))


def amended(resolution: Resolution, correction: Correction) -> Amended:
    """Return the amendment of an entry of an item or target of `resolution`.

    Raises:
        ItemNotFound: the resolution has nothing with this id.
        ChangeRefused: there is no such entry, or several; a rule or another entry forbids the
            amendment; or nothing would change.

    """
    request, on = correction.request, correction.on
    request = replace(request, facts=with_main_names(resolution, request.facts).values)
    item = found_tracked(resolution, correction.item_id)
    history = tracked_histories(resolution, request.at.date())[item.id.lower()]
    check_order(resolution, history)
    index = _index(history, correction.entry)
    old = history.updates[index]
    if on:
        check_day(resolution, on, request.at.date())
    others = [update for update in history.updates if update is not old]
    new_on = on or old.on
    new_index = index if new_on == old.on else sum(each.on <= new_on for each in others)
    then = moment_before(history, index)
    order = [*others[:new_index], None, *others[new_index:]]
    result = rewritten(history, order, lambda now: _corrected(old, then, now, request, new_on))
    new = result.entry or old
    if new == old:
        raise ChangeRefused(
            _("{item}: nothing would change.").format(item=item.id),
            _("Give a value that differs from what the entry says."),
        )
    if request.facts or on:
        check_covered(history.with_entries(others, {}, {}), new_index, new)
    in_file = [update for update in resolution.updates if update is not old]
    former = next(n for n, each in enumerate(resolution.updates) if each is old)
    is_moved = not _is_between(in_file, others, new_index, former)
    place = place_in_file(in_file, others, new_on) if is_moved else former
    record = _record(resolution, old, new, request, former + 1 if is_moved else None)
    return Amended(
        before=history.item,
        old=old,
        new=replace(new, amended=(*old.amended, record)),
        facts=result.facts,
        is_moved=is_moved,
        next=in_file[place] if place < len(in_file) else None,
        mended=result.mended,
    )


def _index(history: Tracked, entry: date | int) -> int:
    """Return the index of the entry that a person names by its number or by its day."""
    updates, item_id = history.updates, history.item.id
    if not updates:
        raise ChangeRefused(_("{item} has no entry to amend.").format(item=item_id))
    see_numbers = _("`tracker log {item}` shows the numbers of its entries.").format(item=item_id)
    if isinstance(entry, int):
        if 1 <= entry <= len(updates):
            return entry - 1
        message = ngettext(
            "{item} has no entry {entry}; it has {count} entry.",
            "{item} has no entry {entry}; it has {count} entries.",
            len(updates),
        )
        raise ChangeRefused(
            message.format(item=item_id, entry=entry, count=number(len(updates))), see_numbers
        )
    found = [index for index, update in enumerate(updates) if update.on == entry]
    if len(found) == 1:
        return found[0]
    if not found:
        message = _("{item} has no entry of {day}.").format(item=item_id, day=day(entry))
        raise ChangeRefused(message, see_numbers)
    numbers = ", ".join(str(index + 1) for index in found)
    message = _("{item} has several entries of {day}: numbers {numbers}.")
    raise ChangeRefused(
        message.format(item=item_id, day=day(entry), numbers=numbers),
        _("Name one by its number: --entry {number}.").format(number=found[-1] + 1),
    )


def _is_between(
    in_file: Sequence[Update], others: Sequence[Update], index: int, place: int
) -> bool:
    """Say whether an entry at `place` in the file is the one `index` of its item there."""
    before = {id(update) for update in in_file[:place]}
    return [id(update) in before for update in others] == [
        number < index for number in range(len(others))
    ]


def _corrected(old: Update, then: Tracked, now: Tracked, request: Request, on: date) -> Update:
    """Return the entry `old`, recorded after `then`, as `request` corrects it, after `now`."""
    texts: dict[str, Any] = {
        "note": request.note or old.note,
        "evidence": request.evidence or old.evidence,
        "cause": request.cause or old.cause,
        "proposal": request.proposal or old.proposal,
    }
    new = replace(old, on=on, **texts)
    facts: dict[str, object] = {name: value for name, _old, value in old.changes()}
    renewed = {*request.facts}
    if request.facts or on != old.on:
        facts = _corrected_facts(old, new, then, now, request.facts)
    elif new == old:
        day_of_figure = then.recorded_value("on") if "value" in then.recorded else None
        recorded = {**then.recorded, "on": day_of_figure}
        renewed = {name for name, _was, _before in gaps(old, recorded)}
    new = with_facts(new, facts, then, now, renewed)
    if not new.has_content:
        raise ChangeRefused(
            _("{item}: the entry would no longer have any content.").format(item=old.item),
            _("Add a --note that says what the entry is for, or delete the entry from the file."),
        )
    return new


def _corrected_facts(
    old: Update, new: Update, then: Tracked, now: Tracked, given: Mapping[str, object]
) -> dict[str, object]:
    """Return what the entry sets, with the facts `given` in the place of its own."""
    # No update takes status or progress away, but an entry that was written by hand may.
    lost = {"status", "progress"} - old.said().keys()
    own = {name: value for name, value in asked_facts(old, then).items() if name not in lost}
    status = given.get("status", own.get("status"))
    if status is not Status.DONE:
        own.pop("done_on", None)
    if "status" in given and status is Status.DONE:
        own.pop("progress", None)
    facts = resulting_facts(now, {**own, **given}, new)
    # What the entry says itself stays, also where it held before; what is given must be news.
    return {
        name: value
        for name, value in facts.items()
        if name in FACTS
        and (
            (name in own and name not in given)
            or effective(name, value) != effective(name, now.recorded_value(name))
        )
    }


def _record(
    resolution: Resolution, old: Update, new: Update, request: Request, place: int | None
) -> Amendment:
    """Return what `old` said where `new` says something else."""
    changed = [key for key in AMENDED_KEYS if getattr(old, key) != getattr(new, key)]
    said = {key: value for key in changed if (value := getattr(old, key)) not in _NOTHING}
    mark = stamp(resolution.updates, request.at, is_last=False)
    values: dict[str, Any] = {**said, "after": mark.after, "command": mark.command}
    return Amendment(
        at=request.at,
        by=request.by,
        absent=tuple(key for key in changed if key not in said),
        place=place,
        **values,
    )


_NOTHING = (None, (), OldValues())
"""What a key of an entry has where it is absent."""
