"""The map of colour of many files: a cell for each file and verdict, by its share of the items."""

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from resolution_cli.formats import html
from tests.support import Run
from tests.wards import day, entry, item, write_ward

_STYLE = Path(html.__file__).with_name("page.css")


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    """Return a file with three items that are overdue and one that is done."""
    late = [item(f"T{number}", due=day("2026-11-01")) for number in range(3)]
    done = item("D", status="done", progress=100, done_on=day("2026-10-01"))
    tables = "".join((*late, done, entry("D", "2026-10-01", status="done", progress=100)))
    return write_ward(tmp_path / "a.toml", tables)


@pytest.mark.usefixtures("ward")
def test_a_page_has_the_count_on_a_ground_by_its_share_of_the_items(run: Run) -> None:
    run("overview", "a.toml", "-o", "out.html")
    page = Path("out.html").read_text(encoding="utf-8")
    table = page.partition("<h2>Counts</h2>")[2]
    cells = re.findall(r'<td [^>]*data-head="(\w[\w ]*)"([^>]*)>(\d+)</td>', table)
    shaded = {head: (style, number) for head, style, number in cells if "shade" in style}
    assert shaded == {
        "Overdue": (' class="number shade red-shade" style="--shade: 0.36"', "3"),
        "Done on time": (' class="number shade green-shade" style="--shade: 0.17"', "1"),
    }
    heads = [head for head, _style, _number in cells]
    assert heads[0] == "Overdue"
    assert ("Blocked", ' class="number"', "0") in cells
    assert "The stronger a colour, the larger is the share" in table


@pytest.mark.usefixtures("ward")
def test_a_workbook_has_the_count_on_a_ground_by_its_share_of_the_items(run: Run) -> None:
    write_ward(Path("b.toml"), item("T", due=day("2026-11-01")) + item("U"))
    run("overview", ".", "-o", "out.xlsx")
    sheet = openpyxl.load_workbook("out.xlsx")["Counts"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Overdue")
    cells = [sheet.cell(line, column) for line in (2, 3, 4)]
    assert [cell.value for cell in cells] == [3, 1, 4]
    grounds = [cell.fill.fgColor.rgb for cell in cells]
    assert grounds == ["00F2ABA5", "00F6C5C0", "00F3B4AE"]  # of three quarters, a half, two thirds
    blocked = sheet.cell(2, column + 1)
    assert (blocked.value, blocked.fill.fill_type) == (0, None)


def test_the_most_and_the_least_of_a_share_differ_and_none_has_no_ground(
    run: Run, tmp_path: Path
) -> None:
    write_ward(tmp_path / "a.toml", "".join(item(f"T{number}") for number in range(2)))
    rest = [item(f"T{number}", due=day("2026-11-01")) for number in range(99)]
    write_ward(tmp_path / "b.toml", "".join((*rest, item("X"))))
    run("overview", ".", "-o", "out.html")
    page = Path("out.html").read_text(encoding="utf-8").partition("<h2>Counts</h2>")[2]
    depths = re.findall(r'Unreported"[^>]*--shade: ([\d.]+)', page)
    assert depths[:2] == ["0.45", "0.08"]


def _variables(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): ([^;]+);", block))


def _themes() -> Iterator[dict[str, str]]:
    style = _STYLE.read_text(encoding="utf-8")
    light, dark, paper = (_variables(block) for block in re.findall(r":root {([^}]*)}", style))
    yield from (light, light | dark, light | paper)


def _parts(colour: str) -> list[float]:
    if "," in colour:
        return [float(part) for part in colour.split(",")]
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    return [float(int(digits[start : start + 2], 16)) for start in (0, 2, 4)]


def _luminance(parts: list[float]) -> float:
    """Return the relative luminance of a colour (WCAG 2.1)."""
    shares = [part / 255 for part in parts]
    linear = [s / 12.92 if s <= 0.03928 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [*_themes()], ids=["light", "dark", "paper"])
@pytest.mark.parametrize("tone", ["red", "amber", "green", "grey"])
def test_a_count_is_legible_on_the_strongest_ground(theme: dict[str, str], tone: str) -> None:
    depth = 0.45 + float(theme["deeper"])
    ground, below = _parts(theme[f"{tone}-ground"]), _parts(theme["paper"])
    mixed = [depth * part + (1 - depth) * under for part, under in zip(ground, below, strict=True)]
    lights = sorted((_luminance(mixed), _luminance(_parts(theme["ink"]))))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5
