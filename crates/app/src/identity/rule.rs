//! The steps that persons take about a pair.

use gnomon_domain::{Action, Actor, PairEvent, PairState, may};
use gnomon_kernel::Code;
use gnomon_store::IdentityPair;

use crate::{
    App, DoubtView, Error, Result,
    app::permit,
    identity::{compare::View, view::pair_of},
    warning::shown::mask_numbers,
};

/// The longest remark or reason, in characters.
const LONGEST: usize = 2_000;

/// A pair as a person saw it before acting on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenPair {
    /// Its number.
    pub number: u32,
    /// The version on the page. With it, a step is refused as a conflict when somebody was faster.
    pub version: Option<i32>,
}

impl SeenPair {
    /// The pair, whatever has happened to it.
    pub fn any(number: u32) -> SeenPair {
        SeenPair { number, version: None }
    }
}

impl App {
    /// Says whether the two of a pair are one. Where an open warning is touched, what merges, or splits what is together now,
    /// waits for a second person. What is in force, every later linking obeys; one is asked for. Returns where the pair stands
    /// now.
    pub async fn rule(&self, actor: &Actor, seen: SeenPair, same: bool, note: &str) -> Result<PairState> {
        permit(actor, Action::RuleIdentity)?;
        let event = PairEvent::Rule { same, note: said(note, "note")? };
        self.step_pair(actor, Action::RuleIdentity, seen, event).await
    }

    /// Agrees, as a second person, to what another one proposed.
    pub async fn confirm_ruling(&self, actor: &Actor, seen: SeenPair, note: &str) -> Result<PairState> {
        permit(actor, Action::ConfirmRuling)?;
        let event = PairEvent::Confirm { note: said(note, "reason")? };
        self.step_pair(actor, Action::ConfirmRuling, seen, event).await
    }

    /// Declines, as a second person, what another one proposed.
    pub async fn decline_ruling(&self, actor: &Actor, seen: SeenPair, reason: &str) -> Result<PairState> {
        permit(actor, Action::ConfirmRuling)?;
        let event = PairEvent::Decline { reason: said(reason, "reason")? };
        self.step_pair(actor, Action::ConfirmRuling, seen, event).await
    }

    /// Takes a ruling back. Where an open warning is touched, a second person has to agree; until then it holds.
    pub async fn undo(&self, actor: &Actor, seen: SeenPair, reason: &str) -> Result<PairState> {
        permit(actor, Action::RuleIdentity)?;
        let event = PairEvent::Undo { reason: said(reason, "reason")? };
        self.step_pair(actor, Action::RuleIdentity, seen, event).await
    }

    /// One pair with its values as delivered. The reason goes to the timeline and the audit trail.
    pub async fn reveal_pair(&self, actor: &Actor, number: u32, reason: &str) -> Result<DoubtView<'_>> {
        permit(actor, Action::RuleIdentity)?;
        let event = PairEvent::Reveal { reason: said(reason, "reason")? };
        let tx = self.parts.store.write().await?;
        let pair = pair_of(&tx, number).await?;
        let (_, entry) = pair.matter.apply(event, false, actor, self.now())?;
        tx.add_pair_event(number, &entry).await?;
        self.audit(&tx, actor, Action::Reveal, &object(number), &entry.note).await?;
        let view = self.doubt_view(&tx, actor, pair, View::Open).await?;
        tx.commit().await?;
        Ok(view)
    }

    /// One step of one person: policy, rule, version, timeline, audit, and the linking that is to obey; all or nothing.
    async fn step_pair(
        &self,
        actor: &Actor,
        action: Action,
        seen: SeenPair,
        event: PairEvent,
    ) -> Result<PairState> {
        let tx = self.parts.store.write().await?;
        let before = pair_of(&tx, seen.number).await?;
        if seen.version.is_some_and(|version| version != before.version) {
            return Err(Error::refused(Code::Conflict));
        }
        may(actor, action, &before.matter.relation()).map_err(Error::refused)?;
        // Keeping apart what is apart changes nobody; taking apart what is together does, as a merge does.
        let splits_nobody = matches!(event, PairEvent::Rule { same: false, .. }) && !before.facts.together;
        let touches = !splits_nobody && !tx.warnings_touched(seen.number).await?.is_empty();
        let (matter, entry) = before.matter.apply(event, touches, actor, self.now())?;
        let after = IdentityPair { matter, ..before.clone() };
        tx.update_pair(&after).await?;
        tx.add_pair_event(seen.number, &entry).await?;
        let detail = format!("{}: {} -> {}", entry.step, entry.from, entry.to);
        self.audit(&tx, actor, action, &object(seen.number), &detail).await?;
        if in_force(&before) != in_force(&after) {
            self.enqueue_link(&tx).await?;
        }
        tx.commit().await?;
        Ok(entry.to)
    }
}

/// What linkings obey about a pair.
fn in_force(pair: &IdentityPair) -> Option<bool> {
    pair.matter.same.filter(|_| pair.matter.state.is_in_force())
}

/// What the audit trail calls it.
fn object(number: u32) -> String {
    format!("identity {number}")
}

/// A person's words, without the numbers that they may have written into them.
fn said(text: &str, field: &'static str) -> Result<String> {
    let text = text.trim();
    match text.chars().count() {
        0..=LONGEST => Ok(mask_numbers(text)),
        _ => Err(Error::field(field, Code::TooLarge)),
    }
}
