"""`make bench`: measure, print, and put the tables into the documentation.

`python -m benchmarks --against OTHER` compares instead, in one run, with another version of the
program, and changes no file. OTHER is the `tracker` of another environment, such as of an earlier
commit:

    git worktree add /tmp/before COMMIT
    python -m venv /tmp/before/.venv
    /tmp/before/.venv/bin/pip install --editable '/tmp/before[office]'
    python -m benchmarks --against /tmp/before/.venv/bin/tracker
"""

import argparse
import platform
import re
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from os import cpu_count, getloadavg
from pathlib import Path

from benchmarks import comparison, growth, overviews, peers, startup, steps, written

_ROOT = Path(__file__).parents[1]
_PAGE = _ROOT / "docs" / "explanation" / "benchmarks.md"
_TABLES = re.compile(r"(?<=<!-- benchmarks: begin -->\n).*?(?=<!-- benchmarks: end -->)", re.DOTALL)
_PACKAGES = ("resolution-tracker", "typer", "rich", "msgspec", "tomledit", "tomli")


def main() -> None:
    """Measure as the command line says, and print it."""
    tracker = str(Path(sys.executable).with_name("tracker"))
    asked = _command_line()
    with tempfile.TemporaryDirectory() as name:
        if asked.against:
            text = comparison.measured(Path(name), tracker, asked.against, asked.rounds)
        else:
            text = _measured(Path(name), tracker)
            page = _TABLES.sub(lambda _: f"\n{text}\n", _PAGE.read_text(encoding="utf-8"))
            _PAGE.write_text(page, encoding="utf-8", newline="\n")
    sys.stdout.write(text)


def _command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--against", metavar="OTHER", help="another `tracker` to compare with")
    parser.add_argument(
        "--rounds",
        type=int,
        default=comparison.ROUNDS,
        help="how often the comparison times each command (default: %(default)s)",
    )
    return parser.parse_args()


def _measured(folder: Path, tracker: str) -> str:
    """Return all sections of the page on speed, measured in the empty `folder`."""
    before = getloadavg()[0]
    sections: dict[str, Callable[[Path], str]] = {
        "startup": lambda place: startup.measured(place, tracker),
        "growth": lambda place: growth.measured(place, tracker),
        "written": lambda place: written.measured(place, tracker),
        "overviews": lambda place: overviews.measured(place, tracker),
        "peers": lambda place: peers.measured(place, tracker, _ROOT / ".benchmarks"),
        "steps": steps.measured,
    }
    parts = []
    for name, section in sections.items():
        place = folder / name
        place.mkdir()
        parts.append(section(place))
    head = f"{_machine()}; load {before:.1f} before, {getloadavg()[0]:.1f} after.\n"
    return "\n".join([head, *parts])


def _machine() -> str:
    packages = ", ".join(f"{package} {version(package)}" for package in _PACKAGES)
    system = f"{platform.system()} {platform.machine()}, {cpu_count()} processors"
    return f"{system}, Python {platform.python_version()}, {packages}"


main()
