"""`make bench`: measure, print, and put the tables into the documentation."""

import platform
import re
import sys
import tempfile
from importlib.metadata import version
from os import cpu_count, getloadavg
from pathlib import Path

from benchmarks import growth, peers, startup, steps

_ROOT = Path(__file__).parents[1]
_PAGE = _ROOT / "docs" / "explanation" / "benchmarks.md"
_TABLES = re.compile(r"(?<=<!-- benchmarks: begin -->\n).*?(?=<!-- benchmarks: end -->)", re.DOTALL)
_PACKAGES = ("resolution-tracker", "typer", "rich", "msgspec", "tomledit")


def main() -> None:
    """Measure all, print it, and write it to the page on speed."""
    tracker = str(Path(sys.executable).with_name("tracker"))
    before = getloadavg()[0]
    parts = []
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name, part) for part in ("startup", "growth", "peers", "steps")]
        for folder in folders:
            folder.mkdir()
        parts.append(startup.measured(folders[0], tracker))
        parts.append(growth.measured(folders[1], tracker))
        parts.append(peers.measured(folders[2], tracker, _ROOT / ".benchmarks"))
        parts.append(steps.measured(folders[3]))
    text = "\n".join(
        [f"{_machine()}; load {before:.1f} before, {getloadavg()[0]:.1f} after.\n", *parts]
    )
    sys.stdout.write(text)
    page = _PAGE.read_text(encoding="utf-8")
    _PAGE.write_text(_TABLES.sub(lambda _: f"\n{text}\n", page), encoding="utf-8", newline="\n")


def _machine() -> str:
    packages = ", ".join(f"{package} {version(package)}" for package in _PACKAGES)
    system = f"{platform.system()} {platform.machine()}, {cpu_count()} processors"
    return f"{system}, Python {platform.python_version()}, {packages}"


main()
