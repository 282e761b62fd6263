"""A person edits the whole data file: a copy of it, in an editor of their choice."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from msgspec.structs import replace

from resolution_cli import storage
from resolution_cli.actions import planning
from resolution_cli.cli import clock
from resolution_cli.cli.output import ignore_interrupts, print_document, print_text
from resolution_cli.errors import ChangeRefused, TrackerError
from resolution_cli.i18n import _
from resolution_cli.views.texts import clean

_EDITORS = ("notepad",) if os.name == "nt" else ("vi",)
"""What is used where no editor is set, if it is there."""


def edit_file(path: Path) -> None:
    """Let a person edit a copy of the file at `path`, and replace the file by it if it is sound.

    Raises:
        ChangeRefused: there is no editor, or it does not end well.
        DataFileMissing, DataFileBroken, FileNotWritten: as `planning.replace_by`. The file is as it
            was then; the hint says where the copy is kept, if something was edited.

    """
    command = _editor()
    draft = planning.draft(path)
    try:
        _run(command, draft.copy)
        _check_copy(draft.copy)
        if planning.dropped(draft):
            print_text(_("Nothing was edited in {path}.").format(path=clean(str(path))) + "\n")
            return
        found = planning.replace_by(draft, clock.now().date())
    except TrackerError as error:
        if not planning.dropped(draft) and draft.copy.exists():
            kept = _("Nothing was changed. What you wrote is kept in {copy}.")
            error.hint = "\n".join(filter(None, (error.hint, kept.format(copy=draft.copy))))
        raise
    ignore_interrupts()
    print_text(_("Written to {path}.").format(path=clean(str(path))) + "\n")
    if found.errors:
        from resolution_cli.views import problems  # noqa: PLC0415  # nobody waits for it

        print_document(problems.document(replace(found, advice=())))


def _editor() -> list[str]:
    """Return the command of the person's editor, as words. Raise ChangeRefused if there is none."""
    for name in ("VISUAL", "EDITOR"):
        if value := os.environ.get(name, "").strip():
            try:
                if os.name == "nt":  # a backslash is part of a path there
                    return [word.strip('"') for word in shlex.split(value, posix=False)]
                return shlex.split(value)
            except ValueError:  # a quote that is not closed
                message = _("${variable} is no command: {value}")
                raise ChangeRefused(
                    message.format(variable=name, value=value), _("Correct the variable.")
                ) from None
    if found := next(filter(None, map(shutil.which, _EDITORS)), None):
        return [found]
    raise ChangeRefused(
        _("There is no editor: neither $VISUAL nor $EDITOR is set."),
        _("Set one of them to the command of your editor, such as `nano`."),
    )


def _run(command: list[str], copy: Path) -> None:
    """Let the editor edit the file `copy`. Raise ChangeRefused if it does not end well."""
    try:
        process = subprocess.Popen([*command, str(copy)])  # noqa: S603  # the person's own choice
    except OSError as error:
        message = _("The editor {editor} cannot be started: {reason}.")
        raise ChangeRefused(
            message.format(editor=command[0], reason=error.strerror),
            _("Set $VISUAL or $EDITOR to the command of your editor."),
        ) from None
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:  # it is the editor's, which has the terminal
            continue
        break
    if code:
        message = _("The editor {editor} ended with code {code}.")
        raise ChangeRefused(message.format(editor=command[0], code=code))


def _check_copy(copy: Path) -> None:
    """Raise ChangeRefused if the editor left nothing where the copy was."""
    if not copy.exists():
        storage.remove_copy(copy)
        raise ChangeRefused(
            _("The editor left no file {copy}. Nothing was changed.").format(copy=copy),
            _("Run the command again, and save the file under the name that it has."),
        )
