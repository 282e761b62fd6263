"""`tracker edit`: what changes in the plan, old and new, and what is refused."""

from pathlib import Path

import pytest

from tests.support import PLAN, SAMPLES, Run, data_of, item_of

SAMPLE = SAMPLES / "valid" / "targets.toml"


@pytest.fixture
def targets(tmp_path: Path) -> Path:
    """Return a copy of the sample with targets, found without `--file`."""
    path = tmp_path / "tasks.toml"
    path.write_bytes(SAMPLE.read_bytes())
    return path


def _lines_of(path: Path, target_id: str) -> str:
    """Return the lines of a target of the sample."""
    text = path.read_text(encoding="utf-8")
    return text[text.index(f'id = "{target_id}"') :].partition("\n\n[[")[0]


def test_an_edit_shows_old_and_new_and_changes_no_other_line(run: Run, plan: Path) -> None:
    words = ["--title", "Digital ward", "--summary", "All forms", "--start", "2025-03-01"]
    result = run("edit", "t1", *words)
    assert result == (
        0,
        (
            "T1  Digital transformation\n"
            "  title en  Digital transformation → Digital ward\n"
            "  summary   Forms on line → All forms\n"
            "  start     nothing → 2025-03-01\n"
            "Written to tasks.toml.\n"
        ),
        "",
    )
    changed = PLAN.replace('title.en = "Digital transformation"', 'title.en = "Digital ward"')
    changed = changed.replace('"Forms on line" # a', '"All forms" # a')
    changed = changed.replace("progress = 40\n", "progress = 40\nstart = 2025-03-01\n", 1)
    assert plan.read_text(encoding="utf-8") == changed


def test_a_text_is_edited_in_the_language_of_the_output(run: Run, plan: Path) -> None:
    assert run("edit", "T1", "--title", "Số hóa", "--lang", "vi").code == 0
    assert run("edit", "T2", "--title", "Đường", "--lang", "vi").code == 0
    titles = item_of(plan, "T1")["title"], item_of(plan, "T2")["title"]
    assert titles == ({"vi": "Số hóa", "en": "Digital transformation"}, "Đường")


def test_a_language_that_a_title_has_not_stands_behind_those_that_it_has(
    run: Run, plan: Path
) -> None:
    plan.write_text(PLAN.replace('title.en = "Digital transformation"\n', ""), encoding="utf-8")
    assert run("edit", "T1", "--title", "Digital").code == 0
    text = plan.read_text(encoding="utf-8")
    assert 'title.vi = "Chuyển đổi số"\ntitle.en = "Digital"\nsummary = ' in text


@pytest.mark.parametrize(
    ("target_id", "words", "new"),
    [
        ("C1", ["--plan", "2028=0,8"], "plan.2026 = 1.2\nplan.2028 = 0.8\nplan.2030 = 0.2"),
        ("C1", ["--plan", "2025=2"], "plan.2025 = 2\nplan.2026 = 1.2\nplan.2030 = 0.2"),
        ("C1", ["--plan", "2026=1"], "plan.2026 = 1\nplan.2030 = 0.2"),
        ("C1", ["--clear", "plan.2030"], "plan.2026 = 1.2\nitem"),
        ("C1", ["--clear", "base"], 'want = "at-most"\nplan.2026'),
        ("C1", ["--base", "2025-09-30=1,7"], "base.on = 2025-09-30\nbase.value = 1.7\n"),
        ("C1", ["--clear", "plan"], 'base.value = 1.8\nitem = "T1"'),
        ("C1", ["--want", "at-least"], 'unit = "%"\nbase.on'),
        ("C2", ["--plan", "2028=5"], "{ 2026 = 150, 2027 = 300, 2028 = 5, 2030 = 750 }"),
        ("C2", ["--clear", "plan.2027"], "plan = { 2026 = 150, 2030 = 750 }"),
        ("C2", ["--clear", "plan", "--clear", "base"], 'unit = "người"\nvalue = 95'),
        ("C2", ["--base", "2025-08-20=0"], "base = { on = 2025-08-20, value = 0 }"),
        ("C3", ["--clear", "kind"], 'unit = "tỷ đồng"\nplan.2026 = 1_200\nplan.2027 = 1300.5'),
        ("C6", ["--clear", "base"], "plan.2025 = 5\n"),
        ("C6", ["--base", "2025-09-01=4,5"], "[targets.base]\non = 2025-09-01\nvalue = 4.5"),
        ("C6", ["--clear", "plan.2025"], 'want = "above"\n\n[targets.base]'),
        ("C6", ["--plan", "2026=6"], "plan.2025 = 5\nplan.2026 = 6\n\n[targets.base]"),
        ("C8", ["--plan", "2027=80", "--plan", "2026=70"], "plan.2026 = 70\nplan.2027 = 80"),
        ("C8", ["--base", "2025-09-01=60"], 'unit = "%"\nbase.on = 2025-09-01\nbase.value = 60'),
        ("C8", ["--item", "t1", "--source", "NQ"], 'item = "T1"\nsource = "NQ"'),
        ("C8", ["--unit", "điểm", "--kind", "yearly"], 'unit = "điểm"\nkind = "yearly"'),
    ],
    ids=lambda value: "" if isinstance(value, str) and "=" in value else str(value),
)
def test_the_plan_of_a_target_is_edited_as_it_is_written(
    run: Run, targets: Path, target_id: str, words: list[str], new: str
) -> None:
    before = targets.read_text(encoding="utf-8")
    old = _lines_of(targets, target_id)
    assert run("edit", target_id, *words).code == 0
    assert new in _lines_of(targets, target_id)
    changed = targets.read_text(encoding="utf-8")
    assert changed.replace(_lines_of(targets, target_id), old) == before


def test_the_tables_of_an_inline_entry_are_made_where_they_are_missing(
    run: Run, plan: Path
) -> None:
    head = PLAN.partition("[[tasks]]")[0].replace("[resolution]\n", "").replace(
        "title =", "resolution.title ="
    ).replace("term.", "resolution.term.")  # fmt: skip
    plan.write_text(
        head + "targets = [\n  { id = 'C1', title = { vi = 'x' } }, # first\n]\n", encoding="utf-8"
    )
    words = ["--plan", "2027=1", "--base", "2025-09-01=0", "--title", "y", "--summary", "z"]
    assert run("edit", "C1", *words).code == 0
    assert data_of(plan)["targets"][0]["plan"] == {"2027": 1}
    assert data_of(plan)["targets"][0]["title"] == {"vi": "x", "en": "y"}
    assert data_of(plan)["targets"][0]["summary"] == {"en": "z"}
    assert "}, # first\n" in plan.read_text(encoding="utf-8")


def test_a_table_of_years_is_edited_and_taken_away_whole(run: Run, plan: Path) -> None:
    table = (
        '\n[[targets]]\nid = "C1"\ntitle = "x"\n\n[targets.plan] # by year\n2026 = 1\n2029 = 5\n'
    )
    head, header, tail = PLAN.partition("# The history.")
    plan.write_text(head + table + "\n" + header + tail, encoding="utf-8")
    assert run("edit", "C1", "--plan", "2028=3").code == 0
    assert "2026 = 1\n2028 = 3\n2029 = 5\n" in plan.read_text(encoding="utf-8")
    words = [word for year in (2026, 2028, 2029) for word in ("--clear", f"plan.{year}")]
    assert run("edit", "C1", *words).code == 0
    assert "plan" not in data_of(plan)["targets"][0]
    assert "# by year\n" in plan.read_text(encoding="utf-8")


def test_a_rehearsal_shows_the_edit_and_writes_nothing(run: Run, plan: Path) -> None:
    result = run("edit", "T2", "--title", "Bridges", "--dry-run")
    assert (result.code, result.out) == (
        0,
        "T2  Roads\n  title  Roads → Bridges\nNothing was written to tasks.toml.\n",
    )
    assert plan.read_bytes() == PLAN.encode()


REFUSED = [
    (["T9", "--title", "x"], 3, "There is no item 'T9'"),
    (["T1"], 2, "give an option with a new value"),
    (["--title", "x"], 2, "the id of the item or target is missing"),
    (["--dry-run"], 2, "the id of the item or target is missing"),
    (["T1", "--title", " "], 2, "the text cannot be empty"),
    (["T1", "--title", "Giảm nghèo bền vững"], 4, "T1: nothing would change"),
    (["T1", "--due", "2027-01-01"], 2, "an entry of the history: tracker update T1 --due …"),
    (["C1", "--value", "1"], 2, "an entry of the history: tracker update C1 --value …"),
    (["T1", "--unit", "%"], 2, "T1 has no --unit"),
    (["C1", "--start", "2027-01-01"], 2, "C1 has no --start"),
    (["T1", "--clear", "base"], 2, "T1 has no --base"),
    (["T1", "--clear", "title"], 2, "'title' is not valid; choose one of: summary, unit"),
    (["T1", "--clear", "due"], 2, "'due' is not valid; choose one of: summary, unit"),
    (["C1", "--clear", "plan.27"], 2, "'27' is not a year of four digits"),
    (["C1", "--clear", "plan.2029"], 4, "C1: its plan has no figure for 2029"),
    (["C1", "--clear", "base.on"], 2, "'base.on' is not valid"),
    (["C1", "--clear", "base", "--base", "2025-09-01=1"], 2, "--clear base contradicts an option"),
    (["C1", "--clear", "plan", "--plan", "2029=1"], 2, "--clear plan contradicts an option"),
    (
        ["C1", "--clear", "plan.2030", "--plan", "2030=1"],
        2,
        "--clear plan.2030 contradicts an option that sets it",
    ),
    (["C1", "--plan", "2031=0"], 4, "the year 2031 is outside the term"),
    (["C1", "--plan", "2027=NaN"], 2, "'NaN' is not a number"),
    (["C1", "--base", "2026-07-01=1"], 4, "it has a figure of 2026-06-30, before the day of its"),
    (["C5", "--base", "2026-11-01=1"], 4, "it has a figure of 2026-10-31, before the day of its"),
    (["C6", "--base", "2025-12-31=1"], 4, "the base, of 2025-12-31, is not before the end of the"),
    (["C1", "--item", "T7"], 3, "There is no item 'T7'"),
    (["C1", "--item", "C2"], 4, "C2 is neither a task nor a breakthrough"),
    (["C1", "--added", "2027-01-01"], 4, "2027-01-01 is in the future"),
    (["T1", "--start", "2025-01-01"], 4, "T1: the start, 2025-01-01, is outside the term"),
]


@pytest.mark.parametrize(
    ("words", "code", "said"), REFUSED, ids=[" ".join(words) for words, _code, _said in REFUSED]
)
def test_what_cannot_be_edited_is_refused_and_the_file_is_as_it_was(
    run: Run, targets: Path, words: list[str], code: int, said: str
) -> None:
    before = targets.read_bytes()
    result = run("edit", *words)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert targets.read_bytes() == before


def test_a_start_behind_the_due_date_or_the_day_of_completion_is_refused(
    run: Run, plan: Path
) -> None:
    result = run("edit", "T1", "--start", "2027-01-01")
    assert (result.code, plan.read_bytes()) == (4, PLAN.encode())
    assert "T1: the due date, 2026-12-31, is before the start, 2027-01-01." in result.err
    assert run("update", "B1", "--status", "done", "--on", "2026-08-01").code == 0
    assert "completion, 2026-08-01, is before" in run("edit", "B1", "--start", "2026-08-02").err
    assert run("edit", "B1", "--start", "2026-08-01").code == 0


def test_a_milestone_has_its_weight_edited(run: Run, plan: Path) -> None:
    assert run("add", "milestone", "a", "--of", "T2").code == 0
    result = run("edit", "T2.1", "--weight", "3", "--title", "b")
    assert (result.code, result.out) == (
        0,
        "T2.1  a\n  title   a → b\n  weight  1 → 3\nWritten to tasks.toml.\n",
    )
    assert item_of(plan, "T2")["milestones"][0]["weight"] == 3
    assert run("edit", "T2.1", "--clear", "weight").code == 0
    assert "weight" not in item_of(plan, "T2")["milestones"][0]
    assert run("edit", "T2", "--weight", "3").code == 2


@pytest.mark.usefixtures("plan")
def test_the_start_of_an_item_is_that_of_its_milestones(run: Run) -> None:
    assert run("add", "milestone", "a", "--of", "T2", "--due", "2026-12-31").code == 0
    result = run("edit", "T2", "--start", "2027-01-01")
    assert (result.code, result.out) == (4, "")
    assert "T2.1: the due date, 2026-12-31, is before the start, 2027-01-01." in result.err
    assert run("edit", "T2.1", "--start", "2027-01-01").code == 4
    assert run("edit", "T2.1", "--start", "2026-12-01").code == 0
    assert run("edit", "T2", "--start", "2027-01-01").code == 0


def test_what_was_wrong_before_keeps_no_other_edit_from_being_made(run: Run, targets: Path) -> None:
    text = targets.read_text(encoding="utf-8")
    targets.write_text(text.replace("plan.2030 = 0.2", "plan.2030 = 0.2\nplan.2040 = 0"))
    assert run("edit", "C1", "--title", "Poverty").code == 0
    assert run("edit", "C1", "--plan", "2041=0").code == 4
    assert run("edit", "C1", "--clear", "plan.2040").code == 0
