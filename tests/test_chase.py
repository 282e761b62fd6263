"""`tracker chase`: what each unit is to be reminded of, as text, data and letters."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
import tomli_w
from docx.shared import Pt

from resolution_cli.cli import clock
from tests.support import HOSTILE, LATER, WARD, Run

_FILE = """schema = 1
[resolution]
id = "R1"
title.vi = "Nghị quyết A"
title.en = "Resolution A"
term.start = 2025-01-01
term.end = 2029-12-31

[report]
superior = "Thành ủy"
committee = "Đảng ủy phường"
place = "Lam Khê"
number = "12-BC/ĐU"
signature = ["T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"]
signer = "Trần Thị B"
recipients = ["Thành ủy", "Lưu Văn phòng"]

[units]
"Công an phường" = ["CAP"]
"Ủy ban nhân dân phường" = ["UBND P"]
"Hội Nông dân" = []

[[tasks]]
id = "T1"
title = "Overdue and blocked"
due = 2026-11-20
lead = "cap"
status = "blocked"

[[tasks]]
id = "T2"
title = "Blocked"
due = 2026-11-30
lead = "Công an phường"
status = "blocked"

[[tasks]]
id = "T3"
title = "Due"
due = 2026-12-24
lead = "CAP"

[[tasks]]
id = "T4"
title = "Due a day later"
due = 2026-12-25
lead = "CAP"
status = "in-progress"

[[tasks]]
id = "T5"
title = "Silent for long"
lead = "ubnd p"
status = "in-progress"

[[tasks]]
id = "T6"
title = "Not begun"
start = 2027-01-01
due = 2027-06-30
lead = "ubnd p"

[[tasks]]
id = "T7"
title = "Done"
due = 2026-10-31
lead = "ubnd p"
status = "done"
progress = 100
done_on = 2026-10-01

[[tasks]]
id = "T8"
title = "Whole"
due = 2026-11-24
status = "in-progress"

[[tasks.milestones]]
id = "T8.1"
title = "Blocked part"
lead = "CAP"
due = 2027-01-31
status = "blocked"

[[tasks.milestones]]
id = "T8.2"
title = "Part of the whole"

[[targets]]
id = "C1"
title = "With a figure"
lead = "CAP"
unit = "%"
base.on = 2025-01-01
base.value = 0
plan.2026 = 3
value = 2.5
on = 2026-11-05

[[targets]]
id = "C2"
title = "Without one"
lead = "UBND P"
unit = "%"
base.on = 2025-01-01
base.value = 0
plan.2026 = 3
value = 1.5
on = 2026-09-30

[[updates]]
item = "T5"
on = 2026-03-01
status = "in-progress"

[[updates]]
item = "T5"
on = 2026-11-01
lead = "ubnd p"
was = { lead = "Hội Nông dân" }

[[updates]]
item = "C2"
on = 2026-09-30
value = 1.5

[[updates]]
item = "C1"
on = 2026-11-05
value = 2.5

[[updates]]
item = "T4"
on = 2026-11-10
status = "in-progress"

[[updates]]
item = "T2"
on = 2026-11-10
status = "blocked"
note = "No land."

[[updates]]
item = "T8.1"
on = 2026-11-10
status = "blocked"
note = "No money"
"""

_OF_POLICE = [
    ("T1", "overdue", 4),
    ("T2", "blocked", None),
    ("T8.1", "blocked", None),
    ("T3", "due", 30),
]
_OF_COMMITTEE = [("T5", "silent", None), ("C2", "figure", None)]
_OF_NOBODY = [("T8", "due", 0)]


def toml_text(text: str) -> str:
    """Return a text as a file has it, in quotes."""
    return tomli_w.dumps({"x": text}).partition("= ")[2].strip()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "tasks.toml"
    file.write_text(_FILE, encoding="utf-8")
    return file


def _reminders(run: Run, *words: str) -> list[dict[str, Any]]:
    result = run("chase", *words, "--format", "json")
    assert (result.code, result.err) == (0, "")
    rows: list[dict[str, Any]] = json.loads(result.out)["reminders"]
    return rows


def _in_short(rows: list[dict[str, Any]]) -> list[tuple[str, str, int | None]]:
    return [(row["id"], row["reason"], row["days"]) for row in rows]


def test_each_thing_is_chased_once_under_its_unit_for_the_most_pressing_reason(
    run: Run, path: Path
) -> None:
    assert path.exists()
    rows = _reminders(run)
    assert _in_short(rows) == [*_OF_POLICE, *_OF_COMMITTEE, *_OF_NOBODY]
    units = [row["unit"] for row in rows]
    assert units == ["Công an phường"] * 4 + ["Ủy ban nhân dân phường"] * 2 + [None]
    by_id = {row["id"]: row for row in rows}
    assert by_id["T2"]["note"] == "No land."
    assert by_id["T8.1"]["part_of"] == "T8"
    # An entry that only assigns is no report.
    assert by_id["T5"]["last_report"] == "2026-03-01"
    assert (by_id["C2"]["value"], by_id["C2"]["on"]) == (1.5, "2026-09-30")


@pytest.mark.parametrize("unit", ["Công an phường", "cap", "CONG AN"])
def test_a_unit_is_asked_for_in_any_spelling(run: Run, path: Path, unit: str) -> None:
    assert path.exists()
    assert _in_short(_reminders(run, "--unit", unit)) == _OF_POLICE


@pytest.mark.parametrize(
    ("days", "ids"),
    [("0", []), ("29", []), ("30", ["T3"]), ("31", ["T3", "T4"]), ("36525", ["T3", "T4"])],
)
def test_what_is_due_within_the_days_is_chased(
    run: Run, path: Path, days: str, ids: list[str]
) -> None:
    assert path.exists()
    rows = _reminders(run, "--unit", "cap", "--within", days)
    assert [row["id"] for row in rows if row["reason"] == "due"] == ids


def test_a_target_that_never_had_a_figure_is_said_to_have_none_once(run: Run, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    target = '[[targets]]\nid = "C9"\ntitle = "Trees"\nlead = "Youth"\nplan.2026 = 5\n\n'
    path.write_text(text.replace("[[updates]]", target + "[[updates]]", 1), encoding="utf-8")
    lines = run("chase", "--unit", "Youth").out.splitlines()
    assert lines[-1] == "- No figure for month 11 of 2026: C9, Trees"


def test_figures_of_another_period_can_be_chased(run: Run, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    target = '[[targets]]\nid = "C9"\ntitle = "Trees"\nlead = "Youth"\nplan.2026 = 5\n\n'
    path.write_text(text.replace("[[updates]]", target + "[[updates]]", 1), encoding="utf-8")
    words = ("chase", "--unit", "Youth", "--period", "2026-Q3")
    assert run(*words).out.splitlines()[-1].startswith("- No figure for quarter III of 2026: C9")
    assert run("update", "C9", "--value", "3", "--on", "2026-09-30").code == 0
    assert "C9" not in run(*words).out
    assert "C9" in run("chase", "--unit", "Youth").out
    wrong = run("chase", "--period", "2026-Q9")
    assert (wrong.code, wrong.err.splitlines()[0].startswith("Error: --period")) == (2, True)


def test_the_text_can_be_pasted_into_a_message(run: Run, path: Path) -> None:
    assert path.exists()
    assert run("chase").out == (
        "Công an phường: 4\n"
        "Resolution A, as of 2026-11-24: please act on these, and report on them:\n"
        "- Overdue by 4 days: T1, Overdue and blocked; due 2026-11-20\n"
        "- Blocked (No land): T2, Blocked; due 2026-11-30\n"
        "- Blocked (No money): T8.1, Blocked part (of T8, Whole); due 2027-01-31\n"
        "- Due in 30 days: T3, Due; due 2026-12-24\n"
        "\n"
        "Ủy ban nhân dân phường: 2\n"
        "Resolution A, as of 2026-11-24: please act on these, and report on them:\n"
        "- No report since 2026-03-01: T5, Silent for long; due 2029-12-31 (end of the term)\n"
        "- No figure for month 11 of 2026: C2, Without one; last: 1.5% of 2026-09-30\n"
        "\n"
        "No lead unit: 1\n"
        "Resolution A, as of 2026-11-24: no unit leads these:\n"
        "- Due today: T8, Whole; due 2026-11-24\n"
    )


def test_the_text_in_vietnamese_is_that_of_an_office(run: Run, path: Path) -> None:
    assert path.exists()
    lines = run("chase", "--unit", "ubnd p", "--lang", "vi").out.splitlines()
    assert lines == [
        "Ủy ban nhân dân phường: 2",
        (
            "Nghị quyết A: tính đến ngày 24/11/2026, đề nghị đơn vị tập trung thực hiện và báo cáo "
            "các nội dung sau:"
        ),
        (
            "- Chưa có báo cáo từ ngày 01/03/2026: T5, Silent for long; "
            "thời hạn 31/12/2029 (hết nhiệm kỳ)"
        ),
        (
            "- Chưa có số liệu tháng 11 năm 2026: C2, Without one; "
            "số liệu gần nhất: 1,5%, ngày 30/09/2026"
        ),
    ]


@pytest.mark.parametrize(
    "words",
    [[], ["-o", "deadlines.ics"], ["-o", "letters"], ["-o", "x.docx"], ["--format", "markdown"]],
    ids=str,
)
def test_nothing_to_chase_is_one_line_and_no_file(run: Run, path: Path, words: list[str]) -> None:
    result = run("chase", "--unit", "hội nông dân", *words)
    last = result.out.splitlines()[-1]
    assert (result.code, result.err) == (0, "")
    assert last == "There is nothing to chase of Hội Nông dân."
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    path.write_text(_FILE.partition("[[tasks]]")[0], encoding="utf-8")
    assert run("chase").out == "There is nothing to chase.\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--unit", "Đoàn"], 3, "There is no unit 'Đoàn'."),
        (["--within", "-1"], 2, "'-1' is not a whole number of days, from 0 to 36525."),
        (["--within", "a week"], 2, "'a week' is not a whole number of days"),
        (["-o", "x.docx"], 2, "a letter is to one unit; give --unit, or a folder"),
        (["-o", "x.png"], 2, "the ending of 'x.png' is not a format of this command"),
        (["--unit", "cap", "-o", "tasks.toml"], 2, "the ending of 'tasks.toml' is not a format"),
    ],
)
def test_what_cannot_be_is_refused_and_no_file_written(
    run: Run, path: Path, words: list[str], code: int, said: str
) -> None:
    result = run("chase", *words)
    assert (result.code, result.out, said in result.err) == (code, "", True)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_folder_gets_a_letter_for_each_unit(run: Run, path: Path) -> None:
    result = run("chase", "-o", "letters/november")
    folder = path.parent / "letters" / "november"
    names = ["2026-11-24 Công an phường.docx", "2026-11-24 Ủy ban nhân dân phường.docx"]
    assert (result.code, result.out) == (0, "")
    assert sorted(each.name for each in folder.iterdir()) == names
    assert result.err.startswith("Without a lead unit, and in no letter: T8.\nWritten to ")
    # A second time nothing is written, also where only the last of them exists.
    (folder / names[0]).unlink()
    refused = run("chase", "-o", "letters/november")
    assert (refused.code, [each.name for each in folder.iterdir()]) == (4, names[1:])
    assert "Add --force to replace it, or name another folder." in refused.err
    assert run("chase", "-o", "letters/november", "--force").code == 0


def test_units_whose_names_are_alike_in_a_folder_have_a_letter_each(run: Run, path: Path) -> None:
    head = _FILE.partition("[units]")[0]
    names = ["Thôn Đông", "Thôn Đồng", "全角", "../../x", "CON", "x" * 300]
    tasks = (
        f'[[tasks]]\nid = "T{n}"\ntitle = "x"\nlead = "{name}"\n' for n, name in enumerate(names)
    )
    path.write_text(head + "\n".join(tasks), encoding="utf-8")
    assert run("chase", "-o", "letters").code == 0
    assert sorted(each.stem for each in (path.parent / "letters").iterdir()) == [
        "2026-11-24 -..-x",
        "2026-11-24 CON",
        "2026-11-24 Thôn Đông",
        "2026-11-24 Thôn Đồng",
        "2026-11-24 " + "x" * 150,
        "2026-11-24 全角",
    ]


def _letter(run: Run, path: Path, form: str, unit: str = "cap") -> Any:
    text = path.read_text(encoding="utf-8").replace("[report]", f'[report]\nform = "{form}"')
    path.write_text(text, encoding="utf-8")
    result = run("chase", "--unit", unit, "--lang", "vi", "--format", "docx", "-o", "letter.docx")
    assert result.code == 0
    return docx.Document(io.BytesIO((path.parent / "letter.docx").read_bytes()))


def _looks(line: Any) -> tuple[float, bool, bool]:
    """Return the size, the weight and the slope of the words of a paragraph."""
    [run] = [each for each in line.runs if each.text]
    return run.font.size.pt, bool(run.font.bold), bool(run.font.italic)


def test_a_letter_has_the_form_of_the_party(run: Run, path: Path) -> None:
    word = _letter(run, path, "party-2026")
    [section] = word.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    head, end = word.tables
    (left, right), (numbered, dated) = (
        [cell.paragraphs for cell in row.cells] for row in head.rows
    )
    assert [line.text for line in left] == ["THÀNH ỦY", "ĐẢNG ỦY PHƯỜNG", "*"]
    assert [line.text for line in right] == ["ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert _looks(right[0]) == (15, True, False)
    assert [line.text for line in numbered] == [
        "Số ……-CV/……",
        "về việc đôn đốc thực hiện Nghị quyết A",
    ]
    assert [_looks(line) for line in numbered] == [(14, False, False), (12, False, True)]
    assert [line.text for line in dated] == ["Lam Khê, ngày 24 tháng 11 năm 2026"]
    assert _looks(dated[0]) == (14, False, True)
    [(recipients, signature)] = ([cell.paragraphs for cell in row.cells] for row in end.rows)
    assert [line.text for line in recipients] == ["Nơi nhận:", "- Như trên", "- Lưu Văn phòng"]
    signed = [line.text for line in signature if line.text]
    assert signed == ["T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", "Trần Thị B"]
    assert word.core_properties.title == "Đôn đốc thực hiện Nghị quyết A"
    assert word.core_properties.created.date() == date(2026, 11, 24)


def test_a_letter_says_to_whom_it_goes_what_is_wanted_and_by_when(run: Run, path: Path) -> None:
    word = _letter(run, path, "party-2026")
    lines = [line for line in word.paragraphs if line.text]
    assert lines[0].text == "Kính gửi: Công an phường"
    assert _looks(lines[0]) == (14, False, True)
    texts = [line.text for line in lines[1:]]
    assert texts[0] == (
        "Qua theo dõi việc thực hiện Nghị quyết A, tính đến ngày 24/11/2026, Công an phường còn "
        "04 nội dung cần tập trung thực hiện, cụ thể như sau:"
    )
    assert texts[1:3] == [
        "1. Đã quá hạn (01)",
        "- T1, Overdue and blocked: quá hạn 4 ngày; thời hạn 20/11/2026.",
    ]
    assert texts[-1].startswith("Đề nghị Công an phường khẩn trương tổ chức thực hiện")
    assert texts[-1].endswith("gửi Đảng ủy phường trước ngày …/…/20… để tổng hợp.")
    # No kind of document, and nothing of a report.
    assert not [text for text in texts if text.isupper() or "BÁO CÁO" in text]
    # So that no page has the signature alone.
    assert [line.paragraph_format.keep_with_next for line in lines[-2:]] == [None, True]
    style = word.styles["Report text"]
    assert style.paragraph_format.first_line_indent is not None
    assert style.paragraph_format.line_spacing == Pt(20)


def test_a_letter_of_a_state_body_has_its_form(run: Run, path: Path) -> None:
    word = _letter(run, path, "decree-30")
    head, _end = word.tables
    numbered = head.rows[1].cells[0].paragraphs
    assert [line.text for line in numbered] == [
        "Số: ……/……-……",
        "V/v đôn đốc thực hiện Nghị quyết A",
    ]
    assert _looks(numbered[1]) == (12, False, False)
    first = next(line for line in word.paragraphs if line.text)
    assert (first.text, _looks(first)) == ("Kính gửi: Công an phường", (14, False, False))
    assert "Độc lập - Tự do - Hạnh phúc" in [each.text for each in head.rows[0].cells[1].paragraphs]


def test_a_plain_letter_has_no_head(run: Run, path: Path) -> None:
    word = _letter(run, path, "plain", "ubnd p")
    assert word.tables == []
    texts = [line.text for line in word.paragraphs if line.text]
    assert texts[:3] == [
        "Đôn đốc thực hiện Nghị quyết A",
        "(Tính đến ngày 24/11/2026)",
        "Kính gửi: Ủy ban nhân dân phường",
    ]
    assert "- C2, Without one: chưa có số liệu tháng 11 năm 2026; số liệu gần nhất: 1,5%, " in (
        "\n".join(texts)
    )


def test_an_office_can_have_its_own_template_of_letters(run: Run, path: Path) -> None:
    for form in ("party-2026", "decree-30", "plain"):
        made = run("template", "--letter", "--form", form, "-o", "own.docx", "--force")
        assert (made.code, made.err) == (0, "Written to own.docx.\n")
        # As it is shipped, so that the letter is the same with it.
        text = _FILE.replace("[report]", f'[report]\nform = "{form}"')
        path.write_text(text, encoding="utf-8")
        words = ["chase", "--unit", "cap", "--force", "-o"]
        assert run(*words, "with.docx", "--template", "own.docx").code == 0
        assert run(*words, "without.docx").code == 0
        assert Path("with.docx").read_bytes() == Path("without.docx").read_bytes()
    refused = run("chase", "--unit", "cap", "--template", "own.docx")
    assert (refused.code, "only a Word file has a template" in refused.err) == (2, True)
    broken = run("chase", "-o", "letters", "--template", str(path))
    assert (broken.code, "it is no Word file" in broken.err) == (4, True)
    assert not Path("letters").exists()


def test_the_ward_is_chased_in_every_format(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    rows = _reminders(run, "-f", str(WARD))
    ids = [row["id"] for row in rows]
    assert len(ids) == len({*ids})
    csv = run("chase", "-f", str(WARD), "--format", "csv").out.splitlines()
    assert len(csv) == len(rows) + 1
    markdown = run("chase", "-f", str(WARD), "--format", "markdown").out
    assert markdown.count("\n- ") == len(rows)
    assert run("chase", "-f", str(WARD), "-o", "letters").code == 0
    assert len([*(tmp_path / "letters").iterdir()]) == len({row["unit"] for row in rows})


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE])
def test_hostile_names_of_units_and_titles_make_letters_that_can_be_read(
    run: Run, path: Path, text: str
) -> None:
    quoted = toml_text(text)
    head = _FILE.partition("[units]")[0]
    task = f'[[tasks]]\nid = "T1"\ntitle = {quoted}\nlead = {quoted}\ndue = 2026-11-01\n'
    path.write_text(head + task, encoding="utf-8")
    assert run("chase", "-o", "letters").code == 0
    [letter] = (path.parent / "letters").iterdir()
    assert len(letter.name.encode()) < 200
    assert not {*letter.name} & {*'<>:"/\\|?*\x1b\n'}
    assert "{{" not in "\n".join(
        line.text for line in docx.Document(io.BytesIO(letter.read_bytes())).paragraphs
    ).replace(text, "")
    shown = run("chase").out
    assert "\x1b" not in shown
