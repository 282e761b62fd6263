"""Small data files of several wards, written by hand, for the overview of many files."""

from pathlib import Path
from typing import Any

TERM = ("2026-01-01", "2026-12-31")


def write_ward(
    path: Path,
    tables: str = "",
    body: str = "Ward",
    head: str = "",
    term: tuple[str, str] = TERM,
) -> Path:
    """Write a data file, with an id of its path's, and return its path.

    Args:
        path: the path; its folder is made.
        tables: its plan and its history, from `item` and `entry`.
        body: the body that resolved it, in both languages.
        head: more lines of the file above these.
        term: the first and the last day of its term.

    """
    text = f"""schema = 1
[resolution]
id = "{path.absolute().parent.name}-{path.stem}"
title = "Resolution"
body.vi = "{body}"
body.en = "{body}"
term.start = {term[0]}
term.end = {term[1]}
{head}
{tables}
"""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def item(id_: str, table: str = "tasks", **facts: Any) -> str:
    """Return the lines of an item of the plan, or of a milestone, with these facts."""
    return _lines(table, {"id": id_, "title": f"Title of {id_}"} | facts)


def entry(item_id: str, on: str, **values: Any) -> str:
    """Return the lines of an entry of the history, with these new values."""
    return _lines("updates", {"item": item_id, "on": _Day(on)} | values)


class _Day(str):
    """A day, which TOML has without quotes."""

    __slots__ = ()


def day(text: str) -> str:
    """Return a day, for a fact."""
    return _Day(text)


def _lines(table: str, values: dict[str, object]) -> str:
    lines = [f"{name} = {_toml(value)}" for name, value in values.items()]
    return "\n".join([f"[[{table}]]", *lines, ""])


def _toml(value: object) -> str:
    if isinstance(value, _Day):
        return str(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)
