"""`tracker overview` with a condition: the items of many files that meet it, file by file."""

import csv
import io
import json
import pickle
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from benchmarks import country
from jsonschema import Draft202012Validator

from resolution_cli.actions.overviewing import items_of_file
from resolution_cli.domain.selection import Selection
from resolution_cli.formats.registry import formats
from tests.support import UNSAFE, Run
from tests.wards import day, entry, item, write_ward
from tests.written import rows_of_sheet, written_text

_DIGITAL = "Chuyển đổi số"
_INDEX = "path,district\na.toml,Hà Đông\nb.toml,Ba Đình\nc.toml,Hà Đông\n"


def _data(run: Run, *words: str, code: int = 0) -> Any:
    result = run("overview", *words, "--format", "json")
    assert result.code == code, result.err
    return json.loads(result.out)


def _ids(data: Any) -> list[tuple[str, list[str]]]:
    return [(file["path"], [each["id"] for each in file["items"]]) for file in data["files"]]


@pytest.fixture
def wards(tmp_path: Path) -> Path:
    """Return a folder of three wards, with an index; the second has another name of a unit."""
    folder = tmp_path / "wards"
    plan = (
        item("T1", title=_DIGITAL, lead="Phòng Văn hóa", due=day("2026-11-01")),
        item("T1.1", "tasks.milestones", title="Kho dữ liệu số", due=day("2026-10-01")),
        item("T2", lead="Công an", due=day("2026-11-02"), tags=["Roads"]),
        item("T3", lead="Công an", status="in-progress", progress=40, due=day("2026-12-01")),
    )
    entries = (entry("T3", "2026-11-20", status="in-progress", progress=40, note=_DIGITAL),)
    write_ward(folder / "a.toml", "".join((*plan, *entries)), body="Ward A")
    spelled = '[units]\n"Phòng Văn hóa" = ["P. VH"]\n'
    other = item("X1", title="Digital", lead="P. VH", due=day("2026-11-03"))
    write_ward(folder / "b.toml", other, body="Ward B", head=spelled)
    write_ward(folder / "c.toml", item("T9"), body="Ward C")
    (folder / "wards.csv").write_text(_INDEX, encoding="utf-8")
    return folder


@pytest.mark.usefixtures("wards")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--verdict", "overdue"], ["T1", "T2", "X1"]),
        (["--verdict", "quá hạn", "--verdict", "unreported"], ["T1", "T2", "X1", "T9"]),
        (["--search", "chuyen doi so"], ["T1", "T3"]),
        (["--verdict", "overdue", "--search", "chuyen doi so"], ["T1"]),
        (["--lead", "van hoa"], ["T1", "X1"]),
        (["--lead", "phòng văn hóa"], ["T1", "X1"]),
        (["--tag", "roads"], ["T2"]),
        (["--status", "in-progress"], ["T3"]),
        (["--kind", "task", "--status", "in-progress"], ["T3"]),
        (["--partner", "x"], []),
    ],
    ids=" ".join,
)
def test_the_items_are_those_that_list_shows_of_each_file(
    run: Run, words: list[str], found: list[str]
) -> None:
    data = _data(run, "wards", *words)
    assert [id_ for _path, ids in _ids(data) for id_ in ids] == found
    for file in data["files"]:
        listed = run("list", *words, "--file", file["path"], "--format", "json")
        assert file["items"] == json.loads(listed.out)["items"]
    assert data["totals"]["count"] == len(found) == sum(file["count"] for file in data["files"])
    assert data["totals"]["total"] == 5


@pytest.mark.usefixtures("wards")
def test_milestones_stand_below_their_items_and_are_counted_apart(run: Run) -> None:
    data = _data(run, "wards", "--milestones", "--verdict", "overdue")
    (first, second, third) = data["files"]
    assert [each["id"] for each in first["milestones"]] == ["T1.1"]
    assert (first["milestone_count"], first["milestone_total"]) == (1, 1)
    assert (second["milestone_count"], third["milestone_total"]) == (0, 0)
    assert (data["totals"]["milestone_count"], data["totals"]["milestone_total"]) == (1, 1)
    out = run("overview", "wards", "--milestones", "--verdict", "overdue").out
    assert "Ward A (wards/a.toml): 2 of 3 items, 1 of 1 milestone\n" in out
    kind = _data(run, "wards", "--kind", "milestone")
    assert [len(file["milestones"]) for file in kind["files"]] == [1, 0, 0]


@pytest.mark.usefixtures("wards")
def test_a_screen_has_the_items_below_a_head_for_each_file(run: Run) -> None:
    out = run("overview", "wards", "--verdict", "overdue").out.splitlines()
    assert out[:3] == ["3 of 3 files counted", "3 of 5 items", "As of 2026-11-24"]
    assert [re.sub(" +", " ", line).strip() for line in out[6:]] == [
        "Ward A (wards/a.toml): 2 of 3 items",
        "T1 Chuyển đổi số Phòng Văn hóa ░░░░░░░░░░ 0% overdue by 23 days 2026-11-01",
        "T2 Title of T2 Công an ░░░░░░░░░░ 0% overdue by 22 days 2026-11-02",
        "",
        "Ward B (wards/b.toml): 1 of 1 item",
        "X1 Digital Phòng Văn hóa ░░░░░░░░░░ 0% overdue by 21 days 2026-11-03",
        "",
    ]


@pytest.mark.usefixtures("wards")
def test_by_group_the_files_stand_in_the_order_of_the_groups_which_have_sums(run: Run) -> None:
    words = ("wards", "--index", "wards/wards.csv", "--by", "district", "--verdict", "overdue")
    data = _data(run, *words)
    sums = [(each["group"], each["count"], each["total"]) for each in data["groups"]]
    assert sums == [("Ba Đình", 1, 1), ("Hà Đông", 2, 4)]
    assert [file["group"] for file in data["files"]] == ["Hà Đông", "Ba Đình", "Hà Đông"]
    out = run("overview", *words).out
    heads = re.findall(r"(\w+ \w+) · (Ward \w) .*: (\d of \d)", out)
    assert heads == [("Ba Đình", "Ward B", "1 of 1"), ("Hà Đông", "Ward A", "2 of 3")]
    assert re.search(r"\n Ba Đình +1 +1 +1\n Hà Đông +2 +2 +4\n total +3 +3 +5\n", out)


@pytest.mark.usefixtures("wards")
@pytest.mark.parametrize("name", [known.name for known in formats("overview")])
@pytest.mark.parametrize("by", [(), ("--index", "wards/wards.csv", "--by", "district")])
def test_every_format_has_every_item_with_its_file(
    run: Run, name: str, by: tuple[str, ...]
) -> None:
    words = ("wards", "--verdict", "overdue", *by, "--format", name)
    written = re.sub("<[^>]*>|&#160;", " ", written_text(run, "overview", *words))
    assert {"T1", "T2", "X1", "Ward", "A", "B"} <= set(re.findall(r"\w+", written))
    assert not re.search(r"\bT3\b", written)


@pytest.mark.usefixtures("wards")
def test_csv_has_the_columns_of_the_file_before_those_of_a_list(run: Run) -> None:
    words = ("wards", "--milestones", "--search", "so")
    rows = [
        *csv.reader(io.StringIO(run("overview", *words, "--format", "csv").out.lstrip("\ufeff")))
    ]
    path = ("--file", "wards/a.toml")
    of_list = [*csv.reader(io.StringIO(run("list", *words[1:], *path, "--format", "csv").out))]
    assert rows[0] == [
        "path",
        "resolution",
        "body",
        *(name.lstrip("\ufeff") for name in of_list[0]),
    ]
    assert rows[1:] == [["wards/a.toml", "wards-a", "Ward A", *row] for row in of_list[1:]]
    by = ("--index", "wards/wards.csv", "--by", "district")
    grouped = run("overview", *words, *by, "--format", "csv").out.splitlines()
    assert grouped[0].startswith("\ufeffpath,resolution,body,group,id,")
    assert grouped[1].startswith("wards/a.toml,wards-a,Ward A,Hà Đông,T1,")


@pytest.mark.usefixtures("wards")
def test_a_workbook_has_the_items_and_how_many_of_each_file(run: Run) -> None:
    run("overview", "wards", "--verdict", "overdue", "-o", "out.xlsx")
    rows = rows_of_sheet(Path("out.xlsx"), "Items")
    assert [row[:4] for row in rows] == [
        ("Body", "File", "Id", "Title"),
        ("Ward A", "wards/a.toml", "T1", _DIGITAL),
        ("Ward A", "wards/a.toml", "T2", "Title of T2"),
        ("Ward B", "wards/b.toml", "X1", "Digital"),
    ]
    counts = rows_of_sheet(Path("out.xlsx"), "Counts")
    assert counts == [
        ("No.", "Body", "File", "Items listed", "Items"),
        (1, "Ward A", "wards/a.toml", 2, 3),
        (2, "Ward B", "wards/b.toml", 1, 1),
        (3, "Ward C", "wards/c.toml", 0, 1),
        (None, "total", None, 3, 5),
    ]


def test_a_broken_file_is_named_and_the_items_of_the_others_are_listed(
    run: Run, wards: Path
) -> None:
    (wards / "b.toml").write_text("broken")
    result = run("overview", "wards", "--verdict", "overdue")
    assert (result.code, result.out.splitlines()[0]) == (7, "2 of 3 files counted")
    assert result.err.startswith("wards/b.toml: line 1: ")
    assert _data(run, "wards", "--verdict", "overdue", code=7)["totals"]["found"] == 3


@pytest.mark.usefixtures("wards")
def test_no_item_is_said(run: Run) -> None:
    result = run("overview", "wards", "--search", "nothing")
    assert (result.code, "No item matches." in result.out, "0 of 5 items" in result.out) == (
        0,
        True,
        True,
    )


@pytest.mark.usefixtures("wards")
def test_of_a_period_the_items_stand_at_its_end(run: Run) -> None:
    data = _data(run, "wards", "--verdict", "overdue", "--period", "2026-10")
    assert (data["as_of"], _ids(data)[0]) == ("2026-10-31", ("wards/a.toml", []))
    milestones = _data(run, "wards", "--verdict", "overdue", "--milestones", "--period", "2026-10")
    assert milestones["totals"]["milestone_count"] == 1


@pytest.mark.usefixtures("wards")
def test_items_are_not_listed_by_tag(run: Run) -> None:
    result = run("overview", "wards", "--verdict", "overdue", "--by", "tag")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Error: --by: items are listed by their files;")


@pytest.mark.usefixtures("wards")
@pytest.mark.parametrize("more", [(), ("--milestones", "--by", "term")])
def test_json_of_items_is_what_its_schema_says(run: Run, more: tuple[str, ...]) -> None:
    schema = json.loads(run("schema", "--of", "overview-items").out)
    Draft202012Validator.check_schema(schema)
    data = _data(run, "wards", "--verdict", "overdue", *more)
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(data)
    assert schema["title"] == "Output of: tracker overview --format json"


def test_the_order_and_the_items_are_the_same_however_the_paths_are_given(
    run: Run, tmp_path: Path
) -> None:
    country.write(tmp_path / "wards", 6)
    paths = [str(country.path_of(Path("wards"), number)) for number in range(1, 7)]
    words = ("--verdict", "on-track", "--as-of", "2024-06-30", "--format", "json")
    results = {
        run("overview", *given, *words).out for given in (["wards"], paths, paths[::-1] + paths)
    }
    (out,) = results
    assert json.loads(out)["totals"]["count"] > 0


def test_what_is_found_of_one_file_is_small_and_can_be_sent_to_other_processes(
    tmp_path: Path,
) -> None:
    country.write(tmp_path, 1)
    path = country.path_of(tmp_path, 1)
    asked = (path, Selection(has_milestones=True), date(2024, 6, 30), date(2026, 11, 24))
    sent = pickle.dumps((items_of_file, asked))
    function, words = pickle.loads(sent)  # noqa: S301  # our own
    found = function(*words)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # as above
    assert len(found.items) == 50
    assert len(pickle.dumps(found)) < path.stat().st_size / 4


@pytest.mark.parametrize("columns", ["40", "80", "120"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_screen_of_any_width_has_the_items_and_their_files(
    run: Run, wards: Path, columns: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("NO_COLOR", "1")
    out = run("overview", str(wards), "--verdict", "overdue", "--lang", language).out
    plain = re.sub("\x1b[^m]*m", "", out)
    assert all(len(line.rstrip()) <= int(columns) for line in plain.splitlines())
    assert re.findall(r"^ *([TX]\d)\b", plain, re.MULTILINE) == ["T1", "T2", "X1"]


@pytest.mark.parametrize("name", [known.name for known in formats("overview")])
def test_what_files_and_an_index_say_is_text(run: Run, tmp_path: Path, name: str) -> None:
    hostile = "\\u001b[31m<b>=1+1</b>[red]\\u202e"
    write_ward(tmp_path / "a.toml", item("T1", title=hostile, tags=[hostile]), body=hostile)
    said = json.loads(f'"{hostile}"')
    Path("wards.csv").write_text(f"path,{said}\na.toml,{said}\n{said},x\n", encoding="utf-8")
    by_index = ("--index", "wards.csv", "--by", said)
    for words in (by_index, (*by_index, "--kind", "task"), ("--by", "tag")):
        result = run("overview", "a.toml", *words, "--format", "text")
        assert result.code == 0, result.err
        assert not UNSAFE & {*result.err.replace("\n", "")}
        written = written_text(run, "overview", "a.toml", *words, "--format", name)
        assert not UNSAFE & {*written.removeprefix("\ufeff").replace("\r\n", "\n")}
