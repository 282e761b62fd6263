"""How shells ask the program what to offer at TAB, and plans whose texts they could run."""

import re

import pytest
import tomli_w

from tests.support import Result, Run

COMMANDS = (
    "$(touch ran)",
    "\\$(touch ran)",
    "`touch ran`",
    "'; touch ran; '",
    "'\\''; touch ran; '",
    '"; touch ran; "',
    "x\n; touch ran\n",
    "))'; touch ran; '((",
    "${(e):-$(touch ran)}",
    ":$(touch ran):",
    "\\' ; touch ran #",
    "’; touch ran; ’",
)
"""Titles and names that would make a file `ran`, if a shell took them for more than text."""


def file_of(*texts: str) -> str:
    """Return a plan with an item for each text, which is its title and its lead unit."""
    items = [{"id": f"H{number}", "title": text, "lead": text} for number, text in enumerate(texts)]
    term = {"start": "2025-01-01", "end": "2029-12-31"}
    plan = {"schema": 1, "resolution": {"title": "x", "term": term}, "tasks": items}
    return re.sub(r'= "(\d{4}-\d\d-\d\d)"', r"= \1", tomli_w.dumps(plan))


def asked(shell: str, line: str) -> dict[str, str]:
    """Return the variables in which `shell` hands over `line`, with the cursor at its end."""
    words = re.findall(r"=|[^\s=]+", line) if shell == "bash" else line.split()
    if line.endswith(" "):
        words.append("")
    return {
        "_TRACKER_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line.strip() if shell == "powershell" else line,
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1],
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }


def answer(run: Run, shell: str, line: str) -> Result:
    """Run the program as `shell` does when TAB is pressed at the end of `line`."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in asked(shell, line).items():
            patch.setenv(name, value)
        return run()
