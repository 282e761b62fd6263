"""How one data file stands on a day: its row in `tracker overview`.

Every item is counted once, so the counts by verdict add up to the items.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from resolution_cli.domain.events import EventKind, events
from resolution_cli.domain.histories import histories
from resolution_cli.domain.history import ItemHistory
from resolution_cli.domain.model import Resolution, Term, Text
from resolution_cli.domain.period import Period
from resolution_cli.domain.verdict import URGENCY, Judgement, Verdict
from resolution_cli.reports.file_tags import ItemCounts, counts_by_tag, item_counts, total_of_items
from resolution_cli.reports.standing import Report, Standing, report_of, standing


class Counts(ItemCounts, frozen=True):
    """The counts of one file or of several, on a day.

    Attributes:
        milestones: how many milestones are in the plan.
        targets: how many targets are in the plan.
        targets_met: how many of these are met or exceeded.

    """

    milestones: int
    targets: int
    targets_met: int


class Brought(Struct, frozen=True):
    """What a period brought to the items of one file or of several.

    Attributes:
        completed: how often an item was completed, on time or late.
        became_overdue: how often one became overdue.
        news: how many entries report on an item, a milestone or a target.

    """

    completed: int
    became_overdue: int
    news: int


class Covered(Struct, frozen=True):
    """A period of one file: its days are those of the file's term and cut-off day.

    Attributes:
        period: its first and its last day.
        is_in_term: the term contains it; else a part of it is before the term or after it.
        brought: what its days brought that are over.

    """

    period: Period
    is_in_term: bool
    brought: Brought


class Pressing(Struct, frozen=True):
    """An item or milestone that is pressing.

    Attributes:
        id, title: its id and its title.
        judgement: its verdict.
        due: the day by which it is due.
        lead: its lead unit; None without one.
        part_of: of a milestone, the id of its item; else None.

    """

    id: str
    title: Text
    judgement: Judgement
    due: date
    lead: str | None
    part_of: str | None


class FileRow(Struct, frozen=True, tag=True):
    """How the resolution in one file stands at the end of a day.

    Attributes:
        path: the file.
        id: the id of the resolution; None without one.
        body: the body that resolved it; where the file does not name it, the resolution's title.
        as_of: the day.
        term: the term of the resolution.
        counts: its counts.
        last_news: the day of the last entry that reports on an item, a milestone or a target; None
            without one.
        days_since_news: how many days that is ago.
        pressing: the most pressing of what is overdue or blocked; where nothing is, of the items
            that are due soon, behind or unreported; None where nothing is that either.
        covered: the period asked for, of which the day is the last that is over; None without one.
        superior: the superior body that its reports name; None without one.
        tags: the counts of the items with each tag, in the order of the plan, and of those without
            any, whose tag is empty; an item with several tags is counted with each. Empty where
            they are not asked for.

    """

    path: Path
    id: str | None
    body: Text
    as_of: date
    term: Term
    counts: Counts
    last_news: date | None
    days_since_news: int | None
    pressing: Pressing | None
    covered: Covered | None = None
    superior: Text | None = None
    tags: tuple[tuple[str, ItemCounts], ...] = ()


class UncountedFile(Struct, frozen=True, tag=True):
    """A file that is not counted, and why.

    Attributes:
        path: the file.
        message: what is wrong with it and where, a line for each problem.
        hint: what to do, or empty.

    """

    path: Path
    message: str
    hint: str = ""


def file_row(  # noqa: PLR0913  # what is asked, and what of
    path: Path,
    resolution: Resolution,
    day: date,
    today: date,
    period: Period | None = None,
    *,
    has_tags: bool = False,
) -> FileRow:
    """Return how `resolution`, from the file at `path`, stands at the end of `day`.

    Args:
        path: the file.
        resolution: the resolution in it.
        day: the day; of a period the last one that is over.
        today: the day at whose end the plan stands.
        period: the period asked for, if one is.
        has_tags: the counts by tag are asked for.

    """
    return row_with_standings(path, resolution, day, today, period, has_tags=has_tags)[0]


def row_with_standings(  # noqa: PLR0913  # as above
    path: Path,
    resolution: Resolution,
    day: date,
    today: date,
    period: Period | None = None,
    *,
    has_tags: bool = False,
) -> tuple[FileRow, tuple[Standing, ...]]:
    """Return what `file_row` does, and how each item stands, in the order of the resolution."""
    header = resolution.header
    in_plan = [each for each in histories(resolution, today).values() if each.is_in_plan(day)]
    standings = tuple(standing(each, header.settings, day) for each in in_plan)
    found = report_of(header, standings, day)
    last_news = _last_news(resolution, day)
    row = FileRow(
        path=path,
        id=header.id,
        body=header.body or header.title,
        as_of=day,
        term=header.term,
        counts=_counts(resolution, found, today),
        last_news=last_news,
        days_since_news=(day - last_news).days if last_news else None,
        pressing=_pressing(found),
        covered=_covered(resolution, in_plan, period, day) if period else None,
        superior=resolution.report.superior,
        tags=counts_by_tag(found.standings) if has_tags else (),
    )
    return row, standings


def total(counts: Sequence[Counts]) -> Counts:
    """Return the sums of `counts`."""
    return Counts(
        **asdict(total_of_items(counts)),
        milestones=sum(each.milestones for each in counts),
        targets=sum(each.targets for each in counts),
        targets_met=sum(each.targets_met for each in counts),
    )


def total_brought(brought: Sequence[Brought]) -> Brought:
    """Return the sums of what was `brought`."""
    return Brought(
        completed=sum(each.completed for each in brought),
        became_overdue=sum(each.became_overdue for each in brought),
        news=sum(each.news for each in brought),
    )


def _covered(
    resolution: Resolution, in_plan: Sequence[ItemHistory], period: Period, day: date
) -> Covered:
    term = resolution.header.term
    over = Period(period.start, day)
    happened = Counter(event.kind for event in events(in_plan, over))
    news = [each for each in resolution.updates if over.start <= each.on <= day and each.is_report]
    return Covered(
        period=period,
        is_in_term=term.start <= period.start and period.end <= term.end,
        brought=Brought(
            completed=happened[EventKind.FINISHED_ON_TIME] + happened[EventKind.FINISHED_LATE],
            became_overdue=happened[EventKind.BECAME_OVERDUE],
            news=len(news),
        ),
    )


def _counts(resolution: Resolution, standing: Report, today: date) -> Counts:
    milestones = standing.milestones
    targets, met = _targets(resolution, standing.as_of, today)
    return Counts(
        **asdict(item_counts(standing.standings)),
        milestones=milestones.tally.total if milestones else 0,
        targets=targets,
        targets_met=met,
    )


def _targets(resolution: Resolution, day: date, today: date) -> tuple[int, int]:
    """Return how many targets are in the plan, and how many of them are met or exceeded."""
    if not resolution.targets:
        return 0, 0
    from resolution_cli.reports.targets import target_tally  # noqa: PLC0415  # few files need it

    found = target_tally(resolution, day, today)
    return found.total, found.achieved


def _last_news(resolution: Resolution, day: date) -> date | None:
    latest_first = sorted(resolution.updates, key=attrgetter("on"), reverse=True)
    return next((each.on for each in latest_first if each.on <= day and each.is_report), None)


def _pressing(standing: Report) -> Pressing | None:
    least = URGENCY[Verdict.ON_TRACK]
    open_items = (each for each in standing.standings if URGENCY[each.judgement.verdict] < least)
    found: Standing | None = next(iter((*standing.pressing, *open_items)), None)
    if found is None:
        return None
    return Pressing(
        id=found.item.id,
        title=found.item.title,
        judgement=found.judgement,
        due=found.due,
        lead=found.lead,
        part_of=found.parent.id if found.parent else None,
    )
