"""The tables of many files for other programs: the rows of each, file by file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from msgspec import Struct

from resolution_cli import storage
from resolution_cli.actions.counting import counted
from resolution_cli.actions.mapping import Shown, answers_of_files
from resolution_cli.domain.model import Resolution
from resolution_cli.domain.selection import past_day_asked
from resolution_cli.formats.table_index import row_with_index, with_index
from resolution_cli.formats.table_records import records
from resolution_cli.formats.table_rows import RECORDS
from resolution_cli.reports.file_groups import FileIndex
from resolution_cli.reports.file_row import UncountedFile
from resolution_cli.reports.files import SharedId, shared_ids
from resolution_cli.reports.table_asked import Table, TableAsked

if TYPE_CHECKING:
    from resolution_cli.storage.folders import Found


class FileRecords(Struct, frozen=True):
    """The rows that one file has for a table.

    Attributes:
        path: the file.
        id: the id of the resolution; None without one.
        records: the rows, by day and then in the order of the file.

    """

    path: Path
    id: str | None
    records: tuple[Struct, ...]


def table_of_file(path: Path, asked: TableAsked) -> FileRecords | UncountedFile:
    """Return the rows of the file at `path` for a table, or why it has none.

    It depends on nothing but the arguments and the file, and raises no error for a file, so that it
    can be mapped over any number of files, in this process or in others.
    """
    return _answer(path, str(path), lambda: storage.loaded(path), asked)


def table_of_content(name: str, content: bytes, asked: TableAsked) -> FileRecords | UncountedFile:
    """Return the rows of a file from anywhere for a table, or why it has none.

    It is as `table_of_file`, and reads nothing.

    Args:
        name: what the file is called in the rows: a path, an address.
        content: its content.
        asked: which table is asked for.

    """
    path = Path(name)
    return _answer(path, name, lambda: storage.loaded_content(path, content), asked)


class Tabulation:
    """The rows of many files for a table, each file read when its rows are asked for.

    Attributes:
        uncounted: the files without rows that were come upon so far, in their order.
        same_files, index: as `FilesReport` has them.
        row: what a row is.

    """

    def __init__(
        self,
        answers: Iterator[FileRecords | UncountedFile],
        row: type[Struct],
        same_files: tuple[tuple[Path, Path], ...],
        index: FileIndex | None,
    ) -> None:
        """Take the `answers` of the files, in the order of these, whose records are `row`s."""
        self._answers = answers
        self._counted: list[FileRecords] = []
        self.uncounted: list[UncountedFile] = []
        self.same_files = same_files
        self.index = index
        self.row = row_with_index(row, index.columns) if index else row

    def __iter__(self) -> Iterator[Sequence[Struct]]:
        """Yield the rows of each file."""
        for answer in self._answers:
            if isinstance(answer, UncountedFile):
                self.uncounted.append(answer)
            else:
                yield self._rows(answer)
                self._counted.append(FileRecords(answer.path, answer.id, ()))

    def _rows(self, answer: FileRecords) -> Sequence[Struct]:
        if not self.index:
            return answer.records
        nothing = ("",) * len(self.index.columns)
        values = self.index.values.get(answer.path, nothing)
        return [*with_index(self.row, answer.records, values)]

    @property
    def shared_ids(self) -> tuple[SharedId, ...]:
        """Return the ids that are not of one file alone, of the files so far."""
        return tuple(shared_ids(self._counted))

    @property
    def is_sound(self) -> bool:
        """Say whether every file so far has its rows, and none those of another one."""
        return not (self.uncounted or self.shared_ids)


def tabulation(
    found: "Found",
    asked: TableAsked,
    shown: Shown = iter,
    index: Path | None = None,
) -> Tabulation:
    """Return the rows of the data files that were `found`.

    Args:
        found: the files.
        asked: which table is asked for.
        shown: yields the paths that it is given, and shows how many are done.
        index: the path of a table that says more of the files, in columns of its own.

    Raises:
        WrongInput: the day is in the future.
        DataFileMissing, DataFileBroken: the index cannot be read.

    """
    past_day_asked(asked.day, asked.today)
    its_index = None
    if index is not None:
        from resolution_cli.exchange.file_index import file_index  # noqa: PLC0415  # few ask

        its_index = file_index(index, found.files, found.same_files)
    answers = answers_of_files(partial(table_of_file, asked=asked), found.files, shown)
    return Tabulation(answers, RECORDS[asked.table], found.same_files, its_index)


def write_parquet(file: IO[bytes], table: Table, batches: Iterable[Iterable[Struct]]) -> None:
    """Write rows of a table, from `table_of_file` or `table_of_content`, as a Parquet file.

    Args:
        file: the open file, for bytes; it is not closed.
        table: the table that the rows are of.
        batches: the rows, in batches such as those of a file; they are written in groups.

    Raises:
        ModuleNotFoundError: the package pyarrow is not installed.

    """
    from resolution_cli.formats import parquet  # noqa: PLC0415  # nothing else needs pyarrow

    parquet.write_table(file, RECORDS[table], batches)


def _answer(
    path: Path, name: str, read: Callable[[], Resolution], asked: TableAsked
) -> FileRecords | UncountedFile:
    found = counted(path, read, asked.day, asked.today)
    if isinstance(found, UncountedFile):
        return found
    resolution, _day, _period = found
    source = name.encode(errors="replace").decode()  # a byte that is no UTF-8 becomes "?"
    rows = records(asked, source, resolution)
    return FileRecords(path, resolution.header.id, tuple(rows))
