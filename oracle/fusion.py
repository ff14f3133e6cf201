"""DataFusion from its Python wheel: lets an author run the cases on the product's engine without building it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import datafusion
import pyarrow as pa

import functions


# Up to 55.2 a filter learnt while running is moved to a column by name, to the wrong one where two share it, and rows
# are lost (apache/datafusion#25244).
_NO_DYNAMIC_FILTERS = ("datafusion.optimizer.enable_dynamic_filter_pushdown", "false")


class Fusion:
    """A fresh session per query; the functions are registered on each."""

    name = "datafusion"

    def run(self, sql: str, tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
        """Runs one query over the tables given."""
        context = datafusion.SessionContext(datafusion.SessionConfig().set(*_NO_DYNAMIC_FILTERS))
        text, texts, day = pa.string(), pa.list_(pa.string()), pa.date32()
        _register(context, "kw", functions.kw_arrays, [text, texts, texts], pa.bool_())
        _register(context, "norm_text", functions.norm_text_array, [text], text)
        _register(context, "norm_name", functions.norm_name_array, [text], text)
        _register(context, "age_years", functions.age_years_arrays, [day, day], pa.int64())
        _register(context, "date_diff_days", functions.date_diff_days_arrays, [day, day], pa.int64())
        for name, table in tables.items():
            batches = table.to_batches() or [pa.RecordBatch.from_pylist([], schema=table.schema)]
            context.register_record_batches(name, [batches])
        return context.sql(sql).to_arrow_table().to_pylist()


def _register(
    context: datafusion.SessionContext,
    name: str,
    body: Callable[..., pa.Array],
    takes: list[pa.DataType],
    gives: pa.DataType,
) -> None:
    context.register_udf(datafusion.udf(body, takes, gives, "immutable", name))
