"""`tracker overview`: many files, a row each, and their totals."""

import csv
import gc
import io
import json
import os
import pickle
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from benchmarks import country
from jsonschema import Draft202012Validator

from resolution_cli import FileRow, UncountedFile, overview_of_file
from resolution_cli.domain.history import ItemHistory
from resolution_cli.formats.registry import formats
from tests.support import UNSAFE, WARD, Run, posix
from tests.written import rows_of_sheet, written_text

_DAY = "2025-03-10"

_FILE = """schema = 1
[resolution]
id = "{id}"
title = "Resolution"
body.vi = "{body}"
body.en = "{body}"
term.start = 2026-01-01
term.end = 2026-12-31

[[tasks]]
id = "T1"
title = "Roads"
lead = "Urban office"
status = "in-progress"
progress = {progress}

[[tasks]]
id = "T2"
title = "Schools"
status = "done"
done_on = 2026-03-01
progress = 100

[[tasks]]
id = "T3"
title = "Stopped"
status = "cancelled"

[[targets]]
id = "C1"
title = "Poor households"
want = "at-most"
plan.2025 = 2

[[updates]]
item = "T2"
on = 2026-03-01
status = "done"
progress = 100

[[updates]]
item = "T3"
on = 2026-03-02
status = "cancelled"
evidence = ["x"]

[[updates]]
item = "T1"
on = 2026-11-04
status = "in-progress"
progress = {progress}

[[updates]]
item = "T1"
on = 2026-11-20
lead = "Urban office"
was = {{ lead = "Road office" }}
"""


def _write(path: Path, id_: str, progress: int = 90, body: str = "Ward") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_FILE.format(id=id_, body=body, progress=progress), encoding="utf-8")
    return path


def _data(run: Run, *words: str, code: int = 0) -> Any:
    result = run("overview", *words, "--format", "json")
    assert result.code == code, result.err
    return json.loads(result.out)


def _sent(value: Any) -> Any:
    """Return a value as another process gets it."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301  # our own


def _paths(data: Any) -> list[str]:
    return [file["path"] for file in data["files"]]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a generated country of nine wards, seven of them broken."""
    folder = tmp_path_factory.mktemp("country") / "wards"
    country.write(folder, 9, faults=7)
    return folder


@pytest.fixture
def wards(tmp_path: Path, generated: Path) -> Path:
    """Return the folder of a copy of that country."""
    return shutil.copytree(generated, tmp_path / "wards")


def test_a_file_has_a_row_with_what_its_own_reports_say(run: Run, tmp_path: Path) -> None:
    _write(tmp_path / "a.toml", "a", progress=25)
    (row,) = _data(run, "a.toml")["files"]
    pressing = row.pop("most_pressing")
    assert {name: value for name, value in row.items() if name != "verdicts"} == {
        "path": "a.toml",
        "id": "a",
        "body": "Ward",
        "items": 3,
        "milestones": 0,
        "targets": 1,
        "targets_met": 0,
        "in_force": 2,
        "progress_sum": 125,
        "average_progress": 62.5,
        "last_news": "2026-11-04",  # an entry that only assigns is no news
        "days_since_news": 20,
    }
    assert {name: count for name, count in row["verdicts"].items() if count} == {
        "behind": 1,
        "done-on-time": 1,
        "cancelled": 1,
    }
    assert pressing == {
        "id": "T1",
        "title": "Roads",
        "part_of": None,
        "verdict": "behind",
        "days": None,
        "points": 64,
        "due": "2026-12-31",
        "lead": "Urban office",
    }


def test_every_row_agrees_with_the_report_and_the_targets_of_its_file(
    run: Run, tmp_path: Path
) -> None:
    country.write(tmp_path / "wards", 5)
    (tmp_path / "wards" / "sample.toml").write_bytes(WARD.read_bytes())
    data = _data(run, "wards", "--as-of", "2025-09-30")
    assert len(data["files"]) == 6
    for row in data["files"]:
        words = ("--as-of", "2025-09-30", "--file", row["path"], "--format", "json")
        report = json.loads(run("report", *words).out)
        targets = json.loads(run("targets", *words).out)
        verdicts = [item["verdict"] for item in report["items"]]
        met = [each["verdict"] in {"met", "exceeded"} for each in targets["targets"]]
        assert row["verdicts"] == {name: verdicts.count(name) for name in row["verdicts"]}
        assert sum(row["verdicts"].values()) == row["items"] == report["counts"][-1]["total"]
        assert row["average_progress"] == report["counts"][-1]["average_progress"]
        assert row["milestones"] == len(report["milestones"])
        assert (row["targets"], row["targets_met"]) == (len(met), sum(met))


def test_totals_are_the_sums_of_the_rows(run: Run, tmp_path: Path) -> None:
    country.write(tmp_path / "wards", 6)
    data = _data(run, "wards", "--as-of", _DAY)
    totals, files = data["totals"], data["files"]
    for name in ("items", "milestones", "targets", "targets_met", "in_force", "progress_sum"):
        assert totals[name] == sum(file[name] for file in files), name
    for verdict, count in totals["verdicts"].items():
        assert count == sum(file["verdicts"][verdict] for file in files), verdict
    assert sum(totals["verdicts"].values()) == totals["items"] == 60
    assert totals["average_progress"] == totals["progress_sum"] / totals["in_force"]
    assert (totals["found"], totals["counted"]) == (6, 6)


@pytest.mark.usefixtures("wards")
def test_a_broken_file_is_named_with_its_place_and_the_others_are_counted(run: Run) -> None:
    result = run("overview", "wards", "--as-of", _DAY)
    assert (result.code, result.out.splitlines()[0]) == (7, "2 of 9 files counted")
    named = [line for line in result.err.splitlines() if line.startswith("wards/")]
    assert [line.partition(": ")[2].split(":")[0] for line in named] == [
        "line 5571",
        "line 27",
        "line 18",
        "line 58",
        "line 11",
        "line 1",
        "line 451",
    ]
    assert 'found the text "finnished", expected one of not-started' in result.err
    assert "      → Did you mean due?\n" in result.err


@pytest.mark.usefixtures("wards")
def test_a_file_names_what_is_not_counted_and_data_has_all_that_is_wrong(run: Run) -> None:
    written = written_text(run, "overview", "wards", "--as-of", _DAY, "--format", "markdown")
    assert "****" not in written  # a cell of the totals without a value
    assert written.count("| wards/") == 2 + 7
    data = _data(run, "wards", "--as-of", _DAY, code=7)
    assert len(data["uncounted"]) == 7
    assert (data["totals"]["found"], data["totals"]["counted"]) == (9, 2)
    assert data["uncounted"][2]["message"].endswith("line 18: T1, deu: this key is not known")


def test_without_a_file_that_can_be_read_there_are_no_rows(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("x")
    result = run("overview", "a.toml")
    assert (result.code, result.out) == (7, "0 of 1 file counted\nAs of 2026-11-24\n")
    assert result.err.startswith("a.toml: line 1: ")


def test_the_order_is_that_of_the_paths_and_no_file_is_counted_twice(
    run: Run, tmp_path: Path
) -> None:
    for name in ("b/2.toml", "a/10.toml", "a/sub/1.TOML", "c.toml"):
        _write(tmp_path / name, name.replace("/", "-"))
    for ignored in (".hidden.toml", ".git/x.toml", "a/notes.txt"):
        _write(tmp_path / ignored, "x")
    expected = ["a/10.toml", "a/sub/1.TOML", "b/2.toml", "c.toml"]
    for words in (["."], ["c.toml", "b", "a"], ["a", "*.toml", "a/10.toml", "**/2.toml"]):
        result = run("overview", *words, "--format", "json")
        assert (_paths(json.loads(result.out)), result.err, result.code) == (expected, "", 0)


@posix
def test_a_file_that_is_there_twice_through_a_link_is_named_and_counted_once(
    run: Run, tmp_path: Path
) -> None:
    _write(tmp_path / "wards" / "b.toml", "b")
    (tmp_path / "wards" / "a.toml").symlink_to("b.toml")
    os.link(tmp_path / "wards" / "b.toml", tmp_path / "wards" / "c.toml")
    result = run("overview", "wards", "--format", "json")
    assert (result.code, _paths(json.loads(result.out))) == (0, ["wards/b.toml"])
    assert result.err == (
        "wards/c.toml is the same file as wards/b.toml; it is counted once.\n"
        "wards/a.toml is the same file as wards/b.toml; it is counted once.\n"
    )


def test_two_files_with_one_id_are_named(run: Run, tmp_path: Path) -> None:
    for name, id_ in (("a", "Ward-1"), ("b", "ward-2"), ("c", "ward-1")):
        _write(tmp_path / f"{name}.toml", id_)
    result = run("overview", ".", "--format", "json")
    assert (result.code, len(_paths(json.loads(result.out)))) == (7, 3)
    assert result.err == (
        "The id Ward-1 is that of several files, which are all counted: a.toml, c.toml.\n"
    )


@posix
def test_a_link_that_leads_nowhere_and_a_folder_of_that_name_are_not_counted(
    run: Run, tmp_path: Path
) -> None:
    _write(tmp_path / "a.toml", "a")
    (tmp_path / "b.toml").symlink_to("nothing")
    (tmp_path / "c.toml").mkdir()
    result = run("overview", ".")
    assert (result.code, result.out.splitlines()[0]) == (7, "1 of 2 files counted")
    assert result.err.startswith("b.toml: there is no such file.\n")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["x.toml"], 5, "Error: x.toml: there is no such file.\n"),
        (["x*.toml"], 5, "Error: x*.toml: no file has a name like this.\n"),
        (["empty"], 5, "Error: empty: there is no file that ends in .toml in this folder.\n"),
        ([], 2, "Error: PATH... is missing.\n"),
        (["a.toml", "--as-of", "2026-11-25"], 2, "Error: --as-of: 2026-11-25 is in the future"),
    ],
    ids=["file", "pattern", "folder", "nothing", "future"],
)
def test_what_is_not_there_is_refused(
    run: Run, tmp_path: Path, words: list[str], code: int, message: str
) -> None:
    (tmp_path / "empty").mkdir()
    _write(tmp_path / "a.toml", "a")
    result = run("overview", *words)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(message)


@posix
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read any folder"
)
def test_a_folder_that_may_not_be_read_is_refused(run: Run, tmp_path: Path) -> None:
    _write(tmp_path / "wards" / "closed" / "a.toml", "a")
    (tmp_path / "wards" / "closed").chmod(0)
    result = run("overview", "wards")
    (tmp_path / "wards" / "closed").chmod(0o700)
    assert (result.code, result.out) == (5, "")


def test_a_term_that_has_not_begun_on_the_day_is_not_counted(run: Run, tmp_path: Path) -> None:
    _write(tmp_path / "a.toml", "a")
    result = run("overview", "a.toml", "--as-of", "2025-12-31")
    assert (result.code, result.out.splitlines()[0]) == (7, "0 of 1 file counted")
    assert result.err == ("a.toml: 2025-12-31 is before the term, which starts on 2026-01-01.\n")


def test_an_overdue_milestone_presses_though_its_item_does_not(run: Run, tmp_path: Path) -> None:
    milestone = '[[tasks.milestones]]\nid = "M"\ntitle = "Survey"\ndue = 2026-11-01\n\n'
    path = _write(tmp_path / "a.toml", "a")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('[[tasks]]\nid = "T2"', f'{milestone}[[tasks]]\nid = "T2"'))
    (row,) = _data(run, "a.toml")["files"]
    assert (row["most_pressing"]["id"], row["most_pressing"]["part_of"]) == ("M", "T1")
    assert "M Survey (of T1): overdue by 23 days" in run("overview", "a.toml").out


def test_where_all_is_done_or_on_track_nothing_is_pressing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _write(tmp_path / "a.toml", "a")
    path.write_text(path.read_text(encoding="utf-8").replace("2026-12-31", "2028-12-31"))
    (row,) = _data(run, "a.toml")["files"]
    assert (row["verdicts"]["on-track"], row["most_pressing"]) == (1, None)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    lines = run("overview", "a.toml").out.splitlines()
    assert not any("–" in line for line in lines)


@pytest.mark.usefixtures("wards")
@pytest.mark.parametrize("name", [known.name for known in formats("overview")])
def test_every_format_has_every_file_and_the_totals(run: Run, name: str) -> None:
    written = written_text(run, "overview", "wards", "--as-of", _DAY, "--format", name)
    shown = " ".join(re.sub("<[^>]*>|&#160;", " ", written).split())
    counted = [number for number in range(1, 10) if f"ward {number} (an" in shown]
    assert counted == [2, 3]
    assert "total" in written or name == "csv"


@pytest.mark.usefixtures("wards")
@pytest.mark.parametrize("columns", ["30", "40", "80", "200"])
def test_a_screen_has_neither_all_counts_nor_what_is_named_on_stderr(
    run: Run, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", columns)
    out = run("overview", "wards", "--as-of", _DAY).out
    assert ("done late" in out, "toml" in out, out.count("total")) == (False, False, 1)


@pytest.mark.usefixtures("wards")
@pytest.mark.parametrize("columns", ["100", "120"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_usual_screen_has_a_table_with_more_room_for_texts_than_for_heads_of_numbers(
    run: Run, columns: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", columns)
    lines = run("overview", "wards", "--as-of", _DAY, "--lang", language).out.splitlines()
    assert any("─" * 80 in line for line in lines)
    name = {"en": "Party organisation", "vi": "Đảng bộ phường"}[language]
    assert any(line.split()[:1] == ["1"] and name in line for line in lines)


@pytest.mark.usefixtures("wards")
def test_numbers_are_numbers_in_a_workbook(run: Run) -> None:
    run("overview", "wards", "--as-of", _DAY, "-o", "out.xlsx")
    rows = rows_of_sheet(Path("out.xlsx"), "Files")
    table = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [row["Items"] for row in table] == [10, 10, 20]
    assert table[0]["Overdue"] + table[1]["Overdue"] == table[2]["Overdue"]
    totals = rows_of_sheet(Path("out.xlsx"), "Counts")[-1]
    assert (totals[1], totals[3], sum(totals[3:12])) == ("total", table[2]["Overdue"], 20)
    assert 0 < totals[13] < 1


def test_a_workbook_has_one_average_though_it_rounds_in_its_own_way(
    run: Run, tmp_path: Path
) -> None:
    for number, progress in enumerate((94, 94, *[95] * 18)):  # the mean of T1 and T2 is 97.45
        _write(tmp_path / "wards" / f"{number}.toml", str(number), progress)
    run("overview", "wards", "-o", "out.xlsx")
    said, shown = (
        dict(zip(rows[0], rows[-1], strict=True))
        for rows in (rows_of_sheet(Path("out.xlsx"), name) for name in ("Files", "Counts"))
    )
    assert said["Progress of items"] == f"{shown['Progress']:.1%} of {shown['Items in force']}"
    assert round(shown["Progress"] * 1000, 9).is_integer()


@pytest.mark.usefixtures("wards")
def test_csv_has_a_line_a_file_and_a_column_a_verdict(run: Run) -> None:
    text = run("overview", "wards", "--as-of", _DAY, "--format", "csv").out.lstrip("\ufeff")
    rows = [*csv.DictReader(io.StringIO(text))]
    data = _data(run, "wards", "--as-of", _DAY, code=7)["files"]
    assert [row["path"] for row in rows] == [file["path"] for file in data]
    for row, file in zip(rows, data, strict=True):
        assert {name: int(row[name]) for name in file["verdicts"]} == file["verdicts"]
        assert row["pressing_id"] == (file["most_pressing"] or {"id": ""})["id"]


@pytest.mark.usefixtures("wards")
def test_json_is_what_its_schema_says(run: Run) -> None:
    schema = json.loads(run("schema", "--of", "overview").out)
    Draft202012Validator.check_schema(schema)
    data = _data(run, "wards", "--as-of", _DAY, code=7)
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(data)
    assert {"schema", "files", "totals"} <= set(data)


def test_the_function_of_one_file_can_be_mapped_in_other_processes(wards: Path) -> None:
    paths = [country.path_of(wards, number) for number in range(1, 10)]
    function, asked = _sent((overview_of_file, paths))
    found = [function(path, date(2025, 3, 10), date(2026, 11, 24)) for path in asked]
    assert _sent(found) == found
    assert [type(each) for each in found].count(FileRow) == 2
    assert [type(each) for each in found].count(UncountedFile) == 7


def test_a_data_file_is_never_replaced(run: Run, tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt", "a")
    before = path.read_bytes()
    result = run("overview", "a.txt", "-o", "a.txt", "--force")
    assert (result.code, path.read_bytes()) == (2, before)
    assert "this is a data file" in result.err


@pytest.mark.parametrize("name", [known.name for known in formats("overview")])
def test_what_a_file_says_of_itself_is_text(run: Run, tmp_path: Path, name: str) -> None:
    _write(tmp_path / "a.toml", "a", body="\\u001b[31m<b>=1+1</b>[red]\\u202e")
    written = written_text(run, "overview", "a.toml", "--format", name)
    assert not UNSAFE & {*written.removeprefix("\ufeff").replace("\r\n", "\n")}


@posix
@pytest.mark.parametrize("name", [known.name for known in formats("overview")])
def test_a_name_that_is_no_text_is_shown_nevertheless(run: Run, tmp_path: Path, name: str) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/wards/\xff\x1b.toml"))
    _write(path, "a")
    _write(tmp_path / "wards" / "b.toml", "b").write_text("x")
    result = run("overview", "wards", "--format", name, "-o", "out")
    assert result.code == 7, result.err


@pytest.mark.usefixtures("wards")
@pytest.mark.parametrize("words", [(), ("--period", "2024", "--by", "term")], ids=["day", "period"])
def test_a_word_file_gives_texts_more_room_than_numbers(run: Run, words: tuple[str, ...]) -> None:
    run("overview", "wards", *words, "-o", "out.docx")
    for table in docx.Document("out.docx").tables[:2]:
        heads = [cell.text for cell in table.rows[0].cells]
        widths = dict(zip(heads, [int(column.width or 0) for column in table.columns], strict=True))
        texts = {"Body", "Most pressing", "File"} & set(heads)
        numbers = {"Items", "Overdue", "Blocked"} & set(heads)
        assert min(widths[head] for head in texts) > 1.5 * max(widths[head] for head in numbers)


def test_a_word_file_of_many_columns_breaks_no_number_into_lines(run: Run) -> None:
    country.write(Path("wards"), 120)
    run("overview", "wards", "-o", "out.docx")
    for table in docx.Document("out.docx").tables[:2]:
        cells = [cell.text for cell in table.rows[-2].cells]
        widths = [int(column.width or 0) for column in table.columns]
        assert widths[cells.index("120")] * 12 > sum(widths) / 3


def test_no_histories_are_kept_but_those_of_the_last_file_where_the_collector_is_off(
    run: Run, tmp_path: Path
) -> None:
    milestone = '[[tasks.milestones]]\nid = "T3.1"\ntitle = "x"\n\n[[targets]]'
    for number in range(25):
        path = _write(tmp_path / f"{number}.toml", f"w{number}")
        path.write_text(path.read_text("utf-8").replace("[[targets]]", milestone), "utf-8")
    gc.collect()
    gc.freeze()  # what other tests left is not looked at
    gc.disable()
    try:
        assert run("overview", ".", "--no-cache").code == 0
        kept = [each for each in gc.get_objects() if isinstance(each, ItemHistory)]
    finally:
        gc.enable()
        gc.unfreeze()
    assert len(kept) == 4  # the items and the milestone of the last file
