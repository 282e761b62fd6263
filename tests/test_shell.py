"""Command lines that messages name: pasted into a shell, they give the words that were meant."""

import shutil
import subprocess
import sys

import pytest

from resolution_cli.shell import _quoted_for_cmd, command_line
from resolution_cli.views.texts import clean
from tests.support import UNSAFE, hostile, posix

_WORDS = """
import sys
sys.stdout.buffer.write("\\0".join(sys.argv[1:]).encode("utf-8", "surrogateescape"))
"""
"""Prints the words of its command line, each but the last followed by a zero byte."""

_SHELLS = [
    pytest.param(
        shutil.which(name),
        id=name,
        marks=pytest.mark.skipif(not shutil.which(name), reason=f"{name} is not installed"),
    )
    for name in ("bash", "zsh")
]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["tracker", "update", "T1", "--lead", "A B"], "tracker update T1 --lead 'A B'"),
        (["tracker", "update", "T1", "--due", "2026-12-31"], "tracker update T1 --due 2026-12-31"),
        (["--note=it's $(so)"], "'--note=it'\"'\"'s $(so)'"),
        (["Văn phòng"], "'Văn phòng'"),
        (["=ls"], "'=ls'"),
        ([""], "''"),
        (["a\nb\t1"], r"$'a\012b\0111'"),
        (["a\u202eb\\'"], r"$'a\342\200\256b\\\''"),
    ],
)
@posix
def test_a_command_line_is_quoted_where_a_shell_would_read_it_otherwise(
    words: list[str], line: str
) -> None:
    assert command_line(*words) == line


@hostile
@pytest.mark.parametrize("shell", _SHELLS)
@posix
def test_what_is_pasted_gives_the_words_that_were_meant(shell: str, text: str) -> None:
    words = [
        text.replace("\0", ""),
        f"--note={text}".replace("\0", ""),
        "~",
        "!x",
        "=ls",
        "a*",
        "%1",
        "#",
        "{a,b}",
    ]
    line = command_line(sys.executable, "-c", _WORDS, *words)
    assert clean(line) == line
    assert not UNSAFE & set(line)
    assert "\n" not in line
    flags = ["--norc", "--noprofile"] if "bash" in shell else ["-f"]
    # As the text of a script on standard input: bash and zsh read a pasted line so.
    process = subprocess.run(
        [shell, *flags],
        input=line.encode(),
        capture_output=True,
        check=True,
        env={"LC_ALL": "C.UTF-8"},
    )
    assert process.stdout.decode().split("\0") == words


@pytest.mark.parametrize(
    ("word", "quoted"),
    [
        ("C:\\plans\\tasks.toml", "C:\\plans\\tasks.toml"),
        ("A B", '"A B"'),
        ("C:\\my plans\\", '"C:\\my plans\\\\"'),
        ('say "x" & calc', '"say ""x"" & calc"'),
        ('\\"', '"\\\\"""'),
        ("100%PATH%", '"100"^%"PATH"^%""'),
        ("a|b>c^d", '"a|b>c^d"'),
        ("", '""'),
    ],
)
def test_on_windows_it_is_quoted_for_cmd(word: str, quoted: str) -> None:
    assert _quoted_for_cmd(word) == quoted
