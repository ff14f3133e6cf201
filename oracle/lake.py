"""The product's Delta tables, opened by other hands: the active files from `deltalake`, their rows by DuckDB."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable

import values
from duck import Duck
from library import Cell, Library

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
    for key in library.datasets:
        columns = _columns(library, key)
        duck.connection.execute(f"create table {key} ({', '.join(columns)})")
        _insert_delivered(duck, library, key, data / "lake" / key)
        _see_through_keys(duck, key, data / "lake" / "_identities")
        for names, rows in [(names, rows) for name, names, rows in library.lists if name == key]:
            _insert_list(duck, library, key, names, rows)
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


def _see_through_keys(duck: Duck, key: str, folder: Path) -> None:
    """Rows that speak of somebody under another number go by the one that is written down for certain."""
    current = folder / "current"
    keys = folder / current.read_text() / f"keys-{key}.parquet" if current.is_file() else None
    if keys is None or not keys.is_file():
        return
    for column in [row["name"] for row in duck.rows(f"select distinct \"column\" as name from '{keys}'")]:
        duck.connection.execute(
            f"""
            update {key} set "{column}" = keys.certain from '{keys}' keys
            where keys.row = {key}._row and keys."column" = '{column}' and keys.certain is not null
            """
        )


def _insert_list(duck: Duck, library: Library, key: str, names: list[str], rows: list[list[Cell]]) -> None:
    schema = pa.schema([column for column in library.schema(key) if column.name != "_row"])
    quoted = ", ".join(f'"{name}"' for name in schema.names)
    duck.connection.register("list_rows", values.table(names, rows, schema))
    duck.connection.execute(f"insert into {key} ({quoted}) select {quoted} from list_rows")
    duck.connection.unregister("list_rows")
