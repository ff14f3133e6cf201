use std::path::Path;

use chrono::TimeDelta;
use gnomon_domain::{Actor, Origin};
use gnomon_kernel::{BatchId, Code, CodeKind};
use gnomon_store::{BatchRefusal, Receipt};

use super::{
    piece,
    set::{Set, seal, sealed_in},
};
use crate::{
    App, Delivered, Error, Result,
    lock::{self, blocking},
    tokens::actor_of,
};

/// How long keys and receipts are remembered.
pub(crate) const REMEMBERED: TimeDelta = TimeDelta::days(30);

impl App {
    /// Keys of the datasets for which pushes wait, ascending.
    pub async fn waiting_datasets(&self) -> Result<Vec<String>> {
        let inbox = piece::inbox(&self.parts.dir);
        let keys = blocking(move || {
            let mut keys = piece::names_in(&inbox)?;
            keys.retain(|key| {
                let waits = |name: &String| name.ends_with(".ndjson") || name.starts_with(piece::SEALED);
                piece::names_in(&inbox.join(key)).is_ok_and(|names| names.iter().any(waits))
            });
            Ok(keys)
        });
        keys.await
    }

    /// Takes in what waits for a dataset: sets that were sealed before, then one new one. Returns how many sets were
    /// settled; none while another process gathers. An error leaves everything where it is, to be tried again.
    pub async fn gather(&self, dataset: &str) -> Result<usize> {
        let Some(_lock) = lock::try_gather(self.parts.dir.clone()).await? else { return Ok(0) };
        let known = self.library().datasets.get(dataset).cloned();
        let known = known.ok_or(Error::NotFound(Code::DatasetUnknown))?;
        let waiting = piece::folder(&self.parts.dir, dataset);
        let sealed = blocking({
            let waiting = waiting.clone();
            move || {
                let mut sets = sealed_in(&waiting)?;
                if sets.is_empty() {
                    sets.extend(seal(&waiting, &known)?);
                }
                Ok(sets)
            }
        });
        let mut settled = 0;
        for set in sealed.await? {
            self.settle_set(dataset, &waiting, set).await?;
            settled += 1;
        }
        Ok(settled)
    }

    async fn settle_set(&self, dataset: &str, waiting: &Path, set: Set) -> Result<()> {
        let (set, path) = blocking(move || set.assemble().map(|path| (set, path))).await?;
        let name = set.delivery_name();
        let actor = self.actor_of_set(&set).await?;
        let file =
            Delivered { gathered: true, origin: Origin::Push, ..Delivered::new(dataset, &path, &name) };
        let outcome = match self.take_in_once(&actor, &file).await {
            Ok(batch) => Ok(batch.id),
            Err(error) => Err(refusal(error)?),
        };
        let waiting = waiting.to_owned();
        match outcome {
            Err(_) if set.pieces.len() > 1 => blocking(move || set.split(&waiting)).await,
            outcome => {
                self.write_receipts(dataset, &set, &outcome).await?;
                let reason = outcome.err().map(|refusal| reason(&refusal));
                blocking(move || match reason {
                    None => set.finish(&waiting),
                    Some(reason) => set.refuse(&waiting, &reason),
                })
                .await
            }
        }
    }

    /// A token that was revoked meanwhile still names its pieces.
    async fn actor_of_set(&self, set: &Set) -> Result<Actor> {
        let first = set.pieces.first().ok_or_else(|| Error::internal("a set without pieces"))?;
        let token = self.parts.store.read().await?.token(&first.token).await?;
        Ok(token.map_or_else(Actor::system, |(token, _)| actor_of(&token)))
    }

    async fn write_receipts(
        &self,
        dataset: &str,
        set: &Set,
        outcome: &std::result::Result<BatchId, BatchRefusal>,
    ) -> Result<()> {
        let now = self.now();
        let receipt = |piece: &piece::Piece| Receipt {
            id: piece.receipt.clone(),
            token: piece.token.clone(),
            dataset: dataset.to_owned(),
            outcome: outcome.clone(),
            settled_at: now,
        };
        let receipts: Vec<Receipt> = set.pieces.iter().map(receipt).collect();
        let tx = self.parts.store.write().await?;
        tx.sweep_pushes(now - REMEMBERED).await?;
        tx.add_receipts(&receipts).await?;
        Ok(tx.commit().await?)
    }
}

/// What is wrong with the rows themselves, or that their agreement has ended since they were pushed; anything else is the
/// error again. A dataset file that has changed is nothing a
/// department can mend: its pushes wait until the table is made anew.
fn refusal(error: Error) -> Result<BatchRefusal> {
    let code = error.code();
    let is_of_the_rows = code.kind() == CodeKind::File
        && !matches!(code, Code::FileUnreadable | Code::DatasetChanged | Code::DatasetUnknown);
    match is_of_the_rows || code == Code::NotAgreed {
        true => {
            Ok(BatchRefusal { code, found: error.found().to_owned(), expected: error.expected().to_owned() })
        }
        false => Err(error),
    }
}

fn reason(refusal: &BatchRefusal) -> String {
    let BatchRefusal { code, found, expected } = refusal;
    serde_json::json!({ "code": code.to_string(), "found": found, "expected": expected }).to_string()
}
