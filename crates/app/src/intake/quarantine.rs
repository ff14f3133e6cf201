//! The desk of what was kept back: refused rows, refused files, headers that wait for a person, refused pushes.

use chrono::TimeDelta;
use gnomon_domain::{Action, Actor};
use gnomon_kernel::{Code, Words};
use gnomon_library::{dataset::Dataset, quality::NOTHING_NEW};
use gnomon_store::{Batch, Cut, HeldDelivery, HeldFilter, HeldPush, HeldRows};

use crate::{App, Result, app::permit, intake::layouts::UNKNOWN_HEADER};

/// The most that is listed of each sort, beside the groups of rows.
const SHOWN: u64 = 50;

/// What the desk is narrowed to. The default is everything that asks for something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuarantineFilter {
    /// Key of one dataset.
    pub dataset: Option<String>,
    /// One department, by its Chinese name.
    pub department: Option<String>,
    /// One reason; without one, rows that say nothing new are left out.
    pub code: Option<Code>,
    /// Only what came at least so many days ago.
    pub days: Option<u32>,
}

/// Everything that was kept back and is still open.
#[derive(Debug, Clone)]
pub struct Quarantine<'a> {
    /// Refused rows by dataset, column and reason; the most rows times days first.
    pub groups: Vec<HeldGroup<'a>>,
    /// Deliveries with the most open rows.
    pub deliveries: Vec<HeldDelivery>,
    /// Files that are not in, for anything but their header.
    pub files: Cut<Batch>,
    /// Files whose header a person may explain.
    pub layouts: Cut<Batch>,
    /// Pushes of rows that were refused.
    pub pushes: Cut<HeldPush>,
    /// Departments that deliver something, by name.
    pub departments: Vec<&'a Words>,
}

/// Refused rows of a dataset that share column and reason.
#[derive(Debug, Clone)]
pub struct HeldGroup<'a> {
    /// The numbers.
    pub held: HeldRows,
    /// The dataset; none when it has left the library.
    pub dataset: Option<&'a Dataset>,
    /// The oldest delivery with such a row.
    pub oldest: Batch,
    /// Whole days since it came.
    pub days: u64,
}

impl HeldGroup<'_> {
    /// Rows that are still open.
    pub fn open(&self) -> u64 {
        self.held.rows.saturating_sub(self.held.mended)
    }

    /// What waits long counts as much as what is much.
    fn weight(&self) -> u64 {
        self.open().saturating_mul(self.days + 1)
    }
}

impl App {
    /// Everything that was kept back and is still open.
    pub async fn quarantine(&self, actor: &Actor, filter: &QuarantineFilter) -> Result<Quarantine<'_>> {
        permit(actor, Action::ViewData)?;
        let filter = self.held_filter(filter);
        let tx = self.parts.store.read().await?;
        let rows = tx.held_rows(&filter).await?;
        let oldest: Vec<u32> = rows.iter().map(|held| held.oldest).collect();
        let oldest = tx.batches_numbered(&oldest).await?;
        let group = |held: HeldRows| {
            let oldest = oldest.iter().find(|batch| batch.number == held.oldest)?.clone();
            let days = u64::try_from((self.now() - oldest.received_at).num_days()).unwrap_or_default();
            Some(HeldGroup { dataset: self.library().datasets.get(&held.dataset), held, oldest, days })
        };
        let mut groups: Vec<HeldGroup<'_>> = rows.into_iter().filter_map(group).collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.weight()));
        Ok(Quarantine {
            groups,
            deliveries: tx.held_deliveries(&filter, SHOWN).await?,
            files: tx.held_files(&filter, &UNKNOWN_HEADER, false, SHOWN).await?,
            layouts: tx.held_files(&filter, &UNKNOWN_HEADER, true, SHOWN).await?,
            pushes: tx.held_pushes(&filter, SHOWN).await?,
            departments: self.departments_known(),
        })
    }

    /// How many deliveries, files and pushes are kept back.
    pub async fn quarantine_count(&self, actor: &Actor) -> Result<u64> {
        permit(actor, Action::ViewData)?;
        let filter = self.held_filter(&QuarantineFilter::default());
        Ok(self.parts.store.read().await?.held_count(&filter).await?)
    }

    fn held_filter(&self, filter: &QuarantineFilter) -> HeldFilter {
        let of_department = |dataset: &&Dataset| {
            filter.department.as_ref().is_none_or(|department| dataset.owner.zh == *department)
        };
        let keys = |all: &mut dyn Iterator<Item = &Dataset>| {
            all.filter(of_department).map(|dataset| dataset.key.clone()).collect::<Vec<_>>()
        };
        let known = &self.library().datasets;
        let datasets = match (&filter.dataset, &filter.department) {
            (Some(key), None) => Some(vec![key.clone()]),
            (Some(key), Some(_)) => Some(keys(&mut known.get(key).into_iter())),
            (None, Some(_)) => Some(keys(&mut known.values())),
            (None, None) => None,
        };
        let except = if filter.code.is_some() { Vec::new() } else { NOTHING_NEW.to_vec() };
        let before = filter.days.map(|days| self.now() - TimeDelta::days(i64::from(days)));
        HeldFilter { datasets, code: filter.code, except, before }
    }

    /// The departments of all datasets, by their Chinese name.
    fn departments_known(&self) -> Vec<&Words> {
        let mut owners: Vec<&Words> =
            self.library().datasets.values().map(|dataset| &dataset.owner).collect();
        owners.sort_by(|one, other| one.zh.cmp(&other.zh));
        owners.dedup_by(|one, other| one.zh == other.zh);
        owners
    }
}
