"""Track the tasks of a resolution over its term, from the facts in one TOML file.

The names below are the Python API; `docs/reference/python.md` has an example, CONTRIBUTING.md the
map of the package.
"""

# Nothing is imported here: Python runs this file before `__main__`, which first makes Ctrl-C end
# the program without a traceback.
TYPE_CHECKING = False  # a name that type checkers take as true; `typing` is not imported
if TYPE_CHECKING:
    from resolution_cli.actions.overviewing import overview_of_content, overview_of_file
    from resolution_cli.actions.tabulating import (
        FileRecords,
        table_of_content,
        table_of_file,
        write_parquet,
    )
    from resolution_cli.domain.histories import histories
    from resolution_cli.domain.history import ItemHistory
    from resolution_cli.domain.model import Item, Resolution, Update
    from resolution_cli.domain.period import Period
    from resolution_cli.domain.period import named as find_period
    from resolution_cli.errors import TrackerError
    from resolution_cli.reports.file_row import FileRow, UncountedFile
    from resolution_cli.reports.period import PeriodReport
    from resolution_cli.reports.period import period_report as report_of_period
    from resolution_cli.reports.standing import Report, Standing, standings
    from resolution_cli.reports.standing import report as report_of_day
    from resolution_cli.reports.table_asked import Every, Table, TableAsked
    from resolution_cli.storage import loaded as load

__version__ = "0.1.0"

__all__ = [
    "Every",
    "FileRecords",
    "FileRow",
    "Item",
    "ItemHistory",
    "Period",
    "PeriodReport",
    "Report",
    "Resolution",
    "Standing",
    "Table",
    "TableAsked",
    "TrackerError",
    "UncountedFile",
    "Update",
    "find_period",
    "histories",
    "load",
    "overview_of_content",
    "overview_of_file",
    "report_of_day",
    "report_of_period",
    "standings",
    "table_of_content",
    "table_of_file",
    "write_parquet",
]

_DEFINITIONS = {
    "Every": "reports.table_asked:Every",
    "FileRecords": "actions.tabulating:FileRecords",
    "FileRow": "reports.file_row:FileRow",
    "Item": "domain.model:Item",
    "ItemHistory": "domain.history:ItemHistory",
    "Period": "domain.period:Period",
    "PeriodReport": "reports.period:PeriodReport",
    "Report": "reports.standing:Report",
    "Resolution": "domain.model:Resolution",
    "Standing": "reports.standing:Standing",
    "Table": "reports.table_asked:Table",
    "TableAsked": "reports.table_asked:TableAsked",
    "TrackerError": "errors:TrackerError",
    "UncountedFile": "reports.file_row:UncountedFile",
    "Update": "domain.model:Update",
    "find_period": "domain.period:named",
    "histories": "domain.histories:histories",
    "load": "storage:loaded",
    "overview_of_content": "actions.overviewing:overview_of_content",
    "overview_of_file": "actions.overviewing:overview_of_file",
    "report_of_day": "reports.standing:report",
    "report_of_period": "reports.period:period_report",
    "standings": "reports.standing:standings",
    "table_of_content": "actions.tabulating:table_of_content",
    "table_of_file": "actions.tabulating:table_of_file",
    "write_parquet": "actions.tabulating:write_parquet",
}
"""The module of this package that defines each name of the API, and its name there."""


def __getattr__(name: str) -> object:
    """Return the API's `name`, importing its module at the first use, for a fast command line.

    Raise AttributeError if the API has no such name.
    """
    if name not in _DEFINITIONS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  # as above

    module, _, original = _DEFINITIONS[name].partition(":")
    definition: object = getattr(import_module(f"{__name__}.{module}"), original)
    return definition
