"""What TAB offers, in all four shells: texts of the file are not run, wrapped or split."""

import re
import shlex
from pathlib import Path

import pytest

from resolution_cli.domain.model import Status
from tests.completion import answer, asked, file_of
from tests.support import PLAN, UNSAFE, Run, hostile, posix, tracker, uncounted

SHELLS = ("bash", "zsh", "fish", "powershell")


_shells = pytest.mark.parametrize("shell", SHELLS)


def _offered(run: Run, shell: str, line: str) -> list[str]:
    """Return the values that are offered, without their descriptions."""
    result = answer(run, shell, line)
    assert (result.code, result.err) == (0, "")
    if shell == "zsh":
        words = shlex.split(result.out)
        entries = [word.removeprefix("offers=(").removesuffix(");") for word in words[3:-4]]
        return [re.split(r"(?<!\\):", entry)[0] for entry in entries]
    return [re.split("\t|:::", line)[0] for line in result.out.split("\n") if line]


@_shells
@pytest.mark.parametrize(
    ("line", "values"),
    [
        pytest.param("tracker sh", ["show"], id="commands"),
        pytest.param("tracker list --ki", ["--kind"], id="options"),
        pytest.param("tracker show T", ["T1", "T2"], id="ids"),
        pytest.param("tracker update T1 b", ["b1"], id="an-id-in-lower-case"),
        pytest.param("tracker update T1 --status d", ["done"], id="statuses"),
        pytest.param("tracker list --status c", ["cancelled"], id="cancelled"),
        pytest.param("tracker list --status in", ["in-progress"], id="filter"),
        pytest.param("tracker list --kind ", ["task", "breakthrough", "milestone"], id="kinds"),
        pytest.param("tracker list --format t", ["text", "tsv"], id="formats"),
        pytest.param("tracker update T1 --clear p", ["partners", "product"], id="facts"),
        pytest.param("tracker update T1 --cause ", ["objective", "subjective"], id="causes"),
        pytest.param("tracker add m", ["milestone"], id="what-to-add"),
        pytest.param("tracker add task x --of b", ["b1"], id="the-item-of-a-milestone"),
        pytest.param("tracker add target x --want b", ["below"], id="how-figures-must-stand"),
        pytest.param("tracker edit t2", ["t2"], id="an-id-to-edit"),
        pytest.param("tracker edit T1 --clear s", ["summary", "start", "source"], id="keys"),
        pytest.param("tracker edit T1 --due", [], id="no-fact-of-update"),
        pytest.param("tracker list --lang v", ["vi"], id="languages"),
        pytest.param("tracker --lang ", ["en", "vi"], id="languages-before-the-command"),
        pytest.param("tracker schema --of r", ["report"], id="schemas"),
        pytest.param(
            "tracker list --kind task --status bl", ["blocked"], id="after-another-option"
        ),
        pytest.param(
            "tracker list --kind=task --status bl", ["blocked"], id="after-a-joined-option"
        ),
        pytest.param(
            "tracker report --period 2026-Q",
            ["2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1"],
            id="periods",
        ),
        pytest.param("tracker next --period this-m", ["this-month"], id="a-period-of-the-day"),
    ],
)
@pytest.mark.usefixtures("plan")
def test_completion_offers_what_may_be_meant(
    run: Run, shell: str, line: str, values: list[str]
) -> None:
    assert _offered(run, shell, line) == values


@_shells
@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("tracker list --status=d", ["done"]),
        ("tracker update T1 --status=", [*map(str, Status)]),
        ("tracker list --kind=b", ["breakthrough"]),
        ("tracker list --format=j", ["json"]),
        ("tracker update T1 --cause=s", ["subjective"]),
        ("tracker update T1 --clear=l", ["lead"]),
        ("tracker list --lang=e", ["en"]),
    ],
)
@pytest.mark.usefixtures("plan")
def test_completion_works_after_an_equals_sign(
    run: Run, shell: str, line: str, values: list[str]
) -> None:
    before = "" if shell == "bash" else re.search(r"--\w+=", line)[0]  # type: ignore[index]  # bash splits words there
    assert _offered(run, shell, line) == [before + value for value in values]


def test_completion_offers_the_lead_units_of_the_file_as_each_shell_quotes_them(
    run: Run, plan: Path
) -> None:
    plan.write_text(PLAN.replace('lead = "Văn phòng"', "lead = \"Phòng A’s & 'B'\""))
    offered = {shell: answer(run, shell, "tracker list --lead ").out for shell in SHELLS}
    assert offered == {
        "bash": "Phòng\\ A\\’s\\ \\&\\ \\'B\\'\n",
        "zsh": "local -a offers; offers=('Phòng A’s & '\\''B'\\'''); _describe -V tracker offers\n",
        "fish": "Phòng A’s & 'B'\n",
        "powershell": "'Phòng A’’s & ''B''':::" + " \n",
    }
    assert _offered(run, "fish", "tracker update T1 --lead=Ph") == ["--lead=Phòng A’s & 'B'"]
    assert _offered(run, "fish", "tracker update T1 --lead X") == []
    # Not all of the name could stand in these quotes.
    assert _offered(run, "bash", "tracker list --lead 'Phòng") == []


def test_the_separators_of_a_shell_do_not_split_a_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.toml").write_text(file_of("a: b\\c", "d:::e", "f*"))
    leads = {shell: answer(run, shell, "tracker list --lead ").out for shell in SHELLS}
    offers = r"('a\: b\\c' 'd\:\:\:e' 'f*')"
    assert leads == {
        "bash": "\n",  # bash splits words at a colon, and looks for files where there is a star
        "zsh": f"local -a offers; offers={offers}; _describe -V tracker offers\n",
        "fish": "a: b\\c\nd:::e\nf*\n",
        "powershell": "'a: b\\c':::" + " \n'f*':::" + " \n",
    }
    assert answer(run, "powershell", "tracker show H1").out == "H1:::d e\n"


@_shells
def test_completion_reads_the_file_that_is_named(run: Run, tmp_path: Path, shell: str) -> None:
    (tmp_path / "other.toml").write_text(file_of("a", "b"))
    assert _offered(run, shell, "tracker show -f other.toml H") == ["H0", "H1"]


@pytest.mark.usefixtures("plan")
def test_completion_explains_in_the_active_language(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_LANG", "vi")
    assert "nhiệm vụ" in answer(run, "fish", "tracker list --kin").out
    assert "T1\tChuyển đổi số\n" in answer(run, "fish", "tracker show T").out


@_shells
def test_completion_prints_nothing_where_there_is_nothing_to_offer(
    run: Run, plan: Path, shell: str
) -> None:
    nothing = "_files\n" if shell == "zsh" else "\n"
    for line in ("tracker lst T", "tracker show X"):
        assert answer(run, shell, line) == (0, nothing, "")
    plan.write_text("[broken")
    assert answer(run, shell, "tracker show T") == (0, nothing, "")


@pytest.mark.usefixtures("plan")
def test_fish_learns_from_the_exit_code_whether_anything_is_offered(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for line, code in (("tracker show T", 0), ("tracker show X", 1)):
        for name, value in (
            asked("fish", line) | {"_TYPER_COMPLETE_FISH_ACTION": "is-args"}
        ).items():
            monkeypatch.setenv(name, value)
        assert run() == (code, "", "")


@_shells
@hostile
def test_a_hostile_title_is_one_line_and_text_in_every_completion(
    run: Run, tmp_path: Path, shell: str, text: str
) -> None:
    (tmp_path / "tasks.toml").write_bytes(file_of(text, "y" * 300).encode())
    for line, count in (
        ("tracker show H", 2),
        ("tracker list --lead ", None),
        ("tracker list --lead=", None),
    ):
        result = answer(run, shell, line)
        assert (result.code, result.err) == (0, "")
        assert not UNSAFE & set(result.out) - ({"\t"} if shell == "fish" else set())
        if count:
            assert _offered(run, shell, line) == ["H0", "H1"]
            assert len(result.out.splitlines()) == (1 if shell == "zsh" else count)
            assert max(map(len, result.out.splitlines())) < 500


@posix
@pytest.mark.parametrize("shell", [*SHELLS, "none"])
def test_completion_without_its_variables_is_no_crash(shell: str, tmp_path: Path) -> None:
    environment = uncounted() | {"_TRACKER_COMPLETE": f"complete_{shell}"}
    process = tracker(env=environment, cwd=tmp_path)
    assert "Traceback" not in process.stderr
    assert process.returncode == (1 if shell == "none" else 0)


@_shells
@pytest.mark.parametrize("words", ["add milestone x --of", "add target x --item", "edit C1 --item"])
def test_completion_offers_only_what_can_have_milestones_and_targets(
    run: Run, plan: Path, shell: str, words: str
) -> None:
    milestone = '\n[[tasks.milestones]]\nid = "T2.1"\ntitle = "x"\n'
    with plan.open("a", encoding="utf-8") as file:
        file.write(milestone)
    assert _offered(run, shell, "tracker show T2") == ["T2", "T2.1"]
    assert _offered(run, shell, f"tracker {words} T") == ["T1", "T2"]
