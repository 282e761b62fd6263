"""Which day and which deadline judge a completion: one rule for verdicts, events and periods.

The oracle reads the entries of the file anew for every day, by the rules of the documentation, and
shares no code with the program.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resolution_cli import storage
from resolution_cli.cli import clock
from resolution_cli.domain.events import EventKind, events
from resolution_cli.domain.histories import histories
from resolution_cli.domain.period import Period
from resolution_cli.reports.standing import standings
from tests.support import NOW, Run, data_of, examples

DAY = timedelta(days=1)
START, END = date(2026, 1, 1), date(2027, 12, 31)
TODAY = date(2027, 12, 31)
_PLAN = """\
schema = 1
[resolution]
title = "x"
term.start = 2026-01-01
term.end = 2027-12-31
[[tasks]]
id = "T1"
title = "One"
due = 2026-06-30
[[breakthroughs]]
id = "B1"
title = "Two"
"""
_OPTIONS = st.lists(
    st.tuples(
        st.sampled_from(["T1", "B1"]),
        st.integers(0, 70),
        st.sampled_from(
            ["done", "done", "cancelled", "in-progress", "blocked", "not-started", None]
        ),
        st.none() | st.integers(0, 100),
        st.none() | st.dates(START, END),
        st.none() | st.integers(0, 60),
    ),
    max_size=10,
)
"""Updates: item, days after the one before, status, progress, due date, days since it was done."""


def _play(run: Run, path: Path, steps: list[Any]) -> None:
    path.write_text(_PLAN)
    day = START
    for item, days, status, progress, due, done_ago in steps:
        day = min(day + timedelta(days=days), TODAY)
        words = ["--note", "x", "--on", f"{day}"]
        words += ["--status", status] if status else []
        words += ["--evidence", "NQ 1"] if status == "cancelled" else []
        words += ["--progress", f"{progress}"] if progress is not None and status != "done" else []
        words += ["--due", f"{due}"] if due else []
        words += (
            ["--done-on", f"{day - timedelta(days=done_ago)}"]
            if done_ago is not None and status == "done"
            else []
        )
        run("update", item, *words)


def _oracle(
    entries: list[dict[str, Any]], first_due: date | None, day: date
) -> tuple[str, date | None, date | None]:
    """Return the status, day of completion and own due date of an item at the end of `day`.

    The status is `open` where it is neither done nor cancelled.
    """
    status, due, done_from = "not-started", first_due, None
    # Every status that was reported, and since when it is true.
    timeline: list[tuple[date, str]] = []
    for number, entry in enumerate(entries):
        due = entry.get("due", due) if entry["on"] <= day else due
        if entry.get("status", status) == "done" and status != "done":
            done_from = entry.get("done_on", entry["on"])
            for later in entries[number + 1 :]:
                if "status" in later:
                    break
                done_from = later.get("done_on", done_from)
            timeline = [
                (since, was) for since, was in timeline if since <= done_from or was == "reopened"
            ]
            timeline.append((done_from, "done"))
        elif "status" in entry and entry["status"] != "done":
            is_reopened = status in {"done", "cancelled"}
            timeline.append((entry["on"], "reopened" if is_reopened else entry["status"]))
        status = entry.get("status", status)
    known = [(since, was) for since, was in timeline if since <= day]
    if not known:
        return "open", None, due
    since, was = max(enumerate(known), key=lambda pair: (pair[1][0], pair[0]))[1]
    if was == "done":
        return "done", since, due
    return "cancelled" if was == "cancelled" else "open", None, due


def _outcome_of(entries: list[dict[str, Any]], first_due: date | None, day: date) -> str:
    """Return where an item is counted at the end of `day`."""
    status, done_on, due = _oracle(entries, first_due, day)
    if status == "cancelled":
        return status
    if status == "done" and done_on:
        deadline = _oracle(entries, first_due, done_on)[2] or END
        return "done-late" if done_on > deadline else "done-on-time"
    return "not-done-overdue" if day > (due or END) else "not-done-in-time"


def _kinds(before: str, status: str, outcome: str, *, is_new: bool) -> Iterator[EventKind]:
    """Yield the events of a day that its status and that of the day before make certain."""
    if status == "cancelled" and before != "cancelled":
        yield EventKind.CANCELLED
    if status == "open" and before != "open":
        yield EventKind.REOPENED
    if status == "done" and is_new:
        yield EventKind(outcome.replace("done", "finished"))


@settings(max_examples=examples(80), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_OPTIONS)
def test_events_are_the_differences_between_the_verdicts_of_one_day_and_the_next(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, steps: list[Any]
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(TODAY, time(9), NOW.tzinfo))
    path = tmp_path / "tasks.toml"
    _play(run, path, steps)
    plan, entries = storage.loaded(path), data_of(path).get("updates", [])
    happened = events(histories(plan, TODAY).values(), Period(START, TODAY))
    kinds = {(event.item.id, event.on, event.kind) for event in happened}
    first_dues = {"T1": date(2026, 6, 30), "B1": None}
    before: Mapping[str, tuple[str, bool]] = {item.id: ("open", False) for item in plan.items}
    for number in range((TODAY - START).days + 1):
        day = START + number * DAY
        now = {}
        for standing in standings(plan, day, TODAY):
            item = standing.item.id
            own = [entry for entry in entries if entry["item"] == item]
            status, done_on, _ = _oracle(own, first_dues[item], day)
            present = standing.item.present_status
            assert (present if present in {"done", "cancelled"} else "open") == status
            assert standing.item.done_on == done_on
            outcome = _outcome_of(own, first_dues[item], day)
            assert standing.judgement.outcome == outcome
            assert bool(standing.judgement.documents) is (outcome == "cancelled")
            for kind in _kinds(before[item][0], status, outcome, is_new=done_on == day):
                assert (item, day, kind) in kinds
            is_overdue = standing.judgement.verdict == "overdue"
            assert ((item, day, EventKind.BECAME_OVERDUE) in kinds) is (
                is_overdue and not before[item][1]
            )
            now[item] = (status, is_overdue)
        before = now


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_OPTIONS)
def test_the_events_of_quarters_add_up_to_those_of_the_year_and_agree_with_the_counts(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, steps: list[Any]
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(TODAY, time(9), NOW.tzinfo))
    _play(run, tmp_path / "tasks.toml", steps)
    reports = {
        name: json.loads(run("report", "--period", name, "--format", "json").out)
        for name in ("2026", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "term")
    }
    counted = {
        name: Counter(e["kind"] for e in data["period"]["events"]) for name, data in reports.items()
    }
    assert counted["2026"] == sum(
        (counted[f"2026-Q{number}"] for number in (1, 2, 3, 4)), Counter()
    )
    for name, data in reports.items():
        assert data["period"]["unrecorded"] == 0
        finished = counted[name]["finished-on-time"] + counted[name]["finished-late"]
        assert data["period"]["open_after"] == (
            data["period"]["open_before"]
            - finished
            - counted[name]["cancelled"]
            + counted[name]["reopened"]
        )
        by_outcome = data["counts"][-1]["by_outcome"]
        assert data["period"]["open_after"] == sum(
            count for outcome, count in by_outcome.items() if outcome.startswith("not-done")
        )
        last = {}  # the last event of each item that finished, cancelled or reopened it
        for event in data["period"]["events"]:
            if "finished" in event["kind"] or event["kind"] in {"cancelled", "reopened"}:
                last[event["item"]] = event["kind"]
        outcomes = {item["id"]: item["outcome"] for item in data["items"]}
        for item, kind in last.items():
            if kind != "reopened":
                assert outcomes[item] == kind.replace("finished", "done")


def _plan(path: Path) -> None:
    path.write_text(_PLAN.replace("2026-06-30", "2026-03-10"))


def _outcome(run: Run, *words: str) -> tuple[list[str], list[str]]:
    data = json.loads(run("report", *words, "--format", "json").out)
    happened = [
        event["kind"]
        for event in (data["period"] or {"events": []})["events"]
        if event["item"] == "T1"
    ]
    return happened, [item["verdict"] for item in data["items"] if item["id"] == "T1"]


def test_a_deadline_that_moves_after_the_completion_changes_nothing(
    run: Run, tmp_path: Path
) -> None:
    _plan(tmp_path / "tasks.toml")
    run("update", "T1", "--status", "done", "--on", "2026-03-20")
    run(
        "update", "T1", "--due", "2026-04-30", "--on", "2026-04-05", "--note", "extended afterwards"
    )
    assert _outcome(run, "--period", "2026-H1") == (
        ["became-overdue", "finished-late", "deadline-moved"],
        ["done-late"],
    )
    assert "done 10 days late" in run("show", "T1").out


def test_proof_that_comes_late_makes_it_done_from_its_day_on_in_every_period(
    run: Run, tmp_path: Path
) -> None:
    _plan(tmp_path / "tasks.toml")
    run("update", "T1", "--status", "done", "--on", "2026-03-20")
    run("update", "T1", "--status", "done", "--done-on", "2026-03-05", "--on", "2026-04-05")
    assert _outcome(run, "--period", "2026-Q1") == (["finished-on-time"], ["done-on-time"])
    assert _outcome(run, "--period", "2026-Q2") == ([], ["done-on-time"])
    assert _outcome(run, "--period", "2026") == (["finished-on-time"], ["done-on-time"])


def test_what_is_finished_on_the_due_day_is_finished_on_time_and_a_day_later_late(
    run: Run, tmp_path: Path
) -> None:
    for day, kind, verdict in (
        ("2026-03-10", "finished-on-time", "done-on-time"),
        ("2026-03-11", "finished-late", "done-late"),
    ):
        _plan(tmp_path / "tasks.toml")
        run("update", "T1", "--status", "done", "--on", day)
        assert _outcome(run, "--period", "2026-Q1") == ([kind], [verdict])


def test_a_completion_cannot_reach_behind_the_day_on_which_the_item_was_reopened(
    run: Run, tmp_path: Path
) -> None:
    _plan(tmp_path / "tasks.toml")
    run("update", "T1", "--status", "done", "--on", "2026-03-01")
    run("update", "T1", "--status", "in-progress", "--progress", "90", "--on", "2026-04-01")
    result = run(
        "update", "T1", "--status", "done", "--on", "2026-05-01", "--done-on", "2026-03-15"
    )
    assert (result.code, result.out) == (4, "")
    assert "is before the day on which it was reopened, 2026-04-01" in result.err
    assert (
        run(
            "update", "T1", "--status", "done", "--on", "2026-05-01", "--done-on", "2026-04-01"
        ).code
        == 0
    )


def test_the_first_due_date_is_no_moved_deadline_and_an_earlier_one_is_no_postponement(
    run: Run, tmp_path: Path
) -> None:
    _plan(tmp_path / "tasks.toml")
    run("update", "B1", "--due", "2026-09-30", "--on", "2026-01-05")
    assert json.loads(run("show", "B1", "--format", "json").out)["deadlines"] == ["2026-09-30"]
    assert "first due" not in run("show", "B1").out
    events_of_january = json.loads(run("report", "--period", "2026-01", "--format", "json").out)[
        "period"
    ]["events"]
    assert events_of_january == []
    run("update", "B1", "--due", "2026-08-31", "--on", "2026-02-05")
    assert "first due      2026-09-30, moved 1 time\n" in run("show", "B1").out
    moved = json.loads(run("report", "--period", "2026-02", "--format", "json").out)["period"][
        "events"
    ]
    assert [(event["kind"], event["due_before"], event["due"]) for event in moved] == [
        ("deadline-moved", "2026-09-30", "2026-08-31")
    ]


def test_a_forecast_of_what_someone_marked_done_by_hand_is_no_later_than_today(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "tasks.toml"
    path.write_text(
        _PLAN.replace(
            'title = "Two"', 'title = "Two"\ndue = 2026-12-01\nstatus = "done"\nprogress = 100'
        )
    )
    assert "B1  Two    done on time" in run("report", "--as-of", "2027-11-24").out


def test_a_deadline_that_was_taken_away_and_set_again_has_moved_twice(
    run: Run, tmp_path: Path
) -> None:
    _plan(tmp_path / "tasks.toml")
    run("update", "T1", "--clear", "due", "--on", "2026-02-01")
    run("update", "T1", "--due", "2026-05-31", "--on", "2026-02-15")
    data = json.loads(run("report", "--period", "2026-02", "--format", "json").out)["period"][
        "events"
    ]
    assert [(event["kind"], event["due_before"], event["due"]) for event in data] == [
        ("deadline-moved", "2026-03-10", None),
        ("deadline-moved", None, "2026-05-31"),
    ]
    assert json.loads(run("show", "T1", "--format", "json").out)["deadlines"] == [
        "2026-03-10",
        None,
        "2026-05-31",
    ]


def test_what_is_done_today_is_judged_by_the_due_date_that_the_file_has_today(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "tasks.toml"
    _plan(path)
    run("update", "T1", "--due", "2026-12-01", "--on", "2026-02-01")
    run("update", "T1", "--status", "done")  # today, 2026-11-24
    path.write_text(path.read_text().replace("due = 2026-12-01", "due = 2026-11-20", 1))
    assert "done 4 days late" in run("show", "T1").out
    assert (
        "T1, due: found 2026-11-20, but the history's latest value is 2026-12-01"
        in run("check").out
    )


def test_reports_up_to_the_day_of_completion_count_and_later_ones_do_not(
    run: Run, tmp_path: Path
) -> None:
    _plan(tmp_path / "tasks.toml")
    for day, progress in (("2026-02-01", 30), ("2026-03-01", 60), ("2026-03-02", 70)):
        run("update", "T1", "--progress", f"{progress}", "--on", day)
    run("update", "T1", "--status", "done", "--done-on", "2026-03-01", "--on", "2026-03-20")
    shown = {
        day: run("list", "--as-of", day, "--format", "tsv").out.splitlines()[1].split("\t")[3:5]
        for day in ("2026-02-28", "2026-03-01", "2026-03-02", "2026-03-20")
    }
    assert shown["2026-02-28"] == ["in-progress", "30"]
    assert shown["2026-03-01"] == shown["2026-03-02"] == shown["2026-03-20"] == ["done", "100"]


def test_all_that_happened_on_the_day_of_completion_is_reported(run: Run, tmp_path: Path) -> None:
    _plan(tmp_path / "tasks.toml")
    run("update", "T1", "--status", "blocked", "--note", "No land", "--on", "2026-03-01")
    run("update", "T1", "--status", "done", "--on", "2026-03-01")
    assert _outcome(run, "--period", "2026-Q1") == (
        ["blocked", "freed", "finished-on-time"],
        ["done-on-time"],
    )


def test_a_history_that_begins_with_a_reopening_says_what_was_before(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "tasks.toml"
    entry = '\n[[updates]]\nitem = "T1"\non = 2026-04-01\nstatus = "in-progress"\nprogress = 90\n'
    was = 'was = { status = "done", progress = 100, done_on = 2026-03-01 }\n'
    path.write_text(
        _PLAN.replace('id = "T1"', 'id = "T1"\nstatus = "in-progress"\nprogress = 90') + entry + was
    )
    before = json.loads(run("show", "T1", "--as-of", "2026-03-31", "--format", "json").out)["item"]
    assert (before["status"], before["progress"], before["done_on"]) == ("done", 100, "2026-03-01")
    assert _outcome(run, "--period", "2026-04")[0] == ["reopened"]
    assert (
        json.loads(run("list", "--as-of", "2026-03-31", "--format", "json").out)["items"][1][
            "status"
        ]
        == "not-started"
    )


def test_a_due_date_on_the_last_day_of_the_calendar_never_passes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tasks.toml"
    path.write_text(_PLAN.replace("due = 2026-06-30", "due = 9999-12-31"))
    assert _outcome(run, "--period", "2026") == ([], ["unreported"])
