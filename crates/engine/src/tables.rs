//! Aligned text tables as in-memory tables: cases and lists.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use datafusion::{
    arrow::{
        array::{
            ArrayRef, BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, Int64Builder, ListBuilder,
            StringBuilder, TimestampMicrosecondBuilder,
        },
        datatypes::{DataType, Field, SchemaRef},
        record_batch::RecordBatch,
    },
    datasource::{MemTable, TableProvider},
};
use gnomon_library::case::TextTable;

use crate::{error::EngineError, schema::ROW};

/// What stands between the items of a list cell.
const LIST_SEPARATORS: [char; 4] = ['|', '、', ';', '；'];

/// Makes a table of `schema` from a text. Columns the text lacks are null; `_row` is counted 1, 2, 3 where `number_rows`
/// asks for it and the text does not give it.
pub fn text_table(
    schema: &SchemaRef,
    text: &TextTable,
    number_rows: bool,
) -> Result<Arc<dyn TableProvider>, EngineError> {
    let columns = schema.fields().iter().map(|field| {
        let cells: Vec<Option<String>> = match text.columns.iter().position(|name| name == field.name()) {
            Some(index) => text.rows.iter().map(|row| row[index].clone()).collect(),
            None if number_rows && field.name() == ROW => {
                (1..=text.rows.len()).map(|n| Some(n.to_string())).collect()
            }
            None => vec![None; text.rows.len()],
        };
        column(field, &cells)
    });
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let batch = RecordBatch::try_new(schema.clone(), columns)
        .map_err(|error| EngineError::new(gnomon_kernel::Code::Internal, error.to_string()))?;
    let table = MemTable::try_new(schema.clone(), vec![vec![batch]]).map_err(EngineError::from)?;
    Ok(Arc::new(table))
}

/// Builds one array, cell by cell; `$append` turns a cell into the builder's value or `None` when it cannot.
macro_rules! build {
    ($builder:expr, $field:expr, $cells:expr, $read:expr) => {{
        let mut builder = $builder;
        for cell in $cells {
            match cell.as_deref() {
                None => builder.append_null(),
                Some(text) => builder.append_value($read(text).ok_or_else(|| misfit($field, text))?),
            }
        }
        Ok(Arc::new(builder.finish()) as ArrayRef)
    }};
}

fn column(field: &Field, cells: &[Option<String>]) -> Result<ArrayRef, EngineError> {
    let whole = |text: &str| text.parse::<i64>().ok();
    match field.data_type() {
        DataType::Int64 => build!(Int64Builder::new(), field, cells, whole),
        DataType::Int32 => build!(Int32Builder::new(), field, cells, |text: &str| text.parse::<i32>().ok()),
        DataType::Float64 => {
            build!(Float64Builder::new(), field, cells, |text: &str| text.parse::<f64>().ok())
        }
        DataType::Boolean => {
            build!(BooleanBuilder::new(), field, cells, |text: &str| text.parse::<bool>().ok())
        }
        DataType::Date32 => build!(Date32Builder::new(), field, cells, day_number),
        DataType::Timestamp(..) => build!(TimestampMicrosecondBuilder::new(), field, cells, microseconds),
        DataType::List(inner) if inner.data_type() == &DataType::Int64 => {
            let mut builder = ListBuilder::new(Int64Builder::new()).with_field(inner.clone());
            for cell in cells {
                for item in cell.iter().flat_map(|cell| cell.split('|')) {
                    builder.values().append_value(whole(item.trim()).ok_or_else(|| misfit(field, item))?);
                }
                builder.append(cell.is_some());
            }
            Ok(Arc::new(builder.finish()))
        }
        DataType::List(inner) => {
            let mut builder = ListBuilder::new(StringBuilder::new()).with_field(inner.clone());
            for cell in cells {
                for item in cell.iter().flat_map(|cell| cell.split(LIST_SEPARATORS)) {
                    builder.values().append_value(item.trim());
                }
                builder.append(cell.is_some());
            }
            Ok(Arc::new(builder.finish()))
        }
        _ => build!(StringBuilder::new(), field, cells, |text: &str| Some(text.to_owned())),
    }
}

fn misfit(field: &Field, text: &str) -> EngineError {
    let detail = format!("{}: found {text}, expected {}", field.name(), field.data_type());
    EngineError::new(gnomon_kernel::Code::ModelInvalid, detail)
}

fn day_number(text: &str) -> Option<i32> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    i32::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).ok()
}

fn microseconds(text: &str) -> Option<i64> {
    let forms = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"];
    let time = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let time = time.or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))?;
    Some(time.and_utc().timestamp_micros())
}
