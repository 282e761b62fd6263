"""Generated data files, in the form in which the tracker writes them."""

from collections.abc import Iterator
from datetime import date, timedelta

YEAR = 2025
"""The year in which every history ends, with an entry a week."""

_LAST_DAY = date(YEAR, 12, 26)
_PROGRESS = 60
"""How far every item that has updates has come with the last of them, in percent."""

_HEAD = """\
schema = 1

[resolution]
title.vi = "Nghị quyết Đại hội"
title.en = "Resolution of the congress"
term.start = 2016-01-01
term.end = 2030-12-31
"""
_ITEM = """
[[tasks]]
id = "T{number}"
title.vi = "{title_vi}"
title.en = "{title}"
lead = "Văn phòng Đảng ủy"
due = 2030-06-30
status = "in-progress"
progress = {progress}
"""
_ENTRY = """
[[updates]]
item = "T{number}"
on = {day}
at = {day}T09:00:00+07:00
by = "office"
progress = {progress}
was = {{ progress = {before} }}
note = "Report {report}"
"""


def title(number: int) -> str:
    """Return the title of the item with this number, which every program gets."""
    return f"Task {number}: digital transformation of the ward"


def plan(items: int, updates: int) -> str:
    """Return a data file with so many items and, of each of them, so many updates, 520 at most."""
    return "".join(_parts(items, updates))


def _parts(items: int, updates: int) -> Iterator[str]:
    yield _HEAD
    progress = [_PROGRESS * report // max(updates, 1) for report in range(updates + 1)]
    for number in range(1, items + 1):
        title_vi = f"Nhiệm vụ {number}: chuyển đổi số của phường"
        yield _ITEM.format(
            number=number, title_vi=title_vi, title=title(number), progress=progress[-1]
        )
    for report in range(1, updates + 1):
        day = _LAST_DAY - timedelta(weeks=updates - report)
        after, before = progress[report], progress[report - 1]
        for number in range(1, items + 1):
            yield _ENTRY.format(
                number=number, day=day, report=report, progress=after, before=before
            )
