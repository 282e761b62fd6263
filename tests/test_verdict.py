"""The rules of the verdict, by values, at their edges."""

from datetime import date, timedelta
from typing import Any

import pytest

from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import Cause, Settings, Status, Task, Term, Update
from resolution_cli.domain.verdict import (
    LIGHTS,
    URGENCY,
    Judgement,
    Light,
    Outcome,
    Verdict,
    judgement,
)

# A hundred days from start to due.
START, DUE, END = date(2026, 1, 1), date(2026, 4, 11), date(2030, 12, 31)
DAY = timedelta(days=1)
IN_TIME, OVERDUE = Outcome.NOT_DONE_IN_TIME, Outcome.NOT_DONE_OVERDUE
DOING = Status.IN_PROGRESS


def _judged(
    today: date, *updates: Update, settings: Settings | None = None, **facts: Any
) -> Judgement:
    history = ItemHistory(
        Task(id="T", title="x", **facts), updates, Term(start=START, end=END), today
    )
    return judgement(history, settings or Settings(), today)


def _update(on: date, **facts: Any) -> Update:
    return Update(item="T", on=on, **facts)


@pytest.mark.parametrize(
    ("facts", "today", "expected"),
    [
        pytest.param(
            {"status": Status.DONE, "done_on": DUE},
            DUE + DAY,
            Judgement(Verdict.DONE_ON_TIME, Outcome.DONE_ON_TIME),
            id="done-on-the-due-day",
        ),
        pytest.param(
            {"status": Status.DONE, "done_on": DUE + DAY},
            DUE + 9 * DAY,
            Judgement(Verdict.DONE_LATE, Outcome.DONE_LATE, days=1),
            id="done-a-day-late",
        ),
        pytest.param(
            {"status": Status.DONE},
            DUE,
            Judgement(Verdict.DONE_ON_TIME, Outcome.DONE_ON_TIME),
            id="done-by-the-due-day-whenever",
        ),
        pytest.param(
            {"status": Status.DONE},
            DUE + DAY,
            Judgement(Verdict.DONE_LATE, Outcome.DONE_LATE, days=1),
            id="done-nobody-knows-when",
        ),
        pytest.param(
            {"status": DOING},
            DUE,
            Judgement(Verdict.DUE_SOON, IN_TIME, days=0),
            id="due-today-is-not-overdue",
        ),
        pytest.param(
            {"status": DOING},
            DUE + DAY,
            Judgement(Verdict.OVERDUE, OVERDUE, days=1),
            id="overdue-a-day-after",
        ),
        pytest.param(
            {"status": Status.BLOCKED},
            DUE + DAY,
            Judgement(Verdict.OVERDUE, OVERDUE, days=1),
            id="overdue-goes-before-blocked",
        ),
        pytest.param(
            {"status": Status.BLOCKED},
            DUE,
            Judgement(Verdict.BLOCKED, IN_TIME),
            id="blocked-goes-before-due-soon",
        ),
        pytest.param(
            {"status": DOING},
            DUE - 30 * DAY,
            Judgement(Verdict.DUE_SOON, IN_TIME, days=30),
            id="due-in-30-days-is-soon",
        ),
        pytest.param(
            {"progress": 54},
            DUE - 31 * DAY,
            Judgement(Verdict.ON_TRACK, IN_TIME),
            id="15-points-under-is-on-track",
        ),
        pytest.param(
            {"progress": 53},
            DUE - 31 * DAY,
            Judgement(Verdict.BEHIND, IN_TIME, points=16),
            id="16-points-under-is-behind",
        ),
        pytest.param(
            {"progress": 0},
            START - 5 * DAY,
            Judgement(Verdict.ON_TRACK, IN_TIME),
            id="nothing-is-expected-before-the-start",
        ),
        pytest.param(
            {"start": DUE - 50 * DAY, "progress": 23},
            DUE - 31 * DAY,
            Judgement(Verdict.ON_TRACK, IN_TIME),
            id="its-own-start-counts",
        ),
        pytest.param(
            {"start": DUE},
            DUE - 40 * DAY,
            Judgement(Verdict.ON_TRACK, IN_TIME),
            id="start-and-due-on-one-day",
        ),
    ],
)
def test_the_first_rule_that_fits_gives_the_verdict(
    facts: dict[str, Any], today: date, expected: Judgement
) -> None:
    reported = (
        _update(min(START, today), note="begun")
        if today <= START + 90 * DAY
        else _update(today, note="still so")
    )
    assert _judged(today, reported, due=DUE, **facts) == expected


CANCELLED = Status.CANCELLED


@pytest.mark.parametrize("today", [START, DUE, DUE + DAY, END + DAY])
def test_what_is_cancelled_is_neither_due_nor_late_nor_stale(today: date) -> None:
    decided = _update(START, status=CANCELLED, note="x", evidence=("NQ 12",))
    assert _judged(today, decided, due=DUE, status=CANCELLED, progress=20) == Judgement(
        Verdict.CANCELLED, Outcome.CANCELLED, cancelled_on=START, documents=("NQ 12",)
    )


def test_the_documents_of_a_cancellation_are_those_given_with_it_or_since() -> None:
    before = _update(START, status=Status.BLOCKED, note="no land", evidence=("BC 1",))
    first = _update(START + DAY, status=CANCELLED, evidence=("NQ 1",))
    reopened = _update(START + 2 * DAY, status=DOING, evidence=("NQ 2",))
    last = _update(START + 3 * DAY, status=CANCELLED, evidence=("NQ 3",))
    since = _update(START + 9 * DAY, lead="A", evidence=("TB 4",))
    entries = (before, first, reopened, last, since)
    judged = _judged(START + 10 * DAY, *entries, status=CANCELLED)
    assert (judged.cancelled_on, judged.documents) == (START + 3 * DAY, ("NQ 3", "TB 4"))


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [_update(START, progress=20, evidence=("BC 1",))],
        [
            _update(START, status=CANCELLED, evidence=("NQ 1",)),
            _update(START + DAY, status=DOING, evidence=("NQ 2",)),
        ],
    ],
    ids=["no-entry", "another-entry", "reopened"],
)
def test_a_cancellation_that_nobody_recorded_has_neither_day_nor_document(
    entries: list[Update],
) -> None:
    assert _judged(START + 2 * DAY, *entries, status=CANCELLED) == Judgement(
        Verdict.CANCELLED, Outcome.CANCELLED
    )


def test_without_a_due_date_the_end_of_the_term_counts() -> None:
    assert _judged(END, _update(END, note="x")).verdict is Verdict.DUE_SOON
    assert _judged(END + DAY, _update(END, note="x")) == Judgement(Verdict.OVERDUE, OVERDUE, days=1)


def test_silence_is_unreported_until_it_is_overdue() -> None:
    assert _judged(DUE, due=DUE) == Judgement(Verdict.UNREPORTED, IN_TIME)
    assert _judged(DUE + DAY, due=DUE).verdict is Verdict.OVERDUE


@pytest.mark.parametrize(
    "assigned",
    [{"lead": "A"}, {"due": DUE}, {"product": "A"}, {"partners": ("A",)}, {"tags": ("a",)}],
)
def test_an_entry_that_only_assigns_is_no_report_and_one_with_a_note_is(
    assigned: dict[str, Any],
) -> None:
    entry = _update(START, **assigned)
    assert _judged(START + DAY, entry, **assigned).verdict is Verdict.UNREPORTED
    noted = _update(START, note="agreed", **assigned)
    assert _judged(START + DAY, noted, **assigned).verdict is Verdict.ON_TRACK


def test_an_entry_that_only_assigns_does_not_end_staleness() -> None:
    reported, assigned = _update(START, note="x"), _update(START + 90 * DAY, lead="A")
    assert _judged(START + 91 * DAY, reported, assigned, lead="A").is_stale


def test_a_blocked_item_names_the_latest_entry_that_blocked_it() -> None:
    first = _update(START, status=Status.BLOCKED, note="flood", cause=Cause.OBJECTIVE)
    last = _update(START + DAY, status=Status.BLOCKED, note="no staff", cause=Cause.SUBJECTIVE)
    after = _update(START + 2 * DAY, note="asked again")
    judged = _judged(START + 3 * DAY, first, last, after, status=Status.BLOCKED)
    assert (judged.blocked_by, judged.cause) == (last, Cause.SUBJECTIVE)


@pytest.mark.parametrize(
    ("age", "is_stale"),
    [pytest.param(90, False, id="90-days"), pytest.param(91, True, id="91-days")],
)
def test_an_item_is_stale_when_its_last_update_is_over_90_days_old(
    age: int,
    is_stale: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    assert _judged(START + age * DAY, _update(START, note="x")).is_stale is is_stale


def test_what_is_done_does_not_go_stale() -> None:
    assert not _judged(END, _update(START, note="x"), status=Status.DONE, done_on=START).is_stale


def test_the_file_sets_the_thresholds() -> None:
    settings = Settings(due_soon_days=5, behind_points=40, stale_days=10)
    old = _update(START, note="x")
    assert _judged(DUE - 6 * DAY, old, settings=settings, due=DUE, progress=54) == Judgement(
        Verdict.ON_TRACK, IN_TIME, stale_after=10
    )
    assert _judged(DUE - 6 * DAY, old, settings=settings, due=DUE, progress=53).points == 41
    assert _judged(DUE - 5 * DAY, old, settings=settings, due=DUE).verdict is Verdict.DUE_SOON


def test_red_comes_first_then_what_is_due_soon_then_what_is_behind_and_what_is_done_last() -> None:
    assert [
        (verdict.value, LIGHTS[verdict]) for verdict in sorted(Verdict, key=URGENCY.__getitem__)
    ] == [
        ("overdue", Light.RED),
        ("blocked", Light.RED),
        ("due-soon", Light.AMBER),
        ("behind", Light.AMBER),
        ("unreported", Light.GREY),
        ("on-track", Light.GREEN),
        ("done-late", Light.AMBER),  # done, but never green
        ("done-on-time", Light.GREEN),
        ("cancelled", Light.GREY),
    ]
