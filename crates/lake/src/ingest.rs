//! Taking one received file into one table: all of its good rows in one commit, its bad rows beside it, or nothing.

use std::{
    collections::HashMap,
    fs::File,
    path::{Path, PathBuf},
};

use datafusion::arrow::{array::AsArray, datatypes::Int64Type};
use gnomon_kernel::{Code, Day};
use gnomon_library::{
    analytics::{IngestOrder, IngestProgress, IngestReport, Refusal, RejectedRows},
    dataset::Dataset,
};
use parquet::{
    arrow::{ArrowWriter, ProjectionMask, arrow_reader::ParquetRecordBatchReaderBuilder},
    basic::{Compression, ZstdLevel},
    file::properties::WriterProperties,
};

use crate::{
    intake::{
        cell::{Fault, Value},
        columns::{Columns, HASH, KEY, Marks, ROW, file_schema},
        reader::{FileReader, Hashes},
    },
    raw::{self, sync_folder},
    rejected,
    table::{self, NewFile, Table},
};

/// Rows encoded at once.
const CHUNK: usize = 65_536;
/// Rows per data file.
const FILE_ROWS: u64 = 8_000_000;

/// Everything that one taking-in needs.
pub(crate) struct Ingest<'a> {
    pub dir: &'a Path,
    pub lake: PathBuf,
    pub dataset: &'a Dataset,
    pub order: &'a IngestOrder,
    pub today: Day,
    pub progress: &'a (dyn Fn(IngestProgress) + Send + Sync),
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
        table::sweep(&self.lake, &self.order.dataset, self.order.number)?;
        rejected::remove(&self.lake, self.order.number)
    }

    fn write(&self, known: &[PathBuf]) -> Result<Prepared, Refusal> {
        let system = |error: std::io::Error| Refusal::because(Code::Internal, error);
        let current = Current::read(known)?;
        let mut writer = Writer::new(self, current);
        let reader = FileReader {
            dataset: self.dataset,
            batch: self.order.number,
            today: self.today,
            progress: self.progress,
        };
        let path = raw::path_of(self.dir, &self.order.sha256);
        let seen = reader.read(&path, &mut |row, values, hashes| writer.take(row.pack(), values, hashes))?;
        if seen.rows == 0 {
            return Err(Refusal::new(Code::FileEmpty, "a header and no rows", "rows"));
        }
        let corrected = writer.corrected;
        let files = writer.finish()?;
        let report = self.report(seen.rows, &seen.rejected, corrected);
        rejected::write(&self.lake, self.order.number, &seen.rejected, &report).map_err(system)?;
        sync_folder(&self.lake.join("_rejected")).map_err(system)?;
        Ok(Prepared { files, report })
    }

    fn report(&self, rows: u64, rejected: &RejectedRows, corrected: u64) -> IngestReport {
        let rejected = rejected.rows.len() as u64;
        IngestReport { rows, accepted: rows - rejected, rejected, corrected, version: 0 }
    }
}

/// The facts a table already holds: natural key → row and content. Rows that were replaced are not among them.
struct Current(HashMap<i64, (i64, i64)>);

impl Current {
    fn read(files: &[PathBuf]) -> Result<Self, Refusal> {
        let mut facts = HashMap::new();
        for file in files {
            Self::read_file(file, &mut facts)
                .map_err(|error| Refusal::because(Code::Internal, Damaged(error.to_string())))?;
        }
        Ok(Self(facts))
    }

    /// A correction carries the key of what it replaces, and of the rows of one key the highest number is the newest.
    fn read_file(
        file: &Path,
        facts: &mut HashMap<i64, (i64, i64)>,
    ) -> Result<(), Box<dyn std::error::Error>> {
        let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(file)?)?;
        let mask = ProjectionMask::columns(builder.parquet_schema(), [ROW, KEY, HASH]);
        for batch in builder.with_projection(mask).with_batch_size(CHUNK).build()? {
            let batch = batch?;
            let column =
                |name: &str| batch.column_by_name(name).map(|column| column.as_primitive::<Int64Type>());
            let (Some(rows), Some(keys), Some(hashes)) = (column(ROW), column(KEY), column(HASH)) else {
                continue;
            };
            for index in 0..batch.num_rows() {
                let fact = (rows.value(index), hashes.value(index));
                let known = facts.entry(keys.value(index)).or_insert(fact);
                if fact.0 > known.0 {
                    *known = fact;
                }
            }
        }
        Ok(())
    }
}

#[derive(Debug, thiserror::Error)]
#[error("a data file cannot be read: {0}")]
struct Damaged(String);

/// Writes good rows into data files.
struct Writer<'a> {
    ingest: &'a Ingest<'a>,
    current: Current,
    columns: Columns,
    open: Option<(ArrowWriter<File>, PathBuf)>,
    file_rows: u64,
    corrected: u64,
    corrected_in_file: u64,
    files: Vec<NewFile>,
}

impl<'a> Writer<'a> {
    fn new(ingest: &'a Ingest<'a>, current: Current) -> Self {
        let columns = Columns::new(ingest.dataset);
        Self {
            ingest,
            current,
            columns,
            open: None,
            file_rows: 0,
            corrected: 0,
            corrected_in_file: 0,
            files: Vec::new(),
        }
    }

    /// Takes one good row; turns it down when the very same fact is already in.
    fn take(&mut self, row: i64, values: &mut [Value], hashes: Hashes) -> Result<Result<(), Fault>, Refusal> {
        let replaces = match self.current.0.get(&hashes.key) {
            Some((_, content)) if *content == hashes.row => {
                return Ok(Err(Fault {
                    code: Code::Duplicate,
                    expected: "a row that is not in yet".to_owned(),
                }));
            }
            Some((row, _)) => Some(*row),
            None => None,
        };
        self.corrected += u64::from(replaces.is_some());
        self.corrected_in_file += u64::from(replaces.is_some());
        self.columns.push(values, Marks { row, key: hashes.key, hash: hashes.row, replaces });
        if self.columns.rows() >= CHUNK {
            self.flush()?;
        }
        Ok(Ok(()))
    }

    fn flush(&mut self) -> Result<(), Refusal> {
        if self.columns.rows() == 0 {
            return Ok(());
        }
        let batch = self.columns.take().map_err(|error| Refusal::because(Code::Internal, error))?;
        let rows = batch.num_rows() as u64;
        let writer = self.writer()?;
        writer.write(&batch).map_err(|error| Refusal::because(Code::Internal, error))?;
        self.file_rows += rows;
        if self.file_rows >= FILE_ROWS {
            self.close()?;
        }
        Ok(())
    }

    fn writer(&mut self) -> Result<&mut ArrowWriter<File>, Refusal> {
        if self.open.is_none() {
            let folder = table::folder(&self.ingest.lake, &self.ingest.order.dataset);
            let path = folder.join(table::file_name(self.ingest.order.number, self.files.len(), false));
            let file = File::create(&path).map_err(|error| Refusal::because(Code::Internal, error))?;
            let level = ZstdLevel::try_new(1).map_err(|error| Refusal::because(Code::Internal, error))?;
            let properties = WriterProperties::builder()
                .set_compression(Compression::ZSTD(level))
                .set_max_row_group_row_count(Some(262_144))
                .build();
            let schema = file_schema(self.ingest.dataset);
            let writer = ArrowWriter::try_new(file, schema, Some(properties))
                .map_err(|error| Refusal::because(Code::Internal, error))?;
            self.open = Some((writer, path));
        }
        match &mut self.open {
            Some((writer, _)) => Ok(writer),
            None => Err(Refusal::new(Code::Internal, "no open file", "")),
        }
    }

    /// Closes the open file, durably, under a name that tells whether it corrects.
    fn close(&mut self) -> Result<(), Refusal> {
        let Some((writer, path)) = self.open.take() else { return Ok(()) };
        let system = |error: std::io::Error| Refusal::because(Code::Internal, error);
        let file = writer.into_inner().map_err(|error| Refusal::because(Code::Internal, error))?;
        file.sync_all().map_err(system)?;
        let bytes = file.metadata().map_err(system)?.len();
        let name = table::file_name(self.ingest.order.number, self.files.len(), self.corrected_in_file > 0);
        let place = path.with_file_name(&name);
        if place != path {
            std::fs::rename(&path, &place).map_err(system)?;
        }
        self.files.push(NewFile { name, rows: self.file_rows, bytes });
        self.file_rows = 0;
        self.corrected_in_file = 0;
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<NewFile>, Refusal> {
        self.flush()?;
        self.close()?;
        let folder = table::folder(&self.ingest.lake, &self.ingest.order.dataset);
        sync_folder(&folder).map_err(|error| Refusal::because(Code::Internal, error))?;
        Ok(self.files)
    }
}

/// The files of a table, as a reader of current facts wants them.
pub(crate) fn known_files(table: &Table) -> Result<Vec<PathBuf>, Refusal> {
    let files = table.files().map_err(|error| Refusal::because(Code::Internal, error))?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}
