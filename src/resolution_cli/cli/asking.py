"""What commands ask a person for in a terminal: only what makes sense for what is at hand."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from msgspec.structs import replace

from resolution_cli.cli.output import print_text
from resolution_cli.cli.prompts import Answers, Question
from resolution_cli.domain import parsing
from resolution_cli.domain.change import tracked_histories
from resolution_cli.domain.facts import FACTS
from resolution_cli.domain.milestones import ParentHistory
from resolution_cli.domain.model import Cause, Item, Resolution, Status, Target, Translations
from resolution_cli.domain.selection import found_tracked
from resolution_cli.domain.values import TITLES, EntryKind, TargetKind, Want
from resolution_cli.errors import ChangeRefused, WrongInput
from resolution_cli.i18n import _, day
from resolution_cli.matching import fold
from resolution_cli.views import target_words, words
from resolution_cli.views.document import capitalised
from resolution_cli.views.texts import clean, local

_MOST_SHOWN = 15
"""Items that are offered by number, or listed, at most."""

_Word = TypeVar("_Word", bound=StrEnum)


def entry_to_update(resolution: Resolution, item_id: str | None, today: date) -> Item | Target:
    """Return what is to be updated: the one with this id, or the one that a person chooses.

    Of an item with milestones, one of these may be chosen instead.

    Raises:
        ItemNotFound: there is nothing with the id.
        ChangeRefused: there is nothing to choose from, or the input ended.

    """
    entry = found_tracked(resolution, item_id) if item_id else _chosen(resolution.tracked)
    if milestones := _milestones_in_force(resolution, entry, today):
        remark = _("The progress of {id} follows from its milestones.").format(id=entry.id)
        print_text(f"{_line_of(entry)}\n{remark}\n")
        entry = _chosen(milestones, present=entry)
    print_text(f"{_line_of(entry)}\n")
    return entry


def questions_of_update(
    resolution: Resolution, entry: Item | Target, today: date, answers: Mapping[str, Any]
) -> Iterator[Question]:
    """Yield what to ask of `entry`, each question after the answers before it.

    The names of the questions are those of facts, and `note`, `cause`, `evidence`, `on`.
    """
    if isinstance(entry, Target):
        yield _question_of_fact(entry, "value")
    elif not _milestones_in_force(resolution, entry, today):
        yield from _questions_of_state(entry, answers)
    status = answers.get("status")
    is_blocked = (status or getattr(entry, "status", None)) is Status.BLOCKED
    yield Question(
        name="note",
        text=_("What blocks it") if is_blocked else _("What was done"),
        parse=parsing.text,
        is_needed=status is Status.BLOCKED,
    )
    if is_blocked:
        yield _question_of_words("cause", _("Kind of cause"), Cause, words.cause, parsing.cause)
    yield Question(
        name="evidence",
        text=_("Evidence: a document by number and date"),
        parse=parsing.text,
        is_needed=status is Status.CANCELLED,
    )
    yield Question(name="on", text=_("Effective date"), parse=parsing.day, present=day(today))


def questions_of_addition(
    resolution: Resolution, given: Collection[str], answers: Mapping[str, Any]
) -> Iterator[Question]:
    """Yield what to ask of something new in the plan, unless it is `given`.

    The names of the questions are those of the arguments and options of `tracker add`.
    """
    for question in _questions_of_addition(resolution, answers):
        if question.name not in given:
            yield question


def questions_of_resolution(
    given: Collection[str], _answers: Mapping[str, Any]
) -> Iterator[Question]:
    """Yield what to ask for a new file, unless it is `given`: title, start and end of the term."""
    wanted = (
        ("title", _("Title of the resolution"), parsing.text),
        ("start", _("First day of its term"), parsing.day),
        ("end", _("Last day of its term"), parsing.day),
    )
    for name, text, parse in wanted:
        if name not in given:
            yield Question(name=name, text=text, parse=parse, is_needed=True)


def _questions_of_addition(
    resolution: Resolution, answers: Mapping[str, Any]
) -> Iterator[Question]:
    yield _question_of_words(
        "what", _("What is added"), EntryKind, _kind, parsing.entry_kind, is_needed=True
    )
    yield Question(name="title", text=_("Title"), parse=parsing.line, is_needed=True)
    what = answers.get("what")
    if what is EntryKind.TARGET:
        yield from _questions_of_target()
    if what is EntryKind.MILESTONE:
        yield replace(
            _question_of_entry("item", _("Which item it belongs to"), resolution.items),
            is_needed=True,
        )
        yield Question(name="weight", text=_("Weight"), parse=parsing.weight, present="1")
    yield _question_of_fact(None, "lead")
    if what is not EntryKind.TARGET:
        yield _question_of_fact(None, "due")


def _questions_of_target() -> Iterator[Question]:
    yield Question(name="unit", text=_("Unit of its figures, such as %"), parse=parsing.line)
    yield _question_of_words(
        "want",
        _("Wanted"),
        Want,
        target_words.want,
        parsing.want,
        present=target_words.want(Want.AT_LEAST),
    )
    yield _question_of_words(
        "kind",
        _("Its figures are"),
        TargetKind,
        target_words.kind,
        parsing.target_kind,
        present=target_words.kind(TargetKind.LEVEL),
    )
    yield Question(name="base", text=_("Base, such as 2025-06-30=1.8"), parse=parsing.base)
    yield Question(
        name="plan",
        text=_("Plan by year, such as 2027=0.9 2030=0.2"),
        parse=lambda text: [parsing.plan_point(each) for each in text.split()],
    )


def _questions_of_state(item: Item, answers: Mapping[str, Any]) -> Iterator[Question]:
    """Yield what to ask of how far the work is, which for what is over is nothing."""
    yield _question_of_words(
        "status",
        _("Status"),
        Status,
        words.status,
        parsing.status,
        present=words.status(item.present_status),
    )
    status = answers.get("status", item.present_status)
    if "progress" in item.fact_names and status in (Status.IN_PROGRESS, Status.BLOCKED):
        yield replace(_question_of_fact(item, "progress"), is_needed=item.is_done)


def _milestones_in_force(
    resolution: Resolution, entry: Item | Target, today: date
) -> Sequence[Item]:
    """Return the milestones from which the figures of `entry` follow."""
    history = tracked_histories(resolution, today)[entry.id.lower()]
    if not isinstance(history, ParentHistory):
        return ()
    return [each.item for each in history.in_force(today)]


def _chosen(entries: Sequence[Item | Target], present: Item | Target | None = None) -> Any:
    """Return the one of the `entries` that a person chooses; `present` for an empty answer.

    Raises:
        ChangeRefused: there is nothing to choose from, or the input ended.

    """
    if not entries:
        raise ChangeRefused(_("The file has no items yet."), _("Add them with `tracker add`."))
    text = _("Which one? Its id or a part of its title")
    shown = _("{id} as a whole").format(id=clean(present.id)) if present else ""
    question = _question_of_entry("entry", text, entries)
    answers = Answers({})
    answers.ask([replace(question, present=shown, is_needed=True)])
    found = answers.values.get("entry")
    return next((each for each in entries if each.id == found), present)


def _question_of_entry(name: str, text: str, entries: Sequence[Item | Target]) -> Question:
    """Return the question for the id of one of the `entries`, of which few are offered by number.

    A part of a title will do.
    """

    def parsed(answer: str) -> str:
        by_id = [each for each in entries if each.id.lower() == answer.lower()]
        found = by_id or [each for each in entries if _has_in_title(each, answer)]
        if len(found) == 1:
            return found[0].id
        if not found:
            raise WrongInput(_("None has {text!r} in its title.").format(text=answer))
        message = _("Several have {text!r} in their title; type an id, or more of the title:")
        lines = [message.format(text=answer), *map(_line_of, found[:_MOST_SHOWN])]
        raise WrongInput("\n    ".join(lines) + ("\n    …" if len(found) > _MOST_SHOWN else ""))

    offered = entries if len(entries) <= _MOST_SHOWN else ()
    choices = tuple((each.id, _line_of(each)) for each in offered)
    return Question(name=name, text=text, parse=parsed, choices=choices)


def _has_in_title(entry: Item | Target, text: str) -> bool:
    titles = entry.title.texts() if isinstance(entry.title, Translations) else [entry.title]
    return any(fold(text) in fold(title) for title in titles)


def _line_of(entry: Item | Target) -> str:
    return f"{clean(entry.id)}  {clean(local(entry.title))}"


def _kind(value: EntryKind) -> str:
    return _(TITLES[value])


def _question_of_fact(entry: Item | Target | None, name: str) -> Question:
    value = getattr(entry, name, None)
    return Question(
        name=name,
        text=capitalised(words.fact_name(name)),
        parse=parsing.value_of(FACTS[name]),
        present="" if value is None else words.fact(name, value),
    )


def _question_of_words(
    name: str,
    text: str,
    kinds: Iterable[_Word],
    in_words: Callable[[_Word], str],
    parse: Callable[[str], _Word],
    **settings: Any,
) -> Question:
    """Return the question for one of the words of the file."""
    choices = tuple((each, in_words(each)) for each in kinds)
    return Question(name=name, text=text, parse=parse, choices=choices, **settings)
