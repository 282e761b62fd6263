"""How wide the columns of a grid are on a screen: the whole of it fits, and few words are broken.

A pipe needs none of this: its lines are as long as they are.
"""

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.formats.grid import Grid
from resolution_cli.formats.text import width
from resolution_cli.views import document
from resolution_cli.views.document import Column, Words

_SHORT = 10
"""Characters up to which a text is not broken into lines, where there is room for that."""

_LINE = 16
"""Characters of a line of a text: with less, heads of numbers beside it take several lines."""


class _Need(Struct):
    """What a column needs, in characters.

    Attributes:
        least: its longest word and, if that can be had, a short text; of numbers, the longest
            number, and a head of several words on as many lines.
        whole: its longest line.
        more: what all its lines have beyond the least: the more, the more lines are saved by a
            wider column.

    """

    least: int
    whole: int
    more: int


def fitted(grid: Grid, room: int | None) -> list[int]:
    """Return how many of `room` characters each column of `grid` gets, without the gaps.

    Columns have what they need if that fits. Else those that are whole have it, the others have at
    least their longest word, and share the rest by how much text they would have to wrap. That is
    nearly as few lines as can be, and one look at each cell.
    """
    columns = list(zip(*(row.cells for row in grid.rows), strict=True)) or [()] * len(grid.columns)
    wholes = [
        max([width(column.head), *(width(line) for words in cells for line in _lines(words))])
        for column, cells in zip(grid.columns, columns, strict=True)
    ]
    if room is None or sum(wholes) <= room:
        return wholes
    described = [(*each, room) for each in zip(grid.columns, columns, wholes, strict=True)]
    probed = [_need(*each, _LINE if not each[0].is_number else 0) for each in described]
    if sum(min(need.least, room) for need in probed) > room:
        described = [
            (_with_short_head(column), cells, whole, room)
            for column, cells, whole, room in described
        ]
    for short in (_SHORT, 0):
        needs = [_need(*each, short) for each in described]
        if sum(need.least for need in needs) <= room:
            break
    widths = [need.least for need in needs]
    _narrow(widths, [column.is_whole for column in grid.columns], room)
    _widen(widths, needs, room)
    return widths


def wraps(grid: Grid, widths: list[int]) -> bool:
    """Say whether a line of `grid` is broken where its columns have these widths."""
    return any(
        width(line) > columns
        for row in grid.rows
        for words, columns in zip(row.cells, widths, strict=True)
        for line in _lines(words)
    )


def _with_short_head(column: Column) -> Column:
    """Return a column of numbers with the longest word of a long head, others as they are."""
    if not column.is_number or width(column.head) <= _SHORT:
        return column
    return replace(column, head=max(column.head.split(), key=width))


def _lines(words: Words) -> list[str]:
    return document.text(words).split("\n")


def _need(column: Column, cells: tuple[Words, ...], whole: int, room: int, short: int) -> _Need:
    if column.is_whole:
        return _Need(whole, whole, 0)
    lines = [line for words in cells for line in _lines(words)]
    head = [column.head] if column.is_number else column.head.split()
    words = (word for line in lines for word in line.split())
    longest = max((width(word) for word in (*head, *words)), default=0)
    if column.is_number:  # a long head takes no room from the texts beside it
        whole = max([width(line) for line in lines], default=0)
    least = min(max(longest, min(whole, short)), room)
    return _Need(least, max(whole, least), sum(max(width(line) - least, 0) for line in lines))


def _narrow(widths: list[int], is_whole: list[bool], room: int) -> None:
    """Take from the widest columns that may be wrapped what `widths` are beyond the `room`."""
    wrapped = [number for number, whole in enumerate(is_whole) if not whole]
    while sum(widths) > room and any(widths[number] > 1 for number in wrapped):
        widths[max(wrapped, key=widths.__getitem__)] -= 1


def _widen(widths: list[int], needs: list[_Need], room: int) -> None:
    """Give the columns what `widths` leave of the `room`, none more than its longest line."""
    wanting = {number for number, need in enumerate(needs) if need.more}
    while wanting and (rest := room - sum(widths)) > 0:
        wanted = sum(needs[number].more for number in wanting)
        for number in sorted(wanting):
            share = max(rest * needs[number].more // wanted, 1)
            lacks = needs[number].whole - widths[number]
            widths[number] += min(share, lacks, room - sum(widths))
        wanting = {number for number in wanting if widths[number] < needs[number].whole}
