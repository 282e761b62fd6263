"""The documentation in step with the program: its examples run, its links and lists are right.

In every README and in every file of `docs/`, a block of `console` is what a person types and what
the program prints. A file is one session, in a folder of its own that looks like a clone of the
repository. It runs at the instant of `tests.support.NOW`, in Vietnamese where the documentation is.
Comments direct it:

- `<!-- today: 2026-01-05 -->`: from here on it is nine o'clock on this day;
- `<!-- append: FILE -->` before a block: a person writes these lines at the end of the file, which
  may be new;
- `<!-- edit: FILE -->` before a block of `diff`: a person makes this change in the file;
- `<!-- fill: FILE -->` before a table: a person fills in this form, the heads being those of it.

Between `<!-- keys: SHAPE -->` and `<!-- end -->` stands the table of what a table of the file may
have, made from the descriptions in the program.
"""

import json
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import get_args
from urllib.parse import unquote

import openpyxl
import pytest
from msgspec import Struct
from msgspec.structs import fields

from resolution_cli.cli import clock
from resolution_cli.cli.commands import COMMANDS
from resolution_cli.domain.facts import FACTS, ITEM_FACTS, Facts
from resolution_cli.domain.model import (
    Base,
    Header,
    Item,
    Milestone,
    Parent,
    ReportTexts,
    Resolution,
    Settings,
    Target,
    Term,
    Update,
)
from resolution_cli.errors import ExitCode
from resolution_cli.formats.registry import FORMATS
from resolution_cli.i18n import LANGUAGES
from tests.filled import HEAD_ROW, row_of, sheet_of
from tests.support import NOW, ROOT, SAMPLES, SHIPPED, WARD, Run, data_of

DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
EXAMPLE = DOCS / "example.toml"
PLAYED = sorted([*ROOT.glob("README*.md"), *DOCS.rglob("*.md")])
LINKED = [*PLAYED, *(ROOT / name for name in ("CONTRIBUTING.md", "SECURITY.md"))]

_STEPS = re.compile(
    r"<!-- today: (?P<today>\S+) -->"
    r"|<!-- (?P<action>append|edit): (?P<file>[^>]+) -->\n```\w+\n(?P<lines>.*?)```"
    r"|<!-- fill: (?P<form>[^>]+) -->\n(?P<table>(?:\|[^\n]*\n)+)"
    r"|(?<=```console\n)(?P<console>.*?)(?=```)",
    re.DOTALL,
)
_KEYS = re.compile(r"(<!-- keys: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_SHAPES = {
    shape.__name__: shape
    for shape in (Resolution, Header, Parent, Milestone, Target, Update, ReportTexts)
}
"""What the tables of docs/reference/file.md describe, in their order."""

_HEAD_OF_EXAMPLE = """\
#:schema ../data/tasks.schema.json
# An invented ward and its invented history, 2021 to 2024: the examples and pictures of the
# documentation show it. It is tests/samples/ward-with-milestones.toml four years earlier, written
# by `make expected`: its history lies in the past and agrees with its plan, so that `tracker check`
# finds no errors in it on any day.
"""

_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _assert_text(path: Path, text: str) -> None:
    """Compare `text` with the file at `path`; `make expected` writes it there."""
    if os.environ.get("REWRITE_EXPECTED") and text != _text(path):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == _text(path)


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a session, with the files of a clone that examples name."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "104")
    for name, source in (("data/tasks.toml", SHIPPED), ("docs/example.toml", EXAMPLE)):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_bytes(source.read_bytes())
    shutil.copytree(SAMPLES / "sheets", tmp_path / "tests" / "samples" / "sheets")
    return tmp_path


def test_the_example_is_the_ward_of_the_tests_four_years_earlier() -> None:
    """Its history lies in the past, so that a reader can try every example today."""
    _first, *lines = _text(WARD).partition("\nschema = 1\n")
    moved = re.sub(r"\b20(?:2[5-9]|30)\b", lambda year: str(int(year[0]) - 4), "".join(lines))
    _assert_text(EXAMPLE, f"{_HEAD_OF_EXAMPLE}{moved}")


@pytest.mark.parametrize("document", PLAYED, ids=_named)
def test_every_example_is_what_the_program_prints(
    document: Path, clone: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    if document.name.endswith(".vi.md") or document.parent.name == "vi":
        monkeypatch.setenv("TRACKER_LANG", "vi")
        monkeypatch.setenv("TRACKER_BY", "Văn phòng Đảng ủy")
    else:
        monkeypatch.setenv("TRACKER_BY", "Party office")

    def after(step: re.Match[str]) -> str:
        if today := step["today"]:
            instant = datetime.combine(date.fromisoformat(today), time(9), NOW.tzinfo)
            monkeypatch.setattr(clock, "now", lambda: instant)
        elif step["form"]:
            _fill_in(clone / step["form"], step["table"])
        elif step["action"]:
            _change_by_hand(clone / step["file"], step["action"], step["lines"])
        else:
            return _played(step["console"], run, monkeypatch).replace(f"{clone}/", "")
        return step[0]

    _assert_text(document, _STEPS.sub(after, _text(document)))


def _fill_in(path: Path, table: str) -> None:
    """Fill in the form at `path` with the cells of a `table`, whose first column has the ids."""
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]
    (_id, *heads), _line, *answers = rows
    book = openpyxl.load_workbook(path)
    sheet = sheet_of(book)
    columns = {cell.value: cell.column or 0 for cell in sheet[HEAD_ROW]}
    for item_id, *values in answers:
        for head, value in zip(heads, values, strict=True):
            if value:
                cell = sheet.cell(row_of(sheet, item_id), columns[head])
                cell.value = value.replace("<br>", "\n")
    book.save(path)


def _change_by_hand(path: Path, action: str, lines: str) -> None:
    """Write `lines` at the end of the file at `path`, or apply them to it as a diff."""
    text = _text(path) if path.exists() else ""
    if action == "append":
        changed = f"{text}\n{lines}" if text else lines
    else:
        diff = lines.splitlines(keepends=True)
        before = "".join(line[1:] for line in diff if line[0] in " -")
        assert text.count(before) == 1
        changed = text.replace(before, "".join(line[1:] for line in diff if line[0] in " +"))
    path.parent.mkdir(exist_ok=True)
    path.write_text(changed, encoding="utf-8", newline="\n")


def _played(block: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a block of examples: each command line, and what the program prints."""
    outputs = []
    for line in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
        program, *arguments = shlex.split(line)
        if program == "cd":
            monkeypatch.chdir(arguments[0])
            outputs.append(f"$ {line}\n")
            continue
        assert program == "tracker"
        result = run(*arguments)
        shown = result.out.removeprefix("\ufeff").replace("\r\n", "\n")  # CSV is as Excel wants it
        outputs.append(f"$ {line}\n{shown}{result.err}")
    return "\n".join(outputs)


def _examples() -> Iterator[str]:
    for document in PLAYED:
        for step in _STEPS.finditer(_text(document)):
            yield step["console"] or ""


def test_no_example_warns_that_errors_distort_its_report() -> None:
    examples = "".join(_examples())
    assert "distort" not in examples
    assert "làm sai lệch" not in examples


def _last_day_of_history() -> date:
    last: date = max(update["on"] for update in data_of(EXAMPLE)["updates"])
    return last


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(_last_day_of_history(), id="the day of its last update"),
        pytest.param(NOW.date(), id="the day of the examples"),
        pytest.param(date(2040, 1, 1), id="long after its term"),
    ],
)
def test_the_file_of_the_examples_has_no_errors(
    day: date, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(day, time(12), UTC))
    checked = run("check", "--file", str(EXAMPLE))
    assert (checked.code, checked.err) == (0, "")
    assert "Errors" not in checked.out


def test_the_file_of_the_examples_says_that_it_is_invented() -> None:
    assert "# An invented ward" in _text(EXAMPLE)


@pytest.mark.parametrize("document", LINKED, ids=_named)
def test_every_link_between_files_leads_to_a_file_and_a_heading(document: Path) -> None:
    for target in _LINK.findall(_FENCED.sub("", _text(document))):
        if re.match(r"https?:", target):
            continue
        name, _, heading = target.partition("#")
        path = document.parent / unquote(name) if name else document
        assert path.exists(), f"{target}: no such file"
        assert not heading or unquote(heading) in _anchors(path), f"{target}: no such heading"


def _anchors(path: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a file."""
    headings = _HEADING.findall(_FENCED.sub("", _text(path)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", [*DOCS.rglob("*.md"), ROOT / "README.vi.md"], ids=_named)
def test_every_file_of_the_documentation_is_reached_from_a_readme(path: Path) -> None:
    reached = {
        (readme.parent / target.partition("#")[0]).resolve()
        for readme in ROOT.glob("README*.md")
        for target in _LINK.findall(_text(readme))
    }
    assert path.resolve() in reached


def test_both_readmes_have_the_same_parts_and_set_up_the_same_way() -> None:
    english, vietnamese = (_text(ROOT / name) for name in ("README.md", "README.vi.md"))
    # the levels of the headings, the commands of the examples, how to set up
    for part in (r"^(#+) ", r"^\$ tracker (\w+)", r"^```sh\n(.*)$"):
        assert re.findall(part, vietnamese, re.MULTILINE) == re.findall(part, english, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_section_and_its_help_in_the_reference(command: str) -> None:
    text = _text(REFERENCE / "commands.md")
    assert f"\n## tracker {command}\n" in text
    assert f"$ tracker {command} -h\n" in text


def test_every_command_of_the_help_is_one_that_the_reference_is_asked_for(run: Run) -> None:
    listed = run("--help").out.partition("Commands:\n")[2].partition("\n\n")[0]
    assert re.findall(r"^  ([\w-]+)  ", listed, re.MULTILINE) == [*COMMANDS]


def _words_of(first: str, last: str) -> list[str]:
    """Return what stands as code in the table between two lines of the reference of words."""
    table = _text(REFERENCE / "words.md").partition(first)[2].partition(last)[0]
    return re.findall(r'`"?([^`"]+)"?`', table)


@pytest.mark.parametrize("name", _words_of("| period |", "Any other period"))
def test_every_name_of_a_period_in_the_reference_is_taken(name: str, run: Run, plan: Path) -> None:
    assert run("report", "--period", name, "--file", str(plan)).code == 0


@pytest.mark.parametrize("word", _words_of("| status |", "## Periods"))
def test_every_word_for_a_status_in_the_reference_is_taken(word: str, run: Run, plan: Path) -> None:
    assert run("list", "--status", word, "--file", str(plan)).code == 0


def test_every_exit_code_is_in_the_reference() -> None:
    rows = re.findall(r"^\| (\d+) \|", _text(REFERENCE / "exit-codes.md"), re.MULTILINE)
    assert {int(row) for row in rows} == {code.value for code in ExitCode}


def test_every_format_is_in_the_reference() -> None:
    rows = re.findall(r"^\| (`.*?) \|", _text(REFERENCE / "formats.md"), re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == {
        known.name for known in FORMATS
    }


def test_the_tables_of_the_keys_of_the_file_are_what_the_program_knows_of_them() -> None:
    path = REFERENCE / "file.md"
    text = _text(path)
    filled = _KEYS.sub(lambda match: f"{match[1]}{_table(_SHAPES[match[2]])}{match[3]}", text)
    if os.environ.get("REWRITE_EXPECTED"):
        path.write_text(filled, encoding="utf-8", newline="\n")
    assert filled == _text(path)
    assert re.findall(r"<!-- keys: (\w+) -->", text) == [*_SHAPES]


def _table(shape: type[Struct]) -> str:
    rows = [
        f"| `{key}`{'†' if is_required else ''} | {meaning} |\n"
        for key, is_required, meaning in _keys(shape)
    ]
    return "| key | what it is |\n|---|---|\n" + "".join(rows)


def _keys(shape: type[Struct]) -> Iterator[tuple[str, bool, str]]:
    """Yield the keys of a table of the file, whether each must be there, and what it is.

    The shape's own come first, then the facts, which an entry of the history has under one heading.
    """
    known = {field.encode_name: field for field in fields(shape)}
    for key, field in known.items():
        inner = field.type.__origin__
        if Base in get_args(inner):
            inner = Base
        if key in FACTS and issubclass(shape, Facts):
            continue
        if inner in (Term, Settings, Base):
            for name, is_required, meaning in _keys(inner):
                yield f"{key}.{name}", field.required and is_required, meaning
        else:
            meta = next(mark for mark in reversed(field.type.__metadata__))
            default = f" {field.default} if absent." if isinstance(field.default, int) else ""
            yield key, field.required, meta.description + default
    if shape is Update:
        yield "`, `".join(FACTS), False, "The new values of facts, under their own names."
    elif issubclass(shape, Facts):
        for name in shape.fact_names if issubclass(shape, Item) else ITEM_FACTS:
            yield name, False, FACTS[name].description


def test_every_key_of_the_file_is_in_the_reference(run: Run) -> None:
    text = _text(REFERENCE / "file.md")
    definitions = json.loads(run("schema").out)["$defs"].values()
    keys = {key for shape in definitions for key in shape.get("properties", ())}
    assert {key for key in keys if not re.search(rf"`(?:\w+\.)*{key}\b", text)} == set()


def test_every_key_of_the_file_says_what_it_is_in_both_languages(run: Run) -> None:
    schemas = [json.loads(run("schema", "--lang", code).out)["$defs"] for code in LANGUAGES]
    english, vietnamese = (
        {
            (name, key): described["description"]
            for name, shape in schema.items()
            for key, described in shape.get("properties", {}).items()
        }
        for schema in schemas
    )
    assert english.keys() == vietnamese.keys()
    assert {key for key, said in english.items() if vietnamese[key] == said} == set()
    assert english["Task", "lead"] == FACTS["lead"].description
