"""The page in a real browser: no error, no request, no overflow, readable without colours.

Needs Chromium with its driver; skipped where it is not, never in `.ci/run`, which installs it.
"""

import base64
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver

from tests.support import ROOT, SHIPPED, WARD, Run, hostile

pytestmark = [
    pytest.mark.skipif(
        not shutil.which("chromedriver"), reason="there is no chromedriver to drive a browser"
    ),
    # Pages are the same, byte for byte, with every Python and package: `test_formats.py` compares
    # them, so a browser looks at them once.
    pytest.mark.proof,
]

PAGES = {
    "list": ["list"],
    "show": ["show", "N3"],
    "report": ["report"],
    "period": ["report", "--period", "2026-Q2", "--lang", "vi"],
    "log": ["log"],
    "timeline": ["timeline", "--milestones"],
    "ward": ["report", "--period", "2027-Q4", "--file", str(WARD)],
    "overview": ["overview", str(WARD), str(SHIPPED), "--by", "term", "--period", "2026"],
    "overview-items": ["overview", str(WARD), str(SHIPPED), "--milestones"],
    "ward-timeline": ["timeline", "--milestones", "--file", str(WARD)],
}


PDFTOTEXT = shutil.which("pdftotext") or ""
AXE = Path(os.environ.get("AXE_CORE", ROOT)) / "node_modules" / "axe-core" / "axe.min.js"
"""A checker of accessibility that runs in a page: `npm install --no-save axe-core@4`."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a headless Chromium that logs all it does."""
    options = webdriver.ChromeOptions()
    for flag in (
        "--headless",
        "--no-sandbox",  # the tests may run as root, in a container
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={tmp_path_factory.mktemp('browser')}",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    yield driver
    driver.quit()


def _opened(browser: Any, run: Run, page: str, width: int = 1280) -> None:
    """Open a page at a width, in CSS pixels."""
    path = Path(f"{page}.html")
    assert run(*PAGES[page], "-o", str(path), "--force").code == 0
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(path.absolute().as_uri())


def _value(browser: Any, script: str) -> Any:
    return browser.execute_script(f"return {script}")


every_page = pytest.mark.parametrize("page", PAGES)


@pytest.mark.usefixtures("commune")
@every_page
def test_a_page_has_no_error_and_makes_no_request(browser: Any, run: Run, page: str) -> None:
    browser.get_log("performance")
    _opened(browser, run, page)
    assert browser.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    requests = [
        event["params"] for event in events if event["method"] == "Network.requestWillBeSent"
    ]
    address = Path(f"{page}.html").absolute().as_uri()
    asked = [request["request"]["url"] for request in requests if request["documentURL"] == address]
    assert address in asked
    assert not [other for other in asked if other != address and not other.startswith("data:")]


@pytest.mark.usefixtures("commune")
@every_page
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_does_not_overflow(browser: Any, run: Run, page: str, width: int) -> None:
    _opened(browser, run, page, width)
    assert _value(browser, "document.documentElement.scrollWidth") <= width


@hostile
def test_a_hostile_text_neither_runs_nor_overflows(
    browser: Any, run: Run, plan: Path, text: str
) -> None:
    quoted = "".join(f"\\U{ord(character):08x}" for character in text)
    content = (
        plan.read_text(encoding="utf-8").replace('"Roads"', f'"{quoted}"').replace('"T2"', '"N3"')
    )
    plan.write_text(content, encoding="utf-8")
    for page in ("report", "show"):
        _opened(browser, run, page, 360)
        assert browser.get_log("browser") == []
        assert _value(browser, "document.documentElement.scrollWidth") <= 360


@pytest.mark.usefixtures("commune")
@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_contrast_with_their_background(
    browser: Any, run: Run, page: str, scheme: str
) -> None:
    """The contrast of every text is at least 4.5 to 1 (WCAG 2.2, criterion 1.4.3)."""
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    _opened(browser, run, page)
    poor = browser.execute_script(_POOR_CONTRASTS)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert poor == []


@pytest.mark.usefixtures("commune")
@every_page
def test_a_page_has_the_structure_that_screen_readers_need(
    browser: Any, run: Run, page: str
) -> None:
    _opened(browser, run, page)
    assert _value(browser, "document.documentElement.lang") == ("vi" if page == "period" else "en")
    assert _value(browser, "document.title") == _value(
        browser, "document.querySelector('h1').textContent"
    )
    assert _value(browser, "[...document.querySelectorAll('th')].every(head => head.scope)") is True
    assert (
        _value(
            browser,
            "[...document.querySelectorAll('svg')].every(svg => svg.getAttribute('aria-label'))",
        )
        is True
    )
    assert (
        _value(
            browser,
            "[...document.querySelectorAll('.red,.amber,.green,.grey')].every(e => e.textContent)",
        )
        is True
    )
    levels = _value(
        browser, "[...document.querySelectorAll('h1,h2,h3,h4')].map(head => +head.tagName[1])"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    links = _value(
        browser,
        "[...document.querySelectorAll('nav a')].map(a => !!document.querySelector(a.hash))",
    )
    assert all(links)


@pytest.mark.skipif(not AXE.exists(), reason=f"there is no axe-core: {AXE}")
@pytest.mark.usefixtures("commune")
@every_page
@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_no_fault_of_accessibility(
    browser: Any, run: Run, page: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PAGES, page, [*PAGES[page], "--lang", language])
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390)):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        _opened(browser, run, page, width)
        browser.execute_script(AXE.read_text(encoding="utf-8"))
        result = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
        found = [
            (fault["id"], node["html"]) for fault in result["violations"] for node in fault["nodes"]
        ]
        assert found == [], (scheme, width)
        assert result["passes"]


def _sizes_printed(browser: Any) -> list[tuple[int, int]]:
    """Return the size of each printed page of what is open, in points."""
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", base64.b64decode(printed["data"]))
    return [(round(float(width)), round(float(height))) for width, height in boxes]


_PORTRAIT, _LANDSCAPE = (595, 842), (842, 595)


@pytest.mark.usefixtures("commune")
def test_a_report_prints_on_a4_and_its_table_on_the_longer_side(browser: Any, run: Run) -> None:
    _opened(browser, run, "report")
    sizes = _sizes_printed(browser)
    assert sizes[0] == _PORTRAIT
    assert sizes[-1] == _LANDSCAPE
    assert set(sizes) == {_PORTRAIT, _LANDSCAPE}


def test_an_overview_prints_its_title_on_the_page_of_its_table(browser: Any, run: Run) -> None:
    _opened(browser, run, "overview")
    assert set(_sizes_printed(browser)) == {_LANDSCAPE}


def _printed_pages(browser: Any, **paper: Any) -> list[str]:
    """Return the words of each printed page of what is open, without the space between them."""
    content = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", paper)["data"])
    text = subprocess.run(
        [PDFTOTEXT, "-raw", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    return text.removesuffix("\f").split("\f")


def _ward_opened(browser: Any, run: Run, *words: str) -> None:
    command = ["report", "--period", "2027-Q4", "--file", str(WARD), *words]
    assert run(*command, "-o", "ward.html", "--force").code == 0
    browser.get(Path("ward.html").absolute().as_uri())


needs_pdftotext = pytest.mark.skipif(not PDFTOTEXT, reason="there is no pdftotext")
both_languages = pytest.mark.parametrize("language", ["en", "vi"])


@needs_pdftotext
@pytest.mark.usefixtures("commune")
@both_languages
def test_no_printed_page_ends_with_a_heading_and_no_card_is_split(
    browser: Any, run: Run, language: str
) -> None:
    _ward_opened(browser, run, "--lang", language)
    headings = _value(browser, "[...document.querySelectorAll('h2,h3,h4')].map(h => h.textContent)")
    cards = _value(
        browser,
        "[...document.querySelectorAll('article')].map(card =>"
        " ['h4', 'p'].map(tag => card.querySelector(tag).textContent))",
    )
    assert len(cards) == 10
    for height in (7, 7.5, 8, 8.5, 9, 9.5, 10, 10.5, 11, 11.69):  # inches; the last is A4
        pages = _printed_pages(browser, paperWidth=8.27, paperHeight=height)
        last_lines = [page.strip().splitlines()[-1] for page in pages]
        assert len(last_lines) > 3
        assert not set(last_lines) & set(headings), height
        together = ["".join(page.split()) for page in pages]
        for title, text in cards:
            first, last = "".join(title.split()), "".join(text.split())[-40:]
            assert [page for page in together if first in page and last in page], (height, title)


@needs_pdftotext
@pytest.mark.usefixtures("commune")
@both_languages
def test_a_report_of_ten_items_and_their_milestones_takes_few_pages(
    browser: Any, run: Run, language: str
) -> None:
    _ward_opened(browser, run, "--lang", language)
    pages = _printed_pages(browser, preferCSSPageSize=True)
    # With Times New Roman or Liberation Serif six; other fonts are wider.
    assert len(pages) <= 7
    assert all(page.strip() for page in pages)


@pytest.mark.usefixtures("commune")
@both_languages
@pytest.mark.parametrize("width", [390, 1024, 1280])
def test_no_status_and_no_day_of_a_list_is_broken_into_lines(
    browser: Any, run: Run, language: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["list", "--milestones", "--file", str(WARD), "--lang", language]
    monkeypatch.setitem(PAGES, "list", words)
    _opened(browser, run, "list", width)
    whole = browser.execute_script(_LINES, "td.whole")
    assert len(whole) > 100
    assert set(whole) == {1}
    assert max(browser.execute_script(_LINES, "td:not(.whole)")) <= 3
    assert _value(browser, "document.documentElement.scrollWidth") <= width


_LINES = """
return [...document.querySelectorAll(arguments[0])].filter(cell => cell.textContent).map(cell => {
  const range = document.createRange()
  range.selectNodeContents(cell)
  const middles = [...range.getClientRects()].map(box => Math.round((box.top + box.bottom) / 20))
  return new Set(middles).size
})
"""
"""How many lines the words of each cell take."""

_POOR_CONTRASTS = """
const parts = text => text.match(/[\\d.]+/g).map(Number)
const light = ([r, g, b]) => {
  const linear = c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4
  const [x, y, z] = [r, g, b].map(linear)
  return .2126 * x + .7152 * y + .0722 * z
}
const ground = e => {
  const layers = []
  for (; e; e = e.parentElement) {
    const [r, g, b, depth = 1] = parts(getComputedStyle(e).backgroundColor)
    layers.unshift([[r, g, b], depth])
  }
  const over = (below, [colour, depth]) => below.map((c, i) => c * (1 - depth) + colour[i] * depth)
  return layers.reduce(over, [255, 255, 255])
}
const poor = []
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
while (walker.nextNode()) {
  const text = walker.currentNode.textContent.trim(), e = walker.currentNode.parentElement
  if (!text) continue
  const [a, b] = [light(parts(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x)
  if ((a + .05) / (b + .05) < 4.5) poor.push(text)
}
return poor
"""
