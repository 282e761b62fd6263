"""The verdicts of plans that random commands have changed, against an oracle of the rules."""

import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from resolution_cli import storage
from resolution_cli.cli import clock
from resolution_cli.domain.histories import histories, with_milestones
from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import Resolution
from resolution_cli.domain.verdict import Verdict, judgement
from resolution_cli.reports.overview import overview
from tests.support import Prove, Run, data_of
from tests.verdict_oracle import Found, Oracle

START, END = date(2025, 8, 15), date(2028, 6, 30)
TODAY = datetime(2027, 12, 20, 9, tzinfo=timezone(timedelta(hours=7)))
PLANS, COMMANDS, DAYS = 6, 25, 90

_STATUSES = ("in-progress", "in-progress", "blocked", "done", "done", "cancelled", "not-started")


def _day(dice: random.Random, first: date = START, last: date = END) -> date:
    return first + timedelta(dice.randint(0, (last - first).days))


def _table(dice: random.Random, header: str, item_id: str) -> str:
    lines = [f"[[{header}]]", f'id = "{item_id}"', 'title = "x"']
    if dice.random() < 2 / 3:
        lines.append(f"due = {_day(dice)}")
    if dice.random() < 1 / 4:
        lines.append(f"added = {_day(dice, last=TODAY.date())}")
    if header.endswith("milestones"):
        lines.append(f"weight = {dice.randint(1, 5)}")
    return "\n".join(lines)


def _plan(dice: random.Random) -> str:
    """Return a plan of four items, most of them with milestones."""
    tables = [f'schema = 1\n[resolution]\ntitle = "x"\nterm = {{ start = {START}, end = {END} }}']
    for header, item_id in zip(("tasks", "tasks", "tasks", "breakthroughs"), "ABCD", strict=True):
        tables.append(_table(dice, header, item_id))
        tables += [
            _table(dice, f"{header}.milestones", f"{item_id}.{number}")
            for number in range(1, dice.choice((1, 2, 4, 5, 6)))
        ]
    tables += [_target(dice, number) for number in range(1, 5)]
    return "\n\n".join(tables) + "\n"


def _target(dice: random.Random, number: int) -> str:
    years = [f"plan.{year} = {dice.randint(1, 99)}" for year in (2025, 2026, 2027)]
    lines = [f'id = "Q{number}"', 'title = "x"', *dice.sample(years, dice.randint(0, 3))]
    if dice.random() < 1 / 4:
        lines.append(f"added = {_day(dice, last=TODAY.date())}")
    return "\n".join(["[[targets]]", *lines])


def _options(dice: random.Random, on: date) -> list[str]:
    """Return the options of an update; not every item and day takes them."""
    way = dice.random()
    if way < 1 / 2:
        status = dice.choice(_STATUSES)
        done_on = _day(dice, on - timedelta(20), on).isoformat()
        more = ["--done-on", done_on] if status == "done" and dice.random() < 1 / 2 else []
        return ["--status", status, "--note", "x", "--evidence", "x", *more]
    if way < 2 / 3:
        return ["--progress", str(dice.randint(0, 99))]
    if way < 5 / 6:
        return ["--due", _day(dice, on - timedelta(30)).isoformat()]
    return ["--lead", f"Office {dice.randint(1, 9)}"] if way < 11 / 12 else ["--clear", "due"]


def _changed(run: Run, dice: random.Random, path: Path) -> dict[str, Any]:
    """Write a random plan, change it by random commands, and return what is in the file then."""
    path.write_text(_plan(dice), encoding="utf-8")
    names = Oracle(data_of(path)).ids(END)
    done = 0
    for on in sorted(_day(dice, last=TODAY.date()) for _ in range(COMMANDS)):
        for name in (dice.choice(names), dice.choice(names)):
            done += run("update", name, "--on", on.isoformat(), *_options(dice, on)).code == 0
        if dice.random() < 1 / 3:
            figure = str(dice.randint(1, 99))
            run("update", f"Q{dice.randint(1, 4)}", "--value", figure, "--on", on.isoformat())
        if dice.random() < 1 / 10:
            run("undo", dice.choice(names), "--yes")
    assert done > COMMANDS / 2
    return data_of(path)


def _judged(path: Path) -> Callable[[date], dict[str, tuple[Found, int]]]:
    """Return what says, of a day, how the program judges each item and what it expects of it."""
    resolution = storage.loaded(path)
    found = with_milestones(histories(resolution, TODAY.date())).values()

    def on(day: date) -> dict[str, tuple[Found, int]]:
        return {
            history.item.id: (_found(history, resolution, day), history.expected_on(day).percent)
            for history in found
            if history.is_in_plan(day)
        }

    return on


def _found(history: ItemHistory, resolution: Resolution, day: date) -> Found:
    item, due = history.on(day), history.due_on(day)
    judged = judgement(history, resolution.header.settings, day)
    facts = (item.present_status, item.present_progress, item.done_on, due)
    of_verdict = (judged.verdict, judged.outcome, judged.days, judged.points)
    return Found(*facts, *of_verdict, judged.is_stale)


def test_an_oracle_of_the_verdicts_agrees_on_random_plans_and_days(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prove: Prove
) -> None:
    monkeypatch.setattr(clock, "now", lambda: TODAY)
    dice, path = random.Random(5), tmp_path / "tasks.toml"  # noqa: S311  # the same plans each time
    seen: Counter[str] = Counter()
    for number in range(PLANS):
        oracle = Oracle(_changed(run, dice, path))
        judged = _judged(path)
        for day in [_day(dice) for _ in range(DAYS)]:
            expected = {
                name: (oracle.found(name, day), oracle.expected(name, day))
                for name in oracle.ids(day)
            }
            assert judged(day) == expected, (number, day)
            seen.update(found.verdict for found, _percent in expected.values())
    assert {*seen} == {*Verdict}
    prove("verdicts on random items, milestones and days", seen.total())


def _plain(found: Found) -> dict[str, Any]:
    """Return what the JSON of an item says of its verdict."""
    facts = found._asdict()
    facts["done_on"] = facts["done_on"] and facts["done_on"].isoformat()
    del facts["due"]
    return facts


def test_lists_and_reports_say_what_the_oracle_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: TODAY)
    dice, path = random.Random(7), tmp_path / "tasks.toml"  # noqa: S311  # as above
    oracle = Oracle(_changed(run, dice, path))
    for day in [_day(dice, last=TODAY.date()) for _ in range(20)]:
        expected = {name: _plain(oracle.found(name, day)) for name in oracle.ids(day)}
        for command in (["list", "--milestones"], ["report"]):
            result = run(*command, "--as-of", day.isoformat(), "--format", "json")
            shown = json.loads(result.out)
            listed = (*shown["items"], *shown.get("milestones", ()))
            assert {
                each["id"]: {key: each[key] for key in expected[each["id"]]} for each in listed
            } == expected, (command, day)


def test_all_counts_add_up_on_every_day_of_the_term(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: TODAY)
    dice, path = random.Random(8), tmp_path / "tasks.toml"  # noqa: S311  # as above
    data = _changed(run, dice, path)
    oracle, resolution = Oracle(data), storage.loaded(path)
    for number in range((END - START).days + 1):
        day = START + timedelta(number)
        found = overview(resolution, day, TODAY.date())
        *kinds, of_all = found.standing.tallies
        milestones = found.standing.milestones
        tallies = [of_all, *kinds, *([milestones.tally] if milestones else [])]
        for tally in tallies:
            assert sum(tally.by_status.values()) == tally.total, day
            assert sum(tally.by_outcome.values()) == tally.total, day
        ids = oracle.ids(day)
        assert of_all.total == sum(kind.total for kind in kinds) == sum("." not in i for i in ids)
        assert (milestones.tally.total if milestones else 0) == sum("." in i for i in ids)
        targets = [each for each in data["targets"] if each.get("added", day) <= day]
        tally_of_targets = found.targets.tally if found.targets else None
        if tally_of_targets:
            assert sum(tally_of_targets.by_verdict.values()) == tally_of_targets.total, day
        assert (tally_of_targets.total if tally_of_targets else 0) == len(targets)


_EXAMPLE = """\
schema = 1
[resolution]
title = "x"
term = { start = 2025-08-15, end = 2030-12-31 }

[[tasks]]
id = "T3"
title = "Hạ tầng"

[[tasks.milestones]]
id = "T3.1"
title = "Quy hoạch"
due = 2026-03-31

[[tasks.milestones]]
id = "T3.2"
title = "Bốn ngõ"
due = 2026-06-30

[[tasks.milestones]]
id = "T3.3"
title = "Thoát nước"
weight = 3
due = 2027-12-31

[[tasks.milestones]]
id = "T3.4"
title = "Trạm rác"
weight = 5
due = 2028-12-31
"""
"""The worked example of section 8 of domain.md, before anything was recorded."""


_UNREPORTED = "unreported"


@pytest.mark.parametrize(
    ("day", "item", "milestones"),
    [
        pytest.param(
            date(2026, 3, 19),
            ("not-started", 0, 0, "unreported", None),
            [_UNREPORTED] * 4,
            id="the-eve-of-the-first-completion",
        ),
        pytest.param(
            date(2026, 3, 20),
            ("in-progress", 10, 0, "on-track", None),
            ["done-on-time", *[_UNREPORTED] * 3],
            id="the-first-is-done",
        ),
        pytest.param(
            date(2026, 6, 30),
            ("in-progress", 10, 10, "on-track", None),
            ["done-on-time", "due-soon", *[_UNREPORTED] * 2],
            id="the-second-is-due-today",
        ),
        pytest.param(
            date(2026, 7, 1),
            ("in-progress", 20, 40, "behind", 20),
            ["done-on-time", "overdue", _UNREPORTED, "cancelled"],
            id="the-fourth-is-cancelled",
        ),
        pytest.param(
            date(2026, 7, 5),
            ("in-progress", 20, 40, "behind", 20),
            ["done-on-time", "overdue", _UNREPORTED, "cancelled"],
            id="the-second-is-five-days-late",
        ),
    ],
)
def test_the_worked_example_of_milestones_holds_by_day(
    run: Run, tmp_path: Path, day: date, item: tuple[object, ...], milestones: list[str]
) -> None:
    path = tmp_path / "tasks.toml"
    path.write_text(_EXAMPLE, encoding="utf-8")
    for command in (
        "update T3.1 --status done --on 2026-03-20 --evidence BB7",
        "update T3.2 --status in-progress --on 2026-04-01",
        "update T3.4 --status cancelled --on 2026-07-01 --evidence NQ12",
    ):
        assert run(*command.split()).code == 0
    judged, oracle = _judged(path)(day), Oracle(data_of(path))
    found, percent = judged["T3"]
    assert (found.status, found.progress, percent, found.verdict, found.points) == item
    assert [judged[f"T3.{number}"][0].verdict for number in range(1, 5)] == milestones
    late = (day - date(2026, 6, 30)).days
    assert judged["T3.2"][0].days == {"overdue": late, "due-soon": -late}.get(milestones[1])
    assert judged == {
        name: (oracle.found(name, day), oracle.expected(name, day)) for name in oracle.ids(day)
    }


def test_an_item_that_enters_the_plan_has_what_its_milestones_had_reached_by_then(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "tasks.toml"
    path.write_text(_EXAMPLE.replace('"Hạ tầng"', '"Hạ tầng"\nadded = 2026-05-01'))
    done = ("update", "T3.1", "--status", "done", "--on", "2026-03-20", "--note", "x")
    assert run(*done).code == 0
    judged = _judged(path)
    assert judged(date(2026, 4, 30)) == {}
    assert judged(date(2026, 5, 1))["T3"][0].progress == 10
