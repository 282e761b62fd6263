"""Editing generated files in place: the data become what was meant, and no other line changes."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from resolution_cli.domain.model import Place
from resolution_cli.storage.document import DataText
from resolution_cli.storage.statements import statements
from resolution_cli.storage.toml import parsed
from tests.generated import COMMENT, Line, Sample, comments, missing, read, samples
from tests.support import examples

_ENTRY = {
    "item": "T1",
    "on": date(2026, 9, 30),
    "at": datetime(2026, 9, 30, 9, tzinfo=UTC),
    "by": 'An "the # clerk"',
    "progress": 50,
    "was": {"status": "blocked", "partners": ["A, B", "# C"], "due": date(2026, 1, 1)},
    "note": "one line\nand [[updates]] in another\n",
    "evidence": ["QĐ 1", '\\ \t\'"""'],
}


class Edit(NamedTuple):
    """A value for a fact of an item; None takes it away."""

    place: Place
    value: object


_VALUES: Mapping[str, st.SearchStrategy[object]] = {
    "status": st.sampled_from(["not-started", "in-progress", "blocked", "done"]),
    "progress": st.integers(0, 100),
    "due": st.dates(date(2025, 1, 1), date(2030, 1, 1)),
    "done_on": st.dates(date(2025, 1, 1), date(2030, 1, 1)),
    "lead": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1),
    "product": st.sampled_from(
        ["x", "a # b", "line\nline", '"', "'''", '"""', "\\", "tab\t", "\x1b[31m", "\u2028"]
    ),
    "partners": st.lists(
        st.sampled_from(["A", "B, C", "# D", 'E"', "F\nG"]), min_size=1, max_size=3
    ),
    "tags": st.lists(st.sampled_from(["A", "đ"]), min_size=1, max_size=4),
}


@st.composite
def edited_samples(draw: st.DrawFn) -> tuple[Sample, list[Edit]]:
    """Build a data file, and edits of its items."""
    sample = draw(samples())
    data = sample.data
    items = [
        (name, index)
        for name in ("tasks", "breakthroughs")
        for index in range(len(data.get(name, ())))
    ]
    edits = []
    for _ in range(draw(st.integers(1, 4))):
        key = draw(st.sampled_from([*_VALUES]))
        value = draw(st.none() | _VALUES[key])
        edits.append(Edit((*draw(st.sampled_from(items)), key), value))
    return sample, edits


properties = settings(max_examples=examples(140))


@properties
@given(samples())
def test_a_text_that_nothing_is_done_to_stays_as_it_is(sample: Sample) -> None:
    text = DataText(parsed(sample.text))
    assert (text.text, text.value) == (sample.text, sample.data)


@properties
@given(edited_samples())
def test_after_edits_the_data_are_what_was_meant(case: tuple[Sample, list[Edit]]) -> None:
    sample, edits = case
    assert read(_edited(sample, edits)) == _meant(sample.data, edits)


@properties
@given(edited_samples())
def test_after_edits_and_an_entry_in_one_text_the_data_are_what_was_meant(
    case: tuple[Sample, list[Edit]],
) -> None:
    sample, edits = case
    text = DataText(parsed(sample.text))
    meant = sample.data
    for edit in edits:
        text.set(edit.place, edit.value)
        text.append_update(_ENTRY)
        meant = _meant(meant, [edit])
        meant.setdefault("updates", []).append(_ENTRY)
    assert read(text.text) == meant
    assert comments(text.text) == comments(sample.text)


@properties
@given(edited_samples())
def test_edits_lose_no_comment(case: tuple[Sample, list[Edit]]) -> None:
    sample, edits = case
    assert comments(_edited(sample, edits)) == comments(sample.text)


@properties
@given(edited_samples())
def test_edits_leave_every_other_line_as_it_was(case: tuple[Sample, list[Edit]]) -> None:
    sample, edits = case
    new = _edited(sample, edits)
    touched = {edit.place for edit in edits} | {edit.place[:1] for edit in edits}
    kept = [line.text for line in sample.lines if line.text and line.place not in touched]
    assert missing(kept, new) == []
    # Where the last key goes, the line before it keeps the line ending that it had.
    _assert_same_ends_of_lines(
        sample, new, may_end_its_last_line=any(edit.value is None for edit in edits)
    )


_LAST_KEY_WITHOUT_NEWLINE = Sample(
    (
        Line("[[tasks]]\n", ("tasks", 0), is_first=True),
        Line("progress = 1", ("tasks", 0, "progress"), is_first=True),
    ),
    byte_order_mark="",
)


@properties
@given(edited_samples())
@example((_LAST_KEY_WITHOUT_NEWLINE, [Edit(("tasks", 0, "progress"), None)]))
def test_what_edits_add_is_the_lines_of_the_keys_they_set(case: tuple[Sample, list[Edit]]) -> None:
    sample, edits = case
    edit = edits[0]
    old, new = sample.text, _edited(sample, [edit])
    place = edit.place if ("tasks", 0) in sample.places() else ("tasks",)
    touched = [line.text for line in sample.lines if line.place == place]
    added = Counter(_bare_lines(new)) - Counter(_bare_lines(old))
    removed = Counter(_bare_lines(old)) - Counter(_bare_lines(new))
    assert removed - Counter(line.rstrip("\r\n") for line in touched) == Counter()
    if place == edit.place:  # the line of the key, if it has a value, and comments that were in it
        of_the_key = Counter(_lines_of_statement(new, place))
        assert [line for line in added - of_the_key if not COMMENT.fullmatch(line.strip())] == []
        assert bool(of_the_key) is (edit.value is not None)


@properties
@given(samples())
def test_an_entry_is_added_behind_everything(sample: Sample) -> None:
    text = DataText(parsed(sample.text))
    text.append_update(_ENTRY)
    meant = sample.data
    meant.setdefault("updates", []).append(_ENTRY)
    assert read(text.text) == meant
    assert comments(text.text) == comments(sample.text)
    assert (
        missing(
            [line.text for line in sample.lines if line.text and line.place != ("updates",)],
            text.text,
        )
        == []
    )
    if ("updates",) not in sample.places():
        assert text.text.startswith(sample.text)
    _assert_same_ends_of_lines(sample, text.text)


@properties
@given(edited_samples())
def test_lines_of_an_edited_text_are_those_of_the_new_text(case: tuple[Sample, list[Edit]]) -> None:
    sample, edits = case
    text = DataText(parsed(sample.text))
    for edit in edits:
        text.set(edit.place, edit.value)
    again = DataText(parsed(text.text))
    places = [*_places(again.value, ())]
    assert text.lines_of(places) == again.lines_of(places)


@pytest.mark.parametrize(
    ("before", "place", "value", "after"),
    [
        pytest.param(
            'status = "done" # yes\n',
            ("t", 0, "status"),
            "blocked",
            'status = "blocked" # yes\n',
            id="comment-beside",
        ),
        pytest.param(
            "due = 2026-01-01 # law\nx = 1\n",
            ("t", 0, "due"),
            None,
            "# law\nx = 1\n",
            id="comment-of-gone",
        ),
        pytest.param(
            "x = 1\r\n\r\n[z]\r\n",
            ("t", 0, "y"),
            2,
            "x = 1\r\ny = 2\r\n\r\n[z]\r\n",
            id="new-key-crlf",
        ),
        pytest.param("x = 1", ("t", 0, "y"), 2, "x = 1\ny = 2", id="new-key-without-last-newline"),
        pytest.param(
            "x = 1 # one", ("t", 0, "x"), 2, "x = 2 # one", id="value-without-last-newline"
        ),
        pytest.param(
            "x = 1\ny = 2", ("t", 0, "y"), None, "x = 1\n", id="last-key-goes-without-last-newline"
        ),
        pytest.param("'x' = 1\n", ("t", 0, "x"), 2, "'x' = 2\n", id="quotes-of-a-key"),
        pytest.param(
            '"\\u0078" = 1 # a\ny = 1\n', ("t", 0, "x"), None, "# a\ny = 1\n", id="escape-in-a-key"
        ),
        pytest.param(
            "x = 1\n\n# next\n",
            ("t", 0, "y"),
            2,
            "x = 1\ny = 2\n\n# next\n",
            id="comment-of-what-follows",
        ),
    ],
)
def test_an_edit_writes_as_a_person_would(
    before: str, place: Place, value: object, after: str
) -> None:
    text = DataText(parsed(f"[[t]]\n{before}"))
    text.set(place, value)
    assert text.text == f"[[t]]\n{after}"


def _edited(sample: Sample, edits: list[Edit]) -> str:
    text = DataText(parsed(sample.text))
    for edit in edits:
        text.set(edit.place, edit.value)
    return text.text


def _meant(data: Mapping[str, Any], edits: list[Edit]) -> dict[str, Any]:
    """Return the plain `data` after `edits`."""
    meant = deepcopy(dict(data))
    for (name, index, key), value in edits:
        item = meant[str(name)][index]
        if value is None:
            item.pop(key, None)
        else:
            item[key] = value
    return meant


def _lines_of_statement(text: str, place: Place) -> list[str]:
    """Return the lines of the statement at `place`, without their endings; none if it is absent."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return [
        line
        for one in statements(text)
        if one.place == place
        for line in _bare_lines(text[one.start : one.end])
    ]


def _bare_lines(text: str) -> list[str]:
    """Return the lines of a text without their endings."""
    return [line.rstrip("\r\n") for line in re.findall(r"[^\n]*\n|[^\n]+", text)]


def _assert_same_ends_of_lines(
    sample: Sample, new: str, *, may_end_its_last_line: bool = False
) -> None:
    """Assert that byte order mark, line endings and the end of the last line are as before."""
    old = sample.text
    assert new.startswith("\ufeff") == old.startswith("\ufeff")
    assert new.endswith("\n") == old.endswith("\n") or (
        may_end_its_last_line and new.endswith("\n")
    )
    crlf, lines = old.count("\r\n"), old.count("\n")
    if crlf in {0, lines}:
        assert (new.count("\r\n") == new.count("\n")) == (crlf == lines)
        assert (new.count("\r\n") == 0) == (crlf == 0)


def _places(value: object, place: Place) -> Iterator[Place]:
    if place:
        yield place
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _places(part, (*place, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _places(part, (*place, index))
