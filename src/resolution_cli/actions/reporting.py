"""The report on a day or a period, with what makes it doubtful, and its templates."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from resolution_cli import storage
from resolution_cli.domain import parsing
from resolution_cli.domain.model import Form, Resolution
from resolution_cli.domain.period import Period, check_asked
from resolution_cli.domain.selection import (
    day_asked,
)
from resolution_cli.errors import WrongInput
from resolution_cli.i18n import _

if TYPE_CHECKING:
    from resolution_cli.domain.report_texts import Doubt
    from resolution_cli.reports.chase import ChaseReport
    from resolution_cli.reports.next import NextReport
    from resolution_cli.reports.overview import Overview, WrittenReport
    from resolution_cli.reports.word_template import WordTemplate


class Span(Struct, frozen=True, kw_only=True):
    """The day or the period that a report is asked for, in one of three ways, or none for today.

    Attributes:
        as_of: a day, also one to come.
        name: the name of a period, as a person typed it.
        start, end: the first and the last day of a period.

    Raises:
        WrongInput: it is asked for in two ways, or in half of one.

    """

    as_of: date | None = None
    name: str | None = None
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        """Refuse what is asked for in two ways, or in half of one."""
        is_two_days = bool(self.start or self.end)
        if sum((self.as_of is not None, self.name is not None, is_two_days)) > 1:
            raise WrongInput(_("give only one of: --as-of, --period, or --from with --to."))
        if bool(self.start) != bool(self.end):
            raise WrongInput(_("--from and --to must be given together."))

    def asked(self, resolution: Resolution, today: date) -> date | Period:
        """Return the day or the period asked for.

        Raises:
            WrongInput: there is no such period, or the resolution has nothing to report on it.

        """
        if self.as_of is not None and self.as_of > today:
            return self.as_of
        return self._period(resolution, today) or day_asked(resolution, self.as_of, today)

    def _period(self, resolution: Resolution, today: date) -> Period | None:
        header = resolution.header
        if self.name is not None:
            cutoff_day = header.settings.cutoff_day
            period = parsing.period(self.name, header.term, today, cutoff_day)
        elif self.start and self.end:
            period = Period(self.start, self.end)
        else:
            return None
        check_asked(period, header.term, today)
        return period


class Reported(Struct, frozen=True):
    """A report, and what makes it doubtful.

    Attributes:
        report: the report; a written one where that was asked for.
        error_count: how many errors `check` finds in the file: each distorts the report.
        copies: conflicted copies beside the file, with updates that the report may lack.
        doubts: what in the head of a written report of a period may be that of another period.
        without_cause: of a written report, the ids of what is overdue or blocked on its last
            day without a cause.
        unit: the lead unit whose items are reported; None for all.
        elsewhere: the ids of milestones that it leads of items of others, which are not reported.

    """

    report: "Overview | WrittenReport"
    error_count: int
    copies: tuple[Path, ...]
    doubts: tuple["Doubt", ...] = ()
    without_cause: tuple[str, ...] = ()
    unit: str | None = None
    elsewhere: tuple[str, ...] = ()


class Writing(Struct, frozen=True):
    """How a report is to be written.

    Attributes:
        is_written: it is a written report, which has more figures, which take longer.
        is_internal: it also says what is for the office itself.
        has_template: it is made from a template, for which the file may name one.
        template: the office's own template, instead of one that the file names.

    """

    is_written: bool = False
    is_internal: bool = False
    has_template: bool = False
    template: Path | None = None


ON_SCREEN = Writing()


def report(
    path: Path, span: Span, today: date, writing: Writing = ON_SCREEN, lead: str | None = None
) -> Reported:
    """Return the report on a day or a period of the file at `path`; of a day to come, a forecast.

    Args:
        path: the data file.
        span: the day or the period.
        today: the day whose end the plan describes.
        writing: how it is to be written.
        lead: the lead unit whose items and targets are reported, in any spelling; None for all.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        TemplateRefused: the template cannot be read.
        UnitNotFound: there is no such unit.
        WrongInput: there is no such period, or nothing to report on it.

    """
    from resolution_cli.domain.check import errors, without_cause  # noqa: PLC0415  # see __init__
    from resolution_cli.domain.units import unified  # noqa: PLC0415
    from resolution_cli.reports.overview import overview, written_report  # noqa: PLC0415
    from resolution_cli.reports.standing import milestones_elsewhere  # noqa: PLC0415

    resolution = storage.loaded(path)
    asked = span.asked(resolution, today)
    as_one, units = unified(resolution)
    unit = units.get(lead) if lead is not None else None
    lacking: Iterable[str] = ()
    doubtful: tuple[Doubt, ...] = ()
    found: Overview | WrittenReport
    if writing.is_written:
        template = _template(path, resolution, asked, writing) if writing.has_template else None
        found = written_report(as_one, asked, today, lead=unit, is_internal=writing.is_internal)
        found = replace(found, template=template)
        last_day = min(found.covered.standing.as_of, today)
        lacking = without_cause(as_one, last_day, today)
        if unit is not None:
            lacking = [each for each in lacking if each.lower() in found.ids]
        else:
            doubtful = _doubts(resolution, asked)
        standing = found.covered.standing
    else:
        found = overview(as_one, asked, today, unit)
        standing = found.standing
    return Reported(
        found,
        error_count=sum(1 for _problem in errors(resolution, today)),
        copies=storage.conflicted_copies(path),
        doubts=doubtful,
        without_cause=tuple(lacking),
        unit=unit,
        elsewhere=milestones_elsewhere(as_one, standing, today),
    )


def _doubts(resolution: Resolution, asked: date | Period) -> tuple["Doubt", ...]:
    from resolution_cli.domain.report_texts import doubts  # noqa: PLC0415  # see __init__

    return tuple(doubts(resolution, asked)) if isinstance(asked, Period) else ()


def next_report(path: Path, period_name: str | None, lead: str | None, today: date) -> "NextReport":
    """Return which reports on the file at `path` close when, and what one of them lacks.

    Args:
        path: the data file.
        period_name: the name of the period of that one; None for the one that closes first.
        lead: part of the name of the lead unit asked about; None for all.
        today: the day whose end the plan describes.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        WrongInput: there is no such period, or nothing to report on it.

    """
    from resolution_cli.reports.next import next_report as found  # noqa: PLC0415  # see __init__

    resolution = storage.loaded(path)
    return found(resolution, _period(resolution, period_name, today), lead, today)


def chase(  # noqa: PLR0913  # one argument an option
    path: Path,
    unit: str | None,
    within: int | None,
    today: date,
    *,
    period_name: str | None = None,
    template: Path | None = None,
) -> "ChaseReport":
    """Return what the units of the file at `path` are to be reminded of on `today`.

    Args:
        path: the data file.
        unit: the unit asked for, in any spelling; None for all.
        within: how many days ahead what is due counts; None for the file's `due_soon_days`.
        today: the day.
        period_name: the name of the period of which targets want figures; None for the one whose
            report closes first.
        template: the office's own template of a letter; None for the shipped ones.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        TemplateRefused: the template cannot be read.
        UnitNotFound: there is no such unit.
        WrongInput: there is no such period, or nothing to report on it.

    """
    from resolution_cli.reports.chase import chase_report  # noqa: PLC0415  # see __init__

    resolution = storage.loaded(path)
    found = chase_report(resolution, unit, within, today, _period(resolution, period_name, today))
    return replace(found, template=_read_template(template)) if template else found


def _period(resolution: Resolution, name: str | None, today: date) -> Period | None:
    """Return the period with this name, if one is named."""
    asked = Span(name=name).asked(resolution, today) if name is not None else None
    return asked if isinstance(asked, Period) else None


def _template(
    path: Path, resolution: Resolution, asked: date | Period, writing: Writing
) -> "WordTemplate | None":
    """Return the template asked for, or the one that the file at `path` names, from its folder."""
    from resolution_cli.domain.report_texts import (  # noqa: PLC0415  # see __init__
        name_of,
        texts_of,
    )

    name = name_of(resolution, asked) if isinstance(asked, Period) else None
    named = texts_of(resolution, name).template
    found = writing.template or (path.parent / named if named else None)
    return _read_template(found) if found else None


def _read_template(path: Path) -> "WordTemplate":
    from resolution_cli.reports.word_template import WordTemplate  # noqa: PLC0415  # see __init__

    return WordTemplate(path.name, storage.template(path))


def word_template(form: Form, *, is_letter: bool = False) -> bytes:
    """Return the template that is shipped for a form of reports, or of letters."""
    from resolution_cli.formats.templates import shipped  # noqa: PLC0415  # only `template`

    return shipped(f"letter-{form}" if is_letter else form)
