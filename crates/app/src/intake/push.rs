//! Pushes of departments' systems: keys that make them repeatable, rows that are gathered, receipts.

use gnomon_domain::{Action, Origin};
use gnomon_kernel::{Code, ReceiptId};
use gnomon_library::dataset::Delivery;
use gnomon_store::{Batch, BatchRefusal, Push};
use serde_json::Value as Json;
use tokio::sync::OwnedMutexGuard;

use crate::{
    App, Delivered, Error, Problem, Pusher, Result,
    app::permit,
    intake::gather::{self, Piece},
    lock::blocking,
};

/// The longest idempotency key, in characters.
const KEY: usize = 200;

/// The way in that a push takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A whole file.
    File,
    /// Rows that are gathered.
    Rows,
}

impl Way {
    fn word(self) -> &'static str {
        match self {
            Way::File => "batches",
            Way::Rows => "rows",
        }
    }
}

/// Whether a push has been answered before.
#[derive(Debug)]
pub enum PushBegun {
    /// It has: HTTP status and body.
    Answered(u16, Json),
    /// It has not; it is to be ended by [`App::end_push`].
    Open(OpenPush),
}

/// A push under way. While it exists, no other push of its key is.
#[derive(Debug)]
pub struct OpenPush {
    receipt: ReceiptId,
    key: Option<String>,
    /// Whether it was begun before, and nothing tells how far it came.
    resumed: bool,
    _turn: Option<OwnedMutexGuard<()>>,
}

/// Rows to be gathered.
#[derive(Debug, Clone)]
pub struct PushedRows {
    /// Key of the dataset.
    pub dataset: String,
    /// One JSON object per line.
    pub rows: Vec<u8>,
}

/// A receipt as its holder sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushView {
    /// Key of the dataset.
    pub dataset: String,
    /// What became of the push.
    pub state: PushState,
}

/// What became of gathered rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushState {
    /// They are safe and will be taken in.
    Waiting,
    /// They are in a delivery, with others; it may have been withdrawn since.
    Taken(Box<Batch>),
    /// They are in none.
    Refused(BatchRefusal),
}

impl App {
    /// Begins a push; with a key, one that can be repeated: the same key with the same bytes to the same place is answered
    /// as before, with anything else it is an [`Error::Conflict`] with `KeyReused`.
    pub async fn begin_push(
        &self,
        pusher: &Pusher,
        (dataset, way): (&str, Way),
        sha256: &str,
        key: Option<&str>,
    ) -> Result<PushBegun> {
        pusher.check(dataset)?;
        let receipt = ReceiptId::new(self.ids());
        let Some(key) = key else {
            return Ok(PushBegun::Open(OpenPush { receipt, key: None, resumed: false, _turn: None }));
        };
        check_key(key)?;
        let turns = match way {
            Way::File => &self.waiting.files,
            Way::Rows => &self.waiting.rows,
        };
        let turn = turns.take((pusher.id(), key)).await;
        let now = self.now();
        let new = Push {
            token: pusher.id().clone(),
            key: key.to_owned(),
            target: format!("{dataset}/{}", way.word()),
            sha256: sha256.to_owned(),
            receipt,
            answer: None,
            created_at: now,
        };
        let tx = self.parts.store.write().await?;
        tx.sweep_pushes(now - gather::REMEMBERED).await?;
        let known = tx.begin_push(&new).await?;
        tx.commit().await?;
        if (&known.target, &known.sha256) != (&new.target, &new.sha256) {
            return Err(Error::Conflict { code: Code::KeyReused, found: known.target });
        }
        Ok(match known.answer {
            Some((status, answer)) => PushBegun::Answered(status, answer),
            None => PushBegun::Open(OpenPush {
                resumed: known.receipt != new.receipt,
                receipt: known.receipt,
                key: Some(new.key),
                _turn: Some(turn),
            }),
        })
    }

    /// Writes down what a push is answered, so that its repetition is answered the same. Gives what is to be answered.
    pub async fn end_push(
        &self,
        pusher: &Pusher,
        push: OpenPush,
        status: u16,
        answer: Json,
    ) -> Result<(u16, Json)> {
        let Some(key) = &push.key else { return Ok((status, answer)) };
        let tx = self.parts.store.write().await?;
        let known = tx.end_push(pusher.id(), key, status, &answer).await?;
        tx.commit().await?;
        Ok(known.answer.unwrap_or((status, answer)))
    }

    /// Takes a pushed file in; as [`App::intake`]. A push that was begun before and whose bytes are in is in.
    pub async fn push_file(&self, pusher: &Pusher, push: &OpenPush, file: &Delivered<'_>) -> Result<Batch> {
        pusher.check(file.dataset)?;
        let actor = pusher.actor();
        if push.resumed
            && let Some(batch) = self.known_batch(file).await?
        {
            return Ok(batch);
        }
        self.intake(&actor, &Delivered { origin: Origin::Push, ..*file }, &|_| {}).await
    }

    /// Keeps rows safe, to be taken in with others soon. When this returns they are on disk for good.
    pub async fn push_rows(&self, pusher: &Pusher, push: &OpenPush, rows: PushedRows) -> Result<ReceiptId> {
        permit(&pusher.actor(), Action::UploadData)?;
        self.gathers(pusher, &rows.dataset)?;
        self.check_agreement(&rows.dataset).await?;
        let receipt = push.receipt.clone();
        if push.resumed && self.receipt_or_none(pusher, &receipt).await?.is_some() {
            return Ok(receipt);
        }
        let place = self.waiting.place(self.now());
        let piece = Piece { place, receipt: receipt.clone(), token: pusher.id().clone() };
        let dir = self.parts.dir.clone();
        blocking(move || gather::write(&dir, &rows.dataset, &piece, &rows.rows)).await?;
        Ok(receipt)
    }

    /// Whether this token may push to a dataset now; [`Code::NotAgreed`] where the agreement to share it is missing.
    pub async fn may_push(&self, pusher: &Pusher, dataset: &str) -> Result<()> {
        pusher.check(dataset)?;
        self.check_agreement(dataset).await
    }

    /// Whether rows of a dataset can be gathered. A snapshot's file is the whole truth of its part, and a few rows are not.
    pub fn gathers(&self, pusher: &Pusher, dataset: &str) -> Result<()> {
        pusher.check(dataset)?;
        let known = self.library().datasets.get(dataset).ok_or(Error::NotFound(Code::DatasetUnknown))?;
        match known.delivery {
            Delivery::Append | Delivery::Change => Ok(()),
            Delivery::Snapshot => Err(Error::Invalid(vec![Problem {
                field: "dataset".into(),
                code: Code::Invalid,
                found: known.delivery.as_str().into(),
                expected: format!("{} / {}", Delivery::Append.as_str(), Delivery::Change.as_str()),
            }])),
        }
    }

    /// What became of a push; only for the token that pushed it.
    pub async fn receipt(&self, pusher: &Pusher, id: &ReceiptId) -> Result<PushView> {
        permit(&pusher.actor(), Action::ViewData)?;
        self.receipt_or_none(pusher, id).await?.ok_or(Error::NotFound(Code::NotFound))
    }

    async fn receipt_or_none(&self, pusher: &Pusher, id: &ReceiptId) -> Result<Option<PushView>> {
        if let Some(settled) = self.settled(pusher, id).await? {
            return Ok(Some(settled));
        }
        let (dir, datasets) = (self.parts.dir.clone(), pusher.datasets().to_vec());
        let (receipt, token) = (id.clone(), pusher.id().clone());
        let found = blocking(move || Ok(gather::find(&dir, &datasets, &receipt, &token)?.map(str::to_owned)));
        match found.await? {
            Some(dataset) => Ok(Some(PushView { dataset, state: PushState::Waiting })),
            // It may have been settled between the two looks.
            None => self.settled(pusher, id).await,
        }
    }

    async fn settled(&self, pusher: &Pusher, id: &ReceiptId) -> Result<Option<PushView>> {
        let tx = self.parts.store.read().await?;
        let receipt = tx.receipt(id).await?.filter(|receipt| receipt.token == *pusher.id());
        let Some(receipt) = receipt else { return Ok(None) };
        let state = match receipt.outcome {
            Ok(batch) => {
                let batch = tx.batch(&batch).await?.ok_or(Error::NotFound(Code::NotFound))?;
                PushState::Taken(Box::new(batch))
            }
            Err(refusal) => PushState::Refused(refusal),
        };
        Ok(Some(PushView { dataset: receipt.dataset, state }))
    }
}

fn check_key(key: &str) -> Result<()> {
    let plain = (1..=KEY).contains(&key.len()) && key.chars().all(|c| c.is_ascii_graphic());
    if plain { Ok(()) } else { Err(Error::field("idempotency-key", Code::Invalid)) }
}
