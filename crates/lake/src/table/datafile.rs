//! Data files: Parquet, written whole and durably before anything names them.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
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

/// A data file that is written and not yet committed.
pub(crate) struct NewFile {
    pub name: String,
    pub rows: u64,
    pub bytes: u64,
}

/// A data file that is being written.
pub(crate) struct DataFile {
    writer: ArrowWriter<File>,
    path: PathBuf,
    rows: u64,
}

impl DataFile {
    pub(crate) fn create(path: PathBuf, schema: SchemaRef) -> Result<DataFile, Failure> {
        let writer = ArrowWriter::try_new(File::create(&path)?, schema, Some(properties()?))?;
        Ok(DataFile { writer, path, rows: 0 })
    }

    pub(crate) fn write(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        self.rows += batch.num_rows() as u64;
        Ok(self.writer.write(batch)?)
    }

    /// Rows so far.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Closes it, durably, in the same folder under the name it is to have.
    pub(crate) fn close(self, place: &Path) -> Result<NewFile, Failure> {
        let file = self.writer.into_inner()?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        if place != self.path {
            fs::rename(&self.path, place)?;
        }
        let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(NewFile { name, rows: self.rows, bytes })
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
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Refusal::because(Code::Internal, failure)
    }
}
