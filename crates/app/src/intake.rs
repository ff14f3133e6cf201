//! Files in: received, checked, accepted or refused; whole or not at all.

use std::path::{Path, PathBuf};

use gnomon_domain::{Action, Actor, BatchState};
use gnomon_kernel::{BatchId, Code};
use gnomon_library::analytics::{IngestOrder, IngestProgress, IngestReport, Refusal};
use gnomon_store::{Batch, BatchCounts, BatchRefusal, NewBatch};

use crate::{App, Error, Result, app::permit, lock};

/// One file of a folder.
#[derive(Debug)]
pub struct Recognised {
    /// Where it is.
    pub path: PathBuf,
    /// Key of its dataset, or why none was recognised.
    pub dataset: std::result::Result<String, Refusal>,
}

impl App {
    /// Takes one file into one dataset. `name` is the file's name as delivered, `path` where its bytes are now.
    ///
    /// The batch that comes back is accepted. A refused file is an [`Error::Invalid`] with field `file`, and the refusal
    /// is kept as a batch; the same bytes again are an [`Error::Conflict`] with `FileKnown` that names the earlier batch.
    pub async fn intake(
        &self,
        actor: &Actor,
        dataset: &str,
        path: &Path,
        name: &str,
        progress: &(dyn Fn(IngestProgress) + Send + Sync),
    ) -> Result<Batch> {
        permit(actor, Action::UploadData)?;
        if !self.library().datasets.contains_key(dataset) {
            return Err(Error::NotFound(Code::DatasetUnknown));
        }
        let _lock = lock::wait_for_intake(self.parts.dir.clone()).await?;
        self.recover_locked().await?;
        let batch = self.begin(actor, dataset, path, name).await?;
        match self.parts.analytics.ingest(&order_of(&batch), progress).await {
            Ok(report) => self.accept(actor, &batch, &report).await,
            Err(refusal) => {
                self.refuse(actor, &batch, &refusal).await?;
                Err(refusal.into())
            }
        }
    }

    async fn begin(&self, actor: &Actor, dataset: &str, path: &Path, name: &str) -> Result<Batch> {
        let received = self.parts.analytics.receive(path).await?;
        let tx = self.parts.store.write().await?;
        if let Some(known) = tx.accepted_batch(dataset, &received.sha256).await? {
            let found = format!("{} #{} {}", known.id, known.number, known.name);
            return Err(Error::Conflict { code: Code::FileKnown, found });
        }
        let new = NewBatch {
            id: BatchId::new(self.ids()),
            dataset: dataset.to_owned(),
            name: name.to_owned(),
            sha256: received.sha256,
            bytes: received.bytes,
            received_at: self.now(),
        };
        let batch = tx.begin_batch(&new, actor).await?;
        self.audit(&tx, actor, Action::UploadData, batch.id.as_str(), dataset).await?;
        tx.commit().await?;
        Ok(batch)
    }

    async fn accept(&self, actor: &Actor, batch: &Batch, report: &IngestReport) -> Result<Batch> {
        let counts = BatchCounts {
            rows: report.rows,
            accepted: report.accepted,
            rejected: report.rejected,
            corrected: report.corrected,
            version: report.version,
        };
        let tx = self.parts.store.write().await?;
        tx.accept_batch(&batch.id, &counts, self.now()).await?;
        let detail = format!("accepted {} of {} rows", report.accepted, report.rows);
        self.audit(&tx, actor, Action::UploadData, batch.id.as_str(), &detail).await?;
        let accepted = tx.batch(&batch.id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        tx.commit().await?;
        Ok(accepted)
    }

    async fn refuse(&self, actor: &Actor, batch: &Batch, refusal: &Refusal) -> Result<()> {
        let reason = BatchRefusal {
            code: refusal.code,
            found: refusal.found.clone(),
            expected: refusal.expected.clone(),
        };
        let tx = self.parts.store.write().await?;
        tx.refuse_batch(&batch.id, &reason, self.now()).await?;
        self.audit(&tx, actor, Action::UploadData, batch.id.as_str(), refusal.code.word()).await?;
        Ok(tx.commit().await?)
    }

    /// Settles what a process that died left half done: each such batch is in, whole, or interrupted. Does nothing while
    /// another process takes a file in. Called when serving and working begin; every intake does it by itself.
    pub async fn recover(&self) -> Result<Vec<Batch>> {
        match lock::try_intake(self.parts.dir.clone()).await? {
            Some(_lock) => self.recover_locked().await,
            None => Ok(Vec::new()),
        }
    }

    async fn recover_locked(&self) -> Result<Vec<Batch>> {
        let unfinished = self.parts.store.read().await?.unfinished_batches().await?;
        let mut settled = Vec::with_capacity(unfinished.len());
        for batch in unfinished {
            let system = Actor::system();
            settled.push(match self.parts.analytics.settle(&order_of(&batch)).await? {
                Some(report) => self.accept(&system, &batch, &report).await?,
                None => self.interrupt(&system, batch).await?,
            });
        }
        Ok(settled)
    }

    async fn interrupt(&self, actor: &Actor, batch: Batch) -> Result<Batch> {
        let tx = self.parts.store.write().await?;
        tx.interrupt_batch(&batch.id, self.now()).await?;
        self.audit(&tx, actor, Action::UploadData, batch.id.as_str(), "interrupted").await?;
        tx.commit().await?;
        Ok(Batch { state: BatchState::Interrupted, ..batch })
    }

    /// Says which dataset each file below a folder belongs to, by its header; in the order of their paths. What is hidden,
    /// file or folder, is left out.
    pub async fn recognise_folder(&self, actor: &Actor, folder: &Path) -> Result<Vec<Recognised>> {
        permit(actor, Action::UploadData)?;
        let paths = files_below(folder).map_err(|error| Refusal::because(Code::FileUnreadable, error))?;
        let mut recognised = Vec::with_capacity(paths.len());
        for path in paths {
            let dataset = self.parts.analytics.recognise(&path).await;
            recognised.push(Recognised { path, dataset });
        }
        Ok(recognised)
    }
}

/// Sorted. Links to folders are not followed, so that a circle of them ends.
fn files_below(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else if entry.path().is_file() {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

pub(crate) fn order_of(batch: &Batch) -> IngestOrder {
    IngestOrder {
        batch: batch.id.clone(),
        number: batch.number,
        dataset: batch.dataset.clone(),
        name: batch.name.clone(),
        sha256: batch.sha256.clone(),
    }
}
