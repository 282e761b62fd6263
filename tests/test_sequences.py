"""Any sequence of commands on any commented file, compared with a model of the file."""

import contextlib
import io
import json
import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from resolution_cli.cli import clock, main
from resolution_cli.domain.model import FACTS, STATE_FACTS
from tests.generated import Line, Sample, comments, missing, read, samples
from tests.support import NOW, Prove, examples

_TEXTS = st.sampled_from(["x", "Đội 7", '"', "# no comment", "two\nlines", "'''", "\x1b[31m"])
_FACTS = st.fixed_dictionaries(
    {},
    optional={
        "lead": _TEXTS,
        "product": _TEXTS,
        "due": st.dates(date(2026, 1, 1), date(2029, 12, 31)),
        "tags": st.lists(_TEXTS, min_size=1, max_size=2, unique=True),
        "partners": st.lists(_TEXTS, min_size=1, max_size=2, unique=True),
        "progress": st.integers(1, 99),
    },
)
_CANCELLED = ("--status=cancelled", "--evidence=NQ 1")
_OPTIONS = {"tags": "tag", "partners": "partner"}


def _run(*arguments: str) -> tuple[int, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    assert "Traceback" not in err.getvalue()
    return code, out.getvalue()


def _same(name: str, one: object, other: object) -> bool:
    """Say whether two values of a fact are the same; absent is not-started, 0% or no list."""
    absent = {"status": "not-started", "progress": 0}.get(name)
    return (one or absent) == (other or absent)


def _past(item: dict[str, Any], recorded: int, day: date) -> int:
    """Return the progress on a past day: what was recorded, or 100 of an item done by then."""
    is_done = item.get("status") == "done" and "done_on" in item and item["done_on"] <= day
    return 100 if is_done else recorded


class Commands(RuleBasedStateMachine):
    """Commands, each with what it does to the model; the file is compared after each."""

    path: Path
    begun: ClassVar[list[Sample]]
    _lines: tuple[Line, ...]
    _text: str
    _data: dict[str, Any]
    _now: datetime
    _touched: set[tuple[str | int, ...]]
    _undoable: list[tuple[dict[str, Any], date]]
    _states: dict[date, list[tuple[dict[str, Any], int]]]

    @initialize(sample=samples())
    def begin(self, sample: Sample) -> None:
        """Write a generated file."""
        assume(("tasks",) not in sample.places())  # tasks as one value have no titles there
        self.path.write_bytes(sample.text.encode())
        self._lines, self._text, self._data = sample.lines, sample.text, sample.data
        self._now = NOW
        clock.now = lambda: self._now
        self._touched, self._undoable, self._states = set(), [], {}
        self.begun.append(sample)
        self._had_history = bool(self._data.get("updates"))
        assert _run("list", "-f", str(self.path))[0] == 0

    def _items(self) -> list[tuple[tuple[str, int], dict[str, Any]]]:
        return [
            ((name, index), item)
            for name in ("tasks", "breakthroughs")
            for index, item in enumerate(self._data.get(name, []))
        ]

    @rule(number=st.integers(0, 4), facts=_FACTS, note=st.none() | _TEXTS)
    def update(self, number: int, facts: dict[str, Any], note: str | None) -> None:
        """Set facts of an item, which the model does by what README says of an update."""
        place, item = self._items()[number % len(self._items())]
        if item.get("status") in {"done", "cancelled"}:
            facts.pop("progress", None)  # reopening has rules of its own, which other tests play
        elif "progress" in facts and item.get("status", "not-started") == "not-started":
            facts = {**facts, "status": "in-progress"}
        self._record(place, item, facts, note)

    @rule(number=st.integers(0, 4))
    def cancel(self, number: int) -> None:
        """Cancel an item; one that is done is left alone."""
        place, item = self._items()[number % len(self._items())]
        if item.get("status") == "done":
            code, _ = _run("update", item["id"], *_CANCELLED, "-f", str(self.path))
            assert code == 4
        else:
            facts = {"status": "cancelled", "done_on": None}
            self._record(place, item, facts, None, evidence=["NQ 1"])

    @rule(number=st.integers(0, 4), progress=st.none() | st.integers(1, 99))
    def take_up_again(self, number: int, progress: int | None) -> None:
        """Reopen an item that is cancelled."""
        place, item = self._items()[number % len(self._items())]
        if item.get("status") == "cancelled":
            facts: dict[str, Any] = {"status": "in-progress", "done_on": None}
            facts |= {"progress": progress} if progress else {}
            self._record(place, item, facts, None)

    def _record(
        self,
        place: tuple[str, int],
        item: dict[str, Any],
        facts: dict[str, Any],
        note: str | None,
        evidence: Sequence[str] = (),
    ) -> None:
        """Run an update, and do to the model what the documentation says of it."""
        words = [
            f"--{_OPTIONS.get(name, name)}={part}"
            for name, value in facts.items()
            for part in (value if isinstance(value, list) else [value])
            if value is not None
        ]
        words += [f"--evidence={each}" for each in evidence]
        note_words = [f"--note={note}"] if note else []
        code, _ = _run("update", item["id"], *words, *note_words, "-f", str(self.path))
        if "progress" in facts:
            facts = {**facts, "done_on": None}  # what is not done has no day on which it was
        recorded = self._recorded(item)
        new = {
            name: facts[name]
            for name in FACTS
            if name in facts and not _same(name, facts[name], recorded[name])
        }
        by_hand = [
            name
            for name in FACTS
            if name in facts and not _same(name, item.get(name), recorded[name])
        ]
        if not (new or by_hand or note or evidence):
            assert code == 4
            return
        assert code == 0
        self._undoable.append((deepcopy(self._data), self._now.date()))
        was = {name: recorded[name] if name in by_hand else item.get(name) for name in new}
        tables = {
            "was": {name: value for name, value in was.items() if value is not None},
            "found": {name: item[name] for name in by_hand if name in item},
            "missing": [name for name in by_hand if name not in item],
        }
        entry = {
            "item": item["id"],
            "on": self._now.date(),
            "at": self._now,
            "by": "office",
            **{name: value for name, value in new.items() if value is not None},
            **{name: value for name, value in tables.items() if value},
            **({"note": note} if note else {}),
            **({"evidence": evidence} if evidence else {}),
        }
        self._data.setdefault("updates", []).append(entry)
        for name in [
            name for name in FACTS if name in facts and not _same(name, facts[name], item.get(name))
        ]:
            self._touched.add((*place, name))
            item.pop(name, None)
            if facts[name] is not None:
                item[name] = facts[name]
        self._states[self._now.date()] = self._state()

    def _recorded(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return each fact of an item as the history has it, or as the plan began with it."""
        recorded = {name: None if name in STATE_FACTS else item.get(name) for name in FACTS}
        for entry in self._data.get("updates", []):
            if entry["item"] == item["id"]:
                spoken = [name for name in FACTS if name in entry or name in entry.get("was", {})]
                recorded |= {name: entry.get(name) for name in spoken}
        return recorded

    def _state(self) -> list[tuple[dict[str, Any], int]]:
        """Return each item as the plan has it now, and its progress as the history has it."""
        return deepcopy(
            [(item, self._recorded(item)["progress"] or 0) for _, item in self._items()]
        )

    @rule()
    def undo(self) -> None:
        """Take back the last update that this sequence made."""
        if not self._undoable:
            return
        code, _ = _run("undo", "--yes", "-f", str(self.path))
        assert code == 0
        self._data, day = self._undoable.pop()
        self._states = {known: state for known, state in self._states.items() if known < day}

    @rule(days=st.integers(1, 200))
    def wait(self, days: int) -> None:
        """Let days pass."""
        self._now = min(self._now + timedelta(days=days), NOW.replace(year=2029))

    @rule()
    def look(self) -> None:
        """Compare the list with the model, and add up the report."""
        code, out = _run("list", "--format", "json", "-f", str(self.path))
        items = json.loads(out)["items"]
        assert code == 0
        assert [(item["id"], item["progress"], item["lead"]) for item in items] == [
            (item["id"], item.get("progress", 0), item.get("lead")) for _, item in self._items()
        ]
        code, out = _run("report", "-f", str(self.path))
        assert code == 0
        # Statuses and outcomes each add up to the total of their column.
        rows = re.findall(r"^ ?(\S[^\d\n]*?)((?: +\d+)+)$", out, re.MULTILINE)
        table = [(name, [*map(int, figures.split())]) for name, figures in rows]
        ends = [number for number, (name, _) in enumerate(table, 1) if name == "total"]
        assert len(ends) == 2
        statuses = Counter(item.get("status", "not-started") for _, item in self._items())
        rows_of_counts = 5 if statuses["cancelled"] else 4
        assert ends == [rows_of_counts + 1, 2 * rows_of_counts + 2]
        for part in (table[: ends[0]], table[ends[0] : ends[1]]):
            *figures, total = [figure for _, figure in part]
            cancelled = [figure for name, figure in part if name == "cancelled"]
            assert [figure[-1] for figure in cancelled] == [*filter(None, [statuses["cancelled"]])]
            assert [sum(column) for column in zip(*figures, strict=True)] == total
            assert total[-1] == sum(total[:-1]) == len(items)

    @rule()
    def join(self) -> None:
        """Compare the log of a year with those of its halves."""
        year = self._now.year
        parts = [(f"{year}-01-01", f"{year}-06-30"), (f"{year}-07-01", f"{year}-12-31")]
        first, second = (
            _run("log", "--from", start, "--to", end, "-f", str(self.path))[1]
            for start, end in parts
        )
        whole = _run("log", "--from", parts[0][0], "--to", parts[1][1], "-f", str(self.path))[1]
        entries = [part for part in (second, first) if not part.startswith("No update")]
        assert whole == ("\n".join(entries) if entries else first)

    @rule()
    def look_back(self) -> None:
        """Compare every past day with what the file held at its end."""
        for day, state in self._states.items() if not self._had_history else ():
            _, out = _run(
                "list", "--format", "json", "--as-of", day.isoformat(), "-f", str(self.path)
            )
            is_past = day < self._now.date()
            assert [
                (item["progress"], item["lead"], item["tags"]) for item in json.loads(out)["items"]
            ] == [
                (
                    _past(item, known, day) if is_past else item.get("progress", 0),
                    item.get("lead"),
                    item.get("tags", []),
                )
                for item, known in state
            ]

    @invariant()
    def the_file_says_what_was_meant_and_nothing_else_moved(self) -> None:
        """Compare the data, the comments and the lines that no command was about."""
        text = self.path.read_bytes().decode()
        assert {"updates": [], **read(text)} == {"updates": [], **self._data}
        assert not comments(self._text) - comments(text)
        kept = [line.text for line in self._lines if line.text and line.place not in self._touched]
        assert missing(kept, text) == []
        assert [entry.name for entry in self.path.parent.iterdir()] == [self.path.name]


@pytest.mark.hypothesis
def test_any_sequence_of_commands_does_what_the_model_says(tmp_path: Path, prove: Prove) -> None:
    class CommandsHere(Commands):
        path = tmp_path / "tasks.toml"
        begun: ClassVar[list[Sample]] = []

    run_state_machine_as_test(
        CommandsHere, settings=settings(max_examples=examples(150), stateful_step_count=12)
    )
    prove("sequences of commands", len(CommandsHere.begun))
