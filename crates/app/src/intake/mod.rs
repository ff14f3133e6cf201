//! Files in: received, checked, accepted or refused; whole or not at all.

pub(crate) mod faults;
pub(crate) mod gather;
pub(crate) mod hand;
pub(crate) mod layout_check;
pub(crate) mod layouts;
pub(crate) mod push;
pub(crate) mod quarantine;
pub(crate) mod rebuild;
pub(crate) mod rejected;
pub(crate) mod rows;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use gnomon_domain::{Action, Actor, BatchState, Origin};
use gnomon_kernel::{BatchId, Code, Measure};
use gnomon_library::{
    analytics::{IngestOrder, IngestProgress, IngestReport, Received, Refusal},
    quality,
};
use gnomon_store::{Batch, BatchCounts, BatchRefusal, NewBatch, Tx};

use crate::{
    App, Error, Result, app::permit, intake::layouts::header_layout, lock, requests::agreed_columns,
    warning::shown::mask_numbers,
};

/// Earlier deliveries that the number of rows is compared with.
const COMPARED: u64 = 6;

/// A file to be taken in.
#[derive(Debug, Clone, Copy)]
pub struct Delivered<'a> {
    /// Key of the dataset.
    pub dataset: &'a str,
    /// Where its bytes are now.
    pub path: &'a Path,
    /// The file's name as delivered.
    pub name: &'a str,
    /// Somebody has confirmed that the file is right although a snapshot holds far fewer facts than before, or most of its
    /// rows cannot be used.
    pub confirmed: bool,
    /// It was gathered from pushes of a few rows, or is what came since the last time: its size says nothing.
    pub gathered: bool,
    /// The delivery that it takes the place of.
    pub instead_of: Option<&'a BatchId>,
    /// How it came.
    pub origin: Origin,
    /// Why somebody typed its rows; empty for what came in any other way.
    pub note: &'a str,
}

impl<'a> Delivered<'a> {
    /// An ordinary file.
    pub fn new(dataset: &'a str, path: &'a Path, name: &'a str) -> Self {
        Self {
            dataset,
            path,
            name,
            confirmed: false,
            gathered: false,
            instead_of: None,
            origin: Origin::File,
            note: "",
        }
    }
}

/// Bytes that were received, and what they are to become.
pub(crate) struct Arrival<'a> {
    pub dataset: &'a str,
    pub name: &'a str,
    pub received: Received,
    pub confirmed: bool,
    pub gathered: bool,
    pub origin: Origin,
    pub note: &'a str,
}

/// One file of a folder.
#[derive(Debug)]
pub struct Recognised {
    /// Where it is.
    pub path: PathBuf,
    /// Key of its dataset, or why none was recognised.
    pub dataset: std::result::Result<String, Refusal>,
}

impl App {
    /// Takes one file into one dataset.
    ///
    /// The batch that comes back is accepted. A refused file is an [`Error::Invalid`] with field `file`, and the refusal
    /// is kept as a batch; the same bytes again are an [`Error::Conflict`] with `FileKnown` that names the earlier batch.
    pub async fn intake(
        &self,
        actor: &Actor,
        file: &Delivered<'_>,
        progress: &(dyn Fn(IngestProgress) + Send + Sync),
    ) -> Result<Batch> {
        permit(actor, Action::UploadData)?;
        if !self.library().datasets.contains_key(file.dataset) {
            return Err(Error::NotFound(Code::DatasetUnknown));
        }
        if file.origin.is_of_a_link() {
            self.check_agreement(file.dataset).await?;
        }
        let _lock = lock::wait_for_intake(self.parts.dir.clone()).await?;
        self.recover_locked().await?;
        let earlier = match file.instead_of {
            Some(id) => Some(self.replaceable(actor, file.dataset, id).await?),
            None => None,
        };
        let received = self.parts.analytics.receive(file.path).await?;
        let Delivered { dataset, name, confirmed, gathered, origin, note, .. } = *file;
        let arrival = Arrival { dataset, name, received, confirmed, gathered, origin, note };
        self.take_in(actor, &arrival, earlier.as_ref(), progress).await
    }

    /// Takes received bytes in, or puts them in the place of an earlier delivery. Intake is locked.
    pub(crate) async fn take_in(
        &self,
        actor: &Actor,
        arrival: &Arrival<'_>,
        earlier: Option<&Batch>,
        progress: &(dyn Fn(IngestProgress) + Send + Sync),
    ) -> Result<Batch> {
        let batch = self.begin(actor, arrival).await?;
        if let Some(earlier) = earlier {
            return self.replace(actor, earlier, &batch, arrival.confirmed, progress).await;
        }
        let tx = self.parts.store.read().await?;
        let mendable = tx.mendable(&batch.dataset, batch.number).await?.into();
        let order = order_of(&tx, &batch).await?;
        drop(tx);
        let order = IngestOrder { confirmed: arrival.confirmed, mendable, ..order };
        match self.parts.analytics.ingest(&order, progress).await {
            Ok(report) => self.accept(actor, &batch, &report).await,
            Err(refusal) => {
                self.refuse(actor, &batch, &refusal).await?;
                Err(refusal.into())
            }
        }
    }

    /// As [`App::intake`]; the same bytes again are the batch that they already are.
    pub async fn take_in_once(&self, actor: &Actor, file: &Delivered<'_>) -> Result<Batch> {
        match self.intake(actor, file, &|_| {}).await {
            Err(error) if error.code() == Code::FileKnown => self.known_batch(file).await?.ok_or(error),
            result => result,
        }
    }

    /// The batch that the bytes of a file already are, after settling what a process that died left half done.
    pub(crate) async fn known_batch(&self, file: &Delivered<'_>) -> Result<Option<Batch>> {
        self.recover().await?;
        let sha256 = self.parts.analytics.receive(file.path).await?.sha256;
        Ok(self.parts.store.read().await?.accepted_batch(file.dataset, &sha256).await?)
    }

    async fn begin(&self, actor: &Actor, arrival: &Arrival<'_>) -> Result<Batch> {
        let Arrival { dataset, name, received, .. } = arrival;
        let tx = self.parts.store.write().await?;
        if let Some(known) = tx.accepted_batch(dataset, &received.sha256).await? {
            let found = format!("{} #{} {}", known.id, known.number, known.name);
            return Err(Error::Conflict { code: Code::FileKnown, found });
        }
        let new = NewBatch {
            id: BatchId::new(self.ids()),
            dataset: (*dataset).to_owned(),
            name: (*name).to_owned(),
            sha256: received.sha256.clone(),
            bytes: received.bytes,
            received_at: self.now(),
            gathered: arrival.gathered,
            request: self.agreement_of(&tx, dataset).await?,
            origin: arrival.origin,
            note: arrival.note.to_owned(),
        };
        let batch = tx.begin_batch(&new, actor).await?;
        let detail = match arrival.origin {
            Origin::Hand => format!("{dataset}, typed: {}", mask_numbers(arrival.note)),
            _ => (*dataset).to_owned(),
        };
        self.audit(&tx, actor, Action::UploadData, batch.id.as_str(), &detail).await?;
        tx.commit().await?;
        Ok(batch)
    }

    async fn accept(&self, actor: &Actor, batch: &Batch, report: &IngestReport) -> Result<Batch> {
        let tx = self.parts.store.write().await?;
        self.write_down(&tx, batch, report).await?;
        let detail = format!("accepted {} of {} rows", report.accepted, report.rows);
        self.audit(&tx, actor, Action::UploadData, batch.id.as_str(), &detail).await?;
        let accepted = tx.batch(&batch.id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        tx.commit().await?;
        Ok(accepted)
    }

    /// Writes down that a delivery being checked is in: its counts, its quality, the refused rows that it mends; and that
    /// the agreement under which it came is live.
    pub(crate) async fn write_down(&self, tx: &Tx, batch: &Batch, report: &IngestReport) -> Result<()> {
        let measures = self.measures(tx, batch, report).await?;
        tx.accept_batch(&batch.id, &counts_of(report), &measures, self.now()).await?;
        self.write_faults(tx, batch, report).await?;
        self.go_live(tx, batch).await
    }

    /// The same for one that is in and was read again.
    pub(crate) async fn recount(&self, tx: &Tx, batch: &Batch, report: &IngestReport) -> Result<()> {
        let measures = self.measures(tx, batch, report).await?;
        tx.recount_batch(&batch.id, &counts_of(report), &measures).await?;
        self.write_faults(tx, batch, report).await
    }

    async fn measures(&self, tx: &Tx, batch: &Batch, report: &IngestReport) -> Result<Vec<Measure>> {
        let Some(dataset) = self.library().datasets.get(&batch.dataset) else { return Ok(Vec::new()) };
        let earlier = match batch.gathered {
            true => Vec::new(),
            false => tx.earlier_rows(&batch.dataset, batch.number, COMPARED).await?,
        };
        Ok(quality::measures(dataset, report, &earlier))
    }

    async fn refuse(&self, actor: &Actor, batch: &Batch, refusal: &Refusal) -> Result<()> {
        let tx = self.parts.store.write().await?;
        tx.refuse_batch(&batch.id, &reason_of(refusal), self.now()).await?;
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

    pub(crate) async fn recover_locked(&self) -> Result<Vec<Batch>> {
        self.recover_rebuilds().await?;
        let unfinished = self.parts.store.read().await?.unfinished_batches().await?;
        let mut settled = Vec::with_capacity(unfinished.len());
        for batch in unfinished {
            let system = Actor::system();
            let order = order_of(&self.parts.store.read().await?, &batch).await?;
            settled.push(match self.parts.analytics.settle(&order).await? {
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
        let layouts = self.layouts_in_force().await?;
        let mut recognised = Vec::with_capacity(paths.len());
        for path in paths {
            let dataset = self.parts.analytics.recognise(&path, &layouts).await;
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

fn counts_of(report: &IngestReport) -> BatchCounts {
    BatchCounts {
        rows: report.rows,
        accepted: report.accepted,
        rejected: report.rejected,
        written: report.written,
        corrected: report.corrected,
        ended: report.ended,
        version: report.version,
    }
}

pub(crate) fn reason_of(refusal: &Refusal) -> BatchRefusal {
    BatchRefusal { code: refusal.code, found: refusal.found.clone(), expected: refusal.expected.clone() }
}

/// The order to read a delivery, by the layouts that hold for the moment it came and the agreement under which it came.
pub(crate) async fn order_of(tx: &Tx, batch: &Batch) -> Result<IngestOrder> {
    let layouts = tx.layouts_at(Some(&batch.dataset), batch.received_at).await?;
    Ok(IngestOrder {
        batch: batch.id.clone(),
        number: batch.number,
        dataset: batch.dataset.clone(),
        name: batch.name.clone(),
        sha256: batch.sha256.clone(),
        confirmed: false,
        layouts: layouts.iter().map(header_layout).collect::<Result<_>>()?,
        agreed: agreed_columns(tx, batch).await?,
        mendable: Arc::default(),
    })
}
