//! One Delta table per dataset. Append-only: corrections are new rows that name the row they replace.

pub(crate) mod columns;
mod coverage;
pub(crate) mod datafile;
pub(crate) mod facts;
mod gather;
pub(crate) mod lookup;
pub(crate) mod provider;
mod vacuum;

use std::{
    collections::HashMap,
    fs,
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

use deltalake::{
    DeltaTable, DeltaTableBuilder, DeltaTableError,
    kernel::{
        Action, Add, ArrayType, DataType, MetadataExt, PrimitiveType, Remove, StructField, StructType,
        Transaction,
        transaction::{CommitBuilder, CommitProperties},
    },
    operations::create::CreateBuilder,
    protocol::{DeltaOperation, SaveMode},
    table::config::TableProperty,
};
use gnomon_kernel::Instant;
use gnomon_library::{column::Storage, dataset::Dataset};
use url::Url;

use crate::{
    raw::sync_folder,
    table::{columns::TECHNICAL, datafile::NewFile},
};

/// Marks a data file that holds corrections, so that readers know from the list of files whether rows are replaced.
const CORRECTS: &str = "-corrects";
/// Marks a data file that holds no facts, only which rows have ended.
const ENDS: &str = "-ends";

/// What a data file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holds {
    /// New facts.
    Facts,
    /// Facts, some of which replace earlier rows.
    Corrections,
    /// The rows that have ended.
    Ends,
}

impl Holds {
    fn mark(self) -> &'static str {
        match self {
            Self::Facts => "",
            Self::Corrections => CORRECTS,
            Self::Ends => ENDS,
        }
    }

    /// What a data file of this name holds.
    pub(crate) fn of(file: &Path) -> Holds {
        let stem = file.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
        match stem {
            stem if stem.ends_with(CORRECTS) => Self::Corrections,
            stem if stem.ends_with(ENDS) => Self::Ends,
            _ => Self::Facts,
        }
    }
}

/// A table as it stands at one version.
pub(crate) struct Table {
    folder: PathBuf,
    delta: DeltaTable,
}

/// How the data files of a batch begin. What a rebuilding writes begins with the version it makes, so that it stands beside
/// the files it takes the place of.
pub(crate) fn prefix(number: u32, rebuilt: Option<u64>) -> String {
    match rebuilt {
        None => format!("{number:08}-"),
        Some(version) => format!("{}{number:08}-", rebuilt_prefix(version)),
    }
}

/// How the files begin that the version gathers from smaller ones.
pub(crate) fn gathered_prefix(version: u64) -> String {
    format!("c{version:08}-")
}

/// How all data files of a rebuilding begin.
pub(crate) fn rebuilt_prefix(version: u64) -> String {
    format!("r{version:08}-")
}

/// The name of a data file.
pub(crate) fn file_name(prefix: &str, part: usize, holds: Holds) -> String {
    format!("{prefix}{part:04}{}.parquet", holds.mark())
}

/// The name of the file that holds what an erasure leaves of a data file: it tells the same of batches and of what it holds.
pub(crate) fn erased_name(file: &Path) -> String {
    let mark = Holds::of(file).mark();
    let stem = file.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let stem = stem.strip_suffix(mark).unwrap_or(&stem);
    let (stem, times) = match stem.rsplit_once(".x") {
        Some((stem, times)) => (stem, times.parse().unwrap_or(0)),
        None => (stem, 0_u32),
    };
    format!("{stem}.x{}{mark}.parquet", times + 1)
}

/// The numbers of the first and the last batch that a data file holds rows of.
pub(crate) fn batches_of(file: &Path) -> Option<RangeInclusive<u32>> {
    let name = file.file_name()?.to_string_lossy();
    let mut parts = name.split('-');
    let mut number = || parts.next()?.parse().ok();
    if name.starts_with('c') {
        number();
        return Some(number()?..=number()?);
    }
    if name.starts_with('r') {
        number();
    }
    let one = number()?;
    Some(one..=one)
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

    /// The newest version that was there at a moment; `None` when there was none.
    pub(crate) async fn open_known(
        lake: &Path,
        dataset: &str,
        moment: Instant,
    ) -> Result<Option<Table>, DeltaTableError> {
        let Some(Table { folder, mut delta }) = Self::open(lake, dataset).await? else { return Ok(None) };
        let newest = delta.version().unwrap_or_default();
        for version in (0..=newest).rev() {
            if committed_at(&folder, version)? <= moment.timestamp_millis() {
                delta.load_version(version).await?;
                return Ok(Some(Table { folder, delta }));
            }
        }
        Ok(None)
    }

    /// The table, made when it is not there.
    pub(crate) async fn open_or_create(lake: &Path, dataset: &Dataset) -> Result<Table, DeltaTableError> {
        if let Some(table) = Self::open(lake, &dataset.key).await? {
            return Ok(table);
        }
        let folder = folder(lake, &dataset.key);
        fs::create_dir_all(&folder)?;
        let delta = CreateBuilder::new()
            .with_location(url_of(&folder)?.as_str())
            .with_table_name(&dataset.key)
            .with_columns(fields(dataset))
            // Earlier versions stay readable: a run names those it read, and may be asked again.
            .with_configuration_property(TableProperty::EnableExpiredLogCleanup, Some("false"))
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

    /// From which batch on a rebuilding has to read again so that a batch can be read again: files that hold it go as a
    /// whole. From the first when the dataset file has changed.
    pub(crate) fn rebuilt_from(&self, dataset: &Dataset, number: u32) -> Result<u32, DeltaTableError> {
        if !self.fits(dataset)? {
            return Ok(0);
        }
        let files = self.files()?;
        let held: Vec<_> = files.iter().filter_map(|(path, _)| batches_of(path)).collect();
        let mut from = number;
        while let Some(earlier) = held
            .iter()
            .filter(|range| *range.end() >= from)
            .map(|range| *range.start())
            .min()
            .filter(|first| *first < from)
        {
            from = earlier;
        }
        Ok(from)
    }

    /// Whether its columns are those of the dataset.
    pub(crate) fn fits(&self, dataset: &Dataset) -> Result<bool, DeltaTableError> {
        let schema = self.delta.snapshot()?.schema();
        Ok(schema.fields().cloned().eq(fields(dataset)))
    }

    /// Commits a change as one version, bound to its transaction: all of it is in, or nothing.
    pub(crate) async fn commit(
        &self,
        transaction: &str,
        change: &Change<'_>,
    ) -> Result<u64, DeltaTableError> {
        let operation = DeltaOperation::Write { mode: SaveMode::Append, partition_by: None, predicate: None };
        let properties =
            CommitProperties::default().with_application_transaction(Transaction::new(transaction, 1));
        self.commit_as(operation, properties, change).await
    }

    /// Commits a version that holds the same rows in other files.
    pub(crate) async fn commit_gathered(
        &self,
        removed: Vec<String>,
        file: NewFile,
        now_millis: i64,
    ) -> Result<u64, DeltaTableError> {
        let operation = DeltaOperation::Optimize { predicate: None, target_size: file.bytes as i64 };
        let change = Change { added: &[file], removed, now_millis, same_rows: true, ..Change::default() };
        self.commit_as(operation, CommitProperties::default(), &change).await
    }

    async fn commit_as(
        &self,
        operation: DeltaOperation,
        properties: CommitProperties,
        change: &Change<'_>,
    ) -> Result<u64, DeltaTableError> {
        let state = self.delta.snapshot()?;
        let mut actions: Vec<Action> = Vec::new();
        if let Some(dataset) = change.reshaped {
            let schema = StructType::try_new(fields(dataset))?;
            actions.push(Action::Metadata(state.metadata().clone().with_schema(&schema)?));
        }
        actions.extend(change.removed.iter().map(|name| removed(name, change)));
        actions.extend(change.added.iter().map(|file| added(file, change)));
        // Tables made before this was a property of theirs keep their log too.
        let properties = properties.with_cleanup_expired_logs(Some(false));
        let commit = CommitBuilder::from(properties)
            .with_actions(actions)
            .build(Some(state), self.delta.log_store(), operation)
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

/// Sums the log of a table up as of its newest version, so that it is read faster.
pub(crate) async fn checkpoint(lake: &Path, dataset: &str) -> Result<(), DeltaTableError> {
    match Table::open(lake, dataset).await? {
        Some(table) => deltalake::protocol::checkpoints::create_checkpoint(&table.delta, None).await,
        None => Ok(()),
    }
}

/// What one version adds to a table and takes from it.
#[derive(Default)]
pub(crate) struct Change<'a> {
    pub added: &'a [NewFile],
    /// Names of data files.
    pub removed: Vec<String>,
    /// The dataset whose columns the table has from now on.
    pub reshaped: Option<&'a Dataset>,
    pub now_millis: i64,
    /// The rows are the same as before, in other files.
    pub same_rows: bool,
}

/// When a version was committed, in milliseconds, as its own log entry says.
pub(crate) fn committed_at(folder: &Path, version: u64) -> Result<i64, DeltaTableError> {
    let entry = log_entry(folder, version)?;
    let said = entry.lines().find_map(|line| {
        let action: serde_json::Value = serde_json::from_str(line).ok()?;
        action.pointer("/commitInfo/timestamp")?.as_i64()
    });
    said.ok_or_else(|| DeltaTableError::generic(format!("version {version} does not say when it was made")))
}

/// What the log says of a version, one action per line.
pub(crate) fn log_entry(folder: &Path, version: u64) -> Result<String, DeltaTableError> {
    Ok(fs::read_to_string(folder.join("_delta_log").join(format!("{version:020}.json")))?)
}

fn added(file: &NewFile, change: &Change<'_>) -> Action {
    Action::Add(Add {
        path: file.name.clone(),
        partition_values: HashMap::new(),
        size: file.bytes as i64,
        modification_time: change.now_millis,
        data_change: !change.same_rows,
        stats: Some(format!("{{\"numRecords\":{}}}", file.rows)),
        tags: None,
        deletion_vector: None,
        base_row_id: None,
        default_row_commit_version: None,
        clustering_provider: None,
    })
}

fn removed(name: &str, change: &Change<'_>) -> Action {
    Action::Remove(Remove {
        path: name.to_owned(),
        data_change: !change.same_rows,
        deletion_timestamp: Some(change.now_millis),
        ..Remove::default()
    })
}

fn fields(dataset: &Dataset) -> impl Iterator<Item = StructField> + '_ {
    let own = dataset
        .columns
        .iter()
        .map(|column| StructField::new(&column.name, delta_type(column.ty.storage()), true));
    let technical =
        TECHNICAL.map(|name| StructField::new(name, DataType::Primitive(PrimitiveType::Long), true));
    own.chain(technical)
}

/// The data files in a table's folder, of all versions and of none, in order; none where there is no folder.
pub(crate) fn data_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(files),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "parquet") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Removes data files that begin so and are in no version.
pub(crate) fn sweep(lake: &Path, dataset: &str, start: &str) -> std::io::Result<()> {
    let entries = match fs::read_dir(folder(lake, dataset)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(start) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_erasure_leaves_is_named_after_what_it_was() {
        for (name, expected) in [
            ("00000012-0000.parquet", "00000012-0000.x1.parquet"),
            ("00000012-0000.x1-corrects.parquet", "00000012-0000.x2-corrects.parquet"),
            (
                "c00000010-00000003-00000012-0000-ends.parquet",
                "c00000010-00000003-00000012-0000.x1-ends.parquet",
            ),
        ] {
            let (name, erased) = (Path::new(name), erased_name(Path::new(name)));
            assert_eq!(erased, expected);
            assert_eq!(batches_of(Path::new(&erased)), batches_of(name));
            assert_eq!(Holds::of(Path::new(&erased)), Holds::of(name));
        }
    }
}
