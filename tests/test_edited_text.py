"""The statements of a text that is edited, of which only what is behind an edit is read again."""

import tomllib
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolution_cli.domain.model import Place
from resolution_cli.storage import statements as read
from resolution_cli.storage import toml
from resolution_cli.storage.statements import EditedText, Start, Statement, statements
from tests.filled import PLAN_OF_UNITS, fill
from tests.support import PLAN, Run, examples

_TEXT = (
    PLAN_OF_UNITS.replace("\n\n[[tasks.m", "\n[[tasks.m") + '\n[report]\nhead = """\n[[tasks]]\n"""'
)
_LINES = st.sampled_from(
    ["", "x = 1\n", "\n# a remark\n", "[[updates]]\n", "[[tasks]]\n\n", "[[tasks.milestones]]\n"]
)


_Edit = tuple[float, int, str, int]
_EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 4), _LINES, st.integers(0, 90)), max_size=8
)


@settings(max_examples=examples(60))
@given(edits=_EDITS)
def test_statements_after_edits_are_those_of_the_new_text(edits: list[_Edit]) -> None:
    edited = EditedText(_TEXT)
    for share, count, new, read_before in edits:
        for _statement, _number in zip(edited, range(read_before), strict=False):
            pass
        parts = _parts_after(edited, share, count, new)
        for place in {part.place for part in parts if len(part.place) > 1}:
            _check_around(edited, parts, place)
        assert [*edited] == parts


@settings(max_examples=examples(60))
@given(edits=_EDITS)
def test_entries_are_the_same_when_they_are_read_from_far_behind_the_start(
    edits: list[_Edit],
) -> None:
    edited = EditedText(_TEXT, _starts(_TEXT))
    for share, count, new, number in edits:
        parts = _parts_after(edited, share, count, new)
        entries = [part.place for part in parts if len(part.place) == 2 and part.is_header]
        entries = [place for place in entries if isinstance(place[1], int)]
        if entries:
            _check_around(edited, parts, entries[-1 - number % len(entries)])
    assert [*edited] == [*statements(edited.text)]


def _parts_after(edited: EditedText, share: float, count: int, new: str) -> list[Statement]:
    """Replace `count` statements by `new`; return the statements of the text then."""
    parts = [*statements(edited.text)]
    first = int(share * (len(parts) - 1))
    last = min(first + count, len(parts)) - 1
    end = parts[max(first, last)].end if count else parts[first].start
    edited.replace(parts[first].start, end, new)
    return [*statements(edited.text)]


def _check_around(edited: EditedText, parts: list[Statement], place: Place) -> None:
    expected = [part for part in parts if part.place[: len(place)] == place]
    around = [part for part in edited.around(place) if part.place[: len(place)] == place]
    assert around == expected
    ends = [part.end for part in parts if part.start < expected[0].start]
    assert edited.end_before(expected[0]) == (ends or [0])[-1]


def _starts(text: str) -> list[Start]:
    """Return the starts of all entries of lists."""
    counts: dict[Place, int] = {}
    starts: list[Start] = []
    for part in statements(text):
        if part.is_header and len(part.place) == 2 and isinstance(number := part.place[1], int):
            starts.append(Start(part.start, {**counts}))
            counts[part.place[:1]] = number
    return starts


def test_undoing_many_entries_reads_the_text_a_few_times_and_not_once_an_entry(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time of an undo is that of the text, and not its square."""

    def parts_read(count: int) -> int:
        plan = "".join(
            f'[[tasks]]\nid = "N{n}"\ntitle = "x"\nlead = "A" # {n}\n\n' for n in range(count)
        )
        head, tasks, rest = PLAN_OF_UNITS.partition("[[tasks]]")
        path = Path("tasks.toml")
        path.write_text(head + plan + tasks + rest)
        before = path.read_bytes()
        run("form", "-o", "forms", "--unit", "A", "--force")
        answers = {f"N{n}": {"figure": 40, "result": f"x{n}"} for n in range(count)}
        form = fill(Path("forms", "2026-11 A.xlsx"), answers)
        assert run("import", str(form), "--yes").code == 0
        assert len(tomllib.loads(path.read_text())["updates"]) == count + 3
        counted = Mock(side_effect=read._part)  # noqa: SLF001  # one call a statement
        with monkeypatch.context() as patch:
            patch.setattr(read, "_part", counted)
            assert run("undo", "--yes").code == 0
        assert path.read_bytes() == before
        return counted.call_count

    few, many = parts_read(10), parts_read(40)
    assert many < 4 * few


def test_the_last_entry_of_a_long_history_is_undone_without_reading_those_before_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parts_read(count: int) -> int:
        entries = "".join(
            f'\n[[updates]]\nitem = "T1"\non = 2026-07-01\nnote = "{number}"\n'
            for number in range(count)
        )
        path = Path("tasks.toml")
        path.write_text(PLAN + entries)
        assert run("update", "T1", "--lead", "Office", "--note", "x").code == 0
        counted = Mock(side_effect=read._part)  # noqa: SLF001  # one call a statement
        with monkeypatch.context() as patch:
            patch.setattr(toml, "PIECE", 400)
            patch.setattr(read, "_part", counted)
            assert run("undo", "--yes").code == 0
        assert path.read_text() == PLAN + entries
        return counted.call_count

    assert parts_read(400) < 1.2 * parts_read(40)
