"""Modules that are imported at the start and loaded when they are used."""

import os
import platform
import subprocess
import sys

import pytest

from resolution_cli.postponed import POSTPONED
from tests.support import uncounted

_START = """\
import sys
from types import ModuleType
from resolution_cli.postponed import postpone
postpone()
def is_loaded(name):
    return type(sys.modules[name]) is ModuleType
"""


def _output(program: str) -> str:
    process = subprocess.run(
        [sys.executable, "-c", _START + program],
        env=uncounted(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert process.stderr == ""
    return process.stdout.strip()


def test_a_module_is_loaded_when_something_in_it_is_used() -> None:
    program = (
        "import tokenize\nprint(is_loaded('tokenize'), tokenize.COMMENT, is_loaded('tokenize'))"
    )
    assert _output(program).split()[::2] == ["False", "True"]


def test_a_function_loads_its_module_when_it_is_called() -> None:
    program = """\
from difflib import get_close_matches
print(is_loaded("difflib"), get_close_matches("lst", ["list"]), is_loaded("difflib"))
"""
    assert _output(program) == "False ['list'] True"


def test_a_class_is_that_of_the_loaded_module() -> None:
    program = """\
from textwrap import TextWrapper
print(is_loaded("textwrap"), TextWrapper(3).fill("a b c"))
"""
    assert _output(program) == "True a b\nc"


def test_a_name_that_a_module_does_not_have_is_an_error_as_usual() -> None:
    program = """\
import platform
try:
    platform.nothing
except AttributeError as error:
    print(error)
"""
    assert _output(program) == "module 'platform' has no attribute 'nothing'"


def test_what_msgspec_does_without_can_still_be_imported() -> None:
    program = "import msgspec, typing_extensions\nprint(typing_extensions.Self.__name__)"
    pytest.importorskip("typing_extensions")
    assert _output(program) == "Self"


def test_a_thread_waits_for_a_module_that_another_one_loads() -> None:
    program = """\
from threading import Thread
import subprocess
found = []
threads = [Thread(target=lambda: found.append(subprocess.run.__name__)) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(*set(found), len(found))
"""
    assert _output(program) == "run 8"


@pytest.mark.skipif(not hasattr(os, "uname"), reason="nothing asks there")
def test_the_system_is_known_without_the_module_that_says_more_of_it() -> None:
    program = """\
import platform, uuid
print(platform.system(), is_loaded("platform"), platform.python_version())
"""
    name, is_loaded, version = _output(program).split()
    assert (name, is_loaded, version) == (
        platform.system(),
        "False",
        platform.python_version(),
    )


@pytest.mark.parametrize("name", sorted(POSTPONED))
def test_every_module_that_is_postponed_has_its_functions_and_can_be_loaded(name: str) -> None:
    program = f"""\
import {name} as module
hasattr(module, "nothing")
print(is_loaded({name!r}), all(callable(vars(module)[name]) for name in {POSTPONED[name]!r}))
"""
    assert _output(program) == "True True"
