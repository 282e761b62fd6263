"""`tracker next`: which report closes when, and what it still lacks."""

import json
import shlex
from datetime import datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from resolution_cli.cli import clock
from resolution_cli.formats.registry import formats
from tests.support import LATER, WARD, Run
from tests.written import written_text

_FILE = """schema = 1
[resolution]
title.vi = "Nghị quyết"
title.en = "Resolution"
term.start = 2026-01-01
term.end = 2026-12-31

[report]
superior = "City"
committee = "Ward"
place = "Ward"
signature = "Secretary"
signer = "A"
recipients = ["Archive"]

[reports."2026-Q4"]
situation = "Good"
proposals = "None"
number = "1"
date = 2026-12-31

[[tasks]]
id = "T1"
title = "Roads"
lead = "Urban office"
status = "in-progress"
progress = 85

[[tasks]]
id = "T2"
title = "Schools"
lead = "Culture office"
due = 2026-11-01

[[tasks.milestones]]
id = "T2.1"
title = "Roof"
lead = "Urban office"
due = 2026-10-31

[[tasks]]
id = "T3"
title = "Finished"
status = "done"
done_on = 2026-03-01
progress = 100

[[tasks]]
id = "T4"
title = "Not begun"
start = 2026-12-01

[[tasks]]
id = "T5"
title = "Stopped"
status = "cancelled"

[[breakthroughs]]
id = "B1"
title = "Digital"

[[targets]]
id = "C1"
title = "Poor households"
lead = "Culture office"
plan.2026 = 1

[[targets]]
id = "C2"
title = "Without a plan"

[[updates]]
item = "T3"
on = 2026-03-01
status = "done"
progress = 100

[[updates]]
item = "T5"
on = 2026-03-01
status = "cancelled"
evidence = ["x"]

[[updates]]
item = "T1"
on = 2026-11-24
status = "in-progress"
progress = 85
note = "Begun"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "tasks.toml"
    file.write_text(_FILE)
    return file


def _lacks(run: Run, *words: str) -> list[tuple[str, str, str]]:
    """Return kind, unit and id, or key, of what `tracker next` names."""
    data = json.loads(run("next", *words, "--format", "json").out)
    return [(each["kind"], each["unit"], each["id"] or each["key"]) for each in data["lacks"]]


@pytest.mark.usefixtures("path")
def test_what_the_next_report_lacks_is_named_by_unit(run: Run) -> None:
    result = run("next")
    assert (result.code, result.err) == (0, "")
    assert (
        result.out
        == """\
Quarter IV of 2026, 2026-10-01 – 2026-12-31: closes in 37 days

 other reports        last day    days left
 ──────────────────────────────────────────
 month 11 of 2026     2026-11-30          6
 second half of 2026  2026-12-31         37
 year 2026            2026-12-31         37

Culture office: 3
  T2  Schools: no news in the period
      → tracker update T2 --note '…'
  T2  Schools: no cause given
      → tracker update T2 --cause '…' --note '…'
  C1  Poor households: no figure in the period
      → tracker update C1 --value '…'

Urban office: 1
  T2.1  Roof: no cause given
      → tracker update T2.1 --cause '…' --note '…'

No lead unit: 1
  B1  Digital: no news in the period
      → tracker update B1 --progress '…' --note '…'
"""
    )


@pytest.mark.parametrize(
    ("period", "keys"),
    [
        ("2026-Q4", []),
        ("2026-11", ["situation", "proposals", "number", "date"]),
        ("this-year", ["situation", "proposals", "number", "date"]),
    ],
)
def test_a_text_that_the_report_of_the_period_leaves_blank_is_named(
    run: Run, path: Path, period: str, keys: list[str]
) -> None:
    def blank() -> list[str]:
        return [key for kind, _unit, key in _lacks(run, "--period", period) if kind == "text"]

    assert blank() == keys
    path.write_text(_FILE.replace('signer = "A"\n', ""))
    assert blank() == [*keys, "signer"]
    path.write_text(_FILE.partition("[[targets]]")[0])  # without targets their text is all there is
    assert blank() == [*keys, "targets"]


@pytest.mark.usefixtures("path")
def test_only_the_lacks_of_a_lead_unit_are_named_where_one_is_asked_for(run: Run) -> None:
    wanted = [("cause", "Urban office", "T2.1")]
    assert _lacks(run, "--lead", "urban", "--period", "2026-11") == wanted
    assert run("next", "--lead", "nobody").out == (
        "Quarter IV of 2026, 2026-10-01 – 2026-12-31: closes in 37 days; nothing is lacking.\n"
    )


def _fulfil(run: Run, *words: str) -> int:
    """Run each command that `next` names until it names no more; return how many there were."""
    values = {"--progress": "10", "--note": "Went on", "--cause": "objective", "--value": "5"}
    count = 0
    while lacks := json.loads(run("next", *words, "--format", "json").out)["lacks"]:
        commands = [shlex.split(each["command"]) for each in lacks if each["kind"] != "text"]
        if not commands:
            break
        program, *command = commands[0]
        assert program == "tracker"
        assert run(*command).code == 2  # an ellipsis is no value
        filled = [
            values[option] if word == "…" else word
            for option, word in zip(["", *command], command, strict=False)
        ]
        result = run(*filled)
        assert result.code == 0, result.err
        count += 1
        assert count < 100, "a command that was run is named again"
    return count


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("period", ["2026-Q4", "2026-Q3", "2026-10", "term"])
def test_each_command_that_is_named_adds_what_is_lacking(run: Run, period: str) -> None:
    assert _fulfil(run, "--period", period) >= 3
    assert {kind for kind, _unit, _id in _lacks(run, "--period", period)} <= {"text"}
    assert run("check").code == 0


def test_a_target_whose_plan_is_over_needs_no_figure(run: Run, path: Path) -> None:
    before = "term.start = 2025-01-01\nsettings.cutoff_day = 14"
    text = _FILE.replace("term.start = 2026-01-01", before).replace("plan.2026", "plan.2025")
    path.write_text(text)
    for period, needed in (("2025", True), ("2025-12", True), ("2026-01", False), ("2026", False)):
        found = _lacks(run, "--period", period)
        assert (("figure", "Culture office", "C1") in found) is needed


@pytest.mark.parametrize("period", ["this-month", "last-quarter", "2027", "mid-term"])
def test_so_it_does_in_a_ward_of_many_items(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, period: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    (tmp_path / "tasks.toml").write_bytes(WARD.read_bytes())
    _fulfil(run, "--period", period)
    assert {kind for kind, _unit, _id in _lacks(run, "--period", period)} <= {"text"}
    assert run("check").code == 0


@pytest.mark.usefixtures("path")
def test_where_nothing_is_lacking_one_line_says_so(run: Run) -> None:
    _fulfil(run)
    assert run("next") == (
        0,
        "Quarter IV of 2026, 2026-10-01 – 2026-12-31: closes in 37 days; nothing is lacking.\n",
        "",
    )
    assert run("next", "--lang", "vi").out == (
        "Quý IV năm 2026, 01/10/2026 – 31/12/2026: còn 37 ngày đến ngày chốt; "
        "không còn thiếu nội dung nào.\n"
    )


@pytest.mark.parametrize(
    ("texts", "cutoff", "name"),
    [
        ("", "", "2026-11"),
        ("", "settings.cutoff_day = 25\n", "2026-11"),
        ("", "settings.cutoff_day = 14\n", "2026-12"),
        ('[reports."2026-Q1"]\n[reports."2026"]\n', "", "2026-Q4"),
        ('[reports."2026-H1"]\n', "", "2026-H2"),
        ("[reports.term]\n", "", "2026-11"),
    ],
)
def test_the_next_report_is_the_first_to_close_of_those_that_the_file_has_texts_of(
    run: Run, path: Path, texts: str, cutoff: str, name: str
) -> None:
    head, _, rest = _FILE.partition('[reports."2026-Q4"]')
    items = rest[rest.index("[[tasks]]") :]
    path.write_text(head.replace("\n[report]", f"{cutoff}\n[report]") + texts + items)
    data = json.loads(run("next", "--format", "json").out)
    assert data["period"]["name"] == name
    assert [each["days_left"] for each in data["closings"]] == sorted(
        each["days_left"] for each in data["closings"]
    )


@pytest.mark.parametrize(
    ("now", "names"),
    [
        ("2026-02-10", ["2026-02", "2026-Q1", "2026-H1", "2026-9M", "2026"]),
        ("2026-06-30", ["2026-06", "2026-Q2", "2026-H1", "2026-9M", "2026"]),
        ("2026-09-30", ["2026-09", "2026-Q3", "2026-9M", "2026-H2", "2026"]),
        ("2026-10-01", ["2026-10", "2026-Q4", "2026-H2", "2026"]),
        ("2025-12-31", []),
        ("2027-01-01", []),
    ],
)
def test_the_reports_that_close_are_those_of_the_day(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch, now: str, names: list[str]
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(f"{now}T09:00+07:00"))
    path.write_text(_FILE.partition("[[updates]]")[0])
    data = json.loads(run("next", "--format", "json").out)
    assert [each["name"] for each in data["closings"]] == names
    if not names:
        assert (data["period"], data["lacks"]) == (None, [])
        said = "No report is to come: the term is 2026-01-01 – 2026-12-31.\n"
        assert run("next") == (0, said, "")


@pytest.mark.usefixtures("path")
def test_news_counts_by_its_day_and_an_assignment_is_none(run: Run) -> None:
    def without_news(period: str) -> list[str]:
        return [found for kind, _unit, found in _lacks(run, "--period", period) if kind == "news"]

    assert without_news("2026-10") == ["T1", "T2", "B1"]
    run("update", "B1", "--lead", "Office", "--on", "2026-10-05")
    run("update", "T2.1", "--note", "Roof begun", "--on", "2026-10-31")
    assert without_news("2026-10") == ["T1", "B1"]
    run("update", "B1", "--note", "Begun", "--on", "2026-10-06")
    assert without_news("2026-10") == ["T1"]
    assert without_news("2026-11") == ["T2", "B1"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--period", "Q9"], "is not a period"),
        (["--period", "2027"], "outside the term"),
        (["--period", "2026-12"], "has not begun yet"),
    ],
)
@pytest.mark.usefixtures("path")
def test_a_period_without_a_report_is_refused(run: Run, words: list[str], says: str) -> None:
    result = run("next", *words)
    assert (result.code, result.out) == (2, "")
    assert says in result.err


@pytest.mark.usefixtures("path")
def test_the_json_is_as_its_schema_says(run: Run) -> None:
    schema = json.loads(run("schema", "--of", "next").out)
    Draft202012Validator.check_schema(schema)
    for words in ([], ["--period", "2026-11"], ["--lead", "x"]):
        data = json.loads(run("next", *words, "--format", "json").out)
        Draft202012Validator(schema).validate(data)


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("format_name", [known.name for known in formats("next")])
@pytest.mark.parametrize(
    ("language", "kind"), [("en", "no figure in the period"), ("vi", "chưa có số liệu trong kỳ")]
)
def test_every_format_names_what_is_lacking(
    run: Run, format_name: str, language: str, kind: str
) -> None:
    words = ("next", "--period", "2026-11", "--lang", language, "--format", format_name)
    written = written_text(run, *words).replace("&#160;", " ")
    said = "figure" if format_name in {"json", "csv"} else kind
    for text in ("C1", "situation", said, "Culture office"):
        assert text.casefold() in " ".join(written.split()).casefold(), text


@pytest.mark.usefixtures("path")
def test_a_text_of_the_report_is_named_in_words_and_by_its_key(run: Run) -> None:
    shown = run("next", "--period", "2026-11", "--lang", "vi").out
    assert "tình hình chung (situation); kiến nghị, đề xuất (proposals); số, ký hiệu (num" in shown


def test_a_hostile_title_is_text_in_it(run: Run, path: Path) -> None:
    path.write_text(_FILE.replace('title = "Digital"', 'title = "\\u001b[31mred <b>"'))
    assert "\x1b" not in run("next").out
    assert "<b>" not in run("next", "--format", "html").out
