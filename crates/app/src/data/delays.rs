//! Deliveries that are late: noticed once a day and after each intake, a reminder first, a degraded dataset later, cured by
//! the next delivery. Who is reminded at all is decided in [`crate::data::freshness`].

use std::collections::BTreeMap;

use gnomon_domain::{Action, Actor, Standing, local_day};
use gnomon_kernel::{Day, Instant, JobId};
use gnomon_store::{Delay, Tx};

use crate::{App, Result, data::freshness::Stand};

/// The job kind of looking which deliveries are late.
pub(crate) const DELAYS_JOB: &str = "delays";
/// The fact about the deployment that says for which day somebody has been asked to look.
const LOOKED: &str = "delays_looked";

/// What a delay that is not over means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DelayKind {
    /// The last delivery was below its limits: the dataset is degraded.
    BelowLimits,
    /// Late by more than a whole cadence: the dataset is degraded.
    Overdue,
    /// The day has passed: a reminder.
    Reminder,
}

impl DelayKind {
    /// What was noticed before its day had passed was not noticed for being late.
    pub fn of(delay: &Delay) -> DelayKind {
        match delay.degraded_at {
            None => DelayKind::Reminder,
            Some(_) if local_day(delay.reminded_at) <= delay.due_on => DelayKind::BelowLimits,
            Some(_) => DelayKind::Overdue,
        }
    }
}

/// The word of the audit trail.
const DEGRADED: &str = "degraded";

impl App {
    /// Once a day asks a worker to look which deliveries are late, and to hold declarations against the registers. It may be
    /// called as often as a worker looks for jobs.
    pub async fn request_daily_look(&self) -> Result<()> {
        let today = self.today().to_string();
        let is_asked = |looked: Option<String>| looked.as_deref() == Some(today.as_str());
        if is_asked(self.parts.store.read().await?.meta(LOOKED).await?) {
            return Ok(());
        }
        let tx = self.parts.store.write().await?;
        // Another worker may have been quicker.
        if !is_asked(tx.meta(LOOKED).await?) {
            tx.set_meta(LOOKED, &today).await?;
            tx.enqueue(&JobId::new(self.ids()), DELAYS_JOB, serde_json::Value::Null, self.now()).await?;
            self.enqueue_kinship(&tx, serde_json::json!({ "day": today })).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Looks which deliveries are late now, and writes down what has changed since somebody last looked.
    pub(crate) async fn check_delays(&self) -> Result<()> {
        let tx = self.parts.store.write().await?;
        let open = tx.open_delays().await?;
        let mut open: BTreeMap<String, Delay> =
            open.into_iter().map(|delay| (delay.dataset.clone(), delay)).collect();
        let today = self.today();
        for stand in self.stands(&tx, None).await? {
            let known = open.remove(&stand.dataset.key);
            match stand.freshness.is_late(today) {
                true => self.note_delay(&tx, &stand, known).await?,
                false => self.cure(&tx, known).await?,
            }
        }
        for gone in open.into_values() {
            self.cure(&tx, Some(gone)).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn note_delay(&self, tx: &Tx, stand: &Stand<'_>, known: Option<Delay>) -> Result<()> {
        let now = self.now();
        let due_on = due_on(stand, now);
        let (same, other) = match known {
            Some(delay) if delay.due_on == due_on => (Some(delay), None),
            other => (None, other),
        };
        self.cure(tx, other).await?;
        let is_degraded = stand.freshness.standing == Standing::Degraded;
        let degraded_at = is_degraded.then_some(now);
        match same {
            Some(delay) if is_degraded && delay.degraded_at.is_none() => {
                self.write_delay(tx, &Delay { degraded_at, ..delay }, DEGRADED).await
            }
            Some(_) => Ok(()),
            None => {
                let dataset = stand.dataset.key.clone();
                let delay = Delay { dataset, due_on, reminded_at: now, degraded_at, cured_at: None };
                self.write_delay(tx, &delay, if is_degraded { DEGRADED } else { "reminder" }).await
            }
        }
    }

    async fn cure(&self, tx: &Tx, known: Option<Delay>) -> Result<()> {
        let Some(delay) = known else { return Ok(()) };
        self.write_delay(tx, &Delay { cured_at: Some(self.now()), ..delay }, "cured").await
    }

    async fn write_delay(&self, tx: &Tx, delay: &Delay, what: &str) -> Result<()> {
        tx.put_delay(delay).await?;
        let detail = format!("{what}: due on {}", delay.due_on);
        self.audit(tx, &Actor::system(), Action::UploadData, &delay.dataset, &detail).await
    }
}

/// What comes when something happens and came below its limits is late from the day it came.
fn due_on(stand: &Stand<'_>, now: Instant) -> Day {
    let came = stand.tally.as_ref().map_or(now, |tally| tally.last.received_at);
    stand.freshness.due.unwrap_or_else(|| local_day(came))
}
