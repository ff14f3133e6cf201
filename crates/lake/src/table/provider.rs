//! Tables as the engine reads them: the files of one version, without rows that later ones replaced, with list rows.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use datafusion::{
    arrow::{
        array::Int64Array,
        datatypes::{DataType, Field, Schema, SchemaRef},
        record_batch::RecordBatch,
    },
    common::JoinType,
    datasource::{
        MemTable, TableProvider,
        file_format::parquet::ParquetFormat,
        listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl},
    },
    error::DataFusionError,
    prelude::SessionContext,
};
use gnomon_engine::{Tables, table_schema, text_table};
use gnomon_kernel::{Code, Instant};
use gnomon_library::{
    analytics::{AnalyticsError, FileGone, TableStatus, TableVersion},
    dataset::Dataset,
    hex,
};
use sha2::{Digest, Sha256};

use crate::{
    Lake, beneath,
    table::{
        Holds, Table,
        columns::{REPLACES, ROW},
        facts::replaced_rows,
    },
};

/// The list rows of a reference dataset.
struct Listed {
    provider: Arc<dyn TableProvider>,
    rows: u64,
    /// A number that changes when the rows do.
    version: u64,
}

/// A dataset opened for reading.
pub(crate) struct Opened {
    pub provider: Arc<dyn TableProvider>,
    pub status: TableStatus,
}

impl Lake {
    /// Opens the datasets that hold data among `keys`, as they stood at a moment.
    pub(crate) async fn open_tables<'k>(
        &self,
        keys: impl IntoIterator<Item = &'k str>,
        known: Option<Instant>,
    ) -> Result<(Tables, Vec<TableVersion>), AnalyticsError> {
        let mut tables = Tables::new();
        let mut versions = Vec::new();
        for key in keys {
            if let Some(opened) = self.open_table_at(key, known).await? {
                versions.push(TableVersion { dataset: key.to_owned(), version: opened.status.version });
                tables.insert(key.to_owned(), opened.provider);
            }
        }
        Ok((tables, versions))
    }

    /// Opens one dataset as it stands now; `None` when it holds nothing.
    pub(crate) async fn open_table(&self, key: &str) -> Result<Option<Opened>, AnalyticsError> {
        self.open_table_at(key, None).await
    }

    /// The same as it stood at a moment. What a program brings with it, such as lists, is always that of now.
    async fn open_table_at(
        &self,
        key: &str,
        known: Option<Instant>,
    ) -> Result<Option<Opened>, AnalyticsError> {
        let Some(dataset) = self.library.datasets.get(key) else { return Ok(None) };
        let failed = || beneath(format!("opening {key}"));
        let table = match known {
            None => Table::open(&self.lake_dir(), key).await,
            Some(moment) => Table::open_known(&self.lake_dir(), key, moment).await,
        };
        let table = table.map_err(|error| failed()(error.into()))?;
        let files = match &table {
            Some(table) => table.files().map_err(|error| failed()(error.into()))?,
            None => Vec::new(),
        };
        if known.is_some() && files.iter().any(|(path, _)| !path.exists()) {
            let what = format!("opening {key} as it was");
            return Err(AnalyticsError { code: Code::VersionGone, what, source: None });
        }
        let listed = self.list_table(dataset).map_err(|error| failed()(error.into()))?;
        let replaced = replaced_rows(&files).map_err(|error| failed()(error))?;
        let files: Vec<_> = files.into_iter().filter(|(path, _)| Holds::of(path) != Holds::Ends).collect();
        let file_rows: u64 = files.iter().map(|(_, rows)| rows).sum();
        let version = match &table {
            Some(table) => table.version(),
            None => listed.as_ref().map_or(0, |listed| listed.version),
        };
        let rows = file_rows - replaced.len() as u64 + listed.as_ref().map_or(0, |listed| listed.rows);
        if rows == 0 {
            return Ok(None);
        }
        let listed = listed.map(|listed| listed.provider);
        let provider = if files.is_empty() {
            listed
        } else {
            let delivered = delivered(dataset, &files, replaced).map_err(|error| failed()(error.into()))?;
            Some(match listed {
                Some(listed) => union(delivered, listed).map_err(|error| failed()(error.into()))?,
                None => delivered,
            })
        };
        let status = TableStatus { dataset: key.to_owned(), rows, version };
        Ok(provider.map(|provider| Opened { provider, status }))
    }

    /// The list rows of a reference dataset; `None` when there are none.
    fn list_table(&self, dataset: &Dataset) -> Result<Option<Listed>, gnomon_engine::EngineError> {
        let schema = table_schema(&dataset.columns);
        let mut hash = Sha256::new();
        let mut tables = Vec::new();
        let mut rows = 0;
        for list in self.library.list_rows(&dataset.key) {
            hash.update(format!("{list:?}"));
            rows += list.rows.len() as u64;
            tables.push(text_table(&schema, list, false)?);
        }
        let mut tables = tables.into_iter();
        let Some(first) = tables.next() else { return Ok(None) };
        let all = tables.try_fold(first, union)?;
        let digest = hex(&hash.finalize());
        let version = u64::from_str_radix(&digest[..8], 16).unwrap_or_default();
        Ok(Some(Listed { provider: all, rows, version }))
    }
}

fn union(
    one: Arc<dyn TableProvider>,
    other: Arc<dyn TableProvider>,
) -> Result<Arc<dyn TableProvider>, DataFusionError> {
    let context = SessionContext::new();
    Ok(context.read_table(one)?.union(context.read_table(other)?)?.into_view())
}

/// Data files as one table. Each has to be there: the engine itself takes one that is not for one without rows.
pub(crate) fn listing<P: AsRef<Path>>(
    files: &[P],
    schema: SchemaRef,
) -> Result<Arc<dyn TableProvider>, DataFusionError> {
    if let Some(gone) = files.iter().map(AsRef::as_ref).find(|path| !path.exists()) {
        return Err(DataFusionError::External(FileGone::new(gone).into()));
    }
    let urls = files.iter().map(|path| ListingTableUrl::parse(path.as_ref().to_string_lossy()));
    let options = ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension(".parquet");
    let config = ListingTableConfig::new_with_multi_paths(urls.collect::<Result<_, _>>()?)
        .with_listing_options(options)
        .with_schema(schema);
    Ok(Arc::new(ListingTable::try_new(config)?))
}

/// The files of a dataset without the rows that later ones replaced.
fn delivered(
    dataset: &Dataset,
    files: &[(PathBuf, u64)],
    replaced: Vec<i64>,
) -> Result<Arc<dyn TableProvider>, DataFusionError> {
    let paths: Vec<&PathBuf> = files.iter().map(|(path, _)| path).collect();
    let listing = listing(&paths, table_schema(&dataset.columns))?;
    if replaced.is_empty() {
        return Ok(listing);
    }
    let schema = Arc::new(Schema::new(vec![Field::new(REPLACES, DataType::Int64, true)]));
    let batch = RecordBatch::try_new(schema.clone(), vec![Arc::new(Int64Array::from(replaced))])?;
    let replaced = MemTable::try_new(schema, vec![vec![batch]])?;
    let context = SessionContext::new();
    let kept = context.read_table(listing)?.join(
        context.read_table(Arc::new(replaced))?,
        JoinType::LeftAnti,
        &[ROW],
        &[REPLACES],
        None,
    )?;
    Ok(kept.into_view())
}
