//! The page of numbers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days};
use gnomon_domain::{Action, Actor, State};
use gnomon_kernel::{Day, Instant, Month, Words};
use gnomon_store::{Delay, Filter, Holder, LevelCounts, ModelRecord, PlaceCount, Tally, Totals};

use crate::{App, DelayKind, Result, app::permit};

/// Weeks shown, the present one included.
const WEEKS: u64 = 12;
/// Months of facts shown, the present one included.
const MONTHS: i32 = 24;

/// All numbers of the dashboard.
#[derive(Debug, Clone)]
pub struct Dashboard {
    /// Open warnings.
    pub open: LevelCounts,
    /// Of these, given to nobody.
    pub unassigned: LevelCounts,
    /// Warnings by state, in the order of the states.
    pub states: Vec<(State, LevelCounts)>,
    /// Verdicts, money, overdue.
    pub totals: Totals,
    /// Warnings raised per week, by its Monday, oldest first; [`WEEKS`] entries.
    pub weeks: Vec<(Day, LevelCounts)>,
    /// Warnings by the month in which the facts happened, oldest first; [`MONTHS`] entries.
    pub months: Vec<(Month, LevelCounts)>,
    /// Townships with open warnings, by code.
    pub places: Vec<Place>,
    /// Packs that have models or open warnings, in their order: key and title.
    pub packs: Vec<(String, Words)>,
    /// Open warnings by township and pack.
    pub open_by_place: Vec<PlaceCount>,
    /// How well the models do, most hits first.
    pub models: Vec<ModelPrecision>,
    /// Departments and when they last delivered, by name.
    pub freshness: Vec<Freshness>,
    /// Datasets whose delivery is late: those degraded first, then by the day.
    pub delayed: Vec<Delayed>,
    /// The day the data live in.
    pub data_today: Day,
}

impl Dashboard {
    /// Of the verified warnings that told something, how many were found true, 0 to 1.
    pub fn verified_rate(&self) -> Option<f64> {
        let told = self.totals.verified_true + self.totals.explained;
        (told > 0).then(|| self.totals.verified_true as f64 / told as f64)
    }

    /// Open warnings of a township (nine digits) in a pack.
    pub fn open_in(&self, township: &str, pack: &str) -> u64 {
        let here = |count: &&PlaceCount| count.township.as_deref() == Some(township) && count.pack == pack;
        self.open_by_place.iter().filter(here).map(|count| count.open).sum()
    }
}

/// A township.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// First nine digits of the division code: what the inbox filter takes.
    pub code: String,
    /// Name; the code where it is not known.
    pub name: String,
}

/// How well one model does.
#[derive(Debug, Clone)]
pub struct ModelPrecision {
    /// Title.
    pub title: Words,
    /// Key of the pack.
    pub pack: String,
    /// The numbers.
    pub record: ModelRecord,
}

impl ModelPrecision {
    /// Of the verified warnings that told something, how many were found true, 0 to 1.
    pub fn precision(&self) -> Option<f64> {
        let told = self.record.verified_true + self.record.explained;
        (told > 0).then(|| self.record.verified_true as f64 / told as f64)
    }
}

/// When a department last delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freshness {
    /// The department.
    pub owner: Words,
    /// Its datasets that have a delivery.
    pub filled: u64,
    /// Its datasets in the library.
    pub datasets: u64,
    /// The last delivery.
    pub last: Option<Instant>,
    /// Rows kept apart in the last delivery of each dataset.
    pub rejected: u64,
}

/// A dataset whose delivery is late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delayed {
    /// Key.
    pub dataset: String,
    /// Title.
    pub title: Words,
    /// The last day for the delivery.
    pub due_on: Day,
    /// What it means.
    pub kind: DelayKind,
    /// Models that read it.
    pub models: u64,
}

impl App {
    /// All numbers at one moment.
    pub async fn dashboard(&self, actor: &Actor) -> Result<Dashboard> {
        permit(actor, Action::ViewDashboard)?;
        let tx = self.parts.store.read().await?;
        let today = self.today();
        let data_today = tx.county_today().await?.unwrap_or(today);
        let monday = monday_of(today);
        let first_week = monday.checked_sub_days(Days::new(7 * (WEEKS - 1))).unwrap_or(monday);
        let this_month = Month::new(data_today.year() * 100 + data_today.month() as i32);
        let first_month = this_month.map(|month| month.plus(1 - MONTHS));
        let months = match first_month {
            Some(first) => every_month(first, tx.facts_per_month(first).await?),
            None => Vec::new(),
        };
        let open_by_place = tx.open_by_place().await?;
        let nobody = Filter { holder: Some(Holder::Nobody), ..Filter::default() };
        Ok(Dashboard {
            open: tx.inbox_counts(&Filter::default()).await?,
            unassigned: tx.inbox_counts(&nobody).await?,
            states: tx.counts_by_state().await?,
            totals: tx.totals(today).await?,
            weeks: every_week(first_week, tx.raised_per_day(first_week).await?),
            months,
            places: places(&tx, &open_by_place).await?,
            packs: self.packs_with(&open_by_place),
            open_by_place,
            models: self.model_rows(tx.model_records(None).await?),
            freshness: self.departments(&tx.tallies(None).await?),
            delayed: self.delayed(tx.open_delays().await?),
            data_today,
        })
    }

    fn packs_with(&self, open: &[PlaceCount]) -> Vec<(String, Words)> {
        let library = self.library();
        let of_models = library.models.values().map(|model| model.pack());
        let keys: BTreeSet<&str> = of_models.chain(open.iter().map(|count| count.pack.as_str())).collect();
        let mut keys: Vec<&str> = keys.into_iter().collect();
        keys.sort_by_key(|key| library.packs.get(*key).map_or(u32::MAX, |pack| pack.order));
        keys.into_iter().map(|key| (key.to_owned(), library.pack_title(key))).collect()
    }

    fn model_rows(&self, records: Vec<ModelRecord>) -> Vec<ModelPrecision> {
        let row = |record: ModelRecord| {
            let title = self.model_title(&record.model);
            let pack = record.model.split('-').next().unwrap_or_default().to_owned();
            ModelPrecision { title, pack, record }
        };
        let mut rows: Vec<ModelPrecision> = records.into_iter().map(row).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.record.hits));
        rows
    }

    fn departments(&self, tallies: &[Tally]) -> Vec<Freshness> {
        let mut departments: BTreeMap<&str, Freshness> = BTreeMap::new();
        for dataset in self.library().datasets.values() {
            let owner = dataset.owner.clone();
            let first = || Freshness { owner, filled: 0, datasets: 0, last: None, rejected: 0 };
            let department = departments.entry(&dataset.owner.zh).or_insert_with(first);
            department.datasets += 1;
            for Tally { last: batch, .. } in tallies.iter().filter(|tally| tally.dataset == dataset.key) {
                department.filled += 1;
                department.rejected += batch.counts.rejected;
                department.last = department.last.max(Some(batch.received_at));
            }
        }
        let mut departments: Vec<Freshness> = departments.into_values().collect();
        departments.sort_by_key(|department| std::cmp::Reverse(department.last));
        departments
    }

    fn delayed(&self, delays: Vec<Delay>) -> Vec<Delayed> {
        let readers = self.readers();
        let delayed = |delay: Delay| {
            let dataset = self.library().datasets.get(&delay.dataset)?;
            let models = readers.get(dataset.key.as_str()).map_or(0, |models| models.len() as u64);
            let (title, kind) = (dataset.title.clone(), DelayKind::of(&delay));
            Some(Delayed { dataset: delay.dataset, title, due_on: delay.due_on, kind, models })
        };
        let mut delayed: Vec<Delayed> = delays.into_iter().filter_map(delayed).collect();
        delayed.sort_by_key(|one| (one.kind, one.due_on));
        delayed
    }
}

async fn places(tx: &gnomon_store::Tx, open: &[PlaceCount]) -> Result<Vec<Place>> {
    let townships: BTreeSet<&str> = open.iter().filter_map(|count| count.township.as_deref()).collect();
    let full: Vec<String> = townships.iter().map(|head| format!("{head}000")).collect();
    let codes: Vec<&str> = full.iter().map(String::as_str).collect();
    let names: BTreeMap<String, String> =
        tx.regions_named(&codes).await?.into_iter().map(|region| (region.code, region.name)).collect();
    let place = |head: &str| {
        let name = names.get(&format!("{head}000")).cloned().unwrap_or_else(|| head.to_owned());
        Place { code: head.to_owned(), name }
    };
    Ok(townships.into_iter().map(place).collect())
}

fn monday_of(day: Day) -> Day {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

fn every_week(first: Day, raised: Vec<(Day, LevelCounts)>) -> Vec<(Day, LevelCounts)> {
    let week = |n: u64| first.checked_add_days(Days::new(7 * n)).unwrap_or(first);
    let mut weeks: Vec<(Day, LevelCounts)> = (0..WEEKS).map(|n| (week(n), LevelCounts::default())).collect();
    for (day, counts) in raised {
        let monday = monday_of(day);
        for (_, sum) in weeks.iter_mut().filter(|(week, _)| *week == monday) {
            *sum += counts;
        }
    }
    weeks
}

fn every_month(first: Month, facts: Vec<(Month, LevelCounts)>) -> Vec<(Month, LevelCounts)> {
    let known: BTreeMap<Month, LevelCounts> = facts.into_iter().collect();
    let month = |n: i32| first.plus(n);
    (0..MONTHS).map(|n| (month(n), known.get(&month(n)).copied().unwrap_or_default())).collect()
}
