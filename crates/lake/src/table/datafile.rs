//! Data files: Parquet, written whole and durably before anything names them.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::mpsc::{SyncSender, sync_channel},
    thread::{self, JoinHandle},
};

use datafusion::arrow::{datatypes::SchemaRef, record_batch::RecordBatch};
use gnomon_kernel::Code;
use gnomon_library::analytics::Refusal;
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, Encoding, ZstdLevel},
    errors::ParquetError,
    file::properties::WriterProperties,
};

use crate::table::columns::{HASH, KEY, ROW};

/// Rows per row group.
const GROUP_ROWS: usize = 262_144;
/// Batches that may wait to be encoded.
const WAITING: usize = 4;

/// A data file that is written and not yet committed.
pub(crate) struct NewFile {
    pub name: String,
    pub rows: u64,
    pub bytes: u64,
}

/// A data file that is being written. Encoding is about as much work as making the rows, so it has a thread of its own.
pub(crate) struct DataFile {
    batches: Option<SyncSender<RecordBatch>>,
    encoder: Option<JoinHandle<Result<File, ParquetError>>>,
    path: PathBuf,
    rows: u64,
}

impl DataFile {
    pub(crate) fn create(path: PathBuf, schema: SchemaRef) -> Result<DataFile, Failure> {
        let mut writer = ArrowWriter::try_new(File::create(&path)?, schema, Some(properties()?))?;
        let (batches, waiting) = sync_channel::<RecordBatch>(WAITING);
        let encoder = thread::spawn(move || {
            waiting.iter().try_for_each(|batch| writer.write(&batch))?;
            writer.into_inner()
        });
        Ok(DataFile { batches: Some(batches), encoder: Some(encoder), path, rows: 0 })
    }

    /// Adds rows. What is wrong with them, or with the disk, may only be said by a later call.
    pub(crate) fn write(&mut self, batch: RecordBatch) -> Result<(), Failure> {
        self.rows += batch.num_rows() as u64;
        let sent = self.batches.as_ref().is_some_and(|batches| batches.send(batch).is_ok());
        if sent { Ok(()) } else { self.end().map(drop) }
    }

    /// Rows so far.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Closes it, durably, in the same folder under the name it is to have.
    pub(crate) fn close(mut self, place: &Path) -> Result<NewFile, Failure> {
        let file = self.end()?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        if place != self.path {
            fs::rename(&self.path, place)?;
        }
        let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(NewFile { name, rows: self.rows, bytes })
    }

    /// Waits until all has been encoded; gives the file, or what went wrong.
    fn end(&mut self) -> Result<File, Failure> {
        self.batches = None;
        let encoder = self.encoder.take().ok_or(Failure::Stopped)?;
        Ok(encoder.join().map_err(|_| Failure::Stopped)??)
    }
}

/// A file that is given up holds no room on the disk any more once its name is removed.
impl Drop for DataFile {
    fn drop(&mut self) {
        let _ = self.end();
    }
}

/// No two rows share a reference, and hardly any a hash: a dictionary of them would be made and thrown away. References count
/// up; hashes cannot be made smaller.
fn properties() -> Result<WriterProperties, ParquetError> {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_column_encoding(ROW.into(), Encoding::DELTA_BINARY_PACKED);
    for name in [ROW, KEY, HASH] {
        properties = properties.set_column_dictionary_enabled(name.into(), false);
    }
    for name in [KEY, HASH] {
        properties = properties.set_column_compression(name.into(), Compression::UNCOMPRESSED);
    }
    Ok(properties.build())
}

/// Why a data file could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Parquet(#[from] ParquetError),
    #[error("encoding stopped")]
    Stopped,
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Refusal::because(Code::Internal, failure)
    }
}
