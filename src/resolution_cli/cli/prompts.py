"""Questions in a terminal: each is asked until its answer can be used. What is asked is elsewhere.

Ctrl-C and the end of the input leave at any question; nothing was changed by then.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.cli.options import typed
from resolution_cli.cli.output import print_document, print_error, print_text
from resolution_cli.domain import parsing
from resolution_cli.errors import ChangeRefused, ItemNotFound, WrongInput
from resolution_cli.i18n import _
from resolution_cli.views.document import Document
from resolution_cli.views.texts import clean

_Made = TypeVar("_Made")


class Question(Struct, frozen=True, kw_only=True):
    """One question.

    Attributes:
        name: the name of what the answer is a value of.
        text: the question, in words.
        parse: reads an answer; it raises `WrongInput` for one that cannot be used.
        present: what an empty answer leaves as it is, in words; empty if there is nothing.
        is_needed: an empty answer is none, where nothing is present.
        choices: what can be answered by its number, each with its words.

    """

    name: str
    text: str
    parse: Callable[[str], Any]
    present: str = ""
    is_needed: bool = False
    choices: Sequence[tuple[Any, str]] = ()


def can_ask() -> bool:
    """Say whether there is a person to ask: questions and answers go through a terminal."""
    return all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout))


class Answers:
    """The answers so far, by the names of their questions.

    A question that is asked again offers the answer before as what is present.
    """

    def __init__(self, known: Mapping[str, Any]) -> None:
        """Begin with what is known without a question."""
        self.values = dict(known)
        self._lines: dict[str, str] = {}

    def ask(self, questions: Iterable[Question]) -> None:
        """Ask the questions in turn; an empty answer changes nothing.

        A question may depend on the answers before it: the next one is taken when they are there.

        Raises:
            ChangeRefused: the input ended.

        """
        for question in questions:
            present = self._lines.get(question.name, question.present)
            found = _answer(replace(question, present=present))
            if found is None:
                continue
            value, line = found
            self.values[question.name] = value
            self._lines[question.name] = line


def until_accepted(
    answers: Answers,
    questions: Callable[[Mapping[str, Any]], Iterable[Question]],
    make: Callable[[Mapping[str, Any]], _Made],
) -> _Made:
    """Ask, and return what `make` makes of the answers; ask again where a rule refuses them.

    Raises:
        ItemNotFound, WrongInput, ChangeRefused: a rule refuses what was given without a question,
            or the input ended.

    """
    while True:
        before = dict(answers.values)
        answers.ask(questions(answers.values))
        try:
            return make(answers.values)
        except (ItemNotFound, WrongInput, ChangeRefused) as refused:
            if answers.values == before:
                raise
            print_error(refused)


def confirm(document: Document, question: str, *, is_confirmed: bool, otherwise: str = "") -> None:
    """Show `document` and ask the `question`, unless the answer is known to be yes.

    Args:
        document: what is to be done.
        question: asks whether to do it; only a yes is one.
        is_confirmed: the answer is known.
        otherwise: the hint for who has no terminal.

    Raises:
        ChangeRefused: it is not wanted, or there is no terminal.

    """
    if is_confirmed:
        return
    print_document(document)
    if not sys.stdin or not sys.stdin.isatty():
        raise ChangeRefused(
            _("Nothing was changed: without a terminal, confirmation is not possible."), otherwise
        )
    with suppress(UnicodeDecodeError):  # as good as a no
        if parsing.is_yes(_line(question)):
            return
    raise ChangeRefused(_("Nothing was changed."))


def _answer(question: Question) -> tuple[Any, str] | None:
    """Return the answer, parsed, with what says it again; None if it is empty."""
    for number, (_value, words) in enumerate(question.choices, 1):
        print_text(f"  {number:>2}  {words}\n")
    present = f" [{question.present}]" if question.present else ""
    while True:
        try:
            line = _line(f"{question.text}{present}:")
            if not line:
                raise ChangeRefused(_("Nothing was changed."))
            if line.strip():
                return _chosen(question, line.strip())
            if question.present or not question.is_needed:
                return None
            message = _("An answer is needed; Ctrl-C leaves without a change.")
        except UnicodeDecodeError:
            message = _("The answer is not UTF-8 text.")
        except WrongInput as error:
            message = error.message
        print_text(f"  {message}\n")


def _chosen(question: Question, answer: str) -> tuple[Any, str]:
    if question.choices and answer.isdecimal() and 0 < int(answer) <= len(question.choices):
        return question.choices[int(answer) - 1]
    return question.parse(typed(answer)), clean(answer)


def _line(prompt: str) -> str:
    """Return the line that a person types, with its end; empty at the end of the input."""
    print_text(prompt + " ")
    line = ""
    try:
        line = sys.stdin.readline()
    finally:  # also of Ctrl-C, which ends the command
        if not line.endswith("\n"):
            print_text("\n")
    return line
