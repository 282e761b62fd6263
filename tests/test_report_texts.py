"""The texts of the report of one period, and a head that may be that of another."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, convert

from resolution_cli.domain.model import Term
from resolution_cli.domain.period import named, names_of
from resolution_cli.domain.values import PeriodName
from tests.support import NOW, Run

_FILE = """schema = 1
[resolution]
title = "x"
term.start = 2025-01-01
term.end = 2029-12-31

[report]
situation = "The same for all"
proposals = "None"
committee = "Ward"

[reports."2026-Q2"]
situation = "The second quarter"
number = "12-BC/ĐU"
date = 2026-07-05

# what the third one says
[reports."2026-Q3"]
situation = "The third quarter"
number = "15-BC/ĐU"
date = 2026-10-05
recipients = ["Archive"]

[reports.term]
situation = "The whole term"

[[tasks]]
id = "T1"
title = "Roads"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "tasks.toml"
    file.write_text(_FILE)
    return file


@pytest.mark.parametrize(
    ("words", "situation"),
    [
        (["--period", "2026-Q3"], "The third quarter"),
        (["--period", "quý III năm 2026"], "The third quarter"),
        (["--period", "last-quarter"], "The third quarter"),
        (["--from", "2026-07-01", "--to", "2026-09-30"], "The third quarter"),
        (["--period", "2026-Q2"], "The second quarter"),
        (["--period", "nhiệm kỳ"], "The whole term"),
        (["--period", "2026-09"], "The same for all"),
        (["--period", "2026-9M"], "The same for all"),
        (["--as-of", "2026-09-30"], "The same for all"),
        ([], "The same for all"),
    ],
)
def test_the_report_of_a_period_has_the_texts_of_that_period(
    run: Run, path: Path, words: list[str], situation: str
) -> None:
    result = run("report", *words, "--format", "markdown", "--file", str(path))
    assert (result.code, result.err) == (0, "")
    known = ("The third quarter", "The second quarter", "The whole term", "The same for all")
    assert [text for text in known if text in result.out] == [situation]
    assert "\n## V. Proposals\n\nNone\n" in result.out


def test_texts_of_a_period_count_for_the_days_of_its_cutoff(run: Run, path: Path) -> None:
    path.write_text(_FILE.replace("[report]", "settings.cutoff_day = 14\n\n[report]"))
    words = ("--format", "markdown", "--file", str(path))
    for start, end, situation in (
        ("2026-06-15", "2026-09-14", "The third quarter"),
        ("2026-07-01", "2026-09-30", "The same for all"),
    ):
        assert situation in run("report", "--from", start, "--to", end, *words).out


def test_an_update_leaves_the_texts_of_periods_as_they_are(run: Run, path: Path) -> None:
    assert run("update", "T1", "--note", "Begun", "--file", str(path)).code == 0
    assert path.read_text().startswith(_FILE)
    assert run("undo", "--yes", "--file", str(path)).code == 0
    assert path.read_text() == _FILE


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ('"Q3/2026"', "Did you mean 2026-Q3?"),
        ('"quý III năm 2026"', "Did you mean 2026-Q3?"),
        ('"2026-9"', "Did you mean 2026-09?"),
        ('"2026-q3"', "Did you mean 2026-Q3?"),
        ('"giữa nhiệm kỳ"', "Did you mean mid-term?"),
        ('"Term"', "Did you mean term?"),
        ('"2026-H3"', "Did you mean 2026-Q3 or 2026-H2 or 2026-H1?"),
        ('"last-month"', "The keys here are periods: 2026, 2026-H1, "),
        ("xyz", "The keys here are periods: 2026, 2026-H1, "),
    ],
)
def test_a_key_that_names_no_period_is_refused_with_the_nearest(
    run: Run, path: Path, key: str, hint: str
) -> None:
    path.write_text(_FILE.replace('[reports."2026-Q3"]', f"[reports.{key}]"))
    result = run("list", "--file", str(path))
    assert (result.code, result.out) == (5, "")
    assert f'line 18: [reports."{key.strip(chr(34))}"]: this key is not known' in result.err
    assert hint in result.err


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ('situatoin = "x"', '[reports."2026-Q3"], situatoin: this key is not known'),
        ("number = 15", '[reports."2026-Q3"], number: found 15'),
    ],
)
def test_what_is_wrong_in_the_texts_of_a_period_is_named(
    run: Run, path: Path, wrong: str, where: str
) -> None:
    path.write_text(_FILE.replace('number = "15-BC/ĐU"', wrong))
    result = run("list", "--file", str(path))
    assert result.code == 5
    assert f"line 20: {where}" in result.err


def test_periods_without_a_table_each_are_refused(run: Run, path: Path) -> None:
    path.write_text(_FILE.replace("[report]", 'reports = "x"\n[report]', 1))
    assert run("list", "--file", str(path)).code == 5
    path.write_text('reports = "x"\n' + _FILE.partition('[reports."2026-Q2"]')[0])
    result = run("list", "--file", str(path))
    assert 'expected a table for each period, such as [reports."2026-Q3"]' in result.err


@pytest.mark.parametrize(
    ("change", "period", "said"),
    [
        pytest.param(
            ("date = 2026-10-05", "date = 2026-09-29"),
            "2026-Q3",
            "The date of signing, 2026-09-29, is before the end of the period, 2026-09-30. "
            'Correct `date` in [reports."2026-Q3"].',
            id="signed before its end",
        ),
        pytest.param(
            ("date = 2026-10-05", "date = 2027-01-01"),
            "2026-Q3",
            "The date of signing, 2027-01-01, is after the end of the next period, 2026-12-31. "
            'Correct `date` in [reports."2026-Q3"].',
            id="signed after the next one",
        ),
        pytest.param(
            ('number = "15-BC/ĐU"', 'number = "12-BC/ĐU"'),
            "2026-Q3",
            "The number 12-BC/ĐU is also that of the report of 2026-Q2. "
            'Correct `number` in [reports."2026-Q3"].',
            id="the number of another",
        ),
        pytest.param(
            ('committee = "Ward"', 'date = 2026-07-05\nnumber = "12-BC/ĐU"'),
            "2026-08",
            "The date of signing, 2026-07-05, is before the end of the period, 2026-08-31. "
            'Write `date` of this report in [reports."2026-08"].\n'
            "The number 12-BC/ĐU is also that of the report of 2026-Q2, term. "
            'Write `number` of this report in [reports."2026-08"].',
            id="the constant ones",
        ),
    ],
)
def test_a_number_or_date_of_another_period_is_warned_of(
    run: Run, path: Path, change: tuple[str, str], period: str, said: str
) -> None:
    path.write_text(_FILE.replace(*change))
    words = ("report", "--period", period, "--file", str(path))
    result = run(*words, "--format", "markdown")
    assert (result.code, result.err) == (0, f"{said}\n")
    assert result.out
    assert run(*words).err == ""  # a screen shows neither number nor date


def test_signed_on_the_last_day_of_the_period_or_of_the_next_one_is_no_doubt(
    run: Run, path: Path
) -> None:
    for signed in ("2026-09-30", "2026-12-31"):
        path.write_text(_FILE.replace("date = 2026-10-05", f"date = {signed}"))
        words = ("report", "--period", "2026-Q3", "--format", "markdown", "--file", str(path))
        assert run(*words).err == ""


def test_check_names_the_number_and_the_date_of_another_period(run: Run, path: Path) -> None:
    assert "reports." not in run("check", "--file", str(path)).out
    path.write_text(_FILE.replace("15-BC/ĐU", "12-BC/ĐU").replace("2026-10-05", "2026-07-05"))
    result = run("check", "--file", str(path))
    assert result.code == 0
    assert (
        f'{path}:20: [reports."2026-Q3"], number: the number 12-BC/ĐU is also that of the report '
        "of 2026-Q2\n"
    ) in result.out
    assert (
        f'{path}:21: [reports."2026-Q3"], date: the date of signing, 2026-07-05, is before the '
        "end of the period, 2026-09-30\n"
    ) in result.out
    assert result.out.count("12-BC/ĐU") == 1  # once for the two


_TERM = Term(NOW.date(), NOW.date())


@given(st.sampled_from([*names_of(2026), "term", "mid-term"]), st.data())
def test_a_key_is_taken_if_and_only_if_it_is_the_name_that_its_period_has(
    name: str, data: st.DataObject
) -> None:
    assert convert(name, PeriodName) == name
    text = data.draw(st.text("0123456789-HQMterm ", max_size=8))
    period = named(text, _TERM, NOW.date())
    try:
        convert(text, PeriodName)
    except ValidationError:
        assert period is None or period.name != text
    else:
        assert period is not None
        assert period.name == text
