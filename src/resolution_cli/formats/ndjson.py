"""Lines of JSON for programs that read a table row by row (NDJSON, JSON Lines).

Keys and words are the same in every language; the texts of the files are in the language that was
asked for.
"""

from collections.abc import Iterable
from typing import IO

from msgspec import Struct

from resolution_cli.formats.json import lines


def write_table(
    file: IO[bytes],
    row: type[Struct],  # noqa: ARG001  # as the other formats have it
    batches: Iterable[Iterable[Struct]],
) -> None:
    """Write a line for each row of the `batches`, as they come."""
    for rows in batches:
        file.write(lines(rows).encode())
