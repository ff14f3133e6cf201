//! Datasets and deliveries.

pub(crate) mod connections;
pub(crate) mod coverage;
pub(crate) mod delays;
pub(crate) mod freshness;
pub(crate) mod source;

use std::collections::BTreeMap;

use gnomon_domain::{Action, Actor, Freshness};
use gnomon_kernel::{BatchId, Code, Instant, Words};
use gnomon_library::{analytics::TableStatus, dataset::Dataset};
use gnomon_store::{Batch, Filter, Mender, Rebuild, Tally, Trace};

use crate::{
    App, Error, Result, WarningItem,
    app::permit,
    data::freshness::Stand,
    intake::layouts::is_for_its_header,
    warning::{inbox::narrowed, shown::Places},
};

/// Citing warnings that are shown.
const SHOWN: u64 = 50;

/// A dataset with what is known of it.
#[derive(Debug, Clone)]
pub struct DatasetRow<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// Rows that models see.
    pub rows: u64,
    /// The version of the table that a delivery made last; 0 without one.
    pub version: u64,
    /// Accepted deliveries.
    pub batches: u64,
    /// Rows of theirs that were kept apart.
    pub rejected: u64,
    /// The last accepted delivery.
    pub last: Option<Batch>,
    /// Where it stands today.
    pub freshness: Freshness,
    /// Whether its department is to be reminded.
    pub is_late: bool,
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
    /// The open warnings whose evidence cites it, the strongest first; the first of them.
    pub citing: Vec<WarningItem>,
    /// How many such warnings there are before the cut.
    pub citing_count: u64,
    /// What each model made of it.
    pub traces: Vec<Traced>,
    /// Lines of its file that were erased on legal ground.
    pub erased: u64,
    /// Whether it was refused for a header that a person can explain.
    pub asks_for_layout: bool,
    /// For one that is not in: the accepted delivery of the same bytes.
    pub taken_in_as: Option<BatchId>,
}

/// What one model made of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traced {
    /// Title of the model; its id where the library has it no more.
    pub title: Words,
    /// The numbers.
    pub trace: Trace,
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
        let stands = self.stands(&self.parts.store.read().await?, None).await?;
        let mut readers = self.readers();
        Ok(stands.into_iter().map(|stand| self.dataset_row(stand, &mut readers)).collect())
    }

    /// What the tables themselves hold, those with rows only. Each is opened for it, which takes its time.
    pub async fn tables(&self, actor: &Actor) -> Result<Vec<TableStatus>> {
        permit(actor, Action::ViewData)?;
        Ok(self.parts.analytics.tables().await?)
    }

    /// One dataset.
    pub async fn dataset(&self, actor: &Actor, key: &str) -> Result<DatasetRow<'_>> {
        permit(actor, Action::ViewData)?;
        let stands = self.stands(&self.parts.store.read().await?, Some(key)).await?;
        let stand = stands.into_iter().next().ok_or(Error::NotFound(Code::NotFound))?;
        Ok(self.dataset_row(stand, &mut self.readers()))
    }

    fn dataset_row<'a>(
        &'a self,
        stand: Stand<'a>,
        readers: &mut BTreeMap<&'a str, Vec<&'a str>>,
    ) -> DatasetRow<'a> {
        let Stand { dataset, tally, freshness } = stand;
        let listed: usize = self.library().list_rows(&dataset.key).map(|list| list.rows.len()).sum();
        let sum = |of: fn(&Tally) -> u64| tally.as_ref().map_or(0, of);
        DatasetRow {
            dataset,
            rows: sum(|tally| tally.rows) + listed as u64,
            version: sum(|tally| tally.version),
            batches: sum(|tally| tally.batches),
            rejected: sum(|tally| tally.rejected),
            freshness,
            is_late: freshness.is_late(self.today()),
            models: readers.remove(dataset.key.as_str()).unwrap_or_default(),
            last: tally.map(|tally| tally.last),
        }
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
        let open = narrowed(actor, &Filter { batch: Some(batch.number), ..Filter::default() });
        let citing = tx.inbox(&open, None, SHOWN).await?.warnings;
        let citing_count = tx.inbox_counts(&open).await?.total();
        let codes = citing.iter().filter_map(|warning| warning.region_code.as_deref());
        let places = Places::load(&tx, codes).await?;
        let citing = citing.iter().map(|warning| self.item(warning, None, &places)).collect();
        let traces = tx.traces(batch.number).await?.into_iter().map(|trace| self.traced(trace)).collect();
        let erased = tx.erased_lines(batch.number).await?;
        Ok(DeliveryView {
            batch,
            menders,
            withdrawal,
            citing,
            citing_count,
            traces,
            erased,
            asks_for_layout,
            taken_in_as,
        })
    }

    fn traced(&self, trace: Trace) -> Traced {
        let model = self.library().models.get(&trace.model);
        let plain = || Words { zh: trace.model.clone(), en: trace.model.clone() };
        Traced { title: model.map_or_else(plain, |model| model.title.clone()), trace }
    }
}

fn withdrawal(rebuild: Rebuild) -> Withdrawal {
    Withdrawal { at: rebuild.asked_at, reason: rebuild.reason, replaced_by: rebuild.with }
}
