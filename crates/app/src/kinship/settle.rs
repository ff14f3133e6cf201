//! A matter that was found: given to a handler, explained, followed by a recusal or an exit, or handed on as a clue.

use gnomon_domain::{Action, Actor, ArrangementKind, KinshipEvent, Role};
use gnomon_kernel::{Code, KinshipId, UserId};
use gnomon_store::{Arrangement, Declaration, Tx};

use crate::{
    App, Error, Result,
    kinship::steps::{action_of, permit_some},
};

/// The longest reason, record or proof, in characters.
const LONGEST: usize = 2_000;

impl App {
    /// Gives a matter that was found to a handler, who sees it from then on.
    pub async fn assign_declaration(
        &self,
        actor: &Actor,
        id: &KinshipId,
        version: Option<i32>,
        to: &UserId,
    ) -> Result<Declaration> {
        permit_some(actor, Action::Assign)?;
        let tx = self.parts.store.write().await?;
        let before = self.declaration_for(&tx, actor, Action::Assign, id, version).await?;
        let handler = tx.user(to).await?.filter(|user| user.role == Role::Handler);
        let handler = handler.ok_or_else(|| Error::field("to", Code::Invalid))?;
        let event = KinshipEvent::Assign { to: handler.id, name: handler.name };
        let after = self.step_declaration(&tx, actor, Action::Assign, &before, event).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Says what follows from a matter: an explanation accepted, a recusal, an exit asked for or proved, a clue. A clue becomes
    /// a warning for each relative concerned; their numbers stand on the declaration's timeline.
    pub async fn settle_matter(
        &self,
        actor: &Actor,
        id: &KinshipId,
        version: Option<i32>,
        event: KinshipEvent,
    ) -> Result<Declaration> {
        let is_one = action_of(event.step()) == Some(Action::SettleMatter);
        if !is_one {
            return Err(Error::Forbidden(Code::Forbidden));
        }
        permit_some(actor, Action::SettleMatter)?;
        let tx = self.parts.store.write().await?;
        let before = self.declaration_for(&tx, actor, Action::SettleMatter, id, version).await?;
        let event = self.with_clues(&tx, actor, &before, trimmed(event)?).await?;
        let after = self.step_declaration(&tx, actor, Action::SettleMatter, &before, event.clone()).await?;
        let arranged = |kind, record: &str| Arrangement {
            kind,
            record: record.trim().to_owned(),
            due: after.matter.due,
            by_name: actor.name.clone(),
            at: self.now(),
            proof: String::new(),
            proved_at: None,
        };
        match &event {
            KinshipEvent::Recuse { record } => {
                tx.add_arrangement(id, &arranged(ArrangementKind::Recusal, record)).await?;
            }
            KinshipEvent::AskExit { reason } => {
                tx.add_arrangement(id, &arranged(ArrangementKind::Exit, reason)).await?;
            }
            KinshipEvent::ProveExit { proof } => tx.prove_exits(id, proof.trim(), self.now()).await?,
            _ => {}
        }
        self.settle_differences(&tx, actor, &after).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// A clue with the numbers of the warnings that it became; anything else as it is. What may not be handed on is refused by
    /// the step that follows, and nothing was raised.
    async fn with_clues(
        &self,
        tx: &Tx,
        actor: &Actor,
        of: &Declaration,
        event: KinshipEvent,
    ) -> Result<KinshipEvent> {
        match event {
            KinshipEvent::ToClue { reason } if !reason.is_empty() => {
                let mut told = self.raise_clue(tx, actor, of, &reason).await?;
                told.push(reason);
                Ok(KinshipEvent::ToClue { reason: told.join(" ") })
            }
            other => Ok(other),
        }
    }

    /// What nobody has answered is settled with the matter: a later comparison does not bring it up again.
    async fn settle_differences(&self, tx: &Tx, actor: &Actor, settled: &Declaration) -> Result<()> {
        let mut differences = tx.differences(&settled.id).await?;
        for open in differences.iter_mut().filter(|one| one.answered_at.is_none()) {
            open.answered_by_name.clone_from(&actor.name);
            open.answered_at = Some(self.now());
        }
        Ok(tx.replace_differences(&settled.id, &differences).await?)
    }
}

/// The same without blanks around its words; too many of them are refused.
fn trimmed(event: KinshipEvent) -> Result<KinshipEvent> {
    use KinshipEvent as E;
    let short = |text: String| match text.trim() {
        said if said.chars().count() > LONGEST => Err(Error::field("reason", Code::TextLength)),
        said => Ok(said.to_owned()),
    };
    Ok(match event {
        E::Explain { reason } => E::Explain { reason: short(reason)? },
        E::Recuse { record } => E::Recuse { record: short(record)? },
        E::AskExit { reason } => E::AskExit { reason: short(reason)? },
        E::ProveExit { proof } => E::ProveExit { proof: short(proof)? },
        E::ToClue { reason } => E::ToClue { reason: short(reason)? },
        other => other,
    })
}
