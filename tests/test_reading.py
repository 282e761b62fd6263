"""Reading a file: where its statements are, and the values that the standard library reads."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolution_cli.domain.model import Place
from resolution_cli.storage import toml
from resolution_cli.storage.document import DataText
from resolution_cli.storage.statements import statements
from resolution_cli.storage.toml import TomlBroken, parsed
from tests.generated import COMMENT, Sample, read, samples
from tests.support import examples

properties = settings(max_examples=examples(140))


with_a_typing_error = given(
    samples(),
    st.integers(0, 10_000),
    st.sampled_from(["\0", '"', "=", "[", "\ud7ff=\x01", '"""', "\r"]),
)


@properties
@given(samples())
def test_statements_stand_where_the_parser_finds_their_values(sample: Sample) -> None:
    text = sample.text.removeprefix("\ufeff").replace("\r\n", "\n")
    found = [*statements(text)]
    assert [(one.place, one.line) for one in found] == [
        (line.place, number)
        for number, line in enumerate(sample.lines, 1)
        if line.place and line.is_first
    ]
    assert [one.line for one in found] == [text.count("\n", 0, one.start) + 1 for one in found]
    assert [one.comments for one in found] == [
        tuple(comment.rstrip() for comment in COMMENT.findall(text[one.start : one.end]))
        for one in found
    ]
    for one in found:
        assert isinstance(_value_at(sample.data, one.place), dict) or not one.is_header


@properties
@given(samples())
def test_the_line_of_a_place_is_the_line_where_it_stands(sample: Sample) -> None:
    places = sample.places()
    text = DataText(parsed(sample.text))
    assert text.lines_of(places) == places
    # What has no line of its own, as a key that is missing, has the line of what it would be in.
    inside = {(*place, "none", 7): line for place, line in places.items()}
    assert text.lines_of(inside) == inside
    assert text.lines_of([(), ("nowhere",), ("nowhere", 3, "id")]) == {}


@with_a_typing_error
@properties
def test_read_in_pieces_a_text_says_what_the_whole_of_it_says(
    sample: Sample, position: int, typo: str
) -> None:
    position %= len(sample.text)
    for text in (sample.text, sample.text[:position] + typo + sample.text[position:]):
        whole = _value_or_refusal(text)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(toml, "PIECE", 1)
            assert _value_or_refusal(text) == whole


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param("[updates.was]\nprogress = 1\n", id="a-table-of-the-last-entry"),
        pytest.param('note = """\n[[updates]]\n"""\n', id="a-header-in-a-text"),
        pytest.param("[resolution]\ntitle = 'again'\n", id="a-table-defined-twice"),
        pytest.param("[[tasks]]\nid = 'T2'\n", id="an-item-behind-the-history"),
        pytest.param("[[updates]]\nprogress = \n", id="a-fault-in-the-last-piece"),
    ],
)
@pytest.mark.parametrize(
    "plan", ["", "updates = []\n", "[updates]\n", "[updates.x]\n", "[resolution]\n[[tasks]]\n"]
)
def test_pieces_that_are_not_only_history_are_read_as_a_whole(
    plan: str, rest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{plan}\n[[updates]]\nitem = 'T1'\n\n[[updates]]\nitem = 'T2'\n{rest}"
    whole = _value_or_refusal(text)
    monkeypatch.setattr(toml, "PIECE", 1)
    assert _value_or_refusal(text) == whole


def test_a_text_in_three_quotes_inside_a_list_is_no_end_of_it() -> None:
    text = "tags = [\"\"\"a\"] # no comment\"\"\"] # one\nx = ['''b'] # no comment'''] # two\n"
    assert [part.comments for part in statements(text)] == [("# one",), ("# two",)]


def test_a_text_with_quotes_of_its_own_ends_where_it_ends_on_every_python() -> None:
    text = 'x = ["""a\n\\"b\\" ""\n[[t]]""", "Ă, # \\"c\\" = [d]"]\n[[t]]\n'
    assert [(part.place, part.line) for part in statements(text)] == [(("x",), 1), (("t", 0), 4)]


@with_a_typing_error
@properties
def test_whatever_the_text_it_is_read_as_the_standard_library_does_or_refused(
    sample: Sample, position: int, typo: str
) -> None:
    position %= len(sample.text)
    text = sample.text[:position] + typo + sample.text[position:]
    try:
        value = DataText(parsed(text)).value
    except TomlBroken as error:
        assert re.search(r"line \d+, column \d+", str(error))  # noqa: PT017  # either way is right
    else:
        assert value == read(text)


def _value_or_refusal(text: str) -> dict[str, Any] | str:
    try:
        return DataText(parsed(text)).value
    except TomlBroken as error:
        return str(error)


def _value_at(data: object, place: Place) -> object:
    for step in place:
        data = data[step]  # type: ignore[index]  # a step that does not fit must fail the test
    return data
