"""The shipped resolution: what was resolved, and nothing invented."""

import tomllib
from datetime import date

from tests.support import SHIPPED, Run


def test_ten_items_in_the_resolutions_order_with_nothing_invented() -> None:
    data = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    assert [task["id"] for task in data["tasks"]] == ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8"]
    assert [item["id"] for item in data["breakthroughs"]] == ["B1", "B2"]
    for item in data["tasks"] + data["breakthroughs"]:
        assert item.keys() == {"id", "title", "summary", "status", "progress"}
        assert (item["status"], item["progress"]) == ("not-started", 0)
        assert item["title"].keys() == item["summary"].keys() == {"vi", "en"}
    assert data["resolution"]["term"] == {"start": date(2025, 8, 15), "end": date(2030, 12, 31)}
    assert "updates" not in data


def test_the_program_knows_no_item_of_it(run: Run) -> None:
    report = run("report", "--file", str(SHIPPED))
    assert (report.code, report.err) == (0, "")
    assert report.out.count("unreported") == 10
