//! The handler's and the reviewer's steps.

use gnomon_domain::{Action, Actor, Event, State, Step, Verdict};
use gnomon_kernel::{Code, Day, Masked, Money, WarningId};
use gnomon_store::{Recovery, Settled, Tx, Warning};

use crate::{App, Error, Result, warning::raise::facts_hash};

/// A warning as a person saw it before acting on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The warning.
    pub warning: WarningId,
    /// The version on the page. With it, a step is refused as a conflict when somebody was faster; without it, the step
    /// is taken on whatever is there.
    pub version: Option<i32>,
}

/// A warning after a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The warning.
    pub warning: WarningId,
    /// What people call it.
    pub number: String,
    /// Where it stands now.
    pub state: State,
    /// Its version now.
    pub version: i32,
}

/// What a reviewer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Review {
    /// Agreed; the warning is closed.
    Accept {
        /// May be empty.
        note: String,
    },
    /// To be verified again.
    ReturnToVerify {
        /// What is missing; needed.
        reason: String,
    },
    /// More is to be done about the money; only where it was found true.
    ReturnToDispose {
        /// What is missing; needed.
        reason: String,
    },
}

/// A full name and number, shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Name, where known.
    pub name: Option<Masked<String>>,
    /// Number.
    pub number: Masked<String>,
}

impl App {
    /// The handler writes down what verification found.
    pub async fn verify(
        &self,
        actor: &Actor,
        seen: &Seen,
        verdict: Verdict,
        reason: &str,
    ) -> Result<Changed> {
        let event = Event::Verify { verdict, reason: reason.trim().to_owned() };
        self.step(actor, Action::Verify, seen, event).await
    }

    /// The handler sets the money to recover, or corrects it.
    pub async fn dispose(
        &self,
        actor: &Actor,
        seen: &Seen,
        to_recover: Money,
        note: &str,
    ) -> Result<Changed> {
        let event = Event::Dispose { to_recover, note: note.trim().to_owned() };
        self.step(actor, Action::Dispose, seen, event).await
    }

    /// The handler enters money that came back.
    pub async fn recover_money(
        &self,
        actor: &Actor,
        seen: &Seen,
        amount: Money,
        day: Day,
        note: &str,
    ) -> Result<Changed> {
        if day > self.today() {
            return Err(Error::field("day", Code::Invalid));
        }
        let event = Event::Recover { amount, day, note: note.trim().to_owned() };
        self.step(actor, Action::Recover, seen, event).await
    }

    /// The handler hands the warning over. `reason` says why it ends although less money came back than was to.
    pub async fn submit(&self, actor: &Actor, seen: &Seen, reason: &str) -> Result<Changed> {
        self.step(actor, Action::Submit, seen, Event::Submit { reason: reason.trim().to_owned() }).await
    }

    /// Another person accepts or returns the work.
    pub async fn review(&self, actor: &Actor, seen: &Seen, review: Review) -> Result<Changed> {
        let event = match review {
            Review::Accept { note } => Event::Accept { note },
            Review::ReturnToVerify { reason } => Event::Return { step: Step::ReturnToVerify, reason },
            Review::ReturnToDispose { reason } => Event::Return { step: Step::ReturnToDispose, reason },
        };
        self.step(actor, Action::Review, seen, event).await
    }

    /// Shows the full name and number of one party ([`crate::Party::key`]). The reason goes to the timeline and the
    /// audit trail.
    pub async fn reveal(&self, actor: &Actor, id: &WarningId, party: &str, reason: &str) -> Result<Identity> {
        let tx = self.parts.store.write().await?;
        let warning = self.visible(&tx, actor, Action::Reveal, id).await?;
        let finding = self.finding_of(&tx, &warning).await?;
        let (name, number) = self.party_in(&finding, party).ok_or(Error::NotFound(Code::NotFound))?;
        let event = Event::Reveal { reason: reason.trim().to_owned() };
        let (_, mut entry) = warning.matter.apply(event, actor, self.now())?;
        entry.person = Some(party.to_owned());
        tx.add_events(&[(id.clone(), entry)]).await?;
        let detail = format!("{party}: {}", reason.trim());
        self.audit(&tx, actor, Action::Reveal, id.as_str(), &detail).await?;
        tx.commit().await?;
        Ok(Identity { name: name.map(Masked::new), number: Masked::new(number) })
    }

    /// One step of one person: policy, rule, version, timeline, audit; all or nothing.
    pub(crate) async fn step(
        &self,
        actor: &Actor,
        action: Action,
        seen: &Seen,
        event: Event,
    ) -> Result<Changed> {
        let tx = self.parts.store.write().await?;
        let before = self.visible(&tx, actor, action, &seen.warning).await?;
        if seen.version.is_some_and(|version| version != before.version) {
            return Err(Error::refused(Code::Conflict));
        }
        let mut after = before.clone();
        let now = self.now();
        let (matter, entry) = before.matter.apply(event.clone(), actor, now)?;
        after.matter = matter;
        if let Event::Assign { name, .. } = &event {
            after.assignee_name = Some(name.clone());
        }
        if after.matter.state == State::Closed {
            after.closed_at = Some(now);
        }
        tx.update_warning(&after).await?;
        let detail = format!("{} -> {}", before.matter.state, after.matter.state);
        tx.add_events(&[(after.id.clone(), entry)]).await?;
        self.follow_up(&tx, actor, &after, event).await?;
        self.audit(&tx, actor, action, after.id.as_str(), &detail).await?;
        let written = tx.warning(&after.id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        tx.commit().await?;
        let Warning { id: warning, number, version, matter, .. } = written;
        Ok(Changed { warning, number, state: matter.state, version })
    }

    async fn follow_up(&self, tx: &Tx, actor: &Actor, warning: &Warning, event: Event) -> Result<()> {
        match event {
            Event::Recover { amount, day, note } => {
                let recovery = Recovery { amount, day, note, by_name: actor.name.clone(), at: self.now() };
                Ok(tx.add_recovery(&warning.id, &recovery, actor).await?)
            }
            Event::Accept { .. } => self.settle(tx, warning).await,
            _ => Ok(()),
        }
    }

    /// Remembers what was reviewed, so that the next run does not raise the same facts again.
    async fn settle(&self, tx: &Tx, warning: &Warning) -> Result<()> {
        let Some(verdict) = warning.matter.verdict else { return Ok(()) };
        let finding = self.finding_of(tx, warning).await?;
        let settled = Settled {
            model: warning.model.clone(),
            subject: warning.subject.clone(),
            dedupe: warning.dedupe.clone(),
            warning: warning.id.clone(),
            verdict,
            level: warning.matter.level,
            facts: facts_hash(&finding)?,
            at: self.now(),
        };
        Ok(tx.settle(&settled).await?)
    }
}
