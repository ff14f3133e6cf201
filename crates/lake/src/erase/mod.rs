//! Erasing a person on legal ground: from every version of every table, from refused rows, and from the delivered bytes.
//! What is left are the same tables, versions and files without the rows that held the number.
//!
//! [`Lake::find_traces`] looks and changes nothing. [`Lake::erase_traces`] may be begun again at any moment after a crash:
//! each step puts one file in the place of another, and at each moment every version can be read.

mod files;
mod log;
mod number;
mod refused;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use gnomon_library::{
    analytics::AnalyticsError,
    erasure::{DeliveredFile, ErasedBatch, FileTraces, Traces},
};

use crate::{Lake, beneath, rejected};
use number::Number;
use tables::{Found, Gone};

type Failure = Box<dyn std::error::Error + Send + Sync>;

impl Lake {
    /// Finds everything that holds a valid resident number. `deliveries` are all there ever were.
    pub(crate) fn find_traces(
        &self,
        number: &str,
        deliveries: &[DeliveredFile],
    ) -> Result<Traces, AnalyticsError> {
        let number = Number::new(number);
        let look = || -> Result<Traces, Failure> {
            let mut found: BTreeMap<String, Found> = BTreeMap::new();
            for dataset in self.library.datasets.keys() {
                let rows = tables::find(&crate::table::folder(&self.lake_dir(), dataset), &number)?;
                if !rows.is_empty() {
                    found.insert(dataset.clone(), rows);
                }
            }
            let files = self.find_in_files(&number, &found, deliveries)?;
            let mut batches = Vec::new();
            for delivery in deliveries {
                if let Some(traces) = files.get(&delivery.sha256) {
                    batches.push(self.without(delivery, traces, found.get(&delivery.dataset))?);
                }
            }
            let rows = found.into_iter().map(|(dataset, found)| (dataset, found.refs())).collect();
            Ok(Traces { rows, files, batches, ..Traces::default() })
        };
        look().map_err(beneath("looking for what holds a person"))
    }

    fn find_in_files(
        &self,
        number: &Number,
        found: &BTreeMap<String, Found>,
        deliveries: &[DeliveredFile],
    ) -> Result<BTreeMap<String, FileTraces>, Failure> {
        let mut cited: BTreeMap<&str, BTreeSet<(u8, u32)>> = BTreeMap::new();
        for delivery in deliveries {
            let lines = cited.entry(&delivery.sha256).or_default();
            if let Some(rows) = found.get(&delivery.dataset) {
                lines.extend(rows.of_batch(delivery.number).map(|row| (row.sheet, row.line)));
            }
        }
        let mut files = BTreeMap::new();
        for (sha256, lines) in cited {
            if let Some(traces) = files::find(&self.dir, sha256, number, lines)? {
                files.insert(sha256.to_owned(), traces);
            }
        }
        Ok(files)
    }

    /// What a delivery counts without the person.
    fn without(
        &self,
        delivery: &DeliveredFile,
        traces: &FileTraces,
        found: Option<&Found>,
    ) -> Result<ErasedBatch, Failure> {
        let lines = traces.lines();
        let (lake, batch) = (self.lake_dir(), delivery.number);
        let report = match refused::without(&lake, batch, lines)? {
            None => None,
            Some((refused, faults)) => {
                let mut report = rejected::report(&lake, batch)?;
                let of_batch = || found.into_iter().flat_map(|found| found.of_batch(batch));
                let corrected = of_batch().filter(|row| found.is_some_and(|found| found.corrects(*row)));
                report.rows = report.rows.saturating_sub(lines.len() as u64);
                report.rejected -= refused;
                report.accepted = report.rows.saturating_sub(report.rejected);
                report.corrected = report.corrected.saturating_sub(corrected.count() as u64);
                report.written = report.written.saturating_sub(of_batch().count() as u64);
                if let Some(dataset) = self.library.datasets.get(&delivery.dataset) {
                    report.faults = faults.counts(dataset);
                }
                Some(report)
            }
        };
        let (dataset, sha256) = (delivery.dataset.clone(), delivery.sha256.clone());
        Ok(ErasedBatch { number: batch, dataset, sha256, lines: lines.len() as u64, report })
    }

    /// Erases what was found. Done before, it changes nothing.
    pub(crate) async fn erase_traces(&self, traces: &Traces) -> Result<(), AnalyticsError> {
        let erase = || -> Result<BTreeSet<String>, Failure> {
            for (sha256, lines) in &traces.files {
                files::erase(&self.dir, sha256, lines)?;
            }
            for batch in &traces.batches {
                let (Some(report), Some(file)) = (&batch.report, traces.files.get(&batch.sha256)) else {
                    continue;
                };
                refused::erase(&self.lake_dir(), batch.number, report, file.lines())?;
            }
            for batch in traces.deliveries.values().flatten() {
                rejected::remove(&self.lake_dir(), *batch, None)?;
            }
            let mut summed_up = BTreeSet::new();
            for dataset in traces.rows.keys().chain(traces.deliveries.keys()).collect::<BTreeSet<_>>() {
                let gone = Gone::of(traces, dataset);
                if tables::erase(&crate::table::folder(&self.lake_dir(), dataset), &gone)? {
                    summed_up.insert(dataset.clone());
                }
            }
            self.forget_views()?;
            self.forget_linkings()?;
            Ok(summed_up)
        };
        let summed_up = tokio::task::block_in_place(erase).map_err(beneath("erasing a person"))?;
        self.forget_ties().await;
        for dataset in summed_up {
            let again = crate::table::checkpoint(&self.lake_dir(), &dataset).await;
            again.map_err(|error| beneath(format!("summing up the log of {dataset}"))(error.into()))?;
        }
        Ok(())
    }

    /// Views that were worked out hold rows of persons; the next model works them out again.
    fn forget_views(&self) -> std::io::Result<()> {
        for entry in std::fs::read_dir(self.lake_dir().join("_views"))? {
            std::fs::remove_file(entry?.path())?;
        }
        Ok(())
    }
}
