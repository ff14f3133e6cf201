//! Typed values as text.

use std::fmt::Write;

use arrow_array::{
    Array, RecordBatch, StructArray,
    cast::AsArray,
    types::{Float16Type, Float32Type, Float64Type},
};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, DataType};

use crate::workbook::number;

/// Days as `2024-01-31`, moments as `2024-01-31 08:00:00` in the zone the column names.
const FORMAT: FormatOptions<'static> = FormatOptions::new()
    .with_null("")
    .with_date_format(Some("%Y-%m-%d"))
    .with_datetime_format(Some("%Y-%m-%d"))
    .with_timestamp_format(Some("%Y-%m-%d %H:%M:%S"))
    .with_timestamp_tz_format(Some("%Y-%m-%d %H:%M:%S"));

/// One column of a batch.
pub(super) struct Column<'a> {
    /// The structure the column belongs to, which may be absent as a whole.
    within: Option<&'a StructArray>,
    array: &'a dyn Array,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Plain(ArrayFormatter<'a>),
    Number(&'a dyn Array),
    List(Box<Column<'a>>),
}

/// The columns of a batch, members of structures one by one, in the order of the header.
pub(super) fn columns(batch: &RecordBatch) -> Result<Vec<Column<'_>>, ArrowError> {
    let mut columns = Vec::new();
    for array in batch.columns() {
        match array.as_struct_opt() {
            Some(outer) => {
                for member in outer.columns() {
                    columns.push(Column { within: Some(outer), ..Column::of(member)? });
                }
            }
            None => columns.push(Column::of(array)?),
        }
    }
    Ok(columns)
}

impl<'a> Column<'a> {
    fn of(array: &'a dyn Array) -> Result<Self, ArrowError> {
        let inner = |values: &'a dyn Array| Column::of(values).map(|column| Kind::List(Box::new(column)));
        let kind = match array.data_type() {
            DataType::Float16 | DataType::Float32 | DataType::Float64 => Kind::Number(array),
            DataType::List(_) => inner(array.as_list::<i32>().values())?,
            DataType::LargeList(_) => inner(array.as_list::<i64>().values())?,
            DataType::FixedSizeList(..) => inner(array.as_fixed_size_list().values())?,
            _ => Kind::Plain(ArrayFormatter::try_new(array, &FORMAT)?),
        };
        Ok(Self { within: None, array, kind })
    }

    /// Adds the value's text; nothing for an absent one.
    pub(super) fn write(&self, row: usize, text: &mut String) -> Result<(), ArrowError> {
        if self.array.is_null(row) || self.within.is_some_and(|outer| outer.is_null(row)) {
            return Ok(());
        }
        match &self.kind {
            Kind::Plain(formatter) => formatter.value(row).write(text),
            Kind::Number(array) => {
                text.push_str(&float(*array, row));
                Ok(())
            }
            Kind::List(values) => {
                for (nth, item) in self.items(row).enumerate() {
                    if nth > 0 {
                        text.write_char('|').map_err(|error| ArrowError::CastError(error.to_string()))?;
                    }
                    values.write(item, text)?;
                }
                Ok(())
            }
        }
    }

    /// Where a list's items are.
    fn items(&self, row: usize) -> std::ops::Range<usize> {
        match self.array.data_type() {
            DataType::List(_) => {
                let offsets = self.array.as_list::<i32>().value_offsets();
                offsets[row] as usize..offsets[row + 1] as usize
            }
            DataType::LargeList(_) => {
                let offsets = self.array.as_list::<i64>().value_offsets();
                offsets[row] as usize..offsets[row + 1] as usize
            }
            _ => {
                let list = self.array.as_fixed_size_list();
                list.value_offset(row) as usize..list.value_offset(row + 1) as usize
            }
        }
    }
}

/// The shortest text that is this number, of its own width.
fn float(array: &dyn Array, row: usize) -> String {
    match array.data_type() {
        DataType::Float16 => number(array.as_primitive::<Float16Type>().value(row).to_f64()),
        DataType::Float32 => match array.as_primitive::<Float32Type>().value(row) {
            x if x.fract() == 0.0 => number(x.into()),
            x => x.to_string(),
        },
        _ => number(array.as_primitive::<Float64Type>().value(row)),
    }
}
