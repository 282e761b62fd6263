"""`tracker list`."""

import json
import os
import unicodedata
from pathlib import Path

import pytest

from tests.support import PLAN, Run, assert_expected


@pytest.mark.usefixtures("plan")
def test_the_table_shows_title_lead_progress_verdict_and_due_by_kind(run: Run) -> None:
    result = run("list")
    assert (result.code, result.err) == (0, "")
    assert_expected("list.txt", result.out)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param([], ["T1", "T2", "B1"], id="none"),
        pytest.param(["--kind", "task"], ["T1", "T2"], id="kind"),
        pytest.param(["--kind", "Khâu đột phá"], ["B1"], id="kind-in-vietnamese"),
        pytest.param(["--status", "doing"], ["T1"], id="status"),
        pytest.param(
            ["--status", "doing", "--status", "not_started"], ["T1", "T2", "B1"], id="two-statuses"
        ),
        pytest.param(["--lead", "van phong"], ["T1"], id="lead-without-accents"),
        pytest.param(["--tag", "FORMS"], ["T1"], id="tag-in-another-case"),
        pytest.param(["--tag", "form"], [], id="tag-is-whole"),
        pytest.param(["--search", "chuyen doi so"], ["T1"], id="title-without-accents"),
        pytest.param(
            ["--search", unicodedata.normalize("NFD", "đổi số")], ["T1"], id="title-decomposed"
        ),
        pytest.param(
            ["--search", unicodedata.normalize("NFC", "ĐỔI SỐ")],
            ["T1"],
            id="title-composed-capitals",
        ),
        pytest.param(["--search", "on LINE"], ["T1"], id="summary"),
        pytest.param(["--search", "bieu mau"], ["T1"], id="note"),
        pytest.param(
            ["--kind", "task", "--status", "not-started", "--search", "o"], ["T2"], id="combined"
        ),
    ],
)
def test_filters_narrow_the_list(
    run: Run, plan: Path, filters: list[str], expected: list[str]
) -> None:
    result = run("list", "--format", "tsv", "-f", str(plan), *filters)
    assert [line.split("\t")[0] for line in result.out.splitlines()[1:]] == expected
    assert result.code == 0


def test_filters_find_a_text_as_it_is_seen(run: Run, plan: Path) -> None:
    titles = {
        "no-break": "Cải\\u00a0cách số",
        "narrow": "Cải\\u202fcách số",
        "twice": "Cải  cách số",
        "tab": "Cải\\tcách số",
        "zero": "Cải \\u200bcách số",
        "soft": "Cả\\u00adi cách số",
        "lines": "Cải\\ncách số",
    }
    tasks = "".join(
        f'[[tasks]]\nid = "{name}"\ntitle = "{title}"\n' for name, title in titles.items()
    )
    facts = 'lead = "Phòng\\u00a0Kinh tế"\ntags = ["Ðô\\u2009thị"]\n'
    unit = f'[[tasks]]\nid = "unit"\ntitle = "x"\n{facts}'
    plan.write_text(PLAN.partition("[[tasks]]")[0] + tasks + unit)
    for words in ("cai cach so", " Cải cách  số ", "CẢI\u00a0CÁCH SỐ"):
        assert run("list", "--search", words, "--format", "ids").out.split() == [*titles]
    assert run("list", "--lead", "phong kinh te", "--format", "ids").out == "unit\n"
    assert run("list", "--tag", "đô thị", "--format", "ids").out == "unit\n"


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    "words", [["--status", "chưa hoàn thành"], ["--status", "unfinished"], ["--overdue"]]
)
def test_a_word_that_is_no_typing_error_gets_no_guess(run: Run, words: list[str]) -> None:
    result = run("list", *words)
    assert (result.code, "Did you mean" in result.err) == (2, False)


@pytest.mark.usefixtures("plan")
def test_an_empty_result_says_so(run: Run) -> None:
    assert run("list", "--search", "nothing like it") == (0, "No item matches.\n", "")


def test_a_file_without_items_says_so(run: Run, plan: Path) -> None:
    plan.write_text(
        'schema = 1\n[resolution]\ntitle = "x"\nterm.start = 2025-01-01\nterm.end = 2026-01-01\n'
    )
    assert run("list") == (0, "The file has no items yet.\n", "")


@pytest.mark.usefixtures("plan")
def test_json_has_every_fact_and_the_verdict(run: Run) -> None:
    data = json.loads(run("list", "--format", "json").out)
    assert (data["schema"], data["as_of"], [item["id"] for item in data["items"]]) == (
        1,
        "2026-11-24",
        ["T1", "T2", "B1"],
    )
    assert data["items"][0] == {
        "id": "T1",
        "kind": "task",
        "title": "Digital transformation",
        "summary": "Forms on line",
        "status": "in-progress",
        "progress": 40,
        "start": None,
        "due": "2026-12-31",
        "done_on": None,
        "lead": "Văn phòng",
        "partners": [],
        "product": None,
        "tags": ["digital", "forms"],
        "verdict": "behind",
        "outcome": "not-done-in-time",
        "days": None,
        "points": 54,
        "stale": True,
        "updates": 1,
        "last_update": "2026-06-01",
    }


def test_tsv_never_breaks_its_columns(run: Run, plan: Path) -> None:
    plan.write_text(
        plan.read_text().replace('title = "Roads"', 'title = "Ro\\tads\\n2\\u001b[31m"')
    )
    lines = run("list", "--format", "tsv").out.split("\n")
    assert lines[0] == "id\tkind\ttitle\tstatus\tprogress\tdue\tlead\tverdict"
    assert lines[2] == "T2\ttask\tRo ads 2␛[31m\tnot-started\t0\t\t\tunreported"
    assert len(lines) == 5


def test_a_text_that_one_language_lacks_is_shown_in_the_other(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan.write_text(plan.read_text().replace('title = "Roads"', 'title.en = "Roads"'))
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert [
        line.split("\t")[2] for line in run("list", "--format", "tsv").out.splitlines()[1:]
    ] == ["Chuyển đổi số", "Roads", "Officials"]


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(
            ["--status", "ready"],
            "'ready' is not valid; choose one of: "
            "not-started, in-progress, blocked, done, cancelled.",
            id="status",
        ),
        pytest.param(["--status", "blokced"], "Did you mean blocked?", id="nearest-status"),
        pytest.param(
            ["--status", "hoan thanhh"], "Did you mean done?", id="nearest-status-in-vietnamese"
        ),
        pytest.param(["--kind", "breakthru"], "Did you mean breakthrough?", id="kind"),
        pytest.param(
            ["--format", "xml"],
            "'xml' is not a format of this command; choose one of: text, json",
            id="format",
        ),
        pytest.param(["--search", " "], "the text cannot be empty", id="empty-search"),
        pytest.param(
            ["--search", "\u200b\u00a0"],
            "the text cannot be empty",
            id="search-that-cannot-be-seen",
        ),
    ],
)
def test_a_wrong_filter_names_the_right_ones(run: Run, arguments: list[str], says: str) -> None:
    result = run("list", *arguments)
    assert (result.code, result.out) == (2, "")
    assert says in " ".join(result.err.split())


def test_the_shipped_resolution_is_listed_where_there_is_no_file(run: Run) -> None:
    result = run("list", "--format", "tsv")
    assert result.code == 0
    assert len(result.out.splitlines()) == 11
    assert "showing the shipped resolution" in result.err
    assert "tracker init" in result.err


def test_the_nearest_file_is_found_from_a_folder_below(run: Run, plan: Path) -> None:
    below = plan.parent / "a" / "b"
    below.mkdir(parents=True)
    os.chdir(below)
    assert "Roads" in run("list").out


def test_the_environment_names_the_file(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = plan.parent / "other.toml"
    other.write_text(plan.read_text().replace("Roads", "Bridges"))
    monkeypatch.setenv("TRACKER_FILE", str(other))
    assert "Bridges" in run("list").out
    assert "Roads" in run("list", "--file", str(plan)).out
