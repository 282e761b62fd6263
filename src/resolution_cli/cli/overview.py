"""`tracker overview`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from resolution_cli import i18n, storage
from resolution_cli.actions import overviewing
from resolution_cli.cli import clock
from resolution_cli.cli.delivery import Delivery, ForceOption, OutputOption, format_option
from resolution_cli.cli.options import AsOfOption, argument_of, completed_words, period_option
from resolution_cli.cli.output import print_notice, some_of
from resolution_cli.cli.progress import shown_progress
from resolution_cli.cli.selection_options import (
    KindOption,
    LeadOption,
    MilestonesOption,
    PartnerOption,
    SearchOption,
    StatusOption,
    TagOption,
    VerdictOption,
)
from resolution_cli.cli.tables import (
    EveryOption,
    TableOption,
    check_options,
    check_rest,
    send_table,
)
from resolution_cli.domain.selection import Selection
from resolution_cli.errors import ExitCode
from resolution_cli.formats.registry import TABLE, Format
from resolution_cli.i18n import N_, _, ngettext
from resolution_cli.reports.file_groups import KNOWN, FileIndex
from resolution_cli.reports.files import FilesReport

if TYPE_CHECKING:
    from resolution_cli.actions.tabulating import Tabulation

HELP = N_(
    "Show many data files in one table, a row each, with their totals.\n\nA file that cannot be "
    "read is named with what is wrong in it; the others are counted. With a condition, such as "
    "--verdict overdue, the items of all files that meet it are listed."
)

EXAMPLES = (
    ("tracker overview data", N_("All data files in a folder and in the folders below it.")),
    (
        "tracker overview */*.toml --as-of 2026-06-30 -o overview.xlsx",
        N_("The files that fit a pattern, as they stood at the end of a day, as a workbook."),
    ),
    (
        N_('tracker overview data --verdict overdue --search "digital transformation"'),
        N_("The overdue items of all files that have this text in title, summary or notes."),
    ),
    (
        "tracker overview data --table items --every quarter -o items.csv",
        N_("A row for each item at the end of each quarter, for other programs."),
    ),
)


def overview(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help=N_("Data files, folders with all that end in .toml below them, or patterns."),
            readable=False,  # storage has its own message
        ),
    ],
    *,
    kind: KindOption = None,
    status: StatusOption = None,
    lead: LeadOption = None,
    partner: PartnerOption = None,
    verdict: VerdictOption = None,
    tag: TagOption = None,
    search: SearchOption = None,
    milestones: MilestonesOption = False,
    as_of: AsOfOption = None,
    period_name: Annotated[
        str | None,
        period_option(
            N_("The state at the end of a period, such as 2026-Q3, and what it brought.")
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            parser=argument_of(str),
            metavar="COLUMN",
            autocompletion=completed_words(KNOWN),
            help=N_(
                "Group the files by a column of the index, by superior or by term; or the items "
                "by tag."
            ),
        ),
    ] = None,
    index: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=N_("A CSV table of the files: the column path, and others to group them by."),
            readable=False,  # storage has its own message
        ),
    ] = None,
    table: TableOption = None,
    every: EveryOption = None,
    output_format: Annotated[Format | None, format_option("overview", TABLE)] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    no_cache: Annotated[
        bool,
        typer.Option("--no-cache", help=N_("Read every file, also those that did not change.")),
    ] = False,
) -> None:
    """Show many data files in one table."""
    asked = overviewing.Asked(as_of=as_of, period_name=period_name, by=by, index=index)
    wanted = Selection(
        kind=kind,
        has_milestones=milestones,
        statuses=tuple(status or ()),
        lead=lead,
        partner=partner,
        verdicts=tuple(verdict or ()),
        tag=tag,
        search=search,
    )
    check_options(table, every, output_format, output)
    if table:
        check_rest(asked, wanted)
    found = storage.found_files(paths)
    read = (*found.files, *([index] if index else ()))
    command = TABLE if table else "overview"
    delivery = Delivery(command, output_format, output, read, force=force)
    report: FilesReport | Tabulation
    today = clock.now().date()
    if table:
        report = send_table(delivery, found, table, every, asked, today, _shown)
    elif wanted == Selection():
        report = overviewing.overview(found, asked, today, _shown, is_kept=not no_cache)
        delivery.send(report)
    else:
        listed = overviewing.items(found, asked, wanted, today, _shown)
        report = listed.files
        delivery.send(listed, "overview-items")
    _print_doubts(report)
    if not report.is_sound:
        raise typer.Exit(ExitCode.PROBLEMS_FOUND)


def _shown(files: Sequence[Path]) -> Iterator[Path]:
    return shown_progress(files, _("Reading files"))


def _print_doubts(report: "FilesReport | Tabulation") -> None:
    """Name on stderr what is not counted, and what may be counted twice."""
    for file in report.uncounted:
        for line in file.message.splitlines():
            print_notice(line)
        for line in file.hint.splitlines():
            print_notice(f"      → {line}")
    if isinstance(report, FilesReport) and (outside := report.outside_term):
        said = ngettext(
            "The term of {count} file does not contain the whole period: {paths}.",
            "The terms of {count} files do not contain the whole period: {paths}.",
            len(outside),
        )
        paths = some_of([str(row.path) for row in outside])
        print_notice(said.format(count=i18n.number(len(outside)), paths=paths))
    if report.index:
        _print_doubts_of_index(report.index)
    for path, original in report.same_files:
        message = _("{path} is the same file as {original}; it is counted once.")
        print_notice(message.format(path=path, original=original))
    for shared in report.shared_ids:
        message = _("The id {id} is that of several files, which are all counted: {paths}.")
        print_notice(message.format(id=shared.id, paths=", ".join(map(str, shared.paths))))


def _print_doubts_of_index(index: FileIndex) -> None:
    """Name the files that have no row in the index, and its rows without a file."""
    if files := index.without_row:
        said = ngettext(
            "{count} file has no row in {index}: {paths}.",
            "{count} files have no row in {index}: {paths}.",
            len(files),
        )
        paths, count = some_of([*map(str, files)]), i18n.number(len(files))
        print_notice(said.format(count=count, index=index.path, paths=paths))
    if rows := index.without_file:
        said = ngettext(
            "{count} row of {index} is of no file that was found: {paths}.",
            "{count} rows of {index} are of no file that was found: {paths}.",
            len(rows),
        )
        line = _("{path} (line {line})")
        paths = some_of([line.format(path=path, line=number) for number, path in rows])
        print_notice(said.format(count=i18n.number(len(rows)), index=index.path, paths=paths))
