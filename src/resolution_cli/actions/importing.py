"""What others hand in as workbooks, taken into the data file."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from resolution_cli import storage
from resolution_cli.actions import planning
from resolution_cli.errors import ChangeRefused, Fault, WorkbooksRefused
from resolution_cli.i18n import _

if TYPE_CHECKING:
    from resolution_cli.domain.plan_columns import PlanTable
    from resolution_cli.domain.plan_import import PlanImport


class PlanSheets(Struct, frozen=True):
    """The tables of workbooks, and the sheets without one.

    Attributes:
        tables: the tables, in the order of the workbooks and their sheets.
        without: the names of the file and the sheet of each other, and the reason.

    """

    tables: "tuple[PlanTable, ...]"
    without: tuple[tuple[str, str, str], ...]


def plan_sheets(paths: Sequence[Path], mapped: Mapping[str, str]) -> PlanSheets:
    """Return the tables of tasks and targets in the workbooks at `paths`.

    Args:
        paths: the workbooks.
        mapped: the columns that a person named, by their heads.

    Raises:
        WorkbooksRefused: one cannot be read, or has no clear head; every fault of all is named.

    """
    from resolution_cli.exchange import plan_sheet  # noqa: PLC0415  # see __init__

    faults: list[Fault] = []
    tables: list[PlanTable] = []
    without: list[tuple[str, str, str]] = []
    for path in paths:
        try:
            found, sheets = plan_sheet.tables(path, mapped)
        except WorkbooksRefused as refused:
            faults += refused.faults
            continue
        tables += found
        without += [(path.name, sheet, reason) for sheet, reason in sheets]
    if faults:
        raise WorkbooksRefused(faults)
    return PlanSheets(tuple(tables), tuple(without))


def plan_import(
    path: Path, sheets: PlanSheets, today: date, added: date | None = None
) -> "PlanImport":
    """Return what `sheets` add to the plan in the file at `path`.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.

    """
    from resolution_cli.domain import plan_import as rules  # noqa: PLC0415  # see __init__

    return rules.plan_import(storage.loaded(path), sheets.tables, today, added)


def toml_of(found: "PlanImport") -> str:
    """Return the lines that what is added has in a data file."""
    return storage.toml_of(found.additions)


def take_into_plan(
    path: Path,
    sheets: PlanSheets,
    shown: "PlanImport",
    today: date,
    added: date | None = None,
) -> None:
    """Add to the plan in the file at `path` what `plan_import` has `shown`; `undo` takes it back.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ChangeRefused: the file was changed meanwhile, so that something else would be added.
        FileNotWritten: as `storage.editing`; nothing was changed.

    """
    from resolution_cli.domain import plan_import as rules  # noqa: PLC0415  # see __init__

    with storage.editing(path) as book:
        made = shown
        if book.resolution != shown.plan:
            made = rules.plan_import(book.resolution, sheets.tables, today, added)
        if made.additions != shown.additions:
            raise ChangeRefused(
                _("Nothing was changed: the file was changed while you were asked."),
                _("Run the command again."),
            )
        book.add(made.additions)
    planning.keep_former(path, book.content_before, book.content)
