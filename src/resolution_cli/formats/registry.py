"""The formats, a line each, and what each draws for a command.

A format draws a document, or is made of the report itself: JSON, CSV and others that are for
programs. Only the module of the format asked for is imported.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import IO, Any

from msgspec import Struct

TEXT = "text"
"""The format for a screen, and for a pipe that a person reads."""

_PACKAGE = "resolution_cli"
_VIEWS = {
    "list": "listing",
    "show": "item",
    "report": "report",
    "log": "log",
    "check": "problems",
    "targets": "targets",
    "target": "target",
    "next": "next",
    "timeline": "timeline",
    "chase": "chase",
    "overview": "files",
    "overview-items": "file_items",
}
"""The commands that show something, each with the module of `views` that describes it.

`target` is what `show` shows of a target, `overview-items` what `overview` lists of many files."""

_DATA = {
    "list": "listing",
    "show": "item",
    "report": "report",
    "log": "log",
    "targets": "targets",
    "target": "target",
    "next": "next_report",
    "chase": "chase",
    "overview": "files",
    "overview-items": "file_items",
}
"""The functions of a format for programs, by command."""

TABLE = "table"
"""What stands for a command where tables for other programs are meant; see `Format.write_table`."""

_LETTERS = {"chase": "reminder"}
"""What a format with templates draws of a command in the place of its view: a letter."""

_WRITTEN, _PAGE = "written_report", "report_page"
"""The view of a report in sentences."""


class Format(Struct, frozen=True):
    """A format.

    Attributes:
        name: what `--format` calls it.
        suffix: what its files end in.
        other_suffixes: what they may end in as well.
        module: the module of this package that draws it.
        data_of: of a format for programs, the commands that have it; it takes their reports.
            Empty for one that draws documents, which every command has.
        report_view: what it draws of a report: what a screen shows, or the written report, alone
            or as a page, or its tables.
        is_binary: it is not for a screen.
        has_template: its reports are made from a template, which an office may have of its own.
        package, distribution: what it needs beyond the program's own dependencies: the name that
            is imported, and the one that is installed.

    """

    name: str
    suffix: str
    module: str
    data_of: tuple[str, ...] = ()
    report_view: str = "report"
    is_binary: bool = False
    has_template: bool = False
    package: str = ""
    distribution: str = ""
    other_suffixes: tuple[str, ...] = ()

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Return all that its files may end in."""
        return (self.suffix, *self.other_suffixes) if self.suffix else ()

    @property
    def is_written(self) -> bool:
        """Say whether its reports are written reports, which need more figures."""
        return self.report_view != "report"

    @property
    def is_prose(self) -> bool:
        """Say whether its reports are written in sentences, not in tables alone."""
        return self.report_view in {_WRITTEN, _PAGE}

    def is_of(self, command: str) -> bool:
        """Say whether `command` has this format."""
        return command in self.data_of if self.data_of else command != TABLE

    def drawn(self, command: str, report: Any) -> Any:
        """Return the `report` of `command`, which has this format, as text or bytes."""
        module = import_module(f"{_PACKAGE}.formats.{self.module}")
        if self.data_of:
            return getattr(module, _DATA[command])(report)
        return module.draw(self.document(command, report))

    def write_table(self, file: IO[bytes], row: type[Struct], batches: Iterable[Any]) -> None:
        """Write the rows of the `batches` to an open file, as they come; `row` is their type."""
        import_module(f"{_PACKAGE}.formats.{self.module}").write_table(file, row, batches)

    def document(self, command: str, report: Any) -> Any:
        """Return the document that this format draws of the `report` of `command`."""
        view = self.report_view if command == "report" else _VIEWS[command]
        if self.has_template:
            view = _LETTERS.get(command, view)
        return import_module(f"{_PACKAGE}.views.{view}").document(report)


FORMATS = (
    Format(TEXT, ".txt", "text"),
    Format(
        "json",
        ".json",
        "json",
        data_of=("list", "show", "report", "log", "targets", "next", "chase", "overview"),
    ),
    Format(
        "csv",
        ".csv",
        "csv",
        data_of=("list", "report", "log", "targets", "next", "chase", "overview", TABLE),
    ),
    Format("ndjson", ".ndjson", "ndjson", data_of=(TABLE,), other_suffixes=(".jsonl",)),
    Format(
        "parquet",
        ".parquet",
        "parquet",
        data_of=(TABLE,),
        is_binary=True,
        package="pyarrow",
        distribution="pyarrow",
    ),
    Format("tsv", ".tsv", "tsv", data_of=("list", "targets")),
    Format("ids", "", "ids", data_of=("list", "targets")),
    Format("markdown", ".md", "markdown", report_view=_WRITTEN),
    Format("html", ".html", "html", report_view=_PAGE),
    Format(
        "docx",
        ".docx",
        "docx",
        report_view=_WRITTEN,
        is_binary=True,
        has_template=True,
        package="docxtpl",
        distribution="docxtpl",
    ),
    Format(
        "xlsx",
        ".xlsx",
        "xlsx",
        report_view="report_tables",
        is_binary=True,
        package="openpyxl",
        distribution="openpyxl",
    ),
    Format("svg", ".svg", "svg"),
    Format(
        "ics",
        ".ics",
        "ics",
        data_of=("list", "chase"),
        package="icalendar",
        distribution="icalendar",
    ),
)


def formats(command: str) -> tuple[Format, ...]:
    """Return the formats that `command` has; the first is the one for a screen."""
    return tuple(known for known in FORMATS if known.is_of(command))
