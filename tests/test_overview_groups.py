"""`tracker overview --by`: files by a column of an index or by a fact; items by their tags."""

import csv
import io
import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from benchmarks import country
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from resolution_cli.formats.registry import formats
from resolution_cli.reports.file_groups import By, grouped
from resolution_cli.reports.file_row import UncountedFile
from tests.support import Run
from tests.wards import day, entry, item, write_ward
from tests.written import rows_of_sheet, written_text

_INDEX = "path;Quận;Dân số\na.toml;Hà Đông;10\nsub/b.toml;Ba Đình;20\nc.toml;Hà Đông;30\n"

each_format = pytest.mark.parametrize("name", [known.name for known in formats("overview")])


def _data(run: Run, *words: str, code: int = 0) -> Any:
    result = run("overview", *words, "--format", "json")
    assert result.code == code, result.err
    return json.loads(result.out)


def _plan(overdue: int, others: int = 1, tags: Sequence[str] = ()) -> str:
    facts: dict[str, Any] = {"status": "in-progress", "progress": 10}
    late = [item(f"T{number}", due=day("2026-11-01"), **facts) for number in range(overdue)]
    done = [
        item(f"D{number}", status="done", progress=100, done_on=day("2026-11-01"), tags=tags)
        for number in range(others)
    ]
    entries = [entry(f"D{number}", "2026-11-01", status="done") for number in range(others)]
    return "".join((*late, *done, *entries))


@pytest.fixture
def wards(tmp_path: Path) -> Path:
    """Return the folder of a sound ward in each of two districts, a broken one, and an index."""
    folder = tmp_path / "wards"
    write_ward(folder / "a.toml", _plan(1), body="Ward A")
    write_ward(folder / "sub" / "b.toml", _plan(2), body="Ward B")
    (folder / "c.toml").write_text("broken")
    (folder / "wards.csv").write_text(_INDEX, encoding="utf-8")
    return folder


@pytest.mark.usefixtures("wards")
def test_each_group_has_a_subtotal_and_these_add_up_to_the_total(run: Run) -> None:
    words = ("wards", "--index", "wards/wards.csv", "--by", "quan")
    data = _data(run, *words, code=7)
    sums = [(each["group"], each["found"], each["counted"]) for each in data["groups"]]
    assert (data["by"], sums) == ("Quận", [("Ba Đình", 1, 1), ("Hà Đông", 2, 1)])
    assert [group["verdicts"]["overdue"] for group in data["groups"]] == [2, 1]
    assert data["totals"]["verdicts"]["overdue"] == 3
    assert [file["group"] for file in data["files"]] == ["Hà Đông", "Ba Đình"]
    assert [file["group"] for file in data["uncounted"]] == ["Hà Đông"]
    out = run("overview", *words).out.splitlines()
    assert [re.sub(" +", " ", line).strip() for line in out[4:]] == [
        "─" * (len(out[4]) - 1),
        "Ba Đình: 1 of 1 file counted",
        "1 Ward B 3 2 – 40% of 3 23 T0 Title of T0: overdue by 23 days",
        "total of Ba Đình 3 2 – 40% of 3",
        "",
        "Hà Đông: 1 of 2 files counted",
        "2 Ward A 2 1 – 55% of 2 23 T0 Title of T0: overdue by 23 days",
        "total of Hà Đông 2 1 – 55% of 2",
        "",
        "total 5 3 – 46% of 5",
        "",
    ]


@pytest.mark.usefixtures("wards")
@each_format
def test_every_format_has_every_group(run: Run, name: str) -> None:
    words = ("wards", "--index", "wards/wards.csv", "--by", "Quận", "--format", name)
    written = re.sub("<[^>]*>|&#160;", " ", written_text(run, "overview", *words))
    assert {"Hà", "Đông", "Ba", "Đình"} <= set(re.findall(r"\w+", written))


@pytest.mark.usefixtures("wards")
def test_a_workbook_has_the_group_as_a_column_and_subtotals(run: Run) -> None:
    run("overview", "wards", "--index", "wards/wards.csv", "--by", "quận", "-o", "out.xlsx")
    rows = rows_of_sheet(Path("out.xlsx"), "Files")
    assert [row[1:4] for row in rows] == [
        ("Quận", "Body", "Items"),
        ("Ba Đình", "Ward B", 3),
        ("Ba Đình", "total of Ba Đình", 3),
        ("Hà Đông", "Ward A", 2),
        ("Hà Đông", "total of Hà Đông", 2),
        (None, "total", 5),
    ]


@pytest.mark.usefixtures("wards")
def test_csv_has_the_group_behind_all_other_columns(run: Run) -> None:
    words = ("wards", "--index", "wards/wards.csv", "--by", "quan", "--format", "csv")
    rows = [*csv.reader(io.StringIO(run("overview", *words).out))]
    assert [row[-1] for row in rows] == ["group", "Hà Đông", "Ba Đình"]


@pytest.mark.parametrize(
    "index",
    [
        "\ufeffQuận,PATH\r\nX,a.toml\r\nX,sub/b.toml\r\nX,c.toml\r\n",
        'path\tQuận\n"a.toml"\t X \n\n./sub/../sub/b.toml\tX\nwards/c.toml\tX\n',
        "path;Quận;;\na.toml;X;;\nsub/b.toml;X\nc.toml;X;\n",
        'path,,"Quận"\na.toml,,X\nsub\\b.toml,,X\nwards\\c.toml,,X\n',
    ],
    ids=["comma, BOM", "tab, other spellings", "semicolon, empty cells", "Windows, no name"],
)
def test_an_index_is_read_as_spreadsheets_save_it(run: Run, wards: Path, index: str) -> None:
    (wards / "wards.csv").write_text(index, encoding="utf-8", newline="")
    data = _data(run, "wards", "--index", "wards/wards.csv", "--by", "quận", code=7)
    assert (data["by"], [(each["group"], each["found"]) for each in data["groups"]]) == (
        "Quận",
        [("X", 3)],
    )
    assert data["index"] == {"path": "wards/wards.csv", "without_row": [], "without_file": []}


def test_a_file_without_a_row_and_a_row_without_a_file_are_named_and_do_not_vanish(
    run: Run, wards: Path
) -> None:
    (wards / "c.toml").unlink()
    (wards / "wards.csv").write_text("path,district\na.toml,X\ngone.toml,X\nz/gone.toml,Y\n")
    words = ("overview", "wards", "--index", "wards/wards.csv", "--by", "district")
    result = run(*words, "--format", "json")
    assert (result.code, result.err) == (
        0,
        (
            "1 file has no row in wards/wards.csv: wards/sub/b.toml.\n"
            "2 rows of wards/wards.csv are of no file that was found: "
            "gone.toml (line 3), z/gone.toml (line 4).\n"
        ),
    )
    data = json.loads(result.out)
    assert [(each["group"], each["found"]) for each in data["groups"]] == [("X", 1), (None, 1)]
    assert data["index"]["without_row"] == ["wards/sub/b.toml"]
    assert data["index"]["without_file"][0] == {"line": 3, "path": "gone.toml"}
    out = run(*words).out
    assert "–: 1 of 1 file counted\n" in out
    assert "| 3 | gone.toml |" in run(*words, "--format", "markdown").out


@pytest.mark.parametrize(
    ("index", "problems"),
    [
        (b"", ['line 1: there is no column "path"; it says which file a row is of']),
        (b"file,x\na.toml,1\n", ['line 1: there is no column "path"; it says which file']),
        (b"path,x,X\na.toml,1,2\n", ['line 1: the column "X" is there twice']),
        (b"path,x\na.toml,1\n,2\nb,1,3\n", ["line 3: the path is missing", "line 4: there are"]),
        (b"path,x\na.toml,1\nc,2\n./a.toml,1\nc,2\n", ["line 4: ./a.toml has a row already, in"]),
        (b"path,,x\na.toml,1,2\n", ["line 2: there are more cells than columns"]),
        (b'path,x\n"a.toml,1\n', ["line 2: a quotation mark does not fit"]),
        (b"path,x\na.toml," + b"1" * 200_000, ["line 2: a cell is too long"]),
        (
            b"path,x\n" + b",1\n" * 3000,
            [
                *(f"line {line}: the path is missing" for line in range(2, 22)),
                "2,980 more problems",
            ],
        ),
        ("path,Quận\n".encode("utf-16"), ["this is no UTF-8 text"]),
        (None, ["there is no such file."]),
    ],
    ids=[
        *("empty", "no path", "twice", "cells", "repeated", "cell without a name", "quote"),
        *("long", "many", "encoding", "missing"),
    ],
)
def test_an_index_that_cannot_be_read_is_refused_with_every_line(
    run: Run, wards: Path, index: bytes | None, problems: list[str]
) -> None:
    (wards / "wards.csv").unlink()
    if index is not None:
        (wards / "wards.csv").write_bytes(index)
    result = run("overview", "wards", "--index", "wards/wards.csv", "--by", "x")
    assert (result.code, result.out) == (5, "")
    lines = result.err.replace("'", '"').splitlines()
    assert len(lines) >= len(problems)
    for line, problem in zip(lines, problems, strict=False):  # hints follow
        assert f"wards/wards.csv: {problem}" in line
    assert len(lines) <= len(problems) + 1


@pytest.mark.usefixtures("wards")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--by", "x"], "'x' is no column; choose one of: tag, superior, term. Give more with"),
        (
            ["--by", "Quan Ha", "--index", "wards/wards.csv"],
            "'Quan Ha' is no column; choose one of: Quận, Dân số, tag, superior, term.\n",
        ),
        (
            ["--by", "dan xo", "--index", "wards/wards.csv"],
            (
                "'dan xo' is no column; choose one of: Quận, Dân số, tag, superior, term. "
                "Did you mean Dân số?\n"
            ),
        ),
    ],
    ids=["no index", "index", "slip"],
)
def test_a_column_that_is_not_there_is_refused_with_the_known_ones(
    run: Run, words: list[str], message: str
) -> None:
    result = run("overview", "wards", *words)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"Error: --by: {message}")


def test_of_the_known_columns_each_is_named_once_and_the_first_alone(run: Run, wards: Path) -> None:
    words = ("overview", "wards", "--index", "wards/wards.csv", "--by", "x")
    index = wards / "wards.csv"
    index.write_text('path,tag,"two\nlines",Superior\na.toml,1,2,3\n', encoding="utf-8")
    named = "tag, two lines, Superior, superior, term."
    assert f"choose one of: {named}\n" in run(*words).err
    names = [f"c{number}" for number in range(1000)]
    index.write_text(",".join(["path", *names]) + "\na.toml\n", encoding="utf-8")
    assert f"choose one of: {', '.join(names[:20])}, ….\n" in run(*words).err
    assert _data(run, *words[1:5], "c999", code=7)["by"] == "c999"


def test_of_columns_of_nearly_one_name_that_of_the_very_name_is_taken(
    run: Run, wards: Path
) -> None:
    (wards / "wards.csv").write_text("path,A-B,a b\na.toml,1,2\n", encoding="utf-8")
    words = ("wards", "--index", "wards/wards.csv", "--by")
    assert _data(run, *words, "a b", code=7)["by"] == "a b"
    assert _data(run, *words, "A-B", code=7)["by"] == "A-B"


@pytest.mark.usefixtures("wards")
def test_a_folder_in_the_place_of_an_index_is_refused(run: Run) -> None:
    result = run("overview", "wards", "--index", "wards/sub", "--by", "x")
    assert (result.code, result.out) == (5, "")
    assert result.err == (
        "Error: wards/sub: this is not a file\nHint: Give the path of the file itself.\n"
    )


def test_an_index_is_never_replaced(run: Run, wards: Path) -> None:
    index = wards / "wards.csv"
    before = index.read_bytes()
    words = ("--index", "wards/wards.csv", "-o", "wards/wards.csv", "--force")
    result = run("overview", "wards", *words)
    assert (result.code, index.read_bytes()) == (2, before)


def test_files_are_grouped_by_their_superior_body_and_by_their_term(
    run: Run, tmp_path: Path
) -> None:
    superior = '[report]\nsuperior.vi = "Thành ủy Hà Nội"\nsuperior.en = "City"\n'
    write_ward(tmp_path / "a.toml", _plan(1), head=superior)
    write_ward(tmp_path / "b.toml", _plan(0), term=("2020-01-01", "2026-12-31"))
    by_superior = _data(run, ".", "--by", "superior")
    assert [group["group"] for group in by_superior["groups"]] == ["City", None]
    by_term = _data(run, ".", "--by", "term")
    assert [group["group"] for group in by_term["groups"]] == ["2020–2026", "2026–2026"]
    assert "Thành ủy Hà Nội: " in run("overview", ".", "--by", "superior", "--lang", "vi").out


@each_format
@pytest.mark.parametrize("words", [(), ("--kind", "task")], ids=["files", "items"])
def test_a_group_in_which_no_file_can_be_read_has_a_subtotal_of_nothing(
    run: Run, tmp_path: Path, words: tuple[str, ...], name: str
) -> None:
    write_ward(tmp_path / "a.toml", _plan(1))
    (tmp_path / "b.toml").write_text("broken")
    asked = (".", "--by", "term", "--period", "2026", *words)
    assert "2026" in written_text(run, "overview", *asked, "--format", name)
    groups = _data(run, *asked, code=7)["groups"]
    assert [(group["found"], group["counted"]) for group in groups] == [(1, 1), (1, 0)]
    if not words:
        assert groups[1]["period"] == {"completed": 0, "became_overdue": 0, "news": 0}


def test_a_column_of_the_index_comes_before_a_fact_of_its_name(run: Run, wards: Path) -> None:
    (wards / "wards.csv").write_text("path,TAG,term\na.toml,x,1\nsub/b.toml,y,1\nc.toml,x,1\n")
    data = _data(run, "wards", "--index", "wards/wards.csv", "--by", "tag", code=7)
    assert [group["group"] for group in data["groups"]] == ["x", "y"]


def test_items_are_counted_by_their_tags(run: Run, tmp_path: Path) -> None:
    write_ward(tmp_path / "a.toml", _plan(1, 2, ["Chuyển đổi số", "đất đai", "dat dai"]))
    write_ward(tmp_path / "b.toml", _plan(0, 1, ["chuyen doi so"]))
    data = _data(run, ".", "--by", "tag")
    rows = [(row["tag"], row["files"], row["items"]) for row in data["tags"]]
    assert rows == [("Chuyển đổi số", 2, 3), ("đất đai", 1, 2), (None, 1, 1)]
    for row in data["tags"]:
        assert sum(row["verdicts"].values()) == row["items"]
        assert row["average_progress"] == row["progress_sum"] / row["in_force"]
    assert data["totals"]["items"] == 4
    assert "groups" not in data
    assert len(data["files"]) == 2
    out = run("overview", ".", "--by", "tag").out
    assert "The rows have 2 items more than the total" in out
    assert re.search(r"\n *1 +Chuyển đổi số +2 +3 +0 +100% of 3\n", out)
    text = run("overview", ".", "--by", "tag", "--format", "csv").out.lstrip("\ufeff")
    assert [row["tag"] for row in csv.DictReader(io.StringIO(text))] == [
        "Chuyển đổi số",
        "đất đai",
        "",
    ]


@pytest.mark.parametrize("seed", range(4))
def test_rows_of_tags_have_as_many_items_more_as_items_have_further_tags(
    run: Run, tmp_path: Path, seed: int
) -> None:
    chosen = random.Random(seed)  # noqa: S311  # no secret
    tags = [
        [chosen.sample(["x", "y", "z", "t"], chosen.randrange(4)) for _item in range(5)]
        for _file in range(3)
    ]
    for number, of_file in enumerate(tags):
        items = (item(f"T{place}", tags=each) for place, each in enumerate(of_file))
        write_ward(tmp_path / f"{number}.toml", "".join(items))
    data = _data(run, ".", "--by", "tag")
    further = sum(max(len(each) - 1, 0) for of_file in tags for each in of_file)
    assert sum(row["items"] for row in data["tags"]) == data["totals"]["items"] + further
    for row in data["tags"]:
        with_it = [
            number
            for number, of_file in enumerate(tags)
            for each in of_file
            if (row["tag"] in each if row["tag"] else not each)
        ]
        assert (row["items"], row["files"]) == (len(with_it), len(set(with_it)))


@each_format
def test_every_format_has_every_tag(run: Run, tmp_path: Path, name: str) -> None:
    write_ward(tmp_path / "a.toml", _plan(1, 1, ["Roads"]))
    assert "Roads" in written_text(run, "overview", "a.toml", "--by", "tag", "--format", name)


@pytest.mark.usefixtures("wards")
@pytest.mark.parametrize("by", ["Quận", "tag", "term"])
def test_json_of_groups_is_what_its_schema_says(run: Run, by: str) -> None:
    schema = json.loads(run("schema", "--of", "overview").out)
    data = _data(run, "wards", "--index", "wards/wards.csv", "--by", by, code=7)
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(data)


def test_groups_of_many_files_add_up_to_the_totals_whatever_the_order(
    run: Run, tmp_path: Path
) -> None:
    country.write(tmp_path / "wards", 7)
    paths = [country.path_of(Path("wards"), number) for number in range(1, 8)]
    rows = [f"{path},{number % 3}" for number, path in enumerate(paths)]
    for order in (rows, rows[::-1]):
        Path("wards.csv").write_text("\n".join(("path,third", *order)), encoding="utf-8")
        words = ("wards", "--index", "wards.csv", "--by", "third", "--period", "2023")
        data = _data(run, *words)
        groups, totals = data["groups"], data["totals"]
        assert [group["group"] for group in groups] == ["0", "1", "2"]
        for name in ("found", "counted", "items", "milestones", "targets", "targets_met"):
            assert totals[name] == sum(group[name] for group in groups), name
        for part in ("verdicts", "period"):
            for name, total in totals[part].items():
                assert total == sum(group[part][name] for group in groups), name


_SPELLINGS = [
    (["Khánh Hoà", "KHÁNH  HÒA", "khánh\nhòa", "Khánh Hoa"], [("Khánh Hoa", 1), ("Khánh Hoà", 3)]),
    (["", " ", "\u200b", "–"], [("–", 1), (None, 3)]),
]


@pytest.mark.parametrize(("values", "groups"), _SPELLINGS)
def test_spellings_of_one_name_are_one_group_and_other_accents_another(
    run: Run, values: list[str], groups: list[tuple[str | None, int]]
) -> None:
    for number in range(4):
        write_ward(Path(f"w/{number}.toml"))
    lines = "".join(f'{number}.toml,"{value}"\n' for number, value in enumerate(values))
    Path("w/wards.csv").write_text(f"path,province\n{lines}", encoding="utf-8")
    data = _data(run, "w", "--index", "w/wards.csv", "--by", "province")
    assert [(each["group"], each["found"]) for each in data["groups"]] == groups
    counted = Counter(each["group"] for each in data["files"])
    assert {name: counted[name] for name, _count in groups} == dict(groups)


def test_a_superior_body_has_one_group_where_its_accent_is_typed_in_two_places(run: Run) -> None:
    for number, superior in enumerate(["Thành uỷ Hà Nội", "Thành ủy Hà Nội"]):
        write_ward(Path(f"w/{number}.toml"), head=f'[report]\nsuperior = "{superior}"\n')
    data = _data(run, "w", "--by", "superior")
    assert [(each["group"], each["found"]) for each in data["groups"]] == [("Thành uỷ Hà Nội", 2)]


def test_numbers_in_the_names_of_groups_are_ordered_as_numbers() -> None:
    names = ["Quận 10", "", "Quận 2", "Ba Đình", "quận 2 B", "Đống Đa", "1" * 5000]
    files = [UncountedFile(Path(f"{number}.toml"), "") for number in range(len(names))]
    by = By("x", {file.path: name for file, name in zip(files, names, strict=True)})
    expected = ["1" * 5000, "Ba Đình", "Đống Đa", "Quận 2", "quận 2 B", "Quận 10", ""]
    assert [*grouped(by, files)] == expected


@given(st.dictionaries(st.integers(0, 20).map(str), st.text(max_size=3), max_size=12))
def test_every_file_is_in_one_group(values: dict[str, str]) -> None:
    files = [UncountedFile(Path(name), "") for name in sorted(map(str, range(21)))]
    by = By("x", {Path(name): value for name, value in values.items()})
    groups = grouped(by, files)
    assert sorted(each.path for those in groups.values() for each in those) == [
        each.path for each in files
    ]
    assert "" not in [*groups][:-1]
