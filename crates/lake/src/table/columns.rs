//! Checked rows as Arrow columns.

use std::sync::Arc;

use datafusion::arrow::{
    array::{
        ArrayBuilder, ArrayRef, BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, Int64Builder,
        ListBuilder, StringBuilder, TimestampMicrosecondBuilder,
    },
    datatypes::{DataType, Field, Schema, SchemaRef},
    error::ArrowError,
    record_batch::RecordBatch,
};
use gnomon_intake::{Hashes, cell::Value};
use gnomon_kernel::RowRef;
use gnomon_library::{column::Storage, dataset::Dataset};

/// Technical columns: where a row came from, the hash of its natural key, the hash of all of it, the row it corrects, and
/// the part of a snapshot it belongs to.
pub(crate) const ROW: &str = "_row";
pub(crate) const KEY: &str = "_key";
pub(crate) const HASH: &str = "_hash";
pub(crate) const REPLACES: &str = "_replaces";
pub(crate) const PART: &str = "_part";
/// All of them, in the order they are stored.
pub(crate) const TECHNICAL: [&str; 5] = [ROW, KEY, HASH, REPLACES, PART];

/// The schema of a dataset's files: its columns and the technical ones.
pub(crate) fn file_schema(dataset: &Dataset) -> SchemaRef {
    let own = dataset
        .columns
        .iter()
        .map(|column| Field::new(&column.name, gnomon_engine::arrow_type(column.ty.storage()), true));
    let technical = TECHNICAL.map(|name| Field::new(name, DataType::Int64, true));
    Arc::new(Schema::new(own.chain(technical).collect::<Vec<_>>()))
}

/// A row's technical values. A row without a reference is no fact: it only says that another one has ended.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Marks {
    pub row: Option<i64>,
    pub key: Option<i64>,
    pub hash: Option<i64>,
    pub replaces: Option<i64>,
    pub part: Option<i64>,
}

impl Marks {
    pub(crate) fn new(row: RowRef, hashes: Hashes, replaces: Option<i64>) -> Self {
        let (key, hash) = (Some(hashes.key), Some(hashes.row));
        Self { row: Some(row.pack()), key, hash, replaces, part: hashes.part }
    }
}

/// Collects rows until they are taken as one batch.
pub(crate) struct Columns {
    schema: SchemaRef,
    own: Vec<Builder>,
    marks: [Int64Builder; 5],
    rows: usize,
}

impl Columns {
    pub(crate) fn new(dataset: &Dataset) -> Self {
        let own = dataset.columns.iter().map(|column| Builder::new(column.ty.storage())).collect();
        Self { schema: file_schema(dataset), own, marks: Default::default(), rows: 0 }
    }

    /// Adds one row; `values` are in the order of the dataset's columns.
    pub(crate) fn push(&mut self, values: &[Value], marks: Marks) {
        for (builder, value) in self.own.iter_mut().zip(values) {
            builder.push(value);
        }
        let values = [marks.row, marks.key, marks.hash, marks.replaces, marks.part];
        for (builder, value) in self.marks.iter_mut().zip(values) {
            builder.append_option(value);
        }
        self.rows += 1;
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// The rows so far, leaving none.
    pub(crate) fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        self.rows = 0;
        let own = self.own.iter_mut().map(Builder::finish);
        let marks = self.marks.iter_mut().map(|marks| Arc::new(marks.finish()) as ArrayRef);
        RecordBatch::try_new(self.schema.clone(), own.chain(marks).collect())
    }
}

enum Builder {
    Text(StringBuilder),
    Int64(Int64Builder),
    Int32(Int32Builder),
    Float64(Float64Builder),
    Day(Date32Builder),
    Timestamp(TimestampMicrosecondBuilder),
    Bool(BooleanBuilder),
    List(ListBuilder<StringBuilder>),
}

impl Builder {
    fn new(storage: Storage) -> Self {
        match storage {
            Storage::Text => Self::Text(StringBuilder::new()),
            Storage::Int64 => Self::Int64(Int64Builder::new()),
            Storage::Int32 => Self::Int32(Int32Builder::new()),
            Storage::Float64 => Self::Float64(Float64Builder::new()),
            Storage::Day => Self::Day(Date32Builder::new()),
            Storage::Timestamp => Self::Timestamp(TimestampMicrosecondBuilder::new()),
            Storage::Bool => Self::Bool(BooleanBuilder::new()),
            Storage::TextList => {
                let field = Field::new("element", DataType::Utf8, true);
                Self::List(ListBuilder::new(StringBuilder::new()).with_field(field))
            }
        }
    }

    /// A value of another kind than the column's storage cannot occur: `cell::read` follows the column's type.
    fn push(&mut self, value: &Value) {
        match (self, value) {
            (Self::Text(builder), Value::Text(text)) => builder.append_value(text),
            (Self::Int64(builder), Value::Whole(n)) => builder.append_value(*n),
            (Self::Int32(builder), Value::Whole(n)) => builder.append_option(i32::try_from(*n).ok()),
            (Self::Float64(builder), Value::Number(x)) => builder.append_value(*x),
            (Self::Day(builder), Value::Day(day)) => builder.append_value(*day),
            (Self::Timestamp(builder), Value::Micros(micros)) => builder.append_value(*micros),
            (Self::Bool(builder), Value::Bool(yes)) => builder.append_value(*yes),
            (Self::List(builder), Value::List(items)) => {
                for item in items {
                    builder.values().append_value(item);
                }
                builder.append(true);
            }
            (Self::Text(builder), _) => builder.append_null(),
            (Self::Int64(builder), _) => builder.append_null(),
            (Self::Int32(builder), _) => builder.append_null(),
            (Self::Float64(builder), _) => builder.append_null(),
            (Self::Day(builder), _) => builder.append_null(),
            (Self::Timestamp(builder), _) => builder.append_null(),
            (Self::Bool(builder), _) => builder.append_null(),
            (Self::List(builder), _) => builder.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => {
                // The next rows will need about as much; growing to it would copy them again and again.
                let (rows, bytes) = (builder.len(), builder.values_slice().len());
                let next = StringBuilder::with_capacity(rows, bytes + bytes / 8);
                Arc::new(std::mem::replace(builder, next).finish())
            }
            Self::Int64(builder) => Arc::new(builder.finish()),
            Self::Int32(builder) => Arc::new(builder.finish()),
            Self::Float64(builder) => Arc::new(builder.finish()),
            Self::Day(builder) => Arc::new(builder.finish()),
            Self::Timestamp(builder) => Arc::new(builder.finish()),
            Self::Bool(builder) => Arc::new(builder.finish()),
            Self::List(builder) => Arc::new(builder.finish()),
        }
    }
}
