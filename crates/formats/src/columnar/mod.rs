//! Files of typed columns: Parquet and Arrow. The names of the columns are the header.

pub(crate) mod arrow;
mod cells;
pub(crate) mod parquet;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, DataType, Schema};
use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;

use crate::{
    RawRow,
    fault::guarded,
    sink::{Sink, line_number},
};

/// The one table of a columnar file, on its way to the visitor.
struct Table<'s, 'v> {
    sink: &'s mut Sink<'v>,
    sheet: u8,
    cells: Vec<String>,
    /// Rows given, the header not counted.
    rows: u64,
}

impl<'s, 'v> Table<'s, 'v> {
    /// Gives the header. Nothing when the visitor wants no more.
    fn begin(schema: &Schema, sink: &'s mut Sink<'v>, bytes: u64) -> Result<Option<Self>, Refusal> {
        let names = header(schema)?;
        let sheet = sink.sheet()?;
        let more = sink.row(&RawRow { sheet, line: 1, cells: &names, readable: true, exact: true, bytes })?;
        Ok(more.then(|| Self { sink, sheet, cells: vec![String::new(); names.len()], rows: 0 }))
    }

    /// Gives the rows of a batch. False: no more of them.
    fn batch(&mut self, what: &'static str, batch: &RecordBatch, bytes: u64) -> Result<bool, Refusal> {
        let damaged = |error| unreadable(what, &error);
        let columns = guarded(what, || cells::columns(batch).map_err(damaged))?;
        for index in 0..batch.num_rows() {
            guarded(what, || {
                columns.iter().zip(&mut self.cells).try_for_each(|(column, cell)| {
                    cell.clear();
                    column.write(index, cell).map_err(damaged)
                })
            })?;
            self.rows += 1;
            let (sheet, line, cells) = (self.sheet, line_number(self.rows + 1)?, &self.cells);
            if !self.sink.row(&RawRow { sheet, line, cells, readable: true, exact: true, bytes })? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Gives all batches of a reader, which may panic on damage; `bytes` says how far a number of rows is. The number of rows,
/// or nothing when the visitor did not want them all.
fn each_batch(
    what: &'static str,
    mut table: Table<'_, '_>,
    mut batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
    bytes: impl Fn(u64) -> u64,
) -> Result<Option<u64>, Refusal> {
    while let Some(batch) = guarded(what, || Ok(batches.next()))? {
        let batch = batch.map_err(|error| unreadable(what, &error))?;
        let done = bytes(table.rows);
        if !table.batch(what, &batch, done)? {
            return Ok(None);
        }
    }
    Ok(Some(table.rows))
}

fn unreadable(what: &str, error: &dyn std::fmt::Display) -> Refusal {
    Refusal::new(Code::FileUnreadable, format!("{what} that is damaged ({error})"), "a complete file")
}

/// Column names, those of a structure as `outer.inner`.
fn header(schema: &Schema) -> Result<Vec<String>, Refusal> {
    let mut names = Vec::new();
    for field in schema.fields() {
        match field.data_type() {
            DataType::Struct(inner) => {
                for member in inner {
                    refuse_unreadable(&format!("{}.{}", field.name(), member.name()), member.data_type())?;
                    names.push(format!("{}.{}", field.name(), member.name()));
                }
            }
            kind => {
                refuse_unreadable(field.name(), kind)?;
                names.push(field.name().clone());
            }
        }
    }
    Ok(names)
}

/// Refuses columns that are no text for a person.
fn refuse_unreadable(name: &str, kind: &DataType) -> Result<(), Refusal> {
    match kind {
        DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView
        | DataType::FixedSizeBinary(_)
        | DataType::Struct(_)
        | DataType::Map(..)
        | DataType::Union(..)
        | DataType::RunEndEncoded(..) => {
            let found = format!("column {name} of type {kind}");
            Err(Refusal::new(Code::FileFormat, found, "columns of text, numbers, days and lists of them"))
        }
        DataType::List(item) | DataType::LargeList(item) | DataType::FixedSizeList(item, _) => {
            refuse_unreadable(name, item.data_type())
        }
        DataType::ListView(_) | DataType::LargeListView(_) => {
            let found = format!("column {name} of type {kind}");
            Err(Refusal::new(Code::FileFormat, found, "plain lists"))
        }
        DataType::Dictionary(_, value) => refuse_unreadable(name, value),
        _ => Ok(()),
    }
}
