"""What an update proposes to the superior level: in the file, in the history, in the report."""

import json
from pathlib import Path

from tests.support import Run


def test_a_proposal_stands_in_its_entry_and_in_the_history(run: Run, plan: Path) -> None:
    assert run("update", "T2", "--proposal", "Duyệt kinh phí").code == 0
    assert plan.read_text().endswith('by = "office"\nproposal = "Duyệt kinh phí"\n')
    assert "proposal  Duyệt kinh phí\n" in run("log", "T2").out
    assert "proposal  Duyệt kinh phí\n" in run("show", "T2").out
    newest, oldest = json.loads(run("log", "--format", "json").out)["updates"]
    assert newest["proposal"] == "Duyệt kinh phí"
    assert "proposal" not in oldest


def test_the_written_report_of_a_period_has_its_proposals_behind_the_text_of_the_office(
    run: Run, plan: Path
) -> None:
    run("update", "T1", "--proposal", "Earlier", "--on", "2026-10-01")
    run("update", "T2", "--proposal", "Duyệt kinh phí\nsớm", "--on", "2026-11-02")
    run("update", "B1", "--proposal", "Bố trí cán bộ *gấp*", "--on", "2026-11-20")
    words = ("report", "--period", "2026-11", "--format", "md")
    proposals = run(*words).out.partition("## V. Proposals\n")[2].partition("\n## ")[0]
    assert proposals == (
        "\n- T2, Roads: Duyệt kinh phí sớm.\n- B1, Officials: Bố trí cán bộ \\*gấp\\*.\n"
    )
    plan.write_text(
        plan.read_text().replace("[[tasks]]", '[report]\nproposals = "A"\n\n[[tasks]]', 1)
    )
    assert "## V. Proposals\n\nA\n\n- T2, Roads" in run(*words).out


def test_a_proposal_alone_is_a_report_and_is_kept_when_its_entry_is_amended(
    run: Run, plan: Path
) -> None:
    run("update", "T2", "--proposal", "Duyệt")
    assert "unreported" not in run("list", "--search", "Roads", "--format", "tsv").out
    assert run("amend", "T2", "--entry", "1", "--note", "Đã trình").code == 0
    assert 'proposal = "Duyệt"' in plan.read_text()
    amended = plan.read_text()
    assert run("amend", "T2", "--entry", "1", "--proposal", "Duyệt sớm").code == 0
    assert 'proposal = "Duyệt sớm"' in plan.read_text()
    assert "before: proposal Duyệt" in run("show", "T2").out
    entry = json.loads(run("log", "T2", "--format", "json").out)["updates"][0]
    assert entry["amended"][1]["proposal"] == "Duyệt"
    run("undo", "--yes")
    assert plan.read_text() == amended
    run("undo", "--yes")
    run("undo", "--yes")
    assert "proposal" not in plan.read_text()
