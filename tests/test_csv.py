"""CSV: its columns, and no cell that a spreadsheet takes for a formula."""

import csv
import io
from pathlib import Path

import pytest

from resolution_cli.views.texts import clean
from tests.support import WARD, Run, hostile
from tests.written import VIEWS, write_plan_of


@pytest.mark.usefixtures("plan")
def test_csv_of_the_log_names_the_facts_that_an_entry_took_away(run: Run) -> None:
    run("update", "T1", "--clear", "lead", "--clear", "tags", "--progress", "50")
    rows = [*csv.DictReader(io.StringIO(run("log", "--format", "csv").out.removeprefix("\ufeff")))]
    assert [(row["progress"], row["lead"], row["cleared"]) for row in rows] == [
        ("50", "", "lead; tags"),
        ("40", "", ""),
    ]


def _rows(run: Run, *words: str) -> dict[str, dict[str, str]]:
    """Return the rows of CSV by the id of their item."""
    text = run(*words, "--format", "csv").out.removeprefix("\ufeff")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text))}


@pytest.mark.usefixtures("commune")
def test_csv_of_a_period_has_the_items_on_its_last_day_and_what_it_brought(run: Run) -> None:
    ward = ("report", "--file", str(WARD))
    rows = _rows(run, *ward, "--period", "2027-Q4")
    of_the_day = _rows(run, *ward, "--as-of", "2027-12-31")
    assert [{key: row[key] for key in of_the_day["T1"]} for row in rows.values()] == [
        *of_the_day.values()
    ]
    row = rows["T7"]
    brought = {key: row[key] for key in row if key not in of_the_day["T7"]}
    assert brought == {
        "period_start": "2027-10-01",
        "period_end": "2027-12-31",
        "as_of": "2027-12-31",
        "status_before": "in-progress",
        "progress_before": "75",
        "due_before": "2027-12-31",
        "events": "2027-11-18 finished-on-time; 2027-11-18 T7.3 finished-on-time",
        "period_updates": "1",
        "notes": "T7.3: Đã công khai ở mọi chi bộ",
        "evidence": "T7.3: Báo cáo 140-BC/UBKT, 18/11/2027",
        "causes": "",
    }
    assert rows["T3"]["events"] == "2027-10-11 T3.3 deadline-moved"
    assert rows["T3"]["causes"] == "objective"
    assert (rows["T8"]["progress_before"], rows["T8"]["progress"]) == ("24", "26")


@pytest.mark.usefixtures("commune")
def test_csv_of_two_quarters_has_the_entries_of_the_half_year_that_they_are(run: Run) -> None:
    ward = ("report", "--file", str(WARD), "--period")
    half = _rows(run, *ward, "2027-H2")
    third, fourth = (_rows(run, *ward, quarter) for quarter in ("2027-Q3", "2027-Q4"))
    assert sum(int(row["period_updates"]) for row in half.values()) > 20
    for item_id, row in half.items():
        parts = (third[item_id], fourth[item_id])
        assert int(row["period_updates"]) == sum(int(part["period_updates"]) for part in parts)
        for key in ("notes", "evidence", "events"):
            assert row[key] == "; ".join(part[key] for part in parts if part[key])
        assert row["progress_before"] == third[item_id]["progress_before"]
        assert fourth[item_id]["progress_before"] == third[item_id]["progress"]


@pytest.mark.usefixtures("commune")
def test_csv_of_a_period_that_is_not_over_says_up_to_which_day_it_is(run: Run) -> None:
    row = _rows(run, "report", "--file", str(WARD), "--period", "2028-Q1")["T1"]
    assert (row["period_end"], row["as_of"]) == ("2028-03-31", "2028-01-10")
    assert (row["period_updates"], row["notes"]) == ("0", "")


@pytest.mark.usefixtures("plan")
def test_csv_of_a_period_has_no_state_of_an_item_before_it_was_in_the_plan(
    run: Run, plan: Path
) -> None:
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace('id = "T2"', 'id = "T2"\nadded = 2026-11-02'), encoding="utf-8")
    rows = _rows(run, "report", "--period", "2026-11")
    assert (rows["T2"]["status_before"], rows["T2"]["progress_before"]) == ("", "")
    assert rows["B1"]["status_before"] == "not-started"
    assert "T2" not in _rows(run, "report", "--period", "2026-10")


@hostile
@pytest.mark.parametrize("view", ["list", "report", "log", "period"])
def test_no_cell_of_csv_begins_as_a_formula(run: Run, text: str, view: str) -> None:
    words = ["report", "--period", "2026-11"] if view == "period" else VIEWS[view]
    write_plan_of(text)
    rows = [*csv.reader(io.StringIO(run(*words, "--format", "csv").out.removeprefix("\ufeff")))]
    cells = [cell for row in rows for cell in row]
    assert len({len(row) for row in rows}) == 1
    assert not [
        cell
        for cell in cells
        if cell.lstrip()[:1] in {"=", "+", "-", "@", "\t", "\r"} and cell.strip("-0123456789")
    ]
    assert [cell for cell in cells if cell.removeprefix("'") == clean(text)]


@pytest.mark.parametrize("between", ["", '"', '""', ' " ', '"; "', "\u200b", "\xa0"])
@hostile
def test_no_cell_of_csv_is_a_formula_where_semicolons_part_cells(
    run: Run, text: str, between: str
) -> None:
    write_plan_of(f"x;{between}{text}")
    text = run("list", "--format", "csv").out.removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.lstrip()[:1] in {"=", "+", "-", "@"}]
