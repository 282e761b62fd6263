"""Damaged and malicious data files: documented exit codes only, never a change to the file.

What was found by chance is kept in `tests/samples/broken`.
"""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import PLAN, SAMPLES, UNSAFE, Prove, Run, posix, tracker

SEED = int(os.environ.get("SEED", "20261124"))
CASES = int(os.environ.get("EXAMPLES", "100"))
"""Files of each batch."""

_SEEDS = [
    PLAN.encode(),
    *(path.read_bytes() for path in sorted((SAMPLES / "valid").glob("*.toml"))),
]
_TOKENS = [
    *(
        b"[",
        b"]",
        b"[[",
        b"]]",
        b"{",
        b"}",
        b'"',
        b"'",
        b'"""',
        b"'''",
        b"=",
        b".",
        b",",
        b"#",
        b"\\",
        b" ",
        b"\t",
    ),
    *(
        b"\n",
        b"\r",
        b"\r\n",
        b"\0",
        b"\x1b",
        b"\x7f",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xc2\x85",
    ),
    *(
        b"\\u0000",
        b"\\ud800",
        b"\\U00110000",
        b"\\x41",
        b"\xe2\x80\xa8",
        b"\x0b",
        b"\x0c",
        b"\xc2\xa0",
    ),
]
_VALUES = [
    *(
        b"1",
        b"-1",
        b"1e999",
        b"-0",
        b"nan",
        b"inf",
        b"true",
        b'""',
        b'"x"',
        b"[]",
        b"{}",
        b"[{}]",
        b"[[]]",
        b"{a=1}",
    ),
    *(
        b"0000-01-01",
        b"0001-01-01",
        b"9999-12-31",
        b"10000-01-01",
        b"2026-02-30",
        b"2026-06-01",
        b"07:00:00",
    ),
    *(
        b"9999-12-31T23:59:59-23:59",
        b"0001-01-01T00:00:00+23:59",
        b"2016-12-31T23:59:60Z",
        b"2026-06-01T08:00:00",
    ),
    *(
        b"18446744073709551616",
        b"9223372036854775807",
        b"-9223372036854775808",
        b"0x" + b"F" * 400,
        b"9" * 5000,
    ),
    *(
        b'"T1"',
        b'"t1"',
        b'"done"',
        b'"blocked"',
        b"100",
        b"101",
        b'["a"]',
        b'[1, "a"]',
        b'{vi = "x"}',
        b'{en = ""}',
    ),
    *(b"[" * 200, b"{a=" * 200, b".".join([b"a"] * 200) + b" = 1", b"{\na = 1,\n}"),
]
_COMMANDS = (
    ["list"],
    ["list", "--format", "json"],
    ["check"],
    ["report"],
    ["report", "--period", "2026"],
    ["show", "T1"],
    ["log"],
    ["update", "T1", "--note", "x"],
    ["update", "T1", "--status", "done", "--due", "2027-01-01", "--partner", "x"],
)
_CODES = {0, 2, 3, 4, 5, 6, 7}


def _flipped(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    return (
        content[:place]
        + bytes([content[place] ^ (1 << chance.randrange(8))])
        + content[place + 1 :]
    )


def _span(chance: random.Random, content: bytes) -> slice:
    start = chance.randrange(len(content))
    return slice(start, start + chance.choice([1, 2, 5, 20, 200]))


def _without_a_part(chance: random.Random, content: bytes) -> bytes:
    span = _span(chance, content)
    return content[: span.start] + content[span.stop :]


def _doubled(chance: random.Random, content: bytes) -> bytes:
    span = _span(chance, content)
    return content[: span.stop] + content[span] + content[span.stop :]


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content)) + 1]


def _with_a_token(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + chance.choice(_TOKENS) + content[place:]


def _with_noise(chance: random.Random, content: bytes) -> bytes:
    span = _span(chance, content)
    return content[: span.start] + chance.randbytes(span.stop - span.start) + content[span.stop :]


def _with_another_value(chance: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    number = chance.choice([number for number, line in enumerate(lines) if b"=" in line] or [0])
    lines[number] = lines[number].partition(b"=")[0] + b"= " + chance.choice(_VALUES)
    return b"\n".join(lines)


def _with_lines_moved(chance: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


_WAYS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _flipped,
    _without_a_part,
    _doubled,
    _cut,
    _with_a_token,
    _with_noise,
    _with_another_value,
    _with_another_value,
    _with_lines_moved,
)


def _mutated(chance: random.Random) -> bytes:
    content = chance.choice(_SEEDS)
    for _ in range(chance.choice([1, 1, 1, 2, 3, 6])):
        content = chance.choice(_WAYS)(chance, content) or b"\n"
    return content


def _assert_well_reported(code: int, out: str, err: str) -> None:
    assert code in _CODES
    # A file that can be read may have errors, of which `report` warns.
    assert (code in (0, 7)) == all("distort" in line for line in err.splitlines())
    assert not UNSAFE & set(out + err)
    assert max(map(len, err.splitlines()), default=0) < 1_000


@pytest.mark.proof
@pytest.mark.parametrize("batch", range(4))
def test_a_damaged_file_is_read_or_refused_and_only_an_update_changes_it(
    run: Run, plan: Path, batch: int, prove: Prove
) -> None:
    chance = random.Random(SEED + batch)  # noqa: S311  # mutations, not secrets
    for _ in range(CASES):
        content = _mutated(chance)
        for command in _COMMANDS:
            plan.write_bytes(content)
            result = run(*command)
            _assert_well_reported(*result)
            if command[0] == "update" and result.code == 0:
                assert run("list").code == 0
            else:
                assert plan.read_bytes() == content
        assert [entry.name for entry in plan.parent.iterdir()] == [plan.name]
    prove("damaged files", CASES)
    prove("commands on damaged files", CASES * len(_COMMANDS))


_MEGABYTE = 10**6
_LIMITED = """
import resource, sys

# First of all: the editor's allocator reserves all that it can.
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
resource.setrlimit(resource.RLIMIT_CPU, (15, 15))
from resolution_cli.cli import main

sys.exit(main(sys.argv[1:]))
"""
"""Runs a command with a gigabyte of memory and 15 seconds of the processor."""


@pytest.mark.proof
@posix
@pytest.mark.parametrize(
    "addition",
    [
        pytest.param(lambda: b"x = " + b"[" * 10_000, id="10000-brackets"),
        pytest.param(lambda: b"x = " + b"[" * 100_000 + b"]" * 100_000, id="100000-brackets"),
        pytest.param(
            lambda: b"x = " + b"{a=" * 100_000 + b"1" + b"}" * 100_000, id="100000-tables"
        ),
        pytest.param(lambda: b".".join([b"a"] * 100_000) + b" = 1", id="100000-parts-of-a-key"),
        pytest.param(
            lambda: b"[" + b".".join([b"a"] * 100_000) + b"]", id="100000-parts-of-a-header"
        ),
        pytest.param(lambda: b"x = " + b"9" * 900_000, id="900000-digits"),
        pytest.param(lambda: b"x = [" + b"1," * 450_000 + b"]", id="450000-numbers"),
        pytest.param(lambda: b"x" * 900_000 + b" = 1", id="key-of-900000-letters"),
        pytest.param(
            lambda: b"".join(b"k%d = 1\n" % number for number in range(600_000)),
            id="600000-unknown-keys",
        ),
        pytest.param(lambda: b"[[updates]]\n" * 100_000, id="100000-empty-entries"),
        pytest.param(lambda: b"\n" * 9 * _MEGABYTE, id="9-MB-of-blank-lines"),
        pytest.param(lambda: b'x = """' + b"\\\n" * 4 * _MEGABYTE + b'"""', id="8-MB-in-a-text"),
        pytest.param(lambda: b"x = [\n" + b"1,\n" * _MEGABYTE + b"]", id="3-MB-of-numbers"),
        pytest.param(lambda: b"x = [\n" + b"1,\n" * 3 * _MEGABYTE + b"]", id="9-MB-of-numbers"),
        pytest.param(lambda: b"# " + b"x" * 2 * _MEGABYTE, id="2-MB-in-a-line"),
        pytest.param(lambda: b"x" * 50 * _MEGABYTE, id="50-MB"),
        pytest.param(lambda: b"[" * 50 * _MEGABYTE, id="50-MB-of-brackets"),
        pytest.param(lambda: b"\xff" * 50 * _MEGABYTE, id="50-MB-of-no-text"),
    ],
)
def test_a_malicious_file_takes_little_time_and_memory(
    plan: Path, addition: Callable[[], bytes], prove: Prove
) -> None:
    content = PLAN.encode() + addition()
    plan.write_bytes(content)
    commands = (["list"], ["check"], ["report"], ["update", "T1", "--note", "x"])
    for command in commands:
        done = tracker(*command, program=_LIMITED)
        _assert_well_reported(done.returncode, done.stdout, done.stderr)
        assert len(done.stdout + done.stderr) < 50_000
        assert plan.read_bytes() == content or (command[0], done.returncode) == ("update", 0)
    prove("commands on heavy files", len(commands))


def test_a_second_byte_order_mark_is_named(run: Run, plan: Path) -> None:
    content = b"\xef\xbb\xbf" * 2 + PLAN.encode()
    plan.write_bytes(content)
    for command in _COMMANDS:
        result = run(*command)
        assert "a second byte order mark at its start" in result.out + result.err
        assert plan.read_bytes() == content


@pytest.mark.parametrize(
    "value",
    [
        '{ vi = "x",\n en = "y" }',
        '{ vi = "x", }',
        '{ # why\n vi = "x" # what\n}',
        '"\\e"',
        '"\\x41"',
    ],
)
def test_a_file_of_toml_1_1_is_updated_and_undone(run: Run, plan: Path, value: str) -> None:
    content = PLAN.replace('"Roads"', value)
    plan.write_text(content)
    assert run("update", "T2", "--lead", "Office", "--note", "x").code == 0
    updated = plan.read_text()
    assert value in updated
    assert 'lead = "Office"' in updated
    assert run("undo", "--yes").code == 0
    assert plan.read_text() == content


@pytest.mark.parametrize(
    ("size", "says"),
    [
        pytest.param(10 * 1024**2 - 10, "the file would be too large: 10,485,", id="file"),
        pytest.param(1024**2 + 10, "would be longer than 1,048,576 bytes", id="line"),
        pytest.param(2_000_000 - 30, "the file has too many values", id="values"),
    ],
)
def test_nothing_is_written_that_would_be_too_large_to_read_again(
    run: Run, plan: Path, size: int, says: str
) -> None:
    if "large" in says:
        line = b"# " + b"x" * 97 + b"\n"
        content = PLAN.encode() + line * ((size - len(PLAN.encode())) // 100)
        plan.write_bytes(content)
        result = run("update", "T1", "--note", "x" * 200)
    elif "many" in says:
        content = (
            PLAN.encode()
            + (b"# " + b"," * 100_000 + b"\n") * (size // 100_000)
            + b"#"
            + b"," * (size % 100_000)
        )
        plan.write_bytes(content)
        result = run("update", "T1", "--note", "x")
    else:
        content = PLAN.encode()
        result = run("update", "T1", f"--note={'x' * size}")
    assert (result.code, result.out) == (6, "")
    assert says in result.err
    assert plan.read_bytes() == content
    assert run("list").code == 0
