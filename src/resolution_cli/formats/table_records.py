"""What a resolution has for the rows of each table for other programs."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from resolution_cli.domain.model import ITEM_FACTS, Item, Milestone, Resolution
from resolution_cli.domain.values import EntryKind
from resolution_cli.formats.rows import item_row
from resolution_cli.formats.table_rows import (
    ItemRecord,
    MilestoneRecord,
    TargetRecord,
    UpdateRecord,
)
from resolution_cli.formats.target_rows import number, target_row
from resolution_cli.reports.standing import Standing
from resolution_cli.reports.table_asked import Table, TableAsked
from resolution_cli.reports.tables import (
    Moment,
    RecordedUpdate,
    item_standings,
    milestone_standings,
    moments,
    recorded_updates,
    target_standings,
)
from resolution_cli.reports.targets import TargetStanding
from resolution_cli.views.texts import local


def records(asked: TableAsked, source: str, resolution: Resolution) -> Iterator[Struct]:
    """Yield the rows that `resolution` has for a table, by day and then in the order of the file.

    Args:
        asked: which table is asked for.
        source: what the file is called.
        resolution: the resolution.

    """
    header, today, language = resolution.header, asked.today, asked.language
    days = moments(header, asked.every, asked.day)
    same: dict[str, Any] = {
        "path": source,
        "resolution": header.id,
        "body": local(header.body or header.title, language),
    }
    match asked.table:
        case Table.ITEMS:
            for moment, standing in item_standings(resolution, days, today):
                yield ItemRecord(**same, **_item(moment, standing, language))
        case Table.MILESTONES:
            for moment, standing in milestone_standings(resolution, days, today):
                values = _item(moment, standing, language)
                yield MilestoneRecord(**same, **values, **_part(standing))
        case Table.TARGETS:
            for moment, target in target_standings(resolution, days, today):
                yield TargetRecord(**same, **_target(moment, target, language))
        case Table.UPDATES:
            for update in recorded_updates(resolution, asked.day):
                yield UpdateRecord(**same, **_update(update))


def _item(moment: Moment, standing: Standing, language: str | None) -> dict[str, Any]:
    return {
        "as_of": moment.day,
        "period": moment.period,
        **asdict(item_row(standing, language)),
        "due_on": standing.due,
    }


def _part(standing: Standing) -> dict[str, Any]:
    item, parent = standing.item, standing.parent
    assert isinstance(item, Milestone)  # noqa: S101  # only these have a parent
    assert parent  # noqa: S101  # as above
    return {
        "item": parent.id,
        "weight": item.weight,
        "added": item.added,
        "led_by": standing.lead,
    }


def _target(moment: Moment, standing: TargetStanding, language: str | None) -> dict[str, Any]:
    values = asdict(target_row(standing, language))
    years, point = sorted(standing.target.plan), standing.point
    return values | {
        "as_of": moment.day,
        "period": moment.period,
        "goal_year": int(years[-1]) if years else None,
        "goal": number(standing.target.plan[years[-1]]) if years else None,
        "plan": number(point.value) if point else None,
    }


def _update(recorded: RecordedUpdate) -> dict[str, Any]:
    update, about = recorded.update, recorded.about
    kind = (about.kind if isinstance(about, Item) else EntryKind.TARGET) if about else None
    cleared = tuple(name for name, _old, new in update.changes() if new is None)
    return {
        "item": about.id if about else update.item,
        "kind": EntryKind(kind) if kind else None,
        "number": recorded.number,
        "on": update.on,
        "at": update.at,
        "by": update.by,
        "is_report": update.is_report,
        **{name: getattr(update, name) for name in ITEM_FACTS},
        "value": number(update.value),
        "cleared": cleared,
        "note": update.note,
        "evidence": update.evidence,
        "cause": update.cause,
        "proposal": update.proposal,
        "amendments": len(update.amended),
    }
