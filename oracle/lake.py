"""The product's Delta tables, opened by other hands: the active files from `deltalake`, their rows by DuckDB."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable

import values
from duck import Duck
from library import Cell, Dataset, Library

_DUCK_TYPES = {
    pa.date32(): "date",
    pa.timestamp("us"): "timestamp",
    pa.int32(): "integer",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.list_(pa.string()): "varchar[]",
}


def open_lake(duck: Duck, library: Library, data: Path) -> set[str]:
    """Makes one DuckDB table per dataset, empty where there is no data, and returns the keys of those with rows."""
    for key, dataset in library.datasets.items():
        columns = _columns(library, key)
        duck.connection.execute(f"create table {key} ({', '.join(columns)})")
        _insert_delivered(duck, library, key, data / "lake" / key)
        for names, rows in [(names, rows) for name, names, rows in library.lists if name == key]:
            _insert_list(duck, library, dataset, names, rows)
    return {key for key in library.datasets if duck.rows(f"select 1 from {key} limit 1")}


def _columns(library: Library, key: str) -> list[str]:
    return [f'"{column.name}" {_DUCK_TYPES.get(column.type, "varchar")}' for column in library.schema(key)]


def _insert_delivered(duck: Duck, library: Library, key: str, folder: Path) -> None:
    """Rows that a later delivery corrected are superseded: their `_row` stands in another row's `_replaces`."""
    if not (folder / "_delta_log").is_dir():
        return
    files = DeltaTable(str(folder)).file_uris()
    if not files:
        return
    names = ", ".join(f'"{name}"' for name in library.schema(key).names)
    duck.connection.execute(
        f"""
        insert into {key} ({names})
        with delivered as (select * from read_parquet($files, union_by_name = true))
        select {names} from delivered
        where _row not in (select _replaces from delivered where _replaces is not null)
        """,
        {"files": files},
    )


def _insert_list(duck: Duck, library: Library, dataset: Dataset, names: list[str], rows: list[list[Cell]]) -> None:
    schema = pa.schema([field for field in library.schema(dataset.key) if field.name != "_row"])
    read = [[_list_cell(dataset.columns[name], cell) for name, cell in zip(names, row, strict=True)] for row in rows]
    table = values.table(names, read, schema)
    quoted = ", ".join(f'"{name}"' for name in schema.names)
    duck.connection.register("list_rows", table)
    duck.connection.execute(f"insert into {dataset.key} ({quoted}) select {quoted} from list_rows")
    duck.connection.unregister("list_rows")


def _list_cell(type_word: str, cell: Cell) -> Cell:
    """List files are written as departments write: money in yuan, division codes of any length."""
    if cell is None:
        return None
    if type_word == "money":
        return str(int(Decimal(cell.replace(",", "")) * 100))
    return cell.ljust(12, "0") if type_word == "region" else cell
