"""`tracker undo`: the file as it was before the update, byte for byte, or a refusal."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolution_cli.domain.model import Place
from resolution_cli.storage.document import DataText
from resolution_cli.storage.toml import UPDATES, parsed
from tests.generated import Sample, samples
from tests.support import PLAN, PLAN_WITHOUT_HISTORY, Run, data_of, examples


def test_an_empty_list_of_the_plan_is_put_back_as_one(run: Run, plan: Path) -> None:
    plan.write_text(plan.read_text().replace('title = "Roads"', 'title = "Roads"\ntags = []'))
    before = plan.read_bytes()
    assert run("update", "T2", "--tag", "t").code == 0
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == before


def test_undo_takes_the_last_update_back_byte_for_byte(run: Run, plan: Path) -> None:
    before = plan.read_bytes()
    run("update", "B1", "--progress", "10", "--lead", "Unit 7")
    run("update", "T1", "--note", "x")
    out = run("undo", "b1", "--yes").out
    assert "lead unit  Unit 7 → no lead unit yet" in out
    assert "Undone in tasks.toml." in out
    assert run("undo", "-y").code == 0
    assert plan.read_bytes() == before


def test_undo_asks_and_without_a_terminal_refuses(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("update", "T2", "--progress", "10")
    before = plan.read_bytes()
    result = run("undo")
    assert (result.code, plan.read_bytes()) == (4, before)
    assert "--yes" in result.err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    for answer in ("n\n", "\n", "", "x\n"):
        monkeypatch.setattr("sys.stdin.readline", lambda answer=answer: answer)
        result = run("undo")
        assert (result.code, result.err) == (4, "Error: Nothing was changed.\n")
        assert result.out.endswith("Undo this update? [y/N] " + ("" if answer else "\n"))
        assert plan.read_bytes() == before
    monkeypatch.setattr("sys.stdin.readline", lambda: "có\n")
    assert run("undo").code == 0
    assert plan.read_bytes() != before


def test_ctrl_c_at_the_question_changes_nothing(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted() -> str:
        raise KeyboardInterrupt

    before = plan.read_bytes()
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdin.readline", interrupted)
    result = run("undo")
    assert (result.code, result.err, result.out[-1], plan.read_bytes()) == (130, "", "\n", before)


def test_undo_of_nothing_is_refused(run: Run, plan: Path) -> None:
    result = run("undo", "t2", "--yes")
    assert (result.code, result.err.splitlines()[0]) == (4, "Error: T2 has no update to undo.")
    assert run("undo", "T9", "--yes").code == 3
    plan.write_text(plan.read_text().partition("[[updates]]")[0])
    result = run("undo", "--yes")
    assert (result.code, result.err.splitlines()[0]) == (
        4,
        "Error: The file has no update to undo.",
    )


def test_undo_of_an_empty_id_takes_back_nothing(run: Run, plan: Path) -> None:
    run("update", "T2", "--note", "x")
    before = plan.read_bytes()
    assert run("undo", "", "--yes").code == 3
    assert plan.read_bytes() == before


def test_undo_loses_nothing_that_was_written_by_hand(run: Run, plan: Path) -> None:
    run("update", "T2", "--progress", "10")
    plan.write_text(
        plan.read_text().replace("progress = 10\n\n[[break", "progress = 15\n\n[[break")
    )
    before = plan.read_bytes()
    result = run("undo", "--yes")
    assert (result.code, plan.read_bytes()) == (4, before)
    assert "changed by hand" in result.err


def test_undo_takes_back_nothing_where_entries_are_out_of_order(run: Run, plan: Path) -> None:
    entry = '\n[[updates]]\nitem = "T1"\non = 2026-05-01\nnote = "x"\n'
    plan.write_text(plan.read_text() + entry)
    before = plan.read_bytes()
    result = run("undo", "T1", "--yes")
    assert (result.code, result.out, plan.read_bytes()) == (4, "", before)
    assert "not in order of date" in result.err


def test_undo_removes_an_entry_from_a_history_that_is_one_value(run: Run, plan: Path) -> None:
    plan.write_text(PLAN_WITHOUT_HISTORY.replace("schema = 1", "schema = 1\nupdates = [] # none"))
    before = plan.read_bytes()
    assert run("update", "T2", "--note", "x").code == 0
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == before


_NEW = {
    "status": "done",
    "progress": 77,
    "lead": "New # 'one'",
    "product": "line\nline",
    "partners": ["X"],
    "tags": ["X", "Y"],
}


@settings(deadline=None, max_examples=examples(140))
@given(samples(), st.data())
def test_what_an_update_wrote_is_taken_back_byte_for_byte(
    sample: Sample, data: st.DataObject
) -> None:
    items = [
        (name, index)
        for name in ("tasks", "breakthroughs")
        for index in range(len(sample.data.get(name, ())))
    ]
    list_, index = data.draw(st.sampled_from(items))
    names = data.draw(st.lists(st.sampled_from([*_NEW]), min_size=1, max_size=4, unique=True))
    before = sample.data[list_][index]
    is_kept = all(_is_written_in_one_go(sample, (list_, index, name)) for name in names)

    text = DataText(parsed(sample.text))
    written = {name: text.set((list_, index, name), _NEW[name]) for name in names}
    was = {name: before[name] for name in names if name in before}
    entry = {"item": "T1", **{name: _NEW[name] for name in names}, **({"was": was} if was else {})}
    text.append_update(
        entry, {"was": {name: spelling for name, spelling in written.items() if spelling}}
    )

    number = len(sample.data.get(UPDATES, ()))
    spellings = text.spellings((UPDATES, number, "was"))
    for name in names:
        text.set((list_, index, name), before.get(name), spellings.get(name))
    text.remove_update(number)

    assert DataText(parsed(text.text)).value == sample.data | (
        {UPDATES: []} if text.value.get(UPDATES) == [] else {}
    )
    if is_kept:
        assert text.text == sample.text


def _is_written_in_one_go(sample: Sample, place: Place) -> bool:
    """Say whether undo gives back the bytes: not so for lists of several lines or of tables."""
    lines = [line.text for line in sample.lines if line.place == place]
    is_list = place[-1] in {"partners", "tags"}
    ends = {line.endswith("\r\n") for line in lines}
    places = sample.places()
    if ("tasks",) in places or (UPDATES,) in places:
        return False
    return len(lines) <= 1 or (not is_list and len(ends) == 1)


_SPELLINGS = [
    pytest.param("progress = 0x28", id="hexadecimal"),
    pytest.param("progress = 4_0", id="underscored"),
    pytest.param("progress = +40", id="signed"),
    pytest.param("progress\t=   40\t# of June", id="spaced"),
    pytest.param("progress=40#of June", id="tight"),
    pytest.param("'progress' = 40", id="quoted-key"),
    pytest.param("  progress = 40", id="indented"),
]


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("spelling", _SPELLINGS)
def test_a_number_is_restored_as_it_was_spelled(
    run: Run, plan: Path, spelling: str, end: str
) -> None:
    before = PLAN.replace("progress = 40\n", f"{spelling}\n", 1).replace("\n", end).encode()
    plan.write_bytes(before)
    assert run("update", "T1", "--progress", "60").code == 0
    assert data_of(plan)["updates"][-1]["was"] == {"progress": 40}
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == before


@pytest.mark.parametrize(
    "spelling",
    [
        pytest.param("'Văn phòng'", id="literal"),
        pytest.param('"V\\u0103n ph\\u00f2ng"', id="escapes"),
        pytest.param("'Văn # phòng'", id="literal-with-a-hash"),
        pytest.param('"""Văn\nphòng"""', id="several-lines"),
        pytest.param("'''\nVăn phòng'''", id="literal-on-several-lines"),
    ],
)
@pytest.mark.parametrize(
    "update", [["--lead", "Tư pháp"], ["--lead", "It's"], ["--lead", "x", "--status", "done"]]
)
def test_a_text_is_restored_as_it_was_spelled(
    run: Run, plan: Path, spelling: str, update: list[str]
) -> None:
    before = PLAN.replace('"Văn phòng"', f"{spelling}  # who", 1).encode()
    plan.write_bytes(before)
    for number in range(2):
        assert run("update", "T1", *update, "--note", str(number)).code == 0
    for _ in range(2):
        assert run("undo", "T1", "--yes").code == 0
    assert plan.read_bytes() == before


def test_a_list_is_restored_as_it_was_spelled(run: Run, plan: Path) -> None:
    before = PLAN.replace('["digital", "forms"]', "[ 'digital','forms', ] # tags").encode()
    plan.write_bytes(before)
    assert run("update", "T1", "--tag", "x").code == 0
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == before


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_last_line_without_an_end_has_none_again(run: Run, plan: Path, end: str) -> None:
    for text in (PLAN, PLAN_WITHOUT_HISTORY):
        before = text.rstrip().replace("\n", end).encode()
        plan.write_bytes(before)
        assert run("update", "B1", "--progress", "60").code == 0
        assert run("undo", "--yes").code == 0
        assert plan.read_bytes() == before


def test_a_comment_in_an_entry_keeps_the_end_of_its_line(run: Run, plan: Path) -> None:
    entry = '\n[[updates]]\nitem = "T1"\n# by hand\non = 2026-10-01 # beside\nnote = "n"\n'
    crlf = (PLAN + entry).replace("\n", "\r\n")
    plan.write_bytes(
        crlf.replace("# by hand\r\n", "# by hand\n").replace("# beside\r\n", "# beside\n").encode()
    )
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == PLAN.replace("\n", "\r\n").encode() + b"\r\n# by hand\n# beside\n"


def test_an_old_value_that_a_later_edit_by_hand_contradicts_is_not_restored(
    run: Run, plan: Path
) -> None:
    plan.write_text(PLAN.replace("due = 2026-12-31", "due = 2026-05-01"), encoding="utf-8")
    assert run("update", "T1", "--due", "2027-01-01").code == 0
    edited = plan.read_text(encoding="utf-8").replace(
        "due = 2027-01-01", "due = 2027-01-01\nstart = 2026-06-01", 1
    )
    plan.write_text(edited, encoding="utf-8")
    result = run("undo", "--yes")
    assert (result.code, result.out) == (4, "")
    assert "2026-05-01" in result.err
    assert "Traceback" not in result.err
    assert plan.read_text(encoding="utf-8") == edited


def test_a_value_changed_by_hand_is_restored_as_it_was_spelled(run: Run, plan: Path) -> None:
    before = PLAN.replace("progress = 40\n", "progress = 0x32 # by hand\n", 1).encode()
    plan.write_bytes(before)  # where the history last said 40
    assert run("update", "T1", "--progress", "60").code == 0
    entry = data_of(plan)["updates"][-1]
    assert (entry["progress"], entry["was"], entry["found"]) == (
        60,
        {"progress": 40},
        {"progress": 50},
    )
    assert run("undo", "--yes").code == 0
    assert plan.read_bytes() == before
