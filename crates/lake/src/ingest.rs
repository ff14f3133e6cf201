//! Taking one received file into one table: all of its good rows in one commit, its bad rows beside it, or nothing.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use gnomon_intake::{
    FileReader, Hashes, Operation, Seen,
    cell::{Fault, Value},
};
use gnomon_kernel::{Code, Day, RowRef};
use gnomon_library::{
    analytics::{FaultCount, IngestOrder, IngestPhase, IngestProgress, IngestReport, Refusal},
    dataset::{Dataset, Delivery},
    quality::{fault_counts, mostly_unfit},
};

use crate::{
    columns::{Columns, Marks, file_schema},
    datafile::{DataFile, NewFile},
    facts::Facts,
    mends::Mends,
    raw::{self, sync_folder},
    rejected,
    table::{self, Holds},
};

/// Rows encoded at once.
const CHUNK: usize = 65_536;
/// Rows per data file.
const FILE_ROWS: u64 = 8_000_000;
/// A snapshot may end this part of the facts it stands for; more has to be confirmed.
const MAY_END: f64 = 0.3;
/// Fewer facts than these may all end.
const FEW: usize = 10;

/// Everything that one taking-in needs.
pub(crate) struct Ingest<'a> {
    pub dir: &'a Path,
    pub lake: PathBuf,
    pub dataset: &'a Dataset,
    pub order: &'a IngestOrder,
    pub today: Day,
    pub progress: &'a (dyn Fn(IngestProgress) + Send + Sync),
    /// The version that a rebuilding makes.
    pub rebuilt: Option<u64>,
}

/// A file read and written aside, ready to be committed.
pub(crate) struct Prepared {
    pub files: Vec<NewFile>,
    pub report: IngestReport,
}

impl Ingest<'_> {
    /// Reads the file and writes its data files and refused rows. Nothing is visible yet; on an error nothing is left.
    pub(crate) fn prepare(&self, known: &[PathBuf]) -> Result<Prepared, Refusal> {
        let done = self.write(known);
        if done.is_err() {
            // What cannot be removed now is removed when the batch is settled.
            let _ = self.clean();
        }
        done
    }

    /// Removes everything that a batch which is not in has left behind.
    pub(crate) fn clean(&self) -> std::io::Result<()> {
        let start = table::prefix(self.order.number, self.rebuilt);
        table::sweep(&self.lake, &self.order.dataset, &start)?;
        rejected::remove(&self.lake, self.order.number, self.rebuilt)
    }

    fn write(&self, known: &[PathBuf]) -> Result<Prepared, Refusal> {
        let system = |error: std::io::Error| Refusal::because(Code::Internal, error);
        let mut writer = Writer::new(self, Facts::read(known)?);
        let mends = Mends::new(&self.lake, self.order, self.rebuilt)?;
        let reader = FileReader {
            dataset: self.dataset,
            layouts: &self.order.layouts,
            agreed: self.order.agreed.as_deref(),
            batch: self.order.number,
            today: self.today,
            progress: self.progress,
            may_mend: &|row, named| mends.admits(row, named),
        };
        let path = raw::path_of(self.dir, &self.order.sha256);
        let seen = reader.read(&path, &mut |row, operation, values, hashes| match operation {
            Operation::Put => writer.put(row, values, hashes),
            Operation::Delete => Ok(writer.delete(hashes)),
        })?;
        // What is left of a file after an erasure may be its header.
        if seen.rows == 0 && !gnomon_formats::is_remnant(&path)? {
            return Err(Refusal::new(Code::FileEmpty, "a header and no rows", "rows"));
        }
        let bytes = std::fs::metadata(&path).map(|file| file.len()).unwrap_or_default();
        let enter = |phase| (self.progress)(IngestProgress { phase, bytes, rows: seen.rows });
        enter(IngestPhase::Checking);
        let faults = fault_counts(self.dataset, &seen.rejected);
        self.check_fitness(&seen, &faults)?;
        // Mended rows are no whole truth of anything.
        if self.dataset.delivery == Delivery::Snapshot && !seen.is_mending {
            writer.end_what_is_missing(&seen.refused_keys)?;
        }
        enter(IngestPhase::Writing);
        let (files, counts) = writer.finish(&seen)?;
        let report = IngestReport { faults, mends: mends.all(&seen.mends)?, ..counts };
        rejected::write(&self.lake, self.order.number, self.rebuilt, &seen.rejected, &report)
            .map_err(system)?;
        sync_folder(&self.lake.join("_rejected")).map_err(system)?;
        Ok(Prepared { files, report })
    }

    /// A file most of whose rows cannot be used is likely to be wrong as a whole: two columns have changed places.
    fn check_fitness(&self, seen: &Seen, faults: &[FaultCount]) -> Result<(), Refusal> {
        let unfit = mostly_unfit(seen.rows, faults).filter(|_| !self.order.confirmed);
        let Some((commonest, rows)) = unfit else { return Ok(()) };
        let title = self.dataset.column(&commonest.column).map(|column| column.title.zh.as_str());
        let commonest = title.map_or(commonest.code.clone(), |title| format!("{title} {}", commonest.code));
        Err(Refusal::new(Code::MostlyUnfit, format!("{rows}/{}", seen.rows), commonest))
    }
}

/// Writes what changes into data files.
struct Writer<'a> {
    ingest: &'a Ingest<'a>,
    facts: Facts,
    /// Natural keys of the rows taken, and the parts they are of; of a snapshot only.
    taken: HashSet<i64>,
    parts: HashSet<i64>,
    /// Rows that have ended.
    ends: Vec<i64>,
    columns: Columns,
    open: Option<DataFile>,
    written: u64,
    corrected: u64,
    corrected_in_file: u64,
    files: Vec<NewFile>,
}

impl<'a> Writer<'a> {
    fn new(ingest: &'a Ingest<'a>, facts: Facts) -> Self {
        Self {
            ingest,
            facts,
            taken: HashSet::new(),
            parts: HashSet::new(),
            ends: Vec::new(),
            columns: Columns::new(ingest.dataset),
            open: None,
            written: 0,
            corrected: 0,
            corrected_in_file: 0,
            files: Vec::new(),
        }
    }

    /// Takes one good row. The very same fact again is turned down, but confirms itself in a snapshot.
    fn put(
        &mut self,
        row: RowRef,
        values: &mut [Value],
        hashes: Hashes,
    ) -> Result<Result<(), Fault>, Refusal> {
        if let Some(part) = hashes.part {
            self.taken.insert(hashes.key);
            self.parts.insert(part);
        }
        let known = self.facts.get(hashes.key);
        if known.is_some_and(|fact| fact.content == hashes.row) {
            return Ok(if hashes.part.is_some() { Ok(()) } else { Err(Code::Duplicate.into()) });
        }
        self.written += 1;
        self.corrected += u64::from(known.is_some());
        self.corrected_in_file += u64::from(known.is_some());
        let marks = Marks {
            row: Some(row.pack()),
            key: Some(hashes.key),
            hash: Some(hashes.row),
            replaces: known.map(|fact| fact.row),
            part: hashes.part,
        };
        self.columns.push(values, marks);
        if self.columns.rows() >= CHUNK {
            self.flush()?;
        }
        Ok(Ok(()))
    }

    fn delete(&mut self, hashes: Hashes) -> Result<(), Fault> {
        let known = self.facts.get(hashes.key).ok_or(Fault::from(Code::NothingToEnd))?;
        self.ends.push(known.row);
        Ok(())
    }

    /// Of the parts that a snapshot is the whole truth of, what it does not hold has ended. A row that was refused speaks of
    /// its fact all the same.
    fn end_what_is_missing(&mut self, refused: &HashSet<i64>) -> Result<(), Refusal> {
        let mut before = 0;
        for (key, fact) in self.facts.iter() {
            if fact.part.is_none_or(|part| self.parts.contains(&part)) {
                before += 1;
                if !self.taken.contains(&key) && !refused.contains(&key) {
                    self.ends.push(fact.row);
                }
            }
        }
        self.ends.sort_unstable();
        let may_end = (before as f64 * MAY_END) as usize;
        if !self.ingest.order.confirmed && before >= FEW && self.ends.len() > may_end {
            let left = (before - self.ends.len()).to_string();
            return Err(Refusal::new(Code::Shrunk, left, (before - may_end).to_string()));
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Refusal> {
        if self.columns.rows() == 0 {
            return Ok(());
        }
        let batch = self.columns.take().map_err(|error| Refusal::because(Code::Internal, error))?;
        let open = self.data_file()?;
        open.write(&batch)?;
        if open.rows() >= FILE_ROWS {
            let holds = if self.corrected_in_file > 0 { Holds::Corrections } else { Holds::Facts };
            self.close(holds)?;
        }
        Ok(())
    }

    fn path(&self, holds: Holds) -> PathBuf {
        let order = self.ingest.order;
        let prefix = table::prefix(order.number, self.ingest.rebuilt);
        table::folder(&self.ingest.lake, &order.dataset).join(table::file_name(
            &prefix,
            self.files.len(),
            holds,
        ))
    }

    fn data_file(&mut self) -> Result<&mut DataFile, Refusal> {
        let open = match self.open.take() {
            Some(open) => open,
            None => DataFile::create(self.path(Holds::Facts), file_schema(self.ingest.dataset))?,
        };
        Ok(self.open.insert(open))
    }

    /// Closes the open file, durably, under a name that tells what it holds.
    fn close(&mut self, holds: Holds) -> Result<(), Refusal> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let place = self.path(holds);
        self.files.push(open.close(&place)?);
        self.corrected_in_file = 0;
        Ok(())
    }

    /// A file of rows that say nothing but which rows have ended.
    fn write_ends(&mut self) -> Result<(), Refusal> {
        let mut nothing = vec![Value::Null; self.ingest.dataset.columns.len()];
        for row in std::mem::take(&mut self.ends) {
            self.columns.push(&mut nothing, Marks { replaces: Some(row), ..Marks::default() });
            if self.columns.rows() >= CHUNK {
                self.flush()?;
            }
        }
        self.flush()?;
        self.close(Holds::Ends)
    }

    fn finish(mut self, seen: &Seen) -> Result<(Vec<NewFile>, IngestReport), Refusal> {
        self.flush()?;
        let holds = if self.corrected_in_file > 0 { Holds::Corrections } else { Holds::Facts };
        self.close(holds)?;
        let ended = self.ends.len() as u64;
        self.write_ends()?;
        let folder = table::folder(&self.ingest.lake, &self.ingest.order.dataset);
        sync_folder(&folder).map_err(|error| Refusal::because(Code::Internal, error))?;
        let rejected = seen.rejected.rows.len() as u64;
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
