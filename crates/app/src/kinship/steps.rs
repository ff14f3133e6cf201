//! What all steps of a declaration share.

use gnomon_domain::{Action, Actor, KinshipEvent, KinshipStep, Role, Rule, may};
use gnomon_kernel::{Code, JobId, KinshipId};
use gnomon_store::{Declaration, Tx, UnitAccount};
use serde_json::Value as Json;

use crate::{App, Error, Result, kinship::KINSHIP_JOB};

/// What a person must be allowed to do for a step; `None` for steps that only the program takes.
pub(crate) fn action_of(step: KinshipStep) -> Option<Action> {
    use KinshipStep as T;
    match step {
        T::Declare | T::Submit | T::Complete => Some(Action::Declare),
        T::Assign => Some(Action::Assign),
        T::Explain | T::Recuse | T::AskExit | T::ProveExit | T::ToClue => Some(Action::SettleMatter),
        T::Open | T::Check | T::Publish | T::Compare | T::FindMatter => None,
    }
}

/// Whoever may never do that learns nothing of what there is.
pub(super) fn permit_some(actor: &Actor, action: Action) -> Result<()> {
    match action.rule(actor.role) {
        Rule::No => Err(Error::Forbidden(Code::Forbidden)),
        _ => Ok(()),
    }
}

/// For whom an actor declares.
pub(super) struct Owned(Option<UnitAccount>);

impl Owned {
    /// Whether the declaration is the actor's own, or one of the unit that the actor speaks for.
    pub(super) fn holds(&self, declaration: &Declaration) -> bool {
        self.0.as_ref().is_some_and(|account| match &account.official {
            Some(official) => *official == declaration.official,
            None => account.unit == declaration.unit,
        })
    }

    /// Whether the actor speaks for the unit as a whole.
    pub(super) fn speaks_for(&self, unit: &str) -> bool {
        self.0.as_ref().is_some_and(|account| account.official.is_none() && account.unit == unit)
    }

    /// Whether the actor belongs to the unit, as its liaison or as one of its officials.
    pub(super) fn belongs_to(&self, unit: &str) -> bool {
        self.0.as_ref().is_some_and(|account| account.unit == unit)
    }
}

impl App {
    /// For whom the actor declares; nobody, where the actor is no department's person.
    pub(super) async fn owned_by(&self, tx: &Tx, actor: &Actor) -> Result<Owned> {
        match &actor.user {
            Some(user) if actor.role == Role::Department => Ok(Owned(tx.unit_account(user).await?)),
            _ => Ok(Owned(None)),
        }
    }

    /// A declaration at the version that a person saw, about which the person may do this.
    pub(super) async fn declaration_for(
        &self,
        tx: &Tx,
        actor: &Actor,
        action: Action,
        id: &KinshipId,
        version: Option<i32>,
    ) -> Result<Declaration> {
        let declaration = tx.declaration(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        let owns = self.owned_by(tx, actor).await?.holds(&declaration);
        may(actor, action, &declaration.matter.relation(owns)).map_err(Error::refused)?;
        match version.is_none_or(|version| version == declaration.version) {
            true => Ok(declaration),
            false => Err(Error::Conflict { code: Code::Conflict, found: declaration.number }),
        }
    }

    /// Takes a step without asking who may: the declaration afterwards, with timeline and audit line.
    pub(super) async fn step_declaration(
        &self,
        tx: &Tx,
        actor: &Actor,
        action: Action,
        declaration: &Declaration,
        event: KinshipEvent,
    ) -> Result<Declaration> {
        let now = self.now();
        let (matter, entry) = declaration.matter.apply(event, actor, now, |day| self.is_working(day))?;
        let mut after = Declaration { matter, ..declaration.clone() };
        match entry.step {
            KinshipStep::Submit => {
                after.declared_by_name.clone_from(&actor.name);
                after.declared_at = Some(now);
            }
            KinshipStep::Assign => after.handler_name.clone_from(&entry.note),
            KinshipStep::FindMatter => after.handler_name.clear(),
            _ => {}
        }
        tx.update_declaration(&after).await?;
        tx.add_kinship_event(&after.id, &entry).await?;
        self.audit(tx, actor, action, after.id.as_str(), entry.step.as_str()).await?;
        after.version += 1;
        Ok(after)
    }

    /// Asks a worker for something about declarations.
    pub(crate) async fn enqueue_kinship(&self, tx: &Tx, payload: Json) -> Result<()> {
        Ok(tx.enqueue(&JobId::new(self.ids()), KINSHIP_JOB, payload, self.now()).await?)
    }
}
