"""A generated country: a data file for each of its wards, with five years of news.

All of it is invented, and the same for the same seed:

    python -m benchmarks.country FOLDER --files 126 --faults 7
"""

import argparse
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

START, END = date(2020, 8, 15), date(2025, 12, 31)
"""The term of every ward."""

LAST_DAY = date(2025, 9, 30)
"""The day of the last news that a file may have."""

_FILES_OF_A_DISTRICT = 40
_MILESTONES_OF_AN_ITEM = 4
_SHARE_OF_SILENT_WARDS, _SHARE_OF_BLOCKED = 0.1, 0.1

_ITEMS = (
    ("tasks", "Xây dựng Đảng", "Building the Party", "Ban Xây dựng Đảng"),
    ("tasks", "Cải cách hành chính", "Administrative reform", "Văn phòng HĐND và UBND"),
    ("tasks", "Hạ tầng giao thông", "Roads", "Phòng Kinh tế"),
    ("tasks", "Giảm nghèo", "Fewer poor households", "Phòng Văn hóa - Xã hội"),
    ("tasks", "Giáo dục", "Schools", "Phòng Văn hóa - Xã hội"),
    ("tasks", "Y tế cơ sở", "Health stations", "Trạm Y tế"),
    ("tasks", "Môi trường", "Environment", "Phòng Kinh tế"),
    ("tasks", "An ninh trật tự", "Public order", "Công an"),
    ("breakthroughs", "Chuyển đổi số", "Digital transformation", "Văn phòng HĐND và UBND"),
    ("breakthroughs", "Chất lượng cán bộ", "Abler officials", "Ban Xây dựng Đảng"),
)
_STEPS = (
    ("Kế hoạch", "Plan"),
    ("Thí điểm", "Pilot"),
    ("Triển khai", "Roll-out"),
    ("Tổng kết", "Review"),
)
_TARGETS = 15
_NOTES = (
    "Đã họp giao ban, phân công cụ thể từng bộ phận",
    "Đang thực hiện theo kế hoạch, chưa phát sinh vướng mắc",
    "Đã kiểm tra thực địa tại ba tổ dân phố",
)

_HEAD = """\
schema = 1

# An invented ward, for measuring.
[resolution]
id = "ward-{number:04}-2020-2025"
body.vi = "Đảng bộ phường số {number} (ví dụ)"
body.en = "Party organisation of ward {number} (an example)"
title.vi = "Nghị quyết ví dụ của phường số {number}"
title.en = "Example resolution of ward {number}"
term.start = {start}
term.end = {end}
"""
_ITEM = """
[[{table}]]
id = "{id}"
title.vi = "{vi}"
title.en = "{en}"
lead = "{lead}"
due = {due}
tags = ["{vi}"]
"""
_MILESTONE = """
[[{table}.milestones]]
id = "{id}"
title.vi = "{vi}"
title.en = "{en}"
weight = {weight}
due = {due}
status = "{status}"
"""
_TARGET = """
[[targets]]
id = "C{number}"
title.vi = "Chỉ tiêu {number}"
title.en = "Target {number}"
unit = "%"
base.on = {start}
base.value = {base}
"""
_ENTRY = """
[[updates]]
item = "{id}"
on = {on}
at = {on}T09:00:00+07:00
by = "văn thư"
"""


class _Entry(NamedTuple):
    on: date
    item: str
    text: str


FAULTS: Mapping[str, Callable[[str], str]] = {
    "cut off": lambda text: text[: text.rindex("on = ") + 4],
    "status unknown": lambda text: text.replace('status = "done"', 'status = "finnished"', 1),
    "key unknown": lambda text: text.replace("due = ", "deu = ", 1),
    "id twice": lambda text: text.replace('id = "T2"', 'id = "T1"', 1),
    "date quoted": lambda text: text.replace(f"term.end = {END}", f'term.end = "{END}"', 1),
    "schema of tomorrow": lambda text: text.replace("schema = 1", "schema = 2", 1),
    "conflict markers": lambda text: text.replace(
        "\n[[targets]]", "\n<<<<<<< mine\n[[targets]]", 1
    ),
}
"""What may be wrong in a file, and what makes it so."""


def write(folder: Path, files: int, seed: int = 1, faults: int = 0) -> list[Path]:
    """Write a country of so many `files` below `folder`, and return those with a fault.

    The kinds of `faults` take turns. A ward is the same however many there are.
    """
    broken = sorted(Random(f"{seed}/faults").sample(range(1, files + 1), faults))  # noqa: S311  # no secret
    kinds = [*FAULTS.values()]
    fault_of = {number: kinds[turn % len(kinds)] for turn, number in enumerate(broken)}
    for number in range(1, files + 1):
        text = ward(number, seed)
        path = path_of(folder, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fault_of[number](text) if number in fault_of else text, encoding="utf-8")
    return [path_of(folder, number) for number in broken]


def path_of(folder: Path, number: int) -> Path:
    """Return the path of the ward with this number, in the folder of its district."""
    return folder / f"{number // _FILES_OF_A_DISTRICT:02}" / f"{number:04}.toml"


def ward(number: int, seed: int = 1) -> str:
    """Return the data file of one ward: 10 items, 40 milestones, 15 targets, and their news."""
    random = Random(f"{seed}/{number}")  # noqa: S311  # no secret
    silence = LAST_DAY - timedelta(days=random.randint(100, 700))
    until = silence if random.random() < _SHARE_OF_SILENT_WARDS else LAST_DAY
    entries: list[_Entry] = []
    text = "".join(
        (
            _HEAD.format(number=number, start=START, end=END),
            *_items(random, until, entries),
            *_targets(random, until, entries),
        )
    )
    return text + "".join(entry.text for entry in sorted(entries, key=lambda entry: entry.on))


def _items(random: Random, until: date, entries: list[_Entry]) -> Iterator[str]:
    delay = random.randint(-40, 60)  # of the ward: some are ahead, some are late
    for index, (table, vi, en, lead) in enumerate(_ITEMS):
        item_id = f"{table[0].upper()}{index % 8 + 1}"
        length = random.randint(1400, (END - START).days)
        due = START + timedelta(days=length)
        yield _ITEM.format(table=table, id=item_id, vi=vi, en=en, lead=lead, due=due)
        for step, (step_vi, step_en) in enumerate(_STEPS, 1):
            milestone_id = f"{item_id}.{step}"
            step_due = START + timedelta(days=length * step // _MILESTONES_OF_AN_ITEM)
            finish = step_due + timedelta(days=delay + random.randint(-90, 60))
            news = [*_news(random, milestone_id, finish, until)]
            entries += news
            status, done_on = _state(news)
            yield _MILESTONE.format(
                table=table,
                id=milestone_id,
                vi=f"{step_vi}: {vi}",
                en=f"{step_en}: {en}",
                weight=random.randint(1, 4),
                due=step_due,
                status=status,
            ) + (f"done_on = {done_on}\n" if done_on else "")


def _news(random: Random, milestone_id: str, finish: date, until: date) -> Iterator[_Entry]:
    """Yield the news of a milestone: begun, a note every two months, perhaps blocked, done."""
    on = max(START, finish - timedelta(days=random.randint(600, 1000)))
    status = "not-started"
    while on < min(finish, until):
        new = "blocked" if random.random() < _SHARE_OF_BLOCKED / 4 else "in-progress"
        yield _entry(milestone_id, on, status, new, f'note = "{random.choice(_NOTES)}"\n')
        status, on = new, on + timedelta(days=random.randint(50, 70))
    if finish <= until:
        evidence = f'evidence = ["Biên bản {random.randint(1, 99)}, {finish:%d/%m/%Y}"]\n'
        yield _entry(milestone_id, finish, status, "done", evidence)


def _entry(milestone_id: str, on: date, old: str, new: str, rest: str) -> _Entry:
    text = _ENTRY.format(id=milestone_id, on=on)
    if new != old:
        text += f'status = "{new}"\n'
        text += f"done_on = {on}\n" if new == "done" else ""
        text += f'was = {{ status = "{old}" }}\n'
    cause = 'cause = "objective"\n' if new == "blocked" else ""
    return _Entry(on, milestone_id, text + rest + cause)


def _state(news: list[_Entry]) -> tuple[str, date | None]:
    """Return the status that the `news` of a milestone leave, and its day of completion."""
    if not news:
        return "not-started", None
    statuses = [entry for entry in news if "\nstatus = " in entry.text]
    status = statuses[-1].text.partition('\nstatus = "')[2].partition('"')[0]
    return status, statuses[-1].on if status == "done" else None


def _targets(random: Random, until: date, entries: list[_Entry]) -> Iterator[str]:
    for number in range(1, _TARGETS + 1):
        base, aim = random.randint(10, 60), random.randint(65, 95)
        yield _TARGET.format(number=number, start=START, base=base)
        for year in range(START.year + 1, END.year + 1):
            yield f"plan.{year} = {base + (aim - base) * (year - START.year) // 5}\n"
        pace = random.uniform(0.7, 1.2)  # of what is planned
        old = ""
        for half in range(1, 11):
            on = date(START.year + (half + 1) // 2, 6 if half % 2 else 12, 30)
            if on > until:
                break
            value = round(base + (aim - base) * pace * half / 10, 1)
            was = f"was = {{ {old} }}\n" if old else ""
            entry = _ENTRY.format(id=f"C{number}", on=on) + f"value = {value}\n{was}"
            entries.append(_Entry(on, f"C{number}", entry))
            old = f"value = {value}, on = {on}"
        yield old.replace(", ", "\n") + "\n" if old else ""


def _main() -> None:
    parser = argparse.ArgumentParser(description="Write a data file for each ward of a country.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=126)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=int, default=0, help="how many files are broken")
    asked = parser.parse_args()
    for path in write(asked.folder, asked.files, asked.seed, asked.faults):
        print(path)  # noqa: T201  # for who looks at what the tracker says of it


if __name__ == "__main__":
    _main()
