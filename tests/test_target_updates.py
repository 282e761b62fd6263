"""Figures of targets: recorded, refused, taken back, checked."""

import json
from pathlib import Path

import pytest

from tests.support import SAMPLES, Run, assert_expected, data_of

SAMPLE = SAMPLES / "valid" / "targets.toml"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a copy of the sample with targets, found without `--file`."""
    path = tmp_path / "tasks.toml"
    path.write_bytes(SAMPLE.read_bytes())
    return path


def _target(path: Path, target_id: str) -> dict[str, object]:
    return next(each for each in data_of(path)["targets"] if each["id"] == target_id)


def _last_entry(path: Path) -> dict[str, object]:
    entry: dict[str, object] = data_of(path)["updates"][-1]
    return entry


def test_a_figure_is_written_with_its_day_and_an_entry_and_nothing_else(
    run: Run, file: Path
) -> None:
    before = file.read_text(encoding="utf-8")
    result = run("update", "c1", "--value", "1,5", "--on", "2026-09-30", "--evidence", "BC 20")
    assert (result.code, result.err) == (0, "")
    assert result.out == (
        "C1  Share of poor households\n  figure    1.6 → 1.5\n  evidence  BC 20\n"
        "Written to tasks.toml.\n"
    )
    changed = before.replace("value = 1.6 # of", "value = 1.5 # of").replace(
        "half-year\non = 2026-06-30", "half-year\non = 2026-09-30"
    )
    assert file.read_text(encoding="utf-8") == (
        f'{changed}\n[[updates]]\nitem = "C1"\non = 2026-09-30\nat = 2026-11-24T09:30:00+07:00\n'
        'by = "office"\nvalue = 1.5\nwas = { value = 1.6, on = 2026-06-30 }\nevidence = ["BC 20"]\n'
    )


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("1,6", "1.6"),
        ("1.6", "1.6"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("0,0001", "0.0001"),
        ("2,50", "2.5"),
        ("1.234.567", "1234567"),
        ("123456789012,345", "123456789012.345"),
        ("-0,75", "-0.75"),
    ],
)
def test_a_figure_is_a_plain_number_of_toml(run: Run, file: Path, typed: str, written: str) -> None:
    spelling = f"\nvalue = {written}\n"
    before = file.read_text(encoding="utf-8").count(spelling)
    assert run("update", "C8", "--value", typed).code == 0
    assert file.read_text(encoding="utf-8").count(spelling) == before + 2  # the plan, and the entry


@pytest.mark.parametrize(
    "words",
    [
        ["update", "C1", "--value", "1,5", "--on", "2026-09-30"],
        ["update", "C2", "--value", "95", "--on", "2026-09-30"],
        ["update", "C6", "--value", "5,5", "--on", "2026-01-02", "--lead", "A", "--tag", "x"],
        ["update", "C8", "C2", "--value", "96", "--note", "x"],
        ["update", "C1", "--note", "x", "--cause", "objective"],
    ],
    ids=" ".join,
)
def test_undo_gives_the_file_back_byte_for_byte(run: Run, file: Path, words: list[str]) -> None:
    before = file.read_bytes()
    rehearsed = run(*words, "--dry-run")
    assert file.read_bytes() == before
    assert run(*words).out.splitlines()[:-1] == rehearsed.out.splitlines()[:-1]
    for target_id in [word for word in words if word.startswith("C")]:
        assert run("undo", target_id, "--yes").code == 0
    assert file.read_bytes() == before


def test_a_figure_that_stays_is_still_news_of_a_later_day(run: Run, file: Path) -> None:
    assert run("update", "C2", "--value", "95", "--on", "2026-10-01").code == 0
    assert _target(file, "C2")["on"] == _last_entry(file)["on"]
    again = run("update", "C2", "--value", "95", "--on", "2026-10-01")
    assert (again.code, again.err.splitlines()[0]) == (4, "Error: C2: nothing would change.")


def test_an_earlier_day_has_the_figure_of_that_day(run: Run, file: Path) -> None:
    run("update", "C1", "--value", "1,1", "--on", "2026-11-20")
    as_of = {
        day: json.loads(run("show", "C1", "--as-of", day, "--format", "json").out)["target"]
        for day in ("2026-06-29", "2026-06-30", "2026-11-19", "2026-11-24")
    }
    assert [each["value"] for each in as_of.values()] == [None, 1.6, 1.6, 1.1]
    assert [each["on"] for each in as_of.values()] == [
        None,
        "2026-06-30",
        "2026-06-30",
        "2026-11-20",
    ]
    assert file.exists()


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["T1", "--value", "3"], 4, "T1 is not a target; only targets have figures."),
        (["C1", "--progress", "3"], 4, "C1 is a target; it has no --progress."),
        (
            ["C1", "--status", "done", "--due", "2026-12-31"],
            4,
            "C1 is a target; it has no --status, --due.",
        ),
        (["T1", "C1", "--value", "3"], 4, "T1 is not a target; only targets have figures."),
        (
            ["C6", "--value", "3", "--on", "2025-08-19"],
            4,
            "C6: 2025-08-19 is before the day of its base, 2025-08-20.",
        ),
        (["C1", "--value", "3", "--on", "2026-11-25"], 4, "2026-11-25 is in the future"),
        (["C9", "--value", "3"], 3, "There is no item 'C9'."),
        (
            ["C1", "--value", "1.234"],
            2,
            "--value: '1.234' can be read as 1234 or as 1.2340; write one of these.",
        ),
        (["C1", "--value", "NaN"], 2, "--value: 'NaN' is not a number"),
        (["C1", "--value", "inf"], 2, "--value: 'inf' is not a number"),
        (["C1", "--value", "1,6%"], 2, "--value: '1,6%' is not a number"),
        (["C1", "--value", "1.6 tỷ"], 2, "is not a number; write 1.6 or 1,6, without a unit."),
        (["C1", "--value", "…"], 2, "is not a number"),
        (["C1", "--value", "1234567890123456"], 2, "has more than 15 digits."),
        (["C1", "--clear", "value"], 2, "'value' is not valid"),
    ],
)
def test_what_cannot_be_a_figure_is_refused_and_the_file_stays(
    run: Run, file: Path, words: list[str], code: int, says: str
) -> None:
    before = file.read_bytes()
    result = run("update", *words)
    assert (result.code, result.out) == (code, "")
    assert says in result.err
    assert file.read_bytes() == before


def test_a_figure_changed_by_hand_is_found_and_recorded_by_the_command_that_is_named(
    run: Run, file: Path
) -> None:
    text = file.read_text(encoding="utf-8").replace("value = 1.6 # of", "value = 1.55 # of")
    file.write_text(text, encoding="utf-8")
    found = run("check")
    assert found.code == 7
    command = "tracker update C1 --value=1.55 --on 2026-06-30"
    assert (
        "C1, value: found 1.55 on 2026-06-30, but the history's latest value is 1.6 on 2026-06-30\n"
        f"      → {command}\n"
    ) in found.out
    assert run(*command.split()[1:]).code == 0
    assert run("check").code == 0
    assert _last_entry(file)["found"] == {"value": 1.55, "on": _last_entry(file)["on"]}
    assert run("undo", "--yes").code == 0
    assert file.read_text(encoding="utf-8") == text


def test_a_figure_taken_out_by_hand_can_be_put_back(run: Run, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("value = 1.6 # of the half-year\non = 2026-06-30\n", ""), encoding="utf-8"
    )
    assert "C1, value: found nothing, but the history's latest value is 1.6" in run("check").out
    assert run("update", "C1", "--value=1.6", "--on", "2026-06-30").code == 0
    assert run("check").code == 0
    assert _last_entry(file)["missing"] == ["value"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param(
            "plan.2030 = 0.2",
            "plan.2031 = 0.2",
            "C1, plan.2031: 2031 is outside the term, 2025-08-15 to 2030-12-31",
            id="a year outside the term",
        ),
        pytest.param(
            "on = 2025-08-20",
            "on = 2026-01-01",
            "C6, plan.2025: the base, of 2026-01-01, is not before the end of this year",
            id="a base after a point of the plan",
        ),
        pytest.param(
            'item = "T1"\nlead',
            'item = "T9"\nlead',
            "C1, item: there is no such item\n      → Correct the id, or delete the line.",
            id="an item that is not there",
        ),
        pytest.param(
            'item = "C2"\non = 2026-06-30',
            'item = "C1"\non = 2026-05-30',
            "[[updates]] number 2 (C1), on: is dated 2026-05-30, but the entry before it is dated",
            id="figures out of order",
        ),
        pytest.param(
            "value = 95\non = 2026-06-30\n\n",
            "value = 95\non = 2026-12-30\n\n",
            "C2, on: 2026-12-30 is in the future",
            id="a figure of a day to come",
        ),
        pytest.param(
            "base.on = 2025-08-15",
            "base.on = 2026-07-15",
            "C1, base.on: it has a figure of 2026-06-30, before the day of its base, 2026-07-15",
            id="a figure before the base",
        ),
        pytest.param(
            'item = "C2"\non = 2026-06-30\nvalue = 95',
            'item = "C2"\non = 2026-06-30\nprogress = 95',
            "[[updates]] number 2 (C2), progress: a target has no progress",
            id="a progress of a target",
        ),
        pytest.param(
            'item = "C2"\non = 2026-06-30\nvalue = 95',
            'item = "T1"\non = 2026-06-30\nvalue = 95',
            "[[updates]] number 2 (T1), value: only a target has a value",
            id="a figure of an item",
        ),
        pytest.param(
            "value = 98\n",
            "was = { value = 97, on = 2026-10-01 }\n",
            "[[updates]] number 5 (C5), value: the old value is 97, but the new value is missing",
            id="an old figure without a new one",
        ),
    ],
)
def test_what_contradicts_itself_is_an_error(
    run: Run, file: Path, old: str, new: str, says: str
) -> None:
    before, sign, after = file.read_text(encoding="utf-8").rpartition(old)
    assert sign
    file.write_text(before + new + after, encoding="utf-8")
    result = run("check")
    assert result.code == 7
    assert says in result.out
    assert run("list").code == run("targets").code == run("report").code == 0
    assert run("show", "T1").code == run("show", "C1").code == 0


def test_a_year_that_has_ended_without_a_figure_is_named_with_the_command(
    run: Run, file: Path
) -> None:
    result = run("check")
    assert (result.code, result.err) == (0, "")
    assert (
        "C6, plan.2025: the year 2025 has ended without a figure for it\n"
        "      → tracker update C6 --value '…' --on 2025-12-31\n"
    ) in result.out
    assert_expected("check-targets.txt", result.out.replace(str(file), "tasks.toml"))


def test_the_log_has_figures_in_every_format(run: Run, file: Path) -> None:
    assert file.exists()
    head, *rows = run("log", "C1", "--format", "csv").out.splitlines()
    assert head.endswith(",note,evidence,cause,value,cleared")
    assert rows == ["C1,2026-06-30,2026-07-02T08:00:00+07:00,clerk,,,,,,,,,,Báo cáo 12/BC,,1.6,"]
    (entry,) = json.loads(run("log", "C1", "--format", "json").out)["updates"]
    assert entry["changes"] == [{"fact": "value", "old": None, "new": 1.6}]
    assert "→ 1,6\n" in run("log", "C1", "--lang", "vi").out


def test_the_log_of_a_file_without_targets_has_the_columns_of_before(run: Run, plan: Path) -> None:
    assert "value" not in run("log", "--format", "csv", "--file", str(plan)).out
