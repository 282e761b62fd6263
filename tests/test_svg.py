"""Pictures: the same from every terminal, well-formed, and without requests."""

from xml.etree import ElementTree as ET

import pytest

from tests.support import Run, hostile
from tests.written import VIEWS, write_plan_of

_SETTINGS = (
    "TERM=dumb",
    "TERM=unknown",
    "TERM=xterm-256color",
    "NO_COLOR=1",
    "FORCE_COLOR=1",
    "COLORTERM=8",
    "COLUMNS=40",
    "LINES=5",
    "TTY_COMPATIBLE=0",
    "TTY_INTERACTIVE=0",
    "JUPYTER_COLUMNS=40",
    "TERMINAL_WIDTH=40",
)


@pytest.mark.usefixtures("commune")
def test_a_picture_is_the_same_whatever_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = run("list", "--format", "svg").out
    assert 'fill="#' in picture
    for setting in _SETTINGS:
        with monkeypatch.context() as patch:
            patch.setenv(*setting.split("="))
            assert run("list", "--format", "svg").out == picture, setting


@hostile
@pytest.mark.parametrize("view", VIEWS)
def test_a_picture_is_well_formed_and_makes_no_request(run: Run, text: str, view: str) -> None:
    write_plan_of(text)
    picture = run(*VIEWS[view], "--format", "svg").out
    kinds = {element.tag.rpartition("}")[2] for element in ET.fromstring(picture).iter()}  # noqa: S314  # ours
    assert not kinds & {"script", "image", "a", "foreignObject", "use"}, text
    assert "@font-face" not in picture
    assert "url(http" not in picture
