"""`tracker overview` of random small countries: the sums of every view and table close."""

import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from resolution_cli.domain.values import Status
from resolution_cli.domain.verdict import Verdict
from tests.support import NOW, Run
from tests.wards import day, entry, item, write_ward

_DISTRICTS = ("", "Hoà", "HÒA", "Hoa", "=1+1", "2", "10")
_TAGS = ("digital", "Digital", "số", "")
_STARTS = (date(2025, 1, 1), date(2025, 7, 15), date(2026, 11, 1), date(2027, 1, 1))
_COUNTS = ("items", "in_force", "progress_sum", "milestones", "targets", "targets_met")

_facts = st.fixed_dictionaries(
    {},
    optional={
        "due": st.integers(0, 800),  # days from the start of the term
        "tags": st.lists(st.sampled_from(_TAGS[:3]), max_size=2, unique=True),
        "lead": st.sampled_from(["Hà Nội", "=cmd", "<b>"]),
    },
)
_reports = st.lists(
    st.tuples(st.sampled_from(Status), st.integers(0, 100), st.integers(0, 600)), max_size=3
)
_wards = st.tuples(
    st.sampled_from(_STARTS), st.lists(st.tuples(_facts, _reports), max_size=4), st.booleans()
)
_countries = st.lists(st.tuples(_wards, st.sampled_from(_DISTRICTS)), min_size=1, max_size=5)
_asked = st.sampled_from(
    [
        (),
        ("--as-of", "2025-12-31"),
        ("--as-of", "2026-11-20"),
        ("--period", "2025"),
        ("--period", "2026-Q3"),
        ("--period", "this-month"),
    ]
)


def _write(country: Sequence[Any], folder: Path) -> None:
    """Write the files of a country anew, the last one broken, and an index of them."""
    shutil.rmtree(folder, ignore_errors=True)
    lines = ["path,district"]
    for number, ((start, items, is_listed), district) in enumerate(country):
        path = folder / str(number % 2) / f"{number}.toml"
        term = (start.isoformat(), (start + timedelta(days=900)).isoformat())
        write_ward(path, "\n".join(_tables(start, items)), term=term)
        if is_listed:
            lines.append(f'{path.relative_to(folder)},"{district}"')
    (folder / "broken.toml").write_text("broken")
    (folder / "index.csv").write_text("\n".join(lines), encoding="utf-8")


def _tables(start: date, items: Sequence[Any]) -> list[str]:
    plan, history = [], []
    for number, (facts, reports) in enumerate(items):
        state: dict[str, Any] = {}
        for status, progress, days in sorted(reports, key=lambda report: report[2]):
            on = min(start + timedelta(days=days), NOW.date())
            if on < start:
                continue
            state = {"status": str(status), "progress": _progress(status, progress)}
            history.append((on, entry(f"T{number}", on.isoformat(), **state)))
            if status is Status.DONE:
                state["done_on"] = day(on.isoformat())
        due = (
            {"due": day((start + timedelta(days=facts["due"])).isoformat())}
            if "due" in facts
            else {}
        )
        plan.append(item(f"T{number}", **{**facts, **due, **state}))
    plan.append('[[targets]]\nid = "C1"\ntitle = "Schools"\nwant = "at-least"\nplan.2025 = 1\n')
    return [*plan, *(text for _on, text in sorted(history, key=lambda each: each[0]))]


def _progress(status: Status, progress: int) -> int:
    return {Status.NOT_STARTED: 0, Status.DONE: 100}.get(status, min(progress, 99))


def _data(run: Run, *words: str) -> Any:
    result = run("overview", "country", *words, "--format", "json")
    assert result.code == 7, result.err
    return json.loads(result.out)


def _assert_sums(
    total: Mapping[str, Any], parts: Sequence[Mapping[str, Any]], more: Sequence[str] = ()
) -> None:
    for name in (*_COUNTS, *more):
        assert total[name] == sum(part[name] for part in parts), name
    for table in ("verdicts", "period"):
        for name, count in total.get(table, {}).items():
            assert count == sum(part[table][name] for part in parts), name
    assert sum(total["verdicts"].values()) == total["items"]


@given(_countries, _asked, st.sampled_from(Verdict))
def test_rows_groups_tags_items_and_tables_of_any_country_add_up_to_one_total(
    run: Run, country: Sequence[Any], asked: tuple[str, ...], verdict: Verdict
) -> None:
    _write(country, Path("country"))
    index = ("--index", "country/index.csv")
    data = _data(run, *asked)
    totals = data["totals"]
    _assert_sums(totals, data["files"])
    assert totals["found"] == len(country) + 1
    assert totals["counted"] == len(data["files"])
    assert totals["found"] - totals["counted"] == len(data["uncounted"])
    for by in ("district", "term", "superior"):
        grouped = _data(run, *asked, *index, "--by", by)
        assert grouped["totals"] == totals
        _assert_sums(totals, grouped["groups"], ("found", "counted"))
        for group in grouped["groups"]:
            its = [file for file in grouped["files"] if file["group"] == group["group"]]
            _assert_sums(group, its)
            assert group["counted"] == len(its)
    tags = _data(run, *asked, "--by", "tag")
    assert tags["totals"] == totals
    more = sum(row["items"] for row in tags["tags"]) - totals["items"]
    assert 0 <= more <= totals["items"]
    listed = _data(run, *asked, *index, "--by", "district", "--verdict", verdict)
    assert listed["totals"]["count"] == totals["verdicts"][verdict]
    assert listed["totals"]["total"] == totals["items"]
    for parts in (listed["files"], listed["groups"]):
        assert sum(part["count"] for part in parts) == listed["totals"]["count"]
    assert all(len(file["items"]) == file["count"] for file in listed["files"])
    if asked[:1] != ("--period",):
        out = run("overview", "country", *asked, "--table", "items", "--format", "ndjson").out
        rows = [json.loads(line) for line in out.splitlines()]
        counted = Counter(row["verdict"] for row in rows)
        assert {name: counted[name] for name in totals["verdicts"]} == totals["verdicts"]
