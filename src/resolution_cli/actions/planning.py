"""The plan: entries added and edited, by command or in an editor, and new files."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from resolution_cli import storage
from resolution_cli.actions import reading
from resolution_cli.errors import FileExists, WrongInput
from resolution_cli.i18n import _

if TYPE_CHECKING:
    from resolution_cli.domain.plan import Addition, Edit, EditRequest, NewEntry
    from resolution_cli.reports.problems import Problems


def add(path: Path, new: "NewEntry", *, is_rehearsal: bool = False) -> "Addition":
    """Add an entry to the plan in the file at `path`; return it. Nothing is written in a rehearsal.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ItemNotFound, WrongInput, ChangeRefused: as `domain.plan.addition`; nothing was changed.
        FileNotWritten: as `storage.editing`; nothing was changed.

    """
    from resolution_cli.domain.plan import addition  # noqa: PLC0415  # see __init__

    if is_rehearsal:
        return addition(storage.loaded(path), new)
    with storage.editing(path) as book:
        made = addition(book.resolution, new)
        book.add([made])
    keep_former(path, book.content_before, book.content)
    return made


def edit(
    path: Path, entry_id: str, request: "EditRequest", *, is_rehearsal: bool = False
) -> "Edit":
    """Edit an entry of the plan in the file at `path`; return what changed.

    Nothing is written if it is a rehearsal.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ItemNotFound, WrongInput, ChangeRefused: as `domain.plan.edit`; nothing was changed.
        FileNotWritten: as `storage.editing`; nothing was changed.

    """
    from resolution_cli.domain.plan import edit as edited  # noqa: PLC0415  # see __init__

    if is_rehearsal:
        return edited(storage.loaded(path), entry_id, request)
    with storage.editing(path) as book:
        made = edited(book.resolution, entry_id, request)
        book.edit(made)
    keep_former(path, book.content_before, book.content)
    return made


def keep_former(path: Path, before: bytes, after: bytes) -> None:
    """Keep what the file at `path` was before a command that records no entry, for `undo`."""
    from resolution_cli.storage import former  # noqa: PLC0415  # see __init__

    former.keep(path, before, after)


class Draft(Struct, frozen=True):
    """A copy of a data file that a person edits.

    Attributes:
        path: the data file.
        content: its content when the copy was made.
        copy: the path of the copy.

    """

    path: Path
    content: bytes
    copy: Path


def draft(path: Path) -> Draft:
    """Return a copy of the file at `path`, to be edited.

    Raises:
        DataFileMissing, DataFileBroken, FileNotWritten: as `storage.copy_to_edit`.

    """
    return Draft(path, *storage.copy_to_edit(path))


def dropped(edited: Draft) -> bool:
    """Remove the copy of a draft that is as the file was; return whether it is."""
    try:
        is_same = edited.copy.read_bytes() == edited.content
    except OSError:  # that it cannot be read is said where it is needed
        return False
    if is_same:
        storage.remove_copy(edited.copy)
    return is_same


def replace_by(edited: Draft, today: date) -> "Problems":
    """Give a data file the content of a draft, and remove the copy; return what `check` finds then.

    A data file that cannot be read can be replaced as well.

    Raises:
        DataFileMissing, DataFileBroken: the copy cannot be read, or is no resolution.
        FileNotWritten: someone else changed the file meanwhile, or the system does not let it.
            Whatever is raised, the file is as it was, and the copy is kept.

    """
    new = storage.content(edited.copy)
    storage.replace_whole(edited.path, edited.content, new, edited.copy)
    keep_former(edited.path, edited.content, new)
    storage.remove_copy(edited.copy)
    return reading.check(edited.path, today)


class NewResolution(Struct, frozen=True):
    """What a new file begins with: the resolution's title, and the first and last day of its term.

    Raises:
        WrongInput: the term ends before it starts.

    """

    title: str
    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a term that ends before it starts."""
        if self.end < self.start:
            raise WrongInput(_("the term cannot end before it starts."), "--end")


def create(folder: Path, new: NewResolution | None = None) -> Path:
    """Make a data file in `folder`, and its JSON Schema beside it; return its path.

    Args:
        folder: where the file goes, in a folder `data` that is made if need be.
        new: what the file begins with; if None, it is a copy of the shipped resolution.

    Raises:
        FileExists: there is a data file already, or one that would be read in its place.
        FileNotWritten: the system does not let it.

    """
    from resolution_cli.formats.schema import data_file  # noqa: PLC0415  # only `init` needs it

    path = folder / "data" / "tasks.toml"
    _check_is_read(path)
    if new:
        header = {"title": new.title, "term": {"start": new.start, "end": new.end}}
        storage.create_blank(path, header, data_file())
    else:
        storage.create_copy(path, storage.shipped_path(), data_file())
    return path


def _check_is_read(path: Path) -> None:
    """Raise `FileExists` if another file would be read in the place of the one at `path`."""
    beside = path.parent.parent / path.name
    with suppress(OSError):  # what the system does not let us see is not read either
        if beside.is_file():
            hint = _(
                "It is read before {path}, which no command would see. "
                "Move it away, or name another folder."
            )
            raise FileExists(beside, hint.format(path=path))
