"""The formats, a line each: what a format is called, what its files end in, and who renders it for each command.

A renderer is named `module:function`, the module one of this package, so that only what is asked
for is imported. It takes what the command computed (`report.Listing`, `Details`, `Overview` or
`Diary`) and returns text or bytes; those of `TEXT` also take the layout of the screen, and yield
blocks as `layout.py` has them.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from msgspec import Struct

TEXT = "text"
"""The format for a screen, and for a pipe that a person reads."""


class Format(Struct, frozen=True):
    """A format.

    Attributes:
        name: what `--format` calls it.
        suffix: what its files end in.
        items, item, report, log: who renders it for `tracker list`, `show`, `report` and `log`;
            empty where it makes no sense.
        is_binary: it is not for a screen.
        package, distribution: what it needs beyond the program's own dependencies: the name that is
            imported, and the one that is installed.

    """

    name: str
    suffix: str
    items: str = ""
    item: str = ""
    report: str = ""
    log: str = ""
    is_binary: bool = False
    package: str = ""
    distribution: str = ""

    def renderer(self, view: str) -> Callable[..., Any]:
        """Return the function that renders a view, `items`, `item`, `report` or `log`, which this format has."""
        module, _separator, function = str(getattr(self, view)).partition(":")
        found: Callable[..., Any] = getattr(
            import_module(f"resolution_cli.render.{module}"), function
        )
        return found


FORMATS = (
    Format(
        TEXT, ".txt", "terminal:items", "terminal:item", "terminal_report:report", "terminal:log"
    ),
    Format("json", ".json", "data:items", "data:item", "data:report", "data:log"),
    Format("csv", ".csv", items="rows:csv_items", report="rows:csv_report", log="rows:csv_log"),
    Format("tsv", ".tsv", items="rows:tsv_items"),
    Format("ids", "", items="rows:ids"),
    Format("markdown", ".md", "markdown:items", "markdown:item", "markdown:report", "markdown:log"),
    Format("html", ".html", "page:items", "page:item", "page:report", "page:log"),
    Format(
        "docx",
        ".docx",
        report="word:report",
        is_binary=True,
        package="docx",
        distribution="python-docx",
    ),
    Format(
        "xlsx",
        ".xlsx",
        report="workbook:report",
        is_binary=True,
        package="openpyxl",
        distribution="openpyxl",
    ),
    Format("svg", ".svg", "picture:items", "picture:item", "picture:report", "picture:log"),
)


def formats(view: str) -> tuple[Format, ...]:
    """Return the formats that a view, `items`, `item`, `report` or `log`, has; the first is the one for a screen."""
    return tuple(known for known in FORMATS if getattr(known, view))
