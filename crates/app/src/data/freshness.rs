//! How fresh datasets are.
//!
//! Which deliveries are expected: those of a dataset that has received something, for whoever delivered once is connected.
//! A dataset that never came is expected only when somebody asked for a model that cannot tell without it, by naming the
//! model or its pack. A run of everything asks for nothing in particular: a county that never connects 150 datasets must
//! not be reminded of 150.

use std::collections::BTreeMap;

use chrono::{Datelike, TimeDelta};
use gnomon_domain::{Action, Actor, Freshness, LastDelivery, Volume, freshness, local_day, usual};
use gnomon_kernel::{Day, Month};
use gnomon_library::dataset::{Dataset, DatasetKind};
use gnomon_store::{Batch, Delay, MonthRows, Tally, Tx};

use crate::{App, Result, app::permit};

/// Months shown, the present one included.
const MONTHS: i32 = 24;
/// How long a run that lacked a dataset counts as having asked for it.
const ASKED: TimeDelta = TimeDelta::days(366);
/// A delivery of fewer rows says nothing of quality.
const FEWEST_ROWS: u64 = 20;

/// A dataset with how fresh it is.
#[derive(Debug, Clone)]
pub struct FreshRow<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// The last accepted delivery.
    pub last: Option<Batch>,
    /// Where it stands today.
    pub freshness: Freshness,
    /// Whether its department is to be reminded.
    pub is_late: bool,
    /// The delay that was noticed and is not over.
    pub delay: Option<Delay>,
    /// Models that read it, directly or through views.
    pub models: u64,
    /// The usual number of rows of a month in which something came; 0 before the first delivery.
    pub usual: u64,
    /// Rows that came in each of the last months, the present one included; none before the first delivery.
    pub months: Vec<MonthVolume>,
}

/// Rows that came in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthVolume {
    /// The month.
    pub month: Month,
    /// Accepted rows; `None` before the first delivery.
    pub rows: Option<u64>,
    /// The same seen from the usual number.
    pub volume: Volume,
}

/// Where a dataset stands today.
pub(crate) struct Stand<'a> {
    pub dataset: &'a Dataset,
    /// Its accepted deliveries; `None` without one.
    pub tally: Option<Tally>,
    pub freshness: Freshness,
}

impl App {
    /// How fresh all datasets are, by key. Lists that come with the library and never as files are left out.
    pub async fn freshness(&self, actor: &Actor) -> Result<Vec<FreshRow<'_>>> {
        permit(actor, Action::ViewData)?;
        self.fresh_rows(None).await
    }

    /// How fresh one dataset is; nothing for one that [`App::freshness`] leaves out.
    pub async fn freshness_of(&self, actor: &Actor, key: &str) -> Result<Option<FreshRow<'_>>> {
        permit(actor, Action::ViewData)?;
        Ok(self.fresh_rows(Some(key)).await?.into_iter().next())
    }

    async fn fresh_rows(&self, key: Option<&str>) -> Result<Vec<FreshRow<'_>>> {
        let tx = self.parts.store.read().await?;
        let readers = self.readers();
        let received = by_dataset(tx.rows_received(key).await?);
        let delays = tx.open_delays().await?;
        let mut delays: BTreeMap<String, Delay> =
            delays.into_iter().map(|delay| (delay.dataset.clone(), delay)).collect();
        let today = self.today();
        let months = month_of(today).map(months_until).unwrap_or_default();
        let mut rows = Vec::new();
        for Stand { dataset, tally, freshness } in self.stands(&tx, key).await? {
            let last = tally.map(|tally| tally.last);
            if dataset.kind == DatasetKind::Reference && last.is_none() && freshness.due.is_none() {
                continue;
            }
            let key = dataset.key.as_str();
            let (usual, months) = volumes(received.get(key), &months);
            let models = readers.get(key).map_or(0, |models| models.len() as u64);
            let (is_late, delay) = (freshness.is_late(today), delays.remove(key));
            rows.push(FreshRow { dataset, last, freshness, is_late, delay, models, usual, months });
        }
        Ok(rows)
    }

    /// Where the datasets of the library stand today, by key; one of them or all.
    pub(crate) async fn stands(&self, tx: &Tx, key: Option<&str>) -> Result<Vec<Stand<'_>>> {
        let tallies = tx.tallies(key).await?;
        let mut tallies: BTreeMap<String, Tally> =
            tallies.into_iter().map(|tally| (tally.dataset.clone(), tally)).collect();
        let datasets: Vec<&Dataset> = match key {
            Some(key) => self.library().datasets.get(key).into_iter().collect(),
            None => self.library().datasets.values().collect(),
        };
        // Only of what never came does it matter since when somebody waits for it.
        let asked_for = match datasets.iter().all(|dataset| tallies.contains_key(&dataset.key)) {
            true => BTreeMap::new(),
            false => self.asked_for(tx).await?,
        };
        let today = self.today();
        let is_working = |day| self.is_working(day);
        let stands = datasets.into_iter().map(|dataset| {
            let tally = tallies.remove(&dataset.key);
            let asked_for = asked_for.get(&dataset.key).copied();
            let delivery = tally.as_ref().map(|tally| last_delivery(&tally.last));
            let freshness = freshness(dataset.cadence, delivery, asked_for, today, is_working);
            Stand { dataset, tally, freshness }
        });
        Ok(stands.collect())
    }

    /// Since which day somebody waits for a dataset; see the rule above.
    async fn asked_for(&self, tx: &Tx) -> Result<BTreeMap<String, Day>> {
        let everything = self.models_in_use().count() as u64;
        let mut asked_for = BTreeMap::new();
        let lacks = tx.lacks(self.now() - ASKED).await?;
        for lack in lacks.into_iter().filter(|lack| lack.models < everything) {
            for dataset in lack.missing {
                asked_for.entry(dataset).or_insert_with(|| local_day(lack.asked_at));
            }
        }
        Ok(asked_for)
    }
}

fn last_delivery(batch: &Batch) -> LastDelivery {
    let is_below_limits = batch.counts.rows >= FEWEST_ROWS && batch.gaps().next().is_some();
    LastDelivery { on: local_day(batch.received_at), is_below_limits }
}

fn by_dataset(received: Vec<MonthRows>) -> BTreeMap<String, BTreeMap<Month, u64>> {
    let mut by_dataset: BTreeMap<String, BTreeMap<Month, u64>> = BTreeMap::new();
    for one in received {
        by_dataset.entry(one.dataset).or_default().insert(one.month, one.rows);
    }
    by_dataset
}

/// The usual number of rows of a month, and the months seen from it; none of both before the first delivery.
fn volumes(received: Option<&BTreeMap<Month, u64>>, months: &[Month]) -> (u64, Vec<MonthVolume>) {
    let Some(received) = received else { return (0, Vec::new()) };
    let rows_in = |month: &Month| received.get(month).copied().unwrap_or_default();
    let usual = usual(months.iter().map(rows_in));
    let first = received.keys().next();
    let volume = |month: &Month| {
        let rows = rows_in(month);
        let rows_if_begun = first.is_some_and(|first| first <= month).then_some(rows);
        MonthVolume { month: *month, rows: rows_if_begun, volume: Volume::of(rows, usual) }
    };
    (usual, months.iter().map(volume).collect())
}

pub(crate) fn month_of(day: Day) -> Option<Month> {
    Month::new(day.year() * 100 + day.month() as i32)
}

/// The last [`MONTHS`] months up to this one, oldest first.
pub(crate) fn months_until(last: Month) -> Vec<Month> {
    (0..MONTHS).rev().map(|back| last.plus(-back)).collect()
}
