"""Targets as rows of data for other programs: the shapes of JSON, and of the columns of CSV.

Numbers are decimals, written as they are; keys and words are the same in every language.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from resolution_cli.domain.model import TargetKind, Want
from resolution_cli.domain.target_verdict import TargetVerdict
from resolution_cli.views.texts import local

if TYPE_CHECKING:
    from resolution_cli.domain.targets import TargetJudgement
    from resolution_cli.reports.targets import TargetFigures, TargetStanding, TargetYear


class TargetRow(Struct, frozen=True):
    """A target and its verdict.

    Attributes:
        id, title, summary, unit, want, kind, item, lead, partners, tags, source: as in the file;
            what is absent there is null or empty.
        base_on, base_value: the figure from which it starts, and its day.
        plan: the figure to be reached by the end of each year.
        on, value: the latest figure, and its day.
        verdict: see docs/reference/verdicts.md.
        year: the year of the plan that the verdict is about.
        compared: the figure that is compared with the plan: the latest one or, of an average, the
            mean of the years'.
        planned: the plan that it is compared with.
        share: how much of the way from the base to `planned` is done, in percent.
        gap: `compared` less `planned`.
        updates: how many entries its history has.

    """

    id: str
    title: str
    summary: str | None
    unit: str | None
    want: Want
    kind: TargetKind
    item: str | None
    lead: str | None
    partners: tuple[str, ...]
    tags: tuple[str, ...]
    source: str | None
    base_on: date | None
    base_value: float | None
    plan: Mapping[str, float]
    on: date | None
    value: float | None
    verdict: TargetVerdict
    year: int | None
    compared: float | None
    planned: float | None
    share: float | None
    gap: float | None
    updates: int


class TargetYearRow(Struct, frozen=True):
    """A year of the plan of a target: the figure to be reached, the last one, the verdict."""

    year: int
    plan: float
    on: date | None
    value: float | None
    verdict: TargetVerdict
    share: float | None
    gap: float | None


class YearCountRow(Struct, frozen=True):
    """How many of the targets with a plan for a year that is over are met or exceeded."""

    year: int
    total: int
    achieved: int


class TargetCountRow(Struct, frozen=True):
    """How many targets there are of each verdict, which add up to `total`; how many are achieved.

    Those that are met or exceeded are achieved; `years` has the years that are over.
    """

    total: int
    by_verdict: Mapping[TargetVerdict, int]
    achieved: int
    years: tuple[YearCountRow, ...]


def target_row(standing: "TargetStanding", language: str | None = None) -> TargetRow:
    """Return a target and how it stands; its texts are in `language`, or the active one."""
    target, judged = standing.target, standing.judgement
    base, latest = target.base, judged.latest
    return TargetRow(
        id=target.id,
        title=local(target.title, language),
        summary=local(target.summary, language) or None,
        unit=local(target.unit, language) or None,
        want=target.want,
        kind=target.kind,
        item=target.item,
        lead=target.lead,
        partners=target.partners or (),
        tags=target.tags or (),
        source=target.source,
        base_on=base.on if base else None,
        base_value=number(base.value) if base else None,
        plan={year: number(value) for year, value in sorted(target.plan.items())},
        on=latest.on if latest else None,
        value=number(latest.value) if latest else None,
        verdict=judged.verdict,
        year=judged.year,
        compared=number(judged.value),
        planned=number(judged.planned),
        share=number(judged.share),
        gap=number(judged.gap),
        updates=len(standing.updates),
    )


def year_row(row: "TargetYear") -> TargetYearRow:
    """Return a year of the plan of a target."""
    judged: TargetJudgement = row.judgement
    return TargetYearRow(
        year=row.point.year,
        plan=number(row.point.value),
        on=row.figure.on if row.figure else None,
        value=number(row.figure.value) if row.figure else None,
        verdict=judged.verdict,
        share=number(judged.share),
        gap=number(judged.gap),
    )


def count_row(figures: "TargetFigures") -> TargetCountRow:
    """Return how many of the targets stand how."""
    years = tuple(YearCountRow(each.year, each.total, each.achieved) for each in figures.years)
    counted = figures.tally
    return TargetCountRow(counted.total, counted.by_verdict, counted.achieved, years)


def number(value: Decimal | None) -> Any:
    """Return a figure as the plain decimal that is written as a number, without an exponent."""
    return None if value is None else Decimal(f"{value.normalize():f}")
