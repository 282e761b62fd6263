"""Deadlines as a calendar: what is an event, and what a calendar that has it does with it."""

import json
from pathlib import Path
from typing import Any

import icalendar
import pytest

from resolution_cli.cli import clock
from tests.support import HOSTILE, LATER, WARD, Run
from tests.test_chase import _FILE, toml_text


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "tasks.toml"
    file.write_text(_FILE, encoding="utf-8")
    return file


def _events(run: Run, *words: str) -> dict[str, Any]:
    """Return the events of the calendar that a command line writes, by their UIDs."""
    result = run(*words, "-o", "deadlines.ics", "--force")
    assert (result.code, result.err) == (0, "Written to deadlines.ics.\n")
    content = Path("deadlines.ics").read_bytes()
    # RFC 5545: lines end with CRLF and have 75 bytes at most.
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    by_uid = {str(event["uid"]): event for event in events}
    assert len(by_uid) == len(events)
    return by_uid


def test_the_open_deadlines_of_items_and_milestones_are_events_of_a_day(
    run: Run, path: Path
) -> None:
    assert path.exists()
    events = _events(run, "list")
    days = {uid.partition(".r1@")[0]: str(event["dtstart"].dt) for uid, event in events.items()}
    # Neither what is done, nor what has no due date of its own.
    assert days == {
        "t1": "2026-11-20",
        "t2": "2026-11-30",
        "t3": "2026-12-24",
        "t4": "2026-12-25",
        "t6": "2027-06-30",
        "t8": "2026-11-24",
        "t8.1": "2027-01-31",
    }
    event = events["t8.1.r1@resolution-tracker"]
    assert event["summary"] == "Due: T8.1, Blocked part"
    assert event["description"].split("\n") == [
        "Of T8, Whole",
        "Lead unit: Công an phường",
        "State: blocked",
        "Resolution A",
    ]
    assert event["dtstamp"].dt.isoformat() == "2026-11-24T00:00:00+00:00"
    assert event["transp"] == "TRANSPARENT"


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["list", "--lead", "ubnd p"], ["t6"]),
        (["list", "--kind", "milestone"], ["t8.1"]),
        (["list", "--kind", "task", "--verdict", "blocked"], ["t2", "t8"]),
        (["chase"], ["t1", "t2", "t8.1", "t3", "t8"]),
        (["chase", "--unit", "cap", "--within", "5"], ["t1", "t2", "t8.1", "t3"]),
    ],
)
def test_a_calendar_has_what_is_asked_for(
    run: Run, path: Path, words: list[str], ids: list[str]
) -> None:
    assert path.exists()
    assert [uid.partition(".r1@")[0] for uid in _events(run, *words)] == ids


def test_a_moved_deadline_keeps_its_uid_and_a_calendar_takes_the_new_day(
    run: Run, path: Path
) -> None:
    assert path.exists()
    before = _events(run, "list")["t3.r1@resolution-tracker"]
    assert run("update", "T3", "--due", "2027-03-31").code == 0
    after = _events(run, "list")["t3.r1@resolution-tracker"]
    assert (str(before["dtstart"].dt), str(after["dtstart"].dt)) == ("2026-12-24", "2027-03-31")
    assert after["sequence"] > before["sequence"]
    assert run("amend", "T3", "--entry", "1", "--due", "2027-04-30").code == 0
    amended = _events(run, "list")["t3.r1@resolution-tracker"]
    assert str(amended["dtstart"].dt) == "2027-04-30"
    assert amended["sequence"] > after["sequence"]
    # Nothing changed, nothing to update: the same bytes.
    content = Path("deadlines.ics").read_bytes()
    _events(run, "list")
    assert Path("deadlines.ics").read_bytes() == content
    # What is done, is no longer in it.
    assert run("update", "T3", "--status", "done", "--evidence", "x").code == 0
    assert "t3.r1@resolution-tracker" not in _events(run, "list")


def test_the_uid_outlives_a_new_title_and_is_of_the_resolution(run: Run, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before = {*_events(run, "list")}
    path.write_text(text.replace("Nghị quyết A", "Nghị quyết B").replace("Due a", "Due one"))
    assert {*_events(run, "list")} == before
    path.write_text(text.replace('id = "R1"\n', ""), encoding="utf-8")
    assert "t1.2025-01-01-2029-12-31@resolution-tracker" in _events(run, "list")


def test_a_calendar_is_in_the_language_asked_for(run: Run, path: Path) -> None:
    assert path.exists()
    result = run("list", "-o", "deadlines.ics", "--lang", "vi")
    assert result.code == 0
    calendar = icalendar.Calendar.from_ical(Path("deadlines.ics").read_bytes())
    assert calendar["x-wr-calname"] == "Nghị quyết A"
    event = calendar.walk("VEVENT")[0]
    assert event["summary"] == "Thời hạn: T1, Overdue and blocked"
    assert "Tình trạng: quá hạn 4 ngày" in str(event["description"])


def test_a_calendar_without_a_deadline_can_be_read(run: Run, path: Path) -> None:
    path.write_text(_FILE.partition("[[tasks]]")[0], encoding="utf-8")
    assert _events(run, "list") == {}


def test_a_calendar_goes_to_a_pipe_too(run: Run, path: Path) -> None:
    assert path.exists()
    result = run("chase", "--format", "ics")
    assert (result.code, result.out.splitlines()[0]) == (0, "BEGIN:VCALENDAR")


def test_the_ward_has_an_event_for_each_open_deadline(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    listed = json.loads(run("list", "--milestones", "--format", "json", "-f", str(WARD)).out)
    rows = [*listed["items"], *listed["milestones"]]
    is_open = ("not-started", "in-progress", "blocked")
    ids = {row["id"].lower() for row in rows if row["status"] in is_open and row["due"]}
    found = {uid.partition(".lam-khe")[0] for uid in _events(run, "list", "-f", str(WARD))}
    assert found <= ids
    assert len(found) > 15


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE])
def test_hostile_texts_are_text_in_a_calendar(run: Run, path: Path, text: str) -> None:
    quoted = toml_text(text)
    head = _FILE.partition("[units]")[0].replace(
        'title.en = "Resolution A"', f"title.en = {quoted}"
    )
    task = f'[[tasks]]\nid = "T1"\ntitle = {quoted}\nlead = {quoted}\ndue = 2026-11-01\n'
    path.write_text(head + task + f"product = {quoted}\n", encoding="utf-8")
    [event] = _events(run, "list").values()
    content = Path("deadlines.ics").read_bytes().decode()
    assert content.count("BEGIN:") == content.count("END:") == 2
    assert not [c for c in content if ord(c) < 32 and c not in "\r\n"]
    assert len(event["description"].split("\n")) == 4
    assert event["summary"].startswith("Due: T1, ")
