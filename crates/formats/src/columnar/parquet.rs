//! Parquet.

use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::{Table, each_batch, unreadable};
use crate::{
    fault,
    fault::guarded,
    sink::Sink,
    source::{Source, unpacked_limit},
};

/// Rows read at once: few, for a cell may be long.
const BATCH: usize = 1024;
const WHAT: &str = "a Parquet file";

pub(crate) fn read(source: &Source, sink: &mut Sink<'_>) -> Result<(), Refusal> {
    let local = source.local()?;
    let file = local.open()?;
    let limit = unpacked_limit(file.metadata().map_err(fault::refusal)?.len());
    let builder = guarded(WHAT, || {
        ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| unreadable(WHAT, &error))
    })?;
    let groups = builder.metadata().row_groups();
    let unpacked = groups.iter().fold(0_u64, |sum, group| {
        sum.saturating_add(u64::try_from(group.total_byte_size()).unwrap_or(u64::MAX))
    });
    if unpacked > limit {
        return Err(fault::bomb(limit));
    }
    let stated = builder.metadata().file_metadata().num_rows();
    let rows = u64::try_from(stated).map_err(|error| unreadable(WHAT, &error))?;
    let schema = builder.schema().clone();
    let Some(table) = Table::begin(&schema, sink, source.progress(0, 1))? else { return Ok(()) };
    let batches =
        guarded(WHAT, || builder.with_batch_size(BATCH).build().map_err(|error| unreadable(WHAT, &error)))?;
    let given = each_batch(WHAT, table, batches, |done| source.progress(done, rows))?;
    match given {
        Some(given) if given != rows => {
            let found = format!("{given} rows");
            Err(Refusal::new(Code::FileUnreadable, found, format!("{rows} rows, as the file says")))
        }
        _ => Ok(()),
    }
}
