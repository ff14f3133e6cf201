//! Datasets and deliveries.

use std::collections::BTreeMap;

use gnomon_domain::{Action, Actor, may};
use gnomon_kernel::{BatchId, Code, Instant};
use gnomon_library::dataset::Dataset;
use gnomon_store::{Batch, Mender, Rebuild, Tx, Warning};

use crate::{
    App, Error, Result, WarningItem, app::permit, layouts::is_for_its_header, rebuild::CITING, shown::Places,
};

/// Citing warnings that are shown.
const SHOWN: usize = 50;

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

/// One delivery with what became of it and what rests on it.
#[derive(Debug, Clone)]
pub struct DeliveryView {
    /// The delivery.
    pub batch: Batch,
    /// The deliveries that mend refused rows of it, in the order they came.
    pub menders: Vec<Mender>,
    /// Why it was taken out, when it was.
    pub withdrawal: Option<Withdrawal>,
    /// The newest open warnings whose evidence cites it, of those that this person may see.
    pub citing: Vec<WarningItem>,
    /// How many such warnings there are before the cut.
    pub citing_count: u64,
    /// Whether it was refused for a header that a person can explain.
    pub asks_for_layout: bool,
    /// For one that is not in: the accepted delivery of the same bytes.
    pub taken_in_as: Option<BatchId>,
}

/// How a delivery was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// When.
    pub at: Instant,
    /// Why, in a person's words; the name of the file that took its place when there is one.
    pub reason: String,
    /// The delivery that took its place.
    pub replaced_by: Option<BatchId>,
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

    /// Ids of the models that read each dataset, directly or through views.
    pub(crate) fn readers(&self) -> BTreeMap<&str, Vec<&str>> {
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

    /// One delivery with what became of it and what rests on it.
    pub async fn delivery(&self, actor: &Actor, id: &BatchId) -> Result<DeliveryView> {
        permit(actor, Action::ViewData)?;
        let tx = self.parts.store.read().await?;
        let batch = tx.batch(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        let menders = tx.menders(batch.number).await?;
        let withdrawal = tx.rebuild_without(id).await?.map(withdrawal);
        let same = tx.accepted_batch(&batch.dataset, &batch.sha256).await?.map(|same| same.id);
        let taken_in_as = same.filter(|same| *same != batch.id);
        let asks_for_layout = is_for_its_header(&batch) && taken_in_as.is_none();
        let mut citing = citing(&tx, actor, batch.number).await?;
        let citing_count = citing.len() as u64;
        citing.truncate(SHOWN);
        let codes = citing.iter().filter_map(|warning| warning.region_code.as_deref());
        let places = Places::load(&tx, codes).await?;
        let citing = citing.iter().map(|warning| self.item(warning, None, &places)).collect();
        Ok(DeliveryView { batch, menders, withdrawal, citing, citing_count, asks_for_layout, taken_in_as })
    }
}

/// Open warnings whose evidence cites a delivery, as far as this person may see them; the newest first.
async fn citing(tx: &Tx, actor: &Actor, batch: u32) -> Result<Vec<Warning>> {
    let mut warnings = tx.warnings_citing(batch, CITING).await?;
    warnings.retain(|warning| {
        let may_see = may(actor, Action::ViewWarning, &warning.matter.relation()).is_ok();
        may_see && warning.matter.state.is_open()
    });
    Ok(warnings)
}

fn withdrawal(rebuild: Rebuild) -> Withdrawal {
    Withdrawal { at: rebuild.asked_at, reason: rebuild.reason, replaced_by: rebuild.with }
}
