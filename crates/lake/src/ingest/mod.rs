//! Taking one received file into one table: all of its good rows in one commit, its bad rows beside it, or nothing.

mod decide;
mod held;
mod key_filter;
mod mends;
mod writer;

use std::path::{Path, PathBuf};

use gnomon_intake::{FileReader, Seen};
use gnomon_kernel::{Code, Day};
use gnomon_library::{
    analytics::{FaultCount, IngestOrder, IngestPhase, IngestProgress, IngestReport, Refusal},
    dataset::{Dataset, Delivery},
    quality::mostly_unfit,
};

use crate::{
    ingest::{held::Held, mends::Mends, writer::Writer},
    raw::{self, sync_folder},
    rejected,
    table::{self, datafile::NewFile},
};

/// Everything that one taking-in needs.
pub(crate) struct Ingest<'a> {
    pub dir: &'a Path,
    pub lake: PathBuf,
    pub dataset: &'a Dataset,
    pub order: &'a IngestOrder,
    pub today: Day,
    pub progress: &'a (dyn Fn(IngestProgress) + Send + Sync),
    /// The version that a rebuilding makes.
    pub rebuilt: Option<u64>,
}

/// A file read and written aside, ready to be committed.
pub(crate) struct Prepared {
    pub files: Vec<NewFile>,
    pub report: IngestReport,
}

impl Ingest<'_> {
    /// Reads the file and writes its data files and refused rows. Nothing is visible yet; on an error nothing is left.
    pub(crate) fn prepare(&self, known: &[PathBuf]) -> Result<Prepared, Refusal> {
        let done = self.write(known);
        if done.is_err() {
            // What cannot be removed now is removed when the batch is settled.
            let _ = self.clean();
        }
        done
    }

    /// Removes everything that a batch which is not in has left behind.
    pub(crate) fn clean(&self) -> std::io::Result<()> {
        let start = table::prefix(self.order.number, self.rebuilt);
        table::sweep(&self.lake, &self.order.dataset, &start)?;
        rejected::remove(&self.lake, self.order.number, self.rebuilt)
    }

    fn write(&self, known: &[PathBuf]) -> Result<Prepared, Refusal> {
        let system = |error: std::io::Error| Refusal::because(Code::Internal, error);
        let aside = self.dir.join("tmp");
        let path = raw::path_of(self.dir, &self.order.sha256);
        let bytes = std::fs::metadata(&path).map(|file| file.len()).unwrap_or_default();
        let mut writer = Writer::new(self, known, bytes);
        let mut put_off = Held::new(self.dataset, &aside)?;
        let mends = Mends::new(&self.lake, self.order, self.rebuilt)?;
        let reader = FileReader {
            dataset: self.dataset,
            layouts: &self.order.layouts,
            agreed: self.order.agreed.as_deref(),
            batch: self.order.number,
            today: self.today,
            progress: self.progress,
            may_mend: &|row, named| mends.admits(row, named),
            aside: &aside,
        };
        let mut take =
            |row, operation, values: &[_], hashes| writer.take(&mut put_off, row, operation, values, hashes);
        let mut seen = reader.read(&path, &mut take)?;
        // What is left of a file after an erasure may be its header.
        if seen.rows == 0 && !gnomon_formats::is_remnant(&path)? {
            return Err(Refusal::new(Code::FileEmpty, "a header and no rows", "rows"));
        }
        let rows = seen.rows;
        let enter = |phase| (self.progress)(IngestProgress { phase, bytes, rows });
        enter(IngestPhase::Checking);
        writer.decide(put_off.finish()?, &mut seen)?;
        let faults = seen.apart.faults().counts(self.dataset);
        self.check_fitness(&seen, &faults)?;
        // Mended rows are no whole truth of anything.
        if self.dataset.delivery == Delivery::Snapshot && !seen.is_mending {
            writer.end_what_is_missing(&seen.refused_keys)?;
        }
        enter(IngestPhase::Writing);
        let (files, counts) = writer.finish(&seen)?;
        let report = IngestReport { faults, mends: mends.all(&seen.mends)?, ..counts };
        let refused = seen.apart.into_refused().map_err(system)?;
        rejected::write(&self.lake, self.order.number, self.rebuilt, (&seen.left_out, refused), &report)
            .map_err(system)?;
        sync_folder(&self.lake.join("_rejected")).map_err(system)?;
        Ok(Prepared { files, report })
    }

    /// A file most of whose rows cannot be used is likely to be wrong as a whole: two columns have changed places.
    fn check_fitness(&self, seen: &Seen, faults: &[FaultCount]) -> Result<(), Refusal> {
        let unfit = mostly_unfit(seen.rows, faults).filter(|_| !self.order.confirmed);
        let Some((commonest, rows)) = unfit else { return Ok(()) };
        let title = self.dataset.column(&commonest.column).map(|column| column.title.zh.as_str());
        let commonest = title.map_or(commonest.code.clone(), |title| format!("{title} {}", commonest.code));
        Err(Refusal::new(Code::MostlyUnfit, format!("{rows}/{}", seen.rows), commonest))
    }
}
