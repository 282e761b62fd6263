"""What a user would pick instead, in the same run: Taskwarrior, and two task lists in Python."""

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from venv import EnvBuilder

from benchmarks.measuring import Case, Figures, always, figures, usual_environment
from benchmarks.plans import plan, title
from benchmarks.tables import judged, milliseconds, table

_ROUNDS = {10: 11, 1_000: 7, 10_000: 3}
"""How often each size is timed, by its number of items."""

_UPDATE, _PEER = "tracker `update` of one", "topydo `pri` of one"
_MOST_OF_PEER = 1.0
"""What an update of a large file may take, against the same of a list in Python."""

_PRIORITIES = ("H", "L")
_ICALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//benchmarks//EN
BEGIN:VTODO
UID:{number}
DTSTAMP:20250101T000000Z
CREATED:20250101T000000Z
SUMMARY:{title}
STATUS:NEEDS-ACTION
END:VTODO
END:VCALENDAR
"""

Cases = dict[str, Case]


def measured(folder: Path, tracker: str, home: Path) -> str:
    """Return the section on other programs, measured in the empty `folder`.

    The environment in which they are installed is kept in `home`.
    """
    peers, missing = _peers(home)
    found: dict[int, dict[str, Figures]] = {}
    for items, rounds in _ROUNDS.items():
        place = folder / str(items)
        place.mkdir()
        cases = _tracker_cases(place, items, tracker)
        for name, (program, made) in peers.items():
            (place / name).mkdir()
            cases |= made(place / name, items, program)
        found[items] = figures(cases, rounds)
    rows = [
        [name, *(milliseconds(sizes[name].seconds) for sizes in found.values())]
        for name in found[min(found)]
    ]
    heads = ["items without history: ms", *(f"{items:,}" for items in _ROUNDS)]
    notes = [f"Not here, so not measured: {name}." for name in missing]
    largest = found[items]
    if _PEER in largest:
        ratio = largest[_UPDATE].seconds / largest[_PEER].seconds
        shown, target = judged(ratio, _MOST_OF_PEER)
        notes.append(f"{_UPDATE} to {_PEER}, {items:,} items: {shown} ({target}).")
    return table(heads, rows) + "".join(f"\n{note}\n" for note in notes)


def _peers(
    home: Path,
) -> tuple[dict[str, tuple[str, Callable[[Path, int, str], Cases]]], list[str]]:
    """Return the programs that are here or can be installed, and the names of the others."""
    known: Mapping[str, tuple[str | None, Callable[[Path, int, str], Cases]]] = {
        "Taskwarrior": (shutil.which("task"), _taskwarrior_cases),
        "todoman": (_installed(home, "todoman", "todo"), _todoman_cases),
        "topydo": (_installed(home, "topydo", "topydo"), _topydo_cases),
    }
    here = {name: (program, made) for name, (program, made) in known.items() if program}
    return here, [name for name in known if name not in here]


def _installed(home: Path, package: str, program: str) -> str | None:
    """Return the path of `program` in the environment in `home`, installed if it is not there."""
    path = home / "bin" / program
    if not path.exists():
        if not home.exists():
            EnvBuilder(with_pip=True).create(home)
        python = str(home / "bin" / "python")
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", package],
            check=False,
            stderr=subprocess.DEVNULL,
        )
    return str(path) if path.exists() else None


def _tracker_cases(folder: Path, items: int, tracker: str) -> Cases:
    path = folder / "tasks.toml"
    path.write_text(plan(items, 0), encoding="utf-8")
    file = ("--file", str(path))
    update = (tracker, "update", f"T{items // 2}", "--note", "x", "--progress")
    return {
        "tracker `list`": Case(always(tracker, "list", *file)),
        "tracker `list --format tsv`": Case(always(tracker, "list", "--format", "tsv", *file)),
        _UPDATE: Case(lambda number: [*update, str(30 + number % 2), *file]),
    }


def _taskwarrior_cases(folder: Path, items: int, program: str) -> Cases:
    settings = folder / "taskrc"
    settings.write_text(f"data.location={folder}\nconfirmation=off\n", encoding="utf-8")
    environment = {"TASKRC": str(settings)}
    tasks = json.dumps([{"description": title(number)} for number in range(1, items + 1)]).encode()
    whole = usual_environment() | environment
    subprocess.run(
        [program, "import", "-"], input=tasks, env=whole, check=True, capture_output=True
    )
    return {
        "Taskwarrior `list`": Case(always(program, "list"), environment),
        "Taskwarrior `modify` of one": Case(
            lambda number: [
                program,
                str(items // 2),
                "modify",
                f"priority:{_PRIORITIES[number % 2]}",
            ],
            environment,
        ),
    }


def _todoman_cases(folder: Path, items: int, program: str) -> Cases:
    calendar = folder / "lists" / "plan"
    calendar.mkdir(parents=True)
    for number in range(1, items + 1):
        text = _ICALENDAR.format(number=number, title=title(number))
        (calendar / f"{number}.ics").write_text(text, encoding="utf-8", newline="\r\n")
    settings = folder / "config.py"
    paths = {
        "path": f"{folder}/lists/*",
        "cache_path": f"{folder}/cache.sqlite3",
        "default_list": "plan",
    }
    settings.write_text(
        "".join(f"{name} = {value!r}\n" for name, value in paths.items()), encoding="utf-8"
    )
    environment = {"TODOMAN_CONFIG": str(settings)}
    return {
        "todoman `list`": Case(always(program, "list"), environment),
        "todoman `edit` of one": Case(
            lambda number: [
                program,
                "edit",
                str(items // 2),
                "--priority",
                ("high", "low")[number % 2],
            ],
            environment,
        ),
    }


def _topydo_cases(folder: Path, items: int, program: str) -> Cases:
    path = folder / "todo.txt"
    path.write_text(
        "".join(f"{title(number)}\n" for number in range(1, items + 1)), encoding="utf-8"
    )
    start = [program, "-c", "/dev/null", "-C", "0", "-d", str(folder / "done.txt"), "-t", str(path)]
    return {
        "topydo `ls`": Case(always(*start, "ls")),
        _PEER: Case(lambda number: [*start, "pri", str(items // 2), "AB"[number % 2]]),
    }
