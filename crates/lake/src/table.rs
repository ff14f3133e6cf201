//! One Delta table per dataset. Append-only: corrections are new rows that name the row they replace.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use deltalake::{
    DeltaTable, DeltaTableBuilder, DeltaTableError,
    kernel::{
        Action, Add, ArrayType, DataType, PrimitiveType, StructField, Transaction,
        transaction::{CommitBuilder, CommitProperties},
    },
    operations::create::CreateBuilder,
    protocol::{DeltaOperation, SaveMode},
};
use gnomon_library::{column::Storage, dataset::Dataset};
use url::Url;

use crate::{
    intake::columns::{HASH, KEY, REPLACES, ROW},
    raw::sync_folder,
};

/// Marks a data file that holds corrections, so that readers know from the list of files whether rows are replaced.
const CORRECTS: &str = "-corrects";

/// A table as it stands at one version.
pub(crate) struct Table {
    folder: PathBuf,
    delta: DeltaTable,
}

/// A data file that is written and not yet committed.
pub(crate) struct NewFile {
    pub name: String,
    pub rows: u64,
    pub bytes: u64,
}

/// The name of a batch's data file.
pub(crate) fn file_name(number: u32, part: usize, corrects: bool) -> String {
    format!("{number:08}-{part:04}{}.parquet", if corrects { CORRECTS } else { "" })
}

/// Where a dataset's table lies.
pub(crate) fn folder(lake: &Path, dataset: &str) -> PathBuf {
    lake.join(dataset)
}

impl Table {
    /// The newest version; `None` when the dataset never received anything.
    pub(crate) async fn open(lake: &Path, dataset: &str) -> Result<Option<Table>, DeltaTableError> {
        let folder = folder(lake, dataset);
        if !folder.join("_delta_log").is_dir() {
            return Ok(None);
        }
        match DeltaTableBuilder::from_url(url_of(&folder)?)?.load().await {
            Ok(delta) => Ok(Some(Table { folder, delta })),
            // A crash between making the folder and its first commit leaves an empty log.
            Err(DeltaTableError::NotATable(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The table, made when it is not there.
    pub(crate) async fn open_or_create(lake: &Path, dataset: &Dataset) -> Result<Table, DeltaTableError> {
        if let Some(table) = Self::open(lake, &dataset.key).await? {
            return Ok(table);
        }
        let folder = folder(lake, &dataset.key);
        fs::create_dir_all(&folder)?;
        let own = dataset
            .columns
            .iter()
            .map(|column| StructField::new(&column.name, delta_type(column.ty.storage()), true));
        let marks = [ROW, KEY, HASH, REPLACES]
            .map(|name| StructField::new(name, DataType::Primitive(PrimitiveType::Long), true));
        let delta = CreateBuilder::new()
            .with_location(url_of(&folder)?.as_str())
            .with_table_name(&dataset.key)
            .with_columns(own.chain(marks))
            .await?;
        Ok(Table { folder, delta })
    }

    /// Its version.
    pub(crate) fn version(&self) -> u64 {
        self.delta.version().unwrap_or_default()
    }

    /// Whether a batch is in.
    pub(crate) async fn holds(&self, batch: &str) -> Result<bool, DeltaTableError> {
        let state = self.delta.snapshot()?;
        Ok(state.transaction_version(self.delta.log_store().as_ref(), batch).await?.is_some())
    }

    /// Commits files as one version, bound to the batch: all rows are in, or none.
    pub(crate) async fn commit(
        &self,
        batch: &str,
        files: &[NewFile],
        now_millis: i64,
    ) -> Result<u64, DeltaTableError> {
        let add = |file: &NewFile| {
            Action::Add(Add {
                path: file.name.clone(),
                partition_values: HashMap::new(),
                size: file.bytes as i64,
                modification_time: now_millis,
                data_change: true,
                stats: Some(format!("{{\"numRecords\":{}}}", file.rows)),
                tags: None,
                deletion_vector: None,
                base_row_id: None,
                default_row_commit_version: None,
                clustering_provider: None,
            })
        };
        let operation = DeltaOperation::Write { mode: SaveMode::Append, partition_by: None, predicate: None };
        let properties = CommitProperties::default().with_application_transaction(Transaction::new(batch, 1));
        let commit = CommitBuilder::from(properties)
            .with_actions(files.iter().map(add).collect())
            .build(Some(self.delta.snapshot()?), self.delta.log_store(), operation)
            .await?;
        let log = self.folder.join("_delta_log");
        fs::File::open(log.join(format!("{:020}.json", commit.version())))?.sync_all()?;
        sync_folder(&log)?;
        Ok(commit.version())
    }

    /// Its data files with their number of rows.
    pub(crate) fn files(&self) -> Result<Vec<(PathBuf, u64)>, DeltaTableError> {
        let data = self.delta.snapshot()?.log_data();
        let files = data.iter().map(|file| {
            (self.folder.join(file.path().as_ref()), file.num_records().unwrap_or_default() as u64)
        });
        let mut files: Vec<(PathBuf, u64)> = files.collect();
        files.sort();
        Ok(files)
    }
}

/// Whether a data file holds corrections.
pub(crate) fn corrects(file: &Path) -> bool {
    file.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with(CORRECTS))
}

/// Removes the data files of a batch that is not in.
pub(crate) fn sweep(lake: &Path, dataset: &str, number: u32) -> std::io::Result<()> {
    let start = format!("{number:08}-");
    let entries = match fs::read_dir(folder(lake, dataset)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&start) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn url_of(folder: &Path) -> Result<Url, DeltaTableError> {
    let absolute = fs::canonicalize(folder)?;
    Url::from_directory_path(&absolute)
        .map_err(|()| DeltaTableError::generic(format!("no URL for {}", absolute.display())))
}

fn delta_type(storage: Storage) -> DataType {
    let primitive = match storage {
        Storage::Text => PrimitiveType::String,
        Storage::Int64 => PrimitiveType::Long,
        Storage::Int32 => PrimitiveType::Integer,
        Storage::Float64 => PrimitiveType::Double,
        Storage::Day => PrimitiveType::Date,
        Storage::Timestamp => PrimitiveType::TimestampNtz,
        Storage::Bool => PrimitiveType::Boolean,
        Storage::TextList => {
            return DataType::Array(Box::new(ArrayType::new(
                DataType::Primitive(PrimitiveType::String),
                true,
            )));
        }
    };
    DataType::Primitive(primitive)
}
