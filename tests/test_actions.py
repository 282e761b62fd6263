"""The use cases as functions: values in and out, and the file. Nothing of them is printed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from resolution_cli.actions import planning, reading, recording, reporting, undoing
from resolution_cli.actions.planning import NewResolution
from resolution_cli.actions.reporting import Span
from resolution_cli.domain.change import Request
from resolution_cli.domain.selection import EntrySelection, Selection
from resolution_cli.errors import ChangeRefused, FileExists, ItemNotFound, WrongInput
from resolution_cli.reports.item import ItemReport
from resolution_cli.reports.overview import Overview, WrittenReport
from tests.support import NOW, data_of

TODAY = NOW.date()
REQUEST = Request(facts={"lead": "Văn phòng mới"}, on=TODAY, at=NOW, by="clerk")


@pytest.fixture(autouse=True)
def _silent(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    yield
    assert capsys.readouterr() == ("", "")


def test_a_listing_has_the_items_that_are_wanted(plan: Path) -> None:
    listing = reading.listing(plan, Selection(tag="FORMS"), None, TODAY)
    assert (listing.as_of, [one.item.id for one in listing.standings]) == (TODAY, ["T1"])


def test_an_item_is_found_in_any_case_as_it_stood(plan: Path) -> None:
    found = reading.item(plan, "t1", date(2026, 5, 31), TODAY)
    assert isinstance(found, ItemReport)
    standing = found.figures.standing
    assert (standing.item.id, standing.item.present_progress) == ("T1", 0)
    with pytest.raises(ItemNotFound):
        reading.item(plan, "T99", None, TODAY)


@pytest.mark.parametrize("as_of", [date(2024, 12, 31), date(2026, 11, 25)])
def test_a_day_without_a_state_is_refused(plan: Path, as_of: date) -> None:
    with pytest.raises(WrongInput) as raised:
        reading.listing(plan, Selection(), as_of, TODAY)
    assert raised.value.option == "--as-of"


def test_entries_are_those_asked_for_newest_first(plan: Path) -> None:
    recording.update(plan, ["T1", "T2"], REQUEST)
    assert [one.update.item for one in reading.entries(plan, EntrySelection()).entries] == [
        "T2",
        "T1",
        "T1",
    ]
    of_one = reading.entries(plan, EntrySelection(item_ids=("t1",), by="CLERK", start=TODAY))
    assert [one.update.on for one in of_one.entries] == [TODAY]


def test_a_report_is_of_a_day_or_a_period_with_what_makes_it_doubtful(plan: Path) -> None:
    of_day = reporting.report(plan, Span(as_of=date(2026, 6, 1)), TODAY)
    assert isinstance(of_day.report, Overview)
    assert (of_day.report.standing.as_of, of_day.report.period) == (date(2026, 6, 1), None)
    assert (of_day.error_count, of_day.copies) == (0, ())
    forecast = reporting.report(plan, Span(as_of=date(2027, 1, 1)), TODAY)
    assert forecast.report.is_forecast
    of_period = reporting.report(plan, Span(name="quý II năm 2026"), TODAY).report
    assert isinstance(of_period, Overview)
    assert of_period.period
    assert of_period.period.period.end == date(2026, 6, 30)
    written = reporting.report(
        plan, Span(as_of=date(2026, 6, 1)), TODAY, reporting.Writing(is_written=True)
    ).report
    assert isinstance(written, WrittenReport)
    assert written.covered.period.end == date(2026, 6, 1)


@pytest.mark.parametrize(
    "asked",
    [
        {"as_of": TODAY, "name": "2026"},
        {"name": "2026", "start": TODAY, "end": TODAY},
        {"start": TODAY},
        {"end": TODAY},
    ],
    ids=repr,
)
def test_a_span_is_asked_for_in_one_whole_way(asked: dict[str, Any]) -> None:
    with pytest.raises(WrongInput):
        Span(**asked)


def test_check_finds_what_the_command_shows(plan: Path) -> None:
    found = reading.check(plan, TODAY)
    assert (found.errors, found.advice[0].key) == ((), "product")
    plan.write_text(plan.read_text().replace("progress = 40", "progress = 41", 1))
    (error,) = reading.check(plan, TODAY).errors
    assert (error.line, error.key) == (18, "progress")
    plan.write_text(plan.read_text().replace("progress = 41", "progress = 141"))
    (error,) = reading.check(plan, TODAY).errors
    assert (error.line, error.message[:9]) == (18, "found 141")


def test_a_rehearsal_returns_the_changes_and_writes_nothing(plan: Path) -> None:
    before = plan.read_bytes()
    made = recording.update(plan, ["T2"], REQUEST, is_rehearsal=True)
    assert [change.facts for change in made] == [{"lead": "Văn phòng mới"}]
    assert plan.read_bytes() == before


def test_an_update_is_written_and_undone(plan: Path) -> None:
    before = plan.read_bytes()
    recording.update(plan, ["T2"], REQUEST)
    assert data_of(plan)["tasks"][1]["lead"] == "Văn phòng mới"
    undoing.undo(plan, None, undoing.last_update(plan, None, TODAY), TODAY)
    assert plan.read_bytes() == before


def test_an_undo_that_would_take_back_another_entry_is_refused(plan: Path) -> None:
    expected = undoing.last_update(plan, None, TODAY)
    recording.update(plan, ["T2"], REQUEST)
    before = plan.read_bytes()
    with pytest.raises(ChangeRefused, match="there is a newer update"):
        undoing.undo(plan, None, expected, TODAY)
    assert plan.read_bytes() == before


NEW = NewResolution("Plan", date(2025, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize("new", [NEW, None], ids=["blank", "copy"])
def test_a_new_file_can_be_read(tmp_path: Path, new: NewResolution | None) -> None:
    path = planning.create(tmp_path, new)
    assert path == tmp_path / "data" / "tasks.toml"
    assert bool(reading.listing(path, Selection(), None, TODAY).standings) is (new is None)
    with pytest.raises(FileExists):
        planning.create(tmp_path, new)


def test_a_new_file_that_another_would_be_read_for_is_refused(plan: Path) -> None:
    with pytest.raises(FileExists, match=r"tasks\.toml already exists"):
        planning.create(plan.parent, NEW)


def test_a_term_does_not_end_before_it_starts() -> None:
    with pytest.raises(WrongInput) as raised:
        NewResolution("Plan", date(2026, 1, 1), date(2025, 12, 31))
    assert raised.value.option == "--end"
