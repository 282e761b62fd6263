"""Charts in characters: bars, curves, and lines over the term."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from resolution_cli.formats.grid import Grid, GridRow, Layout, Part
from resolution_cli.views.document import Column, Line, Sign, Timeline, muted, strong, text, toned

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
"""The last character of the filled part of a bar, by how many eighths of it are filled."""

CURVE_STEP = 2
"""How many values of a curve a character stands for, on a wide screen: 48 take 24 of them."""

_LINE_CELLS = 24
"""Characters of a line of a timeline at least: of five years, each is two months and a half."""

_LONG_LINE_CELLS = 48
"""Characters of a line of a timeline where nothing is wrapped."""

_SHORTEST_TITLE = 8
"""Characters that a title beside a line has at least."""

_SIGNS = {
    Sign.TODAY: "│",
    Sign.FIRST_DUE: "◇",
    Sign.DUE: "◆",
    Sign.DONE: "●",
    Sign.MILESTONE_DONE: "■",
    Sign.MILESTONE_LATE: "▲",
    Sign.MILESTONE_OPEN: "□",
    Sign.MILESTONE_CANCELLED: "×",
}
_ASCII_SIGNS = {
    Sign.TODAY: "|",
    Sign.FIRST_DUE: ".",
    Sign.DUE: "o",
    Sign.DONE: "*",
    Sign.MILESTONE_DONE: "#",
    Sign.MILESTONE_LATE: "!",
    Sign.MILESTONE_OPEN: "+",
    Sign.MILESTONE_CANCELLED: "x",
}

_GAPS = 3
"""How many gaps the four columns of a timeline have, of two characters each."""


def bar(share: float, cells: int, layout: Layout) -> str:
    """Return a share, in percent, as a bar of so many characters, filled to an eighth of one."""
    full, empty, parts = ("#", "-", ("",)) if layout.is_ascii else ("█", "░", _EIGHTHS)
    # Rounded down, but never empty for what has begun: a full bar means 100 %.
    filled = max(int(share * cells * len(parts) / 100), 1 if share > 0 else 0)
    whole, rest = divmod(filled, len(parts))
    return f"{full * whole}{parts[rest]}".ljust(cells, empty)


def heights(values: Sequence[float], layout: Layout, every: int = CURVE_STEP) -> str:
    """Return a curve of percentages, a character for `every` few of them: the higher, the more."""
    steps = "_.:-=+*#" if layout.is_ascii else "▁▂▃▄▅▆▇█"
    last = len(values) - 1
    shown = (values[min(number + every - 1, last)] for number in range(0, len(values), every))
    return "".join(steps[min(int(each * len(steps) / 100), len(steps) - 1)] for each in shown)


def line(drawn: Line, count: int, layout: Layout) -> str:
    """Return a line over the term, of `count` characters, with its marks."""
    cells = [" "] * count
    first, last = (_cell_of(share, count) for share in (drawn.start, drawn.end))
    cells[first : last + 1] = ("-" if layout.is_ascii else "─") * (last + 1 - first)
    signs = _signs(layout)
    for mark in drawn.marks:
        cells[_cell_of(mark.share, count)] = signs[mark.sign]
    return "".join(cells).rstrip()


def timeline_parts(block: Timeline, layout: Layout) -> Iterator[Part]:
    """Yield a timeline as a grid, or line by line where it is too narrow, and its legend."""
    cells = layout.width
    if cells is not None and _room(block, cells) < _SHORTEST_TITLE + _LINE_CELLS:
        yield muted(_years(block, cells))
        for row in block.rows:
            yield toned(strong(row.label), "  ", row.title, ": ", row.state)
            yield toned(line(row.line, cells, layout), tone=row.tone)
    else:
        yield _timeline_grid(block, layout)
    yield ""
    yield from map(muted, _legend(block, layout))


def _signs(layout: Layout) -> Mapping[Sign, str]:
    return _ASCII_SIGNS if layout.is_ascii else _SIGNS


def _cell_of(share: float, count: int) -> int:
    """Return the index of the one of `count` characters in which a share, in percent, falls."""
    return min(max(int(share * count / 100), 0), count - 1)


def _timeline_grid(block: Timeline, layout: Layout) -> Grid:
    """Return a timeline in columns: what the ids and the states leave, titles and lines share."""
    labels = _labels(block)
    titles, cells = [row.title for row in block.rows], _LONG_LINE_CELLS
    if layout.width:
        room = _room(block, layout.width)
        longest = min(max(room // 3, _SHORTEST_TITLE), room - _LINE_CELLS)
        titles = [_cut(title, longest, layout) for title in titles]
        cells = max(room - max(map(len, titles)), _LINE_CELLS)
    lines = [toned(line(row.line, cells, layout), tone=row.tone) for row in block.rows]
    columns = (
        Column(is_whole=True),
        Column(),
        Column(_years(block, cells), is_whole=True),
        Column(is_whole=True),
    )
    states = [row.state for row in block.rows]
    rows = zip(map(strong, labels), titles, lines, states, strict=True)
    return Grid(columns, tuple(map(GridRow, rows)))


def _labels(block: Timeline) -> list[str]:
    return [f"{'  ' * row.is_part}{row.label}" for row in block.rows]


def _room(block: Timeline, width: int) -> int:
    """Return how many of `width` characters ids and states leave for titles and lines."""
    taken = max(map(len, _labels(block))) + max(len(text(row.state)) for row in block.rows)
    return width - taken - 2 * _GAPS - 1  # a table with a head is set in by one


def _legend(block: Timeline, layout: Layout) -> list[str]:
    """Return the signs of a timeline and what each stands for, none broken into two lines."""
    signs, lines = _signs(layout), [""]
    for sign, said in block.legend:
        entry = f"{signs[sign]} {said}"
        joined = f"{lines[-1]}   {entry}" if lines[-1] else entry
        if lines[-1] and layout.width and len(joined) > layout.width:
            lines.append(entry)
        else:
            lines[-1] = joined
    return lines


def _years(block: Timeline, count: int) -> str:
    """Return the years above a line of `count` characters: all, or each second, third and so on."""
    places = [(year, _cell_of(share, count)) for year, share in block.years]
    if _is_short(places):
        del places[0]
    shown = next(each for step in range(1, len(places) + 1) if _has_room(each := places[::step]))
    scale = ""
    for year, place in shown:
        if place + len(year) <= count:
            scale = f"{scale:<{place}}{year}"
    return f"{scale:<{count}}"


def _has_room(places: Sequence[tuple[str, int]]) -> bool:
    """Say whether a space stands between any two of these years."""
    return all(place + len(year) < later for (year, place), (_later, later) in pairwise(places))


def _is_short(places: Sequence[tuple[str, int]]) -> bool:
    """Say whether the first year is a part of one, without room for its number."""
    if len(places) <= 2:  # noqa: PLR2004  # then there is no whole year to compare it with
        return False
    (year, first), (_second_year, second), (_third_year, third) = places[:3]
    return second - first <= len(year) and second - first < third - second


def _cut(words: str, longest: int, layout: Layout) -> str:
    """Return `words` in at most so many characters."""
    end = "..." if layout.is_ascii else "…"
    return words if len(words) <= longest else words[: longest - len(end)].rstrip() + end
