"""`tracker template`."""

from pathlib import Path
from typing import Annotated

import typer

from resolution_cli import storage
from resolution_cli.actions import reporting
from resolution_cli.cli.delivery import ForceOption
from resolution_cli.cli.options import argument_of, completed_words
from resolution_cli.cli.output import print_notice
from resolution_cli.domain import parsing
from resolution_cli.domain.model import Form
from resolution_cli.i18n import N_, _

HELP = N_(
    "Write a template of the Word report to a file.\n\nChange it in Word or LibreOffice, then use "
    "it with `tracker report --template`, or name it in the data file: template, in [report]."
)

EXAMPLES = (
    ("tracker template -o our-form.docx", N_("The template of a Party document.")),
    (
        "tracker template --form decree-30 -o state-form.docx",
        N_("The template of a document of a state body."),
    ),
    ("tracker template --letter -o our-letter.docx", N_("The template of a letter to a unit.")),
)


def template(
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=N_("The file to write."),
            readable=False,
        ),
    ],
    form: Annotated[
        Form,
        typer.Option(
            parser=argument_of(parsing.choice(Form)),
            metavar="FORM",
            autocompletion=completed_words(Form),
            help=N_(
                "The form: that of a Party document (party-2026), of a state body (decree-30), or "
                "without a head (plain)."
            ),
        ),
    ] = Form.PARTY_2026,
    is_letter: Annotated[
        bool,
        typer.Option("--letter", help=N_("The template of a letter of `tracker chase`.")),
    ] = False,
    force: ForceOption = False,
) -> None:
    """Write a template of the Word report to a file."""
    if output.suffix.lower() != ".docx":
        raise typer.BadParameter(
            _("the name of a template ends in .docx."), param_hint="'--output'"
        )
    content = reporting.word_template(form, is_letter=is_letter)
    storage.write_output(output, content, is_forced=force)
    print_notice(_("Written to {path}.").format(path=output))
