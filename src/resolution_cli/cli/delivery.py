"""The delivery of a command's result: its format, and the screen, pipe or file that it goes to."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Annotated, Any

import typer
from msgspec import Struct

from resolution_cli import storage
from resolution_cli.cli.options import completed_words
from resolution_cli.cli.output import (
    flushed_output,
    print_bytes,
    print_document,
    print_notice,
    print_text,
)
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
        readable=False,  # Typer need not check that it can be read: it is written
    ),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help=N_("With --output: replace an existing file."))
]

_DATA_SUFFIX = ".toml"
_STANDARD_OUTPUT = Path("-")


def format_option(*commands: str) -> Any:
    """Return the option `--format` of a command, with the formats that it has.

    The command may have several names in `formats.registry`, for what it can show.
    """
    names = list(dict.fromkeys(known.name for each in commands for known in formats(each)))
    return typer.Option(
        "--format",
        parser=_format_parser(*commands),
        metavar="FORMAT",
        autocompletion=completed_words(names),
        help=", ".join(names),  # not translated: the names are the same in every language
    )


class Delivery:
    """The format and the destination of a command's result, checked before it is computed.

    Args:
        command: the name of the command, as in `formats.registry`.
        chosen: the format asked for; None for that of the file's ending, or else the first.
        output: the file to write; None or `-` for stdout.
        data_file: the file, or the files, that the result is computed from; never replaced.
        force: replace an existing file.

    Raises:
        typer.BadParameter: the options do not fit together.
        PackageMissing: the format needs a package that is not installed.

    """

    def __init__(
        self,
        command: str,
        chosen: Format | None,
        output: Path | None,
        data_file: Path | Sequence[Path],
        *,
        force: bool,
    ) -> None:
        self._command = command
        self._output = None if output == _STANDARD_OUTPUT else output
        self._force = force
        self._format = chosen or _format_of(command, self._output)
        if force and not self._output:
            raise typer.BadParameter(_("--force needs --output."))
        data_files = (data_file,) if isinstance(data_file, Path) else data_file
        if self._output and any(_is_data_file(self._output, each) for each in data_files):
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

    @property
    def is_prose(self) -> bool:
        """Say whether a report is written in sentences, not in tables alone."""
        return self._format.is_prose

    @property
    def has_template(self) -> bool:
        """Say whether a report is made from a template, which an office may have of its own."""
        return self._format.has_template

    @property
    def is_calendar(self) -> bool:
        """Say whether only what has a day is written."""
        return self._format.name == "ics"

    def send_each(self, folder: Path, reports: Mapping[str, object]) -> None:
        """Draw each of the reports, and write it into a file of its name: all of them, or none.

        Raises:
            FileExists, FileNotWritten: as `send`.

        """
        drawn = {name: self._format.drawn(self._command, each) for name, each in reports.items()}
        for path in storage.write_outputs(folder, drawn, is_forced=self._force):
            print_notice(_("Written to {path}.").format(path=path))

    def send_table(self, row: type[Struct], batches: Iterable[Iterable[Struct]]) -> None:
        """Write the rows of the `batches`, of the type `row`, to the file or to stdout.

        They are written as they come; an error that is raised meanwhile leaves nothing of a file.

        Raises:
            FileExists, FileNotWritten, OutputLost: as `send`.

        """
        if not self._output:
            with flushed_output():
                self._format.write_table(sys.stdout.buffer, row, batches)
            return

        def write(file: IO[bytes]) -> None:
            self._format.write_table(file, row, batches)

        storage.write_output(self._output, write, is_forced=self._force)
        print_notice(_("Written to {path}.").format(path=self._output))

    def send(self, report: object, view: str = "") -> None:
        """Draw what the command reports, and write it to the file or to stdout.

        Args:
            report: what the command reports.
            view: the view of it, as in `formats.registry`; that of the command if empty.

        Raises:
            FileExists: the file exists, and `force` was not given.
            FileNotWritten: the system does not let the file be written.
            OutputLost: stdout cannot be written.

        """
        if self._format.name == TEXT and not self._output:
            print_document(self._format.document(view or self._command, report))
            return
        drawn = self._format.drawn(view or self._command, report)
        if self._output:
            content = drawn.encode() if isinstance(drawn, str) else drawn
            storage.write_output(self._output, content, is_forced=self._force)
            print_notice(_("Written to {path}.").format(path=self._output))
        elif isinstance(drawn, bytes):
            print_bytes(drawn)
        else:
            print_text(drawn)


def _format_parser(*commands: str) -> Callable[[str], Format]:
    """Return the function that finds a format of a command by its name or its files' ending.

    That raises typer.BadParameter for any other text.
    """

    def parsed(text: str) -> Format:
        all_known = [known for each in commands for known in formats(each)]
        by_name = {known.name: known for known in all_known}
        by_suffix = {
            suffix.removeprefix("."): known for known in all_known for suffix in known.suffixes
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
    """Return the format of `command` for the ending of `output`, or the first without a file.

    Raise typer.BadParameter if no format has the ending.
    """
    known = formats(command)
    if output is None:
        return known[0]
    for candidate in known:
        if output.suffix.lower() in candidate.suffixes:
            return candidate
    message = _(
        "the ending of {name!r} is not a format of this command; "
        "use one of {suffixes}, or give --format."
    )
    suffixes = ", ".join(suffix for candidate in known for suffix in candidate.suffixes)
    raise typer.BadParameter(
        message.format(name=output.name, suffixes=suffixes), param_hint="'--output'"
    )


def _is_data_file(output: Path, data_file: Path) -> bool:
    """Return whether `output` is the `data_file`, or has the ending of one."""
    if output.suffix.lower() == _DATA_SUFFIX:
        return True
    try:
        return output.samefile(data_file)
    except OSError:  # one of them does not exist
        return False
