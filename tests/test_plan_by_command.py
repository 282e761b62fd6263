"""A plan built up by commands alone, from an empty file to its report."""

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from resolution_cli.cli import main
from tests.generated import Sample, comments, missing, read, samples
from tests.support import NOW, UNSAFE, Prove, Run, data_of, examples, hostile, started_tracker

_START = ("--blank", "--title", "Kế hoạch", "--start", "2025-08-15", "--end", "2030-12-31")

_PATIENT = """
import sys
from resolution_cli.cli import main
from resolution_cli.storage import locking

locking.LONGEST_WAIT = 60  # how fast the machine is does not matter here
sys.exit(main(sys.argv[1:]))
"""

PLAN = (
    ("add", "task", "Chuyển đổi số", "--lead", "Văn phòng", "--due", "2027-12-31"),
    ("add", "task", "Giảm nghèo", "--lead", "Phòng Kinh tế", "--due", "2030-12-31"),
    ("add", "milestone", "Hạ tầng", "--of", "T1", "--added", "2025-08-15", "--due", "2026-06-30"),
    ("add", "milestone", "Phần mềm", "--of", "T1", "--added", "2025-08-15", "--weight", "3"),
    ("add", "milestone", "Hộ cận nghèo", "--of", "T2"),
    (
        *("add", "target", "Tỷ lệ hộ nghèo", "--unit", "%", "--want", "không quá", "--item", "T2"),
        *("--base", "2025-08-15=1,8", "--plan", "2026=1,2", "--plan", "2030=0,2"),
        *("--lead", "Phòng Kinh tế", "--added", "2025-08-15"),
    ),
    ("update", "T1.1", "--status", "done", "--on", "2026-06-20", "--evidence", "BB-1"),
    ("update", "T1.2", "--status", "in-progress", "--on", "2026-07-01"),
    ("update", "T2.1", "--note", "Rà soát"),
    ("update", "C1", "--value", "1,3", "--on", "2026-06-30"),
    ("edit", "C1", "--plan", "2028=0,8", "--source", "NQ-1"),
    ("edit", "T1.2", "--weight", "4"),
    ("edit", "T2", "--title", "Giảm nghèo bền vững", "--summary", "Không còn hộ nghèo"),
)  # fmt: skip


def test_a_plan_is_built_up_by_commands_until_check_finds_no_error(
    run: Run, tmp_path: Path
) -> None:
    assert run("init", *_START).code == 0
    path = tmp_path / "data" / "tasks.toml"
    blank = path.read_text(encoding="utf-8")
    for words in PLAN:
        result = run(*words)
        assert (result.code, result.err) == (0, ""), words
        assert path.read_text(encoding="utf-8").startswith(blank)
    data = data_of(path)
    assert [item["id"] for item in data["tasks"]] == ["T1", "T2"]
    assert [each["id"] for each in data["tasks"][0]["milestones"]] == ["T1.1", "T1.2"]
    assert data["targets"][0]["plan"] == {"2026": 1.2, "2028": 0.8, "2030": 0.2}
    checked = run("check")
    assert (checked.code, "Errors" in checked.out) == (0, False)
    assert "20%" in run("show", "T1").out  # 1 of 5
    report = run("report")
    assert (report.code, report.err) == (0, "")
    assert "Giảm nghèo bền vững" in report.out


_TEXTS = st.sampled_from(["Chợ đêm", '"', "# no comment", "[[tasks]]", "'''", "\\", "đ" * 300])
_OPTIONS = {"partners": "partner", "tags": "tag"}
_ADDITIONS = st.tuples(
    st.sampled_from(["task", "breakthrough", "milestone", "target"]),
    _TEXTS,
    st.sampled_from([{}, {"partners": ["A # b"]}, {"tags": ["x", '"']}]),
    st.integers(0, 3),
)


@settings(max_examples=examples(60))
@given(sample=samples(), additions=st.lists(_ADDITIONS, min_size=1, max_size=5))
def test_any_sequence_of_additions_gives_the_plan_and_the_new_entries(
    tmp_path: Path, sample: Sample, additions: list[tuple[str, str, dict[str, list[str]], int]]
) -> None:
    path = tmp_path / "tasks.toml"
    path.write_bytes(sample.text.encode())
    assume(all("title" in item for item in sample.data["tasks"]))  # values of the top have none
    meant = sample.data
    for kind, title, facts, index in additions:
        words = [f"--{_OPTIONS[name]}={part}" for name, value in facts.items() for part in value]
        parent = meant["tasks"][index % len(meant["tasks"])]
        words += [f"--of={parent['id']}"] if kind == "milestone" else []
        before = path.read_bytes()
        code = main(["add", kind, title, *words, "--file", str(path)])
        if kind == "milestone" and parent.get("status") in {"done", "cancelled"}:
            assert (code, path.read_bytes()) == (4, before)
            continue
        assert code == 0
        list_ = parent if kind == "milestone" else meant
        new = read(path.read_bytes().decode())
        entries = list_.setdefault(f"{kind}s", [])
        found = new["tasks"][index % len(meant["tasks"])] if kind == "milestone" else new
        entry = found[f"{kind}s"][-1]
        assert entry["title"] in (title, {"en": title})
        known = [each["id"] for each in entries]
        assert entry["id"] not in known
        entries.append({"id": entry["id"], "title": entry["title"], **facts, "added": NOW.date()})
        assert {"updates": [], **new} == {"updates": [], **meant}
    text = path.read_bytes().decode()
    assert comments(text) == comments(sample.text)
    assert missing([line.text for line in sample.lines if line.text], text) == []


@pytest.mark.proof
def test_what_several_people_add_at_once_gets_ids_of_its_own(plan: Path, prove: Prove) -> None:
    count = 12
    started = [
        started_tracker("add", "task", f"Task {number}", cwd=plan.parent, program=_PATIENT)
        for number in range(count)
    ]
    for process in started:
        out, err = process.communicate(timeout=120)
        assert (process.returncode, err) == (0, ""), out
    data = data_of(plan)
    assert [item["id"] for item in data["tasks"]] == [f"T{n}" for n in range(1, count + 3)]
    assert len({str(item["title"]) for item in data["tasks"]}) == count + 2
    prove("concurrent additions", count)


@hostile
def test_a_hostile_text_is_written_and_shown_safely_or_refused(
    run: Run, plan: Path, text: str
) -> None:
    for words in (
        ("add", "task", text, "--lead", text, "--product", text, "--tag", text),
        ("add", "target", "x", "--unit", text, "--summary", text, "--source", text, "--lead", text),
        ("edit", "T1", "--title", text, "--summary", text),
    ):
        before = plan.read_bytes()
        result = run(*words)
        assert result.code in (0, 2)
        assert not UNSAFE & set(result.out.replace("\n", ""))
        assert not UNSAFE & set(result.err.replace("\n", ""))
        if result.code:
            assert plan.read_bytes() == before
    assert run("list").code == 0
