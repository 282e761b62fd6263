"""The Python API: the names of `resolution_cli`, and the example of docs that uses them."""

from importlib import import_module

import pytest

import resolution_cli
from tests.support import ROOT, tracker

_DOCS = ROOT / "docs" / "reference" / "python.md"


@pytest.mark.parametrize("name", resolution_cli.__all__)
def test_every_name_of_the_api_is_there_and_documented(name: str) -> None:
    assert getattr(resolution_cli, name).__doc__
    assert f"`{name}" in _DOCS.read_text(encoding="utf-8")


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = import_module("resolution_cli").nothing


def test_the_example_prints_what_the_page_says() -> None:
    code, output = (
        _DOCS.read_text(encoding="utf-8").partition(fence)[2].partition("```")[0]
        for fence in ("```python\n", "```text\n")
    )
    done = tracker(program=code, cwd=ROOT)
    assert (done.stderr, done.stdout) == ("", output)


def test_importing_the_package_loads_none_of_its_modules() -> None:
    program = (
        "import sys, resolution_cli;"
        " print([name for name in sys.modules if 'resolution_cli.' in name])"
    )
    done = tracker(program=program)
    assert (done.returncode, done.stdout) == (0, "[]\n")
