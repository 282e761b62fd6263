"""`tracker report`."""

from datetime import date
from typing import Annotated

import typer

from resolution_cli import i18n, storage
from resolution_cli.cli import clock
from resolution_cli.cli.delivery import Delivery, ForceOption, OutputOption, format_option
from resolution_cli.cli.options import (
    AsOfOption,
    FileOption,
    day_asked,
    parsed_day,
    path_to_read,
    typed,
)
from resolution_cli.cli.output import print_notice
from resolution_cli.domain import period
from resolution_cli.domain.check import errors
from resolution_cli.domain.model import Term
from resolution_cli.domain.period import Period
from resolution_cli.formats.registry import Format
from resolution_cli.i18n import N_, _, ngettext
from resolution_cli.reports.overview import overview, written_report
from resolution_cli.views import words

HELP = N_(
    "Report on the implementation of the resolution.\n\nThe report is as of today, "
    "as of any past day (--as-of), or of a period with what changed in it. A "
    "future --as-of gives a forecast: what will be overdue if nothing changes."
)

EXAMPLES = (
    ("tracker report", N_("The report as of today, on the screen.")),
    (
        "tracker report --period last-month -o report.docx",
        N_("The report of the last month, as a Word file."),
    ),
    (
        N_("tracker report --from 2025-09-15 --to 2025-10-14"),
        N_("What changed from the first day to the last, both included."),
    ),
    (
        N_("tracker report --as-of 2030-06-30"),
        N_("A forecast: what will be overdue by that day if nothing changes."),
    ),
)


def report(
    *,
    as_of: AsOfOption = None,
    period_name: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help=N_(
                "What a period brought, such as 2026, 2026-H1, 2026-Q3, 2026-9M, 2026-09, term or last-month."
            ),
        ),
    ] = None,
    start: Annotated[
        date | None,
        typer.Option(
            "--from",
            parser=parsed_day,
            metavar="DATE",
            help=N_("The first day of any other period."),
        ),
    ] = None,
    end: Annotated[
        date | None,
        typer.Option(
            "--to", parser=parsed_day, metavar="DATE", help=N_("The last day of any other period.")
        ),
    ] = None,
    output_format: Annotated[Format | None, format_option("report")] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    file: FileOption = None,
) -> None:
    """Tell how the resolution stands on a day, or at the end of a period of which it tells what that brought."""
    if sum((as_of is not None, period_name is not None, bool(start or end))) > 1:
        raise typer.BadParameter(_("give only one of: --as-of, --period, or --from with --to."))
    if bool(start) != bool(end):
        raise typer.BadParameter(_("--from and --to must be given together."))
    path = path_to_read(file)
    delivery = Delivery("report", output_format, output, path, force=force)
    today = clock.now().date()
    resolution = storage.loaded(path)
    if wrong := sum(1 for _problem in errors(resolution, today)):
        said = ngettext(
            "{count} error in the file distorts this report: run `tracker check` to see it.",
            "{count} errors in the file distort this report: run `tracker check` to see them.",
            wrong,
        )
        print_notice(said.format(count=i18n.number(wrong)))
    for copy in storage.conflicted_copies(path):
        said = _(
            "{name}, beside the data file, may have updates that this report does not have: see `tracker check`."
        )
        print_notice(said.format(name=copy.name))
    asked: date | Period
    if period_name is not None or (start and end):
        term = resolution.header.term
        asked = Period(start, end) if start and end else _named(period_name or "", term, today)
        _check(asked, term, today)
    elif as_of is not None and as_of > today:
        asked = as_of
    else:
        asked = day_asked(resolution, as_of, today)
    figures = written_report if delivery.is_written else overview
    delivery.send(figures(resolution, asked, today))


def _named(name: str, term: Term, today: date) -> Period:
    if found := period.named(typed(name), term, today):
        return found
    message = _("{text!r} is not a period; write one like {forms}.").format(
        text=name, forms=_(period.FORMS)
    )
    raise typer.BadParameter(message, param_hint="'--period'")


def _check(asked: Period, term: Term, today: date) -> None:
    if asked.end < asked.start:
        raise typer.BadParameter(_("--from is after --to."))
    if asked.end < term.start or asked.start > term.end:
        message = _("{period} is outside the term, {term}.").format(
            period=words.period(asked), term=words.period(term)
        )
        raise typer.BadParameter(message)
    if asked.start > today:
        raise typer.BadParameter(
            _("the period {period} has not begun yet.").format(period=words.period(asked))
        )
