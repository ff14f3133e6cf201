//! After the end of an agreement: what came under it is taken out of use. May be begun again at any moment.

use std::collections::BTreeSet;

use gnomon_domain::{Action, Actor, BatchState, DataEnd, RequestEvent, RequestStep};
use gnomon_kernel::{Code, RequestId};
use gnomon_library::erasure::{FileTraces, Traces};
use gnomon_store::{Batch, Cleared, Request};

use crate::{App, Error, Result, lock};

/// The job kind of taking out of use what came under an agreement that has ended.
pub(crate) const CLEAR_JOB: &str = "clear_agreement";

impl App {
    /// Withdraws every delivery that came under an agreement, and writes down how many there were.
    pub(crate) async fn clear_agreement(&self, id: &RequestId) -> Result<()> {
        let system = Actor::system();
        let tx = self.parts.store.read().await?;
        let request = tx.request(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        let came = tx.batches_under(id).await?;
        drop(tx);
        if request.cleared.is_some() || !request.matter.can(RequestStep::Clear) {
            return Ok(());
        }
        let reason = format!("{}：数据共享协议终止 / the agreement has ended", request.number);
        for batch in came.iter().filter(|batch| batch.state == BatchState::Accepted) {
            self.withdraw(&system, &batch.id, &reason, &|_| {}).await?;
        }
        if request.matter.data_end == Some(DataEnd::Erase) {
            self.erase_deliveries(&came).await?;
        }
        let rows = came.iter().map(|batch| batch.counts.accepted).sum();
        let cleared = Cleared { batches: came.len() as u64, rows, at: self.now() };
        let tx = self.parts.store.write().await?;
        let request = tx.request(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        let request = Request { cleared: Some(cleared), ..request };
        self.move_on(&tx, &system, Action::WithdrawData, &request, RequestEvent::Clear).await?;
        tx.commit().await?;
        self.request_link(&system).await
    }

    /// Takes deliveries that were withdrawn out of all earlier versions too, with their bytes where no other delivery is made
    /// of the same.
    async fn erase_deliveries(&self, came: &[Batch]) -> Result<()> {
        let _lock = lock::wait_for_intake(self.parts.dir.clone()).await?;
        let gone: BTreeSet<u32> = came.iter().map(|batch| batch.number).collect();
        let all = self.parts.store.read().await?.batches(None, None, i64::MAX as u64).await?;
        let others = all.iter().filter(|batch| !gone.contains(&batch.number));
        let kept: BTreeSet<&str> = others.map(|batch| batch.sha256.as_str()).collect();
        let mut traces = Traces::default();
        for batch in came {
            traces.deliveries.entry(batch.dataset.clone()).or_default().push(batch.number);
            if !kept.contains(batch.sha256.as_str()) {
                traces.files.insert(batch.sha256.clone(), FileTraces::Whole);
            }
        }
        Ok(self.parts.analytics.erase(&traces).await?)
    }
}
