"""The last command taken back, and brought back."""

from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from resolution_cli import storage
from resolution_cli.domain.model import Item, Target, Update
from resolution_cli.errors import ChangeRefused, DataFileBroken
from resolution_cli.i18n import _

if TYPE_CHECKING:
    from resolution_cli.domain.plan import Edit
    from resolution_cli.domain.undo import Undo


class LastUpdate(Struct, frozen=True):
    """What an undo would take back.

    Attributes:
        undos: the entries, or their amendments.
        file: the data file in which they were found.

    """

    undos: "tuple[Undo, ...]"
    file: storage.Opened


def last_update(path: Path, item_id: str | None, today: date) -> LastUpdate:
    """Return what `undo` would take back: the last command, or the last entry of the item.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.
        ItemNotFound, ChangeRefused: as `domain.undo.undo`.

    """
    from resolution_cli.domain.undo import undo as undone  # noqa: PLC0415  # see __init__

    file = storage.opened(path)
    return LastUpdate(undone(file.resolution, item_id, today), file)


def undo(path: Path, item_id: str | None, expected: LastUpdate, today: date) -> str:
    """Take back the last command, or the last entry of the item, if that is what is `expected`.

    Returns:
        Why `redo` will not be able to bring it back; empty if it will.

    Raises:
        DataFileMissing, DataFileBroken, ItemNotFound, FileNotWritten: as `update`.
        ChangeRefused: there is a newer entry by now, or a rule forbids it; nothing was changed.

    """
    from resolution_cli.domain.undo import undo as undone  # noqa: PLC0415  # see __init__
    from resolution_cli.storage import redo as kept  # noqa: PLC0415  # see __init__

    with storage.editing(path, expected.file) as book:
        is_same = book.resolution is expected.file.resolution
        found = expected.undos if is_same else undone(book.resolution, item_id, today)
        if found != expected.undos:
            raise ChangeRefused(
                _("Nothing was changed: there is a newer update."), _("Run the command again.")
            )
        book.take_back(found)
    return kept.keep(path, book.content_before, book.content)


class PlanChange(Struct, frozen=True):
    """What the last command changed, if that was `add` or `edit`.

    Attributes:
        content: the content of the file now.
        former: its content before that command.
        added: the entries of the plan that the command added.
        edits: its edits of the others.

    """

    content: bytes
    former: bytes
    added: "tuple[Item | Target, ...]"
    edits: "tuple[Edit, ...]"


def last_plan_change(path: Path) -> PlanChange | None:
    """Return what the last command changed, if that was `add` or `edit` and it can be undone.

    Raises:
        DataFileMissing, DataFileBroken: the file cannot be read.

    """
    from resolution_cli.domain.plan import difference  # noqa: PLC0415  # see __init__
    from resolution_cli.storage import former as kept  # noqa: PLC0415  # see __init__

    if not kept.has_some(path):  # then a large file need not be read for it
        return None
    content = storage.content(path)
    former = kept.found(path, content)
    if former is None:
        return None
    now = storage.resolution_of(path, content)
    try:
        before = storage.resolution_of(path, former)
    except DataFileBroken:  # it was mended in an editor
        return None
    return PlanChange(content, former, *difference(before, now))


def undo_plan_change(path: Path, expected: PlanChange) -> str:
    """Give the file at `path` the content of before `add` or `edit`, if that is still the last one.

    Returns:
        As `undo`.

    Raises:
        DataFileBroken: it was no resolution then.
        FileNotWritten: it was changed meanwhile, or the system does not let it.

    """
    from resolution_cli.storage import redo as kept  # noqa: PLC0415  # see __init__

    storage.replace_whole(path, expected.content, expected.former, path)
    return kept.keep(path, expected.content, expected.former)


def redo(path: Path) -> tuple["Update", ...]:
    """Bring back what the last undo took from the file at `path`; return those entries.

    Raises:
        DataFileMissing, DataFileBroken, FileNotWritten: as `update`.
        ChangeRefused: there was no undo, or the file was changed since; nothing was changed.

    """
    from resolution_cli.storage import redo as kept  # noqa: PLC0415  # see __init__

    with storage.editing(path) as book:
        content = kept.kept(path, book.content_before)
        if content is None:
            raise ChangeRefused(
                _("There is no undo to take back: none was made, or the file was changed since."),
                _("`tracker log` shows the updates."),
            )
        book.restore(content)
    kept.forget(path)
    return _new_entries(book.resolution.updates, storage.loaded(path).updates)


def _new_entries(before: Sequence["Update"], after: Sequence["Update"]) -> "tuple[Update, ...]":
    """Return the entries of `after` that came, or else those that changed."""
    same = sum(
        1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    )
    old = {(each.item, each.on, each.at, each.command) for each in before[same:]}
    changed = [each for each in after[same:] if each not in before[same:]]
    new = [each for each in changed if (each.item, each.on, each.at, each.command) not in old]
    return tuple(new or changed)
