//! What a file changes, written into data files. A row whose key is new for certain is written at once; all others are put off
//! until the file is read, and then the table is asked about their keys and no others. So memory follows neither the table
//! nor the file.

use std::{collections::HashSet, path::PathBuf};

use datafusion::arrow::record_batch::RecordBatch;
use gnomon_intake::{
    Hashes, Operation, Seen, Taken,
    cell::{Fault, Value},
};
use gnomon_kernel::{Code, RowRef};
use gnomon_library::analytics::{IngestReport, Refusal};

use crate::{
    ingest::{Ingest, held::Held, key_filter::KeyFilter},
    raw::sync_folder,
    table::{
        self, Holds,
        columns::{Columns, Marks, file_schema},
        datafile::{DataFile, NewFile},
        facts::{each_fact, each_key, rows_in},
    },
};

/// Rows encoded at once: few enough that their memory is used again and stays near the processor.
const CHUNK: usize = 8_192;
/// Rows per data file.
const FILE_ROWS: u64 = 8_000_000;
/// Rows of a file that are put off without looking, before the keys of the table are read: most deliveries are not larger.
const UNSEEN: u64 = 65_536;
/// A row of a file has about so many bytes or more; where it has fewer, the filter grows.
const ROW_BYTES: u64 = 64;
/// A snapshot may end this part of the facts it stands for; more has to be confirmed.
const MAY_END: f64 = 0.3;
/// Fewer facts than these may all end.
const FEW: usize = 10;

/// Writes what changes into data files.
pub(crate) struct Writer<'a> {
    ingest: &'a Ingest<'a>,
    /// The data files of the table.
    pub(crate) known: &'a [PathBuf],
    /// Keys of this file, and from some size of it on those of the table.
    filter: KeyFilter,
    /// The filter has the keys of the table.
    is_whole: bool,
    /// Natural keys of the rows taken, and the parts they are of; of a snapshot only.
    taken: HashSet<i64>,
    parts: HashSet<i64>,
    /// Rows that have ended.
    pub(crate) ends: Vec<i64>,
    columns: Columns,
    open: Option<DataFile>,
    pub(crate) written: u64,
    pub(crate) corrected: u64,
    /// What the open file holds.
    pub(crate) holds: Holds,
    files: Vec<NewFile>,
}

impl<'a> Writer<'a> {
    /// `known` are the data files of the table, `bytes` the size of what is to be read.
    pub(crate) fn new(ingest: &'a Ingest<'a>, known: &'a [PathBuf], bytes: u64) -> Self {
        let mut filter = KeyFilter::new();
        filter.reserve(bytes / ROW_BYTES);
        Self {
            ingest,
            known,
            filter,
            is_whole: known.is_empty(),
            taken: HashSet::new(),
            parts: HashSet::new(),
            ends: Vec::new(),
            columns: Columns::new(ingest.dataset),
            open: None,
            written: 0,
            corrected: 0,
            holds: Holds::Facts,
            files: Vec::new(),
        }
    }

    /// Takes one row, or puts it off where its key may be known.
    pub(crate) fn take(
        &mut self,
        held: &mut Held,
        row: RowRef,
        operation: Operation,
        values: &[Value],
        hashes: Hashes,
    ) -> Result<Result<Taken, Fault>, Refusal> {
        if let Some(part) = hashes.part {
            self.taken.insert(hashes.key);
            self.parts.insert(part);
        }
        if self.may_be_known(hashes.key, held.rows())? {
            held.push(row, operation, values, hashes)?;
            return Ok(Ok(Taken::Later));
        }
        match operation {
            Operation::Delete => return Ok(Err(Code::NothingToEnd.into())),
            Operation::Put => self.columns.push(values, Marks::new(row, hashes, None)),
        }
        self.written += 1;
        if self.columns.rows() >= CHUNK {
            self.flush()?;
        }
        Ok(Ok(Taken::Now))
    }

    fn may_be_known(&mut self, key: i64, put_off: u64) -> Result<bool, Refusal> {
        if !self.is_whole && put_off >= UNSEEN {
            self.filter.reserve(rows_in(self.known)?);
            each_key(self.known, |key| {
                self.filter.insert(key);
            })?;
            self.is_whole = true;
        }
        Ok(self.filter.insert(key) || !self.is_whole)
    }

    /// The files of this delivery so far, closed.
    pub(crate) fn written_so_far(&mut self) -> Result<Vec<PathBuf>, Refusal> {
        self.flush()?;
        self.close()?;
        let folder = self.folder();
        Ok(self.files.iter().map(|file| folder.join(&file.name)).collect())
    }

    /// Of the parts that a snapshot is the whole truth of, what it does not hold has ended. A row that was refused speaks of
    /// its fact all the same.
    pub(crate) fn end_what_is_missing(&mut self, refused: &HashSet<i64>) -> Result<(), Refusal> {
        let (mut before, mut ends) = (0, Vec::new());
        each_fact(self.known, |key, fact| {
            if fact.part.is_none_or(|part| self.parts.contains(&part)) {
                before += 1;
                if !self.taken.contains(&key) && !refused.contains(&key) {
                    ends.push(fact.row);
                }
            }
        })?;
        ends.sort_unstable();
        let may_end = (before as f64 * MAY_END) as usize;
        if !self.ingest.order.confirmed && before >= FEW && ends.len() > may_end {
            let left = (before - ends.len()).to_string();
            return Err(Refusal::new(Code::Shrunk, left, (before - may_end).to_string()));
        }
        self.ends.extend(ends);
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Refusal> {
        if self.columns.rows() == 0 {
            return Ok(());
        }
        let batch = self.columns.take().map_err(|error| Refusal::because(Code::Internal, error))?;
        self.write(batch)
    }

    /// Writes rows into the open file, and closes it when it is large enough.
    pub(crate) fn write(&mut self, batch: RecordBatch) -> Result<(), Refusal> {
        let open = self.data_file()?;
        open.write(batch)?;
        if open.rows() >= FILE_ROWS { self.close() } else { Ok(()) }
    }

    fn folder(&self) -> PathBuf {
        table::folder(&self.ingest.lake, &self.ingest.order.dataset)
    }

    fn path(&self, holds: Holds) -> PathBuf {
        let prefix = table::prefix(self.ingest.order.number, self.ingest.rebuilt);
        self.folder().join(table::file_name(&prefix, self.files.len(), holds))
    }

    fn data_file(&mut self) -> Result<&mut DataFile, Refusal> {
        let open = match self.open.take() {
            Some(open) => open,
            None => DataFile::create(self.path(Holds::Facts), file_schema(self.ingest.dataset))?,
        };
        Ok(self.open.insert(open))
    }

    /// Closes the open file, durably, under a name that tells what it holds.
    fn close(&mut self) -> Result<(), Refusal> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let place = self.path(self.holds);
        self.files.push(open.close(&place)?);
        self.holds = Holds::Facts;
        Ok(())
    }

    /// A file of rows that say nothing but which rows have ended.
    fn write_ends(&mut self) -> Result<(), Refusal> {
        let nothing = vec![Value::Null; self.ingest.dataset.columns.len()];
        for row in std::mem::take(&mut self.ends) {
            self.columns.push(&nothing, Marks { replaces: Some(row), ..Marks::default() });
            if self.columns.rows() >= CHUNK {
                self.flush()?;
            }
        }
        self.flush()?;
        self.holds = Holds::Ends;
        self.close()
    }

    /// Everything written, when all that was put off has been decided.
    pub(crate) fn finish(mut self, seen: &Seen) -> Result<(Vec<NewFile>, IngestReport), Refusal> {
        self.flush()?;
        self.close()?;
        let ended = self.ends.len() as u64;
        self.write_ends()?;
        sync_folder(&self.folder()).map_err(|error| Refusal::because(Code::Internal, error))?;
        let rejected = seen.apart.faults().rows();
        let counts = IngestReport {
            rows: seen.rows,
            accepted: seen.rows - rejected,
            rejected,
            written: self.written,
            corrected: self.corrected,
            ended,
            ..IngestReport::default()
        };
        Ok((self.files, counts))
    }
}
