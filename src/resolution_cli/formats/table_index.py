"""The columns of an index of files, behind those of a table for other programs."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

from resolution_cli.formats.table_rows import column
from resolution_cli.views.texts import clean

_TAKEN = "index_"
"""What stands before the name of a column that the table has itself."""

_MEANING = column("What the index says of the file.", null="it says nothing")


def row_with_index(row: type[Struct], names: Iterable[str]) -> type[Struct]:
    """Return the struct `row` with a column more for each of the `names` of those of an index."""
    more: list[str] = []
    # Case makes no difference to DuckDB and others that read the table.
    taken = {name.lower() for name in row.__struct_encode_fields__}
    for given in map(clean, names):
        name = given
        while name.lower() in taken:
            name = f"{_TAKEN}{name}"
        taken.add(name.lower())
        more.append(name)
    return msgspec.defstruct(
        row.__name__,
        [
            (f"{_TAKEN}{number}", Annotated[str | None, _MEANING], msgspec.field(name=name))
            for number, name in enumerate(more)
        ],
        bases=(row,),
        namespace={"__doc__": row.__doc__},
        frozen=True,
    )


def with_index(
    row: type[Struct], records: Iterable[Struct], values: Sequence[str]
) -> Iterator[Struct]:
    """Yield the `records` of a file as those of `row`, with the `values` that the index has."""
    said = [value or None for value in values]
    for record in records:
        yield row(*astuple(record), *said)
