"""Items as data for other programs: JSON and tab-separated text. The keys and words are the same in every language."""

import re
from collections.abc import Iterable
from datetime import date

import msgspec

from resolution_cli.render.words import clean, local
from resolution_cli.report import Standing

SCHEMA = 1
"""The number of this form of the data; a key may come without a new one, none goes or changes its meaning."""

_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
"""What JSON allows and a screen would obey or hide: controls, orders of direction, characters without a shape."""

TSV_COLUMNS = ("id", "kind", "title", "status", "progress", "due", "lead", "verdict")


def json(standings: Iterable[Standing], as_of: date) -> str:
    """Return the items as one JSON object, `{"schema": …, "as_of": …, "items": […]}`."""
    data = {"schema": SCHEMA, "as_of": as_of, "items": [_row(standing) for standing in standings]}
    return _UNSEEN.sub(_escaped, msgspec.json.format(msgspec.json.encode(data), indent=2).decode()) + "\n"


def tsv(standings: Iterable[Standing]) -> str:
    """Return a line of column names and a line an item, its values parted by tabs; none holds a tab or a line's end."""
    lines: list[tuple[str, ...]] = [TSV_COLUMNS]
    for standing in standings:
        row = _row(standing)
        lines.append(tuple(clean("" if row[name] is None else str(row[name])) for name in TSV_COLUMNS))
    return "".join("\t".join(line) + "\n" for line in lines)


def _escaped(match: re.Match[str]) -> str:
    """Return a character as JSON's escape, or two: the same text to a program, and visible to a person."""
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[start : start + 2].hex()}" for start in range(0, len(units), 2))


def _row(standing: Standing) -> dict[str, object]:
    item, judged = standing.item, standing.judgement
    return {
        "id": item.id,
        "kind": item.kind,
        "title": local(item.title),
        "summary": local(item.summary) or None,
        "status": item.present_status,
        "progress": item.present_progress,
        "start": item.start,
        "due": item.due,
        "done_on": item.done_on,
        "lead": item.lead,
        "partners": item.partners or (),
        "product": item.product,
        "tags": item.tags or (),
        "verdict": judged.verdict,
        "outcome": judged.outcome,
        "days": judged.days,
        "points": judged.points,
        "stale": judged.is_stale,
        "updates": len(standing.updates),
        "last_update": standing.updates[-1].on if standing.updates else None,
    }
