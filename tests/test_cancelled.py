"""What is cancelled: shown as such everywhere, counted apart, and pressing nobody any more."""

import json
import re
import zipfile
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from resolution_cli.formats.registry import formats
from tests.support import SAMPLES, Run, data_of
from tests.written import rows_of_sheet, written_text

SAMPLE = SAMPLES / "valid" / "cancelled.toml"
DOCUMENT = "Nghị quyết 12-NQ/ĐU, 01/07/2026"
CANCEL = ("update", "T1", "--status", "cancelled", "--evidence", "NQ 1", "--note", "No land")


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    """Return a copy of the sample, in which T2 is cancelled, and T3 was for three months."""
    path = tmp_path / "tasks.toml"
    path.write_bytes(SAMPLE.read_bytes())
    return path


def _report(run: Run, *words: str) -> Any:
    return json.loads(run("report", *words, "--format", "json").out)


@pytest.mark.usefixtures("ward")
@pytest.mark.parametrize("format_name", [known.name for known in formats("report")])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_format_of_a_report_has_it(run: Run, format_name: str, language: str) -> None:
    words = ["report", "--period", "2026-Q3", "--lang", language, "--format", format_name]
    written = written_text(run, *words).replace("\\", "")
    if format_name in {"json", "csv"}:
        assert written.count("cancelled") > 1
    else:
        day = {"en": "cancelled on 2026-07-01", "vi": "dừng thực hiện từ ngày 01/07/2026"}[language]
        shown = _in_one_line(written, format_name)
        # A picture breaks the lines of a cell.
        parts = f"{day}: {DOCUMENT}".partition(" quyết") if format_name == "svg" else ()
        assert [part for part in parts or [f"{day}: {DOCUMENT}"] if part.strip() not in shown] == []


@pytest.mark.usefixtures("ward")
@pytest.mark.parametrize(
    "format_name",
    # A calendar has open deadlines alone.
    [known.name for known in formats("list") if known.name != "ics"],
)
def test_every_format_of_a_list_has_it(run: Run, format_name: str) -> None:
    words = ("list", "--status", "hủy", "--format", format_name)
    written = written_text(run, *words)
    assert "T2" in written
    assert "T3" not in written
    assert format_name == "ids" or "cancelled" in written


@pytest.mark.usefixtures("ward")
@pytest.mark.parametrize("format_name", [known.name for known in formats("show")])
def test_every_format_of_an_item_has_its_day_and_document(run: Run, format_name: str) -> None:
    written = written_text(run, "show", "T2", "--format", format_name).replace("\\", "")
    if format_name == "json":
        data = json.loads(written)
        assert (data["item"]["status"], data["item"]["verdict"], data["pace"]) == (
            "cancelled",
            "cancelled",
            None,
        )
        assert data["history"][0]["evidence"] == [DOCUMENT]
    else:
        shown = _in_one_line(written, format_name)
        assert f"cancelled on 2026-07-01: {DOCUMENT}" in shown
        assert "expected" not in shown


@pytest.mark.usefixtures("ward")
def test_it_has_a_row_of_its_own_in_the_counts_and_leaves_the_averages(
    run: Run, tmp_path: Path
) -> None:
    shown = [" ".join(line.split()) for line in run("report").out.splitlines()]
    assert shown.count("cancelled 1 0 1") == 2
    assert shown.count("total 4 1 5") == 2
    assert "average progress 56.7% of 3 0% of 1 42.5% of 4" in shown
    everything = _report(run)["counts"][-1]
    assert everything["total"] == 5
    assert everything["by_status"] == {
        "not-started": 1,
        "in-progress": 2,
        "blocked": 0,
        "done": 1,
        "cancelled": 1,
    }
    assert everything["by_outcome"] == {
        "done-on-time": 1,
        "done-late": 0,
        "not-done-in-time": 3,
        "not-done-overdue": 0,
        "cancelled": 1,
    }
    assert everything["average_progress"] == 42.5
    written = run("report", "--format", "markdown").out
    assert "\n\nAverage progress of 3 tasks: 56.7%; average progress of 1 breakthrough" in written
    run("report", "-o", "out.xlsx")
    counts = rows_of_sheet(tmp_path / "out.xlsx", "Counts")
    assert counts.count(("cancelled", 1, 0, 1)) == 2


@pytest.mark.usefixtures("ward")
def test_a_day_without_a_cancelled_item_has_no_place_for_one(run: Run) -> None:
    for words in (["--as-of", "2026-05-19"], ["--period", "2026-Q1"]):
        for format_name in (known.name for known in formats("report")):
            written = written_text(run, "report", *words, "--format", format_name)
            assert "cancelled" not in written, format_name
    assert "cancelled" in run("report", "--as-of", "2026-05-20").out


@pytest.mark.usefixtures("ward")
def test_the_sum_of_a_period_closes_over_it(run: Run) -> None:
    period = _report(run, "--period", "2026-Q2")["period"]
    assert (period["open_before"], period["open_after"], period["unrecorded"]) == (5, 3, 0)
    assert [(e["kind"], e["on"], e["item"]) for e in period["events"]] == [
        ("blocked", "2026-05-04", "T2"),
        ("cancelled", "2026-05-20", "T3"),
        ("finished-on-time", "2026-06-20", "T4"),
    ]
    period = _report(run, "--period", "2026-Q3")["period"]
    assert (period["open_before"], period["open_after"], period["unrecorded"]) == (3, 3, 0)
    assert [(e["kind"], e["on"], e["item"]) for e in period["events"]] == [
        ("cancelled", "2026-07-01", "T2"),
        ("reopened", "2026-09-01", "T3"),
    ]
    shown = run("report", "--period", "2026-Q3").out
    assert "− cancelled                 1\n+ reopened                  1\n" in shown
    assert "Cancelled: 1\n  2026-07-01  T2  Central market\n" in shown
    assert "cancelled" not in run("report", "--period", "2025-Q4").out


@pytest.mark.usefixtures("ward")
def test_nothing_presses_of_it_any_more(run: Run) -> None:
    in_the_middle = _report(run, "--period", "2026-Q2")["period"]
    assert "T2" in {difficulty["item"] for difficulty in in_the_middle["difficulties"]}
    period = _report(run, "--period", "2026-Q3")["period"]
    assert {difficulty["item"] for difficulty in period["difficulties"]} == {"T1", "T3"}
    assert period["falling_due"] == ["T3"]
    assert _report(run, "--from", "2026-07-01", "--to", "2026-08-15")["period"]["falling_due"] == []
    item = json.loads(run("show", "T2", "--format", "json").out)["item"]  # due on 2026-09-30
    assert [item[key] for key in ("verdict", "days", "points", "stale")] == [
        "cancelled",
        None,
        None,
        False,
    ]
    assert "T2" not in run("check").out  # though it has no product
    written = run("report", "--period", "2026-10", "--format", "markdown").out
    of_t2 = written.partition("#### T2.")[2].partition("####")[0]
    assert of_t2
    assert "Done on" not in of_t2
    assert "No report in this period." not in of_t2
    assert [each["id"] for each in _report(run)["items"]][-2:] == ["T4", "T2"]


@pytest.mark.usefixtures("plan")
def test_a_difficulty_that_ended_with_the_cancellation_is_none_any_more(run: Run) -> None:
    blocked = ("--status", "blocked", "--note", "No land", "--cause", "objective")
    run("update", "T1", *blocked, "--on", "2026-07-01")
    assert [each["item"] for each in _report(run, "--period", "2026-Q3")["period"]["difficulties"]]
    run(*CANCEL, "--on", "2026-08-01")
    assert _report(run, "--period", "2026-Q3")["period"]["difficulties"] == []
    assert "objective cause" in run("log", "T1").out


def test_earlier_days_are_as_they_were_and_so_is_everything_after_an_undo(
    run: Run, plan: Path
) -> None:
    days = ("2026-06-01", "2026-11-19")
    shown = [
        (command, "--as-of", day, "--format", name)
        for day in days
        for command in (["report"], ["show", "T1"])
        for name in ("json", "text", "markdown", "html")
    ]
    commands = [[*command, *words] for command, *words in shown]
    before, text = [run(*words).out for words in commands], plan.read_bytes()
    today = run("report").out
    assert run(*CANCEL, "--on", "2026-11-20").code == 0
    assert _item_on(run, "2026-11-19") == "in-progress"
    assert _item_on(run, "2026-11-20") == _item_on(run, "2026-11-24") == "cancelled"
    assert [run(*words).out for words in commands] == before
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == text
    assert run("report").out == today


def test_reopened_it_goes_on_from_where_it_was(run: Run, plan: Path) -> None:
    run(*CANCEL, "--on", "2026-07-01")
    cancelled = plan.read_bytes()
    assert run("update", "T1", "--status", "in-progress", "--on", "2026-09-01").code == 0
    assert [_item_on(run, f"2026-{day}") for day in ("06-30", "07-01", "08-31", "09-01")] == [
        "in-progress",
        "cancelled",
        "cancelled",
        "in-progress",
    ]
    item = json.loads(run("show", "T1", "--format", "json").out)["item"]
    assert (item["progress"], item["outcome"]) == (40, "not-done-in-time")
    early = run("update", "T1", "--status", "done", "--done-on", "2026-08-01")
    assert (early.code, early.out) == (4, "")
    assert "is before the day on which it was reopened, 2026-09-01" in early.err
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == cancelled


@pytest.mark.usefixtures("plan")
def test_what_turns_out_to_be_finished_is_reopened_and_finished_in_one(run: Run) -> None:
    run(*CANCEL, "--on", "2026-07-01")
    assert run("update", "T1", "--status", "done", "--on", "2026-09-01").code == 0
    period = _report(run, "--period", "2026-Q3")["period"]
    assert [event["kind"] for event in period["events"]] == [
        "cancelled",
        "reopened",
        "finished-on-time",
    ]
    assert (period["open_before"], period["open_after"], period["unrecorded"]) == (3, 2, 0)


def test_what_is_cancelled_can_get_another_unit_and_tags(run: Run, plan: Path) -> None:
    run(*CANCEL)
    words = ("--lead", "Văn phòng 2", "--tag", "x", "--due", "2027-06-30", "--note", "y")
    assert run("update", "T1", *words).code == 0
    item = data_of(plan)["tasks"][0]
    assert (item["status"], item["lead"], item["due"]) == (
        "cancelled",
        "Văn phòng 2",
        date(2027, 6, 30),
    )
    assert data_of(plan)["updates"][-1].keys() >= {"lead", "tags", "due", "note"}


@pytest.mark.usefixtures("plan")
def test_a_correction_of_a_later_completion_leaves_the_day_and_document_of_the_cancellation(
    run: Run,
) -> None:
    run(*CANCEL, "--on", "2026-07-01")
    run("update", "T1", "--status", "done", "--on", "2026-08-01")
    run("update", "T1", "--status", "done", "--on", "2026-10-01", "--done-on", "2026-09-15")
    assert "cancelled on 2026-07-01: NQ 1\n" in run("show", "T1", "--as-of", "2026-08-20").out
    assert "done on time\n" in run("show", "T1", "--as-of", "2026-09-15").out


@pytest.mark.usefixtures("ward")
def test_the_curve_of_its_progress_ends_with_the_day_it_was_cancelled(run: Run) -> None:
    def actual(*words: str) -> str:
        lines = run("show", "T2", *words).out.splitlines()
        return next(line for line in lines if line.startswith("actual"))

    assert actual() == actual("--as-of", "2026-07-01")
    assert len(actual("--as-of", "2026-03-01")) < len(actual())


@pytest.mark.usefixtures("ward")
@pytest.mark.parametrize(
    "command", [["list"], ["show", "T2"], ["report", "--period", "2026-Q3"], ["log"]], ids=" ".join
)
def test_its_json_is_what_the_schema_says(run: Run, command: list[str]) -> None:
    schema = json.loads(run("schema", "--of", command[0]).out)
    data = json.loads(run(*command, "--format", "json").out)
    Draft202012Validator(schema).validate(data)
    assert "cancelled" in json.dumps(data)
    assert '"cancelled"' in json.dumps(schema) or command == ["log"]


@pytest.mark.usefixtures("plan")
def test_a_file_without_one_has_no_word_of_it_in_any_format(run: Run) -> None:
    for words in (["report"], ["report", "--period", "term"], ["list"], ["show", "T1"], ["log"]):
        for format_name in (known.name for known in formats(words[0])):
            written = written_text(run, *words, "--format", format_name)
            assert "cancel" not in written.lower(), (words, format_name)
    run("report", "-o", "out.xlsx")
    assert b"cancel" not in _unzipped(Path("out.xlsx"))


def _in_one_line(written: str, format_name: str) -> str:
    """Return what a reader sees of a written text, whatever its lines are; a picture parts them."""
    shown = unescape(re.sub("<[^>]*>", " ", written)) if format_name == "svg" else written
    return " ".join(shown.split())


def _item_on(run: Run, day: str) -> str:
    """Return the status of T1 at the end of `day`."""
    return str(
        json.loads(run("show", "T1", "--as-of", day, "--format", "json").out)["item"]["status"]
    )


def _unzipped(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())
