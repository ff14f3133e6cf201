//! Making a table anew from the received bytes: to take a batch out, to put another in its place, or to follow a changed
//! dataset file. What comes after the first batch concerned is read again, for it was read in the light of what was there.

use std::path::PathBuf;

use gnomon_kernel::Code;
use gnomon_library::analytics::{AnalyticsError, IngestProgress, IngestReport, RebuildOrder, Refusal};

use crate::{
    Lake, beneath,
    ingest::Ingest,
    rejected,
    table::{self, Change, Table, datafile::NewFile},
};

impl Lake {
    pub(crate) async fn rebuild_table(
        &self,
        order: &RebuildOrder,
        progress: &(dyn Fn(IngestProgress) + Send + Sync),
    ) -> Result<Vec<IngestReport>, Refusal> {
        let internal = |error: deltalake::DeltaTableError| Refusal::because(Code::Internal, error);
        let unknown = || Refusal::new(Code::DatasetUnknown, order.dataset.clone(), "a key of `dataset list`");
        let dataset = self.library.datasets.get(&order.dataset).ok_or_else(unknown)?;
        let lake = self.lake_dir();
        let table = Table::open_or_create(&lake, dataset).await.map_err(internal)?;
        let version = table.version() + 1;
        table::sweep(&lake, &dataset.key, &table::rebuilt_prefix(version))
            .map_err(|error| Refusal::because(Code::Internal, error))?;
        let files = table.files().map_err(internal)?.into_iter().map(|(path, _)| path);
        let (mut known, old): (Vec<PathBuf>, Vec<PathBuf>) =
            files.partition(|path| table::batches_of(path).is_some_and(|range| *range.end() < order.from));
        let folder = table::folder(&lake, &dataset.key);
        let (mut added, mut reports) = (Vec::new(), Vec::new());
        for batch in &order.batches {
            let (dir, today, lake) = (self.dir.as_path(), self.today, lake.clone());
            let ingest = Ingest { dir, lake, dataset, order: batch, today, progress, rebuilt: Some(version) };
            let prepared = match tokio::task::block_in_place(|| ingest.prepare(&known)) {
                Ok(prepared) => prepared,
                Err(refusal) => {
                    self.clean_rebuild(order, version);
                    return Err(refusal);
                }
            };
            known.extend(prepared.files.iter().map(|file| folder.join(&file.name)));
            added.extend(prepared.files);
            reports.push(prepared.report);
        }
        let committed = self.commit_rebuild(&table, order, &added, old).await;
        match committed {
            Ok(done) => reports.iter_mut().for_each(|report| report.version = done),
            Err(error) => {
                self.clean_rebuild(order, version);
                return Err(internal(error));
            }
        }
        self.settle_rejected(order, version).map_err(|error| Refusal::because(Code::Internal, error))?;
        Ok(reports)
    }

    async fn commit_rebuild(
        &self,
        table: &Table,
        order: &RebuildOrder,
        added: &[NewFile],
        old: Vec<PathBuf>,
    ) -> Result<u64, deltalake::DeltaTableError> {
        let name = |path: PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
        let reshaped = match self.library.datasets.get(&order.dataset) {
            Some(dataset) if !table.fits(dataset)? => Some(dataset),
            _ => None,
        };
        let removed = old.into_iter().filter_map(name).collect();
        let change = Change { added, removed, reshaped, now_millis: self.now_millis(), same_rows: false };
        table.commit(order.id.as_str(), &change).await
    }

    /// What cannot be removed now is removed before the next rebuilding.
    fn clean_rebuild(&self, order: &RebuildOrder, version: u64) {
        let lake = self.lake_dir();
        let _ = table::sweep(&lake, &order.dataset, &table::rebuilt_prefix(version));
        for batch in &order.batches {
            let _ = rejected::remove(&lake, batch.number, Some(version));
        }
    }

    fn settle_rejected(&self, order: &RebuildOrder, version: u64) -> std::io::Result<()> {
        order.batches.iter().try_for_each(|batch| rejected::settle(&self.lake_dir(), batch.number, version))
    }

    pub(crate) async fn settle_rebuilding(
        &self,
        order: &RebuildOrder,
    ) -> Result<Option<Vec<IngestReport>>, AnalyticsError> {
        let failed = || beneath(format!("settling the rebuilding of {}", order.dataset));
        let lake = self.lake_dir();
        let table = Table::open(&lake, &order.dataset).await.map_err(|error| failed()(error.into()))?;
        let Some(table) = table else { return Ok(None) };
        if !table.holds(order.id.as_str()).await.map_err(|error| failed()(error.into()))? {
            self.clean_rebuild(order, table.version() + 1);
            return Ok(None);
        }
        let version = table.version();
        self.settle_rejected(order, version).map_err(|error| failed()(error.into()))?;
        let report = |number| {
            let report = rejected::report(&lake, number)?;
            Ok::<_, std::io::Error>(IngestReport { version, ..report })
        };
        let reports = order.batches.iter().map(|batch| report(batch.number)).collect::<Result<_, _>>();
        reports.map(Some).map_err(|error| failed()(error.into()))
    }
}
