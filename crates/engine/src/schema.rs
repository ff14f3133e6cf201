//! Library columns as Arrow fields.

use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use gnomon_library::column::{Column, Storage};

/// Name of the column that every table has: where the row came from, packed as `kernel::RowRef`.
pub const ROW: &str = "_row";

/// How a column is stored.
pub fn arrow_type(storage: Storage) -> DataType {
    match storage {
        Storage::Text => DataType::Utf8,
        Storage::Int64 => DataType::Int64,
        Storage::Int32 => DataType::Int32,
        Storage::Float64 => DataType::Float64,
        Storage::Day => DataType::Date32,
        Storage::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, None),
        Storage::Bool => DataType::Boolean,
        Storage::TextList => DataType::List(Arc::new(Field::new("element", DataType::Utf8, true))),
    }
}

/// The schema of a dataset as models see it: its columns and `_row`.
pub fn table_schema(columns: &[Column]) -> SchemaRef {
    let fields = columns.iter().map(field).chain([Field::new(ROW, DataType::Int64, true)]);
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// The schema of what a view returns; its row references are declared like its other columns.
pub fn view_schema(columns: &[Column]) -> SchemaRef {
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

fn field(column: &Column) -> Field {
    let data_type = if column.name.ends_with("_rows") {
        DataType::List(Arc::new(Field::new("element", DataType::Int64, true)))
    } else {
        arrow_type(column.ty.storage())
    };
    Field::new(&column.name, data_type, true)
}
