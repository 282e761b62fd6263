"""`tracker show`."""

from pathlib import Path

import pytest

from tests.support import Run, assert_expected


@pytest.mark.usefixtures("plan")
def test_everything_about_an_item_is_shown_history_newest_first(run: Run) -> None:
    run(
        "update",
        "T1",
        "--progress",
        "55",
        "--note",
        "line one\nline two",
        "--evidence",
        "QĐ 12, 01/11/2026",
    )
    result = run("show", "t1")
    assert (result.code, result.err) == (0, "")
    assert_expected("show.txt", result.out)


@pytest.mark.usefixtures("plan")
def test_absent_facts_are_shown_as_absent(run: Run) -> None:
    assert_expected("show-absent.txt", run("show", "B1").out)


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("item_id", "hint"),
    [
        pytest.param("T01", "Did you mean T1?", id="near"),
        pytest.param("T11", "The ids are: T1, T2, B1.", id="another-number"),
        pytest.param("zzz", "The ids are: T1, T2, B1.", id="far"),
    ],
)
def test_an_unknown_id_names_the_nearest(run: Run, item_id: str, hint: str) -> None:
    result = run("show", item_id)
    assert (result.code, result.out) == (3, "")
    assert f"There is no item '{item_id}'." in result.err
    assert hint in result.err


def test_nothing_in_the_file_reaches_the_screen_as_markup_or_control(run: Run, plan: Path) -> None:
    hostile = r"[bold]x[/bold] :smile: \u001b]0;title\u0007 \u202egnp.exe \u0090"
    plan.write_text(
        plan.read_text()
        .replace(
            'title = "Roads"', f'title = "{hostile}"\nproduct = "{hostile}"\nlead = "{hostile}"'
        )
        .replace("Biểu mẫu điện tử", hostile)
        .replace('by = "clerk"', f'by = "{hostile}"\nevidence = ["{hostile}"]')
    )
    for command in (
        ["show", "T1"],
        ["show", "T2"],
        ["list"],
        ["list", "--format", "tsv"],
        ["report"],
    ):
        result = run(*command)
        assert result.code == 0
        assert not set("\x1b\x07\u202e\x90") & set(result.out)
    assert "[bold]x[/bold] :smile: ␛]0;title␇ �gnp.exe �" in run("show", "T2").out
