"""TAB in real shells: zsh, fish and bash show texts of the file, and run none of them."""

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

from tests.completion import COMMANDS, answer, file_of
from tests.support import HOSTILE, Run, hostile, posix, uncounted

_LONGEST_WAIT = 60  # seconds; a machine under load needs some of them


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
    (tmp_path / "tasks.toml").write_bytes(file_of(text, *COMMANDS).encode())
    for line in ("tracker show H", "tracker list --lead "):
        printed = answer(run, "zsh", line).out
        functions = "_files() { }; _describe() { print -rl -- ${(P)3} }"
        code = f"{functions}; eval $(print -r -- {shlex.quote(printed)})"
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
    (tmp_path / "tasks.toml").write_bytes(file_of(*texts).encode())
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
    (tmp_path / "tasks.toml").write_bytes(file_of(*texts).encode())
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
    (tmp_path / "tasks.toml").write_bytes(file_of(*texts).encode())
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
