"""How what a command computed leaves it: in which format, to the screen, a pipe or a file."""

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from resolution_cli import storage
from resolution_cli.cli.options import completed_words
from resolution_cli.cli.output import print_bytes, print_document, print_notice, print_text
from resolution_cli.errors import PackageMissing, did_you_mean
from resolution_cli.formats.registry import TEXT, Format, formats
from resolution_cli.i18n import N_, _
from resolution_cli.matching import fold, nearest_word

OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=N_("Write to this file; its ending sets the format. Use - for the screen."),
        readable=False,  # it is written
    ),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help=N_("With --output: replace an existing file."))
]

_DATA_SUFFIX = ".toml"
_STANDARD_OUTPUT = Path("-")


def format_option(command: str) -> Any:
    """Return the option `--format` of the command that is called `command`, with the formats that it has."""
    return typer.Option(
        "--format",
        parser=_parsed_format(command),
        metavar="FORMAT",
        autocompletion=completed_words([known.name for known in formats(command)]),
        help=", ".join(
            known.name for known in formats(command)
        ),  # the same words in every language
    )


class Delivery:
    """Where a command's result goes, settled before anything is computed.

    Args:
        command: what is shown, as in `render.formats`.
        chosen: the format asked for.
        output: the file asked for.
        force: a file that is there is replaced.
        data_file: the file that the result is computed from, which is never replaced.

    Raises:
        typer.BadParameter: the options do not fit together.
        PackageMissing: the format needs a package that is not installed.

    """

    def __init__(
        self,
        command: str,
        chosen: Format | None,
        output: Path | None,
        data_file: Path,
        *,
        force: bool,
    ) -> None:
        self._command = command
        self._output = None if output == _STANDARD_OUTPUT else output
        self._force = force
        self._format = chosen or _format_of(command, self._output)
        if force and not self._output:
            raise typer.BadParameter(_("--force needs --output."))
        if self._output and (
            _is_same_file(self._output, data_file) or self._output.suffix.lower() == _DATA_SUFFIX
        ):
            raise typer.BadParameter(
                _("this is a data file; a report cannot replace it."), param_hint="'--output'"
            )
        if self._format.is_binary and not self._output and sys.stdout.isatty():
            message = _("{format} cannot be shown on a screen; give --output FILE.").format(
                format=self._format.name
            )
            raise typer.BadParameter(message, param_hint="'--format'")
        if self._format.package and not find_spec(self._format.package):
            raise PackageMissing(self._format.name, self._format.distribution)

    @property
    def is_written(self) -> bool:
        """Say whether a report is to be a written report."""
        return self._format.is_written

    def send(self, report: object) -> None:
        """Draw what the command reports, and send it where it goes.

        Raises:
            FileExists: there is something where the file goes, and nobody asked to replace it.
            FileNotWritten: the system does not let it.

        """
        if self._format.name == TEXT and not self._output:
            print_document(self._format.document(self._command, report))
            return
        drawn = self._format.drawn(self._command, report)
        if self._output:
            content = drawn.encode() if isinstance(drawn, str) else drawn
            storage.write_output(self._output, content, is_forced=self._force)
            print_notice(_("Written to {path}.").format(path=self._output))
        elif isinstance(drawn, bytes):
            print_bytes(drawn)
        else:
            print_text(drawn)


def _parsed_format(command: str) -> Callable[[str], Format]:
    def parsed(text: str) -> Format:
        by_name = {known.name: known for known in formats(command)}
        by_suffix = {
            known.suffix.removeprefix("."): known for known in formats(command) if known.suffix
        }
        if chosen := (by_suffix | by_name).get(fold(text)):
            return chosen
        near = nearest_word(text, by_name)
        message = _("{text!r} is not a format of this command; choose one of: {words}.").format(
            text=text, words=", ".join(by_name)
        )
        raise typer.BadParameter(f"{message} {did_you_mean(near)}" if near else message)

    return parsed


def _format_of(command: str, output: Path | None) -> Format:
    known = formats(command)
    if output is None:
        return known[0]
    for candidate in known:
        if candidate.suffix and output.suffix.lower() == candidate.suffix:
            return candidate
    message = _(
        "the ending of {name!r} is not a format of this command; use one of {suffixes}, or give --format."
    ).format(
        name=output.name,
        suffixes=", ".join(candidate.suffix for candidate in known if candidate.suffix),
    )
    raise typer.BadParameter(message, param_hint="'--output'")


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False
