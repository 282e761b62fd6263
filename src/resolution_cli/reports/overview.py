"""What `tracker report` reports: how a resolution stands, and what a period brought."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Union

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli.domain.model import ReportTexts, Resolution
from resolution_cli.domain.period import Period
from resolution_cli.domain.selection import EntrySelection
from resolution_cli.reports.standing import Report, report
from resolution_cli.reports.word_template import WordTemplate

if TYPE_CHECKING:
    from resolution_cli.reports.log import LogEntry
    from resolution_cli.reports.period import PeriodReport
    from resolution_cli.reports.targets import TargetFigures
    from resolution_cli.reports.timeline import TimelineReport


_OF_THE_WHOLE = dict.fromkeys(
    ("situation", "targets", "difficulties", "ahead", "proposals", "number", "date")
)
"""The texts that are of the report of all units, and are blank in that of one."""


class Overview(Struct, frozen=True):
    """How a resolution stands, and what a period brought, as a screen and programs get it.

    Attributes:
        standing: how it stands at the end of the last day of the report.
        period: what the period asked for brought; None where a day was asked for.
        is_forecast: the day is still to come.
        targets: how the targets stand on that day; None where the file has none.

    """

    standing: Report
    period: Union["PeriodReport", None] = None
    is_forecast: bool = False
    targets: Union["TargetFigures", None] = None


class WrittenReport(Struct, frozen=True):
    """All that a written report says.

    Attributes:
        texts: the file's own texts, and the head of the document.
        covered: what the period asked for brought; of a report of a day, what the term brought up
            to that day.
        is_of_period: a period was asked for.
        is_forecast: the day is still to come.
        is_internal: it is for the office itself, which also wants forecasts and old reports named.
        made_on: the day on which it is written.
        entries: the history of the period asked for or, of a report of a day, up to that day; the
            newest entry first.
        targets: how the targets stand on that day; None where the file has none.
        template: the office's own template; None for the one that is shipped.

    """

    texts: ReportTexts
    covered: "PeriodReport"
    is_of_period: bool
    is_forecast: bool
    is_internal: bool
    made_on: date
    entries: "tuple[LogEntry, ...]"
    targets: Union["TargetFigures", None] = None
    template: WordTemplate | None = None

    @property
    def ids(self) -> Collection[str]:
        """Return the lower-cased ids of the items, milestones and targets that are reported."""
        found = [figures.standing for figures in self.covered.items]
        items = [each.item.id for one in found for each in (one, *one.milestones)]
        targets = [each.target.id for each in (self.targets.standings if self.targets else ())]
        return {each.lower() for each in (*items, *targets)}

    @property
    def timeline(self) -> "TimelineReport":
        """Return the timeline of the items as they stand on the last day of the report."""
        from resolution_cli.reports.timeline import timeline_of  # noqa: PLC0415  # a page asks

        standing = self.covered.standing
        found = [figures.standing for figures in self.covered.items]
        return timeline_of(standing.header, found, standing.as_of)


def overview(
    resolution: Resolution, asked: date | Period, today: date, lead: str | None = None
) -> Overview:
    """Return the report of the day or period `asked` for; a period has begun by `today`.

    Args:
        resolution: the resolution, whose units have their main names.
        asked: the day or the period.
        today: the day whose end the plan describes.
        lead: the lead unit whose items and targets are reported; None for all.

    """
    if isinstance(asked, Period):
        from resolution_cli.reports.period import period_report  # noqa: PLC0415  # a day needs none

        of_period = period_report(resolution, asked, today, lead)
        targets = _targets(resolution, of_period.standing.as_of, today, lead)
        return Overview(of_period.standing, of_period, targets=targets)
    return Overview(
        report(resolution, asked, today, lead),
        is_forecast=asked > today,
        targets=_targets(resolution, asked, today, lead),
    )


def written_report(
    resolution: Resolution,
    asked: date | Period,
    today: date,
    *,
    lead: str | None = None,
    is_internal: bool = False,
) -> WrittenReport:
    """Return the written report of the day or period `asked` for, as `overview` does."""
    from resolution_cli.reports.log import log_entries  # noqa: PLC0415  # a screen needs none
    from resolution_cli.reports.period import (  # noqa: PLC0415  # as above
        period_report,
        report_so_far,
    )

    is_of_period = isinstance(asked, Period)
    covered = (
        period_report(resolution, asked, today, lead)
        if isinstance(asked, Period)
        else report_so_far(resolution, asked, today, lead)
    )
    last_day = covered.standing.as_of
    start = covered.period.start if is_of_period else None
    targets = _targets(resolution, last_day, today, lead)
    entries = EntrySelection(start=start, end=last_day).entries(resolution)
    texts = _texts(resolution, asked)
    written = WrittenReport(
        texts=texts if lead is None else replace(texts, **_OF_THE_WHOLE),
        covered=covered,
        is_of_period=is_of_period,
        is_forecast=last_day > today,
        is_internal=is_internal,
        made_on=today,
        entries=log_entries(resolution, entries),
        targets=targets,
    )
    if lead is None:
        return written
    own = tuple(each for each in written.entries if each.update.item.lower() in written.ids)
    return replace(written, entries=own)


def _texts(resolution: Resolution, asked: date | Period) -> ReportTexts:
    if not (resolution.reports and isinstance(asked, Period)):
        return resolution.report
    from resolution_cli.domain.report_texts import name_of, texts_of  # noqa: PLC0415  # few files

    return texts_of(resolution, name_of(resolution, asked))


def _targets(
    resolution: Resolution, day: date, today: date, lead: str | None
) -> Union["TargetFigures", None]:
    if not resolution.targets:
        return None
    from resolution_cli.reports.targets import target_figures  # noqa: PLC0415  # few files need it

    return target_figures(resolution, day, today, lead)
