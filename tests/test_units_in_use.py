"""Units as they are typed, stored, compared and grouped: any spelling is its unit."""

import itertools
import json
import shlex
import unicodedata
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import openpyxl
import pytest
import tomli_w

from resolution_cli import i18n, matching
from resolution_cli.cli import clock
from resolution_cli.domain.verdict import Verdict
from resolution_cli.views import words
from tests.completion import answer
from tests.support import HOSTILE, LATER, WARD, Run, data_of

_COMMITTEE = "Ủy ban nhân dân phường"
_FILE = f"""schema = 1
[resolution]
title = "x"
term.start = 2026-01-01
term.end = 2030-12-31

[units]
"{_COMMITTEE}" = ["UBND P", "UBND phường"]
"Công an phường" = []
"Hội Nông dân" = []

[[tasks]]
id = "T1"
title = "Roads"
due = 2026-10-31
lead = "UBND P"
partners = ["công an phường", "Tổ dân phố 1"]

[[tasks]]
id = "T2"
title = "Order"
lead = "Công an phường"
partners = ["Ubnd  phuong"]

[[tasks]]
id = "T3"
title = "Water"

[[tasks.milestones]]
id = "T3.1"
title = "Wells"
lead = "UBND PHƯỜNG"

[[targets]]
id = "C1"
title = "Households"
lead = "ubnd p"
plan.2027 = 3

[[updates]]
item = "T1"
on = 2026-03-02
lead = "UBND P"
was = {{ lead = "{_COMMITTEE}" }}
note = "Spelled anew"
"""

_SPELLINGS = [
    pytest.param("UBND P", id="as-in-the-table"),
    pytest.param("ubnd  PHUONG", id="another-case-and-spaces"),
    pytest.param(unicodedata.normalize("NFD", _COMMITTEE), id="decomposed"),
    pytest.param("uỷ ban nhân dân\u00a0phường", id="accent-and-space"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "tasks.toml"
    file.write_text(_FILE, encoding="utf-8")
    return file


def _ids(run: Run, *arguments: str) -> list[str]:
    result = run(*arguments, "--format", "ids")
    assert (result.code, result.err) == (0, "")
    return result.out.split()


@pytest.mark.parametrize("spelling", _SPELLINGS)
def test_an_update_stores_the_name_of_a_unit_for_any_spelling(
    run: Run, path: Path, spelling: str
) -> None:
    words = ["--lead", spelling, "--partner", "hoi nong dan", "--partner", "Hội nông dân"]
    assert run("update", "T2", *words, "--partner", "Đoàn  phường").code == 0
    [update] = data_of(path)["updates"][1:]
    partners = ["Hội Nông dân", "Đoàn  phường"]  # one that is not known, as it was typed
    assert (update["lead"], update["partners"]) == (_COMMITTEE, partners)
    assert data_of(path)["tasks"][1]["lead"] == _COMMITTEE


@pytest.mark.parametrize("spelling", _SPELLINGS)
def test_what_is_added_has_the_name_of_a_unit_for_any_spelling(
    run: Run, path: Path, spelling: str
) -> None:
    assert run("add", "task", "Bridges", "--lead", spelling, "--partner", spelling).code == 0
    task = data_of(path)["tasks"][-1]
    assert (task["lead"], task["partners"]) == (_COMMITTEE, [_COMMITTEE])


def test_an_amendment_stores_the_name_of_a_unit(run: Run, path: Path) -> None:
    assert run("amend", "T1", "--entry", "1", "--lead", "hội nông dân").code == 0
    assert data_of(path)["updates"][0]["lead"] == "Hội Nông dân"
    assert data_of(path)["tasks"][0]["lead"] == "Hội Nông dân"


def test_another_spelling_in_the_file_can_be_replaced_by_the_name(run: Run, path: Path) -> None:
    assert run("update", "T1", "--lead", "ubnd p").code == 0
    assert data_of(path)["tasks"][0]["lead"] == _COMMITTEE
    # A second time there is nothing to change.
    refused = run("update", "T1", "--lead", "UBND phường")
    assert (refused.code, "T1: nothing would change." in refused.err) == (4, True)


def test_without_a_table_the_spelling_that_the_plan_has_is_stored(run: Run, plan: Path) -> None:
    assert run("update", "T2", "--lead", "VAN  PHONG").code == 0
    assert data_of(plan)["tasks"][1]["lead"] == "Văn phòng"


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["list", "--lead", "uy ban nhan dan phuong"], ["T1"]),
        (["list", "--lead", "UBND P", "--milestones"], ["T1", "T3.1"]),
        (["list", "--lead", "phường"], ["T1", "T2"]),  # a part of both
        (["list", "--lead", "ubnd"], ["T1"]),  # a part of another spelling
        (["list", "--lead", "Công an phường"], ["T2"]),
        (["list", "--lead", "Hội Nông dân"], []),
        (["list", "--partner", "UBND P"], ["T2"]),
        (["list", "--partner", "Công an phường"], ["T1"]),
        (["list", "--partner", "to dan pho"], ["T1"]),
        (["list", "--partner", "Đoàn"], []),
        (["list", "--verdict", "quá hạn"], ["T1"]),
        (["list", "--verdict", "overdue", "--verdict", "Chưa có báo cáo"], ["T1", "T2", "T3"]),
        (["list", "--verdict", "unreported", "--lead", "công an"], ["T2"]),
        (["targets", "--lead", "uỷ ban nhân dân phường"], ["C1"]),
        (["targets", "--lead", "Công an phường"], []),
    ],
)
def test_filters_take_any_spelling_of_a_unit(
    run: Run, path: Path, words: list[str], ids: list[str]
) -> None:
    assert path.exists()
    assert _ids(run, *words) == ids


def test_a_unit_of_the_table_is_that_unit_alone_and_any_other_text_a_part_of_a_name(
    run: Run, path: Path
) -> None:
    text = path.read_text(encoding="utf-8").replace("T2", "T9")
    path.write_text(text.replace('"Hội Nông dân" = []', '"Công an" = ["CA"]'), encoding="utf-8")
    assert _ids(run, "list", "--lead", "công an") == []
    assert _ids(run, "list", "--lead", "ca") == []
    assert _ids(run, "list", "--lead", "công") == ["T9"]


@pytest.mark.parametrize("spelling", _SPELLINGS)
def test_what_the_next_report_lacks_is_grouped_by_unit_and_not_by_spelling(
    run: Run, path: Path, spelling: str
) -> None:
    assert path.exists()
    rows = json.loads(run("next", "--period", "2026", "--format", "json").out)["lacks"]
    units = [(row["id"], row["unit"]) for row in rows if row["kind"] != "text"]
    # The third task has no lead; its milestone lacks nothing by itself.
    assert units == [
        ("T1", _COMMITTEE),
        ("C1", _COMMITTEE),
        ("T2", "Công an phường"),
        ("T3", None),
    ]
    of_unit = json.loads(run("next", "--lead", spelling, "--format", "json").out)["lacks"]
    assert {row["unit"] for row in of_unit} == {_COMMITTEE}


def test_lists_and_reports_have_the_name_of_a_unit_and_show_what_the_file_has(
    run: Run, path: Path
) -> None:
    assert path.exists()
    items = json.loads(run("list", "--format", "json").out)["items"]
    assert (items[0]["lead"], items[0]["partners"]) == (
        _COMMITTEE,
        ["Công an phường", "Tổ dân phố 1"],
    )
    assert "UBND P" not in run("report", "--format", "markdown").out
    # One item, and its history, are shown as they are in the file.
    assert json.loads(run("show", "T1", "--format", "json").out)["item"]["lead"] == "UBND P"
    assert "UBND P" in run("log").out


def test_another_spelling_is_no_change_in_a_report(run: Run, path: Path) -> None:
    assert path.exists()
    shown = run("report", "--period", "2026-Q1").out
    assert "Spelled anew" in shown
    assert "lead unit:" not in shown
    written = run("report", "--period", "2026-Q1", "--format", "markdown").out
    assert "UBND P" not in written
    assert run("report", "--period", "2026-Q1", "-o", "report.xlsx").code == 0
    [update] = [*openpyxl.load_workbook("report.xlsx")["Updates"].values][1:]
    assert "Spelled anew" in update
    assert not [cell for cell in update if cell and "lead" in str(cell)]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", [_COMMITTEE, "Công an phường", "Hội Nông dân", "Tổ dân phố 1"]),
        ("Công", ["Công an phường"]),
        ("cong", ["công an phường"]),
        ("CA", []),
        ("UBND", []),
    ],
)
def test_completion_offers_the_names_of_units(
    run: Run, path: Path, typed: str, offered: list[str]
) -> None:
    assert path.exists()
    quoted = {"công an phường": "cong an phường"}
    for command in (
        "update T1 --lead ",
        "add task x --partner ",
        "list --partner ",
        "next --lead ",
    ):
        out = answer(run, "fish", f"tracker {command}{typed}").out
        assert out.split("\n")[:-1] == ([quoted.get(name, name) for name in offered] or [""])


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_verdict_that_is_printed_can_be_typed(run: Run, plan: Path, language: str) -> None:
    assert plan.exists()
    for verdict in Verdict:
        i18n.use_language(language)
        name = words.verdict_name(verdict)
        assert run("list", "--verdict", name, "--lang", language).code == 0
        assert run("list", "--verdict", verdict.value, "--lang", language).code == 0
    refused = run("list", "--verdict", "overdeu")
    assert (refused.code, "Did you mean overdue?" in refused.err) == (2, True)


@pytest.mark.parametrize("span", [[], ["--period", "2027"], ["--as-of", "2026-09-30"]], ids=str)
def test_the_reports_of_the_units_add_up_to_that_of_all(
    run: Run, monkeypatch: pytest.MonkeyPatch, span: list[str]
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)

    def reported(*words: str) -> dict[str, Any]:
        result = run("report", *span, *words, "--format", "json", "-f", str(WARD))
        assert result.code == 0
        data: dict[str, Any] = json.loads(result.out)
        return data

    whole = reported()
    leads = dict.fromkeys(each["lead"] for each in (*whole["items"], *whole["targets"]))
    parts = [reported("--lead", lead) for lead in leads]
    assert [part["lead"] for part in parts] == [*leads]
    assert "lead" not in whole
    for name in ("items", "milestones", "targets"):
        ids = [each["id"] for part in parts for each in part.get(name, ())]
        assert sorted(ids) == sorted(each["id"] for each in whole[name])
    for part in parts:
        assert {each["lead"] for each in part["items"]} <= {part["lead"]}
        *_kinds, total = part["counts"]
        assert total["total"] == len(part["items"]) == sum(total["by_status"].values())
    for name in ("open_before", "open_after", "unrecorded"):
        if whole["period"]:
            assert sum(part["period"][name] for part in parts) == whole["period"][name]


def test_a_report_of_one_unit_says_whose_it_is_and_what_it_leaves_out(run: Run, path: Path) -> None:
    path.write_text(_FILE + '\n[report]\nsituation = "Of all"\nnumber = "12-BC/ĐU"\n')
    result = run("report", "--lead", "ubnd p", "--format", "markdown")
    assert (result.code, f"lead unit: {_COMMITTEE}" in result.out) == (0, True)
    assert "12-BC" not in result.out
    assert "Of all" not in result.out
    assert "Order" not in result.out
    assert (
        "1 milestone that Ủy ban nhân dân phường leads is of an item of another unit, and not in "
        "this report: T3.1.\n"
    ) in result.err
    assert f"lead unit: {_COMMITTEE}" in run("report", "--lead", "ubnd p").out
    assert "It leads no item." in run("report", "--lead", "Hội Nông dân").out


def test_a_report_of_a_unit_that_is_not_there_names_those_that_are(run: Run, path: Path) -> None:
    assert path.exists()
    result = run("report", "--lead", "Đoàn phường")
    assert (result.code, result.out) == (3, "")
    assert result.err == (
        "Error: There is no unit 'Đoàn phường'.\n"
        f"Hint: The units are: {_COMMITTEE}; Công an phường; Hội Nông dân; Tổ dân phố 1.\n"
    )


@pytest.mark.parametrize("command", [["update", "T3"], ["add", "task", "Bridges"]], ids=["u", "a"])
def test_a_new_unit_that_nearly_is_a_known_one_is_taken_and_named_on_stderr(
    run: Run, path: Path, command: list[str]
) -> None:
    result = run(*command, "--lead", "CA phường", "--partner", "Đoàn phường")
    assert (result.code, result.err) == (
        0,
        "'CA phường' is taken as a new unit. Did you mean Công an phường?\n",
    )
    assert "CA phường" in path.read_text(encoding="utf-8")
    assert run(*command, "--lead", "Đoàn phường").err == ""


def _advised(run: Run) -> list[tuple[str, str]]:
    """Return what `check` says of units, each with the line of its hint."""
    lines = run("check").out.splitlines()
    pairs = itertools.pairwise(lines)
    words = ("another spelling", "this unit leads nothing")
    return [
        (line.partition(": ")[2].strip(), hint.strip("→ "))
        for line, hint in pairs
        if any(word in line for word in words)
    ]


def test_check_names_a_unit_that_leads_nothing(run: Run, path: Path) -> None:
    assert path.exists()
    assert _advised(run) == [
        (
            "[units], Hội Nông dân: this unit leads nothing",
            "Give it something with tracker update ID --lead, or delete the line.",
        )
    ]
    for option in ("--partner", "--lead"):  # a partner's spellings are of use too
        assert run("update", "T3", option, "hội nông dân").code == 0
        assert _advised(run) == []
        assert run("undo", "--yes").code == 0


_DOUBT = "may be another spelling of"


@pytest.mark.parametrize(
    ("leads", "advised"),
    [
        pytest.param(
            ["Công an phường", "CA phường", "Công an phường"],
            [(f"T1, lead: 'CA phường' {_DOUBT} 'Công an phường'", "T1 --lead 'Công an phường'")],
            id="the-rarer-one",
        ),
        pytest.param(
            ["Văn phòng", "Văn phògn", "Đảng ủy", "Văn phògn"],
            [(f"T0, lead: 'Văn phòng' {_DOUBT} 'Văn phògn'", "T0 --lead 'Văn phògn'")],
            id="also-where-that-is-the-right-one",
        ),
        pytest.param(
            ["Thôn Đông", "Thôn Đồng", "thon dong"],
            [
                (f"T1, lead: 'Thôn Đồng' {_DOUBT} 'Thôn Đông'", "T1 --lead 'Thôn Đông'"),
                (
                    f"T2, lead: 'thon dong' {_DOUBT} 'Thôn Đông' or 'Thôn Đồng'",
                    "T2 --lead '…'",
                ),
            ],
            id="accents",
        ),
        pytest.param(["Công an", "cong  an", "CÔNG AN"], [], id="spellings-of-one"),
        pytest.param(["Tổ dân phố 1", "Tổ dân phố 2", "Đảng ủy", "Đảng bộ"], [], id="others"),
    ],
)
def test_check_names_a_lead_that_nearly_is_another_and_the_command_that_settles_it(
    run: Run, path: Path, leads: list[str], advised: list[tuple[str, str]]
) -> None:
    head = _FILE.partition("[units]")[0]
    tasks = [
        f'[[tasks]]\nid = "T{number}"\ntitle = "x"\nlead = "{lead}"\n'
        for number, lead in enumerate(leads)
    ]
    path.write_text(head + "\n".join(tasks), encoding="utf-8")
    assert _advised(run) == [
        (f"{said}; if not, have both in [units]", f"tracker update {command}")
        for said, command in advised
    ]
    for _said, command in advised:
        if "…" not in command:
            assert run("update", *shlex.split(command)).code == 0
    # Both in the table are two units, as they are meant.
    rows = "".join(f'"{lead}" = []\n' for lead in dict.fromkeys(leads) if lead != "thon dong")
    if advised:
        path.write_text(f"{head}[units]\n{rows}\n" + "\n".join(tasks), encoding="utf-8")
        assert run("list").code == 0
        doubts = [said for said, _command in advised if "thon dong" in said]
        assert [said.partition(";")[0] for said, _hint in _advised(run)] == doubts


def test_another_spelling_written_by_hand_is_no_error(run: Run, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('lead = "UBND P"\npartners', 'lead = "ubnd phường"\npartners'))
    assert "Errors" not in run("check").out
    path.write_text(text.replace('lead = "UBND P"\npartners', 'lead = "Đoàn"\npartners'))
    assert "found Đoàn, but the history's latest value is UBND P" in run("check").out


def test_units_whose_names_differ_in_a_number_are_not_compared_letter_by_letter(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = _FILE.partition("[units]")[0]
    tasks = (
        f'[[tasks]]\nid = "T{n}"\ntitle = "x"\nlead = "Ban {"abcdefghij"[n % 10]}{n}"\n'
        for n in range(80)
    )
    path.write_text(head + "\n".join(tasks), encoding="utf-8")
    compared = Mock(side_effect=matching._distance)  # noqa: SLF001  # what takes the time
    monkeypatch.setattr(matching, "_distance", compared)
    assert run("check").code == 0
    assert run("list", "--lead", "Ban a10").code == 0
    assert compared.call_count == 0


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE])
def test_hostile_names_of_units_are_names(run: Run, path: Path, text: str) -> None:
    units = {text: ["UBND P"], "Công an phường": [text + " x"]}
    task = '\n[[tasks]]\nid = "T1"\ntitle = "x"\nlead = "Công an phườgn"\n'
    head = _FILE.partition("[units]")[0]
    path.write_text(head + tomli_w.dumps({"units": units}) + task, encoding="utf-8")
    checked = run("check")
    assert (checked.code, "\x1b" in checked.out) == (0, False)
    assert "may be another spelling of 'Công an phường'" in checked.out
    assert run("update", "T1", "--lead", "ubnd p").code == 0
    assert data_of(path)["tasks"][0]["lead"] == text
    assert run("list", "--lead", "UBND P", "--format", "ids").out == "T1\n"
    assert run("report", "--lead", "ubnd p").code == 0
    assert run("check").code == 0
