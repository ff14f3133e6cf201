"""DuckDB as the second engine. What its dialect lacks is added here, never in a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa

import functions

_MACROS = """
set integer_division = true;
set timezone = 'Asia/Shanghai';
create macro date_diff_days(a, b) as cast(b as date) - cast(a as date);
create macro age_years(birth, day) as
    date_part('year', day) - date_part('year', birth)
    - case when date_part('month', day) * 100 + date_part('day', day)
              < date_part('month', birth) * 100 + date_part('day', birth) then 1 else 0 end;
create macro regexp_like(text, pattern) as regexp_matches(text, pattern);
create macro to_char(day, format) as strftime(day, format);
"""


class Duck:
    """One in-memory database."""

    name = "duckdb"

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(_MACROS)
        self._function("kw", functions.kw_arrays, ["VARCHAR", "VARCHAR[]", "VARCHAR[]"], "BOOLEAN")
        self._function("norm_text", functions.norm_text_array, ["VARCHAR"], "VARCHAR")
        self._function("norm_name", functions.norm_name_array, ["VARCHAR"], "VARCHAR")

    def _function(self, name: str, body: Any, takes: list[str], gives: str) -> None:
        self.connection.create_function(name, body, takes, gives, type="arrow", null_handling="special")

    def run(self, sql: str, tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
        """Runs one query over the tables given, and over those already in the database."""
        for name, table in tables.items():
            self.connection.register(name, table)
        try:
            return self.rows(sql)
        finally:
            for name in tables:
                self.connection.unregister(name)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """The rows of one query, as names and values."""
        cursor = self.connection.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
