"""Many processes at once: none loses an update, reads half a file, or waits for ever.

A process that was killed blocks no other.
"""

import json
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.support import Prove, data_of, names_in, plan_of, posix, started_tracker

pytestmark = [posix, pytest.mark.proof]

PROCESSES = 20
WRITERS, READERS, ROUNDS = 8, 4, 32

_ONE = """
import sys
from resolution_cli.cli import main
from resolution_cli.storage import locking

locking.LONGEST_WAIT = 60  # how fast the machine is does not matter here
path, item, note = sys.argv[1:]
sys.exit(main(["update", item, "--note", note, "--file", path]))
"""
"""Updates an item once."""

_WRITER = """
import io, json, sys, time
from resolution_cli.cli import main
from resolution_cli.storage import locking

locking.LONGEST_WAIT = 60  # how fast the machine is does not matter here
path, number, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
report, sys.stdout, longest = sys.stdout, io.StringIO(), 0.0
for round_ in range(rounds):
    item = f"T{number if round_ % 2 else 0}"
    facts = ["--progress", str(round_ % 100), "--note", f"{number}.{round_}"]
    began = time.monotonic()
    code = main(["update", item, *facts, "--file", path])
    longest = max(longest, time.monotonic() - began)
    if code:
        sys.exit(code)
json.dump(longest, report)
"""
"""Updates its own item and one of all by turns, and prints how long the longest took."""

_READER = """
import io, json, os, sys, time
from resolution_cli.cli import main

path, end = sys.argv[1], sys.argv[2]
report, sys.stdout, seen = sys.stdout, io.StringIO(), [0]
while not os.path.exists(end):
    sys.stdout.seek(0), sys.stdout.truncate()
    if code := main(["list", "--format", "json", "--file", path]):
        sys.exit(code)
    seen.append(sum(item["updates"] for item in json.loads(sys.stdout.getvalue())["items"]))
    assert seen[-1] >= seen[-2], "an update that was there is gone"
    time.sleep(0.1)
json.dump(seen[-1], report)
"""
"""Lists the items until a file says that it is over, and prints how many updates it saw."""


@pytest.mark.parametrize("is_one_item", [False, True], ids=["another-item-each", "the-same-item"])
def test_twenty_processes_at_once_lose_no_update(
    tmp_path: Path, prove: Prove, *, is_one_item: bool
) -> None:
    path = tmp_path / "tasks.toml"
    path.write_text(plan_of(PROCESSES))
    processes = [
        started_tracker(path, f"T{0 if is_one_item else number}", number, program=_ONE)
        for number in range(PROCESSES)
    ]
    ends = [(process.communicate(timeout=120)[1], process.returncode) for process in processes]
    assert ends == [("", 0)] * PROCESSES
    entries = data_of(path)["updates"]
    assert sorted(int(entry["note"]) for entry in entries) == [*range(PROCESSES)]
    assert [entry["item"] for entry in entries] == [
        f"T{0 if is_one_item else entry['note']}" for entry in entries
    ]
    assert path.read_text().startswith(plan_of(PROCESSES))
    assert names_in(tmp_path) == ["tasks.toml"]
    prove("concurrent updates", PROCESSES)


# Several files, since a long history makes each update slow.
@pytest.mark.parametrize("file", range(4))
def test_many_writers_lose_nothing_and_readers_never_see_a_broken_file(
    tmp_path: Path, prove: Prove, file: int
) -> None:
    path, end = tmp_path / f"{file}.toml", tmp_path / "end"
    path.write_text(plan_of(WRITERS))
    readers = [started_tracker(path, end, program=_READER) for _ in range(READERS)]
    writers = [started_tracker(path, number, ROUNDS, program=_WRITER) for number in range(WRITERS)]
    try:
        waits = [(*process.communicate(timeout=240), process.returncode) for process in writers]
    finally:
        end.touch()
    sights = [(*process.communicate(timeout=60), process.returncode) for process in readers]

    assert [(err, code) for _, err, code in waits] == [("", 0)] * WRITERS
    assert [(err, code) for _, err, code in sights] == [("", 0)] * READERS
    entries = data_of(path)["updates"]
    for number in range(WRITERS):
        own = [entry["note"] for entry in entries if entry["note"].startswith(f"{number}.")]
        assert own == [f"{number}.{round_}" for round_ in range(ROUNDS)]
    assert len(entries) == WRITERS * ROUNDS
    # The old value in each entry is the new value in the entry before it.
    last: Counter[str] = Counter()
    for entry in entries:
        if "progress" in entry:
            assert entry.get("was", {}).get("progress", 0) == last[entry["item"]]
            last[entry["item"]] = entry["progress"]
    assert names_in(tmp_path) == [path.name, "end"]
    prove("concurrent updates", len(entries))
    prove(
        "seconds that the longest concurrent update took",
        max(json.loads(out) for out, _, _ in waits),
    )


def test_the_lock_of_a_dead_process_blocks_nobody(tmp_path: Path) -> None:
    path = tmp_path / "tasks.toml"
    path.write_text(plan_of(1))
    for number in range(5):
        dying = started_tracker(path, 0, 1_000_000, program=_WRITER)
        while len(data_of(path).get("updates", [])) <= number * 2:
            time.sleep(0.01)
        dying.kill()
        dying.communicate()
        living = started_tracker("update", "T0", "--note", "x", "--file", path)
        assert (living.communicate(timeout=60)[1], living.returncode) == ("", 0)
        assert names_in(tmp_path) == ["tasks.toml"]
