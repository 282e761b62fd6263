"""What units answered on forms, against the resolution: the updates that follow, or why not. Pure.

An answer says what was known of its row when the form was sent, so that news that came here since
is not overwritten, and an answer that was taken before adds nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from resolution_cli.domain.amend import unamended
from resolution_cli.domain.change import Change, several, tracked_histories
from resolution_cli.domain.forms import (
    Answer,
    Asked,
    FilledForm,
    asked_of,
    first_given,
    given,
)
from resolution_cli.domain.history import History
from resolution_cli.domain.model import (
    COMPLETE,
    FACTS,
    Figure,
    Item,
    Resolution,
    Status,
    Target,
    Update,
    effective,
)
from resolution_cli.domain.rules import Request
from resolution_cli.domain.values import TITLES
from resolution_cli.errors import TrackerError
from resolution_cli.i18n import _, day, figure, number


class Objection(Struct, frozen=True):
    """What is wrong with an answer: where, and what was found and is expected."""

    answer: Answer
    asked: Asked
    message: str


class Taken(Struct, frozen=True):
    """What follows from forms.

    Attributes:
        changes: the updates; none where anything is objected to.
        objections: everything that is wrong, in the order of the answers.

    """

    changes: tuple[Change, ...]
    objections: tuple[Objection, ...]


class _Wanted(Struct, frozen=True):
    """An update that follows from an answer, and whether its day was given."""

    answer: Answer
    request: Request
    is_dated: bool


def taken(
    resolution: Resolution, forms: Iterable[FilledForm], at: datetime, by: str | None
) -> Taken:
    """Return what follows from the forms, or all that is wrong with them.

    A result is the note of an entry, a difficulty that of another one, behind it. An entry is of
    the last day of the period, or of today where that is not over; the figure of a target is of its
    own day. What the file has since the form was sent is not added again.

    Args:
        resolution: the resolution as it is now.
        forms: the forms; those of one unit may be several.
        at: the instant of recording; its date is today.
        by: who records it.

    """
    found = _Reader(resolution, at, by)
    for form in forms:
        for answer in form.answers:
            found.take(form, answer)
    wanted = sorted(found.wanted, key=lambda each: each.request.on)
    asked = [(each.answer.sent.id, each.request) for each in wanted]
    changes, refusals = several(resolution, asked)
    refused = [_refused(wanted[each.number].answer, each.error) for each in refusals]
    objections = (*found.objections, *refused)
    return Taken(() if objections else changes, objections)


class _Reader:
    """The answers of all forms, read one by one into updates and objections."""

    def __init__(self, resolution: Resolution, at: datetime, by: str | None) -> None:
        self.wanted: list[_Wanted] = []
        self.objections: list[Objection] = []
        self._at, self._by = at, by
        self._histories = tracked_histories(resolution, at.date())
        self._given: dict[tuple[str, str], object] = {}
        self._requested: dict[str, list[Request]] = {}

    def take(self, form: FilledForm, answer: Answer) -> None:
        """Take one answer of a form."""
        history = self._histories.get(answer.sent.id.lower())
        if history is None:
            message = _("{id} is no longer in the plan").format(id=answer.sent.id)
            self.objections.append(Objection(answer, first_given(answer), message))
            return
        item = history.on(self._at.date())
        objections = [
            *_objections(
                item,
                answer,
                self._at.date(),
                has_milestones=bool(_milestones(history)),
            )
        ]
        wanted = [
            each
            for each in self._requests(form, answer, item)
            if not _is_known(history, each, form.sent_at)
        ]
        for each in wanted:
            known = {objection.asked for objection in objections}
            conflicts = self._conflicts(each, history, item, form.sent_at)
            objections += [each for each in conflicts if each.asked not in known]
        if objections:
            self.objections += objections
            return
        taken_before = self._requested.setdefault(answer.sent.id.lower(), [])
        new = [each for each in wanted if each.request not in taken_before]
        taken_before += [each.request for each in new]
        self.wanted += new

    def _requests(self, form: FilledForm, answer: Answer, item: Item | Target) -> list[_Wanted]:
        """Return the updates that follow from an answer, a result before a difficulty."""
        is_over = form.period.end < self._at.date()
        usual = form.period.end if is_over else self._at.date()
        is_target = isinstance(item, Target)
        on = (answer.done_on or usual) if is_target else max(answer.done_on or usual, usual)
        is_dated = is_over or on != usual
        facts = _facts(answer, item, on)
        said: dict[str, Any] = {"evidence": answer.evidence, "proposal": answer.proposal}
        stamp: dict[str, Any] = {"on": on, "at": self._at, "by": self._by}
        if answer.result and answer.difficulty:
            is_blocked = facts.get("status") is Status.BLOCKED
            blocking = {"status": Status.BLOCKED} if is_blocked else {}
            first = {name: value for name, value in facts.items() if name not in blocking}
            requests = [
                Request(facts=first, note=answer.result, **said, **stamp),
                Request(facts=blocking, note=answer.difficulty, cause=answer.cause, **stamp),
            ]
        else:
            note = answer.result or answer.difficulty
            requests = [Request(facts=facts, note=note, cause=answer.cause, **said, **stamp)]
        return [
            _Wanted(answer, each, is_dated)
            for each in requests
            if each.facts or each.says_something
        ]

    def _conflicts(
        self, wanted: _Wanted, history: History[Any], item: Item | Target, sent_at: datetime
    ) -> Iterator[Objection]:
        """Yield where an answer differs from what came here since, or from another form."""
        answer, request = wanted.answer, wanted.request
        for name, value in request.facts.items():
            then, now = answer.sent.facts.get(name), getattr(item, name, None)
            if isinstance(item, Target) and request.on != item.on:
                then, now = _figures_of(history, request.on, sent_at)
            if not _same(name, now, then) and not _same(name, now, value):
                message = _(
                    "found {answer}, but since the form was sent it was changed here from {then} "
                    "to {now}"
                )
                values = {"answer": value, "then": then, "now": now}
                said = {key: _shown(name, each) for key, each in values.items()}
                yield _objection(answer, name, message, said)
        facts = dict(request.facts)
        if facts.get("status") is Status.DONE and hasattr(item, "progress"):
            facts.setdefault("progress", COMPLETE)
        for name, value in facts.items():
            key = answer.sent.id.lower(), f"{name} {request.on}"
            if not _same(name, other := self._given.setdefault(key, value), value):
                message = _("found {answer}, but another of these forms says {other}")
                said = {"answer": _shown(name, value), "other": _shown(name, other)}
                yield _objection(answer, name if name in request.facts else "status", message, said)


def _objections(
    item: Item | Target, answer: Answer, today: date, *, has_milestones: bool
) -> Iterator[Objection]:
    """Yield what does not fit together in one row."""
    for asked in given(answer):
        if asked not in asked_of(item, has_milestones=has_milestones):
            yield Objection(
                answer,
                asked,
                _("this is not asked of {id}; leave the cell empty").format(id=item.id),
            )
    if answer.done_on and answer.done_on > today:
        message = _("found {day}, which is in the future; expected a day up to today").format(
            day=day(answer.done_on)
        )
        yield Objection(answer, Asked.DONE_ON, message)
    # The figure of a target is no whole number, the progress of an item is one.
    if answer.figure is not None and isinstance(answer.figure, int) is isinstance(item, Target):
        message = _("{id} is something else than when the form was sent; its figure has no place")
        yield Objection(answer, Asked.FIGURE, message.format(id=item.id))
        return
    if isinstance(item, Target):
        if answer.done_on and answer.figure is None:
            message = _("found a day and no figure; expected the figure of that day")
            yield Objection(answer, Asked.FIGURE, message)
        return
    status = answer.status or item.present_status
    if answer.done_on and status is not Status.DONE:
        message = _("found a day, but the status is “{status}”; expected the status “{done}”")
        words = {"status": _shown("status", status), "done": _shown("status", Status.DONE)}
        yield Objection(answer, Asked.DONE_ON, message.format(**words))
    yield from _objections_to_difficulty(item, status, answer)


def _objections_to_difficulty(item: Item, status: Status, answer: Answer) -> Iterator[Objection]:
    blocked = _shown("status", Status.BLOCKED)
    if answer.difficulty and not answer.cause and status is not Status.BLOCKED:
        message = _(
            "found a difficulty and no cause; expected its cause, or the status “{blocked}”"
        )
        yield Objection(answer, Asked.CAUSE, message.format(blocked=blocked))
    if answer.cause and not answer.difficulty:
        message = _("found a cause and no difficulty; expected what the difficulty is")
        yield Objection(answer, Asked.DIFFICULTY, message)
    if answer.status is Status.BLOCKED and not (item.is_blocked or answer.difficulty):
        message = _("found the status “{blocked}” and no difficulty; expected what blocks it")
        yield Objection(answer, Asked.DIFFICULTY, message.format(blocked=blocked))


def _figures_of(history: History[Any], on: date, sent_at: datetime) -> tuple[object, object]:
    """Return the figure of a target that the history had of a day at `sent_at`, and has now."""
    of_day = [each for each in history.updates if each.on == on and each.value is not None]
    then = [each.value for each in of_day if each.at is None or each.at < sent_at]
    return then[-1] if then else None, of_day[-1].value if of_day else None


def _milestones(history: History[Any]) -> Sequence[object]:
    """Return the milestones from which the state of an item follows."""
    found: Sequence[object] = getattr(history, "in_force", lambda _day: ())(history.today)
    return found


def _facts(answer: Answer, item: Item | Target, on: date) -> dict[str, object]:
    """Return the facts of an answer by name, without those that the plan has already."""
    if isinstance(item, Target):
        is_known = (answer.figure, on) == (item.value, item.on)
        return {} if answer.figure is None or is_known else {"value": answer.figure}
    facts = {"status": answer.status, "progress": answer.figure, "done_on": answer.done_on}
    return {
        name: value
        for name, value in facts.items()
        if value is not None and not _same(name, value, getattr(item, name, None))
    }


def _is_known(history: History[Any], wanted: _Wanted, sent_at: datetime) -> bool:
    """Say whether the file has what is wanted, recorded since the form was sent.

    An entry leaves out what held on its day already.
    """
    request = wanted.request
    values: dict[str, object] = dict(wanted.answer.sent.facts)
    for update in history.updates:
        is_since = update.at is not None and update.at >= sent_at
        for said in _versions(update):
            after = values | {name: new for name, _old, new in said.changes()}
            is_of_day = said.on == request.on or (is_since and not wanted.is_dated)
            if is_of_day and _says(said, request, after):
                return True
        values |= {name: new for name, _old, new in update.changes()}
    return False


def _versions(update: Update) -> Iterator[Update]:
    """Yield an entry, and before it what it said before each amendment, the last one first."""
    version: Update | None = update
    while version:
        yield version
        version = unamended(version)


def _says(update: Update, request: Request, values: Mapping[str, object]) -> bool:
    """Say whether an entry, after which the facts have these `values`, says what is asked for."""
    texts = (update.note, update.evidence, update.cause, update.proposal)
    wanted = (request.note, request.evidence, request.cause, request.proposal)
    return texts == wanted and all(
        _same(name, values.get(name), value) for name, value in request.facts.items()
    )


def _same(name: str, one: object, other: object) -> bool:
    return effective(name, one) == effective(name, other)


def _shown(name: str, value: object) -> str:
    """Return the value of a fact in words, for a message."""
    value = FACTS[name].default if value is None else value
    match value:
        case None:
            return _(FACTS[name].absent)
        case Status():
            return _(TITLES[value])
        case date():
            return day(value)
        case Figure():
            return figure(value)
        case int():
            return f"{number(value)}%"
    return str(value)


_ASKED = {
    "status": Asked.STATUS,
    "progress": Asked.FIGURE,
    "value": Asked.FIGURE,
    "done_on": Asked.DONE_ON,
}


def _objection(answer: Answer, name: str, message: str, shown: Mapping[str, str]) -> Objection:
    return Objection(answer, _ASKED[name], message.format(**shown))


def _refused(answer: Answer, error: TrackerError) -> Objection:
    return Objection(answer, first_given(answer), error.message)
