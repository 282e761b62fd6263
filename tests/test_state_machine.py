"""An office that uses every command and edits its file by hand in between, in any order.

What a command does to a value has tests elsewhere; here is what must hold whatever was done before:
nothing is a bug, what is refused changes nothing, what is recorded can be taken back.
"""

import contextlib
import io
import json
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from resolution_cli.cli import clock, main
from resolution_cli.domain.model import Status
from resolution_cli.errors import ExitCode
from tests.support import NOW, PLAN, data_of, examples

ITEMS = st.sampled_from(["T1", "T2", "B1"])
DAYS = st.dates(date(2024, 12, 1), date(2031, 1, 31)).map(str)
WORDS = st.sampled_from(["x", "Đội 7", "a 'b' \"c\"", "two\nlines"])
HAND_WRITTEN = {
    "status": ('"not-started"', '"in-progress"', '"blocked"', '"done"', '"cancelled"'),
    "progress": ("0", "15", "100"),
    "done_on": ("2026-06-15", "2027-02-28"),
    "due": ("2026-06-30", "2028-12-31"),
    "lead": ('"Office"', "'Đội 7' # by hand"),
    "tags": ("[]", '["x"]'),
}
"""What people write into the file, by key."""


class Office(RuleBasedStateMachine):
    """The commands of an office, on a file in `folder`."""

    folder: Path

    @initialize()
    def begin(self) -> None:
        """Take a plan with one update."""
        self.path = self.folder / "tasks.toml"
        self.path.write_text(PLAN, encoding="utf-8")
        self.now: datetime = NOW
        clock.now = lambda: self.now

    @rule(
        item=ITEMS,
        status=st.none() | st.sampled_from([*map(str, Status)]),
        progress=st.none() | st.integers(0, 100),
        facts=st.dictionaries(
            st.sampled_from(["lead", "partner", "product", "tag", "note", "evidence"]), WORDS
        ),
        days=st.dictionaries(st.sampled_from(["due", "on", "done-on"]), DAYS, max_size=1),
    )
    def update(
        self,
        item: str,
        status: str | None,
        progress: int | None,
        facts: dict[str, str],
        days: dict[str, str],
    ) -> None:
        """Record anything, most of which the rules allow."""
        state = {"status": status, "progress": progress}
        given = {name: value for name, value in state.items() if value is not None} | facts | days
        self._record(item, *(f"--{name}={value}" for name, value in given.items()))

    @rule(item=ITEMS, fact=st.sampled_from(["due", "lead", "partners", "product", "tags"]))
    def clear(self, item: str, fact: str) -> None:
        """Take a fact away."""
        self._record(item, "--clear", fact)

    @rule(item=ITEMS, cause=st.sampled_from(["objective", "subjective"]))
    def block(self, item: str, cause: str) -> None:
        """Say what an item waits for."""
        self._record(item, "--status", "blocked", "--note", "No land", "--cause", cause)

    @rule(item=ITEMS, late=st.integers(0, 90))
    def finish(self, item: str, late: int) -> None:
        """Finish an item, perhaps some days ago."""
        done_on = (self.now - timedelta(days=late)).date()
        self._record(item, "--status", "done", "--done-on", str(done_on), "--evidence", "QĐ 1")

    @rule(item=ITEMS)
    def cancel(self, item: str) -> None:
        """Cancel an item by a decision."""
        self._record(item, "--status", "cancelled", "--evidence", "NQ 1")

    @rule(item=ITEMS, progress=st.integers(0, 99))
    def reopen(self, item: str, progress: int) -> None:
        """Work again on an item that may be done or cancelled."""
        self._record(item, "--status", "in-progress", "--progress", str(progress))

    @rule(item=st.just(()) | st.tuples(ITEMS))
    def undo(self, item: tuple[str, ...]) -> None:
        """Take back the last update, of an item or of all."""
        self._run("undo", "--yes", *item)

    @rule(item=ITEMS, key=st.sampled_from([*HAND_WRITTEN]), choice=st.integers(0, 5))
    def edit_by_hand(self, item: str, key: str, choice: int) -> None:
        """Write a line of an item anew, or take it out."""
        head, table, rest = re.split(rf'(?ms)(^id = "{item}"\n.*?(?=^\n|\Z))', self._text())
        values = ("", *HAND_WRITTEN[key])
        value = values[choice % len(values)]
        bare = re.sub(rf"(?m)^{key} = .*\n", "", table)
        self.path.write_text(
            head + bare + (f"{key} = {value}\n" if value else "") + rest, encoding="utf-8"
        )

    @rule(number=st.integers(0, 20))
    def drop_an_entry_by_hand(self, number: int) -> None:
        """Take an entry out of the history, as a merge may do."""
        head, *entries = re.split(r"(?m)^(?=\[\[updates\]\]$)", self._text())
        if entries:
            del entries[number % len(entries)]
            self.path.write_text(head + "".join(entries), encoding="utf-8")

    @rule(days=st.integers(1, 400))
    def wait(self, days: int) -> None:
        """Let days pass."""
        self.now = min(self.now + timedelta(days=days), NOW.replace(year=2031))  # beyond the term

    @invariant()
    def everything_can_be_shown(self) -> None:
        """Run every command that reads; none of them writes."""
        for words in (
            ["list"],
            ["report"],
            ["report", "--period", "term"],
            ["log"],
            ["show", "T1"],
        ):
            assert self._run(*words) == ExitCode.DONE
        self._counts_close()
        assert self._run("check") in (ExitCode.DONE, ExitCode.PROBLEMS_FOUND)

    def _counts_close(self) -> None:
        """Add up statuses, outcomes and the sum of the term, whatever was edited by hand."""
        data = json.loads(self._answer("report", "--period", "term", "--format", "json"))
        for count in data["counts"]:
            by_status, by_outcome = count["by_status"], count["by_outcome"]
            assert sum(by_status.values()) == sum(by_outcome.values()) == count["total"]
            assert by_status.get("cancelled") == by_outcome.get("cancelled")
        is_cancelled = any(item["status"] == "cancelled" for item in data["items"])
        assert ("cancelled" in data["counts"][-1]["by_status"]) is is_cancelled
        period = data["period"]
        happened = Counter(event["kind"] for event in period["events"])
        gone = happened["finished-on-time"] + happened["finished-late"] + happened["cancelled"]
        came = happened["reopened"] + period["unrecorded"]
        assert period["open_before"] - gone + came == period["open_after"]

    def _record(self, item: str, *words: str) -> None:
        """Update an item; where that was not refused, undo it, compare, and do it again."""
        before, data = self.path.read_bytes(), data_of(self.path)
        if self._run("update", item, *words) == ExitCode.DONE:
            after, keys = self.path.read_bytes(), _keys(data_of(self.path))
            assert self._run("undo", item, "--yes") == ExitCode.DONE
            assert data_of(self.path) == data
            if keys >= _keys(data):  # a line that was taken away comes back at another place
                assert self.path.read_bytes() == before
            self.path.write_bytes(after)

    def _run(self, *words: str) -> int:
        """Run a command line; assert that its exit code fits what it did to the file; return it."""
        before = self.path.read_bytes()
        with (
            contextlib.redirect_stdout(io.StringIO()) as self.out,
            contextlib.redirect_stderr(io.StringIO()) as errors,
        ):
            code = main([*words, "--file", str(self.path)])
        changes = code == ExitCode.DONE and words[0] in ("update", "undo")
        assert (self.path.read_bytes() != before) == changes, words
        assert errors.getvalue().startswith("Error: ") == (
            code not in (ExitCode.DONE, ExitCode.PROBLEMS_FOUND)
        ), words
        assert code in (ExitCode.DONE, *_REFUSALS[words[0]]), words
        assert [entry.name for entry in self.folder.iterdir()] == [self.path.name]
        return code

    def _answer(self, *words: str) -> str:
        """Run a command line that reads; return what it prints."""
        assert self._run(*words) == ExitCode.DONE
        return self.out.getvalue()

    def _text(self) -> str:
        return self.path.read_text(encoding="utf-8")


def _keys(data: dict[str, Any]) -> set[tuple[str, str]]:
    """Return the keys of each item."""
    return {(item["id"], key) for item in data["tasks"] + data["breakthroughs"] for key in item}


_REFUSALS: dict[str, Sequence[ExitCode]] = {
    "update": (ExitCode.USAGE, ExitCode.REFUSED),
    "undo": (ExitCode.REFUSED,),
    "check": (ExitCode.PROBLEMS_FOUND,),
    **dict.fromkeys(("list", "report", "log", "show"), ()),
}
"""The exit codes, beside that of success, with which a command may answer here."""


@pytest.mark.hypothesis
def test_whatever_an_office_does_nothing_breaks_and_every_update_can_be_taken_back(
    tmp_path: Path,
) -> None:
    class OfficeHere(Office):
        folder = tmp_path

    run_state_machine_as_test(
        OfficeHere, settings=settings(max_examples=examples(50), stateful_step_count=12)
    )
