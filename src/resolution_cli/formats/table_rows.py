"""The rows of the tables for other programs: an item, a milestone, a target, an entry.

What the columns of a table are stands in its struct alone: name and type, and beside these what it
means, its unit, and what null says. The Parquet schema, the heads of CSV, the JSON Schema of a row
and the tables of docs/reference/data.md are made from it. No column goes or changes its meaning.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta, Struct

from resolution_cli.domain.facts import FACTS, ITEM_FACTS, Fact
from resolution_cli.domain.model import Cause, Kind, Status, TargetKind, Want
from resolution_cli.domain.target_verdict import TargetVerdict
from resolution_cli.domain.values import EntryKind
from resolution_cli.domain.verdict import Outcome, Verdict
from resolution_cli.reports.table_asked import Table


def column(description: str, unit: str = "", null: str = "") -> Meta:
    """Return what a column means, its unit, and what null says in it."""
    return Meta(description=description, extra={"unit": unit, "null": null})


def _fact(name: str, unit: str = "", null: str = "") -> Meta:
    """Return the same of the column of a fact."""
    return column(FACTS[name].description, unit, null or FACTS[name].absent)


class _Row(Struct, frozen=True):
    """A row of a table."""

    path: Annotated[
        str, column("The file: its path as it was found, or the name that was given for it.")
    ]
    resolution: Annotated[str | None, column("The id of the resolution.", null="it has no id")]
    body: Annotated[str, column("The body that resolved it, or else the title of the resolution.")]


class _DatedRow(_Row, frozen=True):
    """A row that says how something stands at the end of a day."""

    as_of: Annotated[date, column("The day at whose end it stands so.")]
    period: Annotated[
        str | None,
        column(
            "The period, such as 2026-Q3, that ends on that day, or that is not over yet.",
            null="no `--every`",
        ),
    ]


class _ItemRow(_DatedRow, frozen=True):
    """An item, and how it stands."""

    id: Annotated[str, column("Its id, unique in the file.")]
    kind: Annotated[Kind, column("Whether it is a task, a breakthrough or a milestone.")]
    title: Annotated[str, column("What is to be done, in short, in the language of the output.")]
    summary: Annotated[str | None, column("What is to be done, in a sentence.", null="no summary")]
    status: Annotated[Status, _fact("status")]
    progress: Annotated[
        int,
        column("The progress; where an item has milestones, it follows from them.", unit="percent"),
    ]
    start: Annotated[
        date | None, column("The day on which work starts.", null="no start of its own")
    ]
    due: Annotated[date | None, column("Its own due date.", null="no due date of its own")]
    done_on: Annotated[date | None, column("The day of completion.", null="not done")]
    lead: Annotated[str | None, column("Its own lead unit.", null="no lead unit of its own")]
    partners: Annotated[tuple[str, ...], column("The partner units.")]
    product: Annotated[str | None, _fact("product")]
    tags: Annotated[tuple[str, ...], column("The tags.")]
    verdict: Annotated[Verdict, column("The verdict, as in [verdicts.md](verdicts.md).")]
    outcome: Annotated[
        Outcome, column("Its field of the 2×2, or `cancelled`; every row is in one.")
    ]
    days: Annotated[
        int | None,
        column(
            "Overdue or done late: the days late; due soon: the days left.",
            unit="days",
            null="another verdict",
        ),
    ]
    points: Annotated[
        int | None,
        column(
            "Behind: what is missing of the expected progress.",
            unit="percentage points",
            null="another verdict",
        ),
    ]
    stale: Annotated[
        bool, column("It is open, and its last report is older than the file's `stale_days`.")
    ]
    updates: Annotated[int, column("The entries of its own history up to that day.", "entries")]
    last_update: Annotated[
        date | None,
        column(
            "The effective date of the last entry of it or of its milestones.", null="no entry yet"
        ),
    ]
    due_on: Annotated[
        date,
        column("The day by which it is due: its own, that of its item, or the end of the term."),
    ]


class _MilestoneRow(_ItemRow, frozen=True):
    """A milestone, and how it stands."""

    item: Annotated[str, column("The id of its item.")]
    weight: Annotated[int, column("Its weight against the others of the item.", "points")]
    added: Annotated[
        date | None, column("The day on which it entered the plan.", null="it always was in it")
    ]
    led_by: Annotated[
        str | None,
        column("Its lead unit or, without one, that of its item.", null="neither has one"),
    ]


class TargetRecord(_DatedRow, frozen=True):
    """A target, and how it stands."""

    id: Annotated[str, column("Its id, unique in the file.")]
    title: Annotated[str, column("What is measured, in short, in the language of the output.")]
    summary: Annotated[str | None, column("What is measured, in a sentence.", null="no summary")]
    unit: Annotated[str | None, column("The unit of its figures.", null="no unit")]
    want: Annotated[
        Want, column("How it must stand to the plan: at-least, at-most, above or below.")
    ]
    kind: Annotated[
        TargetKind,
        column("`level`, the figure of a day; `yearly`, anew from 1 January; `average` of years."),
    ]
    item: Annotated[
        str | None, column("The id of the item that it serves.", null="the file names none")
    ]
    lead: Annotated[str | None, column("The lead unit.", null="no lead unit yet")]
    partners: Annotated[tuple[str, ...], column("The partner units.")]
    tags: Annotated[tuple[str, ...], column("The tags.")]
    source: Annotated[
        str | None, column("The document that sets it, or its figures.", null="none is named")
    ]
    base_on: Annotated[date | None, column("The day of `base_value`.", null="no base")]
    base_value: Annotated[
        float | None, column("The figure from which it starts.", "`unit`", "no base")
    ]
    goal_year: Annotated[
        int | None, column("The last year of its plan.", unit="year", null="no plan")
    ]
    goal: Annotated[
        float | None,
        column("The figure to be reached by the end of that year.", "`unit`", "no plan"),
    ]
    on: Annotated[date | None, column("The day of `value`.", null="no figure yet")]
    value: Annotated[float | None, column("The latest figure.", "`unit`", "no figure yet")]
    verdict: Annotated[TargetVerdict, column("The verdict, as in [verdicts.md](verdicts.md).")]
    year: Annotated[
        int | None,
        column("The year of the plan that the verdict is about.", unit="year", null="no plan"),
    ]
    plan: Annotated[
        float | None,
        column("The figure to be reached by the end of `year`.", "`unit`", "no plan"),
    ]
    compared: Annotated[
        float | None,
        column(
            "What is compared with the plan: the latest figure, or the mean of the years.",
            "`unit`",
            "nothing is compared",
        ),
    ]
    planned: Annotated[
        float | None,
        column(
            "What it is compared with: the plan of the day of the figure.",
            "`unit`",
            "nothing is compared",
        ),
    ]
    share: Annotated[
        float | None,
        column(
            "How much of the way from the base to `planned` is done.",
            unit="percent",
            null="nothing is compared, or there is no way to go",
        ),
    ]
    gap: Annotated[
        float | None, column("`compared` less `planned`.", "`unit`", "nothing is compared")
    ]
    updates: Annotated[int, column("The entries of its history up to that day.", "entries")]


class _UpdateRow(_Row, frozen=True):
    """An entry of the history; of the facts, the new values of those that it changed."""

    item: Annotated[str, column("The id of the item, milestone or target that it is about.")]
    kind: Annotated[
        EntryKind | None,
        column("What that is: task, breakthrough, milestone, target.", null="not in the plan"),
    ]
    number: Annotated[
        int, column("Its number among the entries of that, the oldest being 1.", "order")
    ]
    on: Annotated[date, column("The effective date.")]
    at: Annotated[
        datetime | None, column("The instant at which it was recorded.", null="not known")
    ]
    by: Annotated[str | None, column("Who recorded it.", null="not known")]
    is_report: Annotated[
        bool, column("It reports on the work; another only assigns a unit, a due date, tags.")
    ]
    status: Annotated[Status | None, _fact("status", null="not changed")]
    progress: Annotated[int | None, _fact("progress", "percent", "not changed")]
    done_on: Annotated[date | None, _fact("done_on", null="not changed")]
    due: Annotated[date | None, column("Its own due date.", null="not changed")]
    lead: Annotated[str | None, column("The lead unit.", null="not changed")]
    partners: Annotated[tuple[str, ...] | None, column("The partner units.", null="not changed")]
    product: Annotated[str | None, _fact("product", null="not changed")]
    tags: Annotated[tuple[str, ...] | None, column("The tags.", null="not changed")]
    value: Annotated[
        float | None,
        column("The figure of a target.", "the target's", "not changed"),
    ]
    cleared: Annotated[tuple[str, ...], column("The names of the facts that it took away.")]
    note: Annotated[str | None, column("What was done, or what blocks it.", null="no note")]
    evidence: Annotated[tuple[str, ...], column("The evidence.")]
    cause: Annotated[
        Cause | None,
        column("The kind of cause of a difficulty: objective, subjective.", null="none is given"),
    ]
    proposal: Annotated[
        str | None, column("What is proposed to the superior level.", null="it proposes nothing")
    ]
    amendments: Annotated[int, column("How often it was amended.", "times")]


def _type_of(fact: Fact) -> Any:
    if fact.is_list:
        return tuple[fact.value_type, ...]  # type: ignore[name-defined]  # known at run time only
    return fact.value_type | None


def _with_other_facts(name: str, row: type[Struct]) -> type[Struct]:
    """Return the struct `row` under its public `name`, with the facts that came after its form."""
    known = row.__struct_fields__
    more: list[tuple[str, Any]] = [
        (each, Annotated[_type_of(FACTS[each]), _fact(each)])
        for each in ITEM_FACTS
        if each not in known
    ]
    return msgspec.defstruct(
        name,
        more,
        bases=(row,),
        module=__name__,
        namespace={"__doc__": row.__doc__},
        frozen=True,
    )


if TYPE_CHECKING:
    ItemRecord, MilestoneRecord, UpdateRecord = _ItemRow, _MilestoneRow, _UpdateRow
else:
    ItemRecord = _with_other_facts("ItemRecord", _ItemRow)
    MilestoneRecord = _with_other_facts("MilestoneRecord", _MilestoneRow)
    UpdateRecord = _with_other_facts("UpdateRecord", _UpdateRow)

RECORDS: Mapping[Table, type[Struct]] = {
    Table.ITEMS: ItemRecord,
    Table.MILESTONES: MilestoneRecord,
    Table.TARGETS: TargetRecord,
    Table.UPDATES: UpdateRecord,
}
"""What a row of each table is."""
