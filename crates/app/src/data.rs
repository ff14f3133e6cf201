//! Datasets and deliveries.

use std::collections::BTreeMap;

use gnomon_domain::{Action, Actor};
use gnomon_kernel::{BatchId, Code};
use gnomon_library::dataset::Dataset;
use gnomon_store::Batch;

use crate::{App, Error, Result, app::permit};

/// A dataset with what is known of its table.
#[derive(Debug, Clone)]
pub struct DatasetRow<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// Rows that models see.
    pub rows: u64,
    /// Version of the table; 0 without data.
    pub version: u64,
    /// The last accepted delivery.
    pub last: Option<Batch>,
    /// Ids of the models that read it, directly or through views.
    pub models: Vec<&'a str>,
}

impl App {
    /// All datasets, by key.
    pub async fn datasets(&self, actor: &Actor) -> Result<Vec<DatasetRow<'_>>> {
        permit(actor, Action::ViewData)?;
        let tables = self.parts.analytics.tables().await?;
        let tables: BTreeMap<String, (u64, u64)> =
            tables.into_iter().map(|table| (table.dataset, (table.rows, table.version))).collect();
        let last = self.parts.store.read().await?.last_batches().await?;
        let mut last: BTreeMap<String, Batch> =
            last.into_iter().map(|batch| (batch.dataset.clone(), batch)).collect();
        let mut readers = self.readers();
        let library = self.library();
        let row = |dataset| self.dataset_row(dataset, &tables, &mut last, &mut readers);
        Ok(library.datasets.values().map(row).collect())
    }

    fn dataset_row<'a>(
        &'a self,
        dataset: &'a Dataset,
        tables: &BTreeMap<String, (u64, u64)>,
        last: &mut BTreeMap<String, Batch>,
        readers: &mut BTreeMap<&'a str, Vec<&'a str>>,
    ) -> DatasetRow<'a> {
        let (rows, version) = tables.get(&dataset.key).copied().unwrap_or_default();
        let last = last.remove(&dataset.key);
        let models = readers.remove(dataset.key.as_str()).unwrap_or_default();
        DatasetRow { dataset, rows, version, last, models }
    }

    fn readers(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut readers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for model in self.library().models.values() {
            for dataset in self.library().datasets_below(model.reads.iter().chain(&model.reads_any)) {
                readers.entry(dataset).or_default().push(&model.id);
            }
        }
        readers
    }

    /// Deliveries, newest first; of one dataset or of all; before a number when paging.
    pub async fn batches(
        &self,
        actor: &Actor,
        dataset: Option<&str>,
        before: Option<u32>,
        limit: u64,
    ) -> Result<Vec<Batch>> {
        permit(actor, Action::ViewData)?;
        Ok(self.parts.store.read().await?.batches(dataset, before, limit).await?)
    }

    /// One delivery.
    pub async fn batch(&self, actor: &Actor, id: &BatchId) -> Result<Batch> {
        permit(actor, Action::ViewData)?;
        self.parts.store.read().await?.batch(id).await?.ok_or(Error::NotFound(Code::NotFound))
    }
}
