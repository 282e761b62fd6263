"""What people type, by values: rules that the command line shares with all that is typed."""

from collections.abc import Callable
from datetime import date

import pytest

from resolution_cli import i18n
from resolution_cli.domain import parsing
from resolution_cli.domain.facts import FACTS, FactName
from resolution_cli.domain.model import Cause, Kind, Status, Term
from resolution_cli.domain.period import Period, check_asked
from resolution_cli.domain.selection import EntrySelection
from resolution_cli.errors import ExitCode, WrongInput

TERM = Term(date(2025, 8, 18), date(2030, 12, 31))
TODAY = date(2026, 11, 24)


def _typed_text(value: object) -> str | None:
    """Return how a text is called in the name of a test; anything else as usual."""
    return ascii(value) if isinstance(value, str) else None


@pytest.mark.parametrize(
    ("parse", "typed", "value"),
    [
        (parsing.day, "2026-09-30", date(2026, 9, 30)),
        (parsing.day, " 30/9/2026 ", date(2026, 9, 30)),
        (parsing.day, "30.09.2026", date(2026, 9, 30)),
        (parsing.percent, "20", 20),
        (parsing.percent, "100 %", 100),
        (parsing.text, " Đất\r\nđai ", " Đất\nđai "),
        (parsing.text, "Tie\u0302\u0301n", "Tiến"),
        (parsing.item_id, "T1", "T1"),
        (parsing.item_id, "no id, but a text", "no id, but a text"),
        (parsing.status, "in-progress", Status.IN_PROGRESS),
        (parsing.status, "Đang thực hiện", Status.IN_PROGRESS),
        (parsing.status, "ho\u0061\u0300n thành", Status.DONE),
        (parsing.status, "Dừng thực hiện", Status.CANCELLED),
        (parsing.status, "huỷ", Status.CANCELLED),
        (parsing.status, "Đã hủy", Status.CANCELLED),
        (parsing.status, "canceled", Status.CANCELLED),
        (parsing.kind, "KHÂU ĐỘT PHÁ", Kind.BREAKTHROUGH),
        (parsing.cause, "nguyên nhân chủ quan", Cause.SUBJECTIVE),
        (parsing.fact_to_clear, "due", FactName("due")),
        (parsing.fact_to_clear, "thời hạn", FactName("due")),
        (parsing.fact_to_clear, "Lead unit", FactName("lead")),
    ],
    ids=_typed_text,
)
def test_what_people_type_is_understood(
    parse: Callable[[str], object], typed: str, value: object
) -> None:
    assert parse(typed) == value


@pytest.mark.parametrize(
    ("parse", "typed", "message"),
    [
        (parsing.day, "30/9", "'30/9' is not a date; write 2026-09-30 or 30/09/2026."),
        (parsing.day, "31/02/2026", "there is no day '31/02/2026'; write"),
        (parsing.day, "٢٠٢٦-09-30", "is not a date"),
        (parsing.percent, "101", "'101' is not a whole number from 0 to 100."),
        (parsing.percent, "-1", "'-1' is not a whole number"),
        (parsing.percent, "7.5", "'7.5' is not a whole number"),
        (parsing.text, "\u200b \n", "the text cannot be empty."),
        (parsing.text, " … ", "put your own text in the place of …."),
        (parsing.text, "\udc80", "is not UTF-8 text."),
        (parsing.item_id, "“T1", "has a curly quote"),
        (parsing.item_id, "T1, T2", "ids are parted by a space: T1 T2"),
        (parsing.status, "dnoe", "in-progress, blocked, done, cancelled. Did you mean done?"),
        (parsing.status, "dug thuc hien", "cancelled. Did you mean cancelled?"),
        (parsing.status, "đong thực hiện", "Did you mean in-progress or cancelled?"),
        (parsing.status, "tạm dừng", "is not valid; choose one of: not-started"),
        (parsing.status, "chưa hủy", "is not valid; choose one of: not-started"),
        (parsing.status, "chưa hoàn thành", "is not valid; choose one of: not-started"),
        (
            parsing.fact_to_clear,
            "status",
            "due, lead unit (lead), partner units (partners)",
        ),
    ],
    ids=_typed_text,
)
def test_what_cannot_be_is_a_wrong_input_that_says_what_can(
    parse: Callable[[str], object], typed: str, message: str
) -> None:
    with pytest.raises(WrongInput) as raised:
        parse(typed)
    assert message in raised.value.message
    assert raised.value.exit_code is ExitCode.USAGE


def test_a_message_names_the_words_in_the_active_language_too() -> None:
    i18n.use_language("vi")
    with pytest.raises(WrongInput, match=r"chưa thực hiện \(not-started\), đang thực hiện"):
        parsing.status("x")


def test_a_period_is_read_by_its_names_and_a_wrong_one_says_the_forms() -> None:
    assert parsing.period("quý III năm 2026", TERM, TODAY).start == date(2026, 7, 1)
    with pytest.raises(WrongInput, match=r"'soon' is not a period; write one like 2026") as raised:
        parsing.period("soon", TERM, TODAY)
    assert raised.value.option == "--period"


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (date(2026, 2, 1), date(2026, 1, 1), "--from is after --to."),
        (date(2024, 1, 1), date(2024, 12, 31), "is outside the term"),
        (TODAY.replace(day=25), date(2027, 1, 1), "has not begun yet"),
    ],
    ids=["turned-round", "outside", "to-come"],
)
def test_a_period_without_a_report_is_refused(start: date, end: date, message: str) -> None:
    with pytest.raises(WrongInput, match=message):
        check_asked(Period(start, end), TERM, TODAY)


def test_a_period_that_has_begun_today_can_be_reported_on() -> None:
    check_asked(Period(TODAY, date(2040, 1, 1)), TERM, TODAY)


def test_entries_cannot_be_asked_for_backwards() -> None:
    with pytest.raises(WrongInput, match="--from is after --to"):
        EntrySelection(start=date(2026, 2, 1), end=date(2026, 1, 1))


@pytest.mark.parametrize("answer", ["y", "Yes\n", "c", "Có", "CO"])
def test_yes_is_yes_in_either_language(answer: str) -> None:
    assert parsing.is_yes(answer)


@pytest.mark.parametrize("answer", ["", "n", "không", "yesterday"])
def test_anything_else_is_no(answer: str) -> None:
    assert not parsing.is_yes(answer)


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_has_what_the_program_shows_and_asks_of_it(name: str) -> None:
    fact = FACTS[name]
    assert (fact.name, fact.option[:2]) == (name, "--")
    assert fact.title
    assert fact.description
    assert bool(fact.absent) is (fact.default is None)
    assert callable(parsing.value_of(fact))


def test_no_word_stands_for_two_facts() -> None:
    words = [word for fact in FACTS.values() for word in (fact.name, *fact.typed)]
    assert len(words) == len(set(words))
