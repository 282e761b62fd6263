"""The rules of an update: what it changes, with what follows from that, or why it is refused."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.milestones import ParentHistory, how_to_report
from resolution_cli.domain.model import COMPLETE, Cause, Item, Status, Update
from resolution_cli.domain.target_change import target_facts
from resolution_cli.domain.target_history import TargetHistory
from resolution_cli.errors import ChangeRefused
from resolution_cli.i18n import _, day
from resolution_cli.shell import command_line


class Request(Struct, frozen=True, kw_only=True):
    """The update of items or targets that a person asks for.

    Attributes:
        facts: the new values by name, from `model.FACTS`; None removes a value.
        on: the effective day.
        at: the instant of recording; its date is today.
        by: the name of the person who records it.
        note, evidence, cause, proposal: as in `model.Update`.

    """

    facts: Mapping[str, object]
    on: date
    at: datetime
    by: str | None = None
    note: str | None = None
    evidence: tuple[str, ...] = ()
    cause: Cause | None = None
    proposal: str | None = None

    @property
    def says_something(self) -> bool:
        """Say whether there is a text, apart from facts."""
        return bool(self.note or self.evidence or self.cause or self.proposal)


def resulting_facts(
    history: ItemHistory | TargetHistory, asked: Mapping[str, object], said: Request | Update
) -> dict[str, object]:
    """Return the new values by name: those `asked` for, and those that rules infer from them.

    Args:
        history: the item or target with its history.
        asked: the new values by name; None removes a value.
        said: the day, the note and the evidence that come with them.

    Raises:
        ChangeRefused: a rule forbids it.

    """
    if isinstance(history, TargetHistory):
        return target_facts(history, asked, said.on)
    return _item_facts(history, asked, said)


def _item_facts(
    history: ItemHistory, asked: Mapping[str, object], said: Request | Update
) -> dict[str, object]:
    """Return the new values of an item by name: those asked for, and those that rules infer."""
    if "value" in asked:
        raise ChangeRefused(
            _("{item} is not a target; only targets have figures.").format(item=history.item.id),
            _how_to_report(history, said.on),
        )
    if isinstance(history, ParentHistory):
        history.check_asked(asked, said.on)
    _check_milestone(history.item, asked)
    inferred = _state_facts(history, asked, said)
    known = history.item.fact_names
    facts = {**asked, **{name: value for name, value in inferred.items() if name in known}}
    _check_done_on(history, asked, facts, said.on)
    _check_due(history, facts)
    return facts


def _how_to_report(history: ItemHistory, day: date) -> str:
    """Return the hint of how progress is reported."""
    milestones = history.in_force(day)
    if milestones:
        return how_to_report(milestones)
    if "progress" in history.item.fact_names:
        return _("Report how far the work is with --progress or --status.")
    return _("Report it with --status in-progress or --status done.")


def _check_milestone(item: Item, asked: Mapping[str, object]) -> None:
    """Refuse a progress of a milestone."""
    if "progress" in asked and "progress" not in item.fact_names:
        raise ChangeRefused(
            _("{item} is a milestone: it is done or not, and has no progress.").format(
                item=item.id
            ),
            _("Report it with --status in-progress or --status done."),
        )


def _state_facts(
    history: ItemHistory, asked: Mapping[str, object], said: Request | Update
) -> dict[str, object]:
    """Return the facts that the rules infer from the status and progress asked for, by name.

    None removes a value. Raise ChangeRefused if status and progress contradict each other.
    """
    item = history.item
    if asked.keys().isdisjoint(("status", "progress")):
        return {}
    status = asked.get("status", item.present_status)
    if status is Status.DONE:
        return _state_facts_of_done(history, asked, said)
    if status is Status.CANCELLED:
        return _state_facts_of_cancelled(history, asked, said)
    return _state_facts_of_open(history, asked, said)


def _state_facts_of_done(
    history: ItemHistory, asked: Mapping[str, object], said: Request | Update
) -> dict[str, object]:
    """Return the facts inferred for an item that becomes or stays done."""
    item = history.item
    progress = asked.get("progress", COMPLETE)
    if progress != COMPLETE:
        message = _("{item}: a done item has a progress of 100%, not {progress}%.")
        raise ChangeRefused(
            message.format(item=item.id, progress=progress),
            _("To reopen a done item, give --status in-progress and --progress.")
            if item.is_done
            else _("Leave out --progress, or give another --status."),
        )
    done_on = _completion_day(history, asked, said.on)
    return {"status": Status.DONE, "progress": COMPLETE, "done_on": done_on}


def _reopening(history: ItemHistory) -> str:
    """Return how what is done is reopened: an item with milestones by one of these."""
    milestones = history.in_force(history.today)
    if not milestones and "progress" in history.item.fact_names:
        return _("To reopen a done item, give --status in-progress and --progress.")
    reopened = milestones[0] if milestones else history
    command = command_line("tracker", "update", reopened.item.id, "--status", "in-progress")
    return _("Reopen it first: {command}").format(command=command)


def _state_facts_of_cancelled(
    history: ItemHistory, asked: Mapping[str, object], said: Request | Update
) -> dict[str, object]:
    """Return the facts inferred for an item that becomes or stays cancelled."""
    item = history.item
    if "status" not in asked:
        raise ChangeRefused(
            _("{item}: it is cancelled, so it makes no progress.").format(item=item.id),
            _("To reopen a cancelled item, add --status in-progress."),
        )
    if history.on(
        history.today
    ).is_done:  # it would no longer be seen whether it was done on time or late
        raise ChangeRefused(
            _("{item}: it is done; what is done cannot be cancelled.").format(item=item.id),
            _reopening(history),
        )
    is_recorded = history.recorded_value("status") is Status.CANCELLED
    if not is_recorded and not said.evidence:
        raise ChangeRefused(
            _("{item}: to cancel an item needs evidence.").format(item=item.id),
            _("Add --evidence with the document that decides it, by number and date."),
        )
    return {"done_on": None}


def _state_facts_of_open(
    history: ItemHistory, asked: Mapping[str, object], said: Request | Update
) -> dict[str, object]:
    """Return the facts inferred for an item that is open, or is reopened."""
    item = history.item
    status = asked.get("status", item.present_status)
    progress = asked.get("progress", item.present_progress)
    if item.is_done and "progress" not in item.fact_names:
        progress = 0
    elif item.is_done and asked.get("progress", COMPLETE) == COMPLETE:
        raise ChangeRefused(
            _("{item}: it is done; to reopen it, give its progress.").format(item=item.id),
            _("Give a --progress below 100."),
        )
    if status is Status.BLOCKED and item.present_status is not Status.BLOCKED and not said.note:
        raise ChangeRefused(
            _("{item}: a blocked item needs a note.").format(item=item.id),
            _("Add a --note that says what blocks it."),
        )
    if status is not Status.NOT_STARTED or progress == 0:
        return {"done_on": None}
    if "status" in asked:
        message = _("{item}: an item that has not started has a progress of 0%, not {progress}%.")
        raise ChangeRefused(
            message.format(item=item.id, progress=progress),
            _("Add --progress 0, or give another --status."),
        )
    return {"done_on": None, "status": Status.IN_PROGRESS}


def _completion_day(history: ItemHistory, asked: Mapping[str, object], on: date) -> object:
    """Return the day of completion of a done item.

    It is the day asked for; else that of the plan or of the history, where they have the item as
    done; else the effective day of the update.
    """
    is_done_in_plan = history.item.is_done
    in_plan = history.item.done_on if is_done_in_plan else None
    is_done_in_history = history.recorded_value("status") is Status.DONE
    recorded = history.recorded_value("done_on") if is_done_in_history else None
    return asked.get("done_on") or in_plan or recorded or on


def _check_done_on(
    history: ItemHistory, asked: Mapping[str, object], facts: Mapping[str, object], on: date
) -> None:
    """Refuse a day of completion if the item is not done, or if another date contradicts it.

    It is not before the start or the last reopening, nor after `on`, the effective day of the
    update.
    """
    item, start = history.item, history.start
    done_on = asked.get("done_on") or facts.get("done_on")
    if not isinstance(done_on, date):
        return
    if facts.get("status", item.present_status) is not Status.DONE:
        raise ChangeRefused(
            _("{item}: only a done item has a day of completion.").format(item=item.id),
            _("Add --status done."),
        )
    option = "--done-on" if "done_on" in asked else "--on"
    if done_on < start:
        message = _("{item}: the day of completion, {day}, is before the start, {start}.")
        raise ChangeRefused(
            message.format(item=item.id, day=day(done_on), start=day(start)),
            _("Set {option} to the start or a later day.").format(option=option),
        )
    if done_on > on:
        message = _(
            "{item}: the day of completion, {day}, is after the effective date of the update."
        )
        raise ChangeRefused(
            message.format(item=item.id, day=day(done_on)),
            _("Set --done-on to that date or an earlier day."),
        )
    if (reopened := history.reopened_on) and done_on < reopened:
        message = _(
            "{item}: the day of completion, {day}, "
            "is before the day on which it was reopened, {reopened}."
        )
        raise ChangeRefused(
            message.format(item=item.id, day=day(done_on), reopened=day(reopened)),
            _("Set --done-on to that day or a later one."),
        )


def _check_due(history: ItemHistory, facts: Mapping[str, object]) -> None:
    """Refuse a due date before the start."""
    due, start = facts.get("due"), history.start
    if isinstance(due, date) and due < start:
        message = _("{item}: the due date, {due}, is before the start, {start}.")
        raise ChangeRefused(
            message.format(item=history.item.id, due=day(due), start=day(start)),
            _("Set --due to the start or a later day."),
        )
