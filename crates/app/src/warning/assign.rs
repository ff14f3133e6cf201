//! Giving warnings to handlers.

use std::collections::BTreeMap;

use gnomon_domain::{Action, Actor, Event, Role};
use gnomon_kernel::{Code, Day, UserId, WarningId};
use gnomon_store::User;

use crate::{App, Changed, Error, Result, Seen, app::permit};

/// To whom, and by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// A handler.
    pub to: UserId,
    /// The deadline; by level when absent.
    pub due: Option<Day>,
    /// A word to the handler; may be empty.
    pub note: String,
}

/// Somebody who can be given a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignee {
    /// Identifier.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Warnings they have in hand.
    pub open: u64,
}

impl App {
    /// Handlers with what they have in hand, by log-in name.
    pub async fn assignees(&self, actor: &Actor) -> Result<Vec<Assignee>> {
        permit(actor, Action::Assign)?;
        let tx = self.parts.store.read().await?;
        let open: BTreeMap<UserId, u64> = tx.open_by_holder().await?.into_iter().collect();
        let handlers = tx.users().await?.into_iter().filter(|user| user.role == Role::Handler);
        let assignee = |user: User| Assignee {
            open: open.get(&user.id).copied().unwrap_or(0),
            id: user.id,
            name: user.name,
        };
        Ok(handlers.map(assignee).collect())
    }

    /// Gives a warning to a handler, or to another one.
    pub async fn assign(&self, actor: &Actor, seen: &Seen, order: &Assignment) -> Result<Changed> {
        let tx = self.parts.store.read().await?;
        let warning = self.visible(&tx, actor, Action::Assign, &seen.warning).await?;
        let handler = tx.user(&order.to).await?.filter(|user| user.role == Role::Handler);
        let handler = handler.ok_or_else(|| Error::field("to", Code::Invalid))?;
        drop(tx);
        let today = self.today();
        let due = order.due.unwrap_or_else(|| self.due(warning.matter.level));
        if due < today {
            return Err(Error::field("due", Code::Invalid));
        }
        let event =
            Event::Assign { to: handler.id, name: handler.name, due, note: order.note.trim().to_owned() };
        self.step(actor, Action::Assign, seen, event).await
    }

    /// Gives several warnings to a handler. Each is a change of its own: one that fails does not hold the others back.
    pub async fn assign_many(
        &self,
        actor: &Actor,
        seen: &[Seen],
        order: &Assignment,
    ) -> Result<Vec<(WarningId, Result<Changed>)>> {
        permit(actor, Action::Assign)?;
        let mut results = Vec::with_capacity(seen.len());
        for one in seen {
            results.push((one.warning.clone(), self.assign(actor, one, order).await));
        }
        Ok(results)
    }
}
