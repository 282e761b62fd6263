"""The template of a Word file that an office may have of its own."""

from msgspec import Struct


class WordTemplate(Struct, frozen=True):
    """An office's own template of a Word file.

    Attributes:
        name: the name of its file.
        content: its bytes.

    """

    name: str
    content: bytes
