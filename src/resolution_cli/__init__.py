"""Track the tasks of a resolution over its term: facts in one TOML file, verdicts and reports derived.

The names below are the Python API; `docs/reference/python.md` has an example, CONTRIBUTING.md the
map of the package.
"""

# Nothing is imported here: Python runs this before it hands over to `__main__`, behind which Ctrl-C
# is silent.
TYPE_CHECKING = False  # as type checkers know it
if TYPE_CHECKING:
    from resolution_cli.domain.history import ItemHistory, histories
    from resolution_cli.domain.model import Item, Resolution, Update
    from resolution_cli.domain.period import Period
    from resolution_cli.domain.period import named as find_period
    from resolution_cli.errors import TrackerError
    from resolution_cli.reports.period import PeriodReport
    from resolution_cli.reports.period import period_report as report_of_period
    from resolution_cli.reports.standing import Report, Standing, standings
    from resolution_cli.reports.standing import report as report_of_day
    from resolution_cli.storage import loaded as load

__version__ = "0.1.0"

__all__ = [
    "Item",
    "ItemHistory",
    "Period",
    "PeriodReport",
    "Report",
    "Resolution",
    "Standing",
    "TrackerError",
    "Update",
    "find_period",
    "histories",
    "load",
    "report_of_day",
    "report_of_period",
    "standings",
]

_PLACES = {
    "Item": "domain.model:Item",
    "ItemHistory": "domain.history:ItemHistory",
    "Period": "domain.period:Period",
    "PeriodReport": "reports.period:PeriodReport",
    "Report": "reports.standing:Report",
    "Resolution": "domain.model:Resolution",
    "Standing": "reports.standing:Standing",
    "TrackerError": "errors:TrackerError",
    "Update": "domain.model:Update",
    "find_period": "domain.period:named",
    "histories": "domain.history:histories",
    "load": "storage:loaded",
    "report_of_day": "reports.standing:report",
    "report_of_period": "reports.period:period_report",
    "standings": "reports.standing:standings",
}
"""The module of this package in which each name of the API is, and its name there."""


def __getattr__(name: str) -> object:
    """Return what the API calls `name`, loaded when it is asked for: the command line does not wait for it."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  # as above

    module, _, original = _PLACES[name].partition(":")
    found: object = getattr(import_module(f"{__name__}.{module}"), original)
    return found
