"""Plain text for pipes and files: what Rich would draw on a screen wide enough, without Rich."""

import io
import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from resolution_cli.formats import terminal
from resolution_cli.formats import text as plain
from resolution_cli.formats.grid import Grid, GridRow, Layout, Part
from resolution_cli.views.document import Column, Tone, strong, toned
from resolution_cli.views.texts import clean
from tests.support import hostile

_TITLE = "Chuyển đổi số ở phường Đông Hà"
_WIDTHS = {
    "ascii": ("Digital transformation", 22),
    "empty": ("", 0),
    "vietnamese-composed": (unicodedata.normalize("NFC", _TITLE), len(_TITLE)),
    "vietnamese-decomposed": (unicodedata.normalize("NFD", _TITLE), len(_TITLE)),
    "typographic": ("“x” – y… → ±5 − 4 ₫ █░▁▂", 24),
    "chinese": ("日本語", 6),
    "korean": ("한국어 1", 8),
    "full-width": ("ＡＢ＝", 6),
    "combining": ("e\u0301\u0323Z\u0351\u036b", 2),
    "emoji": ("🚧 ok", 5),
    "flag-and-sign": ("🇻🇳 ☎", cell_len("🇻🇳 ☎")),  # releases of Rich differ in these two
    "joined-emoji": ("👩\u200d👩\u200d👧", cell_len("👩\u200d👩\u200d👧")),
    "control-pictures": ("␛[31m�", 6),
}
# Rich lets a joiner at the end of a text swallow the filling behind it.
_ANY = st.characters(exclude_characters="\u200d")
_TEXTS = st.text(_ANY).map(clean) | st.sampled_from([text for text, _ in _WIDTHS.values()])


@pytest.mark.parametrize(("text", "columns"), _WIDTHS.values(), ids=_WIDTHS)
def test_a_text_takes_the_columns_that_a_terminal_gives_it(text: str, columns: int) -> None:
    assert plain.width(text) == columns


@pytest.mark.proof
def test_a_text_takes_as_many_columns_as_on_a_screen() -> None:
    odd = [
        code
        for code in range(sys.maxunicode + 1)
        if clean(chr(code)) == chr(code)
        and plain.width.__wrapped__(chr(code)) != cell_len(chr(code))
    ]
    assert odd == []


@hostile
def test_hostile_texts_are_drawn_as_on_a_wide_screen(text: str) -> None:
    _assert_drawn_alike(clean(text), "x")


@given(_TEXTS, _TEXTS)
def test_every_text_is_drawn_as_on_a_wide_screen(one: str, other: str) -> None:
    _assert_drawn_alike(one, other)


def test_one_long_cell_does_not_make_every_row_as_long() -> None:
    rows = (
        GridRow(("T0", "x" * 100_000, "end")),
        *(GridRow((f"T{number}", "x", "end")) for number in range(1, 2_000)),
    )
    drawn = plain.plain([Grid((Column("id"), Column("title"), Column()), rows)])
    assert len(drawn) < 600_000
    assert f"T1     x{' ' * 201}end\n" in drawn


def _assert_drawn_alike(one: str, other: str) -> None:
    for part in _parts(one, other):
        drawn, on_screen = plain.plain([part]), _on_wide_screen(part)
        # Cells that are too long to fill the others up to their width.
        if max(map(plain.width, (*one.split("\n"), *other.split("\n")))) > 190:
            drawn, on_screen = (re.sub("[ ─]+", " ", text) for text in (drawn, on_screen))
        assert drawn == on_screen


def _parts(one: str, other: str) -> list[Part]:
    columns = (Column(is_whole=True), Column(is_number=True), Column())
    tones = (None, None, Tone.MUTED)
    titled = (Column("id", is_whole=True), Column("title", is_number=True), Column())
    rows = (
        GridRow((one, toned(other, "!", tone=Tone.STRONG), "a\nb"), ends_section=True),
        GridRow(("x", f"{one}.\n{other}.", toned("y", toned(one, tone=Tone.RED))), is_strong=True),
        GridRow((other, "", one)),
    )
    grouped = (
        *(GridRow(cells, group=one) for cells in ((one, "", "x"), ("a\nb", other, one))),
        GridRow((other, "", one), group="Tasks"),
    )
    return [
        one,
        toned(strong(one), "  ", other),
        Grid(columns, (), tones),
        Grid(columns, rows[1:], tones),
        Grid(columns, rows[1:], tones, gap=1, indent=2),
        Grid(titled, rows),
        Grid(titled, rows[1:], is_ruled=True),
        Grid(titled, grouped, is_ruled=True),
        Grid(columns, grouped, gap=1, is_ruled=True),
    ]


def _on_wide_screen(part: Part) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=100_000, color_system=None)
    console.print(terminal.coloured([part], Layout()))
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().split("\n")[:-1])
