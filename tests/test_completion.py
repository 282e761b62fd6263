"""What TAB offers, in all four shells: texts of the file are not run, wrapped or split."""

import fcntl
import os
import pty
import re
import select
import shlex
import shutil
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
import tomli_w

from tests.support import HOSTILE, PLAN, UNSAFE, Result, Run, hostile, posix, tracker, uncounted

SHELLS = ("bash", "zsh", "fish", "powershell")
_shells = pytest.mark.parametrize("shell", SHELLS)
_LONGEST_WAIT = 60  # seconds; a machine under load needs some of them

COMMANDS = (
    "$(touch ran)",
    "\\$(touch ran)",
    "`touch ran`",
    "'; touch ran; '",
    "'\\''; touch ran; '",
    '"; touch ran; "',
    "x\n; touch ran\n",
    "))'; touch ran; '((",
    "${(e):-$(touch ran)}",
    ":$(touch ran):",
    "\\' ; touch ran #",
    "’; touch ran; ’",
)
"""Titles and names that would make a file `ran`, if a shell took them for more than text."""


def _file_of(*texts: str, leads: bool = True) -> str:
    items = [
        {"id": f"H{number}", "title": text, **({"lead": text} if leads else {})}
        for number, text in enumerate(texts)
    ]
    term = {"start": "2025-01-01", "end": "2029-12-31"}
    plan = {"schema": 1, "resolution": {"title": "x", "term": term}, "tasks": items}
    return re.sub(r'= "(\d{4}-\d\d-\d\d)"', r"= \1", tomli_w.dumps(plan))


def _asked(shell: str, line: str) -> dict[str, str]:
    """Return the variables in which `shell` hands over `line`, with the cursor at its end."""
    words = re.findall(r"=|[^\s=]+", line) if shell == "bash" else line.split()
    if line.endswith(" "):
        words.append("")
    return {
        "_TRACKER_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line.strip() if shell == "powershell" else line,
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1],
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }


def _answer(run: Run, shell: str, line: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in _asked(shell, line).items():
            patch.setenv(name, value)
        return run()


def _offered(run: Run, shell: str, line: str) -> list[str]:
    """Return the values that are offered, without their descriptions."""
    result = _answer(run, shell, line)
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
        pytest.param("tracker list --status in", ["in-progress"], id="filter"),
        pytest.param("tracker list --kind ", ["task", "breakthrough"], id="kinds"),
        pytest.param("tracker list --format t", ["text", "tsv"], id="formats"),
        pytest.param("tracker update T1 --clear p", ["partners", "product"], id="facts"),
        pytest.param("tracker update T1 --cause ", ["objective", "subjective"], id="causes"),
        pytest.param("tracker list --lang v", ["vi"], id="languages"),
        pytest.param("tracker --lang ", ["en", "vi"], id="languages-before-the-command"),
        pytest.param("tracker schema --of r", ["report"], id="schemas"),
        pytest.param(
            "tracker list --kind task --status bl", ["blocked"], id="after-another-option"
        ),
        pytest.param(
            "tracker list --kind=task --status bl", ["blocked"], id="after-a-joined-option"
        ),
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
        ("tracker update T1 --status=", ["not-started", "in-progress", "blocked", "done"]),
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
    offered = {shell: _answer(run, shell, "tracker list --lead ").out for shell in SHELLS}
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
    (tmp_path / "tasks.toml").write_text(_file_of("a: b\\c", "d:::e", "f*"))
    leads = {shell: _answer(run, shell, "tracker list --lead ").out for shell in SHELLS}
    offers = r"('a\: b\\c' 'd\:\:\:e' 'f*')"
    assert leads == {
        "bash": "\n",  # bash splits words at a colon, and looks for files where there is a star
        "zsh": f"local -a offers; offers={offers}; _describe -V tracker offers\n",
        "fish": "a: b\\c\nd:::e\nf*\n",
        "powershell": "'a: b\\c':::" + " \n'f*':::" + " \n",
    }
    assert _answer(run, "powershell", "tracker show H1").out == "H1:::d e\n"


@_shells
def test_completion_reads_the_file_that_is_named(run: Run, tmp_path: Path, shell: str) -> None:
    (tmp_path / "other.toml").write_text(_file_of("a", "b"))
    assert _offered(run, shell, "tracker show -f other.toml H") == ["H0", "H1"]


@pytest.mark.usefixtures("plan")
def test_completion_explains_in_the_active_language(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_LANG", "vi")
    assert "nhiệm vụ" in _answer(run, "fish", "tracker list --kin").out
    assert "T1\tChuyển đổi số\n" in _answer(run, "fish", "tracker show T").out


@_shells
def test_completion_prints_nothing_where_there_is_nothing_to_offer(
    run: Run, plan: Path, shell: str
) -> None:
    nothing = "_files\n" if shell == "zsh" else "\n"
    for line in ("tracker lst T", "tracker show X"):
        assert _answer(run, shell, line) == (0, nothing, "")
    plan.write_text("[broken")
    assert _answer(run, shell, "tracker show T") == (0, nothing, "")


@pytest.mark.usefixtures("plan")
def test_fish_learns_from_the_exit_code_whether_anything_is_offered(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for line, code in (("tracker show T", 0), ("tracker show X", 1)):
        for name, value in (
            _asked("fish", line) | {"_TYPER_COMPLETE_FISH_ACTION": "is-args"}
        ).items():
            monkeypatch.setenv(name, value)
        assert run() == (code, "", "")


@_shells
@hostile
def test_a_hostile_title_is_one_line_and_text_in_every_completion(
    run: Run, tmp_path: Path, shell: str, text: str
) -> None:
    (tmp_path / "tasks.toml").write_bytes(_file_of(text, "y" * 300).encode())
    for line, count in (
        ("tracker show H", 2),
        ("tracker list --lead ", None),
        ("tracker list --lead=", None),
    ):
        result = _answer(run, shell, line)
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


def _installed(shell: str) -> str:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed")
    return path


@pytest.fixture
def shell_environment(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a shell in an empty folder, with this program as `tracker`."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "tracker"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m resolution_cli "$@"\n')
    program.chmod(0o755)
    path = f"{folder}:{os.environ['PATH']}"
    return uncounted() | {
        "PATH": path,
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
        "TRACKER_LANG": "en",
    }


@posix
@hostile
def test_what_zsh_evaluates_gives_the_titles_as_they_are_shown(
    run: Run, tmp_path: Path, shell_environment: dict[str, str], text: str
) -> None:
    zsh = _installed("zsh")
    (tmp_path / "tasks.toml").write_bytes(_file_of(text, *COMMANDS).encode())
    for line in ("tracker show H", "tracker list --lead "):
        answer = _answer(run, "zsh", line).out
        functions = "_files() { }; _describe() { print -rl -- ${(P)3} }"
        code = f"{functions}; eval $(print -r -- {shlex.quote(answer)})"
        process = subprocess.run(
            [zsh, "-f", "-c", code],
            cwd=tmp_path,
            env=shell_environment,
            capture_output=True,
            check=True,
        )
        assert process.stderr == b""
        shown = [
            line.replace("\\:", ":").replace("\\\\", "\\")
            for line in process.stdout.decode().splitlines()
        ]
        if "show" in line:
            assert [name.partition(":")[0] for name in shown] == [
                f"H{number}" for number in range(len(COMMANDS) + 1)
            ]
            assert shown[1] == "H1:$(touch ran)"
        else:
            assert "$(touch ran)" in shown
    assert not (tmp_path / "ran").exists()


@posix
def test_tab_in_zsh_lists_hostile_titles_and_runs_nothing(
    tmp_path: Path, shell_environment: dict[str, str]
) -> None:
    texts = [*COMMANDS, *(text for _, text in HOSTILE), "end"]
    (tmp_path / "tasks.toml").write_bytes(_file_of(*texts).encode())
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 200, 200, 0, 0))
    process = subprocess.Popen(
        [_installed("zsh"), "-f", "-i"],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        cwd=tmp_path,
        env=shell_environment,
        start_new_session=True,
    )
    os.close(follower)
    try:
        os.write(leader, b"LISTMAX=999; autoload -Uz compinit; compinit -u -D\n")
        os.write(leader, b'eval "$(_TRACKER_COMPLETE=source_zsh tracker)"; print rea""dy\n')
        _until(leader, "ready\r\n")
        os.write(leader, b"tracker show H\t")
        screen = _until(leader, f"H{len(texts) - 1} ")
        assert re.search(r"H0 +-- \$\(touch ran\)", screen)
        # Ctrl-U clears the line; Ctrl-C would throw away what comes behind it.
        os.write(leader, b"\x15tracker list --lead \t")
        _until(leader, "touch ran")
        os.write(leader, b"\x15print do''ne\n")
        _until(leader, "done\r\n")
    finally:
        process.kill()
        process.wait()
        os.close(leader)
    assert not (tmp_path / "ran").exists()


def _until(terminal: int, sign: str) -> str:
    """Return what comes from `terminal` up to `sign`, without what moves the cursor."""
    seen, latest = "", time.monotonic() + _LONGEST_WAIT
    while sign not in (text := re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen)):
        assert time.monotonic() < latest, seen
        if select.select([terminal], [], [], 1)[0]:
            seen += os.read(terminal, 65536).decode(errors="replace")
    return text


@posix
def test_tab_in_fish_lists_hostile_titles_and_runs_nothing(
    tmp_path: Path, shell_environment: dict[str, str]
) -> None:
    texts = [*COMMANDS, *(text for _, text in HOSTILE)]
    (tmp_path / "tasks.toml").write_bytes(_file_of(*texts).encode())
    code = """\
    env _TRACKER_COMPLETE=source_fish tracker | source
    complete -C 'tracker show H'
    complete -C 'tracker list --lead '
    """
    fish = [_installed("fish"), "--no-config", "-c", code]
    process = subprocess.run(
        fish, cwd=tmp_path, env=shell_environment, capture_output=True, check=True
    )
    lines = process.stdout.decode().splitlines()
    assert [line.partition("\t")[0] for line in lines if re.match(r"H\d+\t", line)] == sorted(
        (f"H{number}" for number in range(len(texts))), key=lambda name: int(name[1:])
    )
    assert any(line.startswith(("$(touch ran)", "\\$")) for line in lines)
    assert process.stderr == b""
    assert not (tmp_path / "ran").exists()


@posix
def test_tab_in_bash_gives_back_each_lead_unit_as_one_word(
    tmp_path: Path, shell_environment: dict[str, str]
) -> None:
    texts = [*COMMANDS, *(text for _, text in HOSTILE), "Văn phòng (TP) & 'x'", "a"]
    (tmp_path / "tasks.toml").write_bytes(_file_of(*texts).encode())
    (tmp_path / "Văn phòng").touch()  # a file that a pattern could find
    code = """\
    eval "$(_TRACKER_COMPLETE=source_bash tracker)"
    COMP_WORDS=(tracker list --lead ''); COMP_CWORD=3; _tracker_completion tracker
    for word in "${COMPREPLY[@]}"; do
      eval "words=($word)"
      printf '%s %s\\n' "${#words[@]}" "${words[0]}"
    done
    """
    bash = [_installed("bash"), "--norc", "-c", code]
    process = subprocess.run(
        bash, cwd=tmp_path, env=shell_environment, capture_output=True, check=True
    )
    lines = process.stdout.decode().splitlines()
    assert process.stderr == b""
    assert {line.partition(" ")[0] for line in lines} == {"1"}
    assert {line.partition(" ")[2] for line in lines} <= set(texts)
    assert {"Văn phòng (TP) & 'x'", "$(touch ran)", "'; touch ran; '"} <= {
        line.partition(" ")[2] for line in lines
    }
    assert not (tmp_path / "ran").exists()
