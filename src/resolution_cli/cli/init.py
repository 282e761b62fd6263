"""`tracker init`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from resolution_cli import storage
from resolution_cli.cli.options import parsed_day, parsed_text
from resolution_cli.cli.output import print_text
from resolution_cli.render.words import clean


def init(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Where data/tasks.toml goes.")] = Path(),
    *,
    blank: Annotated[
        bool, typer.Option("--blank", help="A fresh file for another resolution, with no item yet.")
    ] = False,
    title: Annotated[
        str | None, typer.Option(parser=parsed_text, metavar="TEXT", help="With --blank: the resolution's title.")
    ] = None,
    start: Annotated[
        date | None, typer.Option(parser=parsed_day, metavar="DATE", help="With --blank: the first day of its term.")
    ] = None,
    end: Annotated[
        date | None, typer.Option(parser=parsed_day, metavar="DATE", help="With --blank: the last day of its term.")
    ] = None,
) -> None:
    """Make a data file in a folder.

    It is a copy of the shipped resolution, or with --blank a fresh file. Nothing is ever overwritten.
    """
    from resolution_cli.render.schema import data_file  # noqa: PLC0415  # only what is asked for

    path = folder / "data" / "tasks.toml"
    if blank:
        if title is None or start is None or end is None:
            raise typer.BadParameter("--blank needs --title, --start and --end.")
        if end < start:
            raise typer.BadParameter("the term cannot end before it starts.", param_hint="'--end'")
        storage.create_blank(path, {"title": title, "term": {"start": start, "end": end}}, data_file())
    else:
        if title or start or end:
            raise typer.BadParameter("--title, --start and --end go with --blank.")
        storage.create_copy(path, storage.shipped_path(), data_file())
    print_text(f"Made {clean(str(path))}.\n")
    print_text("Write its items in it with a text editor, then: tracker list\n" if blank else "Next: tracker list\n")
