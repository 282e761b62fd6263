"""`tracker report`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from resolution_cli import i18n
from resolution_cli.actions import reporting
from resolution_cli.cli import clock
from resolution_cli.cli.delivery import Delivery, ForceOption, OutputOption, format_option
from resolution_cli.cli.options import (
    AsOfOption,
    FileOption,
    parsed_day,
    path_to_read,
    period_option,
    unit_option,
)
from resolution_cli.cli.output import print_notice, some_of
from resolution_cli.formats.registry import Format
from resolution_cli.i18n import N_, _, ngettext

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
        period_option(
            N_(
                "What a period brought, such as 2026, 2026-H1, 2026-Q3, 2026-9M, 2026-09, "
                "term or last-month."
            )
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
    lead: Annotated[
        str | None,
        unit_option(N_("Only the items and targets of this lead unit, in any spelling.")),
    ] = None,
    is_internal: Annotated[
        bool,
        typer.Option(
            "--internal",
            help=N_(
                "A written report for the office itself: it also has forecasts and names items "
                "whose last report is too old."
            ),
        ),
    ] = False,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="FILE",
            help=N_("The office's own template of the Word file; see `tracker template`."),
            readable=False,  # storage has its own message
        ),
    ] = None,
    output_format: Annotated[Format | None, format_option("report")] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    file: FileOption = None,
) -> None:
    """Report on a day, or on a period with what it brought."""
    span = reporting.Span(as_of=as_of, name=period_name, start=start, end=end)
    path = path_to_read(file)
    delivery = Delivery("report", output_format, output, path, force=force)
    if is_internal and not delivery.is_prose:
        raise typer.BadParameter(
            _("only a written report has it; give --format markdown, html or docx."),
            param_hint="'--internal'",
        )
    if template and not delivery.has_template:
        raise typer.BadParameter(
            _("only a Word file has a template; give --format docx."), param_hint="'--template'"
        )
    writing = reporting.Writing(
        is_written=delivery.is_written,
        is_internal=is_internal,
        has_template=delivery.has_template,
        template=template,
    )
    reported = reporting.report(path, span, clock.now().date(), writing, lead)
    _print_doubts(reported)
    delivery.send(reported.report)


def _print_doubts(reported: reporting.Reported) -> None:
    """Say on stderr what makes the report doubtful, before it is written."""
    if wrong := reported.error_count:
        said = ngettext(
            "{count} error in the file distorts this report: run `tracker check` to see it.",
            "{count} errors in the file distort this report: run `tracker check` to see them.",
            wrong,
        )
        print_notice(said.format(count=i18n.number(wrong)))
    for copy in reported.copies:
        said = _(
            "{name}, beside the data file, may have updates that this report does not have: "
            "see `tracker check`."
        )
        print_notice(said.format(name=copy.name))
    for doubt in reported.doubts:
        print_notice(f"{doubt.message[:1].upper()}{doubt.message[1:]}. {doubt.hint}")
    if others := reported.elsewhere:
        said = ngettext(
            "{count} milestone that {unit} leads is of an item of another unit, and not in this "
            "report: {ids}.",
            "{count} milestones that {unit} leads are of items of other units, and not in this "
            "report: {ids}.",
            len(others),
        )
        count, unit = i18n.number(len(others)), reported.unit
        print_notice(said.format(count=count, unit=unit, ids=some_of(others)))
    if missing := reported.without_cause:
        said = ngettext(
            "{count} item is overdue or blocked without a cause ({ids}): `tracker check` has the "
            "command that adds it.",
            "{count} items are overdue or blocked without a cause ({ids}): `tracker check` has "
            "the commands that add it.",
            len(missing),
        )
        print_notice(said.format(count=i18n.number(len(missing)), ids=some_of(missing)))
