"""The hidden sheet of a form: of which file, unit and period it is, and what was known of each row.

Every cell of it is a text, so that no program changes it.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from resolution_cli.domain.forms import HEADS, Asked, Sent, resolution_id, sent_of
from resolution_cli.domain.model import Figure, Item, Status, Target
from resolution_cli.domain.period import Period, TermPart
from resolution_cli.exchange.cells import Sheet
from resolution_cli.i18n import _
from resolution_cli.matching import fold
from resolution_cli.reports.form import UnitForm
from resolution_cli.views.document import capitalised
from resolution_cli.views.target_words import unit
from resolution_cli.views.texts import clean

NAME = "tracker"
"""The name of the sheet."""

_FORMAT = "tracker-form 1"
"""What stands in its first cell: that it is such a sheet, and how it is to be read."""


_SUM = "sum"
"""What begins its last row, which has the checksum of the others."""


class FigureKind(StrEnum):
    """What the figure of a row is."""

    PROGRESS = "progress"
    PERCENTAGE = "percentage"
    NUMBER = "number"


class KnownRow(Struct, frozen=True):
    """What the sheet says of a row: what its figure is, and what was known of it."""

    figure: FigureKind
    sent: Sent


class Known(Struct, frozen=True):
    """What the sheet says.

    Attributes:
        resolution_id, unit, period, sent_at: as in `domain.forms.FilledForm`.
        sheet: the name of the sheet with the answers.
        id_head: the head of its column of ids.
        heads: the heads of its columns to fill in.
        rows: its rows by lower-cased id.

    """

    resolution_id: str
    unit: str
    period: Period
    sent_at: datetime
    sheet: str
    id_head: str
    heads: Mapping[Asked, str]
    rows: Mapping[str, KnownRow]


class HiddenSheetBroken(Exception):
    """The sheet does not say what it should."""


def lines(form: UnitForm, sheet: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the hidden sheet of a form, whose answers stand in the sheet `sheet`."""
    said = [*_lines(form, sheet)]
    yield from said
    yield _SUM, _sum(said)


def _lines(form: UnitForm, sheet: str) -> Iterator[tuple[str, ...]]:
    period = form.period
    yield (_FORMAT,)
    yield "file", resolution_id(form.header)
    yield "unit", form.unit
    part = [period.part.value] if period.part else []
    yield "period", str(period.start), str(period.end), str(period.months), *part
    yield "sent", form.sent_at.isoformat()
    yield "sheet", sheet, id_head()
    for asked in Asked:
        yield "column", asked.value, head(asked)
    for row in form.rows:
        facts = sent_of(row.entry).facts
        said = (f"{name}={_plain(value)}" for name, value in facts.items())
        yield "row", row.entry.id, _figure_kind(row.entry).value, *said


def id_head() -> str:
    """Return what the column of ids is called."""
    return capitalised(_("id"))


def head(asked: Asked) -> str:
    """Return what a column to fill in is called."""
    return capitalised(_(HEADS[asked]))


def found(sheets: Sequence[Sheet]) -> Sheet | None:
    """Return the hidden sheet among those of a workbook; None where it is no form."""
    return next((sheet for sheet in sheets if sheet.value(0, 0) == _FORMAT), None)


def known(sheet: Sheet) -> Known:
    """Return what the hidden sheet of a form says.

    Raises:
        HiddenSheetBroken: somebody changed it.

    """
    try:
        return _known(sheet)
    except (ValueError, KeyError, IndexError, TypeError):
        raise HiddenSheetBroken from None


def _known(sheet: Sheet) -> Known:
    heads: dict[Asked, str] = {}
    rows: dict[str, KnownRow] = {}
    said: dict[str, list[str]] = {}
    *lines, sum_line = [
        ["" if value is None else str(value) for value in row] for row in sheet.rows
    ]
    if sum_line != [_SUM, _sum(lines)]:
        raise HiddenSheetBroken
    for key, *values in lines[1:]:
        if key == "column":
            heads[Asked(values[0])] = values[1]
        elif key == "row":
            sent = Sent(values[0], dict(map(_fact, filter(None, values[2:]))))
            rows[values[0].lower()] = KnownRow(FigureKind(values[1]), sent)
        else:
            said[key] = values
    sent_at = datetime.fromisoformat(said["sent"][0])
    if heads.keys() != set(Asked) or sent_at.tzinfo is None:
        raise HiddenSheetBroken
    return Known(
        resolution_id=said["file"][0],
        unit=said["unit"][0],
        period=_period(*said["period"]),
        sent_at=sent_at,
        sheet=said["sheet"][0],
        id_head=said["sheet"][1],
        heads=heads,
        rows=rows,
    )


def _period(start: str, end: str, months: str, part: str = "") -> Period:
    days = date.fromisoformat(start), date.fromisoformat(end)
    return Period(*days, int(months), TermPart(part) if part else None)


def _sum(lines: Sequence[Sequence[str]]) -> str:
    """Return the checksum of lines, by which a change of any of them is seen.

    How spaces are kept differs between the programs that save a sheet.
    """
    text = "\n".join("\t".join(fold(clean(value)) for value in line if value) for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _fact(text: str) -> tuple[str, object]:
    """Return the name and the value of a fact."""
    name, _sign, value = text.partition("=")
    match name:
        case "status":
            return name, Status(value)
        case "progress":
            return name, int(value)
        case "value":
            if not value.replace(".", "", 1).removeprefix("-").isdecimal():
                raise ValueError(value)
            return name, Figure(value)
    return name, date.fromisoformat(value)


def _figure_kind(entry: Item | Target) -> FigureKind:
    if not isinstance(entry, Target):
        return FigureKind.PROGRESS
    return FigureKind.PERCENTAGE if unit(entry) == "%" else FigureKind.NUMBER


def _plain(value: object) -> str:
    """Return the value of a fact as the file has it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Figure):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)
