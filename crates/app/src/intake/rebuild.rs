//! Taking a delivery out again, putting another in its place, following a changed dataset file. Each makes the table anew
//! from the received bytes, in one version; nothing received is ever thrown away.

use std::sync::Arc;

use gnomon_domain::{Action, Actor, BatchState, Event, RebuildState};
use gnomon_kernel::{BatchId, Code, RebuildId};
use gnomon_library::analytics::{IngestOrder, IngestProgress, IngestReport, RebuildOrder, Refusal};
use gnomon_store::{Batch, Rebuild, Tx};

use crate::{
    App, Error, Result,
    app::permit,
    intake::{order_of, reason_of},
    lock,
};

/// The most warnings that are looked through for those that cite a delivery.
pub(crate) const CITING: u64 = 100_000;

type Progress<'a> = &'a (dyn Fn(IngestProgress) + Send + Sync);
/// The reports of all deliveries concerned, or why nothing has changed.
type Outcome = std::result::Result<Vec<IngestReport>, Refusal>;

impl App {
    /// Takes an accepted delivery out of its table. What came after it is read again, for it was read in the light of it:
    /// a row that repeated one of its rows now counts. Open warnings that cite it say so on their timeline.
    pub async fn withdraw(
        &self,
        actor: &Actor,
        id: &BatchId,
        reason: &str,
        progress: Progress<'_>,
    ) -> Result<Batch> {
        permit(actor, Action::WithdrawData)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Error::field("reason", Code::Missing));
        }
        let _lock = lock::wait_for_intake(self.parts.dir.clone()).await?;
        self.recover_locked().await?;
        let batch = self.batch_in_table(id).await?;
        let rebuild = Rebuild {
            without: Some(batch.id.clone()),
            ..self.new_rebuild(&batch.dataset, batch.number, reason).await?
        };
        self.carry_out(actor, &rebuild, false, progress).await?;
        Ok(Batch { state: BatchState::Withdrawn, ..batch })
    }

    /// Makes a table anew from all that was received for it, as its dataset file describes it now. Returns its deliveries
    /// as they are counted now.
    pub async fn rebuild(&self, actor: &Actor, dataset: &str, progress: Progress<'_>) -> Result<Vec<Batch>> {
        permit(actor, Action::WithdrawData)?;
        if !self.library().datasets.contains_key(dataset) {
            return Err(Error::NotFound(Code::DatasetUnknown));
        }
        let _lock = lock::wait_for_intake(self.parts.dir.clone()).await?;
        self.recover_locked().await?;
        self.carry_out(actor, &self.new_rebuild(dataset, 0, "").await?, false, progress).await?;
        Ok(self.parts.store.read().await?.accepted_from(dataset, 0).await?)
    }

    /// The accepted delivery of a dataset that another one is to take the place of.
    pub(crate) async fn replaceable(&self, actor: &Actor, dataset: &str, id: &BatchId) -> Result<Batch> {
        permit(actor, Action::WithdrawData)?;
        let batch = self.batch_in_table(id).await?;
        if batch.dataset == dataset { Ok(batch) } else { Err(Error::field("instead_of", Code::Invalid)) }
    }

    /// Puts a delivery that is being checked in the place of an accepted one.
    pub(crate) async fn replace(
        &self,
        actor: &Actor,
        earlier: &Batch,
        new: &Batch,
        confirmed: bool,
        progress: Progress<'_>,
    ) -> Result<Batch> {
        let rebuild = Rebuild {
            without: Some(earlier.id.clone()),
            with: Some(new.id.clone()),
            ..self.new_rebuild(&earlier.dataset, earlier.number, &new.name).await?
        };
        self.carry_out(actor, &rebuild, confirmed, progress).await?;
        self.batch_in_table(&new.id).await
    }

    async fn batch_in_table(&self, id: &BatchId) -> Result<Batch> {
        let batch = self.parts.store.read().await?.batch(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        match batch.state {
            BatchState::Accepted => Ok(batch),
            _ => Err(Error::Conflict { code: Code::State, found: batch.name }),
        }
    }

    async fn new_rebuild(&self, dataset: &str, from: u32, reason: &str) -> Result<Rebuild> {
        let from = self.parts.analytics.rebuilt_from(dataset, from).await?;
        Ok(Rebuild {
            id: RebuildId::new(self.ids()),
            dataset: dataset.to_owned(),
            from,
            without: None,
            with: None,
            reason: reason.to_owned(),
            state: RebuildState::Working,
            asked_at: self.now(),
        })
    }

    async fn carry_out(
        &self,
        actor: &Actor,
        rebuild: &Rebuild,
        confirmed: bool,
        progress: Progress<'_>,
    ) -> Result<()> {
        let tx = self.parts.store.write().await?;
        tx.begin_rebuild(rebuild, actor).await?;
        let concerned = concerned(&tx, rebuild).await?;
        let mendable = mendable(&tx, rebuild, &concerned).await?;
        let order = order(&tx, rebuild, &concerned, &mendable, confirmed).await?;
        tx.commit().await?;
        let outcome = self.parts.analytics.rebuild(&order, progress).await;
        self.end_rebuild(actor, rebuild, &concerned, &outcome).await?;
        Ok(outcome.map(drop)?)
    }

    async fn end_rebuild(
        &self,
        actor: &Actor,
        rebuild: &Rebuild,
        concerned: &[Batch],
        outcome: &Outcome,
    ) -> Result<()> {
        let tx = self.parts.store.write().await?;
        let state = match outcome {
            Ok(reports) => {
                self.take_over(&tx, actor, rebuild, concerned.iter().zip(reports)).await?;
                RebuildState::Done
            }
            Err(refusal) => {
                if let Some(with) = &rebuild.with {
                    tx.refuse_batch(with, &reason_of(refusal), self.now()).await?;
                }
                RebuildState::Failed
            }
        };
        tx.finish_rebuild(&rebuild.id, state, self.now()).await?;
        let object = rebuild.without.as_ref().map_or(rebuild.dataset.as_str(), BatchId::as_str);
        let detail = format!("{} from #{}: {state}", rebuild.dataset, rebuild.from);
        self.audit(&tx, actor, Action::WithdrawData, object, &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Writes down what the table is made of now.
    async fn take_over<'a>(
        &self,
        tx: &Tx,
        actor: &Actor,
        rebuild: &Rebuild,
        batches: impl Iterator<Item = (&'a Batch, &'a IngestReport)>,
    ) -> Result<()> {
        // What is taken out counts no more for what stays: neither as a yardstick nor as what has mended a row.
        if let Some(without) = &rebuild.without {
            tx.withdraw_batch(without).await?;
            tx.forget_mends(without).await?;
        }
        for (batch, report) in batches {
            match rebuild.with.as_ref() == Some(&batch.id) {
                true => self.write_down(tx, batch, report).await?,
                false => self.recount(tx, batch, report).await?,
            }
        }
        match &rebuild.without {
            Some(without) => self.tell_citing(tx, actor, without).await,
            None => Ok(()),
        }
    }

    /// Open warnings that cite a delivery say on their timeline that it was taken out.
    async fn tell_citing(&self, tx: &Tx, actor: &Actor, without: &BatchId) -> Result<()> {
        let batch = tx.batch(without).await?.ok_or(Error::NotFound(Code::NotFound))?;
        let mut events = Vec::new();
        for mut warning in tx.warnings_citing(batch.number, CITING).await? {
            let event = Event::LoseSource { file: batch.name.clone() };
            // What is closed stays as it was reviewed.
            if let Ok((matter, entry)) = warning.matter.apply(event, actor, self.now()) {
                warning.matter = matter;
                tx.update_warning(&warning).await?;
                events.push((warning.id.clone(), entry));
            }
        }
        Ok(tx.add_events(&events).await?)
    }

    /// Settles what a process that died left half made anew: it is done, or nothing has changed.
    pub(crate) async fn recover_rebuilds(&self) -> Result<()> {
        let unfinished = self.parts.store.read().await?.unfinished_rebuilds().await?;
        for rebuild in unfinished {
            let tx = self.parts.store.read().await?;
            let concerned = concerned(&tx, &rebuild).await?;
            // What is settled is not read: what its rows may mend has been asked before.
            let order = order(&tx, &rebuild, &concerned, &Arc::default(), true).await?;
            drop(tx);
            let system = Actor::system();
            match self.parts.analytics.settle_rebuild(&order).await? {
                Some(reports) => self.end_rebuild(&system, &rebuild, &concerned, &Ok(reports)).await?,
                None => {
                    // A delivery that was to come in is settled like any other.
                    let tx = self.parts.store.write().await?;
                    tx.finish_rebuild(&rebuild.id, RebuildState::Failed, self.now()).await?;
                    tx.commit().await?;
                }
            }
        }
        Ok(())
    }
}

/// The deliveries that the table is made of from the first one concerned on.
async fn concerned(tx: &Tx, rebuild: &Rebuild) -> Result<Vec<Batch>> {
    let mut batches = tx.accepted_from(&rebuild.dataset, rebuild.from).await?;
    batches.retain(|batch| Some(&batch.id) != rebuild.without.as_ref());
    if let Some(with) = &rebuild.with {
        batches.push(tx.batch(with).await?.ok_or(Error::NotFound(Code::NotFound))?);
    }
    Ok(batches)
}

/// Deliveries whose refused rows may be mended by what is read again. Which of those concerned still has refused rows is
/// known only when it was read again itself.
async fn mendable(tx: &Tx, rebuild: &Rebuild, concerned: &[Batch]) -> Result<Arc<[u32]>> {
    let mut numbers = tx.mendable(&rebuild.dataset, rebuild.from).await?;
    numbers.extend(concerned.iter().map(|batch| batch.number));
    Ok(numbers.into())
}

/// What was accepted once is not held up for having shrunk.
async fn order(
    tx: &Tx,
    rebuild: &Rebuild,
    concerned: &[Batch],
    mendable: &Arc<[u32]>,
    confirmed: bool,
) -> Result<RebuildOrder> {
    let mut batches = Vec::with_capacity(concerned.len());
    for batch in concerned {
        let confirmed = confirmed || batch.state == BatchState::Accepted;
        let mendable = Arc::clone(mendable);
        batches.push(IngestOrder { confirmed, mendable, ..order_of(tx, batch).await? });
    }
    Ok(RebuildOrder { id: rebuild.id.clone(), dataset: rebuild.dataset.clone(), from: rebuild.from, batches })
}
