//! Erasing a person on legal ground. One person asks, another agrees, a worker carries it out: from every version of every
//! table, from delivered files, from findings and closed warnings. What stays is that it happened.

use std::collections::BTreeSet;

use gnomon_domain::{Action, Actor, BatchState, ErasureState, erasure::may_answer};
use gnomon_kernel::{Code, JobId, RowRef, mask_id};
use gnomon_library::{
    analytics::IngestReport,
    erasure::{DeliveredFile, Traces},
};
use gnomon_store::{Erasure, ErasureCounts, Job, Tx};

use crate::{App, Error, Problem, Result, app::permit, lock};

/// The job kind of looking at, and carrying out, an erasure.
pub(crate) const ERASE_JOB: &str = "erase";

/// The longest ground or reason, in characters.
const LONGEST: usize = 2_000;

/// An answer to an erasure.
#[derive(Debug, Clone)]
pub enum Answer {
    /// It is to be carried out.
    Agree,
    /// It is not, for this reason.
    Decline(String),
}

impl App {
    /// Erasures, the newest first.
    pub async fn erasures(&self, actor: &Actor) -> Result<Vec<Erasure>> {
        permit(actor, Action::AskErasure)?;
        Ok(self.parts.store.read().await?.erasures().await?)
    }

    /// Asks that the person with this number be erased, on a legal ground. A worker looks first what that would come to.
    pub async fn ask_erasure(&self, actor: &Actor, number: &str, ground: &str) -> Result<u32> {
        permit(actor, Action::AskErasure)?;
        let ground = said(ground, "ground")?;
        let person = self.parts.analytics.person_number(number);
        let subject = person.map_err(|code| Error::field("number", code))?;
        let ground = &ground.replace(&subject, &mask_id(&subject));
        let now = self.now();
        let tx = self.parts.store.write().await?;
        if let Some(open) = tx.open_erasure_of(&subject).await? {
            return Err(Error::Conflict { code: Code::State, found: format!("#{}", open.number) });
        }
        let erasure = tx.add_erasure(&subject, ground, actor, now).await?;
        self.enqueue_erasure(&tx, erasure).await?;
        self.audit(&tx, actor, Action::AskErasure, &object(erasure), "asked").await?;
        tx.commit().await?;
        Ok(erasure)
    }

    /// Agrees to an erasure that another person asked for, or declines it.
    pub async fn answer_erasure(&self, actor: &Actor, number: u32, answer: &Answer) -> Result<()> {
        permit(actor, Action::AnswerErasure)?;
        let tx = self.parts.store.write().await?;
        let mut erasure = known(tx.erasure(number).await?)?;
        may_answer(erasure.state, erasure.asked_by.as_ref(), actor).map_err(Error::refused)?;
        erasure.answered_by = actor.user.clone();
        erasure.answered_name = actor.name.clone();
        erasure.answered_at = Some(self.now());
        let detail = match answer {
            Answer::Agree => {
                (erasure.state, erasure.remark) = (ErasureState::Agreed, String::new());
                self.enqueue_erasure(&tx, number).await?;
                "agreed"
            }
            Answer::Decline(reason) => {
                erasure.remark = said(reason, "reason")?.to_owned();
                (erasure.state, erasure.subject) = (ErasureState::Declined, None);
                "declined"
            }
        };
        tx.put_erasure(&erasure).await?;
        self.audit(&tx, actor, Action::AnswerErasure, &object(number), detail).await?;
        Ok(tx.commit().await?)
    }

    async fn enqueue_erasure(&self, tx: &Tx, number: u32) -> Result<()> {
        let payload = serde_json::json!({ "erasure": number });
        Ok(tx.enqueue(&JobId::new(self.ids()), ERASE_JOB, payload, self.now()).await?)
    }

    /// Asks a worker to go on with what was agreed to and is not done. Called when serving and working begin.
    pub async fn resume_erasures(&self) -> Result<()> {
        let unfinished =
            |erasure: &Erasure| matches!(erasure.state, ErasureState::Agreed | ErasureState::Erasing);
        let tx = self.parts.store.read().await?;
        let waiting: Vec<Erasure> = tx.erasures().await?.into_iter().filter(unfinished).collect();
        if waiting.is_empty() || tx.is_under_way(ERASE_JOB).await? {
            return Ok(());
        }
        drop(tx);
        let tx = self.parts.store.write().await?;
        for erasure in waiting {
            self.enqueue_erasure(&tx, erasure.number).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Looks what an erasure would come to, or carries it out; goes on where a worker that died was.
    pub(crate) async fn perform_erasure(&self, job: &Job) -> Result<()> {
        let number = job.payload.get("erasure").and_then(serde_json::Value::as_u64);
        let number = number.and_then(|number| u32::try_from(number).ok());
        let number = number.ok_or_else(|| Error::internal("an erasure without a number"))?;
        self.go_on_with_erasure(number).await
    }

    /// The same without a job, for whoever may ask for it.
    pub async fn work_on_erasure(&self, actor: &Actor, number: u32) -> Result<()> {
        permit(actor, Action::AskErasure)?;
        self.go_on_with_erasure(number).await
    }

    async fn go_on_with_erasure(&self, number: u32) -> Result<()> {
        let erasure = known(self.parts.store.read().await?.erasure(number).await?)?;
        match erasure.state {
            ErasureState::Asked => self.look_at_erasure(erasure).await,
            ErasureState::Agreed | ErasureState::Erasing => self.carry_out_erasure(number).await,
            ErasureState::Done | ErasureState::Declined => Ok(()),
        }
    }

    async fn look_at_erasure(&self, erasure: Erasure) -> Result<()> {
        let Some(subject) = &erasure.subject else { return Ok(()) };
        let traces = self.traces_of(subject.reveal()).await?;
        let tx = self.parts.store.write().await?;
        // It may have been answered meanwhile.
        let mut now = known(tx.erasure(erasure.number).await?)?;
        now.counts = Some(counts(&traces));
        tx.put_erasure(&now).await?;
        Ok(tx.commit().await?)
    }

    async fn carry_out_erasure(&self, number: u32) -> Result<()> {
        // What was pushed and waits is brought in first, so that it goes with the rest.
        for dataset in self.waiting_datasets().await? {
            self.gather(&dataset).await?;
        }
        let lock = lock::wait_for_intake(self.parts.dir.clone()).await?;
        self.recover_locked().await?;
        // Another worker may have been here.
        let mut erasure = known(self.parts.store.read().await?.erasure(number).await?)?;
        if !matches!(erasure.state, ErasureState::Agreed | ErasureState::Erasing) {
            return Ok(());
        }
        let traces = match erasure.traces.take() {
            Some(traces) => serde_json::from_value(traces).map_err(Error::internal)?,
            None => match self.begin_erasure(&mut erasure).await? {
                Some(traces) => traces,
                None => return Ok(()),
            },
        };
        self.parts.analytics.erase(&traces).await?;
        let linked = self.resolve().await?;
        let tx = self.parts.store.write().await?;
        self.keep_linked(&tx, &linked).await?;
        erasure.state = ErasureState::Done;
        (erasure.traces, erasure.done_at) = (None, Some(self.now()));
        tx.put_erasure(&erasure).await?;
        let counts = erasure.counts.as_ref().map_or(0, |counts| counts.lines);
        let detail = format!("erased {counts} lines");
        self.audit(&tx, &Actor::system(), Action::AnswerErasure, &object(erasure.number), &detail).await?;
        tx.commit().await?;
        drop(lock);
        self.link(&Actor::system()).await.map(drop)
    }

    /// Writes down what goes, and forgets whom it is about; `None` while open warnings need the data. From here on nothing
    /// but the traces is needed.
    async fn begin_erasure(&self, erasure: &mut Erasure) -> Result<Option<Traces>> {
        let subject = erasure.subject.take().ok_or_else(|| Error::internal("an erasure without a person"))?;
        let traces = self.traces_of(subject.reveal()).await?;
        let rows: BTreeSet<RowRef> = traces.rows.values().flatten().copied().collect();
        let tx = self.parts.store.write().await?;
        let held_by = tx.open_warnings_on(subject.reveal(), &rows).await?;
        if !held_by.is_empty() {
            (erasure.state, erasure.subject) = (ErasureState::Asked, Some(subject));
            erasure.remark = held_by.join(" ");
            erasure.counts = Some(counts(&traces));
            tx.put_erasure(erasure).await?;
            tx.commit().await?;
            return Ok(None);
        }
        tx.forget_subject(subject.reveal(), &label(erasure.number), &rows).await?;
        let mut lost = Vec::new();
        for batch in &traces.batches {
            lost.push((batch.number, batch.lines));
            if let Some(report) = &batch.report
                && let Some(known) = tx.batches_numbered(&[batch.number]).await?.pop()
                && known.state == BatchState::Accepted
            {
                let report = IngestReport { version: known.counts.version, ..report.clone() };
                self.recount(&tx, &known, &report).await?;
            }
        }
        tx.add_erased_batches(erasure.number, &lost).await?;
        erasure.state = ErasureState::Erasing;
        erasure.counts = Some(counts(&traces));
        erasure.traces = Some(serde_json::to_value(&traces).map_err(Error::internal)?);
        tx.put_erasure(erasure).await?;
        tx.commit().await?;
        Ok(Some(traces))
    }

    async fn traces_of(&self, subject: &str) -> Result<Traces> {
        let batches = self.parts.store.read().await?.batches(None, None, i64::MAX as u64).await?;
        let deliveries: Vec<DeliveredFile> = batches
            .into_iter()
            .map(|batch| DeliveredFile { number: batch.number, dataset: batch.dataset, sha256: batch.sha256 })
            .collect();
        Ok(self.parts.analytics.traces(subject, &deliveries).await?)
    }
}

/// Stands where the number stood; long enough to be told from others when it is masked like one.
fn label(number: u32) -> String {
    format!("erased-{number:08}")
}

/// What the audit trail calls it.
fn object(number: u32) -> String {
    format!("erasure {number}")
}

fn known(erasure: Option<Erasure>) -> Result<Erasure> {
    erasure.ok_or(Error::NotFound(Code::NotFound))
}

pub(crate) fn said<'t>(text: &'t str, field: &'static str) -> Result<&'t str> {
    let text = text.trim();
    Problem::of_text(field, text, LONGEST).map_or(Ok(text), |problem| Err(Error::Invalid(vec![problem])))
}

fn counts(traces: &Traces) -> ErasureCounts {
    let rows = traces.rows.iter().map(|(dataset, rows)| (dataset.clone(), rows.len() as u64)).collect();
    let lines = traces.files.values().map(|file| file.lines().len() as u64).sum();
    ErasureCounts { rows, files: traces.files.len() as u64, lines }
}
