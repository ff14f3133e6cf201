//! Result columns as findings.

use datafusion::arrow::{
    array::{Array, ArrayRef, AsArray},
    compute::cast,
    datatypes::{DataType, Date32Type, Float64Type, Int64Type, SchemaRef, TimestampMicrosecondType},
    record_batch::RecordBatch,
    util::display::{ArrayFormatter, FormatOptions},
};
use gnomon_kernel::{Code, Day, Level, RowRef};
use gnomon_library::analytics::Finding;
use serde_json::Value;

use crate::error::EngineError;

const STANDARD: [&str; 7] =
    ["subject", "dedupe", "subject_name", "level", "fen", "happened_on", "region_code"];

/// What each result column is.
pub(crate) struct Layout {
    subject: usize,
    dedupe: usize,
    subject_name: Option<usize>,
    level: Option<usize>,
    fen: Option<usize>,
    happened_on: Option<usize>,
    region_code: Option<usize>,
    rows: Vec<usize>,
    evidence: Vec<(usize, String)>,
    default_level: Level,
}

impl Layout {
    /// Reads the names and types of a result. The error says which column is missing or of the wrong type.
    pub(crate) fn new(schema: &SchemaRef, default_level: Level) -> Result<Self, EngineError> {
        let find = |name: &str| schema.fields().iter().position(|field| field.name() == name);
        let needed = |name: &str| {
            let text = format!("the query returns no column {name}; it must return subject and dedupe");
            find(name).ok_or_else(|| EngineError::new(Code::ModelInvalid, text))
        };
        let is_rows = |name: &str| name == "_row" || name.ends_with("_row") || name.ends_with("_rows");
        let fields = || schema.fields().iter().enumerate();
        for (_, field) in fields().filter(|(_, field)| is_rows(field.name())) {
            let fits = match field.data_type() {
                DataType::Int64 => true,
                DataType::List(inner) => inner.data_type() == &DataType::Int64,
                _ => false,
            };
            if !fits {
                let text = format!(
                    "{}: found {}, expected row references (int64 or a list of them)",
                    field.name(),
                    field.data_type()
                );
                return Err(EngineError::new(Code::ModelInvalid, text));
            }
        }
        let evidence = fields()
            .filter(|(_, field)| !STANDARD.contains(&field.name().as_str()) && !is_rows(field.name()))
            .map(|(index, field)| (index, field.name().clone()));
        Ok(Self {
            subject: needed("subject")?,
            dedupe: needed("dedupe")?,
            subject_name: find("subject_name"),
            level: find("level"),
            fen: find("fen"),
            happened_on: find("happened_on"),
            region_code: find("region_code"),
            rows: fields().filter(|(_, field)| is_rows(field.name())).map(|(index, _)| index).collect(),
            evidence: evidence.collect(),
            default_level,
        })
    }

    /// The names a message or graph may use.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        STANDARD.into_iter().chain(self.evidence.iter().map(|(_, name)| name.as_str()))
    }

    /// The evidence columns.
    pub(crate) fn evidence_names(&self) -> impl Iterator<Item = &str> {
        self.evidence.iter().map(|(_, name)| name.as_str())
    }

    /// Whether findings lead back to source rows.
    pub(crate) fn has_rows(&self) -> bool {
        !self.rows.is_empty()
    }

    /// The findings of one batch of rows.
    pub(crate) fn findings(&self, batch: &RecordBatch) -> Result<Vec<Finding>, EngineError> {
        let text = |index: usize| typed(batch.column(index), &DataType::Utf8);
        let optional =
            |index: Option<usize>, ty: &DataType| index.map(|i| typed(batch.column(i), ty)).transpose();
        let (subject, dedupe) = (text(self.subject)?, text(self.dedupe)?);
        let subject_name = optional(self.subject_name, &DataType::Utf8)?;
        let level = optional(self.level, &DataType::Utf8)?;
        let fen = optional(self.fen, &DataType::Int64)?;
        let happened_on = optional(self.happened_on, &DataType::Date32)?;
        let region_code = optional(self.region_code, &DataType::Utf8)?;
        let mut findings = Vec::with_capacity(batch.num_rows());
        for row in 0..batch.num_rows() {
            let (rows, row_count) = self.row_refs(batch, row);
            findings.push(Finding {
                subject: needed_text(&subject, row, "subject")?,
                dedupe: needed_text(&dedupe, row, "dedupe")?,
                subject_name: subject_name.as_ref().and_then(|column| text_at(column, row)),
                level: self.level_at(level.as_ref().and_then(|column| text_at(column, row)))?,
                fen: fen
                    .as_ref()
                    .filter(|column| column.is_valid(row))
                    .map(|c| c.as_primitive::<Int64Type>().value(row)),
                happened_on: happened_on.as_ref().and_then(|column| day_at(column, row)),
                region_code: region_code.as_ref().and_then(|column| text_at(column, row)),
                evidence: self
                    .evidence
                    .iter()
                    .map(|(i, name)| (name.clone(), json(batch.column(*i), row)))
                    .collect(),
                rows,
                row_count,
            });
        }
        Ok(findings)
    }

    fn level_at(&self, word: Option<String>) -> Result<Level, EngineError> {
        match word {
            None => Ok(self.default_level),
            Some(word) => Level::parse(&word).ok_or_else(|| {
                EngineError::new(
                    Code::ModelFailed,
                    format!("level: found {word}, expected red, yellow or blue"),
                )
            }),
        }
    }

    fn row_refs(&self, batch: &RecordBatch, row: usize) -> (Vec<RowRef>, u64) {
        let mut packed: Vec<i64> = Vec::new();
        for index in &self.rows {
            let column = batch.column(*index);
            match column.data_type() {
                _ if column.is_null(row) => {}
                DataType::Int64 => packed.push(column.as_primitive::<Int64Type>().value(row)),
                _ => packed
                    .extend(column.as_list::<i32>().value(row).as_primitive::<Int64Type>().iter().flatten()),
            }
        }
        packed.sort_unstable();
        packed.dedup();
        let count = packed.len() as u64;
        packed.truncate(Finding::MAX_ROWS);
        (packed.into_iter().map(RowRef::unpack).collect(), count)
    }
}

fn typed(column: &ArrayRef, ty: &DataType) -> Result<ArrayRef, EngineError> {
    cast(column, ty).map_err(|error| EngineError::new(Code::ModelFailed, error.to_string()))
}

fn needed_text(column: &ArrayRef, row: usize, name: &str) -> Result<String, EngineError> {
    let empty = || EngineError::new(Code::ModelFailed, format!("found a row without {name}"));
    text_at(column, row).filter(|text| !text.is_empty()).ok_or_else(empty)
}

fn text_at(column: &ArrayRef, row: usize) -> Option<String> {
    column.is_valid(row).then(|| column.as_string::<i32>().value(row).to_owned())
}

fn day_at(column: &ArrayRef, row: usize) -> Option<Day> {
    column.is_valid(row).then(|| column.as_primitive::<Date32Type>().value_as_date(row)).flatten()
}

/// One cell as JSON: numbers as numbers, days and times as ISO text, lists as arrays.
pub(crate) fn json(column: &ArrayRef, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Null;
    }
    match column.data_type() {
        DataType::Boolean => Value::Bool(column.as_boolean().value(row)),
        DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::UInt8
        | DataType::UInt16
        | DataType::UInt32
        | DataType::UInt64 => match cast(&column.slice(row, 1), &DataType::Int64) {
            Ok(whole) if whole.is_valid(0) => Value::from(whole.as_primitive::<Int64Type>().value(0)),
            _ => shown(column, row),
        },
        DataType::Float32 | DataType::Float64 => match cast(&column.slice(row, 1), &DataType::Float64) {
            Ok(number) => serde_json::Number::from_f64(number.as_primitive::<Float64Type>().value(0))
                .map_or_else(|| shown(column, row), Value::Number),
            Err(_) => shown(column, row),
        },
        DataType::Timestamp(..) => {
            let micros = DataType::Timestamp(datafusion::arrow::datatypes::TimeUnit::Microsecond, None);
            let time = cast(&column.slice(row, 1), &micros).ok();
            let time =
                time.and_then(|time| time.as_primitive::<TimestampMicrosecondType>().value_as_datetime(0));
            time.map_or_else(
                || shown(column, row),
                |time| Value::from(time.format("%Y-%m-%dT%H:%M:%S").to_string()),
            )
        }
        DataType::List(_) => {
            let items = column.as_list::<i32>().value(row);
            Value::Array((0..items.len()).map(|index| json(&items, index)).collect())
        }
        _ => shown(column, row),
    }
}

fn shown(column: &ArrayRef, row: usize) -> Value {
    let options = FormatOptions::default();
    let text =
        ArrayFormatter::try_new(column.as_ref(), &options).map(|formatter| formatter.value(row).to_string());
    text.map_or(Value::Null, Value::from)
}
