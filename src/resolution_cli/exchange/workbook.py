"""Somebody else's workbook: its sheets as typed values, or why it cannot be read.

Formulas count as their last results, macros are never run, and nothing is written. What the file is
follows from its content, not from its name.
"""

import stat
from pathlib import Path

from resolution_cli import i18n
from resolution_cli.errors import Fault, WorkbooksRefused
from resolution_cli.exchange import excel, opendocument
from resolution_cli.exchange.cells import Sheet
from resolution_cli.exchange.parts import PartBroken, Parts
from resolution_cli.i18n import _

LARGEST = 20 * 1024**2
"""Bytes of a file at most; it is packed, and a form has a hundred thousand."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a file of old Office programs begins, and one that a password protects."""

_LOCK_PREFIXES = ("~$", ".~lock.")
"""How the name of a file begins by which an office program says that it has another one open."""

_MANIFEST = "META-INF/manifest.xml"


def read(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of the workbook at `path`, in its order.

    Raises:
        WorkbooksRefused: it cannot be read, a password protects it, it is damaged, or it is larger
            than anything that an office hands in.

    """
    content = _content(path)
    try:
        return tuple(_sheets(content))
    except PartBroken as error:
        raise WorkbooksRefused([Fault(path, error.message, hint=error.hint)]) from None


def _sheets(content: bytes) -> list[Sheet]:
    if content.startswith(_OLE):
        raise _of_old_kind(content)
    if not content.startswith(b"PK"):
        raise _no_workbook()
    parts = Parts(content)
    if b"encryption-data" in parts.content(_MANIFEST) or "encrypted-package" in parts:
        raise _protected()
    if "content.xml" in parts:
        if not parts.content("mimetype").startswith(_SPREADSHEET):
            raise _no_workbook()
        return opendocument.read(parts)
    if "xl/workbook.bin" in parts:
        raise PartBroken(_("it is an Excel binary workbook (.xlsb)"), _save_as())
    if "xl/workbook.xml" not in parts and "_rels/.rels" not in parts:
        raise _no_workbook()
    return excel.read(parts)


_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def _content(path: Path) -> bytes:
    """Return the bytes of the file at `path`."""
    if path.name.startswith(_LOCK_PREFIXES):
        message = _("this only marks that another program has the workbook open")
        raise _refused(path, message, _("Close the workbook there, or leave this name out."))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe could block forever
            hint = _("Name the workbooks in it: {names}").format(names=path / "*.xlsx")
            is_folder = stat.S_ISDIR(status.st_mode)
            raise _refused(path, _("this is not a file"), hint if is_folder else "")
        if status.st_size > LARGEST:
            message = _("the file is too large: {size} bytes; the limit is {most}").format(
                size=i18n.number(status.st_size), most=i18n.number(LARGEST)
            )
            raise _refused(path, message, _("Is this the right file? A form has a few pages."))
        return path.read_bytes()
    except FileNotFoundError:
        raise _refused(path, _("there is no such file"), _("Check the name.")) from None
    except OSError as error:
        reason = error.strerror or str(error)
        message = _("the file cannot be read: {reason}").format(reason=reason)
        hint = _("Close it in other programs, and check that you may read it.")
        raise _refused(path, message, hint) from None


def _of_old_kind(content: bytes) -> PartBroken:
    """Return why a file that begins like those of old Office programs is not read."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _protected()
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return PartBroken(_("it is an Excel 97-2003 workbook (.xls)"), _save_as())
    return _no_workbook()


def _save_as() -> str:
    return _("Open it in Excel or LibreOffice, save it as .xlsx, and give that file.")


def _protected() -> PartBroken:
    return PartBroken(
        _("a password protects it"),
        _("Open it, save it without the password, and run the command again."),
    )


def _no_workbook() -> PartBroken:
    return PartBroken(_("it is not a workbook"), _("Give .xlsx or .ods files."))


def _refused(path: Path, message: str, hint: str) -> WorkbooksRefused:
    return WorkbooksRefused([Fault(path, message, hint=hint)])
