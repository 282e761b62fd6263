"""New entries and keys in generated files: at their place, and every other line as it was."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolution_cli.domain.model import Place
from resolution_cli.storage.document import DataText
from resolution_cli.storage.toml import parsed
from tests.generated import Sample, comments, missing, read, samples
from tests.support import examples

_ENTRY: dict[str, Any] = {
    "id": "X",
    "title": {"vi": "Chợ # [[updates]]", "en": 'a "b"'},
    "plan": {"2027": 0.9, "2030": 5},
    "partners": ["A, B", "# C"],
    "summary": "one line\nand [[tasks]] in another",
    "added": date(2026, 11, 24),
}
_LISTS = ("tasks", "breakthroughs", "targets", "milestones")

properties = settings(max_examples=examples(140))


def _list_place(data: dict[str, Any], name: str, index: int) -> Place:
    """Return the place of a list of the top, or of the milestones of one of the tasks."""
    return ("tasks", index % len(data["tasks"]), name) if name == "milestones" else (name,)


def _list_at(data: dict[str, Any], place: Place) -> list[Any]:
    value: Any = data
    for key in place[:-1]:
        value = value[key]
    entries: list[Any] = value.setdefault(place[-1], [])
    return entries


@st.composite
def extended_samples(draw: st.DrawFn) -> tuple[Sample, list[tuple[str, int]]]:
    """Build a data file, and the lists that get a new entry, one after the other."""
    lists = st.tuples(st.sampled_from(_LISTS), st.integers(0, 2))
    return draw(samples()), draw(st.lists(lists, min_size=1, max_size=5))


@properties
@given(extended_samples())
def test_entries_added_to_any_list_leave_every_other_line_as_it_was(
    case: tuple[Sample, list[tuple[str, int]]],
) -> None:
    sample, lists = case
    old, meant = sample.text, sample.data
    for name, index in lists:
        place = _list_place(meant, name, index)
        text = DataText(parsed(old))
        text.add_entries(place, [_ENTRY])
        new = text.text
        _list_at(meant, place).append(deepcopy(_ENTRY))
        assert read(new) == meant
        assert comments(new) == comments(old)
        if not any(line.place == ("tasks",) for line in sample.lines):  # no list is one value
            _assert_inserted(old, new)
        old = new
    kept = [line.text for line in sample.lines if line.text and line.place != ("tasks",)]
    assert missing(kept, old) == []


def _assert_inserted(old: str, new: str) -> None:
    """Assert that `new` is `old` with lines at one position, which have its line ends."""
    start = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    rest = len(old) - start
    assert new.endswith(old[start:]) or rest == 0
    added = new[start : len(new) - rest]
    assert "[[" in added
    if old.count("\r\n") in {0, old.count("\n")}:
        assert added.count("\r\n") == (added.count("\n") if "\r\n" in old else 0)
    assert new.endswith("\n") == old.endswith("\n")


@properties
@given(samples(), st.permutations(["2026", "2027", "2030"]))
def test_years_stand_in_their_order_and_taken_away_leave_the_file_as_it_was(
    sample: Sample, years: list[str]
) -> None:
    text, meant = DataText(parsed(sample.text)), sample.data
    for year in years:
        text.put(("tasks", 0, "plan", year), 1.5)
    text.put(("tasks", 0, "base", "on"), date(2025, 9, 1))
    meant["tasks"][0] |= {"plan": dict.fromkeys(years, 1.5), "base": {"on": date(2025, 9, 1)}}
    assert read(text.text) == meant
    is_one_value = any(line.place == ("tasks",) for line in sample.lines)
    assert list(read(text.text)["tasks"][0]["plan"]) == sorted(years)
    text.remove(("tasks", 0, "plan"))
    text.remove(("tasks", 0, "base"))
    assert read(text.text) == sample.data
    if not is_one_value and sample.text.endswith("\n"):
        assert text.text == sample.text


@pytest.mark.parametrize(
    ("before", "place", "after"),
    [
        pytest.param(
            "[[tasks]]\nid = 1\n[tasks.x]\ny = 1\n# of y\n\n# of u\n[[u]]\n",
            ("tasks",),
            "[[tasks]]\nid = 1\n[tasks.x]\ny = 1\n# of y\n\n[[tasks]]\nid = 2\n\n# of u\n[[u]]\n",
            id="a comment above and one below",
        ),
        pytest.param(
            "[[tasks]]\nid = 1\n# of u\n[[u]]\n",
            ("tasks",),
            "[[tasks]]\nid = 1\n\n[[tasks]]\nid = 2\n\n# of u\n[[u]]\n",
            id="a comment between two",
        ),
        pytest.param(
            "[[tasks]]\nid = 1\n[[targets]]\n[[tasks]]\nid = 3\n[[u]]\n",
            ("tasks",),
            "[[tasks]]\nid = 1\n[[targets]]\n[[tasks]]\nid = 3\n\n[[tasks]]\nid = 2\n\n[[u]]\n",
            id="a list in two parts",
        ),
        pytest.param(
            "[[tasks]]\nid = 1\n[[tasks.milestones]]\nid = 3\n[[tasks]]\nid = 4\n",
            ("tasks", 0, "milestones"),
            "[[tasks]]\nid = 1\n[[tasks.milestones]]\nid = 3\n\n[[tasks.milestones]]\nid = 2\n\n"
            "[[tasks]]\nid = 4\n",
            id="a milestone behind its sibling",
        ),
        pytest.param(
            "[[tasks]]\nid = 1\n[[tasks.milestones]]\nid = 3\n\n[[targets]]\nid = 4\n",
            ("tasks",),
            "[[tasks]]\nid = 1\n[[tasks.milestones]]\nid = 3\n\n[[tasks]]\nid = 2\n\n"
            "[[targets]]\nid = 4\n",
            id="a task behind a milestone",
        ),
        pytest.param(
            "tasks = [{ id = 1, milestones = [{ id = 3 }] }]\n",
            ("tasks", 0, "milestones"),
            "tasks = [{ id = 1, milestones = [{ id = 3 }, { id = 2 }] }]\n",
            id="a milestone in brackets",
        ),
        pytest.param(
            "[[tasks]]\nid = 1\nmilestones = [ # all\n  { id = 3 }, # a\n]\n",
            ("tasks", 0, "milestones"),
            "[[tasks]]\nid = 1\nmilestones = [ # all\n  { id = 3 }, # a\n  { id = 2 },\n]\n",
            id="a milestone in brackets of its item",
        ),
        pytest.param(
            "[report]\nx = 1\n[resolution]\nx = 1\n",
            ("targets",),
            "[report]\nx = 1\n[resolution]\nx = 1\n\n[[targets]]\nid = 2\n",
            id="a file in another order",
        ),
        pytest.param(
            "schema = 1\nresolution = {}\nupdates = []\n",
            ("tasks",),
            "schema = 1\nresolution = {}\nupdates = []\n\n[[tasks]]\nid = 2\n",
            id="all tables in braces",
        ),
    ],
)
def test_an_entry_is_written_where_a_person_would(before: str, place: Place, after: str) -> None:
    text = DataText(parsed(before))
    text.add_entries(place, [{"id": 2}])
    assert text.text == after
