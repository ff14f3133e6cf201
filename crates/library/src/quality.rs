//! The quality of a delivery: limits of a dataset, what is measured against them, and when a file is unfit as a whole.

use std::collections::BTreeMap;

use gnomon_kernel::{Code, Measure, MeasureKind};
use serde::Deserialize;

use crate::{
    analytics::{FaultCount, IngestReport},
    column::ColumnType,
    dataset::{Cadence, Dataset, Delivery},
};

/// Fewer earlier deliveries than these are no yardstick for the number of rows.
const EARLIER: usize = 3;
/// A file of fewer rows is never unfit as a whole.
const UNFIT_ROWS: u64 = 20;

/// A percentage, exact to two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "f64")]
pub struct Percent(u32);

impl Percent {
    /// In hundredths of a percent.
    pub fn hundredths(self) -> u32 {
        self.0
    }

    /// Whether a part of a whole can have it.
    pub(crate) fn is_share(self) -> bool {
        self.0 <= 10_000
    }
}

impl TryFrom<f64> for Percent {
    type Error = String;

    fn try_from(value: f64) -> Result<Self, String> {
        let hundredths = (value * 100.0).round();
        let is_exact = (value * 100.0 - hundredths).abs() < 1e-6;
        match is_exact && (0.0..=100_000.0).contains(&hundredths) {
            true => Ok(Self(hundredths as u32)),
            false => {
                Err(format!("found {value}, expected a percentage from 0 to 1000 with at most two decimals"))
            }
        }
    }
}

/// The table `[quality]` of a dataset file: percentages. What is left out has its usual limit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quality {
    /// At least so many rows have their key columns filled.
    pub keys_filled: Percent,
    /// At least so many rows have no wrong resident number.
    pub numbers_valid: Percent,
    /// At least so many rows have no wrong organisation code.
    pub codes_valid: Percent,
    /// At least so many rows have no unknown division.
    pub regions_known: Percent,
    /// At least so many rows have a time within the period.
    pub time_in_period: Percent,
    /// Fewer rows than so many were already there.
    pub duplicates: Percent,
    /// The number of rows is at most so far from the median of earlier deliveries.
    pub row_count: Percent,
}

impl Default for Quality {
    fn default() -> Self {
        Self {
            keys_filled: Percent(9_950),
            numbers_valid: Percent(9_900),
            codes_valid: Percent(9_800),
            regions_known: Percent(9_900),
            time_in_period: Percent(9_990),
            duplicates: Percent(10),
            row_count: Percent(3_000),
        }
    }
}

impl Quality {
    /// The limits that are shares of the rows, with their keys.
    pub(crate) fn shares(&self) -> [(&'static str, Percent); 6] {
        use MeasureKind as K;
        [
            (K::KeysFilled.as_str(), self.keys_filled),
            (K::NumbersValid.as_str(), self.numbers_valid),
            (K::CodesValid.as_str(), self.codes_valid),
            (K::RegionsKnown.as_str(), self.regions_known),
            (K::TimeInPeriod.as_str(), self.time_in_period),
            (K::Duplicates.as_str(), self.duplicates),
        ]
    }
}

/// Reasons of rows that say nothing new: nobody has to mend them.
pub const NOTHING_NEW: [Code; 2] = [Code::Duplicate, Code::NothingToEnd];

/// Name of the column of a dataset that stands under a header word; empty for the whole row, and for a word that is none of its own.
pub fn column_of<'a>(dataset: &'a Dataset, header: &str) -> &'a str {
    dataset.column_headed(header).map(|column| column.name.as_str()).unwrap_or_default()
}

/// How many rows have which fault, by header word and code.
#[derive(Debug, Default)]
pub struct FaultTally(BTreeMap<String, BTreeMap<String, u64>>);

impl FaultTally {
    /// Counts one row.
    pub fn add(&mut self, header: &str, code: &str) {
        match self.0.get_mut(header).and_then(|codes| codes.get_mut(code)) {
            Some(rows) => *rows += 1,
            None => *self.0.entry(header.to_owned()).or_default().entry(code.to_owned()).or_default() += 1,
        }
    }

    /// Rows counted.
    pub fn rows(&self) -> u64 {
        self.0.values().flat_map(BTreeMap::values).sum()
    }

    /// What was wrong: each column and reason once, the most frequent first.
    pub fn counts(&self, dataset: &Dataset) -> Vec<FaultCount> {
        let mut faults: Vec<FaultCount> = Vec::new();
        for (header, codes) in &self.0 {
            let column = column_of(dataset, header);
            for (code, rows) in codes {
                match faults.iter_mut().find(|fault| fault.column == column && fault.code == *code) {
                    Some(fault) => fault.rows += rows,
                    None => {
                        faults.push(FaultCount { column: column.to_owned(), code: code.clone(), rows: *rows })
                    }
                }
            }
        }
        faults.sort_by_key(|fault| std::cmp::Reverse(fault.rows));
        faults
    }
}

/// The fault that most rows share, and how many rows are unfit, when these are more than half of a file that is no small
/// one. A row that says nothing new is not unfit.
pub fn mostly_unfit(rows: u64, faults: &[FaultCount]) -> Option<(&FaultCount, u64)> {
    let says_nothing_new = NOTHING_NEW.map(Code::word);
    let unfit = || faults.iter().filter(|fault| !says_nothing_new.contains(&fault.code.as_str()));
    let count = unfit().map(|fault| fault.rows).sum();
    let commonest = unfit().max_by_key(|fault| fault.rows)?;
    (rows >= UNFIT_ROWS && count > rows / 2).then_some((commonest, count))
}

/// Measures a delivery. `earlier` are the rows of accepted deliveries before it that it can be compared with.
///
/// Rows are kept apart for the first of their faults, so a share is of rows, not of cells.
pub fn measures(dataset: &Dataset, report: &IngestReport, earlier: &[u64]) -> Vec<Measure> {
    use MeasureKind as K;
    if report.rows == 0 {
        return Vec::new();
    }
    let limits = &dataset.quality;
    let faulty = |is_it: &dyn Fn(&FaultCount) -> bool| {
        let rows: u64 = report.faults.iter().filter(|fault| is_it(fault)).map(|fault| fault.rows).sum();
        rows.min(report.rows)
    };
    let coded = |codes: &[Code]| faulty(&|fault| codes.iter().any(|code| code.word() == fault.code));
    let keys = key_columns(dataset);
    let empty = faulty(&|fault| fault.code == Code::Empty.word() && keys.contains(&fault.column.as_str()));
    let time = dataset.time.as_deref();
    let out_of_time = faulty(&|f| Some(f.column.as_str()) == time && f.code != Code::Empty.word());
    let has = |types: &[ColumnType]| dataset.columns.iter().any(|column| types.contains(&column.ty));
    let at_least = |is_measured: bool, kind, bad: u64, limit: Percent| {
        is_measured.then(|| at_least(kind, report.rows - bad, report.rows, limit))
    };
    let numbers = has(&[ColumnType::Idno, ColumnType::Party]);
    let codes = has(&[ColumnType::Uscc, ColumnType::Party]);
    let regions = has(&[ColumnType::Region]);
    [
        at_least(!keys.is_empty(), K::KeysFilled, empty, limits.keys_filled),
        at_least(numbers, K::NumbersValid, coded(&NUMBER_FAULTS), limits.numbers_valid),
        at_least(codes, K::CodesValid, coded(&CODE_FAULTS), limits.codes_valid),
        at_least(regions, K::RegionsKnown, coded(&[Code::Region]), limits.regions_known),
        at_least(time.is_some(), K::TimeInPeriod, out_of_time, limits.time_in_period),
        Some(under(K::Duplicates, coded(&[Code::Duplicate]), report.rows, limits.duplicates)),
        row_count(dataset, report, earlier),
    ]
    .into_iter()
    .flatten()
    .collect()
}

const NUMBER_FAULTS: [Code; 5] = [Code::IdLength, Code::IdChar, Code::IdRegion, Code::IdDate, Code::IdCheck];
const CODE_FAULTS: [Code; 4] = [Code::OrgLength, Code::OrgChar, Code::OrgCheck, Code::OrgNumber];

/// Columns without which nobody can tell what a row is about.
fn key_columns(dataset: &Dataset) -> Vec<&str> {
    if !dataset.natural_key.is_empty() {
        return dataset.natural_key.iter().map(String::as_str).collect();
    }
    let required = dataset.columns.iter().filter(|column| column.required);
    required.map(|column| column.name.as_str()).collect()
}

fn at_least(kind: MeasureKind, part: u64, whole: u64, limit: Percent) -> Measure {
    let kept = hundredths_of(part) >= share_of(limit, whole);
    Measure { kind, part, whole, limit: limit.0, kept }
}

fn under(kind: MeasureKind, part: u64, whole: u64, limit: Percent) -> Measure {
    let kept = part == 0 || hundredths_of(part) < share_of(limit, whole);
    Measure { kind, part, whole, limit: limit.0, kept }
}

/// Compares whole files only: what changes, what comes as it happens and what mends has no usual size. Twice the median is
/// a whole number also when it lies between two.
fn row_count(dataset: &Dataset, report: &IngestReport, earlier: &[u64]) -> Option<Measure> {
    let has_no_size = dataset.delivery == Delivery::Change
        || matches!(dataset.cadence, Some(Cadence::Event | Cadence::Realtime))
        || !report.mends.is_empty()
        || dataset.delivery == Delivery::Append && report.is_of_corrections();
    if has_no_size || earlier.len() < EARLIER {
        return None;
    }
    let mut sorted = earlier.to_vec();
    sorted.sort_unstable();
    let (part, whole) = (report.rows * 2, sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2]);
    let limit = dataset.quality.row_count;
    let kept = hundredths_of(part.abs_diff(whole)) <= share_of(limit, whole);
    (whole > 0).then_some(Measure { kind: MeasureKind::RowCount, part, whole, limit: limit.0, kept })
}

fn hundredths_of(part: u64) -> u128 {
    u128::from(part) * 10_000
}

fn share_of(limit: Percent, whole: u64) -> u128 {
    u128::from(limit.0) * u128::from(whole)
}

#[cfg(test)]
mod tests;
