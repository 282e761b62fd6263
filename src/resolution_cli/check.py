"""What an office must mend before it reports. Pure.

Errors are where the plan and the diary of a readable file disagree; what keeps a file from being read is `storage`'s.
The advice follows the "6 rõ" rule: clear person, work, time, responsibility, product, authority.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from resolution_cli import i18n
from resolution_cli.errors import Problem, did_you_mean, entry_name
from resolution_cli.history import recorded, updates_by_item
from resolution_cli.i18n import _, ngettext
from resolution_cli.matching import nearest_id
from resolution_cli.model import COMPLETE, Item, Kind, Resolution, Status, Update
from resolution_cli.verdict import Verdict, judgement

_LISTS = {Kind.TASK: "tasks", Kind.BREAKTHROUGH: "breakthroughs"}
_OPTIONS = {"partners": "--partner", "tags": "--tag"}


def errors(resolution: Resolution, today: date) -> Iterator[Problem]:
    """Yield what is wrong on `today`, with the command that mends it."""
    known = {item.id.lower(): item for item in resolution.items}
    latest: dict[str, date] = {}
    for number, update in enumerate(resolution.updates):
        subject, key = entry_name("updates", number, update.item), update.item.lower()
        if key not in known:
            near = nearest_id(update.item, [item.id for item in resolution.items])
            hint = did_you_mean(near) if near else _("Name an item of the plan, or take the entry out.")
            yield Problem(("updates", number, "item"), subject, "item", _("there is no such item"), hint)
        if update.on < latest.get(key, update.on):
            message = _("speaks of {day}, but the entry before it of {before}").format(
                day=i18n.day(update.on), before=i18n.day(latest[key])
            )
            yield Problem(("updates", number, "on"), subject, "on", message, _("Put the entries of an item in order."))
        if update.on > today:
            message = _("{day} is in the future").format(day=i18n.day(update.on))
            yield Problem(("updates", number, "on"), subject, "on", message, _("Mend the day."))
        latest[key] = max(update.on, latest.get(key, update.on))
    diary = updates_by_item(resolution)
    for place, item in _placed(resolution):
        yield from _unrecorded(place, item, diary.get(item.id.lower(), ()))
        yield from _contradictions(place, item, today)


def advice(resolution: Resolution, today: date) -> Iterator[Problem]:
    """Yield what is missing or doubtful on `today`, with the command that adds it."""
    diary = updates_by_item(resolution)
    for place, item in _placed(resolution):
        found = [*_gaps(resolution, item), *_doubts(resolution, item, diary.get(item.id.lower(), ()), today)]
        for key, message, options in found:
            yield Problem((*place, key), item.id, key, message, f"tracker update {item.id} {options}")


def _gaps(resolution: Resolution, item: Item) -> Iterator[tuple[str, str, str]]:
    """Yield key, message and options for what the plan of an item leaves open."""
    term = resolution.header.term
    if not item.lead:
        yield "lead", _("no lead unit"), "--lead UNIT"
    if not item.product:
        yield "product", _("no product"), "--product TEXT"
    if not item.due:
        yield "due", _("no due date of its own"), "--due DATE"
    elif not term.start <= item.due <= term.end:
        message = _("{day} is outside the term, {start} to {end}").format(
            day=i18n.day(item.due), start=i18n.day(term.start), end=i18n.day(term.end)
        )
        yield "due", message, "--due DATE"


def _doubts(
    resolution: Resolution, item: Item, updates: Sequence[Update], today: date
) -> Iterator[tuple[str, str, str]]:
    """Yield key, message and options for what a reader of the report will ask about an item."""
    judged = judgement(resolution, item, updates, today)
    if not updates and item.present_status is not Status.NOT_STARTED:
        command = f"--status {item.present_status} --progress {item.present_progress}"
        yield "status", _("no entry of the diary says since when"), command
    if item.present_progress == COMPLETE and item.present_status is not Status.DONE:
        yield "progress", _("at 100%, but not done"), "--status done"
    if item.present_status is Status.DONE and not any(update.evidence for update in updates):
        yield "status", _("done without evidence"), "--evidence TEXT"
    if judged.verdict is Verdict.OVERDUE and not _has_cause_after(updates, resolution.due_of(item)):
        days = judged.days or 0
        message = ngettext(
            "overdue by {count} day without a cause", "overdue by {count} days without a cause", days
        ).format(count=i18n.number(days))
        yield "due", message, "--cause CAUSE --note TEXT"
    if judged.verdict is Verdict.BLOCKED and not judged.cause:
        yield "status", _("blocked without a cause"), "--cause CAUSE --note TEXT"
    if judged.is_stale:
        days = (today - updates[-1].on).days
        message = ngettext("its last update is {count} day old", "its last update is {count} days old", days)
        yield "status", message.format(count=i18n.number(days)), "--note TEXT"


def _has_cause_after(updates: Sequence[Update], due: date) -> bool:
    return any(update.cause for update in updates if update.on > due)


def _placed(resolution: Resolution) -> Iterator[tuple[tuple[str, int], Item]]:
    for kind, entries in ((Kind.TASK, resolution.tasks), (Kind.BREAKTHROUGH, resolution.breakthroughs)):
        for index, item in enumerate(entries):
            yield (_LISTS[kind], index), item


def _unrecorded(place: tuple[str, int], item: Item, updates: Sequence[Update]) -> Iterator[Problem]:
    """Yield the facts that are not what the diary's last word on them says: someone changed them by hand."""
    for name, last_word in recorded(updates).items():
        present = getattr(item, name)
        if present != last_word:
            message = _("found {value}, but the diary's last word is {last}").format(
                value=_shown(present), last=_shown(last_word)
            )
            yield Problem((*place, name), item.id, name, message, f"tracker update {item.id} {_recording(item, name)}")


def _recording(item: Item, name: str) -> str:
    """Return the options of the update that records the present value of the fact `name`."""
    value = getattr(item, name)
    if name in ("status", "done_on"):
        note = ' --note "…"' if item.present_status is Status.BLOCKED else ""
        progress = f" --progress {item.present_progress}" if item.present_status is not Status.DONE else ""
        return f"--status {item.present_status}{progress}{note}"
    if name == "progress":
        return f"--progress {item.present_progress}"
    option = _OPTIONS.get(name, f"--{name}")
    if value is None:
        return f"--clear {name}"
    return " ".join(f'{option} "{part}"' for part in (value if isinstance(value, tuple) else [value]))


def _contradictions(place: tuple[str, int], item: Item, today: date) -> Iterator[Problem]:
    """Yield the facts of one item that cannot be true together."""
    is_done = item.present_status is Status.DONE
    record = f"tracker update {item.id} --status"
    if is_done and item.done_on is None:
        yield Problem(
            (*place, "done_on"), item.id, "done_on", _("done, but not on which day"), f"{record} done --on DATE"
        )
    if is_done and item.present_progress != COMPLETE:
        message = _("done, but at {progress}%").format(progress=item.present_progress)
        yield Problem((*place, "progress"), item.id, "progress", message, f"{record} done")
    if item.done_on and item.done_on > today:
        message = _("{day} is in the future").format(day=i18n.day(item.done_on))
        yield Problem((*place, "done_on"), item.id, "done_on", message, _("Mend the day, or take the line out."))
    if item.done_on and not is_done:
        message = _("a day on which it was done, but its status is {status}").format(status=item.present_status)
        hint = _("Take the line out, or {command}.").format(command=f"{record} done")
        yield Problem((*place, "done_on"), item.id, "done_on", message, hint)
    if item.present_status is Status.NOT_STARTED and item.present_progress:
        message = _("not-started, but at {progress}%").format(progress=item.present_progress)
        yield Problem((*place, "status"), item.id, "status", message, f"{record} in-progress")


def _shown(value: object) -> str:
    if value is None:
        return _("nothing")
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
