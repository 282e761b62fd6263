"""Updates recorded in the history, and amended."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from resolution_cli import storage

if TYPE_CHECKING:
    from resolution_cli.domain.amend import Amended, Correction
    from resolution_cli.domain.change import Change, Request


def update(
    path: Path, item_ids: Sequence[str], request: "Request", *, is_rehearsal: bool = False
) -> tuple["Change", ...]:
    """Record `request` of each of the items in the file at `path`, all in one write; return it.

    Nothing is written if it is a rehearsal.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ItemNotFound, ChangeRefused: as `domain.change.changes`; nothing was changed.
        FileNotWritten: as `storage.editing`; nothing was changed.

    """
    from resolution_cli.domain.change import changes  # noqa: PLC0415  # only a change needs it

    if is_rehearsal:
        return changes(storage.loaded(path), item_ids, request)
    with storage.editing(path) as book:
        made = changes(book.resolution, item_ids, request)
        book.apply(made)
    return made


def amend(path: Path, correction: "Correction", *, is_rehearsal: bool = False) -> "Amended":
    """Amend an entry of an item in the file at `path`; return what that changed.

    Nothing is written if it is a rehearsal.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ItemNotFound, ChangeRefused: as `domain.amend.amended`; nothing was changed.
        FileNotWritten: as `storage.editing`; nothing was changed.

    """
    from resolution_cli.domain.amend import amended  # noqa: PLC0415  # only a change needs it

    if is_rehearsal:
        return amended(storage.loaded(path), correction)
    with storage.editing(path) as book:
        made = amended(book.resolution, correction)
        book.amend(made)
    return made
