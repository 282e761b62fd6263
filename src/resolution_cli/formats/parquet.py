"""Parquet: a table with types, by columns, for DuckDB, Polars, Spark and others.

The only module that knows pyarrow.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct
from msgspec.structs import astuple

from resolution_cli.formats.table_columns import Column, ColumnType, columns

ROWS_OF_A_GROUP = 10_000
"""How many rows are held in memory, and then written as a group."""

_TYPES = {
    ColumnType.TEXT: pa.string(),
    ColumnType.TEXTS: pa.list_(pa.field("element", pa.string(), nullable=False)),
    ColumnType.FLAG: pa.bool_(),
    ColumnType.INTEGER: pa.int32(),
    ColumnType.NUMBER: pa.float64(),
    ColumnType.DAY: pa.date32(),
    ColumnType.INSTANT: pa.timestamp("us", tz="UTC"),
}


def schema(row: type[Struct]) -> pa.Schema:
    """Return the schema of the table of which `row` is a row."""
    return pa.schema([_field(column) for column in columns(row)])


def write_table(file: IO[bytes], row: type[Struct], batches: Iterable[Iterable[Struct]]) -> None:
    """Write the rows of the `batches` in groups, as they come."""
    known, its_schema = [*columns(row)], schema(row)
    with pq.ParquetWriter(pa.PythonFile(file, mode="w"), its_schema, compression="zstd") as writer:
        for rows in _groups(chain.from_iterable(batches)):
            values = zip(*map(astuple, rows), strict=True)
            arrays = [_array(*pair) for pair in zip(known, values, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=its_schema))


def _groups(rows: Iterable[Struct]) -> Iterator[list[Struct]]:
    group: list[Struct] = []
    for row in rows:
        group.append(row)
        if len(group) == ROWS_OF_A_GROUP:
            yield group
            group = []
    if group:
        yield group


def _array(column: Column, values: Iterable[Any]) -> pa.Array:
    if column.type is ColumnType.NUMBER:  # a decimal, of which a float keeps all digits
        values = (None if value is None else float(value) for value in values)
    return pa.array(values, type=_TYPES[column.type])


def _field(column: Column) -> pa.Field:
    said = {"description": column.description, "unit": column.unit, "null": column.null}
    metadata = {name: text for name, text in said.items() if text}
    return pa.field(column.name, _TYPES[column.type], bool(column.null), metadata)
