"""Generated data files: commented, quoted and laid out in all the ways that TOML allows.

A generated file comes as its lines, each with the key or header that it belongs to, so that what is
expected of an edit is known without the code under test.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

import tomli
from hypothesis import strategies as st

from resolution_cli.domain.model import Place

COMMENT = re.compile(r"#c\d+[^\r\n]*")
"""A comment of a generated file. Each has its number, and no text value looks like one."""


class Line(NamedTuple):
    """A line of a generated file, with its ending and the place of its statement, if any."""

    text: str
    place: Place | None
    is_first: bool


class Sample(NamedTuple):
    """A generated file: its lines, and whether it begins with a byte order mark."""

    lines: tuple[Line, ...]
    byte_order_mark: str

    @property
    def text(self) -> str:
        """Return the text as a file has it."""
        return self.byte_order_mark + "".join(line.text for line in self.lines)

    @property
    def data(self) -> dict[str, Any]:
        """Return another parser reads in it."""
        return read(self.text)

    def places(self) -> dict[Place, int]:
        """Return the line, counted from 1, on which each statement begins."""
        found: dict[Place, int] = {}
        for number, line in enumerate(self.lines, 1):
            if line.place is not None and line.is_first:
                found.setdefault(line.place, number)
        return found


_TEXTS = (
    '"Office"',
    "'Office'",
    '"Văn phòng, # of \\"Alpha\\" = [x]"',
    "'[[updates]] # \"\\'",
    '"""two\nlines, # and \\"quotes\\" ""\n[[updates]]"""',
    '"""\ncut \\\n   here"""""',
    "'''\n[tasks]\nx = 1 # no comment'''''",
    '""""a" b"""',
    r'"\e[1m \x41"',  # TOML 1.1
)
_KEYS: Mapping[str, tuple[str, ...]] = {
    "status": ('"in-progress"', "'blocked'", '"""done"""', '"cancelled"'),
    "progress": ("40", "+7", "1_0", "0x1F"),
    "due": ("2026-12-31", "2027-01-01"),
    "done_on": ("2026-12-31",),
    "lead": _TEXTS,
    "product": _TEXTS,
    "summary": _TEXTS,
    "start": ("2025-02-03",),
}
_LISTS = ("partners", "tags")


class _Writer:
    """Writes a file, deciding by `draw` on all that a person is free in."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._comments = 0
        self.statements: list[tuple[str, Place | None]] = []

    def chance(self, one_in: int = 2) -> bool:
        return self._draw(st.integers(1, one_in)) == one_in

    def one_of(self, choices: tuple[str, ...]) -> str:
        return self._draw(st.sampled_from(choices))

    def comment(self) -> str:
        self._comments += 1
        rest = self.one_of(
            ("", " text", ' [[updates]] "', " id = 'x'", " đường # two", "]", "\ttab")
        )
        return f"#c{self._comments}{rest}"

    def beside(self) -> str:
        """Return what may stand behind a value."""
        return self.one_of(("", " ", "\t")) + (self.comment() if self.chance(3) else "")

    def between(self) -> None:
        """Write blank lines and comments."""
        while self.chance(3):
            indent = self.one_of(("", "", "  ", "\t"))
            self.statements.append((indent + (self.comment() if self.chance() else ""), None))

    def name(self, key: str) -> str:
        return self.one_of((key, key, key, f'"{key}"', f"'{key}'"))

    def header(self, name: str, place: Place) -> None:
        self.between()
        space = self.one_of(("", "", " "))
        opening, closing = ("[[", "]]") if isinstance(place[-1], int) else ("[", "]")
        parts = self.one_of((".", ".", " . ")).join(self.name(part) for part in name.split("."))
        self.statements.append((f"{opening}{space}{parts}{space}{closing}{self.beside()}", place))

    def key(self, table: Place, key: str, value: str) -> None:
        self.between()
        parts = key.split(".")
        dot = self.one_of((".", ".", " . "))
        equals = self.one_of((" = ", " = ", "=", "\t=  "))
        indent = self.one_of(("", "", "  "))
        name = dot.join(self.name(part) for part in parts)
        self.statements.append((f"{indent}{name}{equals}{value}{self.beside()}", (*table, *parts)))

    def list_of(self, values: tuple[str, ...]) -> str:
        if not self.chance(3):
            return f"[{', '.join(values)}{', ' if values and self.chance(3) else ''}]"
        text = "[" + self.beside()
        for number, value in enumerate(values, 1):
            while self.chance(4):
                text += "\n    " + self.comment()
            comma = "," if number < len(values) or self.chance() else ""
            text += f"\n    {value}{comma}{self.beside()}"
        while self.chance(4):
            text += "\n    " + self.comment()
        return text + "\n]"

    def table_of(self, values: tuple[str, ...]) -> str:
        """Return an inline table, on one line or, as TOML 1.1 has it, on several."""
        if self.chance(3):
            return f"{{{self.list_of(values)[1:-1]}}}"
        return f"{{ {', '.join(values)} }}"

    def texts(self) -> tuple[str, ...]:
        return tuple(self._draw(st.lists(st.sampled_from(_TEXTS), max_size=3)))

    def facts(self) -> list[tuple[str, str]]:
        names = self._draw(st.lists(st.sampled_from([*_KEYS, *_LISTS]), unique=True, max_size=6))
        return [
            (n, self.list_of(self.texts()) if n in _LISTS else self.one_of(_KEYS[n])) for n in names
        ]


def _write_item(writer: _Writer, name: str, index: int) -> None:
    place: Place = (name, index)
    writer.header(name, place)
    keys = [("id", f'"{name[0].upper()}{index}"'), *writer.facts()]
    style = writer.one_of(("plain", "dotted", "inline", "table"))
    if style == "plain":
        keys.append(("title", writer.one_of(_TEXTS)))
    elif style == "inline":
        keys.append(("title", writer.table_of(("vi = 'Đường'", 'en = "# Road"'))))
    elif style == "dotted":
        keys += [("title.vi", writer.one_of(_TEXTS)), ("title.en", "'Road'")]
    for key, value in writer._draw(st.permutations(keys)):  # noqa: SLF001  # one draw for the whole file
        writer.key(place, key, value)
    if style == "table":
        writer.header(f"{name}.title", (*place, "title"))
        writer.key((*place, "title"), "vi", "'Đường'")


def _write_update(writer: _Writer, index: int) -> None:
    place: Place = ("updates", index)
    writer.header("updates", place)
    writer.key(place, "item", '"T0"')
    writer.key(place, "on", "2026-06-01")
    if writer.chance():
        writer.key(place, "was", writer.table_of(("progress = 0", "partners = ['A # b']")))
    if writer.chance():
        writer.key(place, "note", writer.one_of(_TEXTS))
    if writer.chance():
        writer.key(place, "evidence", writer.list_of(writer.texts()))


def _write_plan_as_values(writer: _Writer) -> None:
    """Write the tasks as one value, which is one statement, and perhaps the history."""
    entries = tuple(
        writer.table_of((f"id = 'T{number}'", *(f"{key} = {value}" for key, value in facts)))
        for number in range(2)
        for facts in [
            [(key, writer.one_of(choices)) for key, choices in _KEYS.items() if writer.chance(3)]
        ]
    )
    writer.key((), "tasks", writer.list_of(entries))
    if writer.chance():
        one = ('{ item = "T0", on = 2026-06-01 }',)
        writer.key((), "updates", writer.list_of(one if writer.chance() else ()))


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """Build a commented data file with one task or more."""
    writer = _Writer(draw)
    writer.key((), "schema", "1")
    as_values = writer.chance(5)
    if as_values:
        _write_plan_as_values(writer)
    writer.header("resolution", ("resolution",))
    writer.key(("resolution",), "title", writer.one_of(_TEXTS))
    writer.key(("resolution",), "term.start", "2025-01-01")
    writer.key(("resolution",), "term.end", "2029-12-31")
    writer.key(("resolution",), "sources", writer.list_of(writer.texts()))
    if writer.chance():
        writer.header("resolution.settings", ("resolution", "settings"))
        writer.key(("resolution", "settings"), "stale_days", "10")
    if not as_values:
        for index in range(draw(st.integers(1, 3))):
            _write_item(writer, "tasks", index)
        for index in range(draw(st.integers(0, 2))):
            _write_item(writer, "breakthroughs", index)
        for index in range(draw(st.integers(0, 2))):
            _write_update(writer, index)
    writer.between()

    endings = draw(
        st.sampled_from([("\n",), ("\r\n",), ("\n", "\r\n"), ("\n", "\n", "\n", "\r\n")])
    )
    lines = [
        Line(text + draw(st.sampled_from(endings)), place, number == 0)
        for statement, place in writer.statements
        for number, text in enumerate(statement.split("\n"))
    ]
    if writer.chance(4):
        last = lines.pop()
        if bare := last.text.rstrip("\r\n"):
            lines.append(last._replace(text=bare))
    return Sample(tuple(lines), draw(st.sampled_from(["", "", "\ufeff"])))


def read(text: str) -> dict[str, Any]:
    return tomli.loads(text.removeprefix("\ufeff"))


def comments(text: str) -> Counter[str]:
    return Counter(comment.rstrip() for comment in COMMENT.findall(text))


def missing(kept: list[str], new: str) -> list[str]:
    """Return the lines of `kept` that are not in `new` in their order, byte for byte.

    The last line may have got a line ending that it did not have.
    """
    rest = iter(re.findall(r"[^\n]*\n|[^\n]+", new.removeprefix("\ufeff")))
    missing = []
    for line in kept:
        if not any(
            other == line or (not line.endswith("\n") and other.rstrip("\r\n") == line)
            for other in rest
        ):
            missing.append(line)
            break
    return missing
