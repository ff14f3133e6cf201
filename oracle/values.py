"""Cells to values and back: how a case's text becomes a column, and how two engines' values are told equal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from library import Cell

_BETWEEN = re.compile(r"[|、;；]")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(\.\d+)?$")
_FRACTION = re.compile(r"-?\d+\.\d+(?:[eE][+-]?\d+)?$")


def read_cell(cell: Cell, kind: pa.DataType) -> Any:
    """A cell of a case or list as a value of the column's storage."""
    if cell is None:
        return None
    if pa.types.is_list(kind):
        items = [item.strip() for item in _BETWEEN.split(cell)]
        return [int(item) for item in items] if pa.types.is_integer(kind.value_type) else items
    if pa.types.is_boolean(kind):
        return {"true": True, "false": False}[cell]
    if pa.types.is_integer(kind):
        return int(cell)
    if pa.types.is_floating(kind):
        return float(cell)
    if pa.types.is_date(kind):
        return date.fromisoformat(cell)
    if pa.types.is_timestamp(kind):
        return datetime.fromisoformat(cell)
    return cell


def table(names: Sequence[str], rows: Sequence[Sequence[Cell]], schema: pa.Schema) -> pa.Table:
    """Cells under names as a typed table. Missing columns are null; a dataset's `_row` counts from 1 unless given."""
    unknown = [name for name in names if name not in schema.names]
    if unknown:
        raise ValueError(f"no such column: {', '.join(unknown)}")
    columns = []
    for column in schema:
        if column.name in names:
            at = list(names).index(column.name)
            values = [read_cell(row[at], column.type) for row in rows]
        elif column.name == "_row":
            values = list(range(1, len(rows) + 1))
        else:
            values = [None] * len(rows)
        columns.append(pa.array(values, column.type))
    return pa.Table.from_arrays(columns, schema=schema)


def plain(value: Any) -> str | None:
    """One spelling per value, whatever engine or format it came from; floats to nine digits."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case float() | Decimal():
            return str(int(value)) if value == int(value) else f"{float(value):.9g}"
        case datetime():
            return plain(value.isoformat(" "))
        case list() | tuple():
            return "|".join(plain(item) or "" for item in value)
        case str() if _FRACTION.match(value):
            return plain(float(value))
        case str() if moment := _MOMENT.match(value):
            day, minute, second, fraction = moment.groups()
            return f"{day} {minute}{second or ':00'}{(fraction or '').rstrip('0').rstrip('.')}"
    return str(value)
