"""The parts of a zipped workbook, read one by one as XML, within limits.

Nothing else of the file is unpacked: neither pictures nor macros.
"""

import io
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from xml.parsers import expat

from resolution_cli import i18n
from resolution_cli.errors import ChangeRefused
from resolution_cli.i18n import _

MOST_UNPACKED = 64 * 1024**2
"""Bytes at most of all parts that are read: twenty times those of 10,000 rows of a form."""

MOST_ELEMENTS = 1_500_000
"""Elements at most of all parts that are read: 20,000 rows of 15 cells have 640,000."""

_SEPARATOR = " "
"""What stands between the namespace of a name and the name itself."""


class PartBroken(ChangeRefused):
    """What is in a workbook cannot be read: it is damaged, or made to exhaust the machine."""


class Handler:
    """What is done with the elements of one part; a subclass says it.

    Attributes:
        texts: the pieces of text since `is_text` was set.
        is_text: text is kept now.

    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.is_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element: its local name, and its attributes."""

    def end(self, name: str) -> None:
        """Take the end of an element: its local name."""

    def text(self, piece: str) -> None:
        """Take a piece of text: keep it if `is_text`."""
        if self.is_text:
            self.texts.append(piece)

    def taken_text(self) -> str:
        """Return the text that was kept, and keep no more."""
        found = "".join(self.texts)
        self.texts.clear()
        self.is_text = False
        return found


class Parts:
    """The parts of a zipped workbook.

    Raises:
        PartBroken: it is no zip file.

    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        # The last one is that of a version of the zip format that Python does not know.
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise damaged() from None
        self._names = {name.lower(): name for name in self._zip.namelist()}
        self._unpacked = self._elements = 0

    def __contains__(self, name: str) -> bool:
        """Say whether there is a part with this name, in any case."""
        return name.lower() in self._names

    def content(self, name: str) -> bytes:
        """Return the bytes of a part; none where there is no such part.

        Raises:
            PartBroken: it is damaged, or the parts read so far are too large with it.

        """
        if name not in self:
            return b""
        info = self._zip.getinfo(self._names[name.lower()])
        self._unpacked += info.file_size
        if self._unpacked > MOST_UNPACKED:
            message = _("unpacked, it has more than {most} bytes").format(
                most=i18n.number(MOST_UNPACKED)
            )
            raise PartBroken(message, _("Is this the right file? A form has a few pages."))
        try:
            # No more than the size that is declared is ever unpacked.
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError):
            raise damaged() from None
        except (RuntimeError, NotImplementedError):  # a password, or a method that nobody has
            raise damaged() from None

    def read(self, name: str, handler: Handler) -> None:
        """Hand the elements of a part to `handler`; none where there is no such part.

        Raises:
            PartBroken: it is damaged or too large, or whatever the handler raises.

        """
        if name not in self:
            return
        parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.buffer_text = True
        local: dict[str, str] = {}

        def start(name: str, attributes: dict[str, str]) -> None:
            self._elements += 1
            if self._elements > MOST_ELEMENTS:
                raise too_many_cells()
            known = local.get(name)
            if known is None:
                known = local[name] = name.rpartition(_SEPARATOR)[2]
            handler.start(known, attributes)

        def doctype(*_declared: object) -> None:  # no office program writes one
            raise damaged()

        parser.StartElementHandler = start
        parser.EndElementHandler = lambda name: handler.end(local[name])
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = doctype
        try:
            parser.Parse(self.content(name), True)  # noqa: FBT003  # expat takes it by position
        except (expat.ExpatError, ValueError):  # text that is no XML, or of no encoding
            raise damaged() from None

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Return the parts that a part names, each by its id: its type and its own name."""
        folder, file = posixpath.split(name)
        found = _Relations(folder)
        self.read(posixpath.join(folder, "_rels", f"{file}.rels"), found)
        return found.by_id


class _Relations(Handler):
    """The relations of a part in `folder` to others: type and name by id."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder
        self.by_id: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take a relation, unless it leads out of the file."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.by_id[attributes.get("Id", "")] = kind, path


def too_many_cells() -> PartBroken:
    """Return the error of a workbook with more cells than an office fills."""
    return PartBroken(
        _("it has too many cells"), _("Is this the right file? A form has a few pages.")
    )


def damaged() -> PartBroken:
    """Return the error of a workbook that is not whole."""
    return PartBroken(
        _("it is damaged"),
        _("Open it in Excel or LibreOffice and save it again, or ask for it once more."),
    )
