//! Rows put off because their key may be known: kept aside as columns until the whole file has been read.

use std::{
    collections::HashSet,
    io::{BufReader, BufWriter, Seek as _},
    path::Path,
};

use arrow::ipc::{reader::StreamReader, writer::StreamWriter};
use datafusion::arrow::{error::ArrowError, record_batch::RecordBatch};
use gnomon_intake::{Hashes, Operation, cell::Value};
use gnomon_kernel::{Code, RowRef};
use gnomon_library::{analytics::Refusal, dataset::Dataset};
use tempfile::{SpooledTempFile, spooled_tempfile_in};

use crate::table::columns::{Columns, Marks, file_schema};

/// Bytes kept in memory before they go to a file.
const IN_MEMORY: usize = 16 << 20;
/// Rows encoded at once.
const CHUNK: usize = 16_384;

/// The rows that are put off while a file is read. A file without a name holds them.
pub(crate) struct Held {
    columns: Columns,
    spool: StreamWriter<BufWriter<SpooledTempFile>>,
    /// Those of them that end a fact.
    endings: HashSet<i64>,
    rows: u64,
}

/// The same when all have been put off, in the order they came.
pub(crate) struct HeldBack {
    spool: SpooledTempFile,
    endings: HashSet<i64>,
    pub rows: u64,
}

impl Held {
    pub(crate) fn new(dataset: &Dataset, folder: &Path) -> Result<Self, Refusal> {
        let spool = BufWriter::new(spooled_tempfile_in(IN_MEMORY, folder));
        let spool = StreamWriter::try_new(spool, &file_schema(dataset)).map_err(unkept)?;
        Ok(Self { columns: Columns::new(dataset), spool, endings: HashSet::new(), rows: 0 })
    }

    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    pub(crate) fn push(
        &mut self,
        row: RowRef,
        operation: Operation,
        values: &[Value],
        hashes: Hashes,
    ) -> Result<(), Refusal> {
        if operation == Operation::Delete {
            self.endings.insert(row.pack());
        }
        self.columns.push(values, Marks::new(row, hashes, None));
        self.rows += 1;
        if self.columns.rows() >= CHUNK { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Refusal> {
        let batch = self.columns.take().map_err(unkept)?;
        self.spool.write(&batch).map_err(unkept)
    }

    /// Ends the putting off.
    pub(crate) fn finish(mut self) -> Result<HeldBack, Refusal> {
        self.flush()?;
        let spool = self.spool.into_inner().map_err(unkept)?;
        let spool = spool.into_inner().map_err(|error| unkept(error.into_error().into()))?;
        Ok(HeldBack { spool, endings: self.endings, rows: self.rows })
    }
}

impl HeldBack {
    /// Gives them, chunk by chunk, as they would be written: what a row replaces is not known yet. With each chunk, which of all
    /// the rows end a fact.
    pub(crate) fn each(
        &mut self,
        mut visit: impl FnMut(&RecordBatch, &HashSet<i64>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        self.spool.rewind().map_err(|error| unkept(error.into()))?;
        let batches = StreamReader::try_new(BufReader::new(&mut self.spool), None).map_err(unkept)?;
        for batch in batches {
            visit(&batch.map_err(unkept)?, &self.endings)?;
        }
        Ok(())
    }
}

fn unkept(error: ArrowError) -> Refusal {
    Refusal::because(Code::Internal, error)
}
