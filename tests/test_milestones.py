"""Items with milestones: what follows from them, on any day, in every view and format.

The sample is the worked example of docs/reference/verdicts.md.
"""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from resolution_cli.formats.registry import formats
from tests.support import SAMPLES, Run, data_of
from tests.written import rows_of_sheet, written_text

SAMPLE = SAMPLES / "valid" / "milestones.toml"
TODAY = "2026-11-24"  # the day on which the clock of the tests stands


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    """Return a copy of the sample: T3 with four milestones, one done and one cancelled."""
    path = tmp_path / "tasks.toml"
    path.write_bytes(SAMPLE.read_bytes())
    return path


def _item(run: Run, item_id: str, day: str = TODAY) -> Any:
    return json.loads(run("show", item_id, "--as-of", day, "--format", "json").out)


def _standing(run: Run, item_id: str, day: str = TODAY) -> tuple[Any, ...]:
    """Return status, progress, verdict, and the days or points of that."""
    item = _item(run, item_id, day)["item"]
    days = item["days"] if item["points"] is None else item["points"]
    return item["status"], item["progress"], item["verdict"], days


@pytest.mark.usefixtures("ward")
@pytest.mark.parametrize(
    ("day", "item", "second"),
    [
        ("2025-12-01", ("not-started", 0, "unreported", None), ("unreported", None)),
        ("2026-03-19", ("not-started", 0, "unreported", None), ("unreported", None)),
        ("2026-03-20", ("in-progress", 10, "on-track", None), ("unreported", None)),
        ("2026-06-30", ("in-progress", 10, "on-track", None), ("unreported", None)),
        ("2026-07-01", ("in-progress", 20, "behind", 20), ("overdue", 1)),
        ("2026-07-05", ("in-progress", 20, "behind", 20), ("overdue", 5)),
    ],
)
def test_the_worked_example_holds_on_each_day(
    run: Run, day: str, item: tuple[Any, ...], second: tuple[Any, ...]
) -> None:
    assert _standing(run, "T3", day) == item
    assert _standing(run, "T3.2", day)[2:] == second


@pytest.mark.usefixtures("ward")
def test_what_is_expected_counts_what_is_due_before_the_day(run: Run) -> None:
    days = {"2026-06-30": 10, "2026-07-01": 40, "2026-07-05": 40}
    assert {day: _item(run, "T3", day)["pace"]["expected"] for day in days} == days


def test_a_moved_deadline_holds_from_the_day_on_which_it_was_moved(run: Run, ward: Path) -> None:
    assert run("update", "T3.2", "--due", "2026-12-31", "--on", "2026-07-03").code == 0
    assert _standing(run, "T3", "2026-07-02") == ("in-progress", 20, "behind", 20)
    assert _standing(run, "T3", "2026-07-03") == ("in-progress", 20, "on-track", None)
    assert "due = 2026-12-31\nlead =" in ward.read_text(encoding="utf-8")


def test_an_item_is_done_on_the_day_of_its_last_milestone(run: Run, ward: Path) -> None:
    before = ward.read_bytes()
    done = ("--status", "done", "--evidence", "BB 1")
    run("update", "T3.2", *done, "--on", "2026-08-03")
    run("update", "T3.3", *done, "--done-on", "2026-08-01", "--on", "2026-09-01")
    item = _item(run, "T3", "2026-08-03")["item"]
    assert (item["status"], item["progress"], item["done_on"]) == ("done", 100, "2026-08-03")
    assert (item["verdict"], item["outcome"]) == ("done-on-time", "done-on-time")
    assert _standing(run, "T3", "2026-08-02")[:2] == ("in-progress", 80)
    for item_id in ("T3.3", "T3.2"):
        assert run("undo", item_id, "--yes").code == 0
    assert ward.read_bytes() == before


def test_an_item_is_done_late_where_its_last_milestone_was(run: Run, ward: Path) -> None:
    run("update", "T3", "--due", "2026-08-02", "--on", "2026-07-02")
    done = ("--status", "done", "--evidence", "BB 1", "--on", "2026-08-03")
    assert run("update", "T3.2", "T3.3", *done).code == 0
    assert _standing(run, "T3") == ("done", 100, "done-late", 1)
    period = json.loads(run("report", "--period", "2026-08", "--format", "json").out)["period"]
    kinds = [event["kind"] for event in period["events"] if event["item"] == "T3"]
    assert kinds == ["finished-late"]
    assert tomllib.loads(ward.read_text(encoding="utf-8"))["tasks"][1].get("status") is None


@pytest.mark.usefixtures("ward")
def test_an_item_is_blocked_while_one_of_its_milestones_is(run: Run) -> None:
    words = ("--status", "blocked", "--note", "No land", "--cause", "objective")
    run("update", "T3.3", *words, "--on", "2026-08-01")
    assert _standing(run, "T3", "2026-08-01")[2] == "blocked"
    assert "blocked: No land (objective cause)" in run("show", "T3", "--as-of", "2026-08-01").out
    run("update", "T3.3", "--status", "in-progress", "--on", "2026-08-09")
    assert _standing(run, "T3", "2026-08-09")[2] == "behind"


@pytest.mark.usefixtures("ward")
def test_an_item_whose_last_open_milestone_is_cancelled_was_done_before(run: Run) -> None:
    run("update", "T3.2", "--status", "done", "--evidence", "x", "--on", "2026-08-03")
    run("update", "T3.3", "--status", "cancelled", "--evidence", "NQ 6", "--on", "2026-09-01")
    assert _standing(run, "T3", "2026-08-31")[:2] == ("in-progress", 40)
    item = _item(run, "T3", "2026-09-01")["item"]
    assert (item["status"], item["done_on"]) == ("done", "2026-08-03")


@pytest.mark.usefixtures("ward")
def test_where_all_milestones_are_cancelled_the_items_own_history_counts(run: Run) -> None:
    cancel = ("--status", "cancelled", "--evidence", "NQ 6", "--on", "2026-09-01")
    run("update", "B1.1", *cancel)
    assert _standing(run, "B1", "2026-09-01")[:2] == ("not-started", 0)
    assert run("update", "B1", "--progress", "30", "--on", "2026-09-02").code == 0
    assert _standing(run, "B1", "2026-09-02")[:2] == ("in-progress", 30)


def test_before_its_first_milestone_was_added_the_items_own_history_counts(
    run: Run, ward: Path
) -> None:
    run("update", "T1", "--progress", "35", "--on", "2026-05-01")
    text = ward.read_text(encoding="utf-8")
    added = '[[tasks.milestones]]\nid = "T1.1"\ntitle = "x"\nadded = 2026-06-01\n\n'
    ward.write_text(text.replace('[[tasks]]\nid = "T3"', f'{added}[[tasks]]\nid = "T3"'), "utf-8")
    assert run("check").out.startswith("Advice")
    assert _standing(run, "T1", "2026-05-31")[:2] == ("in-progress", 35)
    assert _standing(run, "T1", "2026-06-01")[:2] == ("not-started", 0)
    result = run("show", "T1.1", "--as-of", "2026-05-31")
    assert result.code == 2
    assert "T1.1 was not in the plan on 2026-05-31; it was added on 2026-06-01" in result.err
    listed = run("list", "--milestones", "--as-of", "2026-05-31", "--format", "ids").out.split()
    assert "T1.1" not in listed
    assert "T3.1" in listed


@pytest.mark.usefixtures("ward")
def test_a_cancelled_item_cancels_what_is_open_of_it_until_it_is_taken_up_again(run: Run) -> None:
    run("update", "T3", "--status", "cancelled", "--evidence", "NQ 7", "--on", "2026-08-01")
    assert _standing(run, "T3", "2026-08-01")[2] == "cancelled"
    assert _standing(run, "T3.2", "2026-08-01")[2] == "cancelled"
    assert _standing(run, "T3.1", "2026-08-01")[2] == "done-on-time"
    assert "cancelled on 2026-08-01: NQ 7" in run("show", "T3.2", "--as-of", "2026-08-01").out
    assert run("update", "T3", "--status", "in-progress", "--on", "2026-09-01").code == 0
    assert _standing(run, "T3", "2026-09-01") == ("in-progress", 20, "behind", 20)
    assert _standing(run, "T3.2", "2026-09-01")[2] == "overdue"


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (
            ["T3", "--progress", "50"],
            "T3 has milestones, from which this follows: T3.1, T3.2, T3.3.",
            "Report the milestone: `tracker update T3.2 --status done`",
        ),
        (["T3", "--status", "done"], "T3 has milestones", "tracker update T3.2 --status done"),
        (["B1", "--status", "blocked", "--note", "x"], "B1 has milestones", "B1.1"),
        (["T3", "--done-on", "2026-08-01"], "T3 has milestones", "T3.2"),
        (
            ["T3", "--status", "cancelled", "--progress", "5", "--evidence", "x"],
            "T3 has milestones",
            "T3.2",
        ),
        (["T3.2", "--progress", "50"], "T3.2 is a milestone", "--status in-progress"),
        (["T3.1", "--status", "cancelled", "--evidence", "x"], "T3.1: it is done", "--status"),
        (["T3.9", "--status", "done"], "T3.9", "T3"),
        (["T3.2", "--value", "3"], "T3.2 is not a target", "--status in-progress or"),
        (["T3", "--value", "3"], "T3 is not a target", "`tracker update T3.2 --status done`"),
    ],
)
def test_what_follows_from_milestones_cannot_be_set(
    run: Run, ward: Path, words: list[str], message: str, hint: str
) -> None:
    before = ward.read_bytes()
    result = run("update", *words)
    assert result.code in {3, 4}
    assert message in result.err
    assert hint in result.err
    assert ward.read_bytes() == before


def test_the_command_of_the_hint_settles_the_matter(run: Run, ward: Path) -> None:
    hint = run("update", "T3", "--progress", "50").err.partition("`tracker ")[2].partition("`")[0]
    assert run(*hint.split()).code == 0
    assert data_of(ward)["tasks"][1]["milestones"][1]["status"] == "done"


def test_a_reopened_milestone_reopens_its_item(run: Run, ward: Path) -> None:
    run("update", "B1.1", "--status", "done", "--evidence", "x", "--on", "2026-08-01")
    assert _standing(run, "B1", "2026-08-01")[0] == "done"
    run("update", "B1.1", "--status", "in-progress", "--on", "2026-08-09")
    assert _standing(run, "B1", "2026-08-09")[:2] == ("in-progress", 0)
    assert "progress" not in ward.read_text(encoding="utf-8").replace("in-progress", "")
    period = json.loads(run("report", "--period", "2026-08", "--format", "json").out)["period"]
    assert [event["kind"] for event in period["events"]] == ["finished-on-time", "reopened"]
    sums = period["milestones"]
    assert (sums["finished_on_time"], sums["reopened"], sums["unrecorded"]) == (1, 1, 0)


def test_an_update_changes_the_milestones_own_lines_alone(run: Run, ward: Path) -> None:
    before = ward.read_text(encoding="utf-8").splitlines()
    run("update", "t3.2", "--status", "done", "--lead", "Công an", "--evidence", "BB 3")
    after = ward.read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line not in after] == ['lead = "Địa chính" # not the office']
    place = before.index('lead = "Địa chính" # not the office')
    assert after[: place + 2] == [
        *before[:place],
        'lead = "Công an" # not the office',
        'status = "done"',
    ]
    assert after[place + 2] == f"done_on = {TODAY}"
    assert after[place + 3 : len(before) + 2] == before[place + 1 :]
    run("undo", "T3.2", "--yes")
    assert ward.read_text(encoding="utf-8").splitlines() == before


@pytest.mark.usefixtures("ward")
def test_the_counts_are_of_the_items_and_those_of_the_milestones_stand_apart(run: Run) -> None:
    data = json.loads(run("report", "--format", "json").out)
    assert [(row["kind"], row["total"]) for row in data["counts"]] == [
        ("task", 2),
        ("breakthrough", 1),
        (None, 3),
    ]
    counts = data["milestone_counts"]
    assert (counts["kind"], counts["total"]) == ("milestone", 5)
    assert counts["by_outcome"] == {
        "done-on-time": 1,
        "done-late": 0,
        "not-done-in-time": 2,
        "not-done-overdue": 1,
        "cancelled": 1,
    }
    shown = [" ".join(line.split()) for line in run("report").out.splitlines()]
    assert "tasks breakthroughs all items milestones" in shown
    assert shown.count("total 2 1 3 5") == 2
    assert "1 milestone is overdue or blocked" in shown
    assert "2026-06-30 T3.2 The road (of T3, Infrastructure): overdue by 147 days" in shown


@pytest.mark.usefixtures("ward")
def test_a_list_has_milestones_where_they_are_asked_for(run: Run) -> None:
    def ids(*words: str) -> list[str]:
        return run("list", *words, "--format", "ids").out.split()

    assert ids() == ["T1", "T3", "B1"]
    every = ["T1", "T3", "T3.1", "T3.2", "T3.3", "T3.4", "B1", "B1.1"]
    assert ids("--milestones") == every
    assert ids("--kind", "milestone") == ["T3.1", "T3.2", "T3.3", "T3.4", "B1.1"]
    assert ids("--kind", "nhiệm vụ cụ thể", "--status", "done") == ["T3.1"]
    assert ids("--milestones", "--kind", "breakthrough") == ["B1", "B1.1"]
    assert ids("--milestones", "--lead", "dia chinh") == ["T3.2"]
    assert ids("--milestones", "--lead", "van phong") == ["T3", "T3.1", "T3.3", "T3.4"]
    assert ids("--milestones", "--search", "bridge") == ["T3.3", "T3.4"]
    data = json.loads(run("list", "--milestones", "--format", "json").out)
    assert [row["id"] for row in data["items"]] == ["T1", "T3", "B1"]
    assert [row["id"] for row in data["milestones"]] == every[2:6] + every[7:]
    assert data["milestones"][2]["part_of"] == {"item": "T3", "weight": 3, "added": None}
    assert "milestones" not in json.loads(run("list", "--format", "json").out)
    rows = run("list", "--milestones", "--format", "csv").out.splitlines()
    assert rows[0].endswith("last_update,item,weight,added")
    assert rows[3].startswith("T3.1,milestone,")
    assert rows[3].endswith(",T3,1,")


@pytest.mark.usefixtures("ward")
def test_a_list_shows_lead_and_verdict_where_there_are_milestones(run: Run) -> None:
    shown = [" ".join(line.split()) for line in run("list", "--milestones").out.splitlines()]
    assert shown[1] == "id title lead unit progress verdict due"
    assert "T3.2 The road Địa chính overdue by 147 days 2026-06-30" in shown


@pytest.mark.usefixtures("ward")
def test_an_item_shows_its_milestones_on_a_line_over_the_term(run: Run) -> None:
    shown = run("show", "T3").out.splitlines()
    start = shown.index("Milestones: 1 of 4 done")
    lines = [" ".join(line.split()) for line in shown[start + 4 : start + 8]]
    assert lines == [
        "T3.1 Land for the school 1 2026-03-31 done on time",
        "T3.2 The road 1 2026-06-30 overdue by 147 days",
        "T3.3 The bridge 3 2027-12-31 unreported",
        "T3.4 The second bridge 5 2028-12-31 cancelled on 2026-07-01: Nghị quyết 5-NQ/ĐU",
    ]
    start = shown.index("Timeline") + 3
    assert [line[30:78].rstrip() for line in shown[start : start + 5]] == [
        "─────■─▲───│─────────□────────×────────────────◆",
        "─────●     │",
        "───────◆   │",
        "───────────│─────────◆",
        "───────────│──────────────────◆",
    ]
    assert "T3.1  Land for the school" in shown[shown.index("History, newest first") :]


@pytest.mark.usefixtures("ward")
def test_a_milestone_shows_of_which_item_it_is(run: Run) -> None:
    shown = [" ".join(line.split()) for line in run("show", "T3.3").out.splitlines()]
    assert shown[:2] == ["T3.3 The bridge", "milestone"]
    assert "item T3. Infrastructure" in shown
    assert "weight 3" in shown
    assert not [line for line in shown if line.startswith(("progress", "pace"))]
    assert _item(run, "T3.3")["part_of"] == {"item": "T3", "weight": 3, "added": None}


@pytest.mark.usefixtures("ward")
@pytest.mark.parametrize("format_name", [known.name for known in formats("show")])
def test_every_format_of_an_item_has_its_milestones(run: Run, format_name: str) -> None:
    written = written_text(run, "show", "T3", "--format", format_name)
    assert [each for each in ("T3.1", "T3.2", "T3.3", "T3.4") if each not in written] == []


@pytest.mark.usefixtures("ward")
@pytest.mark.parametrize(
    "format_name",
    # A calendar has open deadlines alone.
    [known.name for known in formats("list") if known.name != "ics"],
)
def test_every_format_of_a_list_has_its_milestones(run: Run, format_name: str) -> None:
    written = written_text(run, "list", "--milestones", "--format", format_name)
    assert [each for each in ("T3.1", "T3.4", "B1.1") if each not in written] == []


@pytest.mark.usefixtures("ward")
@pytest.mark.parametrize("format_name", ["markdown", "html", "docx"])
def test_a_written_report_has_what_was_finished_and_what_is_late_below_its_item(
    run: Run, format_name: str
) -> None:
    words = ("report", "--period", "2026-H1", "--format", format_name)
    written = written_text(run, *words).replace("\\", "")
    finished = "“Land for the school” finished on time on 2026-03-20"
    assert finished in written
    # A page has the titles in its timeline too, before the sections.
    prose = written.rpartition("General situation")[2]
    assert prose.index("Infrastructure") < prose.index(finished) < prose.index("Officials")
    assert "2 milestones" not in written
    year = written_text(run, "report", "--period", "2026", "--format", format_name)
    assert "“The road” overdue since 2026-07-01" in year.replace("\\", "")


@pytest.mark.usefixtures("ward")
def test_the_annex_numbers_milestones_behind_their_item(run: Run) -> None:
    table = run("report", "--format", "markdown").out.partition("Table of items")[2]
    rows = [line.replace("\\", "").split("|") for line in table.splitlines() if line[:1] == "|"]
    numbers = [(row[1].strip(), row[2].strip()) for row in rows[2:]]
    assert numbers == [
        ("1", "T1"),
        ("2", "T3"),
        ("2.1", "T3.1"),
        ("2.2", "T3.2"),
        ("2.3", "T3.3"),
        ("2.4", "T3.4"),
        ("3", "B1"),
        ("3.1", "B1.1"),
    ]


@pytest.mark.usefixtures("ward")
def test_a_workbook_has_a_sheet_of_milestones(run: Run, tmp_path: Path) -> None:
    assert run("report", "-o", str(tmp_path / "r.xlsx")).code == 0
    rows = rows_of_sheet(tmp_path / "r.xlsx", "Milestones")
    assert rows[0][:4] == ("Id", "Item", "Title", "Weight")
    assert rows[3][:4] == ("T3.3", "T3", "The bridge", 3)
    items = rows_of_sheet(tmp_path / "r.xlsx", "Items")
    assert [row[0] for row in items if row[0] in {"T1", "T3", "B1", "T3.1"}].count("T3.1") == 0


@pytest.mark.usefixtures("ward")
def test_the_log_of_an_item_has_the_entries_of_its_milestones(run: Run) -> None:
    updates = json.loads(run("log", "T3", "--format", "json").out)["updates"]
    assert [update["item"] for update in updates] == ["T3.4", "T3.1"]
    updates = json.loads(run("log", "T3.1", "--format", "json").out)["updates"]
    assert [update["item"] for update in updates] == ["T3.1"]


def test_check_names_what_is_wrong_with_milestones(run: Run, ward: Path) -> None:
    text = ward.read_text(encoding="utf-8")
    changes = {
        'title = "The road"\n': 'title = "The road"\nstatus = "in-progress"\nadded = 2027-01-01\n',
        'lead = "Văn phòng"\n': 'lead = "Văn phòng"\nprogress = 10\ndue = 2028-06-30\n',
    }
    for old, new in changes.items():
        text = text.replace(old, new)
    ward.write_text(text, encoding="utf-8")
    found = run("check").out
    assert "T3.2, added: 2027-01-01 is in the future" in found
    assert "T3, status: not-started, but its progress is 10%" in found
    assert "It follows from the milestones: write again what the history has." in found
    assert "T3.4, due: due on 2028-12-31, after its item" not in found  # it is cancelled


def test_an_item_that_was_added_is_not_in_earlier_reports_and_the_sums_close(
    run: Run, ward: Path
) -> None:
    text = ward.read_text(encoding="utf-8")
    ward.write_text(text.replace('title = "First"\n', 'title = "First"\nadded = 2026-05-04\n'))
    assert (
        json.loads(run("list", "--as-of", "2026-05-03", "--format", "json").out)["items"][0]["id"]
        == "T3"
    )
    period = json.loads(run("report", "--period", "2026-Q2", "--format", "json").out)["period"]
    assert (period["open_before"], period["added"], period["open_after"]) == (2, 1, 3)
    assert period["unrecorded"] == 0
    assert (
        "+ added to the plan             1           0" in run("report", "--period", "2026-Q2").out
    )
    assert (
        "added"
        not in json.loads(run("report", "--period", "2026-Q3", "--format", "json").out)["period"]
    )


@pytest.mark.usefixtures("ward")
def test_the_sums_close_month_by_month(run: Run) -> None:
    for month in range(1, 12):
        day = date(2026, month, 1).isoformat()
        data = json.loads(run("report", "--as-of", day, "--format", "json").out)
        for row in (*data["counts"], data["milestone_counts"]):
            assert sum(row["by_status"].values()) == row["total"]
            assert sum(row["by_outcome"].values()) == row["total"]


_BY_HAND = 'status = "cancelled"\n'


@pytest.mark.usefixtures("ward")
def test_an_item_cancelled_by_hand_above_its_milestones_is_settled_by_the_command_named(
    run: Run, ward: Path
) -> None:
    text = ward.read_text(encoding="utf-8")
    ward.write_text(text.replace('id = "T3"\n', f'id = "T3"\n{_BY_HAND}'), encoding="utf-8")
    assert "→ tracker update T3 --status cancelled --evidence '…'\n" in run("check").out
    assert run("update", "T3", "--status", "cancelled", "--evidence", "NQ 7").code == 0
    assert run("check").code == 0


@pytest.mark.usefixtures("ward")
def test_an_item_taken_up_again_by_hand_above_its_milestones_is_settled_by_the_command_named(
    run: Run, ward: Path
) -> None:
    run("update", "T3", "--status", "cancelled", "--evidence", "NQ 7")
    text = ward.read_text(encoding="utf-8")
    ward.write_text(text.replace(_BY_HAND, "", 1), encoding="utf-8")
    assert "→ tracker update T3 --status in-progress\n" in run("check").out
    assert run("update", "T3", "--status", "in-progress").code == 0
    assert run("check").code == 0


def test_a_progress_in_an_entry_of_a_milestone_is_an_error_of_the_entry(
    run: Run, ward: Path
) -> None:
    entry = '\n[[updates]]\nitem = "T3.2"\non = 2026-08-01\nprogress = 50\n'
    with ward.open("a", encoding="utf-8") as file:
        file.write(entry)
    result = run("check")
    assert result.code == 7
    assert "(T3.2), progress: a milestone has no progress: it is done or not\n" in result.out
    assert "the history's latest value is 50" not in result.out


@pytest.mark.usefixtures("ward")
def test_what_was_done_before_it_entered_the_plan_is_neither_in_the_sum_nor_in_the_list(
    run: Run, ward: Path
) -> None:
    added = '[[tasks.milestones]]\nid = "T1.1"\ntitle = "x"\nadded = 2026-09-01\n\n'
    text = ward.read_text(encoding="utf-8")
    ward.write_text(text.replace('[[tasks]]\nid = "T3"', f'{added}[[tasks]]\nid = "T3"'), "utf-8")
    assert run("update", "T1.1", "--status", "done", "--on", "2026-07-15").code == 0
    period = ("report", "--from", "2026-07-01", "--to", "2026-09-30")
    sums = json.loads(run(*period, "--format", "json").out)["period"]["milestones"]
    assert (sums["finished_on_time"], sums["finished_late"], sums["finished"]) == (0, 0, [])
    assert "Milestones finished" not in run(*period).out


@pytest.mark.usefixtures("ward")
def test_what_is_done_above_milestones_or_is_one_is_cancelled_once_reopened_as_the_hint_says(
    run: Run,
) -> None:
    run("update", "B1.1", "--status", "done", "--evidence", "BC 1")
    cancel = ("--status", "cancelled", "--evidence", "NQ 7")
    for item in ("B1", "B1.1"):
        hint = "Hint: Reopen it first: tracker update B1.1 --status in-progress\n"
        assert run("update", item, *cancel).err.endswith(hint)
    assert run("update", "B1.1", "--status", "in-progress").code == 0
    assert run("update", "B1", *cancel).code == 0
