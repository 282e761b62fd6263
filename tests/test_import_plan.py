"""`tracker import --as plan`: an office's own table becomes entries of the plan."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tools import sample_sheets

from resolution_cli.cli import import_plan
from resolution_cli.exchange import workbook
from tests.support import HOSTILE_CASES, SAMPLES, UNSAFE, Run, assert_expected, data_of

SHEETS = SAMPLES / "sheets"

Import = Callable[..., Any]
"""`take(rows, "--yes")` runs the import on a workbook with these rows."""

HEAD = ["STT", "Nội dung", "Đơn vị chủ trì", "Thời hạn", "Sản phẩm"]


def _workbook(path: Path, rows: Sequence[Sequence[Any]], merged: str = "") -> Path:
    """Make a workbook of one sheet, “Bảng”; return its path."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    sheet = book.create_sheet("Bảng")
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column, value)
    for each in merged.split():
        sheet.merge_cells(each)
    book.save(path)
    return path


@pytest.fixture
def blank(run: Run, tmp_path: Path) -> Path:
    """Return the path of a new data file without items, found without `--file`."""
    words = ("--title", "Nghị quyết", "--start", "2025-08-18", "--end", "2030-12-31")
    assert run("init", "--blank", *words, ".").code == 0
    return tmp_path / "data" / "tasks.toml"


@pytest.fixture
def take(run: Run, tmp_path: Path) -> Import:
    """Return what imports the rows of a sheet."""

    def taken(rows: Sequence[Sequence[Any]], *words: str, merged: str = "") -> Any:
        _workbook(tmp_path / "a.xlsx", rows, merged)
        return run("import", "--as", "plan", "a.xlsx", *words)

    return taken


def _titles(path: Path) -> dict[str, list[str]]:
    """Return the titles of the items of a file, each with those of its milestones."""
    data = data_of(path)
    items = [*data.get("tasks", ()), *data.get("breakthroughs", ())]
    return {item["title"]: [each["title"] for each in item.get("milestones", ())] for item in items}


@pytest.mark.parametrize("name", sample_sheets.SHEETS)
def test_a_sheet_in_any_layout_is_read_shown_added_and_taken_back(
    run: Run, blank: Path, name: str
) -> None:
    heads = sample_sheets.MAPPED.get(name, ())
    words = [word for head in heads for word in ("--map", head)]
    command = ("import", "--as", "plan", str(SHEETS / name), *words)
    before = blank.read_bytes()
    shown = run(*command, "--dry-run")
    assert shown.code == 0
    assert blank.read_bytes() == before
    assert_expected(f"sheets/{Path(name).stem}.txt", f"{shown.err}\n{shown.out}")
    written = run(*command, "--yes")
    assert (written.code, written.err) == (0, shown.err)
    assert shown.out in blank.read_text(encoding="utf-8")
    again = run(*command, "--yes")
    assert (again.code, again.out[:16]) == (0, "nothing to add; ")
    assert run("check").code in (0, 7)
    assert run("undo", "--yes").code == 0
    assert blank.read_bytes() == before


@pytest.mark.parametrize("name", sample_sheets.SHEETS)
def test_the_sheets_are_what_the_script_makes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setattr(sample_sheets, "_through_office", lambda *_words: None)
    monkeypatch.setattr(sample_sheets, "SHEETS", {name: sample_sheets.SHEETS[name]})
    sample_sheets.main(tmp_path)
    made = workbook.read((tmp_path / name).with_suffix(".xlsx"))
    kept = workbook.read(SHEETS / name)
    for new, old in zip(made, kept, strict=True):
        cells = {(row, column) for row in range(40) for column in range(10)} - new.uncomputed
        assert [new.value(*cell) for cell in sorted(cells)] == [
            old.value(*cell) for cell in sorted(cells)
        ]
        assert (new.name, new.is_hidden, new.months) == (old.name, old.is_hidden, old.months)
        assert sorted(new.merged) == sorted(old.merged)


def test_what_would_be_added_is_shown_and_written_once_after_a_yes(
    take: Import, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [HEAD, [1, "Chợ đêm", "UBND phường", "30/6/2027", "Đề án"], ["1.1", "Khảo sát"]]
    before = blank.read_bytes()
    refused = take(rows)
    assert refused.code == 4
    assert "T1  Chợ đêm\n  due                2027-06-30\n" in refused.out
    assert refused.err.endswith(
        "Error: Nothing was changed: without a terminal, confirmation is not possible.\n"
        "Hint: Add --yes to add it without confirmation, or --dry-run to see it only.\n"
    )
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdin.readline", lambda: "n\n")
    assert take(rows).code == 4
    assert blank.read_bytes() == before
    monkeypatch.setattr("sys.stdin.readline", lambda: "có\n")
    result = take(rows)
    assert result.code == 0
    assert result.out.endswith(
        "\n1 task, 1 milestone; 0 rows left out.\n"
        "Add this? [y/N] Added to data/tasks.toml; `tracker undo` takes it back.\n"
    )
    assert _titles(blank) == {"Chợ đêm": ["Khảo sát"]}


def test_a_file_that_changes_while_the_question_stands_is_left_as_it_is(
    take: Import, blank: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changing(*_words: object, **_more: object) -> None:
        assert run("add", "task", "Chợ đêm").code == 0

    monkeypatch.setattr(import_plan, "confirm", changing)
    result = take([HEAD, [1, "Chợ đêm", "A"]])
    assert result.code == 4
    assert "Error: Nothing was changed: the file was changed while you were asked." in result.err
    assert _titles(blank) == {"Chợ đêm": []}


def test_titles_that_are_there_are_named_and_their_new_parts_are_added_to_them(
    take: Import, plan: Path, run: Run
) -> None:
    before = plan.read_bytes()
    rows = [
        HEAD,
        [1, "CHUYỂN  ĐỔI SỐ.", "UBND phường"],
        ["1.1", "Số hóa hồ sơ", "Văn phòng", "12/2026"],
        [2, "Roads"],
        [3, "Đường mới"],
    ]
    result = take(rows, "--yes")
    assert result.code == 0
    assert "row 2 “CHUYỂN  ĐỔI SỐ.”: left out: already in the plan: T1\n" in result.err.replace(
        "CHUYỂN ĐỔI", "CHUYỂN  ĐỔI"
    )
    assert "row 4 “Roads”: left out: already in the plan: T2\n" in result.err
    assert "1 task, 1 milestone; 2 rows left out." in result.out
    tasks = data_of(plan)["tasks"]
    assert [task["id"] for task in tasks] == ["T1", "T2", "T3"]
    assert [each["id"] for each in tasks[0]["milestones"]] == ["T1.1"]
    assert take(rows, "--yes").out == "nothing to add; 4 rows left out.\n"
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == before


def test_an_item_that_gets_its_first_milestones_or_is_open_again_is_said(
    take: Import, plan: Path, run: Run
) -> None:
    rows = [HEAD, [1, "Roads"], ["1.1", "Khảo sát"]]
    said = "From 2026-11-24 on, the status and progress of T2 follow from its milestones.\n"
    assert said in take(rows, "--yes").out
    done = ("--status", "done", "--on", "2026-11-24", "--note", "x")
    assert run("update", "T2.1", *done).code == 0
    said = "T2 was done, and with a new milestone is in progress again.\n"
    assert said in take([*rows, ["1.2", "Thi công"]], "--yes").out
    assert run("update", "T1", *done).code == 0
    result = take([HEAD, [1, "Chuyển đổi số"], ["1.1", "Khảo sát"]], "--yes")
    assert "row 3 “Khảo sát”: left out: T1 is done; it gets no new milestone.\n" in result.err
    assert data_of(plan)["tasks"][0].get("milestones") is None


def test_accents_tell_titles_apart_and_a_title_without_any_is_any_of_them(
    take: Import, blank: Path
) -> None:
    rows = [HEAD[1:3], ["Thôn Đông", "A"], ["Thôn Đồng", "A"], ["THON DONG", "A"]]
    result = take(rows, "--yes")
    assert "row 4 “THON DONG”: left out: it has the title of row 2\n" in result.err
    assert [*_titles(blank)] == ["Thôn Đông", "Thôn Đồng"]


def test_texts_are_of_the_language_of_the_head_where_a_file_has_both(
    take: Import, plan: Path, run: Run
) -> None:
    text = plan.read_text(encoding="utf-8").replace('title = "', 'title.en = "')
    plan.write_text(text, encoding="utf-8")
    assert take([["STT", "Nội dung", "Chủ trì"], [1, "Đường", "A"]], "--yes").code == 0
    assert take([["No.", "Task", "Lead unit"], [1, "Lake", "A"]], "--yes").code == 0
    assert [task["title"] for task in data_of(plan)["tasks"][2:]] == [
        {"vi": "Đường"},
        {"en": "Lake"},
    ]
    assert run("list").code == 0


def test_a_list_that_is_written_inline_gets_the_rows_too(take: Import, blank: Path) -> None:
    text = blank.read_text(encoding="utf-8")
    inline = 'tasks = [{ id = "T1", title = "Cũ" }]\n'
    blank.write_text(text.replace("[resolution]", f"{inline}\n[resolution]"), encoding="utf-8")
    assert take([HEAD, [1, "Mới", "A"], ["1.1", "Phần", "B"]], "--yes").code == 0
    assert _titles(blank) == {"Cũ": [], "Mới": ["Phần"]}


def test_the_day_on_which_a_table_entered_the_plan_can_be_given(take: Import, blank: Path) -> None:
    rows = [HEAD, [1, "Đường", "A"], ["1.1", "Phần"]]
    assert take(rows, "--yes", "--added", "15/1/2026").code == 0
    task = data_of(blank)["tasks"][0]
    assert str(task["added"]) == str(task["milestones"][0]["added"]) == "2026-01-15"


@pytest.mark.parametrize(
    ("rows", "titles"),
    [
        pytest.param(
            [["I", "Kinh tế"], [1, "Một", "A"], [2, "Hai", "A"], ["II", "Xã hội"], [1, "Ba", "A"]],
            {"Kinh tế": ["Một", "Hai"], "Xã hội": ["Ba"]},
            id="fields are items",
        ),
        pytest.param(
            [
                ["A", "Nhiệm vụ"],
                ["I", "Kinh tế"],
                [1, "Một", "A"],
                ["B", "Đột phá"],
                [1, "Hai", "A"],
            ],
            {"Kinh tế": ["Một"], "Hai": []},
            id="kinds over fields",
        ),
        pytest.param(
            [["I", "Kinh tế"], [1, "Một", "A"], ["1.1", "Hai", "A"], [2, "Ba", "A"]],
            {"Một": ["Hai"], "Ba": []},
            id="fields over items with milestones",
        ),
        pytest.param(
            [["I", "Xây dựng Đảng", "Văn phòng"], [1, "Một", "A"], ["II", "Mặt trận", "MTTQ"]],
            {"Xây dựng Đảng": ["Một"], "Mặt trận": []},
            id="numerals with units are items",
        ),
        pytest.param(
            [["I", "Một"], ["II", "Hai"], ["III", "Ba"]],
            {"Một": [], "Hai": [], "Ba": []},
            id="numerals without anything below",
        ),
        pytest.param(
            [[1, "Một", "A"], [None, "- Hai", "A"], [None, "+ Ba", "A"], [2, "Bốn", "A"]],
            {"Một": ["Hai", "Ba"], "Bốn": []},
            id="bullets",
        ),
        pytest.param(
            [[1, "Một", "A"], [None, "Hai", "A"], [2, "Ba", "A"]],
            {"Một": ["Hai"], "Ba": []},
            id="rows without a number",
        ),
        pytest.param(
            [["H", "Một", "A"], ["I", "Hai", "A"], ["J", "Ba", "A"]],
            {"Một": [], "Hai": [], "Ba": []},
            id="I is a letter behind H",
        ),
        pytest.param(
            [
                [None, "Nhiệm vụ 1: Kinh tế"],
                [1, "Một", "A"],
                [None, "Nhiệm vụ 2: Xã hội"],
                [1, "Hai", "A"],
            ],
            {"Kinh tế": ["Một"], "Xã hội": ["Hai"]},
            id="items that say what they are",
        ),
        pytest.param(
            [["I", "Nhóm nhiệm vụ đột phá"], [1, "Một", "A"]],
            {"Một": []},
            id="a breakthrough is a task too",
        ),
        pytest.param(
            [["CÁC NHIỆM VỤ CHỦ YẾU"], [1, "Một", "A"], [2, "Hai", "A"]],
            {"Một": [], "Hai": []},
            id="a heading in the column of numbers",
        ),
    ],
)
def test_numbers_and_headings_say_what_belongs_to_what(
    take: Import, blank: Path, rows: list[list[Any]], titles: Mapping[str, list[str]]
) -> None:
    assert take([HEAD, *rows], "--yes").code == 0
    assert _titles(blank) == titles


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        ("SỐ TT | Tên nhiệm vụ | CƠ QUAN CHỦ TRÌ", "A number, B title, C lead unit"),
        ("Nội\ncông việc | NỘI DUNG | đơn vị  phối hợp", "B title, C partner units"),
        ("TT | Nhiệm vụ, giải pháp | Hạn hoàn thành (tháng/năm)", "A number, B title, C due"),
        (
            "Dự kiến sản phẩm | Nội dung | Thời gian hoàn thành nhiệm vụ",
            "A product, B title, C due",
        ),
        (
            "Chỉ tiêu | ĐVT | KH 2026 | Mục tiêu đến năm 2030",
            "A title, B unit, C plan 2026, D plan 2030",
        ),
        ("Chi tieu | Nam 2027 | 2028", "A title, B plan 2027, C plan 2028"),
        ("Noi dung | Don vi chu tri, phoi hop | Thoi han", "A title, C due"),
        (
            "Work | Responsible unit | Deadline | Deliverables",
            "A title, B lead unit, C due, D product",
        ),
        ("Target | Unit | Plan 2027", "A title, B unit, C plan 2027"),
    ],
)
def test_heads_are_recognised_by_their_words(
    take: Import, blank: Path, head: str, columns: str
) -> None:
    words = head.split(" | ")
    result = take([words, *[[None] * words.index(_title_head(words)) + ["x"]]], "--dry-run")
    assert blank.is_file()
    assert f"head in row 1: {columns}\n" in result.err


def test_a_sheet_can_have_several_tables_and_the_head_again_on_each_page(
    take: Import, blank: Path
) -> None:
    rows = [
        ["I. NHIỆM VỤ"],
        ["STT", "Nội dung", "Đơn vị", None, "Thời hạn"],
        [None, None, "Chủ trì", "Phối hợp"],
        [1, "Đường hoa", "MTTQ", None, "2027"],
        ["STT", "Nội dung", "Đơn vị", None, "Thời hạn"],
        [None, None, "Chủ trì", "Phối hợp"],
        ["1.1", "Chọn tuyến", "MTTQ", None, "6/2027"],
        ["II. CHỈ TIÊU"],
        ["STT", "Chỉ tiêu", "ĐVT", "2027", "2030"],
        [1, "Đường hoa", "km", 1, 3],
    ]
    result = take(rows, "--yes", merged="A2:A3 B2:B3 C2:D2 E2:E3 A5:A6 B5:B6 C5:D5 E5:E6")
    assert result.code == 0
    assert [line for line in result.err.splitlines() if "row" in line] == [
        f"a.xlsx, sheet “Bảng”{rest}"
        for rest in (
            ": head in rows 2–3: A number, B title, C lead unit, D partner units, E due",
            ", row 5: left out: the head once more",
            ", row 6: left out: the head once more",
            ", row 8 “CHỈ TIÊU”: left out: a line with a text only, and no rows below it",
            ": head in row 9: A number, B title, C unit, D plan 2027, E plan 2030",
        )
    ]
    assert _titles(blank) == {"Đường hoa": ["Chọn tuyến"]}
    (target,) = data_of(blank)["targets"]
    assert (target["title"], target["plan"]) == ("Đường hoa", {"2027": 1, "2030": 3})


def test_heads_of_two_rows_need_no_merged_cells(take: Import, blank: Path) -> None:
    rows = [
        ["TT", "Chỉ tiêu", "Kế hoạch", None, "Ngày bắt đầu"],
        [None, None, 2026, "Năm 2027"],
        [1, "Cây xanh", 5, 6],
    ]
    result = take(rows, "--yes", "--map", "Năm 2027=plan.2028")
    assert "head in rows 1–2: A number, B title, C plan 2026, D plan 2028, E start\n" in result.err
    (target,) = data_of(blank)["targets"]
    assert target["plan"] == {"2026": 5, "2028": 6}


def test_a_start_is_the_first_day_of_what_is_written(take: Import, blank: Path) -> None:
    rows = [["Nội dung", "Ngày bắt đầu"], ["Hồ", "Quý II/2027"], ["Chợ", date(2027, 3, 5)]]
    assert take(rows, "--yes").code == 0
    assert [str(task["start"]) for task in data_of(blank)["tasks"]] == ["2027-04-01", "2027-03-05"]


def test_a_cell_with_an_error_leaves_its_row_out(take: Import, blank: Path) -> None:
    result = take([HEAD, [1, "Hồ", "#REF!"], [2, "Chợ"]], "--yes")
    assert "cell C2 “Hồ”: left out: the value is the error #REF!\n" in result.err
    assert _titles(blank) == {"Chợ": []}


def test_a_title_on_another_sheet_is_named_with_it(run: Run, blank: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("Một", "Hai"):
        sheet = book.create_sheet(name)
        sheet.append(HEAD)
        sheet.append([1, "Hồ", "MTTQ"])
    book.save(tmp_path / "a.xlsx")
    result = run("import", "--as", "plan", "a.xlsx", "--yes")
    reason = "it has the title of row 2 of the sheet “Một”"
    assert f"a.xlsx, sheet “Hai”, row 2 “Hồ”: left out: {reason}\n" in result.err
    assert _titles(blank) == {"Hồ": []}


def test_a_long_text_is_cut_where_it_is_named(take: Import, blank: Path) -> None:
    result = take([HEAD, [1, "Đường hoa " * 90, "A", "sau khi có vốn " * 90], [2, "Hồ"]], "--yes")
    assert result.code == 0
    (line,) = [line for line in result.err.splitlines() if "cell D2" in line]
    assert "“Đường hoa Đường hoa" in line
    assert line.endswith("…")
    assert len(line) < 450
    assert _titles(blank) == {"Hồ": []}


def test_numbers_of_any_depth_are_read(take: Import, blank: Path) -> None:
    rows = [[".".join("1" * depth), f"Việc {depth}", "MTTQ"] for depth in range(1, 999)]
    result = take([HEAD, *rows], "--yes")
    assert (result.code, result.err.count("left out: it is below a milestone, T1.1")) == (0, 996)
    assert _titles(blank) == {"Việc 1": ["Việc 2"]}


def test_cells_that_are_merged_over_rows_hold_for_each_of_them(take: Import, blank: Path) -> None:
    rows = [
        HEAD,
        [1, "Tuyến phố", "UBND phường", "2027", "Vỉa hè"],
        [None, None, None, None, "Cây xanh"],
        [2, "Chợ", None, None, "Chợ mới"],
    ]
    result = take(rows, "--yes", merged="A2:A3 B2:B3 C2:C4 D2:D4")
    assert "row 3 “Tuyến phố”: left out: it has the title of row 2\n" in result.err
    tasks = data_of(blank)["tasks"]
    assert [task["title"] for task in tasks] == ["Tuyến phố", "Chợ"]
    assert {task["lead"] for task in tasks} == {"UBND phường"}
    assert {str(task["due"]) for task in tasks} == {"2027-12-31"}


def test_a_column_of_pieces_of_work_needs_no_numbers(take: Import, blank: Path) -> None:
    rows = [
        ["Nội dung", "Công việc cụ thể", "Chủ trì"],
        ["Đường hoa", "Chọn tuyến", "MTTQ"],
        ["Đường hoa", "Trồng hoa", "MTTQ"],
        ["Sân chơi", None, "Đoàn"],
    ]
    assert take(rows, "--yes").code == 0
    assert _titles(blank) == {"Đường hoa": ["Chọn tuyến", "Trồng hoa"], "Sân chơi": []}


def test_a_row_with_number_and_title_of_an_item_that_is_there_is_no_part_of_it(
    take: Import, blank: Path
) -> None:
    assert take([HEAD, [1, "Đường hoa", "MTTQ"]], "--yes").code == 0
    result = take([HEAD, [1, "Đường hoa", "MTTQ"], [1, "Đường hoa", "Đoàn"]], "--yes")
    assert result.out == "nothing to add; 2 rows left out.\n"
    assert _titles(blank) == {"Đường hoa": []}


def test_a_column_that_is_named_takes_the_place_of_those_with_its_words(
    take: Import, blank: Path
) -> None:
    rows = [["Nội dung", "Nhiệm vụ", "Chủ trì"], ["Hạ tầng", "Đường hoa", "MTTQ"]]
    assert take(rows, "--yes", "--map", "Nhiệm vụ=title").code == 0
    assert _titles(blank) == {"Đường hoa": []}


def test_years_that_differ_in_how_they_are_wanted_leave_their_target_out(
    take: Import, blank: Path
) -> None:
    rows = [["Chỉ tiêu", "KH 2026", "KH 2027"], ["Hộ nghèo", "dưới 2", 1], ["Cây", "≥ 5", 6]]
    result = take(rows, "--yes")
    assert (
        "row 2 “Hộ nghèo”: left out: the figures of the years differ in how they are wanted: "
        "dưới 2 / 1\n"
    ) in result.err
    (target,) = data_of(blank)["targets"]
    assert target["plan"] == {"2026": 5, "2027": 6}


def test_a_title_over_two_columns_is_no_heading(take: Import, blank: Path) -> None:
    rows = [
        ["STT", "Nội dung", None, "Chủ trì"],
        [1, "Đường hoa"],
        [2, "Sân chơi", None, "Đoàn"],
    ]
    assert take(rows, "--yes", merged="B1:C1 B2:C2 B3:C3").code == 0
    assert _titles(blank) == {"Đường hoa": [], "Sân chơi": []}


def _title_head(words: Sequence[str]) -> str:
    starts = ("tên", "nội dung", "nhiệm vụ", "chỉ tiêu", "chi tieu", "noi dung", "work", "target")
    return next(word for word in words if word.lower().startswith(starts))


@pytest.mark.parametrize(
    ("rows", "words", "message"),
    [
        pytest.param(
            [["Danh sách"], ["Việc", "Ai"], ["a", "b"]],
            (),
            "Error: a.xlsx: no sheet has a row of heads in its first 60 rows: one column with "
            "titles (nội dung, nhiệm vụ, chỉ tiêu, task, target), and one more, such as đơn vị chủ "
            "trì, thời hạn, sản phẩm, đơn vị tính, kế hoạch 2027; found: Việc, Ai.\n"
            "Hint: Name the column with the titles: --map 'Việc=title'\n",
            id="no head",
        ),
        pytest.param(
            [["Nội dung", "Nhiệm vụ", "Chủ trì"], ["a", "b", "c"]],
            (),
            "Error: a.xlsx, sheet “Bảng”, cell A1: 2 columns could be “title”: A “Nội dung”, "
            "B “Nhiệm vụ”.\nHint: Say which one it is, such as --map 'Nội dung=title'\n",
            id="two titles",
        ),
        pytest.param(
            [["Nội dung", "Chủ trì", "Chủ trì"], ["a", "b", "c"]],
            (),
            "Error: a.xlsx, sheet “Bảng”, cell B1: 2 columns could be “lead unit”: B “Chủ trì”, "
            "C “Chủ trì”.\nHint: Say which one it is, such as --map 'Chủ trì=lead'\n",
            id="two leads",
        ),
        pytest.param(
            [HEAD, [1, "a"]],
            ("--map", "Người làm=lead"),
            "Error: a.xlsx: no column has the head “Người làm”; there are: STT, Nội dung, Đơn vị "
            "chủ trì, Thời hạn, Sản phẩm.\nHint: Write the head with --map as it stands there.\n",
            id="a head that is not there",
        ),
        pytest.param(
            [HEAD, [1, "Hồ", "A", "12/2026 hoặc 1/2027"]],
            (),
            "a.xlsx, sheet “Bảng”: head in row 1: A number, B title, C lead unit, D due, "
            "E product\n"
            "a.xlsx, sheet “Bảng”, cell D2 “Hồ”: left out: “12/2026 hoặc 1/2027” is not clear as "
            "a due date; write one day, month, quarter or year, such as 31/12/2026, 12/2026 or quý "
            "IV/2026\nError: Nothing was added: every row is left out.\nHint: Correct the cells "
            "that are named, or a copy of the file, and run it again.\n",
            id="a date that is not clear",
        ),
        pytest.param(
            [HEAD, *[[number, f"x{number}"] for number in range(1001)]],
            (),
            "Error: a.xlsx, sheet “Bảng”: 1,002 rows; at most 1,000 are taken at once.\n"
            "Hint: Divide it into several workbooks.\n",
            id="too many rows",
        ),
    ],
)
def test_what_is_not_clear_is_refused_by_name_and_nothing_is_written(
    take: Import, blank: Path, rows: list[list[Any]], words: tuple[str, ...], message: str
) -> None:
    before = blank.read_bytes()
    assert tuple(take(rows, *words)) == (4, "", message)
    assert blank.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--map", "Nội dung"), "--map: 'Nội dung' is not a head and its column; write "),
        (("--map", "Nội dung=tên"), "--map: 'tên' is no column of the plan; choose one of: number"),
        (("--map", "a=lead", "--map", "a=due"), "--map: the head “a” is given two columns."),
    ],
)
def test_a_wrong_map_is_a_wrong_command_line(
    take: Import, blank: Path, words: tuple[str, ...], message: str
) -> None:
    result = take([HEAD, [1, "a"]], *words)
    assert (result.code, blank.is_file()) == (2, True)
    assert message in result.err


def test_an_option_of_the_other_kind_of_workbook_is_a_wrong_command_line(
    run: Run, blank: Path
) -> None:
    result = run("import", "a.xlsx", "--map", "a=title")
    assert (result.code, blank.is_file()) == (2, True)
    assert "--map and --added need --as plan." in result.err
    result = run("import", "--as", "plan", "a.xlsx", "--period", "2026-11")
    assert (result.code, blank.is_file()) == (2, True)
    assert "--period is for forms, not for --as plan." in result.err


def test_all_workbooks_that_cannot_be_read_are_named_in_one_run(
    run: Run, blank: Path, tmp_path: Path
) -> None:
    (tmp_path / "text.xlsx").write_text("Nội dung", encoding="utf-8")
    (tmp_path / "old.xls").write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")
    )
    with zipfile.ZipFile(tmp_path / "damaged.xlsx", "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook")
    before = blank.read_bytes()
    names = ("text.xlsx", "old.xls", "damaged.xlsx", "none.xlsx")
    result = run("import", "--as", "plan", *names, "--yes")
    assert (result.code, result.out) == (4, "")
    for said in (
        "text.xlsx: it is not a workbook",
        "old.xls: a password protects it",
        "damaged.xlsx: it is damaged",
        "none.xlsx: there is no such file",
    ):
        assert said in result.err
    assert blank.read_bytes() == before


def test_a_workbook_with_macros_is_read_and_they_are_left_alone(
    run: Run, blank: Path, tmp_path: Path
) -> None:
    path = _workbook(tmp_path / "a.xlsx", [HEAD, [1, "Đường", "A"]])
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"\0" * 64)
    path.rename(tmp_path / "a.xlsm")
    content = (tmp_path / "a.xlsm").read_bytes()
    assert run("import", "--as", "plan", "a.xlsm", "--yes").code == 0
    assert _titles(blank) == {"Đường": []}
    assert (tmp_path / "a.xlsm").read_bytes() == content


@pytest.mark.parametrize("text", HOSTILE_CASES)
def test_a_hostile_text_in_any_cell_is_a_text_or_a_reason(
    take: Import, run: Run, blank: Path, text: str
) -> None:
    clean = "".join(c for c in text if c in "\t\n" or ord(c) >= ord(" "))[:30_000]
    plain = [1, "Đường", "A", "2027", "Đề án"]
    rows = [[*plain[:column], clean, *plain[column + 1 :]] for column in range(len(plain))]
    assert take([HEAD, *rows], "--dry-run").code in (0, 4)
    result = take([HEAD, *rows], "--yes")
    assert result.code in (0, 4)
    assert not (set(result.out + result.err) - {"\n"}) & UNSAFE
    assert run("list").code == 0
    head = take([[clean, *HEAD[1:]], plain], "--map", "Nội dung=title", "--dry-run")
    assert head.code in (0, 4)
    assert not (set(head.out + head.err) - {"\n"}) & UNSAFE
    assert blank.is_file()
