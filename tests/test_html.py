"""The page: no text becomes an element of it. `test_browser.py` opens it in a browser."""

from html.parser import HTMLParser

import pytest

from tests.support import Run, hostile
from tests.written import VIEWS, write_harmless_plan, write_plan_of


class _Elements(HTMLParser):
    """The elements of a page, in order, each with the names of its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _value in attrs)))


@hostile
@pytest.mark.parametrize("view", VIEWS)
def test_a_page_has_the_elements_that_it_has_with_harmless_texts(
    run: Run, text: str, view: str
) -> None:
    write_plan_of(text)
    found = _Elements(run(*VIEWS[view], "--format", "html").out).found
    write_harmless_plan(text)
    assert found == _Elements(run(*VIEWS[view], "--format", "html").out).found, text
