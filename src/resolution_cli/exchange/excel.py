"""The sheets of an Excel file (xlsx, xlsm), by ECMA-376. Formulas and macros are never run."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from resolution_cli.exchange.cells import Grid, Sheet, Value, number_of, place_of, range_of
from resolution_cli.exchange.parts import Handler, Parts, damaged

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a character is written that XML cannot have."""

_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^]]*\]', re.IGNORECASE)
"""What a format of numbers has beside its signs: texts, colours, conditions."""

_PERCENT_FORMATS = frozenset((9, 10))
_MONTH_FORMAT = 17
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""The built-in formats of percentages, of a month with its year, and of days and times."""

_SECONDS = 86_400
"""Seconds of a day."""

_FAKE_DAY = 60
"""The number of 29 February 1900, which Excel has and the calendar has not."""


def read(parts: Parts) -> list[Sheet]:
    """Return the sheets of a workbook, in its order.

    Raises:
        PartBroken: it is damaged, or beyond a limit.

    """
    main = next(
        (path for kind, path in parts.relations("").values() if kind == "officeDocument"), ""
    )
    main = main if main in parts else "xl/workbook.xml"
    book = _Book()
    parts.read(main, book)
    known = parts.relations(main)
    by_kind = dict(known.values())
    strings, styles = _Strings(), _Styles()
    parts.read(by_kind.get("sharedStrings", ""), strings)
    parts.read(by_kind.get("styles", ""), styles)
    sheets = []
    for name, relation, is_hidden in book.sheets:
        kind, path = known.get(relation, ("", ""))
        if kind != "worksheet":  # a sheet that is one chart, or of old macros
            continue
        if path not in parts:
            raise damaged()
        grid = Grid(name, is_hidden=is_hidden)
        parts.read(path, _Cells(grid, strings.texts_found, styles, is_1904=book.is_1904))
        sheets.append(grid.sheet())
    if not sheets:
        raise damaged()
    return sheets


class _Book(Handler):
    """The names of the sheets, and whether days count from 1904."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.is_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "sheet":
            relation = next((attributes[key] for key in attributes if key.endswith(" id")), "")
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), relation, is_hidden))


class _Strings(Handler):
    """The texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.texts_found: list[str] = []
        self._pieces: list[str] = []
        self._is_reading = False  # how a text is pronounced is not the text

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002  # as handed
        if name == "rPh":
            self._is_reading = True
        self.is_text = name == "t" and not self._is_reading

    def end(self, name: str) -> None:
        if name == "t":
            self._pieces.append(self.taken_text())
        elif name == "rPh":
            self._is_reading = False
        elif name == "si":
            self.texts_found.append(_unescaped("".join(self._pieces)))
            self._pieces.clear()


class _Styles(Handler):
    """Which of the styles show a number as a day, as a month, and as a percentage."""

    def __init__(self) -> None:
        super().__init__()
        self.dates: set[int] = set()
        self.months: set[int] = set()
        self.percents: set[int] = set()
        self._codes: dict[int, str] = {}
        self._is_of_cells = False
        self._count = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self._codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._is_of_cells = True
        elif name == "xf" and self._is_of_cells:
            number = _whole(attributes.get("numFmtId"))
            code = _NOT_SHOWN.sub("", self._codes.get(number, ""))
            if number in _PERCENT_FORMATS or "%" in code:
                self.percents.add(self._count)
            elif number in _DATE_FORMATS or re.search("[dmyhs]", code, re.IGNORECASE):
                self.dates.add(self._count)
                if number == _MONTH_FORMAT or _is_of_month(code):
                    self.months.add(self._count)
            self._count += 1

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_of_cells = False


class _Cells(Handler):
    """The cells of one sheet, put into a grid."""

    def __init__(self, grid: Grid, strings: list[str], styles: _Styles, *, is_1904: bool) -> None:
        super().__init__()
        self._grid, self._strings, self._styles = grid, strings, styles
        self._is_1904 = is_1904
        self._row = self._column = -1
        self._kind, self._style = "n", 0
        self._has_formula = self._has_value = self._is_reading = False
        self._pieces: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name == "row":
            number = attributes.get("r", "")
            self._row = (
                int(number) - 1 if number.isascii() and number.isdecimal() else self._row + 1
            )
            self._column = -1
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._is_reading = True
        elif name == "mergeCell":
            if found := range_of(attributes.get("ref", "")):
                self._grid.merged.append(found)
        else:
            self.is_text = name == "v" or (name == "t" and not self._is_reading)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._pieces.append(self.taken_text())
        elif name == "rPh":
            self._is_reading = False
        elif name == "c":
            self._end_cell("".join(self._pieces))

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        place = place_of(attributes.get("r", ""))
        self._row, self._column = place or (max(self._row, 0), self._column + 1)
        self._kind = attributes.get("t", "n")
        self._style = _whole(attributes.get("s"))
        self._has_formula = False
        self._pieces.clear()

    def _end_cell(self, text: str) -> None:
        place = self._row, self._column
        if not text:
            if self._has_formula and self._kind != "str":
                self._grid.uncomputed.add(place)
            return
        if self._kind == "e":
            self._grid.errors[place] = text
            return
        value = self._value(text)
        if self._style in self._styles.percents and isinstance(value, int | float):
            self._grid.percents.add(place)
        elif self._style in self._styles.months and isinstance(value, date):
            self._grid.months.add(place)
        self._grid.put(*place, value)

    def _value(self, text: str) -> Value:
        """Return the value of a cell, of its `text` in the file."""
        match self._kind:
            case "s":
                number = _whole(text)
                if number >= len(self._strings):
                    raise damaged()
                return self._strings[number]
            case "str" | "inlineStr":
                return _unescaped(text)
            case "b":
                return text.strip() == "1"
            case "d":
                return _iso(text)
        number_found = number_of(text)
        if number_found is None:
            raise damaged()
        if self._style in self._styles.dates:
            return _day(number_found, is_1904=self._is_1904)
        return number_found


def _is_of_month(code: str) -> bool:
    """Say whether a format of days shows the month and the year alone."""
    return {"m", "y"} <= set(code.lower()) and not set("dhs") & set(code.lower())


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _whole(text: str | None) -> int:
    """Return the whole number in `text`; 0 if it is none, or longer than any that a file has."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else 0


def _iso(text: str) -> Value:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return found if "T" in text else found.date()


def _day(number: float, *, is_1904: bool) -> Value:
    """Return the day, or the day and time, that a number of Excel stands for; itself if none."""
    if 0 <= number < 1:
        return _time(number)
    first = date(1904, 1, 1) if is_1904 else date(1899, 12, 30 if number > _FAKE_DAY else 31)
    try:
        found = datetime.combine(first, time()) + timedelta(seconds=round(number * _SECONDS))
    except OverflowError:
        return number
    return found if found.time() != time() else found.date()


def _time(share: float) -> time:
    """Return the time of day at which this `share` of the day is over, to the second."""
    minutes, second = divmod(min(round(share * _SECONDS), _SECONDS - 1), 60)
    return time(*divmod(minutes, 60), second)
