"""`tracker chase`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from resolution_cli.actions import reporting
from resolution_cli.cli import clock
from resolution_cli.cli.delivery import Delivery, ForceOption, format_option
from resolution_cli.cli.options import (
    FileOption,
    argument_of,
    path_to_read,
    period_option,
    unit_option,
)
from resolution_cli.cli.output import print_notice, print_text
from resolution_cli.domain import parsing
from resolution_cli.formats.registry import Format, formats
from resolution_cli.i18n import N_, _

if TYPE_CHECKING:
    from resolution_cli.reports.chase import ChaseReport

HELP = N_(
    "Show what each unit is to be reminded of, as text for a message or as letters.\n\nBy lead "
    "unit, each thing once and the most pressing first: what is overdue, blocked, due soon, "
    "without a recent report, and targets without a figure for the running period. A Word file "
    "is a letter to one unit, a folder one letter for each."
)

EXAMPLES = (
    ("tracker chase", N_("What each unit is to be reminded of.")),
    (
        "tracker chase --within 14 --format markdown",
        N_("As Markdown; what is due in 14 days counts as due soon."),
    ),
    ("tracker chase -o letters", N_("A letter for each unit, in the folder letters.")),
    ("tracker chase -o deadlines.ics", N_("The deadlines among these, for a calendar.")),
)

_WORD = "docx"


def chase(
    *,
    unit: Annotated[
        str | None,
        unit_option(N_("Only this lead unit, in any spelling.")),
    ] = None,
    within: Annotated[
        int | None,
        typer.Option(
            parser=argument_of(parsing.days),
            metavar="DAYS",
            help=N_("What is due in at most so many days. Default: due_soon_days of the file."),
        ),
    ] = None,
    period_name: Annotated[
        str | None,
        period_option(
            N_("The period of the figures of targets. Default: the one whose report closes first.")
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="FILE",
            help=N_("The office's own template of a letter; see `tracker template --letter`."),
            readable=False,  # storage has its own message
        ),
    ] = None,
    output_format: Annotated[Format | None, format_option("chase")] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=N_(
                "Write to this file; its ending sets the format. A name without an ending is a "
                "folder for one letter a unit. Use - for the screen."
            ),
            readable=False,
        ),
    ] = None,
    force: ForceOption = False,
    file: FileOption = None,
) -> None:
    """Show what each unit is to be reminded of."""
    path = path_to_read(file)
    folder = output if output and _is_folder(output, output_format) else None
    chosen = _word() if folder else output_format
    destination = folder / f"letter.{_WORD}" if folder else output
    delivery = Delivery("chase", chosen, destination, path, force=force)
    if delivery.has_template and not folder and unit is None:
        raise typer.BadParameter(
            _("a letter is to one unit; give --unit, or a folder for all letters: -o FOLDER."),
            param_hint="'--output'" if output else "'--format'",
        )
    if template and not delivery.has_template:
        raise typer.BadParameter(
            _("only a Word file has a template; give --format docx."), param_hint="'--template'"
        )
    report = reporting.chase(
        path, unit, within, clock.now().date(), period_name=period_name, template=template
    )
    if not report.units and (delivery.has_template or delivery.is_calendar):
        from resolution_cli.views.chase import nothing  # noqa: PLC0415  # only without anything

        print_text(nothing(report) + "\n")
    elif folder:
        _send_letters(delivery, report, folder)
    else:
        delivery.send(report)


def _is_folder(output: Path, output_format: Format | None) -> bool:
    """Say whether letters are to go into a folder of this name."""
    is_name = not output.suffix and str(output) != "-"
    return output_format in (None, _word()) and (is_name or output.is_dir())


def _word() -> Format:
    return next(known for known in formats("chase") if known.name == _WORD)


def _send_letters(delivery: Delivery, report: "ChaseReport", folder: Path) -> None:
    """Write a letter for each unit, and name on stderr what has none."""
    from resolution_cli.views.texts import file_names_of  # noqa: PLC0415  # only with letters

    for group in report.units:
        if group.unit is None:
            ids = ", ".join(each.entry.id for each in group.reminders)
            print_notice(_("Without a lead unit, and in no letter: {ids}.").format(ids=ids))
    groups = {group.unit: group for group in report.units if group.unit is not None}
    names = file_names_of(((report.as_of.isoformat(), unit) for unit in groups), f".{_WORD}")
    letters = [replace(report, units=(group,)) for group in groups.values()]
    delivery.send_each(folder, dict(zip(names, letters, strict=True)))
